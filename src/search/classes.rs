//! Equal observations: all damages of one host that make a runbook act alike, taken as one.
//!
//! # Theorem
//!
//! A runbook sees only what an operator sees, and hidden damage shows only in whether a try succeeds.
//! Each component's damage goes its own way: the failing components of a host with damage `D` are
//! those of the host without damage, and those of `D` that fail on the host with all damage. So two
//! damages of one host lead to the same actions and the same verdict as long as every try has the
//! same outcome for both, and a try splits the damages at hand in two: those that avoid a set, and
//! those that meet it. A class is what is left at the end; it is a [`Family`], it can be counted, and
//! its largest member is a case that was really run.
//!
//! It holds because nothing that a runbook does adds damage (only an upgrade does).
//!
//! # Second theorem
//!
//! A service that a runbook never names is never removed or installed, and nothing that is observed
//! depends on it: conditions ask about protocols, shares and the like. So hosts that differ only in
//! which of those services they have, undamaged, lead to the same actions and the same verdict, and
//! are taken as one; damaged, such a service is one more component that stays in the way.
//!
//! `verify --brute-force` runs every case by itself, with identical totals.

use super::family::Family;
use super::world::with_damage;
use crate::model::action::Action;
use crate::model::action::Claim;
use crate::model::event::Events;
use crate::model::follow::Follower;
use crate::model::follow::Place;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::observe::Observation;
use crate::model::observe::Outcome;
use crate::model::property::Judge;
use crate::model::property::Properties;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use crate::model::start::StartFailure;
use crate::model::technician::Technician;
use crate::model::trace::ACTIONS_MAX;
use crate::model::trace::End;
use crate::model::trace::Turn;

/// Where and how a property was broken; the root that findings are grouped by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Breach {
    /// The property.
    pub property: Property,
    /// The verb at which it was broken; none at the end of the runbook.
    pub place: Option<Place>,
}

/// A class of cases that a runbook treats alike.
#[derive(Clone, Debug)]
pub struct Class {
    /// The damages.
    pub family: Family,
    /// What the run broke.
    pub broken: Properties,
    /// The first breach of each property that is broken before the end.
    pub breaches: Vec<Breach>,
    /// How the last try that failed failed, and where it stands; none where none failed.
    pub last_failure: Option<(StartFailure, Place)>,
    /// The end, for the largest member.
    pub end: End,
    /// The actions in their order, one byte each.
    pub acts: Vec<u8>,
    /// How many restarts were done.
    pub restarts: u32,
    /// How many tries were made.
    pub tries: u32,
    /// The components that were taken out at any time.
    pub removed: Components,
    /// What failed at the last try that failed, for the largest member.
    pub in_the_way: Components,
    /// The rules that fired, for the largest member.
    pub fired: RuleSet,
    /// The steps of the runbook that did something, as bits; those after the 64th are not told.
    pub steps: u64,
    /// The verb that was refused first; none where none was.
    pub stuck: Option<Place>,
    /// The verb at which shares were lost last.
    pub lost_at: Option<Place>,
    /// The verb that stopped a running IMC last.
    pub stopped_at: Option<Place>,
    /// Whether the last boot loaded files from the CD under the service pack, so that they fail.
    pub cd_files_fail: bool,
}

impl Class {
    /// A class of which nothing is known yet.
    pub const fn begin(family: Family, host: &Host) -> Self {
        Self {
            family,
            broken: Properties::NONE,
            breaches: Vec::new(),
            last_failure: None,
            end: End { host: *host, claim: None, actions: 0 },
            acts: Vec::new(),
            restarts: 0,
            tries: 0,
            removed: Components::EMPTY,
            in_the_way: Components::EMPTY,
            fired: RuleSet::NONE,
            steps: 0,
            stuck: None,
            lost_at: None,
            stopped_at: None,
            cd_files_fail: false,
        }
    }

    /// Takes note of a turn that was made at `place`, as the next of the run.
    pub fn note(&mut self, judge: &mut Judge, turn: &Turn, place: Option<Place>) {
        let before = judge.broken_so_far();
        judge.turn(turn);
        let new = judge.broken_so_far().less(before);
        if !new.is_empty() {
            self.breaches.extend(new.iter().map(|property| Breach { property, place }));
        }
        self.end.actions += 1;
        self.acts.push(code(turn.action));
        self.steps |= place.filter(|it| it.step < 64).map_or(0, |it| 1 << it.step);
        self.fired = self.fired.or(turn.fired());
        self.restarts += u32::from(turn.action == Action::Restart);
        match &turn.result {
            Ok(step) => {
                self.tries += u32::from(turn.action.is_try());
                if let (Some(failure), Some(place)) = (step.failure, place) {
                    self.last_failure = Some((failure, place));
                    self.in_the_way = turn.before.failing;
                }
                if let Action::Remove(component) = turn.action {
                    self.removed = self.removed.with(component);
                }
                if turn.action == Action::Restart {
                    let rule = RuleId::CdFilesFailUnderServicePack;
                    self.cd_files_fail = step.fired.believes(rule);
                }
                if step.host.lost != turn.before.lost && turn.action == Action::Restart {
                    self.lost_at = place;
                }
                if turn.before.imc == Imc::Running && step.host.imc == Imc::Stopped {
                    self.stopped_at = place;
                }
            }
            Err(_) => self.stuck = self.stuck.or(place),
        }
    }
}

