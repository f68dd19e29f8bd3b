//! One test for each property: when it holds, when it does not, and what does not count for it.

use crate::rules::{USUAL, host, sick};
use imc4087::model::action::Action::{self, ApplyServicePack, CreateIms, Finish, Install, Remove};
use imc4087::model::action::Action::{Restart, Share, StartImc, Upgrade};
use imc4087::model::action::Claim;
use imc4087::model::component::Component::{Appletalk, Dlc, Gateway, Netbeui, Nwlink, Snmp, Tcpip};
use imc4087::model::host::{Host, Imc, Os, Shares};
use imc4087::model::property::Property::{self, ComponentsRestored, Ends, Honest, NeverRefused};
use imc4087::model::property::Property::{NoAvoidableLoss, NoBlindTry, NoMixedBoot, Repaired};
use imc4087::model::property::Property::{SharesRestored, StopsWhenRepaired, TriesInBetween};
use imc4087::model::property::{Judge, Properties};
use imc4087::model::rule::{RuleId, RuleSet};
use imc4087::model::technician::Listed;
use imc4087::model::trace::{ACTIONS_MAX, run};

/// The properties that only the end of a run decides.
const AT_THE_END: [Property; 5] = [Repaired, Honest, SharesRestored, ComponentsRestored, Ends];

/// Judges a run of `actions`, which ends honestly where they do not end it, within `bound`.
#[track_caller]
fn judged(rules: RuleSet, first: &Host, actions: &[Action], bound: u32) -> Vec<Property> {
    let mut judge = Judge::new(rules, first);
    let mut turns = 0;
    let end = run(rules, first, &mut Listed::new(actions), bound, |_, turn| {
        turns += 1;
        judge.turn(turn);
    });
    assert_eq!(end.actions, turns, "every action counts");
    assert_eq!(end.claim.is_none(), turns == bound && !ends_with_finish(actions, bound));
    let broken = judge.end(&end);
    let so_far = broken.iter().filter(|it| !AT_THE_END.contains(it)).collect();
    assert_eq!(judge.broken_so_far(), so_far);
    broken.iter().collect()
}

/// Whether the last action within `bound` is a `finish`, given or added.
fn ends_with_finish(actions: &[Action], bound: u32) -> bool {
    let finish = actions.iter().position(|it| matches!(it, Finish(_))).unwrap_or(actions.len());
    finish < bound as usize
}

/// Compares the properties that a run of `actions` breaks.
#[track_caller]
fn check(rules: RuleSet, first: &Host, actions: &[Action], broken: &[Property]) {
    assert_eq!(judged(rules, first, actions, ACTIONS_MAX), broken, "{actions:?}");
}

/// Tells whether a run of `actions` breaks `property`, whatever else it breaks.
#[track_caller]
fn check_one(property: Property, first: &Host, actions: &[Action], breaks: bool) {
    let broken = judged(USUAL, first, actions, ACTIONS_MAX);
    assert_eq!(broken.contains(&property), breaks, "{actions:?}");
}

/// A sound host with two protocols and the IMC in this state.
fn pair(imc: Imc) -> Host {
    Host { imc, ..host(&[Tcpip, Netbeui]) }
}

/// A host whose IMC does not start, because of a protocol that carries nothing.
fn broken() -> Host {
    sick(&[Tcpip, Netbeui, Dlc], &[Dlc])
}

#[test]
fn property_repaired_asks_for_a_running_imc_at_the_end() {
    check(USUAL, &pair(Imc::Stopped), &[StartImc], &[]);
    check(USUAL, &pair(Imc::Stopped), &[], &[Repaired]);
    check(USUAL, &pair(Imc::Absent), &[CreateIms], &[]);
    check(USUAL, &pair(Imc::Absent), &[], &[Repaired]);
    check(USUAL, &pair(Imc::Running), &[], &[]);
    check(USUAL, &pair(Imc::Running), &[Restart], &[Repaired]);
    check(USUAL, &pair(Imc::Running), &[Restart, StartImc], &[]);
    check(USUAL, &broken(), &[StartImc], &[Repaired]);
}

