//! What each action does to every field of the host, when it is refused, and what a host is made of.

use std::collections::BTreeSet;
use std::hash::Hash;

use crate::rules::{USUAL, check, host};
use imc4087::model::action::Action::{self, ApplyServicePack, CreateIms, Finish, Install, Remove};
use imc4087::model::action::Action::{Restart, Share, StartImc, Upgrade};
use imc4087::model::action::Claim;
use imc4087::model::component::Component::{self, Appletalk, Dlc, Netbeui, Nwlink, Pptp, Server};
use imc4087::model::component::Component::{Snmp, Tcpip};
use imc4087::model::event::Events;
use imc4087::model::host::{Exchange, Host, Imc, Os, Shares};
use imc4087::model::observe::Outcome;
use imc4087::model::refusal::Refusal;
use imc4087::model::rule::{RuleId, RuleSet};
use imc4087::model::set::Components;
use imc4087::model::trace::Turn;

/// A host with something in every field, on the disk and in memory, so that nothing is overlooked.
fn busy() -> Host {
    Host {
        installed: Components::BASE.or(Components::of(&[Tcpip, Netbeui, Snmp])),
        damaged: Components::of(&[Tcpip, Appletalk]),
        cd_files: Components::of(&[Snmp, Netbeui]),
        running: Components::BASE.or(Components::of(&[Tcpip, Nwlink, Pptp])),
        failing: Components::of(&[Nwlink, Pptp]),
        shares: Shares::first(3),
        lost: Shares::first(3).without(1),
        service_pack: 3,
        os: Os::Nt40,
        upgraded: false,
        exchange: Exchange::V55,
        imc: Imc::Stopped,
        restart_pending: false,
    }
}

#[test]
fn remove_takes_a_component_off_the_disk_and_leaves_damage_and_memory() {
    for component in [Tcpip, Snmp, Server] {
        let first = busy();
        let installed = first.installed.without(component);
        let cd_files = first.cd_files.without(component);
        let removed = Host { installed, cd_files, restart_pending: true, ..first };
        check(USUAL, &first, Remove(component), removed, &[]);
    }
}

#[test]
fn install_puts_a_component_on_the_disk_with_files_from_the_cd() {
    for service_pack in 0..=6 {
        let first = Host { service_pack, ..busy() };
        let installed = first.installed.with(Dlc);
        let cd_files = if service_pack == 0 { first.cd_files } else { first.cd_files.with(Dlc) };
        let new = Host { installed, cd_files, restart_pending: true, ..first };
        check(USUAL, &first, Install(Dlc), new, &[]);
    }
}

#[test]
fn apply_service_pack_gives_every_component_its_files() {
    for number in [3, 4, 6] {
        let first = busy();
        let cd_files = Components::EMPTY;
        let applied = Host { service_pack: number, cd_files, restart_pending: true, ..first };
        check(USUAL, &first, ApplyServicePack(number), applied, &[]);
    }
}

#[test]
fn restart_copies_the_disk_into_memory_and_stops_the_imc() {
    for imc in Imc::ALL {
        let first = Host { restart_pending: true, imc, ..busy() };
        let booted = Host {
            damaged: Components::of(&[Tcpip]),
            running: first.installed,
            failing: Components::of(&[Tcpip, Netbeui, Snmp]),
            imc: if imc == Imc::Absent { Imc::Absent } else { Imc::Stopped },
            restart_pending: false,
            ..first
        };
        let fired = [RuleId::ReinstallRepairs, RuleId::CdFilesFailUnderServicePack];
        check(USUAL, &first, Restart, booted, &fired);
        check(USUAL, &booted, Restart, booted, &fired[1..]);
    }
}

