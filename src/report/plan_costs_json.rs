//! What plans cost, for programs.

use super::plan_costs::mean;
use crate::search::bill::Bill;
use crate::search::cost::Aim;
use crate::search::plan::Counts;
use crate::search::plan::Ends;
use schemars::JsonSchema;
use serde::Serialize;

/// What something costs over all cases.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CostsDocument {
    restarts: CostDocument,
    reinstalls: CostDocument,
    #[serde(skip_serializing_if = "Option::is_none")]
    tries: Option<CostDocument>,
    lost: CostDocument,
    unrepaired: CostDocument,
}

/// One kind of cost.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CostDocument {
    /// The most in one case.
    most: u64,
    /// The mean, each case by its weight: two decimals, rounded half up.
    mean: String,
    /// The mean as a fraction.
    exact: String,
    /// The cases in which it is not none.
    cases: u64,
}

fn cost(counts: Counts, weight: u128) -> CostDocument {
    let (sum, weight) = (counts.sum, weight.max(1));
    CostDocument {
        most: counts.most,
        mean: mean(sum, weight),
        exact: fraction(sum, weight),
        cases: counts.cases,
    }
}

/// `sum` of `all`, in lowest terms.
pub fn fraction(sum: u128, all: u128) -> String {
    let common = gcd(sum, all).max(1);
    format!("{}/{}", sum / common, all / common)
}

const fn gcd(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { gcd(other, one % other) }
}

/// What the ends of a plan cost.
pub fn costs(ends: &Ends) -> CostsDocument {
    let of = |aim| cost(ends.count(aim), ends.weight);
    CostsDocument {
        restarts: of(Aim::Restarts),
        reinstalls: of(Aim::Reinstalls),
        tries: Some(of(Aim::Tries)),
        lost: of(Aim::Lost),
        unrepaired: of(Aim::Unrepaired),
    }
}

/// What the cases of `bill` cost, which weigh so much together.
pub fn bill(bill: &Bill, weight: u128) -> CostsDocument {
    CostsDocument {
        restarts: cost(bill.restarts, weight),
        reinstalls: cost(bill.reinstalls, weight),
        tries: None,
        lost: cost(bill.lost, weight),
        unrepaired: cost(bill.unrepaired, weight),
    }
}
