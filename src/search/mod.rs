//! Questions about the model, answered by running it: one case in one order, every case, and every order.
//!
//! Invariants: no output, no files; every answer comes from the model's own `step`.

pub mod play;
pub mod world;
pub mod family;
pub mod classes;
pub mod verify;
pub mod facts;
pub mod condition;
pub mod cause;
pub mod reach;
pub mod witness;
pub mod edit;
pub mod mend;
pub mod case;
pub mod verdict;
pub mod idle;
pub mod ways;
pub mod compare;
pub mod weigh;
pub mod number;
pub mod seen;
pub mod space;
pub mod invariant;
pub mod census;
pub mod ends;
pub mod cheapest;
pub mod explore;
pub mod odds;
pub mod ground;
pub mod cost;
pub mod table;
pub mod flaw;
pub mod course;
pub mod plan;
pub mod beyond;
pub mod planbook;
pub mod knew;
pub mod proof;
pub mod proven;
pub mod kept;
pub mod planworld;
pub mod agree;
pub mod future;
pub mod what_if;
pub mod causes;
