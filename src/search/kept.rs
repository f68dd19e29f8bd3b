//! Whether a host can be repaired with its shares kept, by somebody who knows the damage: every order of
//! single actions.

use super::ground::Ground;
use super::ground::try_of;
use super::reach::Goal;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::set::Components;
use crate::model::step::step;
use std::collections::BTreeSet;

/// The most components that are taken out and put in.
const MOVED_MAX: usize = 4;

/// How many hosts the actions of `ground` reach from its host with `damage`, no share being lost and no
/// restart done with files from the CD under a service pack, where none of them is a repaired one. None
/// where one is, or where there are too many components to say.
pub fn never_repaired(ground: &Ground, damage: Components) -> Option<usize> {
    let first = with_damage(&ground.host, damage);
    let goal = Goal { first, keep_shares: true, no_mixed_boot: true };
    let own = first.installed.less(Components::BASE).iter().filter(|it| ground.may_move(*it));
    let moved: Vec<Component> = own.chain(ground.stand_in).collect();
    if moved.len() > MOVED_MAX {
        return None;
    }
    let mut actions: Vec<Action> = moved.iter().copied().map(Action::Remove).collect();
    actions.extend(moved.iter().copied().map(Action::Install));
    actions.extend([Action::ApplyServicePack(first.service_pack), Action::Restart]);
    let mut seen: BTreeSet<Host> = BTreeSet::from([first]);
    let mut open = vec![first];
    while let Some(host) = open.pop() {
        if goal.is_met(&host) {
            return None;
        }
        for action in actions.iter().copied().chain([try_of(&host)]) {
            let Ok(next) = step(ground.rules, &host, action) else { continue };
            if goal.allows(&host, action, &next.host) && seen.insert(next.host) {
                open.push(next.host);
            }
        }
    }
    Some(seen.len())
}
