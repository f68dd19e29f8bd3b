//! A verdict on a runbook, for programs: the document `imc4087/verify/1`.

use super::json::StepDocument;
use super::json::pretty;
use super::json::steps;
use super::verify::VerifyReport;
use super::verify::condition;
use super::verify::damage_name;
use super::verify::world_name;
use super::weigh::BeliefDocument;
use super::weigh::DifferenceDocument;
use super::weigh::MutantDocument;
use super::weigh::belief_documents;
use super::weigh::difference_documents;
use super::weigh::mutant_documents;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::search::case;
use crate::search::verdict::Answer;
use crate::search::verdict::Explained;
use schemars::JsonSchema;
use serde::Serialize;

/// A verdict on a runbook.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VerifyDocument {
    /// `imc4087/verify/1`.
    #[schemars(extend("const" = "imc4087/verify/1"))]
    schema: &'static str,
    /// The runbook file.
    runbook: String,
    verdict: AnswerWord,
    /// The number of cases that the verdict is about.
    cases: u64,
    /// The number of runs that stand for them.
    ran: u64,
    world: WorldDocument,
    /// All eleven, those that gate first.
    properties: Vec<PropertyDocument>,
    restarts: RestartsDocument,
    /// The rules that fired in any run.
    #[schemars(schema_with = "super::closed::rules")]
    rules_fired: Vec<&'static str>,
    /// Steps of the runbook, from 1, that did something in no case.
    idle_steps: Vec<usize>,
    findings: Vec<FindingDocument>,
    /// With `--against`: what comes out otherwise than under the other runbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    differences: Option<Vec<DifferenceDocument>>,
    /// With `--robust`: the verdict with each rule believed the other way.
    #[serde(skip_serializing_if = "Option::is_none")]
    beliefs: Option<Vec<BeliefDocument>>,
    /// With `--mutate`: the mutants of the runbook.
    #[serde(skip_serializing_if = "Option::is_none")]
    mutants: Option<Vec<MutantDocument>>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
enum AnswerWord {
    Holds,
    Broken,
    NothingChecked,
}

/// The world and the rules.
#[derive(Debug, Serialize, JsonSchema)]
struct WorldDocument {
    #[schemars(schema_with = "super::closed::world")]
    name: &'static str,
    #[schemars(schema_with = "super::closed::damage")]
    damage: &'static str,
    /// The options that narrow it.
    narrowed: Vec<String>,
    #[schemars(schema_with = "super::closed::rules")]
    rules_on: Vec<&'static str>,
    #[schemars(schema_with = "super::closed::rules")]
    rules_off: Vec<&'static str>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct PropertyDocument {
    #[schemars(schema_with = "super::closed::property")]
    id: &'static str,
    /// Whether a run that breaks it fails; otherwise it is advice.
    gate: bool,
    /// The number of cases that break it.
    failing: u64,
}

#[derive(Debug, Serialize, JsonSchema)]
struct RestartsDocument {
    max: usize,
    /// The number of cases by restarts, from 0.
    histogram: Vec<u64>,
}

/// One way in which a mistake shows.
#[derive(Debug, Serialize, JsonSchema)]
struct PartDocument {
    #[schemars(schema_with = "super::closed::property")]
    property: &'static str,
    line: usize,
    column: usize,
    message: String,
    /// The number of cases; one case may show several.
    failing: u64,
}

/// All failing cases with one cause.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingDocument {
    #[schemars(schema_with = "super::closed::property")]
    property: &'static str,
    gate: bool,
    /// Further properties that the same cause breaks in some of the cases.
    #[schemars(schema_with = "super::closed::properties")]
    also: Vec<&'static str>,
    line: usize,
    column: usize,
    /// Where one mistake shows in several ways or at several places: each of them; else empty.
    parts: Vec<PartDocument>,
    /// What is wrong, in a sentence.
    message: String,
    /// Exactly when: any of these, each a list of facts; null where no words were found.
    condition: Option<Vec<String>>,
    irrelevant: Vec<&'static str>,
    /// The number of cases.
    failing: u64,
    /// From where there is no way back.
    no_return: String,
    /// An edit that was verified; null where none was found.
    instead: Option<String>,
    witness: WitnessDocument,
    #[schemars(schema_with = "super::closed::rules")]
    rules: Vec<&'static str>,
    /// A command that shows the witness again.
    replay: String,
}

