//! In what ways a case comes out otherwise than its twin.

use super::classes::Class;
use super::what_if::with_settings;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::property::Property;
use crate::model::set::Components;
use std::cmp::Ordering;

/// In what way a case comes out otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It breaks this property, and did not before.
    Breaks(Property),
    /// It broke this property, and does no longer.
    Mends(Property),
    /// Shares are lost on the way, and were not before.
    LosesShares,
    /// Shares were lost on the way, and are no longer.
    KeepsShares,
    /// Settings of a component are lost, and were not before.
    LosesSettings,
    /// Settings of a component were lost, and are no longer.
    KeepsSettings,
    /// More restarts than before.
    MoreRestarts,
    /// Fewer restarts than before.
    FewerRestarts,
    /// More tries than before.
    MoreTries,
    /// Fewer tries than before.
    FewerTries,
    /// More actions than before.
    MoreActions,
    /// Fewer actions than before.
    FewerActions,
    /// As many actions as before, but others.
    OtherActions,
    /// At the end the host is otherwise than at first, and not in the way in which it was before.
    OtherEnd,
}

impl Change {
    /// The word in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Breaks(_) => "breaks",
            Self::Mends(_) => "mends",
            Self::LosesShares => "loses-shares",
            Self::KeepsShares => "keeps-shares",
            Self::LosesSettings => "loses-settings",
            Self::KeepsSettings => "keeps-settings",
            Self::MoreRestarts => "more-restarts",
            Self::FewerRestarts => "fewer-restarts",
            Self::MoreTries => "more-tries",
            Self::FewerTries => "fewer-tries",
            Self::MoreActions => "more-actions",
            Self::FewerActions => "fewer-actions",
            Self::OtherActions => "other-actions",
            Self::OtherEnd => "other-end",
        }
    }

    /// The property that it is about.
    pub const fn property(self) -> Option<Property> {
        if let Self::Breaks(property) | Self::Mends(property) = self {
            Some(property)
        } else {
            None
        }
    }

    /// All ways, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        let rest = [
            Self::LosesShares,
            Self::KeepsShares,
            Self::LosesSettings,
            Self::KeepsSettings,
            Self::MoreRestarts,
            Self::FewerRestarts,
            Self::MoreTries,
            Self::FewerTries,
            Self::MoreActions,
            Self::FewerActions,
            Self::OtherActions,
            Self::OtherEnd,
        ];
        let breaks = Property::ALL.into_iter().map(Self::Breaks);
        breaks.chain(Property::ALL.into_iter().map(Self::Mends)).chain(rest)
    }

    /// Its place among all ways.
    pub const fn index(self) -> usize {
        let properties = Property::ALL.len();
        match self {
            Self::Breaks(it) => it as usize,
            Self::Mends(it) => properties + it as usize,
            Self::LosesShares => 2 * properties,
            Self::KeepsShares => 2 * properties + 1,
            Self::LosesSettings => 2 * properties + 2,
            Self::KeepsSettings => 2 * properties + 3,
            Self::MoreRestarts => 2 * properties + 4,
            Self::FewerRestarts => 2 * properties + 5,
            Self::MoreTries => 2 * properties + 6,
            Self::FewerTries => 2 * properties + 7,
            Self::MoreActions => 2 * properties + 8,
            Self::FewerActions => 2 * properties + 9,
            Self::OtherActions => 2 * properties + 10,
            Self::OtherEnd => 2 * properties + 11,
        }
    }
}

/// Some ways, as bits by their place among all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Changes(u64);

impl Changes {
    /// No way.
    pub const NONE: Self = Self(0);

    /// These and `change`.
    #[must_use]
    pub const fn with(self, change: Change) -> Self {
        Self(self.0 | 1 << change.index())
    }

    /// Whether `change` is among them.
    pub const fn has(self, change: Change) -> bool {
        self.0 >> change.index() & 1 == 1
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The ways, in order.
    pub fn iter(self) -> impl Iterator<Item = Change> {
        let all = (!self.is_empty()).then(Change::all);
        all.into_iter().flatten().filter(move |it| self.has(*it))
    }
}

/// In what ways the cases that both classes share come out otherwise; each with the first host of its run.
pub fn changes((first, old): (&Host, &Class), (twin, new): (&Host, &Class)) -> Changes {
    let mut changes = Changes::NONE;
    if old.broken != new.broken {
        for property in Property::ALL {
            match (old.broken.has(property), new.broken.has(property)) {
                (false, true) => changes = changes.with(Change::Breaks(property)),
                (true, false) => changes = changes.with(Change::Mends(property)),
                (false, false) | (true, true) => {}
            }
        }
    }
    changes = match (old.lost_at.is_some(), new.lost_at.is_some()) {
        (false, true) => changes.with(Change::LosesShares),
        (true, false) => changes.with(Change::KeepsShares),
        (false, false) | (true, true) => changes,
    };
    if old.removed != new.removed {
        let (was, is) = (with_settings(old.removed), with_settings(new.removed));
        if !is.within(was) {
            changes = changes.with(Change::LosesSettings);
        }
        if !was.within(is) {
            changes = changes.with(Change::KeepsSettings);
        }
    }
    for (order, fewer, more) in [
        (new.restarts.cmp(&old.restarts), Change::FewerRestarts, Change::MoreRestarts),
        (new.tries.cmp(&old.tries), Change::FewerTries, Change::MoreTries),
        (new.end.actions.cmp(&old.end.actions), Change::FewerActions, Change::MoreActions),
    ] {
        changes = match order {
            Ordering::Less => changes.with(fewer),
            Ordering::Equal => changes,
            Ordering::Greater => changes.with(more),
        };
    }
    if old.end.actions == new.end.actions && old.acts != new.acts {
        changes = changes.with(Change::OtherActions);
    }
    if left(first, &old.end.host) != left(twin, &new.end.host) {
        changes = changes.with(Change::OtherEnd);
    }
    changes
}

/// What an operator finds otherwise at the end than at first.
fn left(first: &Host, last: &Host) -> impl PartialEq + use<> {
    let installed = (last.installed.less(first.installed), first.installed.less(last.installed));
    let service_pack = (last.service_pack != first.service_pack).then_some(last.service_pack);
    let imc = (last.imc != first.imc).then_some(last.imc);
    let left: ((Components, Components), Option<u8>, Option<Imc>, _, bool) =
        (installed, service_pack, imc, last.lost, last.restart_pending);
    left
}
