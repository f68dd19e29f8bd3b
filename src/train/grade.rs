//! The grade of a run, taken from its actions on a fresh host and from nothing else.

use super::lesson::Lesson;
use super::session::Session;
use crate::files::pack;
use crate::files::runbook;
use crate::model::action::Action;
use crate::model::action::Claim;
use crate::model::host::Host;
use crate::model::property::Judge;
use crate::model::property::Properties;
use crate::model::property::Property;
use crate::model::start;
use crate::model::trace::End;
use crate::model::trace::Turn;
use crate::search::play::follow;
use crate::search::way::Way;
use crate::search::way::way;

/// One line of the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// The IMC runs, or nobody could have made it run on this host.
    Repaired,
    /// What was claimed is so.
    Claim,
    /// Every folder is shared, and none was lost needlessly.
    Shares,
    /// The same components and the same version of NT are there, and nothing is pending.
    Components,
    /// The service pack is the same, and was reapplied when it had to be.
    ServicePack,
    /// No more restarts than the article asks for, and none that changed nothing.
    Restarts,
    /// Tried first and in between, never blindly, and stopped when it ran: advice.
    Procedure,
    /// Nothing impossible was asked for: advice.
    Refused,
}

impl Item {
    /// All lines, those that decide before advice.
    pub const ALL: [Self; 8] = [
        Self::Repaired,
        Self::Claim,
        Self::Shares,
        Self::Components,
        Self::ServicePack,
        Self::Restarts,
        Self::Procedure,
        Self::Refused,
    ];

    /// The word before the line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Repaired => "repaired",
            Self::Claim => "claim",
            Self::Shares => "shares",
            Self::Components => "components",
            Self::ServicePack => "service pack",
            Self::Restarts => "restarts",
            Self::Procedure => "procedure",
            Self::Refused => "refused acts",
        }
    }

    /// Whether a run that fails it fails; the others are advice.
    pub const fn decides(self) -> bool {
        match self {
            Self::Repaired
            | Self::Claim
            | Self::Shares
            | Self::Components
            | Self::ServicePack
            | Self::Restarts => true,
            Self::Procedure | Self::Refused => false,
        }
    }
}

/// How many restarts a run may take and could have taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Best {
    /// The best way to a good end, with the hidden fault known; none where no order of actions leads
    /// to one.
    pub way: Option<Way>,
    /// The restarts of the article's own steps on this host, and of that way besides where the article
    /// does not repair it.
    pub article: u32,
    /// Whether the article's own steps repair it.
    pub article_repairs: bool,
}

impl Best {
    /// The restarts of the best way, with the hidden fault known.
    pub fn restarts(&self) -> Option<u32> {
        self.way.as_ref().map(|it| it.toll.restarts)
    }
}

/// What a run comes to.
#[derive(Clone, Debug)]
pub struct Grade {
    /// Every action on a fresh host, `finish` included.
    pub turns: Vec<Turn>,
    /// How it ended.
    pub end: End,
    /// The properties that it broke.
    pub broken: Properties,
    /// How many restarts it took.
    pub restarts: u32,
    /// How many of them changed neither memory nor what damage was left.
    pub needless: u32,
    /// Whether something was changed before anything was tried.
    pub untried: bool,
    /// How many it might have taken.
    pub best: Best,
    /// How many actions were taken back.
    pub taken_back: usize,
}

impl Grade {
    /// Grades the actions of `session`, one after the other, on the first host of its lesson.
    pub fn of(session: &Session) -> Self {
        let lesson = session.lesson();
        let taken_back = session.forks().iter().map(|it| it.turns.len()).sum();
        Self { taken_back, ..Self::of_actions(lesson, &session.actions()) }
    }

