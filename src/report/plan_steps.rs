//! A plan step by step, with a mark at each that goes beyond the article.

use super::columns;
use super::plan::PlanReport;
use super::plan_costs::mean;
use super::words;
use crate::files::language;
use crate::model::action::Action;
use crate::model::set::Components;
use crate::search::beyond::Beyond;
use crate::search::beyond::beyond;
use crate::search::beyond::leans_on;
use crate::search::course::Stage;
use crate::search::course::Tried;
use crate::search::family::Family;
use crate::search::odds::OddsOf;
use crate::text::wording;
use crate::text::wording::thousands;

impl PlanReport {
    /// The actions of a stage, in the action language.
    fn actions(&self, actions: &[Action]) -> String {
        let words: Vec<String> =
            actions.iter().map(|it| language::print(*it, &self.names)).collect();
        words.join(", ")
    }

    /// The plan step by step.
    pub fn steps(&self) -> String {
        let mut out = String::new();
        let mut number = 0;
        let mut say = |text: &str| {
            number += 1;
            out.push_str(&columns::hanging(&format!("  {number}"), 5, text));
        };
        for (stage, ways) in self.plan.course.stages.iter().zip(self.ways()) {
            if !stage.actions.is_empty() {
                let marks = self.marked(&ways, true);
                say(&format!("{}{marks}", self.actions(&stage.actions)));
            }
            if let Some(tried) = &stage.tries {
                say(&self.tried(stage, tried, &self.marked(&ways, false)));
            }
        }
        if let Some(family) = &self.plan.course.given_up {
            say(&format!("give up: {} are left", self.of_family(family)));
        }
        out
    }

    /// `count` of all cases.
    pub fn of_cases(&self, count: u64) -> String {
        format!("{} of {} cases", thousands(count), thousands(self.ends.cases))
    }

    /// The cases of `family` of all cases, and how likely they are where the odds are not even.
    fn of_family(&self, family: &Family) -> String {
        let ground = &self.plan.ground;
        let cases = self.of_cases(family.count());
        if ground.odds == OddsOf::EVEN {
            return cases;
        }
        let weight = family.weight(ground.universe, &ground.odds);
        format!("{cases} ({} %)", mean(weight * 100, self.ends.weight))
    }

    /// The marks of the ways of a stage, before its boot or after it.
    fn marked(&self, ways: &[Beyond], before_boot: bool) -> String {
        let there = ways.iter().filter(|it| it.is_before_boot() == before_boot);
        there.flat_map(|it| [" [".to_owned(), self.mark(*it).to_string(), "]".to_owned()]).collect()
    }

    fn tried(&self, stage: &Stage, tried: &Tried, marks: &str) -> String {
        let action = format!("{}{marks}", language::print(tried.action, &self.names));
        let count = self.of_family(&tried.succeeding);
        if tried.failing.is_none() {
            let then = self.then(&tried.after_success);
            return format!("{action}: the IMC runs in all cases that are left, {count}{then}");
        }
        let fails = if stage.actions.is_empty() { "; if not, event 4087" } else { "; if not" };
        let then = self.then(&tried.after_success);
        format!("{action}; if the IMC runs, in {count}: done{then}{fails}:")
            .replace(": done; then", ": then")
    }

    fn then(&self, actions: &[Action]) -> String {
        if actions.is_empty() { String::new() } else { format!("; then {}", self.actions(actions)) }
    }

    fn ways(&self) -> Vec<Vec<Beyond>> {
        beyond(&self.plan.ground, &self.plan.course)
    }

    /// What is said of a plan that only takes the article's steps.
    fn within_the_article(&self) -> String {
        let stages = &self.plan.course.stages;
        let protocols = |set: Components| set.meets(Components::PROTOCOLS);
        let first = stages.iter().position(|it| protocols(it.out));
        let services = stages.iter().rposition(|it| !it.out.is_empty() && !protocols(it.out));
        let order = first.zip(services).is_some_and(|(first, services)| first < services);
        let untried = stages.iter().any(|it| it.out.is_empty() && it.tries.is_none());
        let but = match (order, untried) {
            (false, false) => "",
            (true, false) => "; the article takes the services first",
            (false, true) => "; the article tries after each reinstallation",
            (true, true) => {
                "; the article takes the services first, and tries after each reinstallation"
            }
        };
        format!("Every step is one that the article takes{but}.")
    }

    /// What has to be noted down first; empty where nothing that is removed has settings.
    pub fn settings(&self) -> String {
        let removed = self.plan.course.stages.iter().fold(Components::EMPTY, |all, it| {
            let gone = it.actions.iter().filter_map(|it| it.removes());
            all.or(gone.collect())
        });
        let words: Vec<String> = removed
            .and(self.plan.ground.host.installed)
            .iter()
            .filter(|it| !it.losses().is_empty())
            .map(|it| format!("{} ({})", it.id(), words::fact_numbers(it.losses())))
            .collect();
        if words.is_empty() {
            return String::new();
        }
        let text = format!(
            "Note down first what is set for {}: removing loses it.",
            wording::list(&words)
        );
        columns::hanging("  ", 2, &text)
    }

    /// The ways beyond the article that the plan takes, in order.
    pub fn used(&self) -> Vec<Beyond> {
        let ways = self.ways();
        Beyond::ALL.into_iter().filter(|it| ways.iter().flatten().any(|way| way == it)).collect()
    }

    fn mark(&self, way: Beyond) -> char {
        let at = self.used().iter().position(|it| *it == way).unwrap_or_default();
        char::from(b'a' + u8::try_from(at).unwrap_or_default())
    }

    /// What the marks at the steps stand for.
    pub fn marks(&self) -> String {
        let used = self.used();
        if used.is_empty() {
            return columns::hanging("  ", 2, &self.within_the_article());
        }
        let mut out = String::from("  Beyond the article:\n");
        for way in used {
            let rules: Vec<String> = leans_on(&self.plan.ground, &self.plan.course, way)
                .into_iter()
                .map(|(rule, believed)| {
                    let off = if believed { "" } else { ", which is not believed here" };
                    format!("{} ({}{off})", rule.id(), words::source(rule))
                })
                .collect();
            let text = format!("{}; leans on {}", way.says(), wording::list(&rules));
            out.push_str(&columns::hanging(&format!("  [{}]", self.mark(way)), 6, &text));
        }
        out
    }
}
