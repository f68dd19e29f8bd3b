//! `imc4087 what-if` as a command: what it prints, and what it cannot answer.

use crate::cli::imc4087;
use crate::cli::imc4087_in;
use crate::cli::valid;
use crate::pack::snapshots;
use crate::tidy::files;
use crate::tidy::root;
use serde_json::Value;
use std::fs;
use std::path::Path;

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
        (vec!["--at", "-1", "--do", "restart"], 2, "there is no step -1"),
        (vec!["--at", "99999999999999999999999", "--do", "restart"], 2, "the steps are 1 to 7"),
        (vec!["--at", "two", "--do", "restart"], 2, "`two` is no number of a step"),
        (vec!["--at", "2", "--do", ""], 2, "not said what is done"),
        (vec!["--host", "upgraded=no"], 2, "line h5 of the history, `upgrade`, says otherwise"),
        (vec!["--host", "service-pack=0"], 2, "`--history \"h6 => nothing\"`"),
        (vec!["--host", "exchange="], 2, "5.5"),
        (vec!["--host", "imc="], 2, "running"),
        (vec!["--host", "sp=3"], 2, "service-pack"),
        (vec!["--host", "has=netbui"], 2, "did you mean `netbeui`?"),
        (vec!["--host", "service-pack=0", "--host", "service-pack=3"], 2, "cannot be both"),
        (vec!["--host", "has=snmp", "--host", "lacks=snmp"], 2, "cannot be both"),
        (vec!["--host", "damaged=dlc"], 2, "dlc is damaged and not installed"),
        (vec!["--host", "os=3.51"], 2, "says otherwise: NT 3.51"),
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

/// Changing nothing prints "no difference", always.
#[test]
fn no_change_is_no_difference() {
    for arguments in [vec![UPGRADE], vec![UPGRADE, "--each"], vec![ONLY, "--host", "has=tcpip"]] {
        let ran = answer(&arguments);
        assert!(ran.ends_with("\n\nno difference\n"), "{ran}");
    }
}

/// What a component brings is there with it, as far as it is believed.
#[test]
fn a_host_has_what_its_components_bring() {
    let ran = answer(&[ONLY, "--host", "has=macintosh"]);
    assert!(ran.contains("the host: appletalk and macintosh installed too"), "{ran}");
    let off = ["--without", "macintosh-brings-appletalk"];
    let ran = answer(&[&[ONLY, "--host", "has=macintosh"], off.as_slice()].concat());
    assert!(ran.contains("the host: macintosh installed too"), "{ran}");
    // A share may have a comma in its name; the history counts its lines in either case.
    let ran = answer(&[UPGRADE, "--history", "H6 => nothing"]);
    assert!(ran.contains("line h6 of the history"), "{ran}");
}

/// Copies the runbooks of the pack to where the scenarios of `folder` look for them.
fn runbooks(folder: &Path) {
    fs::create_dir_all(folder.join("runbooks")).unwrap();
    for (path, text) in files("scenarios/runbooks", ".toml") {
        fs::write(folder.join(path.strip_prefix("scenarios/").unwrap()), text).unwrap();
    }
}

