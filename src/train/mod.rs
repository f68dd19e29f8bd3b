//! Training: a host with a hidden fault, whoever sits before it, and what there is to say afterwards.
//!
//! A lesson is a first host and where it came from. A session takes typed lines and answers as the host
//! would; the same lines give the same answers, so that the lines alone are the journal of a run. The
//! grade is taken from the actions of such a journal on a fresh host, and never from what was said.
//!
//! Invariants: no input, no output, no clock; windows show what an operator may see and nothing else.

pub mod seed;
pub mod lesson;
pub mod screen;
pub mod net;
pub mod command;
pub mod answer;
pub mod record;
pub mod session;
pub mod journal;
pub mod grade;
pub mod article;
pub mod advice;
pub mod hint;
pub mod guess;
pub mod moment;
pub mod next;
pub mod debrief;
pub mod saved;
pub mod progress;
