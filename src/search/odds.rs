//! How likely damage is: odds for each component, as whole numbers, each component by itself.

use crate::model::component::Component;
use crate::model::set::Components;

/// The odds that a component is damaged: so many for it, so many against. Neither is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Odds {
    /// How much damage weighs.
    pub damaged: u8,
    /// How much no damage weighs.
    pub sound: u8,
}

/// The most that either side of odds may be.
pub const ODDS_MAX: u8 = 99;

/// The odds of every component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OddsOf([Odds; Component::ALL.len()]);

/// What the damages of some components weigh together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Weights {
    /// All of them.
    pub any: u128,
    /// The empty one.
    pub none: u128,
}

impl Odds {
    /// Damaged or not, which weighs the same.
    pub const EVEN: Self = Self { damaged: 1, sound: 1 };

    /// What both sides weigh together.
    pub const fn total(self) -> u128 {
        self.damaged as u128 + self.sound as u128
    }
}

impl OddsOf {
    /// Even odds of everything, so that every case of a host weighs the same.
    pub const EVEN: Self = Self([Odds::EVEN; Component::ALL.len()]);

    /// The odds of `component`.
    pub fn of(&self, component: Component) -> Odds {
        self.0.get(component as usize).copied().unwrap_or(Odds::EVEN)
    }

    /// These odds, but `odds` for `component`.
    #[must_use]
    pub fn with(mut self, component: Component, odds: Odds) -> Self {
        if let Some(slot) = self.0.get_mut(component as usize) {
            *slot = odds;
        }
        self
    }

    /// What the damages within `set` weigh; as much as fits where it is more.
    pub fn weights(&self, set: Components) -> Weights {
        set.iter().fold(Weights::ONE, |all, it| all.and(Weights::of(self.of(it), 1)))
    }
}

impl Weights {
    /// The weights of the damages of nothing: the empty one weighs 1.
    pub const ONE: Self = Self { any: 1, none: 1 };

    /// The weights of `count` components with the same odds.
    pub fn of(odds: Odds, count: u32) -> Self {
        Self {
            any: odds.total().saturating_pow(count),
            none: u128::from(odds.sound).saturating_pow(count),
        }
    }

    /// The weights of the damages of these components and those.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self { any: self.any.saturating_mul(other.any), none: self.none.saturating_mul(other.none) }
    }

    /// What all damages but the empty one weigh.
    pub const fn some(self) -> u128 {
        self.any - self.none
    }
}
