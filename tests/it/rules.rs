//! One test for each rule: what it says where it is believed, what happens where it is not, and
//! where it ends. Each row compares the whole host, so that an action which does more is seen too.

use imc4087::model::action::Action;
use imc4087::model::action::Action::{ApplyServicePack, CreateIms, Install, Remove, Restart};
use imc4087::model::action::Action::{Share, StartImc, Upgrade};
use imc4087::model::component::Component;
use imc4087::model::component::Component::{Appletalk, Dlc, Gateway, Macintosh, Netbeui, Nwlink};
use imc4087::model::component::Component::{Pptp, Rpc, Server, Snmp, Streams, Tcpip};
use imc4087::model::event::Events;
use imc4087::model::host::{Exchange, Host, Imc, Os, Shares};
use imc4087::model::refusal::Refusal;
use imc4087::model::rule::{RuleId, RuleSet};
use imc4087::model::set::Components;
use imc4087::model::start::StartFailure;
use imc4087::model::step::step;

/// The rules that are believed unless somebody says otherwise.
pub(crate) const USUAL: RuleSet = RuleSet::usual();

/// NT 4.0 and Exchange 5.0 with the base services and `extra`, loaded and sound, and two shares.
pub(crate) fn host(extra: &[Component]) -> Host {
    let installed = Components::BASE.or(Components::of(extra));
    let first = Host::consistent(Os::Nt40, Exchange::V50, installed, Components::EMPTY);
    Host { shares: Shares::first(2), ..first }
}

/// The same with `damaged` bindings, on the disk and in memory.
pub(crate) fn sick(extra: &[Component], damaged: &[Component]) -> Host {
    let damaged = Components::of(damaged);
    Host { damaged, failing: damaged, ..host(extra) }
}

/// The host after `actions`, none of which may be refused.
#[track_caller]
pub(crate) fn after(rules: RuleSet, first: &Host, actions: &[Action]) -> Host {
    let mut host = *first;
    for action in actions {
        host = step(rules, &host, *action).unwrap().host;
    }
    host
}

/// Takes `action`, and compares the host in all fields and the rules that fired.
#[track_caller]
pub(crate) fn check(rules: RuleSet, before: &Host, action: Action, after: Host, fired: &[RuleId]) {
    compare(rules, before, action, None, after, fired);
}

/// Tries the IMC, both ways, and compares the failure, the host and the rules that fired.
///
/// A failure leaves the host as it was; the rule of the wizard, which adds to that, is believed.
#[track_caller]
fn check_try(rules: RuleSet, before: &Host, failure: Option<StartFailure>, fired: &[RuleId]) {
    let wizard = [fired, &[RuleId::FailedWizardCreatesNothing]].concat();
    for (imc, action, fired) in [
        (Imc::Stopped, StartImc, fired),
        (Imc::Absent, CreateIms, if failure.is_some() { &wizard } else { fired }),
    ] {
        let before = Host { imc, ..*before };
        let imc = if failure.is_some() { imc } else { Imc::Running };
        compare(rules, &before, action, failure, Host { imc, ..before }, fired);
    }
}

/// Compares all that a step says, except for what a boot logs, and then turns off each rule that
/// did not fire: none of them may have made a difference.
#[track_caller]
fn compare(
    rules: RuleSet,
    before: &Host,
    action: Action,
    failure: Option<StartFailure>,
    after: Host,
    fired: &[RuleId],
) {
    let step_of = |rules| step(rules, before, action).unwrap();
    let done = step_of(rules);
    assert_eq!(done.host, after, "{action:?}");
    assert_eq!(done.failure, failure, "{action:?}");
    if !matches!(action, Restart | Upgrade) {
        assert_eq!(done.events, failure.map_or(Events::NONE, StartFailure::events), "{action:?}");
    }
    let mut fired = fired.to_vec();
    fired.sort();
    assert_eq!(done.fired.iter().collect::<Vec<_>>(), fired, "{action:?}");
    assert!(fired.iter().all(|it| it.decides().contains(&action.kind())), "{action:?}");
    for rule in rules.iter().filter(|it| !fired.contains(it)) {
        let without = step_of(rules.without(rule));
        assert_eq!((without.host, without.failure), (done.host, failure), "without {rule:?}");
        assert_eq!(without.events, done.events, "without {rule:?}");
    }
}

