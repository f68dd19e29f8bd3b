//! Families of damages: all subsets of one set that meet each of some others.

use super::odds::OddsOf;
use super::world::with_damage;
use crate::model::host::Host;
use crate::model::set::Components;

/// The damages `D` with `D` within `within`, and meeting every set of `meets`.
///
/// Never empty: a constructor that would make an empty one answers with none. The largest member is
/// `within` itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    within: Components,
    /// Whether `within` is the only member.
    alone: bool,
    /// No set is within another, and all are within `within`.
    meets: Vec<Components>,
    /// Components that need not be installed where they are not damaged: each such member stands for
    /// the host with them and for the host without.
    free: Components,
}

impl Family {
    /// Every damage within `universe`, the empty one included, on hosts that may lack any of `free`.
    pub const fn all(universe: Components, free: Components) -> Self {
        Self { within: universe, alone: false, meets: Vec::new(), free }
    }

    /// This damage and no other.
    pub const fn only(damage: Components) -> Self {
        Self { within: damage, alone: true, meets: Vec::new(), free: Components::EMPTY }
    }

    /// The largest member.
    pub const fn largest(&self) -> Components {
        self.within
    }

    /// The members that do not meet `set`; none where every member does.
    pub fn avoiding(&self, set: Components) -> Option<Self> {
        if self.alone {
            return (!self.within.meets(set)).then(|| self.clone());
        }
        let within = self.within.less(set);
        let mut family = Self::all(within, self.free);
        for it in &self.meets {
            family = family.meeting(it.and(within))?;
        }
        Some(family)
    }

    /// The members that meet `set`; none where no member does.
    pub fn meeting(&self, set: Components) -> Option<Self> {
        let set = set.and(self.within);
        if set.is_empty() || self.alone {
            return if set.is_empty() { None } else { Some(self.clone()) };
        }
        let mut family = self.clone();
        if family.meets.iter().any(|it| it.within(set)) {
            return Some(family);
        }
        family.meets.retain(|it| !set.within(*it));
        family.meets.push(set);
        Some(family)
    }

    /// Whether some members meet `set` and others do not.
    pub fn is_cut_by(&self, set: Components) -> bool {
        !self.alone && self.within.meets(set) && !self.meets.iter().any(|it| it.within(set))
    }

    /// The members that are in `other` too; none where there are none.
    pub fn and(&self, other: &Self) -> Option<Self> {
        if self.alone || other.alone {
            let (one, family) = if self.alone { (self, other) } else { (other, self) };
            return family.has(one.within).then(|| one.clone());
        }
        let within = self.within.and(other.within);
        if self.meets.iter().chain(&other.meets).any(|it| !it.meets(within)) {
            return None;
        }
        let mut family = Self::all(within, self.free);
        for it in self.meets.iter().chain(&other.meets) {
            family = family.meeting(*it)?;
        }
        Some(family)
    }

    /// How many components the smallest case of `host` with a damage of this family has at least.
    pub const fn fewest(&self, host: &Host) -> u32 {
        host.installed.less(self.free).len()
    }

    /// The members, each with and without any of `set`, none of which any member has.
    #[must_use]
    pub fn whether_or_not(&self, set: Components) -> Self {
        Self { within: self.within.or(set), ..self.clone() }
    }

    /// Whether `damage` is a member.
    pub fn has(&self, damage: Components) -> bool {
        if self.alone {
            return damage == self.within;
        }
        damage.within(self.within) && self.meets.iter().all(|it| it.meets(damage))
    }

    /// The number of cases: members by inclusion and exclusion over `meets`, each counted once for
    /// every way in which the free components that it leaves sound are installed or not.
    pub fn count(&self) -> u64 {
        fn rest(family: &Family, within: Components, meets: &[Components]) -> u64 {
            match meets {
                [] => {
                    let free = within.and(family.free).len();
                    let others = within.or(family.free).len() - free;
                    3u64.pow(free) << others
                }
                [first, others @ ..] => {
                    rest(family, within, others) - rest(family, within.less(*first), others)
                }
            }
        }
        if self.alone { 1 } else { rest(self, self.within, &self.meets) }
    }

    /// What the members weigh together under `odds`, of all damages within `universe`.
    pub fn weight(&self, universe: Components, odds: &OddsOf) -> u128 {
        fn rest(odds: &OddsOf, within: Components, meets: &[Components]) -> u128 {
            match meets {
                [] => odds.weights(within).any,
                [first, others @ ..] => {
                    let avoiding = odds.weights(first.and(within)).none;
                    rest(odds, within, others) - avoiding * rest(odds, within.less(*first), others)
                }
            }
        }
        let sound = odds.weights(universe.less(self.within)).none;
        if self.alone {
            return self.within.iter().fold(sound, |all, it| all * u128::from(odds.of(it).damaged));
        }
        sound * rest(odds, self.within, &self.meets)
    }

    /// The smallest case of `host` with a damage of this family: fewest components, then fewest
    /// damaged, then canonical order.
    pub fn smallest(&self, host: &Host) -> Host {
        let choices = self.meets.iter().fold(Components::EMPTY, |all, it| all.or(*it));
        let key = |it: &Components| {
            let free = it.and(self.free);
            (free.len(), it.len(), free.canonical(), it.canonical())
        };
        let damage = if self.alone {
            self.within
        } else {
            choices.subsets().filter(|it| self.has(*it)).min_by_key(key).unwrap_or_default()
        };
        let installed = host.installed.less(self.free.less(damage));
        Host { installed, running: installed, ..with_damage(host, damage) }
    }
}
