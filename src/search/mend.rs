//! What would be right instead: an edit that was itself verified on every case of the world.

use super::cause::Finding;
use super::edit::Edit;
use super::edit::mends;
use super::verify::Cases;
use super::verify::Question;
use super::verify::Tally;
use super::verify::alone;
use super::verify::tally;
use super::witness::Witness;
use crate::model::property::Property;
use crate::model::runbook::Runbook;

/// The most hosts that candidates for one finding are verified on, all together, where the question
/// itself does not have more: an answer is worth waiting for, and more answers are not.
const HOSTS_MAX: usize = 500_000;

/// A verified edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mend {
    /// The change.
    pub edit: Edit,
    /// The totals of the changed runbook.
    pub tally: Tally,
    /// Whether the changed runbook keeps every property that gates, on every case.
    pub holds: bool,
}

/// The most candidates of each kind that are verified on the whole world for one finding.
const VERIFIED_MAX: usize = 12;

/// The first edit after which no case breaks what `finding` is about; one that changes a detail is
/// preferred to one that adds or rewrites steps, one at no other gate's cost to one that leaves as many
/// cases whole, and one that leaves nothing broken to all. None where no candidate is such.
pub fn mend(
    question: &Question<'_>,
    before: &Tally,
    finding: &Finding,
    witness: &Witness,
) -> Option<Mend> {
    let mut best: Option<((bool, u64), Mend)> = None;
    let mut verified = 0;
    let mut left = HOSTS_MAX.max(Cases::of(question).count());
    for (large, edit, changed) in candidates(question, finding, witness) {
        if large && best.as_ref().is_some_and(|((pays, _), _)| !pays) {
            break;
        }
        verified += 1;
        let changed = Question { runbook: &changed, ..*question };
        let cost = Cases::of(&changed).count();
        if verified > if large { 2 * VERIFIED_MAX } else { VERIFIED_MAX } || cost > left {
            continue;
        }
        left -= cost;
        let after = tally(&changed);
        let Some(costs) = costs(before, &after, finding) else { continue };
        let key = (costs, after.broken);
        let holds = after.broken == 0;
        if best.as_ref().is_none_or(|(known, _)| key < *known) {
            best = Some((key, Mend { edit, tally: after, holds }));
        }
        if holds {
            break;
        }
    }
    best.map(|(_, it)| it)
}

/// The edits that mend the smallest case of `finding`, each with whether it adds or rewrites steps:
/// these come last, and those that leave nothing broken in this case come first.
fn candidates(
    question: &Question<'_>,
    finding: &Finding,
    witness: &Witness,
) -> Vec<(bool, Edit, Runbook)> {
    let broken = |runbook: &Runbook| alone(question.rules, &finding.witness, runbook).broken;
    let known = broken(question.runbook);
    let damaged = finding.witness.damaged.iter().next();
    let mut candidates = Vec::new();
    for edit in mends(question.runbook, witness.place, damaged) {
        let Some(changed) = edit.apply(question.runbook) else { continue };
        let left = broken(&changed);
        if !left.has(finding.cause.property) && left.less(known).gating().is_empty() {
            let large = rewrites(&edit) || adds_steps(&edit);
            candidates.push(((large, !left.gating().is_empty()), edit, changed));
        }
    }
    candidates.sort_by_key(|(key, ..)| *key);
    candidates.into_iter().map(|((large, _), edit, changed)| (large, edit, changed)).collect()
}

/// Whether another gate pays for it that `after` has rid the world of the finding; none where it has not,
/// or where more cases are broken than before.
fn costs(before: &Tally, after: &Tally, finding: &Finding) -> Option<bool> {
    let property = finding.cause.property;
    let gone = after.failing(property) + finding.failing <= before.failing(property);
    let worse = |it: &Property| it.gates() && after.failing(*it) > before.failing(*it);
    let pays = Property::ALL.iter().any(worse);
    (gone && after.broken <= before.broken).then_some(pays)
}

impl Mend {
    /// Whether it leaves nothing broken by a change of detail, without whole steps in the place of others.
    pub fn is_small_and_whole(&self) -> bool {
        self.holds && !rewrites(&self.edit) && self.is_within_a_step()
    }

    /// Whether it changes steps that are there, and adds none.
    pub fn is_within_a_step(&self) -> bool {
        !adds_steps(&self.edit)
    }
}

fn rewrites(edit: &Edit) -> bool {
    if let Edit::Everywhere(edit) = edit {
        return rewrites(edit);
    }
    matches!(edit, Edit::Rewrite(_))
}

const fn adds_steps(edit: &Edit) -> bool {
    matches!(edit, Edit::InsertRepair(_) | Edit::Begin(_) | Edit::InsertStep(..))
}
