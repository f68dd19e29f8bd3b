//! Reads a TOML file against its description, and says everything that is wrong with it.

use super::check::File;
use super::check::check_table;
use super::shape::Table;
use super::syntax;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Placed;
use crate::text::span::Span;
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
    /// The place of the table: its header, or where the first key stands for the root.
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
    syntax::say(source, &errors, &mut said);
    if said.has_errors() {
        return (None, said);
    }
    let top = root.get_ref().iter().map(|(key, _)| key.span().start).min().unwrap_or(0);
    let view = View { table: root.get_ref(), span: top..top };
    let file = File { source, shape };
    check_table(&file, view.table, &view.span, shape, &mut said);
    let value = make(&view, &mut said);
    (value.filter(|_| !said.has_errors()), said)
}

/// The whole number that `value` is, where it is one and fits.
pub fn whole(value: &Spanned<DeValue<'_>>) -> Option<i64> {
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
