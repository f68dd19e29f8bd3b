//! What the best plans and a runbook cost hosts of a kind, and what a world can trade for what.

use super::cost::Aim;
use super::plan::Counts;
use super::plan::Ends;

/// What a kind of host costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How many hosts an operator can tell apart.
    pub hosts: u64,
    /// How many cases: each with every damage that may be hidden.
    pub cases: u64,
    /// What they weigh together.
    pub weight: u128,
    /// The best plan.
    pub best: Bill,
    /// The runbook.
    pub runbook: Bill,
}

/// Counts over cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Restarts.
    pub restarts: Counts,
    /// Reinstallations.
    pub reinstalls: Counts,
    /// Losses of shares.
    pub lost: Counts,
    /// Cases that are not repaired.
    pub unrepaired: Counts,
}

/// One row of the trade-off of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traded {
    /// The most restarts that a host may take.
    pub restarts_most: u64,
    /// On every host the plan that looks at shares first, then at reinstallations.
    pub shares_first: Bill,
    /// On every host the plan that looks at reinstallations first, then at shares.
    pub reinstalls_first: Bill,
}

/// What is known of all hosts of one shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The best plan.
    pub best: Bill,
    /// The trade-off, fewest restarts first.
    pub front: Vec<Bill>,
}

impl Bill {
    /// What the ends of a plan or a runbook come to.
    pub fn of(ends: &Ends) -> Self {
        Self {
            restarts: ends.count(Aim::Restarts),
            reinstalls: ends.count(Aim::Reinstalls),
            lost: ends.count(Aim::Lost),
            unrepaired: ends.count(Aim::Unrepaired),
        }
    }

    /// The counts of both.
    fn each(self, other: Self, both: impl Fn(Counts, Counts) -> Counts) -> Self {
        Self {
            restarts: both(self.restarts, other.restarts),
            reinstalls: both(self.reinstalls, other.reinstalls),
            lost: both(self.lost, other.lost),
            unrepaired: both(self.unrepaired, other.unrepaired),
        }
    }

    /// Both bills.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        self.each(other, Counts::and)
    }

    /// The counts of so many hosts, which weigh so much together.
    #[must_use]
    pub fn times(self, hosts: u64, weight: u128) -> Self {
        self.each(self, |it, _| it.times(hosts, weight))
    }
}

impl Row {
    /// Both rows together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            hosts: self.hosts + other.hosts,
            cases: self.cases + other.cases,
            weight: self.weight + other.weight,
            best: self.best.and(other.best),
            runbook: self.runbook.and(other.runbook),
        }
    }
}

/// The trade-off of a world, from those of its hosts, of which there are so many and weigh so much.
pub fn traded(hosts: &[(&Known, u64, u128)]) -> Vec<Traded> {
    let most = |it: &Bill| it.restarts.most;
    let bounds = hosts.iter().flat_map(|(known, ..)| known.front.iter().map(most)).max();
    let least = hosts.iter().filter_map(|(known, ..)| known.front.iter().map(most).min()).max();
    let together = |bound: u64, key: fn(&Bill) -> [u128; 3]| {
        let chosen = |(known, hosts, weight): &(&Known, u64, u128)| {
            let within = known.front.iter().filter(|it| it.restarts.most <= bound);
            Some(within.min_by_key(|it| key(it))?.times(*hosts, *weight))
        };
        hosts.iter().filter_map(chosen).fold(Bill::default(), Bill::and)
    };
    let mut rows: Vec<Traded> = Vec::new();
    for restarts_most in least.unwrap_or_default()..=bounds.unwrap_or_default() {
        let row = Traded {
            restarts_most,
            shares_first: together(restarts_most, |it| {
                [it.lost.sum, it.reinstalls.sum, it.restarts.sum]
            }),
            reinstalls_first: together(restarts_most, |it| {
                [it.reinstalls.sum, it.lost.sum, it.restarts.sum]
            }),
        };
        let same = |it: &Traded| Traded { restarts_most, ..*it } == row;
        if !rows.last().is_some_and(same) {
            rows.push(row);
        }
    }
    rows
}
