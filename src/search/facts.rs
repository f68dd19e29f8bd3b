//! The facts about a case that a reader knows: what conditions are made of.

use super::family::Family;
use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::runbook::Runbook;
use crate::model::runbook::Verb;
use crate::model::set::Components;

/// A yes-or-no fact about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Something is damaged.
    Damaged,
    /// Exactly one of the seven protocols is installed.
    OneProtocol,
    /// The host has shares.
    Shares,
    /// A service pack is applied.
    ServicePack,
    /// There is no Internet Mail Service yet.
    ImsAbsent,
    /// The version is Exchange 4.0.
    Exchange40,
    /// The host was upgraded from NT 3.51.
    Upgraded,
    /// Something outside this set is damaged.
    DamagedOutside(Components),
    /// Something of this set is damaged.
    DamagedAmong(Components),
    /// This component is installed.
    Installed(Component),
    /// This component is damaged.
    DamagedOne(Component),
}

/// What a reader calls a group of facts, where none of them matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Whether anything is damaged.
    Damage,
    /// Which component is damaged.
    WhichDamaged,
    /// How many protocols there are.
    ProtocolCount,
    /// Which protocols are installed.
    WhichProtocols,
    /// Which services are installed.
    Services,
    /// Whether there are shares.
    Shares,
    /// The service pack.
    ServicePack,
    /// Whether the host was upgraded.
    Upgrade,
    /// The version of Exchange and the state of its IMC.
    Exchange,
}

impl Group {
    /// All groups, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::Damage,
        Self::WhichDamaged,
        Self::ProtocolCount,
        Self::WhichProtocols,
        Self::Services,
        Self::Shares,
        Self::ServicePack,
        Self::Upgrade,
        Self::Exchange,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Damage => "whether anything is damaged",
            Self::WhichDamaged => "which component is damaged",
            Self::ProtocolCount => "number of protocols",
            Self::WhichProtocols => "which protocols",
            Self::Services => "services",
            Self::Shares => "shares",
            Self::ServicePack => "service pack",
            Self::Upgrade => "upgrade",
            Self::Exchange => "Exchange version and IMC",
        }
    }
}

impl Fact {
    /// The group that it belongs to.
    pub const fn group(self) -> Group {
        match self {
            Self::Damaged => Group::Damage,
            Self::DamagedOutside(_) | Self::DamagedAmong(_) | Self::DamagedOne(_) => {
                Group::WhichDamaged
            }
            Self::OneProtocol => Group::ProtocolCount,
            Self::Shares => Group::Shares,
            Self::ServicePack => Group::ServicePack,
            Self::Upgraded => Group::Upgrade,
            Self::ImsAbsent | Self::Exchange40 => Group::Exchange,
            Self::Installed(component) => {
                if Components::PROTOCOLS.has(component) {
                    Group::WhichProtocols
                } else {
                    Group::Services
                }
            }
        }
    }

    /// The damages that decide it: it holds when the damage meets this set. None for a fact that can
    /// be seen.
    pub const fn decided_by(self) -> Option<Components> {
        match self {
            Self::Damaged => Some(Components::ALL),
            Self::DamagedOutside(set) => Some(Components::ALL.less(set)),
            Self::DamagedAmong(set) => Some(set),
            Self::DamagedOne(component) => Some(Components::EMPTY.with(component)),
            Self::OneProtocol
            | Self::Shares
            | Self::ServicePack
            | Self::ImsAbsent
            | Self::Exchange40
            | Self::Upgraded
            | Self::Installed(_) => None,
        }
    }

    /// Whether it holds of `host` with any damage of `family`, all of which must agree on it.
    pub fn holds(self, host: &Host, family: &Family) -> bool {
        match self {
            Self::Damaged
            | Self::DamagedOutside(_)
            | Self::DamagedAmong(_)
            | Self::DamagedOne(_) => self.decided_by().is_some_and(|it| family.largest().meets(it)),
            Self::OneProtocol => host.installed.and(Components::PROTOCOLS).len() == 1,
            Self::Shares => !host.shares.is_empty(),
            Self::ServicePack => host.service_pack > 0,
            Self::ImsAbsent => host.imc == Imc::Absent,
            Self::Exchange40 => host.exchange == Exchange::V40,
            Self::Upgraded => host.upgraded,
            Self::Installed(component) => host.installed.has(component),
        }
    }

