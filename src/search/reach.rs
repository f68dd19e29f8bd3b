//! The shortest way from one host to a good end: every order of actions, breadth first.

use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::model::step::step;
use std::collections::BTreeMap;

/// A good end: the IMC runs, every folder is shared, and components, service pack and version of NT
/// are as at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Goal {
    /// The host as it was at first.
    pub first: Host,
    /// Whether no further share may be lost on the way.
    pub keep_shares: bool,
    /// Whether no restart may be done with files from the CD under a service pack.
    pub no_mixed_boot: bool,
}

/// The search was given up: more hosts than [`HOSTS_MAX`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GivenUp;

/// The most hosts that are looked at.
pub const HOSTS_MAX: usize = 60_000;

impl Goal {
    /// Whether `host` is a good end.
    pub fn is_met(&self, host: &Host) -> bool {
        host.imc == Imc::Running
            && host.lost.is_empty()
            && host.installed == self.first.installed
            && host.service_pack == self.first.service_pack
            && host.os == self.first.os
            && host.upgraded == self.first.upgraded
            && !host.restart_pending
    }

    /// Whether the goal lets `action` lead from `before` to `after`.
    pub fn allows(&self, before: &Host, action: Action, after: &Host) -> bool {
        let loses = self.keep_shares && !after.lost.within(before.lost);
        let mixes = self.no_mixed_boot && action == Action::Restart && !before.cd_files.is_empty();
        !loses && !mixes
    }
}

/// The fewest actions that lead from `host` to `goal`; none where no actions do. Among equals the
/// first in canonical order.
///
/// Only what could help is tried: components that are damaged, that have files from the CD, or that
/// are not as at first, and protocols that carry shares while none is there.
///
/// # Errors
///
/// When the search looked at [`HOSTS_MAX`] hosts and was not done.
pub fn shortest(rules: RuleSet, host: &Host, goal: &Goal) -> Result<Option<Vec<Action>>, GivenUp> {
    let actions = actions(host, goal);
    let mut came: BTreeMap<Host, Option<(Host, Action)>> = BTreeMap::from([(*host, None)]);
    let mut level = vec![*host];
    while !level.is_empty() {
        let mut next = Vec::new();
        for at in &level {
            if goal.is_met(at) {
                return Ok(Some(back(&came, *at)));
            }
            for action in &actions {
                let Ok(step) = step(rules, at, *action) else { continue };
                if goal.allows(at, *action, &step.host) && !came.contains_key(&step.host) {
                    came.insert(step.host, Some((*at, *action)));
                    next.push(step.host);
                }
            }
            if came.len() > HOSTS_MAX {
                return Err(GivenUp);
            }
        }
        level = next;
    }
    Ok(None)
}

fn actions(host: &Host, goal: &Goal) -> Vec<Action> {
    let first = goal.first.installed;
    let missing = first.less(host.installed);
    let wrong = host.damaged.or(host.cd_files).or(host.failing).or(missing);
    let wrong = wrong.or(host.installed.less(first));
    let mut actions: Vec<Action> = wrong.iter().map(Action::Remove).collect();
    actions.extend(wrong.or(stand_in(host)).iter().map(Action::Install));
    if goal.first.service_pack > 0 {
        actions.push(Action::ApplyServicePack(goal.first.service_pack));
    }
    actions.extend([Action::Restart, Action::StartImc, Action::CreateIms]);
    actions.extend(host.shares.iter().map(Action::Share));
    actions
}

/// A protocol to put in for the time being where a host has none; empty elsewhere.
fn stand_in(host: &Host) -> Components {
    if host.installed.meets(Components::PROTOCOLS) {
        Components::EMPTY
    } else {
        Components::of(&[Component::Tcpip])
    }
}

fn back(came: &BTreeMap<Host, Option<(Host, Action)>>, end: Host) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut at = end;
    while let Some(Some((before, action))) = came.get(&at) {
        actions.push(*action);
        at = *before;
    }
    actions.reverse();
    actions
}
