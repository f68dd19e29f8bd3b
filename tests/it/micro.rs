//! Every single action in every state of knowledge: what no plan can cost less than, found without the planner.

use imc4087::model::action::Action;
use imc4087::model::component::Component;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
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
use imc4087::search::ground::Allowed;
use imc4087::search::ground::Ground;
use imc4087::search::ground::try_of;
use imc4087::search::odds::Odds;
use imc4087::search::odds::OddsOf;
use imc4087::search::world::Damage;
use imc4087::search::world::with_damage;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::plan::host;
use crate::plan::plan;

use Component::Appletalk;
use Component::Macintosh;
use Component::Netbeui;
use Component::Rpc;
use Component::Server;
use Component::Snmp;
use Component::Tcpip;

/// What is possible, one host for each damage, and what it weighs; equal hosts stand apart.
type Belief = Vec<(Host, u128)>;

/// An action in a belief: what it costs, and the beliefs that it may lead to.
pub(crate) struct Edge {
    pub(crate) from: usize,
    pub(crate) cost: Cost,
    pub(crate) to: Vec<usize>,
}

/// Every single action in every belief, until no new belief is found.
pub(crate) struct Micro<'a> {
    ground: &'a Ground,
    pub(crate) order: Order,
    by: By,
    ids: BTreeMap<Belief, usize>,
    pub(crate) edges: Vec<Edge>,
    pub(crate) ends: BTreeMap<usize, Value>,
}

impl Micro<'_> {
    fn actions(&self, seen: &Host) -> Vec<Action> {
        let first = self.ground.host.installed;
        let mut actions = Vec::new();
        let movable: Components = first
            .iter()
            .filter(|it| self.ground.universe.has(*it))
            .chain(self.ground.stand_in)
            .collect();
        for it in movable.iter() {
            actions.push(if seen.installed.has(it) {
                Action::Remove(it)
            } else {
                Action::Install(it)
            });
        }
        actions.extend(seen.installed.less(first.or(movable)).iter().map(Action::Remove));
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
            // What was installed for the time being, or brought, and is booted.
            Action::Restart => {
                let beside = before.installed.less(first).less(before.running);
                one(Aim::Restarts).and(one(Aim::StandIns).times(beside.len().into()))
            }
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
            let whole = (from > 0 || ground.never.is_some())
                && seen.installed == ground.host.installed
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
                // A plan begins with a try.
                let begins = from > 0 || action.is_try() || ground.never.is_some();
                if !begins || !ground.permits(&seen, action, &done.host) {
                    continue;
                }
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
    pub(crate) fn sizes(&self) -> BTreeMap<usize, u128> {
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

/// Everything, explored.
pub(crate) fn micro(ground: &Ground, order: Order, by: By) -> Micro<'_> {
    let (ids, edges, ends) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
    let mut micro = Micro { ground, order, by, ids, edges, ends };
    micro.explore();
    micro
}

fn agree(ground: &Ground, order: Order, by: By) {
    let aims = Aims { order, by };
    let plan = plan(ground, aims);
    let least = micro(ground, order, by).least();
    let harmless = ground.odds.weights(ground.universe.less(ground.suspects())).any;
    let what = format!("{ground:?} {aims:?} {:?}", plan.course);
    match by {
        By::Expected | By::TradeOff => {
            assert_eq!(plan.value.sum.times(harmless), least.sum, "{what}");
        }
        By::Worst => assert_eq!(plan.value.worst, least.worst, "{what}"),
    }
}

pub(crate) fn beliefs() -> Vec<RuleSet> {
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

pub(crate) fn hosts() -> [(Host, Damage); 6] {
    [
        (host(&[Tcpip, Rpc, Server], 0, 1), Damage::Article),
        (host(&[Tcpip, Netbeui, Rpc, Server], 0, 1), Damage::Article),
        (host(&[Tcpip, Snmp, Rpc, Server], 3, 2), Damage::Article),
        (host(&[Tcpip, Rpc, Server], 0, 1), Damage::Any),
        (Host { imc: Imc::Absent, ..host(&[Tcpip, Rpc, Server], 3, 1) }, Damage::Article),
        (host(&[Tcpip, Macintosh, Rpc, Server], 0, 1), Damage::Article),
    ]
}

#[test]
fn no_order_of_single_actions_costs_less() {
    for rules in beliefs() {
        for (host, damage) in hosts() {
            for allowed in Allowed::ALL {
                let ground = Ground::of(rules, &host, damage, allowed);
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
    for installed in [
        &[Tcpip, Rpc, Server][..],
        &[Tcpip, Netbeui, Rpc, Server],
        &[Tcpip, Appletalk, Macintosh, Rpc, Server],
    ] {
        for allowed in Allowed::ALL {
            let ground = Ground::of(rules, &host(installed, 0, 1), Damage::Article, allowed);
            agree(&ground, Order::USUAL, By::Expected);
            agree(&ground, Order::of(&[Word::Reinstalls]), By::Expected);
        }
    }
}

#[test]
fn no_order_of_single_actions_costs_less_under_odds() {
    let odds = OddsOf::EVEN.with(Tcpip, Odds { damaged: 1, sound: 20 });
    let odds = odds.with(Snmp, Odds { damaged: 9, sound: 1 });
    for (host, damage) in hosts() {
        for allowed in Allowed::ALL {
            let ground = Ground::of(RuleSet::usual(), &host, damage, allowed);
            let ground = ground.with_odds(odds).unwrap();
            agree(&ground, Order::USUAL, By::Expected);
            agree(&ground, Order::of(&[Word::Reinstalls]), By::Expected);
            agree(&ground, Order::of(&[Word::Tries]), By::Worst);
        }
    }
}
