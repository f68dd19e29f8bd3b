//! What a file may contain: one description that readers, diagnostics and the published schema share.

use serde_json::Value;
use serde_json::json;

/// A table of a file.
#[derive(Debug)]
pub struct Table {
    /// What the table is for: one sentence.
    pub doc: &'static str,
    /// Its keys, in the order of the documentation.
    pub keys: &'static [Key],
}

/// A key of a table.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What it means: one sentence.
    pub doc: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// What it holds.
    pub shape: Shape,
}

/// What a key holds.
#[derive(Debug)]
pub enum Shape {
    /// Text on one line.
    Text,
    /// Text, on several lines if need be.
    Prose,
    /// One of these words.
    Word(fn() -> Vec<&'static str>),
    /// One of these words, or another name for one.
    Name(fn() -> Vec<&'static str>),
    /// `true` or `false`.
    Flag,
    /// A whole number in this range.
    Whole(i64, i64),
    /// A list.
    List(&'static Self),
    /// One, or a list.
    OneOrMany(&'static Self),
    /// A table.
    Table(&'static Table),
    /// A list of tables.
    Tables(&'static Table),
}

impl Key {
    /// The key as it stands in a file: the header of a table, or its name in backticks.
    pub fn written(&self) -> String {
        match self.shape {
            Shape::Table(_) => format!("[{}]", self.name),
            Shape::Tables(_) => format!("[[{}]]", self.name),
            Shape::Text
            | Shape::Prose
            | Shape::Word(_)
            | Shape::Name(_)
            | Shape::Flag
            | Shape::Whole(..)
            | Shape::List(_)
            | Shape::OneOrMany(_) => format!("`{}`", self.name),
        }
    }
}

impl Shape {
    /// What to call a value of this shape in a message.
    pub fn called(&self) -> String {
        match self {
            Self::Text | Self::Prose | Self::Word(_) | Self::Name(_) => "a string".to_owned(),
            Self::Flag => "`true` or `false`".to_owned(),
            Self::Whole(..) => "a whole number".to_owned(),
            Self::List(of) => format!("a list of {}", of.called_many()),
            Self::OneOrMany(of) => format!("{} or a list of {}", of.called(), of.called_many()),
            Self::Table(_) => "a table".to_owned(),
            Self::Tables(_) => "a list of tables".to_owned(),
        }
    }

    fn called_many(&self) -> &'static str {
        match self {
            Self::Text | Self::Prose | Self::Word(_) | Self::Name(_) => "strings",
            Self::Flag => "flags",
            Self::Whole(..) => "whole numbers",
            Self::List(_) | Self::OneOrMany(_) => "lists",
            Self::Table(_) | Self::Tables(_) => "tables",
        }
    }

    fn schema(&self) -> Value {
        match self {
            Self::Text | Self::Prose => json!({"type": "string"}),
            Self::Word(words) => json!({"type": "string", "enum": words()}),
            Self::Name(words) => json!({"anyOf": [{"enum": words()}, {"type": "string"}]}),
            Self::Flag => json!({"type": "boolean"}),
            Self::Whole(low, high) => {
                json!({"type": "integer", "minimum": low, "maximum": high})
            }
            Self::List(of) => json!({"type": "array", "items": of.schema()}),
            Self::OneOrMany(of) => {
                json!({"anyOf": [of.schema(), {"type": "array", "items": of.schema()}]})
            }
            Self::Table(table) => table.schema(),
            Self::Tables(table) => json!({"type": "array", "items": table.schema()}),
        }
    }
}

impl Table {
    /// The keys of the table, in the order of the documentation.
    pub fn names(&self) -> Vec<&'static str> {
        self.keys.iter().map(|it| it.name).collect()
    }

    /// The key called `name`.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|it| it.name == name)
    }

    /// Where a key called `name` belongs in such a file, where it does not belong to this table
    /// itself; none where no table has it.
    pub fn home_of(&self, name: &str) -> Option<String> {
        self.keys.iter().find_map(|key| match key.shape {
            Shape::Table(inner) => inner.home_under(key.name, "[", "]", name),
            Shape::Tables(inner) => inner.home_under(key.name, "[[", "]]", name),
            Shape::Text
            | Shape::Prose
            | Shape::Word(_)
            | Shape::Name(_)
            | Shape::Flag
            | Shape::Whole(..)
            | Shape::List(_)
            | Shape::OneOrMany(_) => None,
        })
    }

    fn home_under(&self, path: &str, open: &str, close: &str, name: &str) -> Option<String> {
        if self.key(name).is_some() {
            return Some(format!("{open}{path}{close}"));
        }
        let deeper = self.home_of(name)?;
        let inner = deeper.trim_matches(['[', ']']);
        Some(deeper.replace(inner, &format!("{path}.{inner}")))
    }

    fn schema(&self) -> Value {
        let properties: serde_json::Map<String, Value> = self
            .keys
            .iter()
            .map(|key| {
                let mut schema = key.shape.schema();
                if let Value::Object(map) = &mut schema {
                    map.insert("description".to_owned(), json!(key.doc));
                }
                (key.name.to_owned(), schema)
            })
            .collect();
        let required: Vec<&str> =
            self.keys.iter().filter(|it| it.required).map(|it| it.name).collect();
        json!({
            "type": "object",
            "description": self.doc,
            "additionalProperties": false,
            "properties": properties,
            "required": required,
        })
    }
}

/// The JSON schema of files that hold `table`, for editors.
pub fn schema_of(table: &Table, title: &str) -> Value {
    let mut schema = table.schema();
    if let Value::Object(map) = &mut schema {
        map.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
        map.insert("title".to_owned(), json!(title));
    }
    schema
}
