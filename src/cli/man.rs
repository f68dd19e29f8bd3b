//! `imc4087 man`: manual pages.

use super::exit::Exit;
use super::failure::Failure;
use super::output;
use crate::text::wording;

/// Print a manual page, of the program or of one command
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The command; the program itself unless given
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints the page as troff.
///
/// # Errors
///
/// When there is no such command, or standard output cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    let mut program = super::definition();
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => {
            let known: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
            let hint = wording::instead(name, &known);
            let found = program.find_subcommand(name).cloned();
            found
                .ok_or_else(|| Failure::UnknownWord { word: name.clone(), kind: "command", hint })?
                .name(format!("imc4087-{name}"))
        }
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page).map_err(Failure::Output)?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Holds)
}
