//! Questions about the model, answered by running it: one case in one order, later every case and every order.
//!
//! Invariants: no output, no files; every answer comes from the model's own `step`.

pub mod play;
