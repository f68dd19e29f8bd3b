//! The best plans for a host, as far as it can be seen.

use super::cost::Aim;
use super::cost::Aims;
use super::cost::Order;
use super::cost::Value;
use super::course::Course;
use super::course::Leaf;
use super::ground::Ground;
use super::moment::Moment;
use super::planbook::followed;
use super::table::Table;
use crate::model::runbook::Runbook;
use std::collections::BTreeMap;

/// The best plans on a ground.
#[derive(Clone, Debug)]
pub struct Best {
    /// What they are for.
    pub ground: Ground,
    /// What they aim at.
    pub aims: Aims,
    /// The plans: one, or for a trade-off as many as it takes, fewest restarts first; none where there was
    /// too much to weigh.
    pub plans: Vec<Plan>,
    /// What each moment that was weighed comes to.
    pub table: BTreeMap<Moment, Vec<Value>>,
}

/// A plan and what it costs.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What it is for.
    pub ground: Ground,
    /// What it aims at.
    pub aims: Aims,
    /// What it costs, after the table: of the damages that differ in what could be in the way.
    pub value: Value,
    /// The actions.
    pub course: Course,
}

/// The best plans on `ground` for `aims`.
pub fn best(ground: &Ground, aims: &Aims) -> Best {
    let mut table = Table::new(ground, *aims);
    let mut choices = table.best(&Moment::first(ground));
    choices.sort_by_key(|it| it.value.worst);
    choices.retain(|_| table.is_complete());
    let plan = |choice| {
        let course = Course::of(ground, &mut table, choice)?;
        Some(Plan { ground: *ground, aims: *aims, value: choice.value, course })
    };
    let plans = choices.into_iter().filter_map(plan).collect();
    Best { ground: *ground, aims: *aims, plans, table: table.values() }
}

impl Best {
    /// Weighs other moments too; whether that was done, and any of them was not weighed before.
    pub fn weigh(&mut self, moments: &[Moment]) -> bool {
        let mut table = Table::new(&self.ground, self.aims);
        for it in moments {
            table.best(it);
        }
        let before = self.table.len();
        if table.is_complete() {
            self.table.extend(table.values());
        }
        self.table.len() > before
    }
}

/// Counts over the cases of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All cases together, each by its weight.
    pub sum: u128,
    /// The most in one case.
    pub most: u64,
    /// The cases in which it is not none.
    pub cases: u64,
}

impl Counts {
    /// The counts over these cases and those.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            sum: self.sum + other.sum,
            most: self.most.max(other.most),
            cases: self.cases + other.cases,
        }
    }

    /// The counts of so many hosts, which weigh so much together.
    #[must_use]
    pub const fn times(self, hosts: u64, weight: u128) -> Self {
        Self { sum: self.sum * weight, cases: self.cases * hosts, ..self }
    }
}

/// The ends of a plan, run through the model.
#[derive(Clone, Debug)]
pub struct Ends {
    /// One for each try that can succeed, and one for giving up.
    pub leaves: Vec<Leaf>,
    /// The number of cases.
    pub cases: u64,
    /// What they weigh together.
    pub weight: u128,
    order: Order,
}

impl Plan {
    /// The ends, run through the model.
    pub fn ends(&self) -> Ends {
        Ends::of(self.course.leaves(&self.ground, self.aims.order), self.aims.order)
    }

    /// The ends that `runbook` comes to on the same host.
    pub fn ends_of(&self, runbook: &Runbook) -> Ends {
        Ends::of(followed(&self.ground, runbook, self.aims.order), self.aims.order)
    }
}

impl Ends {
    /// These ends, counted in `order`.
    pub fn of(leaves: Vec<Leaf>, order: Order) -> Self {
        let cases = leaves.iter().map(|it| it.family.count()).sum();
        let weight = leaves.iter().map(|it| it.weight).sum();
        Self { leaves, cases, weight, order }
    }

    /// The counts of `aim`.
    pub fn count(&self, aim: Aim) -> Counts {
        let mut counts = Counts::default();
        for leaf in &self.leaves {
            let many = self.order.count(leaf.cost, aim);
            counts.sum += leaf.weight * many;
            // No run has more actions than its bound.
            counts.most = counts.most.max(u64::try_from(many).unwrap_or(u64::MAX));
            counts.cases += if many > 0 { leaf.family.count() } else { 0 };
        }
        counts
    }
}
