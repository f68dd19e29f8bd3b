//! The same change asked of every case of a world, for people.

use super::columns;
use super::style;
use super::verify::actions;
use super::verify::damage_name;
use super::verify::world_name;
use super::weigh::difference;
use super::weigh::together;
use super::what_if::change;
use crate::files::change::HostFact;
use crate::files::runbook::RunbookFile;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::search::case;
use crate::search::compare::Change as Way;
use crate::search::compare::Compared;
use crate::search::compare::Difference;
use crate::search::compare::Twin;
use crate::search::future::Change;
use crate::search::play::follow;
use crate::search::world::World;
use crate::text::wording;
use crate::text::wording::thousands;

/// A runbook under some rules.
#[derive(Clone, Debug)]
pub struct Side {
    /// The path of the runbook.
    pub path: String,
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
        let mut out = format!("{lead}  every case of world {world}, {narrowed}: {cases} cases\n");
        out.push_str(&columns::hanging("  as it is", 13, &format!("runbook {}", self.base.path)));
        for it in &self.branches {
            out.push_str(&self.branch(it));
        }
        out
    }

    fn branch(&self, it: &Over) -> String {
        let names = case::names();
        let mut out = String::new();
        for (index, what) in it.changes.iter().enumerate() {
            let lead = if index == 0 { "  what if" } else { "  and" };
            out.push_str(&columns::hanging(lead, 13, &change(what, &names, None)));
        }
        let cases = it.compared.cases;
        let idle = self.world.cases() - cases;
        if idle > 0 {
            let text = format!("{} cases, which are so already", thousands(idle));
            out.push_str(&columns::hanging("  left out", 13, &text));
        }
        out.push('\n');
        if cases == 0 {
            out.push_str("nothing compared: there is no case that it would change\n");
            return out;
        }
        if it.compared.differences.is_empty() {
            let none = style::in_style(style::GOOD, "no difference");
            out.push_str(&format!("{none} in {} cases\n", thousands(cases)));
            return out;
        }
        let count = |change: Way| {
            let found = it.compared.differences.iter().find(|it| it.change == change);
            thousands(found.map_or(0, |it| it.cases))
        };
        out.push_str(&format!(
            "of {} cases {} go from repaired to not, and {} from not to repaired\n",
            thousands(cases),
            count(Way::Breaks(Property::Repaired)),
            count(Way::Mends(Property::Repaired)),
        ));
        for same in together(&it.compared.differences) {
            out.push_str(&difference(same, cases));
            out.push_str(&same.first().map_or_else(String::new, |found| self.witness(it, found)));
        }
        out
    }

    /// What is done in the smallest case and in its twin, and how to see both.
    fn witness(&self, it: &Over, found: &Difference) -> String {
        let twin = Twin { rules: it.side.rules, runbook: &it.side.file.runbook, facts: &it.facts };
        let twin = twin.of(&found.witness).unwrap_or(found.witness);
        let mut out = String::new();
        for (name, side, host) in
            [("  as it is", &self.base, &found.witness), ("  what if", &it.side, &twin)]
        {
            let followed = follow(side.rules, host, &side.file);
            let done: Vec<Action> = followed.turns.iter().map(|(turn, _)| turn.action).collect();
            let words = actions(&done, &case::names()).replace('`', "");
            out.push_str(&columns::hanging(name, 16, &words));
            if let Some(line) = replay(side, host) {
                out.push_str(&columns::hanging("    replay", 16, &line));
            }
        }
        out
    }
}

/// The command that shows this case; none where its name does not say all of it.
fn replay(side: &Side, host: &Host) -> Option<String> {
    let name = case::name(host);
    case::parse(&name).ok().filter(|it| it == host)?;
    let mut parts = vec![format!("imc4087 verify {} --case {name}", wording::shown(&side.path))];
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
