//! Progress over runs: one line for each, in a file that people can read, move and delete.

use super::grade::Grade;
use super::grade::Item;
use super::session::Session;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Span;
use crate::text::wording;
use std::collections::BTreeMap;

const HEAD: &str = "imc4087 progress";
const FORMAT: &str = "1";

/// The most runs that a file may hold.
const RUNS_MAX: usize = 10_000;

/// One run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Whether it passed.
    pub passed: bool,
    /// Its restarts.
    pub restarts: u32,
    /// The hints asked for.
    pub hints: usize,
    /// The actions taken back.
    pub taken_back: usize,
    /// The lines of the verdict that did not hold.
    pub weak: Vec<Item>,
    /// What was played: `seed 7, level 2`, or the path of a scenario.
    pub of: String,
}

/// All runs of a file, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// The runs.
    pub runs: Vec<Run>,
}

impl Run {
    /// The line for `session`, graded as `grade`.
    pub fn of(session: &Session, grade: &Grade) -> Self {
        Self {
            passed: grade.passes(),
            restarts: grade.restarts,
            hints: session.hints().len(),
            taken_back: grade.taken_back,
            weak: Item::ALL.into_iter().filter(|it| !grade.holds(*it)).collect(),
            of: session.lesson().name(),
        }
    }

    fn print(&self) -> String {
        let weak: Vec<String> = self.weak.iter().map(|it| word(*it)).collect();
        let weak = if weak.is_empty() { "nothing".to_owned() } else { weak.join(",") };
        let verdict = if self.passed { "passed" } else { "failed" };
        format!(
            "{verdict} restarts {} hints {} taken-back {} weak {weak} of {}\n",
            self.restarts, self.hints, self.taken_back, self.of
        )
    }

    fn parse(line: &str) -> Option<Self> {
        let (head, of) = line.split_once(" of ")?;
        let words: Vec<&str> = head.split(' ').collect();
        let [verdict, "restarts", restarts, "hints", hints, "taken-back", taken_back, "weak", weak] =
            words.as_slice()
        else {
            return None;
        };
        let item = |it: &str| Item::ALL.into_iter().find(|item| word(*item) == it);
        let weak: Option<Vec<Item>> = match *weak {
            "nothing" => Some(Vec::new()),
            weak => weak.split(',').map(item).collect(),
        };
        Some(Self {
            passed: match *verdict {
                "passed" => true,
                "failed" => false,
                _ => return None,
            },
            restarts: restarts.parse().ok()?,
            hints: hints.parse().ok()?,
            taken_back: taken_back.parse().ok()?,
            weak: weak?,
            of: of.to_owned(),
        })
    }
}

fn word(item: Item) -> String {
    item.id().replace(' ', "-")
}

impl Progress {
    /// The file.
    pub fn print(&self) -> String {
        let lines: String = self.runs.iter().map(Run::print).collect();
        format!("{HEAD} {FORMAT}\n{lines}")
    }

    /// What it comes to, in a sentence or two.
    pub fn summary(&self) -> String {
        let passed = self.runs.iter().filter(|it| it.passed).count();
        let alone =
            self.runs.iter().filter(|it| it.passed && it.hints + it.taken_back == 0).count();
        let mut weak: BTreeMap<Item, usize> = BTreeMap::new();
        for item in self.runs.iter().flat_map(|it| &it.weak) {
            *weak.entry(*item).or_default() += 1;
        }
        // The earliest of those that are weak most often.
        let most = weak.iter().rev().max_by_key(|(_, count)| **count);
        let most = most.map_or_else(String::new, |(item, count)| {
            format!(" Most often weak: {} ({count}).", item.id())
        });
        let runs = wording::count(self.runs.len(), "run");
        format!("{runs}, {passed} passed, {alone} of them without help.{most}")
    }
}

/// Reads a progress file: the runs, where it has no error, and all that there is to say. An empty file
/// holds no run.
pub fn read(source: &str) -> (Option<Progress>, Diagnostics) {
    let mut said = Diagnostics::default();
    let mut progress = Progress::default();
    let mut at = 0;
    for (index, line) in source.split_inclusive('\n').enumerate() {
        let text = line.trim_end();
        let span = at..at + text.len();
        at += line.len();
        if index == 0 {
            check_head(span, text, &mut said);
        } else if !text.is_empty() && !said.has_errors() {
            if let Some(run) = Run::parse(text) {
                progress.runs.push(run);
            } else {
                let help =
                    "remove the line, or move the file away; it was left as it is".to_owned();
                said.error("damaged-progress", span, "this line tells of no run", "", Some(help));
            }
        }
    }
    if progress.runs.len() > RUNS_MAX {
        let help = format!("at most {RUNS_MAX}: move the file away and begin another");
        said.error("damaged-progress", 0..0, "the file holds too many runs", "", Some(help));
    }
    (Some(progress).filter(|_| !said.has_errors()), said)
}

fn check_head(span: Span, text: &str, said: &mut Diagnostics) {
    let Some(format) = text.strip_prefix(HEAD).map(str::trim) else {
        let help = format!("it would begin with `{HEAD} {FORMAT}`; the file was left as it is");
        said.error("foreign-progress", span, "this is no progress file", "", Some(help));
        return;
    };
    if format != FORMAT {
        let message =
            format!("progress of the format `{}` is not known", wording::clipped(format, 20));
        let help = format!(
            "this program reads format {FORMAT}; a newer one wrote this, and it was left as it is"
        );
        said.error("foreign-progress", span, message, "", Some(help));
    }
}
