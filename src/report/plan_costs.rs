//! What a plan costs, as tables for people.

use super::columns;
use super::plan::PlanReport;
use super::plan::counted_noun;
use super::plan::heading;
use crate::model::property::Property;
use crate::search::cost::Aim;
use crate::search::odds::OddsOf;
use crate::search::plan::Ends;
use crate::text::wording::thousands;

impl PlanReport {
    /// The trade-off.
    pub fn trade_off(&self) -> String {
        let mut out = heading("The trade-off");
        let head = ["", "restarts", "reinstalls", "tries", "shares lost", "not repaired"];
        out.push_str(&row(&head.map(str::to_owned)));
        for (_, ends) in &self.front {
            let name = match ends.count(Aim::Restarts).most {
                0 => "no restart".to_owned(),
                1 => "at most 1 restart".to_owned(),
                most => format!("at most {most} restarts"),
            };
            out.push_str(&counted(&name, ends));
        }
        let text = "a row for each plan that no other beats: none has as few restarts at most, as few cases with lost shares and as few reinstallations in the mean, and fewer of one of them";
        out.push_str(&columns::hanging("  ", 2, text));
        out
    }

    /// What the plan costs, beside the article's own runbook.
    pub fn table(&self) -> String {
        let mut out = heading("What it costs");
        let head = ["", "restarts", "reinstalls", "tries", "shares lost", "not repaired"];
        out.push_str(&row(&head.map(str::to_owned)));
        let kinds = ["", "most    mean", "most    mean", "most    mean", "cases", "cases"];
        out.push_str(&row(&kinds.map(str::to_owned)));
        out.push_str(&counted("this plan", &self.ends));
        if !self.book.0.left_out.is_empty() {
            out.push_str(&counted("as a runbook", &self.book.1));
        }
        out.push_str(&counted("the article's runbook", &self.article));
        let left =
            self.article.leaves.iter().filter(|it| it.broken.has(Property::ComponentsRestored));
        let left: u64 = left.map(|it| it.family.count()).sum();
        if left > 0 {
            let text = format!(
                "the article's runbook leaves the host other than it was in {}, which no plan does",
                self.of_cases(left)
            );
            out.push_str(&columns::hanging("  ", 2, &text));
        }
        if self.plan.ground.odds == OddsOf::EVEN {
            let sum = |aim, one, many| {
                let sum = self.ends.count(aim).sum;
                format!("{} {}", thousands(sum), if sum == 1 { one } else { many })
            };
            let text = format!(
                "this plan over all {}: {}, {}, {}",
                counted_noun(self.ends.cases, "case"),
                sum(Aim::Restarts, "restart", "restarts"),
                sum(Aim::Reinstalls, "reinstall", "reinstalls"),
                sum(Aim::Tries, "try", "tries"),
            );
            out.push_str(&columns::hanging("  ", 2, &text));
        } else {
            out.push_str("  the means weigh each case by the odds\n");
        }
        if !self.book.0.left_out.is_empty() {
            let text = "the runbook language cannot put back what is out after a try that succeeds there, so the runbook leaves such tries out; the most restarts are the same";
            out.push_str(&columns::hanging("  ", 2, text));
        }
        out
    }
}

fn row(cells: &[String; 6]) -> String {
    let [name, restarts, reinstalls, tries, lost, unrepaired] = cells;
    let text =
        format!("  {name:<22}{restarts:>14}{reinstalls:>14}{tries:>14}{lost:>14}{unrepaired:>14}");
    format!("{}\n", text.trim_end())
}

fn counted(name: &str, ends: &Ends) -> String {
    let both = |aim| {
        let counts = ends.count(aim);
        format!("{:>4}{:>8}", counts.most, mean(counts.sum, ends.weight))
    };
    let cases = |aim| thousands(ends.count(aim).cases);
    row(&[
        name.to_owned(),
        both(Aim::Restarts),
        both(Aim::Reinstalls),
        both(Aim::Tries),
        cases(Aim::Lost),
        cases(Aim::Unrepaired),
    ])
}

/// `sum` over `weight` with two decimals, rounded half up.
pub fn mean(sum: u128, weight: u128) -> String {
    let hundredths = (sum * 200 + weight).checked_div(weight * 2).unwrap_or_default();
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
