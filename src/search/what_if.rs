//! Two futures side by side: where they part, what differs from there on, what each comes to, and which rules
//! made the difference.

use super::causes::Causes;
use super::future::Change;
use super::future::Future;
use super::future::Premise;
use crate::files::change::NoChange;
use crate::model::action::Action;
use crate::model::action::Claim;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Shares;
use crate::model::property::Properties;
use crate::model::rule::RuleId;
use crate::model::set::Components;
use crate::model::trace::Turn;
use similar::Algorithm;
use similar::capture_diff_slices;

/// A future and the same with something changed.
#[derive(Clone, Debug)]
pub struct WhatIf {
    /// What is otherwise.
    pub changes: Vec<Change>,
    /// The future as it is.
    pub base: Future,
    /// The future with the changes.
    pub other: Future,
    /// Both side by side, from the first line of the history on.
    pub rows: Vec<Row>,
    /// The position in `rows` of the first that differs; none where none does.
    pub first: Option<usize>,
    /// What made the difference.
    pub causes: Causes,
}

/// Which part of a future a row is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The history; its first turn is line 2 of a timeline, after the set-up.
    History,
    /// The first host.
    First,
    /// What is done.
    Steps,
}

/// What happens in both futures, or in one of them only: turns of a part, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The part.
    pub part: Part,
    /// The turn of the future as it is.
    pub base: Option<usize>,
    /// The turn of the other.
    pub other: Option<usize>,
}

/// Which of the two futures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The future as it is.
    Base,
    /// The future with the changes.
    Other,
}

/// What a future comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// Whether the IMC runs at the end.
    pub repaired: bool,
    /// How many actions were taken, refused ones too, `finish` not.
    pub actions: usize,
    /// How many restarts.
    pub restarts: usize,
    /// How many tries that were not refused.
    pub tries: usize,
    /// How many actions were refused.
    pub refused: usize,
    /// The shares that were lost at some moment.
    pub lost: Shares,
    /// The shares that are lost at the end.
    pub lost_at_end: Shares,
    /// What is installed at the end and was not at first.
    pub added: Components,
    /// What was installed at first and is not at the end.
    pub gone: Components,
    /// The service pack at the end; 0 is none.
    pub service_pack: u8,
    /// Whether a restart is due at the end.
    pub restart_pending: bool,
    /// What was taken out at some moment and has settings that are lost by it.
    pub settings: Components,
    /// How many restarts were done before, in the history.
    pub history_restarts: usize,
    /// What was taken out before, in the history, and has settings that are lost by it.
    pub history_settings: Components,
    /// What was claimed at the end; none where the run was cut off.
    pub claim: Option<Claim>,
    /// The properties that were broken.
    pub broken: Properties,
}

/// A line of a balance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// Whether the IMC runs at the end.
    Repaired,
    /// The restarts.
    Restarts,
    /// The tries.
    Tries,
    /// All actions.
    Actions,
    /// The refused actions.
    Refused,
    /// The shares lost at some moment.
    Lost,
    /// The shares lost at the end.
    LostAtEnd,
    /// What is installed at the end and was not at first, or the other way round.
    Installed,
    /// The service pack at the end.
    ServicePack,
    /// Whether a restart is due at the end.
    RestartPending,
    /// The settings lost.
    Settings,
    /// The restarts in the history.
    HistoryRestarts,
    /// The settings lost in the history.
    HistorySettings,
    /// What was claimed.
    Claim,
    /// The properties broken.
    Broken,
}

impl Item {
    /// All lines, in order.
    pub const ALL: [Self; 15] = [
        Self::Repaired,
        Self::Restarts,
        Self::Tries,
        Self::Actions,
        Self::Refused,
        Self::Lost,
        Self::LostAtEnd,
        Self::Installed,
        Self::ServicePack,
        Self::RestartPending,
        Self::Settings,
        Self::HistoryRestarts,
        Self::HistorySettings,
        Self::Claim,
        Self::Broken,
    ];

    /// Whether two balances differ in it.
    pub fn differs(self, one: &Balance, other: &Balance) -> bool {
        match self {
            Self::Repaired => one.repaired != other.repaired,
            Self::Restarts => one.restarts != other.restarts,
            Self::Tries => one.tries != other.tries,
            Self::Actions => one.actions != other.actions,
            Self::Refused => one.refused != other.refused,
            Self::Lost => one.lost != other.lost,
            Self::LostAtEnd => one.lost_at_end != other.lost_at_end,
            Self::Installed => (one.added, one.gone) != (other.added, other.gone),
            Self::ServicePack => one.service_pack != other.service_pack,
            Self::RestartPending => one.restart_pending != other.restart_pending,
            Self::Settings => one.settings != other.settings,
            Self::HistoryRestarts => one.history_restarts != other.history_restarts,
            Self::HistorySettings => one.history_settings != other.history_settings,
            Self::Claim => one.claim != other.claim,
            Self::Broken => one.broken != other.broken,
        }
    }
}

impl Balance {
    /// What `future` comes to.
    pub fn of(future: &Future) -> Self {
        let (start, last) = (&future.first, future.last());
        let lost_bits =
            future.turns.iter().fold(start.lost.bits(), |all, it| all | it.after().lost.bits());
        Self {
            repaired: last.imc == Imc::Running,
            actions: future.turns.len(),
            restarts: restarts(&future.turns),
            tries: done(&future.turns).filter(|it| it.action.is_try()).count(),
            refused: future.turns.iter().filter(|it| it.result.is_err()).count(),
            lost: Shares::of_bits(lost_bits),
            lost_at_end: last.lost,
            added: last.installed.less(start.installed),
            gone: start.installed.less(last.installed),
            service_pack: last.service_pack,
            restart_pending: last.restart_pending,
            settings: settings_lost(&future.turns),
            history_restarts: restarts(&future.history),
            history_settings: settings_lost(&future.history),
            claim: future.claim,
            broken: future.broken,
        }
    }
}

