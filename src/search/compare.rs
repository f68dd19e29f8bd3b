//! Every case of a world beside its twin, with another runbook, other rules or another fact: what one breaks and
//! the other does not, and what they cost.
//!
//! Each case and its twin are run once. What came of them is kept for the conditions, unless there is too much of
//! it; then they are run again.

use super::classes::Class;
use super::condition::Condition;
use super::condition::Row;
use super::condition::conditions;
use super::condition::merged;
use super::family::Family;
use super::verify::Cases;
use super::verify::Question;
use super::verify::alone;
use super::verify::named;
use super::ways::Change;
use super::ways::Changes;
use super::ways::changes;
use super::what_if::with_settings;
use super::world::TWO_SHARES;
use super::world::order;
use crate::files::change::HostFact;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

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
    /// The rules without any one of which the smallest case would not come out otherwise in this way.
    pub rules: Vec<RuleId>,
}

/// What is otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Twin<'a> {
    /// The rules believed.
    pub rules: RuleSet,
    /// The runbook.
    pub runbook: &'a Runbook,
    /// Facts of the host; a case of which they are so anyway is not compared where nothing else is changed.
    /// Not `components` and not `damaged`, which are what a world ranges over.
    pub facts: &'a [HostFact],
}

/// What the cases of one side come to, together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The cases in which the IMC runs at the end.
    pub repaired: u64,
    /// The cases in which shares are lost on the way.
    pub lost: u64,
    /// The cases in which settings are lost.
    pub settings: u64,
    /// The cases in which an action is refused.
    pub refused: u64,
    /// The restarts of all cases.
    pub restarts: u64,
    /// The most restarts of one case.
    pub restarts_max: u32,
    /// The tries of all cases.
    pub tries: u64,
    /// The actions of all cases.
    pub actions: u64,
}

/// What came of a comparison.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The number of cases compared.
    pub cases: u64,
    /// What they come to as they are.
    pub old: Totals,
    /// What their twins come to.
    pub new: Totals,
    /// The differences.
    pub differences: Vec<Difference>,
}

impl Twin<'_> {
    /// The twin of `host`.
    pub fn of(&self, host: &Host) -> Host {
        self.facts.iter().fold(*host, |host, fact| fact.on(&host, TWO_SHARES))
    }

    /// Whether only facts are changed, so that a case that is its own twin is not compared.
    fn is_of_facts(&self, old: &Question<'_>) -> bool {
        !self.facts.is_empty() && self.rules == old.rules && self.runbook == old.runbook
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

impl Totals {
    fn add(&mut self, class: &Class, cases: u64) {
        let if_so = |flag: bool| if flag { cases } else { 0 };
        self.repaired += if_so(!class.broken.has(Property::Repaired));
        self.lost += if_so(class.lost_at.is_some());
        self.settings += if_so(!with_settings(class.removed).is_empty());
        self.refused += if_so(class.broken.has(Property::NeverRefused));
        self.restarts += u64::from(class.restarts) * cases;
        self.restarts_max = self.restarts_max.max(class.restarts);
        self.tries += u64::from(class.tries) * cases;
        self.actions += u64::from(class.end.actions) * cases;
    }

    fn merge(&mut self, other: &Self) {
        self.repaired += other.repaired;
        self.lost += other.lost;
        self.settings += other.settings;
        self.refused += other.refused;
        self.restarts += other.restarts;
        self.restarts_max = self.restarts_max.max(other.restarts_max);
        self.tries += other.tries;
        self.actions += other.actions;
    }
}

/// All damages of a host that are treated alike on both sides.
struct Pair<'a> {
    host: &'a Host,
    family: Family,
    old: &'a Class,
    new: &'a Class,
    changes: Changes,
}

