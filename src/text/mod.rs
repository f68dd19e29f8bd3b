//! Places in files, and complaints about them.
//!
//! The room for what is said to the writer of a file: where, what, why, and what would be right.
//! Words that every message needs (plurals, lists, "did you mean") are here too.
//!
//! Invariants: knows text and nothing of files, hosts or terminals.

pub mod span;
pub mod wording;
pub mod diagnostic;
