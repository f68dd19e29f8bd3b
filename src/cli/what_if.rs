//! `imc4087 what-if`: two futures side by side.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use super::formats;
use super::formats::Format;
use super::formats::ReportFile;
use super::load;
use super::output;
use super::world;
use crate::files::change;
use crate::files::change::HostFact;
use crate::files::change::NoChange;
use crate::files::pack;
use crate::files::runbook;
use crate::files::runbook::RunbookFile;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Os;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::report::dot;
use crate::report::over::Over;
use crate::report::over::OverReport;
use crate::report::over::Side;
use crate::report::page::page;
use crate::report::run::Outcome;
use crate::report::svg::picture;
use crate::report::tree::lanes;
use crate::report::verify::BUILT_IN;
use crate::report::what_if::WhatIfReport;
use crate::report::what_if_json;
use crate::search::case;
use crate::search::compare::Twin;
use crate::search::compare::compare;
use crate::search::future::Change;
use crate::search::future::Plan;
use crate::search::future::Premise;
use crate::search::future::can_be_both;
use crate::search::verify::Question;
use crate::search::what_if::WhatIf;
use crate::text::wording;
use std::path::Path;
use std::path::PathBuf;
use std::thread;

/// Change something and see what comes of it: two futures side by side
///
/// What is changed can be the actions from a step on, a fact of the host, a line of its history, a rule,
/// or the runbook. Shows the first difference, then only what differs, what both come to, and which rule
/// made the difference. What a scenario expects does not matter here.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file; not needed with `--over`
    #[arg(value_name = "SCENARIO", required_unless_present = "over")]
    path: Option<PathBuf>,

    /// Other actions from this step on, as `run --trace` counts; `--do` says which
    #[arg(long, value_name = "STEP", requires = "actions")]
    at: Vec<usize>,

    /// What is done from there on, as in `restart, start imc`; `nothing` ends there
    #[arg(long = "do", id = "actions", value_name = "ACTIONS", requires = "at")]
    actions: Vec<String>,

    /// A fact of the host: components=A+B, has=A, lacks=A, damaged=A, os=3.51, service-pack=N,
    /// upgraded=yes, exchange=4.0, imc=absent, shares=no
    #[arg(long, value_name = "KEY=VALUE", value_parser = |it: &str| HostFact::parse(it, &HostFact::KEYS))]
    host: Vec<HostFact>,

    /// Other lines in place of one of the history, as in `upgrade => remove macintosh, restart, upgrade` or
    /// `h6 => nothing`
    #[arg(long, value_name = "LINE => ACTIONS")]
    history: Vec<String>,

    /// Believe this rule
    #[arg(long, value_name = "RULE", value_parser = world::rule)]
    with: Vec<RuleId>,

    /// Do not believe this rule
    #[arg(long, value_name = "RULE", value_parser = world::rule)]
    without: Vec<RuleId>,

    /// Follow this runbook
    #[arg(long, value_name = "RUNBOOK")]
    runbook: Vec<PathBuf>,

    /// Each change makes a future of its own; otherwise they make one together
    #[arg(long)]
    each: bool,

    /// Ask the same of every case of a world; of a scenario only its rules and its runbook matter then
    #[arg(long, value_name = "WORLD", value_enum)]
    over: Option<world::Name>,

    /// With `--over`: what may be damaged
    #[arg(long, value_name = "NAME", value_enum, default_value = "article", requires = "over")]
    damage: world::Harm,

    /// With `--over`: only hosts with this, as `verify --host` says it; can be given several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = world::narrowing, requires = "over")]
    only: Vec<world::Narrowing>,

    /// The runbook followed as it is, in place of the acts of the scenario
    #[arg(long, value_name = "RUNBOOK")]
    base: Option<PathBuf>,

    /// How to print the report
    #[arg(long, value_name = "KIND", default_value = "plain", value_parser = formats::kind(FORMATS))]
    format: Format,

    /// Also write the report to a file; can be given several times
    #[arg(long, value_name = "KIND=FILE", value_parser = formats::file(FORMATS))]
    report: Vec<ReportFile>,
}

/// What this command can write.
const FORMATS: &[Format] = &[Format::Plain, Format::Json, Format::Dot, Format::Svg, Format::Html];

/// Asks the question.
///
/// # Errors
///
/// When a file cannot be read, the question cannot be asked, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut outcome = None;
    let mut shown_path = String::new();
    if let Some(path) = &args.path {
        let item = load::scenario(path);
        for (index, text) in std::iter::once(&item.file).chain(&item.runbooks).enumerate() {
            // What is advised about a runbook that only the scenario asks about is no matter here.
            if text.said.has_errors() || index == 0 && !text.said.is_empty() {
                output::complain(&text.said.draw(&text.path, &text.source));
            }
        }
        shown_path = item.file.path;
        outcome = item.played;
        if outcome.is_none() {
            return Ok(Exit::Invalid);
        }
    }
    let given = match &args.base {
        None => None,
        Some(path) => match read_runbook(path)? {
            Some(file) => Some((shown(path), file)),
            None => return Ok(Exit::Invalid),
        },
    };
    match (args.over, outcome) {
        (Some(name), outcome) => over(args, name, outcome.as_ref(), given),
        (None, Some(outcome)) => single(args, shown_path, &outcome, given),
        // The command line does not allow it.
        (None, None) => Ok(Exit::Usage),
    }
}

