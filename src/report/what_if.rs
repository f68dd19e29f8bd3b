//! Two futures side by side, for people: first difference, what differs after it, balance, and why.

use super::balance;
use super::columns;
use super::columns::NARROW;
use super::style;
use super::words;
use crate::files::language;
use crate::model::action::Action;
use crate::model::host::Os;
use crate::model::nameplate::Nameplate;
use crate::model::rule::RuleId;
use crate::model::trace::Turn;
use crate::search::future::Change;
use crate::search::future::Future;
use crate::search::what_if::Part;
use crate::search::what_if::Row;
use crate::search::what_if::WhatIf;
use crate::text::wording;
use unicode_width::UnicodeWidthStr;

/// The width of one of the two columns.
const COLUMN: usize = 38;

/// A scenario, and one or more things that are otherwise in it.
#[derive(Debug)]
pub struct WhatIfReport {
    /// The scenario file.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What is done as it is: `the acts of the scenario`, or the path of a runbook.
    pub plan: String,
    /// The names beside the host.
    pub names: Nameplate,
    /// The futures, each beside the one as it is.
    pub branches: Vec<WhatIf>,
}

impl WhatIfReport {
    /// The report for people.
    pub fn plain(&self) -> String {
        let lead = style::in_style(style::HEAD, "what if");
        let title = wording::shown(&self.title);
        let mut out = format!("{lead}  {}", self.path);
        if 11 + self.path.width() + title.width() <= NARROW {
            out.push_str(&format!("  {title}\n"));
        } else {
            out.push('\n');
            out.push_str(&columns::hanging_within(NARROW, "", 9, &title));
        }
        out.push_str(&columns::hanging_within(
            NARROW,
            "  as it is",
            13,
            &wording::shown(&self.plan),
        ));
        for (index, it) in self.branches.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            // Pictures and tables number several in the same way.
            let number = (self.branches.len() > 1).then_some(index + 1);
            out.push_str(&self.branch(it, number));
        }
        out
    }

    fn branch(&self, it: &WhatIf, number: Option<usize>) -> String {
        let words = |what| change(what, &self.names, Some(&it.base));
        let mut out = changed(it.changes.iter().map(words), number);
        out.push('\n');
        if it.is_same() {
            out.push_str(&format!("{}\n", style::in_style(style::GOOD, "no difference")));
            return out;
        }
        if let Some(first) = it.first {
            if let Some(same) = common(it, first) {
                out.push_str(&format!("the same in both: {same}\n\n"));
            }
            out.push_str(&self.rows(it));
        } else {
            out.push_str("what happens is the same; how it is judged is not\n");
        }
        out.push('\n');
        out.push_str(&balance::balance(it, &self.names));
        out.push('\n');
        out.push_str(&heading("What made the difference"));
        for (head, body) in balance::causes(it) {
            out.push_str(&columns::hanging_within(NARROW, "", 2, &head));
            for text in body {
                out.push_str(&columns::hanging_within(NARROW, "", 4, &text));
            }
        }
        out
    }

    /// The first difference, and what differs after it, each as it is and what if.
    pub fn pairs(&self, it: &WhatIf) -> Vec<(Vec<String>, Vec<String>)> {
        let mut pairs = Vec::new();
        if let (Some(one), Some(other)) = (it.base.set_up(), it.other.set_up())
            && one.os != other.os
        {
            pairs.push((
                vec![format!("h1. {}", set_up(one.os))],
                vec![format!("h1. {}", set_up(other.os))],
            ));
        }
        for row in it.rows.iter().skip(it.first.unwrap_or(it.rows.len())) {
            pairs.extend(self.pair(it, row));
        }
        pairs
    }

    /// The first difference, and after it only what differs.
    fn rows(&self, it: &WhatIf) -> String {
        let mut out = String::new();
        let pairs = self.pairs(it);
        for (index, (base, other)) in pairs.iter().enumerate() {
            if index == 0 {
                out.push_str(&heading("First difference"));
                let head = columns::row(&[("as it is", COLUMN), ("what if", COLUMN)]);
                out.push_str(&style::in_style(style::QUIET, head.trim_end()));
                out.push('\n');
            } else if index == 1 {
                out.push_str(&format!("\n{}", heading("After it, only what differs")));
            }
            let (base, other) = (base.join("\n"), other.join("\n"));
            out.push_str(&columns::row(&[(&base, COLUMN), (&other, COLUMN)]));
        }
        out
    }

    /// What is to be read of a row on either side; none where nothing that can be read differs.
    fn pair(&self, it: &WhatIf, row: &Row) -> Option<(Vec<String>, Vec<String>)> {
        if row.part == Part::First {
            let fields = |host| {
                [words::first_seen(host, &self.names), words::first_hidden(host), String::new()]
            };
            let head = "0. (the first host)";
            let (base, other) = (fields(&it.base.first), fields(&it.other.first));
            return differing((head.to_owned(), base), (head.to_owned(), other));
        }
        let cell = |turn: &Turn, at: usize| (self.head(row.part, at, turn), self.fields(turn));
        let base = it.base.turn(row.part, row.base).zip(row.base).map(|(turn, at)| cell(turn, at));
        let other =
            it.other.turn(row.part, row.other).zip(row.other).map(|(turn, at)| cell(turn, at));
        match (base, other) {
            (Some(base), Some(other)) => differing(base, other),
            (Some(base), None) => Some((whole(base), vec!["-".to_owned()])),
            (None, Some(other)) => Some((vec!["-".to_owned()], whole(other))),
            (None, None) => None,
        }
    }

    /// The number and the action of a turn.
    fn head(&self, part: Part, at: usize, turn: &Turn) -> String {
        format!("{}. {}", number(part, at), language::print(turn.action, &self.names))
    }

    /// What is seen and hidden of a turn, and the rules that fired.
    fn fields(&self, turn: &Turn) -> [String; 3] {
        let nothing = |text: String| if text == "-" { String::new() } else { text };
        let rules: Vec<&str> = turn.fired().iter().map(RuleId::id).collect();
        let rules = if rules.is_empty() { String::new() } else { wording::list(&rules) };
        [nothing(words::seen(turn, &self.names)), nothing(words::hidden(turn)), rules]
    }
}

