//! Small changes to a runbook: those that could mend it, and those that should be noticed.

use crate::model::component::Component;
use crate::model::follow::Place;
use crate::model::runbook::Condition;
use crate::model::runbook::Each;
use crate::model::runbook::Runbook;
use crate::model::runbook::RunbookStep;
use crate::model::runbook::Target;
use crate::model::runbook::Targets;
use crate::model::runbook::Verb;
use crate::model::set::Components;

/// One change to a runbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Take the targets of a step the other way: together, or one at a time.
    Turn(usize),
    /// Leave out a verb.
    Drop(Place),
    /// Do a verb twice.
    Double(Place),
    /// Put another verb in the place of one.
    Replace(Place, Verb),
    /// Let a step do what the article does to its targets.
    Rewrite(usize),
    /// Take a component of literal actions as the target of its step.
    Target(usize, Component),
    /// Leave out a condition in every step.
    DropEverywhere(Condition),
    /// Put a step that reinstalls all that the article names at this position, and share again at the end.
    InsertRepair(usize),
    /// Exchange a verb with the next.
    Swap(Place),
    /// Put a verb in front of the one at the place, or at the end of the step.
    Insert(Place, Verb),
    /// Leave out a condition of a step.
    DropCondition(usize, usize),
    /// Add a condition to a step.
    AddCondition(usize, Condition),
    /// Let a step run whether or not the IMC has been repaired, or no longer.
    TurnFinally(usize),
    /// Leave out a step.
    DropStep(usize),
    /// Add a component to the targets of a step.
    AddTarget(usize, Target),
    /// The same change in every step with the same verbs.
    Everywhere(Box<Self>),
    /// Begin with a step of its own.
    Begin(RunbookStep),
    /// Put a step of its own at this position.
    InsertStep(usize, RunbookStep),
}

impl Edit {
    /// The runbook with this change; none where there is nothing to change.
    pub fn apply(&self, runbook: &Runbook) -> Option<Runbook> {
        let mut new = runbook.clone();
        match self {
            Self::Everywhere(edit) => {
                for step in same_verbs(runbook, edit.step()?) {
                    new = edit.in_step(step).apply(&new)?;
                }
            }
            Self::Begin(step) => new.steps.insert(0, step.clone()),
            Self::InsertStep(at, step) => {
                new.steps.insert((*at).min(new.steps.len()), step.clone());
            }
            Self::DropStep(at) => {
                new.steps.get(*at)?;
                new.steps.remove(*at);
            }
            Self::Turn(at) => {
                let step = new.steps.get_mut(*at)?;
                step.targets.as_ref().filter(|it| it.order().len() > 1)?;
                step.each = match step.each {
                    Each::Together => Each::OneAtATime,
                    Each::OneAtATime => Each::Together,
                };
            }
            Self::TurnFinally(at) => {
                let step = new.steps.get_mut(*at)?;
                step.finally = !step.finally;
            }
            Self::AddTarget(at, target) => {
                let step = new.steps.get_mut(*at)?;
                let mut named = step.targets.as_ref()?.named().to_vec();
                named.push(*target);
                step.targets = Some(Targets::new(named));
            }
            Self::DropCondition(at, condition) => {
                let step = new.steps.get_mut(*at)?;
                step.when.get(*condition)?;
                step.when.remove(*condition);
            }
            Self::AddCondition(at, condition) => new.steps.get_mut(*at)?.when.push(*condition),
            Self::Rewrite(at) => {
                let step = new.steps.get_mut(*at)?;
                step.targets.as_ref()?;
                step.verbs = REINSTALL.to_vec();
            }
            Self::Target(at, component) => take_target(new.steps.get_mut(*at)?, *component)?,
            Self::DropEverywhere(condition) => {
                for step in &mut new.steps {
                    step.when.retain(|it| it != condition);
                }
            }
            Self::InsertRepair(at) => {
                let (repair, share) = repair();
                new.steps.insert((*at).min(new.steps.len()), repair);
                new.steps.push(share);
            }
            Self::Drop(place)
            | Self::Replace(place, _)
            | Self::Double(place)
            | Self::Swap(place)
            | Self::Insert(place, _) => {
                self.change(place.verb, &mut new.steps.get_mut(place.step)?.verbs)?;
            }
        }
        (new != *runbook).then_some(new)
    }

    /// Changes the verb at `at`; none where there is nothing to change.
    fn change(&self, at: usize, verbs: &mut Vec<Verb>) -> Option<()> {
        match self {
            Self::Insert(_, verb) => verbs.insert(at.min(verbs.len()), *verb),
            Self::Replace(_, verb) => *verbs.get_mut(at)? = *verb,
            Self::Double(_) => verbs.insert(at, *verbs.get(at)?),
            Self::Drop(_) => {
                verbs.get(at)?;
                verbs.remove(at);
            }
            Self::Swap(_) => {
                verbs.get(at + 1)?;
                verbs.swap(at, at + 1);
            }
            Self::Turn(_)
            | Self::Rewrite(_)
            | Self::Target(..)
            | Self::DropEverywhere(_)
            | Self::InsertRepair(_)
            | Self::DropCondition(..)
            | Self::AddCondition(..)
            | Self::TurnFinally(_)
            | Self::DropStep(_)
            | Self::AddTarget(..)
            | Self::Everywhere(_)
            | Self::Begin(_)
            | Self::InsertStep(..) => return None,
        }
        Some(())
    }