/// A number for each action.
const fn code(action: Action) -> u8 {
    match action {
        Action::Restart => 0,
        Action::Upgrade => 1,
        Action::StartImc => 2,
        Action::CreateIms => 3,
        // What is claimed is judged, and no act.
        Action::Finish(_) => 4,
        // Fewer than 32 components, service packs and shares each.
        Action::Remove(it) => 32 + it as u8,
        Action::Install(it) => 64 + it as u8,
        Action::ApplyServicePack(number) => 96 + number % 32,
        Action::Share(position) => 128 + position,
    }
}

/// A run under way, for all damages of a family at once.
#[derive(Clone)]
struct Walk<'a> {
    rules: RuleSet,
    technician: Follower<'a>,
    judge: Judge,
    /// The host with no damage at all.
    none: Host,
    /// The host with the largest damage of the family.
    full: Host,
    last: Option<Outcome>,
    events: Events,
    class: Class,
}

/// Follows `runbook` on `host` with every damage within `universe`, and calls `visit` for each class. The
/// classes also stand for hosts that lack any of `free` undamaged.
///
/// Classes come in a fixed order: at every try, those that succeed before those that fail.
pub fn classes(
    rules: RuleSet,
    host: &Host,
    universe: Components,
    free: Components,
    runbook: &Runbook,
    visit: &mut impl FnMut(&Class),
) {
    let full = with_damage(host, universe);
    let walk = Walk {
        rules,
        technician: Follower::new(runbook),
        judge: Judge::new(rules, host),
        none: *host,
        full,
        last: None,
        events: Events::NONE,
        class: Class::begin(Family::all(universe, free), host),
    };
    walk.go(visit);
}

impl Walk<'_> {
    fn go(mut self, visit: &mut impl FnMut(&Class)) {
        while self.class.end.actions < ACTIONS_MAX {
            let seen = Observation::of(&self.full, self.last, self.events);
            let action = self.technician.act(&seen);
            let full = Turn::take(self.rules, &self.full, action);
            let none = Turn::take(self.rules, &self.none, action);
            if action.is_try()
                && let (Ok(failed), Ok(started)) = (&full.result, &none.result)
                && failed.failure.is_some()
                && started.failure.is_none()
            {
                self.part(&full, &none, visit);
            }
            self.note(&full);
            self.none = *none.after();
            self.none.imc = self.full.imc;
            if let Action::Finish(claim) = action {
                return self.end(Some(claim), visit);
            }
        }
        self.end(None, visit);
    }

    /// Follows the damages for which this try succeeds to their ends; the others go on here.
    fn part(&mut self, full: &Turn, none: &Turn, visit: &mut impl FnMut(&Class)) {
        let in_the_way = full.before.failing;
        let family = &self.class.family;
        if let Some(succeeding) = family.avoiding(in_the_way) {
            let mut other = self.clone();
            let largest = succeeding.largest();
            let keep = |full: Components, none: Components| none.or(full.and(largest));
            other.full.damaged = keep(self.full.damaged, self.none.damaged);
            other.full.failing = keep(self.full.failing, self.none.failing);
            other.class.family = succeeding;
            other.note(&Turn::take(self.rules, &other.full, none.action));
            other.none = *none.after();
            other.go(visit);
        }
        if let Some(failing) = family.meeting(in_the_way) {
            self.class.family = failing;
        }
    }

    /// Takes note of a turn of the largest member.
    fn note(&mut self, turn: &Turn) {
        self.class.note(&mut self.judge, turn, self.technician.place());
        self.full = *turn.after();
        self.last = Some(turn.outcome());
        self.events = turn.events();
    }

    fn end(mut self, claim: Option<Claim>, visit: &mut impl FnMut(&Class)) {
        self.class.end = End { host: self.full, claim, ..self.class.end };
        self.class.broken = self.judge.end(&self.class.end);
        visit(&self.class);
    }
}
