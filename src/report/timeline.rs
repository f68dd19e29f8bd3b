//! The timeline of a run: a row for each action, and only what changed.

use super::columns;
use super::style;
use super::words;
use crate::files::language;
use crate::model::event::Event;
use crate::model::host::Host;
use crate::model::nameplate::Nameplate;
use crate::model::trace::Turn;

const NUMBER: usize = 3;
const DOES: usize = 23;
const SEES: usize = 34;
const HIDDEN: usize = 34;

fn row(number: &str, does: &str, sees: &str, hidden: &str) -> String {
    columns::row(&[(number, NUMBER), (does, DOES), (sees, SEES), (hidden, HIDDEN)])
}

/// The heading of a timeline whose actions stand under `does`.
pub fn heading(does: &str) -> String {
    let line = row("#", does, "operator sees", "hidden from the operator");
    format!("{}\n", style::in_style(style::HEAD, line.trim_end()))
}

/// The first row: the host before anything is done.
pub fn first(host: &Host, names: &Nameplate) -> String {
    row("0", "(the first host)", &words::first_seen(host, names), &words::first_hidden(host))
}

/// The row of one turn, with the rules that fired below it.
pub fn turn(number: &str, turn: &Turn, names: &Nameplate) -> String {
    let mut out = row(
        number,
        &language::print(turn.action, names),
        &words::seen(turn, names),
        &words::hidden(turn),
    );
    for rule in turn.fired().iter() {
        let line = format!("     rule {} ({})", rule.id(), words::source(rule));
        out.push_str(&format!("{}\n", style::in_style(style::QUIET, &line)));
    }
    out
}

/// A whole timeline.
pub fn whole<'a>(
    host: &Host,
    turns: impl IntoIterator<Item = &'a Turn>,
    names: &Nameplate,
) -> String {
    let mut out = heading("does");
    out.push_str(&first(host, names));
    for (index, it) in turns.into_iter().enumerate() {
        out.push_str(&turn(&(index + 1).to_string(), it, names));
    }
    out
}

/// The rows of a host's history, before the first host of a timeline.
pub fn history(turns: &[Turn], names: &Nameplate) -> String {
    let mut out = String::new();
    for (index, it) in turns.iter().enumerate() {
        if index == 0 {
            let host = &it.before;
            let does = format!("set up nt {}", host.os.id());
            out.push_str(&row("h1", &does, &words::first_seen(host, names), "-"));
        }
        out.push_str(&turn(&format!("h{}", index + 2), it, names));
    }
    out
}

/// The events of a run as Event Viewer shows them, each once, with the numbers of the actions that
/// logged it; empty where nothing was logged.
pub fn event_log<'a>(
    host: &Host,
    turns: impl IntoIterator<Item = &'a Turn>,
    names: &Nameplate,
) -> String {
    let mut logged: Vec<(Event, Vec<String>)> = Vec::new();
    for (index, turn) in turns.into_iter().enumerate() {
        for event in turn.events().iter() {
            let number = (index + 1).to_string();
            match logged.iter_mut().find(|(it, _)| *it == event) {
                Some((_, numbers)) => numbers.push(number),
                None => logged.push((event, vec![number])),
            }
        }
    }
    logged.iter().map(|(event, at)| entry(*event, at, host, names)).collect()
}

fn entry(event: Event, at: &[String], host: &Host, names: &Nameplate) -> String {
    let action = if at.len() == 1 { "action" } else { "actions" };
    let head =
        format!("  event {}  {} log, {action} {}", event.id(), event.log().name(), at.join(", "));
    let fields = format!(
        "Source {}, Type Error, Category {}, User N/A, Computer {}",
        event.source(),
        event.category(),
        names.computer
    );
    let mut out = format!("{}\n", style::in_style(style::HEAD, &head));
    out.push_str(&columns::hanging("", 6, &fields));
    out.push_str(&columns::hanging("", 6, &event.description(host.exchange)));
    out
}
