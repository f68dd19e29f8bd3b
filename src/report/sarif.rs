//! Findings on the lines of a runbook, as SARIF 2.1.0 for code scanning.

use super::json::pretty;
use super::verify::VerifyReport;
use super::verify::condition;
use super::verify::exactly_when;
use crate::model::property::Property;
use crate::search::verdict::Answer;
use crate::search::verdict::Explained;
use crate::text::diagnostic::Diagnostic;
use crate::text::diagnostic::Diagnostics;
use crate::text::diagnostic::Severity;
use crate::text::span::line_column;
use crate::text::wording;
use serde::Serialize;
use std::path::MAIN_SEPARATOR_STR;

#[derive(Debug, Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    invocations: [Invocation; 1],
    /// Our columns are counted in characters.
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    short_description: Message,
    default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: Level,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Error,
    Note,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tool_execution_notifications: Vec<Notification>,
}

#[derive(Debug, Serialize)]
struct Notification {
    level: Level,
    message: Message,
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: Level,
    message: Message,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: PhysicalLocation,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Debug, Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    /// The first column behind the place.
    end_column: usize,
}

#[derive(Debug, Serialize)]
struct Fingerprints {
    #[serde(rename = "propertyAndCondition/v1")]
    property_and_condition: String,
}

/// A verdict on a runbook, with a last line end.
pub fn verify(report: &VerifyReport) -> String {
    let mut results: Vec<Outcome> = Vec::new();
    for explained in &report.verdict.explained {
        let fingerprint = fingerprint(explained, &results);
        results.push(result(report, explained, fingerprint));
    }
    pretty(&log(invocation(report), results))
}

/// The complaints about a file that cannot be used, as a run that was not successful.
pub fn complaints(path: &str, source: &str, said: &Diagnostics) -> String {
    let complaint = |it: &Diagnostic| {
        let (line, column) = line_column(source, it.span.start);
        let level = match it.severity {
            Severity::Error => Level::Error,
            Severity::Warning => Level::Note,
        };
        let text = format!("{}:{line}:{column}: {}: {}", wording::shown(path), it.code, it.message);
        Notification { level, message: Message { text } }
    };
    let tool_execution_notifications = said.in_order().into_iter().map(complaint).collect();
    let invocation = Invocation { execution_successful: false, tool_execution_notifications };
    pretty(&log(invocation, Vec::new()))
}

fn log(invocation: Invocation, results: Vec<Outcome>) -> Log {
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: "imc4087",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: Property::ALL.into_iter().map(rule).collect(),
                },
            },
            invocations: [invocation],
            column_kind: "unicodeCodePoints",
            results,
        }],
    }
}

const fn level(property: Property) -> Level {
    if property.gates() { Level::Error } else { Level::Note }
}

fn rule(property: Property) -> Rule {
    Rule {
        id: property.id(),
        short_description: Message { text: property.holds_when().to_owned() },
        default_configuration: Configuration { level: level(property) },
    }
}

/// A run that checked nothing has no result, and must not look like one without findings.
fn invocation(report: &VerifyReport) -> Invocation {
    let nothing = Notification {
        level: Level::Error,
        message: Message { text: format!("Nothing was checked: {}.", report.nothing()) },
    };
    match report.verdict.answer() {
        Answer::NothingChecked => {
            Invocation { execution_successful: false, tool_execution_notifications: vec![nothing] }
        }
        Answer::Holds | Answer::Broken => {
            Invocation { execution_successful: true, tool_execution_notifications: Vec::new() }
        }
    }
}

fn result(report: &VerifyReport, explained: &Explained, fingerprint: String) -> Outcome {
    let property = explained.finding.cause.property;
    let mut text =
        format!("{}\nExactly when: {}", report.claim(explained), exactly_when(&explained.finding));
    if let Some(mend) = &explained.mend {
        text.push_str(&format!("\nInstead: {}", report.instead(mend)));
    }
    text.push_str(&format!("\nReplay: {}", report.replay(explained)));
    Outcome {
        rule_id: property.id(),
        rule_index: Property::ALL.iter().position(|it| *it == property).unwrap_or_default(),
        level: level(property),
        message: Message { text },
        locations: [Location {
            physical_location: PhysicalLocation {
                artifact_location: ArtifactLocation { uri: uri(&report.path) },
                region: region(report, explained),
            },
        }],
        partial_fingerprints: Fingerprints { property_and_condition: fingerprint },
    }
}

fn region(report: &VerifyReport, explained: &Explained) -> Region {
    let span = report.span(explained.witness.place);
    let (start_line, start_column) = line_column(&report.source, span.start);
    let (end_line, end_column) = line_column(&report.source, span.end);
    let end_line = Some(end_line).filter(|it| *it != start_line);
    Region { start_line, start_column, end_line, end_column }
}

/// What makes a finding the same one when lines have moved; numbered where an earlier one of
/// `results` has the same.
fn fingerprint(explained: &Explained, results: &[Outcome]) -> String {
    let finding = &explained.finding;
    let terms = finding.condition.as_ref().map_or_else(Vec::new, condition);
    let words = format!("{}: {}", finding.cause.property.id(), terms.join("; "));
    let is_taken =
        |it: &str| results.iter().any(|old| old.partial_fingerprints.property_and_condition == it);
    let mut fingerprint = words.clone();
    let mut number = 2;
    while is_taken(&fingerprint) {
        fingerprint = format!("{words} #{number}");
        number += 1;
    }
    fingerprint
}

/// A path as a reference to a resource, relative where the path is.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.replace(MAIN_SEPARATOR_STR, "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