#[test]
fn upgrade_leaves_nt_4_without_a_service_pack_and_boots_it() {
    for imc in Imc::ALL {
        let first = Host { os: Os::Nt351, restart_pending: true, imc, ..busy() };
        let upgraded = Host {
            damaged: Components::of(&[Tcpip]),
            cd_files: Components::EMPTY,
            running: first.installed,
            failing: Components::of(&[Tcpip]),
            service_pack: 0,
            os: Os::Nt40,
            upgraded: true,
            imc: if imc == Imc::Absent { Imc::Absent } else { Imc::Stopped },
            restart_pending: false,
            ..first
        };
        check(USUAL, &first, Upgrade, upgraded, &[RuleId::ReinstallRepairs]);
    }
}

#[test]
fn share_takes_one_folder_off_the_lost_and_finish_does_nothing() {
    for (position, left) in [(0, Shares::first(3).without(0).without(1)), (2, Shares::first(1))] {
        check(USUAL, &busy(), Share(position), Host { lost: left, ..busy() }, &[]);
    }
    for claim in [Claim::Repaired, Claim::Unrepaired] {
        check(USUAL, &busy(), Finish(claim), busy(), &[]);
    }
}

#[test]
fn a_try_that_succeeds_changes_the_imc_and_nothing_else() {
    for (imc, action) in [(Imc::Stopped, StartImc), (Imc::Absent, CreateIms)] {
        for restart_pending in [false, true] {
            let first = Host { failing: Components::EMPTY, imc, restart_pending, ..busy() };
            check(USUAL, &first, action, Host { imc: Imc::Running, ..first }, &[]);
        }
    }
}

/// Compares the refusal, and that a refused action leaves the host as it was and logs nothing.
#[track_caller]
fn check_refused(rules: RuleSet, host: &Host, action: Action, refusal: Option<Refusal>) {
    let turn = Turn::take(rules, host, action);
    assert_eq!(turn.result.err(), refusal, "{action:?}");
    if let Some(refusal) = refusal {
        assert_eq!(refusal.given_by(), action.kind());
        assert_eq!((turn.before, *turn.after()), (*host, *host));
        assert_eq!((turn.events(), turn.fired()), (Events::NONE, RuleSet::NONE));
        assert_eq!(turn.outcome(), Outcome::Refused(refusal));
    }
}

#[test]
fn refusals_come_in_the_order_given_and_leave_the_host_as_it_was() {
    for component in Component::ALL {
        let (with, without) = (host(&Component::ALL), busy());
        let without = Host { installed: without.installed.without(component), ..without };
        check_refused(USUAL, &with, Remove(component), None);
        check_refused(USUAL, &without, Remove(component), Some(Refusal::NotInstalled));
        check_refused(USUAL, &with, Install(component), Some(Refusal::AlreadyInstalled));
        check_refused(USUAL, &without, Install(component), None);
    }
    let (unknown, older) = (Some(Refusal::ServicePackUnknown), Some(Refusal::ServicePackOlder));
    for (os, service_pack, number, refusal) in [
        (Os::Nt351, 0, 0, unknown),
        (Os::Nt351, 0, 1, None),
        (Os::Nt351, 0, 5, None),
        (Os::Nt351, 5, 6, unknown),
        (Os::Nt40, 0, 1, None),
        (Os::Nt40, 0, 6, None),
        (Os::Nt40, 0, 7, unknown),
        (Os::Nt40, 0, 255, unknown),
        (Os::Nt40, 3, 0, unknown),
        (Os::Nt40, 3, 1, older),
        (Os::Nt40, 3, 2, older),
        (Os::Nt40, 3, 3, None),
        (Os::Nt40, 3, 4, None),
    ] {
        let first = Host { os, service_pack, cd_files: Components::EMPTY, ..busy() };
        check_refused(USUAL, &first, ApplyServicePack(number), refusal);
    }
    check_refused(USUAL, &Host { os: Os::Nt351, ..busy() }, Upgrade, None);
    check_refused(USUAL, &busy(), Upgrade, Some(Refusal::NotNt351));
    let (no_wizard, exists) = (Some(Refusal::NoWizard), Some(Refusal::ImcExists));
    for (exchange, imc, started, created) in [
        (Exchange::V40, Imc::Absent, Some(Refusal::ImcAbsent), no_wizard),
        (Exchange::V40, Imc::Stopped, None, no_wizard),
        (Exchange::V40, Imc::Running, Some(Refusal::ImcRunning), no_wizard),
        (Exchange::V50, Imc::Absent, Some(Refusal::ImcAbsent), None),
        (Exchange::V50, Imc::Stopped, None, exists),
        (Exchange::V50, Imc::Running, Some(Refusal::ImcRunning), exists),
        (Exchange::V55, Imc::Absent, Some(Refusal::ImcAbsent), None),
        (Exchange::V55, Imc::Stopped, None, exists),
        (Exchange::V55, Imc::Running, Some(Refusal::ImcRunning), exists),
    ] {
        let first = Host { exchange, imc, ..busy() };
        check_refused(USUAL, &first, StartImc, started);
        check_refused(USUAL, &first, CreateIms, created);
        check_refused(USUAL, &first, Restart, None);
        check_refused(USUAL, &first, Finish(Claim::Repaired), None);
    }
    let down = Some(Refusal::ServerNotRunning);
    let first = busy();
    let no_server = Host { running: first.running.without(Server), ..first };
    let no_protocol = Host { running: Components::BASE, ..first };
    let only_dlc = Host { running: Components::BASE.with(Dlc), ..first };
    let transports = USUAL.with(RuleId::OnlyTransportsCarryShares);
    for (rules, host, refusal) in [
        (USUAL, first, None),
        (USUAL, no_server, down),
        (USUAL, no_protocol, down),
        (USUAL, only_dlc, None),
        (transports, only_dlc, down),
        (transports, first, None),
    ] {
        check_refused(rules, &host, Share(0), refusal);
        check_refused(rules, &host, Share(1), Some(Refusal::ShareNotLost));
        check_refused(rules, &host, Share(3), Some(Refusal::ShareNotLost));
        check_refused(rules, &host, Share(16), Some(Refusal::ShareNotLost));
    }
}

