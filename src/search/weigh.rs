//! What a verdict rests on: which rules it hinges on, and which lines of the runbook it depends on.

use super::edit::Edit;
use super::edit::mutants;
use super::verify::Question;
use super::verify::Tally;
use super::verify::tally;
use crate::model::property::Property;
use crate::model::rule::RuleId;

/// The totals with one rule believed the other way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Belief {
    /// The rule.
    pub rule: RuleId,
    /// Whether it is believed in the question itself.
    pub believed: bool,
    /// The totals with the rule the other way.
    pub tally: Tally,
}

/// The totals with each rule in turn believed the other way, in the order of the rules.
pub fn beliefs(question: &Question<'_>) -> Vec<Belief> {
    let turn = |rule: RuleId| {
        let believed = question.rules.believes(rule);
        let rules = if believed { question.rules.without(rule) } else { question.rules.with(rule) };
        Belief { rule, believed, tally: tally(&Question { rules, ..*question }) }
    };
    RuleId::ALL.into_iter().map(turn).collect()
}

/// A mutant of the runbook, and who noticed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The change.
    pub edit: Edit,
    /// The properties that more or fewer cases break than before; none where it survived.
    pub noticed: Vec<Property>,
    /// Whether the number of cases by restarts is other than before.
    pub costs_otherwise: bool,
}

/// Every mutant of the runbook, in the order of the file.
pub fn mutate(question: &Question<'_>, before: &Tally) -> Vec<Mutant> {
    let test = |edit: Edit| {
        let runbook = edit.apply(question.runbook)?;
        let after = tally(&Question { runbook: &runbook, ..*question });
        let other = |it: &Property| after.failing(*it) != before.failing(*it);
        let noticed = Property::ALL.into_iter().filter(other).collect();
        let costs_otherwise = after.restarts != before.restarts;
        Some(Mutant { edit, noticed, costs_otherwise })
    };
    mutants(question.runbook).into_iter().filter_map(test).collect()
}
