//! Two futures side by side: what is the same, where they part, and which rule made the difference.

use crate::pack::bare;
use crate::random::any_action;
use crate::random::any_first_host;
use crate::random::any_rules;
use crate::random::any_runbook;
use crate::random::any_scenario;
use crate::random::any_set;
use imc4087::files::change::HistoryEdit;
use imc4087::files::change::HostFact;
use imc4087::files::change::history_edit;
use imc4087::files::language;
use imc4087::files::runbook::RunbookFile;
use imc4087::files::scenario::Scenario;
use imc4087::model::action::Action;
use imc4087::model::component::Component;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Os;
use imc4087::model::property::Property;
use imc4087::model::rule::RuleId;
use imc4087::model::rule::RuleSet;
use imc4087::model::set::Components;
use imc4087::model::trace::Turn;
use imc4087::report::what_if::WhatIfReport;
use imc4087::search::causes::Point;
use imc4087::search::causes::Reason;
use imc4087::search::future::Change;
use imc4087::search::future::Plan;
use imc4087::search::future::Premise;
use imc4087::search::what_if::Balance;
use imc4087::search::what_if::Item;
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

fn acts(scenario: &Scenario) -> Vec<Action> {
    scenario.acts.iter().flat_map(|it| &it.actions).map(|it| it.value).collect()
}

