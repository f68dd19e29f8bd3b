//! The best plans on a world, beside the article's own runbook, for people.

use super::columns;
use super::plan::counted_noun;
use super::plan::least;
use super::plan_costs::mean;
use super::plan_why::why_stuck;
use super::style;
use super::verify::damage_name;
use super::verify::world_name;
use super::words;
use crate::search::bill::Bill;
use crate::search::bill::Row;
use crate::search::odds::OddsOf;
use crate::search::planworld::Found;
use crate::search::planworld::Kind;
use crate::search::planworld::Protocols;
use crate::search::planworld::Question;
use crate::text::wording::thousands;

/// The best plans on a world.
#[derive(Debug)]
pub struct PlanWorldReport {
    /// What was asked.
    pub question: Question,
    /// The options that narrow the world, as they were given.
    pub narrowed: Vec<String>,
    /// What was found.
    pub found: Found,
}

impl PlanWorldReport {
    /// All rows together.
    pub fn total(&self) -> Row {
        self.found.rows.values().fold(Row::default(), |all, it| all.and(*it))
    }

    /// The report.
    pub fn plain(&self) -> String {
        let total = self.total();
        let word = match &self.found.proof {
            Err(_) => style::in_style(style::BAD, "not proven"),
            Ok(_) if total.best.unrepaired.sum > 0 => style::in_style(style::BAD, "out of reach"),
            Ok(_) => style::in_style(style::GOOD, "best"),
        };
        let narrowed = if self.narrowed.is_empty() {
            String::new()
        } else {
            format!(", narrowed to {}", self.narrowed.join(", "))
        };
        let mut out = format!(
            "{word}  world {}, damage {}{narrowed}   actions {}   {}, {}\n\n",
            world_name(&self.question.world),
            damage_name(&self.question.world),
            self.question.allowed.id(),
            counted_noun(total.hosts, "host"),
            counted_noun(total.cases, "case")
        );
        out.push_str(&columns::hanging("least", 7, &least(&self.question.aims)));
        let rules = words::rules_otherwise(self.question.rules);
        if !rules.is_empty() {
            out.push_str(&columns::hanging("rules", 7, &rules));
        }
        out.push('\n');
        out.push_str(&head());
        for (kind, row) in &self.found.rows {
            out.push_str(&line(&name(*kind), row));
        }
        out.push_str(&line("all", &total));
        out.push('\n');
        out.push_str(&self.regret());
        out.push_str(&self.unrepaired(&total));
        if self.question.odds != OddsOf::EVEN {
            out.push_str("the means weigh the cases of each host by the odds, and hosts by their number of cases\n");
        }
        if !self.found.front.is_empty() {
            out.push_str(&self.trade_off(total.weight));
        }
        let text = match &self.found.proof {
            Err(flaw) => format!("not proven: {}", flaw.says()),
            Ok(proof) => format!(
                "proven: hosts that differ only in which components are meant have one plan; of {} in all the checker was given one host each, with {} ({} run), and carried out {} at {}",
                counted_noun(self.found.plans as u64, "plan"),
                counted_noun(proof.cases, "case"),
                thousands(proof.ran),
                counted_noun(proof.choices, "choice"),
                counted_noun(proof.moments, "moment")
            ),
        };
        out.push_str(&columns::hanging("", 0, &text));
        out
    }

    /// What the article's own runbook costs more than the best plans, by kind of host.
    fn regret(&self) -> String {
        let title = "regret of the article's runbook, a case";
        let head =
            format!("{title:<48}{:>10}{:>10}{:>18}", "restarts", "reinst.", "cases with loss");
        let mut out = format!("{}\n", style::in_style(style::HEAD, &head));
        let mut line = |name: &str, row: &Row| {
            let signed = |aim: fn(&Bill) -> u128| {
                let [best, runbook] = [&row.best, &row.runbook].map(aim);
                let sign = if runbook < best { '-' } else { '+' };
                format!("{sign}{}", mean(runbook.abs_diff(best), row.weight))
            };
            let [best, runbook] = [&row.best, &row.runbook].map(|it| it.lost.cases);
            let sign = if runbook < best { '-' } else { '+' };
            out.push_str(&format!(
                "{name:<48}{:>10}{:>10}{:>18}\n",
                signed(|it| it.restarts.sum),
                signed(|it| it.reinstalls.sum),
                format!("{sign}{}", thousands(runbook.abs_diff(best)))
            ));
        };
        for (kind, row) in &self.found.rows {
            line(&name(*kind), row);
        }
        line("all", &self.total());
        out + "\n"
    }

