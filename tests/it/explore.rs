//! Every order of actions: counts beside the naive model, ends beside a plain search, and the command.

use crate::agree::act;
use crate::agree::believed;
use crate::agree::plain;
use crate::naive;
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
use imc4087::search::census::Beyond;
use imc4087::search::census::Census;
use imc4087::search::census::Orders;
use imc4087::search::census::census;
use imc4087::search::ends::Ends;
use imc4087::search::ends::dead_ends;
use imc4087::search::explore::Asked;
use imc4087::search::explore::Explored;
use imc4087::search::explore::HOSTS_MAX;
use imc4087::search::explore::explore;
use imc4087::search::invariant::Invariant;
use imc4087::search::number::Number;
use imc4087::search::seen::Seen;
use imc4087::search::space::Extent;
use imc4087::search::space::Past;
use imc4087::search::space::Space;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use Component::Appletalk;
use Component::Gateway;
use Component::Macintosh;
use Component::Netbeui;
use Component::Nwlink;
use Component::Rpc;
use Component::Server;
use Component::Tcpip;

/// A host of exactly these components, with NT 4.0, Exchange 5.0 and the IMC stopped.
fn host(installed: &[Component], damaged: &[Component], service_pack: u8, shares: usize) -> Host {
    let (installed, damaged) = (Components::of(installed), Components::of(damaged));
    let host = Host::consistent(Os::Nt40, Exchange::V50, installed, damaged);
    Host { service_pack, shares: Shares::first(shares), ..host }
}

fn absent(host: Host) -> Host {
    Host { imc: Imc::Absent, ..host }
}

fn explored(rules: RuleSet, first: &Host) -> Explored {
    explore(&Orders::of(rules, first), HOSTS_MAX, Asked::Ends)
}

fn counts(found: &Explored) -> (usize, u64, usize) {
    assert!(found.complete);
    (found.hosts, found.transitions, found.depth)
}

/// The same counts from the naive model, level by level.
fn naively(orders: &Orders) -> (usize, u64, usize) {
    let rules = believed(orders.rules);
    let mut seen = BTreeSet::from([plain(&orders.first)]);
    let mut level: Vec<naive::Host> = seen.iter().cloned().collect();
    let (mut transitions, mut depth) = (0, 0);
    loop {
        let mut next = Vec::new();
        for host in &level {
            for action in &orders.actions {
                let (after, outcome) = naive::step(&rules, host, act(*action));
                transitions += u64::from(!matches!(outcome, naive::Outcome::Refused(_)));
                if seen.insert(after.clone()) {
                    next.push(after);
                }
            }
        }
        if next.is_empty() {
            return (seen.len(), transitions, depth);
        }
        level = next;
        depth += 1;
    }
}

/// Pinned, so that a change of the state space is seen in review.
#[test]
fn small_hosts_have_as_many_orders_as_the_naive_model_says() {
    let usual = RuleSet::usual();
    let only_transports = usual.with(RuleId::OnlyTransportsCarryShares);
    let rows = [
        (usual, host(&[Tcpip], &[], 0, 0), (6, 18, 4)),
        (usual, host(&[Tcpip, Rpc, Server], &[Tcpip], 0, 2), (252, 1_332, 12)),
        (usual, absent(host(&[Tcpip, Rpc, Server], &[Tcpip], 3, 1)), (2_837, 17_666, 19)),
        (usual, host(&[Tcpip, Netbeui, Server], &[Netbeui], 0, 1), (162, 837, 10)),
        (usual, host(&[Macintosh], &[Macintosh], 3, 1), (215, 1_075, 11)),
        (usual, host(&[Tcpip, Appletalk, Macintosh], &[Macintosh], 0, 0), (108, 540, 9)),
        (usual, host(&[Gateway, Server], &[], 3, 1), (1_288, 8_064, 13)),
        (usual, host(&[Gateway, Nwlink], &[Gateway, Nwlink], 2, 1), (169, 845, 11)),
        (only_transports, host(&[Appletalk, Netbeui, Server], &[], 0, 2), (180, 972, 11)),
    ];
    for (rules, first, expected) in rows {
        let found = explored(rules, &first);
        assert_eq!(counts(&found), naively(&Orders::of(rules, &first)), "{first:?}");
        assert_eq!(counts(&found), expected, "{first:?}");
    }
}

