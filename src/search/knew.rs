//! What somebody who knew the damage would need: no plan needs less. One component by itself, in every order
//! of actions; and from these, what is left to pay at a moment of a plan.

use super::cost::Aim;
use super::cost::Aims;
use super::cost::Cost;
use super::cost::Value;
use super::ground::Ground;
use super::ground::Group;
use super::ground::STUCK;
use super::ground::try_of;
use super::moment::Moment;
use super::odds::Weights;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::component::Kind;
use crate::model::host::Host;
use crate::model::host::Shares;
use crate::model::set::Components;
use crate::model::start::share_carriers;
use crate::model::step::step;
use std::collections::BTreeMap;

/// What is known of one component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alone {
    /// The fewest restarts from damaged to sound and in memory; none where no order of actions leads there.
    pub restarts: Option<u128>,
    /// Whether a try fails without it, all protocols being there.
    pub needed: bool,
    /// Whether a boot with it and no protocol besides keeps the shares.
    pub keeps_shares: bool,
    /// Whether it is a protocol.
    pub protocol: bool,
    /// How many hosts were looked at.
    pub hosts: u64,
}

impl Alone {
    /// Whether it is as `group` says of its members.
    pub const fn is_of(&self, group: &Group) -> bool {
        self.needed == group.needed
            && self.keeps_shares == group.carries
            && self.protocol == group.protocol
    }
}

/// What is known of `component` on `ground`.
pub fn alone(ground: &Ground, component: Component) -> Alone {
    let (restarts, hosts) = every_order(ground, component);
    let with = |installed: Components| Host { installed, running: installed, ..ground.host };
    let all = with(ground.host.installed.or(Components::PROTOCOLS).without(component));
    let tried = step(ground.rules, &all, try_of(&all));
    let bare = ground.host.installed.less(Components::PROTOCOLS);
    let only = Host { shares: Shares::first(1), ..with(bare.with(component)) };
    let booted = step(ground.rules, &only, Action::Restart);
    Alone {
        restarts,
        needed: tried.is_ok_and(|it| it.failure.is_some()),
        keeps_shares: share_carriers(ground.rules).has(component)
            && booted.is_ok_and(|it| it.host.lost.is_empty()),
        protocol: component.kind() == Kind::Protocol,
        hosts,
    }
}

/// The fewest restarts to have the component sound in memory, and how many hosts were looked at.
fn every_order(ground: &Ground, component: Component) -> (Option<u128>, u64) {
    let first = with_damage(&ground.host, Components::EMPTY.with(component));
    let own = [Action::Remove(component), Action::Install(component)];
    let always = [Action::Restart, Action::ApplyServicePack(first.service_pack)];
    let mut seen = BTreeMap::from([(first, 0)]);
    let mut open = vec![first];
    while let Some(host) = open.pop() {
        let before = seen.get(&host).copied().unwrap_or_default();
        let brought = host.installed.less(first.installed).iter().map(Action::Remove);
        for action in own.into_iter().chain(always).chain(brought) {
            let Ok(next) = step(ground.rules, &host, action) else { continue };
            let restarts = before + u128::from(action == Action::Restart);
            if ground.permits(&host, action, &next.host)
                && seen.get(&next.host).is_none_or(|it| restarts < *it)
            {
                seen.insert(next.host, restarts);
                open.push(next.host);
            }
        }
    }
    let good = |it: &Host| it.running.has(component) && it.failing.is_empty();
    let least = seen.iter().filter(|(host, _)| good(host)).map(|(_, restarts)| *restarts).min();
    (least, seen.len() as u64)
}

/// What a case costs at `at` for the shares that are lost.
pub fn shared_again(ground: &Ground, aims: &Aims, at: &Moment) -> Cost {
    let shares = if at.lost { ground.host.shares.iter().count() } else { 0 };
    aims.order.unit(Aim::SharedAgain).times(shares as u128)
}

/// What somebody who knew the damage would still pay at `at`, where a repair takes `each` restarts.
pub fn who_knew(ground: &Ground, aims: &Aims, at: &Moment, each: u128) -> Value {
    let pay = |aim, count: u128| aims.order.unit(aim).times(count);
    let (weight, clear) = (at.weight(ground), at.succeeding(ground));
    let back = u128::from(!at.is_whole());
    let shared = shared_again(ground, aims, at);
    // Of the damages, those that leave everything stuck sound, and those that do not.
    let held = if at.here.last() > Some(&0) { ground.stuck() } else { Components::EMPTY };
    let held = ground.odds.weights(held);
    let all = ground.weights(at.here).any * at.since_failure.map_or(1, |it| it.any);
    let open = all / held.any * held.none;
    let closed = all - open;
    let movable = ground.groups.iter().zip(at.here).take(STUCK);
    let mended = movable
        .clone()
        .map(|(it, many)| open / it.odds.total() * u128::from(it.odds.damaged) * u128::from(many));
    let restarts = (weight - closed - clear) * each + (clear + closed) * back;
    let sum = pay(Aim::Unrepaired, closed)
        .and(pay(Aim::Restarts, restarts))
        .and(pay(Aim::Reinstalls, mended.sum()))
        .and(pay(Aim::Tries, weight - closed))
        .and(shared.times(weight));
    // The worst is no less than the case in which all is damaged that can be repaired, and no less than
    // one in which what is stuck is damaged, or nothing.
    let end = if held == Weights::ONE { Aim::Tries } else { Aim::Unrepaired };
    let mut worst = pay(Aim::Restarts, back).and(pay(end, 1));
    let movable: u8 = movable.map(|it| it.1).sum();
    if movable > 0 {
        let all = pay(Aim::Reinstalls, movable.into()).and(pay(Aim::Tries, 1));
        worst = worst.max(all.and(pay(Aim::Restarts, each)));
    }
    Value { sum, worst: worst.and(shared) }
}
