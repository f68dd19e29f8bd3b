//! The best plans on a world, beside the article's own runbook, for people.

use super::columns;
use super::plan::counted_noun;
use super::plan_costs::mean;
use super::style;
use super::verify::damage_name;
use super::verify::world_name;
use crate::search::odds::OddsOf;
use crate::search::planworld::Bill;
use crate::search::planworld::Found;
use crate::search::planworld::Kind;
use crate::search::planworld::Protocols;
use crate::search::planworld::Question;
use crate::search::planworld::Row;
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
        out.push_str(&head());
        for (kind, row) in &self.found.rows {
            out.push_str(&line(&name(*kind), row));
        }
        out.push_str(&line("all", &total));
        out.push('\n');
        let regret = total.runbook.restarts.sum.saturating_sub(total.best.restarts.sum);
        let text = format!(
            "regret of the article's own runbook: {} restarts a case in the mean, and shares lost in {} that the best plan spares",
            mean(regret, total.weight),
            counted_noun(total.runbook.lost.cases.saturating_sub(total.best.lost.cases), "case")
        );
        out.push_str(&columns::hanging("", 0, &text));
        if self.question.odds != OddsOf::EVEN {
            out.push_str("the means weigh the cases of each host by the odds, and hosts by their number of cases\n");
        }
        if !self.found.front.is_empty() {
            out.push_str(&self.trade_off(total.weight));
        }
        let text = match &self.found.proof {
            Err(flaw) => format!("not proven: {}", flaw.says()),
            Ok(proof) => format!(
                "proven: {} differ in more than which components are meant; of each the checker ran all cases of one host, {} together, and carried out {} at {}",
                counted_noun(self.found.plans as u64, "plan"),
                thousands(proof.cases),
                counted_noun(proof.choices, "choice"),
                counted_noun(proof.moments, "moment")
            ),
        };
        out.push_str(&columns::hanging("", 0, &text));
        out
    }

    fn trade_off(&self, weight: u128) -> String {
        let first = format!(
            "{:<34}  {:<30}  {:<30}",
            "the trade-off", "shares first", "reinstallations first"
        );
        let costs = format!("{:>13}{:>10}{:>9}", "restarts", "reinst.", "lost");
        let second = format!("{:<34}{costs}{costs}", "");
        let kinds = format!("{:>5}{:>8}{:>10}{:>9}", "most", "mean", "mean", "cases");
        let third = format!("{:<34}{kinds}{kinds}", "");
        let lines = [first, second, third].map(|it| it.trim_end().to_owned());
        let mut out = format!("\n{}\n", style::in_style(style::HEAD, &lines.join("\n")));
        for row in &self.found.front {
            let name = format!("at most {} a host", counted_noun(row.restarts_most, "restart"));
            let [one, other] =
                [&row.shares_first, &row.reinstalls_first].map(|it| bill(it, weight));
            out.push_str(&format!("{name:<34}{one}{other}\n"));
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
        Protocols::Several => "2 to 6",
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
