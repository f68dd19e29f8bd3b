//! Checks that plans are the best: a small program beside the planner, which shares the model, the moves
//! between boots and the bound of somebody who knew with it, and trusts nothing of its search.
//!
//! 1. **The plans.** Each is run through the model on every damage, or, where more than ten components may be
//!    damaged, on the largest damage of each of its ends; it must keep every property that gates,
//!    its costs must add up to what it says, and the table must say no less of the first moment.
//! 2. **Somebody who knew.** For each component by itself every order of actions is searched: how many
//!    restarts it takes to have it sound in memory again, if it can be had at all. Damage acts on each
//!    component by itself, so no plan does better on several.
//! 3. **No other decision is better.** At each moment that the planner weighed, every choice of what the next
//!    boot shall find is carried out on a host by the model, and what is read off that host, with what the
//!    table says of it, else with what somebody who knew would still have to pay, must not cost less.
//!
//! So plans of any length are covered: one that goes on for ever repairs nothing.

use super::boots::Boot;
use super::boots::boots;
use super::cost::Aim;
use super::cost::Cost;
use super::cost::Value;
use super::course::cost;
use super::family::Family;
use super::flaw::Flaw;
use super::flaw::Proof;
use super::ground::GROUPS;
use super::ground::Ground;
use super::ground::STUCK;
use super::ground::part;
use super::ground::session;
use super::ground::try_of;
use super::knew::alone;
use super::knew::shared_again;
use super::knew::who_knew;
use super::moment::Moment;
use super::moment::minus;
use super::plan::Best;
use super::plan::Plan;
use super::world::with_damage;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::property::Properties;
use crate::model::property::Property;
use crate::model::set::Components;
use crate::model::step::step;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The most components that may be damaged for plans to be run on every damage.
const EACH_MAX: u32 = 10;

/// The most choices that are carried out.
const CHOICES_MAX: u64 = 2_000_000;

struct Checker<'a> {
    best: &'a Best,
    ground: &'a Ground,
    /// Per group, the restarts that somebody who knew would need; none where nothing helps.
    known: [Option<u128>; GROUPS],
    /// What every change comes to, at moments that differ only in what was tried.
    carried: BTreeMap<Moment, Vec<(Cost, Moment)>>,
    proof: Proof,
}

/// A host without damage, the same with all damage that may be left, and that.
struct Hosts {
    sound: Host,
    damaged: Host,
    here: Components,
}

/// What a boot costs a case, and the moment after it.
type Booted = Result<(Cost, Moment), Flaw>;

/// Checks the plans of `best`.
///
/// # Errors
///
/// Returns the first flaw.
pub fn check(best: &Best) -> Result<Proof, Flaw> {
    let (ground, known, proof) = (&best.ground, [Some(0); GROUPS], Proof::default());
    if best.plans.is_empty() {
        return Err(Flaw::TooMuch);
    }
    let mut checker = Checker { best, ground, known, carried: BTreeMap::new(), proof };
    for plan in &best.plans {
        checker.runs(plan)?;
    }
    if ground.never.is_none() {
        checker.alone()?;
        checker.no_other_decision()?;
    }
    Ok(checker.proof)
}

