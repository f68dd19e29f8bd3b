//! Why nothing costs less than a plan, in words.

use super::plan::PlanReport;
use super::plan::counted_noun;
use super::plan::why_never;
use super::plan_costs::mean;
use super::words;
use crate::model::component::Component;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::search::cost::Aim;
use crate::search::cost::Aims;
use crate::search::cost::By;
use crate::search::cost::Order;
use crate::search::cost::Word;
use crate::search::flaw::Flaw;
use crate::search::ground::Allowed;
use crate::search::kept::Kept;
use crate::search::kept::kept;
use crate::search::plan::Ends;
use crate::search::plan::best;
use crate::text::wording;
use crate::text::wording::thousands;

impl PlanReport {
    /// The bound in words.
    pub fn why(&self) -> Vec<String> {
        let ground = &self.plan.ground;
        if let Some(never) = ground.never {
            return vec![why_never(never)];
        }
        let mut out = Vec::new();
        let restarts = self.ends.count(Aim::Restarts).most;
        let least = if ground.at_once { 1 } else { 2 };
        if restarts > 0 {
            out.push(self.why_restarts());
        }
        if restarts > least {
            out.extend(self.why_more(restarts));
        }
        out.extend(self.why_lost());
        if self.plan.course.given_up.is_some() {
            out.push(self.why_given_up());
        }
        out.extend(self.price());
        out
    }

    fn why_restarts(&self) -> String {
        let ground = &self.plan.ground;
        if ground.at_once {
            return "One restart is the least for anybody: only a restart brings what was installed afresh into memory.".to_owned();
        }
        let leftovers = RuleId::LeftoversSurviveUntilRestart;
        let why = if ground.rules.believes(leftovers) {
            let rules = [RuleId::ReinstallRepairs, leftovers];
            let rules = rules.map(|it| format!("{}: {}", it.id(), words::source(it)));
            format!("damage goes only at a boot without the component ({})", rules.join("; "))
        } else {
            "the article restarts between removing and installing".to_owned()
        };
        format!(
            "Two restarts are the least, even for somebody who knew the damage: {why}, and the IMC starts only after another boot that loads the component again."
        )
    }

    /// Why there are more restarts in the worst case than somebody who knew would need.
    fn why_more(&self, restarts: u64) -> Option<String> {
        let ground = &self.plan.ground;
        let order = Order::of(&[Word::Shares, Word::Restarts]);
        let fewest = self.other(Aims { order, by: By::Worst })?.count(Aim::Restarts).most;
        if fewest < restarts && self.repairs_all() {
            return Some(format!(
                "More are done because other costs come before the worst case of restarts here: `--by worst --order shares,restarts` does {} at most.",
                wording::count(usize::try_from(fewest).unwrap_or(usize::MAX), "restart")
            ));
        }
        Some(match ground.allowed {
            Allowed::Article => "More are needed because the article brings everything back before it takes out more, and takes one protocol at a time: the fault may be where it looks last.".to_owned(),
            Allowed::Model if ground.drops && ground.stand_in.is_none() => "More are needed where what carries the shares is damaged itself: something has to carry them at every boot, no protocol stands in, so what stays at the first boot can only go at a later one.".to_owned(),
            Allowed::Model => "More are needed because a try tells nothing while what it needs is out.".to_owned(),
        })
    }

    /// The ends of the best plan for other aims.
    fn other(&self, aims: Aims) -> Option<Ends> {
        let plan = best(&self.plan.ground, &aims).plans.into_iter().next()?;
        Some(plan.ends())
    }

