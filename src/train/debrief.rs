//! What there is to say after a run: what was broken, what nobody looked at, where there was no way back, and what would have been better.

use super::grade::Grade;
use super::grade::Item;
use super::grade::goal;
use super::hint::statement;
use super::hint::way;
use super::lesson::Lesson;
use super::lesson::Origin;
use super::screen::Window;
use super::seed::Level;
use super::session::Session;
use crate::model::action::Action;
use crate::model::article::Statement;
use crate::model::component::Component;
use crate::model::event::Events;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::set::Components;
use crate::model::start::Obstacle;
use crate::model::start::obstacles;
use crate::model::trace::Turn;
use crate::search::reach::Goal;
use crate::search::reach::shortest;
use std::collections::BTreeMap;

/// The most turns whose costs are weighed.
const WEIGHED_MAX: usize = 100;

/// What the trainee said was broken, against what was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// Nothing was said, or nothing that names a component.
    Silent,
    /// All of it and nothing else.
    Right,
    /// Some of it, or too much.
    Partly,
    /// None of it.
    Wrong,
}

/// Evidence that was there and was not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unread {
    /// Events, logged by the action with this number.
    Events(usize, Events),
    /// Shares were lost by the action with this number.
    Shares(usize),
    /// Which components there were, before the first was removed by the action with this number.
    Components(usize),
}

/// A moment of no return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoReturn {
    /// The number of the action.
    pub action: usize,
    /// What could not be kept after it.
    pub property: Property,
    /// What would have kept it, before the action; none where nothing would.
    pub before: Option<Vec<Action>>,
    /// What still led to a good end after it; none where nothing did.
    pub after: Option<Vec<Action>>,
}

/// The most expensive moment, taken otherwise and played to its end.
#[derive(Clone, Debug)]
pub struct Fork {
    /// The number of the action that is left out.
    pub action: usize,
    /// What is done instead.
    pub turns: Vec<Turn>,
    /// The restarts of the whole run if it is.
    pub restarts: u32,
}

/// One host that is worth playing next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The seed.
    pub seed: u32,
    /// The level.
    pub level: Level,
    /// What it is for, in one clause.
    pub why: &'static str,
}

/// What there is to say after a run.
#[derive(Clone, Debug)]
pub struct Debrief {
    /// What was in the way at first.
    pub fault: Vec<Obstacle>,
    /// How near the trainee's answer is to it.
    pub guess: Guess,
    /// What nobody looked at.
    pub unread: Vec<Unread>,
    /// The moments of no return, in order.
    pub no_return: Vec<NoReturn>,
    /// The most expensive moment; none where no moment cost anything.
    pub fork: Option<Fork>,
    /// The best line with hindsight, and what the article says to each act.
    pub best: Vec<(Action, Option<Statement>)>,
    /// What to play next.
    pub next: Next,
}

impl Debrief {
    /// The debrief of `session`, graded as `grade`.
    pub fn of(session: &Session, grade: &Grade) -> Self {
        let lesson = session.lesson();
        let best: Vec<Action> = grade.best.way.iter().flatten().copied().collect();
        let before = std::iter::once(None).chain(best.iter().copied().map(Some));
        Self {
            fault: obstacles(&lesson.first),
            guess: guess(session),
            unread: unread(session),
            no_return: no_return(lesson, grade),
            fork: fork(lesson, grade),
            best: best
                .iter()
                .zip(before)
                .map(|(it, before)| (*it, statement(*it, before)))
                .collect(),
            next: next(lesson, grade),
        }
    }
}

fn guess(session: &Session) -> Guess {
    let (said, _) = session.said();
    let said = said.to_lowercase();
    let words: Vec<&str> = said.split([' ', ',', ';', '.']).collect();
    let named: Components = Component::ALL
        .into_iter()
        .filter(|it| words.contains(&it.id()) || said.contains(&it.name().to_lowercase()))
        .chain(words.contains(&"tcp/ip").then_some(Component::Tcpip))
        .collect();
    let fault = session.lesson().first.failing;
    let nothing = words.contains(&"nothing");
    if named.is_empty() && !nothing {
        Guess::Silent
    } else if named == fault {
        Guess::Right
    } else if named.meets(fault) {
        Guess::Partly
    } else {
        Guess::Wrong
    }
}

fn unread(session: &Session) -> Vec<Unread> {
    let looked = |windows: &[Window], from: usize, to: usize| {
        session
            .looks()
            .iter()
            .any(|it| windows.contains(&it.window) && (from..=to).contains(&it.after))
    };
    let mut unread = Vec::new();
    let turns = session.turns();
    let removal = turns.iter().position(|it| matches!(it.action, Action::Remove(_)));
    let windows = [Window::NetworkServices, Window::NetworkProtocols, Window::NetworkBindings];
    if let Some(at) = removal.filter(|it| !looked(&windows, 0, *it)) {
        unread.push(Unread::Components(at + 1));
    }
    let mut seen = Events::NONE;
    for (index, turn) in turns.iter().enumerate() {
        let new = turn.events().iter().filter(|it| !seen.has(*it));
        let new = new.fold(Events::NONE, Events::with);
        if !new.is_empty() && !looked(&[Window::EventViewer], index + 1, usize::MAX) {
            unread.push(Unread::Events(index + 1, new));
        }
        seen = turn.events().iter().fold(seen, Events::with);
    }
    for (index, turn) in turns.iter().enumerate() {
        let lost = turn.after().lost.less(turn.before.lost);
        if !lost.is_empty() && !looked(&[Window::Shares], index + 1, usize::MAX) {
            unread.push(Unread::Shares(index + 1));
        }
    }
    unread
}

