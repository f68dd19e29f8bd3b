//! Two futures side by side: what is the same, and where they part.

use crate::pack::bare;
use crate::random::any_action;
use crate::random::any_first_host;
use crate::random::any_rules;
use crate::random::any_runbook;
use crate::random::any_scenario;
use crate::random::any_set;
use imc4087::files::change::HistoryEdit;
use imc4087::files::change::HostFact;
use imc4087::files::runbook::RunbookFile;
use imc4087::files::scenario::Scenario;
use imc4087::model::action::Action;
use imc4087::model::rule::RuleId;
use imc4087::model::set::Components;
use imc4087::report::what_if::WhatIfReport;
use imc4087::search::future::Change;
use imc4087::search::future::Plan;
use imc4087::search::future::Premise;
use imc4087::search::what_if::Part;
use imc4087::search::what_if::Row;
use imc4087::search::what_if::WhatIf;
use proptest::collection::vec;
use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use proptest::sample::Index;

pub(crate) fn acts(scenario: &Scenario) -> Vec<Action> {
    scenario.acts.iter().flat_map(|it| &it.actions).map(|it| it.value).collect()
}

pub(crate) fn printed(premise: &Premise, branch: WhatIf) -> String {
    let report = WhatIfReport {
        path: "a.toml".to_owned(),
        title: "A".to_owned(),
        plan: "the acts of the scenario".to_owned(),
        names: premise.names.clone(),
        branches: vec![branch],
    };
    bare(&report.plain())
}

/// Every change that says what is so anyway.
fn idle(scenario: &Scenario, premise: &Premise, at: usize) -> Vec<Change> {
    let (host, actions) = (&scenario.host, acts(scenario));
    let mut facts = vec![
        HostFact::Os(host.os),
        HostFact::ServicePack(host.service_pack),
        HostFact::Upgraded(host.upgraded),
        HostFact::Exchange(host.exchange),
        HostFact::Imc(host.imc),
        HostFact::Components(host.installed),
        HostFact::Has(host.installed),
        HostFact::Lacks(Components::ALL.less(host.installed)),
        HostFact::Shares(!host.shares.is_empty()),
    ];
    if host.damaged.within(host.installed) {
        facts.push(HostFact::Damaged(host.damaged));
    }
    let mut changes: Vec<Change> = facts.into_iter().map(Change::Fact).collect();
    changes.push(Change::Do { at: at + 1, actions: actions[at..].to_vec() });
    for rule in RuleId::ALL {
        changes.push(Change::Rule { rule, believed: scenario.rules.believes(rule) });
    }
    if let Some(history) = &premise.history {
        let set_up = HistoryEdit { line: 1, os: Some(history.os), actions: Vec::new() };
        changes.push(Change::History(set_up));
        for (index, action) in history.actions.iter().enumerate() {
            let edit = HistoryEdit { line: index + 2, os: None, actions: vec![*action] };
            changes.push(Change::History(edit));
        }
    }
    changes
}