/// The runbook that a scenario names first.
fn first_runbook(outcome: &Outcome) -> Option<(String, RunbookFile)> {
    let entry = outcome.scenario.runbooks.first()?;
    Some((wording::shown(&entry.file.value), outcome.runbooks.first()?.clone()))
}

/// What comes of one scenario.
fn single(
    args: &Args,
    path: String,
    outcome: &Outcome,
    given: Option<(String, RunbookFile)>,
) -> Result<Exit, Failure> {
    let scenario = &outcome.scenario;
    let no_acts = scenario.acts.is_empty();
    let base = given.or_else(|| first_runbook(outcome).filter(|_| no_acts));
    let (plan_name, plan) = if let Some((path, file)) = base {
        (format!("runbook {path}"), Plan::Runbook(file.runbook))
    } else {
        let actions = scenario.acts.iter().flat_map(|it| &it.actions).map(|it| it.value);
        ("the acts of the scenario".to_owned(), Plan::Actions(actions.collect()))
    };
    let premise = Premise::of(scenario, plan);
    let Some(futures) = futures(args, &premise)? else { return Ok(Exit::Invalid) };
    let ask = |changes| WhatIf::ask(&premise, changes).map_err(unaskable);
    let branches: Vec<WhatIf> = futures.into_iter().map(ask).collect::<Result<_, _>>()?;
    let report = WhatIfReport {
        path,
        title: scenario.title.clone(),
        plan: plan_name,
        names: scenario.names.clone(),
        branches,
    };
    formats::write(args.format, &args.report, |it| match it {
        Format::Plain => Some(report.plain()),
        Format::Dot => Some(dot::graph(&lanes(&report), &report.title)),
        Format::Svg => Some(picture(&lanes(&report), &report.title, &report.path)),
        Format::Html => Some(page(&report)),
        Format::Json => Some(what_if_json::single(&report)),
        Format::Junit | Format::Github | Format::Markdown | Format::Sarif => None,
    })?;
    Ok(Exit::Holds)
}

/// Whether the question can be asked of every case of a world.
fn fits_a_world(args: &Args) -> Result<(), Failure> {
    let refuse = |what: &str, hint: &str| {
        Err(Failure::Unaskable { what: what.to_owned(), hint: hint.to_owned() })
    };
    let drawn = |it: &Format| matches!(it, Format::Dot | Format::Svg | Format::Html);
    if std::iter::once(&args.format).chain(args.report.iter().map(|it| &it.format)).any(drawn) {
        return refuse(
            "a picture shows the futures of one scenario, not those of every case",
            "leave `--over` out, or write the report as json",
        );
    }
    if !args.at.is_empty() {
        return refuse(
            "the steps of one future are not those of every case",
            "change the runbook instead, with `--runbook`",
        );
    }
    if !args.history.is_empty() {
        return refuse(
            "the cases of a world have no history",
            "change a fact instead, as in `--host upgraded=no`",
        );
    }
    let alike = |it: &&HostFact| world::KEYS.contains(&it.key()) && it.key() != "components";
    if let Some(it) = args.host.iter().find(|it| !alike(it)) {
        let what = format!("`{}` leaves no case of a world as it is", it.key());
        return refuse(
            &what,
            "over a world change has, lacks, service-pack, upgraded, exchange, imc or shares",
        );
    }
    Ok(())
}