fn done(turns: &[Turn]) -> impl Iterator<Item = &Turn> {
    turns.iter().filter(|it| it.result.is_ok())
}

fn restarts(turns: &[Turn]) -> usize {
    done(turns).filter(|it| it.action == Action::Restart).count()
}

/// What was taken out and has settings that are lost by it.
fn settings_lost(turns: &[Turn]) -> Components {
    let removed = done(turns).map(|it| it.before.installed.less(it.after().installed));
    with_settings(removed.fold(Components::EMPTY, Components::or))
}

/// The components that have settings, which are lost with them.
const SETTINGS: Components = {
    let mut set = Components::EMPTY;
    let mut rest: &[Component] = &Component::ALL;
    while let [first, tail @ ..] = rest {
        if !first.losses().is_empty() {
            set = set.with(*first);
        }
        rest = tail;
    }
    set
};

/// Those of `removed` that have settings, which are lost by it.
pub const fn with_settings(removed: Components) -> Components {
    removed.and(SETTINGS)
}

impl WhatIf {
    /// Lives `premise` as it is and with `changes`, and compares.
    ///
    /// # Errors
    ///
    /// When the changes cannot be made, or what they lead to is not possible.
    pub fn ask(premise: &Premise, changes: Vec<Change>) -> Result<Self, NoChange> {
        let base = premise.live()?;
        let after = premise.changed(&base, &changes)?;
        let other = after.live()?;
        let rows = rows(&base, &other);
        let first = rows.iter().position(|it| it.differs(&base, &other));
        let mut it = Self { changes, base, other, rows, first, causes: Causes::default() };
        if !it.is_same() {
            it.causes = Causes::of(&it, premise, &after);
        }
        Ok(it)
    }

    /// Whether nothing differs: not what happens, and not how it is judged.
    pub fn is_same(&self) -> bool {
        self.base == self.other
    }

    /// The lines of the balance in which the two differ.
    pub fn differing(&self) -> Vec<Item> {
        let (one, other) = (Balance::of(&self.base), Balance::of(&self.other));
        Item::ALL.into_iter().filter(|it| it.differs(&one, &other)).collect()
    }

    /// One of the two futures.
    pub const fn future(&self, side: Side) -> &Future {
        match side {
            Side::Base => &self.base,
            Side::Other => &self.other,
        }
    }
}

impl Future {
    /// Where `rule` fires first: a turn, counted from 0.
    pub fn fires_at(&self, rule: RuleId) -> Option<(Part, usize)> {
        let find = |turns: &[Turn]| turns.iter().position(|it| it.fired().believes(rule));
        let in_history = find(&self.history).map(|at| (Part::History, at));
        in_history.or_else(|| find(&self.turns).map(|at| (Part::Steps, at)))
    }

    /// The turn at `index` of `part`.
    pub fn turn(&self, part: Part, index: Option<usize>) -> Option<&Turn> {
        match part {
            Part::History => self.history.get(index?),
            Part::First => None,
            Part::Steps => self.turns.get(index?),
        }
    }

    /// The host that was set up, before the history.
    pub fn set_up(&self) -> Option<&Host> {
        self.history.first().map(|it| &it.before)
    }
}

impl Row {
    /// Whether the two futures are not exactly the same here.
    pub fn differs(&self, base: &Future, other: &Future) -> bool {
        match self.part {
            Part::First => base.first != other.first,
            Part::History | Part::Steps => {
                match (base.turn(self.part, self.base), other.turn(self.part, self.other)) {
                    (Some(one), Some(other)) => !same(self.part, one, other),
                    (one, other) => one.is_some() || other.is_some(),
                }
            }
        }
    }
}

/// Both futures side by side: as far as they are the same turn by turn, then so that as many actions as
/// possible stand beside themselves.
fn rows(base: &Future, other: &Future) -> Vec<Row> {
    let mut rows = beside(Part::History, &base.history, &other.history);
    rows.push(Row { part: Part::First, base: None, other: None });
    rows.extend(beside(Part::Steps, &base.turns, &other.turns));
    rows
}

/// Whether two turns are the same. The Exchange version stands beside a history, and is no matter in it.
fn same(part: Part, one: &Turn, other: &Turn) -> bool {
    let mut other = *other;
    if part == Part::History {
        other.before.exchange = one.before.exchange;
        if let Ok(step) = &mut other.result {
            step.host.exchange = one.before.exchange;
        }
    }
    *one == other
}

fn beside(part: Part, base: &[Turn], other: &[Turn]) -> Vec<Row> {
    let same = base.iter().zip(other).take_while(|(one, other)| same(part, one, other)).count();
    let actions =
        |turns: &[Turn]| -> Vec<Action> { turns.iter().skip(same).map(|it| it.action).collect() };
    let row = |base: Option<usize>, other: Option<usize>| Row { part, base, other };
    let mut rows: Vec<Row> = (0..same).map(|it| row(Some(it), Some(it))).collect();
    for op in capture_diff_slices(Algorithm::Lcs, &actions(base), &actions(other)) {
        let (old, new) = (op.old_range(), op.new_range());
        for index in 0..old.len().max(new.len()) {
            let at = |range: &std::ops::Range<usize>| {
                (index < range.len()).then_some(same + range.start + index)
            };
            rows.push(row(at(&old), at(&new)));
        }
    }
    rows
}