    fn why_lost(&self) -> Option<String> {
        let ground = &self.plan.ground;
        let lost = self.ends.count(Aim::Lost).cases;
        if lost == 0 {
            return None;
        }
        let order = Order::of(&[Word::Shares]);
        let fewest = self.other(Aims { order, by: By::Expected })?.count(Aim::Lost).cases;
        let least = format!("Shares are lost in {}", self.of_cases(lost));
        if fewest < lost {
            let avoidable =
                self.ends.leaves.iter().any(|it| it.broken.has(Property::NoAvoidableLoss));
            let counts = if avoidable {
                format!(" `verify` counts that as {}.", Property::NoAvoidableLoss.id())
            } else {
                String::new()
            };
            return Some(format!(
                "{least}, and {fewest} would be enough: other costs come before them here; `--by expected --order shares` puts them first.{counts}"
            ));
        }
        let leaf = self
            .ends
            .leaves
            .iter()
            .find(|it| self.plan.aims.order.count(it.cost, Aim::Lost) > 0)?;
        let damage = leaf.family.smallest(&ground.host).damaged;
        let who = match ground.allowed {
            Allowed::Article => "the article's actions",
            Allowed::Model => "the model's actions",
        };
        let checked = match kept(ground, damage) {
            Kept::Never(hosts) => format!(
                " With {} damaged, {who} reach {} in any order with the shares kept, and none of these is a repaired one: the loss is proven.",
                words::ids(damage),
                counted_noun(hosts as u64, "host")
            ),
            Kept::Possible => format!(
                " With {} damaged and known, {who} could keep them; before the fault is known, no plan does in fewer cases.",
                words::ids(damage)
            ),
            Kept::Unsearched => {
                " Single actions in any order were not searched to the end: there are too many."
                    .to_owned()
            }
        };
        Some(format!(
            "{least}: what carries them has to go, nothing else may carry them meanwhile, and a boot without a carrier drops them ({}).{checked}",
            words::source(RuleId::BootWithoutProtocolDropsShares)
        ))
    }

    /// What the plan costs more than the article's own runbook.
    fn price(&self) -> Option<String> {
        let [own, article] = [&self.ends, &self.article].map(|it| it.count(Aim::Reinstalls).sum);
        let dearer = own > article && self.article.count(Aim::Unrepaired).sum == 0;
        dearer.then(|| {
            format!(
                "Its price: {} reinstallations in the mean against {} of the article's runbook, which takes one thing at a time; `--front` shows what lies between.",
                mean(own, self.ends.weight),
                mean(article, self.article.weight)
            )
        })
    }

    fn why_given_up(&self) -> String {
        let ground = &self.plan.ground;
        why_stuck(ground.stuck(), ground.allowed, ground.rules)
    }

    /// What the checker did.
    pub fn proven(&self) -> String {
        let proof = match &self.proof {
            Ok(proof) => proof,
            Err(Flaw::Breaks(damage, broken)) => {
                let broken: Vec<&str> = broken.gating().iter().map(Property::id).collect();
                return format!(
                    "Not proven: with {} damaged the plan breaks {}.",
                    words::ids(*damage),
                    wording::list(&broken)
                );
            }
            Err(flaw) => return format!("Not proven: {}.", flaw.says()),
        };
        let plans = counted_noun(1 + self.front.len() as u64, "plan");
        format!(
            "Checked by a separate program, which has the model, the moves between boots and the bound of somebody who knew in common with the planner, and not its search: {plans} on {} ({} run); at {} every choice for the next boot, {} carried out on a host, and none costs less.",
            counted_noun(proof.cases, "case"),
            thousands(proof.ran),
            counted_noun(proof.moments, "moment"),
            thousands(proof.choices)
        )
    }
}

/// Why nothing repairs `stuck`.
pub fn why_stuck(stuck: Components, allowed: Allowed, rules: RuleSet) -> String {
    let because = |set: Components, why: &str| {
        let ids: Vec<&str> = set.iter().map(Component::id).collect();
        format!("Where {} is damaged, it stays so: {why}.", wording::either(&ids))
    };
    let rule = RuleId::ReinstallRepairs;
    let moved = if rules.believes(rule) {
        "no order of removing, installing and restarting repairs it under these rules".to_owned()
    } else {
        format!("reinstalling repairs nothing where {} is not believed", rule.id())
    };
    let parts = [
        (stuck.and(allowed.moves()), moved.as_str()),
        (
            stuck.less(allowed.moves()),
            "the article's actions never take it out, and nothing else repairs it",
        ),
    ];
    let said = parts.iter().filter(|(set, _)| !set.is_empty());
    said.map(|(set, why)| because(*set, why)).collect::<Vec<_>>().join(" ")
}
