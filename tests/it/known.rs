//! Runbooks that are wrong, each for its own reason: what `verify` finds, and where.
//!
//! The table `snapshots/known-bad.snap` is what the findings of each come to over the whole world
//! `article`. A change of it is read in review: is each runbook still rejected for its own reason and no other?

use crate::pack::snapshots;
use crate::tidy::files;
use imc4087::files::runbook;
use imc4087::files::runbook::RunbookFile;
use imc4087::model::property::Property;
use imc4087::model::rule::RuleSet;
use imc4087::report::verify::condition;
use imc4087::search::cause::Finding;
use imc4087::search::verdict::verdict;
use imc4087::search::verify::Question;
use imc4087::search::verify::tally;
use imc4087::search::world::Damage;
use imc4087::search::world::Services;
use imc4087::search::world::World;
use imc4087::text::wording::thousands;
use std::fmt::Write as _;

/// Every known-bad runbook, by its name.
pub(crate) fn known() -> Vec<(String, RunbookFile)> {
    let read = |(path, text): (String, String)| {
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".toml").to_owned();
        let (file, said) = runbook::read(&text);
        assert!(!said.has_errors(), "{}", said.draw(&path, &text));
        (name, file.unwrap())
    };
    files("tests/known-bad", ".toml").into_iter().map(read).collect()
}

/// What `verify` finds, in a few lines.
fn found(name: &str, file: &RunbookFile) -> String {
    let world = World::new(Services::Article, Damage::Article);
    let rules = RuleSet::usual();
    let runbook = &file.runbook;
    let question =
        Question { world: &world, rules, runbook, reduce: true, threads: 2, watch: None };
    let tally = tally(&question);
    let mut out = format!("{name}\n");
    for (word, gates) in [("breaks", true), ("advice", false)] {
        let broken: Vec<String> = Property::ALL
            .into_iter()
            .filter(|it| it.gates() == gates && tally.failing(*it) > 0)
            .map(|it| format!("{} {}", it.id(), thousands(tally.failing(it))))
            .collect();
        if !broken.is_empty() {
            writeln!(out, "  {word} {}", broken.join(", ")).unwrap();
        }
    }
    let verdict = verdict(&question, file);
    let gates = verdict.explained.iter().filter(|it| it.finding.cause.property.gates());
    let findings: Vec<(Option<usize>, &Finding)> = gates
        .map(|it| (it.witness.place.and_then(|it| file.verb_text(it)).map(|it| it.0), &it.finding))
        .collect();
    // Two restarts are missing there, and each has a mend of its own.
    let mistakes = if name == "never-restarts" { 2 } else { 1 };
    assert_eq!(findings.len(), mistakes, "{name}: one mistake, one finding");
    writeln!(out, "  {} cases", thousands(tally.broken)).unwrap();
    if let Some((line, main)) = findings.first() {
        let line = line.map_or_else(|| "-".to_owned(), |it| it.to_string());
        let terms = main.condition.as_ref().map_or_else(Vec::new, condition);
        let terms = if terms.is_empty() { "no words".to_owned() } else { terms.join(" | ") };
        writeln!(out, "  line {line} {}: {terms}", main.cause.property.id()).unwrap();
    }
    out
}

#[test]
fn every_known_bad_runbook_is_rejected_for_its_own_reason() {
    let known = known();
    assert!(known.len() >= 30);
    let mut actual = String::new();
    for (name, file) in &known {
        let found = found(name, file);
        assert!(found.contains("  breaks "), "{name} is not rejected");
        actual.push_str(&found);
        actual.push('\n');
    }
    snapshots().bind(|| insta::assert_snapshot!("known-bad", actual));
}

#[test]
fn every_known_bad_runbook_says_first_what_is_wrong() {
    for (path, text) in files("tests/known-bad", ".toml") {
        assert!(text.starts_with("# Wrong: "), "{path}");
    }
}
