//! Every host that can be reached, nearest first, counted once each, and what must hold of them.

use super::invariant;
use super::invariant::Invariant;
use super::number::Number;
use super::seen::Seen;
use super::space::Space;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::rule::RuleSet;
use crate::model::step::step;
use crate::model::trace::Turn;

/// A first host, and what can be done to it and to every host that follows from it.
#[derive(Clone, Debug)]
pub struct Orders {
    /// The rules believed.
    pub rules: RuleSet,
    /// The first host.
    pub first: Host,
    /// The actions, in canonical order.
    pub actions: Vec<Action>,
}

/// A host that the space has no number for.
#[derive(Clone, Copy, Debug)]
pub struct Beyond(pub Host);

/// Every host that can be reached.
#[derive(Debug)]
pub struct Census<N> {
    /// The hosts, nearest first; those equally far in canonical order of the shortest way to each.
    pub order: Vec<N>,
    /// Where each distance from the first host begins in that order.
    pub levels: Vec<usize>,
    /// Pairs of a host and an action that is not refused there.
    pub transitions: u64,
    /// Pairs of a host and an action that is refused there.
    pub refusals: u64,
    /// Whether every action was taken on every host.
    pub complete: bool,
    /// What broke each invariant, in their order.
    pub breaches: [Breach; 5],
}

/// How often an invariant was broken, and where first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Breach {
    /// How many hosts, or actions, broke it.
    pub failing: u64,
    /// The first of them.
    pub first: Option<Place>,
}

/// Where an invariant is broken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the first host.
    First,
    /// By this action on the host at this position, or in the host that follows.
    Action(usize, Action),
}

/// Finds at most `most` hosts.
///
/// # Errors
///
/// Returns the first host that is beyond the space.
pub fn census<N: Number>(
    orders: &Orders,
    space: &Space<N>,
    most: usize,
) -> Result<Census<N>, Beyond> {
    let mut seen = Seen::new(space.size(), most);
    let mut found = Census {
        order: vec![space.first()],
        levels: Vec::new(),
        transitions: 0,
        refusals: 0,
        complete: true,
        breaches: [Breach::default(); 5],
    };
    seen.insert(space.first());
    found.look_at(orders.rules, &orders.first, Place::First);
    let mut level = 0..1;
    while !level.is_empty() && found.complete {
        found.levels.push(level.start);
        for position in level.clone() {
            found.leave(orders, space, &mut seen, position, most)?;
            if !found.complete {
                break;
            }
        }
        level = level.end..found.order.len();
    }
    if !level.is_empty() {
        found.levels.push(level.start);
    }
    Ok(found)
}

impl<N: Number> Census<N> {
    /// The greatest number of actions that the shortest way to a host has.
    pub fn depth(&self) -> usize {
        self.levels.len().saturating_sub(1)
    }

    /// Takes every action on the host at `position`; not complete any more where a host too many
    /// is found.
    #[inline]
    fn leave(
        &mut self,
        orders: &Orders,
        space: &Space<N>,
        seen: &mut Seen<N>,
        position: usize,
        most: usize,
    ) -> Result<(), Beyond> {
        let Some(number) = self.order.get(position) else { return Ok(()) };
        let here = space.here(*number);
        let before = &here.host;
        for action in &orders.actions {
            let place = Place::Action(position, *action);
            let result = step(orders.rules, before, *action);
            let after = match &result {
                Ok(step) => &step.host,
                Err(refusal) => {
                    let turn = Turn { before: *before, action: *action, result: Err(*refusal) };
                    self.refusals += 1;
                    self.judge(Invariant::RefusalChangesNothing, turn.after() != before, place);
                    continue;
                }
            };
            self.transitions += 1;
            let changed = invariant::memory_changed(before, *action, after);
            self.judge(Invariant::MemoryChangesAtRestart, changed, place);
            let lost = invariant::lost_otherwise(orders.rules, before, *action, after);
            self.judge(Invariant::SharesLostAtBareRestart, lost, place);
            match space.next(&here, after) {
                Some(number) => {
                    if seen.insert(number) {
                        if self.order.len() == most {
                            self.complete = false;
                            return Ok(());
                        }
                        self.order.push(number);
                        self.look_at(orders.rules, after, place);
                    }
                }
                None if after.fits_together() => return Err(Beyond(*after)),
                None => self.judge(Invariant::FactsFitTogether, true, place),
            }
        }
        Ok(())
    }

    /// Looks at a new host.
    fn look_at(&mut self, rules: RuleSet, host: &Host, place: Place) {
        self.judge(Invariant::FactsFitTogether, !host.fits_together(), place);
        let vain = invariant::runs_in_vain(rules, host);
        self.judge(Invariant::RunningImcCouldStart, vain, place);
    }

    #[inline]
    fn judge(&mut self, invariant: Invariant, broken: bool, place: Place) {
        if broken && let Some(breach) = self.breaches.get_mut(invariant as usize) {
            breach.failing += 1;
            breach.first.get_or_insert(place);
        }
    }

    /// The shortest way to the host at `position`, of the shortest ones the first in canonical order.
    ///
    /// Nothing is kept of the ways when hosts are found. But hosts equally far stand in the order of
    /// their ways, so that the first host that leads to another is the last but one on its way.
    pub fn way(&self, orders: &Orders, space: &Space<N>, position: usize) -> Vec<Action> {
        let mut way = Vec::new();
        let mut target = position;
        let level = self.levels.partition_point(|it| *it <= position).saturating_sub(1);
        for start in self.levels.iter().take(level).rev() {
            let nearer = self.order.iter().enumerate().skip(*start);
            let found = nearer
                .filter_map(|(at, number)| Some((at, self.leads(orders, space, *number, target)?)));
            let Some((at, action)) = found.into_iter().next() else { break };
            way.push(action);
            target = at;
        }
        way.reverse();
        way
    }

    /// The first action that leads from `number` to the host at `target`.
    fn leads(&self, orders: &Orders, space: &Space<N>, number: N, target: usize) -> Option<Action> {
        let here = space.here(number);
        let target = self.order.get(target)?;
        let leads = |action: &&Action| {
            let next = step(orders.rules, &here.host, **action).ok();
            next.and_then(|it| space.next(&here, &it.host)) == Some(*target)
        };
        orders.actions.iter().find(leads).copied()
    }
}
