//! The options that choose a world: its name, what may be damaged, which hosts, which rules.

use crate::files::expect::rule_words;
use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::search::case;
use crate::search::world::Damage;
use crate::search::world::Services;
use crate::search::world::World;
use crate::text::wording;
use clap::ValueEnum;

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
enum Name {
    /// Protocols, Services for Macintosh, SNMP, Remote Access, the NetWare gateway
    Article,
    /// Protocols and all ten services
    Catalogue,
}

/// What may be damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
enum Harm {
    /// Protocols, Services for Macintosh and SNMP
    Article,
    /// Everything that is installed
    Any,
}

/// One restriction to some hosts of a world.
#[derive(Clone, Debug)]
struct Narrowing {
    text: String,
    kind: Kind,
}

#[derive(Clone, Debug)]
enum Kind {
    Exactly(Components),
    Has(Components),
    Lacks(Components),
    ServicePack(u8),
    Upgraded(bool),
    Exchange(Exchange),
    Imc(Imc),
    Shares(bool),
}

fn rule(text: &str) -> Result<RuleId, String> {
    RuleId::named(text).ok_or_else(|| wording::instead(text, &rule_words()))
}

fn flag(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}

fn narrowing(text: &str) -> Result<Narrowing, String> {
    const KEYS: [&str; 8] =
        ["components", "has", "lacks", "service-pack", "upgraded", "exchange", "imc", "shares"];
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE, as in service-pack=3")?;
    let components = || {
        case::components(value).map_err(|it| {
            let ids = Component::ALL.map(Component::id);
            format!("no component is called `{it}`: {}", wording::instead(&it, &ids))
        })
    };
    let kind = match key {
        "components" => Kind::Exactly(components()?.or(Components::BASE)),
        "has" => Kind::Has(components()?),
        "lacks" => Kind::Lacks(components()?),
        "service-pack" => {
            let number = value.parse().ok().filter(|it| *it <= Os::Nt40.service_pack_max());
            Kind::ServicePack(number.ok_or("write a number from 0, none, to 6")?)
        }
        "upgraded" => Kind::Upgraded(flag(value)?),
        "exchange" => {
            let found = Exchange::ALL.into_iter().find(|it| it.id() == value);
            Kind::Exchange(found.ok_or("write 4.0 or 5.0")?)
        }
        "imc" => {
            let found = Imc::ALL.into_iter().find(|it| it.id() == value);
            Kind::Imc(found.ok_or("write stopped or absent")?)
        }
        "shares" => Kind::Shares(flag(value)?),
        _ => return Err(wording::instead(key, &KEYS)),
    };
    Ok(Narrowing { text: text.to_owned(), kind })
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

    /// The world, and the options that narrow it as they were given.
    pub fn world(&self) -> (World, Vec<String>) {
        let services = match self.world {
            Name::Article => Services::Article,
            Name::Catalogue => Services::Catalogue,
        };
        let damage = match self.damage {
            Harm::Article => Damage::Article,
            Harm::Any => Damage::Any,
        };
        let mut world = World::new(services, damage);
        for it in &self.host {
            match &it.kind {
                Kind::Exactly(set) => world.installed.retain(|it| it == set),
                Kind::Has(set) => world.installed.retain(|it| set.within(*it)),
                Kind::Lacks(set) => world.installed.retain(|it| !set.meets(*it)),
                Kind::ServicePack(number) => world.service_packs.retain(|it| it == number),
                Kind::Upgraded(flag) => world.upgraded.retain(|it| it == flag),
                Kind::Exchange(exchange) => world.exchange.retain(|(it, _)| it == exchange),
                Kind::Imc(imc) => world.exchange.retain(|(_, it)| it == imc),
                Kind::Shares(flag) => world.shares.retain(|it| it.is_empty() != *flag),
            }
        }
        (world, self.host.iter().map(|it| it.text.clone()).collect())
    }
}
