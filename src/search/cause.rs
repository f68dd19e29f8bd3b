//! Findings: every failing case of a verdict, put together by what caused the failure.

use super::classes::Class;
use super::condition::Condition;
use super::condition::Row;
use super::condition::conditions;
use super::condition::merged;
use super::family::Family;
use super::verify::Cases;
use super::verify::Question;
use super::verify::Tally;
use super::world::order;
use crate::model::follow::Place;
use crate::model::host::Host;
use crate::model::property::Properties;
use crate::model::property::Property;
use std::collections::BTreeMap;

/// What made a run break a property: cases with the same root are one finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Root {
    /// The property was broken at this verb.
    Verb(Place),
    /// The run was stuck: this verb was refused, and what was to follow never came.
    Refused(Place),
    /// The IMC was never tried.
    NeverTried,
    /// The IMC ran, and this verb stopped it again.
    StoppedAgain(Place),
    /// What failed at this last try had files from the CD under the service pack.
    CdFiles(Place),
    /// What failed at the last try was damaged, and something of it was never taken out.
    Untouched,
    /// What failed at the last try was damaged, though all of it had been taken out.
    InVain,
    /// At this last try the IMC lacked a service or protocol that it depends on.
    Dependency(Place),
    /// Shares were lost at this verb and never shared again.
    LostAt(Place),
    /// Something was left other than it was.
    LeftOtherwise,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// The property.
    pub property: Property,
    /// What broke it.
    pub root: Root,
}

/// All failing cases with one cause, explained once.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The cause.
    pub cause: Cause,
    /// Further properties that the same root breaks in some of the same cases.
    pub also: Properties,
    /// The number of cases.
    pub failing: u64,
    /// Exactly which cases; none where the vocabulary has no words for them.
    pub condition: Option<Condition>,
    /// The smallest case: fewest components, then fewest damaged, then the order of the world.
    pub witness: Host,
}

/// The causes of what `class` breaks, and for each the further properties that it explains. A cause is
/// named after the property that was broken at its root, where there is one.
fn causes(class: &Class, untouched: bool) -> Vec<(Cause, Properties)> {
    let mut causes: Vec<(Cause, Properties)> = Vec::new();
    for property in class.broken.iter() {
        let root = root(class, property, untouched);
        match causes.iter_mut().find(|(it, _)| it.root == root) {
            None => causes.push((Cause { property, root }, Properties::NONE)),
            Some((cause, also))
                if is_direct(class, property) && !is_direct(class, cause.property) =>
            {
                *also = also.with(cause.property);
                cause.property = property;
            }
            Some((_, also)) => *also = also.with(property),
        }
    }
    causes
}

/// `class` in two: the damages with something that still fails and was never taken out, and the rest.
fn parted(class: &Class) -> impl Iterator<Item = (Family, bool)> {
    let untouched = class.in_the_way.less(class.removed);
    let parts = if class.broken.has(Property::Repaired) && class.tries > 0 {
        [(class.family.meeting(untouched), true), (class.family.avoiding(untouched), false)]
    } else {
        [(Some(class.family.clone()), false), (None, true)]
    };
    parts.into_iter().filter_map(|(family, untouched)| Some((family?, untouched)))
}

/// Whether `property` was broken by an action, and not only at the end.
fn is_direct(class: &Class, property: Property) -> bool {
    class.breaches.iter().any(|it| it.property == property)
}

fn root(class: &Class, property: Property, untouched: bool) -> Root {
    let breach = |property: Property| {
        class.breaches.iter().find(|it| it.property == property).and_then(|it| it.place)
    };
    if let (Some(place), Property::NeverRefused) = (class.stuck, property) {
        return Root::Refused(place);
    }
    if let Some(place) = breach(property) {
        return Root::Verb(place);
    }
    if let Some(place) = class.stuck {
        return Root::Refused(place);
    }
    match property {
        Property::Repaired => not_repaired(class, untouched),
        Property::SharesRestored => match class.lost_at {
            Some(place) if breach(Property::NoAvoidableLoss) == Some(place) => Root::Verb(place),
            Some(place) => Root::LostAt(place),
            None => Root::LeftOtherwise,
        },
        Property::ComponentsRestored
        | Property::Honest
        | Property::Ends
        | Property::NoAvoidableLoss
        | Property::NoMixedBoot
        | Property::NeverRefused
        | Property::StopsWhenRepaired
        | Property::TriesInBetween
        | Property::NoBlindTry => Root::LeftOtherwise,
    }
}

fn not_repaired(class: &Class, untouched: bool) -> Root {
    use crate::model::start::StartFailure;
    if class.tries == 0 {
        return Root::NeverTried;
    }
    if let Some(place) = class.stopped_at {
        return Root::StoppedAgain(place);
    }
    match class.last_failure {
        None => Root::NeverTried,
        Some((StartFailure::NotRegistered, place)) => {
            let mixed = class.breaches.iter().find(|it| it.property == Property::NoMixedBoot);
            match mixed.and_then(|it| it.place) {
                Some(mixed) if class.cd_files_fail => Root::Verb(mixed),
                _ if class.cd_files_fail => Root::CdFiles(place),
                _ if untouched => Root::Untouched,
                _ => Root::InVain,
            }
        }
        Some((
            StartFailure::ServerNotRunning | StartFailure::RpcMissing | StartFailure::TcpipMissing,
            place,
        )) => Root::Dependency(place),
    }
}

