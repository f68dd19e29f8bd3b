//! What `run` found, for programs: the document `imc4087/run/1`.

use super::run::Item;
use super::run::Outcome;
use super::run::RunReport;
use super::run::Verdict;
use crate::files::language;
use crate::model::component::Component;
use crate::model::event::Event;
use crate::model::host::Host;
use crate::model::nameplate::Nameplate;
use crate::model::observe;
use crate::model::property::Property;
use crate::model::refusal::Refusal;
use crate::model::rule::RuleId;
use crate::model::set::Components;
use crate::model::trace::Turn;
use crate::text::diagnostic::Severity;
use crate::text::span::line_column;
use crate::text::wording;
use schemars::JsonSchema;
use serde::Serialize;

/// What `run` found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RunDocument {
    /// `imc4087/run/1`.
    #[schemars(extend("const" = "imc4087/run/1"))]
    schema: &'static str,
    /// How many scenarios hold.
    holds: usize,
    /// How many are broken.
    broken: usize,
    /// How many files are invalid.
    invalid: usize,
    /// How many expectations were compared.
    expectations: usize,
    /// The scenarios, in the order given.
    scenarios: Vec<ScenarioDocument>,
}

/// One scenario.
#[derive(Debug, Serialize, JsonSchema)]
struct ScenarioDocument {
    /// The file.
    file: String,
    /// The title; the path where the file is invalid.
    title: String,
    verdict: VerdictWord,
    /// What is wrong with the files.
    diagnostics: Vec<DiagnosticDocument>,
    /// The expectations that were not met.
    misses: Vec<MissDocument>,
    /// Refusals that no expectation of their act names: they fail nothing.
    notes: Vec<NoteDocument>,
    /// The timeline of the acts, step 0 being the first host; with `--trace` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepDocument>>,
    /// The runbooks that were followed on the first host.
    runbooks: Vec<RunbookDocument>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum VerdictWord {
    Holds,
    Broken,
    Invalid,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum SeverityWord {
    Error,
    Warning,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum OutcomeWord {
    Done,
    Failed,
    Refused,
}

/// A complaint about a place in a file.
#[derive(Debug, Serialize, JsonSchema)]
struct DiagnosticDocument {
    severity: SeverityWord,
    code: &'static str,
    file: String,
    /// From 1.
    line: usize,
    /// From 1, in characters.
    column: usize,
    message: String,
    help: Option<String>,
}

/// An expectation that was not met.
#[derive(Debug, Serialize, JsonSchema)]
struct MissDocument {
    /// The act, from 1; null for a runbook.
    act: Option<usize>,
    /// The runbook entry, from 1; null for an act.
    runbook: Option<usize>,
    key: &'static str,
    expected: String,
    seen: String,
    line: usize,
    column: usize,
}

/// A refusal that no expectation names.
#[derive(Debug, Serialize, JsonSchema)]
struct NoteDocument {
    #[schemars(schema_with = "super::closed::refusal")]
    refused: &'static str,
    line: usize,
    column: usize,
}

/// One action and the host after it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StepDocument {
    /// 0 is the first host.
    n: usize,
    /// Null for the first host.
    action: Option<String>,
    /// Null for the first host.
    outcome: Option<OutcomeWord>,
    /// The reason of a refusal.
    #[schemars(schema_with = "super::closed::refusal")]
    refused: Option<&'static str>,
    /// The id of the first event logged.
    event: Option<u16>,
    /// All events logged.
    events: Vec<EventDocument>,
    /// The error shown.
    error: Option<u16>,
    /// The rules that fired.
    #[schemars(schema_with = "super::closed::rules")]
    rules: Vec<&'static str>,
    host: HostDocument,
}

/// An event as Event Viewer shows it.
#[derive(Debug, Serialize, JsonSchema)]
struct EventDocument {
    id: u16,
    #[schemars(schema_with = "super::closed::log")]
    log: &'static str,
    source: &'static str,
    category: &'static str,
    description: String,
}

/// A host, hidden fields too; components in canonical order.
#[derive(Debug, Serialize, JsonSchema)]
struct HostDocument {
    #[schemars(schema_with = "super::closed::os")]
    os: &'static str,
    #[schemars(schema_with = "super::closed::components")]
    installed: Vec<&'static str>,
    #[schemars(schema_with = "super::closed::components")]
    damaged: Vec<&'static str>,
    #[schemars(schema_with = "super::closed::components")]
    cd_files: Vec<&'static str>,
    service_pack: u8,
    #[schemars(schema_with = "super::closed::components")]
    running: Vec<&'static str>,
    #[schemars(schema_with = "super::closed::components")]
    failing: Vec<&'static str>,
    upgraded: bool,
    #[schemars(schema_with = "super::closed::exchange")]
    exchange: &'static str,
    #[schemars(schema_with = "super::closed::imc")]
    imc: &'static str,
    lost: Vec<String>,
    restart_pending: bool,
}

/// A runbook that was followed.
#[derive(Debug, Serialize, JsonSchema)]
struct RunbookDocument {
    file: String,
    /// The properties that it broke, advice included.
    #[schemars(schema_with = "super::closed::properties")]
    broken: Vec<&'static str>,
    /// How many actions it took, `finish` included.
    actions: u32,
    /// The timeline; with `--trace` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepDocument>>,
}

/// The document, with a last line end; with `trace`, every timeline in full.
pub fn run(report: &RunReport, trace: bool) -> String {
    let document = RunDocument {
        schema: "imc4087/run/1",
        holds: report.count(Verdict::Holds),
        broken: report.count(Verdict::Broken),
        invalid: report.count(Verdict::Invalid),
        expectations: report.expectations(),
        scenarios: report.items.iter().map(|it| scenario(it, trace)).collect(),
    };
    pretty(&document)
}

/// `document` as indented JSON with a last line end, and with escapes for what a terminal would obey.
///
/// # Panics
///
/// Where `document` has keys that are no strings, which none of ours has.
pub fn pretty(document: &impl Serialize) -> String {
    let text = serde_json::to_string_pretty(document);
    #[expect(clippy::expect_used, reason = "the documents have string keys and no custom code")]
    let text = text.expect("a document of plain structs is always JSON");
    let mut out = String::with_capacity(text.len() + 1);
    for it in text.chars() {
        if it != '\n' && wording::is_hidden(it) {
            out.push_str(&format!("\\u{:04x}", u32::from(it)));
        } else {
            out.push(it);
        }
    }
    out.push('\n');
    out
}

fn scenario(item: &Item, trace: bool) -> ScenarioDocument {
    ScenarioDocument {
        file: item.file.path.clone(),
        title: item.title().to_owned(),
        verdict: match item.verdict() {
            Verdict::Holds => VerdictWord::Holds,
            Verdict::Broken => VerdictWord::Broken,
            Verdict::Invalid => VerdictWord::Invalid,
        },
        diagnostics: diagnostics(item),
        misses: item.played.as_ref().map_or_else(Vec::new, |it| misses(item, it)),
        notes: item.played.as_ref().map_or_else(Vec::new, |it| notes(item, it)),
        steps: item
            .played
            .as_ref()
            .filter(|_| trace)
            .map(|it| steps(&it.scenario.host, it.played.turns(), &it.scenario.names)),
        runbooks: item.played.as_ref().map_or_else(Vec::new, |it| runbooks(it, trace)),
    }
}

fn diagnostics(item: &Item) -> Vec<DiagnosticDocument> {
    let texts = std::iter::once(&item.file).chain(&item.runbooks);
    texts
        .flat_map(|text| text.said.in_order().into_iter().map(move |it| (text, it)))
        .map(|(text, it)| {
            let (line, column) = line_column(&text.source, it.span.start);
            DiagnosticDocument {
                severity: match it.severity {
                    Severity::Error => SeverityWord::Error,
                    Severity::Warning => SeverityWord::Warning,
                },
                code: it.code,
                file: text.path.clone(),
                line,
                column,
                message: it.message.clone(),
                help: it.help.clone(),
            }
        })
        .collect()
}

fn misses(item: &Item, outcome: &Outcome) -> Vec<MissDocument> {
    let document = |it: &crate::search::play::Miss| {
        let (line, column) = line_column(&item.file.source, it.span.start);
        MissDocument {
            act: it.act.map(|it| it + 1),
            runbook: it.entry.map(|it| it + 1),
            key: it.key,
            expected: it.expected.clone(),
            seen: it.seen.clone(),
            line,
            column,
        }
    };
    outcome.played.misses.iter().map(document).collect()
}

fn notes(item: &Item, outcome: &Outcome) -> Vec<NoteDocument> {
    let document = |it: &crate::search::play::UnnamedRefusal| {
        let (line, column) = line_column(&item.file.source, it.span.start);
        NoteDocument { refused: it.refusal.id(), line, column }
    };
    outcome.played.unnamed_refusals.iter().map(document).collect()
}

fn runbooks(outcome: &Outcome, trace: bool) -> Vec<RunbookDocument> {
    let scenario = &outcome.scenario;
    let both = scenario.runbooks.iter().zip(&outcome.played.runbooks);
    both.map(|(entry, followed)| RunbookDocument {
        file: entry.file.value.clone(),
        broken: followed.broken.iter().map(Property::id).collect(),
        actions: followed.end.actions,
        steps: trace.then(|| {
            let turns = followed.turns.iter().map(|(turn, _)| turn);
            steps(&scenario.host, turns, &scenario.names)
        }),
    })
    .collect()
}

/// The steps of a run, step 0 being the first host.
pub fn steps<'a>(
    first: &Host,
    turns: impl Iterator<Item = &'a Turn>,
    names: &Nameplate,
) -> Vec<StepDocument> {
    let start = StepDocument {
        n: 0,
        action: None,
        outcome: None,
        refused: None,
        event: None,
        events: Vec::new(),
        error: None,
        rules: Vec::new(),
        host: host(first, names),
    };
    let rest = turns.enumerate().map(|(index, turn)| step(index + 1, turn, names));
    std::iter::once(start).chain(rest).collect()
}

fn step(n: usize, turn: &Turn, names: &Nameplate) -> StepDocument {
    let outcome = turn.outcome();
    StepDocument {
        n,
        action: Some(language::print(turn.action, names)),
        outcome: Some(match outcome {
            observe::Outcome::Done => OutcomeWord::Done,
            observe::Outcome::Failed(_) => OutcomeWord::Failed,
            observe::Outcome::Refused(_) => OutcomeWord::Refused,
        }),
        refused: turn.result.err().map(Refusal::id),
        event: turn.events().iter().map(Event::id).next(),
        events: turn
            .events()
            .iter()
            .map(|it| EventDocument {
                id: it.id(),
                log: it.log().name(),
                source: it.source(),
                category: it.category(),
                description: it.description(turn.before.exchange),
            })
            .collect(),
        error: outcome.error(),
        rules: turn.fired().iter().map(RuleId::id).collect(),
        host: host(turn.after(), names),
    }
}

fn host(host: &Host, names: &Nameplate) -> HostDocument {
    let ids = |set: Components| set.iter().map(Component::id).collect();
    HostDocument {
        os: host.os.id(),
        installed: ids(host.installed),
        damaged: ids(host.damaged),
        cd_files: ids(host.cd_files),
        service_pack: host.service_pack,
        running: ids(host.running),
        failing: ids(host.failing),
        upgraded: host.upgraded,
        exchange: host.exchange.id(),
        imc: host.imc.id(),
        lost: names.share_names(host.lost),
        restart_pending: host.restart_pending,
    }
}
