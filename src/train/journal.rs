//! A journal: where a run began and every line that was typed. It is enough to play the run again.

use super::lesson::Lesson;
use super::lesson::Origin;
use super::seed::ALGORITHM;
use super::seed::Level;
use super::session::LINE_MAX;
use super::session::LINES_MAX;
use super::session::Session;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Span;
use crate::text::wording;

/// What the first line says, before the number of the format.
const HEAD: &str = "imc4087 journal";

/// The format that is written and read.
const FORMAT: &str = "1";

/// What is before each line of an embedded scenario, and before each typed line.
const SCENARIO: &str = "| ";
const TYPED: &str = "> ";

/// The lines of a journal before the first typed one.
pub fn head(lesson: &Lesson) -> String {
    let mut out = format!("{HEAD} {FORMAT}\n");
    match &lesson.origin {
        Origin::Seed { seed, level } => {
            out.push_str(&format!("host {ALGORITHM} seed {seed} level {}\n", level.number()));
        }
        Origin::Scenario { path, text } => {
            out.push_str(&format!("scenario {}\n", wording::shown(path)));
            for line in text.lines() {
                out.push_str(format!("{SCENARIO}{line}").trim_end());
                out.push('\n');
            }
        }
    }
    out
}

/// The line of a journal for a typed line.
pub fn line(typed: &str) -> String {
    format!("{}\n", format!("{TYPED}{typed}").trim_end())
}

/// The whole journal of a session.
pub fn print(session: &Session) -> String {
    let mut out = head(session.lesson());
    for typed in session.lines() {
        out.push_str(&line(typed));
    }
    out
}

/// What a journal holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    /// The lesson.
    pub lesson: Lesson,
    /// The lines typed.
    pub lines: Vec<String>,
}

impl Journal {
    /// Plays the journal: the session after its last line.
    pub fn replay(&self) -> Session {
        let mut session = Session::new(self.lesson.clone());
        for line in &self.lines {
            // What was answered then is answered now; whoever wants it plays line by line.
            let _reply = session.answer(line);
        }
        session
    }
}

/// The lines of `source` with their places, without line ends.
fn lines(source: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    source.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let text = line.trim_end_matches(['\n', '\r']);
        (start..start + text.len(), text)
    })
}

/// Reads a journal: what it holds, where it has no error, and all that there is to say.
pub fn read(source: &str) -> (Option<Journal>, Diagnostics) {
    let mut said = Diagnostics::default();
    let mut rest = lines(source).peekable();
    let first = rest.next().unwrap_or((0..0, ""));
    if !check_head(&first, &mut said) {
        return (None, said);
    }
    let (place, origin) = rest.next().unwrap_or((source.len()..source.len(), ""));
    let mut scenario = String::new();
    while let Some((_, text)) = rest.next_if(|(_, it)| it.starts_with(SCENARIO.trim_end())) {
        let text = text.strip_prefix(SCENARIO).unwrap_or_default();
        scenario.push_str(text);
        scenario.push('\n');
    }
    let lesson = lesson(place, origin, &scenario, &mut said);
    let mut typed = Vec::new();
    for (place, text) in rest {
        match text.strip_prefix(TYPED.trim_end()) {
            Some(line) => typed.push((place, line.trim().to_owned())),
            None if text.trim().is_empty() => {}
            None => {
                let help = "a typed line stands behind `> `".to_owned();
                said.error(
                    "damaged-journal",
                    place,
                    "this is no line of a journal",
                    "",
                    Some(help),
                );
            }
        }
    }
    if typed.len() > LINES_MAX {
        let message = format!("the journal has {} lines", typed.len());
        let help = format!("a run has at most {LINES_MAX}");
        said.error("damaged-journal", first.0, message, "", Some(help));
    }
    let journal = lesson.map(|lesson| checked(lesson, typed, &mut said));
    (journal.filter(|_| !said.has_errors()), said)
}

fn check_head(first: &(Span, &str), said: &mut Diagnostics) -> bool {
    let (place, text) = first;
    let Some(format) = text.strip_prefix(HEAD) else {
        let help = format!("a journal begins with `{HEAD} {FORMAT}`");
        said.error("foreign-journal", place.clone(), "this is no journal", "", Some(help));
        return false;
    };
    if format.trim() == FORMAT {
        return true;
    }
    let message =
        format!("journals of the format `{}` are not known", wording::clipped(format.trim(), 20));
    let help = format!("this program reads format {FORMAT}; a newer one may read this");
    said.error("foreign-journal", place.clone(), message, "", Some(help));
    false
}

fn lesson(place: Span, origin: &str, scenario: &str, said: &mut Diagnostics) -> Option<Lesson> {
    let words: Vec<&str> = origin.split_whitespace().collect();
    match words.as_slice() {
        ["host", algorithm, "seed", seed, "level", level] => {
            if *algorithm != ALGORITHM {
                let message =
                    format!("hosts of `{}` are not known", wording::clipped(algorithm, 40));
                let help =
                    format!("this program draws hosts by {ALGORITHM}; another version may know it");
                said.error("foreign-journal", place, message, "", Some(help));
                return None;
            }
            let level = level.parse().ok().and_then(Level::numbered);
            if let (Ok(seed), Some(level)) = (seed.parse(), level) {
                return Some(Lesson::drawn(seed, level));
            }
            let help = format!("write `host {ALGORITHM} seed 7 level 2`; levels are 1 to 5");
            said.error("damaged-journal", place, "this names no host", "", Some(help));
            None
        }
        ["scenario", ..] => {
            let path = origin.trim_start_matches("scenario").trim();
            let (lesson, wrong) = Lesson::of_scenario(path, scenario);
            if let Some(first) = wrong.in_order().first().filter(|_| lesson.is_none()) {
                let message = format!("the scenario in this journal is invalid: {}", first.message);
                said.error("damaged-journal", place, message, "", first.help.clone());
            }
            lesson
        }
        _ => {
            let help =
                format!("the second line is `host {ALGORITHM} seed 7 level 2`, or a scenario");
            said.error(
                "damaged-journal",
                place,
                "the journal does not say which host it is of",
                "",
                Some(help),
            );
            None
        }
    }
}

/// The journal, and complaints about lines that no session would have kept.
fn checked(lesson: Lesson, typed: Vec<(Span, String)>, said: &mut Diagnostics) -> Journal {
    let mut session = Session::new(lesson.clone());
    for (place, line) in &typed {
        if session.is_over() {
            let help = "leave the lines after the end of the run out".to_owned();
            said.error(
                "damaged-journal",
                place.clone(),
                "the run is over before this line",
                "",
                Some(help),
            );
            break;
        }
        if line.chars().count() > LINE_MAX {
            let help = format!("a line has at most {LINE_MAX} characters");
            said.error("damaged-journal", place.clone(), "this line is too long", "", Some(help));
        }
        if session.answer(line).outside.is_some() {
            let help = "`journal`, `save` and `quit` are no part of a run".to_owned();
            said.error(
                "damaged-journal",
                place.clone(),
                "no session keeps this line",
                "",
                Some(help),
            );
        }
    }
    Journal { lesson, lines: typed.into_iter().map(|(_, it)| it).collect() }
}
