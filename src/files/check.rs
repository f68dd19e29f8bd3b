//! Checks the keys and types of a TOML file against its description.

use super::read::ENTRIES_MAX;
use super::read::whole;
use super::shape::Shape;
use super::shape::Table;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Span;
use crate::text::wording;
use std::fmt;
use std::ptr;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// A file that is checked: its text, and what it may contain.
#[derive(Debug)]
pub struct File<'a> {
    /// The text.
    pub source: &'a str,
    /// What the whole file may contain.
    pub shape: &'a Table,
}

/// What a message calls a value: by its key, or as one of the entries of a list.
#[derive(Clone, Copy)]
enum Called<'a> {
    Value(&'a str),
    Entry(&'a str),
}

impl fmt::Display for Called<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(name) => write!(f, "`{name}`"),
            Self::Entry(name) => write!(f, "an entry of `{name}`"),
        }
    }
}

impl Called<'_> {
    /// The value as it would be written in the file.
    fn written(self, value: &str) -> String {
        match self {
            Self::Value(name) => format!("{name} = {value}"),
            Self::Entry(_) => value.to_owned(),
        }
    }
}

/// Checks a table of `file`, which stands at `place`, against `shape`.
pub fn check_table(
    file: &File<'_>,
    table: &DeTable<'_>,
    place: &Span,
    shape: &Table,
    said: &mut Diagnostics,
) {
    let mut meant = Vec::new();
    for (key, value) in table {
        let name: &str = key.get_ref();
        if let Some(known) = shape.key(name) {
            check(file, value, Called::Value(known.name), &known.shape, said);
            meant.push(known.name);
        } else {
            let near = wording::near(name, shape.names());
            let help = near.map_or_else(|| right_key(file, shape, name), wording::did_you_mean);
            let message = format!("no key is called `{}` here", wording::clipped(name, 60));
            said.error("unknown-key", key.span(), message, "unknown key", Some(help));
            meant.extend(near);
        }
    }
    for key in shape.keys.iter().filter(|it| it.required) {
        if !meant.contains(&key.name) {
            said.error(
                "missing-key",
                place.clone(),
                format!("`{}` is missing", key.name),
                "",
                Some(format!("add {}: {}", key.written(), lower_first(key.doc))),
            );
        }
    }
}

/// What would be right instead of the key `name`, which is near none of a table of this shape.
fn right_key(file: &File<'_>, shape: &Table, name: &str) -> String {
    if file.shape.key(name).is_some() {
        format!("`{name}` belongs at the top of the file, before the first table")
    } else if let Some(home) = file.shape.home_of(name).filter(|_| ptr::eq(shape, file.shape)) {
        format!("`{name}` belongs in {home}")
    } else {
        format!("one of {}", wording::quoted_either(&shape.names()))
    }
}

fn check(
    file: &File<'_>,
    value: &Spanned<DeValue<'_>>,
    called: Called<'_>,
    shape: &Shape,
    said: &mut Diagnostics,
) {
    match (shape, value.get_ref()) {
        (Shape::Name(_), DeValue::String(_)) | (Shape::Flag, DeValue::Boolean(_)) => {}
        (Shape::Text | Shape::Prose, DeValue::String(text)) => {
            check_characters(value, text, called, shape, said);
        }
        (Shape::Word(words), DeValue::String(word)) => {
            let words = words();
            if !words.contains(&&**word) {
                said.error(
                    "unknown-word",
                    value.span(),
                    format!("{called} cannot be `{}`", wording::clipped(word, 60)),
                    "not a word of this model",
                    Some(wording::instead(word, &words)),
                );
            }
        }
        (Shape::Whole(low, high), DeValue::Integer(_)) => {
            if whole(value).is_none_or(|it| it < *low || it > *high) {
                let right = if low == high {
                    format!("this program reads `{}`", called.written(&low.to_string()))
                } else {
                    format!("a whole number from {low} to {high}")
                };
                let message = format!("{called} is out of range");
                said.error("out-of-range", value.span(), message, "", Some(right));
            }
        }
        (Shape::Table(inner), DeValue::Table(table)) => {
            check_table(file, table, &value.span(), inner, said);
        }
        (Shape::Tables(inner), DeValue::Array(list)) => {
            check_entries(file, value, list, called, &Shape::Table(inner), said);
        }
        (Shape::List(of) | Shape::OneOrMany(of), DeValue::Array(list)) => {
            check_entries(file, value, list, called, of, said);
        }
        (Shape::OneOrMany(of), DeValue::String(_)) => check(file, value, called, of, said),
        (_, found) => said.error(
            "wrong-type",
            value.span(),
            format!("{called} must be {}", shape.called()),
            format!("this is {}", what(found)),
            wrong_type_help(file, value, called, shape),
        ),
    }
}

