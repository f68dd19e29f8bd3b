//! The program as a whole: arguments to standard output, standard error and exit code.

use crate::pack::snapshots;
use crate::tidy::root;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

/// What a run of the program came to.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs the program in the root of the repository.
pub(crate) fn imc4087(arguments: &[&str]) -> Ran {
    imc4087_in(&root(), arguments)
}

/// Runs the program in `folder`.
pub(crate) fn imc4087_in(folder: &Path, arguments: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imc4087"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

#[track_caller]
fn json(arguments: &[&str]) -> Value {
    let ran = imc4087(arguments);
    assert_eq!(ran.err, "", "standard error stays empty");
    serde_json::from_str(&ran.out).unwrap()
}

/// Whether `value` is as `schema` says; a message where it is not. Only the words that our schemas use.
fn against(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = root.pointer(reference.trim_start_matches('#')).unwrap();
        return against(value, target, root, at);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let fits = any.iter().any(|it| against(value, it, root, at).is_ok());
        return if fits { Ok(()) } else { Err(format!("{at}: none of {any:?}")) };
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return Err(format!("{at}: {value} is none of {words:?}"));
    }
    let several = schema["type"].as_array().into_iter().flatten();
    let types: Vec<&str> =
        several.chain(std::iter::once(&schema["type"])).filter_map(Value::as_str).collect();
    let is = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    if !types.is_empty() && !types.contains(&is) {
        return Err(format!("{at}: {is} is none of {types:?}"));
    }
    for (index, entry) in value.as_array().into_iter().flatten().enumerate() {
        against(entry, &schema["items"], root, &format!("{at}[{index}]"))?;
    }
    let Some(object) = value.as_object() else { return Ok(()) };
    for (key, entry) in object {
        let known = &schema["properties"][key];
        if known.is_null() {
            return Err(format!("{at}: unknown key {key}"));
        }
        against(entry, known, root, &format!("{at}.{key}"))?;
    }
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    match required.iter().filter_map(Value::as_str).find(|it| !object.contains_key(*it)) {
        Some(key) => Err(format!("{at}: {key} is missing")),
        None => Ok(()),
    }
}

#[track_caller]
pub(crate) fn valid(document: &Value, kind: &str) {
    let schema = json(&["schema", kind]);
    assert_eq!(against(document, &schema, &schema, "$"), Ok(()));
}

#[test]
fn run_without_arguments_runs_the_pack() {
    let ran = imc4087(&["run"]);
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("expectations met"), "{}", ran.out);
    assert_eq!(ran.err, "");
}

#[test]
fn run_as_json_fits_its_schema_and_carries_every_step() {
    let document = json(&["run", "--trace", "--format", "json"]);
    valid(&document, "run");
    assert_eq!(document["schema"], "imc4087/run/1");
    let first =
        json(&["run", "scenarios/upgrade-service-pack.toml", "--trace", "--format", "json"]);
    let steps = first["scenarios"][0]["steps"].as_array().unwrap();
    assert_eq!(steps[0]["n"], 0);
    assert_eq!(steps[0]["host"]["damaged"][0], "macintosh");
    assert_eq!(steps[0]["host"]["os"], "4.0");
    assert_eq!(steps[1]["action"], "start imc");
    assert_eq!(steps[1]["outcome"], "failed");
    assert_eq!(steps[1]["event"], 4087);
    assert_eq!(steps[1]["error"], 2140);
    assert_eq!(steps[1]["rules"][0], "failing-component-stops-registration");
    let without = json(&["run", "scenarios/upgrade-service-pack.toml", "--format", "json"]);
    assert!(without["scenarios"][0]["steps"].is_null(), "steps come with --trace only");
}

#[test]
fn run_as_json_of_broken_and_invalid_files_fits_its_schema() {
    let ran =
        imc4087(&["run", "tests/bad/broken.toml", "tests/bad/invalid.toml", "--format", "json"]);
    assert_eq!(ran.code, 3);
    let document: Value = serde_json::from_str(&ran.out).unwrap();
    valid(&document, "run");
    assert_eq!(document["broken"], 1);
    assert_eq!(document["invalid"], 1);
    assert!(document["scenarios"][1]["diagnostics"][0]["line"].is_number());
}

