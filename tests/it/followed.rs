//! How a runbook is followed, sentence by sentence: a file and a host in, the actions out.

use std::collections::BTreeSet;

use crate::rules::{USUAL, host, sick};
use imc4087::files::language;
use imc4087::files::runbook;
use imc4087::model::component::Component::{
    self, Dlc, Netbeui, Netbios, Nwlink, Pptp, Snmp, Tcpip,
};
use imc4087::model::follow::{Follower, Place};
use imc4087::model::host::{Exchange, Host, Imc, Shares};
use imc4087::model::nameplate::{Nameplate, Share};
use imc4087::model::observe::Outcome;
use imc4087::model::rule::{RuleId, RuleSet};
use imc4087::model::runbook::{Condition, Each, Runbook, Target, Targets, Verb};
use imc4087::model::trace::{ACTIONS_MAX, Turn, run};

/// Reads a runbook, from `[[step]]` on.
#[track_caller]
fn book(steps: &str) -> Runbook {
    let (file, said) = runbook::read(&format!("schema = 1\ntitle = \"A test\"\n{steps}"));
    assert!(!said.has_errors(), "{said:?}");
    file.unwrap().runbook
}

/// The codes of what is said about the runbook, in order.
#[track_caller]
fn complaints(steps: &str) -> Vec<&'static str> {
    let (_, said) = runbook::read(&format!("schema = 1\ntitle = \"A test\"\n{steps}"));
    said.in_order().iter().map(|it| it.code).collect()
}

/// One turn in words: the action, and whether it failed or was refused.
pub(crate) fn in_words(turn: &Turn) -> String {
    let share =
        |name: &str| Share { name: name.into(), path: "D:\\".into(), remark: String::new() };
    let names =
        Nameplate { computer: "MAIL01".into(), shares: ["Public", "Data"].map(share).into() };
    let action = language::print(turn.action, &names);
    match turn.outcome() {
        Outcome::Done => action,
        Outcome::Failed(_) => format!("{action} fails"),
        Outcome::Refused(_) => format!("{action} is refused"),
    }
}

/// Follows `runbook` and returns its turns, and whether it got stuck.
pub(crate) fn followed(rules: RuleSet, runbook: &Runbook, first: &Host) -> (Vec<Turn>, bool) {
    let mut turns = Vec::new();
    let mut follower = Follower::new(runbook);
    let end = run(rules, first, &mut follower, ACTIONS_MAX, |_, turn| turns.push(*turn));
    assert!(end.claim.is_some(), "a runbook ends");
    (turns, follower.is_stuck())
}

/// Follows the steps and compares all that is done.
#[track_caller]
fn check_under(rules: RuleSet, steps: &str, first: &Host, expected: &str) {
    let (turns, stuck) = followed(rules, &book(steps), first);
    let words: Vec<String> = turns.iter().map(in_words).collect();
    assert_eq!(words.join("; "), expected, "{steps}");
    assert_eq!(stuck, expected.contains("refused"), "stuck once an action is refused");
}

/// Follows the steps under the usual rules and compares all that is done.
#[track_caller]
fn check(steps: &str, first: &Host, expected: &str) {
    check_under(USUAL, steps, first, expected);
}

/// A host whose IMC does not start before one base service is reinstalled, which no one does here.
fn hopeless(extra: &[Component]) -> Host {
    sick(extra, &[Netbios])
}

#[test]
fn runbook_steps_run_in_order_and_after_a_success_only_finally_for_good() {
    let steps = r#"
        [[step]]
        do = "restart"
        [[step]]
        do = "try"
        [[step]]
        do = "install dlc"
        [[step]]
        do = "restart"
        finally = true
        [[step]]
        do = ["install pptp", "try"]
        [[step]]
        do = "install snmp"
        finally = true
    "#;
    let repaired = "restart; start imc; restart; install snmp; finish unrepaired";
    check(steps, &host(&[Tcpip]), repaired);
    let unrepaired = "restart; start imc fails; install dlc; restart; install pptp; \
        start imc fails; install snmp; finish unrepaired";
    check(steps, &hopeless(&[Tcpip]), unrepaired);
}

