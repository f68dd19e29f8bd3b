//! Whoever acts: a runbook, a plan, a trainee, a program. All see the same and answer alike.

use super::action::Action;
use super::observe::Observation;

/// Looks at an observation and answers with one action.
pub trait Technician {
    /// The next action; `finish` ends the run.
    fn act(&mut self, seen: &Observation) -> Action;
}

/// A technician that takes its actions from a list, then finishes as the IMC is.
#[derive(Clone, Debug)]
pub struct Listed<'a> {
    rest: std::slice::Iter<'a, Action>,
}

impl<'a> Listed<'a> {
    /// A technician that does `actions` in order, whatever they come to.
    pub fn new(actions: &'a [Action]) -> Self {
        Self { rest: actions.iter() }
    }
}

impl Technician for Listed<'_> {
    fn act(&mut self, seen: &Observation) -> Action {
        self.rest.next().copied().unwrap_or_else(|| finish(seen))
    }
}

/// The honest end of a run.
pub const fn finish(seen: &Observation) -> Action {
    use super::action::Claim;
    use super::host::Imc;
    match seen.imc {
        Imc::Running => Action::Finish(Claim::Repaired),
        Imc::Absent | Imc::Stopped => Action::Finish(Claim::Unrepaired),
    }
}
