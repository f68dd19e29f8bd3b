//! Bad input: what the readers say about it, and how the program ends.
//!
//! `tests/bad` holds one fault a file, named after it; a comment on top says what is wrong. Every file
//! has a snapshot of what its writer is told.

use imc4087::files::runbook;
use imc4087::files::scenario;
use imc4087::text::diagnostic::Diagnostics;
use std::fs;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// The most that a run on bad input may take; a run that hangs takes more.
const WAIT_S_MAX: u64 = 30;

#[test]
fn every_fault_of_a_scenario_is_explained() {
    explained("scenarios/*.toml", "bad-scenario", scenario::read);
}

#[test]
fn every_fault_of_a_runbook_is_explained() {
    explained("runbooks/*.toml", "bad-runbook", runbook::read);
}

/// Reads each file of the corpus that `pattern` names, and compares what is said with its snapshot.
fn explained<T>(pattern: &str, name: &str, read: fn(&str) -> (Option<T>, Diagnostics)) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("../bad", pattern, |path| {
            let source = fs::read_to_string(path).unwrap();
            let (value, said) = read(&source);
            assert!(!said.is_empty(), "{}: nothing is said", path.display());
            assert_eq!(value.is_none(), said.has_errors(), "{}: a value", path.display());
            for it in said.in_order() {
                let place = source.get(it.span.clone());
                assert!(place.is_some(), "{}: {:?} is no place", path.display(), it.span);
            }
            let file = path.file_name().unwrap().to_string_lossy();
            let drawn = said.draw(&file, &source);
            assert_fit_for_terminals(&drawn);
            insta::assert_snapshot!(name, anstream::adapter::strip_str(&drawn).to_string());
        });
    });
}

/// Styles are the only control characters beside line ends, and none of them is from a file: those of
/// the corpus blink.
#[track_caller]
fn assert_fit_for_terminals(text: &str) {
    for (at, it) in text.char_indices().filter(|(_, it)| it.is_control() && *it != '\n') {
        let rest: String = text[at..].chars().take(12).collect();
        let end = rest.find('m').unwrap_or_default();
        let style = rest.get(2..end).unwrap_or("none");
        let known = style.bytes().all(|it| it.is_ascii_digit() || it == b';');
        assert!(it == '\u{1b}' && known && !style.starts_with("5;"), "{rest:?} in {text}");
    }
    let turned = |it: char| matches!(it, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(turned), "the direction of writing is turned in {text}");
    assert!(
        !text.contains(['\u{fffe}', '\u{ffff}']),
        "something that is no character is in {text}"
    );
}

/// A folder of its own for the test called `name`, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::remove_dir_all(&folder).ok();
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A scenario that holds, with `more` below it.
fn valid(more: &str) -> String {
    format!(
        "schema = 1\ntitle = \"A sound host\"\n\n[host]\nhistory = [\"set up nt 4.0\"]\n\n\
         [[act]]\ndo = \"start imc\"\nexpect = {{ imc = \"running\" }}\n{more}"
    )
}

/// Runs the program in `folder`, and fails where it takes too long.
#[track_caller]
fn program(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imc4087"));
    command.current_dir(folder).args(args).stdin(Stdio::null()).env_remove("NO_COLOR");
    ended(command)
}