#[test]
fn runbook_when_asks_for_facts_that_all_hold_at_the_start_of_the_step() {
    let (none, first) = (host(&[]), host(&[Tcpip]));
    let (two, all) = (host(&[Netbeui, Dlc]), host(&Component::ALL));
    let (with_1, upgraded) = (Host { service_pack: 1, ..first }, Host { upgraded: true, ..first });
    let absent = Host { imc: Imc::Absent, ..first };
    let running = Host { imc: Imc::Running, ..first };
    let lost = Host { lost: Shares::first(1), ..first };
    for (fact, holds, fails) in [
        ("one protocol", vec![first, host(&[Dlc]), host(&[Pptp, Snmp])], vec![none, two, all]),
        ("several protocols", vec![two, all], vec![none, first, host(&[Dlc])]),
        ("service pack applied", vec![with_1, Host { service_pack: 6, ..first }], vec![first]),
        ("no service pack", vec![first], vec![with_1]),
        ("upgraded", vec![upgraded], vec![first]),
        ("imc absent", vec![absent], vec![first, running]),
        ("shares lost", vec![lost, Host { lost: Shares::first(2), ..first }], vec![first]),
    ] {
        let steps = format!("[[step]]\nwhen = '{fact}'\ndo = 'install netmon'");
        for (hosts, holds) in [(holds, true), (fails, false)] {
            for host in hosts {
                let host = Host { installed: host.installed.without(Component::Netmon), ..host };
                let end = if host.imc == Imc::Running { "repaired" } else { "unrepaired" };
                let done = if holds { "install netmon; " } else { "" };
                let other_reading = USUAL.with(RuleId::OnlyTransportsCarryShares);
                check(&steps, &host, &format!("{done}finish {end}"));
                check_under(other_reading, &steps, &host, &format!("{done}finish {end}"));
            }
        }
    }
    let both = "[[step]]\nwhen = ['upgraded', 'imc absent']\ndo = 'restart'";
    check(both, &Host { upgraded: true, ..absent }, "restart; finish unrepaired");
    check(both, &upgraded, "finish unrepaired");
    check(both, &absent, "finish unrepaired");
    let at_the_start = r#"
        [[step]]
        when = "no service pack"
        do = ["apply service pack 3", "restart"]
        [[step]]
        when = "no service pack"
        do = "install snmp"
        [[step]]
        when = "service pack applied"
        for = "protocols"
        do = "remove"
        [[step]]
        when = "several protocols"
        for = "protocols"
        do = "remove"
    "#;
    let expected = "apply service pack 3; restart; remove netbeui; remove dlc; finish unrepaired";
    check(at_the_start, &two, expected);
    let still = "[[step]]\nwhen = 'several protocols'\nfor = 'protocols'\ndo = 'remove'";
    check(still, &two, "remove netbeui; remove dlc; finish unrepaired");
}

