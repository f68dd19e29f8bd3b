//! A runbook on every case of a world: how many break which property.

use super::classes;
use super::classes::Class;
use super::dealt::dealt;
use super::facts;
use super::family::Family;
use super::world::World;
use super::world::with_damage;
use crate::model::follow::Follower;
use crate::model::host::Host;
use crate::model::property::Judge;
use crate::model::property::Property;
use crate::model::rule::RuleSet;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use crate::model::trace::ACTIONS_MAX;
use crate::model::trace::run;
use std::ops::Range;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;

/// A question: does this runbook keep the properties on every case of this world?
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The cases.
    pub world: &'a World,
    /// The rules believed.
    pub rules: RuleSet,
    /// The runbook.
    pub runbook: &'a Runbook,
    /// Whether damages that make the runbook act alike are taken as one, or each is run by itself.
    pub reduce: bool,
    /// How many threads to use; the answer does not depend on it.
    pub threads: usize,
    /// Where to say how far it has come; the answer does not depend on it.
    pub watch: Option<&'a Watch>,
}

/// How far a question has come, for whoever waits for it. It takes several passes over the hosts.
#[derive(Debug, Default)]
pub struct Watch {
    passes: AtomicUsize,
    hosts: AtomicUsize,
    done: AtomicUsize,
}

impl Watch {
    fn begin(&self, hosts: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.hosts.store(hosts, Ordering::Relaxed);
        self.passes.fetch_add(1, Ordering::Relaxed);
    }

    /// The pass under way, from 1, and how much of it is done, in percent.
    pub fn so_far(&self) -> (usize, usize) {
        let hosts = self.hosts.load(Ordering::Relaxed).max(1);
        (self.passes.load(Ordering::Relaxed), self.done.load(Ordering::Relaxed) * 100 / hosts)
    }
}

/// What came of all cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The number of cases.
    pub cases: u64,
    /// The number of runs that stand for them.
    pub ran: u64,
    /// The number of actions in those runs.
    pub actions: u64,
    /// The number of cases that break each property, in the order of [`Property::ALL`].
    pub failing: [u64; 11],
    /// The number of cases that break a property that gates.
    pub broken: u64,
    /// The number of cases in which the IMC was tried at all.
    pub tried: u64,
    /// The number of cases by how many restarts they took.
    pub restarts: Vec<u64>,
    /// The rules that fired in any run.
    pub fired: RuleSet,
    /// The steps of the runbook that did something in any run, as bits.
    pub steps: u64,
}

impl Tally {
    /// No case.
    pub const EMPTY: Self = Self {
        cases: 0,
        ran: 0,
        actions: 0,
        failing: [0; 11],
        broken: 0,
        tried: 0,
        restarts: Vec::new(),
        fired: RuleSet::NONE,
        steps: 0,
    };

    /// Counts a class.
    pub fn add(&mut self, class: &Class) {
        let cases = class.family.count();
        self.cases += cases;
        self.ran += 1;
        self.actions += u64::from(class.end.actions);
        for (count, property) in self.failing.iter_mut().zip(Property::ALL) {
            if class.broken.has(property) {
                *count += cases;
            }
        }
        if !class.broken.gating().is_empty() {
            self.broken += cases;
        }
        if class.tries > 0 {
            self.tried += cases;
        }
        let at = class.restarts as usize;
        if self.restarts.len() <= at {
            self.restarts.resize(at + 1, 0);
        }
        if let Some(count) = self.restarts.get_mut(at) {
            *count += cases;
        }
        self.fired = self.fired.or(class.fired);
        self.steps |= class.steps;
    }

    /// Both together.
    #[must_use]
    pub fn merge(mut self, other: &Self) -> Self {
        self.cases += other.cases;
        self.ran += other.ran;
        self.actions += other.actions;
        for (count, more) in self.failing.iter_mut().zip(other.failing) {
            *count += more;
        }
        self.broken += other.broken;
        self.tried += other.tried;
        let len = self.restarts.len().max(other.restarts.len());
        self.restarts.resize(len, 0);
        for (count, more) in self.restarts.iter_mut().zip(&other.restarts) {
            *count += more;
        }
        self.fired = self.fired.or(other.fired);
        self.steps |= other.steps;
        self
    }

    /// The number of cases that break `property`.
    pub fn failing(&self, property: Property) -> u64 {
        self.failing.get(property as usize).copied().unwrap_or_default()
    }

    /// The most restarts that a case took.
    pub fn restarts_max(&self) -> usize {
        self.restarts.len().saturating_sub(1)
    }
}