fn printed(premise: &Premise, branch: WhatIf) -> String {
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

/// The scenario of the pack called `name`, with the acts that it has.
fn premise(name: &str) -> Premise {
    let items = imc4087::cli::load::pack();
    let item = items.iter().find(|it| it.file.path.ends_with(&format!("/{name}.toml"))).unwrap();
    let scenario = &item.played.as_ref().unwrap().scenario;
    Premise::of(scenario, Plan::Actions(acts(scenario)))
}

fn actions(premise: &Premise, texts: &[&str]) -> Vec<Action> {
    texts.iter().map(|it| language::parse(it, &premise.names).unwrap()).collect()
}

/// A forgotten service pack: the rule about files from the CD makes all of the difference, and the rule
/// that an IMC with a failing component does not start, which fires in both, none.
#[test]
fn the_rule_that_made_the_difference_is_named() {
    let premise = premise("upgrade-service-pack");
    let actions = actions(&premise, &["restart", "start imc"]);
    let what_if = WhatIf::ask(&premise, vec![Change::Do { at: 5, actions }]).unwrap();
    let causes = &what_if.causes.rules;
    let rules: Vec<RuleId> = causes.iter().map(|it| it.rule).collect();
    let failing = RuleId::FailingComponentStopsRegistration;
    let expected = [RuleId::CdFilesFailUnderServicePack, failing, RuleId::ReinstallRepairs];
    assert_eq!(rules, expected, "first what fires in one future only");
    let cause = &causes[0];
    let at = (Part::Steps, 4);
    assert_eq!((cause.base, cause.other, cause.changed), (None, Some(at), false));
    assert!(decides(&what_if, cause.rule).contains(&Point::Line(Item::Repaired)));
    assert!(decides(&what_if, failing).contains(&Point::Line(Item::Repaired)), "it fires in both");
    assert_eq!(
        what_if.causes.rest,
        [Point::Line(Item::Actions), Point::Breaks(Property::NoMixedBoot)]
    );
    assert_eq!(what_if.causes.reasons, [Reason::Acts]);
}

fn decides(what_if: &WhatIf, rule: RuleId) -> Vec<Point> {
    let found = what_if.causes.rules.iter().find(|it| it.rule == rule);
    found.and_then(|it| it.decides.clone()).unwrap_or_default()
}

/// A rule that is switched off is itself what made the difference, and fires in the other future only.
#[test]
fn a_changed_rule_made_the_difference_itself() {
    let premise = premise("only-protocol");
    let rule = RuleId::BootWithoutProtocolDropsShares;
    let what_if = WhatIf::ask(&premise, vec![Change::Rule { rule, believed: false }]).unwrap();
    let cause = &what_if.causes.rules[0];
    assert_eq!((cause.rule, cause.changed, cause.other), (rule, true, None));
    assert!(cause.base.is_some() && what_if.causes.rest.is_empty());
    assert_eq!(what_if.causes.reasons, [Reason::Rules]);
    assert!(what_if.differing().contains(&Item::Lost));
}

/// What is not installed during the upgrade is not damaged by it, whether a scenario says so or a
/// change of another scenario's history.
#[test]
fn a_changed_history_is_lived_by_the_same_rules() {
    let other = premise("upgrade-macintosh-removed-first");
    let premise = premise("upgrade-service-pack");
    let history = premise.history.clone().unwrap();
    let text = "upgrade => remove macintosh, restart, upgrade";
    let edit = history_edit(text, &history, &premise.names).unwrap();
    assert_eq!(edit.line, 5);
    let what_if = WhatIf::ask(&premise, vec![Change::History(edit)]).unwrap();
    assert_eq!(what_if.first.map(|it| what_if.rows[it].part), Some(Part::History));
    let (one, two) = (what_if.other.first, other.live().unwrap().first);
    let expected =
        Host { installed: one.installed, running: one.running, exchange: one.exchange, ..two };
    assert_eq!(one, expected, "as in the other scenario, but for NetBEUI and the Exchange version");
    assert!(one.failing.is_empty());
    // Each property is decided by itself, and what the history costs is counted.
    let advice = Point::Breaks(Property::StopsWhenRepaired);
    assert_eq!(decides(&what_if, RuleId::UpgradeDamagesMacintosh), [advice]);
    let rest = &what_if.causes.rest;
    for point in [
        Point::Line(Item::Refused),
        Point::Line(Item::Installed),
        Point::Line(Item::HistoryRestarts),
        Point::Line(Item::HistorySettings),
        Point::Breaks(Property::NeverRefused),
    ] {
        assert!(rest.contains(&point), "{point:?} {rest:?}");
    }
    assert_eq!(what_if.causes.reasons, [Reason::History]);
    let (one, two) = (Balance::of(&what_if.base), Balance::of(&what_if.other));
    assert_eq!((one.history_restarts, two.history_restarts), (2, 3));
    assert!(one.history_settings.is_empty() && two.history_settings.has(Component::Macintosh));
}

/// A rule that fires in both futures decides all the same, where only one of them fails by it.
#[test]
fn a_rule_that_fires_in_both_is_told() {
    let premise = premise("services-bring-protocols");
    let damage = HostFact::Damaged(Components::EMPTY.with(Component::Tcpip));
    let what_if = WhatIf::ask(&premise, vec![Change::Fact(damage)]).unwrap();
    let rule = RuleId::FailingComponentStopsRegistration;
    let cause = what_if.causes.rules.iter().find(|it| it.rule == rule).unwrap();
    assert!(cause.base.is_some() && cause.other.is_some());
    assert!(decides(&what_if, rule).contains(&Point::Line(Item::Repaired)));
}

/// Where nothing that the futures come to differs, no rule is said to decide, and what differs is named.
#[test]
fn what_differs_is_named_where_no_rule_decides() {
    let premise = premise("upgrade-service-pack");
    for fact in [HostFact::Shares(false), HostFact::Exchange(Exchange::V55)] {
        let what_if = WhatIf::ask(&premise, vec![Change::Fact(fact)]).unwrap();
        assert_eq!(what_if.first.map(|it| what_if.rows[it].part), Some(Part::First), "{fact:?}");
        let text = printed(&premise, what_if);
        assert!(text.ends_with("no rule: the host differs\n    both come to the same\n"), "{text}");
        assert!(
            text.contains("First difference\nas it is                                what if\n0. ")
        );
    }
}

/// A runbook looks at the host that it meets: up to the step, it acts as it does there, and where it ends before,
/// there is no such step.
#[test]
fn a_runbook_up_to_a_step_acts_on_the_changed_host() {
    let mut premise = premise("damaged-netbeui");
    premise.plan = Plan::Runbook(crate::agree::article().runbook);
    let sound = Change::Fact(HostFact::Damaged(Components::EMPTY));
    let ask = |at| {
        let nothing = Change::Do { at, actions: Vec::new() };
        WhatIf::ask(&premise, vec![nothing, sound.clone()])
    };
    let what_if = ask(2).unwrap();
    let done: Vec<Action> = what_if.other.turns.iter().map(|it| it.action).collect();
    assert_eq!(done, [Action::StartImc]);
    assert!(what_if.base.turns.len() > 7);
    let refused = ask(8).unwrap_err();
    assert_eq!(refused.what, "there is no step 8");
    assert!(refused.help.contains("takes 1 step"), "{}", refused.help);
    // Without another change it is the same as the steps of the runbook by hand.
    let actions = vec![Action::Restart];
    let alone =
        WhatIf::ask(&premise, vec![Change::Do { at: 4, actions: actions.clone() }]).unwrap();
    let kept = alone.base.turns[..3].iter().map(|it| it.action).chain(actions);
    assert!(alone.other.turns.iter().map(|it| it.action).eq(kept));
}

/// What a line of the history says is changed in the history, and not beside it.
#[test]
fn facts_that_the_history_contradicts_are_refused() {
    let premise = premise("upgrade-service-pack");
    let set = |it| Components::EMPTY.with(it);
    for (fact, line) in [
        (HostFact::Upgraded(false), "h5"),
        (HostFact::Os(Os::Nt351), "h5"),
        (HostFact::ServicePack(0), "h6"),
        (HostFact::Lacks(set(Component::Macintosh)), "h3"),
        (HostFact::Components(Components::BASE.with(Component::Tcpip)), "h3"),
    ] {
        let refused = WhatIf::ask(&premise, vec![Change::Fact(fact)]).unwrap_err();
        assert!(refused.what.contains(&format!("line {line} of the history")), "{}", refused.what);
        assert!(refused.help.contains("--history"), "{}", refused.help);
    }
    for fact in [
        HostFact::Has(set(Component::Snmp)),
        HostFact::Damaged(set(Component::Tcpip)),
        HostFact::Upgraded(true),
        HostFact::ServicePack(3),
    ] {
        assert!(WhatIf::ask(&premise, vec![Change::Fact(fact)]).is_ok(), "{fact:?}");
    }
    // With the line changed too, the fact agrees.
    let history = premise.history.clone().unwrap();
    let edit = history_edit("h6 => nothing", &history, &premise.names).unwrap();
    let both = vec![Change::History(edit), Change::Fact(HostFact::ServicePack(0))];
    assert!(WhatIf::ask(&premise, both).is_ok());
}

/// A turn of a future is what the model's own step makes of it.
#[test]
fn futures_are_made_of_steps() {
    let premise = premise("service-pack-forgotten");
    let future = premise.live().unwrap();
    let mut host = future.first;
    for turn in &future.turns {
        assert_eq!(*turn, Turn::take(RuleSet::usual(), &host, turn.action));
        host = *turn.after();
    }
    assert_eq!(host, *future.last());
}
