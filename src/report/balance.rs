//! What two futures come to, and which rules made the difference, for people.

use super::columns;
use super::columns::NARROW;
use super::style;
use super::what_if::heading;
use super::what_if::number;
use super::words;
use crate::model::component::Component;
use crate::model::nameplate::Nameplate;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::Source;
use crate::model::set::Components;
use crate::search::causes::Cause;
use crate::search::causes::Causes;
use crate::search::causes::Place;
use crate::search::causes::Point;
use crate::search::causes::Reason;
use crate::search::future::Change;
use crate::search::what_if::Balance;
use crate::search::what_if::Item;
use crate::search::what_if::Part;
use crate::search::what_if::WhatIf;
use crate::text::wording;

/// The width of the name of a line of the balance.
const NAME: usize = 22;
/// The width of a value of the balance.
const VALUE: usize = 26;

/// What both come to: lines that differ, then the others in one.
pub fn balance(it: &WhatIf, names: &Nameplate) -> String {
    let (base, other) = (Balance::of(&it.base), Balance::of(&it.other));
    let differing = it.differing();
    let mut out = heading("Balance");
    if differing.is_empty() {
        out.push_str("  both come to the same\n");
    } else {
        let cells = [("", NAME), ("as it is", VALUE), ("what if", VALUE)];
        let head = columns::row(&cells);
        out.push_str(&format!("  {}\n", style::in_style(style::QUIET, head.trim_end())));
    }
    let mut same = Vec::new();
    for item in Item::ALL {
        let one = value(item, &base, names);
        if differing.contains(&item) {
            let two = value(item, &other, names);
            let row = columns::row(&[(name(item), NAME), (&one, VALUE), (&two, VALUE)]);
            for line in row.lines() {
                out.push_str(&format!("  {line}\n"));
            }
        } else if is_worth_saying(item, &base) {
            same.push(format!("{} {one}", name(item)));
        }
    }
    if !same.is_empty() {
        out.push_str(&columns::hanging_within(NARROW, "  the same", 13, &same.join("; ")));
    }
    out
}

/// The value of a line of the balance, in words.
pub fn value(item: Item, it: &Balance, names: &Nameplate) -> String {
    let shares = |set| or_none(&names.share_names(set));
    match item {
        Item::Repaired => yes(it.repaired),
        Item::Restarts => it.restarts.to_string(),
        Item::Tries => it.tries.to_string(),
        Item::Actions => it.actions.to_string(),
        Item::Refused => it.refused.to_string(),
        Item::Lost => shares(it.lost),
        Item::LostAtEnd => shares(it.lost_at_end),
        Item::Installed if it.added.is_empty() && it.gone.is_empty() => "as at first".to_owned(),
        Item::Installed => {
            let signed = |sign: &str, set: Components| -> Vec<String> {
                set.iter().map(|it| format!("{sign}{}", it.id())).collect()
            };
            wording::list(&[signed("-", it.gone), signed("+", it.added)].concat())
        }
        Item::ServicePack if it.service_pack == 0 => "none".to_owned(),
        Item::ServicePack => it.service_pack.to_string(),
        Item::RestartPending => yes(it.restart_pending),
        Item::Settings => settings(it.settings),
        Item::HistoryRestarts => it.history_restarts.to_string(),
        Item::HistorySettings => settings(it.history_settings),
        Item::Claim => it.claim.map_or("nothing, cut off", |it| it.id()).to_owned(),
        Item::Broken => or_none(&it.broken.iter().map(property).collect::<Vec<_>>()),
    }
}

/// A paragraph with what belongs to it.
pub type Told = (String, Vec<String>);

/// What made the difference: each rule with its source, its claim and what it decides, then what differs
/// whichever rule is left out.
pub fn causes(it: &WhatIf) -> Vec<Told> {
    let causes = &it.causes;
    // All that differs follows from a rule that is the only change.
    let alone = matches!(it.changes.as_slice(), [Change::Rule { .. }]);
    let mut told: Vec<Told> = causes.telling().map(|it| cause(it, alone)).collect();
    if !causes.rest.is_empty() && !alone || told.is_empty() {
        told.push(rest(it));
    }
    told
}

fn cause(it: &Cause, alone: bool) -> Told {
    let fires = fires(it);
    let only = it.changed && alone;
    let fires = match (it.changed, only) {
        (false, _) => format!("it {fires}"),
        (true, true) => format!("it is what was changed, and {fires}"),
        (true, false) => format!("it is part of what was changed, and {fires}"),
    };
    let decides = match &it.decides {
        _ if only => String::new(),
        None => "; the two cannot be compared without it".to_owned(),
        Some(points) if points.is_empty() => {
            "; by itself it decides nothing of what both come to".to_owned()
        }
        Some(points) => format!("; without it both come to the same: {}", list(points)),
    };
    let head = format!("rule {} ({})", it.rule.id(), source(it.rule));
    (head, vec![it.rule.rule().claim.to_owned(), format!("{fires}{decides}")])
}

/// The source of a rule; of an assumption the reason too.
pub fn source(rule: RuleId) -> String {
    match rule.rule().source {
        Source::Assumption(reason) => format!("assumption: {reason}"),
        Source::Article(_) | Source::Documented(_) => words::source(rule),
    }
}

