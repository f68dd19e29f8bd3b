//! Futures: what comes of a host when somebody acts, and the same with something changed.

use super::agree::agree;
use crate::files::change::HistoryEdit;
use crate::files::change::HostFact;
use crate::files::change::NoChange;
use crate::files::host::History;
use crate::files::language;
use crate::files::runbook::RunbookFile;
use crate::files::scenario::Scenario;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::action::Claim;
use crate::model::component::Component;
use crate::model::follow::Follower;
use crate::model::host::Host;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Observation;
use crate::model::property::Judge;
use crate::model::property::Properties;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::technician::Listed;
use crate::model::technician::Technician;
use crate::model::trace::ACTIONS_MAX;
use crate::model::trace::Turn;
use crate::model::trace::run;
use crate::text::wording;
use std::fmt::Display;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plan {
    /// Somebody who does this, whatever it comes to, and then finishes as the IMC is.
    Actions(Vec<Action>),
    /// Somebody who follows this runbook.
    Runbook(Runbook),
    /// Somebody who follows this runbook for so many steps, then does this instead.
    Forked {
        /// The runbook.
        runbook: Runbook,
        /// The first step that is replaced, counted from 1.
        at: usize,
        /// What is done instead.
        actions: Vec<Action>,
    },
}

/// What a future follows from.
#[derive(Clone, Debug)]
pub struct Premise {
    /// The rules believed, in the history too.
    pub rules: RuleSet,
    /// How the host came to be; none where it is given by facts.
    pub history: Option<History>,
    /// The host; of one with a history only what stands beside the history.
    pub host: Host,
    /// Facts that hold all the same, after the history.
    pub facts: Vec<HostFact>,
    /// Who acts.
    pub plan: Plan,
    /// The names beside the host.
    pub names: Nameplate,
}

/// What came of a premise. The `finish` of a run is its claim, and none of its turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Future {
    /// The turns of the history, oldest first.
    pub history: Vec<Turn>,
    /// The first host.
    pub first: Host,
    /// The turns.
    pub turns: Vec<Turn>,
    /// What was claimed at the end; none where the run was cut off.
    pub claim: Option<Claim>,
    /// What was broken.
    pub broken: Properties,
}

/// One thing that is otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// From this step on, counted from 1 as timelines do, other actions.
    Do {
        /// The first step that is replaced.
        at: usize,
        /// What is done instead; nothing ends the run before the step.
        actions: Vec<Action>,
    },
    /// A fact of the host.
    Fact(HostFact),
    /// A line of its history.
    History(HistoryEdit),
    /// A rule.
    Rule {
        /// Which.
        rule: RuleId,
        /// Whether it is believed.
        believed: bool,
    },
    /// Another runbook.
    Runbook {
        /// The path as it was given.
        path: String,
        /// The runbook.
        file: RunbookFile,
    },
}

impl Future {
    /// The last host.
    pub fn last(&self) -> &Host {
        self.turns.last().map_or(&self.first, Turn::after)
    }

    /// The rules that fired anywhere, the history included.
    pub fn fired(&self) -> RuleSet {
        let turns = self.history.iter().chain(&self.turns);
        turns.fold(RuleSet::NONE, |set, turn| set.or(turn.fired()))
    }
}

impl Premise {
    /// The premise of `scenario` with somebody who acts by `plan`.
    pub fn of(scenario: &Scenario, plan: Plan) -> Self {
        Self {
            rules: scenario.rules,
            history: scenario.history.clone(),
            host: scenario.host,
            facts: Vec::new(),
            plan,
            names: scenario.names.clone(),
        }
    }

    /// What comes of it.
    ///
    /// # Errors
    ///
    /// When the history is not possible, or the facts do not fit together.
    pub fn live(&self) -> Result<Future, NoChange> {
        let (history, host) = self.relive()?;
        let shares = Shares::first(self.names.shares.len());
        // What is installed before what is damaged of it.
        let mut facts = self.facts.clone();
        facts.sort_unstable();
        if let Some(history) = &self.history {
            agree(&facts, history, &host, &self.names)?;
        }
        let first = facts.iter().fold(host, |host, fact| fact.on(&host, shares));
        fits(&facts, &first)?;
        match &self.plan {
            Plan::Actions(actions) => Ok(self.play(history, first, &mut Listed::new(actions))),
            Plan::Runbook(runbook) => Ok(self.play(history, first, &mut Follower::new(runbook))),
            Plan::Forked { runbook, at, actions } => {
                let mut forked = Forked::new(runbook, *at, actions);
                let future = self.play(history, first, &mut forked);
                if forked.left == 0 {
                    return Ok(future);
                }
                let took = wording::count(future.turns.len(), "step");
                let help = format!("on the host that it meets the runbook takes {took}");
                Err(NoChange { what: format!("there is no step {at}"), help })
            }
        }
    }

