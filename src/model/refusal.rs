//! Why an action is not possible on a host. A refusal leaves the host as it was.

use super::action::ActionKind;

/// A refused action's reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// The component to remove is not installed.
    NotInstalled,
    /// The component to install is installed.
    AlreadyInstalled,
    /// This version of Windows NT has no such service pack.
    ServicePackUnknown,
    /// A later service pack is applied.
    ServicePackOlder,
    /// Only NT 3.51 can be upgraded.
    NotNt351,
    /// There is no IMC to start.
    ImcAbsent,
    /// The IMC runs already.
    ImcRunning,
    /// Exchange 4.0 has no Internet Mail Wizard.
    NoWizard,
    /// There is an IMC already.
    ImcExists,
    /// The folder is shared.
    ShareNotLost,
    /// The Server service is not running: net error 2114.
    ServerNotRunning,
}

impl Refusal {
    /// All refusals, in the order of the actions that give them.
    pub const ALL: [Self; 11] = [
        Self::NotInstalled,
        Self::AlreadyInstalled,
        Self::ServicePackUnknown,
        Self::ServicePackOlder,
        Self::NotNt351,
        Self::ImcAbsent,
        Self::ImcRunning,
        Self::NoWizard,
        Self::ImcExists,
        Self::ShareNotLost,
        Self::ServerNotRunning,
    ];

    /// The word in files and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::NotInstalled => "not-installed",
            Self::AlreadyInstalled => "already-installed",
            Self::ServicePackUnknown => "service-pack-unknown",
            Self::ServicePackOlder => "service-pack-older",
            Self::NotNt351 => "not-nt-351",
            Self::ImcAbsent => "imc-absent",
            Self::ImcRunning => "imc-running",
            Self::NoWizard => "no-wizard",
            Self::ImcExists => "imc-exists",
            Self::ShareNotLost => "share-not-lost",
            Self::ServerNotRunning => "server-not-running",
        }
    }

    /// What the operator is told.
    pub const fn says(self) -> &'static str {
        match self {
            Self::NotInstalled => "the component is not installed",
            Self::AlreadyInstalled => "the component is already installed",
            Self::ServicePackUnknown => "this version of Windows NT has no such service pack",
            Self::ServicePackOlder => "a later service pack is applied",
            Self::NotNt351 => "only Windows NT 3.51 can be upgraded",
            Self::ImcAbsent => "there is no IMC to start",
            Self::ImcRunning => "the IMC is already running",
            Self::NoWizard => "Exchange 4.0 has no Internet Mail Wizard",
            Self::ImcExists => "there is an IMC already",
            Self::ShareNotLost => "the folder is shared already",
            Self::ServerNotRunning => "error 2114: the Server service is not started",
        }
    }

    /// The error that the operator is shown with it; most are told in words only.
    ///
    /// # Source
    ///
    /// F150.
    pub const fn error(self) -> Option<u16> {
        match self {
            Self::ServerNotRunning => Some(2114),
            Self::NotInstalled
            | Self::AlreadyInstalled
            | Self::ServicePackUnknown
            | Self::ServicePackOlder
            | Self::NotNt351
            | Self::ImcAbsent
            | Self::ImcRunning
            | Self::NoWizard
            | Self::ImcExists
            | Self::ShareNotLost => None,
        }
    }

    /// The kind of action that can be refused for this reason.
    pub const fn given_by(self) -> ActionKind {
        match self {
            Self::NotInstalled => ActionKind::Remove,
            Self::AlreadyInstalled => ActionKind::Install,
            Self::ServicePackUnknown | Self::ServicePackOlder => ActionKind::ApplyServicePack,
            Self::NotNt351 => ActionKind::Upgrade,
            Self::ImcAbsent | Self::ImcRunning => ActionKind::StartImc,
            Self::NoWizard | Self::ImcExists => ActionKind::CreateIms,
            Self::ShareNotLost | Self::ServerNotRunning => ActionKind::Share,
        }
    }
}
