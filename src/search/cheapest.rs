//! The cheapest ways to a repaired host: the fewest restarts, then the fewest actions, then the first in canonical order.
//!
//! Hosts are settled by cost, and those of one cost in the order of their ways, so that whoever is met
//! first is met on its best way. Restarts lead to the next round; where hosts that a restart led to and
//! hosts that another action led to have one cost, their ways are compared and the two orders merged.

use super::census::Orders;
use super::ends::Way;
use super::number::Number;
use super::seen::Seen;
use super::space::Here;
use super::space::Space;
use crate::model::action::Action;
use crate::model::step::step;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Restarts, then all actions.
type Cost = (u32, u32);

/// A host met on its way.
#[derive(Clone, Copy, Debug)]
struct Stop<N> {
    number: N,
    /// The position of the stop before it; its own for the first host.
    from: usize,
    /// The action that led here; the first host has none, and this is not looked at.
    action: Action,
}

#[derive(Debug)]
struct Search<'a, N> {
    orders: &'a Orders,
    space: &'a Space<N>,
    /// Everything settled, by cost and way.
    stops: Vec<Stop<N>>,
    settled: Seen<N>,
    /// What a restart was found to lead to, each on its best way among those that end with a restart.
    due: BTreeMap<Cost, Vec<Stop<N>>>,
    restarted: Seen<N>,
}

/// The cheapest way to a repaired host with nothing ever lost, and that with shares lost on the way.
/// The numbers of `space` keep what was lost; there are about `most` hosts.
pub fn cheapest<N: Number>(orders: &Orders, space: &Space<N>, most: usize) -> [Option<Way>; 2] {
    let first = Stop { number: space.first(), from: 0, action: Action::Restart };
    let mut search = Search {
        orders,
        space,
        stops: Vec::new(),
        settled: Seen::new(space.size(), most),
        due: BTreeMap::from([((0, 0), vec![first])]),
        restarted: Seen::new(space.size(), most),
    };
    let [mut kept, mut again] = [None; 2];
    let can_lose = !orders.first.shares.is_empty();
    let mut round = search.next_restarts();
    while let Some(((restarts, actions), stops)) = round {
        let next = (restarts, actions + 1);
        let met = search.restarts_due(next);
        let mut plain = Vec::new();
        let begin = search.stops.len();
        search.stops.extend(stops);
        for at in begin..search.stops.len() {
            let Some(stop) = search.stops.get(at) else { break };
            let here = space.here(stop.number);
            if orders.repaired(&here.host) {
                let end = if here.ever_lost { &mut again } else { &mut kept };
                end.get_or_insert(at);
            }
            if (can_lose && again.is_none()) || (kept.is_none() && !here.ever_lost) {
                search.leave(at, &here, next, &mut plain);
            }
        }
        if kept.is_some() && (again.is_some() || !can_lose) {
            break;
        }
        let merged = search.merged(&plain, &met);
        round = if merged.is_empty() { search.next_restarts() } else { Some((next, merged)) };
    }
    [kept, again].map(|end| end.map(|it| search.way(it)))
}

impl<N: Number> Search<'_, N> {
    /// Takes every action on the stop at `at`, which is `here`. What restarts lead to is due in the
    /// next round; what other actions lead to for the first time is settled and added to `plain`.
    fn leave(&mut self, at: usize, here: &Here<N>, cost: Cost, plain: &mut Vec<Stop<N>>) {
        for action in &self.orders.actions {
            let Ok(step) = step(self.orders.rules, &here.host, *action) else { continue };
            let Some(number) = self.space.next(here, &step.host) else { continue };
            let met = Stop { number, from: at, action: *action };
            if *action == Action::Restart {
                if !self.settled.has(number) && self.restarted.insert(number) {
                    self.due.entry((cost.0 + 1, cost.1)).or_default().push(met);
                }
            } else if self.settled.insert(number) {
                plain.push(met);
            }
        }
    }

    /// What restarts lead to at this cost and nothing did before.
    fn restarts_due(&mut self, cost: Cost) -> Vec<Stop<N>> {
        let mut due = self.due.remove(&cost).unwrap_or_default();
        due.retain(|it| !self.settled.has(it.number));
        due
    }

    /// The cheapest that restarts lead to and nothing did before, settled.
    fn next_restarts(&mut self) -> Option<(Cost, Vec<Stop<N>>)> {
        while let Some((cost, _)) = self.due.first_key_value() {
            let cost = *cost;
            let due = self.restarts_due(cost);
            if !due.is_empty() {
                for stop in &due {
                    self.settled.insert(stop.number);
                }
                return Some((cost, due));
            }
        }
        None
    }

    /// Stops of one cost in the order of their ways, each once; those that restarts led to are settled.
    fn merged(&mut self, plain: &[Stop<N>], restarts: &[Stop<N>]) -> Vec<Stop<N>> {
        let mut all = Vec::with_capacity(plain.len() + restarts.len());
        let mut twice = BTreeMap::new();
        let mut done = 0;
        for stop in restarts.iter().copied() {
            if !self.settled.insert(stop.number) {
                twice.insert(stop.number, false);
            }
            let before = plain.partition_point(|it| self.compare(*it, stop) == Ordering::Less);
            all.extend_from_slice(plain.get(done..before).unwrap_or_default());
            all.push(stop);
            done = before;
        }
        all.extend_from_slice(plain.get(done..).unwrap_or_default());
        all.retain(|it| {
            twice.get_mut(&it.number).is_none_or(|seen| !std::mem::replace(seen, true))
        });
        all
    }

    /// The order of the ways to two stops of one cost.
    fn compare(&self, one: Stop<N>, other: Stop<N>) -> Ordering {
        let (mut one, mut other) = (one, other);
        while one.from != other.from {
            let before = (self.stops.get(one.from), self.stops.get(other.from));
            let (Some(left), Some(right)) = before else { break };
            (one, other) = (*left, *right);
        }
        one.action.cmp(&other.action)
    }

    fn way(&self, at: usize) -> Way {
        let mut actions = Vec::new();
        let mut at = at;
        while let Some(stop) = self.stops.get(at).filter(|it| it.from != at) {
            actions.push(stop.action);
            at = stop.from;
        }
        actions.reverse();
        Way { actions }
    }
}
