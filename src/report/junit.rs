//! Reports as JUnit XML, in the dialect that Jenkins and GitLab read.
//!
//! `run` is one suite, a case for each scenario: its title is the name, its file the class name. `verify`
//! is a suite for the world, a case for each property: the runbook is the class name.

use super::plain;
use super::run::RunReport;
use super::run::Verdict;
use super::style;
use super::verify::VerifyReport;
use super::verify::damage_name;
use super::verify::world_name;
use super::verify_plain;
use super::weigh;
use crate::model::property::Property;
use crate::search::verdict::Answer;
use crate::search::verdict::Explained;
use crate::text::diagnostic::Diagnostics;
use crate::text::wording;
use crate::text::wording::thousands;
use quick_junit::NonSuccessKind;
use quick_junit::Report;
use quick_junit::TestCase;
use quick_junit::TestCaseStatus;
use quick_junit::TestSuite;

/// What `run` found.
pub fn run(report: &RunReport) -> String {
    let mut suite = TestSuite::new("imc4087 run");
    for item in &report.items {
        let status = match item.verdict() {
            Verdict::Holds => TestCaseStatus::success(),
            Verdict::Broken => failure(NonSuccessKind::Failure, "an expectation is not met", item),
            Verdict::Invalid => failure(NonSuccessKind::Error, "the file is invalid", item),
        };
        let mut case = TestCase::new(wording::shown(item.title()), status);
        case.set_classname(item.file.path.clone());
        suite.add_test_case(case);
    }
    document(suite)
}

/// A verdict on a runbook.
pub fn verify(report: &VerifyReport) -> String {
    let world = format!("{}, damage {}", world_name(&report.world), damage_name(&report.world));
    let name: Vec<&str> =
        std::iter::once(world.as_str()).chain(report.narrowed.iter().map(String::as_str)).collect();
    let mut suite = TestSuite::new(format!("imc4087 verify: world {}", name.join(", ")));
    if report.verdict.answer() == Answer::NothingChecked {
        let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
        status.set_message(report.nothing()).set_type("nothing-checked");
        suite.add_test_case(of_runbook("At least one case is checked.", status, report));
    } else {
        for property in Property::ALL {
            suite.add_test_case(of_property(property, report));
        }
    }
    let mut rest = verify_plain::covered(report) + &verify_plain::asked_for(report);
    if let Some(against) = &report.against {
        rest.push_str(&format!("\n{}", weigh::against(report, against)));
    }
    suite.set_system_out(style::stripped(&rest));
    document(suite)
}

/// The complaints about a file that cannot be used.
pub fn complaints(path: &str, source: &str, said: &Diagnostics) -> String {
    let mut suite = TestSuite::new("imc4087 verify");
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message("the file is invalid").set_type("invalid");
    status.set_description(style::stripped(&said.draw(path, source)));
    let mut case = TestCase::new("The runbook can be read.", status);
    case.set_classname(path);
    suite.add_test_case(case);
    document(suite)
}

fn of_runbook(name: &str, status: TestCaseStatus, report: &VerifyReport) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(report.path.clone());
    case
}

fn of_property(property: Property, report: &VerifyReport) -> TestCase {
    let name = property.holds_when();
    let tally = &report.verdict.tally;
    let failing = tally.failing(property);
    if failing == 0 {
        return of_runbook(name, TestCaseStatus::success(), report);
    }
    let of_it =
        |it: &&Explained| it.finding.cause.property == property || it.finding.also.has(property);
    let findings: Vec<String> = report
        .verdict
        .explained
        .iter()
        .filter(of_it)
        .map(|it| verify_plain::finding(report, it))
        .collect();
    let text = style::stripped(&findings.join("\n"));
    if !property.gates() {
        let mut case = of_runbook(name, TestCaseStatus::success(), report);
        case.set_system_out(text);
        return case;
    }
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let (failing, cases) = (thousands(failing), thousands(tally.cases));
    status.set_message(format!("{} ({failing} of {cases} cases)", property.broken_by()));
    status.set_type(property.id());
    status.set_description(text);
    of_runbook(name, status, report)
}

/// `suite` as a document.
///
/// # Panics
///
/// Never: memory can be written to.
fn document(suite: TestSuite) -> String {
    let mut document = Report::new("imc4087");
    document.add_test_suite(suite);
    #[expect(clippy::expect_used, reason = "writing to memory cannot fail")]
    let mut text = document.to_string().expect("a report is always XML");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

fn failure(kind: NonSuccessKind, message: &str, item: &super::run::Item) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message);
    status.set_description(style::stripped(&plain::remarks(item)));
    status
}
