//! The best decisions at every moment of a plan, over all that may be hidden then.
//!
//! # Normal form
//!
//! Memory changes at a restart only, so between two restarts nothing matters but what is installed at
//! the second and what was tried before. A moment is therefore just after a boot: the operator tries or
//! does not, then chooses what the next boot finds. Each component that may be damaged is *here* as it
//! was at first, *out*, or back afresh and sound. A try fails where something here is damaged; what was
//! here at the last failed try is known to hold some damage, and earlier tries, which had more here, say
//! no more. Components that are alike are counted, not named.
//!
//! A plan begins with a try. What is out comes back at the next boot, and what is back is not taken out again: neither costs
//! anything nor is of use later. That this loses nothing is checked in `proof` and, beside a search
//! of single actions, in the tests.

use super::cost::Aim;
use super::cost::Aims;
use super::cost::Cost;
use super::cost::Value;
use super::ground::Allowed;
use super::ground::Counts;
use super::ground::GROUPS;
use super::ground::Ground;
use super::ground::STUCK;
use super::knew::shared_again;
use super::knew::who_knew;
use super::moment::Moment;
use super::moment::minus;
use super::moment::total;
use crate::model::set::Components;
use std::collections::BTreeMap;

/// What the next boot shall find.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// How many are taken out of those here.
    pub out: Counts,
    /// How many are taken out and put back at once.
    pub swapped: Counts,
    /// Whether a protocol stands in.
    pub stands_in: bool,
}

/// What to do at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether to try first.
    pub tries: bool,
    /// The change to make when the IMC does not run then; none ends the plan.
    pub change: Option<Change>,
}

/// A decision that is of use, and what it costs from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What it costs all cases of the moment.
    pub value: Value,
    /// The decision.
    pub decision: Decision,
    /// Which choice is taken at the moment after the change, counted from 0.
    pub next: usize,
}

/// The choices found so far.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    ground: &'a Ground,
    aims: Aims,
    /// How many there are of each group.
    all: Counts,
    known: BTreeMap<Moment, Vec<Choice>>,
    /// How many changes may still be weighed.
    left: u32,
}

/// The most changes that are weighed.
const CHANGES_MAX: u32 = 500_000;

fn plus(counts: Counts, other: Counts) -> Counts {
    let mut sum = counts;
    for (count, more) in sum.iter_mut().zip(other) {
        *count += more;
    }
    sum
}

/// Every selection of at most so many of each group that a plan can repair, the largest first.
fn selections(most: Counts) -> Vec<Counts> {
    let mut all = vec![[0; GROUPS]];
    for (group, count) in most.iter().enumerate().filter(|it| it.0 != STUCK && *it.1 > 0) {
        let more = |it: Counts| {
            (0..=*count).rev().map(move |many| {
                let mut next = it;
                if let Some(slot) = next.get_mut(group) {
                    *slot = many;
                }
                next
            })
        };
        all = all.into_iter().flat_map(more).collect();
    }
    all
}

impl<'a> Table<'a> {
    /// A table without choices.
    pub fn new(ground: &'a Ground, aims: Aims) -> Self {
        let all = ground.count(Components::ALL);
        Self { ground, aims, all, known: BTreeMap::new(), left: CHANGES_MAX }
    }

    /// Whether everything was weighed that had to be.
    pub const fn is_complete(&self) -> bool {
        self.left > 0
    }

    /// What each moment looked at so far comes to.
    pub fn values(&self) -> BTreeMap<Moment, Vec<Value>> {
        let values = |it: &Vec<Choice>| it.iter().map(|it| it.value).collect();
        self.known.iter().map(|(at, choices)| (*at, values(choices))).collect()
    }

    /// The choices at `at` of which none makes another useless; one where one thing is least.
    pub fn best(&mut self, at: &Moment) -> Vec<Choice> {
        if let Some(known) = self.known.get(at) {
            return known.clone();
        }
        let tries = at.succeeding(self.ground) > 0 && self.can_try(at);
        // Nobody takes apart a host that may be sound.
        let must = tries && *at == Moment::first(self.ground);
        let mut best = if must { Vec::new() } else { self.without_try(at) };
        if tries {
            for tried in self.with_try(at) {
                self.insert(&mut best, &tried);
            }
        }
        self.known.insert(*at, best.clone());
        best
    }

    fn one(&self, aim: Aim) -> Cost {
        self.aims.order.unit(aim)
    }

    /// Adds a choice, unless one is there that makes it useless.
    fn insert(&self, best: &mut Vec<Choice>, new: &Choice) {
        if !best.iter().any(|it| self.aims.covers(&it.value, &new.value)) {
            best.retain(|it| !self.aims.covers(&new.value, &it.value));
            best.push(*new);
        }
    }

    /// Whether a try says something about what is here.
    fn can_try(&self, at: &Moment) -> bool {
        let missing = self.ground.groups.iter().zip(at.out).any(|(it, out)| it.needed && out > 0);
        let carrier = !self.ground.try_needs_carrier || self.carries(at.out, at.stands_in);
        self.ground.never.is_none() && !missing && carrier
    }

