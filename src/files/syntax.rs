//! What is said where a file is no TOML.

use crate::text::diagnostic::Diagnostics;
use crate::text::span::Lines;
use crate::text::span::Span;
use crate::text::wording;
use toml::de::Error;

/// Says each of `errors`, which the parser found in `source`; of those on one line the first, since
/// the others mostly follow from it.
pub fn say(source: &str, errors: &[Error], said: &mut Diagnostics) {
    let end = source.trim_end().len();
    let place = |error: &Error| -> Span {
        let span = error.span().unwrap_or(end..end);
        let start = span.start.min(end);
        start..span.end.clamp(start, end)
    };
    let mut placed: Vec<(Span, &Error)> = errors.iter().map(|it| (place(it), it)).collect();
    placed.sort_by_key(|(span, _)| span.start);
    let lines = Lines::of(source);
    placed.dedup_by_key(|(span, _)| lines.number(span.start));
    for (span, error) in placed {
        let at = source.get(span.clone()).unwrap_or_default();
        let rest = source.get(span.start..).unwrap_or_default();
        let message = message(error.message(), at, rest);
        said.error("toml-syntax", span, message, "", help(error.message(), rest));
    }
}

fn is_control(it: char) -> bool {
    wording::is_hidden(it) && it != '\n' && it != '\r'
}

/// The parser's words, in ours where its own are for its authors.
fn message(message: &str, at: &str, rest: &str) -> String {
    if rest.starts_with(is_control) {
        return "a control character stands in the file".to_owned();
    }
    if message.starts_with("string values must be quoted") {
        let empty = at.trim().is_empty();
        return if empty { "a value is missing" } else { "a string stands in quotes" }.to_owned();
    }
    let known = [
        ("cannot recurse further", "this is nested too deeply"),
        ("recursion limit", "a key has too many parts"),
        ("duplicate key", "this key or table is there already"),
        ("invalid basic string, expected `\"`", "a string in double quotes is not closed"),
        ("invalid literal string, expected `'`", "a string in single quotes is not closed"),
    ];
    let found = known.into_iter().find(|(begin, _)| message.starts_with(begin));
    let message = message.strip_suffix(", expected nothing").unwrap_or(message);
    wording::clipped(found.map_or(message, |(_, ours)| ours), 200)
}

/// What would be right, where the parser's message and the text at the place tell.
fn help(message: &str, rest: &str) -> Option<String> {
    let help = match rest.chars().next() {
        Some(':') => "write `=` between a key and its value",
        Some('{') if message.starts_with("invalid key") => {
            "files are TOML and no JSON: `key = value`, each on a line of its own"
        }
        Some('\u{feff}') => "leave out the invisible byte order mark",
        Some('<' | '=' | '>') if rest.get(1..4).is_some_and(|it| "<<<===>>>".contains(it)) => {
            "this is the mark of a merge: keep one of the two versions"
        }
        Some('\u{2018}'..='\u{201f}') => "write straight quotes, as in \"this\"",
        Some(it) if is_control(it) => "leave it out",
        _ if message.contains("escape") => {
            "a backslash stands for itself in single quotes, as in 'D:\\Public'"
        }
        _ if message.contains("inline table") => {
            "give the table a header of its own, in [ ], instead of { }"
        }
        _ if message.starts_with("duplicate key") => "give it once; a list of tables has [[..]]",
        _ if message.contains("carriage return") => "end lines as Windows or Unix does",
        _ => return None,
    };
    Some(help.to_owned())
}
