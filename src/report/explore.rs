//! What `explore` found: counts, ends and invariants, for people and for programs.

use super::closed;
use super::columns;
use super::json::StepDocument;
use super::json::pretty;
use super::json::steps;
use super::style;
use super::timeline;
use super::words;
use crate::files::language;
use crate::files::print;
use crate::files::scenario::Scenario;
use crate::model::trace::Turn;
use crate::search::census::Orders;
use crate::search::ends::Ends;
use crate::search::ends::Way;
use crate::search::explore::Checked;
use crate::search::explore::Explored;
use crate::text::wording;
use schemars::JsonSchema;
use serde::Serialize;

/// Every order of actions from the first host of a scenario.
#[derive(Debug)]
pub struct ExploreReport {
    /// The scenario file.
    pub path: String,
    /// The scenario.
    pub scenario: Scenario,
    /// What was done in every order.
    pub orders: Orders,
    /// What came of it.
    pub explored: Explored,
    /// How many hosts were looked for.
    pub most: usize,
}

/// What `explore` found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ExploreDocument {
    /// `imc4087/explore/1`.
    schema: &'static str,
    /// The scenario file.
    file: String,
    title: String,
    /// Whether all hosts were found; otherwise the counts are of those found.
    complete: bool,
    /// How many hosts were looked for.
    most: usize,
    /// How many hosts can be reached, the first included; compared in all fields, hidden ones too.
    hosts: usize,
    /// How many pairs there are of such a host and an action that is not refused on it.
    transitions: u64,
    /// How many actions the shortest way to the farthest host has.
    depth: usize,
    /// The actions that were taken in every order, in canonical order.
    actions: Vec<String>,
    /// What can come of the first host; null where not all hosts were found.
    ends: Option<EndsDocument>,
    invariants: Vec<InvariantDocument>,
}

/// What can come of the first host. A host is repaired when the IMC runs, with the components and the
/// service pack of the first host, nothing lost and nothing pending.
#[derive(Debug, Serialize, JsonSchema)]
struct EndsDocument {
    /// The cheapest way to a repaired host on which no share was ever lost; null where there is none.
    nothing_lost: Option<WayDocument>,
    /// The cheapest way to a repaired host on which shares were lost and shared again.
    shared_again: Option<WayDocument>,
    /// How many hosts have no way to a repaired one.
    dead: usize,
    /// The shortest way into one of them.
    into_dead: Option<WayDocument>,
}

/// Actions from the first host on: the fewest restarts, then the fewest actions, then the first in
/// canonical order.
#[derive(Debug, Serialize, JsonSchema)]
struct WayDocument {
    restarts: usize,
    actions: Vec<String>,
    /// The timeline, step 0 being the first host.
    steps: Vec<StepDocument>,
}

/// A claim about the model itself.
#[derive(Debug, Serialize, JsonSchema)]
struct InvariantDocument {
    #[schemars(schema_with = "closed::invariant")]
    id: &'static str,
    claim: &'static str,
    #[schemars(schema_with = "closed::of")]
    of: &'static str,
    /// How many of these it was checked in.
    checked: u64,
    /// In how many of them it is broken.
    failing: u64,
    /// The shortest way to where it is broken; null where it holds.
    way: Option<WayDocument>,
}

impl ExploreReport {
    /// The report as JSON.
    pub fn json(&self) -> String {
        let found = &self.explored;
        let names = &self.scenario.names;
        pretty(&ExploreDocument {
            schema: "imc4087/explore/1",
            file: self.path.clone(),
            title: self.scenario.title.clone(),
            complete: found.complete,
            most: self.most,
            hosts: found.hosts,
            transitions: found.transitions,
            depth: found.depth,
            actions: self.orders.actions.iter().map(|it| language::print(*it, names)).collect(),
            ends: found.ends.as_ref().map(|it| EndsDocument {
                nothing_lost: it.nothing_lost.as_ref().map(|it| self.way(it)),
                shared_again: it.shared_again.as_ref().map(|it| self.way(it)),
                dead: it.dead,
                into_dead: it.into_dead.as_ref().map(|it| self.way(it)),
            }),
            invariants: found
                .invariants
                .iter()
                .map(|it| InvariantDocument {
                    id: it.invariant.id(),
                    claim: it.invariant.claim(),
                    of: it.invariant.is_of().id(),
                    checked: it.checked,
                    failing: it.failing,
                    way: it.way.as_ref().map(|it| self.way(it)),
                })
                .collect(),
        })
    }

    fn way(&self, way: &Way) -> WayDocument {
        let names = &self.scenario.names;
        WayDocument {
            restarts: way.restarts(),
            actions: way.actions.iter().map(|it| language::print(*it, names)).collect(),
            steps: steps(&self.orders.first, self.turns(way).iter(), names),
        }
    }

