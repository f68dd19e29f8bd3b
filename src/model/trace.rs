//! The run loop, and what it records.

use super::action::Action;
use super::action::Claim;
use super::event::Events;
use super::host::Host;
use super::observe::Observation;
use super::observe::Outcome;
use super::refusal::Refusal;
use super::rule::RuleSet;
use super::step::Step;
use super::step::step;
use super::technician::Technician;

/// The bound on the number of actions of a run, refused ones and `finish` included.
pub const ACTIONS_MAX: u32 = 1_000;

/// One action of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The host before the action.
    pub before: Host,
    /// The action.
    pub action: Action,
    /// What it came to.
    pub result: Result<Step, Refusal>,
}

impl Turn {
    /// Takes `action` on `before`.
    #[inline]
    pub fn take(rules: RuleSet, before: &Host, action: Action) -> Self {
        Self { before: *before, action, result: step(rules, before, action) }
    }

    /// The host after the action.
    pub const fn after(&self) -> &Host {
        match &self.result {
            Ok(step) => &step.host,
            Err(_) => &self.before,
        }
    }

    /// What the action came to, as far as it can be seen.
    pub const fn outcome(&self) -> Outcome {
        Outcome::of(match &self.result {
            Ok(step) => Ok(step),
            Err(refusal) => Err(*refusal),
        })
    }

    /// What was logged.
    pub const fn events(&self) -> Events {
        match &self.result {
            Ok(step) => step.events,
            Err(_) => Events::NONE,
        }
    }

    /// The rules that decided something.
    pub const fn fired(&self) -> RuleSet {
        match &self.result {
            Ok(step) => step.fired,
            Err(_) => RuleSet::NONE,
        }
    }
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// The last host.
    pub host: Host,
    /// What the technician claimed; none where the bound cut the run off.
    pub claim: Option<Claim>,
    /// The number of actions taken.
    pub actions: u32,
}

/// Lets `technician` act on `first` until it finishes or has taken `bound` actions.
///
/// The one run loop of this crate. `record` is called after every action, with the technician as it
/// then is; a run that keeps nothing costs nothing to record.
#[inline]
pub fn run<T: Technician>(
    rules: RuleSet,
    first: &Host,
    technician: &mut T,
    bound: u32,
    mut record: impl FnMut(&T, &Turn),
) -> End {
    let mut host = *first;
    let mut last = None;
    let mut events = Events::NONE;
    for actions in 1..=bound {
        let action = technician.act(&Observation::of(&host, last, events));
        let turn = Turn::take(rules, &host, action);
        record(technician, &turn);
        host = *turn.after();
        last = Some(turn.outcome());
        events = turn.events();
        if let Action::Finish(claim) = action {
            return End { host, claim: Some(claim), actions };
        }
    }
    End { host, claim: None, actions: bound }
}