#[test]
fn runbook_for_takes_protocols_in_dialog_order_then_services_as_first_named() {
    let protocols = "tcpip netbeui nwlink appletalk dlc streams pptp";
    let services = "macintosh snmp ras gateway dhcp wins dns simple-tcpip printing netmon";
    let but_ras = services.replace(" ras", "");
    for (targets, expected) in [
        ("'protocols'", protocols.to_owned()),
        ("'services'", services.to_owned()),
        ("['services', 'protocols']", format!("{protocols} {services}")),
        ("['ras', 'services']", format!("ras {but_ras}")),
        ("['ras', 'protocols', 'services', 'pptp']", format!("{protocols} ras {but_ras}")),
        ("'server'", "server".to_owned()),
        ("['snmp', 'rpc', 'dlc', 'snmp', 'macintosh']", "dlc snmp rpc macintosh".to_owned()),
        ("['dlc', 'tcpip', 'dlc']", "tcpip dlc".to_owned()),
    ] {
        for each in ["together", "one at a time"] {
            let steps = format!("[[step]]\nfor = {targets}\neach = '{each}'\ndo = 'remove'");
            let removes: Vec<String> =
                expected.split(' ').map(|it| format!("remove {it}; ")).collect();
            let expected = format!("{}finish unrepaired", removes.concat());
            check(&steps, &host(&Component::ALL), &expected);
        }
    }
    for each in ["together", "one at a time"] {
        let step = format!("[[step]]\neach = '{each}'\n");
        let no_target = format!("{step}for = ['dlc', 'snmp']\ndo = ['restart', 'try']");
        check(&no_target, &host(&[Tcpip]), "finish unrepaired");
        let no_for = format!("{step}do = ['remove', 'install', 'restart']");
        check(&no_for, &host(&[Tcpip]), "restart; finish unrepaired");
        let at_the_start = format!("{step}for = ['dlc', 'pptp', 'snmp']\ndo = 'remove'");
        let expected = "remove dlc; remove snmp; finish unrepaired";
        check(&at_the_start, &host(&[Tcpip, Dlc, Snmp]), expected);
    }
    let came_later = "[[step]]\neach = 'together'\nfor = ['dlc', 'snmp']\n\
        do = ['install snmp', 'remove', 'restart', 'install']";
    let expected = "install snmp; remove dlc; restart; install dlc; finish unrepaired";
    check(came_later, &host(&[Tcpip, Dlc]), expected);
    for (targets, codes) in [
        ("['nwlink', 'tcpip']", &["protocol-order"][..]),
        ("['snmp', 'dlc', 'macintosh', 'netbeui']", &["protocol-order"]),
        ("['tcpip', 'nwlink']", &[]),
        ("['snmp', 'macintosh']", &[]),
    ] {
        assert_eq!(complaints(&format!("[[step]]\nfor = {targets}\ndo = 'try'")), codes);
    }
}

#[test]
fn runbook_each_takes_one_pass_together_or_a_pass_for_each_until_a_try_succeeds() {
    let verbs = "do = ['remove', 'restart', 'install']";
    let together = format!("[[step]]\nfor = ['dlc', 'snmp']\neach = 'together'\n{verbs}");
    let first = host(&[Tcpip, Dlc, Snmp]);
    let expected = "remove dlc; remove snmp; restart; install dlc; install snmp; finish unrepaired";
    check(&together, &first, expected);
    let apart = "remove dlc; restart; install dlc; remove snmp; restart; install snmp; \
        finish unrepaired";
    check(&format!("[[step]]\nfor = ['dlc', 'snmp']\n{verbs}"), &first, apart);
    let gone = "[[step]]\nfor = ['dlc', 'snmp']\ndo = ['install', 'restart', 'remove snmp']";
    let expected = "restart; remove snmp; install snmp; restart; remove snmp; finish unrepaired";
    check(gone, &first, expected);
    let tries = r#"
        [[step]]
        for = "protocols"
        do = ["remove", "restart", "install", "restart", "try", "install snmp", "remove snmp"]
        [[step]]
        do = "install snmp"
    "#;
    let expected = "remove tcpip; restart; install tcpip; restart; start imc fails; install snmp; \
        remove snmp; remove dlc; restart; install dlc; restart; start imc; finish repaired";
    check(tries, &sick(&[Tcpip, Dlc, Pptp], &[Dlc]), expected);
}