    /// The same change in another step.
    fn in_step(&self, step: usize) -> Self {
        let there = |place: &Place| Place { step, ..*place };
        match self {
            Self::Turn(_) => Self::Turn(step),
            Self::TurnFinally(_) => Self::TurnFinally(step),
            Self::DropStep(_) => Self::DropStep(step),
            Self::AddTarget(_, target) => Self::AddTarget(step, *target),
            Self::DropCondition(_, at) => Self::DropCondition(step, *at),
            Self::AddCondition(_, condition) => Self::AddCondition(step, *condition),
            Self::Drop(place) => Self::Drop(there(place)),
            Self::Double(place) => Self::Double(there(place)),
            Self::Replace(place, verb) => Self::Replace(there(place), *verb),
            Self::Rewrite(_) => Self::Rewrite(step),
            Self::Target(_, component) => Self::Target(step, *component),
            Self::Swap(place) => Self::Swap(there(place)),
            Self::Insert(place, verb) => Self::Insert(there(place), *verb),
            Self::Everywhere(_)
            | Self::DropEverywhere(_)
            | Self::InsertRepair(_)
            | Self::Begin(_)
            | Self::InsertStep(..) => self.clone(),
        }
    }

    /// The step that is changed; none for one that is added.
    pub const fn step(&self) -> Option<usize> {
        match self {
            Self::Turn(at)
            | Self::TurnFinally(at)
            | Self::DropStep(at)
            | Self::Rewrite(at)
            | Self::Target(at, _)
            | Self::AddTarget(at, _)
            | Self::DropCondition(at, _)
            | Self::AddCondition(at, _) => Some(*at),
            Self::Drop(place)
            | Self::Double(place)
            | Self::Swap(place)
            | Self::Replace(place, _)
            | Self::Insert(place, _) => Some(place.step),
            Self::Everywhere(_)
            | Self::DropEverywhere(_)
            | Self::InsertRepair(_)
            | Self::Begin(_)
            | Self::InsertStep(..) => None,
        }
    }

    /// The verb that is changed, where it is one.
    pub const fn place(&self) -> Option<Place> {
        match self {
            Self::Drop(place)
            | Self::Double(place)
            | Self::Swap(place)
            | Self::Replace(place, _)
            | Self::Insert(place, _) => Some(*place),
            Self::Turn(_)
            | Self::TurnFinally(_)
            | Self::DropStep(_)
            | Self::AddTarget(..)
            | Self::DropCondition(..)
            | Self::AddCondition(..)
            | Self::Everywhere(_)
            | Self::DropEverywhere(_)
            | Self::InsertRepair(_)
            | Self::Rewrite(_)
            | Self::Target(..)
            | Self::Begin(_)
            | Self::InsertStep(..) => None,
        }
    }
}

/// Takes `component` as the target of a step without targets, in place of its literal actions.
fn take_target(step: &mut RunbookStep, component: Component) -> Option<()> {
    if step.targets.is_some() {
        return None;
    }
    step.targets = Some(Targets::new(vec![Target::One(component)]));
    for verb in &mut step.verbs {
        if *verb == Verb::RemoveOne(component) {
            *verb = Verb::Remove;
        } else if *verb == Verb::InstallOne(component) {
            *verb = Verb::Install;
        }
    }
    Some(())
}

/// The steps whose verbs are those of `step`, itself included.
pub fn same_verbs(runbook: &Runbook, step: usize) -> Vec<usize> {
    let verbs = runbook.steps.get(step).map(|it| &it.verbs);
    let all = runbook.steps.iter().enumerate();
    all.filter(|(_, it)| Some(&it.verbs) == verbs).map(|(at, _)| at).collect()
}

/// A step with these targets and verbs, for edits.
fn step(targets: Option<Vec<Target>>, verbs: &[Verb]) -> RunbookStep {
    RunbookStep {
        title: String::new(),
        source: String::new(),
        targets: targets.map(Targets::new),
        each: Each::OneAtATime,
        when: Vec::new(),
        verbs: verbs.to_vec(),
        finally: false,
    }
}

/// What the article does to a component.
pub const REINSTALL: [Verb; 6] = [
    Verb::Remove,
    Verb::Restart,
    Verb::Install,
    Verb::ReapplyServicePack,
    Verb::Restart,
    Verb::Try,
];

/// A step that reinstalls `target` as the article does.
fn again(target: Target) -> RunbookStep {
    step(Some(vec![target]), &REINSTALL)
}

/// A step that reinstalls all that the article names, and one that shares again what that may lose.
pub fn repair() -> (RunbookStep, RunbookStep) {
    let services = [Component::Macintosh, Component::Snmp].map(Target::One);
    let targets = [&services[..], &[Target::Protocols]].concat();
    (step(Some(targets), &REINSTALL), share_again())
}

