//! One case, one order: plays a scenario and compares what comes of it with what it expects.

use crate::files::expect::Expect;
use crate::files::runbook::RunbookFile;
use crate::files::scenario::Entry;
use crate::files::scenario::Scenario;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::event::Event;
use crate::model::follow::Follower;
use crate::model::follow::Place;
use crate::model::host::Host;
use crate::model::property::Judge;
use crate::model::property::Properties;
use crate::model::property::Property;
use crate::model::refusal::Refusal;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::model::trace::ACTIONS_MAX;
use crate::model::trace::End;
use crate::model::trace::Turn;
use crate::model::trace::run;
use crate::text::span::Span;
use crate::text::wording;

/// What came of a scenario.
#[derive(Clone, Debug)]
pub struct Played {
    /// The turns of the host's history, oldest first; empty where it was given by facts.
    pub history: Vec<Turn>,
    /// The turns of each act.
    pub acts: Vec<Vec<Turn>>,
    /// Every expectation that was not met, in the order of the file.
    pub misses: Vec<Miss>,
    /// Every refusal that no expectation of its act names.
    pub unnamed_refusals: Vec<UnnamedRefusal>,
    /// What came of each runbook, in the order of the file.
    pub runbooks: Vec<Followed>,
}

/// An expectation that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The act, counted from 0; none for a runbook.
    pub act: Option<usize>,
    /// The runbook entry, counted from 0; none for an act.
    pub entry: Option<usize>,
    /// The key of the expectation.
    pub key: &'static str,
    /// The place of the expected value.
    pub span: Span,
    /// What was expected.
    pub expected: String,
    /// What was seen.
    pub seen: String,
}

/// A refusal that nobody asked for: it fails nothing, and is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnnamedRefusal {
    /// The place of the action.
    pub span: Span,
    /// Why it was refused.
    pub refusal: Refusal,
}

/// A runbook followed on one host.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The turns, `finish` included, and where in the runbook each comes from.
    pub turns: Vec<(Turn, Option<Place>)>,
    /// How it ended.
    pub end: End,
    /// The properties that it broke.
    pub broken: Properties,
    /// The turn at which each property was broken, counted from 0; those that only the end decides
    /// are not among them.
    pub broken_at: Vec<(Property, usize)>,
}

impl Played {
    /// The turns of all acts, in order.
    pub fn turns(&self) -> impl Iterator<Item = &Turn> {
        self.acts.iter().flatten()
    }

    /// The rules that fired anywhere, history and runbooks included.
    pub fn fired(&self) -> RuleSet {
        let followed = self.runbooks.iter().flat_map(|it| it.turns.iter().map(|(turn, _)| turn));
        self.history
            .iter()
            .chain(self.turns())
            .chain(followed)
            .fold(RuleSet::NONE, |set, turn| set.or(turn.fired()))
    }
}

/// Follows `runbook` on `first` to its end.
pub fn follow(rules: RuleSet, first: &Host, runbook: &RunbookFile) -> Followed {
    let mut turns = Vec::new();
    let mut broken_at = Vec::new();
    let mut judge = Judge::new(rules, first);
    let mut technician = Follower::new(&runbook.runbook);
    let end = run(rules, first, &mut technician, ACTIONS_MAX, |technician, turn| {
        let before = judge.broken_so_far();
        judge.turn(turn);
        let new = judge.broken_so_far().less(before);
        broken_at.extend(new.iter().map(|it| (it, turns.len())));
        turns.push((*turn, technician.place()));
    });
    Followed { turns, end, broken: judge.end(&end), broken_at }
}

/// Plays `scenario`; `runbooks` are the files of its runbook entries, in the same order.
pub fn play(scenario: &Scenario, runbooks: &[RunbookFile]) -> Played {
    let history = relive(scenario);
    let mut played = Played {
        history,
        acts: Vec::new(),
        misses: Vec::new(),
        unnamed_refusals: Vec::new(),
        runbooks: Vec::new(),
    };
    let mut host = scenario.host;
    let mut restarts = 0;
    for (index, act) in scenario.acts.iter().enumerate() {
        let mut turns = Vec::new();
        for action in &act.actions {
            let turn = Turn::take(scenario.rules, &host, action.value);
            host = *turn.after();
            restarts += u32::from(turn.action == Action::Restart);
            if let Err(refusal) = turn.result
                && !names(&act.expect, refusal)
            {
                let span = action.span.clone();
                played.unnamed_refusals.push(UnnamedRefusal { span, refusal });
            }
            turns.push(turn);
        }
        let seen = Seen { scenario, turns: &turns, host: &host, restarts };
        let before = played.misses.len();
        seen.compare(&act.expect, &mut played.misses);
        for miss in played.misses.iter_mut().skip(before) {
            miss.act = Some(index);
        }
        played.acts.push(turns);
    }
    for (index, (entry, file)) in scenario.runbooks.iter().zip(runbooks).enumerate() {
        let followed = follow(scenario.rules, &scenario.host, file);
        played.misses.extend(verdict_missed(entry, index, followed.broken));
        played.runbooks.push(followed);
    }
    played
}

