//! What `verify` adds when asked: another runbook beside it, each rule the other way, each line changed.

use super::balance::source;
use super::closed;
use super::columns;
use super::columns::NARROW;
use super::style;
use super::verify::VerifyReport;
use super::verify::condition;
use super::words;
use crate::files::runbook::RunbookFile;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::rule::Source;
use crate::search::case;
use crate::search::compare::Difference;
use crate::search::play::follow;
use crate::search::verify::Tally;
use crate::search::ways::Change;
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
    /// In words.
    #[schemars(schema_with = "closed::differences")]
    change: String,
    #[schemars(schema_with = "closed::kind_of_change")]
    kind: &'static str,
    /// The property that is broken or no longer broken; else null.
    #[schemars(schema_with = "closed::property_or_null")]
    property: Option<&'static str>,
    /// The number of cases.
    cases: u64,
    /// Exactly when: any of these; null where no words were found.
    condition: Option<Vec<String>>,
    /// The smallest case.
    witness: String,
    /// The rules without any one of which the smallest case would not come out otherwise in this way.
    #[schemars(schema_with = "closed::rules")]
    rules: Vec<&'static str>,
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
        kind: it.change.id(),
        property: it.change.property().map(Property::id),
        cases: it.cases,
        condition: it.condition.as_ref().map(condition),
        witness: case::name(&it.witness),
        rules: it.rules.iter().map(|it| it.id()).collect(),
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

/// A way in which cases come out otherwise, in words.
pub fn change(change: Change) -> String {
    match change {
        Change::Breaks(it) => format!("newly breaks {}", it.id()),
        Change::Mends(it) => format!("no longer breaks {}", it.id()),
        Change::LosesShares => "shares are lost on the way, and were not".to_owned(),
        Change::KeepsShares => "shares are no longer lost on the way".to_owned(),
        Change::LosesSettings => "settings are lost, and were not".to_owned(),
        Change::KeepsSettings => "settings are no longer lost".to_owned(),
        Change::MoreRestarts => "more restarts".to_owned(),
        Change::FewerRestarts => "fewer restarts".to_owned(),
        Change::MoreTries => "more tries".to_owned(),
        Change::FewerTries => "fewer tries".to_owned(),
        Change::MoreActions => "more actions".to_owned(),
        Change::FewerActions => "fewer actions".to_owned(),
        Change::OtherActions => "as many actions, but others".to_owned(),
        Change::OtherEnd => "at the end the host differs from the first in another way".to_owned(),
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

/// Differences, those of exactly the same cases put together.
pub fn together(differences: &[Difference]) -> Vec<Vec<&Difference>> {
    let mut groups: Vec<Vec<&Difference>> = Vec::new();
    for it in differences {
        let same = |group: &&mut Vec<&Difference>| {
            group.first().is_some_and(|first| {
                first.cases == it.cases
                    && first.condition == it.condition
                    && first.witness == it.witness
            })
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(it),
            None => groups.push(vec![it]),
        }
    }
    groups
}

/// How many terms of a condition are told to people.
const TERMS_MAX: usize = 6;

/// Ways in which some of `cases` cases come out otherwise, all of them the same cases: exactly which, the
/// smallest of them, and the rules that it hinges on; `why` says what differs where it hinges on none.
pub fn difference(same: &[&Difference], cases: u64, changed: RuleSet, why: &str) -> String {
    let Some(it) = same.first() else { return String::new() };
    let style = match it.change {
        Change::Breaks(it) if !it.gates() => style::HEAD,
        Change::Breaks(_) | Change::LosesShares | Change::LosesSettings => style::BAD,
        Change::Mends(_) | Change::KeepsShares | Change::KeepsSettings => style::GOOD,
        Change::MoreRestarts
        | Change::FewerRestarts
        | Change::MoreTries
        | Change::FewerTries
        | Change::MoreActions
        | Change::FewerActions
        | Change::OtherActions
        | Change::OtherEnd => style::HEAD,
    };
    let words = |it: &&Difference| {
        let advice = if is_advice(it.change) { " (advice)" } else { "" };
        format!("{}{advice}", change(it.change))
    };
    let ways: Vec<String> = same.iter().map(words).collect();
    let counted = format!("{} of {} cases", thousands(it.cases), thousands(cases));
    let text = format!("{}: {counted}", wording::list(&ways));
    let mut out = String::from("\n");
    for line in columns::wrap(&text, NARROW) {
        out.push_str(&format!("{}\n", style::in_style(style, &line)));
    }
    let mut say = |name: &str, text: &str| {
        out.push_str(&columns::hanging_within(NARROW, &format!("  {name}"), 16, text));
    };
    match &it.condition {
        None => say("exactly when", "not found in words"),
        Some(it) => {
            let terms = condition(it);
            // What is left out takes a line too, which one more term may as well have.
            let told = if terms.len() == TERMS_MAX + 1 { terms.len() } else { TERMS_MAX };
            for (index, term) in terms.iter().take(told).enumerate() {
                say(if index == 0 { "exactly when" } else { "or when" }, term);
            }
            if let Some(more) = terms.len().checked_sub(told).filter(|it| *it > 0) {
                say("or when", &format!("any of {more} more, which `--format json` lists"));
            }
        }
    }
    for (index, text) in hinges_on(same, changed, why).iter().enumerate() {
        say(if index == 0 { "hinges on" } else { "" }, text);
    }
    say("smallest", &case::name(&it.witness));
    out
}

/// Whether it is about a property that fails no run.
fn is_advice(change: Change) -> bool {
    Property::ALL
        .into_iter()
        .filter(|it| !it.gates())
        .any(|it| change == Change::Breaks(it) || change == Change::Mends(it))
}

/// The rules that the smallest case hinges on, each with its source; those that were changed where there are.
fn hinges_on(same: &[&Difference], changed: RuleSet, why: &str) -> Vec<String> {
    let of = |it: &&Difference| it.rules.iter().fold(RuleSet::NONE, |set, it| set.with(*it));
    let all = same.iter().map(of).fold(RuleSet::NONE, RuleSet::or);
    let told = |it: RuleId, more: &str| format!("rule {} ({}){more}", it.id(), source(it));
    let itself: Vec<String> = all
        .iter()
        .filter(|it| changed.believes(*it))
        .map(|it| told(it, ", which was changed"))
        .collect();
    if !itself.is_empty() {
        return itself;
    }
    if all.is_empty() {
        vec![format!("no rule by itself: {why}")]
    } else {
        all.iter().map(|it| told(it, "")).collect()
    }
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
        let cases = report.verdict.tally.cases;
        out.push_str(&difference(&same, cases, RuleSet::NONE, "the runbook differs"));
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