/// The turns after which something could not be kept that could be kept before.
fn no_return(lesson: &Lesson, grade: &Grade) -> Vec<NoReturn> {
    let any = Goal { keep_shares: false, no_mixed_boot: false, ..goal(lesson) };
    let mut moments = Vec::new();
    let mut lost = false;
    for (index, turn) in grade.turns.iter().enumerate() {
        let loses = !turn.after().lost.within(turn.before.lost);
        let mixes = turn.action == Action::Restart && !turn.before.cd_files.is_empty();
        let kept = match (loses && !lost && goal(lesson).keep_shares, mixes) {
            (true, _) => (Property::NoAvoidableLoss, Goal { keep_shares: true, ..any }),
            (false, true) => (Property::NoMixedBoot, Goal { no_mixed_boot: true, ..any }),
            (false, false) => continue,
        };
        lost |= loses;
        let (property, goal) = kept;
        let find = |host: &Host, goal: &Goal| shortest(lesson.rules, host, goal).ok().flatten();
        moments.push(NoReturn {
            action: index + 1,
            property,
            before: find(&turn.before, &goal),
            after: find(turn.after(), &any),
        });
    }
    moments
}

fn restarts(actions: &[Action]) -> u32 {
    actions.iter().map(|it| u32::from(*it == Action::Restart)).sum()
}

/// The moment at which most restarts, then most actions were lost, the fault known; the earliest of them.
fn fork(lesson: &Lesson, grade: &Grade) -> Option<Fork> {
    let mut known: BTreeMap<Host, Option<Vec<Action>>> = BTreeMap::new();
    let mut left = |host: &Host| {
        let found = known.entry(*host).or_insert_with(|| way(lesson, host)).as_ref();
        found.map(|it| (restarts(it), it.len()))
    };
    let mut worst: Option<((u32, usize), usize)> = None;
    for (index, turn) in grade.turns.iter().enumerate().take(WEIGHED_MAX) {
        let (Some(before), Some(after)) = (left(&turn.before), left(turn.after())) else {
            continue;
        };
        let spent = u32::from(turn.action == Action::Restart);
        let cost =
            ((after.0 + spent).saturating_sub(before.0), (after.1 + 1).saturating_sub(before.1));
        if cost.0 > 0 && worst.is_none_or(|(most, _)| cost > most) {
            worst = Some((cost, index));
        }
    }
    let (_, index) = worst?;
    let turn = grade.turns.get(index)?;
    let actions = way(lesson, &turn.before)?;
    let mut host = turn.before;
    let mut turns = Vec::new();
    for action in &actions {
        let turn = Turn::take(lesson.rules, &host, *action);
        host = *turn.after();
        turns.push(turn);
    }
    let before: Vec<Action> = grade.turns.iter().take(index).map(|it| it.action).collect();
    Some(Fork { action: index + 1, turns, restarts: restarts(&before) + restarts(&actions) })
}

/// The next host: at the level of the weakness, and with what makes it a test of it.
fn next(lesson: &Lesson, grade: &Grade) -> Next {
    let (seed, level) = match lesson.origin {
        Origin::Seed { seed, level } => (seed, level),
        Origin::Scenario { .. } => (0, Level::Anywhere),
    };
    let weakness: (Level, fn(&Host) -> bool, &str) = if !grade.holds(Item::ServicePack) {
        (Level::ServicePack, |it| it.service_pack > 0, "a service pack that has to be reapplied")
    } else if grade.broken.has(Property::NoAvoidableLoss) {
        (Level::Stakes, |it| protocols(it) > 1, "several protocols, and shares to keep")
    } else if grade.broken.has(Property::SharesRestored) {
        (Level::Stakes, |it| protocols(it) == 1, "shares that have to be shared again")
    } else if !grade.holds(Item::Restarts) && lesson.first.failing.is_empty() {
        (Level::Beyond, |it| it.damaged.is_empty(), "one where the first act counts")
    } else if grade.passes() && level == Level::Beyond {
        (Level::Beyond, |_| true, "the hardest level once more")
    } else if grade.passes() {
        let harder = Level::numbered(level.number() + 1).unwrap_or(level);
        (harder, |it| !it.damaged.is_empty(), "one level harder")
    } else {
        (level, |it| !it.damaged.is_empty(), "the same level once more")
    };
    let (level, fits, why) = weakness;
    let seeds = (1..=1_000).map(|it| seed.wrapping_add(it));
    let seed = seeds.clone().find(|it| fits(&Lesson::drawn(*it, level).first));
    Next { seed: seed.unwrap_or_else(|| seeds.clone().next().unwrap_or(1)), level, why }
}

fn protocols(host: &Host) -> u32 {
    host.installed.and(Components::PROTOCOLS).len()
}
