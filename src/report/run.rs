//! What `run` found: a verdict for each scenario file, and what stands behind it.

use crate::files::runbook::RunbookFile;
use crate::files::scenario::Scenario;
use crate::search::play::Played;
use crate::text::diagnostic::Diagnostics;

/// What `run` found, file by file in the order given.
#[derive(Debug, Default)]
pub struct RunReport {
    /// The files.
    pub items: Vec<Item>,
}

/// A file and what was said about it.
#[derive(Debug)]
pub struct Text {
    /// The path as it was given.
    pub path: String,
    /// The text; empty where it could not be read.
    pub source: String,
    /// The complaints.
    pub said: Diagnostics,
}

/// One scenario file.
#[derive(Debug)]
pub struct Item {
    /// The scenario file.
    pub file: Text,
    /// The runbook files that it names and that could be found, in its order.
    pub runbooks: Vec<Text>,
    /// What came of it; none where a file was invalid.
    pub played: Option<Outcome>,
}

/// A scenario that was played.
#[derive(Debug)]
pub struct Outcome {
    /// The scenario.
    pub scenario: Scenario,
    /// Its runbooks, in order.
    pub runbooks: Vec<RunbookFile>,
    /// What came of it.
    pub played: Played,
}

/// The verdict on a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Every expectation was met.
    Holds,
    /// At least one was not.
    Broken,
    /// The scenario, or a runbook that it names, could not be read.
    Invalid,
}

impl Verdict {
    /// The word in text and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Broken => "broken",
            Self::Invalid => "invalid",
        }
    }
}

impl Item {
    /// The verdict.
    pub fn verdict(&self) -> Verdict {
        match &self.played {
            None => Verdict::Invalid,
            Some(it) if it.played.misses.is_empty() => Verdict::Holds,
            Some(_) => Verdict::Broken,
        }
    }

    /// The title; the path where the file could not be read.
    pub fn title(&self) -> &str {
        self.played.as_ref().map_or(self.file.path.as_str(), |it| it.scenario.title.as_str())
    }
}

impl RunReport {
    /// How many scenarios have this verdict.
    pub fn count(&self, verdict: Verdict) -> usize {
        self.items.iter().filter(|it| it.verdict() == verdict).count()
    }

    /// How many expectations were compared.
    pub fn expectations(&self) -> usize {
        let played = self.items.iter().filter_map(|it| it.played.as_ref());
        played.map(|it| it.scenario.expectations()).sum()
    }

    /// How many runbooks were followed.
    pub fn runbooks(&self) -> usize {
        let played = self.items.iter().filter_map(|it| it.played.as_ref());
        played.map(|it| it.played.runbooks.len()).sum()
    }
}
