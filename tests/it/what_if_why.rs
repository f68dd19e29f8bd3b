//! What made two futures differ: rules that decide, and what differs where none does.

use crate::what_if::acts;
use crate::what_if::printed;
use imc4087::files::change::HostFact;
use imc4087::files::change::history_edit;
use imc4087::files::language;
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
use imc4087::search::causes::Point;
use imc4087::search::causes::Reason;
use imc4087::search::future::Change;
use imc4087::search::future::Plan;
use imc4087::search::future::Premise;
use imc4087::search::what_if::Balance;
use imc4087::search::what_if::Item;
use imc4087::search::what_if::Part;
use imc4087::search::what_if::WhatIf;

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
    // Without reinstalling no repair is left, which is no reason why one of them has none.
    let expected = [RuleId::CdFilesFailUnderServicePack, failing];
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

/// Of two rules that are switched off at once each is told with what it decides by itself.
#[test]
fn two_changed_rules_are_told_apart() {
    let premise = premise("only-protocol");
    let off = |rule| Change::Rule { rule, believed: false };
    let (shares, repairs) = (RuleId::BootWithoutProtocolDropsShares, RuleId::ReinstallRepairs);
    let what_if = WhatIf::ask(&premise, vec![off(shares), off(repairs)]).unwrap();
    assert!(decides(&what_if, shares).contains(&Point::Line(Item::Lost)));
    assert!(!decides(&what_if, shares).contains(&Point::Line(Item::Repaired)));
    assert!(decides(&what_if, repairs).contains(&Point::Line(Item::Repaired)));
    let text = printed(&premise, what_if);
    assert_eq!(text.matches("it is part of what was changed").count(), 2, "{text}");
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

/// What a repair rests on did not make the difference, where another thing was changed.
#[test]
fn the_rule_that_a_repair_rests_on_is_not_to_blame() {
    let premise = premise("upgrade-service-pack");
    let change = Change::Fact(HostFact::parse("imc=absent", &["imc"]).unwrap());
    let what_if = WhatIf::ask(&premise, vec![change]).unwrap();
    assert!(decides(&what_if, RuleId::ReinstallRepairs).is_empty());
    assert!(what_if.causes.rest.contains(&Point::Line(Item::Repaired)));
    assert_eq!(what_if.causes.reasons, [Reason::Host]);
}
