//! What to play next: a host that is a test of what was weak.

use super::grade::Grade;
use super::grade::Item;
use super::hint::Rung;
use super::lesson::Lesson;
use super::lesson::Origin;
use super::seed::Level;
use super::session::Session;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::set::Components;

/// One host that is worth playing next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The seed.
    pub seed: u32,
    /// The level.
    pub level: Level,
    /// What it is for, in one clause.
    pub why: &'static str,
}

/// What makes a host worth playing: its level, what it has to be like, and why.
type Aim = (Level, fn(&Host) -> bool, &'static str);

/// The next host: at the level of the weakness, and with what makes it a test of it.
pub fn next(session: &Session, grade: &Grade) -> Next {
    let (seed, here) = match session.lesson().origin {
        Origin::Seed { seed, level } => (seed, level),
        Origin::Scenario { .. } => (0, Level::Anywhere),
    };
    let (level, fits, why) = aim(session, grade, here);
    let seeds = (1..=1_000).map(|it| seed.wrapping_add(it));
    let seed = seeds.clone().find(|it| fits(&Lesson::drawn(*it, level).first));
    Next { seed: seed.unwrap_or_else(|| seeds.clone().next().unwrap_or(1)), level, why }
}

fn aim(session: &Session, grade: &Grade, here: Level) -> Aim {
    let faulty: fn(&Host) -> bool = |it| !it.damaged.is_empty();
    let changed = grade.turns.iter().any(|it| it.before.installed != it.after().installed);
    let helped = session.hints().iter().any(|(_, rung)| *rung >= Rung::Next);
    if !grade.holds(Item::ServicePack) {
        (Level::ServicePack, |it| it.service_pack > 0, "a service pack that has to be reapplied")
    } else if grade.broken.has(Property::NoAvoidableLoss) {
        (Level::Stakes, |it| protocols(it) > 1, "several protocols, and shares to keep")
    } else if grade.broken.has(Property::SharesRestored) {
        (Level::Stakes, |it| protocols(it) == 1, "shares that have to be shared again")
    } else if !grade.holds(Item::Claim) {
        (here, faulty, "the same level once more: look before you claim")
    } else if !grade.holds(Item::Components) {
        (here, faulty, "the same level once more: put everything back")
    } else if session.lesson().first.failing.is_empty() && changed {
        (Level::Beyond, |it| it.damaged.is_empty(), "one where the first act counts")
    } else if grade.needless > 0 {
        (here, faulty, "the same level once more: restart where it changes something")
    } else if !grade.holds(Item::Restarts) {
        (here, faulty, "the same level once more, with fewer restarts")
    } else if !grade.passes() {
        (here, faulty, "the same level once more")
    } else if !grade.holds(Item::Procedure) {
        (here, faulty, "the same level once more: try after each step, and stop when it runs")
    } else if helped {
        (here, faulty, "the same level once more, without being told the next act")
    } else if grade.taken_back > 0 {
        (here, faulty, "the same level once more, without taking anything back")
    } else if here == Level::Beyond {
        (here, |_| true, "the hardest level once more")
    } else {
        (Level::numbered(here.number() + 1).unwrap_or(here), faulty, "one level harder")
    }
}

fn protocols(host: &Host) -> u32 {
    host.installed.and(Components::PROTOCOLS).len()
}
