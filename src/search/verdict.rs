//! The verdict on a runbook: totals, findings with their witnesses and mends, and a passing run.

use super::cause::Finding;
use super::cause::joined;
use super::cause::survey;
use super::edit::same_verbs;
use super::mend::Mend;
use super::mend::mend;
use super::verify::Cases;
use super::verify::Question;
use super::verify::Tally;
use super::witness::Witness;
use super::witness::witness;
use super::world::order;
use crate::files::runbook::RunbookFile;
use crate::model::follow::Place;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::runbook::Runbook;
use crate::model::set::Components;

/// Everything that is known about a runbook on a world.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// The totals.
    pub tally: Tally,
    /// The findings: properties that gate before advice, then by place.
    pub explained: Vec<Explained>,
}

/// A finding with its witness and its mend.
#[derive(Clone, Debug)]
pub struct Explained {
    /// The finding.
    pub finding: Finding,
    /// Its smallest case, run once more.
    pub witness: Witness,
    /// What would be right instead; none where none was found, or for advice.
    pub mend: Option<Mend>,
    /// Where one mistake shows in several ways or at several verbs: each of them, in the order of the
    /// file; else empty.
    pub parts: Vec<Explained>,
}

/// The word for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Every property that gates holds on every case.
    Holds,
    /// At least one case breaks one.
    Broken,
    /// There was no case, or no step of the runbook does anything in any case.
    NothingChecked,
}

impl Answer {
    /// The word in text and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Broken => "broken",
            Self::NothingChecked => "nothing-checked",
        }
    }
}

impl Verdict {
    /// The answer.
    pub const fn answer(&self) -> Answer {
        if self.tally.cases == 0 || self.tally.steps == 0 {
            Answer::NothingChecked
        } else if self.tally.broken > 0 {
            Answer::Broken
        } else {
            Answer::Holds
        }
    }

    /// The properties that gate and are broken by some case.
    pub fn broken(&self) -> impl Iterator<Item = Property> {
        Property::ALL.into_iter().filter(|it| it.gates() && self.tally.failing(*it) > 0)
    }
}

/// Answers `question` about `file`, whose runbook it asks about.
pub fn verdict(question: &Question<'_>, file: &RunbookFile) -> Verdict {
    let (tally, found) = survey(question);
    // Candidates for an edit are many; what brute force proves is the verdict on the runbook as it is.
    let reduced = Question { reduce: true, ..*question };
    let explain = |finding: Finding| {
        let witness = witness(question.rules, file, finding.cause, &finding.witness);
        let gates = finding.cause.property.gates();
        let mend = if gates { mend(&reduced, &tally, &finding, &witness) } else { None };
        Explained { finding, witness, mend, parts: Vec::new() }
    };
    let mut explained: Vec<Explained> = found.into_iter().map(explain).collect();
    share_mend(&mut explained);
    let mut explained = put_together(&reduced, explained);
    explained.sort_by_key(|it| {
        let cause = it.finding.cause;
        (!cause.property.gates(), it.witness.place.is_none(), it.witness.place, cause)
    });
    Verdict { tally, explained }
}

/// Where a small edit for one finding leaves nothing broken at all, the others were its consequences.
fn share_mend(found: &mut [Explained]) {
    let mends = found.iter().filter_map(|it| it.mend.as_ref());
    let best = mends.into_iter().find(|it| it.is_small_and_whole()).cloned();
    for it in found.iter_mut().filter(|it| it.finding.cause.property.gates()) {
        if best.is_some() {
            it.mend.clone_from(&best);
        }
    }
}

/// One mistake, one finding: those that one and the same edit mends, and advice that is not followed at
/// the same verb of steps with the same verbs, are put together.
fn put_together(question: &Question<'_>, found: Vec<Explained>) -> Vec<Explained> {
    let mut groups: Vec<(Option<Mistake>, Vec<Explained>)> = Vec::new();
    for it in found {
        let mistake = mistake(question.runbook, &it);
        match groups.iter_mut().find(|(known, _)| known.is_some() && *known == mistake) {
            Some((_, group)) => group.push(it),
            None => groups.push((mistake, vec![it])),
        }
    }
    groups.into_iter().filter_map(|(_, group)| one_of(question, group)).collect()
}

/// What findings have in common that come from one mistake.
#[derive(PartialEq, Eq)]
enum Mistake {
    /// The runbook that it should have been.
    Mended(Runbook),
    /// Advice, and the verb in the first of the steps with the same verbs.
    Advice(Property, Place),
}

fn mistake(runbook: &Runbook, it: &Explained) -> Option<Mistake> {
    if let Some(mend) = &it.mend {
        let changed = mend.edit.apply(runbook).filter(|_| mend.is_within_a_step());
        return changed.map(Mistake::Mended);
    }
    let (property, place) = (it.finding.cause.property, it.witness.place?);
    let first = same_verbs(runbook, place.step).into_iter().next().unwrap_or(place.step);
    (!property.gates()).then_some(Mistake::Advice(property, Place { step: first, ..place }))
}

/// The findings of `group` as one: about the property that most cases break, at its smallest case.
fn one_of(question: &Question<'_>, mut group: Vec<Explained>) -> Option<Explained> {
    if group.len() < 2 {
        return group.pop();
    }
    let findings: Vec<&Finding> = group.iter().map(|it| &it.finding).collect();
    let finding = joined(question, &findings)?;
    group.sort_by_key(|it| (it.witness.place, it.finding.cause));
    let head = group.iter().find(|it| it.finding.cause == finding.cause)?;
    let (witness, mend) = (head.witness.clone(), head.mend.clone());
    Some(Explained { finding, witness, mend, parts: group })
}

/// The smallest case with something damaged that the runbook repairs, keeping every property; none
/// where there is none.
pub fn passing(question: &Question<'_>) -> Option<Host> {
    let cases = Cases::of(question);
    let parts = cases.in_parallel(|range| {
        let mut best: Option<Host> = None;
        cases.each_class(range, &mut |host, class| {
            let something = class.family.meeting(Components::ALL);
            let Some(family) = something.filter(|_| class.broken.is_empty()) else { return };
            let case = family.smallest(host);
            if best.is_none_or(|it| order(&case) < order(&it)) {
                best = Some(case);
            }
        });
        best
    });
    parts.into_iter().flatten().min_by_key(order)
}