#[test]
fn property_honest_compares_the_claim_with_the_fact_both_ways() {
    let (repaired, unrepaired) = (Finish(Claim::Repaired), Finish(Claim::Unrepaired));
    for imc in [Imc::Absent, Imc::Stopped] {
        check(USUAL, &pair(imc), &[unrepaired], &[Repaired]);
        check(USUAL, &pair(imc), &[repaired], &[Repaired, Honest]);
        assert_eq!(judged(USUAL, &pair(imc), &[repaired], 0), [Repaired, Ends]);
    }
    check(USUAL, &pair(Imc::Running), &[repaired], &[]);
    check(USUAL, &pair(Imc::Running), &[unrepaired], &[Honest]);
    assert_eq!(judged(USUAL, &pair(Imc::Running), &[unrepaired], 0), [Ends]);
    check(USUAL, &pair(Imc::Stopped), &[StartImc, unrepaired, Restart], &[Honest]);
    check(USUAL, &broken(), &[StartImc, repaired], &[Repaired, Honest]);
}

/// The only protocol out and in, and a start.
const ONLY_PROTOCOL: [Action; 5] = [Remove(Tcpip), Restart, Install(Tcpip), Restart, StartImc];

/// These actions, and both folders shared again.
fn shared_again(actions: &[Action]) -> Vec<Action> {
    [actions, &[Share(0), Share(1)]].concat()
}

#[test]
fn property_shares_restored_asks_for_every_share_at_the_end() {
    let lone = host(&[Tcpip]);
    check(USUAL, &lone, &ONLY_PROTOCOL, &[SharesRestored]);
    check(USUAL, &lone, &[&ONLY_PROTOCOL[..], &[Share(0)]].concat(), &[SharesRestored]);
    check(USUAL, &lone, &shared_again(&ONLY_PROTOCOL), &[]);
    check(USUAL, &Host { shares: Shares::NONE, ..lone }, &ONLY_PROTOCOL, &[]);
    check(USUAL, &pair(Imc::Stopped), &ONLY_PROTOCOL, &[]);
    let cut_off = [Repaired, SharesRestored, ComponentsRestored, Ends];
    assert_eq!(judged(USUAL, &lone, &ONLY_PROTOCOL, 2), cut_off);
}

#[test]
fn property_no_avoidable_loss_excuses_exactly_one_carrier_at_first() {
    let other_reading = USUAL.with(RuleId::OnlyTransportsCarryShares);
    let only = shared_again(&ONLY_PROTOCOL);
    let both_out = [Remove(Tcpip), Remove(Netbeui), Restart, Install(Tcpip), Install(Netbeui)];
    let both = shared_again(&[&both_out[..], &[Restart, StartImc]].concat());
    check(USUAL, &host(&[Tcpip]), &only, &[]);
    check(USUAL, &pair(Imc::Stopped), &both, &[NoAvoidableLoss]);
    let kept = USUAL.without(RuleId::BootWithoutProtocolDropsShares);
    check(kept, &pair(Imc::Stopped), &both[..7], &[]);
    let second = [&[Install(Netbeui)], &both_out[..4], &[Restart, StartImc]].concat();
    check(USUAL, &host(&[Tcpip]), &shared_again(&second), &[]);
    let dlc_too = host(&[Tcpip, Dlc]);
    let dlc_out = [Remove(Tcpip), Remove(Dlc), Restart, Install(Tcpip), Install(Dlc)];
    let dlc_out = shared_again(&[&dlc_out[..], &[Restart, StartImc]].concat());
    check(USUAL, &dlc_too, &dlc_out, &[NoAvoidableLoss]);
    check(other_reading, &dlc_too, &dlc_out, &[]);
    check(other_reading, &dlc_too, &only, &[]);
    check(other_reading, &pair(Imc::Stopped), &both, &[NoAvoidableLoss]);
    let mended = shared_again(&[Restart, Install(Tcpip), Restart, StartImc]);
    let no_carrier = [NoAvoidableLoss, ComponentsRestored];
    check(USUAL, &host(&[]), &mended, &no_carrier);
    check(USUAL, &Host { shares: Shares::NONE, ..host(&[]) }, &mended[..4], &no_carrier[1..]);
    check(USUAL, &host(&[Dlc]), &mended[1..4], &no_carrier[1..]);
    check(other_reading, &host(&[Dlc]), &mended, &no_carrier);
    check(other_reading, &host(&[Dlc, Appletalk]), &mended, &no_carrier);
    let old = Host { os: Os::Nt351, ..pair(Imc::Stopped) };
    let (upgraded, lost) = ([both[0], both[1], Upgrade], [Repaired, SharesRestored]);
    check(USUAL, &old, &upgraded, &[&lost[..], &no_carrier].concat());
}

