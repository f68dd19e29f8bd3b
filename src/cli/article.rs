//! `imc4087 article`: the article statement by statement.

use super::exit::Exit;
use super::failure::Failure;
use super::load;
use super::output;
use crate::report::article::ArticleReport;
use clap::ValueEnum;
use std::path::PathBuf;

/// Go through the article statement by statement: what carries each, what is open, what is added
///
/// Ends with exit code 1 when a statement is carried by no scenario that holds or by no test.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Scenario files or folders to look in, instead of the pack that this program carries
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print the report
    #[arg(long, value_name = "KIND", value_enum, default_value_t = Format::Plain)]
    format: Format,
}

/// A kind of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
enum Format {
    /// For people
    Plain,
    /// For programs; `imc4087 schema article` describes it
    Json,
}

/// Prints the article beside the scenarios.
///
/// # Errors
///
/// When a path cannot be read or holds no scenario.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let items = if args.paths.is_empty() {
        load::pack()
    } else {
        load::scenario_files(&args.paths)?.iter().map(|it| load::scenario(it)).collect()
    };
    let report = ArticleReport::new(&items);
    output::print(&match args.format {
        Format::Plain => report.plain(),
        Format::Json => report.json(),
    })?;
    Ok(if report.uncarried().is_empty() { Exit::Holds } else { Exit::Broken })
}
