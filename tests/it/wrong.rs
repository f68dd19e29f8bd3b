//! `imc4087 verify` on wrong input: the exit code, and what it says.

use crate::cli::Ran;
use crate::cli::imc4087;
use std::fs;

/// Verifies a runbook of these steps on a few hosts.
fn verify(name: &str, steps: &str) -> Ran {
    let path = std::env::temp_dir().join(format!("imc4087-{}-{name}.toml", std::process::id()));
    fs::write(&path, format!("schema = 1\ntitle = \"A runbook\"\n{steps}")).unwrap();
    let path_text = path.display().to_string();
    let ran = imc4087(&["verify", &path_text, "--host", "components=tcpip+netbeui"]);
    fs::remove_file(&path).unwrap();
    ran
}

#[track_caller]
fn said(ran: &Ran, code: i32, words: &[&str]) {
    let text = format!("{}{}", ran.out, ran.err);
    assert_eq!(ran.code, code, "{text}");
    for it in words {
        assert!(text.contains(it), "`{it}` is not in\n{text}");
    }
}

#[test]
fn a_runbook_without_steps_is_invalid() {
    said(&verify("none", ""), 3, &["error[missing-key]: `step` is missing"]);
    said(&verify("zero", "step = []\n"), 3, &["error[no-steps]: the runbook has no step"]);
    said(&verify("empty", "[[step]]\ndo = []\n"), 3, &["error[no-verbs]: the step does nothing"]);
}

#[test]
fn an_unknown_verb_is_invalid() {
    let ran = verify("verb", "[[step]]\ndo = [\"restrat\", \"try\"]\n");
    said(&ran, 3, &["error[unknown-action]: `restrat` is not understood", "`restart`"]);
}

#[test]
fn a_target_that_no_host_has_leaves_nothing_tried() {
    let ran = verify("for", "[[step]]\nfor = \"netmon\"\ndo = [\"remove\", \"try\"]\n");
    let nothing = "no step does anything in any of 96 cases";
    said(&ran, 4, &[nothing, "the IMC is never tried", "step 1 did nothing in any case"]);
}

#[test]
fn a_runbook_that_never_tries_is_broken_and_warned_of() {
    let ran = verify("never", "[[step]]\ndo = [\"restart\"]\n");
    said(&ran, 1, &["warning[never-tries]: no step tries the IMC", "the IMC is never tried"]);
}

#[test]
fn conditions_that_exclude_each_other_are_warned_of() {
    let steps = "[[step]]\ndo = [\"try\"]\n[[step]]\n\
        when = [\"one protocol\", \"several protocols\"]\ndo = [\"restart\"]\n";
    let ran = verify("when", steps);
    said(&ran, 1, &["warning[contradiction]: `one protocol` and `several protocols` never hold"]);
    said(&ran, 1, &["step 2 did nothing in any case"]);
}

#[test]
fn a_step_that_is_never_reached_is_named() {
    let steps = "[[step]]\ndo = [\"try\"]\n[[step]]\nwhen = \"shares lost\"\ndo = [\"restart\"]\n";
    said(&verify("idle", steps), 1, &["step 2 did nothing in any case"]);
}

/// Verifies a runbook of these steps on the whole world.
fn verify_everywhere(name: &str, steps: &str) -> Ran {
    let path = std::env::temp_dir().join(format!("imc4087 {} {name}.toml", std::process::id()));
    fs::write(&path, format!("schema = 1\ntitle = \"A runbook\"\n{steps}")).unwrap();
    let ran = imc4087(&["verify", &path.display().to_string()]);
    fs::remove_file(&path).unwrap();
    ran
}

#[test]
fn a_target_that_no_host_has_is_warned_of_at_its_place() {
    let steps =
        "[[step]]\ndo = \"try\"\n[[step]]\nfor = [\"netmon\"]\ndo = [\"remove\", \"try\"]\n";
    let ran = verify_everywhere("idle for", steps);
    let words = "warning[idle-step]: no host of this world has netmon";
    said(&ran, 1, &[words, "for.toml:6:7", "`--world catalogue` has every service"]);
}

