//! Checks that a plan is the best: a small program beside the planner, which trusts none of its shortcuts.
//!
//! 1. **The plan.** It is run through the model on every damage; it must keep every property that gates, and
//!    its costs must add up to what the table says.
//! 2. **Somebody who knew.** For each component by itself every order of actions is searched: how many
//!    restarts it takes to have it sound in memory again, if it can be had at all. Damage acts on each
//!    component by itself, so no plan does better on several. Components taken as alike must come out alike.
//! 3. **No other decision is better.** At each moment that the planner weighed, every choice of what the next
//!    boot shall find is carried out on a host by the model, and what is read off that host, with what the
//!    table says of it, else with what somebody who knew would still have to pay, must not cost less.
//!
//! A moment after which the plan cannot come is held against the second bound only, so every plan of any
//! length is covered: one that goes on for ever repairs nothing.

use super::alone::Alone;
use super::alone::alone;
use super::cost::Aim;
use super::cost::Cost;
use super::cost::Value;
use super::course::cost;
use super::ground::GROUPS;
use super::ground::Ground;
use super::ground::STUCK;
use super::ground::session;
use super::ground::try_of;
use super::plan::Plan;
use super::table::Counts;
use super::table::Moment;
use super::world::with_damage;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::property::Properties;
use crate::model::property::Property;
use crate::model::set::Components;
use crate::model::step::step;
use std::collections::BTreeSet;

/// What was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The cases on which the plan was run.
    pub cases: u64,
    /// The moments at which every choice was carried out.
    pub moments: u64,
    /// The choices carried out.
    pub choices: u64,
    /// The hosts looked at in every order of actions on single components.
    pub hosts: u64,
}

impl Proof {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            cases: self.cases + other.cases,
            moments: self.moments + other.moments,
            choices: self.choices + other.choices,
            hosts: self.hosts + other.hosts,
        }
    }
}

/// Why a plan is not shown to be the best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// On this damage the plan breaks a property.
    Breaks(Components, Properties),
    /// The costs of all cases do not add up to what the table says.
    Sum,
    /// This component is not like the others of its group.
    NotAlike(Component),
    /// At this moment some decision costs less than the table says.
    CostsLess(Moment),
    /// These moments may cost less than the second bound shows; the table has to say what they cost.
    Unsettled(Vec<Moment>),
    /// The model does something that the table has no word for.
    Unknown(Moment),
}

impl Flaw {
    /// What is wrong, in one clause.
    pub const fn says(&self) -> &'static str {
        match self {
            Self::Breaks(..) => "the plan breaks a property on some damage",
            Self::Sum => "the costs of all cases do not add up to what the table says",
            Self::NotAlike(_) => "components taken as alike are not",
            Self::CostsLess(_) => "some other decision costs less",
            Self::Unsettled(_) => "some moments were never weighed",
            Self::Unknown(_) => "the model does something that the table has no word for",
        }
    }
}

/// The most components that may be damaged for the plan to be run on every damage.
const EACH_MAX: u32 = 10;

struct Checker<'a> {
    plan: &'a Plan,
    ground: &'a Ground,
    /// Per group, the restarts that somebody who knew would need; none where nothing helps.
    known: [Option<u64>; GROUPS],
    proof: Proof,
}

/// Checks `plan`, which was made without bounds on restarts and losses.
///
/// # Errors
///
/// Returns the first flaw.
pub fn check(plan: &Plan) -> Result<Proof, Flaw> {
    let mut checker =
        Checker { plan, ground: &plan.ground, known: [Some(0); GROUPS], proof: Proof::default() };
    checker.plan_runs()?;
    if plan.ground.never.is_none() {
        checker.somebody_who_knew()?;
        checker.no_other_decision()?;
    }
    Ok(checker.proof)
}

fn total(counts: Counts) -> u8 {
    counts.iter().sum()
}

