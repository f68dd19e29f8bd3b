//! The exit codes.

use std::process::ExitCode;
use std::process::Termination;

/// The table of exit codes, as `--help` shows it.
pub const HELP: &str = "Exit codes:
  0  everything that was checked holds
  1  something is broken: an expectation, a property, an invariant, a statement nothing carries
  2  the command line is wrong
  3  a file is invalid, or cannot be read or written
  4  nothing was checked, or not everything within the limit
  5  another program failed";

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Exit {
    /// Everything that was checked holds.
    Holds = 0,
    /// Something is broken: an expectation, a property, a statement that nothing carries.
    Broken = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A file is invalid, or cannot be read or written.
    Invalid = 3,
    /// Nothing was checked, or not everything within the limit.
    Nothing = 4,
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self as u8)
    }
}
