//! What a session keeps beside its turns, and what it answers.

use super::command::Outside;
use super::screen::Window;
use crate::model::trace::Turn;

/// Something that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// How many actions had been taken.
    pub after: usize,
    /// What was looked at.
    pub window: Window,
}

/// Actions that were taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fork {
    /// How many actions were kept.
    pub kept: usize,
    /// Those taken back.
    pub turns: Vec<Turn>,
}

/// What a line was answered with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The answer; empty or ending with a line end.
    pub text: String,
    /// What is left to be done by whoever runs the session.
    pub outside: Option<Outside>,
}