#[test]
fn counts_agree_with_each_rule_believed_the_other_way() {
    let usual = RuleSet::usual();
    for rule in RuleId::ALL {
        let rules = if usual.believes(rule) { usual.without(rule) } else { usual.with(rule) };
        for first in [
            host(&[Tcpip, Rpc, Server], &[Tcpip], 0, 1),
            absent(host(&[Appletalk, Server], &[Server], 3, 1)),
            host(&[Macintosh], &[Macintosh], 3, 0),
            host(&[Gateway], &[], 0, 0),
        ] {
            let found = explored(rules, &first);
            assert_eq!(counts(&found), naively(&Orders::of(rules, &first)), "{}", rule.id());
        }
    }
}

/// The base services and a damaged TCP/IP, two shares, Exchange 5.0 with no Internet Mail Service yet.
#[test]
fn the_base_services_and_tcpip_make_24_960_hosts() {
    let all = [Components::BASE.iter().collect(), vec![Tcpip]].concat();
    let found = explored(RuleSet::usual(), &absent(host(&all, &[Tcpip], 0, 2)));
    assert_eq!(counts(&found), (24_960, 208_000, 19));
    assert!(found.invariants.iter().all(|it| it.failing == 0 && it.checked > 0));
}

/// The cheapest way to a repaired host, by relaxing every host until nothing changes: the least of
/// restarts, actions and the actions themselves.
fn cheapest_plainly(orders: &Orders, lost: bool) -> Option<Vec<Action>> {
    let cost = |way: &Vec<Action>| {
        let restarts = way.iter().filter(|it| **it == Action::Restart).count();
        (restarts, way.len(), way.clone())
    };
    let mut best = BTreeMap::from([((orders.first, false), Vec::new())]);
    let mut changed = vec![(orders.first, false)];
    while let Some((host, ever_lost)) = changed.pop() {
        for action in &orders.actions {
            let Ok(step) = step(orders.rules, &host, *action) else { continue };
            let next = (step.host, ever_lost || !step.host.lost.is_empty());
            let mut way = best[&(host, ever_lost)].clone();
            way.push(*action);
            if best.get(&next).is_none_or(|it| cost(&way) < cost(it)) {
                best.insert(next, way);
                changed.push(next);
            }
        }
    }
    let ends = best.iter().filter(|((host, ever), _)| *ever == lost && orders.repaired(host));
    ends.map(|(_, way)| way.clone()).min_by_key(cost)
}

#[test]
fn ends_are_those_of_a_plain_search() {
    let usual = RuleSet::usual();
    let rows = [
        (usual, host(&[Tcpip, Rpc, Server], &[Tcpip], 0, 1)),
        (usual, host(&[Tcpip, Server], &[Server], 0, 1)),
        (usual.without(RuleId::ExchangeNeedsRpc), host(&[Tcpip, Server], &[Server], 3, 1)),
        (usual.without(RuleId::ExchangeNeedsRpc), host(&[Tcpip, Server], &[Tcpip], 3, 2)),
        (usual.without(RuleId::ExchangeNeedsServer), absent(host(&[Tcpip, Rpc], &[Rpc], 1, 1))),
        (
            usual.without(RuleId::LeftoversSurviveUntilRestart),
            host(&[Tcpip, Rpc, Server], &[], 0, 1),
        ),
    ];
    for (rules, first) in rows {
        let orders = Orders::of(rules, &first);
        let ends = explored(rules, &first).ends.unwrap();
        let found = [ends.nothing_lost, ends.shared_again].map(|it| it.map(|it| it.actions));
        let plainly = [false, true].map(|lost| cheapest_plainly(&orders, lost));
        assert_eq!(found, plainly, "{first:?}");
    }
}

