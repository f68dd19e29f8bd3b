//! A plan as a runbook, and a runbook by the ends that it comes to on one host.
//!
//! A runbook has no branches but one: after a try that succeeds, only steps with `finally` are taken. A
//! try that may succeed while something is out can be said where the number of protocols tells that
//! something is still out; elsewhere it is left out, and the runbook goes on as after a failure. That
//! costs some cases restarts that the plan spares them, and never more than the worst case.

use super::beyond::Beyond;
use super::beyond::beyond;
use super::classes::classes;
use super::cost::Order;
use super::course::Course;
use super::course::Leaf;
use super::course::Stage;
use super::course::cost;
use super::ground::Ground;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::follow::Follower;
use crate::model::runbook::Condition;
use crate::model::runbook::Each;
use crate::model::runbook::Runbook;
use crate::model::runbook::RunbookStep;
use crate::model::runbook::Verb;
use crate::model::set::Components;
use crate::model::trace::ACTIONS_MAX;
use crate::model::trace::run;

/// A plan in the runbook language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planbook {
    /// The runbook.
    pub runbook: Runbook,
    /// The stages whose try it leaves out, counted from 0.
    pub left_out: Vec<usize>,
}

/// The plan as a runbook called `title`, for hosts with the components of `ground`.
pub fn planbook(ground: &Ground, course: &Course, title: &str) -> Planbook {
    let mut steps = Vec::new();
    let mut left_out = Vec::new();
    let mut back: Option<(Condition, &[Action])> = None;
    for (index, (stage, ways)) in course.stages.iter().zip(beyond(ground, course)).enumerate() {
        let mut verbs = verbs(&stage.actions);
        if let Some(tried) = &stage.tries {
            let rest = &tried.after_success;
            let whole = stage.out.is_empty() && stage.standing_in.is_empty();
            match tells(ground, stage) {
                _ if whole => verbs.push(Verb::Try),
                Some(condition) if back.is_none() => {
                    verbs.push(Verb::Try);
                    back = Some((condition, rest));
                }
                Some(_) | None => left_out.push(index),
            }
        }
        if !verbs.is_empty() {
            let step = step(&title_of(stage), verbs, &[], false);
            steps.push(RunbookStep { source: source_of(stage, &ways), ..step });
        }
    }
    if let Some((condition, actions)) = back {
        let mut verbs = verbs(actions);
        verbs.retain(|it| *it != Verb::ShareAgain);
        let title = "Put back what is still out";
        steps.push(step(title, verbs, &[condition], true));
    }
    if ground.drops {
        let title = "Share again what is no longer shared";
        steps.push(step(title, vec![Verb::ShareAgain], &[Condition::SharesLost], true));
    }
    Planbook { runbook: Runbook { title: title.to_owned(), steps }, left_out }
}

fn step(title: &str, verbs: Vec<Verb>, when: &[Condition], finally: bool) -> RunbookStep {
    RunbookStep {
        title: title.to_owned(),
        source: String::new(),
        targets: None,
        each: Each::OneAtATime,
        when: when.to_vec(),
        verbs,
        finally,
    }
}

/// Where a stage comes from: the article, or ways beyond it.
fn source_of(stage: &Stage, ways: &[Beyond]) -> String {
    let beyond: Vec<&str> = ways.iter().map(|it| it.id()).collect();
    if !beyond.is_empty() {
        return format!("beyond the article: {}", beyond.join(", "));
    }
    let moved = stage.actions.iter().filter_map(|it| it.removes().or(it.installs()));
    let moved: Components = moved.collect();
    if moved.meets(Components::PROTOCOLS) {
        "Q182346 WORKAROUND 2".to_owned()
    } else if !moved.is_empty() {
        "Q182346 WORKAROUND 1".to_owned()
    } else {
        "Q182346 WORKAROUND".to_owned()
    }
}

/// What a stage is called.
fn title_of(stage: &Stage) -> String {
    let ids = |set: Components| set.iter().map(Component::id).collect::<Vec<_>>().join(", ");
    match (stage.out.is_empty(), stage.standing_in.is_empty()) {
        _ if stage.actions.is_empty() => "Try as it is".to_owned(),
        (true, true) => "Boot with everything back".to_owned(),
        (true, false) => format!("Boot with {} beside", ids(stage.standing_in)),
        (false, true) => format!("Boot without {}", ids(stage.out)),
        (false, false) => {
            format!("Boot without {}; {} stands in", ids(stage.out), ids(stage.standing_in))
        }
    }
}

/// The fact that holds after this stage and not where everything is in its place.
fn tells(ground: &Ground, stage: &Stage) -> Option<Condition> {
    let first = ground.host.installed;
    let protocols = |set: Components| set.and(Components::PROTOCOLS).len();
    let now = first.less(stage.out).or(stage.standing_in);
    match (protocols(first), protocols(now)) {
        (1, 2..) => Some(Condition::SeveralProtocols),
        (2.., 1) => Some(Condition::OneProtocol),
        _ => None,
    }
}

/// The actions as verbs. The service pack is named by what the host shows, so that one runbook does for
/// every service pack.
fn verbs(actions: &[Action]) -> Vec<Verb> {
    let mut verbs = Vec::new();
    let mut installed = false;
    for action in actions {
        let verb = match action {
            Action::Remove(component) => Verb::RemoveOne(*component),
            Action::Install(component) => {
                installed = true;
                Verb::InstallOne(*component)
            }
            Action::Restart => Verb::Restart,
            Action::StartImc | Action::CreateIms => Verb::Try,
            Action::Share(_) => Verb::ShareAgain,
            Action::ApplyServicePack(_) | Action::Upgrade | Action::Finish(_) => continue,
        };
        if verb == Verb::Restart && std::mem::take(&mut installed) {
            verbs.push(Verb::ReapplyServicePack);
        }
        if verb != Verb::ShareAgain || !verbs.contains(&Verb::ShareAgain) {
            verbs.push(verb);
        }
    }
    verbs
}

/// The ends that `runbook` comes to on the host of `ground`, over all that may be hidden.
pub fn followed(ground: &Ground, runbook: &Runbook, order: Order) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    let (rules, host) = (ground.rules, &ground.host);
    classes(rules, host, ground.universe, Components::EMPTY, runbook, &mut |class| {
        let first = with_damage(host, class.family.largest());
        let mut turns = Vec::new();
        let technician = &mut Follower::new(runbook);
        let end = run(rules, &first, technician, ACTIONS_MAX, |_, turn| turns.push(*turn));
        let cost = cost(&first, &turns, order);
        let (family, broken) = (class.family.clone(), class.broken);
        let weight = family.weight(ground.universe, &ground.odds);
        leaves.push(Leaf { family, weight, turns, end, broken, cost });
    });
    leaves
}
