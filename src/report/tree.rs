//! The tree of several what-ifs: which future leaves which, where, and what its nodes say. What draws it is in
//! `svg` and `dot`.

use super::balance::name;
use super::balance::reasons;
use super::balance::source;
use super::balance::value;
use super::what_if::WhatIfReport;
use super::what_if::change;
use super::words;
use crate::files::language;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Outcome;
use crate::model::rule::RuleSet;
use crate::model::trace::Turn;
use crate::search::future::Future;
use crate::search::what_if::Balance;
use crate::search::what_if::Item;
use crate::text::wording;
use std::collections::BTreeMap;

/// One future of a tree, from where it leaves the future as it is.
#[derive(Clone, Debug)]
pub struct Lane {
    /// Its number: 0 is the future as it is, then the what-ifs as they were asked.
    pub number: usize,
    /// What it is: `as it is`, or what is changed.
    pub heading: String,
    /// Where it leaves the future as it is.
    pub leaves: Leaves,
    /// Its own nodes; only that it is the same where it does not differ.
    pub nodes: Vec<Node>,
}

/// Where a future leaves the one as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    /// It is the future as it is.
    Is,
    /// After this node, counted from 0: it shares the nodes up to it.
    After(usize),
    /// At once: it begins with another host, or with another history.
    AtOnce,
    /// Nowhere: it is the same.
    Never,
}

/// One node of a tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// The action with its number.
    pub head: String,
    /// That it is the first difference, and of which future; empty where it is none.
    pub first: String,
    /// How the host came to be; empty where that is the same in all futures.
    pub history: String,
    /// What the operator sees.
    pub seen: String,
    /// What is hidden; empty where nothing is.
    pub hidden: String,
    /// What is to be noticed, the most important first.
    pub marks: Vec<Mark>,
    /// The rules that fire here and made a difference, each with its source.
    pub rules: Vec<String>,
}

impl Lane {
    /// The row of its first own node: how many nodes it shares with the future as it is.
    pub const fn start(&self) -> usize {
        match self.leaves {
            Leaves::After(node) => node + 1,
            Leaves::Is | Leaves::AtOnce | Leaves::Never => 0,
        }
    }
}

impl Node {
    /// All that it says under its head, a paragraph each.
    pub fn paragraphs(&self) -> Vec<String> {
        let told = |name: &str, text: &str| {
            if text.is_empty() { String::new() } else { format!("{name}{text}") }
        };
        let mut all = vec![
            self.first.clone(),
            told("history: ", &self.history),
            self.seen.clone(),
            told("hidden: ", &self.hidden),
        ];
        all.extend(self.marks.iter().map(|it| format!("{} {}", it.sign(), it.words())));
        all.extend(self.rules.iter().map(|it| format!("why: {it}")));
        all.retain(|it| !it.is_empty());
        all
    }
}

/// The sign of a first difference.
pub const FIRST: &str = "▶";

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

/// The lanes of a report: the future as it is, then each what-if, those that leave it last first, so that no line
/// to a lane meets another lane.
pub fn lanes(report: &WhatIfReport) -> Vec<Lane> {
    let Some(first) = report.branches.first() else { return Vec::new() };
    let base = &first.base;
    let histories = report.branches.iter().any(|it| it.other.history != base.history);
    let nodes = |future: &Future| nodes(future, histories, &report.names);
    let mut own = Lane {
        number: 0,
        heading: format!("as it is: {}", report.plan),
        leaves: Leaves::Is,
        nodes: nodes(base),
    };
    let mut lanes: Vec<Lane> = Vec::new();
    let mut parting: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (index, it) in report.branches.iter().enumerate() {
        let number = index + 1;
        let words = |what| change(what, &report.names, Some(&it.base));
        let mut all: Vec<String> = it.changes.iter().map(words).collect();
        if all.is_empty() {
            all.push("nothing is changed".to_owned());
        }
        let heading = format!("what if {number}: {}", all.join("; and "));
        let leaves = leaves(base, &it.other);
        let mut lane = Lane { number, heading, leaves, nodes: Vec::new() };
        if leaves == Leaves::Never {
            let seen = "everything is as in \"as it is\"".to_owned();
            lane.nodes.push(Node { head: "no difference".to_owned(), seen, ..Node::default() });
        } else {
            let start = lane.start();
            lane.nodes = nodes(&it.other);
            let rules = it.causes.telling().fold(RuleSet::NONE, |all, it| all.with(it.rule));
            tell(&mut lane.nodes, &it.other, rules, start);
            tell(&mut own.nodes, base, rules, start);
            lane.nodes.drain(..start);
            if let Some(node) = lane.nodes.first_mut() {
                node.first = format!("{FIRST} first difference");
            }
            if rules.is_empty()
                && let Some(node) = lane.nodes.first_mut()
            {
                node.rules.push(format!("no rule; {}", reasons(&it.causes)));
            }
            parting.entry(start).or_default().push(number.to_string());
        }
        lanes.push(lane);
    }
    for (start, numbers) in parting {
        if let Some(node) = own.nodes.get_mut(start) {
            let numbers = wording::list(&numbers);
            node.first = format!("{FIRST} otherwise from here on: what if {numbers}");
        }
    }
    lanes.sort_by_key(|it| (std::cmp::Reverse(it.start()), it.number));
    lanes.insert(0, own);
    lanes
}