    /// The fact in words, or that it does not hold.
    pub fn words(self, holds: bool) -> String {
        let (yes, no) = match self {
            Self::Damaged => ("something is damaged", "nothing is damaged"),
            Self::OneProtocol => ("exactly one protocol", "two or more protocols"),
            Self::Shares => ("at least one share", "no share"),
            Self::ServicePack => ("a service pack applied", "no service pack"),
            Self::ImsAbsent => ("no Internet Mail Service yet", "the IMC is there"),
            Self::Exchange40 => ("Exchange 4.0", "Exchange 5.0"),
            Self::Upgraded => ("upgraded from NT 3.51", "not upgraded"),
            Self::DamagedOutside(set) => {
                let set = listed(set);
                return if holds {
                    format!("something other than {set} is damaged")
                } else {
                    format!("nothing but {set} is damaged")
                };
            }
            Self::DamagedAmong(set) => {
                let (lead, not) = match (holds, set.len()) {
                    (true, _) => ("", ""),
                    (false, 1) => ("", "not "),
                    (false, _) => ("none of ", ""),
                };
                return format!("{lead}{} is {not}damaged", listed(set));
            }
            Self::Installed(component) => {
                let not = if holds { "" } else { "not " };
                return format!("{} {not}installed", component.id());
            }
            Self::DamagedOne(component) => {
                let not = if holds { "" } else { "not " };
                return format!("{} {not}damaged", component.id());
            }
        };
        if holds { yes.to_owned() } else { no.to_owned() }
    }
}

/// The members of `set`, the seven protocols as one word.
fn listed(set: Components) -> String {
    let mut words: Vec<&str> = Vec::new();
    let mut rest = set;
    if Components::PROTOCOLS.within(set) {
        words.push("protocols");
        rest = rest.less(Components::PROTOCOLS);
    }
    words.extend(rest.iter().map(Component::id));
    crate::text::wording::either(&words)
}

/// The components that a runbook takes out or puts in, step by step: after each step, and after each
/// target that is taken by itself, all so far.
pub fn reached(runbook: &Runbook) -> Vec<Components> {
    let mut all = Components::EMPTY;
    let mut sets = Vec::new();
    for step in &runbook.steps {
        let targets = step.targets.as_ref().map_or(&[] as &[Component], |it| it.order());
        for component in targets {
            all = all.with(*component);
            if step.each == crate::model::runbook::Each::OneAtATime {
                sets.push(all);
            }
        }
        for verb in &step.verbs {
            if let Verb::RemoveOne(component) | Verb::InstallOne(component) = verb {
                all = all.with(*component);
            }
        }
        sets.push(all);
    }
    sets.retain(|it| !it.is_empty());
    sets.dedup();
    sets
}

/// The most components that a fact names one by one.
const NAMES_MAX: u32 = 3;

/// The facts that conditions are looked for in, those that a reader would rather not see first:
/// those are tried first to do without.
pub fn vocabulary(
    runbooks: &[&Runbook],
    installed: Components,
    damageable: Components,
    one_by_one: bool,
) -> Vec<Fact> {
    let mut sets: Vec<Components> = runbooks.iter().flat_map(|it| reached(it)).collect();
    sets.sort_by_key(|it| (it.len(), it.canonical()));
    sets.dedup();
    let touched = sets.iter().fold(Components::EMPTY, |all, it| all.or(*it));
    // A service that no runbook names makes no difference; see the second theorem in `classes`.
    let known = Components::PROTOCOLS.or(touched);
    let optional = installed.and(known).less(Components::BASE).without(Component::Tcpip);
    let mut facts = Vec::new();
    if one_by_one {
        facts.extend(touched.iter().map(Fact::DamagedOne));
    }
    facts.extend(optional.iter().map(Fact::Installed));
    // What can be said in a few names is not said by what it leaves out.
    let mut outside = Vec::new();
    for it in &sets {
        let rest = damageable.less(*it);
        let fact = match rest.len() {
            0 => continue,
            1..=NAMES_MAX => Fact::DamagedAmong(rest),
            _ => Fact::DamagedOutside(*it),
        };
        if !outside.contains(&fact) {
            outside.push(fact);
        }
    }
    facts.extend(outside);
    facts.extend([
        Fact::Upgraded,
        Fact::Exchange40,
        Fact::ImsAbsent,
        Fact::ServicePack,
        Fact::Shares,
        Fact::OneProtocol,
        Fact::Damaged,
    ]);
    facts
}

/// `family` cut so that every piece agrees on every fact.
pub fn pieces(family: &Family, facts: &[Fact]) -> Vec<Family> {
    let mut pieces = vec![family.clone()];
    for set in facts.iter().filter_map(|it| it.decided_by()) {
        if pieces.iter().any(|it| it.is_cut_by(set)) {
            let cut = |it: &Family| [it.avoiding(set), it.meeting(set)];
            pieces = pieces.iter().flat_map(cut).flatten().collect();
        }
    }
    pieces
}
