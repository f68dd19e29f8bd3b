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

/// The most hosts that are looked at.
const HOSTS_MAX: usize = 200_000;

/// What every order of actions comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// None leads to a repaired host; so many hosts are reached.
    Never(usize),
    /// Some leads to one.
    Possible,
    /// There are more hosts than are looked at.
    Unsearched,
}

/// Whether the actions of `ground` lead from its host with `damage` to a repaired one, no share being lost
/// and no restart done with files from the CD under a service pack.
pub fn kept(ground: &Ground, damage: Components) -> Kept {
    let first = with_damage(&ground.host, damage);
    let goal = Goal { first, keep_shares: true, no_mixed_boot: true };
    let own = first.installed.less(Components::BASE).iter().filter(|it| ground.may_move(*it));
    let moved: Vec<Component> = own.chain(ground.stand_in).collect();
    let own = moved.iter().flat_map(|it| [Action::Remove(*it), Action::Install(*it)]);
    let always = [Action::ApplyServicePack(first.service_pack), Action::Restart];
    let actions: Vec<Action> = own.chain(always).collect();
    let mut seen: BTreeSet<Host> = BTreeSet::from([first]);
    let mut open = vec![first];
    while let Some(host) = open.pop() {
        if goal.is_met(&host) {
            return Kept::Possible;
        }
        if seen.len() > HOSTS_MAX {
            return Kept::Unsearched;
        }
        let brought = host.installed.less(first.installed).iter().map(Action::Remove);
        for action in actions.iter().copied().chain(brought).chain([try_of(&host)]) {
            let Ok(next) = step(ground.rules, &host, action) else { continue };
            let may = ground.permits(&host, action, &next.host);
            if may && goal.allows(&host, action, &next.host) && seen.insert(next.host) {
                open.push(next.host);
            }
        }
    }
    Kept::Never(seen.len())
}
