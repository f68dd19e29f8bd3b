//! The same change asked of every case of a world, for people.

use super::balance::reason;
use super::columns;
use super::columns::NARROW;
use super::style;
use super::verify::actions;
use super::verify::damage_name;
use super::verify::world_name;
use super::weigh::difference;
use super::weigh::together;
use super::what_if::change;
use super::what_if::changed;
use super::what_if::heading;
use crate::files::change::HostFact;
use crate::files::runbook::RunbookFile;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::search::case;
use crate::search::causes::Reason;
use crate::search::compare::Compared;
use crate::search::compare::Difference;
use crate::search::compare::Totals;
use crate::search::compare::Twin;
use crate::search::future::Change;
use crate::search::play::follow;
use crate::search::ways::Change as Way;
use crate::search::world::Services;
use crate::search::world::World;
use crate::text::wording;
use crate::text::wording::thousands;
use std::collections::BTreeSet;

/// A runbook under some rules.
#[derive(Clone, Debug)]
pub struct Side {
    /// The path of the runbook, from where the user stands.
    pub path: String,
    /// Whether it is the one that this program carries, which has no file.
    pub built_in: bool,
    /// The runbook.
    pub file: RunbookFile,
    /// The rules believed.
    pub rules: RuleSet,
}

/// One future of every case.
#[derive(Clone, Debug)]
pub struct Over {
    /// What is otherwise.
    pub changes: Vec<Change>,
    /// What is followed, and believed.
    pub side: Side,
    /// The facts that are changed.
    pub facts: Vec<HostFact>,
    /// What came of it.
    pub compared: Compared,
}

/// One or more changes asked of every case of a world.
#[derive(Debug)]
pub struct OverReport {
    /// The world.
    pub world: World,
    /// The options that narrow it, as they were given.
    pub narrowed: Vec<String>,
    /// What is followed, and believed, as it is.
    pub base: Side,
    /// The futures.
    pub branches: Vec<Over>,
}

impl OverReport {
    /// The report for people.
    pub fn plain(&self) -> String {
        let mut narrowed = vec![format!("damage {}", damage_name(&self.world))];
        narrowed.extend(self.narrowed.iter().cloned());
        let lead = style::in_style(style::HEAD, "what if");
        let world = world_name(&self.world);
        let cases = thousands(self.world.cases());
        let narrowed = narrowed.join(", ");
        let text = format!("every case of world {world}, {narrowed}: {cases} cases");
        let mut out = format!("{lead}  {}\n", columns::wrap(&text, NARROW - 9).join("\n         "));
        out.push_str(&columns::hanging_within(NARROW, "  as it is", 13, &self.base.words()));
        for (index, it) in self.branches.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            let number = (self.branches.len() > 1).then_some(index + 1);
            out.push_str(&self.branch(it, number));
        }
        out
    }

    fn branch(&self, it: &Over, number: Option<usize>) -> String {
        let names = case::names();
        let mut out = changed(it.changes.iter().map(|it| change(it, &names, None)), number);
        let cases = it.compared.cases;
        let idle = self.world.cases() - cases;
        if idle > 0 {
            let text = format!("{} cases, which are so already", thousands(idle));
            out.push_str(&columns::hanging_within(NARROW, "  left out", 13, &text));
        }
        if let Some(host) = self.outside(it) {
            let text =
                format!("some of the changed hosts are in no world, as {}", case::name(&host));
            out.push_str(&columns::hanging_within(NARROW, "  note", 13, &text));
        }
        out.push_str(&columns::hanging_within(NARROW, "  compared", 13, COMPARED));
        out.push('\n');
        if self.world.cases() == 0 {
            out.push_str("nothing compared: the world has no such case\n");
            return out;
        }
        if it.compared.differences.is_empty() {
            let none = style::in_style(style::GOOD, "no difference");
            out.push_str(&format!("{none} in {} cases\n", thousands(self.world.cases())));
            return out;
        }
        let count = |change: Way| {
            let found = it.compared.differences.iter().find(|it| it.change == change);
            thousands(found.map_or(0, |it| it.cases))
        };
        out.push_str(&format!(
            "of {} cases {} go from repaired to not, and {} from not to repaired\n\n",
            thousands(cases),
            count(Way::Breaks(Property::Repaired)),
            count(Way::Mends(Property::Repaired)),
        ));
        out.push_str(&totals(&it.compared));
        let turned = RuleId::ALL.into_iter();
        let turned =
            turned.filter(|rule| self.base.rules.believes(*rule) != it.side.rules.believes(*rule));
        let turned = turned.fold(RuleSet::NONE, RuleSet::with);
        let why = why(it);
        for same in together(&it.compared.differences) {
            out.push_str(&difference(&same, cases, turned, &why));
            out.push_str(&same.first().map_or_else(String::new, |found| self.witness(it, found)));
        }
        out
    }

    /// The twin of a case that no world has: without TCP/IP, or with a service and without what it comes with.
    fn outside(&self, it: &Over) -> Option<Host> {
        if it.facts.is_empty() {
            return None;
        }
        let known = World::new(Services::Catalogue, self.world.damage).installed;
        let known: BTreeSet<Components> = known.into_iter().collect();
        let twin = Twin { rules: it.side.rules, runbook: &it.side.file.runbook, facts: &it.facts };
        let hosts = (0..self.world.hosts()).filter_map(|at| self.world.host(at));
        let mut twins = hosts.map(|host| twin.of(&host));
        twins.find(|it| !known.contains(&it.installed))
    }

    /// What is done in the smallest case and in its twin, and how to see both.
    fn witness(&self, it: &Over, found: &Difference) -> String {
        let twin = Twin { rules: it.side.rules, runbook: &it.side.file.runbook, facts: &it.facts };
        let twin = twin.of(&found.witness);
        let mut out = String::new();
        for (name, side, host) in
            [("  as it is", &self.base, &found.witness), ("  what if", &it.side, &twin)]
        {
            let followed = follow(side.rules, host, &side.file);
            let done: Vec<Action> = followed.turns.iter().map(|(turn, _)| turn.action).collect();
            let words = actions(&done, &case::names()).replace('`', "");
            out.push_str(&columns::hanging_within(NARROW, name, 16, &words));
            if let Some(line) = replay(side, host) {
                // In one line, however long, so that it can be pasted.
                out.push_str(&format!("    replay      {line}\n"));
            }
        }
        out
    }
}

