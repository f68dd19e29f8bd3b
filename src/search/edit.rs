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

/// One change to a runbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Take the targets of a step the other way: together, or one at a time.
    Turn(usize),
    /// Leave out a verb.
    Drop(Place),
    /// Do a verb twice.
    Double(Place),
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
            Self::Drop(place) => {
                let verbs = &mut new.steps.get_mut(place.step)?.verbs;
                verbs.get(place.verb)?;
                verbs.remove(place.verb);
            }
            Self::Double(place) => {
                let verbs = &mut new.steps.get_mut(place.step)?.verbs;
                verbs.insert(place.verb, *verbs.get(place.verb)?);
            }
            Self::Swap(place) => {
                let verbs = &mut new.steps.get_mut(place.step)?.verbs;
                let same = verbs.get(place.verb)? == verbs.get(place.verb + 1)?;
                if same {
                    return None;
                }
                verbs.swap(place.verb, place.verb + 1);
            }
            Self::Insert(place, verb) => {
                let verbs = &mut new.steps.get_mut(place.step)?.verbs;
                verbs.insert(place.verb.min(verbs.len()), *verb);
            }
        }
        (new != *runbook).then_some(new)
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
            Self::Swap(place) => Self::Swap(there(place)),
            Self::Insert(place, verb) => Self::Insert(there(place), *verb),
            Self::Everywhere(_) | Self::Begin(_) | Self::InsertStep(..) => self.clone(),
        }
    }

    /// The step that is changed; none for one that is added.
    pub const fn step(&self) -> Option<usize> {
        match self {
            Self::Turn(at)
            | Self::TurnFinally(at)
            | Self::DropStep(at)
            | Self::AddTarget(at, _)
            | Self::DropCondition(at, _)
            | Self::AddCondition(at, _) => Some(*at),
            Self::Drop(place)
            | Self::Double(place)
            | Self::Swap(place)
            | Self::Insert(place, _) => Some(place.step),
            Self::Everywhere(_) | Self::Begin(_) | Self::InsertStep(..) => None,
        }
    }

    /// The verb that is changed, where it is one.
    pub const fn place(&self) -> Option<Place> {
        match self {
            Self::Drop(place)
            | Self::Double(place)
            | Self::Swap(place)
            | Self::Insert(place, _) => Some(*place),
            Self::Turn(_)
            | Self::TurnFinally(_)
            | Self::DropStep(_)
            | Self::AddTarget(..)
            | Self::DropCondition(..)
            | Self::AddCondition(..)
            | Self::Everywhere(_)
            | Self::Begin(_)
            | Self::InsertStep(..) => None,
        }
    }
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

/// A step that reinstalls `target` as the article does.
fn again(target: Target) -> RunbookStep {
    let verbs = [
        Verb::Remove,
        Verb::Restart,
        Verb::Install,
        Verb::ReapplyServicePack,
        Verb::Restart,
        Verb::Try,
    ];
    step(Some(vec![target]), &verbs)
}

/// A step that shares again what is lost, whatever came before.
fn share_again() -> RunbookStep {
    RunbookStep {
        when: vec![Condition::SharesLost],
        finally: true,
        ..step(None, &[Verb::ShareAgain])
    }
}

/// Edits that could mend what goes wrong at `place`, simple ones first; `damaged` is what is damaged in
/// the smallest case.
pub fn mends(runbook: &Runbook, place: Option<Place>, damaged: Option<Component>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let last = runbook.steps.len();
    if let Some(place) = place {
        let verbs = runbook.steps.get(place.step).map_or(0, |it| it.verbs.len());
        edits.push(Edit::Turn(place.step));
        let mut here = Vec::new();
        for verb in
            [Verb::ReapplyServicePack, Verb::Restart, Verb::Try, Verb::Install, Verb::Remove]
        {
            here.extend((0..=verbs).map(|it| Edit::Insert(Place { verb: it, ..place }, verb)));
        }
        for at in 0..verbs {
            here.push(Edit::Swap(Place { verb: at, ..place }));
            here.push(Edit::Drop(Place { verb: at, ..place }));
        }
        edits.extend(here.iter().cloned());
        if same_verbs(runbook, place.step).len() > 1 {
            edits.extend(here.into_iter().map(|it| Edit::Everywhere(Box::new(it))));
        }
        edits.push(Edit::TurnFinally(place.step));
        let conditions = runbook.steps.get(place.step).map_or(0, |it| it.when.len());
        edits.extend((0..conditions).map(|it| Edit::DropCondition(place.step, it)));
        edits.extend(Condition::ALL.map(|it| Edit::AddCondition(place.step, it)));
        edits.push(Edit::DropStep(place.step));
    }
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