/// The cases of a question, reduced as far as it allows.
#[derive(Clone, Debug)]
pub struct Cases<'a> {
    question: Question<'a>,
    world: World,
    /// What a host may lack where it is not damaged.
    free: Components,
}

impl<'a> Cases<'a> {
    /// The cases of `question`.
    pub fn of(question: &Question<'a>) -> Self {
        Self::beside(question, Components::EMPTY)
    }

    /// The cases of `question`, where something else may depend on `touched` too.
    pub fn beside(question: &Question<'a>, touched: Components) -> Self {
        let touched = touched.or(named(question.runbook));
        let untouched =
            if question.reduce { Components::SERVICES.less(touched) } else { Components::EMPTY };
        let (world, free) = question.world.merged(untouched);
        Self { question: *question, world, free }
    }

    /// The number of hosts that are left by the reductions.
    pub fn count(&self) -> usize {
        self.world.hosts()
    }

    /// The results of `work` on the hosts, cut into ranges, in the order of the ranges.
    pub fn in_parallel<T: Send>(&self, work: impl Fn(Range<usize>) -> T + Sync) -> Vec<T> {
        let hosts = self.world.hosts();
        let threads = self.question.threads.clamp(1, hosts.max(1));
        // Ranges are small and dealt in turn, because hosts with more components cost more.
        let pieces = threads * 16;
        let cut = |piece: usize| piece * hosts / pieces;
        let watch = self.question.watch;
        if let Some(watch) = watch {
            watch.begin(hosts);
        }
        let work = |piece: usize| {
            let range = cut(piece)..cut(piece + 1);
            let hosts = range.len();
            let result = work(range);
            if let Some(watch) = watch {
                watch.done.fetch_add(hosts, Ordering::Relaxed);
            }
            result
        };
        dealt(pieces, threads, work)
    }

    /// The hosts in `range`, without damage.
    pub fn hosts(&self, range: Range<usize>) -> impl Iterator<Item = Host> {
        range.filter_map(|it| self.world.host(it))
    }

    /// Calls `visit` for every class of every host in `range`.
    pub fn each_class(&self, range: Range<usize>, visit: &mut impl FnMut(&Host, &Class)) {
        let Question { rules, runbook, .. } = self.question;
        for host in self.hosts(range) {
            self.classes_of(rules, runbook, &host, &host, &mut |it| visit(&host, it));
        }
    }

    /// Calls `visit` for every class of the damages of `host`, under `rules` and `runbook`, on `twin`: a host
    /// like `host` in its damage, as far as it has what is damaged, and in the services that stand for others.
    pub fn classes_of(
        &self,
        rules: RuleSet,
        runbook: &Runbook,
        host: &Host,
        twin: &Host,
        visit: &mut impl FnMut(&Class),
    ) {
        let universe = self.world.may_be_damaged(host);
        let gone = universe.less(twin.installed);
        if self.question.reduce {
            let free = self.free.and(host.installed);
            let visit = &mut |class: &Class| {
                if gone.is_empty() {
                    visit(class);
                } else {
                    visit(&Class { family: class.family.whether_or_not(gone), ..class.clone() });
                }
            };
            classes::classes(rules, twin, universe.less(gone), free, runbook, visit);
        } else {
            for damage in universe.subsets() {
                let class = alone(rules, &with_damage(twin, damage.less(gone)), runbook);
                visit(&Class { family: Family::only(damage), ..class });
            }
        }
    }
}

/// Every component that `runbook` names, by a word for many or by its own.
pub fn named(runbook: &Runbook) -> Components {
    facts::reached(runbook).into_iter().fold(Components::EMPTY, Components::or)
}

/// Answers `question` by totals.
pub fn tally(question: &Question<'_>) -> Tally {
    let cases = Cases::of(question);
    let tallies = cases.in_parallel(|range| {
        let mut tally = Tally::EMPTY;
        cases.each_class(range, &mut |_, class| tally.add(class));
        tally
    });
    tallies.iter().fold(Tally::EMPTY, Tally::merge)
}

/// One case as a class of its own, run by the one run loop.
pub fn alone(rules: RuleSet, first: &Host, runbook: &Runbook) -> Class {
    let mut judge = Judge::new(rules, first);
    let mut class = Class::begin(Family::only(first.damaged), first);
    let mut technician = Follower::new(runbook);
    class.end = run(rules, first, &mut technician, ACTIONS_MAX, |technician, turn| {
        class.note(&mut judge, turn, technician.place());
    });
    class.broken = judge.end(&class.end);
    class
}
