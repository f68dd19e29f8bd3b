//! The best decision at every moment of a plan, over all that may be hidden then.
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
//! What is out comes back at the next boot, and what is back is not taken out again: neither costs
//! anything nor is of use later. That this loses nothing is checked in `proof` and, beside a search
//! of single actions, in the tests.

use super::cost::Aim;
use super::cost::By;
use super::cost::Cost;
use super::cost::Order;
use super::cost::Value;
use super::ground::GROUPS;
use super::ground::Ground;
use super::ground::STUCK;
use crate::model::set::Components;
use std::collections::BTreeMap;

/// How many of each group.
pub type Counts = [u8; GROUPS];

/// What an operator knows just after a boot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment {
    /// How many are as they were at first.
    pub here: Counts,
    /// How many are out.
    pub out: Counts,
    /// How many that were here at the last failed try are not here now; none where no try failed.
    pub since_failure: Option<u8>,
    /// Whether a protocol stands in.
    pub stands_in: bool,
    /// Whether shares are lost.
    pub lost: bool,
    /// How many restarts may still be done; none where any number may.
    pub restarts_left: Option<u8>,
}

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

/// What a plan aims at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aims {
    /// Which cost is looked at first.
    pub order: Order,
    /// Over all cases, or in the worst.
    pub by: By,
    /// The most restarts; none where any number may be done.
    pub restarts_most: Option<u8>,
    /// Whether shares may be lost at all.
    pub may_lose: bool,
}

impl Aims {
    /// The usual order, over all cases, without a bound.
    pub const USUAL: Self =
        Self { order: Order::USUAL, by: By::Expected, restarts_most: None, may_lose: true };
}

/// The decisions found so far.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    ground: &'a Ground,
    aims: Aims,
    /// How many there are of each group.
    all: Counts,
    known: BTreeMap<Moment, Option<(Value, Decision)>>,
}

fn total(counts: Counts) -> u8 {
    counts.iter().sum()
}

fn minus(counts: Counts, other: Counts) -> Counts {
    let mut left = counts;
    for (count, less) in left.iter_mut().zip(other) {
        *count -= less;
    }
    left
}

