//! A runbook followed: the technician that does what the runbook says and nothing else.

use super::action::Action;
use super::component::Component;
use super::host::Imc;
use super::observe::Observation;
use super::observe::Outcome;
use super::runbook::Each;
use super::runbook::Runbook;
use super::runbook::RunbookStep;
use super::runbook::Verb;
use super::set::Components;
use super::technician::Technician;
use super::technician::finish;

/// Where in a runbook an action comes from: step and verb, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The step.
    pub step: usize,
    /// The verb within the step.
    pub verb: usize,
}

/// A runbook on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Follower<'a> {
    runbook: &'a Runbook,
    /// The step to look at next, or that is under way.
    step: usize,
    /// The pass under way, if a step is.
    pass: Option<Pass>,
    /// Where the last action came from.
    place: Option<Place>,
    /// Whether the last action was a try.
    trying: bool,
    /// Whether a try has succeeded.
    repaired: bool,
    /// Whether an action was refused.
    stuck: bool,
}

/// A pass under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Pass {
    /// The targets of the step: those installed when it began.
    targets: Components,
    /// The position of the pass's own target in the order of the step; used one at a time only.
    own: usize,
    /// The verb to do next.
    verb: usize,
    /// How far that verb has come: a position in the order of targets, or of shares.
    done: usize,
}

impl<'a> Follower<'a> {
    /// A technician that has not begun with `runbook` yet.
    pub const fn new(runbook: &'a Runbook) -> Self {
        Self {
            runbook,
            step: 0,
            pass: None,
            place: None,
            trying: false,
            repaired: false,
            stuck: false,
        }
    }

    /// Where the last action came from; none before the first and after the end.
    pub const fn place(&self) -> Option<Place> {
        self.place
    }

    /// Whether an action was refused.
    pub const fn is_stuck(&self) -> bool {
        self.stuck
    }

    /// Takes note of what the last action came to.
    fn learn(&mut self, seen: &Observation) {
        let trying = std::mem::take(&mut self.trying);
        match seen.last {
            Some(Outcome::Refused(_)) => {
                self.stuck = true;
                self.leave_step();
            }
            Some(Outcome::Done) if trying => {
                self.repaired = true;
                self.leave_step();
            }
            Some(Outcome::Done | Outcome::Failed(_)) | None => {}
        }
    }

    const fn leave_step(&mut self) {
        self.pass = None;
        self.step += 1;
    }

    /// Begins `step` where it is due; otherwise leaves it.
    fn enter(&mut self, step: &RunbookStep, seen: &Observation) {
        let due = step.finally || !(self.repaired || self.stuck);
        if !due || !step.when.iter().all(|it| it.holds(seen)) {
            return self.leave_step();
        }
        let targets = match &step.targets {
            None => Components::EMPTY,
            Some(targets) => {
                targets.order().iter().copied().filter(|it| seen.installed.has(*it)).collect()
            }
        };
        if step.targets.is_some() && targets.is_empty() {
            return self.leave_step();
        }
        self.pass = Some(Pass { targets, own: first_from(step, targets, 0), verb: 0, done: 0 });
    }

    /// The next action of the pass under way; none where it has none left, and then the next pass,
    /// or the next step, is up.
    fn next_in(
        &mut self,
        step: &RunbookStep,
        seen: &Observation,
        mut pass: Pass,
    ) -> Option<Action> {
        while let Some(verb) = step.verbs.get(pass.verb) {
            self.place = Some(Place { step: self.step, verb: pass.verb });
            let action = match verb {
                Verb::Remove => pass.next_target(step, seen.installed).map(Action::Remove),
                Verb::Install => {
                    let absent = pass.targets.less(seen.installed);
                    pass.next_target(step, absent).map(Action::Install)
                }
                Verb::ShareAgain => pass.next_share(seen),
                Verb::Restart => pass.once(Action::Restart),
                Verb::ReapplyServicePack if seen.service_pack == 0 => None,
                Verb::ReapplyServicePack => pass.once(Action::ApplyServicePack(seen.service_pack)),
                Verb::RemoveOne(component) => pass.once(Action::Remove(*component)),
                Verb::InstallOne(component) => pass.once(Action::Install(*component)),
                Verb::ApplyServicePack(number) => pass.once(Action::ApplyServicePack(*number)),
                Verb::Try => match seen.imc {
                    Imc::Running => {
                        self.repaired = true;
                        self.leave_step();
                        return None;
                    }
                    Imc::Absent => pass.once(Action::CreateIms),
                    Imc::Stopped => pass.once(Action::StartImc),
                },
            };
            if action.is_some() {
                self.trying = *verb == Verb::Try;
                self.pass = Some(pass);
                return action;
            }
            pass.verb += 1;
            pass.done = 0;
        }
        let own = first_from(step, pass.targets, pass.own + 1);
        let more = step.each == Each::OneAtATime && own < order(step).len();
        if more {
            self.pass = Some(Pass { targets: pass.targets, own, verb: 0, done: 0 });
        } else {
            self.leave_step();
        }
        None
    }
}

impl Technician for Follower<'_> {
    fn act(&mut self, seen: &Observation) -> Action {
        self.learn(seen);
        let runbook = self.runbook;
        while let Some(step) = runbook.steps.get(self.step) {
            match self.pass {
                None => self.enter(step, seen),
                Some(pass) => {
                    if let Some(action) = self.next_in(step, seen, pass) {
                        return action;
                    }
                }
            }
        }
        self.place = None;
        finish(seen)
    }
}

impl Pass {
    /// The next target of this pass that is in `wanted`.
    fn next_target(&mut self, step: &RunbookStep, wanted: Components) -> Option<Component> {
        let wanted = wanted.and(self.targets);
        if step.each == Each::OneAtATime {
            let own = order(step).get(self.own).copied().filter(|it| wanted.has(*it));
            return if std::mem::replace(&mut self.done, 1) == 0 { own } else { None };
        }
        let rest = order(step).get(self.done..).unwrap_or_default();
        let at = rest.iter().position(|it| wanted.has(*it))?;
        self.done += at + 1;
        rest.get(at).copied()
    }

    /// The next share to share again.
    fn next_share(&mut self, seen: &Observation) -> Option<Action> {
        let position = seen.lost.next_from(u8::try_from(self.done).ok()?)?;
        self.done = usize::from(position) + 1;
        Some(Action::Share(position))
    }

    /// `action`, the first time it is asked for.
    const fn once(&mut self, action: Action) -> Option<Action> {
        if self.done == 0 {
            self.done = 1;
            Some(action)
        } else {
            None
        }
    }
}

/// The components that a step names, in the order in which they are taken.
fn order(step: &RunbookStep) -> &[Component] {
    step.targets.as_ref().map_or(&[], |it| it.order())
}

/// The first position from `from` on whose component is among `targets`.
fn first_from(step: &RunbookStep, targets: Components, from: usize) -> usize {
    let rest = order(step).get(from..).unwrap_or_default();
    from + rest.iter().position(|it| targets.has(*it)).unwrap_or(rest.len())
}
