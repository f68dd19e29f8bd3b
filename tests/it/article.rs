//! The article's statements, proved on the model and on the built-in runbook; and that every test
//! which the program names for a statement is there.

use std::fs;
use std::path::Path;

use crate::followed::{followed, in_words};
use crate::rules::{USUAL, after, host, sick};
use imc4087::files::runbook;
use imc4087::model::action::Action::{self, ApplyServicePack, CreateIms, Install, Remove, Restart};
use imc4087::model::action::Action::{Share, StartImc, Upgrade};
use imc4087::model::article::Statement;
use imc4087::model::component::Component::{self, Appletalk, Macintosh, Netbeui, Ras, Snmp, Tcpip};
use imc4087::model::event::{Event, Log};
use imc4087::model::host::{Exchange, Host, Imc, Os, Shares};
use imc4087::model::observe::Outcome;
use imc4087::model::property::{Judge, Properties};
use imc4087::model::runbook::{Runbook, Verb};
use imc4087::model::set::Components;
use imc4087::model::start::StartFailure;
use imc4087::model::step::step;
use imc4087::model::trace::{End, Turn};

/// The runbook that the program has built in: the article's own.
fn article() -> Runbook {
    let (file, said) = runbook::read(include_str!("../../scenarios/runbooks/article.toml"));
    assert!(said.is_empty(), "{said:?}");
    file.unwrap().runbook
}

/// What the article's runbook does on `first`.
fn treated(first: &Host) -> Vec<Turn> {
    followed(USUAL, &article(), first).0
}

/// The last host of `turns`.
fn last(turns: &[Turn]) -> Host {
    *turns.last().unwrap().after()
}

/// The actions of `turns`, in order.
fn actions(turns: &[Turn]) -> Vec<Action> {
    turns.iter().map(|it| it.action).collect()
}

/// The properties of those that gate that `turns` break; there are none where all is well.
fn broken(turns: &[Turn]) -> Properties {
    let mut judge = Judge::new(USUAL, &turns[0].before);
    for turn in turns {
        judge.turn(turn);
    }
    let Action::Finish(claim) = turns[turns.len() - 1].action else { panic!("no finish") };
    let actions = u32::try_from(turns.len()).unwrap();
    judge.end(&End { host: last(turns), claim: Some(claim), actions }).gating()
}

/// Compares all that the article's runbook does on `first`.
#[track_caller]
fn check(first: &Host, expected: &str) {
    let words: Vec<String> = treated(first).iter().map(in_words).collect();
    assert_eq!(words.join("; "), expected);
}

/// The subsets of `components`.
fn subsets(components: &[Component]) -> impl Iterator<Item = Vec<Component>> {
    (0..1_u32 << components.len()).map(|mask| {
        let chosen = components.iter().enumerate().filter(move |(at, _)| mask >> at & 1 == 1);
        chosen.map(|(_, it)| *it).collect()
    })
}

/// Hosts with TCP/IP and some of what the article names, with each damage of it or none, with and
/// without a service pack, with every state of an IMC that can be tried. Services for Macintosh
/// come with AppleTalk, as they do on a host that was set up by Setup.
fn hosts() -> Vec<Host> {
    let mut hosts = Vec::new();
    for extra in subsets(&[Netbeui, Appletalk, Macintosh, Snmp]) {
        if extra.contains(&Macintosh) && !extra.contains(&Appletalk) {
            continue;
        }
        let installed = [&[Tcpip][..], &extra].concat();
        for damaged in subsets(&installed) {
            for service_pack in [0, 3] {
                for imc in [Imc::Absent, Imc::Stopped] {
                    hosts.push(Host { service_pack, imc, ..sick(&installed, &damaged) });
                }
            }
        }
    }
    hosts
}

#[test]
fn exchange_4_0_and_5_0_both_fail_and_are_both_repaired() {
    for (exchange, imc, name) in [
        (Exchange::V40, Imc::Stopped, "Microsoft Exchange Internet Mail Connector"),
        (Exchange::V50, Imc::Stopped, "Microsoft Exchange Internet Mail Service"),
        (Exchange::V50, Imc::Absent, "Microsoft Exchange Internet Mail Service"),
    ] {
        let old = Host { imc, ..Host::fresh(Os::Nt351, exchange) };
        let history = [Install(Macintosh), Restart, Upgrade, ApplyServicePack(3), Restart];
        let first = after(USUAL, &old, &history);
        let turns = treated(&first);
        assert_eq!(turns[0].outcome(), Outcome::Failed(StartFailure::NotRegistered));
        assert!(turns[0].events().has(Event::QueueInterfaceNotRegistered));
        assert_eq!((last(&turns).imc, broken(&turns)), (Imc::Running, Properties::NONE));
        assert_eq!(exchange.imc_name(), name);
        let sound = treated(&after(USUAL, &old, &history[2..]));
        assert_eq!((sound.len(), last(&sound).imc), (2, Imc::Running), "one try is all it takes");
    }
}

