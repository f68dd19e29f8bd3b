//! `imc4087 explore` as a command: what it prints, and what it cannot use.

use crate::cli::imc4087;
use crate::cli::valid;
use crate::pack::snapshots;
use crate::tidy::root;
use serde_json::Value;
use std::fs;

#[test]
fn explore_reads_as_reviewed() {
    let texts = ["only-protocol", "exchange-40-no-wizard"].map(|name| {
        let ran = imc4087(&["explore", &format!("scenarios/{name}.toml")]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        ran.out
    });
    let cut = imc4087(&["explore", "scenarios/only-protocol.toml", "--most", "100"]);
    assert_eq!((cut.code, cut.err.as_str()), (4, ""));
    snapshots()
        .bind(|| insta::assert_snapshot!("explore", [&texts[..], &[cut.out]].concat().join("\n")));
}

#[test]
fn explore_as_json_fits_its_schema_and_never_differs() {
    for (scenario, most) in [("only-protocol", "14560"), ("only-protocol", "14559")] {
        let path = format!("scenarios/{scenario}.toml");
        let arguments = ["explore", &path, "--format", "json", "--most", most];
        let ran = imc4087(&arguments);
        assert_eq!(ran.out, imc4087(&arguments).out);
        let document: Value = serde_json::from_str(&ran.out).unwrap();
        valid(&document, "explore");
        assert_eq!(document["schema"], "imc4087/explore/1");
        assert_eq!(document["hosts"].as_u64(), most.parse().ok());
        assert_eq!(document["complete"], most == "14560");
        assert_eq!(ran.code, if most == "14560" { 0 } else { 4 });
        assert_eq!(document["ends"].is_null(), most == "14559");
    }
}

#[test]
fn a_way_can_be_pasted_into_a_scenario() {
    let ran = imc4087(&["explore", "scenarios/only-protocol.toml"]);
    let from = ran.out.find("do = [").unwrap();
    let to = from + ran.out[from..].find(']').unwrap();
    let base = fs::read_to_string(root().join("scenarios/only-protocol.toml")).unwrap();
    let head = base.split("[[act]]").next().unwrap();
    let act = &ran.out[from..=to];
    let text = format!("{head}[[act]]\n{act}\nexpect = {{ imc = \"running\", lost = [] }}\n");
    let path = std::env::temp_dir().join(format!("imc4087-{}-way.toml", std::process::id()));
    fs::write(&path, text).unwrap();
    let pasted = imc4087(&["run", &path.display().to_string()]);
    fs::remove_file(&path).unwrap();
    assert_eq!(pasted.code, 0, "{}", pasted.out);
}

#[test]
fn explore_says_what_it_cannot_use() {
    for (arguments, code, says) in [
        (vec!["explore"], 2, "SCENARIO"),
        (vec!["explore", "scenarios/only-protocol.toml", "--most", "0"], 2, "at least 1"),
        (vec!["explore", "scenarios/only-protocol.toml", "--most", "x"], 2, "write a number"),
        (vec!["explore", "scenarios/no-such-file.toml"], 3, "cannot read"),
        (vec!["explore", "scenarios"], 3, "it is a folder"),
        (vec!["explore", "tests/bad/invalid.toml"], 3, "did you mean `netbeui`?"),
        (vec!["explore", "scenarios/runbooks/article.toml"], 3, "this is a runbook"),
    ] {
        let ran = imc4087(&arguments);
        assert_eq!((ran.code, ran.out.as_str()), (code, ""), "{arguments:?}");
        assert!(ran.err.contains(says), "{}", ran.err);
    }
}
