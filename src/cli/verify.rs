//! `imc4087 verify`: a runbook on every case of a world.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use super::formats;
use super::formats::Format;
use super::formats::ReportFile;
use super::load;
use super::output;
use super::progress;
use super::world;
use crate::files::pack;
use crate::files::runbook;
use crate::files::runbook::RunbookFile;
use crate::model::host::Host;
use crate::model::rule::RuleSet;
use crate::report::github;
use crate::report::junit;
use crate::report::markdown;
use crate::report::sarif;
use crate::report::verify::BUILT_IN;
use crate::report::verify::VerifyReport;
use crate::report::verify_json;
use crate::report::verify_plain;
use crate::report::weigh::Against;
use crate::search::case;
use crate::search::compare::Twin;
use crate::search::compare::compare;
use crate::search::idle;
use crate::search::play::follow;
use crate::search::verdict::Answer;
use crate::search::verdict::passing;
use crate::search::verdict::verdict;
use crate::search::verify::Question;
use crate::search::verify::Watch;
use crate::search::weigh::beliefs;
use crate::search::weigh::mutate;
use crate::text::diagnostic::Diagnostics;
use std::path::Path;
use std::path::PathBuf;

/// Check a runbook on every host and every hidden damage of a world
///
/// Without a file the article's own runbook is checked. What fails is put together by cause: the line, the
/// exact condition, the smallest case, from where there is no way back, and what would be right instead.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct Args {
    /// The runbook file
    #[arg(value_name = "RUNBOOK")]
    runbook: Option<PathBuf>,

    #[command(flatten)]
    world: world::WorldArgs,

    /// Run every case by itself, without putting together damages that look alike
    #[arg(long)]
    brute_force: bool,

    /// Run one case only and print its timeline, as in `tcpip+netbeui/sp0/shares/damaged=netbeui`
    #[arg(long, value_name = "CASE", value_parser = case::parse)]
    #[arg(conflicts_with_all = ["host", "world", "damage"])]
    case: Option<Host>,

    /// Print the timeline of one case that the runbook repairs
    #[arg(long, conflicts_with = "case")]
    show_run: bool,

    /// Another runbook: print what comes out otherwise, and end with 1 where a property is newly broken
    #[arg(long, value_name = "RUNBOOK", conflicts_with_all = ["case", "show_run"])]
    against: Option<PathBuf>,

    /// Also verify with each rule believed the other way: what does the verdict hinge on?
    #[arg(long, conflicts_with_all = ["case", "show_run"])]
    robust: bool,

    /// Also change each line of the runbook in turn: does any property notice?
    #[arg(long, conflicts_with_all = ["case", "show_run"])]
    mutate: bool,

    /// How many threads to use; the answer does not depend on it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,

    /// How to print the report
    #[arg(long, value_name = "KIND", default_value = "plain", value_parser = formats::kind(FORMATS))]
    format: Format,

    /// Also write the report to a file; can be given several times
    #[arg(long, value_name = "KIND=FILE", value_parser = formats::file(FORMATS))]
    report: Vec<ReportFile>,
}

/// What this command can write.
const FORMATS: &[Format] =
    &[Format::Plain, Format::Json, Format::Junit, Format::Github, Format::Markdown, Format::Sarif];

/// Verifies the runbook.
///
/// # Errors
///
/// When a file cannot be read, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let read = args.runbook.iter().chain(&args.against);
    formats::spare(&args.report, read.map(PathBuf::as_path))?;
    args.world.contradiction()?;
    let (path, source) = runbook_text(args)?;
    let (file, mut said) = runbook::read(&source);
    let Some(file) = file else {
        return invalid_everywhere(args, &path, &source, &said);
    };
    let other = match &args.against {
        None => None,
        Some(path) => match other(path)? {
            Ok(other) => Some(other),
            Err(exit) => return Ok(exit),
        },
    };
    let (world, narrowed) = args.world.world();
    let watch = Watch::default();
    let question = Question {
        world: &world,
        rules: args.world.rules(),
        runbook: &file.runbook,
        reduce: !args.brute_force,
        threads: args.threads.map_or_else(world::threads, usize::from),
        watch: Some(&watch),
    };
    let single = if args.show_run { passing(&question) } else { args.case };
    if let Some(first) = single {
        timeline_only(args)?;
        return one_case(&path, &file, question.rules, &first);
    }
    if args.show_run {
        output::complain("note: no case with damage keeps every property under this runbook\n");
    }
    let (verdict, against, beliefs, mutants) = progress::shown(&watch, || {
        let verdict = verdict(&question, &file);
        let against = other.map(|(path, file)| {
            let old = Question { runbook: &file.runbook, ..question };
            let new = Twin { rules: question.rules, runbook: question.runbook, facts: &[] };
            let differences = compare(&old, &new).differences;
            Against { path, file, differences }
        });
        let beliefs = args.robust.then(|| beliefs(&question));
        let mutants = args.mutate.then(|| mutate(&question, &verdict.tally));
        (verdict, against, beliefs, mutants)
    });
    if narrowed.is_empty() && verdict.tally.cases > 0 {
        idle::warn(&file, &world, &verdict.tally, &mut said);
    }
    let rules = question.rules;
    let brute_force = args.brute_force;
    let report = VerifyReport {
        path,
        source,
        file: file.clone(),
        said,
        world: world.clone(),
        narrowed,
        rules,
        brute_force,
        verdict,
        against,
        beliefs,
        mutants,
    };
    formats::write(args.format, &args.report, |it| in_format(&report, it))?;
    Ok(exit(&report))
}