#[test]
fn a_failing_component_keeps_the_imc_from_starting() {
    for component in Component::ALL {
        for (imc, action) in [(Imc::Stopped, StartImc), (Imc::Absent, CreateIms)] {
            let sound = Host { imc, ..host(&Component::ALL) };
            assert_eq!(step(USUAL, &sound, action).unwrap().host.imc, Imc::Running);
            let damaged = Components::of(&[component]);
            let booted = after(USUAL, &Host { damaged, ..sound }, &[Restart]);
            let tried = step(USUAL, &booted, action).unwrap();
            assert_eq!((tried.host.imc, tried.failure.is_some()), (imc, true), "{component:?}");
        }
    }
}

#[test]
fn event_4087_reads_as_in_event_viewer() {
    let event = Event::QueueInterfaceNotRegistered;
    assert_eq!((event.source(), event.id()), ("MSExchangeIMC", 4087));
    assert_eq!(event.category(), "Initialization/Termination");
    assert_eq!((event.log(), event.log().name()), (Log::Application, "Application"));
    let description = "The service could not be started because the queue viewing interface \
        could not be registered.";
    for exchange in Exchange::ALL {
        assert_eq!(event.description(exchange), description);
    }
    for (imc, action) in [(Imc::Stopped, StartImc), (Imc::Absent, CreateIms)] {
        let first = Host { imc, ..sick(&[Tcpip], &[Tcpip]) };
        let logged = step(USUAL, &first, action).unwrap().events;
        assert_eq!(logged.iter().collect::<Vec<_>>(), [event]);
    }
}

#[test]
fn the_built_in_runbook_tries_after_each_step() {
    let tries = |it: &&imc4087::model::runbook::RunbookStep| it.verbs.last() == Some(&Verb::Try);
    assert_eq!(article().steps.iter().take_while(tries).count(), 3);
    let again = |names: &[&str]| {
        let each = |verb: &str| {
            let all: Vec<String> = names.iter().map(|it| format!("{verb} {it}; ")).collect();
            all.concat()
        };
        format!("{}restart; {}restart; start imc fails; ", each("remove"), each("install"))
    };
    let first = sick(&[Tcpip, Netbeui, Appletalk, Macintosh, Snmp, Ras], &[Ras]);
    let steps = [&["macintosh", "snmp"][..], &["tcpip"], &["netbeui"], &["appletalk"]];
    let passes: String = steps.into_iter().map(again).collect();
    check(&first, &format!("start imc fails; {passes}finish unrepaired"));
    let absent = Host { imc: Imc::Absent, ..first };
    let passes = passes.replace("start imc", "create ims");
    check(&absent, &format!("create ims fails; {passes}finish unrepaired"));
}

#[test]
fn step_1_takes_both_services_together() {
    let both = [Tcpip, Appletalk, Macintosh, Snmp];
    let expected = "start imc fails; remove macintosh; remove snmp; restart; install macintosh; \
        install snmp; restart; start imc; finish repaired";
    for damaged in [&[Macintosh][..], &[Snmp], &[Macintosh, Snmp]] {
        check(&sick(&both, damaged), expected);
    }
    for (service, name) in [(Macintosh, "macintosh"), (Snmp, "snmp")] {
        let first = Host { service_pack: 3, ..sick(&[Tcpip, Appletalk, service], &[service]) };
        let pass = format!("remove {name}; restart; install {name}; apply service pack 3; restart");
        check(&first, &format!("start imc fails; {pass}; start imc; finish repaired"));
    }
}

#[test]
fn without_the_two_services_step_2_comes_first() {
    let expected = "start imc fails; remove tcpip; restart; install tcpip; restart; start imc; \
        finish repaired";
    check(&sick(&[Tcpip, Netbeui, Ras], &[Tcpip]), expected);
}

#[test]
fn a_removal_ends_in_a_restart() {
    for first in hosts() {
        let done = actions(&treated(&first));
        for pair in done.windows(2).filter(|it| matches!(it[0], Remove(_))) {
            assert!(matches!(pair[1], Remove(_) | Restart), "{done:?}");
        }
    }
    let first = sick(&[Tcpip, Snmp], &[Snmp]);
    let removed = after(USUAL, &first, &[Remove(Snmp)]);
    assert_eq!((removed.running, removed.failing), (first.running, first.failing));
    assert!(removed.restart_pending);
    let booted = after(USUAL, &removed, &[Restart]);
    assert!(!booted.running.has(Snmp) && booted.failing.is_empty() && !booted.restart_pending);
}

