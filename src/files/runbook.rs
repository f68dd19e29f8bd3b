//! Runbook files: TOML to a runbook, with the place of every verb.

use super::language;
use super::read;
use super::read::View;
use super::shape::Key;
use super::shape::Shape;
use super::shape::Table;
use crate::model::component::Component;
use crate::model::component::Kind;
use crate::model::follow::Place;
use crate::model::runbook::Condition;
use crate::model::runbook::Each;
use crate::model::runbook::Runbook;
use crate::model::runbook::RunbookStep;
use crate::model::runbook::Target;
use crate::model::runbook::Targets;
use crate::model::runbook::Verb;
use crate::model::set::Components;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Lines;
use crate::text::span::Placed;
use crate::text::span::Span;
use crate::text::wording;

/// A runbook and where its verbs stand in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunbookFile {
    /// The runbook.
    pub runbook: Runbook,
    /// The place of each verb, by step and verb.
    pub places: Vec<Vec<VerbPlace>>,
    /// What each step asks for before it does anything.
    pub asks: Vec<Asks>,
    /// The place of the title.
    pub title: Span,
}

/// Where a step says what it asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asks {
    /// The place of what stands under `for`; none without it.
    pub targets: Option<Span>,
    /// The place of what stands under `when`; none without it.
    pub when: Option<Span>,
}

/// Where a verb stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerbPlace {
    /// The place in bytes.
    pub span: Span,
    /// The line, from 1.
    pub line: usize,
}

impl RunbookFile {
    /// The line and the words of the verb at `place`.
    pub fn verb_text(&self, place: Place) -> Option<(usize, String)> {
        let verb = self.runbook.steps.get(place.step)?.verbs.get(place.verb)?;
        let line = self.places.get(place.step)?.get(place.verb)?.line;
        Some((line, format!("`{}`", language::print_verb(*verb))))
    }
}

/// The most steps of a runbook: far more than the bound on the actions of a run lets anybody use.
pub const STEPS_MAX: usize = 200;

/// What a runbook file may contain.
pub const RUNBOOK: Table = Table {
    doc: "A runbook: steps in order, followed by somebody who sees only what an operator sees.",
    keys: &[
        Key {
            name: "schema",
            doc: "The version of this format, 1.",
            required: true,
            shape: Shape::Whole(1, 1),
        },
        Key {
            name: "title",
            doc: "What the runbook is called.",
            required: true,
            shape: Shape::Text,
        },
        Key {
            name: "step",
            doc: "The steps, in order.",
            required: true,
            shape: Shape::Tables(&STEP),
        },
    ],
};

const STEP: Table = Table {
    doc: "A step: verbs, done once or to targets.",
    keys: &[
        Key { name: "title", doc: "What the step is called.", required: false, shape: Shape::Text },
        Key {
            name: "source",
            doc: "Where the step comes from.",
            required: false,
            shape: Shape::Text,
        },
        Key {
            name: "for",
            doc: "What it is done to: `protocols`, `services`, a component, or a list of these; those installed when the step begins.",
            required: false,
            shape: Shape::OneOrMany(&Shape::Name(target_words)),
        },
        Key {
            name: "each",
            doc: "Whether the targets are taken `one at a time` (the default) or `together`.",
            required: false,
            shape: Shape::Word(each_words),
        },
        Key {
            name: "when",
            doc: "Facts that must all hold when the step begins.",
            required: false,
            shape: Shape::OneOrMany(&Shape::Word(condition_words)),
        },
        Key {
            name: "do",
            doc: "Verbs, in order: `remove`, `restart`, `install`, `reapply service pack`, `try`, `share again`, or a literal action.",
            required: true,
            shape: Shape::OneOrMany(&Shape::Name(verb_words)),
        },
        Key {
            name: "finally",
            doc: "Whether the step runs even after a repair or a refusal; false unless given.",
            required: false,
            shape: Shape::Flag,
        },
    ],
};

fn target_words() -> Vec<&'static str> {
    let mut words = vec![Target::Protocols.id(), Target::Services.id()];
    words.extend(Component::ALL.map(Component::id));
    words
}

fn each_words() -> Vec<&'static str> {
    Each::ALL.map(Each::id).to_vec()
}

fn condition_words() -> Vec<&'static str> {
    Condition::ALL.map(Condition::id).to_vec()
}

fn verb_words() -> Vec<&'static str> {
    Verb::PLAIN.iter().filter_map(|it| it.plain_id()).collect()
}

/// Reads a runbook file: the runbook, where the file has no error, and all that there is to say.
pub fn read(source: &str) -> (Option<RunbookFile>, Diagnostics) {
    read::read(source, &RUNBOOK, |view, said| {
        if view.has("host") && !view.has("step") {
            let help = "run it with `imc4087 run`, and name a runbook here";
            let message = "this is a scenario, not a runbook";
            said.error("not-a-runbook", view.key_span("host"), message, "", Some(help.to_owned()));
        }
        let lines = Lines::of(source);
        let steps = view.tables("step");
        let span = view.value_span("step");
        if view.has("step") && steps.is_empty() && !said.has_error_in(&span) {
            let help = "add a [[step]] with `do`".to_owned();
            said.error("no-steps", span, "the runbook has no step", "", Some(help));
        }
        if steps.len() > STEPS_MAX {
            let message = format!("the runbook has {} steps, at most {STEPS_MAX}", steps.len());
            let help = "write one step with `for` instead of a step for each component".to_owned();
            said.error("too-many-steps", view.key_span("title"), message, "", Some(help));
            return None;
        }
        let mut runbook = Runbook {
            title: view.text("title").map_or_else(String::new, |it| it.value),
            steps: Vec::new(),
        };
        let mut places = Vec::new();
        let mut asks = Vec::new();
        for table in steps {
            let place = |key| table.has(key).then(|| table.value_span(key));
            asks.push(Asks { targets: place("for"), when: place("when") });
            let (step, spans) = read_step(source, &lines, &table, said);
            runbook.steps.push(step);
            places.push(spans);
        }
        let tries = runbook.steps.iter().any(|it| it.verbs.contains(&Verb::Try));
        if !tries && !runbook.steps.is_empty() && !said.has_errors() {
            let span = view.key_span("title");
            let help = "add `try` where the IMC should be started".to_owned();
            said.warning("never-tries", span, "no step tries the IMC", "", Some(help));
        }
        let title = view.value_span("title");
        Some(RunbookFile { runbook, places, asks, title })
    })
}

