//! A plan as actions: what is done before each boot, where it is tried, and what follows a success.

use super::cost::Aim;
use super::cost::Cost;
use super::cost::Order;
use super::family::Family;
use super::ground::GROUPS;
use super::ground::Ground;
use super::ground::session;
use super::ground::try_of;
use super::moment::Moment;
use super::odds::Weights;
use super::table::Change;
use super::table::Choice;
use super::table::Table;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::observe::Observation;
use crate::model::observe::Outcome;
use crate::model::property::Judge;
use crate::model::property::Properties;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::model::step::step;
use crate::model::technician::Technician;
use crate::model::technician::finish;
use crate::model::trace::ACTIONS_MAX;
use crate::model::trace::End;
use crate::model::trace::Turn;
use crate::model::trace::run;
use std::collections::VecDeque;

/// One stretch of a plan: from a boot, or the beginning, to the try after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// The actions up to the boot, restart included; none at the beginning. In a last stage that ends
    /// the plan without a boot, what is still put right.
    pub actions: Vec<Action>,
    /// The try after it, where there is one.
    pub tries: Option<Tried>,
    /// The components taken out of the first host, in memory or on the disk, after the boot.
    pub out: Components,
    /// The protocol that stands in after the boot; none or one.
    pub standing_in: Components,
}

/// A try of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The action: `start imc` or `create ims`.
    pub action: Action,
    /// The actions after a success; the IMC runs at their end.
    pub after_success: Vec<Action>,
    /// The damages with which it succeeds.
    pub succeeding: Family,
    /// The damages with which it fails; none where it succeeds for certain.
    pub failing: Option<Family>,
}

/// A plan as actions. After a try that succeeds the rest is not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The stages, in order.
    pub stages: Vec<Stage>,
    /// The damages with which the plan ends without a repair; none where it repairs every host.
    pub given_up: Option<Family>,
}

/// The damages that one end of a plan stands for, and how one of them went.
#[derive(Clone, Debug)]
pub struct Leaf {
    /// The damages.
    pub family: Family,
    /// What they weigh together.
    pub weight: u128,
    /// The turns of the largest of them, `finish` included.
    pub turns: Vec<Turn>,
    /// How it ended.
    pub end: End,
    /// What it broke.
    pub broken: Properties,
    /// What it cost.
    pub cost: Cost,
}

/// A plan on its way: what whoever follows it does next.
#[derive(Clone, Debug)]
pub struct Planned<'a> {
    course: &'a Course,
    stage: usize,
    queue: VecDeque<Action>,
    trying: bool,
    succeeded: bool,
}

impl<'a> Planned<'a> {
    /// A technician that has not begun with `course` yet.
    pub fn new(course: &'a Course) -> Self {
        let mut new =
            Self { course, stage: 0, queue: VecDeque::new(), trying: false, succeeded: false };
        new.enter(0);
        new
    }

    fn enter(&mut self, stage: usize) {
        self.stage = stage;
        self.queue = self.here().map_or_else(VecDeque::new, |it| it.actions.clone().into());
    }

    fn here(&self) -> Option<&'a Stage> {
        self.course.stages.get(self.stage)
    }
}

impl Technician for Planned<'_> {
    fn act(&mut self, seen: &Observation) -> Action {
        if std::mem::take(&mut self.trying) {
            let tried = self.here().and_then(|it| it.tries.as_ref());
            match tried.filter(|_| seen.last == Some(Outcome::Done)) {
                Some(tried) => {
                    self.queue = tried.after_success.clone().into();
                    self.succeeded = true;
                }
                None => self.enter(self.stage + 1),
            }
        }
        loop {
            if let Some(action) = self.queue.pop_front() {
                return action;
            }
            match self.here().filter(|_| !self.succeeded) {
                None => return finish(seen),
                Some(Stage { tries: Some(tried), .. }) => {
                    self.trying = true;
                    return tried.action;
                }
                Some(Stage { tries: None, .. }) => self.enter(self.stage + 1),
            }
        }
    }
}

/// The actions that share again what is lost on `host`.
fn share_again(host: &Host) -> Vec<Action> {
    host.lost.iter().map(Action::Share).collect()
}

/// A course that is being written down.
struct Writer<'a> {
    ground: &'a Ground,
    /// The host with the largest damage that is still possible.
    host: Host,
    /// What is as it was at first.
    here: Components,
    family: Family,
    stages: Vec<Stage>,
}

