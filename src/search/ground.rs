//! What a planner has to know of a host, asked of the model by small experiments.
//!
//! No rule is repeated here: what a reinstallation repairs, what a try needs and what keeps the shares
//! is found out by doing it. Components that come out alike can stand for each other in a plan.

use super::world::Damage;
use super::world::may_be_damaged;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Shares;
use crate::model::observe::Outcome;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::model::start;
use crate::model::start::StartFailure;
use crate::model::step::step;
use crate::model::trace::Turn;

/// Which actions a plan may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Allowed {
    /// What the article does: protocols, Services for Macintosh and SNMP are removed and, after a
    /// restart, installed.
    Article,
    /// Everything that the model allows: each component, and a protocol for the time being.
    Model,
}

impl Allowed {
    /// Both, the narrower first.
    pub const ALL: [Self; 2] = [Self::Article, Self::Model];

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Model => "model",
        }
    }
}

/// The number of groups of components that can stand for each other.
pub const GROUPS: usize = 5;

/// The group that a plan cannot repair.
pub const STUCK: usize = GROUPS - 1;

/// A host as a planner sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ground {
    /// The rules believed.
    pub rules: RuleSet,
    /// The actions that may be used.
    pub allowed: Allowed,
    /// The host as the operator sees it, with nothing damaged.
    pub host: Host,
    /// What may be damaged.
    pub universe: Components,
    /// What of it is in the way of a start where it is damaged, cut into groups: needed for a try and
    /// carrying the shares, carrying the shares, needed for a try, neither, and not to be repaired.
    pub groups: [Components; GROUPS],
    /// The protocols that carry shares and are never taken out.
    pub lasting: Components,
    /// Whether shares can be lost: there are some, and a boot without a carrier drops them.
    pub drops: bool,
    /// Whether a try tells nothing without a carrier in memory.
    pub try_needs_carrier: bool,
    /// A protocol that is not installed and can carry the shares for the time being.
    pub stand_in: Option<Component>,
    /// Whether removing and installing between the same two restarts repairs.
    pub at_once: bool,
    /// What a try comes to where nothing is damaged; none where the IMC starts.
    pub never: Option<Outcome>,
}

/// Tries the IMC: creates it where it is absent, else starts it.
pub const fn try_of(host: &Host) -> Action {
    match host.imc {
        Imc::Absent => Action::CreateIms,
        Imc::Stopped | Imc::Running => Action::StartImc,
    }
}

/// The actions that lead from one boot of `host` to the next, with `target` installed and `swapped`
/// removed and installed in between; and the host after it. The service pack is applied again where
/// files from the CD would be booted without. None where an action is refused.
pub fn session(
    rules: RuleSet,
    host: &Host,
    swapped: Components,
    target: Components,
) -> Option<(Vec<Action>, Host)> {
    let mut actions = Vec::new();
    let mut at = *host;
    let mut take = |at: &mut Host, action| {
        *at = step(rules, at, action).ok()?.host;
        actions.push(action);
        Some(())
    };
    for component in swapped.iter() {
        take(&mut at, Action::Remove(component))?;
    }
    for component in target.less(at.installed).iter() {
        // What an installation brought is there already.
        if !at.installed.has(component) {
            take(&mut at, Action::Install(component))?;
        }
    }
    for component in at.installed.less(target).iter() {
        take(&mut at, Action::Remove(component))?;
    }
    if !at.cd_files.is_empty() {
        let number = at.service_pack;
        take(&mut at, Action::ApplyServicePack(number))?;
    }
    take(&mut at, Action::Restart)?;
    Some((actions, at))
}

/// What a try on `host` comes to.
fn tried(rules: RuleSet, host: &Host) -> Outcome {
    Turn::take(rules, host, try_of(host)).outcome()
}

