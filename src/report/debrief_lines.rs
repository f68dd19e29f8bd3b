//! The tables of a debrief: what was done, what would have been cheaper, and the best lines.

use super::block::Block;
use super::block::Table;
use super::words;
use crate::files::language;
use crate::model::action::Action;
use crate::model::trace::Turn;
use crate::search::beyond::Beyond;
use crate::text::wording;
use crate::train::article::Word;
use crate::train::debrief::Debrief;
use crate::train::debrief::Line;
use crate::train::grade::Grade;
use crate::train::moment::Cost;
use crate::train::moment::Fork;
use crate::train::session::Session;

/// Every action, and between them what was looked at, noted and asked.
pub fn timeline(session: &Session, grade: &Grade) -> Block {
    let names = &session.lesson().names;
    let shares = session.lesson().first.shares;
    let mut rows = Vec::new();
    let mut restarts = 0;
    let aside = |rows: &mut Vec<Vec<String>>, after: &dyn Fn(usize) -> bool| {
        for text in asides(session, after) {
            rows.push(vec![String::new(), text, String::new(), String::new(), String::new()]);
        }
    };
    for (index, turn) in grade.turns.iter().enumerate() {
        aside(&mut rows, &|after| after == index);
        restarts += u32::from(turn.action == Action::Restart);
        let nth =
            if turn.action == Action::Restart { format!(" ({restarts})") } else { String::new() };
        let present = shares.less(turn.after().lost).iter().count();
        rows.push(vec![
            (index + 1).to_string(),
            language::print(turn.action, names) + &nth,
            words::seen(turn, names),
            words::hidden(turn),
            format!("{present} of {}", shares.iter().count()),
        ]);
    }
    aside(&mut rows, &|after| after >= grade.turns.len());
    Block::Table(Table {
        caption: "Every action, what could be seen of it, what could not, and the shares present",
        head: vec![
            ("#", 3),
            ("does", 18),
            ("operator sees", 22),
            ("hidden from operator", 21),
            ("shares", 6),
        ],
        rows,
    })
}

/// What was looked at, noted, asked and taken back where `after` says so of the number of actions.
pub fn asides(session: &Session, after: &dyn Fn(usize) -> bool) -> Vec<String> {
    let mut looked: Vec<&str> = Vec::new();
    for look in session.looks().iter().filter(|it| after(it.after)) {
        if !looked.contains(&look.window.typed()) {
            looked.push(look.window.typed());
        }
    }
    let mut out = Vec::new();
    if !looked.is_empty() {
        out.push(format!("(looked at {})", wording::list(&looked)));
    }
    let hints = session.hints().iter().filter(|(at, _)| after(*at)).count();
    if hints > 0 {
        out.push(format!("({})", wording::count(hints, "hint")));
    }
    for fork in session.forks().iter().filter(|it| after(it.kept)) {
        let names = &session.lesson().names;
        let words: Vec<String> =
            fork.turns.iter().map(|it| language::print(it.action, names)).collect();
        out.push(format!("(taken back: {})", wording::list(&words)));
    }
    let notes = session.notes().iter().filter(|(at, _)| after(*at));
    out.extend(notes.map(|(_, text)| format!("(note: {text})")));
    out
}

/// The most expensive moment, and the other branch.
pub fn forked(session: &Session, grade: &Grade, fork: &Fork) -> Vec<Block> {
    let names = &session.lesson().names;
    let turn = fork.action.checked_sub(1).and_then(|at| grade.turns.get(at));
    let act = turn.map_or_else(String::new, |it| language::print(it.action, names));
    let head = format!("Action {}, `{act}`, cost most: {}.", fork.action, price(&fork.cost));
    let restarts = wording::count(fork.restarts as usize, "restart");
    if fork.turns.is_empty() {
        let text = format!(
            "{head} Before it nothing was left to be done: the run could have ended there, repaired, with \
             {restarts} in all."
        );
        return vec![Block::Text(text)];
    }
    let text = format!(
        "{head} From the host before it, with the fault known, the run could have ended repaired, with \
         {restarts} in all:"
    );
    let row = |(index, turn): (usize, &Turn)| {
        vec![
            (fork.action + index).to_string(),
            language::print(turn.action, names),
            words::seen(turn, names),
            words::hidden(turn),
        ]
    };
    let table = Table {
        caption: "The other branch, played to its end",
        head: vec![("#", 3), ("does", 20), ("operator sees", 24), ("hidden from the operator", 26)],
        rows: fork.turns.iter().enumerate().map(row).collect(),
    };
    vec![Block::Text(text), Block::Table(table)]
}

fn price(cost: &Cost) -> String {
    let mut parts = Vec::new();
    if cost.end {
        parts.push("after it nothing led to a good end any more".to_owned());
    }
    if cost.lost > 0 {
        parts.push(format!("{} no longer shared", wording::count(cost.lost, "folder")));
    }
    if cost.mixed > 0 {
        parts.push("a boot with files from the CD under the service pack".to_owned());
    }
    if cost.gives_up {
        parts.push("the host was left before a good end".to_owned());
    }
    if cost.restarts > 0 {
        parts.push(wording::count(cost.restarts as usize, "restart"));
    }
    wording::list(&parts)
}

/// The best lines: the plan for what can be seen, and the way of somebody who knows the fault.
pub fn best(session: &Session, debrief: &Debrief) -> Vec<Block> {
    let heading = |text: &str| Block::Heading(text.to_owned());
    let mut out = Vec::new();
    if let Some(seen) = &debrief.seen {
        out.push(heading("The best plan for what can be seen, as it goes on this host"));
        out.extend(line(session, seen));
    }
    out.push(heading("The best line, with the fault known"));
    match &debrief.known {
        None => out.push(Block::Text(
            "None: no order of actions leads from this host to a good end.".to_owned(),
        )),
        Some(known) if debrief.seen.as_ref().is_some_and(|seen| seen.turns == known.turns) => {
            out.push(Block::Text("The same: nothing had to be found out.".to_owned()));
        }
        Some(known) => out.extend(line(session, known)),
    }
    out
}

fn line(session: &Session, line: &Line) -> Vec<Block> {
    if line.turns.is_empty() {
        return vec![Block::Text("Nothing: the host was as it should be.".to_owned())];
    }
    let rows = line.turns.iter().zip(&line.words).enumerate().map(|(index, (turn, word))| {
        let action = language::print(turn.action, &session.lesson().names);
        let word = match word {
            Word::Beyond(ways) => {
                let marks: Vec<String> = ways.iter().map(|it| mark(*it)).collect();
                format!("beyond the article {}", marks.join(" "))
            }
            Word::Says(_) | Word::Silent => word.text(),
        };
        vec![(index + 1).to_string(), action, word]
    });
    let mut out = vec![Block::Table(Table {
        caption: "What is done, and what the article says to it",
        head: vec![("#", 3), ("does", 24), ("the article", 48)],
        rows: rows.collect(),
    })];
    let goes = |way: &Beyond| {
        line.words.iter().any(|it| matches!(it, Word::Beyond(ways) if ways.contains(way)))
    };
    let beyond: Vec<String> = Beyond::ALL
        .into_iter()
        .filter(goes)
        .map(|it| format!("{} beyond the article: {}", mark(it), it.says()))
        .collect();
    if !beyond.is_empty() {
        out.push(Block::List(beyond));
    }
    out
}

/// The letter for a way to go beyond the article, in brackets.
fn mark(way: Beyond) -> String {
    let letter = ('a'..).zip(Beyond::ALL).find(|(_, it)| *it == way);
    letter.map_or_else(String::new, |(it, _)| format!("[{it}]"))
}