    fn relive(&self) -> Result<(Vec<Turn>, Host), NoChange> {
        let Some(history) = &self.history else { return Ok((Vec::new(), self.host)) };
        let mut turns: Vec<Turn> = Vec::new();
        let mut host = Host::fresh(history.os, self.host.exchange);
        for (index, action) in history.actions.iter().enumerate() {
            let turn = Turn::take(self.rules, &host, *action);
            if let Err(refusal) = turn.result {
                let words = language::print(*action, &self.names);
                let what =
                    format!("line h{} of the history, `{words}`, is not possible", index + 2);
                return Err(NoChange { what, help: refusal.says().to_owned() });
            }
            host = *turn.after();
            turns.push(turn);
        }
        let Host { imc, shares, .. } = self.host;
        Ok((turns, Host { imc, shares, lost: Shares::NONE, ..host }))
    }

    fn play(&self, history: Vec<Turn>, first: Host, technician: &mut impl Technician) -> Future {
        let mut judge = Judge::new(self.rules, &first);
        let mut turns: Vec<Turn> = Vec::new();
        // One more than a scenario may have, for the `finish` that follows its last action.
        let end = run(self.rules, &first, technician, ACTIONS_MAX + 1, |_, turn| {
            judge.turn(turn);
            if turn.action.kind() != ActionKind::Finish {
                turns.push(*turn);
            }
        });
        Future { history, first, turns, claim: end.claim, broken: judge.end(&end) }
    }

    /// This premise with `changes`; `base` is what comes of it unchanged, whose steps are counted.
    ///
    /// # Errors
    ///
    /// When two changes contradict each other, a step does not exist, or there is no history to change.
    pub fn changed(&self, base: &Future, changes: &[Change]) -> Result<Self, NoChange> {
        can_be_both(changes)?;
        let mut premise = self.clone();
        let mut edits: Vec<&HistoryEdit> = Vec::new();
        for change in changes {
            match change {
                Change::Do { at, actions } => premise.plan = self.fork(base, *at, actions)?,
                Change::Fact(HostFact::Exchange(exchange)) => premise.host.exchange = *exchange,
                Change::Fact(fact) => premise.facts.push(*fact),
                Change::History(edit) => edits.push(edit),
                Change::Rule { rule, believed } => {
                    premise.rules = turned(premise.rules, *rule, *believed);
                }
                Change::Runbook { file, .. } => {
                    premise.plan = Plan::Runbook(file.runbook.clone());
                }
            }
        }
        // From the end, so that the numbers of the earlier lines stay what they were.
        edits.sort_by_key(|it| std::cmp::Reverse(it.line));
        edits.dedup();
        for edit in edits {
            let Some(history) = &mut premise.history else {
                let what = "the scenario gives its host by facts, not by a history".to_owned();
                let help = "change a fact instead, as in `--host service-pack=0`".to_owned();
                return Err(NoChange { what, help });
            };
            history.os = edit.os.unwrap_or(history.os);
            let at = edit.line.saturating_sub(2).min(history.actions.len());
            let until = edit.line.saturating_sub(1).min(history.actions.len());
            history.actions.splice(at..until, edit.actions.iter().copied());
        }
        Ok(premise)
    }

    /// The plan of this premise up to the step `at`, then `actions`.
    fn fork(&self, base: &Future, at: usize, actions: &[Action]) -> Result<Plan, NoChange> {
        let kept = at.checked_sub(1).ok_or_else(|| no_step(at, base.turns.len()))?;
        let count = kept.saturating_add(actions.len());
        if count > ACTIONS_MAX as usize {
            let what = format!("the future has {count} actions");
            return Err(NoChange { what, help: format!("a run has at most {ACTIONS_MAX}") });
        }
        // A runbook looks at the host that it meets, which may be another than that of `base`.
        if let Plan::Runbook(runbook) = &self.plan {
            let (runbook, actions) = (runbook.clone(), actions.to_vec());
            return Ok(Plan::Forked { runbook, at, actions });
        }
        let kept = base.turns.get(..kept).ok_or_else(|| no_step(at, base.turns.len()))?;
        Ok(Plan::Actions(kept.iter().map(|it| it.action).chain(actions.iter().copied()).collect()))
    }

