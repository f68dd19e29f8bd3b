//! Two runbooks on every case of a world: what one breaks and the other does not, and what they cost.

use super::classes::Class;
use super::condition::Condition;
use super::condition::Row;
use super::condition::conditions;
use super::condition::merged;
use super::family::Family;
use super::verify::Cases;
use super::verify::Question;
use super::world::order;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::runbook::Runbook;
use std::collections::BTreeMap;
use std::ops::Range;

/// In what way a case comes out otherwise under the new runbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// The new runbook breaks this property, and the old did not.
    Breaks(Property),
    /// The old runbook broke this property, and the new does not.
    Mends(Property),
    /// More restarts than before.
    MoreRestarts,
    /// Fewer restarts than before.
    FewerRestarts,
    /// More tries than before.
    MoreTries,
    /// Fewer tries than before.
    FewerTries,
}

/// All cases that come out otherwise in one way.
#[derive(Clone, Debug)]
pub struct Difference {
    /// In what way.
    pub change: Change,
    /// The number of cases.
    pub cases: u64,
    /// Exactly which; none where the vocabulary has no words for them.
    pub condition: Option<Condition>,
    /// The smallest case: fewest components, then fewest damaged, then the order of the world.
    pub witness: Host,
}

/// In what ways the cases that both classes share come out otherwise.
fn changes(old: &Class, new: &Class) -> Vec<Change> {
    let mut changes = Vec::new();
    for property in Property::ALL {
        match (old.broken.has(property), new.broken.has(property)) {
            (false, true) => changes.push(Change::Breaks(property)),
            (true, false) => changes.push(Change::Mends(property)),
            (false, false) | (true, true) => {}
        }
    }
    match new.restarts.cmp(&old.restarts) {
        std::cmp::Ordering::Less => changes.push(Change::FewerRestarts),
        std::cmp::Ordering::Equal => {}
        std::cmp::Ordering::Greater => changes.push(Change::MoreRestarts),
    }
    match new.tries.cmp(&old.tries) {
        std::cmp::Ordering::Less => changes.push(Change::FewerTries),
        std::cmp::Ordering::Equal => {}
        std::cmp::Ordering::Greater => changes.push(Change::MoreTries),
    }
    changes
}

/// Calls `visit` for all damages of a host that both runbooks treat alike: the host, the damages, and the
/// ways in which they come out otherwise.
fn each_pair(
    cases: &Cases<'_>,
    old: &Runbook,
    range: Range<usize>,
    visit: &mut impl FnMut(&Host, &Family, &[Change]),
) {
    for index in range {
        let mut olds: Vec<Class> = Vec::new();
        cases.each_class_under(old, index..index + 1, &mut |_, it| olds.push(it.clone()));
        cases.each_class(index..index + 1, &mut |host, new| {
            for old in &olds {
                if let Some(family) = new.family.and(&old.family) {
                    visit(host, &family, &changes(old, new));
                }
            }
        });
    }
}

/// The smallest case so far, and how many there are.
type Found = BTreeMap<Change, (Host, u64)>;

fn add(found: &mut Found, change: Change, host: Host, cases: u64) {
    let (known, count) = found.entry(change).or_insert((host, 0));
    *count += cases;
    if order(&host) < order(known) {
        *known = host;
    }
}

/// Every difference between the runbook of `new` and `old`, on every case of its world.
pub fn compare(new: &Question<'_>, old: &Runbook) -> Vec<Difference> {
    let cases = Cases::of(new, &[old]);
    let parts = cases.in_parallel(|range| {
        let mut found = Found::new();
        each_pair(&cases, old, range, &mut |host, family, changes| {
            for change in changes {
                add(&mut found, *change, family.smallest(host), family.count());
            }
        });
        found
    });
    let mut found = Found::new();
    for (change, (host, cases)) in parts.into_iter().flatten() {
        add(&mut found, change, host, cases);
    }
    let all: Vec<Change> = found.keys().copied().collect();
    let conditions = conditions_of(&cases, new, old, &all);
    found
        .into_iter()
        .zip(conditions)
        .map(|((change, (witness, cases)), condition)| Difference {
            change,
            cases,
            condition,
            witness,
        })
        .collect()
}

fn conditions_of(
    cases: &Cases<'_>,
    new: &Question<'_>,
    old: &Runbook,
    all: &[Change],
) -> Vec<Option<Condition>> {
    conditions(all.len(), &[new.runbook, old], new.world, |facts| {
        let parts = cases.in_parallel(|range| {
            let mut rows = Vec::new();
            each_pair(cases, old, range, &mut |host, family, changes| {
                let bit = |it: &Change| all.binary_search(it).map_or(0, |at| 1u64 << at);
                let findings = changes.iter().map(bit).sum();
                Row::add(&mut rows, facts, host, family, findings);
            });
            merged(rows)
        });
        merged(parts.into_iter().flatten().collect())
    })
}
