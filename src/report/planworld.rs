//! The best plans on a world, beside the article's own runbook, for people.

use super::columns;
use super::plan::counted_noun;
use super::plan::mean;
use super::style;
use super::verify::damage_name;
use super::verify::world_name;
use crate::search::ground::Allowed;
use crate::search::planworld::Bill;
use crate::search::planworld::Found;
use crate::search::planworld::Kind;
use crate::search::planworld::Protocols;
use crate::search::planworld::Row;
use crate::search::world::World;
use crate::text::wording::thousands;

/// The best plans on a world.
#[derive(Debug)]
pub struct PlanWorldReport {
    /// The world.
    pub world: World,
    /// The options that narrow it, as they were given.
    pub narrowed: Vec<String>,
    /// The actions that plans may use.
    pub allowed: Allowed,
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
            world_name(&self.world),
            damage_name(&self.world),
            self.allowed.id(),
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
            mean(regret, total.cases),
            counted_noun(total.runbook.lost.cases.saturating_sub(total.best.lost.cases), "case")
        );
        out.push_str(&columns::hanging("", 0, &text));
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
    let bill = |it: &Bill| {
        format!(
            "{:>5}{:>8}{:>10}{:>9}",
            it.restarts.most,
            mean(it.restarts.sum, row.cases),
            mean(it.reinstalls.sum, row.cases),
            thousands(it.lost.cases)
        )
    };
    let cases = thousands(row.cases);
    format!("{name:<24}{cases:>10}{}{}\n", bill(&row.best), bill(&row.runbook))
}
