//! The words around a run at the prompt: the greeting before it, and the debrief after it.

use super::block::Block;
use super::block::Table;
use super::style;
use super::verdict;
use super::words;
use crate::files::language;
use crate::model::action::Action;
use crate::model::article::Statement;
use crate::model::trace::Turn;
use crate::text::wording;
use crate::train::debrief::Debrief;
use crate::train::debrief::Fork;
use crate::train::debrief::Guess;
use crate::train::debrief::NoReturn;
use crate::train::debrief::Unread;
use crate::train::grade::Grade;
use crate::train::grade::Item;
use crate::train::lesson::Lesson;
use crate::train::session::Session;

/// What is said before the first prompt.
pub fn greeting(lesson: &Lesson) -> String {
    format!(
        "{}\n\n{}\n`help` lists what can be typed; `hint` helps.\n\n",
        style::in_style(style::HEAD, &format!("Training: {}", lesson.name())),
        lesson.ticket()
    )
}

/// The debrief of a run.
pub fn blocks(session: &Session, grade: &Grade) -> Vec<Block> {
    let title = Block::Title(format!("Debrief: {}", session.lesson().name()));
    if grade.is_empty() {
        let text = "Nothing was done to the host, so that there is nothing to say.";
        return vec![title, Block::Text(text.to_owned())];
    }
    let debrief = Debrief::of(session, grade);
    let heading = |text: &str| Block::Heading(text.to_owned());
    let mut out = vec![title, heading("What was broken")];
    out.extend(broken(session, &debrief));
    out.extend([heading("What was done"), timeline(session, grade)]);
    out.extend([heading("Evidence that was not looked at"), unread(&debrief)]);
    out.extend([heading("Moments of no return"), no_return(session, grade, &debrief)]);
    let word = verdict::word(session, grade);
    out.extend([
        Block::Heading(format!("Verdict: {word}")),
        Block::Table(verdict::table(session, grade)),
    ]);
    if let Some(fork) = &debrief.fork {
        out.push(heading("The most expensive moment, taken otherwise"));
        out.extend(forked(session, grade, fork));
    }
    out.extend([heading("The best line, with the fault known"), best(session, grade, &debrief)]);
    let next = &debrief.next;
    out.push(Block::Heading(format!("Next: {}", next.why)));
    out.push(Block::Code(format!(
        "imc4087 play --seed {} --level {}",
        next.seed,
        next.level.number()
    )));
    out
}

fn broken(session: &Session, debrief: &Debrief) -> Vec<Block> {
    let (said, told) = session.said();
    let verdict = match debrief.guess {
        Guess::Silent => None,
        Guess::Right => Some("right"),
        Guess::Partly => Some("partly right"),
        Guess::Wrong => Some("not so"),
    };
    let mut out = vec![if debrief.fault.is_empty() {
        Block::Text("Nothing: every component in memory worked.".to_owned())
    } else {
        Block::List(
            debrief
                .fault
                .iter()
                .map(|it| format!("{}: {}", it.component.name(), words::obstacle(it)))
                .collect(),
        )
    }];
    if !said.is_empty() {
        let verdict = verdict.map_or_else(String::new, |it| format!(" That is {it}."));
        out.push(Block::Text(format!("You said: {}.{verdict}", said.trim_end_matches('.'))));
    }
    if !told.is_empty() {
        out.push(Block::Text(format!("What told you: {}.", told.trim_end_matches('.'))));
    }
    out.push(Block::Text(if debrief.fault.is_empty() {
        "What tells: the first try. It succeeds, and there is nothing to repair.".to_owned()
    } else {
        "What tells: event 4087 says that something in memory fails, and not what. Only a try after \
         a component was reinstalled tells whether it was that one."
            .to_owned()
    }));
    out
}

