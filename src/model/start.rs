//! The start sequence of the IMC: what is checked, in which order, and what was in the way.

use super::catalogue::Binding;
use super::catalogue::bindings;
use super::component::Component;
use super::event::Event;
use super::event::Events;
use super::host::Host;
use super::rule::RuleId;
use super::rule::RuleSet;
use super::set::Components;

/// Why a start failed, as far as the operator can see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StartFailure {
    /// The Server service is not running.
    ServerNotRunning,
    /// RPC Configuration is not in memory.
    RpcMissing,
    /// TCP/IP is not in memory.
    TcpipMissing,
    /// The queue viewing interface could not be registered.
    NotRegistered,
}

impl StartFailure {
    /// All failures, in the order in which they are checked.
    pub const ALL: [Self; 4] =
        [Self::ServerNotRunning, Self::RpcMissing, Self::TcpipMissing, Self::NotRegistered];

    /// The error that the Services tool shows.
    pub const fn error(self) -> u16 {
        match self {
            Self::ServerNotRunning => 1068,
            Self::RpcMissing | Self::TcpipMissing => 1075,
            Self::NotRegistered => 2140,
        }
    }

    /// The text of that error.
    ///
    /// # Source
    ///
    /// F150, F151.
    pub const fn error_text(self) -> &'static str {
        match self {
            Self::ServerNotRunning => "The dependency service or group failed to start.",
            Self::RpcMissing | Self::TcpipMissing => {
                "The dependency service does not exist or has been marked for deletion."
            }
            Self::NotRegistered => "An internal Windows NT error occurred.",
        }
    }

    /// The events that it logs.
    pub const fn events(self) -> Events {
        match self {
            Self::ServerNotRunning | Self::RpcMissing => Events::NONE,
            Self::TcpipMissing => Events::NONE.with(Event::ImcNeedsTcpip),
            Self::NotRegistered => Events::NONE.with(Event::QueueInterfaceNotRegistered),
        }
    }

    /// The rule by which the start fails.
    pub const fn rule(self) -> RuleId {
        match self {
            Self::ServerNotRunning => RuleId::ExchangeNeedsServer,
            Self::RpcMissing => RuleId::ExchangeNeedsRpc,
            Self::TcpipMissing => RuleId::ImcNeedsTcpip,
            Self::NotRegistered => RuleId::FailingComponentStopsRegistration,
        }
    }

    const fn stands_in(self, rules: RuleSet, host: &Host) -> bool {
        match self {
            Self::ServerNotRunning => !server_runs(rules, host),
            Self::RpcMissing => !host.running.has(Component::Rpc),
            Self::TcpipMissing => !host.running.has(Component::Tcpip),
            Self::NotRegistered => !host.failing.is_empty(),
        }
    }
}

/// The protocols that carry shares and the Server service, under the rules believed.
pub const fn share_carriers(rules: RuleSet) -> Components {
    if rules.believes(RuleId::OnlyTransportsCarryShares) {
        Components::TRANSPORTS
    } else {
        Components::PROTOCOLS
    }
}

/// Whether the Server service runs: it is in memory, and a protocol that carries it is.
pub const fn server_runs(rules: RuleSet, host: &Host) -> bool {
    host.running.has(Component::Server) && host.running.meets(share_carriers(rules))
}

/// Starts the IMC of `host`: the first failure wins.
///
/// # Errors
///
/// Returns the failure that a believed rule finds first, in the order of [`StartFailure::ALL`].
///
/// # Source
///
/// The order of the first three checks is that of the service dependencies, F17; 4087 comes last,
/// because the IMC itself must run to register anything.
pub fn start(rules: RuleSet, host: &Host) -> Result<(), StartFailure> {
    for failure in StartFailure::ALL {
        if rules.believes(failure.rule()) && failure.stands_in(rules, host) {
            return Err(failure);
        }
    }
    Ok(())
}

/// What is wrong with a failing component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Its bindings are corrupted on the disk: the first of them, or none where nothing that the
    /// component could be bound to is in memory.
    Binding(Option<Binding>),
    /// Its files came from the CD after the service pack was applied.
    CdFiles,
    /// The disk has changed since; memory is as the last boot loaded it.
    Memory,
}

/// A failing component that is in the way of the registration. Hidden from the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The failing component.
    pub component: Component,
    /// The RPC sequence of it that cannot be registered; none where it carries none.
    pub sequence: Option<&'static str>,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is in the way of the registration on `host`: those that carry an RPC sequence first, each
/// group in canonical order. Empty where nothing fails.
pub fn obstacles(host: &Host) -> Vec<Obstacle> {
    let mut found: Vec<Obstacle> = host.failing.iter().map(|it| obstacle(host, it)).collect();
    found.sort_by_key(|it| it.sequence.is_none());
    found
}

fn obstacle(host: &Host, component: Component) -> Obstacle {
    let fault = if host.damaged.has(component) {
        Fault::Binding(bindings(host.running, component).first().copied())
    } else if host.cd_files.has(component) && !host.restart_pending {
        Fault::CdFiles
    } else {
        Fault::Memory
    };
    Obstacle { component, sequence: component.sequences().first().copied(), fault }
}
