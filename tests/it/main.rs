//! The integration tests: one binary, one file a subject.
#![expect(clippy::unwrap_used, reason = "a failed setup fails the test")]
#![expect(clippy::panic, reason = "a failed setup fails the test")]
#![expect(clippy::indexing_slicing, reason = "a failed setup fails the test")]

mod tidy;
mod naive;
mod naive_runs;
mod agree;
mod rules;
mod actions;
mod judged;
mod followed;
mod shown;
mod article;
mod random;
mod pack;
mod diagnostics;
mod cli;
mod formats;
mod known;
mod exact;
mod families;
mod technicians;
mod wrong;
mod readme;
mod explore;
mod explore_command;
mod plan;
mod micro;
mod front;
mod plan_command;
mod what_if;
mod what_if_command;
mod what_if_over;
mod what_if_why;
mod picture;
mod way;
mod training;
mod words_of_nt;
mod grading;
mod hints;
mod debriefs;
mod training_files;
mod play_command;
mod play_files;
mod prompt;
