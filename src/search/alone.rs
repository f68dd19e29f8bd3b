//! One damaged component by itself: what somebody who knew of it would need, in every order of actions.

use super::ground::Allowed;
use super::ground::Ground;
use super::ground::try_of;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::component::Component;
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
    pub restarts: Option<u64>,
    /// Whether a try fails without it, all protocols being there.
    pub needed: bool,
    /// Whether a boot with it and no protocol besides keeps the shares.
    pub keeps_shares: bool,
    /// How many hosts were looked at.
    pub hosts: u64,
}

impl Alone {
    /// Whether a plan may take one for the other.
    pub fn is_like(&self, other: &Self) -> bool {
        Self { hosts: 0, ..*self } == Self { hosts: 0, ..*other }
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
        hosts,
    }
}

/// The fewest restarts to have the component sound in memory, and how many hosts were looked at.
fn every_order(ground: &Ground, component: Component) -> (Option<u64>, u64) {
    let first = with_damage(&ground.host, Components::EMPTY.with(component));
    let mut actions = vec![Action::Restart, Action::ApplyServicePack(first.service_pack)];
    if ground.may_move(component) {
        actions.extend([Action::Remove(component), Action::Install(component)]);
    }
    let mut seen = BTreeMap::from([(first, 0)]);
    let mut open = vec![first];
    while let Some(host) = open.pop() {
        let restarts = seen.get(&host).copied().unwrap_or_default();
        for action in &actions {
            let Ok(next) = step(ground.rules, &host, *action) else { continue };
            // The article restarts between removing and installing.
            let too_early = ground.allowed == Allowed::Article
                && *action == Action::Install(component)
                && host.running.has(component);
            let restarts = restarts + u64::from(*action == Action::Restart);
            if !too_early && seen.get(&next.host).is_none_or(|it| restarts < *it) {
                seen.insert(next.host, restarts);
                open.push(next.host);
            }
        }
    }
    let good = |it: &Host| it.running.has(component) && it.failing.is_empty();
    let least = seen.iter().filter(|(host, _)| good(host)).map(|(_, restarts)| *restarts).min();
    (least, seen.len() as u64)
}
