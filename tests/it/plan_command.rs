//! `imc4087 plan` as a command: what it prints and writes, and what it cannot use.

use crate::cli::imc4087;
use crate::cli::valid;
use crate::pack::snapshots;
use std::fs;

const RULE: &str = "reinstall-repairs";

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
    let path = temporary("plan.toml");
    let file = path.display().to_string();
    for set in ["tcpip", "tcpip+netbeui", "tcpip+appletalk+macintosh", ALL] {
        for actions in ["article", "model"] {
            let case = format!("{set}/sp3/shares");
            let wrote =
                imc4087(&["plan", "--case", &case, "--actions", actions, "--runbook", &file]);
            assert_eq!((wrote.code, wrote.err.as_str()), (0, ""));
            let line = wrote.out.lines().last().unwrap().trim();
            let command: Vec<&str> = line.strip_prefix("imc4087 ").unwrap().split(' ').collect();
            let verified = imc4087(&command);
            assert_eq!(verified.code, 0, "{line}\n{}", verified.out);
            let again = imc4087(&["plan", "--case", &case, "--runbook", &file]);
            assert_eq!((again.code, again.out.as_str()), (3, ""));
            assert!(again.err.contains("there is a file of this name"), "{}", again.err);
            fs::remove_file(&path).unwrap();
        }
    }
}

fn temporary(name: &str) -> std::path::PathBuf {
    std::env::temp_dir().join(format!("imc4087-{}-{name}", std::process::id()))
}

#[test]
fn a_report_does_not_write_over_the_scenario() {
    let path = temporary("own.toml");
    fs::copy("scenarios/only-protocol.toml", &path).unwrap();
    let file = path.display().to_string();
    let before = fs::read_to_string(&path).unwrap();
    for option in [format!("--report=json={file}"), format!("--runbook={file}")] {
        let ran = imc4087(&["plan", &file, &option]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{option}");
        assert!(ran.err.contains("is read here"), "{}", ran.err);
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
    fs::remove_file(&path).unwrap();
}

#[test]
fn the_article_is_the_best_of_its_own_means() {
    for odds in ["all=1:1", "all=1:50", "all=9:1"] {
        let ran = imc4087(&["plan", "--actions", "article", "--odds", odds]);
        let all: Vec<&str> = ran.out.lines().filter(|it| it.starts_with("all  ")).collect();
        let regret: Vec<&str> = all[1].split_whitespace().collect();
        assert_eq!(regret, ["all", "+0.00", "+0.00", "+0"], "{odds}");
    }
    // With odds it is not: what is most likely comes first.
    let ran = imc4087(&["plan", "--actions", "article", "--odds", "protocols=9:1"]);
    let all: Vec<&str> = ran.out.lines().filter(|it| it.starts_with("all  ")).collect();
    assert!(!all[1].contains("+0.00"), "{}", ran.out);
}

#[test]
fn what_no_plan_repairs_is_counted_and_named() {
    let ran = imc4087(&["plan", "--actions", "article", "--damage", "any"]);
    assert_eq!(ran.code, 1);
    let says = "not repaired: 54,050,976 of 54,867,456 cases by the best plans, 54,050,976 by";
    assert!(ran.out.contains(says), "{}", ran.out);
    assert!(ran.out.contains("actions never take it out"), "{}", ran.out);
}

#[test]
fn plan_as_json_fits_its_schema() {
    for (arguments, code) in [
        (vec!["plan", "scenarios/damaged-netbeui.toml", "--front"], 0),
        (vec!["plan", "--case", "netbeui/sp3"], 1),
        (vec!["plan", "--case", "tcpip+snmp/shares", "--odds", "snmp=9:1", "--by", "worst"], 0),
        (vec!["plan", "--host", "components=tcpip+netbeui", "--front"], 0),
    ] {
        let ran = imc4087(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!((ran.code, ran.err.as_str()), (code, ""), "{arguments:?}");
        let document = serde_json::from_str(&ran.out).unwrap();
        valid(&document, "plan");
    }
    let ran = imc4087(&["plan", "--case", "tcpip+snmp/sp3/shares", "--front", "--format=json"]);
    snapshots().bind(|| insta::assert_snapshot!("plan-json", ran.out));
}

#[test]
fn odds_decide_what_comes_first() {
    let plan = |odds: &str| {
        let host = ["plan", "--case", "tcpip+netbeui+snmp/sp0", "--actions", "article"];
        let ran = imc4087(&[&host[..], &["--odds", odds]].concat());
        let steps = ran.out.lines().filter(|it| it.contains("  remove ")).map(str::to_owned);
        steps.collect::<Vec<_>>()
    };
    assert!(plan("snmp=9:1")[0].contains("remove snmp"));
    assert!(plan("netbeui=9:1")[0].contains("remove netbeui"));
    assert!(plan("TCP/IP Protocol=9:1")[0].contains("remove tcpip"));
}

#[test]
fn plan_says_what_it_cannot_use() {
    let many = format!("{ALL}+ras+dhcp+dns/shares");
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
        (vec!["plan", "scenarios/impossible-actions.toml"], 4, "the IMC runs already"),
        (vec!["plan", "--order", "shares,shares"], 2, "names `shares` twice"),
        (vec!["plan", "--with", RULE, "--without", RULE], 2, "with `--with` and with `--without`"),
        (vec!["plan", "--odds", "snmp"], 2, "as in macintosh=9:1"),
        (vec!["plan", "--odds", "snpm=1:2"], 2, "did you mean `snmp`?"),
        (vec!["plan", "--odds", "snmp=0:1"], 2, "no whole number from 1 to 99"),
        (vec!["plan", "--odds", "snmp=1:100"], 2, "no whole number from 1 to 99"),
        (vec!["plan", "--odds=snmp=1:2", "--odds=snmp=1:3"], 2, "contradict each other"),
        (vec!["plan", "--case", "tcpip", "--odds", "snmp=1:2"], 2, "may be damaged here"),
        (vec!["plan", "--damage=any", "--odds=all=98:99"], 2, "use smaller ones"),
        (vec!["plan", "--case", &many, "--damage=any", "--front"], 4, "more ways than the limit"),
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
