//! The best plan: what it costs, beside every order of single actions, and what it must keep.

use imc4087::files::pack;
use imc4087::files::runbook;
use imc4087::model::component::Component;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::property::Properties;
use imc4087::model::rule::RuleId;
use imc4087::model::rule::RuleSet;
use imc4087::model::set::Components;
use imc4087::search::bill::Bill;
use imc4087::search::cost::Aim;
use imc4087::search::cost::Aims;
use imc4087::search::cost::Cost;
use imc4087::search::cost::Order;
use imc4087::search::cost::Value;
use imc4087::search::flaw::Flaw;
use imc4087::search::ground::Allowed;
use imc4087::search::ground::Ground;
use imc4087::search::odds::Odds;
use imc4087::search::odds::OddsOf;
use imc4087::search::plan::Best;
use imc4087::search::plan::Plan;
use imc4087::search::plan::best;
use imc4087::search::planbook::planbook;
use imc4087::search::planworld::Question;
use imc4087::search::planworld::planworld;
use imc4087::search::proof::check;
use imc4087::search::proven::proven;
use imc4087::search::world::Damage;
use imc4087::search::world::Services;
use imc4087::search::world::World;
use imc4087::search::world::with_damage;

use Component::Appletalk;
use Component::Macintosh;
use Component::Netbeui;
use Component::Tcpip;

pub(crate) fn host(installed: &[Component], service_pack: u8, shares: usize) -> Host {
    let installed = Components::of(installed);
    let host = Host::consistent(Os::Nt40, Exchange::V50, installed, Components::EMPTY);
    Host { service_pack, shares: Shares::first(shares), ..host }
}

/// The plan where one thing is least.
pub(crate) fn plan(ground: &Ground, aims: Aims) -> Plan {
    let mut plans = best(ground, &aims).plans;
    assert_eq!(plans.len(), 1);
    plans.remove(0)
}

/// Every kind of host of the article world, one for each set of components.
fn kinds() -> Vec<Host> {
    let world = World {
        service_packs: vec![3],
        upgraded: vec![false],
        exchange: vec![(Exchange::V50, Imc::Stopped)],
        ..World::new(Services::Article, Damage::Article)
    };
    (0..world.hosts()).filter_map(|it| world.host(it)).collect()
}

#[test]
fn the_model_agrees_with_the_table_and_nothing_is_broken() {
    for host in kinds() {
        for allowed in Allowed::ALL {
            let ground = Ground::of(RuleSet::usual(), &host, Damage::Article, allowed);
            let plan = plan(&ground, Aims::USUAL);
            let ends = plan.ends();
            assert_eq!(ends.cases, 1 << ground.universe.len());
            let sum = ends.leaves.iter().fold(Cost::NONE, |sum, it| {
                assert_eq!(it.broken.gating(), Properties::NONE, "{host:?}");
                sum.and(it.cost.times(it.weight))
            });
            assert_eq!(sum, plan.value.sum, "{host:?}");
            // Each damage by itself comes to what its family came to.
            if ground.universe.len() <= 3 {
                let alone = ground.universe.subsets().fold(Cost::NONE, |sum, damage| {
                    let first = with_damage(&host, damage);
                    let (turns, _, broken) = plan.course.run(ground.rules, &first);
                    assert_eq!(broken.gating(), Properties::NONE);
                    sum.and(imc4087::search::course::cost(&first, &turns, Order::USUAL))
                });
                assert_eq!(alone, sum);
            }
        }
    }
}

#[test]
fn the_runbook_keeps_every_property_and_the_worst_case() {
    for host in kinds() {
        for allowed in Allowed::ALL {
            let ground = Ground::of(RuleSet::usual(), &host, Damage::Article, allowed);
            let plan = plan(&ground, Aims::USUAL);
            let book = planbook(&ground, &plan.course, "The plan");
            let (ends, followed) = (plan.ends(), plan.ends_of(&book.runbook));
            assert_eq!(ends.cases, followed.cases);
            for leaf in &followed.leaves {
                assert_eq!(leaf.broken.gating(), Properties::NONE, "{host:?} {:?}", book.runbook);
            }
            for aim in [Aim::Restarts, Aim::Reinstalls, Aim::Lost] {
                assert_eq!(ends.count(aim).most, followed.count(aim).most, "{host:?}");
                if book.left_out.is_empty() {
                    assert_eq!(ends.count(aim), followed.count(aim), "{host:?}");
                }
            }
        }
    }
}