/// Calls `visit` for each pair of the hosts in `range`.
fn each_pair(
    cases: &Cases<'_>,
    old: &Question<'_>,
    new: &Twin<'_>,
    range: Range<usize>,
    visit: &mut impl FnMut(&Pair<'_>),
) {
    let mut olds: Vec<Class> = Vec::new();
    let only_facts = new.is_of_facts(old);
    for host in cases.hosts(range) {
        let twin = new.of(&host);
        if only_facts && twin == host {
            continue;
        }
        olds.clear();
        cases.classes_of(old.rules, old.runbook, &host, &host, &mut |it| olds.push(it.clone()));
        cases.classes_of(new.rules, new.runbook, &host, &twin, &mut |new| {
            for old in &olds {
                if let Some(family) = new.family.and(&old.family) {
                    let changes = changes((&host, old), (&twin, new));
                    visit(&Pair { host: &host, family, old, new, changes });
                }
            }
        });
    }
}

/// The most pairs that are kept for the conditions, in all ranges together.
const KEPT_MAX: usize = 400_000;

/// What came of the pairs of some hosts.
#[derive(Default)]
struct Part {
    cases: u64,
    old: Totals,
    new: Totals,
    /// The smallest case so far, and how many there are.
    found: BTreeMap<Change, (Host, u64)>,
    /// All sets of ways that occur.
    kinds: BTreeSet<Changes>,
    /// The one that was added last: most often the next is the same.
    last: Option<Changes>,
    /// The pairs of each range of hosts, by its ends; none where there are too many.
    kept: Option<BTreeMap<(usize, usize), Vec<Kept>>>,
}

/// A pair that is kept.
type Kept = (Host, Family, Changes);

impl Part {
    fn add(&mut self, pair: &Pair<'_>) {
        let cases = pair.family.count();
        self.cases += cases;
        self.old.add(pair.old, cases);
        self.new.add(pair.new, cases);
        if self.last != Some(pair.changes) {
            self.kinds.insert(pair.changes);
            self.last = Some(pair.changes);
        }
        let fewest = pair.family.fewest(pair.host);
        let mut smallest = None;
        for change in pair.changes.iter() {
            let known = self.found.get_mut(&change);
            if let Some((host, count)) = known {
                *count += cases;
                if fewest > host.installed.len() {
                    continue;
                }
            }
            let smallest = *smallest.get_or_insert_with(|| pair.family.smallest(pair.host));
            let (host, _) = self.found.entry(change).or_insert((smallest, cases));
            if order(&smallest) < order(host) {
                *host = smallest;
            }
        }
    }

    fn merge(&mut self, other: Self) {
        self.cases += other.cases;
        self.old.merge(&other.old);
        self.new.merge(&other.new);
        self.kinds.extend(other.kinds);
        for (change, (host, cases)) in other.found {
            let (known, count) = self.found.entry(change).or_insert((host, 0));
            *count += cases;
            if order(&host) < order(known) {
                *known = host;
            }
        }
        self.kept = match (self.kept.take(), other.kept) {
            (Some(mut all), Some(more)) => {
                all.extend(more);
                Some(all)
            }
            (None, _) | (_, None) => None,
        };
    }
}

/// Every difference between the cases of `old` and their twins.
pub fn compare(old: &Question<'_>, new: &Twin<'_>) -> Compared {
    let cases = Cases::beside(old, new.touched());
    let parts = cases.in_parallel(|range| {
        let mut part = Part::default();
        // As many of each host as if all had as many.
        let kept_max = KEPT_MAX * range.len() / cases.count().max(1);
        let ends = (range.start, range.end);
        let mut kept = Some(Vec::new());
        each_pair(&cases, old, new, range, &mut |pair| {
            part.add(pair);
            kept = kept.take().filter(|it| it.len() < kept_max);
            if let Some(kept) = &mut kept {
                kept.push((*pair.host, pair.family.clone(), pair.changes));
            }
        });
        part.kept = kept.map(|it| BTreeMap::from([(ends, it)]));
        part
    });
    let mut all = Part { kept: Some(BTreeMap::new()), ..Part::default() };
    for part in parts {
        all.merge(part);
    }
    let conditions = conditions_of(&cases, old, new, &all);
    let difference = |(change, (witness, cases)): (&Change, &(Host, u64))| Difference {
        change: *change,
        cases: *cases,
        condition: conditions.get(change).cloned().flatten(),
        witness: *witness,
        rules: deciding(old, new, *change, witness),
    };
    let differences = all.found.iter().map(difference).collect();
    Compared { cases: all.cases, old: all.old, new: all.new, differences }
}

/// The exact condition of each way that occurs.
fn conditions_of(
    cases: &Cases<'_>,
    old: &Question<'_>,
    new: &Twin<'_>,
    all: &Part,
) -> BTreeMap<Change, Option<Condition>> {
    // Ways that always occur together are one finding.
    let mut findings: BTreeMap<Vec<bool>, Vec<Change>> = BTreeMap::new();
    for change in all.found.keys() {
        let occurs = all.kinds.iter().map(|it| it.has(*change)).collect();
        findings.entry(occurs).or_default().push(*change);
    }
    let findings: Vec<Vec<Change>> = findings.into_values().collect();
    let bits = |changes: Changes| -> u64 {
        let occurs = |it: &Vec<Change>| it.first().is_some_and(|it| changes.has(*it));
        findings.iter().enumerate().map(|(at, it)| u64::from(occurs(it)) << at).sum()
    };
    let bits: BTreeMap<Changes, u64> = all.kinds.iter().map(|it| (*it, bits(*it))).collect();
    let bits = |it: &Changes| bits.get(it).copied().unwrap_or_default();
    let runbooks = [new.runbook, old.runbook];
    let found = conditions(findings.len(), &runbooks, old.world, |facts| {
        // The same ranges as before.
        let parts = cases.in_parallel(|range| {
            let mut rows = Vec::new();
            if let Some(kept) = &all.kept {
                for (host, family, changes) in
                    kept.get(&(range.start, range.end)).into_iter().flatten()
                {
                    Row::add(&mut rows, facts, host, family, bits(changes));
                }
            } else {
                each_pair(cases, old, new, range, &mut |it| {
                    Row::add(&mut rows, facts, it.host, &it.family, bits(&it.changes));
                });
            }
            merged(rows)
        });
        merged(parts.into_iter().flatten().collect())
    });
    let each = findings.into_iter().zip(found);
    each.flat_map(|(changes, it)| changes.into_iter().map(move |one| (one, it.clone()))).collect()
}

/// The rules without any one of which `witness` would not come out otherwise in this way.
fn deciding(old: &Question<'_>, new: &Twin<'_>, change: Change, witness: &Host) -> Vec<RuleId> {
    let twin = new.of(witness);
    let decides = |rule: &RuleId| {
        let one = alone(old.rules.without(*rule), witness, old.runbook);
        let other = alone(new.rules.without(*rule), &twin, new.runbook);
        !changes((witness, &one), (&twin, &other)).has(change)
    };
    let believed = old.rules.or(new.rules);
    RuleId::ALL.into_iter().filter(|it| believed.believes(*it) && decides(it)).collect()
}