const fn one(component: Component) -> Components {
    Components::of(&[component])
}

#[test]
fn failing_component_stops_registration() {
    let rule = RuleId::FailingComponentStopsRegistration;
    let sound = host(&Component::ALL);
    check_try(USUAL, &sound, None, &[]);
    for component in Component::ALL {
        let failing = Host { failing: one(component), ..sound };
        check_try(USUAL, &failing, Some(StartFailure::NotRegistered), &[rule]);
        check_try(USUAL.without(rule), &failing, None, &[]);
        let on_disk_only = Host { damaged: one(component), cd_files: one(component), ..sound };
        check_try(USUAL, &Host { service_pack: 3, ..on_disk_only }, None, &[]);
    }
    let both = sick(&[Tcpip, Snmp, Dlc], &[Snmp, Dlc]);
    check_try(USUAL, &both, Some(StartFailure::NotRegistered), &[rule]);
}

#[test]
fn upgrade_damages_macintosh() {
    let rule = RuleId::UpgradeDamagesMacintosh;
    let old = Host { os: Os::Nt351, ..host(&[Tcpip, Appletalk, Macintosh, Snmp]) };
    let spared = Host { os: Os::Nt40, upgraded: true, ..old };
    let hit = Host { damaged: one(Macintosh), failing: one(Macintosh), ..spared };
    check(USUAL, &old, Upgrade, hit, &[rule]);
    check(USUAL.without(rule), &old, Upgrade, spared, &[]);
    check_try(
        USUAL,
        &hit,
        Some(StartFailure::NotRegistered),
        &[RuleId::FailingComponentStopsRegistration],
    );
    let not_loaded = Host { running: old.running.without(Macintosh), restart_pending: true, ..old };
    check(USUAL, &not_loaded, Upgrade, hit, &[rule]);
    let damaged_before = Host { damaged: one(Macintosh), failing: one(Macintosh), ..old };
    check(USUAL, &damaged_before, Upgrade, hit, &[rule]);
    let gone = old.installed.without(Macintosh);
    let removed = after(USUAL, &old, &[Remove(Macintosh)]);
    check(USUAL, &removed, Upgrade, Host { installed: gone, running: gone, ..spared }, &[]);
    check(USUAL, &spared, Restart, spared, &[]);
}

#[test]
fn reinstall_repairs() {
    let rule = RuleId::ReinstallRepairs;
    let fires: &[RuleId] = &[rule];
    for (rules, fired, left) in
        [(USUAL, fires, Components::EMPTY), (USUAL.without(rule), &[], one(Snmp))]
    {
        let first = sick(&[Tcpip, Snmp], &[Snmp]);
        let installed = first.installed.without(Snmp);
        let removed = Host { installed, restart_pending: true, ..first };
        check(rules, &first, Remove(Snmp), removed, &[]);
        let without = host(&[Tcpip]);
        let booted = Host { damaged: left, ..without };
        check(rules, &removed, Restart, booted, fired);
        let old = Host { os: Os::Nt351, ..removed };
        check(rules, &old, Upgrade, Host { upgraded: true, ..booted }, fired);
        let again = Host { installed: first.installed, restart_pending: true, ..booted };
        check(rules, &booted, Install(Snmp), again, &[]);
        let end = Host { damaged: left, failing: left, ..host(&[Tcpip, Snmp]) };
        check(rules, &again, Restart, end, &[]);
    }
    let other = sick(&[Tcpip, Snmp], &[Tcpip, Snmp]);
    check(USUAL, &other, Restart, other, &[]);
    let removed = after(USUAL, &other, &[Remove(Snmp)]);
    check(USUAL, &removed, Restart, sick(&[Tcpip], &[Tcpip]), &[rule]);
}