impl Checker<'_> {
    fn one(&self, aim: Aim) -> Cost {
        self.plan.aims.order.unit(aim)
    }

    /// Runs the plan on every damage; of more than [`EACH_MAX`] components on one for each end.
    fn plan_runs(&mut self) -> Result<(), Flaw> {
        let (ground, order) = (self.ground, self.plan.aims.order);
        let damages: Vec<(Components, u64)> = if ground.universe.len() <= EACH_MAX {
            ground.universe.subsets().map(|it| (it, 1)).collect()
        } else {
            let ends = self.plan.ends().leaves.into_iter();
            ends.map(|it| (it.family.largest(), it.family.count())).collect()
        };
        let mut sum = Cost::NONE;
        for (damage, count) in damages {
            let first = with_damage(&ground.host, damage);
            let (turns, _, broken) = self.plan.course.run(ground.rules, &first);
            let cost = cost(&first, &turns, order);
            // What the cost says already: not repaired, or lost because the order puts something before.
            let said =
                [(Aim::Unrepaired, Property::Repaired), (Aim::Lost, Property::NoAvoidableLoss)];
            let excused: Properties = said
                .into_iter()
                .filter(|(aim, _)| order.count(cost, *aim) > 0)
                .map(|(_, property)| property)
                .collect();
            if !broken.gating().less(excused).is_empty() {
                return Err(Flaw::Breaks(damage, broken));
            }
            sum = sum.and(cost.times(count));
            self.proof.cases += count;
        }
        let harmless = ground.universe.less(ground.suspects()).len();
        let same = sum == self.plan.value.sum.times(1 << harmless);
        if same { Ok(()) } else { Err(Flaw::Sum) }
    }

    /// Searches every order of actions on each component by itself.
    fn somebody_who_knew(&mut self) -> Result<(), Flaw> {
        for (index, group) in self.ground.groups.iter().enumerate() {
            let mut first: Option<Alone> = None;
            for component in group.iter() {
                let alone = alone(self.ground, component);
                self.proof.hosts += alone.hosts;
                let stuck = alone.restarts.is_none();
                let same = first.is_none_or(|it| it.is_like(&alone));
                if (stuck != (index == STUCK)) || !(stuck || same) {
                    return Err(Flaw::NotAlike(component));
                }
                first = Some(alone);
            }
            if let (Some(slot), Some(alone)) = (self.known.get_mut(index), first) {
                *slot = alone.restarts;
            }
        }
        Ok(())
    }

    fn no_other_decision(&mut self) -> Result<(), Flaw> {
        let mut unsettled = BTreeSet::new();
        for (at, value) in &self.plan.table {
            self.proof.moments += 1;
            let key = |it: &Value| self.plan.aims.by.key(*it).0;
            for (least, after) in self.decisions(at)? {
                if key(&least) >= key(value) {
                    continue;
                }
                match after.filter(|it| !self.plan.table.contains_key(it)) {
                    Some(after) => unsettled.insert(after),
                    None => return Err(Flaw::CostsLess(*at)),
                };
            }
        }
        let unsettled: Vec<Moment> = unsettled.into_iter().collect();
        if unsettled.is_empty() { Ok(()) } else { Err(Flaw::Unsettled(unsettled)) }
    }

    /// What each decision at `at` costs at least, and the moment after the next boot.
    fn decisions(&mut self, at: &Moment) -> Result<Vec<(Value, Option<Moment>)>, Flaw> {
        let (sound, damaged, here) = self.hosts(at);
        let tried = self.tried(at, &sound, &damaged)?;
        let mut all: Vec<(Value, Option<Moment>)> =
            tried.into_iter().map(|it| (it, None)).collect();
        if sound.installed == self.ground.host.installed {
            let give_up = self.one(Aim::Unrepaired).and(self.shared_again(at));
            all.push((Value::of(give_up, at.cases()), None));
        }
        for choice in self.choices(here, &sound) {
            self.proof.choices += 1;
            let (cost, after) = self.carried_out(at, &choice, &sound, &damaged)?;
            let gone = total(at.here) - total(after.here);
            let times = if at.since_failure.is_none() { 1 << gone } else { 1 };
            all.push((self.rest(&after).times(times).each(cost, at.cases()), Some(after)));
        }
        Ok(all)
    }

    /// What is left to pay at `at`: what the table says, else what somebody who knew would pay.
    fn rest(&self, at: &Moment) -> Value {
        self.plan.table.get(at).copied().unwrap_or_else(|| self.who_knew(at))
    }

    fn shared_again(&self, at: &Moment) -> Cost {
        let shares = self.ground.host.shares.iter().count() as u64;
        if at.lost { self.one(Aim::SharedAgain).times(shares) } else { Cost::NONE }
    }

    /// A host at this moment without damage, the same with all damage that may be left, and that.
    fn hosts(&self, at: &Moment) -> (Host, Host, Components) {
        let ground = self.ground;
        let (mut here, mut out) = (Components::EMPTY, Components::EMPTY);
        for (group, (is_here, is_out)) in ground.groups.iter().zip(at.here.iter().zip(at.out)) {
            here = here.or(group.iter().take(usize::from(*is_here)).collect());
            let rest = group.iter().skip(usize::from(*is_here));
            out = out.or(rest.take(usize::from(is_out)).collect());
        }
        let beside = ground.stand_in.filter(|_| at.stands_in).into_iter().collect();
        let installed = ground.host.installed.less(out).or(beside);
        let lost = if at.lost { ground.host.shares } else { ground.host.lost };
        let sound = Host { installed, running: installed, lost, ..ground.host };
        (sound, with_damage(&sound, here), here)
    }

    /// What a try comes to; none where it tells nothing.
    fn tried(&self, at: &Moment, sound: &Host, damaged: &Host) -> Result<Option<Value>, Flaw> {
        let rules = self.ground.rules;
        let run =
            |host: &Host| step(rules, host, try_of(host)).map(|it| it.host.imc == Imc::Running);
        let (Ok(starts), Ok(hides)) = (run(sound), run(damaged)) else { return Ok(None) };
        if hides != (starts && total(at.here) == 0) {
            return Err(Flaw::Unknown(*at));
        }
        let failed = Moment { since_failure: Some(0), ..*at };
        let succeeding = at.since_failure.map_or(1, |gone| (1 << gone) - 1);
        if !starts || succeeding == 0 {
            return Ok(None);
        }
        let mut after = self.shared_again(at);
        if sound.installed != self.ground.host.installed {
            // The disk has to change, and only a restart makes memory of it, which stops the IMC.
            after = after.and(self.one(Aim::Restarts)).and(self.one(Aim::Tries));
        }
        let mut value = Value::of(after, succeeding);
        if total(at.here) > 0 {
            value = value.or(self.rest(&failed).times(1 << at.since_failure.unwrap_or_default()));
        }
        Ok(Some(value.each(self.one(Aim::Tries), at.cases())))
    }

    /// Every choice of what the next boot shall find, those alike taken once. Removing and installing
    /// what that leaves as it was, sound already or not to be had in one restart, only costs more.
    fn choices(&self, here: Components, sound: &Host) -> Vec<Choice> {
        let ground = self.ground;
        let mut all = vec![Choice::default()];
        for (group, known) in ground.groups.iter().zip(self.known).take(STUCK) {
            let out = group.less(sound.installed);
            let fresh = group.and(sound.installed).less(here);
            let here = group.and(here);
            let mut more = Vec::new();
            for taken in 0..=here.len() {
                let swaps = if known == Some(1) { here.len() - taken } else { 0 };
                for swapped in 0..=swaps {
                    for away in 0..=out.len() {
                        more.extend(
                            (0..=fresh.len()).map(|gone| Choice {
                                swapped: part(here, taken, swapped),
                                out: part(here, 0, taken)
                                    .or(part(out, 0, away))
                                    .or(part(fresh, 0, gone)),
                                ..Choice::default()
                            }),
                        );
                    }
                }
            }
            all = all.iter().flat_map(|it| more.iter().map(|other| it.and(*other))).collect();
        }
        let beside = ground.stand_in.into_iter().collect();
        let with = all.iter().map(|it| Choice { beside, ..*it }).collect::<Vec<_>>();
        if ground.stand_in.is_some() { [all, with].concat() } else { all }
    }

    /// Carries out a choice on both hosts, and reads off what it cost a case and what moment it led to.
    fn carried_out(
        &self,
        at: &Moment,
        choice: &Choice,
        sound: &Host,
        damaged: &Host,
    ) -> Result<(Cost, Moment), Flaw> {
        let ground = self.ground;
        let first = ground.host.installed;
        let target = first.less(choice.out).or(choice.beside);
        let before = sound.installed;
        let carry = |host| session(ground.rules, host, choice.swapped, target);
        let (Some((_, sound)), Some((_, damaged))) = (carry(sound), carry(damaged)) else {
            return Err(Flaw::Unknown(*at));
        };
        let removed = before.less(target).or(choice.swapped).and(first);
        let added = target.less(before).less(first);
        let mut cost = self
            .one(Aim::Restarts)
            .and(self.one(Aim::Reinstalls).times(removed.len().into()))
            .and(self.one(Aim::StandIns).times(added.len().into()));
        if !at.lost && !sound.lost.is_empty() {
            cost = cost.and(self.one(Aim::Lost));
        }
        let here = ground.count(damaged.failing);
        if !sound.failing.is_empty() || sound.restart_pending {
            return Err(Flaw::Unknown(*at));
        }
        let after = Moment {
            here,
            out: ground.count(first.less(sound.installed)),
            since_failure: at.since_failure.map(|it| it + total(at.here) - total(here)),
            stands_in: !sound.installed.within(first),
            lost: !sound.lost.is_empty(),
            restarts_left: None,
        };
        Ok((cost, after))
    }

    /// What somebody who knew the damage would still pay at `at`.
    fn who_knew(&self, at: &Moment) -> Value {
        let (here, gone) = (total(at.here), at.since_failure.unwrap_or_default());
        let stuck = at.here.last().copied().unwrap_or_default();
        let held = self.known.iter().zip(at.here).filter(|(_, count)| *count > 0);
        let each = held.filter_map(|(known, _)| *known).min().unwrap_or_default();
        let back = u64::from(total(at.out) > 0 || at.stands_in);
        // Damages that leave everything stuck sound, and of these, where a try fails, those that hit.
        let open = at.cases() - ((1 << (here + gone)) - (1 << (here + gone - stuck)));
        let clear = at.since_failure.map_or(1, |gone| (1 << gone) - 1);
        let mendable = u64::from(here - stuck);
        let pay = |aim, count: u64| self.one(aim).times(count);
        let sum = pay(Aim::Unrepaired, at.cases() - open)
            .and(pay(Aim::Restarts, (open - clear) * each + (at.cases() - open + clear) * back))
            .and(pay(Aim::Reinstalls, mendable * ((1u64 << (here + gone - stuck)) / 2)))
            .and(pay(Aim::Tries, open))
            .and(self.shared_again(at).times(at.cases()));
        let worst = if stuck > 0 {
            pay(Aim::Unrepaired, 1).and(pay(Aim::Restarts, back))
        } else {
            let restarts = if here > 0 { each } else { back };
            pay(Aim::Restarts, restarts).and(pay(Aim::Reinstalls, mendable)).and(pay(Aim::Tries, 1))
        };
        Value { sum, worst: worst.and(self.shared_again(at)) }
    }
}

/// What the next boot shall find.
#[derive(Clone, Copy, Default)]
struct Choice {
    swapped: Components,
    out: Components,
    beside: Components,
}

impl Choice {
    fn and(self, other: Self) -> Self {
        Self { swapped: self.swapped.or(other.swapped), out: self.out.or(other.out), ..self }
    }
}

/// So many members of `set`, after so many others.
fn part(set: Components, skipped: u32, count: u32) -> Components {
    set.iter().skip(skipped as usize).take(count as usize).collect()
}