    /// This premise without `rule`.
    #[must_use]
    pub fn without(&self, rule: RuleId) -> Self {
        Self { rules: turned(self.rules, rule, false), ..self.clone() }
    }
}

const fn turned(rules: RuleSet, rule: RuleId, believed: bool) -> RuleSet {
    if believed { rules.with(rule) } else { rules.without(rule) }
}

/// Follows a runbook for some steps, then does other actions.
struct Forked<'a> {
    follower: Follower<'a>,
    /// How many steps the runbook is still followed for; some are left where it ends before.
    left: usize,
    then: Listed<'a>,
}

impl<'a> Forked<'a> {
    fn new(runbook: &'a Runbook, at: usize, actions: &'a [Action]) -> Self {
        let (follower, then) = (Follower::new(runbook), Listed::new(actions));
        Self { follower, left: at.saturating_sub(1), then }
    }
}

impl Technician for Forked<'_> {
    fn act(&mut self, seen: &Observation) -> Action {
        if self.left == 0 {
            return self.then.act(seen);
        }
        let action = self.follower.act(seen);
        if action.kind() != ActionKind::Finish {
            self.left -= 1;
        }
        action
    }
}

/// Says that a future of `steps` steps has no step `at`.
pub fn no_step(at: impl Display, steps: usize) -> NoChange {
    let help = match steps {
        0 => "nothing is done: the first step is 1".to_owned(),
        1 => "the only step is 1, and 2 is after it; `finish` is no step".to_owned(),
        _ => {
            let after = steps + 1;
            format!(
                "the steps are 1 to {steps}, and {after} is after the last; `finish` is no step"
            )
        }
    };
    NoChange { what: format!("there is no step {at}"), help }
}

/// Whether all of `changes` can be made at once.
///
/// # Errors
///
/// Says which two contradict each other.
pub fn can_be_both(changes: &[Change]) -> Result<(), NoChange> {
    for (index, one) in changes.iter().enumerate() {
        for other in changes.iter().skip(index + 1) {
            contradiction(one, other)?;
        }
    }
    Ok(())
}

fn contradiction(one: &Change, other: &Change) -> Result<(), NoChange> {
    let what = match (one, other) {
        (Change::Do { .. }, Change::Do { .. }) if one != other => {
            "the actions from a step on are changed twice".to_owned()
        }
        (Change::Do { .. }, Change::Runbook { .. })
        | (Change::Runbook { .. }, Change::Do { .. }) => {
            "the actions are changed twice, by step and by runbook".to_owned()
        }
        (Change::Runbook { path, .. }, Change::Runbook { path: second, .. }) if path != second => {
            format!("two runbooks at once, {path} and {second}")
        }
        (Change::Rule { rule, .. }, Change::Rule { rule: second, .. })
            if rule == second && one != other =>
        {
            format!("`{}` is both believed and not", rule.id())
        }
        (Change::Fact(fact), Change::Fact(second)) if fact.contradicts(*second) => {
            format!("the host cannot be both: {}; {}", fact.words(), second.words())
        }
        (Change::History(edit), Change::History(second))
            if edit.line == second.line && edit != second =>
        {
            format!("line h{} of the history is changed twice", edit.line)
        }
        (
            Change::Do { .. }
            | Change::Fact(_)
            | Change::History(_)
            | Change::Rule { .. }
            | Change::Runbook { .. },
            _,
        ) => return Ok(()),
    };
    let help = "leave one out, or give each a future of its own with `--each`".to_owned();
    Err(NoChange { what, help })
}

/// Whether a run can begin with `host`, of which `facts` were said.
fn fits(facts: &[HostFact], host: &Host) -> Result<(), NoChange> {
    let unfit =
        |it: &&HostFact| matches!(it, HostFact::Damaged(set) if !set.within(host.installed));
    let (what, help) = if host.service_pack > host.os.service_pack_max() {
        let what = format!("NT {} has no service pack {}", host.os.id(), host.service_pack);
        (what, "service packs are 1 to 5 on NT 3.51, and 1 to 6 on NT 4.0")
    } else if !host.fits_together() {
        ("a host with NT 3.51 has not been upgraded yet".to_owned(), "add `--host upgraded=no`")
    } else if facts.iter().any(|it| unfit(&it)) {
        let gone: Vec<&str> = host.damaged.less(host.installed).iter().map(Component::id).collect();
        let what = format!("{} is damaged and not installed", wording::list(&gone));
        (what, "add it, as in `--host has=netbeui`")
    } else {
        return Ok(());
    };
    Err(NoChange { what, help: help.to_owned() })
}