#[test]
fn cd_files_fail_under_service_pack() {
    let rule = RuleId::CdFilesFailUnderServicePack;
    for service_pack in [0, 1, 6] {
        let first = Host { service_pack, ..host(&[Tcpip]) };
        let whole = Host { service_pack, ..host(&[Tcpip, Snmp]) };
        let cd_files = if service_pack > 0 { one(Snmp) } else { Components::EMPTY };
        let new = Host { cd_files, running: first.running, restart_pending: true, ..whole };
        check(USUAL, &first, Install(Snmp), new, &[]);
        let fails = Host { cd_files, failing: cd_files, ..whole };
        let fired = [rule];
        check(USUAL, &new, Restart, fails, if service_pack > 0 { &fired } else { &[] });
        check(USUAL.without(rule), &new, Restart, Host { cd_files, ..whole }, &[]);
    }
    let first = Host { service_pack: 3, ..sick(&[Tcpip, Snmp], &[Tcpip]) };
    let both = Host { cd_files: Components::of(&[Snmp, Tcpip]), ..first };
    check(USUAL, &both, Restart, Host { failing: both.cd_files, ..both }, &[rule]);
    check(USUAL.without(rule), &both, Restart, both, &[]);
    let failing = after(USUAL, &both, &[Restart]);
    let applied = Host { cd_files: Components::EMPTY, restart_pending: true, ..failing };
    check(USUAL, &failing, ApplyServicePack(3), applied, &[]);
    check(USUAL, &applied, Restart, first, &[]);
    let removed = after(USUAL, &both, &[Remove(Snmp), Remove(Tcpip), Install(Tcpip)]);
    let alone = Host { service_pack: 3, ..sick(&[Tcpip], &[Tcpip]) };
    check(USUAL, &removed, Restart, Host { cd_files: one(Tcpip), ..alone }, &[rule]);
    let no_pack = Host { service_pack: 0, ..both };
    check(USUAL, &no_pack, Restart, no_pack, &[]);
    let elsewhere = Host { cd_files: one(Dlc), ..first };
    check(USUAL, &elsewhere, Restart, elsewhere, &[]);
}

#[test]
fn boot_without_protocol_drops_shares() {
    let rule = RuleId::BootWithoutProtocolDropsShares;
    for protocol in Components::PROTOCOLS.iter() {
        let first = host(&[protocol, Snmp]);
        check(USUAL, &first, Restart, first, &[]);
        let bare = host(&[Snmp]);
        let removed = Host { running: first.running, restart_pending: true, ..bare };
        check(USUAL, &first, Remove(protocol), removed, &[]);
        check(USUAL.without(rule), &removed, Restart, bare, &[]);
        let dropped = Host { lost: bare.shares, ..bare };
        check(USUAL, &removed, Restart, dropped, &[rule]);
        let old = Host { os: Os::Nt351, ..removed };
        check(USUAL, &old, Upgrade, Host { upgraded: true, ..dropped }, &[rule]);
        check(
            USUAL,
            &Host { shares: Shares::NONE, ..removed },
            Restart,
            host_without_shares(),
            &[],
        );
        let one_is_lost = Shares::first(2).without(0);
        check(USUAL, &Host { lost: one_is_lost, ..bare }, Restart, dropped, &[rule]);
        let back = Host { lost: one_is_lost, ..first };
        check(USUAL, &back, Restart, back, &[]);
    }
    let pair = after(USUAL, &host(&[Tcpip, Pptp]), &[Remove(Tcpip)]);
    check(USUAL, &pair, Restart, host(&[Pptp]), &[]);
}

fn host_without_shares() -> Host {
    Host { shares: Shares::NONE, ..host(&[Snmp]) }
}

#[test]
fn failed_wizard_creates_nothing() {
    let rule = RuleId::FailedWizardCreatesNothing;
    for (failing, failure) in [
        (host(&[]), StartFailure::ServerNotRunning),
        (Host { running: one(Server).with(Tcpip), ..host(&[Tcpip]) }, StartFailure::RpcMissing),
        (host(&[Netbeui]), StartFailure::TcpipMissing),
        (sick(&[Tcpip], &[Tcpip]), StartFailure::NotRegistered),
    ] {
        for exchange in [Exchange::V50, Exchange::V55] {
            let absent = Host { imc: Imc::Absent, exchange, ..failing };
            let why = failure.rule();
            compare(USUAL, &absent, CreateIms, Some(failure), absent, &[why, rule]);
            let left = Host { imc: Imc::Stopped, ..absent };
            compare(USUAL.without(rule), &absent, CreateIms, Some(failure), left, &[why]);
            compare(USUAL.without(rule), &left, StartImc, Some(failure), left, &[why]);
            compare(USUAL, &left, StartImc, Some(failure), left, &[why]);
        }
    }
    let absent = Host { imc: Imc::Absent, ..host(&[Tcpip]) };
    let running = Host { imc: Imc::Running, ..absent };
    check(USUAL, &absent, CreateIms, running, &[]);
    check(USUAL.without(rule), &absent, CreateIms, running, &[]);
}