impl Checker<'_> {
    fn pay(&self, aim: Aim, count: impl Into<u128>) -> Cost {
        self.best.aims.order.unit(aim).times(count.into())
    }

    fn shared_again(&self, at: &Moment) -> Cost {
        shared_again(self.ground, &self.best.aims, at)
    }

    /// Runs a plan on every damage; of more than [`EACH_MAX`] components on one for each end.
    fn runs(&mut self, plan: &Plan) -> Result<(), Flaw> {
        let (ground, order) = (self.ground, self.best.aims.order);
        let families: Vec<Family> = if ground.universe.len() <= EACH_MAX {
            ground.universe.subsets().map(Family::only).collect()
        } else {
            plan.ends().leaves.into_iter().map(|it| it.family).collect()
        };
        let mut value = Value::default();
        for family in families {
            let first = with_damage(&ground.host, family.largest());
            let (turns, _, broken) = plan.course.run(ground.rules, &first);
            let cost = cost(&first, &turns, order);
            // What the cost says already: not repaired, or lost because the order puts something before.
            let said =
                [(Aim::Unrepaired, Property::Repaired), (Aim::Lost, Property::NoAvoidableLoss)];
            let excused = said.into_iter().filter(|it| order.count(cost, it.0) > 0).map(|it| it.1);
            if !broken.gating().less(excused.collect::<Properties>()).is_empty() {
                return Err(Flaw::Breaks(family.largest(), broken));
            }
            value = value.or(Value::of(cost, family.weight(ground.universe, &ground.odds)));
            self.proof.cases += family.count();
            self.proof.ran += 1;
        }
        let harmless = ground.odds.weights(ground.universe.less(ground.suspects())).any;
        if value == plan.value.times(harmless) { Ok(()) } else { Err(Flaw::Sum) }
    }

    /// Searches every order of actions on each component by itself.
    fn alone(&mut self) -> Result<(), Flaw> {
        for (index, group) in self.ground.groups.iter().enumerate() {
            for component in group.members.iter() {
                let alone = alone(self.ground, component);
                self.proof.hosts += alone.hosts;
                let Some(known) = self.known.get_mut(index) else { continue };
                let first = group.members.iter().next() == Some(component);
                let alike = alone.is_of(group)
                    && (first || *known == alone.restarts)
                    && group.odds == self.ground.odds.of(component);
                let stuck = alone.restarts.is_none();
                if stuck != (index == STUCK) || !(stuck || alike) {
                    return Err(Flaw::NotAlike(component));
                }
                *known = alone.restarts;
            }
        }
        Ok(())
    }

    fn no_other_decision(&mut self) -> Result<(), Flaw> {
        let mut unsettled = BTreeSet::new();
        let says = self.best.table.get(&Moment::first(self.ground));
        let reached = |it: &Value| self.best.plans.iter().any(|plan| plan.value == *it);
        if !says.is_some_and(|it| it.iter().all(reached)) {
            return Err(Flaw::Sum);
        }
        for (at, values) in &self.best.table {
            self.proof.moments += 1;
            for (least, after) in self.decisions(at)? {
                if values.iter().any(|it| self.best.aims.covers(it, &least)) {
                    continue;
                }
                match after.filter(|it| !self.best.table.contains_key(it)) {
                    Some(after) => unsettled.insert(after),
                    None => return Err(Flaw::CostsLess(*at)),
                };
            }
        }
        let asked: Vec<Moment> = unsettled.into_iter().collect();
        if asked.is_empty() { Ok(()) } else { Err(Flaw::Unsettled(asked)) }
    }

    /// What each decision at `at` costs at least, and the moment after the next boot.
    fn decisions(&mut self, at: &Moment) -> Result<Vec<(Value, Option<Moment>)>, Flaw> {
        let hosts = self.hosts(at);
        let weight = at.weight(self.ground);
        let mut all = self.tried(at, &hosts)?;
        if !all.is_empty() && *at == Moment::first(self.ground) {
            // A plan begins with a try where one can succeed.
            return Ok(all);
        }
        if hosts.sound.installed == self.ground.host.installed {
            let give_up = self.pay(Aim::Unrepaired, 1u8).and(self.shared_again(at));
            all.push((Value::of(give_up, weight), None));
        }
        for (cost, after) in self.carried(at, &hosts)? {
            let gone = self.ground.weights(minus(at.here, after.here));
            let times = if at.since_failure.is_none() { gone.any } else { 1 };
            let after = Moment { since_failure: at.since_failure.map(|it| it.and(gone)), ..after };
            let whole = |it: Value| (it.times(times).each(cost, weight), Some(after));
            all.extend(self.rest(&after).into_iter().map(whole));
        }
        Ok(all)
    }

    /// Carries out every change at `at`, or at a moment like it.
    fn carried(&mut self, at: &Moment, hosts: &Hosts) -> Result<Vec<(Cost, Moment)>, Flaw> {
        let key = Moment { since_failure: None, ..*at };
        if let Some(known) = self.carried.get(&key) {
            return Ok(known.clone());
        }
        let changes = boots(self.ground, &hosts.sound, hosts.here, &self.known);
        self.proof.choices += changes.len() as u64;
        if self.proof.choices > CHOICES_MAX {
            return Err(Flaw::TooMuch);
        }
        let all: Result<Vec<_>, _> =
            changes.iter().map(|it| self.carried_out(at, it, hosts)).collect();
        Ok(self.carried.entry(key).or_insert(all?).clone())
    }

    /// What is left to pay at `at`: what the table says, else what somebody who knew would pay.
    fn rest(&self, at: &Moment) -> Vec<Value> {
        let here = self.known.iter().zip(at.here).filter(|it| it.1 > 0);
        let each = here.filter_map(|it| *it.0).min().unwrap_or_default();
        let knew = || vec![who_knew(self.ground, &self.best.aims, at, each)];
        self.best.table.get(at).cloned().unwrap_or_else(knew)
    }

    fn hosts(&self, at: &Moment) -> Hosts {
        let ground = self.ground;
        let (mut here, mut out) = (Components::EMPTY, Components::EMPTY);
        for (group, (is_here, is_out)) in ground.groups.iter().zip(at.here.iter().zip(at.out)) {
            here = here.or(part(group.members, 0, (*is_here).into()));
            out = out.or(part(group.members, (*is_here).into(), is_out.into()));
        }
        let beside = ground.stand_in.filter(|_| at.stands_in).into_iter().collect();
        let installed = ground.host.installed.less(out).or(beside);
        let lost = if at.lost { ground.host.shares } else { ground.host.lost };
        let sound = Host { installed, running: installed, lost, ..ground.host };
        Hosts { sound, damaged: with_damage(&sound, here), here }
    }

    /// What a try comes to; nothing where it tells nothing.
    fn tried(&self, at: &Moment, hosts: &Hosts) -> Result<Vec<(Value, Option<Moment>)>, Flaw> {
        let rules = self.ground.rules;
        let runs = |host: &Host| {
            step(rules, host, try_of(host)).is_ok_and(|it| it.host.imc == Imc::Running)
        };
        let (starts, succeeding) = (runs(&hosts.sound), at.succeeding(self.ground));
        if runs(&hosts.damaged) != (starts && hosts.here.is_empty()) {
            return Err(Flaw::Unknown(*at));
        }
        if !starts || succeeding == 0 {
            return Ok(Vec::new());
        }
        // Where the disk has to change, only a restart makes memory of it, which stops the IMC.
        let back = u8::from(hosts.sound.installed != self.ground.host.installed);
        let after = self.pay(Aim::Restarts, back).and(self.pay(Aim::Tries, back));
        let value = Value::of(after.and(self.shared_again(at)), succeeding);
        let (failed, times) = at.failed();
        let mut all = vec![value];
        if !hosts.here.is_empty() {
            all = self.rest(&failed).into_iter().map(|it| value.or(it.times(times))).collect();
        }
        let each = |it: Value| it.each(self.pay(Aim::Tries, 1u8), at.weight(self.ground));
        Ok(all.into_iter().map(|it| (each(it), None)).collect())
    }

    /// Carries out a change on both hosts, and reads off what it cost a case and what moment it led to.
    fn carried_out(&self, at: &Moment, change: &Boot, hosts: &Hosts) -> Booted {
        let (ground, first) = (self.ground, self.ground.host.installed);
        let target = first.less(change.out).or(change.beside);
        let carry = |host| session(ground.rules, host, change.swapped, target);
        let both = carry(&hosts.sound).zip(carry(&hosts.damaged));
        let ((_, sound), (_, damaged)) = both.ok_or(Flaw::Unknown(*at))?;
        let before = hosts.sound.installed;
        let removed = before.less(target).or(change.swapped).and(first);
        let loses = u8::from(!at.lost && !sound.lost.is_empty());
        let cost = self
            .pay(Aim::Restarts, 1u8)
            .and(self.pay(Aim::Reinstalls, removed.len()))
            .and(self.pay(Aim::StandIns, target.less(before).less(first).len()))
            .and(self.pay(Aim::Lost, loses));
        if !sound.failing.is_empty() || sound.restart_pending {
            return Err(Flaw::Unknown(*at));
        }
        let after = Moment {
            here: ground.count(damaged.failing),
            out: ground.count(first.less(sound.installed)),
            since_failure: None,
            stands_in: !sound.installed.within(first),
            lost: !sound.lost.is_empty(),
        };
        Ok((cost, after))
    }
}