/// The smallest case so far of a cause, and what else it broke.
struct Smallest {
    host: Host,
    also: Properties,
    cases: u64,
}

type Found = BTreeMap<Cause, Smallest>;

fn gather(found: &mut Found, host: &Host, class: &Class, (family, untouched): &(Family, bool)) {
    for (cause, also) in causes(class, *untouched) {
        let new = Smallest { host: family.smallest(host), also, cases: family.count() };
        add(found, cause, new);
    }
}

fn add(found: &mut Found, cause: Cause, new: Smallest) {
    let Some(known) = found.get_mut(&cause) else {
        found.insert(cause, new);
        return;
    };
    known.cases += new.cases;
    known.also = known.also.or(new.also);
    if order(&new.host) < order(&known.host) {
        known.host = new.host;
    }
}

/// The totals of `question`, and the smallest case of each cause.
fn gathered(question: &Question<'_>) -> (Tally, Found) {
    let cases = Cases::of(question);
    let parts = cases.in_parallel(|range| {
        let (mut tally, mut found) = (Tally::EMPTY, Found::new());
        cases.each_class(range, &mut |host, class| {
            tally.add(class);
            if !class.broken.is_empty() {
                for part in parted(class) {
                    gather(&mut found, host, class, &part);
                }
            }
        });
        (tally, found)
    });
    let (mut tally, mut found) = (Tally::EMPTY, Found::new());
    for (more, part) in parts {
        tally = tally.merge(&more);
        for (cause, smallest) in part {
            add(&mut found, cause, smallest);
        }
    }
    (tally, found)
}

/// The findings with their conditions, which are looked for in the cases of `question`.
fn with_conditions(question: &Question<'_>, found: Found) -> Vec<Finding> {
    let each: Vec<Vec<Cause>> = found.keys().map(|it| vec![*it]).collect();
    let conditions = conditions_of(question, &each);
    let finding = |((cause, it), condition): ((Cause, Smallest), Option<Condition>)| {
        let counted = condition.as_ref().is_none_or(|condition| condition.inside == it.cases);
        assert!(counted, "a condition covers as many cases as were found");
        Finding { cause, also: it.also, failing: it.cases, condition, witness: it.host }
    };
    found.into_iter().zip(conditions).map(finding).collect()
}

/// All findings of `question`: gates before advice, then by place.
pub fn findings(question: &Question<'_>) -> Vec<Finding> {
    with_conditions(question, gathered(question).1)
}

/// The totals and all findings of `question`, from one pass over its cases. Conditions are looked for
/// in reduced cases, and must cover as many cases as that pass has counted.
pub fn survey(question: &Question<'_>) -> (Tally, Vec<Finding>) {
    let (tally, found) = gathered(question);
    (tally, with_conditions(&Question { reduce: true, ..*question }, found))
}

/// One finding of several that come from one mistake: about the property that most cases break, at the
/// smallest of these cases, counting every case that has any of the causes. None of no findings.
pub fn joined(question: &Question<'_>, findings: &[&Finding]) -> Option<Finding> {
    let most_of = |property: Property| -> u64 {
        let of_it = findings.iter().filter(|it| it.cause.property == property);
        of_it.map(|it| it.failing).sum()
    };
    let head = findings.iter().min_by_key(|it| {
        let most = std::cmp::Reverse(most_of(it.cause.property));
        (most, it.cause.property, order(&it.witness), it.cause)
    })?;
    let causes: Vec<Cause> = findings.iter().map(|it| it.cause).collect();
    let broken =
        findings.iter().fold(Properties::NONE, |all, it| all.or(it.also).with(it.cause.property));
    Some(Finding {
        cause: head.cause,
        also: broken.less(Properties::NONE.with(head.cause.property)),
        failing: cases_of(question, &causes),
        condition: conditions_of(question, &[causes]).pop().flatten(),
        witness: head.witness,
    })
}

/// The number of cases that have any of `wanted`.
fn cases_of(question: &Question<'_>, wanted: &[Cause]) -> u64 {
    let cases = Cases::of(question);
    let has = |(family, untouched): &(Family, bool), class: &Class| {
        let any = causes(class, *untouched).iter().any(|(it, _)| wanted.contains(it));
        if any { family.count() } else { 0 }
    };
    let parts = cases.in_parallel(|range| {
        let mut count = 0;
        cases.each_class(range, &mut |_, class| {
            count += parted(class).map(|part| has(&part, class)).sum::<u64>();
        });
        count
    });
    parts.into_iter().sum()
}

/// The exact condition of each group of causes, in order: when any cause of the group is there.
fn conditions_of(question: &Question<'_>, groups: &[Vec<Cause>]) -> Vec<Option<Condition>> {
    let cases = Cases::of(question);
    let bits: BTreeMap<Cause, u64> = groups
        .iter()
        .enumerate()
        .flat_map(|(at, group)| group.iter().map(move |it| (*it, 1u64 << (at % 64))))
        .collect();
    conditions(groups.len(), &[question.runbook], question.world, |facts| {
        let parts = cases.in_parallel(|range| {
            let mut rows = Vec::new();
            cases.each_class(range, &mut |host, class| {
                for (family, untouched) in parted(class) {
                    let findings = causes(class, untouched)
                        .iter()
                        .fold(0, |all, (it, _)| all | bits.get(it).copied().unwrap_or_default());
                    Row::add(&mut rows, facts, host, &family, findings);
                }
            });
            merged(rows)
        });
        merged(parts.into_iter().flatten().collect())
    })
}
