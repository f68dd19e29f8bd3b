//! The best plan on every host of a world, beside a runbook: what each costs, by kind of host.

use super::bill::Bill;
use super::bill::Known;
use super::bill::Row;
use super::bill::Traded;
use super::bill::traded;
use super::cost::Aims;
use super::dealt::dealt;
use super::flaw::Flaw;
use super::flaw::Proof;
use super::ground::Allowed;
use super::ground::Counts as GroupCounts;
use super::ground::Ground;
use super::ground::Group;
use super::ground::STUCK;
use super::ground::TooFine;
use super::ground::WEIGHT_MAX;
use super::odds::Odds;
use super::odds::OddsOf;
use super::odds::Weights;
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
use std::ops::Range;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;

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
    /// How many threads to use, at least 1; the answer does not depend on it.
    pub threads: usize,
}

/// The most choices that are carried out for a world, all of its hosts together.
const CHOICES_MAX: u64 = 10_000_000;

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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    /// Per group: needed, carries, protocols, and the odds.
    groups: Vec<(bool, bool, bool, Odds)>,
    counts: GroupCounts,
    flags: [bool; 5],
    never: Option<Outcome>,
    /// What is stuck, and what may be damaged and is not in the way: how much, and how many.
    stuck: Weights,
    harmless: (u128, u32),
    shares: usize,
}

fn shape(ground: &Ground) -> Shape {
    let flags = [
        ground.lasting.is_empty(),
        ground.drops,
        ground.try_needs_carrier,
        ground.stand_in.is_some(),
        ground.at_once,
    ];
    let of = |it: &Group| (it.needed, it.carries, it.protocol, it.odds);
    let harmless = ground.universe.less(ground.suspects());
    Shape {
        // What is stuck is taken together, whatever its members.
        groups: ground.groups.iter().take(STUCK).map(of).collect(),
        counts: ground.count(Components::ALL),
        flags,
        never: ground.never,
        stuck: ground.odds.weights(ground.stuck()),
        harmless: (ground.odds.weights(harmless).any, harmless.len()),
        shares: ground.host.shares.iter().count(),
    }
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

/// What is known of all hosts of one shape, and how.
struct Solved {
    /// None where there was too much to weigh.
    known: Option<Known>,
    plans: usize,
    proof: Result<Proof, Flaw>,
}

/// What comes of some hosts of a world.
#[derive(Default)]
struct Part {
    rows: BTreeMap<Kind, Row>,
    /// How many hosts there are of each shape, and what they weigh together.
    shapes: BTreeMap<Shape, (u64, u128)>,
    stuck: Components,
}

impl Part {
    fn add(&mut self, kind: Kind, row: &Row, shape: Shape, count: (u64, u128)) {
        let all = self.rows.entry(kind).or_default();
        *all = all.and(*row);
        let all = self.shapes.entry(shape).or_default();
        *all = (all.0 + count.0, all.1 + count.1);
    }

    fn and(mut self, other: Self) -> Self {
        for (kind, row) in other.rows {
            let all = self.rows.entry(kind).or_default();
            *all = all.and(row);
        }
        for (shape, count) in other.shapes {
            let all = self.shapes.entry(shape).or_default();
            *all = (all.0 + count.0, all.1 + count.1);
        }
        Self { stuck: self.stuck.or(other.stuck), ..self }
    }
}

/// The hosts of a world, those that differ only in idle services taken as one.
struct Hosts<'a> {
    question: &'a Question,
    world: World,
    /// What a host may lack besides.
    free: Components,
    scales: BTreeMap<Components, u128>,
}

impl<'a> Hosts<'a> {
    fn of(question: &'a Question, runbook: &Runbook) -> Self {
        let world = &question.world;
        // Services that may not be damaged, and that the runbook does not name, make no difference.
        let idle = Components::SERVICES.less(named(runbook)).less(world.damageable());
        let (world, free) = world.merged(idle);
        let scales = scales(question, &world);
        Self { question, world, free, scales }
    }

    fn ground(&self, host: &Host) -> Result<Ground, TooFine> {
        let Question { rules, allowed, odds, .. } = self.question;
        Ground::of(*rules, host, self.world.damage, *allowed).with_odds(*odds)
    }

    /// The results of `work` on ranges of the hosts.
    fn dealt<T: Send>(&self, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
        let pieces = self.question.threads * 16;
        let cut = |piece: usize| piece * self.world.hosts() / pieces;
        dealt(pieces, self.question.threads, |it| work(cut(it)..cut(it + 1)))
    }

    fn in_range(&self, range: Range<usize>) -> impl Iterator<Item = Host> {
        range.filter_map(|it| self.world.host(it))
    }