/// Every action, and between them what was looked at, noted and asked.
fn timeline(session: &Session, grade: &Grade) -> Block {
    let names = &session.lesson().names;
    let shares = session.lesson().first.shares;
    let mut rows = Vec::new();
    let mut restarts = 0;
    let aside = |rows: &mut Vec<Vec<String>>, after: usize| {
        for text in asides(session, after) {
            rows.push(vec![String::new(), text, String::new(), String::new(), String::new()]);
        }
    };
    for (index, turn) in grade.turns.iter().enumerate() {
        aside(&mut rows, index);
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
    Block::Table(Table {
        caption: "Every action, what could be seen of it, what could not, and the shares present",
        head: vec![
            ("#", 3),
            ("does", 24),
            ("operator sees", 27),
            ("hidden from the operator", 29),
            ("shares", 7),
        ],
        rows,
    })
}

/// What was looked at, noted, asked and taken back after so many actions.
fn asides(session: &Session, after: usize) -> Vec<String> {
    let mut looked: Vec<&str> = Vec::new();
    for look in session.looks().iter().filter(|it| it.after == after) {
        if !looked.contains(&look.window.typed()) {
            looked.push(look.window.typed());
        }
    }
    let mut out = Vec::new();
    if !looked.is_empty() {
        out.push(format!("(looked at {})", wording::list(&looked)));
    }
    let hints = session.hints().iter().filter(|(at, _)| *at == after).count();
    if hints > 0 {
        out.push(format!("({})", wording::count(hints, "hint")));
    }
    for fork in session.forks().iter().filter(|it| it.kept == after) {
        let names = &session.lesson().names;
        let words: Vec<String> =
            fork.turns.iter().map(|it| language::print(it.action, names)).collect();
        out.push(format!("(taken back: {})", wording::list(&words)));
    }
    let notes = session.notes().iter().filter(|(at, _)| *at == after);
    out.extend(notes.map(|(_, text)| format!("(note: {text})")));
    out
}

fn unread(debrief: &Debrief) -> Block {
    if debrief.unread.is_empty() {
        return Block::Text("None: everything that the host showed was looked at.".to_owned());
    }
    let line = |it: &Unread| match it {
        Unread::Events(action, events) => {
            let mut ids: Vec<String> = events.iter().map(|it| it.id().to_string()).collect();
            ids.sort_unstable();
            ids.dedup();
            let what = if ids.len() == 1 { "event" } else { "events" };
            format!("{what} {}, logged by action {action}: `eventviewer`", wording::list(&ids))
        }
        Unread::Shares(action) => {
            format!("the shares that were gone after action {action}: `net share`")
        }
        Unread::Components(action) => format!(
            "what was installed, before action {action} removed something: `network services`, `network protocols`"
        ),
    };
    Block::List(debrief.unread.iter().map(line).collect())
}

fn ways(session: &Session, way: &[Action]) -> String {
    let names = &session.lesson().names;
    let words: Vec<String> =
        way.iter().map(|it| format!("`{}`", language::print(*it, names))).collect();
    words.join(", ")
}

fn no_return(session: &Session, grade: &Grade, debrief: &Debrief) -> Block {
    if debrief.no_return.is_empty() {
        return Block::Text("None: whatever could be kept could be kept to the end.".to_owned());
    }
    let line = |it: &NoReturn| {
        let turn = it.action.checked_sub(1).and_then(|at| grade.turns.get(at));
        let act =
            turn.map_or_else(String::new, |it| language::print(it.action, &session.lesson().names));
        let before = it.before.as_deref().map_or_else(
            || "Before it nothing helped any more.".to_owned(),
            |way| format!("Before it, this would have kept everything: {}.", ways(session, way)),
        );
        let after = it.after.as_deref().map_or_else(
            || "After it nothing helps.".to_owned(),
            |way| format!("After it, the best that is left: {}.", ways(session, way)),
        );
        format!("Action {}, `{act}`: {}. {before} {after}", it.action, it.property.broken_by())
    };
    Block::List(debrief.no_return.iter().map(line).collect())
}

fn forked(session: &Session, grade: &Grade, fork: &Fork) -> Vec<Block> {
    let names = &session.lesson().names;
    let turn = fork.action.checked_sub(1).and_then(|at| grade.turns.get(at));
    let act = turn.map_or_else(String::new, |it| language::print(it.action, names));
    let instead = if grade.holds(Item::Repaired) {
        format!("instead of {}", grade.restarts)
    } else {
        format!("and repaired, instead of {} and not", grade.restarts)
    };
    let text = format!(
        "Action {}, `{act}`, cost most. From the host before it, with the fault known, the run could have ended \
         with {} {instead}:",
        fork.action,
        wording::count(fork.restarts as usize, "restart")
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
        head: vec![("#", 3), ("does", 24), ("operator sees", 32), ("hidden from the operator", 33)],
        rows: fork.turns.iter().enumerate().map(row).collect(),
    };
    vec![Block::Text(text), Block::Table(table)]
}

fn best(session: &Session, grade: &Grade, debrief: &Debrief) -> Block {
    if debrief.best.is_empty() {
        let done = grade.best.way.is_some();
        let text = if done { "Nothing: the host was as it should be." } else { "None was found." };
        return Block::Text(text.to_owned());
    }
    let row = |(index, (action, statement)): (usize, &(Action, Option<Statement>))| {
        let article = statement.map_or_else(
            || "the article is silent: no step of it asks for this".to_owned(),
            |it| format!("{}: {}", it.section(), it.says()),
        );
        vec![(index + 1).to_string(), language::print(*action, &session.lesson().names), article]
    };
    Block::Table(Table {
        caption: "The shortest way to a good end, and what the article says to it",
        head: vec![("#", 3), ("does", 24), ("the article", 66)],
        rows: debrief.best.iter().enumerate().map(row).collect(),
    })
}
