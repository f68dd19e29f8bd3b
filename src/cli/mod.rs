//! The terminal: the only room that reads files, prints, and knows the command line.
//!
//! One file a subcommand, holding its arguments and what it does with them. Each returns an [`Exit`];
//! what stopped it comes back as a [`Failure`] and is printed here, in one place.
//!
//! Invariants: nothing is decided here; every verdict comes from a room above.

pub mod exit;
pub mod failure;
pub mod output;
pub mod progress;
pub mod formats;
pub mod load;
pub mod run;
pub mod verify;
pub mod explore;
pub mod plan;
mod over;
pub mod what_if;
pub mod line;
pub mod keeper;
pub mod play;
pub mod odds;
pub mod world;
pub mod explain;
pub mod article;
pub mod schema;
pub mod completions;
pub mod man;

use clap::CommandFactory;
use clap::Parser;
use clap::Subcommand;
use exit::Exit;
use failure::Failure;
use std::ffi::OsString;

/// Check how a Windows NT host is brought back from Exchange event 4087
///
/// A model of the host and of its Internet Mail Connector, after Microsoft's article Q182346. Files say
/// what is done to a host and what must come of it; every rule that decides something names its source.
#[derive(Debug, Parser)]
#[command(name = "imc4087", version, max_term_width = 100, subcommand_required = true)]
#[command(after_help = exit::HELP)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Verify(verify::Args),
    Explore(explore::Args),
    Plan(plan::Args),
    WhatIf(what_if::Args),
    Play(play::Args),
    Explain(explain::Args),
    Article(article::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// The definition of the command line, for help, completions and manual pages.
pub fn definition() -> clap::Command {
    Cli::command()
}

/// Parses `arguments`, does what they say, and returns the exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return output::usage(&error),
    };
    let done = match &cli.command {
        Command::Run(args) => run::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Explore(args) => explore::run(args),
        Command::Plan(args) => plan::run(args),
        Command::WhatIf(args) => what_if::run(args),
        Command::Play(args) => play::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Article(args) => article::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
    };
    done.unwrap_or_else(|failure: Failure| output::failure(&failure))
}