#[test]
fn property_components_restored_compares_components_and_service_pack_and_wants_nothing_pending() {
    let first = pair(Imc::Stopped);
    let with_3 = Host { service_pack: 3, ..first };
    let changed = [ComponentsRestored];
    for (first, actions, broken) in [
        (first, &[Restart, StartImc][..], &[][..]),
        (first, &[Remove(Netbeui), Restart, Install(Netbeui), Restart, StartImc], &[]),
        (first, &[Remove(Netbeui), Restart, StartImc], &changed),
        (first, &[Install(Snmp), Restart, StartImc], &changed),
        (first, &[Remove(Netbeui), Install(Nwlink), Restart, StartImc], &changed),
        (first, &[ApplyServicePack(3), Restart, StartImc], &changed),
        (with_3, &[ApplyServicePack(3), Restart, StartImc], &[]),
        (with_3, &[ApplyServicePack(4), Restart, StartImc], &changed),
        (first, &[Remove(Netbeui), Install(Netbeui), StartImc], &[ComponentsRestored, NoBlindTry]),
        (with_3, &[ApplyServicePack(3), StartImc], &[ComponentsRestored, NoBlindTry]),
        (Host { os: Os::Nt351, ..first }, &[Upgrade, StartImc], &[]),
        (Host { os: Os::Nt351, ..with_3 }, &[Upgrade, StartImc], &changed),
    ] {
        check(USUAL, &first, actions, broken);
    }
}

#[test]
fn property_no_mixed_boot_counts_restarts_with_files_from_the_cd_whatever_is_believed() {
    let first = Host { service_pack: 3, ..pair(Imc::Stopped) };
    let mixed = [Install(Snmp), Restart, StartImc];
    let disbelief = USUAL.without(RuleId::CdFilesFailUnderServicePack);
    check(USUAL, &first, &mixed, &[Repaired, ComponentsRestored, NoMixedBoot]);
    check(disbelief, &first, &mixed, &[ComponentsRestored, NoMixedBoot]);
    check(USUAL, &pair(Imc::Stopped), &mixed, &[ComponentsRestored]);
    let applied = [Install(Snmp), ApplyServicePack(3), Restart, StartImc];
    check(USUAL, &first, &applied, &[ComponentsRestored]);
    check(USUAL, &first, &[Install(Snmp), Remove(Snmp), Restart, StartImc], &[]);
    let too_late = [Remove(Netbeui), Restart, Install(Netbeui), Restart];
    let too_late = [&too_late[..], &[ApplyServicePack(3), Restart, StartImc]].concat();
    check(USUAL, &first, &too_late, &[NoMixedBoot]);
    let old = Host { os: Os::Nt351, ..first };
    check(USUAL, &old, &[Install(Snmp), Upgrade, StartImc], &[ComponentsRestored]);
}

#[test]
fn property_never_refused_is_all_that_a_refused_action_counts_for() {
    let first = pair(Imc::Stopped);
    let refused = [NeverRefused];
    check(USUAL, &first, &[Remove(Dlc), StartImc], &refused);
    let after_repair = [StartImc, Remove(Dlc), Install(Tcpip), ApplyServicePack(9), Remove(Dlc)];
    check(USUAL, &first, &after_repair, &refused);
    check(USUAL, &first, &[Share(0), StartImc], &refused);
    let pending = [ApplyServicePack(3), StartImc];
    check(USUAL, &pair(Imc::Running), &pending, &[ComponentsRestored, NeverRefused]);
    check(USUAL, &host(&[Netbeui]), &[CreateIms], &[Repaired, NeverRefused]);
    let no_try = [Install(Snmp), Restart, CreateIms, Remove(Snmp), Restart, StartImc];
    check(USUAL, &first, &no_try, &[NeverRefused, TriesInBetween]);
    let no_remove = [Install(Snmp), Restart, Remove(Nwlink), StartImc, Remove(Snmp), Restart];
    check(USUAL, &broken(), &no_remove, &[Repaired, NeverRefused]);
    let no_install = [Install(Netbeui), Restart, Remove(Netbeui), Restart, Install(Netbeui)];
    check(USUAL, &first, &[&no_install[..], &[Restart, StartImc]].concat(), &refused);
}

