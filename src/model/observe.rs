//! What an operator can see of a host. Damage, file level and memory are not in it, by type.

use super::event::Events;
use super::host::Exchange;
use super::host::Host;
use super::host::Imc;
use super::host::Os;
use super::host::Shares;
use super::refusal::Refusal;
use super::set::Components;
use super::start::StartFailure;
use super::step::Step;

/// What an action came to, as far as it can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// It was done.
    Done,
    /// The IMC did not start.
    Failed(StartFailure),
    /// It was not possible.
    Refused(Refusal),
}

impl Outcome {
    /// The outcome of a call to [`step`](super::step::step).
    pub const fn of(result: Result<&Step, Refusal>) -> Self {
        match result {
            Ok(step) => match step.failure {
                None => Self::Done,
                Some(failure) => Self::Failed(failure),
            },
            Err(refusal) => Self::Refused(refusal),
        }
    }

    /// The error that the operator is shown.
    pub const fn error(self) -> Option<u16> {
        match self {
            Self::Done => None,
            Self::Failed(failure) => Some(failure.error()),
            Self::Refused(refusal) => refusal.error(),
        }
    }

    /// The word in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed(_) => "failed",
            Self::Refused(_) => "refused",
        }
    }
}

/// The screen: what the operator sees before the next action.
///
/// The event logs are complete: each action's events arrive with its outcome, and whoever wants to
/// page back keeps them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Observation {
    /// Components that the Network dialog lists.
    pub installed: Components,
    /// The service pack applied; 0 is none.
    pub service_pack: u8,
    /// The version of Windows NT.
    pub os: Os,
    /// Whether the registry shows that the host once ran NT 3.51.
    pub upgraded: bool,
    /// The version of Exchange.
    pub exchange: Exchange,
    /// The Internet Mail Connector or Service.
    pub imc: Imc,
    /// The folder shares the host is meant to have.
    pub shares: Shares,
    /// Those that are no longer shared.
    pub lost: Shares,
    /// Whether a change waits for a restart.
    pub restart_pending: bool,
    /// What the last action came to; none before the first.
    pub last: Option<Outcome>,
    /// What the last action logged.
    pub events: Events,
}

impl Observation {
    /// What can be seen of `host` after an action that came to `last` and logged `events`.
    pub const fn of(host: &Host, last: Option<Outcome>, events: Events) -> Self {
        Self {
            installed: host.installed,
            service_pack: host.service_pack,
            os: host.os,
            upgraded: host.upgraded,
            exchange: host.exchange,
            imc: host.imc,
            shares: host.shares,
            lost: host.lost,
            restart_pending: host.restart_pending,
            last,
            events,
        }
    }
}
