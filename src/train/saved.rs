//! A run as a scenario: its first host, what was done, and what came of it as expectations.

use super::grade::Grade;
use super::lesson::Lesson;
use super::lesson::Origin;
use crate::files::expect::Expect;
use crate::files::print;
use crate::files::scenario;
use crate::files::scenario::Act;
use crate::files::scenario::Scenario;
use crate::model::action::Action;
use crate::model::observe::Outcome;
use crate::model::set::Components;
use crate::model::trace::Turn;
use crate::text::span::Placed;

fn placed<T>(value: T) -> Placed<T> {
    Placed::new(value, 0..0)
}

/// The run as a scenario file; none where nothing was done, since nothing would be expected.
pub fn scenario(lesson: &Lesson, grade: &Grade) -> Option<String> {
    let acts = acts(&grade.turns);
    if acts.is_empty() {
        return None;
    }
    let history = match &lesson.origin {
        Origin::Seed { .. } => None,
        Origin::Scenario { text, .. } => scenario::read(text).0.and_then(|it| it.history),
    };
    let host = lesson.first;
    Some(print::scenario(&Scenario {
        title: format!("A run at the prompt: {}", lesson.name()),
        teaches: String::new(),
        shows: Vec::new(),
        rules: lesson.rules,
        host,
        names: lesson.names.clone(),
        history,
        acts,
        runbooks: Vec::new(),
    }))
}

/// The turns as acts, each ending with a try, a refusal or the end of the run.
fn acts(turns: &[Turn]) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut restarts = 0;
    let ends = |it: &Turn| it.action.is_try() || it.result.is_err();
    for part in turns.split_inclusive(ends) {
        restarts += part.iter().map(|it| u32::from(it.action == Action::Restart)).sum::<u32>();
        let Some(last) = part.last() else { continue };
        let host = last.after();
        let mut expect = Expect {
            imc: Some(placed(host.imc)),
            lost: Some(placed(host.lost)),
            restarts: Some(placed(restarts)),
            ..Expect::default()
        };
        match last.outcome() {
            Outcome::Refused(refusal) => expect.refused = Some(placed(refusal)),
            Outcome::Failed(failure) => {
                expect.error = Some(placed(failure.error()));
                expect.event = last.events().iter().next().map(|it| placed(it.id()));
            }
            Outcome::Done => {}
        }
        let shown = if Components::BASE.within(host.installed) {
            host.installed.less(Components::BASE)
        } else {
            host.installed
        };
        expect.installed = Some(placed(shown));
        acts.push(Act { actions: part.iter().map(|it| placed(it.action)).collect(), expect });
    }
    acts
}
