//! stub
use super::exit::Exit;
use super::failure::Failure;
/// stub
#[derive(Debug, clap::Args)]
pub struct Args {}
/// stub
pub fn run(_: &Args) -> Result<Exit, Failure> { Ok(Exit::Holds) }