/// Adds to the nodes of `future` from `start` on which of `rules` fire there.
fn tell(nodes: &mut [Node], future: &Future, rules: RuleSet, start: usize) {
    let fired = |turns: &[Turn]| turns.iter().fold(RuleSet::NONE, |all, it| all.or(it.fired()));
    for (at, node) in nodes.iter_mut().enumerate().skip(start) {
        let fired = match at.checked_sub(1) {
            None => fired(&future.history),
            Some(at) => future.turns.get(at).map_or(RuleSet::NONE, Turn::fired),
        };
        for rule in fired.iter().filter(|it| rules.believes(*it)) {
            let text = format!("rule {} ({})", rule.id(), source(rule));
            if !node.rules.contains(&text) {
                node.rules.push(text);
            }
        }
    }
}

/// Where `other` leaves `base`.
fn leaves(base: &Future, other: &Future) -> Leaves {
    if base == other {
        return Leaves::Never;
    }
    if base.history != other.history || base.first != other.first {
        return Leaves::AtOnce;
    }
    let same = base.turns.iter().zip(&other.turns).take_while(|(one, other)| one == other).count();
    Leaves::After(same)
}

/// The nodes of a future: the first host, the turns, and the end.
fn nodes(future: &Future, with_history: bool, names: &Nameplate) -> Vec<Node> {
    let lines = || {
        let set_up = future.set_up().map(|it| format!("h1 set up nt {}", it.os.id()));
        let turns = future.history.iter().enumerate();
        let turns =
            turns.map(|(at, it)| format!("h{} {}", at + 2, language::print(it.action, names)));
        set_up.into_iter().chain(turns).collect::<Vec<_>>().join(", ")
    };
    let mut nodes = vec![Node {
        head: "0. the first host".to_owned(),
        history: if with_history { lines() } else { String::new() },
        seen: words::first_seen(&future.first, names),
        hidden: words::first_hidden(&future.first),
        marks: marks(&future.first, None, names),
        ..Node::default()
    }];
    for (index, turn) in future.turns.iter().enumerate() {
        nodes.push(node(index + 1, turn, names));
    }
    let balance = Balance::of(future);
    let line = |item: Item| format!("{}: {}", name(item), value(item, &balance, names));
    let mut told = vec![Item::Restarts, Item::Lost, Item::Settings];
    if with_history {
        told.extend([Item::HistoryRestarts, Item::HistorySettings]);
    }
    told.push(Item::Broken);
    let down = (!balance.repaired).then_some(Mark::Down);
    nodes.push(Node {
        head: "the end".to_owned(),
        seen: told.into_iter().map(line).collect::<Vec<_>>().join("\n"),
        marks: marks(future.last(), down, names),
        ..Node::default()
    });
    nodes
}

fn node(number: usize, turn: &Turn, names: &Nameplate) -> Node {
    let came_to = match turn.outcome() {
        Outcome::Refused(_) => Some(Mark::Refused),
        Outcome::Failed(_) => Some(Mark::Failed),
        Outcome::Done => None,
    };
    let told = |text: String| if text == "-" { String::new() } else { text };
    Node {
        head: format!("{number}. {}", language::print(turn.action, names)),
        seen: told(words::seen(turn, names)),
        hidden: told(words::hidden(turn)),
        marks: marks(turn.after(), came_to, names),
        ..Node::default()
    }
}

/// What is to be noticed of a host, and of what the action on it came to.
fn marks(host: &Host, came_to: Option<Mark>, names: &Nameplate) -> Vec<Mark> {
    let lost = Mark::Lost(names.share_names(host.lost).join(", "));
    let lost = (!host.lost.is_empty()).then_some(lost);
    let runs = (host.imc == Imc::Running).then_some(Mark::Runs);
    [lost, came_to, runs].into_iter().flatten().collect()
}
