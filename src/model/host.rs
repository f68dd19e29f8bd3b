//! The host: what is on its disk, what its last boot loaded into memory, and what the operator has on the screen.

use super::component::Component;
use super::set::Components;

/// The version of Windows NT Server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Os {
    /// Windows NT Server 3.51.
    Nt351,
    /// Windows NT Server 4.0.
    Nt40,
}

impl Os {
    /// Both versions, older first.
    pub const ALL: [Self; 2] = [Self::Nt351, Self::Nt40];

    /// The version number.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Nt351 => "3.51",
            Self::Nt40 => "4.0",
        }
    }

    /// The highest service pack of this version.
    ///
    /// # Source
    ///
    /// F96 and F97: five for 3.51, six for 4.0.
    pub const fn service_pack_max(self) -> u8 {
        match self {
            Self::Nt351 => 5,
            Self::Nt40 => 6,
        }
    }
}

/// The version of Exchange Server.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exchange {
    /// Exchange Server 4.0, whose Setup installs the Internet Mail Connector.
    V40,
    /// Exchange Server 5.0, whose wizard creates the Internet Mail Service.
    V50,
    /// Exchange Server 5.5, which only the keywords of the article name.
    V55,
}

impl Exchange {
    /// All versions, oldest first.
    pub const ALL: [Self; 3] = [Self::V40, Self::V50, Self::V55];

    /// The version number.
    pub const fn id(self) -> &'static str {
        match self {
            Self::V40 => "4.0",
            Self::V50 => "5.0",
            Self::V55 => "5.5",
        }
    }

    /// The display name that this version gives to the service `MSExchangeIMC`.
    ///
    /// # Source
    ///
    /// F21: Connector in 4.0, Service from 5.0 on.
    pub const fn imc_name(self) -> &'static str {
        match self {
            Self::V40 => "Microsoft Exchange Internet Mail Connector",
            Self::V50 | Self::V55 => "Microsoft Exchange Internet Mail Service",
        }
    }
}

/// The state of the Internet Mail Connector, called Internet Mail Service from Exchange 5.0 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Imc {
    /// There is none yet.
    Absent,
    /// It exists and does not run.
    Stopped,
    /// It runs.
    Running,
}

impl Imc {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Absent, Self::Stopped, Self::Running];

    /// The word in files and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Absent => "absent",
            Self::Stopped => "stopped",
            Self::Running => "running",
        }
    }
}

/// A set of folder shares, by their position in the host's list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shares(u16);

impl Shares {
    /// The most shares that a host of this model can have.
    pub const MAX: usize = 16;
    /// No share.
    pub const NONE: Self = Self(0);

    /// The first `count` shares, at most [`Shares::MAX`].
    pub const fn first(count: usize) -> Self {
        if count >= Self::MAX { Self(u16::MAX) } else { Self((1 << count) - 1) }
    }

    /// The set whose bits these are: the share at position `n` is bit `n`.
    pub const fn of_bits(bits: u16) -> Self {
        Self(bits)
    }

    /// The set as bits.
    pub const fn bits(self) -> u16 {
        self.0
    }

    /// Whether the share at `position` is in the set.
    pub const fn has(self, position: u8) -> bool {
        position < 16 && self.0 >> position & 1 == 1
    }

    /// This set less the share at `position`.
    #[must_use]
    pub const fn without(self, position: u8) -> Self {
        if position < 16 { Self(self.0 & !(1 << position)) } else { self }
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether the set has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether every member is also in `other`.
    pub const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }

    /// The lowest position in the set that is at least `from`.
    pub fn next_from(self, from: u8) -> Option<u8> {
        self.iter().find(|it| *it >= from)
    }

    /// The positions, ascending.
    pub fn iter(self) -> impl Iterator<Item = u8> {
        (0..16).filter(move |it| self.has(*it))
    }
}

/// A host: four machine words, compared in all fields, hidden ones too.
///
/// The Network dialog edits the disk; only a restart copies the disk into memory. Names, paths and
/// remarks live beside it, in [`Nameplate`](super::nameplate::Nameplate).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Host {
    /// Disk: components that the Network dialog lists.
    pub installed: Components,
    /// Disk, hidden: components whose bindings are corrupted; may name one that was just removed.
    pub damaged: Components,
    /// Disk, hidden: components whose files came from the CD after the service pack was applied.
    pub cd_files: Components,
    /// Memory, hidden: components that the last boot loaded.
    pub running: Components,
    /// Memory, hidden: those of `running` that do not function properly.
    pub failing: Components,
    /// The folder shares the host is meant to have; fixed.
    pub shares: Shares,
    /// Those of `shares` that are no longer shared.
    pub lost: Shares,
    /// Disk: the service pack applied; 0 is none.
    pub service_pack: u8,
    /// The version of Windows NT.
    pub os: Os,
    /// Whether the host once ran NT 3.51.
    pub upgraded: bool,
    /// The version of Exchange; fixed.
    pub exchange: Exchange,
    /// The Internet Mail Connector or Service.
    pub imc: Imc,
    /// Whether a change waits for a restart.
    pub restart_pending: bool,
}

impl Host {
    /// A freshly set up NT Server with the base services and TCP/IP, loaded and sound.
    ///
    /// The IMC is stopped and nothing is shared, until the caller says otherwise.
    pub const fn fresh(os: Os, exchange: Exchange) -> Self {
        let installed = Components::BASE.with(Component::Tcpip);
        Self::consistent(os, exchange, installed, Components::EMPTY)
    }

    /// A host whose memory agrees with its disk: everything `installed` is loaded, what of it is
    /// `damaged` fails, nothing is lost or pending.
    pub const fn consistent(
        os: Os,
        exchange: Exchange,
        installed: Components,
        damaged: Components,
    ) -> Self {
        Self {
            installed,
            damaged,
            cd_files: Components::EMPTY,
            running: installed,
            failing: damaged.and(installed),
            shares: Shares::NONE,
            lost: Shares::NONE,
            service_pack: 0,
            os,
            upgraded: false,
            exchange,
            imc: Imc::Stopped,
            restart_pending: false,
        }
    }

    /// Whether the facts fit together, as every reachable host's do.
    pub const fn fits_together(&self) -> bool {
        self.cd_files.within(self.installed)
            && (self.service_pack > 0 || self.cd_files.is_empty())
            && self.service_pack <= self.os.service_pack_max()
            && self.failing.within(self.running)
            && self.lost.within(self.shares)
            && !(self.upgraded && matches!(self.os, Os::Nt351))
    }
}