/// A report is never written over a file that was read, whatever it is called there.
#[test]
fn a_report_spares_what_was_read() {
    let folder = std::env::temp_dir().join(format!("imc4087-spare-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let copy = |from: &str, to: &str| {
        let path = folder.join(to);
        fs::copy(root().join(from), &path).unwrap();
        path.to_string_lossy().into_owned()
    };
    runbooks(&folder);
    let scenario = copy("scenarios/healthy-host.toml", "a.toml");
    let runbook = copy("scenarios/runbooks/article.toml", "b.toml");
    let other = copy("scenarios/runbooks/all-at-once.toml", "c.toml");
    let again = folder.join("../").join(folder.file_name().unwrap()).join("a.toml");
    let again = again.to_string_lossy().into_owned();
    let rule = "reinstall-repairs";
    for (arguments, over) in [
        (vec!["what-if", &scenario, "--without", rule], &again),
        (vec!["what-if", &scenario, "--base", &runbook, "--runbook", &other], &runbook),
        (vec!["what-if", &scenario, "--base", &runbook, "--runbook", &other], &other),
        (vec!["verify", &runbook, "--against", &other], &other),
        (vec!["verify", &runbook], &runbook),
        (vec!["run", &scenario], &scenario),
        (vec!["explore", &scenario, "--most", "10"], &scenario),
    ] {
        let before = fs::read_to_string(over).unwrap();
        let report = format!("json={over}");
        let ran = imc4087(&[arguments.as_slice(), &["--report", &report]].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("would be written over"), "{}", ran.err);
        assert_eq!(fs::read_to_string(over).unwrap(), before);
    }
    fs::remove_dir_all(folder).unwrap();
}

/// Every command that is printed to show a case works where the user stands, and shows what was said.
#[test]
fn replayed_commands_work_from_where_the_user_stands() {
    let folder = std::env::temp_dir().join(format!("imc4087-replay {}", std::process::id()));
    fs::create_dir_all(folder.join("in")).unwrap();
    runbooks(&folder.join("in"));
    let article = root().join("scenarios/runbooks/article.toml");
    fs::copy(&article, folder.join("my own.toml")).unwrap();
    fs::copy(root().join(ONLY), folder.join("in/only.toml")).unwrap();
    let few = ["--only", "components=tcpip"];
    let mut count = 0;
    for arguments in [
        vec!["what-if", "--over", "article", "in/only.toml", "--without", "reinstall-repairs"],
        vec!["what-if", "--over", "article", "--without", "reinstall-repairs"],
        vec!["what-if", "--over", "article", "--runbook", "my own.toml", "--host", "has=netbeui"],
    ] {
        let ran = imc4087_in(&folder, &[arguments.as_slice(), &few].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        for line in ran.out.lines().filter_map(|it| it.strip_prefix("    replay      imc4087 ")) {
            let mut words: Vec<String> = Vec::new();
            for (index, part) in line.split('"').enumerate() {
                if index % 2 == 1 {
                    words.push(part.to_owned());
                } else {
                    words.extend(part.split_whitespace().map(str::to_owned));
                }
            }
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let again = imc4087_in(&folder, &words);
            assert!(again.code < 2 && again.err.is_empty(), "{line}\n{}", again.err);
            count += 1;
        }
    }
    assert!(count >= 6, "{count}");
    fs::remove_dir_all(folder).unwrap();
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

/// Every word that a program may compare is from a list that the schema gives.
#[test]
fn the_words_of_the_document_are_closed() {
    let ran = imc4087(&["schema", "what-if"]);
    let schema: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(schema["properties"]["schema"]["const"], "imc4087/what-if/1");
    let words = |document: &str, key: &str| -> usize {
        let mut it = &schema["$defs"][document]["properties"][key];
        if let Some(target) = it["$ref"].as_str() {
            it = &schema["$defs"][target.rsplit('/').next().unwrap()];
        }
        let text = it.to_string();
        assert!(
            text.contains("\"enum\"") || text.contains("\"const\""),
            "{document}.{key}: {text}"
        );
        text.matches('"').count()
    };
    for (document, key) in [
        ("BalanceDocument", "claim"),
        ("CauseDocument", "rule"),
        ("CauseDocument", "fires"),
        ("CauseDocument", "part"),
        ("CauseDocument", "decides"),
        ("CauseDocument", "decides_broken"),
        ("ChangedDocument", "kind"),
        ("ChangedDocument", "fact"),
        ("DifferenceDocument", "change"),
        ("DifferenceDocument", "kind"),
        ("DifferenceDocument", "property"),
        ("OverDocument", "world"),
        ("OverDocument", "damage"),
    ] {
        assert!(words(document, key) > 4, "{document}.{key}");
    }
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
    assert_eq!(branch["rules"][0]["decides"], serde_json::json!(["repaired", "claim"]));
    assert_eq!(branch["no_rule_decides_broken"], serde_json::json!(["no-mixed-boot"]));
    assert_eq!(branch["changed"][0]["kind"], "acts");
    assert_eq!(branch["changed"][0]["step"], 5);
    assert_eq!(branch["what_if"]["balance"]["repaired"], false);
}