#[test]
fn two_restarts_are_enough_but_with_all_seven_protocols() {
    for host in kinds() {
        let ground = Ground::of(RuleSet::usual(), &host, Damage::Article, Allowed::Model);
        let ends = plan(&ground, Aims::USUAL).ends();
        let all = Components::PROTOCOLS.within(host.installed) && !host.shares.is_empty();
        assert_eq!(ends.count(Aim::Restarts).most, if all { 3 } else { 2 }, "{host:?}");
        assert_eq!(ends.count(Aim::Lost).sum, 0);
    }
}

#[test]
fn what_a_service_brings_does_not_stay() {
    let installed = Components::BASE.with(Tcpip).with(Macintosh);
    let without = Host { installed, running: installed, ..host(&[Tcpip], 3, 1) };
    let ground = Ground::of(RuleSet::usual(), &without, Damage::Article, Allowed::Model);
    assert!(!without.installed.has(Appletalk));
    let ends = plan(&ground, Aims::USUAL).ends();
    assert!(ends.leaves.iter().all(|it| it.broken.gating() == Properties::NONE));
    assert_eq!(ends.count(Aim::Restarts).most, 2);
}

#[test]
fn every_plan_is_proven() {
    for host in kinds() {
        for allowed in Allowed::ALL {
            let ground = Ground::of(RuleSet::usual(), &host, Damage::Article, allowed);
            let (_, proof) = proven(&ground, &Aims::USUAL);
            assert!(proof.is_ok(), "{host:?} {proof:?}");
        }
    }
}

#[test]
fn the_checker_finds_what_is_not_the_best() {
    let host = Host { installed: Components::BASE.with(Tcpip).with(Netbeui), ..host(&[], 3, 1) };
    let ground = |allowed| Ground::of(RuleSet::usual(), &host, Damage::Article, allowed);
    let good = best(&ground(Allowed::Model), &Aims::USUAL);
    assert!(check(&good).is_ok());
    // The best without a protocol that stands in is not the best with one.
    let narrow = best(&Ground { stand_in: None, ..good.ground }, &Aims::USUAL);
    assert!(check(&narrow).is_ok());
    let wide = Best { ground: good.ground, ..narrow };
    assert!(matches!(check(&wide), Err(Flaw::CostsLess(_) | Flaw::Unsettled(_))));
    // A plan that promises too little or too much.
    for factor in [0, 2] {
        let mut wrong = good.clone();
        wrong.plans[0].value = good.plans[0].value.times(factor);
        assert_eq!(check(&wrong), Err(Flaw::Sum));
    }
    let mut wrong = good.clone();
    wrong.plans[0].value.worst = Value::default().worst;
    assert_eq!(check(&wrong), Err(Flaw::Sum));
    // No plan at all.
    let none = Best { plans: Vec::new(), ..good.clone() };
    assert_eq!(check(&none), Err(Flaw::TooMuch));
    // A table that says too much of every moment, and one that says too little of the first.
    let mut dear = good.clone();
    for value in dear.table.values_mut().flatten() {
        *value = value.each(Order::USUAL.unit(Aim::Restarts), 1);
    }
    assert_eq!(check(&dear), Err(Flaw::Sum));
    let mut dear = good.clone();
    for (_, values) in dear.table.iter_mut().filter(|it| it.0.since_failure.is_some()) {
        values[0] = values[0].each(Order::USUAL.unit(Aim::Restarts), 1);
    }
    assert!(matches!(check(&dear), Err(Flaw::CostsLess(_))));
    let mut cheap = good.clone();
    cheap.table.values_mut().for_each(|it| *it = vec![Value::default()]);
    assert_eq!(check(&cheap), Err(Flaw::Sum));
    // A plan that does not bring everything back, and one that never tries.
    let mut short = good.clone();
    short.plans[0].course.stages[2].actions.pop();
    assert!(matches!(check(&short), Err(Flaw::Breaks(..) | Flaw::Sum)));
    // Components of two kinds in one group.
    let mut mixed = good.clone();
    let second = std::mem::take(&mut mixed.ground.groups[1].members);
    mixed.ground.groups[0].members = mixed.ground.groups[0].members.or(second);
    assert_eq!(check(&mixed), Err(Flaw::NotAlike(Netbeui)));
    // A group that says what its members are not.
    let mut wrong = good.clone();
    wrong.ground.groups[0].protocol = false;
    assert_eq!(check(&wrong), Err(Flaw::NotAlike(Tcpip)));
    let mut wrong = good.clone();
    wrong.ground.groups[0].odds = Odds { damaged: 2, sound: 1 };
    assert!(matches!(check(&wrong), Err(Flaw::NotAlike(Tcpip) | Flaw::Sum)));
}

