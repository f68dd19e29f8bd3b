//! Small sets of components, so that a transition is a line of set algebra.

use super::component::Component;
use super::component::Kind;
use std::fmt;

/// A set of components, in the order of [`Component::ALL`].
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Components(u32);

impl Components {
    /// No component.
    pub const EMPTY: Self = Self(0);
    /// Every component.
    pub const ALL: Self = Self::of(&Component::ALL);
    /// The seven protocols.
    pub const PROTOCOLS: Self = Self::of_kind(Kind::Protocol);
    /// The three protocols that carry the Server service: TCP/IP, NetBEUI, NWLink.
    pub const TRANSPORTS: Self =
        Self::of(&[Component::Tcpip, Component::Netbeui, Component::Nwlink]);
    /// The ten services that are installed by choice.
    pub const SERVICES: Self = Self::of_kind(Kind::Service);
    /// The five base services.
    pub const BASE: Self = Self::of_kind(Kind::Base);

    /// The set of the listed components.
    pub const fn of(list: &[Component]) -> Self {
        let mut set = Self::EMPTY;
        let mut rest = list;
        while let [first, tail @ ..] = rest {
            set = set.with(*first);
            rest = tail;
        }
        set
    }

    const fn of_kind(kind: Kind) -> Self {
        let mut set = Self::EMPTY;
        let mut rest: &[Component] = &Component::ALL;
        while let [first, tail @ ..] = rest {
            if first.kind() as u8 == kind as u8 {
                set = set.with(*first);
            }
            rest = tail;
        }
        set
    }

    /// This set and `component`.
    #[must_use]
    pub const fn with(self, component: Component) -> Self {
        Self(self.0 | 1 << component as u8)
    }

    /// This set less `component`.
    #[must_use]
    pub const fn without(self, component: Component) -> Self {
        Self(self.0 & !(1 << component as u8))
    }

    /// What is in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// What is in this set and not in the other.
    #[must_use]
    pub const fn less(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Whether `component` is in the set.
    pub const fn has(self, component: Component) -> bool {
        self.0 >> component as u8 & 1 == 1
    }

    /// Whether every member is also in `other`.
    pub const fn within(self, other: Self) -> bool {
        self.less(other).is_empty()
    }

    /// Whether both sets share a member.
    pub const fn meets(self, other: Self) -> bool {
        !self.and(other).is_empty()
    }

    /// Whether the set has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The number of members.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Every subset, the empty one first and the set itself last.
    pub fn subsets(self) -> impl Iterator<Item = Self> {
        let mut next = Some(0u32);
        std::iter::from_fn(move || {
            let this = next?;
            next = if this == self.0 { None } else { Some(this.wrapping_sub(self.0) & self.0) };
            Some(Self(this))
        })
    }

    /// A key that orders sets of one size as their members are listed.
    pub const fn canonical(self) -> u32 {
        !self.0.reverse_bits()
    }

    /// The set as bits: the member at position `n` of [`Component::ALL`] is bit `n`.
    pub const fn bits(self) -> u32 {
        self.0
    }

    /// The members, in the order of [`Component::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Component> {
        Component::ALL.into_iter().filter(move |it| self.has(*it))
    }
}

impl FromIterator<Component> for Components {
    fn from_iter<I: IntoIterator<Item = Component>>(list: I) -> Self {
        list.into_iter().fold(Self::EMPTY, Self::with)
    }
}

impl fmt::Debug for Components {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Component::id)).finish()
    }
}
