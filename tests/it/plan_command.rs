//! `imc4087 plan` as a command: what it prints and writes, and what it cannot use.

use crate::cli::imc4087;
use crate::pack::snapshots;
use std::fs;

/// All seven protocols and both services.
const ALL: &str = "tcpip+netbeui+nwlink+appletalk+dlc+streams+pptp+macintosh+snmp";

#[test]
fn plan_reads_as_reviewed() {
    let all = format!("{ALL}/sp3/shares/damaged=tcpip");
    let asked = [
        (vec!["plan", "scenarios/damaged-netbeui.toml"], 0),
        (vec!["plan", "scenarios/only-protocol.toml", "--actions", "article"], 0),
        (vec!["plan", "--case", &all], 0),
        (
            vec![
                "plan",
                "scenarios/remote-access-damaged.toml",
                "--damage",
                "any",
                "--actions",
                "article",
            ],
            1,
        ),
        (vec!["plan", "scenarios/if-reinstalling-repaired-nothing.toml"], 1),
        (vec!["plan", "--case", "netbeui/sp3"], 1),
    ];
    let texts = asked.map(|(arguments, code)| {
        let ran = imc4087(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (code, ""), "{arguments:?}");
        format!("$ imc4087 {}\n{}", arguments.join(" "), ran.out)
    });
    let worlds = [
        vec!["plan"],
        vec!["plan", "--actions", "article", "--by", "worst", "--order", "reinstalls,restarts"],
    ]
    .map(|arguments| {
        let ran = imc4087(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        format!("$ imc4087 {}\n{}", arguments.join(" "), ran.out)
    });
    snapshots().bind(|| insta::assert_snapshot!("plan-world", worlds.join("\n")));
    snapshots().bind(|| insta::assert_snapshot!("plan", texts.join("\n")));
}

#[test]
fn the_runbook_holds_under_verify() {
    let path = std::env::temp_dir().join(format!("imc4087-{}-plan.toml", std::process::id()));
    let file = path.display().to_string();
    for set in ["tcpip", "tcpip+netbeui", "tcpip+appletalk+macintosh", ALL] {
        for actions in ["article", "model"] {
            let case = format!("{set}/sp3/shares");
            let wrote =
                imc4087(&["plan", "--case", &case, "--actions", actions, "--runbook", &file]);
            assert_eq!((wrote.code, wrote.err.as_str()), (0, ""));
            let components = format!("components={set}");
            let verified =
                imc4087(&["verify", &file, "--host", &components, "--host", "shares=yes"]);
            assert_eq!(verified.code, 0, "{}", verified.out);
        }
    }
    fs::remove_file(&path).unwrap();
}

#[test]
fn plan_says_what_it_cannot_use() {
    for (arguments, code, says) in [
        (vec!["plan", "--runbook", "x.toml"], 2, "SCENARIO"),
        (vec!["plan", "--host", "lacks=tcpip"], 4, "no host is left"),
        (vec!["plan", "--order", "restart"], 2, "did you mean `restarts`?"),
        (vec!["plan", "scenarios/only-protocol.toml", "--actions", "all"], 2, "possible values"),
        (vec!["plan", "scenarios/only-protocol.toml", "--case", "tcpip"], 2, "cannot be used"),
        (vec!["plan", "--case", "tcpip/sp9"], 2, "no service pack"),
        (vec!["plan", "scenarios/no-such-file.toml"], 3, "cannot read"),
        (vec!["plan", "tests/bad/invalid.toml"], 3, "did you mean `netbeui`?"),
        (vec!["plan", "scenarios/runbooks/article.toml"], 3, "this is a runbook"),
        (vec!["plan", "scenarios/restart-still-due.toml"], 4, "a restart is due"),
    ] {
        let ran = imc4087(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}

#[test]
fn options_of_a_world_are_refused_beside_one_host() {
    for one in [&["scenarios/snmp-damaged.toml"][..], &["--case", "tcpip"]] {
        for option in ["--host=shares=no", "--world=catalogue"] {
            let ran = imc4087(&[&["plan"], one, &[option]].concat());
            assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
        }
    }
    let ran = imc4087(&["verify", "--case", "tcpip", "--host", "shares=no"]);
    assert_eq!(ran.code, 2, "{}{}", ran.out, ran.err);
}
