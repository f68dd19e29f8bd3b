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
use crate::files::runbook;
use crate::files::runbook::RunbookFile;
use crate::model::rule::RuleId;
use crate::report::run::Outcome;
use crate::report::what_if::WhatIfReport;
use crate::search::future::Change;
use crate::search::future::Plan;
use crate::search::future::Premise;
use crate::search::what_if::WhatIf;
use std::path::Path;
use std::path::PathBuf;

/// Change something and see what comes of it: two futures side by side
///
/// What is changed can be the actions from a step on, a fact of the host, a line of its history, a rule,
/// or the runbook. Shows the first difference, then only what differs, what both come to, and which rule
/// made the difference. What a scenario expects does not matter here.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(value_name = "SCENARIO")]
    path: PathBuf,

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
const FORMATS: &[Format] = &[Format::Plain];

/// Asks the question.
///
/// # Errors
///
/// When a file cannot be read, the question cannot be asked, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let item = load::scenario(&args.path);
    for (index, text) in std::iter::once(&item.file).chain(&item.runbooks).enumerate() {
        // What is advised about a runbook that only the scenario asks about is no matter here.
        if text.said.has_errors() || index == 0 && !text.said.is_empty() {
            output::complain(&text.said.draw(&text.path, &text.source));
        }
    }
    let path = item.file.path;
    let Some(Outcome { scenario, runbooks, .. }) = item.played else { return Ok(Exit::Invalid) };
    let actions = || scenario.acts.iter().flat_map(|it| &it.actions).map(|it| it.value).collect();
    let (name, plan) = if let Some(path) = &args.base {
        let Some(file) = read_runbook(path)? else { return Ok(Exit::Invalid) };
        (format!("runbook {}", shown(path)), Plan::Runbook(file.runbook))
    } else if scenario.acts.is_empty()
        && let (Some(entry), Some(file)) = (scenario.runbooks.first(), runbooks.first())
    {
        (format!("runbook {}", entry.file.value), Plan::Runbook(file.runbook.clone()))
    } else {
        ("the acts of the scenario".to_owned(), Plan::Actions(actions()))
    };
    let premise = Premise::of(&scenario, plan);
    let Some(changes) = changes(args, &premise)? else { return Ok(Exit::Invalid) };
    let futures =
        if args.each { changes.into_iter().map(|it| vec![it]).collect() } else { vec![changes] };
    let ask = |changes| WhatIf::ask(&premise, changes).map_err(unaskable);
    let branches: Vec<WhatIf> = futures.into_iter().map(ask).collect::<Result<_, _>>()?;
    let report =
        WhatIfReport { path, title: scenario.title, plan: name, names: scenario.names, branches };
    formats::write(args.format, &args.report, |it| match it {
        Format::Plain => Some(report.plain()),
        Format::Json | Format::Junit | Format::Github | Format::Markdown | Format::Sarif => None,
    })?;
    Ok(Exit::Holds)
}

fn unaskable(it: NoChange) -> Failure {
    Failure::Unaskable { what: it.what, hint: it.help }
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
        changes.push(Change::Runbook { path: shown(path), runbook: file.runbook });
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
