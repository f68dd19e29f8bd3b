//! The best plan on every host of a world, beside a runbook: what each costs, by kind of host.

use super::cost::Aim;
use super::cost::Aims;
use super::flaw::Flaw;
use super::flaw::Proof;
use super::ground::Allowed;
use super::ground::Counts as GroupCounts;
use super::ground::Ground;
use super::ground::TooFine;
use super::ground::WEIGHT_MAX;
use super::odds::Odds;
use super::odds::OddsOf;
use super::plan::Counts;
use super::plan::Ends;
use super::planbook::followed;
use super::proven::proven;
use super::verify::named;
use super::world::World;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Os;
use crate::model::observe::Outcome;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use std::collections::BTreeMap;

/// What is asked of a world.
#[derive(Clone, Debug)]
pub struct Question {
    /// The rules believed.
    pub rules: RuleSet,
    /// The world.
    pub world: World,
    /// The actions that plans may use.
    pub allowed: Allowed,
    /// What plans aim at.
    pub aims: Aims,
    /// How likely damage is. Hosts weigh as much as they have cases, whatever the odds.
    pub odds: OddsOf,
    /// Whether the trade-off is asked for, too.
    pub front: bool,
}

/// How many protocols a host has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protocols {
    /// One.
    One,
    /// Two to six.
    Several,
    /// All seven, so that no other can stand in.
    All,
}

/// A kind of host: how many protocols, and whether there are shares.
pub type Kind = (Protocols, bool);

/// What a kind of host costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// How many hosts an operator can tell apart.
    pub hosts: u64,
    /// How many cases: each with every damage that may be hidden.
    pub cases: u64,
    /// What they weigh together.
    pub weight: u128,
    /// The best plan.
    pub best: Bill,
    /// The runbook.
    pub runbook: Bill,
}

/// Counts over cases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Restarts.
    pub restarts: Counts,
    /// Reinstallations.
    pub reinstalls: Counts,
    /// Losses of shares.
    pub lost: Counts,
    /// Cases that are not repaired.
    pub unrepaired: Counts,
}

/// One row of the trade-off of a world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Traded {
    /// The most restarts that a host may take.
    pub restarts_most: u64,
    /// On every host the plan that looks at shares first, then at reinstallations.
    pub shares_first: Bill,
    /// On every host the plan that looks at reinstallations first, then at shares.
    pub reinstalls_first: Bill,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The rows, by kind.
    pub rows: BTreeMap<Kind, Row>,
    /// The trade-off, fewest restarts first; empty where it was not asked for.
    pub front: Vec<Traded>,
    /// What no plan can repair on some host.
    pub stuck: Components,
    /// How many plans are different but for which components are meant, those of the trade-off too.
    pub plans: usize,
    /// What the checker did on one host for each kind of these, all together; the first flaw otherwise.
    pub proof: Result<Proof, Flaw>,
}

impl Found {
    /// Nothing, since there was too much to weigh.
    const TOO_MUCH: Self = Self {
        rows: BTreeMap::new(),
        front: Vec::new(),
        stuck: Components::EMPTY,
        plans: 0,
        proof: Err(Flaw::TooMuch),
    };
}

/// All that plans depend on but for which components are meant.
type Shape = (Vec<(bool, bool, Odds)>, GroupCounts, [bool; 5], Option<Outcome>, u128, usize);

fn shape(ground: &Ground) -> Shape {
    let flags = [
        ground.lasting.is_empty(),
        ground.drops,
        ground.try_needs_carrier,
        ground.stand_in.is_some(),
        ground.at_once,
    ];
    let groups = ground.groups.iter().map(|it| (it.needed, it.carries, it.odds)).collect();
    let weight = ground.odds.weights(ground.universe).any;
    let shares = ground.host.shares.iter().count();
    (groups, ground.count(Components::ALL), flags, ground.never, weight, shares)
}

impl Bill {
    fn of(ends: &Ends) -> Self {
        Self {
            restarts: ends.count(Aim::Restarts),
            reinstalls: ends.count(Aim::Reinstalls),
            lost: ends.count(Aim::Lost),
            unrepaired: ends.count(Aim::Unrepaired),
        }
    }

    /// The counts of both.
    fn each(self, other: Self, both: impl Fn(Counts, Counts) -> Counts) -> Self {
        Self {
            restarts: both(self.restarts, other.restarts),
            reinstalls: both(self.reinstalls, other.reinstalls),
            lost: both(self.lost, other.lost),
            unrepaired: both(self.unrepaired, other.unrepaired),
        }
    }

    fn and(self, other: Self) -> Self {
        self.each(other, Counts::and)
    }

    /// The counts of so many hosts, which weigh so much together.
    fn times(self, hosts: u64, weight: u128) -> Self {
        self.each(self, |it, _| it.times(hosts, weight))
    }
}

impl Row {
    /// Both rows together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            hosts: self.hosts + other.hosts,
            cases: self.cases + other.cases,
            weight: self.weight + other.weight,
            best: self.best.and(other.best),
            runbook: self.runbook.and(other.runbook),
        }
    }
}

/// What is known of all hosts of one shape.
struct Known {
    best: Bill,
    /// The trade-off, fewest restarts first.
    front: Vec<Bill>,
}

