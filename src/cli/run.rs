//! `imc4087 run`: scenarios, one line each, failures explained.

use super::exit::Exit;
use super::failure::Failure;
use super::formats;
use super::formats::Format;
use super::formats::ReportFile;
use super::load;
use crate::report::github;
use crate::report::json;
use crate::report::junit;
use crate::report::markdown;
use crate::report::plain;
use crate::report::run::RunReport;
use crate::report::run::Verdict;
use std::path::Path;
use std::path::PathBuf;

/// Run scenario files and compare what comes of them with what they expect
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scenario files, or folders with `.toml` files directly in them
    #[arg(value_name = "PATH", default_value = "scenarios")]
    paths: Vec<PathBuf>,

    /// Print the timeline of every scenario: what the operator sees, what is hidden, which rules fired
    #[arg(long)]
    trace: bool,

    /// How to print the report
    #[arg(long, value_name = "KIND", default_value = "plain", value_parser = formats::kind(FORMATS))]
    format: Format,

    /// Also write the report to a file; can be given several times
    #[arg(long, value_name = "KIND=FILE", value_parser = formats::file(FORMATS))]
    report: Vec<ReportFile>,
}

/// What this command can write.
const FORMATS: &[Format] =
    &[Format::Plain, Format::Json, Format::Junit, Format::Github, Format::Markdown];

/// Runs the scenarios.
///
/// # Errors
///
/// When a folder cannot be read or holds no scenario, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let files = load::scenario_files(&args.paths)?;
    formats::spare(&args.report, files.iter().map(PathBuf::as_path))?;
    let report = RunReport { items: files.iter().map(|it| load::scenario(it)).collect() };
    let runbooks = report.items.iter().flat_map(|it| &it.runbooks);
    formats::spare(&args.report, runbooks.map(|it| Path::new(&it.path)))?;
    formats::write(args.format, &args.report, |it| in_format(&report, it, args.trace))?;
    Ok(if report.count(Verdict::Invalid) > 0 {
        Exit::Invalid
    } else if report.count(Verdict::Broken) > 0 {
        Exit::Broken
    } else {
        Exit::Holds
    })
}

fn in_format(report: &RunReport, format: Format, trace: bool) -> Option<String> {
    match format {
        Format::Plain => Some(plain::run(report, trace)),
        Format::Json => Some(json::run(report, trace)),
        Format::Junit => Some(junit::run(report)),
        Format::Github => Some(github::run(report, trace)),
        Format::Markdown => Some(markdown::run(report)),
        Format::Sarif | Format::Dot | Format::Svg | Format::Html => None,
    }
}
