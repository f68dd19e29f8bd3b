//! The case: a Windows NT host, what can be done to it, and what is expected of whoever does it.
//!
//! The room for everything that is true of the host whatever program is built around it. `step` is
//! the only place where something happens; the rules it asks have their claims and sources in
//! `rule`, the article's statements are in `article`, and what a run is judged by is in `property`.
//!
//! Invariants: std only; no input or output, no clock, no randomness, no threads. The hidden half of a
//! host is not in an `Observation`, so that no technician can look at it.

pub mod component;
pub mod set;
pub mod article;
pub mod fact;
pub mod rule;
pub mod catalogue;
pub mod host;
pub mod nameplate;
pub mod action;
pub mod refusal;
pub mod event;
pub mod start;
pub mod step;
pub mod observe;
pub mod technician;
pub mod runbook;
pub mod follow;
pub mod trace;
pub mod property;