#[test]
fn without_a_service_pack_none_is_applied() {
    for first in hosts() {
        let done = actions(&treated(&first));
        if first.service_pack == 0 {
            assert!(!done.iter().any(|it| matches!(it, ApplyServicePack(_))), "{done:?}");
        }
        for pair in done.windows(2).filter(|it| matches!(it[0], Install(_))) {
            let then = if first.service_pack == 0 { Restart } else { ApplyServicePack(3) };
            assert!(matches!(pair[1], Install(_)) || pair[1] == then, "{done:?}");
        }
    }
}

#[test]
fn step_2_reaches_damage_in_every_protocol() {
    let protocols: Vec<Component> = Components::PROTOCOLS.iter().collect();
    for damaged in subsets(&protocols) {
        for service_pack in [0, 3] {
            let first = Host { service_pack, ..sick(&protocols, &damaged) };
            let turns = treated(&first);
            assert_eq!((last(&turns).imc, broken(&turns)), (Imc::Running, Properties::NONE));
            let removed: Vec<Action> = protocols.iter().map(|it| Remove(*it)).collect();
            let due = damaged.last().map_or(0, |it| *it as usize + 1);
            let done = actions(&turns).into_iter().filter(|it| removed.contains(it));
            assert_eq!(done.collect::<Vec<_>>(), removed[..due], "in dialog order, each once");
        }
    }
}

#[test]
fn one_at_a_time_keeps_every_share() {
    let all_at_once = include_str!("../../scenarios/runbooks/all-at-once.toml");
    let all_at_once = runbook::read(all_at_once).0.unwrap().runbook;
    for first in hosts() {
        let kept = treated(&first).iter().all(|it| it.after().lost.is_empty());
        let protocols = first.installed.and(Components::PROTOCOLS);
        let reached = first.damaged.meets(protocols);
        assert_eq!(kept, protocols.len() > 1 || !reached, "{first:?}");
        let (turns, _) = followed(USUAL, &all_at_once, &first);
        let kept = turns.iter().all(|it| it.after().lost.is_empty());
        assert_eq!(kept, !reached, "all at once loses them: {first:?}");
    }
}

#[test]
fn a_lost_share_comes_back_by_hand_only() {
    let bare = after(USUAL, &host(&[Tcpip]), &[Remove(Tcpip), Restart]);
    let lost = Shares::first(2);
    assert_eq!(bare.lost, lost);
    let mut back = bare;
    let rest = [Install(Tcpip), ApplyServicePack(3), Restart, StartImc, Restart, StartImc];
    for action in rest {
        back = after(USUAL, &back, &[action]);
        assert_eq!(back.lost, lost, "{action:?}");
    }
    let old = Host { os: Os::Nt351, imc: Imc::Absent, ..back };
    for action in [Upgrade, Restart, CreateIms, Remove(Tcpip), Install(Netbeui)] {
        assert_eq!(after(USUAL, &old, &[action]).lost, lost, "{action:?}");
    }
    assert_eq!(after(USUAL, &back, &[Share(1)]).lost, lost.without(1));
    assert_eq!(after(USUAL, &back, &[Share(1), Share(0)]).lost, Shares::NONE);
}

#[test]
fn the_only_protocol_costs_the_shares() {
    let first = sick(&[Tcpip], &[Tcpip]);
    let expected = "start imc fails; remove tcpip; restart; install tcpip; restart; start imc; \
        share Public; share Data; finish repaired";
    check(&first, expected);
    let turns = treated(&first);
    assert_eq!(turns[2].after().lost, first.shares, "at the restart without it");
    assert_eq!((last(&turns).lost, broken(&turns)), (Shares::NONE, Properties::NONE));
}

#[test]
fn the_services_tool_shows_2140_and_ras_is_out_of_reach() {
    assert_eq!(StartFailure::NotRegistered.error(), 2140);
    assert_eq!(StartFailure::NotRegistered.error_text(), "An internal Windows NT error occurred.");
    let first = sick(&[Tcpip, Netbeui, Snmp, Ras], &[Ras]);
    let turns = treated(&first);
    let tries: Vec<&Turn> = turns.iter().filter(|it| it.action.is_try()).collect();
    assert_eq!(tries.len(), 4);
    assert!(tries.iter().all(|it| it.outcome().error() == Some(2140)));
    assert!(!actions(&turns).contains(&Remove(Ras)));
    assert_eq!(last(&turns).imc, Imc::Stopped);
    let reinstalled = [Remove(Ras), Restart, Install(Ras), Restart, StartImc];
    assert_eq!(after(USUAL, &first, &reinstalled).imc, Imc::Running);
}

#[test]
fn every_test_that_a_statement_names_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it");
    for statement in Statement::ALL {
        assert!(!statement.tests().is_empty(), "no test carries {statement:?}");
        for test in statement.tests() {
            let (file, name) = test.split_once("::").unwrap();
            let source = fs::read_to_string(folder.join(file).with_extension("rs")).unwrap();
            let declared = format!("#[test]\nfn {name}() {{");
            assert!(source.contains(&declared), "{statement:?} names {test}, which is not there");
        }
    }
}