fn read_step(
    source: &str,
    lines: &Lines,
    table: &View<'_>,
    said: &mut Diagnostics,
) -> (RunbookStep, Vec<VerbPlace>) {
    let targets = table.has("for").then(|| read_targets(table, said));
    let mut verbs = Vec::new();
    let mut spans = Vec::new();
    for placed in table.texts("do") {
        match language::parse_verb(&placed.value) {
            Ok(verb) => {
                if matches!(verb, Verb::Remove | Verb::Install) && targets.is_none() {
                    warn_no_target(&placed, said);
                }
                verbs.push(verb);
                let line = lines.number(placed.span.start);
                spans.push(VerbPlace { span: placed.span, line });
            }
            Err(unclear) => unclear.say(source, &placed, said),
        }
    }
    if table.has("do") && verbs.is_empty() && !said.has_error_in(&table.value_span("do")) {
        let help = format!("one or more of {}", wording::quoted_either(&verb_words()));
        said.error("no-verbs", table.value_span("do"), "the step does nothing", "", Some(help));
    }
    if targets.is_none() && table.has("each") {
        let message = "`each` does nothing in a step without `for`";
        let help = "name targets with `for`, or leave `each` out".to_owned();
        said.warning("no-target", table.key_span("each"), message, "", Some(help));
    }
    let when = read_conditions(table, said);
    let each = table.text("each").filter(|it| it.value == Each::Together.id());
    let text = |key| table.text(key).map_or_else(String::new, |it: Placed<String>| it.value);
    let step = RunbookStep {
        title: text("title"),
        source: text("source"),
        targets,
        each: each.map_or(Each::OneAtATime, |_| Each::Together),
        when,
        verbs,
        finally: table.flag("finally").is_some_and(|it| it.value),
    };
    (step, spans)
}

fn warn_no_target(placed: &Placed<String>, said: &mut Diagnostics) {
    said.warning(
        "no-target",
        placed.span.clone(),
        format!("`{}` does nothing in a step without `for`", placed.value.trim()),
        "",
        Some(format!("name targets with `for`, or write `{} COMPONENT`", placed.value.trim())),
    );
}

fn read_targets(table: &View<'_>, said: &mut Diagnostics) -> Targets {
    let mut named = Vec::new();
    for placed in table.texts("for") {
        if let Some(target) = Target::named(placed.value.trim()) {
            named.push(target);
            continue;
        }
        let near = wording::near(&placed.value, ["protocols", "services"]);
        let component = language::component(&placed.value, 0..0).err().map(|it| it.help);
        let help = match (near, component.filter(|it| it.ends_with('?'))) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(help)) => help,
            (None, None) => {
                "write `protocols`, `services` or a component, as in `tcpip`".to_owned()
            }
        };
        let message = if placed.value.trim().is_empty() {
            "the target is missing".to_owned()
        } else {
            format!("no component is called `{}`", wording::clipped(&placed.value, 60))
        };
        said.error("unknown-component", placed.span, message, "", Some(help));
    }
    if table.texts("for").is_empty() && !said.has_error_in(&table.value_span("for")) {
        let help = "leave `for` out for a step without targets".to_owned();
        let span = table.value_span("for");
        said.error("no-target-named", span, "`for` names nothing", "", Some(help));
    }
    let given: Vec<Component> = named
        .iter()
        .flat_map(|it| match it {
            Target::Protocols => Components::PROTOCOLS.iter().collect(),
            Target::One(component) if component.kind() == Kind::Protocol => vec![*component],
            Target::One(_) | Target::Services => Vec::new(),
        })
        .collect();
    if !given.is_sorted() {
        said.warning(
            "protocol-order",
            table.value_span("for"),
            "the order of these protocols has no effect",
            "protocols are taken in the order of the dialog",
            Some("write a step for each protocol to take them in another order".to_owned()),
        );
    }
    Targets::new(named)
}

fn read_conditions(table: &View<'_>, said: &mut Diagnostics) -> Vec<Condition> {
    let texts = table.texts("when");
    let when: Vec<Condition> = texts
        .iter()
        .filter_map(|text| Condition::ALL.into_iter().find(|it| it.id() == text.value))
        .collect();
    let never = [
        (Condition::OneProtocol, Condition::SeveralProtocols),
        (Condition::ServicePackApplied, Condition::NoServicePack),
    ];
    for (one, other) in never {
        if when.contains(&one) && when.contains(&other) {
            let message = format!("`{}` and `{}` never hold together", one.id(), other.id());
            let help = "the step is never taken; write two steps".to_owned();
            said.warning("contradiction", table.value_span("when"), message, "", Some(help));
        }
    }
    when
}
