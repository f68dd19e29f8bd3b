//! The scenario pack and the runbooks that this program carries.

/// A file of the pack: its path in the repository and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// The path, from the root of the repository.
    pub path: &'static str,
    /// The text.
    pub text: &'static str,
}

macro_rules! pack {
    ($($path:literal),* $(,)?) => {
        &[$(PackFile { path: $path, text: include_str!(concat!("../../", $path)) }),*]
    };
}

/// The scenarios, in the order of their names.
pub const SCENARIOS: &[PackFile] = pack![];

/// The runbooks that the scenarios name, in the order of their names.
pub const RUNBOOKS: &[PackFile] = pack![];