#[track_caller]
fn ended(mut command: Command) -> Output {
    let (send, receive) = mpsc::channel();
    thread::spawn(move || send.send(command.output().unwrap()));
    receive.recv_timeout(Duration::from_secs(WAIT_S_MAX)).expect("the program hangs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Runs the program in `folder`, and compares its exit code and what it says on both streams.
#[track_caller]
fn check(folder: &Path, args: &[&str], code: i32, says: &[&str]) -> String {
    let output = program(folder, args);
    let both = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {both}");
    for words in says {
        assert!(both.contains(words), "{args:?} does not say {words:?}: {both}");
    }
    both
}

#[test]
fn what_cannot_be_read_ends_with_exit_code_3() {
    let at = folder("unreadable");
    fs::write(at.join("latin.toml"), b"title = \"gr\xfcn\"\n").unwrap();
    File::create(at.join("huge.toml")).unwrap().set_len(100_000_000).unwrap();
    check(&at, &["run", "nosuch.toml"], 3, &["cannot read nosuch.toml", "1 invalid"]);
    check(&at, &["run", ""], 2, &["a value is required"]);
    check(&at, &["run", "latin.toml"], 3, &["byte 11 is not UTF-8", "save the file as UTF-8"]);
    check(&at, &["run", "huge.toml"], 3, &["more than 1000000 bytes"]);
    check(&at, &["article", "nosuch.toml"], 1, &[]);
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_refused_at_once() {
    let at = folder("devices");
    assert!(Command::new("mkfifo").arg(at.join("pipe.toml")).status().unwrap().success());
    std::os::unix::fs::symlink("nowhere", at.join("broken.toml")).unwrap();
    std::os::unix::fs::symlink("round.toml", at.join("round.toml")).unwrap();
    let files = ["pipe.toml", "broken.toml", "round.toml", "/dev/zero"];
    for file in files {
        check(&at, &["run", file], 3, &["cannot read"]);
    }
    check(&at, &["run", "."], 3, &["3 scenarios: 0 hold, 3 invalid"]);
    for file in files {
        let entry = format!("\n[[runbook]]\nfile = \"{file}\"\nholds = true\n");
        fs::write(at.join("scenario.toml"), valid(&entry)).unwrap();
        check(&at, &["run", "scenario.toml"], 3, &["--> scenario.toml:12:8", "cannot read"]);
    }
}

/// Root may read everything; what the system itself cannot read is unreadable for root too.
#[cfg(target_os = "linux")]
#[test]
fn a_file_that_the_system_cannot_read_is_reported() {
    check(&folder("system"), &["run", "/proc/self/mem"], 3, &["cannot read /proc/self/mem"]);
}

#[test]
fn runbooks_that_cannot_be_read_are_reported_at_their_place() {
    let at = folder("runbooks");
    fs::create_dir(at.join("folder")).unwrap();
    fs::write(at.join("wrong.toml"), "schema = 1\n").unwrap();
    let cases = [
        ("nosuch.toml", "--> scenario.toml:12:8"),
        ("folder", "it is a folder"),
        ("", "`file` names nothing"),
        (".", "it is a folder"),
        ("wrong.toml", "--> wrong.toml:"),
    ];
    for (file, says) in cases {
        let entry = format!("\n[[runbook]]\nfile = \"{file}\"\nholds = true\n");
        fs::write(at.join("scenario.toml"), valid(&entry)).unwrap();
        check(&at, &["run", "scenario.toml"], 3, &[says, "1 scenario: 0 hold, 1 invalid"]);
    }
}

#[test]
fn verify_reads_runbooks_only() {
    let at = folder("verify");
    fs::create_dir(at.join("folder")).unwrap();
    fs::write(at.join("scenario.toml"), valid("")).unwrap();
    let cases = [
        ("nosuch.toml", "cannot read nosuch.toml"),
        ("folder", "it is a folder"),
        ("scenario.toml", "this is a scenario, not a runbook"),
    ];
    for (file, says) in cases {
        check(&at, &["verify", file], 3, &[says]);
        check(&at, &["verify", "--against", file], 3, &[says]);
    }
    check(&at, &["verify", "--case", "nosuch"], 2, &["nosuch"]);
    check(&at, &["verify", "--host", "has=nosuch"], 2, &["no component is called `nosuch`"]);
    check(&at, &["verify", "--host", "lacks=tcpip"], 4, &[]);
}

#[test]
fn folders_without_scenarios_are_no_pass() {
    let at = folder("nothing");
    fs::create_dir_all(at.join("full/folder.toml")).unwrap();
    fs::write(at.join("full/readme.txt"), "no scenario").unwrap();
    check(&at, &["run", "."], 4, &["nothing to check"]);
    check(&at, &["run", "full"], 4, &["nothing to check"]);
    check(&at, &["run"], 3, &["cannot read scenarios"]);
}

#[test]
fn valid_and_invalid_files_are_all_reported() {
    let at = folder("mixed");
    fs::write(at.join("a-wrong.toml"), "title = 1\n").unwrap();
    fs::write(at.join("b-holds.toml"), valid("")).unwrap();
    fs::write(at.join("c-broken.toml"), valid("").replace("running", "stopped")).unwrap();
    fs::write(at.join("d-wrong.toml"), valid("do = 1\n")).unwrap();
    let says = [
        "invalid  ./a-wrong.toml",
        "holds    ./b-holds.toml",
        "broken   ./c-broken.toml",
        "invalid  ./d-wrong.toml",
        "expected stopped, seen running",
        "4 scenarios: 1 holds, 1 broken, 2 invalid",
    ];
    check(&at, &["run", "."], 3, &says);
    check(&at, &["run", "c-broken.toml", "b-holds.toml"], 1, &["1 holds, 1 broken"]);
    check(&at, &["run", "b-holds.toml", "nosuch.toml"], 3, &["1 holds, 1 invalid"]);
}

#[test]
fn a_wrong_command_line_ends_with_exit_code_2() {
    let at = folder("usage");
    check(&at, &[], 2, &["Usage"]);
    check(&at, &["nosuch"], 2, &["nosuch"]);
    check(&at, &["run", "--format", "nosuch"], 2, &["plain", "json", "junit"]);
    check(&at, &["run", "--report", "junit"], 2, &["KIND=FILE"]);
    check(&at, &["run", "--report", "junit="], 2, &["the file is missing"]);
    check(&at, &["run", "--report", "nosuch=report.xml"], 2, &["nosuch"]);
    check(&at, &["explain", "nosuch"], 2, &["nosuch"]);
    check(&at, &["explain", ""], 2, &[]);
    check(&at, &["schema", "nosuch"], 2, &["scenario"]);
    check(&at, &["completions", "nosuch"], 2, &["bash"]);
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let at = folder("reports");
    fs::write(at.join("scenario.toml"), valid("")).unwrap();
    fs::create_dir(at.join("folder")).unwrap();
    for file in ["folder", "nosuch/report.json", "folder/", "scenario.toml/report.json"] {
        let report = format!("json={file}");
        check(&at, &["run", "scenario.toml", "--report", &report], 3, &["cannot write"]);
    }
    let mut left: Vec<_> = fs::read_dir(&at).unwrap().map(|it| it.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["folder", "scenario.toml"], "a half-written file is left");
    assert_eq!(fs::read_dir(at.join("folder")).unwrap().count(), 0, "so it is in the folder");
    check(&at, &["run", "scenario.toml", "--report", "json=report.json"], 0, &[]);
    let written = fs::read_to_string(at.join("report.json")).unwrap();
    assert!(written.contains("imc4087/run/1"), "{written}");
}

/// A pipe stands for every path that is no file: a report goes into it and does not take its place.
#[cfg(unix)]
#[test]
fn a_report_goes_through_links_and_into_pipes() {
    let at = folder("report-links");
    fs::write(at.join("scenario.toml"), valid("")).unwrap();
    fs::write(at.join("real.json"), "old").unwrap();
    std::os::unix::fs::symlink("real.json", at.join("link.json")).unwrap();
    check(&at, &["run", "scenario.toml", "--report", "json=link.json"], 0, &[]);
    assert!(fs::symlink_metadata(at.join("link.json")).unwrap().is_symlink(), "the link is gone");
    assert!(fs::read_to_string(at.join("real.json")).unwrap().contains("imc4087/run/1"));
    assert!(Command::new("mkfifo").arg(at.join("pipe")).status().unwrap().success());
    let pipe = at.join("pipe");
    let reader = thread::spawn(move || fs::read_to_string(pipe).unwrap());
    check(&at, &["run", "scenario.toml", "--report", "json=pipe"], 0, &[]);
    assert!(!fs::metadata(at.join("pipe")).unwrap().is_file(), "the pipe is gone");
    assert!(reader.join().unwrap().contains("imc4087/run/1"));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let at = folder("closed");
    fs::write(at.join("scenario.toml"), valid("")).unwrap();
    for args in [&["run", "scenario.toml", "--trace"][..], &["article"], &["explain"], &["--help"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_imc4087"));
        command.current_dir(&at).args(args).stdout(writer).stderr(Stdio::piped());
        let output = ended(command);
        assert!(!text(&output.stderr).contains("panicked"), "{args:?}");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{args:?}: {:?}", output.status);
    }
}

/// The whole corpus in one run, coloured as on a terminal, and as programs read it.
#[test]
fn nothing_of_a_bad_file_reaches_the_terminal_raw() {
    let at = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bad");
    let mut command = Command::new(env!("CARGO_BIN_EXE_imc4087"));
    command.current_dir(&at).args(["run", "scenarios", "--trace"]).env("CLICOLOR_FORCE", "1");
    let output = ended(command);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stdout).contains("\u{1b}["), "the run is not coloured");
    assert_fit_for_terminals(&text(&output.stdout));
    for format in ["json", "junit"] {
        let output = program(&at, &["run", "scenarios", "--format", format]);
        assert_eq!(output.status.code(), Some(3), "{format}");
        assert!(!text(&output.stdout).contains(['\u{1b}', '\u{9b}', '\u{fffe}']), "{format}");
    }
}

/// As many faults as a file can hold: each must be cheap to find, to draw and to count.
#[test]
fn a_file_full_of_faults_is_read_in_time() {
    let at = folder("full-of-faults");
    let many = |count: usize, line: fn(usize) -> String| -> String {
        (0..count).map(line).collect::<Vec<_>>().concat()
    };
    let keys = many(20_000, |it| format!("k{it:x} = 1\n"));
    let shares = many(9_000, |it| format!("[[host.share]]\nname = \"S{it:x}\"\npath = \"D:\"\n"));
    let acts = format!("[[act]]\ndo = [{}]\n", "\"share x\",".repeat(9_999));
    let word = format!("{} = 1\n", "k".repeat(900_000));
    let files = [("keys", keys), ("shares", shares + &acts), ("word", word)];
    for (name, source) in files {
        fs::write(at.join(format!("{name}.toml")), source).unwrap();
        for format in ["plain", "json", "junit"] {
            check(&at, &["run", &format!("{name}.toml"), "--format", format], 3, &[]);
        }
    }
}
