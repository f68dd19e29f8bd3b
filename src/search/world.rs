//! Worlds: sets of first hosts, each with every damage that it may hide.

use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::host::Shares;
use crate::model::set::Components;
use std::collections::BTreeMap;

/// Which services a world has beside the base services.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Services {
    /// World `article`: Services for Macintosh, SNMP, Remote Access and the NetWare gateway.
    Article,
    /// World `catalogue`: all ten.
    Catalogue,
}

/// What may be damaged in a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Damage {
    /// The protocols, Services for Macintosh and the SNMP Service.
    Article,
    /// Everything that is installed, base services included.
    Any,
}

/// A set of cases: first hosts that an operator can tell apart, each with every hidden damage.
///
/// Hosts are ordered by their components (fewer first, then canonical), then service pack, upgrade,
/// Exchange with its IMC, and shares. Cases of one host are ordered by their damage, fewer first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// Which services there are.
    pub services: Services,
    /// What may be damaged.
    pub damage: Damage,
    /// The sets of components, base services included.
    pub installed: Vec<Components>,
    /// The service packs; 0 is none.
    pub service_packs: Vec<u8>,
    /// Whether the host was upgraded.
    pub upgraded: Vec<bool>,
    /// The versions of Exchange, each with the state of its IMC.
    pub exchange: Vec<(Exchange, Imc)>,
    /// The shares.
    pub shares: Vec<Shares>,
}

/// The shares of a host that has any, in every world.
pub const TWO_SHARES: Shares = Shares::first(2);

impl World {
    /// The world of these services and this damage, whole.
    pub fn new(services: Services, damage: Damage) -> Self {
        let optional = match services {
            Services::Article => Components::of(&[
                Component::Macintosh,
                Component::Snmp,
                Component::Ras,
                Component::Gateway,
            ]),
            Services::Catalogue => Components::SERVICES,
        };
        let choices = Components::PROTOCOLS.without(Component::Tcpip).or(optional);
        let always = Components::BASE.with(Component::Tcpip);
        let mut installed: Vec<Components> = choices
            .subsets()
            .filter(|it| !it.has(Component::Macintosh) || it.has(Component::Appletalk))
            .filter(|it| !it.has(Component::Gateway) || it.has(Component::Nwlink))
            .map(|it| it.or(always))
            .collect();
        installed.sort_by_key(|it| (it.len(), it.canonical()));
        Self {
            services,
            damage,
            installed,
            service_packs: vec![0, 3],
            upgraded: vec![false, true],
            exchange: vec![
                (Exchange::V40, Imc::Stopped),
                (Exchange::V50, Imc::Stopped),
                (Exchange::V50, Imc::Absent),
            ],
            shares: vec![Shares::NONE, TWO_SHARES],
        }
    }

    /// The number of first hosts that an operator can tell apart.
    pub fn hosts(&self) -> usize {
        self.installed.len() * self.per_set()
    }

    /// The number of first hosts with one set of components.
    fn per_set(&self) -> usize {
        self.service_packs.len() * self.upgraded.len() * self.exchange.len() * self.shares.len()
    }

    /// The first host at `index`, without damage.
    pub fn host(&self, index: usize) -> Option<Host> {
        let mut rest = index;
        let mut digit = |base: usize| {
            let digit = rest.checked_rem(base)?;
            rest /= base;
            Some(digit)
        };
        let shares = *self.shares.get(digit(self.shares.len())?)?;
        let (exchange, imc) = *self.exchange.get(digit(self.exchange.len())?)?;
        let upgraded = *self.upgraded.get(digit(self.upgraded.len())?)?;
        let service_pack = *self.service_packs.get(digit(self.service_packs.len())?)?;
        let installed = *self.installed.get(rest)?;
        let host = Host::consistent(Os::Nt40, exchange, installed, Components::EMPTY);
        Some(Host { shares, service_pack, upgraded, imc, ..host })
    }

    /// Everything that is installed on some host.
    pub fn catalogue(&self) -> Components {
        self.installed.iter().fold(Components::EMPTY, |set, it| set.or(*it))
    }

    /// This world with one host for all that differ in which of `untouched` they have, and what of
    /// `untouched` a host may lack; the world as it is, and nothing, where it does not have all of them.
    pub fn merged(&self, untouched: Components) -> (Self, Components) {
        let mut most: BTreeMap<Components, (Components, u64)> = BTreeMap::new();
        for set in &self.installed {
            let (all, count) = most.entry(set.less(untouched)).or_default();
            *all = all.or(*set);
            *count += 1;
        }
        let complete = most.values().all(|(all, count)| *count == 1 << all.and(untouched).len());
        if !complete {
            return (self.clone(), Components::EMPTY);
        }
        let mut installed: Vec<Components> = most.into_values().map(|(all, _)| all).collect();
        installed.sort_by_key(|it| (it.len(), it.canonical()));
        (Self { installed, ..self.clone() }, untouched)
    }

    /// What may be damaged on `host`.
    pub fn may_be_damaged(&self, host: &Host) -> Components {
        may_be_damaged(self.damage, host)
    }

    /// What may be damaged on any host.
    pub fn damageable(&self) -> Components {
        let host = Host::consistent(Os::Nt40, Exchange::V50, self.catalogue(), Components::EMPTY);
        self.may_be_damaged(&host)
    }

    /// The number of cases.
    pub fn cases(&self) -> u64 {
        let damages = |installed: &Components| {
            let host = Host::consistent(Os::Nt40, Exchange::V50, *installed, Components::EMPTY);
            1u64 << self.may_be_damaged(&host).len()
        };
        self.installed.iter().map(damages).sum::<u64>() * self.per_set() as u64
    }
}

/// A key that orders cases as documented: fewer components, fewer damaged, then the order of the world.
pub fn order(case: &Host) -> impl Ord + Copy + use<> {
    (
        (case.installed.len(), case.damaged.len(), case.installed.canonical()),
        (case.service_pack, case.upgraded, case.exchange, case.imc == Imc::Absent),
        (case.shares, case.damaged.canonical()),
    )
}

/// What may be damaged on `host`.
pub const fn may_be_damaged(damage: Damage, host: &Host) -> Components {
    match damage {
        Damage::Article => host
            .installed
            .and(Components::PROTOCOLS.with(Component::Macintosh).with(Component::Snmp)),
        Damage::Any => host.installed,
    }
}

/// `host` with this damage, consistent on disk and in memory.
pub fn with_damage(host: &Host, damage: Components) -> Host {
    Host { damaged: damage, failing: damage, ..*host }
}
