//! `imc4087 plan`: the best plan for a host, as far as it can be seen.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use super::formats;
use super::formats::Format;
use super::formats::ReportFile;
use super::load;
use super::odds;
use super::output;
use super::world;
use crate::files::pack;
use crate::files::print;
use crate::files::runbook;
use crate::files::scenario;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::nameplate::Nameplate;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use crate::report::plan::PlanReport;
use crate::report::plan::Verify;
use crate::report::planworld::PlanWorldReport;
use crate::report::verify::BUILT_IN;
use crate::report::words;
use crate::search::case;
use crate::search::cost::Aims;
use crate::search::cost::By;
use crate::search::cost::Order;
use crate::search::cost::Word;
use crate::search::flaw::Flaw;
use crate::search::ground::Allowed;
use crate::search::ground::Ground;
use crate::search::planworld::Question;
use crate::search::planworld::planworld;
use crate::search::world::Damage;
use crate::search::world::Services;
use crate::search::world::World;
use crate::text::wording;
use clap::ValueEnum;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// Find the best plan for a host as its operator sees it, whatever damage is hidden
///
/// Without a scenario or a case, every host of a world is planned for, beside the article's own runbook. A
/// plan says what to do until the IMC runs, what to do if a try fails, and leaves the host as it was.
/// Of all plans it costs the least: cases not repaired, then shares lost, shares shared again by hand,
/// restarts, reinstallations and tries. Ends with exit code 1 when some case cannot be repaired, and with
/// 4 when there is nothing to plan or more to weigh than the limit allows.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file; only its host and its rules matter here
    #[arg(value_name = "SCENARIO", group = "one", conflicts_with_all = ["host", "world"])]
    path: Option<PathBuf>,

    /// A host instead of a scenario, as in `tcpip+netbeui/sp3/shares`
    #[arg(long, value_name = "CASE", value_parser = case::parse, group = "one")]
    #[arg(conflicts_with_all = ["host", "world"])]
    case: Option<Host>,

    #[command(flatten)]
    world: world::WorldArgs,

    /// Which actions the plan may use
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Actions::Model)]
    actions: Actions,

    /// Also write the plan, where there is one, as a new runbook file; not for a world
    #[arg(long, value_name = "FILE", requires = "one")]
    runbook: Option<PathBuf>,

    /// Also print the whole trade-off: restarts, shares lost and reinstallations; of a world its two ends
    /// for each number of restarts
    #[arg(long)]
    front: bool,

    /// The odds that something is damaged, as in `macintosh=9:1`: a component, `protocols`, `services`
    /// or `all`; even odds unless given; can be given several times
    #[arg(long, value_name = "NAME=FOR:AGAINST", value_parser = odds::parse)]
    odds: Vec<odds::Given>,

    /// What is least: over all cases together, or in the worst
    #[arg(long, value_name = "NAME", value_enum, default_value_t = Over::Expected)]
    by: Over,

    /// Which costs come first: some of shares, restarts, reinstalls and tries, with commas; the others
    /// follow in this order
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = word)]
    order: Vec<Word>,

    /// How to print the report
    #[arg(long, value_name = "KIND", default_value = "plain", value_parser = formats::kind(FORMATS))]
    format: Format,

    /// Also write the report to a file; can be given several times
    #[arg(long, value_name = "KIND=FILE", value_parser = formats::file(FORMATS))]
    report: Vec<ReportFile>,
}

/// What this command can write.
const FORMATS: &[Format] = &[Format::Plain, Format::Json];

/// The actions that a plan may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
enum Actions {
    /// What the article does: both services together or one protocol at a time are removed and, after a
    /// restart, installed; everything is back before more is taken out
    Article,
    /// All that the model allows, each step beyond the article marked
    Model,
}

/// What is least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
enum Over {
    /// The costs of all cases together, by their odds
    Expected,
    /// The costs of the worst case
    Worst,
}

fn word(text: &str) -> Result<Word, String> {
    let found = Word::ALL.into_iter().find(|it| it.id() == text);
    found.ok_or_else(|| wording::instead(text, &Word::ALL.map(Word::id)))
}

impl Args {
    fn allowed(&self) -> Allowed {
        match self.actions {
            Actions::Article => Allowed::Article,
            Actions::Model => Allowed::Model,
        }
    }

    fn aims(&self) -> Aims {
        let by = match self.by {
            Over::Expected => By::Expected,
            Over::Worst => By::Worst,
        };
        Aims { order: Order::of(&self.order), by }
    }
}

/// A host to plan for.
struct Asked {
    path: String,
    title: String,
    names: Nameplate,
    host: Host,
    rules: RuleSet,
}

/// Finds the plan.
///
/// # Errors
///
/// When the file cannot be read, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    args.world.contradiction()?;
    for (index, word) in args.order.iter().enumerate() {
        if args.order.iter().take(index).any(|it| it == word) {
            return Err(Failure::Unaskable {
                what: format!("`--order` names `{}` twice", word.id()),
                hint: "name each at most once".to_owned(),
            });
        }
    }
    let written = args.report.iter().map(|it| it.path.as_path());
    output::spare(args.path.as_deref(), written.chain(args.runbook.as_deref()))?;
    if args.path.is_none() && args.case.is_none() {
        return world(args);
    }
    match asked(args)? {
        Ok(asked) => one(args, asked),
        Err(exit) => Ok(exit),
    }
}

