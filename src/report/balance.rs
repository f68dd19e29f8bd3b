//! What two futures come to, and which rules made the difference, for people.

use super::columns;
use super::style;
use super::what_if::heading;
use super::what_if::number;
use super::words;
use crate::model::component::Component;
use crate::model::nameplate::Nameplate;
use crate::model::property::Property;
use crate::model::set::Components;
use crate::search::what_if::Balance;
use crate::search::what_if::Cause;
use crate::search::what_if::Item;
use crate::search::what_if::Part;
use crate::search::what_if::Side;
use crate::search::what_if::WhatIf;
use crate::text::wording;

/// The width of the name of a line of the balance.
const NAME: usize = 22;
/// The width of a value of the balance.
const VALUE: usize = 36;

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
        out.push_str(&columns::hanging("  the same", 13, &same.join("; ")));
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
        Item::Settings => or_none(&it.settings.iter().map(settings).collect::<Vec<_>>()),
        Item::Claim => it.claim.map_or("nothing, cut off", |it| it.id()).to_owned(),
        Item::Broken => or_none(&it.broken.iter().map(Property::id).collect::<Vec<_>>()),
    }
}

/// The rules that made the difference.
pub fn causes(it: &WhatIf) -> String {
    let mut out = heading("What made the difference");
    if it.causes.is_empty() {
        out.push_str(
            "  no rule: the same rules fire in both, and the difference is what was done\n",
        );
    }
    let decides = |it: &Cause| it.changed || !it.decides.is_empty();
    // Where some rule decides what both come to, the others only follow from it.
    let any = it.causes.iter().any(decides);
    for cause in it.causes.iter().filter(|it| !any || decides(it)) {
        let line = format!("rule {} ({})", cause.rule.id(), words::source(cause.rule));
        out.push_str(&columns::hanging("", 2, &line));
        out.push_str(&columns::hanging("", 4, cause.rule.rule().claim));
        let fires = fires(cause);
        let text = if cause.changed {
            format!("it is what was changed, and {fires}")
        } else if cause.decides.is_empty() {
            format!("it {fires}; by itself it decides no line of the balance")
        } else {
            let items: Vec<&str> = cause.decides.iter().map(|it| name(*it)).collect();
            format!("it {fires}; without it both come to the same: {}", wording::list(&items))
        };
        out.push_str(&columns::hanging("", 4, &text));
    }
    out
}

fn yes(flag: bool) -> String {
    if flag { "yes" } else { "no" }.to_owned()
}

fn or_none<S: AsRef<str>>(items: &[S]) -> String {
    if items.is_empty() { "none".to_owned() } else { wording::list(items) }
}

/// What is lost with the settings of a component.
fn settings(component: Component) -> String {
    let numbers = words::fact_numbers(component.losses());
    format!("{} ({numbers})", component.id())
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
        Item::Claim => "said at the end",
        Item::Broken => "properties broken",
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
        Item::Tries | Item::Actions | Item::Installed | Item::ServicePack | Item::Claim => false,
    }
}

/// In which of the two a rule fires, and where.
fn fires(cause: &Cause) -> String {
    let side = match cause.side {
        Side::Base => "as it is",
        Side::Other => "what if",
    };
    let (part, at) = cause.at;
    let place = match part {
        Part::History => format!("line {}", number(part, at)),
        Part::First | Part::Steps => format!("step {}", number(part, at)),
    };
    format!("fires only in \"{side}\", first at {place}")
}
