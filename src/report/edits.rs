//! Edits of a runbook, in words.

use super::verify::VerifyReport;
use crate::files::language;
use crate::model::follow::Place;
use crate::model::runbook::Each;
use crate::model::runbook::RunbookStep;
use crate::model::runbook::Target;
use crate::model::runbook::Verb;
use crate::search::edit::Edit;
use crate::search::edit::REINSTALL;
use crate::search::edit::repair;
use crate::search::edit::same_verbs;
use crate::text::wording;

impl VerifyReport {
    /// An edit of this runbook, in words.
    pub fn edit(&self, edit: &Edit) -> String {
        let at = edit.place().and_then(|it| self.file.verb_text(it));
        let line = at.as_ref().map_or(0, |(line, _)| *line);
        let verb = at.map(|(_, text)| text).unwrap_or_default();
        let step = edit.step().map_or(0, |it| it + 1);
        match edit {
            Edit::Turn(index) => {
                let old =
                    self.file.runbook.steps.get(*index).map_or(Each::OneAtATime, |it| it.each);
                let new = match old {
                    Each::Together => Each::OneAtATime,
                    Each::OneAtATime => Each::Together,
                };
                format!("in step {step} `each = \"{}\"`", new.id())
            }
            Edit::TurnFinally(index) => {
                let old = self.file.runbook.steps.get(*index).is_some_and(|it| it.finally);
                format!("in step {step} `finally = {}`", !old)
            }
            Edit::Drop(_) => format!("leave out {verb} in line {line}{}", self.so_that(edit)),
            Edit::Replace(_, new) => {
                let new = language::print_verb(*new);
                format!("`{new}` instead of {verb} in line {line}{}", self.so_that(edit))
            }
            Edit::Rewrite(_) => {
                format!("in step {step} `do = {}`", bracketed(&REINSTALL))
            }
            Edit::Target(_, component) => format!(
                "in step {step} `for = \"{0}\"`, and `remove` and `install` without `{0}`",
                component.id()
            ),
            Edit::DropEverywhere(condition) => {
                format!("leave out `{}` wherever it stands under `when`", condition.id())
            }
            Edit::InsertRepair(index) => format!("after step {index} {}", repair_words()),
            Edit::Double(_) => format!("{verb} in line {line} twice{}", self.so_that(edit)),
            Edit::Swap(place) => {
                let next = Place { verb: place.verb + 1, ..*place };
                let next = self.file.verb_text(next).map(|(_, text)| text).unwrap_or_default();
                format!("exchange {verb} and {next} in line {line}{}", self.so_that(edit))
            }
            Edit::Insert(place, new) => {
                let new = language::print_verb(*new);
                let so_that = self.so_that(edit);
                if verb.is_empty() {
                    format!("add `{new}` at the end of step {}{so_that}", place.step + 1)
                } else {
                    format!("insert `{new}` before {verb} in line {line}{so_that}")
                }
            }
            Edit::DropCondition(index, at) => {
                let step_of = self.file.runbook.steps.get(*index);
                let condition = step_of.and_then(|it| it.when.get(*at)).map_or("", |it| it.id());
                format!("leave out `{condition}` in step {step}")
            }
            Edit::AddCondition(_, condition) => {
                format!("in step {step} `when = [\"{}\"]`", condition.id())
            }
            Edit::DropStep(_) => format!("leave out step {step}"),
            Edit::Everywhere(edit) => {
                let steps = same_verbs(&self.file.runbook, edit.step().unwrap_or_default());
                let steps: Vec<usize> = steps.iter().map(|it| it + 1).collect();
                format!("{}, and so in steps {}", self.edit(edit), wording::numbers(&steps))
            }
            Edit::AddTarget(_, target) => format!("add `{}` to `for` in step {step}", target.id()),
            Edit::Begin(new) => format!("begin with a step {}", step_words(new)),
            Edit::InsertStep(index, new) => {
                format!("after step {index} a step {}", step_words(new))
            }
        }
    }
}

impl VerifyReport {
    /// What the step of an edit of verbs does then; nothing where that is long.
    fn so_that(&self, edit: &Edit) -> String {
        let changed = edit.apply(&self.file.runbook);
        let step = edit.step().zip(changed).and_then(|(at, it)| it.steps.into_iter().nth(at));
        step.filter(|it| it.verbs.len() <= VERBS_SHOWN)
            .map_or_else(String::new, |it| format!(": `do = {}`", bracketed(&it.verbs)))
    }
}

/// The most verbs of a step that are shown in an edit.
const VERBS_SHOWN: usize = 10;

/// The step that reinstalls all that the article names, and the one that shares again.
fn repair_words() -> String {
    let (repair, share) = repair();
    format!("a step {}; and at the end a step {}", step_words(&repair), step_words(&share))
}

/// Verbs as the file has them.
fn bracketed(verbs: &[Verb]) -> String {
    let verbs: Vec<String> =
        verbs.iter().map(|it| format!("\"{}\"", language::print_verb(*it))).collect();
    format!("[{}]", verbs.join(", "))
}

fn step_words(step: &RunbookStep) -> String {
    let verbs: Vec<String> =
        step.verbs.iter().map(|it| format!("`{}`", language::print_verb(*it))).collect();
    let targets = step.targets.as_ref().map_or_else(String::new, |it| {
        let ids: Vec<&str> = it.named().iter().map(|it| Target::id(*it)).collect();
        format!(" for {}", wording::list(&ids))
    });
    let when = step.when.first().map_or_else(String::new, |it| format!(" when `{}`", it.id()));
    let finally = if step.finally { ", finally" } else { "" };
    format!("{}{targets}{when}{finally}", verbs.join(", "))
}
