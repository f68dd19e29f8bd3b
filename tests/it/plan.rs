//! The best plan: what it costs, beside every order of single actions, and what it must keep.

use imc4087::model::action::Action;
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
use imc4087::model::step::step;
use imc4087::search::cost::Aim;
use imc4087::search::cost::Aims;
use imc4087::search::cost::By;
use imc4087::search::cost::Cost;
use imc4087::search::cost::Order;
use imc4087::search::cost::Value;
use imc4087::search::cost::Word;
use imc4087::search::flaw::Flaw;
use imc4087::search::ground::Allowed;
use imc4087::search::ground::Ground;
use imc4087::search::ground::try_of;
use imc4087::search::plan::Best;
use imc4087::search::plan::Plan;
use imc4087::search::plan::best;
use imc4087::search::planbook::planbook;
use imc4087::search::proof::check;
use imc4087::search::proven::proven;
use imc4087::search::world::Damage;
use imc4087::search::world::Services;
use imc4087::search::world::World;
use imc4087::search::world::with_damage;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use Component::Appletalk;
use Component::Macintosh;
use Component::Netbeui;
use Component::Rpc;
use Component::Server;
use Component::Snmp;
use Component::Tcpip;

fn host(installed: &[Component], service_pack: u8, shares: usize) -> Host {
    let installed = Components::of(installed);
    let host = Host::consistent(Os::Nt40, Exchange::V50, installed, Components::EMPTY);
    Host { service_pack, shares: Shares::first(shares), ..host }
}

/// The plan where one thing is least.
pub(crate) fn plan(ground: &Ground, aims: &Aims) -> Plan {
    let mut plans = best(ground, aims).plans;
    assert_eq!(plans.len(), 1);
    plans.remove(0)
}

/// What is possible, one host for each damage, and what it weighs; equal hosts stand apart.
type Belief = Vec<(Host, u128)>;

/// An action in a belief: what it costs, and the beliefs that it may lead to.
struct Edge {
    from: usize,
    cost: Cost,
    to: Vec<usize>,
}

/// Every single action in every belief, until no new belief is found.
struct Micro<'a> {
    ground: &'a Ground,
    order: Order,
    by: By,
    ids: BTreeMap<Belief, usize>,
    edges: Vec<Edge>,
    ends: BTreeMap<usize, Value>,
}

