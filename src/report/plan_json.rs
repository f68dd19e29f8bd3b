//! The best plan for a host, for programs: a part of the document `imc4087/plan/1`.

use super::closed;
use super::plan::PlanReport;
use super::plan_costs_json::CostsDocument;
use super::plan_costs_json::costs;
use super::plan_costs_json::fraction;
use crate::files::language;
use crate::files::print;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::nameplate::Nameplate;
use crate::model::set::Components;
use crate::search::beyond::Beyond;
use crate::search::beyond::beyond;
use crate::search::beyond::leans_on;
use crate::search::course::Stage;
use crate::search::family::Family;
use crate::search::ground::Ground;
use crate::search::plan::Plan;
use schemars::JsonSchema;
use serde::Serialize;

/// The best plan for one host, over every damage that may be hidden.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HostPlanDocument {
    /// The scenario file, or the case.
    name: String,
    title: String,
    #[schemars(schema_with = "closed::components")]
    installed: Vec<&'static str>,
    #[schemars(schema_with = "closed::os")]
    os: &'static str,
    /// 0 is none.
    service_pack: u8,
    upgraded: bool,
    #[schemars(schema_with = "closed::exchange")]
    exchange: &'static str,
    #[schemars(schema_with = "closed::imc")]
    imc: &'static str,
    shares: Vec<String>,
    /// Whether the IMC can start at all with these components.
    can_start: bool,
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
    #[schemars(schema_with = "closed::ways")]
    beyond: Vec<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TryDocument {
    action: String,
    /// The number of cases with which it succeeds.
    succeeds: u64,
    /// How likely these are, as a fraction.
    likely: String,
    /// What is done after a success.
    then: Vec<String>,
}

/// A way beyond the article, and what it leans on.
#[derive(Debug, Serialize, JsonSchema)]
struct BeyondDocument {
    #[schemars(schema_with = "closed::way")]
    way: &'static str,
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

fn words(actions: &[Action], names: &Nameplate) -> Vec<String> {
    actions.iter().map(|it| language::print(*it, names)).collect()
}

fn likely(family: &Family, ground: &Ground) -> String {
    let weight = family.weight(ground.universe, &ground.odds);
    fraction(weight, ground.odds.weights(ground.universe).any)
}

fn stages(plan: &Plan, names: &Nameplate) -> Vec<StageDocument> {
    let ways = beyond(&plan.ground, &plan.course);
    let stage = |(stage, ways): (&Stage, Vec<Beyond>)| StageDocument {
        actions: words(&stage.actions, names),
        r#try: stage.tries.as_ref().map(|it| TryDocument {
            action: language::print(it.action, names),
            succeeds: it.succeeding.count(),
            likely: likely(&it.succeeding, &plan.ground),
            then: words(&it.after_success, names),
        }),
        beyond: ways.into_iter().map(Beyond::id).collect(),
    };
    plan.course.stages.iter().zip(ways).map(stage).collect()
}

/// The plan of `report`.
pub fn host(report: &PlanReport) -> HostPlanDocument {
    let (plan, ground, names) = (&report.plan, &report.plan.ground, &report.names);
    let leans = |it| {
        let rules = leans_on(ground, &plan.course, it).into_iter();
        rules.map(|(rule, believed)| LeansDocument { rule: rule.id(), believed }).collect()
    };
    let beyond_the_article = report.used().into_iter().map(|it| BeyondDocument {
        way: it.id(),
        says: it.says(),
        rules: leans(it),
    });
    let points = report
        .front
        .iter()
        .map(|(plan, ends)| PointDocument { costs: costs(ends), stages: stages(plan, names) });
    HostPlanDocument {
        name: report.path.clone(),
        title: report.title.clone(),
        installed: ids(ground.host.installed),
        os: ground.host.os.id(),
        service_pack: ground.host.service_pack,
        upgraded: ground.host.upgraded,
        exchange: ground.host.exchange.id(),
        imc: ground.host.imc.id(),
        shares: ground.host.shares.iter().map(|it| names.share_name(it)).collect(),
        can_start: ground.never.is_none(),
        suspects: ids(ground.universe),
        stuck: ids(ground.stuck()),
        cases: report.ends.cases,
        stages: stages(plan, names),
        given_up: plan.course.given_up.as_ref().map_or(0, Family::count),
        beyond_the_article: beyond_the_article.collect(),
        costs: costs(&report.ends),
        article: costs(&report.article),
        runbook: RunbookDocument {
            text: print::runbook(&report.book.0.runbook),
            tries_left_out: report.book.0.left_out.len(),
            costs: costs(&report.book.1),
            verify: report.verify.as_ref().map(|it| it.command.clone()),
        },
        why: report.why(),
        front: (!report.front.is_empty()).then(|| points.collect()),
    }
}
