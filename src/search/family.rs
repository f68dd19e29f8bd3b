//! Families of damages: all subsets of one set that meet each of some others.

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
}

impl Family {
    /// Every damage within `universe`, the empty one included.
    pub const fn all(universe: Components) -> Self {
        Self { within: universe, alone: false, meets: Vec::new() }
    }

    /// This damage and no other.
    pub const fn only(damage: Components) -> Self {
        Self { within: damage, alone: true, meets: Vec::new() }
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
        let mut family = Self::all(within);
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

    /// The members that are in `other` too; none where there are none.
    pub fn and(&self, other: &Self) -> Option<Self> {
        if self.alone || other.alone {
            let (one, family) = if self.alone { (self, other) } else { (other, self) };
            return family.has(one.within).then(|| one.clone());
        }
        let mut family = Self::all(self.within.and(other.within));
        for it in self.meets.iter().chain(&other.meets) {
            family = family.meeting(*it)?;
        }
        Some(family)
    }

    /// Whether no damage at all is a member.
    pub fn has_empty(&self) -> bool {
        if self.alone { self.within.is_empty() } else { self.meets.is_empty() }
    }

    /// Whether every member is within `set`.
    pub const fn all_within(&self, set: Components) -> bool {
        self.within.within(set)
    }

    /// Whether `damage` is a member.
    pub fn has(&self, damage: Components) -> bool {
        if self.alone {
            return damage == self.within;
        }
        damage.within(self.within) && self.meets.iter().all(|it| it.meets(damage))
    }

    /// The number of members, by inclusion and exclusion over `meets`.
    pub fn count(&self) -> u64 {
        fn rest(within: Components, meets: &[Components]) -> u64 {
            match meets {
                [] => 1 << within.len(),
                [first, others @ ..] => rest(within, others) - rest(within.less(*first), others),
            }
        }
        if self.alone { 1 } else { rest(self.within, &self.meets) }
    }

    /// The smallest member: fewest components, then canonical order.
    pub fn smallest(&self) -> Components {
        if self.alone {
            return self.within;
        }
        let choices = self.meets.iter().fold(Components::EMPTY, |all, it| all.or(*it));
        let mut members: Vec<Components> = choices.subsets().filter(|it| self.has(*it)).collect();
        members.sort_by_key(|it| (it.len(), it.canonical()));
        members.first().copied().unwrap_or_default()
    }
}
