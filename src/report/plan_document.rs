//! The best plans, for programs: the document `imc4087/plan/1`.

use super::closed;
use super::json::pretty;
use super::plan::PlanReport;
use super::plan_json::HostPlanDocument;
use super::plan_json::host;
use super::planworld::PlanWorldReport;
use super::planworld_json::WorldPlanDocument;
use super::planworld_json::world;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::search::cost::Aims;
use crate::search::flaw::Flaw;
use crate::search::flaw::Proof;
use crate::search::ground::Allowed;
use crate::search::odds::OddsOf;
use schemars::JsonSchema;
use serde::Serialize;

/// The best plan for a host, or the best plans of a world.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanDocument {
    /// `imc4087/plan/1`.
    #[schemars(extend("const" = "imc4087/plan/1"))]
    schema: &'static str,
    verdict: VerdictWord,
    #[schemars(schema_with = "closed::allowed")]
    actions: &'static str,
    #[schemars(schema_with = "closed::by")]
    by: &'static str,
    /// What is least, in this order.
    #[schemars(schema_with = "closed::aims")]
    order: Vec<&'static str>,
    #[schemars(schema_with = "closed::rules")]
    rules_on: Vec<&'static str>,
    #[schemars(schema_with = "closed::rules")]
    rules_off: Vec<&'static str>,
    /// The odds that are not even.
    odds: Vec<OddsDocument>,
    /// One host; null for a world.
    host: Option<HostPlanDocument>,
    /// Every host of a world; null for one host.
    world: Option<WorldPlanDocument>,
    /// What the checker did; null where it found a flaw, and where the IMC can never start.
    proof: Option<ProofDocument>,
    /// What it found wrong; null where nothing is.
    flaw: Option<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum VerdictWord {
    /// Every case is repaired, and nothing costs less.
    Best,
    /// Some case cannot be repaired; of the rest nothing costs less.
    OutOfReach,
    /// The checker found a flaw.
    NotProven,
}

/// The odds that a component is damaged.
#[derive(Debug, Serialize, JsonSchema)]
struct OddsDocument {
    #[schemars(schema_with = "closed::component")]
    component: &'static str,
    /// How much damage weighs.
    damaged: u8,
    /// How much no damage weighs.
    sound: u8,
}

/// What the checker did.
#[derive(Debug, Serialize, JsonSchema)]
struct ProofDocument {
    /// The cases of the plans, each plan's counted.
    cases: u64,
    /// The runs that stand for them.
    ran: u64,
    /// The moments at which every choice for the next boot was carried out.
    moments: u64,
    choices: u64,
}

/// What is asked, whatever of.
struct Asked<'a> {
    rules: RuleSet,
    allowed: Allowed,
    aims: Aims,
    odds: OddsOf,
    damageable: Components,
    repairs_all: bool,
    proof: &'a Result<Proof, Flaw>,
}

fn document(
    asked: &Asked<'_>,
    host: Option<HostPlanDocument>,
    world: Option<WorldPlanDocument>,
) -> PlanDocument {
    let believed = |is: bool| {
        let rules = RuleId::ALL.into_iter().filter(|it| asked.rules.believes(*it) == is);
        rules.map(RuleId::id).collect()
    };
    let proof = asked.proof.as_ref();
    PlanDocument {
        schema: "imc4087/plan/1",
        verdict: match (proof, asked.repairs_all) {
            (Err(_), _) => VerdictWord::NotProven,
            (Ok(_), false) => VerdictWord::OutOfReach,
            (Ok(_), true) => VerdictWord::Best,
        },
        actions: asked.allowed.id(),
        by: asked.aims.by.id(),
        order: asked.aims.order.aims().iter().map(|it| it.id()).collect(),
        rules_on: believed(true),
        rules_off: believed(false),
        odds: asked
            .damageable
            .iter()
            .map(|it| (it, asked.odds.of(it)))
            .filter(|(it, odds)| *odds != OddsOf::EVEN.of(*it))
            .map(|(it, odds)| OddsDocument {
                component: it.id(),
                damaged: odds.damaged,
                sound: odds.sound,
            })
            .collect(),
        host,
        world,
        proof: proof.ok().filter(|it| it.moments > 0).map(|it| ProofDocument {
            cases: it.cases,
            ran: it.ran,
            moments: it.moments,
            choices: it.choices,
        }),
        flaw: proof.err().map(Flaw::says),
    }
}

impl PlanReport {
    /// The report, for programs.
    pub fn json(&self) -> String {
        let (plan, ground) = (&self.plan, &self.plan.ground);
        let asked = Asked {
            rules: ground.rules,
            allowed: ground.allowed,
            aims: plan.aims,
            odds: ground.odds,
            damageable: ground.universe,
            repairs_all: self.repairs_all(),
            proof: &self.proof,
        };
        pretty(&document(&asked, Some(host(self)), None))
    }
}

impl PlanWorldReport {
    /// The report, for programs.
    pub fn json(&self) -> String {
        let (question, found, total) = (&self.question, &self.found, self.total());
        let asked = Asked {
            rules: question.rules,
            allowed: question.allowed,
            aims: question.aims,
            odds: question.odds,
            damageable: question.world.damageable(),
            repairs_all: total.best.unrepaired.sum == 0,
            proof: &found.proof,
        };
        pretty(&document(&asked, None, Some(world(self))))
    }
}
