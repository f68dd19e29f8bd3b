//! Moments of a run: after which there was no way back, and which one cost most.

use super::grade::Grade;
use super::lesson::Lesson;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::start;
use crate::model::trace::Turn;
use crate::search::reach::Goal;
use crate::search::way::Toll;
use crate::search::way::Way;
use crate::search::way::way;
use std::collections::BTreeMap;

/// The most turns whose costs are weighed.
const WEIGHED_MAX: usize = 1_000;

/// What cannot be had back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gone {
    /// Shares were lost that the article's means would have kept.
    Shares,
    /// Shares were lost that only means beyond the article would have kept.
    OnlyProtocol,
    /// The host was booted with files from the CD under a service pack.
    Mixed,
    /// The service pack was raised.
    ServicePack,
    /// Windows NT was upgraded.
    Os,
}

/// A moment of no return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoReturn {
    /// The number of the action.
    pub action: usize,
    /// What could not be had back after it.
    pub gone: Gone,
    /// What would have avoided it, before the action; none where nothing would.
    pub before: Option<Vec<Action>>,
    /// What still led to as good an end as was left; none where nothing did.
    pub after: Option<Vec<Action>>,
}

/// The most expensive moment, taken otherwise and played to its end.
#[derive(Clone, Debug)]
pub struct Fork {
    /// The number of the action that is left out.
    pub action: usize,
    /// What it cost.
    pub cost: Cost,
    /// What is done instead; empty where nothing was left to be done.
    pub turns: Vec<Turn>,
    /// The restarts of the whole run if it is.
    pub restarts: u32,
}

/// What a moment cost, dearest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cost {
    /// Whether nothing led to a good end any more.
    pub end: bool,
    /// Shares lost.
    pub lost: usize,
    /// Restarts with files from the CD under a service pack.
    pub mixed: u32,
    /// Whether the run ended although something still led to a good end.
    pub gives_up: bool,
    /// Restarts.
    pub restarts: u32,
    /// Actions.
    pub actions: usize,
}

/// The moments of no return of a run of `lesson`, in order.
pub fn no_return(lesson: &Lesson, grade: &Grade) -> Vec<NoReturn> {
    let mut moments: Vec<NoReturn> = Vec::new();
    for (index, turn) in grade.turns.iter().enumerate() {
        let Some(gone) = gone(lesson, turn) else { continue };
        // What was gone before goes no second time.
        if moments.iter().any(|it| it.gone == gone) {
            continue;
        }
        let actions = |it: Way| it.actions;
        moments.push(NoReturn {
            action: index + 1,
            gone,
            before: best_left(lesson, &turn.before).map(actions),
            after: best_left(lesson, turn.after()).map(actions),
        });
    }
    moments
}

fn gone(lesson: &Lesson, turn: &Turn) -> Option<Gone> {
    let (before, after) = (&turn.before, turn.after());
    let carriers = lesson.first.installed.and(start::share_carriers(lesson.rules));
    if before.os != after.os {
        Some(Gone::Os)
    } else if before.service_pack != after.service_pack {
        Some(Gone::ServicePack)
    } else if !after.lost.within(before.lost) {
        Some(if carriers.len() == 1 { Gone::OnlyProtocol } else { Gone::Shares })
    } else if turn.action == Action::Restart && !before.cd_files.is_empty() {
        Some(Gone::Mixed)
    } else {
        None
    }
}

/// The best way from `host` to the end that `lesson` asks for, or, where that cannot be had any more, to
/// the same under the service pack and the version that are there now.
fn best_left(lesson: &Lesson, host: &Host) -> Option<Way> {
    let now = Host {
        service_pack: host.service_pack,
        os: host.os,
        upgraded: host.upgraded,
        ..lesson.first
    };
    way(lesson.rules, host, &lesson.first).or_else(|| way(lesson.rules, host, &now))
}

/// The turn that cost most, the fault known, if any cost anything; the earliest of them.
pub fn fork(lesson: &Lesson, grade: &Grade) -> Option<Fork> {
    let mut known: BTreeMap<Host, Option<Toll>> = BTreeMap::new();
    let mut left = |host: &Host| {
        let new = || way(lesson.rules, host, &lesson.first).map(|it| it.toll);
        *known.entry(*host).or_insert_with(new)
    };
    let mut worst: Option<(Cost, usize)> = None;
    for (index, turn) in grade.turns.iter().enumerate().take(WEIGHED_MAX) {
        let Some(before) = left(&turn.before) else { continue };
        let goal = Goal { first: lesson.first, keep_shares: false, no_mixed_boot: false };
        let gives_up = matches!(turn.action, Action::Finish(_)) && !goal.is_met(turn.after());
        let cost = match left(turn.after()) {
            Some(after) => Cost { gives_up, ..spent(turn, after, before) },
            None => Cost { end: true, ..Cost::default() },
        };
        let counts = Cost { actions: usize::MAX, ..Cost::default() };
        if cost > counts && worst.is_none_or(|(most, _)| cost > most) {
            worst = Some((cost, index));
        }
    }
    let (cost, index) = worst?;
    let turn = grade.turns.get(index)?;
    let mut host = turn.before;
    let mut turns = Vec::new();
    for action in way(lesson.rules, &host, &lesson.first)?.actions {
        let turn = Turn::take(lesson.rules, &host, action);
        host = *turn.after();
        turns.push(turn);
    }
    let before = grade.turns.iter().take(index);
    let restarts = before.chain(&turns).filter(|it| it.action == Action::Restart);
    let restarts = restarts.map(|_| 1).sum();
    Some(Fork { action: index + 1, cost, turns, restarts })
}

/// What more is to be paid after `turn`, it included, than before it.
fn spent(turn: &Turn, after: Toll, before: Toll) -> Cost {
    let lost = turn.after().lost.less(turn.before.lost).iter().count();
    let restarts = u32::from(turn.action == Action::Restart);
    let mixed = if turn.before.cd_files.is_empty() { 0 } else { restarts };
    Cost {
        end: false,
        gives_up: false,
        lost: (after.lost + lost).saturating_sub(before.lost),
        mixed: (after.mixed + mixed).saturating_sub(before.mixed),
        restarts: (after.restarts + restarts).saturating_sub(before.restarts),
        actions: (after.actions + 1).saturating_sub(before.actions),
    }
}
