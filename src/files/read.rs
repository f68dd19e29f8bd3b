//! Reads a TOML file against its description, and says everything that is wrong with it.

use super::shape::Shape;
use super::shape::Table;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Placed;
use crate::text::span::Span;
use crate::text::wording;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;

/// The largest file that is read, in bytes.
pub const BYTES_MAX: usize = 1_000_000;

/// The most entries that a list in a file may have.
pub const ENTRIES_MAX: usize = 10_000;

/// A table of a file whose keys and types have been checked.
///
/// Its look-ups answer with nothing where a key is absent, and where it was wrong and has been
/// complained of already.
#[derive(Clone, Debug)]
pub struct View<'a> {
    table: &'a DeTable<'a>,
    /// The place of the table: its header, or the end of the file for the root.
    pub span: Span,
}

/// Parses `source` and checks it against `shape`, then lets `make` build the value.
///
/// `make` is called for a file with complaints too, so that one run reports all of them; it gets a
/// view in which whatever was wrong is absent. The value is dropped where there was any error.
pub fn read<T>(
    source: &str,
    shape: &Table,
    make: impl FnOnce(&View<'_>, &mut Diagnostics) -> Option<T>,
) -> (Option<T>, Diagnostics) {
    let mut said = Diagnostics::default();
    if source.len() > BYTES_MAX {
        let message = format!("the file has {} bytes", source.len());
        let help = format!("at most {BYTES_MAX} bytes are read");
        said.error("file-too-large", 0..0, message, "", Some(help));
        return (None, said);
    }
    let (root, errors) = DeTable::parse_recoverable(source);
    for error in errors {
        let span = error.span().unwrap_or(source.len()..source.len());
        let message = wording::clipped(error.message(), 200);
        said.error("toml-syntax", span, message, "", None);
    }
    if said.has_errors() {
        return (None, said);
    }
    check_table(root.get_ref(), &(source.len()..source.len()), shape, &mut said);
    let view = View { table: root.get_ref(), span: source.len()..source.len() };
    let value = make(&view, &mut said);
    (value.filter(|_| !said.has_errors()), said)
}

fn check_table(table: &DeTable<'_>, place: &Span, shape: &Table, said: &mut Diagnostics) {
    for (key, value) in table {
        let name: &str = key.get_ref();
        match shape.key(name) {
            Some(known) => check(value, known.name, &known.shape, said),
            None => said.error(
                "unknown-key",
                key.span(),
                format!("no key is called `{}` here", wording::clipped(name, 60)),
                "unknown key",
                Some(wording::instead(name, &shape.names())),
            ),
        }
    }
    for key in shape.keys.iter().filter(|it| it.required) {
        if !table.iter().any(|(name, _)| name.get_ref() == key.name) {
            said.error(
                "missing-key",
                place.clone(),
                format!("`{}` is missing", key.name),
                "",
                Some(format!("add `{}`: {}", key.name, lower_first(key.doc))),
            );
        }
    }
}

fn check(value: &Spanned<DeValue<'_>>, name: &str, shape: &Shape, said: &mut Diagnostics) {
    match (shape, value.get_ref()) {
        (Shape::Text | Shape::Name(_), DeValue::String(_)) | (Shape::Flag, DeValue::Boolean(_)) => {
        }
        (Shape::Word(words), DeValue::String(word)) => {
            let words = words();
            if !words.contains(&&**word) {
                said.error(
                    "unknown-word",
                    value.span(),
                    format!("`{name}` cannot be `{}`", wording::clipped(word, 60)),
                    "not a word of this model",
                    Some(wording::instead(word, &words)),
                );
            }
        }
        (Shape::Whole(low, high), DeValue::Integer(_)) => {
            if whole(value).is_none_or(|it| it < *low || it > *high) {
                let right = if low == high {
                    format!("this program reads `{name} = {low}`")
                } else {
                    format!("a whole number from {low} to {high}")
                };
                let message = format!("`{name}` is out of range");
                said.error("out-of-range", value.span(), message, "", Some(right));
            }
        }
        (Shape::Table(inner), DeValue::Table(table)) => {
            check_table(table, &value.span(), inner, said);
        }
        (Shape::Tables(inner), DeValue::Array(list)) => {
            check_length(value, name, list.len(), said);
            for entry in list {
                check(entry, name, &Shape::Table(inner), said);
            }
        }
        (Shape::List(of) | Shape::OneOrMany(of), DeValue::Array(list)) => {
            check_length(value, name, list.len(), said);
            for entry in list {
                check(entry, name, of, said);
            }
        }
        (Shape::OneOrMany(of), _) => check(value, name, of, said),
        (_, found) => said.error(
            "wrong-type",
            value.span(),
            format!("`{name}` must be {}", shape.called()),
            format!("this is {}", called(found)),
            wrong_type_help(name, shape, found),
        ),
    }
}

fn check_length(value: &Spanned<DeValue<'_>>, name: &str, len: usize, said: &mut Diagnostics) {
    if len > ENTRIES_MAX {
        said.error(
            "list-too-long",
            value.span(),
            format!("`{name}` has {len} entries"),
            "",
            Some(format!("at most {ENTRIES_MAX} are read")),
        );
    }
}

fn called(value: &DeValue<'_>) -> &'static str {
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
fn wrong_type_help(name: &str, shape: &Shape, found: &DeValue<'_>) -> Option<String> {
    let written = match (shape, found) {
        (Shape::Text | Shape::Word(_) | Shape::Name(_), DeValue::Integer(it)) => {
            format!("{name} = \"{}\"", it.as_str())
        }
        (Shape::Text | Shape::Word(_) | Shape::Name(_), DeValue::Float(it)) => {
            format!("{name} = \"{}\"", it.as_str())
        }
        (Shape::Whole(..), DeValue::String(it)) => {
            format!("{name} = {}", it.trim().parse::<i64>().ok()?)
        }
        (Shape::Flag, DeValue::String(it)) if &**it == "true" || &**it == "false" => {
            format!("{name} = {it}")
        }
        (Shape::List(_), DeValue::String(it)) => {
            format!("{name} = [\"{}\"]", wording::clipped(it, 40))
        }
        (Shape::Tables(_), DeValue::Table(_)) => format!("write [[{name}]] instead of [{name}]"),
        (Shape::Table(_), DeValue::Array(_)) => format!("write [{name}] instead of [[{name}]]"),
        _ => return None,
    };
    Some(written)
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |it| it.to_lowercase().chain(rest).collect())
}

fn whole(value: &Spanned<DeValue<'_>>) -> Option<i64> {
    match value.get_ref() {
        DeValue::Integer(it) => {
            let digits: String = it.as_str().chars().filter(|it| *it != '_').collect();
            i64::from_str_radix(&digits, it.radix()).ok()
        }
        DeValue::String(_)
        | DeValue::Float(_)
        | DeValue::Boolean(_)
        | DeValue::Datetime(_)
        | DeValue::Array(_)
        | DeValue::Table(_) => None,
    }
}

fn text(value: &Spanned<DeValue<'_>>) -> Option<Placed<String>> {
    let text = value.get_ref().as_str()?;
    Some(Placed::new(text.to_owned(), value.span()))
}

impl<'a> View<'a> {
    fn get(&self, name: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(key, _)| key.get_ref() == name).map(|(_, value)| value)
    }

    /// The place of the key `name`; the table's own where there is none.
    pub fn key_span(&self, name: &str) -> Span {
        let mut keys = self.table.iter().filter(|(key, _)| key.get_ref() == name);
        keys.next().map_or_else(|| self.span.clone(), |(key, _)| key.span())
    }

    /// The place of the value of `name`; the table's own where there is none.
    pub fn value_span(&self, name: &str) -> Span {
        self.get(name).map_or_else(|| self.span.clone(), Spanned::span)
    }

    /// Whether the key is there, right or wrong.
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// A string.
    pub fn text(&self, name: &str) -> Option<Placed<String>> {
        self.get(name).and_then(text)
    }

    /// A flag.
    pub fn flag(&self, name: &str) -> Option<Placed<bool>> {
        let value = self.get(name)?;
        Some(Placed::new(value.get_ref().as_bool()?, value.span()))
    }

    /// A whole number.
    pub fn whole(&self, name: &str) -> Option<Placed<i64>> {
        let value = self.get(name)?;
        Some(Placed::new(whole(value)?, value.span()))
    }

    /// The strings of a list, or the one that stands in its place; empty where there is none.
    pub fn texts(&self, name: &str) -> Vec<Placed<String>> {
        match self.get(name) {
            None => Vec::new(),
            Some(value) => match value.get_ref().as_array() {
                Some(list) => list.iter().filter_map(text).collect(),
                None => text(value).into_iter().collect(),
            },
        }
    }

    /// A table.
    pub fn table(&self, name: &str) -> Option<View<'a>> {
        self.get(name).and_then(View::of)
    }

    /// The tables of a list; empty where there is none.
    pub fn tables(&self, name: &str) -> Vec<View<'a>> {
        let list = self.get(name).and_then(|it| it.get_ref().as_array());
        list.map_or_else(Vec::new, |it| it.iter().filter_map(View::of).collect())
    }

    fn of(value: &'a Spanned<DeValue<'a>>) -> Option<Self> {
        Some(Self { table: value.get_ref().as_table()?, span: value.span() })
    }
}
