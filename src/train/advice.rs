//! What to do next from where a run stands: the article's own steps as far as they reach, and what
//! whoever knows the fault does after them.

use super::article::REACHED;
use super::article::TWO;
use super::article::boots;
use super::screen::Window;
use super::session::Session;
use crate::model::action::Action;
use crate::model::action::Claim;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::observe::Outcome;
use crate::model::rule::RuleId;
use crate::model::set::Components;
use crate::model::start;
use crate::model::step::refuses;
use crate::model::trace::Turn;
use crate::search::ground::try_of;
use crate::search::way::way;

/// Where a run stands, as far as hints are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// A restart is due, no protocol is left, and at first there were several.
    NoProtocol,
    /// A restart is due, and the only protocol is out.
    OnlyProtocol,
    /// Something is there that was not there at first.
    TooMuch,
    /// One of the two services of the first step is out, and the other is still in.
    BothServices,
    /// Something came from the CD under a service pack, and the restart is due.
    PackDue,
    /// The host was booted like that.
    PackForgotten,
    /// A restart is due, and something was removed.
    RemovalDue,
    /// A restart is due, and nothing was removed.
    RestartDue,
    /// Shares are lost, and the protocols are back.
    SharesLost,
    /// The IMC runs; the host is as it was.
    Done,
    /// The IMC runs; the host is as it was, but for a service pack or a version that cannot be taken back.
    Changed,
    /// The IMC runs; something is out that was there at first.
    RunsWithout,
    /// Nobody has tried the IMC since the last boot.
    Untried,
    /// Something is out, and the last try ended with an error other than 2140.
    Dependency,
    /// Something is out that was there at first.
    HalfDone,
    /// Event 4087 was logged, and nobody looked.
    Unread,
    /// Event 4087 was read, and the article's services are next.
    Services,
    /// It was read, and a protocol is next.
    Protocols,
    /// The article's steps are done, and the IMC still fails.
    Beyond,
    /// No order of actions leads to a good end.
    OutOfReach,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Advice {
    /// Where the run stands.
    pub situation: Situation,
    /// The act that comes next.
    pub act: Action,
    /// Whether the act was found by knowing the fault.
    pub knows: bool,
}

/// What to do next in `session`.
pub fn advice(session: &Session) -> Advice {
    let lesson = session.lesson();
    let now = *session.host();
    // What cannot be taken back is no longer asked for.
    let first =
        Host { service_pack: now.service_pack, os: now.os, upgraded: now.upgraded, ..lesson.first };
    let view = View { session, now, first, past: Past::of(&lesson.first, session.turns()) };
    if now.restart_pending { view.pending() } else { view.settled() }
}

/// What an operator knows of the run so far.
struct Past {
    /// What came from the CD since the service pack was last applied.
    from_cd: Components,
    /// What was out at a boot.
    out_once: Components,
    /// What came of the last try since the last boot.
    tried: Option<Outcome>,
    /// Whether everything that the article reinstalls was reinstalled, all was there, and a try failed.
    article_done: bool,
}

impl Past {
    fn of(first: &Host, turns: &[Turn]) -> Self {
        let mut past = Self {
            from_cd: Components::EMPTY,
            out_once: Components::EMPTY,
            tried: None,
            article_done: false,
        };
        for turn in turns.iter().filter(|it| it.result.is_ok()) {
            let (before, after) = (&turn.before, turn.after());
            let new = after.installed.less(before.installed);
            past.from_cd = past.from_cd.and(after.installed);
            if after.service_pack > 0 {
                past.from_cd = past.from_cd.or(new);
            }
            if matches!(turn.action, Action::ApplyServicePack(_) | Action::Upgrade) {
                past.from_cd = Components::EMPTY;
            }
            if boots(turn.action) {
                past.out_once = past.out_once.or(first.installed.less(after.installed));
                past.tried = None;
            }
            if turn.action.is_try() {
                past.tried = Some(turn.outcome());
                let whole = before.installed == first.installed && !before.restart_pending;
                let reached = first.installed.and(REACHED).within(past.out_once);
                past.article_done |= whole && reached && turn.outcome() != Outcome::Done;
            }
        }
        past
    }
}

struct View<'a> {
    session: &'a Session,
    now: Host,
    first: Host,
    past: Past,
}

