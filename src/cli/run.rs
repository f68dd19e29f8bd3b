//! `imc4087 run`: scenarios, one line each, failures explained.

use super::exit::Exit;
use super::failure::Failure;
use super::load;
use super::output;
use crate::report::json;
use crate::report::junit;
use crate::report::plain;
use crate::report::run::RunReport;
use crate::report::run::Verdict;
use clap::ValueEnum;
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
    #[arg(long, value_name = "KIND", value_enum, default_value_t = Format::Plain)]
    format: Format,

    /// Also write the report to a file; can be given several times
    #[arg(long, value_name = "KIND=FILE", value_parser = report_file)]
    report: Vec<(Format, PathBuf)>,
}

/// A kind of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
enum Format {
    /// For people
    Plain,
    /// For programs; `imc4087 schema run` describes it
    Json,
    /// For CI servers
    Junit,
}

fn report_file(text: &str) -> Result<(Format, PathBuf), String> {
    let (kind, file) = text.split_once('=').ok_or("write KIND=FILE, as in junit=report.xml")?;
    if file.is_empty() {
        return Err("the file is missing, as in junit=report.xml".to_owned());
    }
    Ok((Format::from_str(kind, false)?, PathBuf::from(file)))
}

/// Runs the scenarios.
///
/// # Errors
///
/// When a folder cannot be read or holds no scenario, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let files = load::scenario_files(&args.paths)?;
    let report = RunReport { items: files.iter().map(|it| load::scenario(it)).collect() };
    for (format, path) in &args.report {
        output::write(path, &in_format(&report, *format, args.trace))?;
    }
    output::print(&in_format(&report, args.format, args.trace))?;
    Ok(if report.count(Verdict::Invalid) > 0 {
        Exit::Invalid
    } else if report.count(Verdict::Broken) > 0 {
        Exit::Broken
    } else {
        Exit::Holds
    })
}

fn in_format(report: &RunReport, format: Format, trace: bool) -> String {
    match format {
        Format::Plain => plain::run(report, trace),
        Format::Json => json::run(report, trace),
        Format::Junit => junit::run(report),
    }
}
