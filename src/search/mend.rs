//! What would be right instead: an edit that was itself verified on every case of the world.

use super::cause::Finding;
use super::edit::Edit;
use super::edit::mends;
use super::verify::Question;
use super::verify::Tally;
use super::verify::alone;
use super::verify::tally;
use super::witness::Witness;
use crate::model::property::Property;

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

/// The most candidates that are verified on the whole world for one finding.
const VERIFIED_MAX: usize = 12;

/// The first edit after which no case breaks what `finding` is about and no other property that gates
/// is broken by more cases than before; one that leaves nothing broken is preferred. None where no
/// candidate is such.
pub fn mend(
    question: &Question<'_>,
    before: &Tally,
    finding: &Finding,
    witness: &Witness,
) -> Option<Mend> {
    let damaged = finding.witness.damaged.iter().next();
    let mut best: Option<Mend> = None;
    let mut verified = 0;
    for edit in mends(question.runbook, witness.place, damaged) {
        let Some(changed) = edit.apply(question.runbook) else { continue };
        let trial = alone(question.rules, &finding.witness, &changed);
        if trial.broken.has(finding.cause.property) || !trial.broken.gating().is_empty() {
            continue;
        }
        verified += 1;
        if verified > VERIFIED_MAX {
            break;
        }
        let after = tally(&Question { runbook: &changed, ..*question });
        if !better(before, &after, finding) {
            continue;
        }
        let holds = after.broken == 0;
        let left = |it: &Tally| it.broken;
        if best.as_ref().is_none_or(|it| left(&after) < left(&it.tally)) {
            best = Some(Mend { edit, tally: after, holds });
        }
        if holds {
            break;
        }
    }
    best
}

/// Whether `after` has rid the world of the finding at no other gate's cost.
fn better(before: &Tally, after: &Tally, finding: &Finding) -> bool {
    let property = finding.cause.property;
    let gone = after.failing(property) + finding.failing <= before.failing(property);
    let no_worse = |it: &Property| after.failing(*it) <= before.failing(*it);
    gone && Property::ALL.iter().filter(|it| it.gates()).all(no_worse)
}

impl Mend {
    /// Whether it leaves nothing broken by a change of detail, without whole steps in the place of others.
    pub fn is_small_and_whole(&self) -> bool {
        self.holds && is_small(&self.edit)
    }
}

fn is_small(edit: &Edit) -> bool {
    match edit {
        Edit::Everywhere(edit) => is_small(edit),
        Edit::Rewrite(_) | Edit::InsertRepair(_) | Edit::Begin(_) | Edit::InsertStep(..) => false,
        Edit::Turn(_)
        | Edit::Drop(_)
        | Edit::Double(_)
        | Edit::Replace(..)
        | Edit::Target(..)
        | Edit::DropEverywhere(_)
        | Edit::Swap(_)
        | Edit::Insert(..)
        | Edit::DropCondition(..)
        | Edit::AddCondition(..)
        | Edit::TurnFinally(_)
        | Edit::DropStep(_)
        | Edit::AddTarget(..) => true,
    }
}
