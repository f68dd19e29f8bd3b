//! The tree of several what-ifs: which future leaves which, where, and what its nodes say. What draws it is in
//! `svg` and `dot`.

use super::balance::value;
use super::what_if::WhatIfReport;
use super::what_if::change;
use super::words;
use crate::files::language;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Outcome;
use crate::model::trace::Turn;
use crate::search::future::Future;
use crate::search::what_if::Balance;
use crate::search::what_if::Item;

/// One future of a tree, from where it leaves another.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Its number: 0 is the future as it is, then the what-ifs as they were asked.
    pub number: usize,
    /// What it is: `as it is`, or what is changed.
    pub heading: String,
    /// The lane and the node that it leaves, both counted from 0; none for the first lane, and for one that
    /// begins with another host.
    pub from: Option<(usize, usize)>,
    /// The number of its first own node: how many nodes it shares with the other lane.
    pub start: usize,
    /// Its own nodes; only what it comes to where it does not differ.
    pub nodes: Vec<Node>,
}

/// One node of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The action with its number.
    pub head: String,
    /// What the operator sees.
    pub seen: String,
    /// What is to be noticed, the most important first.
    pub marks: Vec<Mark>,
}

/// What is to be noticed about a node; each has a sign and a word beside its colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mark {
    /// These shares are lost.
    Lost(String),
    /// The action was refused.
    Refused,
    /// The IMC did not start.
    Failed,
    /// The IMC runs.
    Runs,
    /// At the end the IMC does not run.
    Down,
}

impl Mark {
    /// One of each, for the legend.
    pub const fn all() -> [Self; 5] {
        [Self::Lost(String::new()), Self::Refused, Self::Failed, Self::Runs, Self::Down]
    }

    /// The sign.
    pub const fn sign(&self) -> &'static str {
        match self {
            Self::Lost(_) => "▲",
            Self::Refused => "×",
            Self::Failed => "◆",
            Self::Runs => "●",
            Self::Down => "○",
        }
    }

    /// The words.
    pub fn words(&self) -> String {
        match self {
            Self::Lost(names) if names.is_empty() => "shares lost".to_owned(),
            Self::Lost(names) => format!("shares lost: {names}"),
            Self::Refused => "refused".to_owned(),
            Self::Failed => "the IMC does not start".to_owned(),
            Self::Runs => "the IMC runs".to_owned(),
            Self::Down => "the IMC does not run".to_owned(),
        }
    }

    /// The name of its style.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Lost(_) => "lost",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Runs => "runs",
            Self::Down => "down",
        }
    }
}

/// The lanes of a report: the future as it is, then each what-if.
pub fn lanes(report: &WhatIfReport) -> Vec<Lane> {
    let Some(base) = report.branches.first().map(|it| &it.base) else { return Vec::new() };
    let futures: Vec<&Future> =
        std::iter::once(base).chain(report.branches.iter().map(|it| &it.other)).collect();
    let mut lanes: Vec<Lane> = Vec::new();
    for (index, future) in futures.iter().enumerate() {
        let heading = match index.checked_sub(1).and_then(|it| report.branches.get(it)) {
            None => format!("as it is: {}", report.plan),
            Some(it) => {
                let words = |what| change(what, &report.names, Some(&it.base));
                let all: Vec<String> = it.changes.iter().map(words).collect();
                format!("what if {index}: {}", all.join("; and "))
            }
        };
        let mut nodes = nodes(future, &report.names);
        let near = futures.iter().take(index).enumerate();
        let near = near.map(|(at, it)| (common(future, it), at));
        // The first of those with which it shares most.
        let (start, other) = near.max_by_key(|(start, at)| (*start, index - at)).unwrap_or((0, 0));
        let from = start.checked_sub(1).map(|node| shown(&lanes, other, node));
        if start == nodes.len() && index > 0 {
            let to = if other == 0 { "as it is".to_owned() } else { format!("what if {other}") };
            let seen = format!("comes to the same as \"{to}\"");
            let head = "no difference".to_owned();
            nodes = vec![Node { head, seen, marks: Vec::new() }];
        } else {
            nodes.drain(..start);
        }
        lanes.push(Lane { number: index, heading, from, start, nodes });
    }
    in_order(&lanes)
}

