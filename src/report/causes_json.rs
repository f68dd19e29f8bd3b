//! What made two futures differ, for programs: what was changed, and the rules.

use super::balance::keys;
use super::closed;
use crate::files::language::print;
use crate::model::action::Action;
use crate::model::nameplate::Nameplate;
use crate::search::causes::Cause;
use crate::search::causes::Point;
use crate::search::causes::Reason;
use crate::search::future::Change;
use crate::search::what_if::Part;
use schemars::JsonSchema;
use serde::Serialize;

/// A rule that made a difference.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CauseDocument {
    #[schemars(schema_with = "closed::rule")]
    rule: &'static str,
    source: String,
    /// Whether it is itself what was changed.
    changed: bool,
    /// The future in which it fires.
    fires: SideWord,
    part: PartWord,
    /// The step at which it fires first, counted as in the timeline.
    step: usize,
    /// Whether the two futures can be compared without it; where not, nothing is known of what it decides.
    compared: bool,
    /// The lines of the balance that would be the same without it, by their keys.
    #[schemars(schema_with = "closed::lines")]
    decides: Vec<&'static str>,
    /// The properties that would be kept or broken by both without it.
    #[schemars(schema_with = "closed::properties")]
    decides_broken: Vec<&'static str>,
}

/// One thing that is changed; what does not belong to its kind is null.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChangedDocument {
    kind: ReasonWord,
    /// Of acts: the first step that is replaced.
    step: Option<usize>,
    /// Of acts and of a history: what is done instead.
    actions: Option<Vec<String>>,
    /// Of the host: the key of the fact, as in `--host`.
    #[schemars(schema_with = "closed::fact_or_null")]
    fact: Option<&'static str>,
    /// Of a history: the line, counted from 1.
    line: Option<usize>,
    /// Of rules: which.
    #[schemars(schema_with = "closed::rule_or_null")]
    rule: Option<&'static str>,
    /// Of rules: whether it is believed.
    believed: Option<bool>,
    /// Of a runbook: its file.
    runbook: Option<String>,
}

/// What is otherwise from the start.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonWord {
    /// A fact of the host.
    Host,
    /// A line of its history.
    History,
    /// What is done.
    Acts,
    /// The runbook.
    Runbook,
    /// The rules believed.
    Rules,
}

/// A part of a future.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PartWord {
    /// The history.
    History,
    /// The first host.
    FirstHost,
    /// What is done.
    Steps,
}

/// One of two futures.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum SideWord {
    AsItIs,
    WhatIf,
    Both,
    Neither,
}

/// A rule and what it decides.
pub fn cause(it: &Cause) -> CauseDocument {
    let (fires, at) = match (it.base, it.other) {
        (Some(at), None) => (SideWord::AsItIs, Some(at)),
        (None, Some(at)) => (SideWord::WhatIf, Some(at)),
        (Some(one), Some(other)) => (SideWord::Both, Some(one.min(other))),
        (None, None) => (SideWord::Neither, None),
    };
    let points = it.decides.as_deref().unwrap_or_default();
    CauseDocument {
        rule: it.rule.id(),
        source: super::words::source(it.rule),
        changed: it.changed,
        fires,
        part: part(at.map_or(Part::Steps, |(part, _)| part)),
        step: at.map_or(0, |(_, at)| at + 1),
        compared: it.decides.is_some(),
        decides: lines(points),
        decides_broken: broken(points),
    }
}

/// The keys of those of `points` that are lines of the balance.
pub fn lines(points: &[Point]) -> Vec<&'static str> {
    let of = |it: &Point| match it {
        Point::Line(item) => keys(*item),
        Point::Breaks(_) => &[],
    };
    points.iter().flat_map(of).copied().collect()
}

/// Those of `points` that are about a property.
pub fn broken(points: &[Point]) -> Vec<&'static str> {
    let of = |it: &Point| match it {
        Point::Line(_) => None,
        Point::Breaks(it) => Some(it.id()),
    };
    points.iter().filter_map(of).collect()
}

/// A reason in a word.
pub const fn reason(it: Reason) -> ReasonWord {
    match it {
        Reason::Host => ReasonWord::Host,
        Reason::History => ReasonWord::History,
        Reason::Acts => ReasonWord::Acts,
        Reason::Runbook => ReasonWord::Runbook,
        Reason::Rules => ReasonWord::Rules,
    }
}

/// A change and what it is about.
pub fn changed(change: &Change, names: &Nameplate) -> ChangedDocument {
    let print = |actions: &[Action]| actions.iter().map(|it| print(*it, names)).collect();
    let kind = reason(Reason::of(change));
    let mut it = ChangedDocument {
        kind,
        step: None,
        actions: None,
        fact: None,
        line: None,
        rule: None,
        believed: None,
        runbook: None,
    };
    match change {
        Change::Do { at, actions } => {
            it.step = Some(*at);
            it.actions = Some(print(actions));
        }
        Change::Fact(fact) => it.fact = Some(fact.key()),
        Change::History(edit) => {
            it.line = Some(edit.line);
            it.actions = Some(print(&edit.actions));
        }
        Change::Rule { rule, believed } => {
            it.rule = Some(rule.id());
            it.believed = Some(*believed);
        }
        Change::Runbook { path, .. } => it.runbook = Some(path.clone()),
    }
    it
}

/// A part in a word.
pub const fn part(part: Part) -> PartWord {
    match part {
        Part::History => PartWord::History,
        Part::First => PartWord::FirstHost,
        Part::Steps => PartWord::Steps,
    }
}
