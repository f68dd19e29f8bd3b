//! `imc4087 explore`: every order of actions from the first host of a scenario.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use super::formats;
use super::formats::Format;
use super::formats::ReportFile;
use super::load;
use super::output;
use crate::files::scenario;
use crate::report::explore::ExploreReport;
use crate::search::census::Orders;
use crate::search::explore::Asked;
use crate::search::explore::HOSTS_MAX;
use crate::search::explore::explore;
use std::path::PathBuf;

/// Take every order of actions from the first host of a scenario: which hosts and which ends there are
///
/// The actions are to remove and install each component of the host and what it brings, to apply its
/// service pack again, to restart, to start or create the IMC, and to share each share. Every host that
/// can be reached is counted once, hidden facts included, and the model's own claims are checked in it.
/// Ends with exit code 1 when one of these is broken, and with 4 when there are more hosts than may be
/// looked for.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file; only its host and its rules matter here
    #[arg(value_name = "SCENARIO")]
    path: PathBuf,

    /// How many hosts are looked for
    #[arg(long, value_name = "N", default_value_t = HOSTS_MAX, value_parser = hosts)]
    most: usize,

    /// How to print the report
    #[arg(long, value_name = "KIND", default_value = "plain", value_parser = formats::kind(FORMATS))]
    format: Format,

    /// Also write the report to a file; can be given several times
    #[arg(long, value_name = "KIND=FILE", value_parser = formats::file(FORMATS))]
    report: Vec<ReportFile>,
}

/// What this command can write.
const FORMATS: &[Format] = &[Format::Plain, Format::Json];

fn hosts(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("at least 1, the first host".to_owned()),
        Ok(number) => Ok(number),
        Err(_) => Err(format!("write a number, as in {HOSTS_MAX}")),
    }
}

/// Explores the orders.
///
/// # Errors
///
/// When the file cannot be read, or a report cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    formats::spare(&args.report, [args.path.as_path()])?;
    let source = load::text(&args.path)?;
    let path = shown(&args.path);
    let (scenario, said) = scenario::read(&source);
    if !said.is_empty() {
        output::complain(&said.draw(&path, &source));
    }
    let Some(scenario) = scenario.filter(|_| !said.has_errors()) else { return Ok(Exit::Invalid) };
    let orders = Orders::of(scenario.rules, &scenario.host);
    let explored = explore(&orders, args.most, Asked::Ends);
    let exit = if explored.invariants.iter().any(|it| it.failing > 0) {
        Exit::Broken
    } else if explored.complete {
        Exit::Holds
    } else {
        Exit::Nothing
    };
    let most = args.most;
    let report = ExploreReport { path, scenario, orders, explored, most };
    formats::write_both(args.format, &args.report, || report.plain(), || report.json())?;
    Ok(exit)
}