/// The size of a type that can be copied, ordered and hashed.
const fn small<T: Copy + Ord + Hash>() -> usize {
    size_of::<T>()
}

#[test]
fn a_host_is_four_machine_words_that_are_compared_in_all_fields() {
    assert_eq!(small::<Host>(), 32);
    let first = busy();
    let others = [
        Host { installed: first.installed.with(Dlc), ..first },
        Host { damaged: first.damaged.with(Dlc), ..first },
        Host { cd_files: first.cd_files.with(Dlc), ..first },
        Host { running: first.running.with(Dlc), ..first },
        Host { failing: first.failing.with(Dlc), ..first },
        Host { shares: Shares::first(4), ..first },
        Host { lost: Shares::NONE, ..first },
        Host { service_pack: 4, ..first },
        Host { os: Os::Nt351, ..first },
        Host { upgraded: true, ..first },
        Host { exchange: Exchange::V50, ..first },
        Host { imc: Imc::Absent, ..first },
        Host { restart_pending: true, ..first },
    ];
    let all: BTreeSet<Host> = others.into_iter().chain([first]).collect();
    assert_eq!(all.len(), others.len() + 1);
}

#[test]
fn versions_and_states_are_called_what_the_operator_sees() {
    assert_eq!(Os::ALL.map(Os::id), ["3.51", "4.0"]);
    assert_eq!(Exchange::ALL.map(Exchange::id), ["4.0", "5.0", "5.5"]);
    assert_eq!(Imc::ALL.map(Imc::id), ["absent", "stopped", "running"]);
    let (connector, service) = ("Internet Mail Connector", "Internet Mail Service");
    let names = [connector, service, service].map(|it| format!("Microsoft Exchange {it}"));
    assert_eq!(Exchange::ALL.map(Exchange::imc_name), names.each_ref().map(String::as_str));
}

