//! Scenario files: a host, what is done to it, and what must come of it.

use super::expect;
use super::expect::Context;
use super::expect::EXPECT;
use super::expect::Expect;
use super::expect::rule_words;
use super::host;
use super::host::FirstHost;
use super::host::HOST;
use super::host::History;
use super::language;
use super::read;
use super::read::View;
use super::shape::Key;
use super::shape::Shape;
use super::shape::Table;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::article::Statement;
use crate::model::host::Host;
use crate::model::nameplate::Nameplate;
use crate::model::property::Properties;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::trace::ACTIONS_MAX;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Placed;
use crate::text::span::Span;
use crate::text::wording;

/// A question about one host, with its expected answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// The question.
    pub title: String,
    /// What it teaches; may be empty.
    pub teaches: String,
    /// The statements of the article that it shows.
    pub shows: Vec<Statement>,
    /// The rules believed in it.
    pub rules: RuleSet,
    /// The first host.
    pub host: Host,
    /// The names beside it.
    pub names: Nameplate,
    /// How the host came to be; none where it was given by facts.
    pub history: Option<History>,
    /// What is done, in order.
    pub acts: Vec<Act>,
    /// The runbooks that are followed on the first host, each by itself.
    pub runbooks: Vec<Entry>,
}

/// Actions, and what must be so after them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The actions, in order.
    pub actions: Vec<Placed<Action>>,
    /// What must be so after the last of them.
    pub expect: Expect,
}

/// A runbook and what is expected of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The runbook file, relative to the scenario file.
    pub file: Placed<String>,
    /// Exactly the properties that it breaks; none where all that gate must hold.
    pub breaks: Placed<Option<Properties>>,
}

impl Scenario {
    /// How many things the scenario expects.
    pub fn expectations(&self) -> usize {
        self.acts.iter().map(|it| it.expect.count()).sum::<usize>() + self.runbooks.len()
    }
}

/// The most runbooks that a scenario may name.
pub const RUNBOOKS_MAX: usize = 100;

/// What a scenario file may contain.
pub const SCENARIO: Table = Table {
    doc: "A scenario: a host, what is done to it, and what must come of it.",
    keys: &[
        Key {
            name: "schema",
            doc: "The version of this format, 1.",
            required: true,
            shape: Shape::Whole(1, 1),
        },
        Key {
            name: "title",
            doc: "The question that the scenario asks.",
            required: true,
            shape: Shape::Text,
        },
        Key {
            name: "teaches",
            doc: "What the scenario teaches, in a sentence.",
            required: false,
            shape: Shape::Prose,
        },
        Key {
            name: "shows",
            doc: "The statements of the article that the scenario shows; `imc4087 article` lists them.",
            required: false,
            shape: Shape::List(&Shape::Word(statement_words)),
        },
        Key {
            name: "with",
            doc: "Rules that are believed here though they are off by default.",
            required: false,
            shape: Shape::List(&Shape::Word(rule_words)),
        },
        Key {
            name: "without",
            doc: "Rules that are not believed here.",
            required: false,
            shape: Shape::List(&Shape::Word(rule_words)),
        },
        Key { name: "host", doc: "The first host.", required: true, shape: Shape::Table(&HOST) },
        Key {
            name: "act",
            doc: "What is done, in order.",
            required: false,
            shape: Shape::Tables(&ACT),
        },
        Key {
            name: "runbook",
            doc: "Runbooks that are followed on the first host, each by itself.",
            required: false,
            shape: Shape::Tables(&ENTRY),
        },
    ],
};

const ACT: Table = Table {
    doc: "Actions, and what must be so after them.",
    keys: &[
        Key {
            name: "do",
            doc: "An action or a list of actions, as in `remove macintosh`.",
            required: true,
            shape: Shape::OneOrMany(&Shape::Name(action_forms)),
        },
        Key {
            name: "expect",
            doc: "What must be so after the last action.",
            required: false,
            shape: Shape::Table(&EXPECT),
        },
    ],
};

const ENTRY: Table = Table {
    doc: "A runbook and what is expected of it: that it `holds`, or what it `breaks`.",
    keys: &[
        Key {
            name: "file",
            doc: "The runbook file, relative to this file.",
            required: true,
            shape: Shape::Text,
        },
        Key {
            name: "holds",
            doc: "true: every property that gates holds.",
            required: false,
            shape: Shape::Flag,
        },
        Key {
            name: "breaks",
            doc: "Exactly the properties that the run breaks, advice included.",
            required: false,
            shape: Shape::List(&Shape::Word(property_words)),
        },
    ],
};

fn statement_words() -> Vec<&'static str> {
    Statement::ALL.map(Statement::id).to_vec()
}

fn property_words() -> Vec<&'static str> {
    Property::ALL.map(Property::id).to_vec()
}

fn action_forms() -> Vec<&'static str> {
    ActionKind::ALL.map(ActionKind::form).to_vec()
}