impl Course {
    /// The course that begins with `first`, a choice at the first moment of `table`.
    pub fn of(ground: &Ground, table: &mut Table<'_>, first: Choice) -> Option<Self> {
        let mut at = Moment::first(ground);
        let Choice { mut decision, mut next, .. } = first;
        let mut writer = Writer {
            ground,
            host: with_damage(&ground.host, ground.universe),
            here: ground.suspects(),
            family: Family::all(ground.universe, Components::EMPTY),
            stages: Vec::new(),
        };
        let mut actions = Vec::new();
        loop {
            let certain = at.here == [0; GROUPS];
            writer.stage(std::mem::take(&mut actions), decision.tries)?;
            if decision.tries && certain {
                return Some(Self { stages: writer.stages, given_up: None });
            }
            let Some(change) = decision.change else {
                let sharing = share_again(&writer.host);
                if !sharing.is_empty() {
                    writer.stage(sharing, false)?;
                }
                let given_up = Some(writer.family);
                return Some(Self { stages: writer.stages, given_up });
            };
            if decision.tries {
                at.since_failure = Some(Weights::ONE);
            }
            actions = writer.change(&change)?;
            at = table.change(&at, &change).1;
            Choice { decision, next, .. } = *table.best(&at).get(next)?;
        }
    }

    /// What each end of the plan costs, run through the model.
    pub fn leaves(&self, ground: &Ground, order: Order) -> Vec<Leaf> {
        let tries = self.stages.iter().filter_map(|it| it.tries.as_ref());
        let families = tries.map(|it| &it.succeeding).chain(&self.given_up);
        families.map(|it| self.leaf(ground, order, it)).collect()
    }

    fn leaf(&self, ground: &Ground, order: Order, family: &Family) -> Leaf {
        let first = with_damage(&ground.host, family.largest());
        let (turns, end, broken) = self.run(ground.rules, &first);
        let cost = cost(&first, &turns, order);
        let weight = family.weight(ground.universe, &ground.odds);
        Leaf { family: family.clone(), weight, turns, end, broken, cost }
    }

    /// The plan on one host: its turns, how it ended, and what it broke.
    pub fn run(&self, rules: RuleSet, first: &Host) -> (Vec<Turn>, End, Properties) {
        let mut judge = Judge::new(rules, first);
        let mut turns = Vec::new();
        let end = run(rules, first, &mut Planned::new(self), ACTIONS_MAX, |_, turn| {
            judge.turn(turn);
            turns.push(*turn);
        });
        let broken = judge.end(&end);
        (turns, end, broken)
    }
}

/// What a run from `first` cost.
pub fn cost(first: &Host, turns: &[Turn], order: Order) -> Cost {
    let mut cost = Cost::NONE;
    let mut add = |aim| cost = cost.and(order.unit(aim));
    let mut was_lost = false;
    for turn in turns {
        match turn.action {
            Action::Restart => add(Aim::Restarts),
            Action::Remove(it) if first.installed.has(it) => add(Aim::Reinstalls),
            Action::Install(it) if !first.installed.has(it) => add(Aim::StandIns),
            Action::StartImc | Action::CreateIms => add(Aim::Tries),
            Action::Share(_) => add(Aim::SharedAgain),
            Action::Remove(_)
            | Action::Install(_)
            | Action::ApplyServicePack(_)
            | Action::Upgrade
            | Action::Finish(_) => {}
        }
        if !was_lost && !turn.after().lost.is_empty() {
            was_lost = true;
            add(Aim::Lost);
        }
    }
    if turns.last().is_none_or(|it| it.after().imc != Imc::Running) {
        add(Aim::Unrepaired);
    }
    cost
}

impl Writer<'_> {
    /// Writes down a stage whose actions were taken already, and the try after it.
    fn stage(&mut self, actions: Vec<Action>, tries: bool) -> Option<()> {
        let first = self.ground.host.installed;
        let out = first.less(self.host.installed);
        let standing_in = self.host.installed.less(first);
        let tries = if tries { Some(self.try_here()?) } else { None };
        self.stages.push(Stage { actions, tries, out, standing_in });
        Some(())
    }

    fn try_here(&mut self) -> Option<Tried> {
        let action = try_of(&self.host);
        let succeeding = self.family.avoiding(self.here)?;
        let sound = with_damage(&self.host, Components::EMPTY);
        let started = step(self.ground.rules, &sound, action).ok()?.host;
        let mut after_success = Vec::new();
        let mut host = started;
        let first = self.ground.host.installed;
        if host.installed != first {
            let (actions, back) = session(self.ground.rules, &host, Components::EMPTY, first)?;
            after_success = actions;
            after_success.push(try_of(&back));
            host = back;
        }
        after_success.extend(share_again(&host));
        let failing = self.family.meeting(self.here);
        if let Some(failing) = &failing {
            self.family = failing.clone();
            self.host = step(self.ground.rules, &self.host, action).ok()?.host;
        }
        Some(Tried { action, after_success, succeeding, failing })
    }

    /// Takes the actions of a change.
    fn change(&mut self, change: &Change) -> Option<Vec<Action>> {
        let out = self.ground.pick(self.here, change.out);
        let swapped = self.ground.pick(self.here.less(out), change.swapped);
        let stand_in = self.ground.stand_in.filter(|_| change.stands_in);
        let target =
            stand_in.map_or(self.ground.host.installed, |it| self.ground.host.installed.with(it));
        let (actions, host) = session(self.ground.rules, &self.host, swapped, target.less(out))?;
        self.here = self.here.less(out).less(swapped);
        self.host = host;
        Some(actions)
    }
}
