//! A runbook: steps with targets, conditions and verbs, as data.

use super::component::Component;
use super::host::Imc;
use super::observe::Observation;
use super::set::Components;

/// A list of steps, taken in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runbook {
    /// What it is called.
    pub title: String,
    /// The steps, in order.
    pub steps: Vec<RunbookStep>,
}

/// One step of a runbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunbookStep {
    /// What the step is called; may be empty.
    pub title: String,
    /// Where it comes from; may be empty.
    pub source: String,
    /// What it is done to; without targets it is one pass.
    pub targets: Option<Targets>,
    /// Whether targets are taken in one pass or in a pass each.
    pub each: Each,
    /// Facts that must all hold when the step begins.
    pub when: Vec<Condition>,
    /// What one pass does, in order.
    pub verbs: Vec<Verb>,
    /// Whether the step is taken even after a repair or a refusal.
    pub finally: bool,
}

/// What a step is done to: the words of the file, and the order they stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Targets {
    named: Vec<Target>,
    order: Vec<Component>,
}

impl Targets {
    /// The targets that `named` stands for: protocols first, in dialog order; then services, in the
    /// order in which they are first named. Each once.
    pub fn new(named: Vec<Target>) -> Self {
        let all: Vec<Component> = named.iter().flat_map(|it| it.components().iter()).collect();
        let set: Components = all.iter().copied().collect();
        let mut order: Vec<Component> = set.and(Components::PROTOCOLS).iter().collect();
        for component in all {
            if !order.contains(&component) {
                order.push(component);
            }
        }
        Self { named, order }
    }

    /// The words of the file, in its order.
    pub fn named(&self) -> &[Target] {
        &self.named
    }

    /// The components meant, in the order in which they are taken.
    pub fn order(&self) -> &[Component] {
        &self.order
    }
}

/// A word under `for`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// Every installed protocol.
    Protocols,
    /// Every installed service, base services left out.
    Services,
    /// One component, where it is installed.
    One(Component),
}

impl Target {
    /// The word in a runbook file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Protocols => "protocols",
            Self::Services => "services",
            Self::One(component) => component.id(),
        }
    }

    /// The target called `text`; components by id or by the dialog's name.
    pub fn named(text: &str) -> Option<Self> {
        match text {
            "protocols" => Some(Self::Protocols),
            "services" => Some(Self::Services),
            _ => Component::named(text).map(Self::One),
        }
    }

    const fn components(self) -> Components {
        match self {
            Self::Protocols => Components::PROTOCOLS,
            Self::Services => Components::SERVICES,
            Self::One(component) => Components::EMPTY.with(component),
        }
    }
}

/// How the targets of a step are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Each {
    /// All in one pass.
    Together,
    /// A pass for each, also for one that has gone meanwhile.
    OneAtATime,
}

impl Each {
    /// Both, in the order of the schema.
    pub const ALL: [Self; 2] = [Self::Together, Self::OneAtATime];

    /// The words in a runbook file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Together => "together",
            Self::OneAtATime => "one at a time",
        }
    }
}

/// A fact that a step can ask for, looked up in the observation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Exactly one of the seven protocols is installed.
    OneProtocol,
    /// Two or more of the seven protocols are installed.
    SeveralProtocols,
    /// A service pack is applied.
    ServicePackApplied,
    /// No service pack is applied.
    NoServicePack,
    /// The host was NT 3.51 once.
    Upgraded,
    /// There is no IMC yet.
    ImcAbsent,
    /// A folder is no longer shared.
    SharesLost,
}

impl Condition {
    /// All conditions.
    pub const ALL: [Self; 7] = [
        Self::OneProtocol,
        Self::SeveralProtocols,
        Self::ServicePackApplied,
        Self::NoServicePack,
        Self::Upgraded,
        Self::ImcAbsent,
        Self::SharesLost,
    ];

    /// The words in a runbook file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::OneProtocol => "one protocol",
            Self::SeveralProtocols => "several protocols",
            Self::ServicePackApplied => "service pack applied",
            Self::NoServicePack => "no service pack",
            Self::Upgraded => "upgraded",
            Self::ImcAbsent => "imc absent",
            Self::SharesLost => "shares lost",
        }
    }

    /// When it holds, in one sentence.
    pub const fn says(self) -> &'static str {
        match self {
            Self::OneProtocol => "Exactly one of the seven protocols is installed.",
            Self::SeveralProtocols => "Two or more of the seven protocols are installed.",
            Self::ServicePackApplied => "A service pack is applied.",
            Self::NoServicePack => "No service pack is applied.",
            Self::Upgraded => "The host was NT 3.51 once.",
            Self::ImcAbsent => "There is no IMC yet.",
            Self::SharesLost => "A folder is no longer shared.",
        }
    }

    /// Whether it holds of what is `seen`.
    pub const fn holds(self, seen: &Observation) -> bool {
        let protocols = seen.installed.and(Components::PROTOCOLS).len();
        match self {
            Self::OneProtocol => protocols == 1,
            Self::SeveralProtocols => protocols > 1,
            Self::ServicePackApplied => seen.service_pack > 0,
            Self::NoServicePack => seen.service_pack == 0,
            Self::Upgraded => seen.upgraded,
            Self::ImcAbsent => matches!(seen.imc, Imc::Absent),
            Self::SharesLost => !seen.lost.is_empty(),
        }
    }
}

/// What a pass does with its targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// Removes each target that is installed.
    Remove,
    /// Restarts the computer.
    Restart,
    /// Installs each target that is not installed.
    Install,
    /// Applies the service pack that the host shows; nothing where there is none.
    ReapplyServicePack,
    /// Starts the IMC, or creates it where it is absent; a success ends the pass.
    Try,
    /// Shares each folder again that is no longer shared.
    ShareAgain,
    /// Removes this component, possible or not.
    RemoveOne(Component),
    /// Installs this component, possible or not.
    InstallOne(Component),
    /// Applies this service pack, possible or not.
    ApplyServicePack(u8),
}

impl Verb {
    /// The verbs that take no word of their own, in the order of a usual step.
    pub const PLAIN: [Self; 6] = [
        Self::Remove,
        Self::Restart,
        Self::Install,
        Self::ReapplyServicePack,
        Self::Try,
        Self::ShareAgain,
    ];

    /// What it does, in one sentence.
    pub const fn does(self) -> &'static str {
        match self {
            Self::Remove => "Removes each target of the pass that is installed.",
            Self::Restart => "Restarts the computer.",
            Self::Install => "Installs each target of the pass that is not installed.",
            Self::ReapplyServicePack => {
                "Applies the service pack that the host shows; does nothing where there is none."
            }
            Self::Try => {
                "Starts the IMC, or creates it where it is absent; a success ends the step and all steps without `finally`."
            }
            Self::ShareAgain => "Shares each folder again that is no longer shared.",
            Self::RemoveOne(_) => {
                "Removes this component, and is refused where it is not installed."
            }
            Self::InstallOne(_) => "Installs this component, and is refused where it is installed.",
            Self::ApplyServicePack(_) => {
                "Applies this service pack, and is refused where it cannot be."
            }
        }
    }

    /// The words in a runbook file, for a verb that takes no word of its own.
    pub const fn plain_id(self) -> Option<&'static str> {
        match self {
            Self::Remove => Some("remove"),
            Self::Restart => Some("restart"),
            Self::Install => Some("install"),
            Self::ReapplyServicePack => Some("reapply service pack"),
            Self::Try => Some("try"),
            Self::ShareAgain => Some("share again"),
            Self::RemoveOne(_) | Self::InstallOne(_) | Self::ApplyServicePack(_) => None,
        }
    }
}
