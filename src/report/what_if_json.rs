//! What `what-if` found, for programs.

use super::causes_json::CauseDocument;
use super::causes_json::ChangedDocument;
use super::causes_json::PartWord;
use super::causes_json::ReasonWord;
use super::causes_json::broken;
use super::causes_json::cause;
use super::causes_json::changed;
use super::causes_json::lines;
use super::causes_json::part;
use super::causes_json::reason;
use super::closed;
use super::json::StepDocument;
use super::json::pretty;
use super::json::steps;
use super::over::Over;
use super::over::OverReport;
use super::verify::damage_name;
use super::verify::world_name;
use super::weigh::DifferenceDocument;
use super::weigh::difference_documents;
use super::what_if::WhatIfReport;
use super::what_if::change;
use crate::model::action::Claim;
use crate::model::component::Component;
use crate::model::nameplate::Nameplate;
use crate::model::property::Property;
use crate::model::set::Components;
use crate::search::case;
use crate::search::compare::Totals;
use crate::search::future::Future;
use crate::search::what_if::Balance;
use crate::search::what_if::Part;
use crate::search::what_if::Row;
use crate::search::what_if::WhatIf;
use schemars::JsonSchema;
use serde::Serialize;

/// What `what-if` found: of one scenario, or of every case of a world.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WhatIfDocument {
    /// `imc4087/what-if/1`.
    #[schemars(extend("const" = "imc4087/what-if/1"))]
    schema: &'static str,
    /// One scenario; null with `--over`.
    scenario: Option<ScenarioDocument>,
    /// Every case of a world; null without `--over`.
    over: Option<OverDocument>,
}

/// The futures of one scenario.
#[derive(Debug, Serialize, JsonSchema)]
struct ScenarioDocument {
    file: String,
    title: String,
    /// What is done as it is.
    plan: String,
    as_it_is: FutureDocument,
    what_if: Vec<BranchDocument>,
}

/// One future.
#[derive(Debug, Serialize, JsonSchema)]
struct FutureDocument {
    /// The timeline of the history, step 0 being the set-up, which timelines call h1; empty where there is
    /// none.
    history: Vec<StepDocument>,
    /// The timeline, step 0 being the first host.
    steps: Vec<StepDocument>,
    balance: BalanceDocument,
}

/// What a future comes to.
#[derive(Debug, Serialize, JsonSchema)]
struct BalanceDocument {
    repaired: bool,
    actions: usize,
    restarts: usize,
    tries: usize,
    refused: usize,
    /// The shares that were lost at some moment.
    lost: Vec<String>,
    /// The shares that are lost at the end.
    lost_at_end: Vec<String>,
    /// What is installed at the end and was not at first.
    #[schemars(schema_with = "closed::components")]
    added: Vec<&'static str>,
    /// What was installed at first and is not at the end.
    #[schemars(schema_with = "closed::components")]
    gone: Vec<&'static str>,
    service_pack: u8,
    restart_pending: bool,
    /// The components whose settings are lost.
    #[schemars(schema_with = "closed::components")]
    settings_lost: Vec<&'static str>,
    /// The restarts in the history.
    history_restarts: usize,
    /// The components whose settings are lost in the history.
    #[schemars(schema_with = "closed::components")]
    history_settings_lost: Vec<&'static str>,
    /// `repaired` or `unrepaired`; null where the run was cut off.
    #[schemars(schema_with = "closed::claim_or_null")]
    claim: Option<&'static str>,
    #[schemars(schema_with = "closed::properties")]
    broken: Vec<&'static str>,
}

/// A future with something changed.
#[derive(Debug, Serialize, JsonSchema)]
struct BranchDocument {
    /// What is changed, in words.
    changes: Vec<String>,
    /// What is changed, in the same order.
    changed: Vec<ChangedDocument>,
    /// Whether anything differs at all.
    differs: bool,
    /// Where it differs first; null where nothing that happens differs.
    first: Option<FirstDocument>,
    what_if: FutureDocument,
    /// The rules that made the difference.
    rules: Vec<CauseDocument>,
    /// What is otherwise from the start.
    reasons: Vec<ReasonWord>,
    /// The lines of the balance that differ whichever one rule is left out.
    #[schemars(schema_with = "closed::lines")]
    no_rule_decides: Vec<&'static str>,
    /// The properties of which the same is true.
    #[schemars(schema_with = "closed::properties")]
    no_rule_decides_broken: Vec<&'static str>,
}

/// Where two futures differ first.
#[derive(Debug, Serialize, JsonSchema)]
struct FirstDocument {
    part: PartWord,
    /// The step as it is, counted as in the timeline; null where only the other future has one.
    as_it_is: Option<usize>,
    /// The step with the changes; null where only the future as it is has one.
    what_if: Option<usize>,
}

/// The same of every case of a world.
#[derive(Debug, Serialize, JsonSchema)]
struct OverDocument {
    #[schemars(schema_with = "closed::world")]
    world: &'static str,
    #[schemars(schema_with = "closed::damage")]
    damage: &'static str,
    /// The options that narrow the world, as they were given.
    narrowed: Vec<String>,
    /// The number of cases of the world.
    cases: u64,
    /// The runbook that is followed as it is.
    runbook: String,
    what_if: Vec<OverBranchDocument>,
}

