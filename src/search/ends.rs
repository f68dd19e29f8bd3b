//! What can come of a host: the ways to a repaired one, and the hosts from which there is none.

use super::census::Census;
use super::census::Orders;
use super::number::Number;
use super::seen::Seen;
use super::space::Here;
use super::space::Space;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::step::step;

/// What can come of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    /// The cheapest way to a repaired host on which nothing was ever lost.
    pub nothing_lost: Option<Way>,
    /// The cheapest way to a repaired host on which shares were lost and shared again.
    pub shared_again: Option<Way>,
    /// How many hosts have no way to a repaired one.
    pub dead: usize,
    /// The shortest way into one of them.
    pub into_dead: Option<Way>,
}

/// Actions that lead from the first host to an end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The actions, in order.
    pub actions: Vec<Action>,
}

impl Way {
    /// How many of the actions are restarts.
    pub fn restarts(&self) -> usize {
        self.actions.iter().filter(|it| **it == Action::Restart).count()
    }
}

impl Orders {
    /// Whether `host` is repaired: the IMC runs, nothing is lost or pending, and components and service
    /// pack are those of the first host.
    pub fn repaired(&self, host: &Host) -> bool {
        host.imc == Imc::Running
            && host.lost.is_empty()
            && !host.restart_pending
            && host.installed == self.first.installed
            && host.service_pack == self.first.service_pack
    }
}

/// The positions of all hosts from which no way leads to one that is `good`, ascending.
pub fn dead_ends<N: Number>(
    orders: &Orders,
    space: &Space<N>,
    census: &Census<N>,
    good: impl Fn(&Host) -> bool,
) -> Vec<usize> {
    let mut alive = Seen::new(space.size(), census.order.len());
    for number in &census.order {
        if good(&space.here(*number).host) {
            alive.insert(*number);
        }
    }
    walk(orders, space, census, &mut alive);
    let dead = |alive: &Seen<N>, it: &N| !alive.has(*it);
    let mut rest: Vec<N> = census.order.iter().copied().filter(|it| dead(&alive, it)).collect();
    let mut before = rest.len() + 1;
    while rest.len() < before {
        before = rest.len();
        rest.retain(|it| {
            let here = space.here(*it);
            let leads = |action: &Action| leads(orders, space, &here, *action);
            let found = orders.actions.iter().filter_map(leads).any(|it| alive.has(it));
            if found {
                alive.insert(*it);
            }
            !found
        });
    }
    let positions = census.order.iter().enumerate();
    positions.filter(|(_, it)| dead(&alive, it)).map(|(at, _)| at).collect()
}

/// Walks on from each host until one is met that is known to have a way: then every host on the walk
/// has one. Each host is walked through once, so that some may be left that have a way too.
fn walk<N: Number>(orders: &Orders, space: &Space<N>, census: &Census<N>, alive: &mut Seen<N>) {
    let mut met = Seen::new(space.size(), census.order.len());
    for number in &census.order {
        let mut walk = Vec::new();
        if !alive.has(*number) && met.insert(*number) {
            walk.push((*number, orders.actions.iter().rev()));
        }
        while let Some((number, actions)) = walk.last_mut() {
            let here = space.here(*number);
            let mut next = actions.filter_map(|it| leads(orders, space, &here, *it));
            match next.find(|it| alive.has(*it) || met.insert(*it)) {
                Some(next) if alive.has(next) => {
                    for (number, _) in walk.drain(..) {
                        alive.insert(number);
                    }
                }
                Some(next) => walk.push((next, orders.actions.iter().rev())),
                None => {
                    walk.pop();
                }
            }
        }
    }
}

/// The number of the host that `action` leads to.
fn leads<N: Number>(
    orders: &Orders,
    space: &Space<N>,
    here: &Here<N>,
    action: Action,
) -> Option<N> {
    space.next(here, &step(orders.rules, &here.host, action).ok()?.host)
}