#[test]
fn verify_as_json_fits_its_schema_and_has_the_keys_that_others_rely_on() {
    let runbook = "scenarios/runbooks/all-at-once.toml";
    let other = "scenarios/runbooks/article.toml";
    let arguments = ["verify", runbook, "--host", "lacks=streams", "--host", "lacks=pptp"];
    let more = ["--robust", "--mutate", "--against", other, "--format", "json"];
    let document: Value =
        serde_json::from_str(&imc4087(&[&arguments[..], &more[..]].concat()).out).unwrap();
    valid(&document, "verify");
    assert_eq!(document["verdict"], "broken");
    assert_eq!(document["properties"].as_array().unwrap().len(), 11);
    assert_eq!(document["world"]["name"], "article");
    assert_eq!(document["world"]["rules_off"][0], "only-transports-carry-shares");
    let histogram = document["restarts"]["histogram"].as_array().unwrap();
    let cases: u64 = histogram.iter().filter_map(Value::as_u64).sum();
    assert_eq!(document["cases"], cases, "every case is in the histogram");
    let finding = &document["findings"][0];
    assert_eq!(finding["property"], "no-avoidable-loss");
    assert_eq!(finding["line"], 19);
    for key in ["column", "condition", "irrelevant", "failing", "witness", "rules", "replay"] {
        assert!(!finding[key].is_null(), "{key}");
    }
    assert!(finding["witness"]["steps"].as_array().unwrap().len() > 3);
}

#[test]
fn article_as_json_fits_its_schema() {
    let document = json(&["article", "--format", "json"]);
    valid(&document, "article");
    assert_eq!(document["complete"], true);
}

#[test]
fn article_ends_with_1_where_nothing_carries_a_statement() {
    let ran = imc4087(&["article", "scenarios/healthy-host.toml"]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("nothing carries"), "{}", ran.out);
    assert_eq!(imc4087(&["article"]).code, 0);
}

#[test]
fn broken_scenarios_show_place_values_and_last_steps() {
    let ran = imc4087(&["run", "tests/bad/broken.toml"]);
    assert_eq!(ran.code, 1);
    snapshots().bind(|| insta::assert_snapshot!("broken", ran.out));
}

#[test]
fn the_pack_fits_the_published_schemas() {
    for (kind, folder) in [("scenario", "scenarios"), ("runbook", "scenarios/runbooks")] {
        let schema = json(&["schema", kind]);
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "toml") {
                let text = fs::read_to_string(&path).unwrap();
                let value = as_json(&toml::de::DeValue::Table(
                    toml::de::DeTable::parse(&text).unwrap().into_inner(),
                ));
                assert_eq!(against(&value, &schema, &schema, "$"), Ok(()), "{}", path.display());
            }
        }
    }
}

fn as_json(value: &toml::de::DeValue<'_>) -> Value {
    use toml::de::DeValue;
    match value {
        DeValue::String(it) => Value::from(it.as_ref()),
        DeValue::Integer(it) => Value::from(it.as_str().parse::<i64>().unwrap()),
        DeValue::Boolean(it) => Value::from(*it),
        DeValue::Array(list) => list.iter().map(|it| as_json(it.get_ref())).collect(),
        DeValue::Table(table) => table
            .iter()
            .map(|(key, it)| (key.get_ref().to_string(), as_json(it.get_ref())))
            .collect(),
        DeValue::Float(_) | DeValue::Datetime(_) => panic!("the pack has none"),
    }
}