/// Every choice of at most so many of each group that a plan can repair, the largest first.
pub fn choices(most: Counts) -> Vec<Counts> {
    let mut all = vec![[0; GROUPS]];
    for (group, count) in most.iter().enumerate().filter(|(group, _)| *group != STUCK) {
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

impl Moment {
    /// How many damages are possible, those apart that differ only in what is not here and was not
    /// here at the last failed try.
    pub fn cases(&self) -> u64 {
        let here = total(self.here);
        self.since_failure.map_or(1 << here, |gone| (1 << (here + gone)) - 1)
    }

    /// In how many of them a try succeeds.
    fn succeeding(&self) -> u64 {
        self.since_failure.map_or(1, |gone| (1 << gone) - 1)
    }

    /// The moment after a failed try, and how often each of its cases counts.
    fn failed(&self) -> (Self, u64) {
        let times = 1 << self.since_failure.unwrap_or_default();
        (Self { since_failure: Some(0), ..*self }, times)
    }

    /// Whether everything is in its place.
    fn is_whole(&self) -> bool {
        total(self.out) == 0 && !self.stands_in
    }
}

impl<'a> Table<'a> {
    /// A table without decisions.
    pub fn new(ground: &'a Ground, aims: Aims) -> Self {
        Self { ground, aims, all: ground.count(Components::ALL), known: BTreeMap::new() }
    }

    /// The first moment.
    pub fn first(&self) -> Moment {
        Moment {
            here: self.all,
            out: [0; GROUPS],
            since_failure: None,
            stands_in: false,
            lost: false,
            restarts_left: self.aims.restarts_most,
        }
    }

    /// What each moment looked at so far comes to; those that the bounds forbid left out.
    pub fn values(&self) -> BTreeMap<Moment, Value> {
        let some =
            |(at, best): (&Moment, &Option<(Value, Decision)>)| Some((*at, best.as_ref()?.0));
        self.known.iter().filter_map(some).collect()
    }

    /// The best decision at `at`, and what it costs from there; none where the bounds allow none.
    pub fn best(&mut self, at: &Moment) -> Option<(Value, Decision)> {
        if let Some(known) = self.known.get(at) {
            return *known;
        }
        let mut best = self.without_try(at);
        if at.succeeding() > 0 && self.can_try(at) {
            let tried = self.with_try(at);
            best = self.better(best, tried);
        }
        self.known.insert(*at, best);
        best
    }

    fn one(&self, aim: Aim) -> Cost {
        self.aims.order.unit(aim)
    }

    fn better(
        &self,
        one: Option<(Value, Decision)>,
        other: Option<(Value, Decision)>,
    ) -> Option<(Value, Decision)> {
        let key = |it: Value| self.aims.by.key(it);
        match (one, other) {
            (Some(one), Some(other)) => Some(if key(other.0) < key(one.0) { other } else { one }),
            (one, other) => one.or(other),
        }
    }

    /// Whether a try says something about what is here.
    fn can_try(&self, at: &Moment) -> bool {
        let [both, _, needed, _, _] = at.out;
        let carrier = !self.ground.try_needs_carrier || self.carries(at.out, at.stands_in);
        self.ground.never.is_none() && both == 0 && needed == 0 && carrier
    }

    /// Whether shares are carried while so many are out.
    fn carries(&self, out: Counts, stands_in: bool) -> bool {
        let [both, carrier, _, _, _] = minus(self.all, out);
        stands_in || both + carrier > 0 || !self.ground.lasting.is_empty()
    }

    fn with_try(&mut self, at: &Moment) -> Option<(Value, Decision)> {
        let mut value = Value::of(self.after_success(at)?, at.succeeding());
        let mut decision = Decision { tries: true, change: None };
        if total(at.here) > 0 {
            let (failed, times) = at.failed();
            let (rest, next) = self.best(&failed)?;
            decision.change = next.change;
            value = value.or(rest.times(times));
        }
        Some((value.each(self.one(Aim::Tries), at.cases()), decision))
    }

    /// What a case still costs when the IMC runs: everything back in its place, and a last try.
    fn after_success(&self, at: &Moment) -> Option<Cost> {
        let whole = Moment { out: [0; GROUPS], stands_in: false, ..*at };
        if at.is_whole() {
            return Some(self.shared_again(at));
        }
        let (cost, after) = self.boot(at, whole)?;
        Some(cost.and(self.one(Aim::Tries)).and(self.shared_again(&after)))
    }

    fn shared_again(&self, at: &Moment) -> Cost {
        let shares = self.ground.host.shares.iter().count() as u64;
        if at.lost { self.one(Aim::SharedAgain).times(shares) } else { Cost::NONE }
    }

    /// What the boot into `next` costs a case, and the moment after it; none where it may not be.
    fn boot(&self, at: &Moment, next: Moment) -> Option<(Cost, Moment)> {
        let mut cost = self.one(Aim::Restarts);
        let restarts_left = match at.restarts_left {
            None => None,
            Some(left) => Some(left.checked_sub(1)?),
        };
        let mut after = Moment { restarts_left, ..next };
        if self.ground.drops && !at.lost && !self.carries(next.out, next.stands_in) {
            after.lost = true;
            cost = cost.and(self.one(Aim::Lost));
            if !self.aims.may_lose {
                return None;
            }
        }
        Some((cost, after))
    }

    /// The moment to which a change leads, and what it costs each case.
    pub fn change(&self, at: &Moment, change: &Change) -> Option<(Cost, Moment)> {
        let gone = total(change.out) + total(change.swapped);
        let next = Moment {
            here: minus(minus(at.here, change.out), change.swapped),
            out: change.out,
            since_failure: at.since_failure.map(|it| it + gone),
            stands_in: change.stands_in,
            ..*at
        };
        let (mut cost, after) = self.boot(at, next)?;
        cost = cost.and(self.one(Aim::Reinstalls).times(u64::from(gone)));
        if change.stands_in && !at.stands_in {
            cost = cost.and(self.one(Aim::StandIns));
        }
        Some((cost, after))
    }

    fn without_try(&mut self, at: &Moment) -> Option<(Value, Decision)> {
        let mut best = at.is_whole().then(|| {
            let cost = self.one(Aim::Unrepaired).and(self.shared_again(at));
            (Value::of(cost, at.cases()), Decision { tries: false, change: None })
        });
        if at.restarts_left == Some(0) || self.ground.never.is_some() {
            return best;
        }
        for out in choices(at.here) {
            let left = minus(at.here, out);
            let swaps = if self.ground.at_once { choices(left) } else { vec![[0; GROUPS]] };
            for swapped in swaps {
                for stands_in in [false, true] {
                    let change = Change { out, swapped, stands_in };
                    if self.leads_on(at, &change) {
                        best = self.weigh(at, change, best);
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
            && (some
                || back && (at.stands_in || !change.stands_in)
                || at.stands_in && !change.stands_in)
    }

    fn weigh(
        &mut self,
        at: &Moment,
        change: Change,
        best: Option<(Value, Decision)>,
    ) -> Option<(Value, Decision)> {
        let Some((cost, after)) = self.change(at, &change) else { return best };
        // Without a failed try, what is taken out may have been damaged or not.
        let times = if at.since_failure.is_none() {
            1 << (total(change.out) + total(change.swapped))
        } else {
            1
        };
        let whole = |it: Value| it.times(times).each(cost, at.cases());
        if let Some((value, _)) = best
            && self.aims.by.key(whole(self.least(&after))) >= self.aims.by.key(value)
        {
            return best;
        }
        let rest = self
            .best(&after)
            .map(|(rest, _)| (whole(rest), Decision { tries: false, change: Some(change) }));
        self.better(best, rest)
    }

    /// What somebody who knew the damage would still have to pay: no plan costs less.
    fn least(&self, at: &Moment) -> Value {
        let here = total(at.here);
        let stuck = at.here.last().copied().unwrap_or_default();
        let cases = at.cases();
        let hit = cases - at.succeeding();
        // Of the damages that meet what is here, those that meet what is stuck.
        let gone = at.since_failure.unwrap_or_default();
        let lost_causes = (1 << (here + gone)) - (1 << (here + gone - stuck));
        let each = if self.ground.at_once { 1 } else { 2 };
        let back = u64::from(!at.is_whole());
        let mendable = u64::from(here - stuck);
        let once = (1u64 << (here + gone - stuck)) / 2;
        let mut sum = self.shared_again(at).times(cases);
        let mut add = |aim, count| sum = sum.and(self.one(aim).times(count));
        add(Aim::Unrepaired, lost_causes);
        add(Aim::Restarts, (hit - lost_causes) * each + (cases - hit + lost_causes) * back);
        add(Aim::Reinstalls, mendable * once);
        add(Aim::Tries, cases - lost_causes);
        let mut worst = self.shared_again(at);
        let mut add = |aim, count| worst = worst.and(self.one(aim).times(count));
        if stuck > 0 {
            add(Aim::Unrepaired, 1);
            add(Aim::Restarts, back);
        } else {
            add(Aim::Restarts, if here > 0 { each } else { back });
            add(Aim::Reinstalls, mendable);
            add(Aim::Tries, 1);
        }
        Value { sum, worst }
    }
}
