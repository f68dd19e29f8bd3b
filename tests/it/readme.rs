//! The README as a program: every command in it is run, and prints what the README says.

use crate::cli::imc4087;
use crate::cli::imc4087_in;
use crate::play_command::piped;
use crate::tidy::root;
use std::fs;

/// A command of the README and what it is said to print.
struct Shown {
    command: String,
    output: String,
}

/// The commands of all `console` blocks: lines that begin with `$ `, and what follows them.
fn shown(text: &str) -> Vec<Shown> {
    let mut all: Vec<Shown> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if inside && let Some(command) = line.strip_prefix("$ ") {
            all.push(Shown { command: command.to_owned(), output: String::new() });
        } else if inside && let Some(last) = all.last_mut() {
            last.output.push_str(line);
            last.output.push('\n');
        }
    }
    all
}

/// The arguments for the program, where `command` runs it.
fn arguments(command: &str) -> Option<Vec<&str>> {
    let rest = command
        .strip_prefix("cargo run --release -- ")
        .or_else(|| command.strip_prefix("imc4087 "))?;
    Some(rest.split(' ').collect())
}

/// Whether `said` is `printed`; a line `...` in it stands for any number of lines.
fn matches(said: &str, printed: &str) -> bool {
    let mut rest = printed;
    for (index, part) in said.split("...\n").enumerate() {
        let found = if index == 0 { rest.starts_with(part).then_some(0) } else { rest.find(part) };
        let Some(at) = found else { return false };
        rest = rest.get(at + part.len()..).unwrap_or_default();
    }
    said.ends_with("...\n") || rest.is_empty()
}

#[test]
fn every_command_prints_what_the_readme_says() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let commands = shown(&text);
    assert!(commands.len() >= 5, "{} commands", commands.len());
    for it in commands {
        if let Some(arguments) = arguments(&it.command) {
            let ran = match arguments.as_slice() {
                [arguments @ .., "<", file] => {
                    piped(arguments, &fs::read(root().join(file)).unwrap())
                }
                arguments => imc4087(arguments),
            };
            let printed = ran.out + &ran.err;
            assert!(matches(&it.output, &printed), "$ {}\n{printed}", it.command);
        } else {
            // What cargo itself does is run by `.ci/run`, which must name the same command.
            let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
            let known = ci.lines().any(|line| line.trim() == it.command);
            assert!(known, "$ {}", it.command);
        }
    }
}

/// The workflow cannot be run without a network; what it asks of this program can.
#[test]
fn the_workflow_in_the_readme_asks_for_what_there_is() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let workflow = text.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    let folder = std::env::temp_dir().join(format!("imc4087-workflow-{}", std::process::id()));
    fs::create_dir_all(folder.join("runbooks")).unwrap();
    let article = root().join("scenarios/runbooks/article.toml");
    fs::copy(article, folder.join("runbooks/repair.toml")).unwrap();
    let commands = workflow.lines().filter_map(|line| line.trim().strip_prefix("- run: imc4087 "));
    let mut count = 0;
    for command in commands {
        let ran = imc4087_in(&folder, &command.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{command}: {}{}", ran.out, ran.err);
        count += 1;
    }
    assert_eq!(count, 1);
    for file in ["verdict.md", "verdict.sarif", "verdict.xml"] {
        assert!(workflow.contains(file));
        assert!(fs::metadata(folder.join(file)).unwrap().len() > 100, "{file}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn files_shown_in_the_readme_are_valid() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).collect();
    assert!(blocks.len() >= 2);
    for block in blocks {
        let block = block.split("```").next().unwrap();
        let (scenario, said) = imc4087::files::scenario::read(block);
        let (runbook, other) = imc4087::files::runbook::read(block);
        let why = said.draw("README", block) + &other.draw("README", block);
        assert!(scenario.is_some() || runbook.is_some(), "{why}");
    }
}