#[test]
fn imc_needs_tcpip() {
    let rule = RuleId::ImcNeedsTcpip;
    let first = host(&[Netbeui, Nwlink]);
    check_try(USUAL, &first, Some(StartFailure::TcpipMissing), &[rule]);
    check_try(USUAL.without(rule), &first, None, &[]);
    let installed = after(USUAL, &first, &[Install(Tcpip)]);
    check_try(USUAL, &installed, Some(StartFailure::TcpipMissing), &[rule]);
    check_try(USUAL, &after(USUAL, &installed, &[Restart]), None, &[]);
    check_try(USUAL, &after(USUAL, &host(&[Tcpip]), &[Remove(Tcpip)]), None, &[]);
}

#[test]
fn exchange_needs_server() {
    let rule = RuleId::ExchangeNeedsServer;
    let first = host(&[Tcpip]);
    let removed = after(USUAL, &first, &[Remove(Server)]);
    check_try(USUAL, &removed, None, &[]);
    let without = after(USUAL, &removed, &[Restart]);
    check_try(USUAL, &without, Some(StartFailure::ServerNotRunning), &[rule]);
    check_try(USUAL.without(rule), &without, None, &[]);
    let installed = after(USUAL, &without, &[Install(Server)]);
    check_try(USUAL, &installed, Some(StartFailure::ServerNotRunning), &[rule]);
    check_try(USUAL, &after(USUAL, &installed, &[Restart]), None, &[]);
    let bare = host(&[Snmp]);
    check_try(USUAL, &bare, Some(StartFailure::ServerNotRunning), &[rule]);
    check_try(USUAL.without(rule).without(RuleId::ImcNeedsTcpip), &bare, None, &[]);
    for protocol in Components::PROTOCOLS.iter() {
        check_try(USUAL.without(RuleId::ImcNeedsTcpip), &host(&[protocol]), None, &[]);
    }
}

#[test]
fn exchange_needs_rpc() {
    let rule = RuleId::ExchangeNeedsRpc;
    let removed = after(USUAL, &host(&[Tcpip]), &[Remove(Rpc)]);
    check_try(USUAL, &removed, None, &[]);
    let without = after(USUAL, &removed, &[Restart]);
    check_try(USUAL, &without, Some(StartFailure::RpcMissing), &[rule]);
    check_try(USUAL.without(rule), &without, None, &[]);
    let installed = after(USUAL, &without, &[Install(Rpc)]);
    check_try(USUAL, &installed, Some(StartFailure::RpcMissing), &[rule]);
    check_try(USUAL, &after(USUAL, &installed, &[Restart]), None, &[]);
}

/// Proves of `bringer` that it brings `brought`, by `rule`, and nothing but that.
#[track_caller]
fn check_brings(bringer: Component, brought: Component, rule: RuleId) {
    let first = Host { service_pack: 2, ..host(&[Tcpip]) };
    let both = one(bringer).with(brought);
    let with = |new: Components, on: Host| {
        let cd_files = on.cd_files.or(new);
        Host { installed: on.installed.or(new), cd_files, restart_pending: true, ..on }
    };
    check(USUAL.without(rule), &first, Install(bringer), with(one(bringer), first), &[]);
    check(RuleSet::NONE.with(rule), &first, Install(bringer), with(both, first), &[rule]);
    check(USUAL, &first, Install(brought), with(one(brought), first), &[]);
    let there = Host { service_pack: 2, ..host(&[Tcpip, brought]) };
    for running in [there.running, first.running] {
        let there = Host { running, ..there };
        check(USUAL, &there, Install(bringer), with(one(bringer), there), &[]);
        let removed = Host { running, ..first };
        check(USUAL, &removed, Install(bringer), with(both, removed), &[rule]);
    }
    let at_once = USUAL.without(RuleId::LeftoversSurviveUntilRestart);
    let leftover = Host { damaged: one(brought).with(Snmp), ..first };
    let repaired = Host { damaged: one(Snmp), ..with(both, first) };
    check(at_once, &leftover, Install(bringer), repaired, &[rule, RuleId::ReinstallRepairs]);
    let unsound = Host { damaged: one(brought), ..there };
    check(at_once, &unsound, Install(bringer), with(one(bringer), unsound), &[]);
    let whole = host(&[Tcpip, bringer, brought]);
    for component in [bringer, brought] {
        let installed = whole.installed.without(component);
        let removed = Host { installed, restart_pending: true, ..whole };
        check(USUAL, &whole, Remove(component), removed, &[]);
    }
}