fn ends(first: &Host) -> Ends {
    explored(RuleSet::usual(), first).ends.unwrap()
}

#[test]
fn the_only_protocol_cannot_be_repaired_without_losing_the_shares() {
    let ends = ends(&absent(host(&[Tcpip, Rpc, Server], &[Tcpip], 3, 2)));
    assert_eq!(ends.nothing_lost, None);
    let way = ends.shared_again.unwrap();
    let (out, back) = (Action::Remove(Tcpip), Action::Install(Tcpip));
    let shares = [Action::Share(0), Action::Share(1)];
    let pack = Action::ApplyServicePack(3);
    let restart = Action::Restart;
    let expected = [&[out, restart, back, pack, restart, Action::CreateIms], &shares[..]].concat();
    assert_eq!((way.restarts(), way.actions), (2, expected));
    assert_eq!((ends.dead, ends.into_dead), (0, None));
}

#[test]
fn one_of_two_protocols_is_repaired_and_nothing_is_lost() {
    let ends = ends(&host(&[Tcpip, Netbeui, Rpc, Server], &[Tcpip], 0, 1));
    let (out, back) = (Action::Remove(Tcpip), Action::Install(Tcpip));
    let way = ends.nothing_lost.unwrap();
    assert_eq!(way.actions, [out, Action::Restart, back, Action::Restart, Action::StartImc]);
    let both = ends.shared_again.unwrap();
    assert_eq!((both.restarts(), both.actions.len()), (2, 8));
    assert_eq!(both.actions[..3], [out, Action::Remove(Netbeui), Action::Restart]);
}

#[test]
fn where_nothing_can_be_repaired_the_first_host_is_a_dead_end() {
    let v40 = Host { exchange: Exchange::V40, ..absent(host(&[Tcpip, Rpc, Server], &[], 0, 1)) };
    let damaged = host(&[Tcpip, Server], &[Server], 0, 0);
    let usual = RuleSet::usual();
    for (rules, first) in [(usual, v40), (usual.without(RuleId::ReinstallRepairs), damaged)] {
        let found = explored(rules, &first);
        let ends = found.ends.unwrap();
        assert_eq!((ends.nothing_lost, ends.shared_again), (None, None));
        assert_eq!(ends.dead, found.hosts);
        assert_eq!(ends.into_dead.unwrap().actions, []);
    }
}

/// Counts in numbers of one width, all components in every set at least where `wide` says so.
fn counted<N: Number>(orders: &Orders, wide: bool) -> (Space<N>, Census<N>) {
    let all: Components = Component::ALL.into_iter().collect();
    let first = &orders.first;
    let most = Host { installed: all, damaged: all, running: all, failing: all, ..*first };
    let mut extent = Extent::of(first);
    if wide {
        extent = extent.with(&Host { cd_files: all, ..most });
    }
    loop {
        let space = Space::new(extent, Past::Forgotten);
        match census(orders, &space, HOSTS_MAX) {
            Ok(found) => return (space, found),
            Err(Beyond(host)) => extent = extent.with(&host),
        }
    }
}

/// With a good end that hosts can fall out of, some are dead and some are not.
#[test]
fn dead_ends_are_those_of_a_plain_search() {
    let first = host(&[Tcpip, Server], &[Tcpip], 3, 1);
    let orders = Orders::of(RuleSet::usual(), &first);
    let good = |host: &Host| host.damaged.has(Tcpip) && host.cd_files.has(Server);
    let (space, found) = counted::<u32>(&orders, false);
    let hosts: Vec<Host> = found.order.iter().map(|it| space.here(*it).host).collect();
    let mut alive: BTreeSet<Host> = hosts.iter().copied().filter(good).collect();
    let next =
        |host: &Host, action: &Action| step(orders.rules, host, *action).ok().map(|it| it.host);
    let leads = |alive: &BTreeSet<Host>, host: &Host| {
        orders.actions.iter().filter_map(|it| next(host, it)).any(|it| alive.contains(&it))
    };
    loop {
        let before = alive.len();
        let more: Vec<Host> = hosts.iter().copied().filter(|it| leads(&alive, it)).collect();
        alive.extend(more);
        if alive.len() == before {
            break;
        }
    }
    let dead: Vec<usize> =
        hosts.iter().enumerate().filter(|(_, it)| !alive.contains(it)).map(|(at, _)| at).collect();
    assert_eq!((dead.len(), hosts.len()), (150, 183));
    assert_eq!(dead_ends(&orders, &space, &found, good), dead);
    assert_eq!(found.way(&orders, &space, dead[0]), [Action::Remove(Tcpip), Action::Restart]);
}

