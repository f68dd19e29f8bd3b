//! The smallest case of a finding, run once more: where it goes wrong, and from where there is no way back.

use super::cause::Cause;
use super::cause::Root;
use super::play::Followed;
use super::play::follow;
use super::reach::Goal;
use super::reach::shortest;
use crate::files::runbook::RunbookFile;
use crate::model::action::Action;
use crate::model::follow::Place;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::rule::RuleSet;
use crate::model::trace::Turn;

/// A finding's witness.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The run.
    pub followed: Followed,
    /// The turn at which it goes wrong, counted from 0; the last where only the end decides.
    pub turn: usize,
    /// The verb that makes that turn; none at the end of the runbook.
    pub place: Option<Place>,
    /// What could still be done.
    pub way_back: WayBack,
}

/// What could still be done about a finding, by the actions of the model on the witness.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WayBack {
    /// Before the turn, these actions would lead to a good end without breaking the property; after it
    /// none do, and the last list is the shortest way to the best end that is left, where there is one.
    Lost {
        /// Before the turn.
        before: Option<Vec<Action>>,
        /// After it.
        after: Option<Vec<Action>>,
    },
    /// At the end of the run these actions would still lead to a good end.
    Open(Vec<Action>),
    /// Neither before nor after anything helps.
    Never,
    /// The search was given up before it was complete.
    Unknown,
}

/// Runs `first`, the witness of `cause`.
pub fn witness(rules: RuleSet, runbook: &RunbookFile, cause: Cause, first: &Host) -> Witness {
    let followed = follow(rules, first, runbook);
    let turn = turn(cause, first, &followed);
    let place = followed.turns.get(turn).and_then(|(_, place)| *place);
    let way_back = way_back(rules, cause, first, &followed, turn);
    Witness { followed, turn, place, way_back }
}

/// The turn at which it goes wrong.
fn turn(cause: Cause, first: &Host, followed: &Followed) -> usize {
    let last = followed.turns.len().saturating_sub(1);
    let at = |place: Place, fits: &dyn Fn(&Turn) -> bool| {
        let mut found = followed.turns.iter().enumerate();
        found.rfind(|(_, (turn, it))| *it == Some(place) && fits(turn)).map(|(index, _)| index)
    };
    let direct = followed.broken_at.iter().find(|(it, _)| *it == cause.property);
    let found = match cause.root {
        Root::Verb(_) => direct.map(|(_, at)| *at),
        Root::Refused(place) => at(place, &|it| it.result.is_err()),
        Root::StoppedAgain(place) | Root::LostAt(place) => {
            at(place, &|it| it.action == Action::Restart)
        }
        Root::CdFiles(place) | Root::Dependency(place) => at(place, &|it| it.action.is_try()),
        Root::Untouched | Root::InVain => {
            followed.turns.iter().rposition(|(it, _)| it.action.is_try() && it.result.is_ok())
        }
        Root::NeverTried => None,
        Root::LeftOtherwise => {
            followed.turns.iter().rposition(|(it, _)| leaves_otherwise(it, first, followed))
        }
    };
    found.unwrap_or(last)
}

/// Whether this turn made the host other than it was, and nothing undid it.
fn leaves_otherwise(turn: &Turn, first: &Host, followed: &Followed) -> bool {
    let end = &followed.end.host;
    match turn.action {
        Action::Remove(it) => first.installed.has(it) && !end.installed.has(it),
        Action::Install(it) => {
            !first.installed.has(it) && end.installed.has(it)
                || end.restart_pending && end.installed == first.installed
        }
        Action::ApplyServicePack(number) => {
            number != first.service_pack || end.restart_pending && end.installed == first.installed
        }
        Action::Restart
        | Action::Upgrade
        | Action::StartImc
        | Action::CreateIms
        | Action::Share(_)
        | Action::Finish(_) => false,
    }
}

fn way_back(
    rules: RuleSet,
    cause: Cause,
    first: &Host,
    followed: &Followed,
    turn: usize,
) -> WayBack {
    let for_good = match cause.property {
        Property::NoAvoidableLoss | Property::NoMixedBoot => true,
        Property::Repaired
        | Property::Honest
        | Property::SharesRestored
        | Property::ComponentsRestored
        | Property::NeverRefused
        | Property::Ends
        | Property::StopsWhenRepaired
        | Property::TriesInBetween
        | Property::NoBlindTry => false,
    };
    let any = Goal { first: *first, keep_shares: false, no_mixed_boot: false };
    if !for_good {
        return match shortest(rules, &followed.end.host, &any) {
            Ok(Some(way)) => WayBack::Open(way),
            Ok(None) => WayBack::Never,
            Err(_) => WayBack::Unknown,
        };
    }
    let kept = Goal {
        keep_shares: cause.property == Property::NoAvoidableLoss,
        no_mixed_boot: cause.property == Property::NoMixedBoot,
        ..any
    };
    let Some((at, _)) = followed.turns.get(turn) else { return WayBack::Unknown };
    match (shortest(rules, &at.before, &kept), shortest(rules, at.after(), &any)) {
        (Ok(before), Ok(after)) => WayBack::Lost { before, after },
        _ => WayBack::Unknown,
    }
}
