//! The verdict on a runbook: totals, findings with their witnesses and mends, and a passing run.

use super::cause::Finding;
use super::cause::findings;
use super::mend::Mend;
use super::mend::mend;
use super::verify::Cases;
use super::verify::Question;
use super::verify::Tally;
use super::verify::tally;
use super::witness::Witness;
use super::witness::witness;
use super::world::order;
use crate::files::runbook::RunbookFile;
use crate::model::host::Host;
use crate::model::property::Property;
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
}

/// The word for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Every property that gates holds on every case.
    Holds,
    /// At least one case breaks one.
    Broken,
    /// There was no case.
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
        if self.tally.cases == 0 {
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
    let tally = tally(question);
    let explain = |finding: Finding| {
        let witness = witness(question.rules, file, finding.cause, &finding.witness);
        let gates = finding.cause.property.gates();
        let mend = if gates { mend(question, &tally, &finding, &witness) } else { None };
        Explained { finding, witness, mend }
    };
    let nothing = tally.failing.iter().all(|it| *it == 0);
    let found = if nothing { Vec::new() } else { findings(question) };
    let mut explained: Vec<Explained> = found.into_iter().map(explain).collect();
    explained.sort_by_key(|it| {
        let cause = it.finding.cause;
        (!cause.property.gates(), it.witness.place.is_none(), it.witness.place, cause)
    });
    Verdict { tally, explained }
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
