//! `imc4087 verify`: a runbook on every case of a world.

use super::exit::Exit;
use super::failure::Failure;
use super::formats;
use super::formats::Format;
use super::formats::ReportFile;
use super::load;
use super::output;
use super::world;
use crate::files::pack;
use crate::files::runbook;
use crate::report::github;
use crate::report::junit;
use crate::report::markdown;
use crate::report::sarif;
use crate::report::verify::BUILT_IN;
use crate::report::verify::VerifyReport;
use crate::report::verify_json;
use crate::report::verify_plain;
use crate::search::case;
use crate::search::verdict::Answer;
use crate::search::verdict::passing;
use crate::search::verdict::verdict;
use crate::search::verify::Question;
use crate::text::diagnostic::Diagnostics;
use std::path::PathBuf;
use std::thread;

/// Check a runbook on every host and every hidden damage of a world
///
/// Without a file the article's own runbook is checked. What fails is put together by cause: the line, the
/// exact condition, the smallest case, from where there is no way back, and what would be right instead.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The runbook file
    #[arg(value_name = "RUNBOOK")]
    runbook: Option<PathBuf>,

    #[command(flatten)]
    world: world::Args,

    /// Run every case by itself, without putting together damages that look alike
    #[arg(long)]
    brute_force: bool,

    /// Run one case only and print its timeline, as in `tcpip+netbeui/sp0/shares/damaged=netbeui`
    #[arg(long, value_name = "CASE", value_parser = case::parse)]
    case: Option<crate::model::host::Host>,

    /// Print the timeline of one case that the runbook repairs
    #[arg(long, conflicts_with = "case")]
    show_run: bool,

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
const FORMATS: &[Format] = &Format::ALL;

/// Verifies the runbook.
///
/// # Errors
///
/// When the file cannot be read, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let (path, source) = if let Some(path) = &args.runbook {
        (path.display().to_string(), load::text(path)?)
    } else {
        let built_in = pack::RUNBOOKS.iter().find(|it| it.path == BUILT_IN);
        (BUILT_IN.to_owned(), built_in.map_or_else(String::new, |it| it.text.to_owned()))
    };
    let (file, said) = runbook::read(&source);
    let Some(file) = file else {
        if args.format == Format::Github {
            output::print(&github::complaints(&path, &source, &said))?;
        }
        return Ok(invalid(&path, &source, &said));
    };
    let (world, narrowed) = args.world.world();
    let rules = args.world.rules();
    let question = Question {
        world: &world,
        rules,
        runbook: &file.runbook,
        reduce: !args.brute_force,
        threads: args.threads.map_or_else(threads, usize::from),
    };
    let one = match args.case {
        Some(host) => Some(host),
        None if args.show_run => passing(&question),
        None => None,
    };
    let verdict = match one {
        // One case needs no verdict on the others.
        Some(_) => crate::search::verdict::Verdict::none(),
        None => verdict(&question, &file),
    };
    let answer = verdict.answer();
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
    };
    if let Some(host) = one {
        let text = verify_plain::one_case(&report, &host);
        let holds =
            crate::search::play::follow(rules, &host, &report.file).broken.gating().is_empty();
        output::print(&text)?;
        return Ok(if holds { Exit::Holds } else { Exit::Broken });
    }
    formats::write(args.format, &args.report, |it| Some(in_format(&report, it)))?;
    if args.show_run {
        output::complain("note: no case with damage keeps every property under this runbook\n");
    }
    Ok(match answer {
        Answer::Holds => Exit::Holds,
        Answer::Broken => Exit::Broken,
        Answer::NothingChecked => Exit::Nothing,
    })
}

fn threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}

fn invalid(path: &str, source: &str, said: &Diagnostics) -> Exit {
    output::complain(&said.draw(path, source));
    Exit::Invalid
}

fn in_format(report: &VerifyReport, format: Format) -> String {
    match format {
        Format::Plain => verify_plain::verify(report),
        Format::Json => verify_json::verify(report),
        Format::Junit => junit::verify(report),
        Format::Github => github::verify(report),
        Format::Markdown => markdown::verify(report),
        Format::Sarif => sarif::verify(report),
    }
}
