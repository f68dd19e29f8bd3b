//! Text in, model values out: scenario files, runbook files, and the action language in both.
//!
//! Each reader takes a `&str` and returns the value, where there is one, beside everything there is to
//! say about the file. Each has a printer whose text reads back as the same value.
//!
//! Invariants: takes text, never a path; opens nothing; a file with an error gives no value.

pub mod shape;
pub mod syntax;
pub mod check;
pub mod read;
pub mod language;
pub mod runbook;
pub mod host;
pub mod expect;
pub mod scenario;
pub mod print;
pub mod pack;
pub mod change;
