//! What `verify` adds when asked: another runbook beside it, each rule the other way, each line changed.

use super::columns;
use super::style;
use super::verify::VerifyReport;
use super::verify::condition;
use super::words;
use crate::files::runbook::RunbookFile;
use crate::model::property::Property;
use crate::model::rule::Source;
use crate::search::case;
use crate::search::compare::Change;
use crate::search::compare::Difference;
use crate::search::play::follow;
use crate::search::verify::Tally;
use crate::search::weigh::Belief;
use crate::search::weigh::Mutant;
use crate::text::wording;
use crate::text::wording::thousands;
use schemars::JsonSchema;
use serde::Serialize;

/// Another runbook, and what comes out otherwise under this one.
#[derive(Debug)]
pub struct Against {
    /// The path of the other runbook.
    pub path: String,
    /// The other runbook.
    pub file: RunbookFile,
    /// The differences.
    pub differences: Vec<Difference>,
}

impl Against {
    /// Whether a case breaks a property that gates, which it did not under the other runbook.
    pub fn is_worse(&self) -> bool {
        self.differences.iter().any(|it| matches!(it.change, Change::Breaks(it) if it.gates()))
    }
}

/// One way in which cases come out otherwise.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DifferenceDocument {
    change: String,
    /// The number of cases.
    cases: u64,
    /// Exactly when: any of these; null where no words were found.
    condition: Option<Vec<String>>,
    /// The smallest case.
    witness: String,
}

/// The verdict with one rule believed the other way.
#[derive(Debug, Serialize, JsonSchema)]
pub struct BeliefDocument {
    rule: &'static str,
    /// Whether the rule is believed in the verdict itself.
    believed: bool,
    /// `article`, `documented` or `assumption`.
    source: &'static str,
    /// The number of cases that break a property that gates, with the rule the other way.
    broken: u64,
    /// Whether the verdict is another then.
    hinges: bool,
}

/// A mutant of the runbook.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MutantDocument {
    change: String,
    /// The properties that other numbers of cases break; empty where it survived.
    noticed: Vec<&'static str>,
    /// Whether other numbers of restarts are done.
    costs_otherwise: bool,
}

/// The differences, for programs.
pub fn difference_documents(differences: &[Difference]) -> Vec<DifferenceDocument> {
    let document = |it: &Difference| DifferenceDocument {
        change: change(it.change),
        cases: it.cases,
        condition: it.condition.as_ref().map(condition),
        witness: case::name(&it.witness),
    };
    differences.iter().map(document).collect()
}

/// The beliefs, for programs.
pub fn belief_documents(tally: &Tally, beliefs: &[Belief]) -> Vec<BeliefDocument> {
    let document = |it: &Belief| BeliefDocument {
        rule: it.rule.id(),
        believed: it.believed,
        source: kind(it),
        broken: it.tally.broken,
        hinges: hinges(tally, it),
    };
    beliefs.iter().map(document).collect()
}

/// The mutants, for programs.
pub fn mutant_documents(report: &VerifyReport, mutants: &[Mutant]) -> Vec<MutantDocument> {
    let document = |it: &Mutant| MutantDocument {
        change: report.edit(&it.edit),
        noticed: it.noticed.iter().map(|it| it.id()).collect(),
        costs_otherwise: it.costs_otherwise,
    };
    mutants.iter().map(document).collect()
}

fn change(change: Change) -> String {
    match change {
        Change::Breaks(it) => format!("newly breaks {}", it.id()),
        Change::Mends(it) => format!("no longer breaks {}", it.id()),
        Change::LosesShares => "shares are lost on the way, and were not".to_owned(),
        Change::KeepsShares => "shares are no longer lost on the way".to_owned(),
        Change::MoreRestarts => "more restarts".to_owned(),
        Change::FewerRestarts => "fewer restarts".to_owned(),
        Change::MoreTries => "more tries".to_owned(),
        Change::FewerTries => "fewer tries".to_owned(),
    }
}

const fn kind(belief: &Belief) -> &'static str {
    match belief.rule.rule().source {
        Source::Article(_) => "article",
        Source::Documented(_) => "documented",
        Source::Assumption(_) => "assumption",
    }
}

const fn hinges(tally: &Tally, belief: &Belief) -> bool {
    (tally.broken == 0) != (belief.tally.broken == 0)
}

fn properties(tally: &Tally) -> String {
    let broken = Property::ALL.into_iter().filter(|it| tally.failing(*it) > 0);
    let words: Vec<String> =
        broken.map(|it| format!("{} {}", it.id(), thousands(tally.failing(it)))).collect();
    wording::list(&words)
}