impl View<'_> {
    fn carriers(&self) -> Components {
        start::share_carriers(self.session.lesson().rules)
    }

    const fn out(&self) -> Components {
        self.first.installed.less(self.now.installed)
    }

    const fn extra(&self) -> Components {
        self.now.installed.less(self.first.installed)
    }

    /// Whether the next boot would lose shares.
    fn endangers_shares(&self) -> bool {
        let rule = RuleId::BootWithoutProtocolDropsShares;
        self.session.lesson().rules.believes(rule)
            && !self.now.installed.meets(self.carriers())
            && !self.now.shares.less(self.now.lost).is_empty()
    }

    /// The first act of the way of somebody who knows the fault, where it is time for that.
    fn known(&self, situation: impl Fn(Action) -> Situation) -> Option<Advice> {
        let way = way(self.session.lesson().rules, &self.now, &self.first)?;
        let act = *way.actions.first()?;
        Some(Advice { situation: situation(act), act, knows: true })
    }

    fn pending(&self) -> Advice {
        let advice = |situation, act| Advice { situation, act, knows: false };
        let first_carriers = self.first.installed.and(self.carriers());
        if self.endangers_shares()
            && first_carriers.len() > 1
            && let Some(back) = self.put_back()
        {
            return advice(Situation::NoProtocol, Action::Install(back));
        }
        let going = self.now.running.and(self.first.installed).less(self.now.installed);
        if self.past.article_done {
            let situation = |act| match act {
                Action::ApplyServicePack(_) => Situation::PackDue,
                Action::Restart if going.is_empty() => Situation::RestartDue,
                Action::Restart => Situation::RemovalDue,
                Action::Install(_) => Situation::HalfDone,
                Action::Remove(it) if self.extra().has(it) => Situation::TooMuch,
                Action::Remove(_)
                | Action::Upgrade
                | Action::StartImc
                | Action::CreateIms
                | Action::Share(_)
                | Action::Finish(_) => Situation::Beyond,
            };
            if let Some(advice) = self.known(situation) {
                return advice;
            }
        }
        if let Some(it) = self.spare_part() {
            return advice(Situation::TooMuch, Action::Remove(it));
        }
        let other = self.now.installed.and(TWO).and(self.first.installed).less(self.past.out_once);
        let only_services = self.out() == going && going.within(TWO) && !going.is_empty();
        if only_services && let Some(it) = other.iter().next() {
            return advice(Situation::BothServices, Action::Remove(it));
        }
        if going.is_empty()
            && let Some(it) = self.out().iter().next()
        {
            return advice(Situation::HalfDone, Action::Install(it));
        }
        if !self.past.from_cd.is_empty() {
            let again = Action::ApplyServicePack(self.now.service_pack);
            return advice(Situation::PackDue, again);
        }
        let situation = if self.endangers_shares() {
            Situation::OnlyProtocol
        } else if going.is_empty() {
            Situation::RestartDue
        } else {
            Situation::RemovalDue
        };
        advice(situation, Action::Restart)
    }

    /// The protocol to put back before a boot without any: one that has been out at a boot, else the
    /// one that was removed last.
    fn put_back(&self) -> Option<Component> {
        let out = self.out().and(self.carriers());
        let sound = out.less(self.now.running).iter().next();
        let mut turns = self.session.turns().iter().rev();
        let removed = turns.find_map(|it| it.action.removes().filter(|it| out.has(*it)));
        sound.or(removed)
    }

    /// What was not there at first and does not carry the shares meanwhile.
    fn spare_part(&self) -> Option<Component> {
        let carries = self.now.installed.and(self.carriers());
        let needed = if carries.meets(self.first.installed) || self.now.shares.is_empty() {
            Components::EMPTY
        } else {
            carries
        };
        self.extra().less(needed).iter().next()
    }

    fn settled(&self) -> Advice {
        let advice = |situation, act| Advice { situation, act, knows: false };
        let runs = self.now.imc == Imc::Running;
        if let Some(it) = self.out().iter().next() {
            let situation = match self.past.tried {
                _ if runs => Situation::RunsWithout,
                Some(Outcome::Failed(it)) if it.error() != 2140 => Situation::Dependency,
                Some(_) | None => Situation::HalfDone,
            };
            return advice(situation, Action::Install(it));
        }
        if let Some(share) = self.now.lost.iter().next()
            && self.session.screen().server_started()
        {
            return advice(Situation::SharesLost, Action::Share(share));
        }
        if let Some(it) = self.spare_part() {
            return advice(Situation::TooMuch, Action::Remove(it));
        }
        if runs {
            let same = self.first == self.session.lesson().first;
            let situation = if same { Situation::Done } else { Situation::Changed };
            return advice(situation, Action::Finish(Claim::Repaired));
        }
        if !self.past.from_cd.is_empty() {
            let again = Action::ApplyServicePack(self.now.service_pack);
            return advice(Situation::PackForgotten, again);
        }
        let rules = self.session.lesson().rules;
        let can_try = refuses(rules, &self.now, try_of(&self.now)).is_none();
        if self.past.tried.is_none() && can_try {
            return advice(Situation::Untried, try_of(&self.now));
        }
        if way(rules, &self.now, &self.first).is_none() {
            return advice(Situation::OutOfReach, Action::Finish(Claim::Unrepaired));
        }
        let left = self.first.installed.and(REACHED).less(self.past.out_once);
        let next = left.and(TWO).iter().next().or_else(|| left.iter().next());
        let Some(next) = next.filter(|_| !self.past.article_done) else {
            let known = self.known(|_| Situation::Beyond);
            return known.unwrap_or_else(|| advice(Situation::Untried, try_of(&self.now)));
        };
        let situation = match () {
            () if !self.has_read() => Situation::Unread,
            () if TWO.has(next) => Situation::Services,
            () => Situation::Protocols,
        };
        advice(situation, Action::Remove(next))
    }

    /// Whether Event Viewer was looked at since the last event.
    fn has_read(&self) -> bool {
        let last = self.session.log().last().map_or(0, |it| it.action);
        let looks = self.session.looks();
        looks.iter().any(|it| it.window == Window::EventViewer && it.after >= last)
    }
}