    /// One ground of each shape.
    fn shapes(&self) -> Result<BTreeMap<Shape, Ground>, TooFine> {
        let found = self.dealt(|range| {
            let grounds = self.in_range(range).map(|it| self.ground(&it));
            grounds.map(|it| it.map(|it| (shape(&it), it))).collect::<Result<BTreeMap<_, _>, _>>()
        });
        let mut all = BTreeMap::new();
        for it in found {
            all.extend(it?);
        }
        Ok(all)
    }

    fn solve(&self, ground: &Ground) -> Solved {
        let (plans, mut proof) = proven(ground, &self.question.aims);
        let best = plans.first().map(|it| Bill::of(&it.ends()));
        let mut solved = plans.len();
        let mut front = Vec::new();
        if self.question.front {
            let (plans, checked) = proven(ground, &Aims::TRADE_OFF);
            proof = proof.and_then(|all| checked.map(|more| all.and(more)));
            solved += plans.len();
            front = plans.iter().map(|it| Bill::of(&it.ends())).collect();
        }
        let best = best.filter(|_| front.is_empty() != self.question.front);
        Solved { known: best.map(|best| Known { best, front }), plans: solved, proof }
    }

    fn part(
        &self,
        range: Range<usize>,
        known: &BTreeMap<Shape, Known>,
        runbook: &Runbook,
    ) -> Result<Part, TooFine> {
        let order = self.question.aims.order;
        let mut part = Part::default();
        for host in self.in_range(range) {
            let ground = self.ground(&host)?;
            let shape = shape(&ground);
            let Some(Known { best, .. }) = known.get(&shape) else { continue };
            part.stuck = part.stuck.or(ground.stuck());
            let hosts = 1 << host.installed.and(self.free).len();
            let scale = self.scales.get(&host.installed).copied().unwrap_or(1) * u128::from(hosts);
            let ends = Ends::of(followed(&ground, runbook, order), order);
            let row = Row {
                hosts,
                cases: ends.cases * hosts,
                weight: ends.weight * scale,
                best: best.times(hosts, scale),
                runbook: Bill::of(&ends).times(hosts, scale),
            };
            part.add(kind(&host), &row, shape, (hosts, scale));
        }
        Ok(part)
    }
}

const fn kind(host: &Host) -> Kind {
    let protocols = match host.installed.and(Components::PROTOCOLS).len() {
        0 | 1 => Protocols::One,
        2..=6 => Protocols::Several,
        _ => Protocols::All,
    };
    (protocols, !host.shares.is_empty())
}

/// The best plans on a world, beside `runbook`.
///
/// # Errors
///
/// When the odds are finer than can be reckoned with.
pub fn planworld(question: &Question, runbook: &Runbook) -> Result<Found, TooFine> {
    if question.odds.weights(question.world.damageable()).any > WEIGHT_MAX {
        return Err(TooFine::Large);
    }
    let hosts = Hosts::of(question, runbook);
    let shapes: Vec<(Shape, Ground)> = hosts.shapes()?.into_iter().collect();
    let spent = AtomicU64::new(0);
    let solve = |it: usize| {
        let (_, ground) = shapes.get(it)?;
        // What all of it takes does not depend on the order in which it is dealt.
        if spent.load(Ordering::Relaxed) > CHOICES_MAX {
            return None;
        }
        let solved = hosts.solve(ground);
        spent.fetch_add(solved.proof.as_ref().map_or(0, |it| it.choices), Ordering::Relaxed);
        Some(solved)
    };
    let solved = dealt(shapes.len(), question.threads, solve);
    if spent.into_inner() > CHOICES_MAX {
        return Ok(Found::TOO_MUCH);
    }
    let mut known = BTreeMap::new();
    let mut proof = Ok(Proof::default());
    let mut plans = 0;
    for ((shape, _), solved) in shapes.iter().zip(solved.into_iter().flatten()) {
        let Some(it) = solved.known else { return Ok(Found::TOO_MUCH) };
        known.insert(shape.clone(), it);
        proof = proof.and_then(|all: Proof| solved.proof.map(|more| all.and(more)));
        plans += solved.plans;
    }
    let mut all = Part::default();
    for part in hosts.dealt(|range| hosts.part(range, &known, runbook)) {
        all = all.and(part?);
    }
    let counted: Vec<(&Known, u64, u128)> = all
        .shapes
        .iter()
        .filter_map(|(shape, (hosts, weight))| Some((known.get(shape)?, *hosts, *weight)))
        .collect();
    let front = if question.front { traded(&counted) } else { Vec::new() };
    Ok(Found { rows: all.rows, front, stuck: all.stuck, plans, proof })
}
