//! What must hold of every host and every action, whatever is done in whatever order.

use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::rule::RuleSet;
use crate::model::start;

/// A claim about the model itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Invariant {
    /// `facts-fit-together`
    FactsFitTogether,
    /// `running-imc-could-start`
    RunningImcCouldStart,
    /// `memory-changes-at-restart`
    MemoryChangesAtRestart,
    /// `shares-lost-at-bare-restart`
    SharesLostAtBareRestart,
    /// `refusal-changes-nothing`
    RefusalChangesNothing,
}

/// What an invariant is a claim about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// Every host.
    Hosts,
    /// Every pair of a host and an action that is not refused there.
    Transitions,
    /// Every pair of a host and an action that is refused there.
    Refusals,
}

impl Of {
    /// The word in text and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Hosts => "hosts",
            Self::Transitions => "transitions",
            Self::Refusals => "refusals",
        }
    }
}

impl Invariant {
    /// All invariants: of hosts, of actions done, of actions refused.
    pub const ALL: [Self; 5] = [
        Self::FactsFitTogether,
        Self::RunningImcCouldStart,
        Self::MemoryChangesAtRestart,
        Self::SharesLostAtBareRestart,
        Self::RefusalChangesNothing,
    ];

    /// The word in text and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::FactsFitTogether => "facts-fit-together",
            Self::RunningImcCouldStart => "running-imc-could-start",
            Self::MemoryChangesAtRestart => "memory-changes-at-restart",
            Self::SharesLostAtBareRestart => "shares-lost-at-bare-restart",
            Self::RefusalChangesNothing => "refusal-changes-nothing",
        }
    }

    /// The claim.
    pub const fn claim(self) -> &'static str {
        match self {
            Self::FactsFitTogether => {
                "The facts fit together: what fails is loaded, and files from the CD are of installed components."
            }
            Self::RunningImcCouldStart => {
                "While the IMC runs, memory is such that it could start: nothing it needs is missing, nothing fails."
            }
            Self::MemoryChangesAtRestart => "Only a restart changes what is loaded and what fails.",
            Self::SharesLostAtBareRestart => {
                "Shares are lost only at a restart with no protocol installed that carries them."
            }
            Self::RefusalChangesNothing => "A refused action leaves the host as it was.",
        }
    }

    /// What it is a claim about.
    pub const fn is_of(self) -> Of {
        match self {
            Self::FactsFitTogether | Self::RunningImcCouldStart => Of::Hosts,
            Self::MemoryChangesAtRestart | Self::SharesLostAtBareRestart => Of::Transitions,
            Self::RefusalChangesNothing => Of::Refusals,
        }
    }
}

/// Whether the IMC of `host` runs and could not have been started on this memory.
pub fn runs_in_vain(rules: RuleSet, host: &Host) -> bool {
    match host.imc {
        Imc::Absent | Imc::Stopped => false,
        Imc::Running => start::start(rules, host).is_err(),
    }
}

/// Whether `action` changed memory and was no restart.
#[inline]
pub fn memory_changed(before: &Host, action: Action, after: &Host) -> bool {
    (before.running != after.running || before.failing != after.failing)
        && action != Action::Restart
}

/// Whether `action` lost a share and was no restart without a protocol that carries it.
#[inline]
pub fn lost_otherwise(rules: RuleSet, before: &Host, action: Action, after: &Host) -> bool {
    !after.lost.within(before.lost)
        && (action != Action::Restart || after.installed.meets(start::share_carriers(rules)))
}
