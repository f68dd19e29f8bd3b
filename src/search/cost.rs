//! What a plan costs, and which cost is looked at first.

use std::cmp::Ordering;

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

    /// The word in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Unrepaired => "unrepaired",
            Self::Lost => "lost",
            Self::SharedAgain => "shared-again",
            Self::Restarts => "restarts",
            Self::Reinstalls => "reinstalls",
            Self::Tries => "tries",
            Self::StandIns => "stand-ins",
        }
    }

    /// What is counted.
    pub const fn noun(self) -> &'static str {
        match self {
            Self::Unrepaired => "unrepaired",
            Self::Lost => "shares lost",
            Self::SharedAgain => "shared again",
            Self::Restarts => "restarts",
            Self::Reinstalls => "reinstalls",
            Self::Tries => "tries",
            Self::StandIns => "stand-ins",
        }
    }
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

    /// The order for a trade-off, in which the worst case is the one with most restarts.
    const TRADE_OFF: Self = Self([
        Aim::Restarts,
        Aim::Unrepaired,
        Aim::Lost,
        Aim::SharedAgain,
        Aim::Reinstalls,
        Aim::Tries,
        Aim::StandIns,
    ]);

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

    /// The aims, what is looked at first being first.
    pub const fn aims(&self) -> &[Aim] {
        &self.0
    }

    /// The cost of one of `aim`.
    pub fn unit(&self, aim: Aim) -> Cost {
        Cost(self.0.map(|it| u128::from(it == aim)))
    }

    /// How many of `aim` a cost has.
    pub fn count(&self, cost: Cost, aim: Aim) -> u128 {
        self.0.iter().zip(cost.0).find(|(it, _)| **it == aim).map_or(0, |(_, count)| count)
    }
}

/// Counts of the aims, in an order: the lower is better where the first that differs is lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cost([u128; AIMS]);

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
    pub fn times(self, count: u128) -> Self {
        Self(self.0.map(|it| it * count))
    }
}

/// What a plan costs over several cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Value {
    /// All cases together, each by its weight.
    pub sum: Cost,
    /// The worst case, in the order of the aims.
    pub worst: Cost,
}

impl Value {
    /// Several cases that cost the same.
    pub fn of(cost: Cost, weight: u128) -> Self {
        Self { sum: cost.times(weight), worst: cost }
    }

    /// These cases, each with this cost more.
    #[must_use]
    pub fn each(self, cost: Cost, weight: u128) -> Self {
        Self { sum: self.sum.and(cost.times(weight)), worst: self.worst.and(cost) }
    }

    /// These cases, and those.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { sum: self.sum.and(other.sum), worst: self.worst.max(other.worst) }
    }

    /// Each of these cases with so many times its weight.
    #[must_use]
    pub fn times(self, weight: u128) -> Self {
        Self { sum: self.sum.times(weight), worst: self.worst }
    }
}

/// What is least: the sum over all cases, or the worst case; or all that nothing else beats.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum By {
    /// The sum over all cases by their weights; then the worst.
    Expected,
    /// The worst case; then the sum.
    Worst,
    /// As few cases unrepaired as can be; then no less of any of three without more of another: the most
    /// restarts, the losses of shares, the reinstallations.
    TradeOff,
}

impl By {
    /// The word in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Expected => "expected",
            Self::Worst => "worst",
            Self::TradeOff => "trade-off",
        }
    }
}

/// What plans aim at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aims {
    /// Which cost is looked at first.
    pub order: Order,
    /// What is least.
    pub by: By,
}

impl Aims {
    /// The usual order, over all cases.
    pub const USUAL: Self = Self { order: Order::USUAL, by: By::Expected };

    /// The whole trade-off.
    pub const TRADE_OFF: Self = Self { order: Order::TRADE_OFF, by: By::TradeOff };

    /// Whether somebody who can have `one` has no use for `other`.
    pub fn covers(&self, one: &Value, other: &Value) -> bool {
        match self.by {
            By::Expected => (one.sum, one.worst) <= (other.sum, other.worst),
            By::Worst => (one.worst, one.sum) <= (other.worst, other.sum),
            By::TradeOff => {
                let (left, right) = (self.traded(one), self.traded(other));
                let unrepaired = |it: &Value| self.order.count(it.sum, Aim::Unrepaired);
                match unrepaired(one).cmp(&unrepaired(other)) {
                    Ordering::Less => true,
                    Ordering::Greater => false,
                    Ordering::Equal if left == right => one.sum <= other.sum,
                    Ordering::Equal => left.iter().zip(right).all(|(it, other)| *it <= other),
                }
            }
        }
    }

    /// What is traded off: the most restarts, losses of shares, reinstallations.
    fn traded(self, value: &Value) -> [u128; 3] {
        let sum = |aim| self.order.count(value.sum, aim);
        let most = self.order.count(value.worst, Aim::Restarts);
        [most, sum(Aim::Lost), sum(Aim::Reinstalls)]
    }
}
