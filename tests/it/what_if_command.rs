//! `imc4087 what-if` as a command: what it prints, and what it cannot answer.

use crate::cli::imc4087;
use crate::cli::valid;
use crate::pack::snapshots;
use serde_json::Value;

const UPGRADE: &str = "scenarios/upgrade-service-pack.toml";
const ONLY: &str = "scenarios/only-protocol.toml";

fn answer(arguments: &[&str]) -> String {
    let ran = imc4087(&[&["what-if"], arguments].concat());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
    format!("$ imc4087 what-if {}\n{}", arguments.join(" "), ran.out)
}

#[test]
fn what_if_reads_as_reviewed() {
    let answers = [
        answer(&[UPGRADE, "--at", "5", "--do", "restart, start imc"]),
        answer(&[UPGRADE, "--history", "upgrade => remove macintosh, restart, upgrade"]),
        answer(&[
            UPGRADE,
            "--history",
            "set up nt 3.51 => set up nt 4.0",
            "--history",
            "h5 => nothing",
        ]),
        answer(&[ONLY, "--host", "has=netbeui"]),
        answer(&[ONLY, "--without", "boot-without-protocol-drops-shares"]),
        answer(&[ONLY, "--runbook", "scenarios/runbooks/shares-too-early.toml"]),
        answer(&[ONLY, "--at", "3", "--do", "nothing"]),
        answer(&["scenarios/healthy-host.toml", "--host", "damaged=netbeui"]),
        answer(&[UPGRADE, "--with", "reinstall-repairs"]),
    ];
    snapshots().bind(|| insta::assert_snapshot!("what-if", answers.join("\n--------\n\n")));
}

#[test]
fn what_if_says_what_it_cannot_answer() {
    for (arguments, code, says) in [
        (vec!["--at", "9", "--do", "restart"], 2, "there is no step 9"),
        (vec!["--at", "0", "--do", "restart"], 2, "the steps are 1 to 7, and 8 is after the last"),
        (vec!["--at", "2", "--do", "restrat"], 2, "did you mean `restart`?"),
        (vec!["--at", "2"], 2, "--do"),
        (vec!["--at", "2", "--at", "3", "--do", "restart"], 2, "each `--at` has a `--do`"),
        (vec!["--at", "2", "--do", "finish repaired, restart"], 2, "nothing can follow `finish`"),
        (vec!["--do", "restart"], 2, "--at"),
        (vec![], 2, "nothing is changed"),
        (vec!["--host", "sp=3"], 2, "service-pack"),
        (vec!["--host", "has=netbui"], 2, "did you mean `netbeui`?"),
        (vec!["--host", "service-pack=0", "--host", "service-pack=3"], 2, "cannot be both"),
        (vec!["--host", "has=snmp", "--host", "lacks=snmp"], 2, "cannot be both"),
        (vec!["--host", "damaged=dlc"], 2, "dlc is damaged and not installed"),
        (vec!["--host", "os=3.51"], 2, "has not been upgraded yet"),
        (vec!["--history", "restart => nothing"], 2, "h4 and h7"),
        (vec!["--history", "h9 => nothing"], 2, "no line h9"),
        (vec!["--history", "remove dlc => nothing"], 2, "no line of the history is `remove dlc`"),
        (vec!["--history", "upgrade"], 2, "does not say what stands instead"),
        (vec!["--history", "upgrade => start imc"], 2, "no part of a history"),
        (vec!["--history", "h1 => restart"], 2, "begins with the set-up"),
        (vec!["--history", "h1 => set up nt 4.0"], 2, "line h5 of the history, `upgrade`"),
        (vec!["--history", "h2 => nothing", "--history", "h2 => restart"], 2, "changed twice"),
        (vec!["--with", "reinstall-repair"], 2, "did you mean `reinstall-repairs`?"),
        (vec!["--with", "imc-needs-tcpip", "--without", "imc-needs-tcpip"], 2, "believed and not"),
        (vec!["--runbook", "scenarios/runbooks/no.toml"], 3, "cannot read"),
        (vec!["--runbook", ONLY], 3, "error"),
        (
            vec!["--at", "2", "--do", "restart", "--runbook", "scenarios/runbooks/article.toml"],
            2,
            "by step and by runbook",
        ),
    ] {
        let ran = imc4087(&[&["what-if", UPGRADE], arguments.as_slice()].concat());
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}\n{}", ran.err);
    }
    for (arguments, code, says) in [
        (vec!["what-if"], 2, "SCENARIO"),
        (vec!["what-if", "scenarios/no.toml", "--host", "imc=absent"], 3, "cannot read"),
        (vec!["what-if", "tests/bad/invalid.toml", "--host", "imc=absent"], 3, "netbeui"),
        (vec!["what-if", ONLY, "--history", "h2 => nothing"], 2, "by facts, not by a history"),
    ] {
        let ran = imc4087(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{arguments:?}\n{}", ran.err);
    }
}

/// A scenario without acts takes its first runbook for the future as it is.
#[test]
fn a_scenario_without_acts_follows_its_runbook() {
    let ran = answer(&[
        UPGRADE,
        "--base",
        "scenarios/runbooks/article.toml",
        "--at",
        "2",
        "--do",
        "nothing",
    ]);
    assert!(ran.contains("as it is   runbook scenarios/runbooks/article.toml"), "{ran}");
    assert!(
        ran.contains("the same in both: the first host and step 1\n")
            || ran.contains("and step 1\n"),
        "{ran}"
    );
}

#[test]
fn what_if_as_json_fits_its_schema_and_never_differs() {
    for arguments in [
        vec![UPGRADE, "--at", "5", "--do", "restart, start imc"],
        vec![UPGRADE, "--with", "reinstall-repairs"],
        vec![UPGRADE, "--history", "upgrade => remove macintosh, restart, upgrade"],
        vec![ONLY, "--host", "has=netbeui", "--host", "shares=no", "--each"],
        vec!["--over", "article", "--host", "has=netbeui", "--only", "lacks=pptp"],
    ] {
        let arguments = [&["what-if", "--format", "json"], arguments.as_slice()].concat();
        let ran = imc4087(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert_eq!(ran.out, imc4087(&arguments).out);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        valid(&document, "what-if");
        assert_eq!(document["schema"], "imc4087/what-if/1");
        let over = arguments.contains(&"--over");
        assert_eq!((document["over"].is_null(), document["scenario"].is_null()), (!over, over));
    }
    let ran = imc4087(&[
        "what-if",
        UPGRADE,
        "--at",
        "5",
        "--do",
        "restart, start imc",
        "--format",
        "json",
    ]);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    let branch = &document["scenario"]["what_if"][0];
    assert_eq!(branch["first"]["as_it_is"], 5);
    assert_eq!(branch["rules"][0]["rule"], "cd-files-fail-under-service-pack");
    assert_eq!(branch["what_if"]["balance"]["repaired"], false);
}