/// What no rule decides by itself.
fn rest(it: &WhatIf) -> Told {
    let reasons = reasons(&it.causes);
    if it.causes.rest.is_empty() {
        let head = format!("no rule: {reasons}");
        return (head, vec!["both come to the same".to_owned()]);
    }
    let head = format!("no rule by itself: {}", list(&it.causes.rest));
    let unknown = it.causes.rules.iter().any(|it| it.decides.is_none());
    let which = if unknown { "any one rule that can be left out" } else { "any one rule" };
    (
        head,
        vec![format!(
            "{reasons}; leaving out {which} makes none of these alike without undoing a repair"
        )],
    )
}

/// What is otherwise from the start, in words.
pub fn reasons(causes: &Causes) -> String {
    let reasons: Vec<&str> = causes.reasons.iter().map(|it| reason(*it)).collect();
    // Where each change is idle by itself, they make the difference together.
    if reasons.is_empty() {
        return "what is changed makes a difference together only".to_owned();
    }
    wording::list(&reasons)
}

/// A reason in words.
pub const fn reason(it: Reason) -> &'static str {
    match it {
        Reason::Host => "the host differs",
        Reason::History => "the history differs",
        Reason::Acts => "the acts differ",
        Reason::Runbook => "the runbook differs",
        Reason::Rules => "the rules differ",
    }
}

fn list(points: &[Point]) -> String {
    wording::list(&points.iter().map(|it| point(*it)).collect::<Vec<_>>())
}

fn point(it: Point) -> String {
    match it {
        Point::Line(item) => name(item).to_owned(),
        Point::Breaks(it) => format!("whether {} is broken", it.id()),
    }
}

/// The name of a property, and whether it is advice only.
fn property(it: Property) -> String {
    if it.gates() { it.id().to_owned() } else { format!("{} (advice)", it.id()) }
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

fn or_none<S: AsRef<str>>(items: &[S]) -> String {
    if items.is_empty() { "none".to_owned() } else { wording::list(items) }
}

/// The components whose settings are lost, and what says which.
fn settings(components: Components) -> String {
    let told = |it: Component| format!("{} ({})", it.id(), words::fact_numbers(it.losses()));
    or_none(&components.iter().map(told).collect::<Vec<_>>())
}

/// The name of a line of the balance.
pub const fn name(item: Item) -> &'static str {
    match item {
        Item::Repaired => "repaired",
        Item::Restarts => "restarts",
        Item::Tries => "tries",
        Item::Actions => "actions",
        Item::Refused => "refused actions",
        Item::Lost => "shares ever lost",
        Item::LostAtEnd => "shares lost at the end",
        Item::Installed => "components",
        Item::ServicePack => "service pack",
        Item::RestartPending => "restart due",
        Item::Settings => "settings lost",
        Item::HistoryRestarts => "restarts before",
        Item::HistorySettings => "settings lost before",
        Item::Claim => "said at the end",
        Item::Broken => "properties broken",
    }
}

/// The keys of a line of the balance in JSON.
pub const fn keys(item: Item) -> &'static [&'static str] {
    match item {
        Item::Repaired => &["repaired"],
        Item::Restarts => &["restarts"],
        Item::Tries => &["tries"],
        Item::Actions => &["actions"],
        Item::Refused => &["refused"],
        Item::Lost => &["lost"],
        Item::LostAtEnd => &["lost_at_end"],
        Item::Installed => &["added", "gone"],
        Item::ServicePack => &["service_pack"],
        Item::RestartPending => &["restart_pending"],
        Item::Settings => &["settings_lost"],
        Item::HistoryRestarts => &["history_restarts"],
        Item::HistorySettings => &["history_settings_lost"],
        Item::Claim => &["claim"],
        Item::Broken => &["broken"],
    }
}

/// Whether a line in which both are the same is told.
fn is_worth_saying(item: Item, it: &Balance) -> bool {
    match item {
        Item::Repaired | Item::Restarts | Item::Lost => true,
        Item::Settings => !it.settings.is_empty(),
        Item::Broken => !it.broken.is_empty(),
        Item::Refused => it.refused > 0,
        Item::LostAtEnd => !it.lost_at_end.is_empty(),
        Item::RestartPending => it.restart_pending,
        Item::Tries
        | Item::Actions
        | Item::Installed
        | Item::ServicePack
        | Item::HistoryRestarts
        | Item::HistorySettings
        | Item::Claim => false,
    }
}

/// In which of the two a rule fires, and where.
fn fires(cause: &Cause) -> String {
    let place = |(part, at): Place| match part {
        Part::History => format!("line {}", number(part, at)),
        Part::First | Part::Steps => format!("step {}", number(part, at)),
    };
    match (cause.base, cause.other) {
        (Some(at), None) => format!("fires only in \"as it is\", first at {}", place(at)),
        (None, Some(at)) => format!("fires only in \"what if\", first at {}", place(at)),
        (Some(one), Some(other)) if one == other => {
            format!("fires in both, first at {}", place(one))
        }
        (Some(one), Some(other)) => {
            format!("fires in both, first at {} and at {}", place(one), place(other))
        }
        (None, None) => "fires in neither; it counts where the loss of shares is judged".to_owned(),
    }
}