/// The changes of a future, a line each, the first with the `number` of the future where it has one.
pub fn changed(words: impl Iterator<Item = String>, number: Option<usize>) -> String {
    let number = number.map_or_else(String::new, |it| format!(" {it}"));
    let mut out = String::new();
    for (index, what) in words.enumerate() {
        let lead = if index == 0 { format!("  what if{number}") } else { "  and".to_owned() };
        out.push_str(&columns::hanging_within(NARROW, &lead, 13, &what));
    }
    if out.is_empty() {
        out.push_str(&columns::hanging_within(NARROW, "  what if", 13, "nothing is changed"));
    }
    out
}

/// A change in words; `base` is the future whose history it may be about.
pub fn change(change: &Change, names: &Nameplate, base: Option<&Future>) -> String {
    let print = |it: &Action| language::print(*it, names);
    match change {
        Change::Do { at, actions } => {
            let done: Vec<String> = actions.iter().map(print).collect();
            let done = if done.is_empty() { "nothing more".to_owned() } else { done.join(", ") };
            format!("from step {at} on: {done}")
        }
        Change::Fact(fact) => format!("the host: {}", fact.words()),
        Change::Rule { rule, believed: true } => format!("rule {} believed", rule.id()),
        Change::Rule { rule, believed: false } => format!("rule {} not believed", rule.id()),
        Change::Runbook { path, .. } => format!("runbook {path}"),
        Change::History(edit) => {
            let turn = edit.line.checked_sub(2).and_then(|at| base?.history.get(at));
            let first = base.and_then(Future::set_up).map(|it| set_up(it.os));
            let old = turn.map(|it| print(&it.action)).or(first).unwrap_or_default();
            let new = edit.os.map(set_up).into_iter().chain(edit.actions.iter().map(print));
            let new = new.collect::<Vec<_>>().join(", ");
            let new = if new.is_empty() { "left out".to_owned() } else { new };
            format!("line h{} of the history, {old}: {new}", edit.line)
        }
    }
}

/// A line above a part of the report.
pub fn heading(text: &str) -> String {
    format!("{}\n", style::in_style(style::HEAD, text))
}

fn set_up(os: Os) -> String {
    format!("set up nt {}", os.id())
}

/// The number of a turn as timelines count: the set-up is line 1 of a history.
pub fn number(part: Part, at: usize) -> String {
    match part {
        Part::History => format!("h{}", at + 2),
        Part::First => "0".to_owned(),
        Part::Steps => (at + 1).to_string(),
    }
}

/// What is the same in both before the row at `first`.
fn common(it: &WhatIf, first: usize) -> Option<String> {
    let row = it.rows.get(first)?;
    let mut parts = Vec::new();
    let before = it.rows.iter().take(first);
    let steps = before.clone().filter(|it| it.part == Part::Steps).count();
    let lines = before.filter(|it| it.part == Part::History).count();
    match row.part {
        Part::History if lines == 0 => return None,
        Part::History => parts.push(format!("the history up to h{}", lines + 1)),
        Part::First | Part::Steps if lines > 0 => parts.push("the history".to_owned()),
        Part::First | Part::Steps => {}
    }
    if row.part == Part::Steps {
        parts.push("the first host".to_owned());
        match steps {
            0 => {}
            1 => parts.push("step 1".to_owned()),
            2 => parts.push("steps 1 and 2".to_owned()),
            _ => parts.push(format!("steps 1 to {steps}")),
        }
    }
    (!parts.is_empty()).then(|| wording::list(&parts))
}

/// A cell with its number and action.
type Cell = (String, [String; 3]);

const FIELDS: [&str; 3] = ["sees", "hidden", "rule"];

fn field(name: &str, text: &str) -> String {
    format!("{name}: {}", if text.is_empty() { "nothing" } else { text })
}

/// A cell of an action that only one side has.
fn whole((head, fields): Cell) -> Vec<String> {
    let told = FIELDS.iter().zip(&fields).filter(|(_, text)| !text.is_empty());
    std::iter::once(head).chain(told.map(|(name, text)| field(name, text))).collect()
}

/// Two cells with the fields in which they differ; none where they differ in nothing but the number.
fn differing(base: Cell, other: Cell) -> Option<(Vec<String>, Vec<String>)> {
    let action = |head: &str| head.split_once(". ").map(|(_, it)| it.to_owned());
    if action(&base.0) != action(&other.0) {
        return Some((whole(base), whole(other)));
    }
    let (mut one, mut two) = (vec![base.0], vec![other.0]);
    for (name, (base, other)) in FIELDS.iter().zip(base.1.iter().zip(&other.1)) {
        if base != other {
            one.push(field(name, base));
            two.push(field(name, other));
        }
    }
    (one.len() > 1).then_some((one, two))
}