    /// The actions of a way, taken.
    fn turns(&self, way: &Way) -> Vec<Turn> {
        let mut host = self.orders.first;
        let take = |action: &_| {
            let turn = Turn::take(self.orders.rules, &host, *action);
            host = *turn.after();
            turn
        };
        way.actions.iter().map(take).collect()
    }

    /// The report for people.
    pub fn plain(&self) -> String {
        let found = &self.explored;
        let verdict = if found.invariants.iter().any(|it| it.failing > 0) {
            style::in_style(style::BAD, "broken")
        } else if found.complete {
            style::in_style(style::GOOD, "explored")
        } else {
            style::in_style(style::BAD, "unknown")
        };
        let title = wording::shown(&self.scenario.title);
        let mut out = format!("{verdict}  {}  {title}\n\n", self.path);
        let (host, names) = (&self.orders.first, &self.scenario.names);
        out.push_str(&columns::hanging("  from", 15, &words::first_seen(host, names)));
        out.push_str(&columns::hanging("  hidden", 15, &words::first_hidden(host)));
        let soever = if found.complete { "" } else { " so far" };
        let counts = [
            ("hosts", found.hosts as u64, "each counted once, hidden facts included"),
            ("transitions", found.transitions, "a host and an action not refused there"),
            ("depth", found.depth as u64, "actions to the farthest host"),
        ];
        let orders = format!("of {}", wording::count(self.orders.actions.len(), "action"));
        out.push_str(&columns::hanging("  every order", 15, &orders));
        for (name, count, what) in counts {
            let count = wording::thousands(count);
            out.push_str(&format!("  {name:<12} {count:>13}{soever}  {what}\n"));
        }
        out.push('\n');
        match &found.ends {
            Some(ends) => out.push_str(&self.ends(ends)),
            None => out.push_str(&self.cut_off()),
        }
        out.push('\n');
        out.push_str(&heading(&format!("What holds of every host and every action{soever}")));
        for it in &found.invariants {
            out.push_str(&self.invariant(it));
        }
        out
    }

    /// What to say where there are too many hosts.
    fn cut_off(&self) -> String {
        let most = wording::thousands(self.most as u64);
        let text = format!(
            "there are more than {most} hosts: the counts are of those found first, and which ends can be reached is not known"
        );
        let mut out = columns::hanging("note: ", 6, &text);
        out.push_str("  = help: `--most N` sets how many are looked for\n");
        out
    }

    fn ends(&self, ends: &Ends) -> String {
        let mut out = heading("Which ends can be reached");
        let cheapest = if self.orders.first.shares.is_empty() {
            vec![("repaired", &ends.nothing_lost)]
        } else {
            vec![
                ("repaired, nothing ever lost", &ends.nothing_lost),
                ("repaired, what was lost shared again", &ends.shared_again),
            ]
        };
        for (name, way) in cheapest {
            let Some(way) = way else {
                out.push_str(&format!("  {name}: no order leads there\n"));
                continue;
            };
            if way.actions.is_empty() {
                out.push_str(&format!("  {name}: the first host is\n"));
                continue;
            }
            out.push_str(&format!("  {name}: {}\n", cost(way)));
            let list = print::actions(&way.actions, &self.scenario.names, columns::PAGE - 10);
            for (index, line) in list.lines().enumerate() {
                let lead = if index == 0 { "    do = " } else { "          " };
                out.push_str(&format!("{lead}{line}\n"));
            }
        }
        let all = wording::thousands(self.explored.hosts as u64);
        match &ends.into_dead {
            None => out.push_str("  dead ends: none, every host can still be repaired\n"),
            Some(way) => {
                let dead = wording::thousands(ends.dead as u64);
                out.push_str(&format!(
                    "  dead ends: {dead} of {all} hosts can never be repaired\n"
                ));
                out.push_str(&if way.actions.is_empty() {
                    "             the first host is one of them\n".to_owned()
                } else {
                    format!("\n{}", self.timeline(way))
                });
            }
        }
        out
    }

    fn invariant(&self, it: &Checked) -> String {
        let count = format!("{} {}", wording::thousands(it.checked), it.invariant.is_of().id());
        let Some(way) = &it.way else {
            let claim = format!("{} ({count})", it.invariant.claim());
            return columns::hanging("  holds ", 10, &claim);
        };
        let failing = wording::thousands(it.failing);
        let claim = format!("{} (not in {failing} of {count})", it.invariant.claim());
        format!("{}\n{}\n", columns::hanging("  broken", 10, &claim), self.timeline(way))
    }

    fn timeline(&self, way: &Way) -> String {
        let turns = self.turns(way);
        timeline::whole(&self.orders.first, &turns, &self.scenario.names)
    }
}

fn heading(text: &str) -> String {
    format!("{}\n", style::in_style(style::HEAD, text))
}

/// What a way costs.
fn cost(way: &Way) -> String {
    let actions = wording::count(way.actions.len(), "action");
    match way.restarts() {
        0 => format!("{actions}, no restart"),
        restarts => format!("{actions}, {} among them", wording::count(restarts, "restart")),
    }
}