/// The smallest case and its run.
#[derive(Debug, Serialize, JsonSchema)]
struct WitnessDocument {
    case: String,
    /// The number of the step at which it goes wrong.
    breaks_at: usize,
    steps: Vec<StepDocument>,
}

/// The document, with a last line end.
pub fn verify(report: &VerifyReport) -> String {
    let tally = &report.verdict.tally;
    let property = |it: Property| PropertyDocument {
        id: it.id(),
        gate: it.gates(),
        failing: tally.failing(it),
    };
    pretty(&VerifyDocument {
        schema: "imc4087/verify/1",
        runbook: report.path.clone(),
        verdict: match report.verdict.answer() {
            Answer::Holds => AnswerWord::Holds,
            Answer::Broken => AnswerWord::Broken,
            Answer::NothingChecked => AnswerWord::NothingChecked,
        },
        cases: tally.cases,
        ran: tally.ran,
        world: WorldDocument {
            name: world_name(&report.world),
            damage: damage_name(&report.world),
            narrowed: report.narrowed.clone(),
            rules_on: report.rules.iter().map(RuleId::id).collect(),
            rules_off: RuleId::ALL
                .into_iter()
                .filter(|it| !report.rules.believes(*it))
                .map(RuleId::id)
                .collect(),
        },
        properties: Property::ALL.into_iter().map(property).collect(),
        restarts: RestartsDocument { max: tally.restarts_max(), histogram: tally.restarts.clone() },
        rules_fired: tally.fired.iter().map(RuleId::id).collect(),
        idle_steps: report.idle_steps(),
        findings: report.verdict.explained.iter().map(|it| finding(report, it)).collect(),
        differences: report.against.as_ref().map(|it| difference_documents(&it.differences)),
        beliefs: report.beliefs.as_ref().map(|it| belief_documents(tally, it)),
        mutants: report.mutants.as_ref().map(|it| mutant_documents(report, it)),
    })
}

fn part_document(report: &VerifyReport, explained: &Explained) -> PartDocument {
    let (line, column) = report.line_column(explained);
    PartDocument {
        property: explained.finding.cause.property.id(),
        line,
        column,
        message: report.claim(explained),
        failing: explained.finding.failing,
    }
}

fn finding(report: &VerifyReport, explained: &Explained) -> FindingDocument {
    let finding = &explained.finding;
    let (line, column) = report.line_column(explained);
    let turns = explained.witness.followed.turns.iter().map(|(turn, _)| turn);
    FindingDocument {
        property: finding.cause.property.id(),
        gate: finding.cause.property.gates(),
        also: finding.also.iter().map(Property::id).collect(),
        line,
        column,
        parts: explained.parts.iter().map(|it| part_document(report, it)).collect(),
        message: report.claim(explained),
        condition: finding.condition.as_ref().map(condition),
        irrelevant: finding
            .condition
            .as_ref()
            .map_or_else(Vec::new, |it| it.irrelevant.iter().map(|it| it.name()).collect()),
        failing: finding.failing,
        no_return: report.way_back(explained),
        instead: explained.mend.as_ref().map(|it| report.instead(it)),
        witness: WitnessDocument {
            case: case::name(&finding.witness),
            breaks_at: explained.witness.turn + 1,
            steps: steps(&finding.witness, turns, &case::names()),
        },
        rules: report.rules_of(explained).into_iter().map(RuleId::id).collect(),
        replay: report.replay(explained),
    }
}
