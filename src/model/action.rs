//! What a technician can do to a host.

use super::component::Component;

/// What the technician says at the end of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Claim {
    /// The IMC runs.
    Repaired,
    /// It does not.
    Unrepaired,
}

impl Claim {
    /// The word in the action language.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Repaired => "repaired",
            Self::Unrepaired => "unrepaired",
        }
    }
}

/// One action, in canonical order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// Remove a component in the Network dialog.
    Remove(Component),
    /// Install a component from the CD in the Network dialog.
    Install(Component),
    /// Apply this service pack; reapplying is applying the same one.
    ApplyServicePack(u8),
    /// Restart the computer.
    Restart,
    /// Upgrade NT 3.51 to 4.0.
    Upgrade,
    /// Start the IMC in the Services tool.
    StartImc,
    /// Create the Internet Mail Service with the wizard.
    CreateIms,
    /// Share a folder again, by its position in the host's list.
    Share(u8),
    /// End the run.
    Finish(Claim),
}

/// The kinds of action, without what they are done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ActionKind {
    /// `remove C`
    Remove,
    /// `install C`
    Install,
    /// `apply service pack N`
    ApplyServicePack,
    /// `restart`
    Restart,
    /// `upgrade`
    Upgrade,
    /// `start imc`
    StartImc,
    /// `create ims`
    CreateIms,
    /// `share S`
    Share,
    /// `finish CLAIM`
    Finish,
}

impl Action {
    /// The component that it removes.
    pub const fn removes(self) -> Option<Component> {
        if let Self::Remove(component) = self { Some(component) } else { None }
    }

    /// What it claims at the end.
    pub const fn claims(self) -> Option<Claim> {
        if let Self::Finish(claim) = self { Some(claim) } else { None }
    }

    /// The component that it installs.
    pub const fn installs(self) -> Option<Component> {
        if let Self::Install(component) = self { Some(component) } else { None }
    }

    /// Which kind of action it is.
    pub const fn kind(self) -> ActionKind {
        match self {
            Self::Remove(_) => ActionKind::Remove,
            Self::Install(_) => ActionKind::Install,
            Self::ApplyServicePack(_) => ActionKind::ApplyServicePack,
            Self::Restart => ActionKind::Restart,
            Self::Upgrade => ActionKind::Upgrade,
            Self::StartImc => ActionKind::StartImc,
            Self::CreateIms => ActionKind::CreateIms,
            Self::Share(_) => ActionKind::Share,
            Self::Finish(_) => ActionKind::Finish,
        }
    }

    /// Whether it tries the IMC: a start or a creation.
    pub const fn is_try(self) -> bool {
        matches!(self, Self::StartImc | Self::CreateIms)
    }
}

impl ActionKind {
    /// All kinds, in canonical order.
    pub const ALL: [Self; 9] = [
        Self::Remove,
        Self::Install,
        Self::ApplyServicePack,
        Self::Restart,
        Self::Upgrade,
        Self::StartImc,
        Self::CreateIms,
        Self::Share,
        Self::Finish,
    ];

    /// The words that it begins with.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Install => "install",
            Self::ApplyServicePack => "apply service pack",
            Self::Restart => "restart",
            Self::Upgrade => "upgrade",
            Self::StartImc => "start imc",
            Self::CreateIms => "create ims",
            Self::Share => "share",
            Self::Finish => "finish",
        }
    }

    /// The form in the action language; capitals stand for what is filled in.
    pub const fn form(self) -> &'static str {
        match self {
            Self::Remove => "remove COMPONENT",
            Self::Install => "install COMPONENT",
            Self::ApplyServicePack => "apply service pack NUMBER",
            Self::Restart => "restart",
            Self::Upgrade => "upgrade",
            Self::StartImc => "start imc",
            Self::CreateIms => "create ims",
            Self::Share => "share NAME",
            Self::Finish => "finish repaired|unrepaired",
        }
    }

    /// What it does to the host, in one sentence.
    pub const fn does(self) -> &'static str {
        match self {
            Self::Remove => {
                "Takes a component off the disk; memory keeps it, and damage stays behind, until the restart."
            }
            Self::Install => {
                "Puts a component and what it brings on the disk, with files from the CD; memory learns of it at the restart."
            }
            Self::ApplyServicePack => {
                "Gives every installed component the files of the service pack, on the disk."
            }
            Self::Restart => {
                "Copies the disk into memory: what is installed is loaded, and what is damaged or has the wrong files fails."
            }
            Self::Upgrade => {
                "Turns NT 3.51 into 4.0 without a service pack and boots it; Services for Macintosh may be damaged by it."
            }
            Self::StartImc => {
                "Starts the IMC, which checks what it depends on and registers its queue viewing interface."
            }
            Self::CreateIms => {
                "Runs the Internet Mail Wizard of Exchange 5.0 and later, whose last step is the same start."
            }
            Self::Share => "Shares a folder again that is no longer shared.",
            Self::Finish => "Ends the run and says whether the IMC was repaired.",
        }
    }
}