#[test]
fn a_world_comes_out_alike_whatever_the_threads() {
    let file = pack::RUNBOOKS.iter().find(|it| it.path.ends_with("/article.toml")).unwrap();
    let article = runbook::read(file.text).0.unwrap().runbook;
    let found = |threads| {
        let world = World::new(Services::Article, Damage::Article);
        let small = |it: &Components| it.and(Components::PROTOCOLS).len() <= 3;
        let installed = world.installed.iter().copied().filter(small).collect();
        let question = Question {
            rules: RuleSet::usual(),
            world: World { installed, ..world },
            allowed: Allowed::Model,
            aims: Aims::USUAL,
            odds: OddsOf::EVEN.with(Macintosh, Odds { damaged: 9, sound: 1 }),
            front: true,
            threads,
        };
        let found = planworld(&question, &article).unwrap();
        format!("{:?} {:?} {:?}", found.rows, found.front, found.proof)
    };
    let one = found(1);
    assert!([2, 5].into_iter().all(|it| found(it) == one));
}

/// A world is planned for by shapes; each of its hosts by itself comes to the same.
#[test]
fn a_world_costs_what_its_hosts_cost() {
    let file = pack::RUNBOOKS.iter().find(|it| it.path.ends_with("/article.toml")).unwrap();
    let article = runbook::read(file.text).0.unwrap().runbook;
    let usual = RuleSet::usual();
    let odds = |list: &[(Component, u8, u8)]| {
        list.iter().fold(OddsOf::EVEN, |all, (it, damaged, sound)| {
            all.with(*it, Odds { damaged: *damaged, sound: *sound })
        })
    };
    let (dlc, ras, gateway) = (Component::Dlc, Component::Ras, Component::Gateway);
    let asked = [
        (usual, Damage::Article, Allowed::Model, OddsOf::EVEN),
        (
            usual.with(RuleId::OnlyTransportsCarryShares),
            Damage::Article,
            Allowed::Article,
            odds(&[(dlc, 9, 1), (Macintosh, 9, 1)]),
        ),
        (usual, Damage::Any, Allowed::Article, odds(&[(ras, 1, 3), (gateway, 3, 1)])),
        (
            usual.without(RuleId::ReinstallRepairs),
            Damage::Article,
            Allowed::Model,
            odds(&[(dlc, 1, 3), (Component::Streams, 3, 1)]),
        ),
    ];
    for (rules, damage, allowed, odds) in asked {
        let world = World::new(Services::Article, damage);
        let small = |it: &Components| it.and(Components::PROTOCOLS).len() <= 3;
        let installed = world.installed.iter().copied().filter(small).collect();
        let world = World {
            installed,
            service_packs: vec![0],
            upgraded: vec![false],
            exchange: vec![(Exchange::V40, Imc::Stopped)],
            ..world
        };
        let (aims, front, threads) = (Aims::USUAL, false, 2);
        let question =
            Question { rules, world: world.clone(), allowed, aims, odds, front, threads };
        let found = planworld(&question, &article).unwrap();
        assert!(found.proof.is_ok());
        let every = odds.weights(world.damageable()).any;
        let (mut sums, mut weight) = ([0; 2], 0);
        for host in (0..world.hosts()).filter_map(|it| world.host(it)) {
            let ground = Ground::of(rules, &host, damage, allowed).with_odds(odds).unwrap();
            let ends = plan(&ground, Aims::USUAL).ends();
            // Hosts weigh as much as they have cases.
            let scale = u128::from(ends.cases) * (every / ends.weight);
            sums[0] += ends.count(Aim::Restarts).sum * scale;
            sums[1] += ends.count(Aim::Unrepaired).sum * scale;
            weight += ends.weight * scale;
        }
        let total =
            |of: fn(&Bill) -> u128| found.rows.values().map(|it| of(&it.best)).sum::<u128>();
        let all: u128 = found.rows.values().map(|it| it.weight).sum();
        assert_eq!(total(|it| it.restarts.sum) * weight, sums[0] * all, "{odds:?}");
        assert_eq!(total(|it| it.unrepaired.sum) * weight, sums[1] * all, "{odds:?}");
    }
}