/// The host that is asked about, or the exit code where the file is invalid.
fn asked(args: &Args) -> Result<Result<Asked, Exit>, Failure> {
    if let Some(host) = args.case {
        let names = case::names();
        let path = case::name(&host);
        let rules = args.world.rules();
        return Ok(Ok(Asked { path, title: String::new(), names, host, rules }));
    }
    let Some(path) = &args.path else { return Ok(Err(Exit::Usage)) };
    let source = load::text(path)?;
    let path = shown(path);
    let (scenario, said) = scenario::read(&source);
    if !said.is_empty() {
        output::complain(&said.draw(&path, &source));
    }
    let Some(scenario) = scenario.filter(|_| !said.has_errors()) else {
        return Ok(Err(Exit::Invalid));
    };
    let rules = args.world.rules_beside(scenario.rules);
    let (title, names, host) = (scenario.title, scenario.names, scenario.host);
    Ok(Ok(Asked { path, title, names, host, rules }))
}

/// The article's own runbook.
fn article() -> Option<Runbook> {
    let file = pack::RUNBOOKS.iter().find(|it| it.path == BUILT_IN)?;
    runbook::read(file.text).0.map(|it| it.runbook)
}

/// The best plans on a world.
fn world(args: &Args) -> Result<Exit, Failure> {
    let (world, narrowed) = args.world.world();
    let Some(article) = article() else { return Ok(Exit::Nothing) };
    if world.hosts() == 0 {
        return Err(Failure::NothingToCheck {
            path: PathBuf::from("this world"),
            hint: "no host is left; leave out a `--host`",
        });
    }
    let question = Question {
        rules: args.world.rules(),
        odds: odds::together(&args.odds, world.damageable())?,
        allowed: args.allowed(),
        aims: args.aims(),
        front: args.front,
        threads: world::threads(),
        world,
    };
    let found = planworld(&question, &article).map_err(odds::too_fine)?;
    if found.proof == Err(Flaw::TooMuch) {
        return Err(too_much());
    }
    let report = PlanWorldReport { question, narrowed, found };
    formats::write_both(args.format, &args.report, || report.plain(), || report.json())?;
    let all = report.total().best.unrepaired.sum == 0 && report.found.proof.is_ok();
    Ok(if all { Exit::Holds } else { Exit::Broken })
}

/// The command that checks the runbook in `path` on every host of a world with the components of `ground`.
fn verify(path: &Path, ground: &Ground, damage: Damage) -> Verify {
    let host = &ground.host;
    let listed: Vec<&str> =
        host.installed.less(Components::BASE).iter().map(Component::id).collect();
    let there = |services| World::new(services, damage).installed.contains(&host.installed);
    let world = match (there(Services::Article), there(Services::Catalogue)) {
        (true, _) => "",
        (false, true) => " --world catalogue",
        (false, false) => {
            let path = wording::shell_word(&shown(path));
            let command = format!("imc4087 verify {path} --case {}", case::name(host));
            return Verify { command, every_host: false };
        }
    };
    let shares = if host.shares.is_empty() { "no" } else { "yes" };
    let damage = match damage {
        Damage::Article => "",
        Damage::Any => " --damage any",
    };
    let rules = words::rules_otherwise(ground.rules);
    let rules = rules.split(", ").filter(|it| !it.is_empty());
    let rules = rules.fold(String::new(), |all, it| format!("{all} --{it}"));
    let command = format!(
        "imc4087 verify {}{world}{damage} --host components={} --host shares={shares}{rules}",
        wording::shell_word(&shown(path)),
        listed.join("+")
    );
    Verify { command, every_host: true }
}

/// What is said where there are too many ways to weigh.
fn too_much() -> Failure {
    Failure::GivenUp {
        what: "there are more ways than the limit allows, and nothing is known of the best"
            .to_owned(),
        hint: "fewer components that may be damaged, fewer different odds, or the usual `--order` leave fewer",
    }
}

fn one(args: &Args, asked: Asked) -> Result<Exit, Failure> {
    if asked.host.restart_pending {
        return Err(Failure::NothingToCheck {
            path: PathBuf::from(asked.path),
            hint: "a restart is due, so what is in memory cannot be seen; restart first, and plan for the host as it is then",
        });
    }
    let damage = args.world.world().0.damage;
    if asked.host.imc == Imc::Running {
        return Err(Failure::NothingToCheck {
            path: PathBuf::from(asked.path),
            hint: "the IMC runs already, so that there is nothing to plan",
        });
    }
    let ground = Ground::of(asked.rules, &asked.host, damage, args.allowed());
    let odds = odds::together(&args.odds, ground.universe)?;
    let ground = ground.with_odds(odds).map_err(odds::too_fine)?;
    let Some(article) = article() else { return Ok(Exit::Nothing) };
    let report = PlanReport::of(&ground, &args.aims(), &article, asked.host);
    let report = report.map(|it| if args.front { it.with_front() } else { it });
    let Some(report) = report.filter(|it| it.proof != Err(Flaw::TooMuch)) else {
        return Err(too_much());
    };
    let runbook = args.runbook.as_ref().filter(|_| ground.never.is_none());
    let verify = runbook.map(|it| verify(it, &ground, damage));
    let report =
        PlanReport { verify, path: asked.path, title: asked.title, names: asked.names, ..report };
    if let Some(path) = runbook {
        if path.is_file() {
            return Err(Failure::Unwritable {
                path: path.clone(),
                error: io::Error::new(io::ErrorKind::AlreadyExists, "there is a file of this name"),
            });
        }
        output::write(path, &print::runbook(&report.book.0.runbook))?;
    }
    formats::write_both(args.format, &args.report, || report.plain(), || report.json())?;
    let good = report.repairs_all() && report.proof.is_ok();
    Ok(if good { Exit::Holds } else { Exit::Broken })
}