/// What is compared of each case and its twin.
const COMPARED: &str = "every property, shares and settings lost, restarts, tries, actions, and what is \
                        otherwise at the end than at first";

/// What both sides come to, all cases together.
fn totals(it: &Compared) -> String {
    let mean = |sum: u64| {
        // Rounded to hundredths; a case has at most a thousand actions, and this does not overflow.
        let hundredths = (sum * 100 + it.cases / 2) / it.cases.max(1);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    };
    let values = |it: &Totals| {
        [
            thousands(it.repaired),
            thousands(it.lost),
            thousands(it.settings),
            thousands(it.refused),
            mean(it.restarts),
            it.restarts_max.to_string(),
            mean(it.tries),
            mean(it.actions),
        ]
    };
    let names = [
        "repaired",
        "shares lost",
        "settings lost",
        "an action refused",
        "restarts in the mean",
        "restarts at most",
        "tries in the mean",
        "actions in the mean",
    ];
    let mut out = heading("Balance, in cases");
    let cells = |name: &str, one: &str, other: &str| {
        let row = columns::row(&[(name, 22), (one, 26), (other, 26)]);
        format!("  {}\n", row.trim_end())
    };
    out.push_str(&style::in_style(style::QUIET, cells("", "as it is", "what if").trim_end()));
    out.push('\n');
    for (name, (old, new)) in names.into_iter().zip(values(&it.old).iter().zip(&values(&it.new))) {
        out.push_str(&cells(name, old, new));
    }
    out
}

/// What is otherwise from the start.
fn why(it: &Over) -> String {
    let mut parts: Vec<&str> = it.changes.iter().map(|it| reason(Reason::of(it))).collect();
    parts.sort_unstable();
    parts.dedup();
    wording::list(&parts)
}

impl Side {
    /// The runbook in words.
    fn words(&self) -> String {
        let built_in = if self.built_in { ", which this program carries" } else { "" };
        format!("runbook {}{built_in}", wording::shown(&self.path))
    }
}

/// The command that shows this case; none where its name does not say all of it.
fn replay(side: &Side, host: &Host) -> Option<String> {
    let name = case::name(host);
    case::parse(&name).ok().filter(|it| it == host)?;
    let mut parts = vec!["imc4087 verify".to_owned()];
    if !side.built_in {
        let dash = if side.path.starts_with('-') { "./" } else { "" };
        parts.push(wording::shell_word(&format!("{dash}{}", side.path)));
    }
    parts.push(format!("--case {name}"));
    for rule in RuleId::ALL {
        let option = match (RuleSet::usual().believes(rule), side.rules.believes(rule)) {
            (true, false) => "without",
            (false, true) => "with",
            (true, true) | (false, false) => continue,
        };
        parts.push(format!("--{option} {}", rule.id()));
    }
    Some(parts.join(" "))
}
