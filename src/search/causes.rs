//! What made two futures differ: each rule left out in both, and what comes to the same then.

use super::future::Change;
use super::future::Premise;
use super::what_if::Balance;
use super::what_if::Item;
use super::what_if::Part;
use super::what_if::WhatIf;
use crate::model::property::Property;
use crate::model::rule::RuleId;

/// One thing that two futures come to otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Point {
    /// A line of the balance, the properties apart.
    Line(Item),
    /// One of them breaks this property.
    Breaks(Property),
}

/// What is otherwise from the start, the rules apart or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The host.
    Host,
    /// Its history.
    History,
    /// What is done.
    Acts,
    /// The runbook.
    Runbook,
    /// The rules believed.
    Rules,
}

/// Where a rule fires first: a turn, counted from 0.
pub type Place = (Part, usize);

/// A rule that made a difference: without it something would be the same, or it fires in one of the two
/// futures only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The rule.
    pub rule: RuleId,
    /// Whether it is itself what was changed, or part of it.
    pub changed: bool,
    /// Where it fires first in the future as it is; none where it does not.
    pub base: Option<Place>,
    /// Where it fires first in the other.
    pub other: Option<Place>,
    /// In what the two differ, and would not if nobody believed this rule; none where the two cannot be
    /// compared without it.
    pub decides: Option<Vec<Point>>,
}

/// What made the difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// The rules: what was changed, then those that fire in one future only, then the others; each in the order
    /// in which they fire first.
    pub rules: Vec<Cause>,
    /// What no rule decides: whichever one is left out, it differs, or a repair is gone.
    pub rest: Vec<Point>,
    /// What is otherwise from the start; not what was changed to what it is.
    pub reasons: Vec<Reason>,
}

impl Reason {
    /// What `change` makes differ.
    pub const fn of(change: &Change) -> Self {
        match change {
            Change::Do { .. } => Self::Acts,
            Change::Fact(_) => Self::Host,
            Change::History(_) => Self::History,
            Change::Rule { .. } => Self::Rules,
            Change::Runbook { .. } => Self::Runbook,
        }
    }
}

impl Cause {
    /// Whether the rule decides something, or is itself what was changed.
    pub fn tells(&self) -> bool {
        self.changed || self.decides_some()
    }

    fn decides_some(&self) -> bool {
        self.decides.as_ref().is_some_and(|it| !it.is_empty())
    }

    /// Whether it fires in one of the two futures only.
    pub const fn fires_once(&self) -> bool {
        self.base.is_some() != self.other.is_some()
    }
}

impl Causes {
    /// What made the difference between the futures of `premise` and of `changed`.
    pub fn of(it: &WhatIf, premise: &Premise, changed: &Premise) -> Self {
        let points = points(&Balance::of(&it.base), &Balance::of(&it.other));
        let reasons = reasons(it, premise);
        let mut rules = Vec::new();
        for rule in RuleId::ALL {
            if !premise.rules.or(changed.rules).believes(rule) {
                continue;
            }
            let itself = premise.rules.believes(rule) != changed.rules.believes(rule);
            let (base, other) = (it.base.fires_at(rule), it.other.fires_at(rule));
            let decides = decided(&points, rule, itself, it, (premise, changed));
            let cause = Cause { rule, changed: itself, base, other, decides };
            let fires = cause.base.is_some() || cause.other.is_some();
            if cause.fires_once() || cause.decides_some() || itself && fires {
                rules.push(cause);
            }
        }
        let last = (Part::Steps, usize::MAX);
        let at = |it: &Cause| it.base.into_iter().chain(it.other).min().unwrap_or(last);
        rules.sort_by_key(|it| (!it.changed, !it.fires_once(), at(it)));
        let told = |point: &Point| {
            rules.iter().any(|it| it.decides.as_ref().is_some_and(|all| all.contains(point)))
        };
        let rest = points.into_iter().filter(|it| !told(it)).collect();
        Self { rules, rest, reasons }
    }

    /// The rules to be told: where some decide what the futures come to, the others only follow from them.
    pub fn telling(&self) -> impl Iterator<Item = &Cause> {
        let any = self.rules.iter().any(Cause::tells);
        self.rules.iter().filter(move |it| !any || it.tells())
    }
}

/// In what two futures differ. That one breaks `repaired` is told by its line.
pub fn points(one: &Balance, other: &Balance) -> Vec<Point> {
    let lines = Item::ALL.into_iter().filter(|it| *it != Item::Broken);
    let lines = lines.filter(|it| it.differs(one, other)).map(Point::Line);
    let properties = Property::ALL.into_iter().filter(|it| *it != Property::Repaired);
    let broken = properties.filter(|it| one.broken.has(*it) != other.broken.has(*it));
    lines.chain(broken.map(Point::Breaks)).collect()
}

/// Those of `all` that would be the same if nobody believed `rule`. None of them where a future that is
/// repaired would not be then: a repair rests on such a rule, and the difference does not come from it, unless
/// the rule `itself` is what was changed.
fn decided(
    all: &[Point],
    rule: RuleId,
    itself: bool,
    it: &WhatIf,
    (premise, changed): (&Premise, &Premise),
) -> Option<Vec<Point>> {
    let (one, other) = (premise.without(rule).live(), changed.without(rule).live());
    let (one, other) = (Balance::of(&one.ok()?), Balance::of(&other.ok()?));
    let spoilt = [(Balance::of(&it.base), &one), (Balance::of(&it.other), &other)];
    if !itself && spoilt.iter().any(|(with, without)| with.repaired && !without.repaired) {
        return Some(Vec::new());
    }
    let left = points(&one, &other);
    Some(all.iter().filter(|it| !left.contains(it)).copied().collect())
}

/// What is otherwise from the start: each change that makes a difference by itself, or cannot be made
/// without the others.
fn reasons(it: &WhatIf, premise: &Premise) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for change in &it.changes {
        let alone = premise.changed(&it.base, std::slice::from_ref(change));
        let alone = alone.and_then(|it| it.live());
        if alone.is_ok_and(|alone| alone == it.base) {
            continue;
        }
        reasons.push(Reason::of(change));
    }
    reasons.sort_unstable();
    reasons.dedup();
    reasons
}