/// Reads a scenario file: the scenario, where the file has no error, and all that there is to say.
pub fn read(source: &str) -> (Option<Scenario>, Diagnostics) {
    read::read(source, &SCENARIO, |view, said| {
        if view.has("step") && !view.has("host") {
            let help = "name it in a scenario: [[runbook]] with `file` and `holds = true`";
            let message = "this is a runbook, not a scenario";
            said.error("not-a-scenario", view.key_span("step"), message, "", Some(help.to_owned()));
        }
        let rules = read_beliefs(view, said);
        let table = view.table("host")?;
        let FirstHost { host, names, history } = host::read(source, &table, rules, said);
        let acts = read_acts(source, view, rules, &host, &names, said);
        let runbooks: Vec<Entry> =
            view.tables("runbook").iter().filter_map(|it| read_entry(it, said)).collect();
        if runbooks.len() > RUNBOOKS_MAX {
            let message = format!("the scenario names {} runbooks", runbooks.len());
            let help = format!("at most {RUNBOOKS_MAX}; write another scenario for the others");
            said.error("too-many-runbooks", view.key_span("runbook"), message, "", Some(help));
        }
        let text = |key| view.text(key).map_or_else(String::new, |it| it.value);
        let scenario = Scenario {
            title: text("title"),
            teaches: text("teaches"),
            shows: view
                .texts("shows")
                .iter()
                .filter_map(|text| Statement::ALL.into_iter().find(|it| it.id() == text.value))
                .collect(),
            rules,
            host,
            names,
            history,
            acts,
            runbooks,
        };
        if scenario.expectations() == 0 && !said.has_errors() {
            let help = "add `expect = { imc = \"running\" }` to an [[act]], or a [[runbook]]";
            let message = "the scenario expects nothing, so that nothing could fail";
            said.error(
                "no-expectation",
                view.key_span("title"),
                message,
                "",
                Some(help.to_owned()),
            );
        }
        Some(scenario)
    })
}

/// The runbook files that a scenario names, also where the scenario itself is wrong.
pub fn runbooks_named(source: &str) -> Vec<Placed<String>> {
    let mut named = Vec::new();
    let (_, _) = read::read(source, &SCENARIO, |view, _| {
        named = view.tables("runbook").iter().filter_map(|it| it.text("file")).collect();
        Some(())
    });
    named
}

fn read_beliefs(view: &View<'_>, said: &mut Diagnostics) -> RuleSet {
    let named = |key: &str| -> Vec<Placed<RuleId>> {
        let texts = view.texts(key);
        texts.iter().filter_map(|it| Some(it.with(RuleId::named(&it.value)?))).collect()
    };
    let (with, without) = (named("with"), named("without"));
    for rule in &without {
        if with.contains(rule) {
            let message = format!("`{}` is both believed and not", rule.value.id());
            let help = "keep it under `with` or under `without`".to_owned();
            said.error("contradiction", rule.span.clone(), message, "", Some(help));
        }
    }
    let rules = with.iter().fold(RuleSet::usual(), |rules, it| rules.with(it.value));
    without.iter().fold(rules, |rules, it| rules.without(it.value))
}

fn read_acts(
    source: &str,
    view: &View<'_>,
    rules: RuleSet,
    first: &Host,
    names: &Nameplate,
    said: &mut Diagnostics,
) -> Vec<Act> {
    let mut acts = Vec::new();
    let mut so_far: Vec<Action> = Vec::new();
    let mut finished = false;
    let mut complete = true;
    for table in view.tables("act") {
        let mut actions = Vec::new();
        for placed in table.texts("do") {
            match language::parse(&placed.value, names) {
                Ok(_) if finished => {
                    let message = "nothing can follow `finish`";
                    let help = "`finish` ends the run: make it the last action".to_owned();
                    said.error("after-finish", placed.span, message, "", Some(help));
                }
                Ok(action) => {
                    finished = action.kind() == ActionKind::Finish;
                    actions.push(placed.with(action));
                }
                Err(unclear) => unclear.say(source, &placed, said),
            }
        }
        let place = table.value_span("do");
        complete &= table.has("do") && !said.has_error_in(&place);
        if complete && actions.is_empty() {
            let help = format!("one or more of {}", wording::quoted_either(&action_forms()));
            said.error("no-actions", place, "the act does nothing", "", Some(help));
        }
        let act: Vec<Action> = actions.iter().map(|it| it.value).collect();
        so_far.extend(&act);
        let expect = table.table("expect").map_or_else(Expect::default, |it| {
            let context = Context { rules, first, names, act: &act, so_far: &so_far, complete };
            expect::read(&it, &context, said)
        });
        acts.push(Act { actions, expect });
    }
    if so_far.len() > ACTIONS_MAX as usize {
        let message = format!("the scenario has {} actions", so_far.len());
        let help = format!("a run has at most {ACTIONS_MAX}");
        said.error("too-many-actions", view.key_span("act"), message, "", Some(help));
    }
    acts
}

fn read_entry(view: &View<'_>, said: &mut Diagnostics) -> Option<Entry> {
    let file = view.text("file")?;
    if file.value.trim().is_empty() {
        let help = "name a runbook file, relative to this file".to_owned();
        said.error("no-file", file.span.clone(), "`file` names nothing", "", Some(help));
    }
    let span: Span = view.value_span(if view.has("breaks") { "breaks" } else { "holds" });
    let breaks: Properties =
        view.texts("breaks").iter().filter_map(|it| Property::named(&it.value)).collect();
    let help = "write `holds = true`, or `breaks = [\"repaired\"]`".to_owned();
    let wrong = match (view.flag("holds").map(|it| it.value), view.has("breaks")) {
        (Some(_), true) => Some("a runbook holds or breaks something, not both"),
        (None, false) if !view.has("holds") => Some("nothing is expected of the runbook"),
        (Some(false), false) => Some("`holds = false` does not say what is broken"),
        (None, true) if breaks.is_empty() && !said.has_error_in(&span) => {
            Some("`breaks` names no property")
        }
        _ => None,
    };
    if let Some(message) = wrong {
        said.error("runbook-verdict", span, message, "", Some(help));
        return None;
    }
    let breaks = view.has("breaks").then_some(breaks);
    Some(Entry { file, breaks: Placed::new(breaks, span) })
}
