//! What a plan costs, and which cost is looked at first.

/// One thing that a plan costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Aim {
    /// Cases that are not repaired.
    Unrepaired,
    /// Cases in which shares are lost at some moment.
    Lost,
    /// Shares that are shared again by hand.
    SharedAgain,
    /// Restarts.
    Restarts,
    /// Components of the first host that are removed and installed again.
    Reinstalls,
    /// Tries of the IMC.
    Tries,
    /// Protocols installed for the time being.
    StandIns,
}

/// The number of aims.
pub const AIMS: usize = 7;

impl Aim {
    /// All aims, in the usual order.
    pub const ALL: [Self; AIMS] = [
        Self::Unrepaired,
        Self::Lost,
        Self::SharedAgain,
        Self::Restarts,
        Self::Reinstalls,
        Self::Tries,
        Self::StandIns,
    ];
}

/// What can be put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    /// Losses of shares, then shares to share again.
    Shares,
    /// Restarts.
    Restarts,
    /// Reinstallations.
    Reinstalls,
    /// Tries.
    Tries,
}

impl Word {
    /// All words, in the usual order.
    pub const ALL: [Self; 4] = [Self::Shares, Self::Restarts, Self::Reinstalls, Self::Tries];

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Shares => "shares",
            Self::Restarts => "restarts",
            Self::Reinstalls => "reinstalls",
            Self::Tries => "tries",
        }
    }

    const fn aims(self) -> &'static [Aim] {
        match self {
            Self::Shares => &[Aim::Lost, Aim::SharedAgain],
            Self::Restarts => &[Aim::Restarts],
            Self::Reinstalls => &[Aim::Reinstalls],
            Self::Tries => &[Aim::Tries],
        }
    }
}

/// Which cost is looked at first, second and so on: cases not repaired always first, protocols for the
/// time being always last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order([Aim; AIMS]);

impl Order {
    /// Least lost first, then restarts, reinstallations and tries.
    pub const USUAL: Self = Self(Aim::ALL);

    /// The order that begins with `words`; those left out follow as usual.
    pub fn of(words: &[Word]) -> Self {
        let mut aims = vec![Aim::Unrepaired];
        for word in words.iter().chain(&Word::ALL) {
            for aim in word.aims() {
                if !aims.contains(aim) {
                    aims.push(*aim);
                }
            }
        }
        aims.push(Aim::StandIns);
        aims.try_into().map_or(Self::USUAL, Self)
    }

    /// The cost of one of `aim`.
    pub fn unit(&self, aim: Aim) -> Cost {
        Cost(self.0.map(|it| u64::from(it == aim)))
    }

    /// How many of `aim` a cost has.
    pub fn count(&self, cost: Cost, aim: Aim) -> u64 {
        self.0.iter().zip(cost.0).find(|(it, _)| **it == aim).map_or(0, |(_, count)| count)
    }
}

/// Counts of the aims, in an order: the lower is better where the first that differs is lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost([u64; AIMS]);

impl Cost {
    /// Nothing.
    pub const NONE: Self = Self([0; AIMS]);

    /// Both costs.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        for (count, more) in self.0.iter_mut().zip(other.0) {
            *count += more;
        }
        self
    }

    /// The cost so many times.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.map(|it| it * count))
    }
}

/// What a plan costs over several cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value {
    /// All cases together.
    pub sum: Cost,
    /// The worst case, in the order of the aims.
    pub worst: Cost,
}

impl Value {
    /// Several cases that cost the same.
    pub fn of(cost: Cost, cases: u64) -> Self {
        Self { sum: cost.times(cases), worst: cost }
    }

    /// These cases, each with this cost more.
    #[must_use]
    pub fn each(self, cost: Cost, cases: u64) -> Self {
        Self { sum: self.sum.and(cost.times(cases)), worst: self.worst.and(cost) }
    }

    /// These cases, and those.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { sum: self.sum.and(other.sum), worst: self.worst.max(other.worst) }
    }

    /// Each of these cases so many times.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self { sum: self.sum.times(count), worst: self.worst }
    }
}

/// What is least: the sum over all cases, or the worst case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The sum over all cases, each of which weighs the same; then the worst.
    Expected,
    /// The worst case; then the sum.
    Worst,
}

impl By {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Expected, Self::Worst];

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Worst => "worst",
        }
    }

    /// What is compared first, and what then.
    pub const fn key(self, value: Value) -> (Cost, Cost) {
        match self {
            Self::Expected => (value.sum, value.worst),
            Self::Worst => (value.worst, value.sum),
        }
    }
}