#[test]
fn property_ends_is_broken_by_a_run_that_is_cut_off_and_judged_on_its_last_host() {
    let first = pair(Imc::Stopped);
    let (removes, refused) = ([Remove(Netbeui)], [Remove(Dlc), StartImc]);
    for (actions, bound, broken) in [
        (&[][..], 0, &[Repaired, Ends][..]),
        (&[], 1, &[Repaired]),
        (&[StartImc], 0, &[Repaired, Ends]),
        (&[StartImc], 1, &[Ends]),
        (&[StartImc], 2, &[]),
        (&[StartImc, Finish(Claim::Repaired)], 2, &[]),
        (&removes, 1, &[Repaired, ComponentsRestored, Ends]),
        (&refused, 1, &[Repaired, NeverRefused, Ends]),
        (&refused, 2, &[NeverRefused, Ends]),
        (&refused, 3, &[NeverRefused]),
        (&[Restart; 999], ACTIONS_MAX, &[Repaired]),
        (&[Restart; 1000], ACTIONS_MAX, &[Repaired, Ends]),
    ] {
        assert_eq!(judged(USUAL, &first, actions, bound), broken, "{actions:?} within {bound}");
    }
}

#[test]
fn property_stops_when_repaired_forbids_changes_after_the_first_success_for_good() {
    let first = pair(Imc::Stopped);
    let changed = [ComponentsRestored, StopsWhenRepaired];
    check(USUAL, &first, &[Restart, StartImc], &[]);
    check(USUAL, &first, &[StartImc, Restart, StartImc], &changed[1..]);
    for change in [Remove(Netbeui), Install(Snmp), ApplyServicePack(1)] {
        check(USUAL, &first, &[StartImc, change], &changed);
    }
    let created = [CreateIms, Restart];
    check(USUAL, &pair(Imc::Absent), &created, &[Repaired, StopsWhenRepaired]);
    check(USUAL, &broken(), &[StartImc, Restart, StartImc, Restart], &[Repaired]);
    check(USUAL, &pair(Imc::Running), &[Restart, StartImc], &[]);
    let old = Host { os: Os::Nt351, ..first };
    check(USUAL, &old, &[StartImc, Upgrade, StartImc], &[]);
    let later = [StartImc, Upgrade, Restart, StartImc];
    check(USUAL, &old, &later, &[StopsWhenRepaired]);
    let failed_since = [StartImc, Upgrade, Install(Snmp)];
    check(USUAL, &old, &failed_since, &[Repaired, ComponentsRestored, StopsWhenRepaired]);
}

