//! What a run should be like, judged on its trace and never on what the technician says of itself.

use super::action::Action;
use super::action::Claim;
use super::component::Component;
use super::host::Host;
use super::host::Imc;
use super::rule::RuleSet;
use super::set::Components;
use super::start;
use super::trace::End;
use super::trace::Turn;

/// A property of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Property {
    /// `repaired`
    Repaired,
    /// `honest`
    Honest,
    /// `shares-restored`
    SharesRestored,
    /// `no-avoidable-loss`
    NoAvoidableLoss,
    /// `components-restored`
    ComponentsRestored,
    /// `no-mixed-boot`
    NoMixedBoot,
    /// `never-refused`
    NeverRefused,
    /// `ends`
    Ends,
    /// `stops-when-repaired`
    StopsWhenRepaired,
    /// `tries-in-between`
    TriesInBetween,
    /// `no-blind-try`
    NoBlindTry,
}

impl Property {
    /// All properties, those that gate before advice.
    pub const ALL: [Self; 11] = [
        Self::Repaired,
        Self::Honest,
        Self::SharesRestored,
        Self::NoAvoidableLoss,
        Self::ComponentsRestored,
        Self::NoMixedBoot,
        Self::NeverRefused,
        Self::Ends,
        Self::StopsWhenRepaired,
        Self::TriesInBetween,
        Self::NoBlindTry,
    ];

    /// The word in files and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Repaired => "repaired",
            Self::Honest => "honest",
            Self::SharesRestored => "shares-restored",
            Self::NoAvoidableLoss => "no-avoidable-loss",
            Self::ComponentsRestored => "components-restored",
            Self::NoMixedBoot => "no-mixed-boot",
            Self::NeverRefused => "never-refused",
            Self::Ends => "ends",
            Self::StopsWhenRepaired => "stops-when-repaired",
            Self::TriesInBetween => "tries-in-between",
            Self::NoBlindTry => "no-blind-try",
        }
    }

    /// The property called `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// Whether a run that breaks it fails; the others are advice, reported and no more.
    pub const fn gates(self) -> bool {
        match self {
            Self::Repaired
            | Self::Honest
            | Self::SharesRestored
            | Self::NoAvoidableLoss
            | Self::ComponentsRestored
            | Self::NoMixedBoot
            | Self::NeverRefused
            | Self::Ends => true,
            Self::StopsWhenRepaired | Self::TriesInBetween | Self::NoBlindTry => false,
        }
    }

    /// When it holds, in one sentence.
    pub const fn holds_when(self) -> &'static str {
        match self {
            Self::Repaired => "At the end the IMC is running.",
            Self::Honest => "What the technician claims at the end is so.",
            Self::SharesRestored => "At the end every folder is shared that was shared at first.",
            Self::NoAvoidableLoss => {
                "Shares are lost at some moment only if the host had exactly one protocol that carries them."
            }
            Self::ComponentsRestored => {
                "At the end the same components and service pack are there as at first, and no restart is due."
            }
            Self::NoMixedBoot => {
                "The host is never restarted while a component has files from the CD under a service pack."
            }
            Self::NeverRefused => "No action is refused.",
            Self::Ends => "The run ends by itself, within the bound on actions.",
            Self::StopsWhenRepaired => {
                "After the first successful start nothing is removed, installed or applied, and nothing restarted."
            }
            Self::TriesInBetween => {
                "What was reinstalled and booted is tried before the next component is removed."
            }
            Self::NoBlindTry => {
                "The IMC is not tried while a restart is due or TCP/IP is not in memory."
            }
        }
    }

    /// What a run that breaks it did, in one clause.
    pub const fn broken_by(self) -> &'static str {
        match self {
            Self::Repaired => "at the end the IMC is not running",
            Self::Honest => "what was claimed at the end is not so",
            Self::SharesRestored => "at the end a folder is no longer shared",
            Self::NoAvoidableLoss => "shares were lost that could have been kept",
            Self::ComponentsRestored => {
                "at the end components or service pack are not what they were, or a restart is due"
            }
            Self::NoMixedBoot => {
                "the host was restarted with files from the CD under a service pack"
            }
            Self::NeverRefused => "an action was refused",
            Self::Ends => "the run did not end within the bound on actions",
            Self::StopsWhenRepaired => "something was changed after the IMC had started",
            Self::TriesInBetween => {
                "a component was removed before the last reinstallation was tried"
            }
            Self::NoBlindTry => {
                "the IMC was tried while a restart was due or TCP/IP was not in memory"
            }
        }
    }
}

/// A set of properties, in the order of [`Property::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Properties(u16);