/// The turns of a part that the rows show on one side, in order.
fn shown(rows: &[Row], part: Part, side: impl Fn(&Row) -> Option<usize>) -> Vec<usize> {
    rows.iter().filter(|it| it.part == part).filter_map(side).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// Changing nothing makes no difference, whatever is changed to what it is, alone or all at once.
    #[test]
    fn changing_nothing_makes_no_difference(scenario in any_scenario(), at in any::<Index>()) {
        let actions = acts(&scenario);
        let at = at.index(actions.len() + 1);
        let premise = Premise::of(&scenario, Plan::Actions(actions));
        let idle = idle(&scenario, &premise, at);
        for changes in idle.iter().map(|it| vec![it.clone()]).chain([idle.clone()]) {
            let what_if = WhatIf::ask(&premise, changes.clone()).unwrap();
            prop_assert!(what_if.is_same(), "{changes:?}");
            prop_assert_eq!(what_if.first, None);
            prop_assert!(printed(&premise, what_if).ends_with("\nno difference\n"), "{changes:?}");
        }
    }

    /// A runbook followed instead of itself, and the actions of a runbook done by hand, are the same.
    #[test]
    fn the_same_runbook_makes_no_difference(
        scenario in any_scenario(),
        runbook in any_runbook(),
    ) {
        let premise = Premise::of(&scenario, Plan::Runbook(runbook.clone()));
        let base = premise.live().unwrap();
        let actions = base.turns.iter().map(|it| it.action).collect();
        let path = "b.toml".to_owned();
        let file =
            RunbookFile { runbook, places: Vec::new(), asks: Vec::new(), title: 0..0 };
        for change in [Change::Runbook { path, file }, Change::Do { at: 1, actions }] {
            let what_if = WhatIf::ask(&premise, vec![change]).unwrap();
            prop_assert_eq!(&what_if.base.turns, &what_if.other.turns);
            prop_assert!(base.claim.is_none() || what_if.is_same());
        }
    }

    /// The rows show every turn of both futures once and in order, the same turns before the first
    /// difference beside each other; and "no difference" is printed exactly where there is none.
    #[test]
    fn rows_are_both_futures_and_the_first_difference_is_the_first(
        scenario in any_scenario(),
        rules in any_rules(),
        (service_pack, has) in (0..=5u8, any_set(Components::PROTOCOLS)),
        (at, actions) in (any::<Index>(), vec(any_action(), 0..6)),
    ) {
        let premise = Premise::of(&scenario, Plan::Actions(acts(&scenario)));
        let at = at.index(acts(&scenario).len() + 1) + 1;
        let no_finish = |it: &Action| !matches!(it, Action::Finish(_));
        let rules = RuleId::ALL.map(|rule| Change::Rule { rule, believed: rules.believes(rule) });
        let mut all = vec![
            vec![Change::Do { at, actions: actions.into_iter().filter(no_finish).collect() }],
            vec![Change::Fact(HostFact::ServicePack(service_pack))],
            vec![Change::Fact(HostFact::Has(has))],
            rules.to_vec(),
        ];
        all.push(all.concat());
        for changes in all {
            // A fact that a line of the history contradicts is refused.
            let Ok(what_if) = WhatIf::ask(&premise, changes) else {
                prop_assert!(premise.history.is_some());
                continue;
            };
            let (base, other) = (&what_if.base, &what_if.other);
            for (part, one, two) in [
                (Part::History, base.history.len(), other.history.len()),
                (Part::Steps, base.turns.len(), other.turns.len()),
            ] {
                prop_assert!(shown(&what_if.rows, part, |it| it.base).into_iter().eq(0..one));
                prop_assert!(shown(&what_if.rows, part, |it| it.other).into_iter().eq(0..two));
            }
            let turns = |it: &imc4087::search::future::Future| {
                [it.history.clone(), it.turns.clone()].concat()
            };
            let same = turns(base).iter().zip(&turns(other)).take_while(|(a, b)| a == b).count();
            if let Some(first) = what_if.first {
                let before = what_if.rows[..first].iter();
                let counted = before.filter(|it| it.part != Part::First).count();
                prop_assert!(counted == same || base.first != other.first);
            } else {
                prop_assert_eq!(turns(base), turns(other));
            }
            let is_same = what_if.is_same();
            let text = printed(&premise, what_if);
            prop_assert_eq!(is_same, text.contains("\nno difference\n"), "{}", text);
            prop_assert!(is_same || text.contains("\nBalance\n"), "{}", text);
            prop_assert!(text.lines().all(|it| it.chars().count() <= 100 || !it.contains("  ")));
        }
    }

    /// A fact that is given is a fact then, and the host still fits together.
    #[test]
    fn a_fact_holds_of_the_host_that_it_was_put_on(
        first in any_first_host(),
        set in any_set(Components::PROTOCOLS.or(Components::SERVICES)),
        (number, flag) in (0..=5u8, any::<bool>()),
    ) {
        for fact in [
            HostFact::Components(set.or(Components::BASE)),
            HostFact::Has(set),
            HostFact::Lacks(set),
            HostFact::ServicePack(number),
            HostFact::Shares(flag),
        ] {
            let host = fact.on(&first, first.shares);
            prop_assert!(host.fits_together(), "{fact:?}");
            prop_assert_eq!(fact.on(&host, first.shares), host, "{:?}", fact);
            if let HostFact::Components(set) = fact {
                prop_assert_eq!(host.installed, set);
            }
            if let HostFact::Lacks(set) = fact {
                prop_assert!(!set.meets(host.installed.or(host.failing)));
            }
        }
    }
}
