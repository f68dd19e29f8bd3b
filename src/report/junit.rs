//! What `run` found, as JUnit XML in the dialect that Jenkins and GitLab read.
//!
//! One suite, a case for each scenario: its title is the name, its file the class name.

use super::plain;
use super::run::RunReport;
use super::run::Verdict;
use quick_junit::NonSuccessKind;
use quick_junit::Report;
use quick_junit::TestCase;
use quick_junit::TestCaseStatus;
use quick_junit::TestSuite;

/// The report as XML.
///
/// # Panics
///
/// Never: memory can be written to.
pub fn run(report: &RunReport) -> String {
    let mut suite = TestSuite::new("imc4087 run");
    for item in &report.items {
        let status = match item.verdict() {
            Verdict::Holds => TestCaseStatus::success(),
            Verdict::Broken => failure(NonSuccessKind::Failure, "an expectation is not met", item),
            Verdict::Invalid => failure(NonSuccessKind::Error, "the file is invalid", item),
        };
        let mut case = TestCase::new(item.title(), status);
        case.set_classname(item.file.path.clone());
        suite.add_test_case(case);
    }
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
    let text = plain::remarks(item);
    status.set_description(anstream::adapter::strip_str(&text).to_string());
    status
}