/// Differences of the same cases, one by one or put together.
pub fn together(differences: &[Difference]) -> impl Iterator<Item = &[Difference]> {
    differences.chunk_by(|one, next| {
        one.cases == next.cases && one.condition == next.condition && one.witness == next.witness
    })
}

/// Ways in which some of `cases` cases come out otherwise, all of them the same cases: exactly which, and
/// the smallest of them.
pub fn difference(same: &[Difference], cases: u64) -> String {
    let Some(it) = same.first() else { return String::new() };
    let style = match it.change {
        Change::Breaks(_) | Change::LosesShares => style::BAD,
        Change::Mends(_) | Change::KeepsShares => style::GOOD,
        Change::MoreRestarts | Change::FewerRestarts | Change::MoreTries | Change::FewerTries => {
            style::HEAD
        }
    };
    let changes: Vec<String> = same.iter().map(|it| change(it.change)).collect();
    let what = style::in_style(style, &wording::list(&changes));
    let mut out = format!("\n{what}  {} of {} cases\n", thousands(it.cases), thousands(cases));
    match &it.condition {
        None => out.push_str("  exactly when  not found in words\n"),
        Some(it) => {
            for (index, term) in condition(it).iter().enumerate() {
                let name = if index == 0 { "  exactly when" } else { "  or when" };
                out.push_str(&columns::hanging(name, 16, term));
            }
        }
    }
    out.push_str(&columns::hanging("  smallest", 16, &case::name(&it.witness)));
    out
}

/// What comes out otherwise than under the other runbook, for people.
pub fn against(report: &VerifyReport, against: &Against) -> String {
    let mut out = format!("{} against {}\n", report.path, against.path);
    if against.differences.is_empty() {
        let cases = thousands(report.verdict.tally.cases);
        out.push_str(&format!("no difference in {cases} cases\n"));
        return out;
    }
    let names = case::names();
    for same in together(&against.differences) {
        out.push_str(&difference(same, report.verdict.tally.cases));
        let Some(it) = same.first() else { continue };
        for (name, file) in [("old", &against.file), ("new", &report.file)] {
            let followed = follow(report.rules, &it.witness, file);
            let turns: Vec<_> = followed.turns.iter().map(|(turn, _)| turn.action).collect();
            let words = super::verify::actions(&turns, &names).replace('`', "");
            out.push_str(&columns::hanging(&format!("  {name}"), 16, &words));
        }
    }
    out
}

/// What the verdict hinges on, for people.
pub fn beliefs(tally: &Tally, beliefs: &[Belief]) -> String {
    let mut out = format!("{}\n", style::in_style(style::HEAD, "Each rule believed the other way"));
    for it in beliefs {
        let turned = if it.believed { "without" } else { "with" };
        let answer = if it.tally.broken == 0 { "holds" } else { "broken" };
        let mark = if hinges(tally, it) { "hinges on it" } else { "same verdict" };
        let broken = properties(&it.tally);
        let detail = if it.tally.broken == 0 { String::new() } else { format!(": {broken}") };
        let text = format!("{answer}, {mark} ({}){detail}", words::source(it.rule));
        out.push_str(&columns::hanging(&format!("  {turned} {}", it.rule.id()), 48, &text));
    }
    let hinged: Vec<&str> =
        beliefs.iter().filter(|it| hinges(tally, it)).map(kind).collect::<Vec<_>>();
    let count = |kind: &str| hinged.iter().filter(|it| **it == kind).count();
    out.push_str(&format!(
        "the verdict hinges on {}: {} from the article, {} documented, {}\n",
        wording::count(hinged.len(), "rule"),
        count("article"),
        count("documented"),
        wording::count(count("assumption"), "assumption"),
    ));
    out
}

/// What depends on which line, for people.
pub fn mutants(report: &VerifyReport, mutants: &[Mutant]) -> String {
    let survived: Vec<&Mutant> = mutants.iter().filter(|it| it.noticed.is_empty()).collect();
    let mut out = format!(
        "{}\n{} of {} noticed by a property\n",
        style::in_style(style::HEAD, "Each line changed"),
        mutants.len() - survived.len(),
        wording::count(mutants.len(), "mutant"),
    );
    for it in survived {
        let cost =
            if it.costs_otherwise { "it costs other restarts" } else { "nothing depends on it" };
        let text = format!("{}: {cost}", report.edit(&it.edit));
        out.push_str(&columns::hanging("  survives", 12, &text));
    }
    out
}