/// What comes of every case of a world.
fn over(
    args: &Args,
    name: world::Name,
    outcome: Option<&Outcome>,
    given: Option<(String, RunbookFile)>,
) -> Result<Exit, Failure> {
    fits_a_world(args)?;
    let built_in = || {
        let found = pack::RUNBOOKS.iter().find(|it| it.path == BUILT_IN);
        let file = found.and_then(|it| runbook::read(it.text).0)?;
        Some((BUILT_IN.to_owned(), file))
    };
    let base = given.or_else(|| first_runbook(outcome?)).or_else(built_in);
    let Some((path, file)) = base else { return Ok(Exit::Nothing) };
    let rules = outcome.map_or_else(RuleSet::usual, |it| it.scenario.rules);
    let base = Side { path, file, rules };
    let premise = Premise {
        rules,
        history: None,
        host: Host::fresh(Os::Nt40, Exchange::V50),
        facts: Vec::new(),
        plan: Plan::Actions(Vec::new()),
        names: case::names(),
    };
    let Some(futures) = futures(args, &premise)? else { return Ok(Exit::Invalid) };
    let (world, narrowed) = world::world(name, args.damage, &args.only);
    let question = Question {
        world: &world,
        rules,
        runbook: &base.file.runbook,
        reduce: true,
        threads: thread::available_parallelism().map_or(1, usize::from),
        watch: None,
    };
    let mut branches = Vec::new();
    for changes in futures {
        branches.push(one_over(&question, &base, changes)?);
    }
    let compared = branches.iter().any(|it| it.compared.cases > 0);
    let report = OverReport { world: world.clone(), narrowed, base: base.clone(), branches };
    formats::write(args.format, &args.report, |it| match it {
        Format::Plain => Some(report.plain()),
        Format::Json => Some(what_if_json::over(&report)),
        Format::Junit
        | Format::Github
        | Format::Markdown
        | Format::Sarif
        | Format::Dot
        | Format::Svg
        | Format::Html => None,
    })?;
    Ok(if compared { Exit::Holds } else { Exit::Nothing })
}

fn one_over(question: &Question<'_>, base: &Side, changes: Vec<Change>) -> Result<Over, Failure> {
    can_be_both(&changes).map_err(unaskable)?;
    let mut side = base.clone();
    let mut facts = Vec::new();
    for change in &changes {
        match change {
            Change::Rule { rule, believed: true } => side.rules = side.rules.with(*rule),
            Change::Rule { rule, believed: false } => side.rules = side.rules.without(*rule),
            Change::Runbook { path, file } => {
                side.path.clone_from(path);
                side.file = file.clone();
            }
            Change::Fact(fact) => facts.push(*fact),
            // Neither belongs to a case; `over` has refused them.
            Change::Do { .. } | Change::History(_) => {}
        }
    }
    let twin = Twin { rules: side.rules, runbook: &side.file.runbook, facts: &facts };
    let compared = compare(question, &twin);
    Ok(Over { changes, side, facts, compared })
}

fn unaskable(it: NoChange) -> Failure {
    Failure::Unaskable { what: it.what, hint: it.help }
}

/// The changes of each future; none where a runbook is invalid, which has been said.
fn futures(args: &Args, premise: &Premise) -> Result<Option<Vec<Vec<Change>>>, Failure> {
    let changes = changes(args, premise)?;
    Ok(changes.map(|changes| {
        if args.each { changes.into_iter().map(|it| vec![it]).collect() } else { vec![changes] }
    }))
}

/// The changes, in the order of the options; none where a runbook is invalid, which has been said.
fn changes(args: &Args, premise: &Premise) -> Result<Option<Vec<Change>>, Failure> {
    let mut changes = Vec::new();
    if args.at.len() != args.actions.len() {
        let what = "each `--at` has a `--do`, in the same order".to_owned();
        let hint = "as in `--at 2 --do \"restart, start imc\"`".to_owned();
        return Err(Failure::Unaskable { what, hint });
    }
    for (at, text) in args.at.iter().zip(&args.actions) {
        let actions = change::actions(text, &premise.names).map_err(unaskable)?;
        changes.push(Change::Do { at: *at, actions });
    }
    changes.extend(args.host.iter().map(|it| Change::Fact(*it)));
    for text in &args.history {
        let Some(history) = &premise.history else {
            let what = "the scenario gives its host by facts, not by a history".to_owned();
            let hint = "change a fact instead, as in `--host service-pack=0`".to_owned();
            return Err(Failure::Unaskable { what, hint });
        };
        let edit = change::history_edit(text, history, &premise.names).map_err(unaskable)?;
        changes.push(Change::History(edit));
    }
    changes.extend(args.with.iter().map(|it| Change::Rule { rule: *it, believed: true }));
    changes.extend(args.without.iter().map(|it| Change::Rule { rule: *it, believed: false }));
    for path in &args.runbook {
        let Some(file) = read_runbook(path)? else { return Ok(None) };
        changes.push(Change::Runbook { path: shown(path), file });
    }
    if changes.is_empty() {
        let what = "nothing is changed".to_owned();
        let hint = "one of `--at STEP --do ACTIONS`, `--host`, `--history`, `--with`, `--without` and `--runbook`";
        return Err(Failure::Unaskable { what, hint: hint.to_owned() });
    }
    Ok(Some(changes))
}

/// A runbook file; none where it is invalid, which has been said.
fn read_runbook(path: &Path) -> Result<Option<RunbookFile>, Failure> {
    let source = load::text(path)?;
    let (file, said) = runbook::read(&source);
    if !said.is_empty() {
        output::complain(&said.draw(&shown(path), &source));
    }
    Ok(file.filter(|_| !said.has_errors()))
}
