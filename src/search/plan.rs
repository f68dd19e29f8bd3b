//! The best plan for a host, as far as it can be seen.

use super::cost::Aim;
use super::cost::Order;
use super::cost::Value;
use super::course::Course;
use super::course::Leaf;
use super::ground::Ground;
use super::planbook::followed;
use super::proof::Flaw;
use super::proof::Proof;
use super::proof::check;
use super::table::Aims;
use super::table::Moment;
use super::table::Table;
use crate::model::runbook::Runbook;
use std::collections::BTreeMap;

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
    /// What each moment that was weighed comes to.
    pub table: BTreeMap<Moment, Value>,
}

/// The best plan on `ground` for `aims`; none where the bounds in `aims` allow none.
pub fn plan(ground: &Ground, aims: &Aims) -> Option<Plan> {
    let mut table = Table::new(ground, *aims);
    let (course, value) = Course::of(ground, &mut table)?;
    let table = table.values();
    Some(Plan { ground: *ground, aims: *aims, value, course, table })
}

/// Counts over the cases of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All cases together.
    pub sum: u64,
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
}

/// The ends of a plan, run through the model.
#[derive(Clone, Debug)]
pub struct Ends {
    /// One for each try that can succeed, and one for giving up.
    pub leaves: Vec<Leaf>,
    /// The number of cases.
    pub cases: u64,
    order: Order,
}

impl Plan {
    /// Has the plan checked. Where the checker asks what other moments cost, they are weighed too.
    ///
    /// # Errors
    ///
    /// Returns the first flaw.
    pub fn prove(&mut self) -> Result<Proof, Flaw> {
        loop {
            let asked = match check(self) {
                Err(Flaw::Unsettled(asked)) => asked,
                done => return done,
            };
            let mut table = Table::new(&self.ground, self.aims);
            for it in asked {
                table.best(&it);
            }
            let before = self.table.len();
            self.table.extend(table.values());
            if self.table.len() == before {
                return check(self);
            }
        }
    }

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
        Self { leaves, cases, order }
    }

    /// The counts of `aim`.
    pub fn count(&self, aim: Aim) -> Counts {
        let mut counts = Counts::default();
        for leaf in &self.leaves {
            let (cases, many) = (leaf.family.count(), self.order.count(leaf.cost, aim));
            counts.sum += cases * many;
            counts.most = counts.most.max(many);
            counts.cases += if many > 0 { cases } else { 0 };
        }
        counts
    }
}