impl Micro<'_> {
    fn actions(&self, seen: &Host) -> Vec<Action> {
        let first = self.ground.host.installed;
        let mut actions = Vec::new();
        let movable: Components = first
            .iter()
            .filter(|it| self.ground.universe.has(*it) && may(self.ground, *it))
            .chain(self.ground.stand_in)
            .collect();
        for it in movable.iter() {
            actions.push(if seen.installed.has(it) {
                Action::Remove(it)
            } else {
                Action::Install(it)
            });
        }
        if seen.service_pack > 0 {
            actions.push(Action::ApplyServicePack(seen.service_pack));
        }
        if seen.imc != Imc::Running {
            actions.push(try_of(seen));
        }
        actions.push(Action::Restart);
        actions.extend(seen.lost.iter().map(Action::Share));
        actions
    }

    fn cost(&self, action: Action, before: &Host, after: &Host) -> Cost {
        let first = self.ground.host.installed;
        let one = |aim| self.order.unit(aim);
        let cost = match action {
            Action::Remove(it) if first.has(it) => one(Aim::Reinstalls),
            Action::Install(it) if !first.has(it) => one(Aim::StandIns),
            Action::Restart => one(Aim::Restarts),
            Action::StartImc | Action::CreateIms => one(Aim::Tries),
            Action::Share(_) => one(Aim::SharedAgain),
            Action::Remove(_)
            | Action::Install(_)
            | Action::ApplyServicePack(_)
            | Action::Upgrade
            | Action::Finish(_) => Cost::NONE,
        };
        let lost = before.lost.is_empty() && !after.lost.is_empty();
        if lost { cost.and(one(Aim::Lost)) } else { cost }
    }

    fn id(&mut self, belief: Belief, open: &mut Vec<Belief>) -> usize {
        let next = self.ids.len();
        let id = *self.ids.entry(belief.clone()).or_insert(next);
        if id == next {
            open.push(belief);
        }
        id
    }

    fn explore(&mut self) {
        let ground = self.ground;
        let weight = |damage: Components| {
            let sides = ground.universe.iter().map(|it| (ground.odds.of(it), damage.has(it)));
            let sides = sides.map(|(odds, hit)| if hit { odds.damaged } else { odds.sound });
            sides.map(u128::from).product()
        };
        let damages = ground.universe.subsets();
        let first = damages.map(|it| (with_damage(&ground.host, it), weight(it))).collect();
        let mut open = Vec::new();
        self.id(first, &mut open);
        while let Some(belief) = open.pop() {
            let from = self.ids[&belief];
            let seen = belief[0].0;
            let whole = seen.installed == ground.host.installed
                && !seen.restart_pending
                && seen.lost.is_empty();
            if whole {
                let left = belief.iter().filter(|it| it.0.imc != Imc::Running);
                let left: u128 = left.map(|it| it.1).sum();
                let cost = self.order.unit(Aim::Unrepaired);
                let worst = if left > 0 { cost } else { Cost::NONE };
                self.ends.insert(from, Value { sum: cost.times(left), worst });
            }
            for action in self.actions(&seen) {
                // No boot is done with files from the CD under a service pack.
                if action == Action::Restart && belief.iter().any(|it| !it.0.cd_files.is_empty()) {
                    continue;
                }
                let Ok(done) = step(ground.rules, &seen, action) else { continue };
                let cost = self.cost(action, &seen, &done.host);
                let mut parts: BTreeMap<bool, Belief> = BTreeMap::new();
                for (host, weight) in &belief {
                    let done = step(ground.rules, host, action).unwrap();
                    parts.entry(done.failure.is_some()).or_default().push((done.host, *weight));
                }
                let to = parts
                    .into_values()
                    .map(|mut it| {
                        it.sort();
                        self.id(it, &mut open)
                    })
                    .collect();
                self.edges.push(Edge { from, cost, to });
            }
        }
    }

    /// What the cases of each belief weigh together.
    fn sizes(&self) -> BTreeMap<usize, u128> {
        let weight = |belief: &Belief| belief.iter().map(|it| it.1).sum();
        self.ids.iter().map(|(belief, id)| (*id, weight(belief))).collect()
    }

    /// The least value of each belief, lowest first: a belief is settled when nothing still open can be
    /// less, which holds for sums and for the worst alike.
    fn least(&self) -> Value {
        let sizes = self.sizes();
        let mut into: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, edge) in self.edges.iter().enumerate() {
            for it in &edge.to {
                into.entry(*it).or_default().push(index);
            }
        }
        let key = |it: &Value| match self.by {
            By::Expected | By::TradeOff => it.sum,
            By::Worst => it.worst,
        };
        let mut settled: BTreeMap<usize, Value> = BTreeMap::new();
        let mut waiting: Vec<(usize, Value)> =
            self.edges.iter().map(|it| (it.to.len(), Value::default())).collect();
        let mut queue: BTreeSet<(Cost, usize, Value)> =
            self.ends.iter().map(|(id, value)| (key(value), *id, *value)).collect();
        while let Some((_, id, value)) = queue.pop_first() {
            if settled.contains_key(&id) {
                continue;
            }
            settled.insert(id, value);
            for index in into.get(&id).into_iter().flatten() {
                let edge = &self.edges[*index];
                let (left, sum) = &mut waiting[*index];
                *left -= 1;
                *sum = sum.or(value);
                if *left == 0 {
                    let whole = sum.each(edge.cost, sizes[&edge.from]);
                    queue.insert((key(&whole), edge.from, whole));
                }
            }
        }
        settled[&0]
    }
}

