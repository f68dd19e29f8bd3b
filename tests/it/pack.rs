//! The scenario pack: what it shows, and the timelines and reports that people read.

use crate::tidy::files;
use crate::tidy::root;
use imc4087::cli::load;
use imc4087::files::pack;
use imc4087::files::print;
use imc4087::files::runbook;
use imc4087::files::scenario;
use imc4087::model::article::Statement;
use imc4087::model::property::Property;
use imc4087::model::refusal::Refusal;
use imc4087::model::rule::RuleId;
use imc4087::report::article::ArticleReport;
use imc4087::report::article::fired_in;
use imc4087::report::plain;
use imc4087::report::run::RunReport;
use imc4087::report::run::Verdict;
use std::collections::BTreeSet;

/// Styles stripped, as a pipe sees it.
pub(crate) fn bare(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

/// Snapshots of this project: in one folder, named by their suite.
pub(crate) fn snapshots() -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

#[test]
fn the_pack_holds() {
    let report = RunReport { items: load::pack() };
    assert!(report.items.len() > 30);
    let text = bare(&plain::run(&report, false));
    assert_eq!(report.count(Verdict::Holds), report.items.len(), "{text}");
}

#[test]
fn every_rule_fires_and_every_statement_is_shown() {
    let items = load::pack();
    for rule in RuleId::ALL {
        assert!(!fired_in(&items, rule).is_empty(), "no scenario shows {}", rule.id());
    }
    assert_eq!(ArticleReport::new(&items).uncarried(), Vec::<Statement>::new());
}

#[test]
fn every_refusal_is_expected_and_every_breakable_property_broken() {
    let items = load::pack();
    let scenarios = || items.iter().filter_map(|it| it.played.as_ref()).map(|it| &it.scenario);
    for refusal in Refusal::ALL {
        let expected =
            |it: &scenario::Act| it.expect.refused.as_ref().is_some_and(|it| it.value == refusal);
        assert!(scenarios().any(|it| it.acts.iter().any(expected)), "{}", refusal.id());
    }
    let broken: BTreeSet<Property> = scenarios()
        .flat_map(|it| it.runbooks.iter().filter_map(|it| it.breaks.value))
        .flat_map(imc4087::model::property::Properties::iter)
        .collect();
    for property in Property::ALL {
        // A runbook is honest and ends by construction.
        let breakable = !matches!(property, Property::Honest | Property::Ends);
        assert_eq!(broken.contains(&property), breakable, "{}", property.id());
    }
}

#[test]
fn every_file_asks_its_question_first_and_reads_back() {
    for (path, text) in files("scenarios", ".toml") {
        assert!(text.starts_with("# "), "{path}: the first line says what the file is about");
        if path.contains("/runbooks/") {
            let value = runbook::read(&text).0.unwrap().runbook;
            let again = runbook::read(&print::runbook(&value)).0.unwrap().runbook;
            assert_eq!(value, again, "{path}");
        } else {
            let value = scenario::read(&text).0.unwrap();
            assert_eq!(scenario::read(&print::scenario(&value)).0.unwrap(), value, "{path}");
        }
    }
}

#[test]
fn every_runbook_of_the_pack_is_named_by_a_scenario() {
    let named: BTreeSet<String> = pack::SCENARIOS
        .iter()
        .flat_map(|it| scenario::runbooks_named(it.text))
        .map(|it| format!("scenarios/{}", it.value))
        .collect();
    for file in pack::RUNBOOKS {
        assert!(named.contains(file.path), "{} is named by no scenario", file.path);
    }
}

#[test]
fn timelines_read_as_reviewed() {
    snapshots().bind(|| {
        insta::glob!("../../scenarios", "*.toml", |path| {
            let path = path.strip_prefix(root()).unwrap();
            let item = load::scenario(path);
            let text = bare(&plain::run(&RunReport { items: vec![item] }, true));
            insta::assert_snapshot!("timeline", text);
        });
    });
}
