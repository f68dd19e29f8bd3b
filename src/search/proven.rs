//! The best plans, and what the checker says of them.

use super::cost::Aims;
use super::flaw::Flaw;
use super::flaw::Proof;
use super::ground::Ground;
use super::plan::Plan;
use super::plan::best;
use super::proof::check;

/// The best plans on `ground` for `aims`, checked. Where the checker asks what other moments cost, they are
/// weighed too.
pub fn proven(ground: &Ground, aims: &Aims) -> (Vec<Plan>, Result<Proof, Flaw>) {
    let mut found = best(ground, aims);
    loop {
        match check(&found) {
            Err(Flaw::Unsettled(asked)) if found.weigh(&asked) => {}
            done => return (found.plans, done),
        }
    }
}