    /// The cases that are not repaired, and why not; empty where every case is.
    fn unrepaired(&self, total: &Row) -> String {
        let [best, runbook] = [&total.best, &total.runbook].map(|it| it.unrepaired.cases);
        if best == 0 && runbook == 0 {
            return String::new();
        }
        let cases = counted_noun(total.cases, "case");
        let mut text = format!(
            "not repaired: {} of {cases} by the best plans, {} by the article's runbook",
            thousands(best),
            thousands(runbook)
        );
        if best > 0 {
            let why = why_stuck(self.found.stuck, self.question.allowed, self.question.rules);
            text.push_str(&format!(". {why}"));
        }
        columns::hanging("", 0, &text) + "\n"
    }

    fn trade_off(&self, weight: u128) -> String {
        let alike = self.found.front.iter().all(|it| it.shares_first == it.reinstalls_first);
        let ends: &[&str] = if alike { &[""] } else { &["shares first", "reinstallations first"] };
        let heads = [
            ends.iter().fold(String::new(), |all, it| format!("{all}  {it:<30}")),
            format!("{:>13}{:>10}{:>9}", "restarts", "reinst.", "lost").repeat(ends.len()),
            format!("{:>5}{:>8}{:>10}{:>9}", "most", "mean", "mean", "cases").repeat(ends.len()),
        ];
        let [first, second, third] = &heads;
        let head = format!("{:<34}{first}\n{:<34}{second}\n{:<34}{third}", "the trade-off", "", "");
        let head: Vec<&str> = head.lines().map(str::trim_end).collect();
        let mut out = format!("{}\n", style::in_style(style::HEAD, &head.join("\n")));
        for row in &self.found.front {
            let name = format!("at most {} a host", counted_noun(row.restarts_most, "restart"));
            let bills = [&row.shares_first, &row.reinstalls_first].into_iter().take(ends.len());
            let bills: String = bills.map(|it| bill(it, weight)).collect();
            out.push_str(&format!("{name:<34}{bills}\n"));
        }
        out + "\n"
    }
}

fn bill(it: &Bill, weight: u128) -> String {
    format!(
        "{:>5}{:>8}{:>10}{:>9}",
        it.restarts.most,
        mean(it.restarts.sum, weight),
        mean(it.reinstalls.sum, weight),
        thousands(it.lost.cases)
    )
}

/// A kind of host in words.
pub fn name((protocols, shares): Kind) -> String {
    let protocols = match protocols {
        Protocols::One => "1 protocol",
        Protocols::Several => "2-6 protocols",
        Protocols::All => "7 protocols",
    };
    format!("{protocols}, {}", if shares { "shares" } else { "no shares" })
}

fn head() -> String {
    let first = format!("{:<24}{:>10}  {:<30}  {:<30}", "", "", "best plan", "article's runbook");
    let costs = format!("{:>13}{:>10}{:>9}", "restarts", "reinst.", "lost");
    let second = format!("{:<24}{:>10}{costs}{costs}", "host", "cases");
    let kinds = format!("{:>5}{:>8}{:>10}{:>9}", "most", "mean", "mean", "cases");
    let third = format!("{:<24}{:>10}{kinds}{kinds}", "", "");
    let lines = [first, second, third].map(|it| it.trim_end().to_owned());
    format!("{}\n", style::in_style(style::HEAD, &lines.join("\n")))
}

fn line(name: &str, row: &Row) -> String {
    let cases = thousands(row.cases);
    let [best, runbook] = [&row.best, &row.runbook].map(|it| bill(it, row.weight));
    format!("{name:<24}{cases:>10}{best}{runbook}\n")
}