    /// Grades `actions` on the first host of `lesson`; what follows a `finish` does not count.
    pub fn of_actions(lesson: &Lesson, actions: &[Action]) -> Self {
        let mut judge = Judge::new(lesson.rules, &lesson.first);
        let mut turns: Vec<Turn> = Vec::new();
        let mut host = lesson.first;
        let mut claim = None;
        for action in actions {
            let turn = Turn::take(lesson.rules, &host, *action);
            judge.turn(&turn);
            host = *turn.after();
            turns.push(turn);
            if let Action::Finish(it) = action {
                claim = Some(*it);
                break;
            }
        }
        let end = End { host, claim, actions: u32::try_from(turns.len()).unwrap_or(u32::MAX) };
        let changes = |it: &&Turn| it.before.installed != it.after().installed;
        let before = turns.iter().take_while(|it| !it.action.is_try());
        let untried = before.filter(changes).count() > 0;
        // Neither memory nor what damage is left on the disk is another after it.
        let idle = |it: &&Turn| {
            let seen = |it: &Host| (it.running, it.failing, it.damaged);
            it.action == Action::Restart && seen(&it.before) == seen(it.after())
        };
        Self {
            restarts: restarts(turns.iter().map(|it| it.action)),
            needless: turns.iter().filter(idle).map(|_| 1).sum(),
            broken: judge.end(&end),
            untried,
            best: best(lesson),
            turns,
            end,
            taken_back: 0,
        }
    }

    /// Whether nothing was done at all: nothing was tried, and nothing claimed.
    pub const fn is_empty(&self) -> bool {
        self.turns.is_empty()
    }

    /// Whether nothing was done to the host, not even tried, although something was to be done.
    pub fn is_idle(&self) -> bool {
        let done = self.best.way.as_ref().is_some_and(|it| it.actions.is_empty());
        !done && self.turns.iter().all(|it| matches!(it.action, Action::Finish(_)))
    }

    /// Whether no order of actions leads from the first host to a good end.
    pub const fn out_of_reach(&self) -> bool {
        self.best.way.is_none()
    }

    /// Whether a line of the verdict holds.
    pub fn holds(&self, item: Item) -> bool {
        let kept = |properties: &[Property]| !properties.iter().any(|it| self.broken.has(*it));
        let first = self.turns.first().map_or(&self.end.host, |it| &it.before);
        let last = &self.end.host;
        match item {
            Item::Repaired => self.out_of_reach() || kept(&[Property::Repaired]),
            Item::Claim => kept(&[Property::Honest, Property::Ends]),
            Item::Shares => kept(&[Property::SharesRestored, Property::NoAvoidableLoss]),
            Item::Components => {
                last.installed == first.installed && last.os == first.os && !last.restart_pending
            }
            Item::ServicePack => {
                last.service_pack == first.service_pack && kept(&[Property::NoMixedBoot])
            }
            Item::Restarts => self.restarts <= self.best.article && self.needless == 0,
            Item::Procedure => {
                let advice =
                    [Property::StopsWhenRepaired, Property::TriesInBetween, Property::NoBlindTry];
                kept(&advice) && !self.untried
            }
            Item::Refused => kept(&[Property::NeverRefused]),
        }
    }

    /// Whether the run passes: something was done, and every line that decides holds. Where the goal is
    /// out of reach, that is an honest `finish unrepaired` on a host that was left whole.
    pub fn passes(&self) -> bool {
        !self.is_idle() && Item::ALL.into_iter().filter(|it| it.decides()).all(|it| self.holds(it))
    }

    /// Whether the end is as it was claimed; none where nothing was claimed.
    pub const fn claim(&self) -> Option<Claim> {
        self.end.claim
    }
}

fn restarts(actions: impl IntoIterator<Item = Action>) -> u32 {
    actions.into_iter().map(|it| u32::from(it == Action::Restart)).sum()
}

/// Whether shares can be kept on the first host of `lesson` by taking one protocol at a time.
pub fn loss_is_avoidable(lesson: &Lesson) -> bool {
    lesson.first.installed.and(start::share_carriers(lesson.rules)).len() != 1
}

fn best(lesson: &Lesson) -> Best {
    let way = way(lesson.rules, &lesson.first, &lesson.first);
    let article = pack::RUNBOOKS.iter().find(|it| it.path.ends_with("/article.toml"));
    let article = article.and_then(|it| runbook::read(it.text).0);
    let followed = article.map(|it| follow(lesson.rules, &lesson.first, &it));
    let (spent, repairs) = followed.map_or((0, false), |it| {
        let actions = it.turns.iter().map(|(turn, _)| turn.action);
        (restarts(actions), it.broken.gating().is_empty())
    });
    let least = way.as_ref().map_or(0, |it| it.toll.restarts);
    let besides = if repairs { 0 } else { least };
    Best { way, article: spent + besides, article_repairs: repairs }
}
