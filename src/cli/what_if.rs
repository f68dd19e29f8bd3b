//! `imc4087 what-if`: two futures side by side.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use super::formats;
use super::formats::Format;
use super::formats::ReportFile;
use super::load;
use super::output;
use super::over;
use super::world;
use crate::files::change;
use crate::files::change::HostFact;
use crate::files::change::NoChange;
use crate::files::runbook;
use crate::files::runbook::RunbookFile;
use crate::model::rule::RuleId;
use crate::report::dot;
use crate::report::page::page;
use crate::report::run::Outcome;
use crate::report::svg::picture;
use crate::report::tree::lanes;
use crate::report::what_if::WhatIfReport;
use crate::report::what_if_json;
use crate::search::future::Change;
use crate::search::future::Plan;
use crate::search::future::Premise;
use crate::search::future::no_step;
use crate::search::what_if::WhatIf;
use crate::text::wording;
use std::path::Path;
use std::path::PathBuf;

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
    #[arg(long, value_name = "STEP", requires = "actions", allow_negative_numbers = true)]
    pub(super) at: Vec<String>,

    /// What is done from there on, as in `restart, start imc`; `nothing` ends there
    #[arg(long = "do", id = "actions", value_name = "ACTIONS", requires = "at")]
    actions: Vec<String>,

    /// A fact of the host: components=A+B, has=A, lacks=A, damaged=A, os=3.51, service-pack=N,
    /// upgraded=yes, exchange=4.0, imc=absent, shares=no
    #[arg(long, value_name = "KEY=VALUE", value_parser = |it: &str| HostFact::parse(it, &HostFact::KEYS))]
    pub(super) host: Vec<HostFact>,

    /// Other lines in place of one of the history, as in `upgrade => remove macintosh, restart, upgrade` or
    /// `h6 => nothing`
    #[arg(long, value_name = "LINE => ACTIONS")]
    pub(super) history: Vec<String>,

    /// Believe this rule
    #[arg(long, value_name = "RULE", value_parser = world::rule)]
    with: Vec<RuleId>,

    /// Do not believe this rule
    #[arg(long, value_name = "RULE", value_parser = world::rule)]
    without: Vec<RuleId>,

    /// Follow this runbook
    #[arg(long, value_name = "RUNBOOK")]
    runbook: Vec<PathBuf>,

    /// Each change makes a future of its own; otherwise they make one together. They are numbered in the
    /// order of these options
    #[arg(long)]
    each: bool,

    /// Ask the same of every case of a world; of a scenario only its rules and its runbook matter then
    #[arg(long, value_name = "WORLD", value_enum)]
    over: Option<world::Name>,

    /// With `--over`: what may be damaged
    #[arg(long, value_name = "NAME", value_enum, default_value = "article", requires = "over")]
    pub(super) damage: world::Harm,

    /// With `--over`: only hosts with this, as `verify --host` says it; can be given several times
    #[arg(long, value_name = "KEY=VALUE", value_parser = world::narrowing, requires = "over")]
    pub(super) only: Vec<world::Narrowing>,

    /// The runbook followed as it is, in place of the acts of the scenario
    #[arg(long, value_name = "RUNBOOK")]
    base: Option<PathBuf>,

    /// How to print the report
    #[arg(long, value_name = "KIND", default_value = "plain", value_parser = formats::kind(FORMATS))]
    pub(super) format: Format,

    /// Also write the report to a file; can be given several times
    #[arg(long, value_name = "KIND=FILE", value_parser = formats::file(FORMATS))]
    pub(super) report: Vec<ReportFile>,
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
    let mut named = Vec::new();
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
        let Some(outcome) = &outcome else { return Ok(Exit::Invalid) };
        let beside = path.parent().unwrap_or(Path::new(""));
        named = outcome.scenario.runbooks.iter().map(|it| beside.join(&it.file.value)).collect();
    }
    let read = args.path.iter().chain(&args.base).chain(&args.runbook).chain(&named);
    formats::spare(&args.report, read.map(PathBuf::as_path))?;
    let given = match &args.base {
        None => None,
        Some(path) => match read_runbook(path)? {
            Some(file) => Some((shown(path), file)),
            None => return Ok(Exit::Invalid),
        },
    };
    let first = || Some((shown(named.first()?), outcome.as_ref()?.runbooks.first()?.clone()));
    match (args.over, &outcome) {
        (Some(name), outcome) => over::over(args, name, outcome.as_ref(), given.or_else(first)),
        (None, Some(outcome)) => {
            let no_acts = outcome.scenario.acts.is_empty();
            let base = given.or_else(|| first().filter(|_| no_acts));
            single(args, shown_path, outcome, base)
        }
        // The command line does not allow it.
        (None, None) => Ok(Exit::Usage),
    }
}

/// What comes of one scenario.
fn single(
    args: &Args,
    path: String,
    outcome: &Outcome,
    base: Option<(String, RunbookFile)>,
) -> Result<Exit, Failure> {
    let scenario = &outcome.scenario;
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

/// A question that cannot be asked.
pub(super) fn unaskable(it: NoChange) -> Failure {
    Failure::Unaskable { what: it.what, hint: it.help }
}

/// The changes of each future; none where a runbook is invalid, which has been said.
pub(super) fn futures(args: &Args, premise: &Premise) -> Result<Option<Vec<Vec<Change>>>, Failure> {
    let changes = changes(args, premise)?;
    Ok(changes.map(|changes| {
        // No change is a future too, in which nothing differs.
        if args.each && !changes.is_empty() {
            changes.into_iter().map(|it| vec![it]).collect()
        } else {
            vec![changes]
        }
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
        changes.push(Change::Do { at: step(at, premise)?, actions });
    }
    let rules = args.with.iter().fold(premise.rules, |rules, it| rules.with(*it));
    let rules = args.without.iter().fold(rules, |rules, it| rules.without(*it));
    let rules = if args.each { premise.rules } else { rules };
    changes.extend(args.host.iter().map(|it| Change::Fact(it.with_brought(rules))));
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
    Ok(Some(changes))
}

/// The number of a step.
fn step(text: &str, premise: &Premise) -> Result<usize, Failure> {
    if let Ok(number) = text.parse() {
        return Ok(number);
    }
    let is_number = text.strip_prefix('-').unwrap_or(text).chars().all(|it| it.is_ascii_digit());
    if is_number {
        let steps = premise.live().map_err(unaskable)?.turns.len();
        return Err(unaskable(no_step(text, steps)));
    }
    let what = format!("`{}` is no number of a step", wording::clipped(text, 60));
    let hint = "steps are counted as `run --trace` does, as in `--at 2`".to_owned();
    Err(Failure::Unaskable { what, hint })
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
