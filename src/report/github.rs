//! Reports for the log of a GitHub workflow: commands that put annotations on lines, then the plain report.

use super::plain;
use super::run::RunReport;
use super::run::Text;
use super::style;
use super::verify::VerifyReport;
use super::verify::exactly_when;
use super::verify_plain;
use crate::search::verdict::Answer;
use crate::search::verdict::Explained;
use crate::text::diagnostic::Diagnostic;
use crate::text::diagnostic::Diagnostics;
use crate::text::diagnostic::Severity;
use crate::text::span::line_column;
use crate::text::wording;
use std::collections::BTreeSet;

/// How many annotations of a step GitHub shows; it drops the others without a word.
const ANNOTATIONS_MAX: usize = 10;

/// How bad an annotation is, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Error,
    Warning,
    Notice,
}

impl Level {
    const fn id(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
        }
    }

    const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
        }
    }
}

/// An annotation.
struct Annotation<'a> {
    level: Level,
    file: &'a str,
    line: usize,
    column: usize,
    title: String,
    message: String,
}

/// What `run` found: an annotation for each expectation that is not met and for each complaint about a
/// file.
pub fn run(report: &RunReport, trace: bool) -> String {
    let mut annotations = Vec::new();
    let mut shown = BTreeSet::new();
    for item in &report.items {
        for text in std::iter::once(&item.file).chain(&item.runbooks) {
            if shown.insert(text.path.as_str()) {
                annotations.extend(of_text(text));
            }
        }
        if let Some(outcome) = &item.played {
            for miss in &outcome.played.misses {
                let diagnostic = plain::diagnostic(outcome, miss);
                annotations.push(annotation(&item.file.path, &item.file.source, &diagnostic));
            }
        }
    }
    commands(annotations) + &quoted(&plain::run(report, trace))
}

/// A verdict on a runbook: an annotation for each finding.
pub fn verify(report: &VerifyReport) -> String {
    let mut annotations: Vec<Annotation<'_>> =
        report.verdict.explained.iter().map(|it| finding(report, it)).collect();
    let said = report.said.in_order();
    annotations.extend(said.iter().map(|it| annotation(&report.path, &report.source, it)));
    if report.verdict.answer() == Answer::NothingChecked {
        annotations.push(Annotation {
            level: Level::Error,
            file: &report.path,
            line: 1,
            column: 1,
            title: "nothing checked".to_owned(),
            message: report.nothing(),
        });
    }
    commands(annotations) + &quoted(&verify_plain::verify(report))
}

/// The complaints about a file that cannot be used.
pub fn complaints(path: &str, source: &str, said: &Diagnostics) -> String {
    commands(said.in_order().into_iter().map(|it| annotation(path, source, it)).collect())
}

fn of_text(text: &Text) -> impl Iterator<Item = Annotation<'_>> {
    text.said.in_order().into_iter().map(|it| annotation(&text.path, &text.source, it))
}

fn annotation<'a>(path: &'a str, source: &str, diagnostic: &Diagnostic) -> Annotation<'a> {
    let (line, column) = line_column(source, diagnostic.span.start);
    let label = Some(&diagnostic.label).filter(|it| !it.is_empty());
    let words: Vec<&str> = label.into_iter().chain(&diagnostic.help).map(String::as_str).collect();
    Annotation {
        level: Level::of(diagnostic.severity),
        file: path,
        line,
        column,
        title: diagnostic.code.to_owned(),
        message: if words.is_empty() {
            diagnostic.message.clone()
        } else {
            format!("{}: {}", diagnostic.message, words.join("; "))
        },
    }
}

fn finding<'a>(report: &'a VerifyReport, explained: &Explained) -> Annotation<'a> {
    let property = explained.finding.cause.property;
    let (line, column) = report.line_column(explained);
    let mut message = format!("exactly when: {}", exactly_when(&explained.finding));
    if let Some(mend) = &explained.mend {
        message.push_str(&format!("\ninstead: {}", report.instead(mend)));
    }
    message.push_str(&format!("\nreplay: {}", report.replay(explained)));
    Annotation {
        level: if property.gates() { Level::Error } else { Level::Notice },
        file: &report.path,
        line,
        column,
        title: format!("{}: {}", property.id(), report.claim(explained)),
        message,
    }
}

/// The commands: the worst ten, then how many more there are.
fn commands(mut annotations: Vec<Annotation<'_>>) -> String {
    annotations.sort_by_key(|it| it.level);
    let mut out = String::new();
    for it in annotations.iter().take(ANNOTATIONS_MAX) {
        out.push_str(&format!(
            "::{} file={},line={},col={},title={}::{}\n",
            it.level.id(),
            in_property(it.file),
            it.line,
            it.column,
            in_property(&it.title),
            in_message(&it.message)
        ));
    }
    let more = annotations.len().saturating_sub(ANNOTATIONS_MAX);
    if more > 0 {
        out.push_str(&format!("and {} more, see below\n", wording::count(more, "annotation")));
    }
    out
}

/// `text` as the message of a command.
fn in_message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as the value of a property of a command.
fn in_property(text: &str) -> String {
    in_message(text).replace(':', "%3A").replace(',', "%2C")
}

/// `text` without styles, between commands that keep GitHub from reading commands in it: it quotes
/// files, and anything can stand in a file.
fn quoted(text: &str) -> String {
    let text = style::stripped(text);
    let mut token = String::from("end-of-report");
    while text.contains(&token) {
        token.push('-');
    }
    format!("::stop-commands::{token}\n{}\n::{token}::\n", text.trim_end())
}
