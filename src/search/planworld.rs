//! The best plan on every host of a world, beside a runbook: what each costs, by kind of host.

use super::cost::Aim;
use super::ground::Allowed;
use super::ground::GROUPS;
use super::ground::Ground;
use super::plan::Counts;
use super::plan::Ends;
use super::plan::plan;
use super::proof::Flaw;
use super::proof::Proof;
use super::table::Aims;
use super::world::World;
use crate::model::observe::Outcome;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use std::collections::BTreeMap;

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

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The rows, by kind.
    pub rows: BTreeMap<Kind, Row>,
    /// How many plans are different but for which components are meant.
    pub plans: usize,
    /// What the checker did on one host for each of these, all together; the first flaw otherwise.
    pub proof: Result<Proof, Flaw>,
}

/// All that a plan depends on but for which components are meant.
type Shape = ([u8; GROUPS], [bool; 5], Option<Outcome>, u32, usize);

fn shape(ground: &Ground) -> Shape {
    let flags = [
        ground.lasting.is_empty(),
        ground.drops,
        ground.try_needs_carrier,
        ground.stand_in.is_some(),
        ground.at_once,
    ];
    let shares = ground.host.shares.iter().count();
    let counts = ground.count(Components::ALL);
    (counts, flags, ground.never, ground.universe.len(), shares)
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

    fn and(self, other: Self) -> Self {
        Self {
            restarts: self.restarts.and(other.restarts),
            reinstalls: self.reinstalls.and(other.reinstalls),
            lost: self.lost.and(other.lost),
            unrepaired: self.unrepaired.and(other.unrepaired),
        }
    }
}

impl Row {
    /// Both rows together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            hosts: self.hosts + other.hosts,
            cases: self.cases + other.cases,
            best: self.best.and(other.best),
            runbook: self.runbook.and(other.runbook),
        }
    }
}

/// The best plans on `world` for `aims`, beside `runbook`.
pub fn planworld(
    rules: RuleSet,
    world: &World,
    allowed: Allowed,
    aims: &Aims,
    runbook: &Runbook,
) -> Found {
    let mut known: BTreeMap<Shape, Bill> = BTreeMap::new();
    let mut rows: BTreeMap<Kind, Row> = BTreeMap::new();
    let mut proof = Ok(Proof::default());
    for host in (0..world.hosts()).filter_map(|it| world.host(it)) {
        let ground = Ground::of(rules, &host, world.damage, allowed);
        let shape = shape(&ground);
        let best = known.get(&shape).copied().or_else(|| {
            let mut plan = plan(&ground, aims)?;
            let checked = plan.prove();
            proof = proof.clone().and_then(|all| checked.map(|more| all.and(more)));
            Some(Bill::of(&plan.ends()))
        });
        let Some(best) = best else { continue };
        known.insert(shape, best);
        let protocols = match host.installed.and(Components::PROTOCOLS).len() {
            0 | 1 => Protocols::One,
            2..=6 => Protocols::Several,
            _ => Protocols::All,
        };
        let ends = Ends::of(super::planbook::followed(&ground, runbook, aims.order), aims.order);
        let row = Row { hosts: 1, cases: ends.cases, best, runbook: Bill::of(&ends) };
        let all = rows.entry((protocols, !host.shares.is_empty())).or_default();
        *all = all.and(row);
    }
    Found { rows, plans: known.len(), proof }
}
