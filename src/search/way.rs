//! The best way from a host to a good end for somebody who knows the fault: no share lost that can be
//! kept, then the fewest restarts, then the fewest actions.
//!
//! Between two boots it matters only which components the second one finds, and whether they were out
//! at the first. So a way is a handful of boots, each with a set of components, and a few sets are
//! enough: what is damaged goes out before the first boot and comes in before the last, and where the
//! shares need a protocol meanwhile, each that could carry them is weighed. Every way is then run
//! through the model. That nothing better exists is checked against every order of actions in a test.

use super::ground::try_of;
use super::reach::Goal;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::model::start;
use crate::model::step::step;

/// What a way costs, dearest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Toll {
    /// Shares lost on the way that were there before.
    pub lost: usize,
    /// Restarts with files from the CD under a service pack.
    pub mixed: u32,
    /// Restarts.
    pub restarts: u32,
    /// Actions, restarts included.
    pub actions: usize,
}

/// A way to a good end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The actions.
    pub actions: Vec<Action>,
    /// What they cost.
    pub toll: Toll,
}

/// What is done before a boot: these come out and in again, and then this is installed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stop {
    swapped: Components,
    target: Components,
}

/// The cheapest way from `host` to a good end of a run that began with `first`; none where no order of
/// actions leads there. Of equal ways the first found, always the same.
pub fn way(rules: RuleSet, host: &Host, first: &Host) -> Option<Way> {
    let mut best: Option<Way> = None;
    for damaged in [host.damaged, Components::EMPTY] {
        for stops in candidates(rules, host, first, damaged) {
            let found = run(rules, host, first, &stops);
            if let Some(found) = found
                && best.as_ref().is_none_or(|best| found.toll < best.toll)
            {
                best = Some(found);
            }
        }
    }
    best
}

/// Every list of boots that could be the best, with `damaged` to be repaired.
fn candidates(rules: RuleSet, host: &Host, first: &Host, damaged: Components) -> Vec<Vec<Stop>> {
    let (now, end) = (host.installed, first.installed);
    let last = Stop { swapped: Components::EMPTY, target: end };
    let at_once = !rules.believes(RuleId::LeftoversSurviveUntilRestart);
    let swapped = if at_once { damaged.and(now).and(end) } else { Components::EMPTY };
    let mut all = vec![Vec::new(), vec![Stop { swapped, target: end }]];
    // What is sound and there, of what is to be there.
    let kept = now.and(end).less(damaged);
    let carriers = start::share_carriers(rules);
    let foreign = carriers.less(end);
    let stand_in = foreign.less(now).iter().next();
    let bridges = carriers.and(now.less(end).or(end.less(now).less(damaged)));
    let bridges = stand_in.map_or(bridges, |it| bridges.with(it));
    let out = |target: Components| Stop { swapped: Components::EMPTY, target };
    all.push(vec![out(kept), last]);
    all.extend(bridges.iter().map(|it| vec![out(kept.with(it)), last]));
    // Where every carrier is damaged, one stays at the first boot, and another is back at the second.
    let wrong = carriers.and(end).and(damaged);
    for stays in wrong.iter() {
        let back = wrong.without(stays).or(carriers.and(end).less(damaged).less(now));
        for carries in back.iter() {
            all.push(vec![out(kept.with(stays)), out(kept.with(carries)), last]);
        }
    }
    all
}

/// The way that `stops` come to, where it is one.
fn run(rules: RuleSet, host: &Host, first: &Host, stops: &[Stop]) -> Option<Way> {
    let mut walk = Walk { rules, host: *host, actions: Vec::new(), toll: Toll::default() };
    for stop in stops {
        walk.boot(*stop)?;
    }
    if walk.host.imc != Imc::Running {
        walk.take(try_of(&walk.host))?;
    }
    for share in walk.host.lost.iter() {
        walk.take(Action::Share(share))?;
    }
    let goal = Goal { first: *first, keep_shares: false, no_mixed_boot: false };
    walk.toll.actions = walk.actions.len();
    goal.is_met(&walk.host).then_some(Way { actions: walk.actions, toll: walk.toll })
}

struct Walk {
    rules: RuleSet,
    host: Host,
    actions: Vec<Action>,
    toll: Toll,
}

impl Walk {
    fn take(&mut self, action: Action) -> Option<()> {
        let step = step(self.rules, &self.host, action).ok()?;
        self.toll.lost += step.host.lost.less(self.host.lost).iter().count();
        if action == Action::Restart {
            self.toll.restarts += 1;
            self.toll.mixed += u32::from(!self.host.cd_files.is_empty());
        }
        self.host = step.host;
        self.actions.push(action);
        Some(())
    }

    fn boot(&mut self, stop: Stop) -> Option<()> {
        for component in stop.swapped.iter() {
            self.take(Action::Remove(component))?;
        }
        // What brings something else first, so that it is brought and not installed.
        let missing = stop.target.less(self.host.installed);
        let brings = |it: &Component| it.brings().is_some();
        for component in missing.iter().filter(brings).chain(missing.iter()) {
            if !self.host.installed.has(component) {
                self.take(Action::Install(component))?;
            }
        }
        for component in self.host.installed.less(stop.target).iter() {
            self.take(Action::Remove(component))?;
        }
        if !self.host.cd_files.is_empty() {
            self.take(Action::ApplyServicePack(self.host.service_pack))?;
        }
        self.take(Action::Restart)
    }
}