#[test]
fn a_step_that_no_case_reaches_is_warned_of_at_its_place() {
    let steps = "[[step]]\ndo = \"try\"\n[[step]]\nwhen = \"shares lost\"\ndo = \"restart\"\n";
    let ran = verify_everywhere("idle when", steps);
    said(&ran, 1, &["warning[idle-step]: step 2 does nothing in any case", "when.toml:6:8"]);
    let steps = "[[step]]\ndo = \"try\"\n[[step]]\ndo = [\"restart\", \"try\"]\n";
    let ran = verify_everywhere("all taken", steps);
    assert!(!ran.out.contains("idle-step"), "{}", ran.out);
}

#[test]
fn a_replay_line_quotes_what_a_shell_would_split() {
    let ran = verify_everywhere("a name", "[[step]]\ndo = \"try\"\n");
    assert!(
        ran.out.replace("\n                  ", " ").contains("a name.toml\" --case"),
        "{}",
        ran.out
    );
}

#[test]
fn a_single_case_has_no_other_reports() {
    for option in ["--format=json", "--report=junit=nosuch/report.xml"] {
        let ran = imc4087(&["verify", "--case", "tcpip", option]);
        said(&ran, 2, &["a single case is printed as a timeline only"]);
    }
}

#[test]
fn ten_thousand_steps_are_refused_with_the_limit() {
    let ran = verify("long", &"[[step]]\ndo = [\"try\"]\n".repeat(10_000));
    said(&ran, 3, &["error[too-many-steps]: the runbook has 10000 steps, at most 200"]);
}

#[test]
fn two_hundred_steps_are_answered() {
    let step =
        "[[step]]\nfor = \"protocols\"\ndo = [\"remove\", \"restart\", \"install\", \"try\"]\n";
    let ran = verify("many", &step.repeat(200));
    said(&ran, 1, &["2 causes", "error[no-mixed-boot]", "steps 1 to 200"]);
}

#[test]
fn a_case_or_a_host_that_is_not_understood_is_a_wrong_argument() {
    let cases = [
        ("nosuch", "no component is called `nosuch`"),
        ("tcpip/nosuch", "`nosuch` is no part of a case"),
        ("tcpip/sp9", "`sp9` is no service pack"),
        ("tcpip/damaged=snmp", "snmp is damaged and not installed"),
    ];
    for (case, words) in cases {
        said(&imc4087(&["verify", "--case", case]), 2, &[words]);
    }
    let hosts = [
        ("nosuch=1", "one of `components`, `has`"),
        ("nosuch", "write KEY=VALUE"),
        ("has=netbui", "did you mean `netbeui`?"),
        ("service-pack=9", "write a number from 0, none, to 6"),
        ("upgraded=perhaps", "write yes or no"),
    ];
    for (host, words) in hosts {
        said(&imc4087(&["verify", "--host", host]), 2, &[words]);
    }
}

#[test]
fn hosts_that_are_in_no_world_are_never_green() {
    for host in ["service-pack=5", "imc=running", "exchange=5.5", "lacks=tcpip"] {
        let ran = imc4087(&["verify", "--host", host]);
        said(&ran, 4, &["nothing-checked", "no case of the world `article` is left by"]);
    }
}

#[test]
fn what_is_no_runbook_is_an_invalid_file() {
    said(&imc4087(&["verify", "nosuch.toml"]), 3, &["cannot read nosuch.toml"]);
    said(&imc4087(&["verify", "scenarios"]), 3, &["cannot read scenarios: it is a folder"]);
    let scenario = imc4087(&["verify", "scenarios/healthy-host.toml"]);
    said(&scenario, 3, &["error[unknown-key]: no key is called `teaches` here"]);
}
