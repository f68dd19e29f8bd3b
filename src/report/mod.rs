//! Results out: what was found, as text for people and as documents for programs.
//!
//! Every function returns a `String`. Text for people carries terminal styles, which the terminal room
//! strips where nobody wants them. Documents have a schema with a number, and change only with it.
//!
//! Invariants: prints nothing, opens nothing; same input, same bytes.

pub mod style;
pub mod columns;
pub mod words;
pub mod timeline;
pub mod run;
pub mod plain;
pub mod closed;
pub mod json;
pub mod junit;
pub mod article;
pub mod explain;
pub mod verify;
pub mod edits;
pub mod verify_plain;
pub mod verify_json;
pub mod weigh;
pub mod github;
pub mod markdown;
pub mod sarif;
pub mod explore;
pub mod plan;
pub mod plan_steps;
pub mod plan_why;
pub mod plan_costs;
pub mod plan_costs_json;
pub mod plan_json;
pub mod planworld;
pub mod planworld_json;
pub mod plan_document;
pub mod what_if;
pub mod balance;
pub mod over;
pub mod tree;
pub mod svg;
pub mod dot;
pub mod page;
pub mod causes_json;
pub mod what_if_json;
pub mod block;
pub mod verdict;
pub mod debrief_lines;
pub mod debrief;