#[test]
fn runbook_verbs_skip_what_needs_nothing_and_literal_actions_never_do() {
    let step = "[[step]]\nfor = ['tcpip', 'dlc', 'snmp']\neach = 'together'\ndo =";
    let first = host(&[Tcpip, Dlc, Snmp]);
    for (verbs, expected) in [
        ("['remove dlc', 'remove']", "remove dlc; remove tcpip; remove snmp"),
        ("['install']", ""),
        ("['remove dlc', 'install', 'remove dlc']", "remove dlc; install dlc; remove dlc"),
        ("['restart', 'restart']", "restart; restart"),
        ("['reapply service pack']", ""),
        (
            "['apply service pack 2', 'reapply service pack', 'reapply service pack']",
            "apply service pack 2; apply service pack 2; apply service pack 2",
        ),
        ("['share again', 'restart']", "restart"),
        ("['remove pptp', 'restart']", "remove pptp is refused"),
        ("['install dlc', 'restart']", "install dlc is refused"),
        ("['apply service pack 0', 'restart']", "apply service pack 0 is refused"),
        ("['apply service pack 7', 'restart']", "apply service pack 7 is refused"),
    ] {
        let done = if expected.is_empty() { String::new() } else { format!("{expected}; ") };
        check(&format!("{step} {verbs}"), &first, &format!("{done}finish unrepaired"));
    }
    let reapply = "[[step]]\ndo = ['reapply service pack', 'restart']";
    let with_4 = Host { service_pack: 4, ..first };
    check(reapply, &with_4, "apply service pack 4; restart; finish unrepaired");
}

#[test]
fn runbook_try_creates_or_starts_and_a_running_imc_is_a_success_without_an_action() {
    let steps = "[[step]]\ndo = ['try', 'restart', 'try']\n[[step]]\ndo = 'install snmp'";
    let first = host(&[Tcpip]);
    let absent = Host { imc: Imc::Absent, ..first };
    check(steps, &first, "start imc; finish repaired");
    check(steps, &absent, "create ims; finish repaired");
    check(steps, &Host { imc: Imc::Running, ..first }, "finish repaired");
    let refused = "create ims is refused; finish unrepaired";
    check(steps, &Host { exchange: Exchange::V40, ..absent }, refused);
    let failing = hopeless(&[Tcpip]);
    let expected = "start imc fails; restart; start imc fails; install snmp; finish unrepaired";
    check(steps, &failing, expected);
    let absent = Host { imc: Imc::Absent, ..failing };
    check(steps, &absent, &expected.replace("start imc", "create ims"));
    let rules = USUAL.without(RuleId::FailedWizardCreatesNothing);
    check_under(rules, steps, &absent, &expected.replacen("start imc", "create ims", 1));
    let late = "[[step]]\nfor = 'protocols'\ndo = ['restart', 'try', 'remove']";
    check(late, &Host { imc: Imc::Running, ..first }, "restart; start imc; finish repaired");
    let passes = "[[step]]\nfor = ['tcpip', 'rpc']\ndo = ['install snmp', 'try']";
    let running = Host { imc: Imc::Running, ..first };
    check(passes, &running, "install snmp; finish repaired");
}

#[test]
fn runbook_share_again_shares_every_folder_that_is_lost_once() {
    let steps = r#"
        [[step]]
        do = ["remove tcpip", "restart", "install tcpip", "restart"]
        [[step]]
        when = "shares lost"
        do = ["share again", "share again", "try"]
    "#;
    let expected = "remove tcpip; restart; install tcpip; restart; share Public; share Data; \
        start imc; finish repaired";
    check(steps, &host(&[Tcpip]), expected);
    let kept = "remove tcpip; restart; install tcpip; restart; finish unrepaired";
    check(steps, &host(&[Tcpip, Nwlink]), kept);
    check(steps, &Host { shares: Shares::NONE, ..host(&[Tcpip]) }, kept);
    let too_early = "[[step]]\ndo = ['remove tcpip', 'restart', 'share again', 'install tcpip']";
    let expected = "remove tcpip; restart; share Public is refused; finish unrepaired";
    check(too_early, &host(&[Tcpip]), expected);
}

