//! What there is to say after a run: what was broken, what nobody looked at, where there was no way back, and what would have been better.

use super::article::Word;
use super::article::words;
use super::grade::Grade;
use super::guess::Guess;
use super::guess::guess;
use super::lesson::Lesson;
use super::moment;
use super::moment::Fork;
use super::moment::NoReturn;
use super::next::Next;
use super::next::next;
use super::screen::Window;
use super::session::Session;
use crate::model::action::Action;
use crate::model::event::Events;
use crate::model::host::Host;
use crate::model::start;
use crate::model::start::Obstacle;
use crate::model::start::StartFailure;
use crate::model::start::obstacles;
use crate::model::trace::Turn;
use crate::search::cost::Aims;
use crate::search::ground::Allowed;
use crate::search::ground::Ground;
use crate::search::plan;
use crate::search::world::Damage;
use crate::search::world::may_be_damaged;

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

/// A run that would have been better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The turns, `finish` left out.
    pub turns: Vec<Turn>,
    /// What the article says to each.
    pub words: Vec<Word>,
}

/// What was wrong with the host at first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing: the IMC ran, or would have started.
    None,
    /// Components in memory failed.
    Failing(Vec<Obstacle>),
    /// The start failed for another reason.
    Other(StartFailure),
}

/// What there is to say after a run.
#[derive(Clone, Debug)]
pub struct Debrief {
    /// What was in the way at first.
    pub fault: Fault,
    /// How near the trainee's answer is to it.
    pub guess: Guess,
    /// What nobody looked at.
    pub unread: Vec<Unread>,
    /// The moments of no return, in order.
    pub no_return: Vec<NoReturn>,
    /// The most expensive moment; none where no moment cost anything.
    pub fork: Option<Fork>,
    /// The best plan for all that can be seen of the host, as it goes on this one; none where the goal
    /// is out of reach, or the host is not one that a plan begins with.
    pub seen: Option<Line>,
    /// The best line with the fault known; none where the goal is out of reach.
    pub known: Option<Line>,
    /// What to play next.
    pub next: Next,
}

impl Debrief {
    /// The debrief of `session`, graded as `grade`.
    pub fn of(session: &Session, grade: &Grade) -> Self {
        let lesson = session.lesson();
        let known = grade.best.way.as_ref().map(|it| played(lesson, &it.actions));
        let (said, _) = session.said();
        Self {
            fault: fault(lesson),
            guess: guess(said, lesson.first.failing),
            unread: unread(session),
            no_return: moment::no_return(lesson, grade),
            fork: moment::fork(lesson, grade),
            seen: known.as_ref().and_then(|_| planned(lesson)),
            known,
            next: next(session, grade),
        }
    }
}

impl Line {
    fn new(lesson: &Lesson, turns: Vec<Turn>) -> Self {
        Self { words: words(&lesson.first, &turns), turns }
    }

    /// Its restarts.
    pub fn restarts(&self) -> u32 {
        self.turns.iter().map(|it| u32::from(it.action == Action::Restart)).sum()
    }

    /// The shares that it loses.
    pub fn loses(&self) -> bool {
        self.turns.iter().any(|it| !it.after().lost.is_empty())
    }
}

fn played(lesson: &Lesson, actions: &[Action]) -> Line {
    let mut host = lesson.first;
    let mut turns = Vec::new();
    for action in actions {
        let turn = Turn::take(lesson.rules, &host, *action);
        host = *turn.after();
        turns.push(turn);
    }
    Line::new(lesson, turns)
}

/// The best plan for what can be seen of the first host, on that host. It reckons with damage wherever
/// the article looks for it, and anywhere where this host has it elsewhere.
fn planned(lesson: &Lesson) -> Option<Line> {
    let first = &lesson.first;
    let consistent = Host::consistent(first.os, first.exchange, first.installed, first.damaged);
    let consistent = Host {
        shares: first.shares,
        service_pack: first.service_pack,
        upgraded: first.upgraded,
        imc: first.imc,
        ..consistent
    };
    let article = may_be_damaged(Damage::Article, first);
    let damage = if first.damaged.within(article) { Damage::Article } else { Damage::Any };
    if *first != consistent {
        return None;
    }
    let ground = Ground::of(lesson.rules, first, damage, Allowed::Model);
    let best = plan::best(&ground, &Aims::USUAL);
    let (mut turns, ..) = best.plans.first()?.course.run(lesson.rules, first);
    turns.retain(|it| !matches!(it.action, Action::Finish(_)));
    Some(Line::new(lesson, turns))
}

fn fault(lesson: &Lesson) -> Fault {
    let first = &lesson.first;
    match start::start(lesson.rules, first) {
        Err(StartFailure::NotRegistered) => Fault::Failing(obstacles(first)),
        Err(other) => Fault::Other(other),
        Ok(()) => Fault::None,
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
