//! The kinds of report: each as reviewed, safe for any text, and the same bytes however it is made.

use crate::cli::Ran;
use crate::cli::imc4087;
use crate::pack::snapshots;
use crate::tidy::root;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

const VERIFY: [&str; 5] = ["json", "junit", "github", "markdown", "sarif"];

/// A verdict of each kind: that holds, with two causes and advice, and on nothing.
const VERDICTS: [(&str, &[&str], i32); 3] = [
    ("holds", &["scenarios/runbooks/article.toml", "--host", "components=tcpip+netbeui"], 0),
    (
        "broken",
        &[
            "scenarios/runbooks/tries-blind.toml",
            "--host",
            "components=tcpip+snmp",
            "--host",
            "service-pack=3",
            "--host",
            "imc=absent",
        ],
        1,
    ),
    ("nothing-checked", &["scenarios/runbooks/article.toml", "--host", "lacks=tcpip"], 4),
];

#[track_caller]
fn verify(arguments: &[&str], format: &str, code: i32) -> String {
    let ran = imc4087(&[&["verify"], arguments, &["--format", format]].concat());
    assert_eq!(ran.code, code, "{}{}", ran.out, ran.err);
    assert!(!ran.out.contains('\u{1b}'), "no terminal styles in {format}");
    // The version of this program is no part of what is reviewed.
    ran.out
        .replace(&format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION")), "\"version\": \"-\"")
}

#[test]
fn reports_of_verify_read_as_reviewed() {
    for (name, arguments, code) in VERDICTS {
        let reports = ["junit", "github", "markdown", "sarif"]
            .map(|it| format!("--- {it}\n{}", verify(arguments, it, code)));
        snapshots().bind(|| match name {
            "holds" => insta::assert_snapshot!("verify-holds", reports.join("\n")),
            "broken" => insta::assert_snapshot!("verify-broken", reports.join("\n")),
            _ => insta::assert_snapshot!("verify-nothing-checked", reports.join("\n")),
        });
    }
}

#[test]
fn reports_of_run_read_as_reviewed() {
    let files = ["run", "tests/bad/broken.toml", "tests/bad/invalid.toml", "--format"];
    let reports = ["github", "markdown"].map(|it| {
        let ran = imc4087(&[&files[..], &[it]].concat());
        assert_eq!(ran.code, 3);
        format!("--- {it}\n{}", ran.out)
    });
    snapshots().bind(|| insta::assert_snapshot!("run-formats", reports.join("\n")));
    let holds = imc4087(&["run", "scenarios/healthy-host.toml", "--format", "markdown"]);
    assert!(holds.out.starts_with("### imc4087 run: holds\n"), "{}", holds.out);
}

