//! The options that choose a world: its name, what may be damaged, which hosts, which rules.

use super::failure::Failure;
use crate::files::change::HostFact;
use crate::files::expect::rule_words;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::search::world::Damage;
use crate::search::world::Services;
use crate::search::world::World;
use crate::text::wording;
use clap::ValueEnum;
use std::thread;

/// The world, and the rules believed in it.
#[derive(Debug, clap::Args)]
pub struct WorldArgs {
    /// Which hosts there are
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Name::Article)]
    world: Name,

    /// What may be damaged
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Harm::Article)]
    damage: Harm,

    /// Only hosts with this: components=A+B, has=A, lacks=A, service-pack=N, upgraded=yes, exchange=4.0,
    /// imc=absent, shares=no; can be given several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = narrowing)]
    host: Vec<Narrowing>,

    /// Believe this rule, though it is off by default
    #[arg(long, value_name = "RULE", value_parser = rule)]
    with: Vec<RuleId>,

    /// Do not believe this rule
    #[arg(long, value_name = "RULE", value_parser = rule)]
    without: Vec<RuleId>,
}

/// The name of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub enum Name {
    /// Protocols, Services for Macintosh, SNMP, Remote Access, the NetWare gateway
    Article,
    /// Protocols and all ten services
    Catalogue,
}

/// What may be damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
pub enum Harm {
    /// Protocols, Services for Macintosh and SNMP
    Article,
    /// Everything that is installed
    Any,
}

/// What hosts of a world can be chosen by.
pub const KEYS: [&str; 8] =
    ["components", "has", "lacks", "service-pack", "upgraded", "exchange", "imc", "shares"];

/// One restriction to some hosts of a world.
#[derive(Clone, Debug)]
pub struct Narrowing {
    text: String,
    fact: HostFact,
}

/// Reads the name of a rule.
///
/// # Errors
///
/// Says what would be right.
pub fn rule(text: &str) -> Result<RuleId, String> {
    RuleId::named(text).ok_or_else(|| wording::instead(text, &rule_words()))
}

/// Reads a restriction.
///
/// # Errors
///
/// Says what would be right.
pub fn narrowing(text: &str) -> Result<Narrowing, String> {
    let fact = HostFact::parse(text, &KEYS)?;
    Ok(Narrowing { text: text.to_owned(), fact })
}

impl WorldArgs {
    /// The rules believed.
    pub fn rules(&self) -> RuleSet {
        self.rules_beside(RuleSet::usual())
    }

    /// The rules believed where `rules` are unless an option says otherwise.
    pub fn rules_beside(&self, rules: RuleSet) -> RuleSet {
        let rules = self.with.iter().fold(rules, |rules, it| rules.with(*it));
        self.without.iter().fold(rules, |rules, it| rules.without(*it))
    }

    /// Refuses a rule that shall be believed and not believed.
    ///
    /// # Errors
    ///
    /// Names the first such rule.
    pub fn contradiction(&self) -> Result<(), Failure> {
        let Some(rule) = self.with.iter().find(|it| self.without.contains(it)) else {
            return Ok(());
        };
        Err(Failure::Unaskable {
            what: format!("`{}` is given with `--with` and with `--without`", rule.id()),
            hint: "leave one of them out".to_owned(),
        })
    }

    /// The world, and the options that narrow it as they were given.
    pub fn world(&self) -> (World, Vec<String>) {
        world(self.world, self.damage, &self.host)
    }
}

/// The world of these names, narrowed, and the options that narrow it as they were given.
pub fn world(name: Name, harm: Harm, narrowed: &[Narrowing]) -> (World, Vec<String>) {
    let services = match name {
        Name::Article => Services::Article,
        Name::Catalogue => Services::Catalogue,
    };
    let damage = match harm {
        Harm::Article => Damage::Article,
        Harm::Any => Damage::Any,
    };
    let mut world = World::new(services, damage);
    for it in narrowed {
        match it.fact {
            HostFact::Components(set) => world.installed.retain(|it| *it == set),
            HostFact::Has(set) => world.installed.retain(|it| set.within(*it)),
            HostFact::Lacks(set) => world.installed.retain(|it| !set.meets(*it)),
            HostFact::ServicePack(number) => world.service_packs.retain(|it| *it == number),
            HostFact::Upgraded(flag) => world.upgraded.retain(|it| *it == flag),
            HostFact::Exchange(exchange) => world.exchange.retain(|(it, _)| *it == exchange),
            HostFact::Imc(imc) => world.exchange.retain(|(_, it)| *it == imc),
            HostFact::Shares(flag) => world.shares.retain(|it| it.is_empty() != flag),
            // No host of a world is chosen by these: see `KEYS`.
            HostFact::Damaged(_) | HostFact::Os(_) => {}
        }
    }
    (world, narrowed.iter().map(|it| it.text.clone()).collect())
}

/// How many threads this machine runs at once.
pub fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
