//! The files of `imc4087 play`: whatever happens to them, nothing that was typed is lost.

use crate::play_command::REPAIR;
use crate::play_command::piped;
use crate::play_command::scratch;
use std::fs;

/// The file called `name`, and its name for the command line.
fn file(name: &str) -> (std::path::PathBuf, String) {
    let path = scratch(name);
    let name = path.display().to_string();
    (path, name)
}

#[test]
fn a_last_line_without_its_end_is_not_joined_to_the_next() {
    let (path, name) = file("cut.journal");
    fs::write(&path, "imc4087 journal 1\nhost splitmix64-1 seed 1 level 1\n> net sh").unwrap();
    piped(&["play", "--resume", &name], b"network services\n");
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept.ends_with("> net sh\n> network services\n"), "{kept}");
    fs::remove_file(path).unwrap();
}

#[test]
fn no_file_that_is_read_is_written_over() {
    let (journal, journal_name) = file("read.journal");
    piped(&["play", "--journal", &journal_name], b"start imc\n");
    let before = fs::read_to_string(&journal).unwrap();
    let (progress, progress_name) = file("read.progress");
    fs::write(&progress, "imc4087 progress 1\n").unwrap();
    let (scenario, scenario_name) = file("read.toml");
    fs::copy("scenarios/healthy-host.toml", &scenario).unwrap();
    let (_, twice) = file("twice");
    for arguments in [
        vec!["play", "--replay", &journal_name, "--debrief", &journal_name],
        vec!["play", "--resume", &journal_name, "--debrief", &journal_name],
        vec!["play", "--resume", &journal_name, "--progress", &journal_name],
        vec!["play", "--progress", &progress_name, "--debrief", &progress_name],
        vec!["play", "--journal", &twice, "--debrief", &twice],
        vec!["play", &scenario_name, "--debrief", &scenario_name],
    ] {
        let ran = piped(&arguments, b"start imc\n");
        let refused = ran.err.contains("would be written") || ran.err.contains("no progress file");
        assert!(refused && ran.out.is_empty(), "{arguments:?}: {}{}", ran.out, ran.err);
    }
    assert_eq!(fs::read_to_string(&journal).unwrap(), before);
    assert_eq!(fs::read_to_string(&progress).unwrap(), "imc4087 progress 1\n");
    assert!(fs::read_to_string(&scenario).unwrap().contains("schema"));
    for path in [journal, progress, scenario] {
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn what_cannot_be_written_is_told_before_the_first_prompt() {
    let (progress, name) = file("first.progress");
    for arguments in [
        ["play", "--debrief", "/no/such/x.html", "--progress", &name],
        ["play", "--progress", "/no/such/p", "--debrief", &name],
    ] {
        let ran = piped(&arguments, REPAIR.as_bytes());
        assert_eq!((ran.code, ran.out.as_str()), (3, ""));
        assert!(ran.err.contains("cannot write /no/such/"), "{}", ran.err);
    }
    assert!(!progress.exists());
}

/// The folder goes while the run goes on: the journal is told of, kept in memory, and shown at the end.
#[cfg(unix)]
#[test]
fn a_journal_that_cannot_be_written_ends_nothing() {
    use std::io::Write;
    use std::process::Command;
    use std::process::Stdio;
    let (folder, _) = file("gone");
    fs::create_dir_all(folder.join("sub")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_imc4087"))
        .args(["play", "--journal", "sub/j"])
        .current_dir(&folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut types = child.stdin.take().unwrap();
    types.write_all(b"start imc\n").unwrap();
    let journal = folder.join("sub/j");
    // The first line is in the file once it was answered.
    while !fs::read_to_string(&journal).is_ok_and(|it| it.ends_with("> start imc\n")) {
        std::thread::yield_now();
    }
    fs::remove_dir_all(folder.join("sub")).unwrap();
    types.write_all(b"network services\nsave here.journal\nnote x\n").unwrap();
    drop(types);
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(said.matches("The journal is not kept: cannot write").count(), 1, "{said}");
    assert!(said.contains("(Saved in here.journal.)"), "{said}");
    assert!(said.ends_with("> start imc\n> network services\n> note x\n"), "{said}");
    let saved = fs::read_to_string(folder.join("here.journal")).unwrap();
    assert!(saved.ends_with("> start imc\n> network services\n"), "{saved}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_finished_run_counts_once_however_often_it_is_taken_up() {
    let (progress, progress_name) = file("once.progress");
    let (journal, journal_name) = file("once.journal");
    piped(&["play", "--journal", &journal_name, "--progress", &progress_name], REPAIR.as_bytes());
    let once = fs::read_to_string(&progress).unwrap();
    for _ in 0..2 {
        let ran = piped(&["play", "--resume", &journal_name, "--progress", &progress_name], b"");
        assert!(ran.out.contains("already, and counts once"), "{}", ran.out);
        assert_eq!(fs::read_to_string(&progress).unwrap(), once);
    }
    fs::remove_file(&progress).unwrap();
    let ran = piped(&["play", "--resume", &journal_name, "--progress", &progress_name], b"");
    assert!(ran.out.contains("1 run, 1 passed"), "it was not in this one: {}", ran.out);
    for path in [progress, journal] {
        fs::remove_file(path).unwrap();
    }
}

/// Another sitting adds its run while this one is before its prompt.
#[test]
fn two_runs_at_once_are_both_counted() {
    use std::io::Write;
    use std::process::Command;
    use std::process::Stdio;
    let (progress, name) = file("both.progress");
    let mut first = Command::new(env!("CARGO_BIN_EXE_imc4087"))
        .args(["play", "--progress", &name])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut shows = std::io::BufReader::new(first.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("`help` lists") {
        line.clear();
        std::io::BufRead::read_line(&mut shows, &mut line).unwrap();
    }
    assert_eq!(piped(&["play", "--progress", &name], REPAIR.as_bytes()).code, 0);
    first.stdin.take().unwrap().write_all(REPAIR.as_bytes()).unwrap();
    let mut rest = String::new();
    std::io::Read::read_to_string(&mut shows, &mut rest).unwrap();
    assert!(rest.contains("2 runs, 2 passed"), "{rest}");
    assert!(first.wait().unwrap().success());
    fs::remove_file(progress).unwrap();
}

#[test]
fn the_fault_is_not_given_away_before_the_end() {
    let (scenario, scenario_name) = file("peek.toml");
    let (debrief, debrief_name) = file("peek.html");
    let (journal, journal_name) = file("peek.journal");
    let lines = format!("start imc\nsave {scenario_name}\n");
    let arguments = ["play", "--journal", &journal_name, "--debrief", &debrief_name];
    let ran = piped(&arguments, lines.as_bytes());
    assert!(ran.out.contains("(Not saved: a scenario names what is damaged"), "{}", ran.out);
    assert!(ran.out.contains("is not written: the run is not finished"), "{}", ran.out);
    assert!(!scenario.exists() && !debrief.exists());
    let lines = format!("{REPAIR}save {scenario_name}\n");
    let lines = lines.replace("macintosh\nthe upgrade\n", "");
    piped(&["play"], lines.as_bytes());
    assert!(scenario.exists(), "once the run is finished it can be saved");
    for path in [scenario, journal] {
        fs::remove_file(path).unwrap();
    }
}

#[test]
fn the_last_line_that_a_run_may_have_is_told() {
    let lines = "help\n".repeat(4_001);
    let ran = piped(&["play"], lines.as_bytes());
    assert_eq!(ran.out.matches("That was the last line that a run may have").count(), 1);
    assert!(ran.out.contains("Nothing was done to the host"));
}