#[test]
fn nothing_checked_is_green_in_no_report() {
    let (_, arguments, code) = VERDICTS[2];
    let junit = verify(arguments, "junit", code);
    assert!(junit.contains(r#" skipped="0" failures="0" errors="1""#), "{junit}");
    assert!(verify(arguments, "github", code).starts_with("::error "));
    assert!(verify(arguments, "markdown", code).starts_with("### imc4087 verify: nothing-checked"));
    let sarif: Value = serde_json::from_str(&verify(arguments, "sarif", code)).unwrap();
    assert_eq!(sarif["runs"][0]["invocations"][0]["executionSuccessful"], false);
}

#[test]
fn reports_are_the_same_for_any_number_of_threads() {
    for (_, arguments, code) in VERDICTS {
        for format in VERIFY {
            let one = verify(&[arguments, &["--threads", "1"]].concat(), format, code);
            let two = verify(&[arguments, &["--threads", "2"]].concat(), format, code);
            assert_eq!(one, two, "{format}");
        }
    }
}

/// A folder of its own for a test.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("imc4087-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn several_reports_at_once_are_what_each_is_alone() {
    let (_, arguments, code) = VERDICTS[1];
    let folder = folder("formats");
    let files: Vec<String> =
        VERIFY.iter().map(|it| format!("{it}={}", folder.join(it).display())).collect();
    let mut all: Vec<&str> = [&["verify"], arguments].concat();
    for it in &files {
        all.extend(["--report", it]);
    }
    let ran = imc4087(&all);
    assert_eq!(ran.code, code);
    assert_eq!(ran.out, verify(arguments, "plain", code));
    for it in VERIFY {
        let written = fs::read_to_string(folder.join(it)).unwrap();
        let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        let written = written.replace(&version, "\"version\": \"-\"");
        assert_eq!(written, verify(arguments, it, code), "{it}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_unsupported_kind_is_a_usage_error_that_says_which_there_are() {
    for arguments in [["run", "--format", "sarif"], ["run", "--report", "sarif=x"]] {
        let ran = imc4087(&arguments);
        assert_eq!(ran.code, 2, "{}", ran.out);
        for kind in ["plain", "json", "junit", "github", "markdown"] {
            assert!(ran.err.contains(kind), "{}", ran.err);
        }
    }
    let near = imc4087(&["verify", "--report", "sarf=x"]);
    assert_eq!(near.code, 2);
    assert!(near.err.contains("did you mean `sarif`?"), "{}", near.err);
    assert_eq!(imc4087(&["verify", "--report", "sarif="]).code, 2);
    assert_eq!(imc4087(&["verify", "--report", "sarif"]).code, 2);
}

/// A name that means something in every format.
#[cfg(unix)]
const HOSTILE: &str = "a%0A:b,c|d`e``f<g>@h&amp;[i](j)*k*\n::error::l ##[error]m.toml";

/// Runs the program on a file with a hostile name.
#[cfg(unix)]
fn hostile(source: &str, arguments: &[&str]) -> Ran {
    use std::sync::atomic::AtomicUsize;
    use std::sync::atomic::Ordering;
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    let folder = folder(&format!("hostile-{}", COUNT.fetch_add(1, Ordering::Relaxed)));
    fs::write(folder.join(HOSTILE), source).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_imc4087"));
    let output = command
        .arg(arguments[0])
        .arg(HOSTILE)
        .args(&arguments[1..])
        .current_dir(&folder)
        .output()
        .unwrap();
    fs::remove_dir_all(folder).unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A command as a workflow's runner reads it: name, properties, message.
#[cfg(unix)]
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, rest) = head.split_once(' ').unwrap_or((head, ""));
    let plain = |it: &str| it.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%");
    let property = |it: &str| {
        let (key, value) = it.split_once('=').unwrap();
        (key.to_owned(), plain(&value.replace("%3A", ":").replace("%2C", ",")))
    };
    let properties = rest.split(',').filter(|it| !it.is_empty()).map(property).collect();
    (name.to_owned(), properties, plain(message))
}

#[cfg(unix)]
#[test]
fn hostile_titles_and_paths_do_nothing() {
    let runbook = fs::read_to_string(root().join(VERDICTS[1].1[0])).unwrap();
    let narrow = [
        "verify",
        "--host",
        "components=tcpip+snmp",
        "--host",
        "service-pack=3",
        "--host",
        "imc=absent",
        "--format",
    ];
    let report = |format: &str| hostile(&runbook, &[&narrow[..], &[format]].concat()).out;

    let github = report("github");
    let (commands, rest) = github.split_once("::stop-commands::").unwrap();
    assert_eq!(commands.lines().count(), 2, "{commands}");
    for line in commands.lines() {
        let (_, properties, _) = command(line);
        let shown = HOSTILE.replace('\n', "\u{240a}");
        assert_eq!(properties[0], ("file".to_owned(), shown));
        assert_eq!(properties.len(), 4);
    }
    let (token, body) = rest.split_once('\n').unwrap();
    assert!(body.ends_with(&format!("\n::{token}::\n")));
    assert_eq!(body.matches(token).count(), 1);

    let sarif: Value = serde_json::from_str(&report("sarif")).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().unwrap();
    assert!(uri.starts_with("a%250A%3Ab%2Cc%7Cd%60e%60%60f%3Cg%3E%40h"), "{uri}");

    let title = r"<img src=x onerror=alert(1)> | `a` ``b` @team #1 https://x.example www.y.example [l](m) **n** $o$ \\| </details>";
    let scenario = fs::read_to_string(root().join("tests/bad/broken.toml")).unwrap();
    let (scenario, _) = scenario.split_once("[[runbook]]").unwrap();
    let scenario = scenario.replace("What a broken scenario looks like", title);
    let reports = ["github", "markdown", "junit"]
        .map(|it| format!("--- {it}\n{}", hostile(&scenario, &["run", "--format", it]).out));
    snapshots().bind(|| {
        insta::assert_snapshot!("hostile-verify", report("markdown"));
        insta::assert_snapshot!("hostile-run", reports.join("\n"));
    });
}

#[test]
fn an_invalid_runbook_is_annotated() {
    let ran = imc4087(&["verify", "tests/bad/invalid.toml", "--format", "github"]);
    assert_eq!(ran.code, 3);
    assert!(ran.out.starts_with("::error file=tests/bad/invalid.toml,line="), "{}", ran.out);
    assert!(ran.err.contains("error["), "{}", ran.err);
}

#[test]
fn at_most_ten_annotations_come_and_then_how_many_more() {
    let words: Vec<String> = (0..13).map(|it| format!("\"wrong-{it}\"")).collect();
    let source = fs::read_to_string(root().join("tests/bad/invalid.toml")).unwrap();
    let folder = folder("many");
    let path = folder.join("many.toml");
    fs::write(&path, source.replace("\"tcpip\", \"netbui\"", &words.join(", "))).unwrap();
    let ran = imc4087(&["run", &path.display().to_string(), "--format", "github"]);
    fs::remove_dir_all(folder).unwrap();
    assert_eq!(ran.code, 3);
    let lines: Vec<&str> = ran.out.lines().collect();
    assert!(lines[..10].iter().all(|it| it.starts_with("::error ")), "{}", ran.out);
    assert_eq!(lines[10], "and 3 annotations more, see below");
    assert!(lines[11].starts_with("::stop-commands::"), "{}", ran.out);
}