/// The lanes in the order in which they are drawn: each before those that leave it, and of these the last to
/// leave first, so that no line to a lane meets another lane.
fn in_order(lanes: &[Lane]) -> Vec<Lane> {
    let parent = |lane: &Lane| lane.from.map_or(0, |(other, _)| other);
    let mut order: Vec<usize> = Vec::new();
    let mut open = vec![0];
    while let Some(lane) = open.pop() {
        order.push(lane);
        let leaving = lanes.iter().enumerate().skip(1).filter(|(_, it)| parent(it) == lane);
        let mut leaving: Vec<usize> = leaving.map(|(index, _)| index).collect();
        leaving.sort_by_key(|it| (lanes.get(*it).map(|it| it.start), std::cmp::Reverse(*it)));
        open.extend(leaving);
    }
    let place = |lane: usize| order.iter().position(|it| *it == lane).unwrap_or_default();
    let moved = |lane: &Lane| {
        let from = lane.from.map(|(other, row)| (place(other), row));
        Lane { from, ..lane.clone() }
    };
    order.iter().filter_map(|it| lanes.get(*it)).map(moved).collect()
}

/// Where the node `number` of the future of `lane` is drawn: in its own lane, or in one that it leaves.
fn shown(lanes: &[Lane], lane: usize, number: usize) -> (usize, usize) {
    match lanes.get(lane) {
        Some(Lane { start, from: Some((other, _)), .. }) if number < *start => {
            shown(lanes, *other, number)
        }
        _ => (lane, number),
    }
}

/// How many nodes two futures share: the first host, their turns, and the end.
fn common(one: &Future, other: &Future) -> usize {
    if one == other {
        return one.turns.len() + 2;
    }
    if one.history != other.history || one.first != other.first {
        return 0;
    }
    1 + one.turns.iter().zip(&other.turns).take_while(|(one, other)| one == other).count()
}

/// The nodes of a future: the first host, the turns, and the end.
fn nodes(future: &Future, names: &Nameplate) -> Vec<Node> {
    let mut nodes = vec![Node {
        head: "0. the first host".to_owned(),
        seen: words::first_seen(&future.first, names),
        marks: marks(&future.first, None, names),
    }];
    for (index, turn) in future.turns.iter().enumerate() {
        nodes.push(node(index + 1, turn, names));
    }
    let balance = Balance::of(future);
    let line = |name: &str, item: Item| format!("{name}: {}", value(item, &balance, names));
    nodes.push(Node {
        head: "the end".to_owned(),
        seen: [
            line("restarts", Item::Restarts),
            line("shares ever lost", Item::Lost),
            line("settings lost", Item::Settings),
            line("properties broken", Item::Broken),
        ]
        .join("\n"),
        marks: if balance.repaired {
            marks(future.last(), None, names)
        } else {
            marks(future.last(), Some(Mark::Down), names)
        },
    });
    nodes
}

fn node(number: usize, turn: &Turn, names: &Nameplate) -> Node {
    let came_to = match turn.outcome() {
        Outcome::Refused(_) => Some(Mark::Refused),
        Outcome::Failed(_) => Some(Mark::Failed),
        Outcome::Done => None,
    };
    let seen = words::seen(turn, names);
    Node {
        head: format!("{number}. {}", language::print(turn.action, names)),
        seen: if seen == "-" { String::new() } else { seen },
        marks: marks(turn.after(), came_to, names),
    }
}

/// What is to be noticed of a host, and of what the action on it came to.
fn marks(host: &Host, came_to: Option<Mark>, names: &Nameplate) -> Vec<Mark> {
    let lost = Mark::Lost(names.share_names(host.lost).join(", "));
    let lost = (!host.lost.is_empty()).then_some(lost);
    let runs = (host.imc == Imc::Running).then_some(Mark::Runs);
    [lost, came_to, runs].into_iter().flatten().collect()
}
