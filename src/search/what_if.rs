//! Two futures side by side: where they part, what differs from there on, what each comes to, and which rules
//! made the difference.

use super::future::Change;
use super::future::Future;
use super::future::Premise;
use crate::files::change::NoChange;
use crate::model::action::Action;
use crate::model::action::Claim;
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
    /// The rules that made the difference, in the order in which they fire first.
    pub causes: Vec<Cause>,
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

/// A rule that made a difference: it fires in one of the two futures and not in the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The rule.
    pub rule: RuleId,
    /// Whether it is itself what was changed.
    pub changed: bool,
    /// The future in which it fires.
    pub side: Side,
    /// Where it fires first there: a turn, counted from 0.
    pub at: (Part, usize),
    /// In what the two futures differ, and would not if nobody believed this rule; nothing where it is
    /// itself the change, or where the futures cannot be compared without it.
    pub decides: Vec<Item>,
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
    /// What was claimed.
    Claim,
    /// The properties broken.
    Broken,
}

impl Item {
    /// All lines, in order.
    pub const ALL: [Self; 13] = [
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
            Self::Claim => one.claim != other.claim,
            Self::Broken => one.broken != other.broken,
        }
    }
}

impl Balance {
    /// What `future` comes to.
    pub fn of(future: &Future) -> Self {
        let (start, last) = (&future.first, future.last());
        let done = || future.turns.iter().filter(|it| it.result.is_ok());
        let lost_bits =
            future.turns.iter().fold(start.lost.bits(), |all, it| all | it.after().lost.bits());
        let removed = done().fold(Components::EMPTY, |all, it| {
            all.or(it.before.installed.less(it.after().installed))
        });
        Self {
            repaired: last.imc == Imc::Running,
            actions: future.turns.len(),
            restarts: done().filter(|it| it.action == Action::Restart).count(),
            tries: done().filter(|it| it.action.is_try()).count(),
            refused: future.turns.iter().filter(|it| it.result.is_err()).count(),
            lost: Shares::of_bits(lost_bits),
            lost_at_end: last.lost,
            added: last.installed.less(start.installed),
            gone: start.installed.less(last.installed),
            service_pack: last.service_pack,
            restart_pending: last.restart_pending,
            settings: removed.iter().filter(|it| !it.losses().is_empty()).collect(),
            claim: future.claim,
            broken: future.broken,
        }
    }
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
        let mut it = Self { changes, base, other, rows, first, causes: Vec::new() };
        if !it.is_same() {
            it.causes = it.find_causes(premise, &after);
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

    fn find_causes(&self, premise: &Premise, changed: &Premise) -> Vec<Cause> {
        let mut causes = Vec::new();
        let (base, other) = (self.base.fired(), self.other.fired());
        for rule in RuleId::ALL {
            let side = match (base.believes(rule), other.believes(rule)) {
                (true, false) => Side::Base,
                (false, true) => Side::Other,
                (true, true) | (false, false) => continue,
            };
            let Some(at) = self.future(side).fires_at(rule) else { continue };
            let is_it = |it: &Change| matches!(it, Change::Rule { rule: it, .. } if *it == rule);
            let itself = self.changes.iter().any(is_it);
            let decides = if itself { Vec::new() } else { self.decided(rule, premise, changed) };
            causes.push(Cause { rule, changed: itself, side, at, decides });
        }
        causes.sort_by_key(|it| it.at);
        causes
    }

    /// One of the two futures.
    pub const fn future(&self, side: Side) -> &Future {
        match side {
            Side::Base => &self.base,
            Side::Other => &self.other,
        }
    }

    /// What the two differ in, and would not if nobody believed `rule`.
    fn decided(&self, rule: RuleId, premise: &Premise, changed: &Premise) -> Vec<Item> {
        let (Ok(one), Ok(other)) = (premise.without(rule).live(), changed.without(rule).live())
        else {
            return Vec::new();
        };
        let (one, other) = (Balance::of(&one), Balance::of(&other));
        self.differing().into_iter().filter(|it| !it.differs(&one, &other)).collect()
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
                base.turn(self.part, self.base) != other.turn(self.part, self.other)
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

fn beside(part: Part, base: &[Turn], other: &[Turn]) -> Vec<Row> {
    let same = base.iter().zip(other).take_while(|(one, other)| one == other).count();
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
