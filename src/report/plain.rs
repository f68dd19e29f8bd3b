//! What `run` found, for people: a line for each scenario, then what failed and why.

use super::columns;
use super::run::Item;
use super::run::Outcome;
use super::run::RunReport;
use super::run::Text;
use super::run::Verdict;
use super::style;
use super::timeline;
use crate::model::action::Claim;
use crate::model::property::Property;
use crate::model::trace::Turn;
use crate::search::play::Followed;
use crate::search::play::Miss;
use crate::text::diagnostic::Diagnostic;
use crate::text::diagnostic::Severity;
use crate::text::span::line_column;
use crate::text::wording;
use std::collections::BTreeSet;

/// How many turns before a failure are shown.
const LAST_TURNS: usize = 4;

/// The whole report; with `trace`, every timeline in full.
pub fn run(report: &RunReport, trace: bool) -> String {
    let mut out = String::new();
    let width =
        report.items.iter().map(|it| it.file.path.chars().count()).max().unwrap_or_default();
    for item in &report.items {
        out.push_str(&status_line(item, width.min(60)));
        if trace {
            out.push_str(&traces(item));
        }
    }
    let mut shown = BTreeSet::new();
    for item in &report.items {
        out.push_str(&remarks_once(item, &mut shown));
    }
    out.push_str(&summary(report));
    out
}

fn status_line(item: &Item, width: usize) -> String {
    let verdict = item.verdict();
    let style = match verdict {
        Verdict::Holds => style::GOOD,
        Verdict::Broken | Verdict::Invalid => style::BAD,
    };
    let title = if verdict == Verdict::Invalid { "" } else { item.title() };
    let title = wording::shown(title);
    let word = style::in_style(style, &format!("{:<7}", verdict.id()));
    let line = format!("{word}  {:<width$}  {title}", item.file.path);
    format!("{}\n", line.trim_end())
}

/// Everything that needs saying about one scenario, beside its line.
pub fn remarks(item: &Item) -> String {
    remarks_once(item, &mut BTreeSet::new())
}

/// The same, less what was said of a file that several scenarios name.
fn remarks_once<'a>(item: &'a Item, shown: &mut BTreeSet<&'a str>) -> String {
    let mut out = String::new();
    for text in std::iter::once(&item.file).chain(&item.runbooks) {
        if !text.said.is_empty() && shown.insert(&text.path) {
            out.push('\n');
            out.push_str(text.said.draw(&text.path, &text.source).trim_end());
            out.push('\n');
        }
    }
    if let Some(outcome) = &item.played {
        let misses = &outcome.played.misses;
        for (index, miss) in misses.iter().enumerate() {
            out.push('\n');
            out.push_str(&missed(&item.file, outcome, miss));
            let same = |it: &Miss| it.act == miss.act && it.entry == miss.entry;
            if !misses.get(index + 1).is_some_and(same) {
                out.push('\n');
                out.push_str(&what_happened(outcome, miss));
            }
        }
        for refusal in &outcome.played.unnamed_refusals {
            let (line, column) = line_column(&item.file.source, refusal.span.start);
            out.push_str(&format!(
                "\nnote: {}:{line}:{column}: this action was refused as `{}` ({}), and the act does not expect it\n",
                item.file.path,
                refusal.refusal.id(),
                refusal.refusal.says()
            ));
        }
        for (entry, followed) in outcome.scenario.runbooks.iter().zip(&outcome.played.runbooks) {
            if entry.breaks.value.is_none() && followed.broken.gating().is_empty() {
                for advice in followed.broken.iter() {
                    out.push_str(&format!(
                        "\nnote: {}: {} goes against advice `{}`: {}\n",
                        item.file.path,
                        wording::shown(&entry.file.value),
                        advice.id(),
                        advice.broken_by()
                    ));
                }
            }
        }
    }
    out
}

/// One expectation that was not met, drawn at its place in the file.
fn missed(file: &Text, outcome: &Outcome, miss: &Miss) -> String {
    format!("{}\n", diagnostic(outcome, miss).draw(&file.path, &file.source))
}

/// One expectation that was not met.
pub fn diagnostic(outcome: &Outcome, miss: &Miss) -> Diagnostic {
    let entry = miss.entry.and_then(|it| outcome.scenario.runbooks.get(it));
    let what = match entry {
        Some(entry) => format!("of `{}`", entry.file.value),
        None => format!("after act {}", miss.act.map_or(0, |it| it + 1)),
    };
    Diagnostic {
        severity: Severity::Error,
        code: "expectation",
        message: format!("`{}` {what} is not as expected", miss.key),
        span: miss.span.clone(),
        label: format!("expected {}, seen {}", miss.expected, miss.seen),
        help: None,
    }
}

