//! `imc4087 play` as a command: pipes, journals, exit codes, and what it cannot use.

use crate::cli::Ran;
use crate::cli::imc4087;
use crate::pack::snapshots;
use std::fs;
use std::io::ErrorKind;
use std::io::Write;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;

/// Runs the program with `input` on its standard input.
pub(crate) fn piped(arguments: &[&str], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_imc4087"))
        .args(arguments)
        .current_dir(crate::tidy::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has left before it read everything is no trouble here; what it said is looked at.
    match child.stdin.take().unwrap().write_all(input) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("{error}"),
        Ok(()) | Err(_) => {}
    }
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn scratch(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("imc4087-{}-{name}", std::process::id()))
}

pub(crate) const REPAIR: &str = "start imc\nremove macintosh\nyes\ninstall macintosh\nyes\nstart imc\nfinish repaired\nmacintosh\nthe upgrade\n";

#[test]
fn a_run_reads_as_reviewed() {
    let ran = piped(&["play"], REPAIR.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    snapshots().bind(|| insta::assert_snapshot!("play", ran.out));
}

#[test]
fn a_journal_replays_to_the_byte_and_can_be_gone_on_with() {
    let path = scratch("run.journal");
    let name = path.display().to_string();
    let half = piped(&["play", "--journal", &name], b"start imc\nremove macintosh\n");
    assert_eq!(half.code, 1);
    assert!(half.out.contains("left before its end") && half.out.contains("play --resume"));
    assert!(!half.out.contains("What was broken"), "the fault stays hidden: {}", half.out);
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept.ends_with("> start imc\n> remove macintosh\n"), "{kept}");
    let rest = "yes\ninstall macintosh\nyes\nstart imc\nfinish repaired\nmacintosh\nthe upgrade\n";
    let resumed = piped(&["play", "--resume", &name], rest.as_bytes());
    let whole = piped(&["play"], REPAIR.as_bytes());
    assert_eq!(resumed.code, 0);
    let replayed = imc4087(&["play", "--replay", &name]);
    assert_eq!(replayed.out, whole.out);
    assert_eq!(
        resumed.out.replace(&format!("(The journal of this run is kept in {name}.)\n\n"), ""),
        whole.out
    );
    let taken = piped(&["play", "--journal", &name], b"");
    assert_eq!(taken.code, 3);
    assert!(taken.err.contains("there is a file of this name"), "{}", taken.err);
    fs::remove_file(path).unwrap();
}

#[test]
fn exit_codes_tell_passed_from_failed_from_nothing() {
    assert_eq!(piped(&["play"], b"").code, 4);
    assert_eq!(piped(&["play"], b"help\nfinish repaired\n").code, 4);
    assert_eq!(piped(&["play"], b"start imc\nfinish repaired\n").code, 1);
    assert_eq!(
        piped(&["play", "scenarios/healthy-host.toml"], b"start imc\nfinish repaired\n").code,
        0
    );
}

#[test]
fn strange_input_ends_nothing() {
    let mut input = b"\xff\xfe\0remove\x1b[2J\n\n\nnet \xc3\n".to_vec();
    input.extend(std::iter::repeat_n(b'x', 2_000_000));
    input.extend(b"\nstart imc");
    let ran = piped(&["play"], &input);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("Error 2140"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}') && ran.out.len() < 20_000);
}

#[test]
fn play_says_what_it_cannot_use() {
    let foreign = scratch("foreign.journal");
    fs::write(&foreign, "hello\n").unwrap();
    let name = foreign.display().to_string();
    for (arguments, code, says) in [
        (vec!["play", "--seed", "x"], 2, "write a whole number from 0 to 4294967295"),
        (vec!["play", "--seed", "4294967296"], 2, "write a whole number"),
        (vec!["play", "--level", "6"], 2, "from 1 to 5"),
        (vec!["play", "scenarios/healthy-host.toml", "--seed", "2"], 2, "cannot be used with"),
        (vec!["play", "no-such.toml"], 3, "cannot read"),
        (vec!["play", "tests/bad/invalid.toml"], 3, "did you mean `netbeui`?"),
        (vec!["play", "--replay", &name], 3, "this is no journal"),
        (vec!["play", "--resume", "no-such.journal"], 3, "cannot read"),
        (vec!["play", "--journal", "no/such/folder/x"], 3, "cannot write"),
    ] {
        let ran = piped(&arguments, b"");
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{}", ran.err);
    }
    fs::remove_file(foreign).unwrap();
}

#[test]
fn saving_never_overwrites() {
    let path = scratch("saved.journal");
    let name = path.display().to_string();
    let ran = piped(
        &["play"],
        format!("start imc\nsave {name}\nsave {name}\nsave /no/such/x\n").as_bytes(),
    );
    assert!(ran.out.contains("(Saved in ") && ran.out.contains("there is a file of this name"));
    assert!(ran.out.contains("(Not saved: cannot write /no/such/x"), "{}", ran.out);
    assert!(fs::read_to_string(&path).unwrap().ends_with("> start imc\n"));
    fs::remove_file(path).unwrap();
}

#[test]
fn the_debrief_as_documents_reads_as_reviewed() {
    let files = ["debrief.md", "debrief.html", "debrief.txt"].map(scratch);
    let names = files.clone().map(|it| it.display().to_string());
    let mut arguments = vec!["play", "scenarios/remote-access-damaged.toml"];
    for name in &names {
        arguments.extend(["--debrief", name]);
    }
    let input = "net share\nstart imc\nnote <b>&` maybe\nhint\nrestart\nundo\nremove ras\nyes\ninstall ras\nyes\nstart imc\nfinish repaired\nras | <script>\n*told* by ` <i>4087\n";
    let ran = piped(&arguments, input.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    let [markdown, html, text] = files.map(|it| {
        let text = fs::read_to_string(&it).unwrap();
        fs::remove_file(it).unwrap();
        text
    });
    assert!(ran.out.ends_with(&text));
    assert!(!html.contains("<script") && !html.contains("<b>") && !html.contains("src="));
    for tag in ["table", "main", "ul", "caption", "code"] {
        let open = html.matches(&format!("<{tag}>")).count();
        assert_eq!(open, html.matches(&format!("</{tag}>")).count(), "{tag}");
    }
    snapshots().bind(|| insta::assert_snapshot!("play-markdown", markdown));
    snapshots().bind(|| insta::assert_snapshot!("play-html", html));
}

#[test]
fn progress_is_added_to_and_never_spoilt() {
    let path = scratch("progress");
    let name = path.display().to_string();
    for count in 1..=2 {
        let ran = piped(&["play", "--progress", &name], REPAIR.as_bytes());
        let says = format!(
            "{count} run{}, {count} passed, {count} of them without help.",
            if count == 1 { "" } else { "s" }
        );
        assert!(ran.code == 0 && ran.out.contains(&says), "{}", ran.out);
    }
    let before = fs::read_to_string(&path).unwrap();
    let left = piped(&["play", "--progress", &name], b"start imc\n");
    assert!(left.out.contains("is not added"), "{}", left.out);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    fs::write(&path, "imc4087 progress 2\nsomething\n").unwrap();
    let newer = piped(&["play", "--progress", &name], REPAIR.as_bytes());
    assert_eq!((newer.code, newer.out.as_str()), (3, ""));
    assert!(
        newer.err.contains("a newer one wrote this, and it was left as it is"),
        "{}",
        newer.err
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), "imc4087 progress 2\nsomething\n");
    fs::remove_file(path).unwrap();
}