/// What comes of every case with something changed.
#[derive(Debug, Serialize, JsonSchema)]
struct OverBranchDocument {
    /// What is changed, in words.
    changes: Vec<String>,
    /// What is changed, in the same order.
    changed: Vec<ChangedDocument>,
    /// The number of cases compared: those that are so already are not.
    cases: u64,
    /// What the compared cases come to as they are.
    as_it_is: TotalsDocument,
    /// What they come to with the changes.
    what_if: TotalsDocument,
    differences: Vec<DifferenceDocument>,
}

/// What all compared cases come to together.
#[derive(Debug, Serialize, JsonSchema)]
struct TotalsDocument {
    /// The cases in which the IMC runs at the end.
    repaired: u64,
    /// The cases in which shares are lost on the way.
    lost: u64,
    /// The cases in which settings are lost.
    settings_lost: u64,
    /// The cases in which an action is refused.
    refused: u64,
    /// The restarts of all cases.
    restarts: u64,
    /// The most restarts of one case.
    restarts_max: u32,
    /// The tries of all cases.
    tries: u64,
    /// The actions of all cases.
    actions: u64,
}

/// The report of one scenario.
pub fn single(report: &WhatIfReport) -> String {
    let names = &report.names;
    let branch = |it: &WhatIf| BranchDocument {
        changes: it.changes.iter().map(|one| change(one, names, Some(&it.base))).collect(),
        changed: it.changes.iter().map(|it| changed(it, names)).collect(),
        differs: !it.is_same(),
        first: it.first.and_then(|at| it.rows.get(at)).map(first),
        what_if: future(&it.other, names),
        rules: it.causes.rules.iter().map(cause).collect(),
        reasons: it.causes.reasons.iter().map(|it| reason(*it)).collect(),
        no_rule_decides: lines(&it.causes.rest),
        no_rule_decides_broken: broken(&it.causes.rest),
    };
    let scenario = report.branches.first().map(|it| ScenarioDocument {
        file: report.path.clone(),
        title: report.title.clone(),
        plan: report.plan.clone(),
        as_it_is: future(&it.base, names),
        what_if: report.branches.iter().map(branch).collect(),
    });
    pretty(&WhatIfDocument { schema: "imc4087/what-if/1", scenario, over: None })
}

/// The report of a world.
pub fn over(report: &OverReport) -> String {
    let branch = |it: &Over| OverBranchDocument {
        changes: it.changes.iter().map(|it| change(it, &case::names(), None)).collect(),
        changed: it.changes.iter().map(|it| changed(it, &case::names())).collect(),
        cases: it.compared.cases,
        as_it_is: totals(&it.compared.old),
        what_if: totals(&it.compared.new),
        differences: difference_documents(&it.compared.differences),
    };
    let over = OverDocument {
        world: world_name(&report.world),
        damage: damage_name(&report.world),
        narrowed: report.narrowed.clone(),
        cases: report.world.cases(),
        runbook: report.base.path.clone(),
        what_if: report.branches.iter().map(branch).collect(),
    };
    pretty(&WhatIfDocument { schema: "imc4087/what-if/1", scenario: None, over: Some(over) })
}

fn future(future: &Future, names: &Nameplate) -> FutureDocument {
    let history = future.set_up().map(|it| steps(it, future.history.iter(), names));
    FutureDocument {
        history: history.unwrap_or_default(),
        steps: steps(&future.first, future.turns.iter(), names),
        balance: balance(&Balance::of(future), names),
    }
}

fn balance(it: &Balance, names: &Nameplate) -> BalanceDocument {
    let ids = |set: Components| set.iter().map(Component::id).collect();
    BalanceDocument {
        repaired: it.repaired,
        actions: it.actions,
        restarts: it.restarts,
        tries: it.tries,
        refused: it.refused,
        lost: names.share_names(it.lost),
        lost_at_end: names.share_names(it.lost_at_end),
        added: ids(it.added),
        gone: ids(it.gone),
        service_pack: it.service_pack,
        restart_pending: it.restart_pending,
        settings_lost: ids(it.settings),
        history_restarts: it.history_restarts,
        history_settings_lost: ids(it.history_settings),
        claim: it.claim.map(Claim::id),
        broken: it.broken.iter().map(Property::id).collect(),
    }
}

fn first(row: &Row) -> FirstDocument {
    let step = |at: Option<usize>| match row.part {
        Part::First => Some(0),
        Part::History | Part::Steps => at.map(|it| it + 1),
    };
    FirstDocument { part: part(row.part), as_it_is: step(row.base), what_if: step(row.other) }
}

const fn totals(it: &Totals) -> TotalsDocument {
    TotalsDocument {
        repaired: it.repaired,
        lost: it.lost,
        settings_lost: it.settings,
        refused: it.refused,
        restarts: it.restarts,
        restarts_max: it.restarts_max,
        tries: it.tries,
        actions: it.actions,
    }
}
