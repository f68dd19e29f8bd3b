//! The rules of the house, so that a breach is seen at once and the message teaches the rule.

use imc4087::model::rule::RuleId;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The rooms in a row: a file may name its own room and those above it.
const ROOMS: [&str; 7] = ["model", "text", "files", "search", "train", "report", "cli"];

/// The most lines of a source file.
const LINES_MAX: usize = 400;

/// What `model/` may not use: everything that makes a result depend on more than its arguments.
const IMPURE: [&str; 9] = [
    "std::fs",
    "std::env",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time",
    "std::sync",
    "serde",
];

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` whose names end in `ending`, by path from the root.
pub(crate) fn files(folder: &str, ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("target") {
                    folders.push(path);
                }
            } else if path.to_string_lossy().ends_with(ending) {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/");
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn rank(room: &str) -> Option<usize> {
    ROOMS.iter().position(|it| *it == room)
}

#[test]
fn rooms_name_only_rooms_above_them() {
    for (path, text) in files("src", ".rs") {
        let Some(own) = path.split('/').nth(1).and_then(rank) else { continue };
        for (above, room) in ROOMS.iter().enumerate() {
            let names_it = text.contains(&format!("crate::{room}::"));
            assert!(above <= own || !names_it, "{path}: `{}` may not use `{room}`", ROOMS[own]);
        }
        assert!(
            !text.contains("use crate::{"),
            "{path}: write one `use` a line, so that grep sees it"
        );
    }
}

#[test]
fn rooms_are_one_level_deep_and_known() {
    for (path, _) in files("src", ".rs") {
        let parts: Vec<&str> = path.split('/').collect();
        let known = match parts.as_slice() {
            [_, file] => ["lib.rs", "main.rs"].contains(file),
            [_, room, _] => rank(room).is_some(),
            _ => false,
        };
        assert!(known, "{path}: rooms are {ROOMS:?}, one level of folders");
    }
}

#[test]
fn the_model_is_pure() {
    for (path, text) in files("src/model", ".rs") {
        for word in IMPURE {
            assert!(!text.contains(&format!("{word}::")), "{path}: the model may not use {word}");
        }
        let foreign = text.lines().filter(|it| it.starts_with("use "));
        for line in foreign {
            let fine = line.starts_with("use super::") || line.starts_with("use std::");
            assert!(fine, "{path}: the model uses std and itself: {line}");
        }
    }
}

#[test]
fn files_have_a_heading_and_a_bearable_length() {
    for (path, text) in
        [files("src", ".rs"), files("tests", ".rs"), files("benches", ".rs")].concat()
    {
        assert!(text.starts_with("//! "), "{path}: the first line says what the file is for");
        let lines = text.lines().count();
        assert!(
            lines <= LINES_MAX,
            "{path}: {lines} lines, at most {LINES_MAX}; make a second file"
        );
    }
    let main = fs::read_to_string(root().join("src/main.rs")).unwrap();
    assert!(main.lines().count() <= 20, "main.rs is only the door");
}

#[test]
fn nothing_is_left_for_later() {
    let words = ["todo", "fixme", "xxx", "dbg!", "unimplemented!"];
    for (path, text) in [files("src", ".rs"), files("benches", ".rs")].concat() {
        for (number, line) in text.lines().enumerate() {
            let lower = line.to_lowercase();
            let found = words.iter().find(|it| lower.contains(**it));
            assert!(found.is_none(), "{path}:{}: {found:?}", number + 1);
        }
    }
}

#[test]
fn every_test_file_is_declared() {
    let main = fs::read_to_string(root().join("tests/it/main.rs")).unwrap();
    for (path, _) in files("tests/it", ".rs") {
        let name = Path::new(&path).file_stem().unwrap().to_string_lossy().into_owned();
        let declared = name == "main" || main.contains(&format!("mod {name};"));
        assert!(declared, "{path} is not declared in main.rs and never runs");
    }
}

#[test]
fn every_dependency_is_used_and_justified() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let sources = [files("src", ".rs"), files("tests", ".rs"), files("benches", ".rs")].concat();
    let mut section = "";
    let mut comment = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
            comment = false;
        } else if line.starts_with('#') {
            comment = true;
        } else if let Some((name, _)) = line.split_once(" = ")
            && section.ends_with("dependencies]")
        {
            assert!(comment, "{name}: say in a line above why it is here");
            let krate = name.replace('-', "_");
            let used = sources.iter().any(|(_, text)| text.contains(&format!("{krate}::")));
            assert!(used, "{name} is not used");
        } else if line.is_empty() {
            comment = false;
        }
    }
}

#[test]
fn every_pack_file_is_carried() {
    let carried: BTreeSet<&str> = imc4087::files::pack::SCENARIOS
        .iter()
        .chain(imc4087::files::pack::RUNBOOKS)
        .map(|it| it.path)
        .collect();
    for (path, _) in files("scenarios", ".toml") {
        assert!(carried.contains(path.as_str()), "{path}: list it in src/files/pack.rs");
    }
}

#[test]
fn every_rule_has_one_test_of_its_name() {
    let tests = fs::read_to_string(root().join("tests/it/rules.rs")).unwrap();
    for rule in RuleId::ALL {
        let name = rule.id().replace('-', "_");
        let count = tests.matches(&format!("fn {name}()")).count();
        assert_eq!(count, 1, "tests/it/rules.rs: one test called {name}");
    }
}

#[test]
fn every_snapshot_has_a_source() {
    let sources: String = files("tests/it", ".rs").into_iter().map(|(_, text)| text).collect();
    for (path, _) in files("snapshots", ".snap") {
        let name = Path::new(&path).file_name().unwrap().to_string_lossy().into_owned();
        let stem = name.trim_end_matches(".snap");
        let (suite, input) = stem.split_once('@').unwrap_or((stem, ""));
        assert!(sources.contains(&format!("\"{suite}\"")), "{path}: no test takes it");
        let there = input.is_empty()
            || ["scenarios", "tests/bad/scenarios", "tests/bad/runbooks"]
                .iter()
                .any(|it| root().join(it).join(input).exists());
        assert!(there, "{path}: its input is gone");
    }
}
