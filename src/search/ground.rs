//! What a planner has to know of a host, asked of the model by small experiments.
//!
//! No rule is repeated here: what a reinstallation repairs, what a try needs and what keeps the shares
//! is found out by doing it. Components that come out alike can stand for each other in a plan.

use super::odds::Odds;
use super::odds::OddsOf;
use super::odds::Weights;
use super::world::Damage;
use super::world::may_be_damaged;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::component::Kind;
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
    /// What the article does: both services together, or one protocol, are removed and, after a restart,
    /// installed. Nothing is booted that was not there at first.
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

    /// What is ever taken out: the article reinstalls what may be damaged after it.
    pub const fn moves(self) -> Components {
        match self {
            Self::Article => Components::PROTOCOLS.with(Component::Macintosh).with(Component::Snmp),
            Self::Model => Components::ALL,
        }
    }
}

/// The number of groups of components that can stand for each other.
pub const GROUPS: usize = 12;

/// The group that a plan cannot repair.
pub const STUCK: usize = GROUPS - 1;

/// How many of each group.
pub type Counts = [u8; GROUPS];

/// The most that the weights of all damages of one host may add up to.
pub const WEIGHT_MAX: u128 = 1 << 64;

/// Components that can stand for each other in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The components.
    pub members: Components,
    /// Whether a try tells nothing without each of them.
    pub needed: bool,
    /// Whether each of them carries the shares.
    pub carries: bool,
    /// Whether each of them is a protocol.
    pub protocol: bool,
    /// The odds of each of them.
    pub odds: Odds,
}

impl Group {
    const NONE: Self = Self {
        members: Components::EMPTY,
        needed: false,
        carries: false,
        protocol: false,
        odds: Odds::EVEN,
    };
}

/// Why a host cannot be planned for with some odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TooFine {
    /// Too many components differ in their odds.
    Different,
    /// The numbers are too large for so many components.
    Large,
}

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
    /// The odds of damage.
    pub odds: OddsOf,
    /// What of it is in the way of a start where it is damaged, cut into groups; the last is what a plan
    /// cannot repair, whatever its odds.
    pub groups: [Group; GROUPS],
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
            odds: OddsOf::EVEN,
            groups: [Group::NONE; GROUPS],
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
            let repaired = ground.is_repaired_by_reinstalling(component);
            let group = Group {
                members: Components::of(&[component]),
                needed: repaired && ground.is_needed(component),
                carries: repaired && carriers.has(component),
                protocol: component.kind() == Kind::Protocol,
                odds: Odds::EVEN,
            };
            ground.at_once &= !repaired || ground.is_repaired_at_once(component);
            // Of even odds there are four groups at most.
            ground.add(group, repaired);
        }
        ground.lasting = installed.and(carriers).less(ground.suspects().less(ground.stuck()));
        ground
    }

    /// The same ground with other odds.
    ///
    /// # Errors
    ///
    /// When the odds differ in more components, or are larger, than a plan can reckon with.
    pub fn with_odds(&self, odds: OddsOf) -> Result<Self, TooFine> {
        if odds.weights(self.universe).any > WEIGHT_MAX {
            return Err(TooFine::Large);
        }
        let mut ground = Self { odds, groups: [Group::NONE; GROUPS], ..*self };
        for (index, group) in self.groups.iter().enumerate() {
            for it in group.members.iter() {
                let members = Components::of(&[it]);
                let alone = Group { members, odds: odds.of(it), ..*group };
                if !ground.add(alone, index != STUCK) {
                    return Err(TooFine::Different);
                }
            }
        }
        Ok(ground)
    }

    /// Adds the members of `new` to the group that is like it, or to the stuck one; whether there was room.
    fn add(&mut self, new: Group, repaired: bool) -> bool {
        let like = |it: &Group| Group { members: new.members, ..*it } == new;
        let same = self.groups.iter().take(STUCK).position(|it| !it.members.is_empty() && like(it));
        let free = self.groups.iter().take(STUCK).position(|it| it.members.is_empty());
        let at = if repaired { same.or(free) } else { Some(STUCK) };
        let Some(group) = at.and_then(|it| self.groups.get_mut(it)) else { return false };
        *group = Group { members: group.members.or(new.members), ..new };
        true
    }

    /// What may be damaged and would be in the way.
    pub fn suspects(&self) -> Components {
        self.groups.iter().fold(Components::EMPTY, |all, it| all.or(it.members))
    }

    /// What of it a plan cannot repair.
    pub fn stuck(&self) -> Components {
        self.groups.last().map_or(Components::EMPTY, |it| it.members)
    }

    /// How many of each group are in `set`.
    pub fn count(&self, set: Components) -> Counts {
        // There are fewer components than a byte can count.
        self.groups.map(|it| u8::try_from(it.members.and(set).len()).unwrap_or(u8::MAX))
    }

    /// What the damages of so many of each group weigh; of what cannot be repaired it is all or none.
    pub fn weights(&self, counts: Counts) -> Weights {
        let mut all = Weights::ONE;
        for (group, count) in self.groups.iter().zip(counts).take(STUCK).filter(|it| it.1 > 0) {
            all = all.and(Weights::of(group.odds, count.into()));
        }
        if counts.last().is_some_and(|it| *it > 0) {
            all = all.and(self.odds.weights(self.stuck()));
        }
        all
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
        self.allowed.moves().has(component)
    }

    /// Whether the next boot may find `out` missing where the last one found `before` missing: the article
    /// brings everything back before it takes out more, and one protocol at a time.
    pub const fn may_boot(&self, before: Components, out: Components) -> bool {
        match self.allowed {
            Allowed::Model => true,
            Allowed::Article => {
                let protocols = out.and(Components::PROTOCOLS).len();
                out.is_empty() || before.is_empty() && (protocols == 0 || out.len() == 1)
            }
        }
    }

    /// Whether a plan may do `action` on `host`, which leads to `next`.
    pub fn permits(&self, host: &Host, action: Action, next: &Host) -> bool {
        let first = self.host.installed;
        match (self.allowed, action) {
            (Allowed::Article, Action::Remove(it)) => self.may_move(it) || !first.has(it),
            // The article restarts between removing and installing.
            (Allowed::Article, Action::Install(it)) => {
                first.has(it) && !next.installed.less(host.installed).meets(host.running)
            }
            (Allowed::Article, Action::Restart) => {
                let [before, out] = [host.running, host.installed].map(|it| first.less(it));
                self.may_boot(before, out) && host.installed.within(first)
            }
            (Allowed::Model | Allowed::Article, _) => true,
        }
    }

    /// The first so many of each group in `from`.
    pub fn pick(&self, from: Components, counts: Counts) -> Components {
        let some = |(it, many): (&Group, u8)| part(it.members.and(from), 0, many.into());
        self.groups.iter().zip(counts).map(some).fold(Components::EMPTY, Components::or)
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

/// So many members of `set`, after so many others.
pub fn part(set: Components, skipped: u32, count: u32) -> Components {
    set.iter().skip(skipped as usize).take(count as usize).collect()
}