impl Properties {
    /// No property.
    pub const NONE: Self = Self(0);

    /// This set and `property`.
    #[must_use]
    pub const fn with(self, property: Property) -> Self {
        Self(self.0 | 1 << property as u8)
    }

    /// What is in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether `property` is in the set.
    pub const fn has(self, property: Property) -> bool {
        self.0 >> property as u8 & 1 == 1
    }

    /// Whether the set has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members that gate.
    #[must_use]
    pub fn gating(self) -> Self {
        self.iter().filter(|it| it.gates()).collect()
    }

    /// The members, in the order of [`Property::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Property> {
        Property::ALL.into_iter().filter(move |it| self.has(*it))
    }
}

impl FromIterator<Property> for Properties {
    fn from_iter<I: IntoIterator<Item = Property>>(list: I) -> Self {
        list.into_iter().fold(Self::NONE, Self::with)
    }
}

/// Judges a run turn by turn, in constant space.
#[derive(Clone, Debug)]
pub struct Judge {
    first: Host,
    loss_is_avoidable: bool,
    broken: Properties,
    repaired_once: bool,
    installed_since_try: Components,
    booted_since_try: bool,
}

impl Judge {
    /// A judge of a run that begins with `first` under `rules`.
    pub const fn new(rules: RuleSet, first: &Host) -> Self {
        Self {
            first: *first,
            loss_is_avoidable: first.installed.and(start::share_carriers(rules)).len() != 1,
            broken: Properties::NONE,
            repaired_once: false,
            installed_since_try: Components::EMPTY,
            booted_since_try: false,
        }
    }

    /// Takes note of the next turn.
    #[inline]
    pub fn turn(&mut self, turn: &Turn) {
        let Ok(step) = &turn.result else {
            self.broken = self.broken.with(Property::NeverRefused);
            return;
        };
        let (before, after) = (&turn.before, &step.host);
        if self.repaired_once && changes(turn.action) {
            self.broken = self.broken.with(Property::StopsWhenRepaired);
        }
        match turn.action {
            Action::Remove(component) => {
                if self.booted_since_try {
                    self.broken = self.broken.with(Property::TriesInBetween);
                }
                self.installed_since_try = self.installed_since_try.without(component);
            }
            Action::Install(_) => {
                let new = after.installed.less(before.installed);
                self.installed_since_try = self.installed_since_try.or(new);
            }
            Action::Restart => {
                if !before.cd_files.is_empty() {
                    self.broken = self.broken.with(Property::NoMixedBoot);
                }
                self.booted_since_try |= !self.installed_since_try.is_empty();
            }
            Action::StartImc | Action::CreateIms => {
                if before.restart_pending || !before.running.has(Component::Tcpip) {
                    self.broken = self.broken.with(Property::NoBlindTry);
                }
                self.installed_since_try = Components::EMPTY;
                self.booted_since_try = false;
                self.repaired_once |= step.failure.is_none();
            }
            Action::ApplyServicePack(_)
            | Action::Upgrade
            | Action::Share(_)
            | Action::Finish(_) => {}
        }
        if self.loss_is_avoidable && !after.lost.is_empty() {
            self.broken = self.broken.with(Property::NoAvoidableLoss);
        }
    }

    /// The properties broken so far, without those that only the end decides.
    pub const fn broken_so_far(&self) -> Properties {
        self.broken
    }

    /// The properties that the run broke.
    #[must_use]
    pub fn end(&self, end: &End) -> Properties {
        let (first, last) = (&self.first, &end.host);
        let repaired = matches!(last.imc, Imc::Running);
        let mut broken = self.broken;
        if !repaired {
            broken = broken.with(Property::Repaired);
        }
        match end.claim {
            None => broken = broken.with(Property::Ends),
            Some(claim) if matches!(claim, Claim::Repaired) != repaired => {
                broken = broken.with(Property::Honest);
            }
            Some(_) => {}
        }
        if !last.lost.is_empty() {
            broken = broken.with(Property::SharesRestored);
        }
        if last.installed != first.installed
            || last.service_pack != first.service_pack
            || last.restart_pending
        {
            broken = broken.with(Property::ComponentsRestored);
        }
        broken
    }
}

/// Whether `action` is one that a repaired host should be spared.
const fn changes(action: Action) -> bool {
    match action {
        Action::Remove(_) | Action::Install(_) | Action::ApplyServicePack(_) | Action::Restart => {
            true
        }
        Action::Upgrade
        | Action::StartImc
        | Action::CreateIms
        | Action::Share(_)
        | Action::Finish(_) => false,
    }
}