/// How much each host weighs for each unit of its own weights, by its components.
fn scales(question: &Question, world: &World) -> BTreeMap<Components, u128> {
    let all = question.odds.weights(world.damageable()).any;
    let mut scales = BTreeMap::new();
    for installed in &world.installed {
        let host = Host::consistent(Os::Nt40, Exchange::V50, *installed, Components::EMPTY);
        let universe = world.may_be_damaged(&host);
        let own = question.odds.weights(universe).any;
        scales.insert(*installed, (all / own) << universe.len());
    }
    let common = scales.values().copied().fold(0, gcd).max(1);
    for it in scales.values_mut() {
        *it /= common;
    }
    scales
}

const fn gcd(one: u128, other: u128) -> u128 {
    if other == 0 { one } else { gcd(other, one % other) }
}

/// The best plans on a world, beside `runbook`.
///
/// # Errors
///
/// When the odds are finer than can be reckoned with.
pub fn planworld(question: &Question, runbook: &Runbook) -> Result<Found, TooFine> {
    let Question { rules, world, allowed, aims, odds, front } = question;
    if odds.weights(world.damageable()).any > WEIGHT_MAX {
        return Err(TooFine::Large);
    }
    let mut known: BTreeMap<Shape, Known> = BTreeMap::new();
    let mut rows: BTreeMap<Kind, Row> = BTreeMap::new();
    let mut shapes: BTreeMap<Shape, (u64, u128)> = BTreeMap::new();
    let mut plans = 0;
    let mut stuck = Components::EMPTY;
    let mut proof = Ok(Proof::default());
    let mut ask = |ground: &Ground, aims: &Aims| {
        let (all, checked) = proven(ground, aims);
        proof = proof.clone().and_then(|all| checked.map(|more| all.and(more)));
        plans += all.len();
        all.iter().map(|it| Bill::of(&it.ends())).collect::<Vec<Bill>>()
    };
    // Services that may not be damaged, and that the runbook does not name, make no difference.
    let idle = Components::SERVICES.less(named(runbook)).less(world.damageable());
    let (world, free) = world.merged(idle);
    let scales = scales(question, &world);
    for host in (0..world.hosts()).filter_map(|it| world.host(it)) {
        let ground = Ground::of(*rules, &host, world.damage, *allowed).with_odds(*odds)?;
        let shape = shape(&ground);
        if !known.contains_key(&shape) {
            let best = ask(&ground, aims).into_iter().next();
            let front = if *front { ask(&ground, &Aims::TRADE_OFF) } else { Vec::new() };
            let Some(best) = best.filter(|_| front.is_empty() != question.front) else {
                return Ok(Found::TOO_MUCH);
            };
            known.insert(shape.clone(), Known { best, front });
        }
        let Some(Known { best, .. }) = known.get(&shape) else { continue };
        stuck = stuck.or(ground.stuck());
        let hosts = 1 << host.installed.and(free).len();
        let scale = scales.get(&host.installed).copied().unwrap_or(1) * u128::from(hosts);
        let ends = Ends::of(followed(&ground, runbook, aims.order), aims.order);
        let row = Row {
            hosts,
            cases: ends.cases * hosts,
            weight: ends.weight * scale,
            best: best.times(hosts, scale),
            runbook: Bill::of(&ends).times(hosts, scale),
        };
        let protocols = match host.installed.and(Components::PROTOCOLS).len() {
            0 | 1 => Protocols::One,
            2..=6 => Protocols::Several,
            _ => Protocols::All,
        };
        let all = rows.entry((protocols, !host.shares.is_empty())).or_default();
        *all = all.and(row);
        let (all, weight) = shapes.entry(shape).or_default();
        (*all, *weight) = (*all + hosts, *weight + scale);
    }
    let hosts: Vec<(&Known, u64, u128)> = shapes
        .iter()
        .filter_map(|(shape, (hosts, weight))| Some((known.get(shape)?, *hosts, *weight)))
        .collect();
    let front = if *front { traded(&hosts) } else { Vec::new() };
    Ok(Found { rows, front, stuck, plans, proof })
}

/// The trade-off of a world, from those of its hosts, of which there are so many and weigh so much.
fn traded(hosts: &[(&Known, u64, u128)]) -> Vec<Traded> {
    let most = |it: &Bill| it.restarts.most;
    let bounds = hosts.iter().flat_map(|(known, ..)| known.front.iter().map(most)).max();
    let least = hosts.iter().filter_map(|(known, ..)| known.front.iter().map(most).min()).max();
    let together = |bound: u64, key: fn(&Bill) -> [u128; 3]| {
        let chosen = |(known, hosts, weight): &(&Known, u64, u128)| {
            let within = known.front.iter().filter(|it| it.restarts.most <= bound);
            Some(within.min_by_key(|it| key(it))?.times(*hosts, *weight))
        };
        hosts.iter().filter_map(chosen).fold(Bill::default(), Bill::and)
    };
    let mut rows: Vec<Traded> = Vec::new();
    for restarts_most in least.unwrap_or_default()..=bounds.unwrap_or_default() {
        let row = Traded {
            restarts_most,
            shares_first: together(restarts_most, |it| {
                [it.lost.sum, it.reinstalls.sum, it.restarts.sum]
            }),
            reinstalls_first: together(restarts_most, |it| {
                [it.reinstalls.sum, it.lost.sum, it.restarts.sum]
            }),
        };
        let same = |it: &Traded| Traded { restarts_most, ..*it } == row;
        if !rows.last().is_some_and(same) {
            rows.push(row);
        }
    }
    rows
}