/// A step that shares again what is lost, whatever came before.
fn share_again() -> RunbookStep {
    RunbookStep {
        when: vec![Condition::SharesLost],
        finally: true,
        ..step(None, &[Verb::ShareAgain])
    }
}

/// Edits of the verbs of one step: those that add, then those that take away, then those that exchange.
/// A further `try` comes late, because what stands after it may never be reached.
fn here(step: usize, verbs: &[Verb], targets: bool) -> Vec<Edit> {
    let at = |verb: usize| Place { step, verb };
    let mut edits = Vec::new();
    let anywhere = |verb: Verb| (0..=verbs.len()).map(move |it| Edit::Insert(at(it), verb));
    for (index, verb) in verbs.iter().enumerate() {
        match verb {
            Verb::RemoveOne(_) if targets => edits.push(Edit::Replace(at(index), Verb::Remove)),
            Verb::InstallOne(_) if targets => edits.push(Edit::Replace(at(index), Verb::Install)),
            Verb::RemoveOne(it) => edits.push(Edit::Target(step, *it)),
            Verb::ApplyServicePack(_) => {
                edits.push(Edit::Replace(at(index), Verb::ReapplyServicePack));
            }
            Verb::Remove
            | Verb::Restart
            | Verb::Install
            | Verb::ReapplyServicePack
            | Verb::Try
            | Verb::ShareAgain
            | Verb::InstallOne(_) => {}
        }
    }
    for verb in [Verb::ReapplyServicePack, Verb::Restart, Verb::Install, Verb::Remove] {
        edits.extend(anywhere(verb));
    }
    edits.extend((0..verbs.len()).map(|it| Edit::Drop(at(it))));
    edits.extend((0..verbs.len()).map(|it| Edit::Swap(at(it))));
    edits.extend(anywhere(Verb::Try));
    edits.push(Edit::Rewrite(step));
    edits
}

/// Edits that could mend what goes wrong at `place`, simple ones first; `damaged` is what is damaged in
/// the smallest case.
pub fn mends(runbook: &Runbook, place: Option<Place>, damaged: Option<Component>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let last = runbook.steps.len();
    if let Some(place) = place {
        edits.push(Edit::Turn(place.step));
        let several = same_verbs(runbook, place.step).len() > 1;
        let literals = runbook.steps.get(place.step).map_or(&[] as &[Verb], |it| &it.verbs);
        let targets = runbook.steps.get(place.step).is_some_and(|it| it.targets.is_some());
        for edit in here(place.step, literals, targets) {
            // A mistake made in several steps is mended in all of them first.
            if several {
                edits.push(Edit::Everywhere(Box::new(edit.clone())));
            }
            edits.push(edit);
        }
        edits.push(Edit::DropStep(place.step));
        edits.push(Edit::TurnFinally(place.step));
        let conditions = runbook.steps.get(place.step).map_or(0, |it| it.when.len());
        edits.extend((0..conditions).map(|it| Edit::DropCondition(place.step, it)));
        edits.extend(Condition::ALL.map(|it| Edit::AddCondition(place.step, it)));
    }
    let asked = |it: &Condition| runbook.steps.iter().any(|step| step.when.contains(it));
    edits.extend(Condition::ALL.into_iter().filter(asked).map(Edit::DropEverywhere));
    let shares = |it: &RunbookStep| it.verbs.contains(&Verb::ShareAgain);
    edits.extend(
        (0..last).filter(|it| runbook.steps.get(*it).is_some_and(shares)).map(Edit::TurnFinally),
    );
    edits.push(Edit::InsertStep(last, share_again()));
    edits.push(Edit::Begin(step(None, &[Verb::Try])));
    for at in 0..last {
        edits.push(Edit::AddTarget(at, Target::Protocols));
        edits.extend(damaged.map(|it| Edit::AddTarget(at, Target::One(it))));
    }
    edits.push(Edit::InsertStep(last, step(None, &[Verb::Try])));
    // New repair steps go before a last step that runs in any case.
    let end = runbook.steps.iter().rposition(|it| !it.finally).map_or(0, |it| it + 1);
    for target in [Target::Protocols, Target::Services].into_iter().chain(damaged.map(Target::One))
    {
        edits.push(Edit::InsertStep(end, again(target)));
    }
    edits.push(Edit::InsertRepair(end));
    let beyond = [Target::Services].into_iter().chain(Components::BASE.iter().map(Target::One));
    edits.push(Edit::InsertStep(end, step(Some(beyond.collect()), &REINSTALL)));
    edits
}

/// Every mutant of a runbook: each verb dropped, doubled, and exchanged with the next; each loop
/// turned; each condition dropped. In the order of the file.
pub fn mutants(runbook: &Runbook) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (at, step) in runbook.steps.iter().enumerate() {
        edits.push(Edit::Turn(at));
        edits.extend((0..step.when.len()).map(|it| Edit::DropCondition(at, it)));
        for verb in 0..step.verbs.len() {
            let place = Place { step: at, verb };
            edits.extend([Edit::Drop(place), Edit::Double(place), Edit::Swap(place)]);
        }
    }
    edits.retain(|it| it.apply(runbook).is_some());
    edits
}