/// The path and the text of the runbook: the file, or the article's own.
fn runbook_text(args: &Args) -> Result<(String, String), Failure> {
    if let Some(path) = &args.runbook {
        return Ok((shown(path), load::text(path)?));
    }
    let built_in = pack::RUNBOOKS.iter().find(|it| it.path == BUILT_IN);
    Ok((BUILT_IN.to_owned(), built_in.map_or_else(String::new, |it| it.text.to_owned())))
}

/// Says in every report that was asked for what is wrong with the file.
fn invalid_everywhere(
    args: &Args,
    path: &str,
    source: &str,
    said: &Diagnostics,
) -> Result<Exit, Failure> {
    for it in &args.report {
        if let Some(text) = complaints(it.format, path, source, said) {
            output::write(&it.path, &text)?;
        }
    }
    if args.format != Format::Plain {
        output::print(&complaints(args.format, path, source, said).unwrap_or_default())?;
    }
    Ok(invalid(path, source, said))
}

fn timeline_only(args: &Args) -> Result<(), Failure> {
    if args.format == Format::Plain && args.report.is_empty() {
        return Ok(());
    }
    Err(Failure::Unaskable {
        what: "a single case is printed as a timeline only".to_owned(),
        hint: "leave --format and --report out, or --case and --show-run".to_owned(),
    })
}

/// Runs one case and prints its timeline.
fn one_case(path: &str, file: &RunbookFile, rules: RuleSet, first: &Host) -> Result<Exit, Failure> {
    let followed = follow(rules, first, file);
    output::print(&verify_plain::one_case(path, first, &followed))?;
    Ok(if followed.broken.gating().is_empty() { Exit::Holds } else { Exit::Broken })
}

fn exit(report: &VerifyReport) -> Exit {
    let worse = report.against.as_ref().map(Against::is_worse);
    match (report.verdict.answer(), worse) {
        (Answer::NothingChecked, _) => Exit::Nothing,
        (_, Some(true)) | (Answer::Broken, None) => Exit::Broken,
        (_, Some(false)) | (Answer::Holds, None) => Exit::Holds,
    }
}

/// The runbook to compare with, or the exit code where the file is invalid.
fn other(path: &Path) -> Result<Result<(String, RunbookFile), Exit>, Failure> {
    let source = load::text(path)?;
    let path = shown(path);
    let (file, said) = runbook::read(&source);
    Ok(file.map(|it| (path.clone(), it)).ok_or_else(|| invalid(&path, &source, &said)))
}

fn invalid(path: &str, source: &str, said: &Diagnostics) -> Exit {
    output::complain(&said.draw(path, source));
    Exit::Invalid
}

/// What is said of an invalid file in `format`; none in `json`, whose document is that of a verdict.
fn complaints(format: Format, path: &str, source: &str, said: &Diagnostics) -> Option<String> {
    match format {
        Format::Plain => Some(said.draw(path, source)),
        Format::Junit => Some(junit::complaints(path, source, said)),
        Format::Github => Some(github::complaints(path, source, said)),
        Format::Markdown => Some(markdown::complaints(path, source, said)),
        Format::Sarif => Some(sarif::complaints(path, source, said)),
        Format::Json | Format::Dot | Format::Svg | Format::Html => None,
    }
}

fn in_format(report: &VerifyReport, format: Format) -> Option<String> {
    Some(match format {
        Format::Plain => verify_plain::verify(report),
        Format::Json => verify_json::verify(report),
        Format::Junit => junit::verify(report),
        Format::Github => github::verify(report),
        Format::Markdown => markdown::verify(report),
        Format::Sarif => sarif::verify(report),
        Format::Dot | Format::Svg | Format::Html => return None,
    })
}