#[test]
fn hosts_are_counted_alike_in_numbers_of_every_width() {
    let first = host(&[Tcpip, Rpc, Server], &[Tcpip], 3, 2);
    let orders = Orders::of(RuleSet::usual(), &first);
    let (space, narrow) = counted::<u32>(&orders, false);
    let (_, middle) = counted::<u64>(&orders, false);
    let (wide_space, wide) = counted::<u128>(&orders, true);
    assert!(wide_space.size() > u64::MAX.into(), "{}", wide_space.size());
    for (one, other) in narrow.order.iter().zip(&wide.order) {
        assert_eq!(space.here(*one).host, wide_space.here(*other).host);
    }
    let counts = (narrow.order.len(), narrow.transitions, narrow.levels);
    assert_eq!(counts, (middle.order.len(), middle.transitions, middle.levels));
    assert_eq!(counts, (wide.order.len(), wide.transitions, wide.levels));
}

#[test]
fn every_number_stands_for_one_host_and_for_what_was_lost_on_the_way() {
    let first = host(&[Appletalk, Macintosh, Server], &[Macintosh], 3, 2);
    let orders = Orders::of(RuleSet::usual(), &first);
    let (space, found) = counted::<u32>(&orders, false);
    let mut extent = Extent::of(&first);
    let mut hosts = BTreeSet::new();
    for number in &found.order {
        let here = space.here(*number);
        extent = extent.with(&here.host);
        assert_eq!(space.next(&here, &here.host), Some(*number));
        assert!(here.host.fits_together() && hosts.insert(here.host));
    }
    let space = Space::<u64>::new(extent, Past::Loss);
    let first = space.here(space.first());
    for host in hosts {
        let number = space.next(&first, &host).unwrap();
        let here = space.here(number);
        assert_eq!((here.host, here.ever_lost), (host, !host.lost.is_empty()));
        let again = space.here(space.next(&here, &first.host).unwrap());
        assert_eq!((again.host, again.ever_lost), (first.host, here.ever_lost));
    }
}

/// Numbers far apart go to a table, which grows; near ones are bits. Both are sets.
#[test]
fn both_ways_to_keep_a_set_are_sets() {
    let mut few = Seen::<u64>::new(1 << 16, 0);
    let mut many = Seen::<u64>::new(u64::MAX.into(), 0);
    let mut plain = BTreeSet::new();
    let mut state = 4_087_u64;
    for _ in 0..20_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let number = state >> 48;
        let new = plain.insert(number);
        assert_eq!((few.insert(number), many.insert(number << 40)), (new, new));
    }
    for number in 0..1 << 16 {
        let there = plain.contains(&number);
        assert_eq!((few.has(number), many.has(number << 40)), (there, there));
    }
}

/// A file can give a host that no order of actions leads to.
#[test]
fn an_imc_that_runs_on_a_failing_component_breaks_an_invariant() {
    let first = Host { imc: Imc::Running, ..host(&[Tcpip, Rpc, Server], &[Tcpip], 0, 0) };
    let found = explored(RuleSet::usual(), &first);
    for it in found.invariants {
        let breaks = it.invariant == Invariant::RunningImcCouldStart;
        assert_eq!(it.failing > 0, breaks, "{}", it.invariant.id());
        assert_eq!(it.way.map(|it| it.actions), breaks.then(Vec::new));
    }
}
