//! Reads scenario and runbook files from disk.

use super::failure::Failure;
use super::failure::shown;
use crate::files::pack;
use crate::files::read::BYTES_MAX;
use crate::files::runbook;
use crate::files::runbook::RunbookFile;
use crate::files::scenario;
use crate::files::scenario::RUNBOOKS_MAX;
use crate::report::run::Item;
use crate::report::run::Outcome;
use crate::report::run::Text;
use crate::search::play::play;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Placed;
use std::collections::BTreeMap;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// The most scenario files that one folder may hold.
const FILES_MAX: usize = 10_000;

/// The text of a file, at most [`BYTES_MAX`] bytes of UTF-8.
///
/// # Errors
///
/// When the file cannot be read, is a folder, is larger, or is not UTF-8.
pub fn text(path: &Path) -> Result<String, Failure> {
    let fail = |reason: String, hint: &str| Failure::Unreadable {
        path: path.to_owned(),
        reason,
        hint: hint.to_owned(),
    };
    let metadata = fs::metadata(path)
        .map_err(|it| fail(it.to_string(), "name a file or a folder that exists"))?;
    if metadata.is_dir() {
        return Err(fail("it is a folder".to_owned(), "name a file in it"));
    }
    if !metadata.is_file() {
        return Err(fail("it is no regular file".to_owned(), "name a file"));
    }
    let file = File::open(path).map_err(|it| fail(it.to_string(), "check its permissions"))?;
    let mut bytes = Vec::new();
    file.take(BYTES_MAX as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|it| fail(it.to_string(), "check the file"))?;
    if bytes.len() > BYTES_MAX {
        let reason = format!("it has more than {BYTES_MAX} bytes");
        return Err(fail(
            reason,
            "scenario and runbook files are far smaller; is it the right file?",
        ));
    }
    String::from_utf8(bytes).map_err(|it| {
        let reason = format!("byte {} is not UTF-8", it.utf8_error().valid_up_to());
        fail(reason, "save the file as UTF-8")
    })
}

/// The scenario files that `paths` name: files as they are, folders with the `.toml` files directly
/// in them, by name.
///
/// # Errors
///
/// When a path does not exist, or a folder holds no `.toml` file.
pub fn scenario_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(folder(path)?);
        } else {
            files.push(path.clone());
        }
    }
    Ok(files)
}

fn folder(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |error: std::io::Error| Failure::Unreadable {
        path: path.to_owned(),
        reason: error.to_string(),
        hint: "check its permissions".to_owned(),
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(fail)? {
        let file = entry.map_err(fail)?.path();
        if file.extension().is_some_and(|it| it == "toml") && !file.is_dir() {
            files.push(file);
        }
        if files.len() > FILES_MAX {
            return Err(Failure::Unreadable {
                path: path.to_owned(),
                reason: format!("it holds more than {FILES_MAX} scenario files"),
                hint: "name some of them".to_owned(),
            });
        }
    }
    if files.is_empty() {
        let hint = "a scenario is a file that ends in .toml";
        return Err(Failure::NothingToCheck { path: path.to_owned(), hint });
    }
    files.sort();
    Ok(files)
}

/// Reads and plays one scenario file and the runbooks that it names.
///
/// What is wrong with a file is part of the result, so that one run reports all files.
pub fn scenario(path: &Path) -> Item {
    let shown_path = shown(path);
    let base = path.parent().unwrap_or(Path::new(""));
    match text(path) {
        Err(failure) => {
            Item { file: unreadable(shown_path, &failure), runbooks: Vec::new(), played: None }
        }
        Ok(source) => item(shown_path, source, |name| {
            let path = base.join(name);
            (shown(&path), text(&path))
        }),
    }
}

fn unreadable(path: String, failure: &Failure) -> Text {
    let mut said = Diagnostics::default();
    let (what, help) = failure.words();
    said.error("unreadable", 0..0, what, "", help);
    Text { path, source: String::new(), said }
}

/// Plays the pack that this program carries.
pub fn pack() -> Vec<Item> {
    let find = |name: &str| {
        let path = format!("scenarios/{name}");
        let found = pack::RUNBOOKS.iter().find(|it| it.path == path);
        let missing = Failure::Unreadable {
            path: PathBuf::from(&path),
            reason: "it is not in the pack".to_owned(),
            hint: String::new(),
        };
        (path, found.map(|it| it.text.to_owned()).ok_or(missing))
    };
    let play = |it: &pack::PackFile| item(it.path.to_owned(), it.text.to_owned(), find);
    pack::SCENARIOS.iter().map(play).collect()
}

/// Plays one scenario whose runbooks `fetch` finds by the name in the file.
pub fn item(
    path: String,
    source: String,
    fetch: impl Fn(&str) -> (String, Result<String, Failure>),
) -> Item {
    let (scenario, mut said) = scenario::read(&source);
    let mut files: BTreeMap<&str, Option<RunbookFile>> = BTreeMap::new();
    let mut texts: Vec<Text> = Vec::new();
    let named = scenario::runbooks_named(&source);
    for file in named.iter().take(RUNBOOKS_MAX) {
        if said.has_error_in(&file.span) || files.contains_key(file.value.as_str()) {
            continue;
        }
        let (path, read) = fetch(&file.value);
        match read {
            Err(failure) => {
                let (what, help) = failure.words();
                said.error("unreadable", file.span.clone(), what, "", help);
                files.insert(&file.value, None);
            }
            Ok(source) => {
                let (runbook, said) = runbook::read(&source);
                files.insert(&file.value, runbook);
                texts.push(Text { path, source, said });
            }
        }
    }
    let complete = !said.has_errors() && !texts.iter().any(|it| it.said.has_errors());
    let played = scenario.filter(|_| complete).map(|scenario| {
        let read = |it: &Placed<String>| files.get(it.value.as_str()).cloned().flatten();
        let runbooks: Vec<RunbookFile> = named.iter().filter_map(read).collect();
        let played = play(&scenario, &runbooks);
        Outcome { scenario, runbooks, played }
    });
    Item { file: Text { path, source, said }, runbooks: texts, played }
}