/// The last turns before a miss, and what a runbook broke.
fn what_happened(outcome: &Outcome, miss: &Miss) -> String {
    let mut out = String::new();
    if let Some(act) = miss.act {
        let turns: Vec<&Turn> = outcome.played.acts.iter().take(act + 1).flatten().collect();
        out.push_str(&tail(outcome, &turns));
    }
    if let Some(followed) = miss.entry.and_then(|it| outcome.played.runbooks.get(it)) {
        out.push_str(&broken_properties(outcome, miss, followed));
        let turns = followed.turns.iter().map(|(turn, _)| turn);
        let shown = followed.broken_at.first().map_or(followed.turns.len(), |(_, at)| at + 1);
        out.push_str(&tail(outcome, &turns.take(shown).collect::<Vec<_>>()));
    }
    out
}

fn tail(outcome: &Outcome, turns: &[&Turn]) -> String {
    let names = &outcome.scenario.names;
    let skipped = turns.len().saturating_sub(LAST_TURNS);
    let mut out = timeline::heading("does");
    if skipped == 0 {
        out.push_str(&timeline::first(&outcome.scenario.host, names));
    }
    for (index, turn) in turns.iter().enumerate().skip(skipped) {
        out.push_str(&timeline::turn(&(index + 1).to_string(), turn, names));
    }
    out
}

/// What the runbook broke, and at which of its verbs.
fn broken_properties(outcome: &Outcome, miss: &Miss, followed: &Followed) -> String {
    let mut out = String::new();
    for property in followed.broken.iter() {
        let kind = if property.gates() { "" } else { " (advice)" };
        let at = followed.broken_at.iter().find(|(it, _)| *it == property).map(|(_, at)| *at);
        let place = match at {
            None => "at the end".to_owned(),
            Some(at) => place(outcome, miss, followed, at),
        };
        let text = format!("{}{kind}, {place}: {}", property.id(), property.broken_by());
        out.push_str(&columns::hanging("  breaks ", 9, &text));
    }
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

/// The number of the action at `at`, and where it stands in the runbook.
fn place(outcome: &Outcome, miss: &Miss, followed: &Followed, at: usize) -> String {
    let number = format!("action {}", at + 1);
    let place = followed.turns.get(at).and_then(|(_, place)| *place);
    let entry = miss.entry.and_then(|it| outcome.runbooks.get(it));
    let verb = place.zip(entry).and_then(|(place, file)| file.verb_text(place));
    verb.map_or(number.clone(), |(line, text)| format!("{number} (line {line}, {text})"))
}

/// The timelines of one scenario: its acts, then each of its runbooks.
fn traces(item: &Item) -> String {
    let Some(outcome) = &item.played else { return String::new() };
    let (scenario, names) = (&outcome.scenario, &outcome.scenario.names);
    let mut out = String::from("\n");
    if !scenario.teaches.is_empty() {
        out.push_str(&columns::hanging("", 0, &scenario.teaches));
        out.push('\n');
    }
    if !outcome.played.history.is_empty() {
        out.push_str(&timeline::heading("history"));
        out.push_str(&timeline::history(&outcome.played.history, names));
        out.push('\n');
    }
    if outcome.played.turns().next().is_some() {
        out.push_str(&timeline::whole(&scenario.host, outcome.played.turns(), names));
        let log = timeline::event_log(&scenario.host, outcome.played.turns(), names);
        if !log.is_empty() {
            out.push_str(&format!("\n{log}"));
        }
        out.push('\n');
    }
    for (entry, followed) in scenario.runbooks.iter().zip(&outcome.played.runbooks) {
        let turns = || followed.turns.iter().map(|(turn, _)| turn);
        let ids: Vec<&str> = followed.broken.iter().map(Property::id).collect();
        let verdict = if ids.is_empty() {
            "holds".to_owned()
        } else {
            format!("breaks {}", wording::list(&ids))
        };
        let claim = followed.end.claim.map_or("cut off", Claim::id);
        let file = wording::shown(&entry.file.value);
        let head = format!("runbook {file}: {verdict} (it says {claim})");
        out.push_str(&format!("{}\n", style::in_style(style::HEAD, &head)));
        out.push_str(&timeline::whole(&scenario.host, turns(), names));
        out.push('\n');
    }
    out
}

/// The last line, behind an empty one.
pub fn summary(report: &RunReport) -> String {
    let hold = report.count(Verdict::Holds);
    let mut parts = vec![format!("{hold} {}", if hold == 1 { "holds" } else { "hold" })];
    for (verdict, word) in [(Verdict::Broken, "broken"), (Verdict::Invalid, "invalid")] {
        let count = report.count(verdict);
        if count > 0 {
            parts.push(format!("{count} {word}"));
        }
    }
    let misses: usize = report
        .items
        .iter()
        .filter_map(|it| it.played.as_ref())
        .map(|it| it.played.misses.len())
        .sum();
    let met = report.expectations() - misses;
    format!(
        "\n{}: {}; {met} of {} met, {} followed\n",
        wording::count(report.items.len(), "scenario"),
        parts.join(", "),
        wording::count(report.expectations(), "expectation"),
        wording::count(report.runbooks(), "runbook"),
    )
}
