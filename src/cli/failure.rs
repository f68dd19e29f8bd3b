//! What stopped a command: the world, not the model.

use super::exit::Exit;
use crate::text::wording;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// What stopped a command.
#[derive(Debug)]
pub enum Failure {
    /// A file or folder cannot be read.
    Unreadable {
        /// The path as it was given.
        path: PathBuf,
        /// What the system said.
        reason: String,
        /// What would be right.
        hint: String,
    },
    /// A file cannot be written.
    Unwritable {
        /// The path as it was given.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// There was nothing to check.
    NothingToCheck {
        /// Where it was looked for.
        path: PathBuf,
        /// What would be right.
        hint: &'static str,
    },
    /// A word on the command line is not known.
    UnknownWord {
        /// The word.
        word: String,
        /// What it should have been.
        kind: &'static str,
        /// What would be right.
        hint: String,
    },
    /// A question that cannot be asked.
    Unaskable {
        /// What is wrong with it.
        what: String,
        /// What would be right.
        hint: String,
    },
    /// An answer that was not found within a limit.
    GivenUp {
        /// What is not known.
        what: String,
        /// What would be right.
        hint: &'static str,
    },
    /// Standard output cannot be written, and not because the reader went away.
    Output(io::Error),
}

impl Failure {
    /// The exit code.
    pub const fn exit(&self) -> Exit {
        match self {
            Self::Unreadable { .. } | Self::Unwritable { .. } | Self::Output(_) => Exit::Invalid,
            Self::NothingToCheck { .. } | Self::GivenUp { .. } => Exit::Nothing,
            Self::UnknownWord { .. } | Self::Unaskable { .. } => Exit::Usage,
        }
    }

    /// What happened, and what would be right.
    pub fn words(&self) -> (String, Option<String>) {
        match self {
            Self::Unreadable { path, reason, hint } => {
                let hint = Some(hint.clone()).filter(|it| !it.is_empty());
                (format!("cannot read {}: {reason}", shown(path)), hint)
            }
            Self::Unwritable { path, error } => {
                (format!("cannot write {}: {error}", shown(path)), None)
            }
            Self::NothingToCheck { path, hint } => {
                (format!("nothing to check in {}", shown(path)), Some((*hint).to_owned()))
            }
            Self::UnknownWord { word, kind, hint } => {
                let word = wording::clipped(word, 60);
                (format!("no {kind} is called `{word}`"), Some(hint.clone()))
            }
            Self::GivenUp { what, hint } => (what.clone(), Some((*hint).to_owned())),
            Self::Unaskable { what, hint } => (what.clone(), Some(hint.clone())),
            Self::Output(error) => (format!("cannot write to standard output: {error}"), None),
        }
    }
}

/// The path on one line, without anything that a terminal would obey.
pub fn shown(path: &Path) -> String {
    wording::shown(&path.display().to_string())
}