/// Whether `expect` names this refusal, by its reason or by the error shown with it.
fn names(expect: &Expect, refusal: Refusal) -> bool {
    let error = expect.error.as_ref().map(|it| it.value);
    expect.refused.as_ref().is_some_and(|it| it.value == refusal)
        || error.is_some() && error == refusal.error()
}

/// The turns of the host's history.
fn relive(scenario: &Scenario) -> Vec<Turn> {
    let Some(history) = &scenario.history else { return Vec::new() };
    let mut host = Host::fresh(history.os, scenario.host.exchange);
    let mut turns = Vec::new();
    for action in &history.actions {
        let turn = Turn::take(scenario.rules, &host, *action);
        host = *turn.after();
        turns.push(turn);
    }
    turns
}

fn ids(properties: Properties) -> String {
    let ids: Vec<&str> = properties.iter().map(Property::id).collect();
    wording::list(&ids)
}

fn verdict_missed(entry: &Entry, index: usize, broken: Properties) -> Option<Miss> {
    let (key, met, expected) = match entry.breaks.value {
        None => ("holds", broken.gating().is_empty(), "it holds".to_owned()),
        Some(breaks) => ("breaks", broken == breaks, format!("it breaks {}", ids(breaks))),
    };
    let seen = if broken.is_empty() {
        "it holds".to_owned()
    } else {
        format!("it breaks {}", ids(broken))
    };
    let span = entry.breaks.span.clone();
    (!met).then_some(Miss { act: None, entry: Some(index), key, span, expected, seen })
}

/// What is to be compared after an act.
struct Seen<'a> {
    scenario: &'a Scenario,
    turns: &'a [Turn],
    host: &'a Host,
    restarts: u32,
}

impl Seen<'_> {
    fn compare(&self, expect: &Expect, misses: &mut Vec<Miss>) {
        let mut miss = |key, span: &Span, met: bool, expected: String, seen: String| {
            if !met {
                misses.push(Miss {
                    act: None,
                    entry: None,
                    key,
                    span: span.clone(),
                    expected,
                    seen,
                });
            }
        };
        let (host, names) = (self.host, &self.scenario.names);
        if let Some(it) = &expect.event {
            let ids = self.events();
            miss("event", &it.span, ids.contains(&it.value), it.value.to_string(), numbers(&ids));
        }
        if let Some(it) = &expect.error {
            let errors = self.errors();
            miss(
                "error",
                &it.span,
                errors.contains(&it.value),
                it.value.to_string(),
                numbers(&errors),
            );
        }
        if let Some(it) = &expect.refused {
            let refusals: Vec<&str> =
                self.turns.iter().filter_map(|it| it.result.err()).map(Refusal::id).collect();
            let met = refusals.contains(&it.value.id());
            miss("refused", &it.span, met, it.value.id().to_owned(), wording::list(&refusals));
        }
        if let Some(it) = &expect.imc {
            let (want, have) = (it.value.id().to_owned(), host.imc.id().to_owned());
            miss("imc", &it.span, it.value == host.imc, want, have);
        }
        if let Some(it) = &expect.lost {
            let want = wording::list(&names.share_names(it.value));
            let have = wording::list(&names.share_names(host.lost));
            miss("lost", &it.span, it.value == host.lost, want, have);
        }
        if let Some(it) = &expect.installed {
            let base_counts = it.value.meets(Components::BASE);
            let counted =
                if base_counts { host.installed } else { host.installed.less(Components::BASE) };
            let list =
                |set: Components| wording::list(&set.iter().map(Component::id).collect::<Vec<_>>());
            miss("installed", &it.span, it.value == counted, list(it.value), list(counted));
        }
        if let Some(it) = &expect.restarts {
            let met = it.value == self.restarts;
            miss("restarts", &it.span, met, it.value.to_string(), self.restarts.to_string());
        }
        if let Some(it) = &expect.rules {
            let fired = self.turns.iter().fold(RuleSet::NONE, |set, turn| set.or(turn.fired()));
            let list =
                |set: RuleSet| wording::list(&set.iter().map(RuleId::id).collect::<Vec<_>>());
            let met = it.value.iter().all(|rule| fired.believes(rule));
            miss("rules", &it.span, met, list(it.value), list(fired));
        }
    }

    fn events(&self) -> Vec<u16> {
        self.turns.iter().flat_map(|it| it.events().iter()).map(Event::id).collect()
    }

    fn errors(&self) -> Vec<u16> {
        self.turns.iter().filter_map(|it| it.outcome().error()).collect()
    }
}

fn numbers(numbers: &[u16]) -> String {
    let mut texts: Vec<String> = numbers.iter().map(ToString::to_string).collect();
    texts.dedup();
    wording::list(&texts)
}
