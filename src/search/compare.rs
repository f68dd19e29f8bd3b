//! Two runbooks on every case of a world: what one breaks and the other does not, and what they cost.

use super::classes::Class;
use super::condition::Condition;
use super::condition::Row;
use super::condition::conditions;
use super::condition::merged;
use super::family::Family;
use super::verify::Question;
use super::verify::each_class;
use super::verify::in_parallel;
use super::world::with_damage;
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

/// Calls `visit` for all damages of a host that both runbooks treat alike: the number of the host, the
/// host, the damages, and the ways in which they come out otherwise.
fn each_pair(
    new: &Question<'_>,
    old: &Runbook,
    range: Range<usize>,
    visit: &mut impl FnMut(usize, &Host, &Family, &[Change]),
) {
    let before = Question { runbook: old, ..*new };
    for index in range {
        let mut olds: Vec<Class> = Vec::new();
        each_class(&before, index..index + 1, &mut |_, _, it| olds.push(it.clone()));
        each_class(new, index..index + 1, &mut |_, host, new| {
            for old in &olds {
                if let Some(family) = new.family.and(&old.family) {
                    visit(index, host, &family, &changes(old, new));
                }
            }
        });
    }
}

/// The smallest case so far, and how many there are.
struct Smallest {
    size: (u32, u32, usize, u32),
    host: Host,
    cases: u64,
}

/// Every difference between the runbook of `new` and `old`, on every case of its world.
pub fn compare(new: &Question<'_>, old: &Runbook) -> Vec<Difference> {
    let parts = in_parallel(new, |range| {
        let mut found: BTreeMap<Change, Smallest> = BTreeMap::new();
        each_pair(new, old, range, &mut |index, host, family, changes| {
            for change in changes {
                let damage = family.smallest();
                let size = (host.installed.len(), damage.len(), index, damage.canonical());
                let host = with_damage(host, damage);
                let fresh = || Smallest { size, host, cases: 0 };
                let known = found.entry(*change).or_insert_with(fresh);
                known.cases += family.count();
                if size < known.size {
                    *known = Smallest { size, host, cases: known.cases };
                }
            }
        });
        found
    });
    let mut found: BTreeMap<Change, Smallest> = BTreeMap::new();
    for (change, part) in parts.into_iter().flatten() {
        let fresh = || Smallest { cases: 0, ..part };
        let known = found.entry(change).or_insert_with(fresh);
        let cases = known.cases + part.cases;
        let smaller = if part.size < known.size { part } else { Smallest { ..*known } };
        *known = Smallest { cases, ..smaller };
    }
    let all: Vec<Change> = found.keys().copied().collect();
    let conditions = conditions_of(new, old, &all);
    found
        .into_iter()
        .zip(conditions)
        .map(|((change, it), condition)| Difference {
            change,
            cases: it.cases,
            condition,
            witness: it.host,
        })
        .collect()
}

fn conditions_of(new: &Question<'_>, old: &Runbook, all: &[Change]) -> Vec<Option<Condition>> {
    conditions(all.len(), &[new.runbook, old], new.world, |facts| {
        let parts = in_parallel(new, |range| {
            let mut rows = Vec::new();
            each_pair(new, old, range, &mut |_, host, family, changes| {
                let bit = |it: &Change| all.binary_search(it).map_or(0, |at| 1u64 << at);
                let findings = changes.iter().map(bit).sum();
                Row::add(&mut rows, facts, host, family, findings);
            });
            merged(rows)
        });
        merged(parts.into_iter().flatten().collect())
    })
}
