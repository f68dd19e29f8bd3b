//! A moment of a plan, just after a boot: what is known then, and what the damages that are possible weigh.

use super::ground::Counts;
use super::ground::GROUPS;
use super::ground::Ground;
use super::odds::Weights;
use crate::model::set::Components;

/// What an operator knows just after a boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// How many are as they were at first.
    pub here: Counts,
    /// How many are out.
    pub out: Counts,
    /// The weights of what was here at the last failed try and is not here now; none where no try failed.
    pub since_failure: Option<Weights>,
    /// Whether a protocol stands in.
    pub stands_in: bool,
    /// Whether shares are lost.
    pub lost: bool,
}

impl Moment {
    /// The first moment.
    pub fn first(ground: &Ground) -> Self {
        Self {
            here: ground.count(Components::ALL),
            out: [0; GROUPS],
            since_failure: None,
            stands_in: false,
            lost: false,
        }
    }

    /// What all damages that are possible weigh, those apart that differ only in what is not here and was
    /// not here at the last failed try.
    pub fn weight(&self, ground: &Ground) -> u128 {
        let here = ground.weights(self.here);
        self.since_failure.map_or(here.any, |gone| here.and(gone).some())
    }

    /// What those of them weigh with which a try succeeds.
    pub fn succeeding(&self, ground: &Ground) -> u128 {
        let here = ground.weights(self.here);
        here.none * self.since_failure.map_or(1, Weights::some)
    }

    /// The moment after a failed try, and what each of its cases counts.
    pub fn failed(&self) -> (Self, u128) {
        let times = self.since_failure.map_or(1, |gone| gone.any);
        (Self { since_failure: Some(Weights::ONE), ..*self }, times)
    }

    /// Whether everything is in its place.
    pub fn is_whole(&self) -> bool {
        total(self.out) == 0 && !self.stands_in
    }
}

/// How many there are together.
pub fn total(counts: Counts) -> u8 {
    counts.iter().sum()
}

/// These without those.
pub fn minus(counts: Counts, other: Counts) -> Counts {
    let mut left = counts;
    for (count, less) in left.iter_mut().zip(other) {
        *count -= less;
    }
    left
}