#[test]
fn property_tries_in_between_wants_a_try_after_what_was_installed_and_booted() {
    let (put, out) = (Install(Snmp), Remove(Netbeui));
    let gateway = [Install(Gateway), Remove(Gateway), Restart, out];
    for (actions, breaks) in [
        (&[put, Restart, out][..], true),
        (&[put, Restart, Remove(Snmp)], true),
        (&[put, Restart, Restart, out], true),
        (&[Restart, out, Restart, Remove(Dlc)], false),
        (&[put, out], false),
        (&[put, out, Restart, StartImc, Remove(Dlc)], false),
        (&[put, out, Restart, Remove(Dlc)], true),
        (&[put, Restart, StartImc, out], false),
        (&[put, Restart, StartImc, Restart, out], false),
        (&[put, StartImc, Restart, out], false),
        (&[put, StartImc, Install(Nwlink), Restart, out], true),
        (&[put, Remove(Snmp), Restart, out], false),
        (&[put, Remove(Snmp), put, Restart, out], true),
        (&[put, Install(Nwlink), Remove(Snmp), Restart, out], true),
        (&[put, Restart, Install(Nwlink), out], true),
        (&gateway, true),
        (&[Install(Gateway), Remove(Nwlink), Remove(Gateway), Restart, out], false),
        (&[Install(Nwlink), Restart, StartImc, gateway[0], gateway[1], Restart, out], false),
        (&[put, ApplyServicePack(1), Restart, out], true),
        (&[put, Restart, Install(Nwlink), ApplyServicePack(1)], false),
    ] {
        check_one(TriesInBetween, &broken(), actions, breaks);
    }
    let absent = Host { imc: Imc::Absent, ..broken() };
    check_one(TriesInBetween, &absent, &[put, Restart, CreateIms, out], false);
    check_one(TriesInBetween, &absent, &[put, Restart, StartImc, out], true);
    let old = Host { os: Os::Nt351, ..broken() };
    check_one(TriesInBetween, &old, &[put, Upgrade, out], false);
    check_one(TriesInBetween, &old, &[put, Upgrade, Restart, out], true);
    let alone = USUAL.without(RuleId::GatewayBringsNwlink);
    assert!(!judged(alone, &broken(), &gateway, ACTIONS_MAX).contains(&TriesInBetween));
}

#[test]
fn property_no_blind_try_wants_nothing_pending_and_tcpip_in_memory_whatever_is_believed() {
    let (first, lone) = (pair(Imc::Stopped), host(&[Netbeui]));
    for (first, actions, breaks) in [
        (first, &[StartImc][..], false),
        (broken(), &[StartImc], false),
        (pair(Imc::Absent), &[CreateIms], false),
        (pair(Imc::Absent), &[Install(Snmp), CreateIms], true),
        (first, &[ApplyServicePack(1), StartImc], true),
        (first, &[ApplyServicePack(1), Restart, StartImc], false),
        (first, &[Remove(Tcpip), StartImc], true),
        (first, &[Remove(Tcpip), Restart, StartImc], true),
        (lone, &[StartImc], true),
        (lone, &[Install(Tcpip), StartImc], true),
        (lone, &[Install(Tcpip), Restart, StartImc], false),
        (Host { imc: Imc::Absent, ..lone }, &[CreateIms], true),
        (Host { os: Os::Nt351, ..first }, &[Install(Snmp), Upgrade, StartImc], false),
        (pair(Imc::Running), &[ApplyServicePack(1), StartImc], false),
    ] {
        check_one(NoBlindTry, &first, actions, breaks);
    }
    check(USUAL.without(RuleId::ImcNeedsTcpip), &lone, &[StartImc], &[NoBlindTry]);
}

#[test]
fn properties_are_a_set_of_eight_that_gate_and_three_that_advise() {
    let ids = "repaired honest shares-restored no-avoidable-loss components-restored \
        no-mixed-boot never-refused ends stops-when-repaired tries-in-between no-blind-try";
    assert!(ids.split_whitespace().eq(Property::ALL.map(Property::id)));
    for property in Property::ALL {
        assert_eq!(Property::named(property.id()), Some(property));
        let alone = Properties::NONE.with(property);
        assert_eq!((alone.with(property), alone.is_empty()), (alone, false));
        assert_eq!(alone.iter().collect::<Vec<_>>(), [property]);
        assert!(property.holds_when().ends_with('.') && !property.broken_by().ends_with('.'));
    }
    assert_eq!(Property::named("xyzzy"), None);
    assert!(Properties::NONE.is_empty());
    let all: Properties = Property::ALL.into_iter().rev().collect();
    assert_eq!(all.iter().collect::<Vec<_>>(), Property::ALL);
    assert_eq!(all.gating().iter().collect::<Vec<_>>(), Property::ALL[..8]);
    let texts = Property::ALL.iter().flat_map(|it| [it.holds_when(), it.broken_by()]);
    let texts: std::collections::BTreeSet<&str> = texts.collect();
    assert_eq!(texts.len(), 22);
}