#[test]
fn macintosh_brings_appletalk() {
    check_brings(Macintosh, Appletalk, RuleId::MacintoshBringsAppletalk);
}

#[test]
fn gateway_brings_nwlink() {
    check_brings(Gateway, Nwlink, RuleId::GatewayBringsNwlink);
}

#[test]
fn leftovers_survive_until_restart() {
    let rule = RuleId::LeftoversSurviveUntilRestart;
    let first = sick(&[Tcpip, Snmp, Dlc], &[Snmp, Dlc]);
    let removed = after(USUAL, &first, &[Remove(Snmp)]);
    let again = Host { restart_pending: true, ..first };
    let repaired = Host { damaged: one(Dlc), ..again };
    check(USUAL, &removed, Install(Snmp), again, &[rule]);
    check(USUAL, &again, Restart, first, &[]);
    check(USUAL.without(rule), &removed, Install(Snmp), repaired, &[RuleId::ReinstallRepairs]);
    check(USUAL.without(rule), &repaired, Restart, sick(&[Tcpip, Snmp, Dlc], &[Dlc]), &[]);
    let never = USUAL.without(RuleId::ReinstallRepairs);
    check(never, &removed, Install(Snmp), again, &[]);
    check(never.without(rule), &removed, Install(Snmp), again, &[]);
    let booted = after(USUAL, &removed, &[Restart]);
    let new = Host { installed: first.installed, restart_pending: true, ..booted };
    for rules in [USUAL, USUAL.without(rule)] {
        check(rules, &booted, Install(Snmp), new, &[]);
    }
}

#[test]
fn only_transports_carry_shares() {
    let rule = RuleId::OnlyTransportsCarryShares;
    let drops = RuleId::BootWithoutProtocolDropsShares;
    assert!(!USUAL.believes(rule), "it is the other reading");
    let rules = USUAL.with(rule);
    let needs = RuleId::ExchangeNeedsServer;
    let no_tcpip = RuleId::ImcNeedsTcpip;
    for carrier in [Tcpip, Netbeui, Nwlink] {
        let first = host(&[carrier, Dlc]);
        check(rules, &first, Restart, first, &[]);
        check_try(rules.without(no_tcpip), &first, None, &[]);
    }
    for other in [Appletalk, Dlc, Streams, Pptp] {
        let first = host(&[other, Snmp]);
        let dropped = Host { lost: first.shares, ..first };
        check(rules, &first, Restart, dropped, &[drops, rule]);
        check(rules.without(drops), &first, Restart, first, &[rule]);
        check(USUAL, &first, Restart, first, &[]);
        check_try(rules, &first, Some(StartFailure::ServerNotRunning), &[needs, rule]);
        check_try(rules.without(needs).without(no_tcpip), &first, None, &[]);
        let old = Host { os: Os::Nt351, ..first };
        check(rules, &old, Upgrade, Host { upgraded: true, ..dropped }, &[drops, rule]);
        assert_eq!(step(rules, &dropped, Share(0)), Err(Refusal::ServerNotRunning));
        let lost = dropped.lost.without(0);
        check(USUAL, &dropped, Share(0), Host { lost, ..dropped }, &[]);
    }
    let bare = host(&[]);
    check(rules, &bare, Restart, Host { lost: bare.shares, ..bare }, &[drops]);
    check_try(rules, &bare, Some(StartFailure::ServerNotRunning), &[needs]);
    let no_server = after(rules, &host(&[Dlc]), &[Remove(Server), Restart]);
    check_try(rules, &no_server, Some(StartFailure::ServerNotRunning), &[needs]);
}
