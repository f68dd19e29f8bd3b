//! Families of damages beside plain lists of sets.

use crate::random::any_set;
use imc4087::model::component::Component;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Os;
use imc4087::model::set::Components;
use imc4087::search::family::Family;
use imc4087::search::world::order;
use proptest::collection::vec;
use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;

/// Protocols and two services: few enough to list every damage.
const SOME: Components = Components::PROTOCOLS.with(Component::Macintosh).with(Component::Snmp);

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    /// Members, their number, the largest and the smallest, after any cuts.
    #[test]
    fn a_family_is_the_list_of_its_members(
        universe in any_set(SOME),
        cuts in vec((any::<bool>(), any_set(SOME)), 0..6),
        alone in any::<bool>(),
        set in any_set(SOME),
        free in any_set(Components::of(&[Component::Macintosh, Component::Snmp, Component::Ras])),
    ) {
        let start = if alone { Family::only(universe) } else { Family::all(universe, free) };
        let mut members: Vec<Components> =
            if alone { vec![universe] } else { universe.subsets().collect() };
        let mut family = Some(start);
        for (meets, by) in cuts {
            members.retain(|it| it.meets(by) == meets);
            family = family.and_then(|it| if meets { it.meeting(by) } else { it.avoiding(by) });
            prop_assert_eq!(family.is_none(), members.is_empty());
        }
        let Some(family) = family else { return Ok(()) };
        // A free component that is sound may be installed or not.
        let ways = |it: &Components| if alone { 1 } else { 1u64 << free.less(*it).len() };
        prop_assert_eq!(family.count(), members.iter().map(ways).sum::<u64>());
        prop_assert!(SOME.subsets().all(|it| family.has(it) == members.contains(&it)));
        let installed = SOME.or(free).or(Components::BASE);
        let host = Host::consistent(Os::Nt40, Exchange::V50, installed, Components::EMPTY);
        let least = |it: &Components| {
            let lacking = if alone { Components::EMPTY } else { free.less(*it) };
            let installed = installed.less(lacking);
            Host::consistent(Os::Nt40, Exchange::V50, installed, *it)
        };
        let smallest = members.iter().map(least).min_by_key(order);
        prop_assert_eq!(Some(family.smallest(&host)), smallest);
        prop_assert!(members.iter().all(|it| it.within(family.largest())));
        prop_assert!(members.contains(&family.largest()));
        let meeting = members.iter().filter(|it| it.meets(set)).count();
        prop_assert_eq!(family.is_cut_by(set), meeting > 0 && meeting < members.len());
    }
}
