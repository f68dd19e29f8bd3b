//! A lesson: the first host of a run, the rules it is played under, and where both came from.

use super::seed;
use super::seed::Level;
use crate::files::scenario;
use crate::files::scenario::Scenario;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::nameplate::Nameplate;
use crate::model::rule::RuleSet;
use crate::text::diagnostic::Diagnostics;
use crate::text::wording;

/// Where a lesson came from; enough to make it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Drawn from a seed.
    Seed {
        /// The seed.
        seed: u32,
        /// The level.
        level: Level,
    },
    /// The first host of a scenario file.
    Scenario {
        /// The path, for people.
        path: String,
        /// The text of the file.
        text: String,
    },
}

/// The first host of a run, the rules it is played under, and where both came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Where it came from.
    pub origin: Origin,
    /// The rules believed.
    pub rules: RuleSet,
    /// The first host, with its hidden fault.
    pub first: Host,
    /// The names beside it.
    pub names: Nameplate,
}

impl Lesson {
    /// The lesson of a seed.
    pub fn drawn(seed: u32, level: Level) -> Self {
        let (first, names) = seed::draw(seed, level);
        Self { origin: Origin::Seed { seed, level }, rules: RuleSet::usual(), first, names }
    }

    /// The first host of the scenario in `text`, and what there is to say about the file. What the
    /// scenario does and expects does not matter.
    pub fn of_scenario(path: &str, text: &str) -> (Option<Self>, Diagnostics) {
        let (scenario, said) = scenario::read(text);
        let origin = Origin::Scenario { path: path.to_owned(), text: text.to_owned() };
        let lesson = scenario.map(|it| {
            let Scenario { rules, host: first, names, .. } = it;
            Self { origin, rules, first, names }
        });
        (lesson, said)
    }

    /// What the lesson is called: `seed 7, level 2`, or the path of the scenario.
    pub fn name(&self) -> String {
        match &self.origin {
            Origin::Seed { seed, level } => format!("seed {seed}, level {}", level.number()),
            Origin::Scenario { path, .. } => wording::shown(path),
        }
    }

    /// What whoever takes the lesson is told first: what can be seen, and what is asked for.
    pub fn ticket(&self) -> String {
        let (host, names) = (&self.first, &self.names);
        let past = if host.upgraded { ", upgraded from 3.51" } else { "" };
        let pack = match host.service_pack {
            0 => "no service pack".to_owned(),
            number => format!("Service Pack {number}"),
        };
        let imc = host.exchange.imc_name().trim_start_matches("Microsoft Exchange ");
        let trouble = match host.imc {
            Imc::Absent => {
                format!("There is no {imc} yet: it is to be created with the wizard, and to run.")
            }
            Imc::Stopped => format!("Internet mail has stopped: the {imc} is not running."),
            Imc::Running => format!("The {imc} is running, and somebody doubts it."),
        };
        let asked = match host.imc {
            Imc::Running => {
                "Nothing may have to be done; if something has, it is to run at the end"
            }
            Imc::Absent | Imc::Stopped => "Get it to run",
        };
        format!(
            "{}: Windows NT Server {}{past}, {pack}.\nExchange Server {}.\n{trouble}\n\
             {asked}, and leave the host as it was: the same components, the same\n\
             service pack, every folder shared, nothing waiting for a restart. Then type\n\
             `finish repaired`, or `finish unrepaired` where you have to give up.\n",
            names.computer,
            host.os.id(),
            host.exchange.id()
        )
    }
}
