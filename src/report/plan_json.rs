//! The best plans, for programs: the document `imc4087/plan/1`.

use super::closed;
use super::json::pretty;
use super::plan::PlanReport;
use super::plan_costs_json::CostsDocument;
use super::plan_costs_json::costs;
use super::planworld_json::WorldPlanDocument;
use crate::files::language;
use crate::files::print;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::nameplate::Nameplate;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::search::beyond::Beyond;
use crate::search::beyond::beyond;
use crate::search::beyond::leans_on;
use crate::search::cost::Aim;
use crate::search::cost::Aims;
use crate::search::cost::By;
use crate::search::course::Stage;
use crate::search::family::Family;
use crate::search::flaw::Flaw;
use crate::search::flaw::Proof;
use crate::search::ground::Allowed;
use crate::search::odds::OddsOf;
use crate::search::plan::Plan;
use schemars::JsonSchema;
use serde::Serialize;

/// The best plan for a host, or the best plans of a world.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PlanDocument {
    /// `imc4087/plan/1`.
    #[schemars(extend("const" = "imc4087/plan/1"))]
    schema: &'static str,
    verdict: VerdictWord,
    actions: AllowedWord,
    by: ByWord,
    /// What is least, in this order.
    order: Vec<AimWord>,
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
    /// What the checker did; null where it found a flaw.
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

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum AllowedWord {
    Article,
    Model,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ByWord {
    Expected,
    Worst,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum AimWord {
    Unrepaired,
    Lost,
    SharedAgain,
    Restarts,
    Reinstalls,
    Tries,
    StandIns,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum BeyondWord {
    StandsIn,
    MoreOut,
    OtherComponent,
    AtOnce,
    OneRestart,
    TriesBetween,
}

/// The odds that a component is damaged.
#[derive(Debug, Serialize, JsonSchema)]
struct OddsDocument {
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

/// The best plan for one host, over every damage that may be hidden.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HostPlanDocument {
    /// The scenario file, or the case.
    name: String,
    title: String,
    #[schemars(schema_with = "closed::components")]
    installed: Vec<&'static str>,
    /// What may be damaged.
    #[schemars(schema_with = "closed::components")]
    suspects: Vec<&'static str>,
    /// What no plan can repair.
    #[schemars(schema_with = "closed::components")]
    stuck: Vec<&'static str>,
    /// The number of cases.
    cases: u64,
    stages: Vec<StageDocument>,
    /// The cases in which the plan gives up.
    given_up: u64,
    beyond_the_article: Vec<BeyondDocument>,
    costs: CostsDocument,
    /// The article's own runbook on the same host.
    article: CostsDocument,
    runbook: RunbookDocument,
    /// Why nothing costs less, in sentences.
    why: Vec<String>,
    /// With `--front`: every plan that no other beats, fewest restarts first.
    #[serde(skip_serializing_if = "Option::is_none")]
    front: Option<Vec<PointDocument>>,
}

/// From a boot, or the beginning, to the try after it. After a try that succeeds, the rest is not done.
#[derive(Debug, Serialize, JsonSchema)]
struct StageDocument {
    /// The actions up to the boot.
    actions: Vec<String>,
    /// Null where it is not tried.
    r#try: Option<TryDocument>,
    beyond: Vec<BeyondWord>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TryDocument {
    action: String,
    /// The number of cases with which it succeeds.
    succeeds: u64,
    /// What is done after a success.
    then: Vec<String>,
}

/// A way beyond the article, and what it leans on.
#[derive(Debug, Serialize, JsonSchema)]
struct BeyondDocument {
    way: BeyondWord,
    says: &'static str,
    rules: Vec<LeansDocument>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct LeansDocument {
    #[schemars(schema_with = "closed::rule")]
    rule: &'static str,
    /// Whether it is believed; the way leans on that.
    believed: bool,
}

/// The plan in the runbook language.
#[derive(Debug, Serialize, JsonSchema)]
struct RunbookDocument {
    text: String,
    /// How many tries of the plan the language cannot say.
    tries_left_out: usize,
    costs: CostsDocument,
    /// The command that checks it; null where it was not written.
    verify: Option<String>,
}

/// One plan of a trade-off.
#[derive(Debug, Serialize, JsonSchema)]
struct PointDocument {
    costs: CostsDocument,
    stages: Vec<StageDocument>,
}

/// The ids of `set`.
pub fn ids(set: Components) -> Vec<&'static str> {
    set.iter().map(Component::id).collect()
}

const fn way(way: Beyond) -> BeyondWord {
    match way {
        Beyond::StandsIn => BeyondWord::StandsIn,
        Beyond::MoreOut => BeyondWord::MoreOut,
        Beyond::Other => BeyondWord::OtherComponent,
        Beyond::AtOnce => BeyondWord::AtOnce,
        Beyond::OneRestart => BeyondWord::OneRestart,
        Beyond::TriesBetween => BeyondWord::TriesBetween,
    }
}

const fn aim(aim: Aim) -> AimWord {
    match aim {
        Aim::Unrepaired => AimWord::Unrepaired,
        Aim::Lost => AimWord::Lost,
        Aim::SharedAgain => AimWord::SharedAgain,
        Aim::Restarts => AimWord::Restarts,
        Aim::Reinstalls => AimWord::Reinstalls,
        Aim::Tries => AimWord::Tries,
        Aim::StandIns => AimWord::StandIns,
    }
}

fn words(actions: &[Action], names: &Nameplate) -> Vec<String> {
    actions.iter().map(|it| language::print(*it, names)).collect()
}

fn stages(plan: &Plan, names: &Nameplate) -> Vec<StageDocument> {
    let ways = beyond(&plan.ground, &plan.course);
    let stage = |(stage, ways): (&Stage, Vec<Beyond>)| StageDocument {
        actions: words(&stage.actions, names),
        r#try: stage.tries.as_ref().map(|it| TryDocument {
            action: language::print(it.action, names),
            succeeds: it.succeeding.count(),
            then: words(&it.after_success, names),
        }),
        beyond: ways.into_iter().map(way).collect(),
    };
    plan.course.stages.iter().zip(ways).map(stage).collect()
}

/// What is asked, whatever of.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The rules believed.
    pub rules: RuleSet,
    /// The actions that plans may use.
    pub allowed: Allowed,
    /// What plans aim at.
    pub aims: Aims,
    /// How likely damage is.
    pub odds: OddsOf,
    /// What may be damaged.
    pub damageable: Components,
    /// Whether every case is repaired.
    pub repairs_all: bool,
    /// What the checker says.
    pub proof: &'a Result<Proof, Flaw>,
}

/// The document on one host, or on a world.
pub fn document(
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
        actions: match asked.allowed {
            Allowed::Article => AllowedWord::Article,
            Allowed::Model => AllowedWord::Model,
        },
        by: match asked.aims.by {
            By::Expected | By::TradeOff => ByWord::Expected,
            By::Worst => ByWord::Worst,
        },
        order: asked.aims.order.aims().iter().map(|it| aim(*it)).collect(),
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
        proof: proof.ok().map(|it| ProofDocument {
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
        let (plan, ground, names) = (&self.plan, &self.plan.ground, &self.names);
        let asked = Asked {
            rules: ground.rules,
            allowed: ground.allowed,
            aims: plan.aims,
            odds: ground.odds,
            damageable: ground.universe,
            repairs_all: self.repairs_all(),
            proof: &self.proof,
        };
        let leans = |it| {
            let rules = leans_on(ground, &plan.course, it).into_iter();
            rules.map(|(rule, believed)| LeansDocument { rule: rule.id(), believed }).collect()
        };
        let beyond_the_article = self.used().into_iter().map(|it| BeyondDocument {
            way: way(it),
            says: it.says(),
            rules: leans(it),
        });
        let points = self
            .front
            .iter()
            .map(|(plan, ends)| PointDocument { costs: costs(ends), stages: stages(plan, names) });
        let host = HostPlanDocument {
            name: self.path.clone(),
            title: self.title.clone(),
            installed: ids(ground.host.installed),
            suspects: ids(ground.universe),
            stuck: ids(ground.stuck()),
            cases: self.ends.cases,
            stages: stages(plan, names),
            given_up: plan.course.given_up.as_ref().map_or(0, Family::count),
            beyond_the_article: beyond_the_article.collect(),
            costs: costs(&self.ends),
            article: costs(&self.article),
            runbook: RunbookDocument {
                text: print::runbook(&self.book.0.runbook),
                tries_left_out: self.book.0.left_out.len(),
                costs: costs(&self.book.1),
                verify: self.verify.clone(),
            },
            why: self.why(),
            front: (!self.front.is_empty()).then(|| points.collect()),
        };
        pretty(&document(&asked, Some(host), None))
    }
}