#[test]
fn runbook_refusal_ends_pass_and_step_and_all_steps_but_those_with_finally() {
    let steps = r#"
        [[step]]
        for = ["tcpip", "dlc"]
        do = ["remove", "remove pptp", "restart"]
        [[step]]
        do = "restart"
        [[step]]
        when = "several protocols"
        do = "install netmon"
        finally = true
        [[step]]
        for = ["dlc", "netbeui"]
        when = "one protocol"
        do = ["install snmp", "install dlc", "restart"]
        finally = true
        [[step]]
        do = ["install tcpip", "restart", "try"]
        finally = true
        [[step]]
        do = "restart"
    "#;
    let expected = "remove tcpip; remove pptp is refused; install snmp; install dlc is refused; \
        install tcpip; restart; start imc; finish repaired";
    check(steps, &host(&[Tcpip, Dlc]), expected);
}

#[test]
fn runbook_ends_with_a_claim_that_is_true_at_that_point() {
    let idle = "[[step]]\nfor = 'pptp'\ndo = 'try'";
    for (imc, expected) in [
        (Imc::Absent, "finish unrepaired"),
        (Imc::Stopped, "finish unrepaired"),
        (Imc::Running, "finish repaired"),
    ] {
        check(idle, &Host { imc, ..host(&[Tcpip]) }, expected);
    }
    let undone = "[[step]]\ndo = 'try'\n[[step]]\ndo = 'restart'\nfinally = true";
    check(undone, &host(&[Tcpip]), "start imc; restart; finish unrepaired");
    let redone = format!("{undone}\n[[step]]\ndo = 'try'\nfinally = true");
    check(&redone, &host(&[Tcpip]), "start imc; restart; start imc; finish repaired");
}

#[test]
fn runbook_follower_tells_from_which_step_and_verb_an_action_comes() {
    let steps = "[[step]]\nfor = 'pptp'\ndo = 'remove'\n[[step]]\nfor = ['dlc', 'snmp']\n\
        do = ['install', 'remove', 'restart']\n[[step]]\ndo = 'try'";
    let (book, first) = (book(steps), host(&[Tcpip, Dlc, Snmp]));
    let mut follower = Follower::new(&book);
    assert_eq!(follower.place(), None);
    let mut places = Vec::new();
    run(USUAL, &first, &mut follower, ACTIONS_MAX, |it, _| places.push(it.place()));
    let place = |step, verb| Some(Place { step, verb });
    let pass = [place(1, 1), place(1, 2)];
    assert_eq!(places, [&pass[..], &pass, &[place(2, 0), None]].concat());
}

#[test]
fn runbook_words_are_distinct_and_read_back() {
    let named = vec![Target::One(Dlc), Target::Services, Target::One(Tcpip), Target::Protocols];
    assert_eq!(Targets::new(named.clone()).named(), named);
    for target in named {
        assert_eq!(Target::named(target.id()), Some(target));
    }
    assert_eq!(Target::named("xyzzy"), None);
    let ids = Verb::PLAIN.iter().filter_map(|it| it.plain_id()).chain(Each::ALL.map(Each::id));
    let ids: BTreeSet<&str> = ids.chain(Condition::ALL.map(Condition::id)).collect();
    assert_eq!(ids.len(), Verb::PLAIN.len() + Each::ALL.len() + Condition::ALL.len());
    let literal = [Verb::RemoveOne(Dlc), Verb::InstallOne(Dlc), Verb::ApplyServicePack(1)];
    assert!(literal.iter().all(|it| it.plain_id().is_none()));
    let says = Verb::PLAIN.iter().chain(&literal).map(|it| it.does());
    let says: BTreeSet<&str> = says.chain(Condition::ALL.map(Condition::says)).collect();
    assert_eq!(says.len(), Verb::PLAIN.len() + literal.len() + Condition::ALL.len());
    assert!(says.iter().all(|it| it.ends_with('.')));
}