#[test]
fn a_fresh_host_has_tcpip_and_the_base_services_loaded_and_sound() {
    for os in Os::ALL {
        for exchange in Exchange::ALL {
            let installed = Components::BASE.with(Tcpip);
            let fresh = Host { os, exchange, shares: Shares::NONE, ..host(&[Tcpip]) };
            assert_eq!(Host::fresh(os, exchange), fresh);
            assert_eq!((fresh.installed, fresh.running), (installed, installed));
            assert!(fresh.damaged.or(fresh.failing).or(fresh.cd_files).is_empty());
            assert_eq!((fresh.service_pack, fresh.upgraded, fresh.imc), (0, false, Imc::Stopped));
            assert_eq!((fresh.lost, fresh.restart_pending), (Shares::NONE, false));
        }
    }
    let damaged = Components::of(&[Tcpip, Dlc]);
    let host = Host::consistent(Os::Nt40, Exchange::V50, Components::BASE.with(Tcpip), damaged);
    assert_eq!((host.damaged, host.failing), (damaged, Components::of(&[Tcpip])));
}

#[test]
fn facts_that_do_not_fit_together_are_told() {
    let first = busy();
    let old = Host { os: Os::Nt351, ..first };
    for (host, fits) in [
        (first, true),
        (old, true),
        (Host { cd_files: Components::of(&[Dlc]), ..first }, false),
        (Host { service_pack: 0, ..first }, false),
        (Host { service_pack: 0, cd_files: Components::EMPTY, ..first }, true),
        (Host { service_pack: 6, ..first }, true),
        (Host { service_pack: 7, ..first }, false),
        (Host { service_pack: 5, ..old }, true),
        (Host { service_pack: 6, ..old }, false),
        (Host { failing: Components::of(&[Snmp]), ..first }, false),
        (Host { lost: Shares::first(4), ..first }, false),
        (Host { upgraded: true, ..first }, true),
        (Host { upgraded: true, ..old }, false),
    ] {
        assert_eq!(host.fits_together(), fits, "{host:?}");
    }
}

#[test]
fn shares_are_a_set_of_sixteen_positions() {
    for count in 0..=17 {
        let all = Shares::first(count);
        let positions: Vec<u8> = (0..16).filter(|it| usize::from(*it) < count).collect();
        assert_eq!(all.iter().collect::<Vec<_>>(), positions);
        assert_eq!(all.is_empty(), count == 0);
        for it in 0..=17 {
            let there = positions.contains(&it);
            assert_eq!(all.has(it), there);
            let rest = all.without(it);
            assert_eq!((rest.has(it), rest == all), (false, !there));
            assert_eq!((rest.within(all), all.within(rest)), (true, !there));
            assert_eq!(all.less(rest).iter().collect::<Vec<_>>(), [it][..usize::from(there)]);
            assert_eq!(all.next_from(it), there.then_some(it));
            let later = positions.iter().copied().find(|other| *other > it);
            assert_eq!(rest.next_from(it), later);
        }
    }
}

#[test]
fn components_are_a_set_in_the_order_of_the_dialog() {
    let kinds = Components::PROTOCOLS.or(Components::SERVICES).or(Components::BASE);
    let lens = [Components::PROTOCOLS, Components::SERVICES, Components::BASE, kinds];
    assert_eq!(lens.map(Components::len), [7, 10, 5, 22]);
    assert_eq!(Components::TRANSPORTS, Components::of(&[Nwlink, Netbeui, Tcpip]));
    let set: Components = [Server, Tcpip, Dlc, Tcpip].into_iter().collect();
    assert_eq!(set.iter().collect::<Vec<_>>(), [Tcpip, Dlc, Server]);
    assert_eq!(format!("{set:?}"), r#"{"tcpip", "dlc", "server"}"#);
    assert_eq!((set.or(set), set.and(set), set.less(set)), (set, set, Components::EMPTY));
    assert_eq!((set.with(Dlc), set.without(Snmp)), (set, set));
    let pair = Components::of(&[Dlc, Snmp]);
    assert_eq!((set.meets(pair), pair.without(Dlc).meets(set)), (true, false));
    assert_eq!((set.within(pair), set.and(pair).within(pair)), (false, true));
}