    /// Whether shares are carried while so many are out.
    fn carries(&self, out: Counts, stands_in: bool) -> bool {
        let left = minus(self.all, out);
        let carried = self.ground.groups.iter().zip(left).any(|(it, left)| it.carries && left > 0);
        stands_in || carried || !self.ground.lasting.is_empty()
    }

    fn with_try(&mut self, at: &Moment) -> Vec<Choice> {
        let (succeeding, weight) = (at.succeeding(self.ground), at.weight(self.ground));
        let value = Value::of(self.after_success(at), succeeding);
        let mut choices =
            vec![Choice { value, decision: Decision { tries: true, change: None }, next: 0 }];
        if total(at.here) > 0 {
            let (failed, times) = at.failed();
            let tried = |rest: Choice| Choice {
                value: value.or(rest.value.times(times)),
                decision: Decision { tries: true, ..rest.decision },
                ..rest
            };
            choices = self.best(&failed).into_iter().map(tried).collect();
        }
        let each = |it: Choice| Choice { value: it.value.each(self.one(Aim::Tries), weight), ..it };
        choices.into_iter().map(each).collect()
    }

    /// What a case still costs when the IMC runs: everything back in its place, and a last try.
    fn after_success(&self, at: &Moment) -> Cost {
        let whole = Moment { out: [0; GROUPS], stands_in: false, ..*at };
        if at.is_whole() {
            return shared_again(self.ground, &self.aims, at);
        }
        let (cost, after) = self.boot(at, whole);
        cost.and(self.one(Aim::Tries)).and(shared_again(self.ground, &self.aims, &after))
    }

    /// What the boot into `next` costs a case, and the moment after it.
    fn boot(&self, at: &Moment, next: Moment) -> (Cost, Moment) {
        let restart = self.one(Aim::Restarts);
        if self.ground.drops && !at.lost && !self.carries(next.out, next.stands_in) {
            return (restart.and(self.one(Aim::Lost)), Moment { lost: true, ..next });
        }
        (restart, next)
    }

    /// The moment to which a change leads, and what it costs each case.
    pub fn change(&self, at: &Moment, change: &Change) -> (Cost, Moment) {
        let gone = plus(change.out, change.swapped);
        let weights = self.ground.weights(gone);
        let next = Moment {
            here: minus(at.here, gone),
            out: change.out,
            since_failure: at.since_failure.map(|it| it.and(weights)),
            stands_in: change.stands_in,
            ..*at
        };
        let (mut cost, after) = self.boot(at, next);
        cost = cost.and(self.one(Aim::Reinstalls).times(total(gone).into()));
        if change.stands_in && !at.stands_in {
            cost = cost.and(self.one(Aim::StandIns));
        }
        (cost, after)
    }

    fn without_try(&mut self, at: &Moment) -> Vec<Choice> {
        let mut best = Vec::new();
        if at.is_whole() {
            let cost = self.one(Aim::Unrepaired).and(shared_again(self.ground, &self.aims, at));
            let value = Value::of(cost, at.weight(self.ground));
            best.push(Choice { value, decision: Decision { tries: false, change: None }, next: 0 });
        }
        if self.ground.never.is_some() {
            return best;
        }
        for out in selections(at.here) {
            let left = minus(at.here, out);
            let swaps = if self.ground.at_once { selections(left) } else { vec![[0; GROUPS]] };
            for swapped in swaps {
                for stands_in in [false, true] {
                    let change = Change { out, swapped, stands_in };
                    if self.leads_on(at, &change) {
                        self.weigh(at, change, &mut best);
                    }
                }
            }
        }
        best
    }

    /// Whether the change can be made and brings the plan nearer to its end.
    fn leads_on(&self, at: &Moment, change: &Change) -> bool {
        let possible = !change.stands_in || at.stands_in || self.ground.stand_in.is_some();
        let some = total(change.out) + total(change.swapped) > 0;
        let back = total(at.out) > 0;
        possible
            && self.may_boot(at, change.out)
            && (some
                || back && (at.stands_in || !change.stands_in)
                || at.stands_in && !change.stands_in)
    }

    /// Whether the actions that may be used lead from what is out to `out`.
    fn may_boot(&self, at: &Moment, out: Counts) -> bool {
        let some = |counts| self.ground.pick(Components::ALL, counts);
        self.ground.allowed == Allowed::Model || self.ground.may_boot(some(at.out), some(out))
    }

    fn weigh(&mut self, at: &Moment, change: Change, best: &mut Vec<Choice>) {
        self.left = self.left.saturating_sub(1);
        if !self.is_complete() {
            return;
        }
        let (cost, after) = self.change(at, &change);
        // Without a failed try, what is taken out may have been damaged or not.
        let gone = self.ground.weights(plus(change.out, change.swapped));
        let times = if at.since_failure.is_none() { gone.any } else { 1 };
        let weight = at.weight(self.ground);
        let whole = |it: Value| it.times(times).each(cost, weight);
        let each = if self.ground.at_once { 1 } else { 2 };
        let least = whole(who_knew(self.ground, &self.aims, &after, each));
        if best.iter().any(|it| self.aims.covers(&it.value, &least)) {
            return;
        }
        let decision = Decision { tries: false, change: Some(change) };
        for (next, rest) in self.best(&after).into_iter().enumerate() {
            self.insert(best, &Choice { value: whole(rest.value), decision, next });
        }
    }
}