/// Whether a plan may take the component out at all.
fn may(ground: &Ground, component: Component) -> bool {
    let article = Components::PROTOCOLS.with(Macintosh).with(Snmp);
    ground.allowed == Allowed::Model || article.has(component)
}

fn agree(ground: &Ground, order: Order, by: By) {
    let aims = Aims { order, by };
    let plan = plan(ground, &aims);
    let mut micro =
        Micro { ground, order, by, ids: BTreeMap::new(), edges: Vec::new(), ends: BTreeMap::new() };
    micro.explore();
    let least = micro.least();
    let harmless = ground.odds.weights(ground.universe.less(ground.suspects())).any;
    let what = format!("{ground:?} {aims:?} {:?}", plan.course);
    match by {
        By::Expected | By::TradeOff => {
            assert_eq!(plan.value.sum.times(harmless), least.sum, "{what}");
        }
        By::Worst => assert_eq!(plan.value.worst, least.worst, "{what}"),
    }
}

fn beliefs() -> Vec<RuleSet> {
    let usual = RuleSet::usual();
    vec![
        usual,
        usual.with(RuleId::OnlyTransportsCarryShares),
        usual.without(RuleId::BootWithoutProtocolDropsShares),
        usual.without(RuleId::ImcNeedsTcpip),
        usual.without(RuleId::ImcNeedsTcpip).without(RuleId::ExchangeNeedsServer),
        usual.without(RuleId::ReinstallRepairs),
        usual.without(RuleId::FailingComponentStopsRegistration),
        usual.without(RuleId::CdFilesFailUnderServicePack),
    ]
}

#[test]
fn no_order_of_single_actions_costs_less() {
    let hosts = [
        (host(&[Tcpip, Rpc, Server], 0, 1), Damage::Article),
        (host(&[Tcpip, Netbeui, Rpc, Server], 0, 1), Damage::Article),
        (host(&[Tcpip, Snmp, Rpc, Server], 3, 2), Damage::Article),
        (host(&[Tcpip, Rpc, Server], 0, 1), Damage::Any),
        (Host { imc: Imc::Absent, ..host(&[Tcpip, Rpc, Server], 3, 1) }, Damage::Article),
    ];
    for rules in beliefs() {
        for (host, damage) in &hosts {
            for allowed in Allowed::ALL {
                let ground = Ground::of(rules, host, *damage, allowed);
                agree(&ground, Order::USUAL, By::Expected);
                agree(&ground, Order::USUAL, By::Worst);
                for first in [Word::Reinstalls, Word::Tries, Word::Restarts] {
                    agree(&ground, Order::of(&[first]), By::Expected);
                }
            }
        }
    }
}

#[test]
fn no_order_of_single_actions_costs_less_where_one_restart_is_enough() {
    let rules = RuleSet::usual().without(RuleId::LeftoversSurviveUntilRestart);
    for installed in [&[Tcpip, Rpc, Server][..], &[Tcpip, Netbeui, Rpc, Server]] {
        let ground = Ground::of(rules, &host(installed, 0, 1), Damage::Article, Allowed::Model);
        agree(&ground, Order::USUAL, By::Expected);
        agree(&ground, Order::of(&[Word::Reinstalls]), By::Expected);
    }
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
            let plan = plan(&ground, &Aims::USUAL);
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
            let plan = plan(&ground, &Aims::USUAL);
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
        let ends = plan(&ground, &Aims::USUAL).ends();
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
    let ends = plan(&ground, &Aims::USUAL).ends();
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
    // A table that says too much of every moment, and one that says too little of the first.
    let mut dear = good.clone();
    for value in dear.table.values_mut().flatten() {
        *value = value.each(Order::USUAL.unit(Aim::Restarts), 1);
    }
    dear.plans.clear();
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
}