#[test]
fn junit_is_written_beside_the_plain_report() {
    let path = std::env::temp_dir().join(format!("imc4087-{}.xml", std::process::id()));
    let report = format!("junit={}", path.display());
    let ran = imc4087(&["run", "scenarios", "tests/bad/broken.toml", "--report", &report]);
    assert_eq!(ran.code, 1);
    let xml = fs::read_to_string(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(xml.starts_with("<?xml"), "{xml}");
    assert_eq!(xml.matches("<testcase ").count(), 40, "{xml}");
    assert_eq!(xml.matches("<failure ").count(), 1, "{xml}");
    assert!(!xml.contains('\u{1b}'), "no terminal styles in a file");
}

#[test]
fn colour_comes_on_terminals_only() {
    let ran = imc4087(&["run", "tests/bad/broken.toml"]);
    assert!(!ran.out.contains('\u{1b}'));
}

#[test]
fn two_runs_never_differ() {
    let arguments = ["run", "--trace", "--format", "json"];
    assert_eq!(imc4087(&arguments).out, imc4087(&arguments).out);
}

#[test]
fn explain_reads_as_reviewed() {
    let pages = [
        "boot-without-protocol-drops-shares",
        "imc-needs-tcpip",
        "leftovers-survive-until-restart",
        "no-avoidable-loss",
        "restart",
        "macintosh",
        "tcpip",
        "4087",
        "7003",
        "2140",
        "2114",
        "server-not-running",
        "reapply service pack",
        "one protocol",
        "workaround-2-note-all",
        "F13",
    ];
    let text: Vec<String> = pages.iter().map(|it| imc4087(&["explain", it]).out).collect();
    snapshots().bind(|| {
        insta::assert_snapshot!("explain", text.join("\n"));
        insta::assert_snapshot!("explain-list", imc4087(&["explain"]).out);
    });
    let wrong = imc4087(&["explain", "boot-without-protocol"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("did you mean `boot-without-protocol-drops-shares`?"),
        "{}",
        wrong.err
    );
}

#[test]
fn everything_listed_can_be_explained() {
    for topic in imc4087::report::explain::Topic::all() {
        let found = imc4087::report::explain::Topic::named(&topic.id());
        assert!(found.contains(&topic), "{topic:?}");
    }
}

#[test]
fn article_reads_as_reviewed() {
    snapshots().bind(|| insta::assert_snapshot!("article", imc4087(&["article"]).out));
}

#[test]
fn help_reads_as_reviewed() {
    let top = imc4087(&["--help"]).out;
    let listed = top.lines().skip_while(|it| *it != "Commands:").skip(1);
    let listed = listed.take_while(|it| !it.is_empty());
    // A command stands two columns in; what it does goes on further in.
    let names = listed.filter_map(|it| it.strip_prefix("  ").filter(|it| !it.starts_with(' ')));
    let names = names.filter_map(|it| it.split(' ').next()).filter(|it| *it != "help");
    let texts: Vec<String> = names.map(|it| imc4087(&[it, "--help"]).out).collect();
    assert!(texts.len() >= 11, "{top}");
    let text = [vec![top.clone()], texts].concat();
    snapshots().bind(|| insta::assert_snapshot!("help", text.join("\n--------\n\n")));
}

#[test]
fn schemas_read_as_reviewed() {
    snapshots().bind(|| {
        insta::assert_snapshot!("schema-scenario", imc4087(&["schema", "scenario"]).out);
        insta::assert_snapshot!("schema-runbook", imc4087(&["schema", "runbook"]).out);
        insta::assert_snapshot!("schema-run", imc4087(&["schema", "run"]).out);
        insta::assert_snapshot!("schema-verify", imc4087(&["schema", "verify"]).out);
        insta::assert_snapshot!("schema-article", imc4087(&["schema", "article"]).out);
        insta::assert_snapshot!("schema-explore", imc4087(&["schema", "explore"]).out);
        insta::assert_snapshot!("schema-what-if", imc4087(&["schema", "what-if"]).out);
    });
}

#[test]
fn completions_and_manual_pages_come_for_every_shell_and_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(imc4087(&["completions", shell]).out.contains("imc4087"), "{shell}");
    }
    assert!(imc4087(&["man"]).out.contains(".TH imc4087"));
    assert!(imc4087(&["man", "run"]).out.contains(".TH imc4087-run"));
    assert_eq!(imc4087(&["man", "rnu"]).code, 2);
}
