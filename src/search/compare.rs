//! Every case of a world beside its twin, with another runbook, other rules or another fact: what one breaks and
//! the other does not, and what they cost.

use super::classes::Class;
use super::condition::Condition;
use super::condition::Row;
use super::condition::conditions;
use super::condition::merged;
use super::family::Family;
use super::verify::Cases;
use super::verify::Question;
use super::verify::named;
use super::world::TWO_SHARES;
use super::world::order;
use crate::files::change::HostFact;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use std::collections::BTreeMap;
use std::ops::Range;

/// In what way a case comes out otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It breaks this property, and did not before.
    Breaks(Property),
    /// It broke this property, and does no longer.
    Mends(Property),
    /// Shares are lost on the way, and were not before.
    LosesShares,
    /// Shares were lost on the way, and are no longer.
    KeepsShares,
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

/// What is otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Twin<'a> {
    /// The rules believed.
    pub rules: RuleSet,
    /// The runbook.
    pub runbook: &'a Runbook,
    /// Facts of the host; a case of which they are so anyway is not compared. Not `components` and not
    /// `damaged`, which leave no case of a world as it is.
    pub facts: &'a [HostFact],
}

/// What came of a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The number of cases compared.
    pub cases: u64,
    /// The differences.
    pub differences: Vec<Difference>,
}

impl Twin<'_> {
    /// The twin of `host`; none where it is the same host, though facts are changed.
    pub fn of(&self, host: &Host) -> Option<Host> {
        let shares = TWO_SHARES;
        let twin = self.facts.iter().fold(*host, |host, fact| fact.on(&host, shares));
        (self.facts.is_empty() || twin != *host).then_some(twin)
    }

    /// The components that it may depend on.
    fn touched(&self) -> Components {
        self.facts.iter().fold(named(self.runbook), |all, fact| match fact {
            HostFact::Components(set)
            | HostFact::Has(set)
            | HostFact::Lacks(set)
            | HostFact::Damaged(set) => all.or(*set),
            HostFact::Os(_)
            | HostFact::ServicePack(_)
            | HostFact::Upgraded(_)
            | HostFact::Exchange(_)
            | HostFact::Imc(_)
            | HostFact::Shares(_) => all,
        })
    }
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
    match (old.lost_at.is_some(), new.lost_at.is_some()) {
        (false, true) => changes.push(Change::LosesShares),
        (true, false) => changes.push(Change::KeepsShares),
        (false, false) | (true, true) => {}
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

/// Calls `visit` for all damages of a host that are treated alike on both sides: the host, the damages, and the
/// ways in which they come out otherwise.
fn each_pair(
    cases: &Cases<'_>,
    old: &Question<'_>,
    new: &Twin<'_>,
    range: Range<usize>,
    visit: &mut impl FnMut(&Host, &Family, &[Change]),
) {
    for host in cases.hosts(range) {
        let Some(twin) = new.of(&host) else { continue };
        let mut olds: Vec<Class> = Vec::new();
        cases.classes_of(old.rules, old.runbook, &host, &host, &mut |it| olds.push(it.clone()));
        cases.classes_of(new.rules, new.runbook, &host, &twin, &mut |new| {
            for old in &olds {
                if let Some(family) = new.family.and(&old.family) {
                    visit(&host, &family, &changes(old, new));
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

/// Every difference between the cases of `old` and their twins.
pub fn compare(old: &Question<'_>, new: &Twin<'_>) -> Compared {
    let cases = Cases::beside(old, new.touched());
    let parts = cases.in_parallel(|range| {
        let (mut found, mut count) = (Found::new(), 0);
        each_pair(&cases, old, new, range, &mut |host, family, changes| {
            count += family.count();
            for change in changes {
                add(&mut found, *change, family.smallest(host), family.count());
            }
        });
        (found, count)
    });
    let count = parts.iter().map(|(_, count)| count).sum();
    let mut found = Found::new();
    for (change, (host, cases)) in parts.into_iter().flat_map(|(found, _)| found) {
        add(&mut found, change, host, cases);
    }
    let all: Vec<Change> = found.keys().copied().collect();
    let conditions = conditions_of(&cases, old, new, &all);
    let differences = found.into_iter().zip(conditions);
    let differences = differences
        .map(|((change, (witness, cases)), condition)| Difference {
            change,
            cases,
            condition,
            witness,
        })
        .collect();
    Compared { cases: count, differences }
}

fn conditions_of(
    cases: &Cases<'_>,
    old: &Question<'_>,
    new: &Twin<'_>,
    all: &[Change],
) -> Vec<Option<Condition>> {
    conditions(all.len(), &[new.runbook, old.runbook], old.world, |facts| {
        let parts = cases.in_parallel(|range| {
            let mut rows = Vec::new();
            each_pair(cases, old, new, range, &mut |host, family, changes| {
                let bit = |it: &Change| all.binary_search(it).map_or(0, |at| 1u64 << at);
                let findings = changes.iter().map(bit).sum();
                Row::add(&mut rows, facts, host, family, findings);
            });
            merged(rows)
        });
        merged(parts.into_iter().flatten().collect())
    })
}