impl Ground {
    /// The ground of a plan for `host` as far as it can be seen.
    pub fn of(rules: RuleSet, host: &Host, damage: Damage, allowed: Allowed) -> Self {
        let sound = Host {
            running: host.installed,
            cd_files: Components::EMPTY,
            ..with_damage(host, Components::EMPTY)
        };
        let universe = may_be_damaged(damage, &sound);
        let carriers = start::share_carriers(rules);
        let installed = sound.installed;
        let bare = Host { shares: Shares::first(1), ..sound };
        let bare = session(rules, &bare, Components::EMPTY, installed.less(carriers));
        let bare = bare.map_or(sound, |(_, it)| it);
        let mut ground = Self {
            rules,
            allowed,
            host: sound,
            universe,
            groups: [Components::EMPTY; GROUPS],
            lasting: Components::EMPTY,
            drops: !sound.shares.is_empty() && !bare.lost.is_empty(),
            try_needs_carrier: tried(rules, &bare)
                == Outcome::Failed(StartFailure::ServerNotRunning),
            stand_in: carriers.less(installed).iter().next().filter(|_| allowed == Allowed::Model),
            at_once: allowed == Allowed::Model,
            never: Some(tried(rules, &sound)).filter(|it| *it != Outcome::Done),
        };
        let suspects = universe.iter().filter(|it| ground.stands_in_the_way(*it));
        for component in suspects.collect::<Components>().iter() {
            let group = match (ground.is_needed(component), carriers.has(component)) {
                _ if !ground.is_repaired_by_reinstalling(component) => STUCK,
                (true, true) => 0,
                (false, true) => 1,
                (true, false) => 2,
                (false, false) => 3,
            };
            ground.at_once &= group == STUCK || ground.is_repaired_at_once(component);
            if let Some(members) = ground.groups.get_mut(group) {
                *members = members.with(component);
            }
        }
        let movable = ground.suspects().less(ground.groups.last().copied().unwrap_or_default());
        ground.lasting = installed.and(carriers).less(movable);
        ground
    }

    /// What may be damaged and would be in the way.
    pub fn suspects(&self) -> Components {
        self.groups.iter().fold(Components::EMPTY, |all, it| all.or(*it))
    }

    /// How many of each group are in `set`.
    pub fn count(&self, set: Components) -> [u8; GROUPS] {
        // There are fewer components than a byte can count.
        self.groups.map(|it| u8::try_from(it.and(set).len()).unwrap_or(u8::MAX))
    }

    fn with(&self, component: Component) -> Host {
        with_damage(&self.host, Components::EMPTY.with(component))
    }

    fn stands_in_the_way(&self, component: Component) -> bool {
        self.never.is_none() && tried(self.rules, &self.with(component)) != Outcome::Done
    }

    /// Whether a try fails without the component, whatever protocols there are.
    fn is_needed(&self, component: Component) -> bool {
        let installed = self.host.installed.or(Components::PROTOCOLS).without(component);
        let host = Host { installed, running: installed, ..self.host };
        tried(self.rules, &host) != Outcome::Done
    }

    /// Whether the actions that may be used ever take this component of the host out.
    pub const fn may_move(&self, component: Component) -> bool {
        match self.allowed {
            Allowed::Model => true,
            // The article reinstalls what may be damaged after it.
            Allowed::Article => may_be_damaged(Damage::Article, &self.host).has(component),
        }
    }

    fn is_repaired_by_reinstalling(&self, component: Component) -> bool {
        let installed = self.host.installed;
        let without = installed.without(component);
        let repaired = || {
            let (_, out) = session(self.rules, &self.with(component), Components::EMPTY, without)?;
            let (_, back) = session(self.rules, &out, Components::EMPTY, installed)?;
            Some(back.failing.is_empty())
        };
        self.may_move(component) && repaired() == Some(true)
    }

    fn is_repaired_at_once(&self, component: Component) -> bool {
        let swapped = Components::EMPTY.with(component);
        session(self.rules, &self.with(component), swapped, self.host.installed)
            .is_some_and(|(_, it)| it.failing.is_empty())
    }
}
