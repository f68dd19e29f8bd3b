//! The best plans of a world, for programs: a part of the document `imc4087/plan/1`.

use super::closed;
use super::plan_costs_json::CostsDocument;
use super::plan_costs_json::bill;
use super::plan_json::ids;
use super::planworld::PlanWorldReport;
use super::verify::damage_name;
use super::verify::world_name;
use crate::search::bill::Row;
use crate::search::planworld::Protocols;
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum ProtocolsWord {
    One,
    TwoToSix,
    Seven,
}

/// The best plans of a world.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WorldPlanDocument {
    name: &'static str,
    damage: &'static str,
    /// The options that narrow it.
    narrowed: Vec<String>,
    /// What no plan can repair on some host.
    #[schemars(schema_with = "closed::components")]
    stuck: Vec<&'static str>,
    rows: Vec<RowDocument>,
    total: TotalDocument,
    /// How many plans differ in more than which components are meant.
    plans: usize,
    /// With `--front`: what the world costs for each number of restarts that a host may take.
    #[serde(skip_serializing_if = "Option::is_none")]
    front: Option<Vec<TradedDocument>>,
}

/// One kind of host.
#[derive(Debug, Serialize, JsonSchema)]
struct RowDocument {
    protocols: ProtocolsWord,
    shares: bool,
    costs: TotalDocument,
}

/// Hosts together.
#[derive(Debug, Serialize, JsonSchema)]
struct TotalDocument {
    hosts: u64,
    cases: u64,
    best: CostsDocument,
    /// The article's own runbook.
    article: CostsDocument,
}

#[derive(Debug, Serialize, JsonSchema)]
struct TradedDocument {
    restarts_most: u64,
    shares_first: CostsDocument,
    reinstalls_first: CostsDocument,
}

/// The plans of `report`.
pub fn world(report: &PlanWorldReport) -> WorldPlanDocument {
    let (question, found, total) = (&report.question, &report.found, report.total());
    let rows = found.rows.iter().map(|((protocols, shares), row)| RowDocument {
        protocols: match protocols {
            Protocols::One => ProtocolsWord::One,
            Protocols::Several => ProtocolsWord::TwoToSix,
            Protocols::All => ProtocolsWord::Seven,
        },
        shares: *shares,
        costs: of_row(row),
    });
    let front = found.front.iter().map(|it| TradedDocument {
        restarts_most: it.restarts_most,
        shares_first: bill(&it.shares_first, total.weight),
        reinstalls_first: bill(&it.reinstalls_first, total.weight),
    });
    WorldPlanDocument {
        name: world_name(&question.world),
        damage: damage_name(&question.world),
        narrowed: report.narrowed.clone(),
        stuck: ids(found.stuck),
        rows: rows.collect(),
        total: of_row(&total),
        plans: found.plans,
        front: question.front.then(|| front.collect()),
    }
}

fn of_row(row: &Row) -> TotalDocument {
    TotalDocument {
        hosts: row.hosts,
        cases: row.cases,
        best: bill(&row.best, row.weight),
        article: bill(&row.runbook, row.weight),
    }
}
