//! The best way for somebody who knows the fault, against every order of actions.

use imc4087::model::action::Action;
use imc4087::model::component::Component;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::rule::RuleId;
use imc4087::model::rule::RuleSet;
use imc4087::model::set::Components;
use imc4087::model::step::step;
use imc4087::search::ground::try_of;
use imc4087::search::reach::Goal;
use imc4087::search::way::Toll;
use imc4087::search::way::way;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A first host and what may be moved on it.
fn host(installed: &[Component], damaged: &[Component], service_pack: u8) -> Host {
    let installed = Components::BASE.or(Components::of(installed));
    let damaged = Components::of(damaged);
    let host = Host::consistent(Os::Nt40, Exchange::V50, installed, damaged);
    Host { service_pack, shares: Shares::first(1), ..host }
}

/// The cheapest toll from every host that can be reached from `first`, by every order of actions.
fn tolls(rules: RuleSet, first: &Host, moved: Components) -> BTreeMap<Host, Option<Toll>> {
    let mut actions: Vec<Action> = moved.iter().map(Action::Remove).collect();
    actions.extend(moved.iter().map(Action::Install));
    actions.extend([Action::Restart, Action::StartImc, Action::CreateIms, Action::Share(0)]);
    actions
        .extend((first.service_pack > 0).then_some(Action::ApplyServicePack(first.service_pack)));
    let mut from: BTreeMap<Host, Vec<(Host, Action)>> = BTreeMap::from([(*first, Vec::new())]);
    let mut open = vec![*first];
    while let Some(at) = open.pop() {
        for action in &actions {
            let Ok(next) = step(rules, &at, *action) else { continue };
            if !from.contains_key(&next.host) {
                open.push(next.host);
            }
            from.entry(next.host).or_default().push((at, *action));
        }
    }
    let goal = Goal { first: *first, keep_shares: false, no_mixed_boot: false };
    let mut queue: BTreeSet<(Toll, Host)> = BTreeSet::new();
    let mut best: BTreeMap<Host, Option<Toll>> = from.keys().map(|it| (*it, None)).collect();
    for (host, toll) in &mut best {
        if goal.is_met(host) {
            *toll = Some(Toll::default());
            queue.insert((Toll::default(), *host));
        }
    }
    while let Some((toll, at)) = queue.pop_first() {
        if best[&at] != Some(toll) {
            continue;
        }
        for (before, action) in &from[&at] {
            let boots = *action == Action::Restart;
            let next = Toll {
                lost: toll.lost + at.lost.less(before.lost).iter().count(),
                mixed: toll.mixed + u32::from(boots && !before.cd_files.is_empty()),
                restarts: toll.restarts + u32::from(boots),
                actions: toll.actions + 1,
            };
            if best[before].is_none_or(|it| next < it) {
                best.insert(*before, Some(next));
                queue.insert((next, *before));
            }
        }
    }
    best
}

#[track_caller]
fn check(rules: RuleSet, first: &Host, moved: &[Component]) -> usize {
    let tolls = tolls(rules, first, Components::of(moved));
    for (host, toll) in &tolls {
        let found = way(rules, host, first);
        assert_eq!(found.as_ref().map(|it| it.toll), *toll, "{host:?}\nto {first:?}\n{found:?}");
    }
    tolls.len()
}

#[test]
fn no_order_of_actions_is_better_from_wherever_one_stands() {
    use Component::Appletalk;
    use Component::Macintosh;
    use Component::Netbeui;
    use Component::Nwlink;
    use Component::Ras;
    use Component::Tcpip;
    let usual = RuleSet::usual();
    let mut hosts = 0;
    for pack in [0, 3] {
        let two = host(&[Tcpip, Netbeui], &[Tcpip, Netbeui], pack);
        hosts += check(usual, &two, &[Tcpip, Netbeui, Nwlink]);
        hosts += check(usual, &host(&[Tcpip], &[Tcpip], pack), &[Tcpip, Netbeui]);
        hosts += check(usual, &host(&[Tcpip, Netbeui], &[Netbeui], pack), &[Netbeui, Ras]);
        let brought = host(&[Tcpip, Appletalk, Macintosh], &[Appletalk, Macintosh], pack);
        hosts += check(usual, &brought, &[Appletalk, Macintosh]);
        let absent = Host { imc: Imc::Absent, ..host(&[Tcpip, Ras], &[Ras], pack) };
        hosts += check(usual, &absent, &[Ras, Netbeui]);
    }
    let transports = usual.with(RuleId::OnlyTransportsCarryShares);
    let three = [Tcpip, Netbeui, Nwlink];
    hosts += check(transports, &host(&three, &three, 0), &three);
    assert!(hosts > 4_000, "{hosts} hosts");
}

#[test]
fn it_is_so_under_other_rules_too() {
    use Component::Netbeui;
    use Component::Tcpip;
    for rule in RuleId::ALL {
        let usual = RuleSet::usual();
        let rules = if rule.rule().on { usual.without(rule) } else { usual.with(rule) };
        for pack in [0, 3] {
            let first = host(&[Tcpip, Netbeui], &[Netbeui], pack);
            let hosts = check(rules, &first, &[Tcpip, Netbeui, Component::Nwlink]);
            assert!(hosts > 100, "{} {hosts}", rule.id());
        }
    }
}

/// Twelve wrong components: what a search host by host gives up on.
#[test]
fn many_faults_take_no_longer_than_one() {
    let all = Components::PROTOCOLS.or(Components::SERVICES);
    let all: Vec<Component> = all.iter().collect();
    let found = way(RuleSet::usual(), &host(&all, &all, 3), &host(&all, &all, 3)).unwrap();
    assert_eq!((found.toll.lost, found.toll.mixed, found.toll.restarts), (0, 0, 3));
    let few: Vec<Component> = all.into_iter().filter(|it| *it != Component::Dlc).collect();
    let found = way(RuleSet::usual(), &host(&few, &few, 3), &host(&few, &few, 3)).unwrap();
    assert_eq!((found.toll.lost, found.toll.restarts), (0, 2), "a protocol stands in");
}

#[test]
fn where_no_order_of_actions_leads_there_is_no_way() {
    let first = host(&[Component::Tcpip], &[Component::Tcpip], 3);
    let raised = Host { service_pack: 6, ..first };
    assert_eq!(way(RuleSet::usual(), &raised, &first), None);
    let old = Host { os: Os::Nt351, ..first };
    assert_eq!(way(RuleSet::usual(), &Host { upgraded: true, ..first }, &old), None);
    let nothing = RuleSet::usual().without(RuleId::ReinstallRepairs);
    assert_eq!(way(nothing, &first, &first), None);
    let bare = host(&[Component::Netbeui], &[], 0);
    assert_eq!(way(RuleSet::usual(), &bare, &bare), None, "no TCP/IP, no mail");
    assert!(try_of(&bare) == Action::StartImc);
}
