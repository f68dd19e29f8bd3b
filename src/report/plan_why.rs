//! Why nothing costs less than a plan, in words.

use super::plan::PlanReport;
use super::plan::counted_noun;
use super::words;
use crate::model::component::Component;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::search::cost::Aim;
use crate::search::ground::Allowed;
use crate::search::kept::never_repaired;
use crate::text::wording;
use crate::text::wording::thousands;

impl PlanReport {
    /// The bound in words.
    pub fn why(&self) -> Vec<String> {
        let ground = &self.plan.ground;
        let mut out = Vec::new();
        let restarts = self.ends.count(Aim::Restarts).most;
        if restarts > 0 && ground.at_once {
            out.push("One restart is the least for anybody: only a restart brings what was installed afresh into memory.".to_owned());
        } else if restarts > 0 {
            out.push(format!(
                "Two restarts are the least, even for somebody who knew the damage: it goes only at a boot without the component ({}), and the IMC starts only after another boot that loads the component again.",
                words::source(RuleId::ReinstallRepairs)
            ));
        }
        let least = if ground.at_once { 1 } else { 2 };
        if restarts > least {
            out.push(self.why_more());
        }
        out.extend(self.why_lost());
        if self.plan.course.given_up.is_some() {
            out.push(self.why_given_up());
        }
        out
    }

    fn why_lost(&self) -> Option<String> {
        let ground = &self.plan.ground;
        let order = self.plan.aims.order;
        let lost = self.ends.count(Aim::Lost).cases;
        let leaf = self.ends.leaves.iter().find(|it| order.count(it.cost, Aim::Lost) > 0)?;
        if leaf.broken.has(Property::NoAvoidableLoss) {
            return Some(format!(
                "Shares are lost in {} that could have been kept: other costs come before them in this order. `verify` counts that as {}.",
                self.of_cases(lost),
                Property::NoAvoidableLoss.id()
            ));
        }
        let damage = leaf.family.smallest(&ground.host).damaged;
        let who = match ground.allowed {
            Allowed::Article => "the article's actions",
            Allowed::Model => "the model's actions",
        };
        let checked = never_repaired(ground, damage).map_or_else(String::new, |hosts| {
            format!(
                " With {} damaged, {who} reach {} in any order with the shares kept, and none of these is a repaired one.",
                words::ids(damage),
                counted_noun(hosts as u64, "host")
            )
        });
        Some(format!(
            "Shares are lost in {}: the only protocol that carries them has to go, and a boot without one drops them ({}).{checked}",
            self.of_cases(lost),
            words::source(RuleId::BootWithoutProtocolDropsShares)
        ))
    }

    fn why_given_up(&self) -> String {
        let ground = &self.plan.ground;
        let stuck = ground.stuck();
        let moved = stuck.iter().any(|it| ground.may_move(it));
        let why = if moved {
            "no order of removing, installing and restarting repairs it under these rules"
        } else {
            "the article's actions never take it out, and nothing else repairs it"
        };
        let ids: Vec<&str> = stuck.iter().map(Component::id).collect();
        format!("Where {} is damaged, it stays so: {why}.", wording::either(&ids))
    }

    /// What the checker did.
    pub fn proven(&self) -> String {
        let proof = match &self.proof {
            Ok(proof) => proof,
            Err(flaw) => return format!("Not proven: {}.", flaw.says()),
        };
        format!(
            "Checked by a program of its own: the plan on all {}; at {} every choice for the next boot, {} carried out on a host, and none costs less.",
            counted_noun(proof.cases, "case"),
            counted_noun(proof.moments, "moment"),
            thousands(proof.choices)
        )
    }

    fn why_more(&self) -> String {
        let ground = &self.plan.ground;
        if ground.drops && ground.stand_in.is_none() {
            return "More are needed where what carries the shares is damaged itself: something has to carry them at every boot, no protocol stands in, so what stays at the first boot can only go at a later one.".to_owned();
        }
        "More are needed in some cases because fewer would cost what comes before restarts."
            .to_owned()
    }
}