fn check_entries(
    file: &File<'_>,
    value: &Spanned<DeValue<'_>>,
    list: &[Spanned<DeValue<'_>>],
    called: Called<'_>,
    of: &Shape,
    said: &mut Diagnostics,
) {
    let (Called::Value(name) | Called::Entry(name)) = called;
    if list.len() > ENTRIES_MAX {
        said.error(
            "list-too-long",
            value.span(),
            format!("{called} has {} entries", list.len()),
            "",
            Some(format!("at most {ENTRIES_MAX} are read")),
        );
    }
    for entry in list {
        check(file, entry, Called::Entry(name), of, said);
    }
}

/// Warns of characters that a terminal would obey instead of showing them.
fn check_characters(
    value: &Spanned<DeValue<'_>>,
    text: &str,
    called: Called<'_>,
    shape: &Shape,
    said: &mut Diagnostics,
) {
    let allowed: &[char] =
        if matches!(shape, Shape::Prose) { &['\t', '\n', '\r'] } else { &['\t'] };
    let mut hidden = text.chars().filter(|it| wording::is_hidden(*it) && !allowed.contains(it));
    match hidden.next() {
        None => {}
        Some('\n' | '\r') => {
            let help = "write it on one line, which is how it is shown".to_owned();
            let message = format!("{called} has more than one line");
            said.warning("several-lines", value.span(), message, "", Some(help));
        }
        Some(it) => {
            let message = format!("{called} has the character U+{:04X} in it", u32::from(it));
            let help = "leave it out: it cannot be shown, and a sign stands for it".to_owned();
            said.warning("hidden-character", value.span(), message, "", Some(help));
        }
    }
}

fn what(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The same value, written as the shape wants it.
fn wrong_type_help(
    file: &File<'_>,
    value: &Spanned<DeValue<'_>>,
    called: Called<'_>,
    shape: &Shape,
) -> Option<String> {
    let text = file.source.get(value.span()).unwrap_or_default();
    let header = |open, close| text.strip_prefix(open).and_then(|it| it.strip_suffix(close));
    let written = match (shape, value.get_ref()) {
        (Shape::Text, DeValue::Integer(_) | DeValue::Float(_)) => {
            called.written(&format!("\"{text}\""))
        }
        (Shape::Word(words), DeValue::Integer(_) | DeValue::Float(_)) => {
            let word = words().into_iter().find(|it| *it == text);
            return Some(word.map_or_else(
                || format!("one of {}", wording::quoted_either(&words())),
                |it| called.written(&format!("\"{it}\"")),
            ));
        }
        (Shape::Word(words), _) => format!("one of {}", wording::quoted_either(&words())),
        (Shape::Whole(..), DeValue::String(it)) => {
            called.written(&it.trim().parse::<i64>().ok()?.to_string())
        }
        (Shape::Flag, DeValue::String(it)) if &**it == "true" || &**it == "false" => {
            called.written(it)
        }
        (Shape::List(_), DeValue::String(it)) => {
            called.written(&format!("[\"{}\"]", wording::clipped(it, 40)))
        }
        (Shape::Tables(_), DeValue::Table(_)) => match header('[', ']') {
            Some(path) => format!("write [[{path}]] instead of [{path}]"),
            None => "write [[ ]] around its name, on a line of its own".to_owned(),
        },
        (Shape::Table(_), DeValue::Array(_)) => {
            let path = header('[', ']').and_then(|it| it.strip_prefix('[')?.strip_suffix(']'));
            format!("write [{0}] instead of [[{0}]]", path?)
        }
        _ => return None,
    };
    Some(written)
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |it| it.to_lowercase().chain(rest).collect())
}
