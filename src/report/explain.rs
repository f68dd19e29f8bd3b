//! What a word of this program means: its claim, its source, and where it is used.

use super::article::fired_in;
use super::article::rules_from;
use super::columns;
use super::run::Item;
use super::style;
use super::words;
use crate::model::action::ActionKind;
use crate::model::article::Statement;
use crate::model::component::Component;
use crate::model::component::Kind;
use crate::model::event::Event;
use crate::model::fact::Fact;
use crate::model::host::Exchange;
use crate::model::property::Property;
use crate::model::refusal::Refusal;
use crate::model::rule::RuleId;
use crate::model::rule::Source;
use crate::model::runbook::Condition;
use crate::model::runbook::Verb;
use crate::model::set::Components;
use crate::model::start::StartFailure;
use crate::text::wording;

/// Something that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// A rule of the model.
    Rule(RuleId),
    /// A property of a run.
    Property(Property),
    /// A kind of action.
    Action(ActionKind),
    /// A component of the host.
    Component(Component),
    /// The events with one id.
    Event(u16),
    /// An error that the operator is shown.
    Error(u16),
    /// The reason of a refusal.
    Refusal(Refusal),
    /// A verb of a runbook.
    Verb(Verb),
    /// A condition of a runbook.
    Condition(Condition),
    /// A statement of the article.
    Statement(Statement),
    /// A fact from another document.
    Fact(Fact),
}

impl Topic {
    /// All topics, grouped by kind.
    pub fn all() -> Vec<Self> {
        let mut events: Vec<u16> = Event::ALL.map(Event::id).to_vec();
        events.sort_unstable();
        events.dedup();
        let mut errors: Vec<u16> = StartFailure::ALL.map(StartFailure::error).to_vec();
        errors.extend(Refusal::ALL.iter().filter_map(|it| it.error()));
        errors.sort_unstable();
        errors.dedup();
        let mut all: Vec<Self> = Vec::new();
        all.extend(RuleId::ALL.map(Self::Rule));
        all.extend(Property::ALL.map(Self::Property));
        all.extend(ActionKind::ALL.map(Self::Action));
        all.extend(Component::ALL.map(Self::Component));
        all.extend(events.into_iter().map(Self::Event));
        all.extend(errors.into_iter().map(Self::Error));
        all.extend(Refusal::ALL.map(Self::Refusal));
        all.extend(Verb::PLAIN.map(Self::Verb));
        all.extend(Condition::ALL.map(Self::Condition));
        all.extend(Statement::ALL.map(Self::Statement));
        all.extend(Fact::ALL.iter().copied().map(Self::Fact));
        all
    }

    /// The topics called `word`, whatever the case; a component by the dialog's name too.
    pub fn named(word: &str) -> Vec<Self> {
        let word = word.trim();
        let component = Component::named(word).map(Self::Component);
        let named = |it: &Self| component == Some(*it) || it.id().eq_ignore_ascii_case(word);
        Self::all().into_iter().filter(named).collect()
    }

    /// The word.
    pub fn id(self) -> String {
        match self {
            Self::Rule(it) => it.id().to_owned(),
            Self::Property(it) => it.id().to_owned(),
            Self::Action(it) => it.id().to_owned(),
            Self::Component(it) => it.id().to_owned(),
            Self::Event(it) | Self::Error(it) => it.to_string(),
            Self::Refusal(it) => it.id().to_owned(),
            Self::Verb(it) => it.plain_id().unwrap_or_default().to_owned(),
            Self::Condition(it) => it.id().to_owned(),
            Self::Statement(it) => it.id().to_owned(),
            Self::Fact(it) => format!("F{}", it.number),
        }
    }

    /// What kind of thing it is.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Rule(_) => "rule",
            Self::Property(_) => "property",
            Self::Action(_) => "action",
            Self::Component(_) => "component",
            Self::Event(_) => "event",
            Self::Error(_) => "error",
            Self::Refusal(_) => "refusal",
            Self::Verb(_) => "verb of a runbook",
            Self::Condition(_) => "condition of a runbook",
            Self::Statement(_) => "statement of the article",
            Self::Fact(_) => "fact from another document",
        }
    }

    /// The claim, in a sentence.
    fn claim(self) -> String {
        match self {
            Self::Rule(it) if !it.rule().on => format!("{} (Off by default.)", it.rule().claim),
            Self::Rule(it) => it.rule().claim.to_owned(),
            Self::Property(it) => it.holds_when().to_owned(),
            Self::Action(it) => it.does().to_owned(),
            Self::Component(it) => it.name().to_owned(),
            Self::Event(id) => event_claim(id),
            Self::Error(id) => error_claim(id),
            Self::Refusal(it) => sentence(it.says()),
            Self::Verb(it) => it.does().to_owned(),
            Self::Condition(it) => it.says().to_owned(),
            Self::Statement(it) => it.says().to_owned(),
            Self::Fact(it) => it.says.to_owned(),
        }
    }
}

/// `text` with a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    let first: String = rest.next().map_or_else(String::new, |it| it.to_uppercase().collect());
    format!("{first}{}.", rest.as_str())
}

fn event_claim(id: u16) -> String {
    let descriptions: Vec<String> = Event::ALL
        .into_iter()
        .filter(|it| it.id() == id)
        .map(|it| it.description(Exchange::V50))
        .collect();
    descriptions.first().cloned().unwrap_or_default()
}

fn error_claim(id: u16) -> String {
    let failure = StartFailure::ALL.into_iter().find(|it| it.error() == id);
    let refusal = Refusal::ALL.into_iter().find(|it| it.error() == Some(id));
    match (failure, refusal) {
        (Some(failure), _) => failure.error_text().to_owned(),
        (None, Some(refusal)) => sentence(refusal.says()),
        (None, None) => String::new(),
    }
}

/// The list of everything that can be explained.
pub fn list() -> String {
    let mut out = String::new();
    let mut kind = "";
    for topic in Topic::all() {
        if topic.kind() != kind {
            kind = topic.kind();
            let gap = if out.is_empty() { "" } else { "\n" };
            let head = style::in_style(style::HEAD, &plural_kind(topic));
            out.push_str(&format!("{gap}{head}\n"));
        }
        let claim = topic.claim();
        let id = topic.id();
        let indent = if id.len() > 22 { 42 } else { 26 };
        out.push_str(&columns::hanging(&format!("  {id}"), indent, &claim));
    }
    out
}

fn plural_kind(topic: Topic) -> String {
    match topic {
        Topic::Property(_) => "properties".to_owned(),
        Topic::Verb(_) => "verbs of a runbook".to_owned(),
        Topic::Condition(_) => "conditions of a runbook".to_owned(),
        Topic::Statement(_) => "statements of the article".to_owned(),
        Topic::Fact(_) => "facts from other documents".to_owned(),
        Topic::Rule(_)
        | Topic::Action(_)
        | Topic::Component(_)
        | Topic::Event(_)
        | Topic::Error(_)
        | Topic::Refusal(_) => format!("{}s", topic.kind()),
    }
}

/// A page about `topic`; `items` is the pack, for where it is used.
pub fn page(topic: Topic, items: &[Item]) -> String {
    let head = style::in_style(style::HEAD, &topic.id());
    let mut page = Page { out: format!("{head}  {}\n\n", topic.kind()) };
    page.out.push_str(&columns::hanging("", 2, &topic.claim()));
    page.out.push('\n');
    match topic {
        Topic::Rule(it) => rule_page(&mut page, it, items),
        Topic::Property(it) => {
            let gate = if it.gates() {
                "a run that breaks it fails"
            } else {
                "advice: reported, never a failure"
            };
            page.line("gate", gate);
            page.line("broken", &sentence(it.broken_by()));
            page.line("judged", "On the trace, never on what the technician says of itself.");
        }
        Topic::Action(it) => action_page(&mut page, it),
        Topic::Component(it) => component_page(&mut page, it),
        Topic::Event(id) => event_page(&mut page, id),
        Topic::Error(id) => error_page(&mut page, id),
        Topic::Refusal(it) => {
            page.line("answers", it.given_by().form());
            page.line("effect", "The host stays as it was; the run breaks never-refused.");
        }
        Topic::Verb(_) => page.line("where", "Under `do` in a [[step]] of a runbook."),
        Topic::Condition(_) => {
            page.line(
                "where",
                "Under `when` in a [[step]] of a runbook; looked up when the step begins.",
            );
        }
        Topic::Statement(it) => {
            page.line("section", it.section());
            page.list("rules", rules_from(it).into_iter().map(|it| it.id().to_owned()));
            page.list("scenarios", shown_in(items, it));
            page.list("tests", it.tests().iter().map(|it| (*it).to_owned()));
        }
        Topic::Fact(it) => {
            page.line("document", it.documents);
            page.list("rules", rules_leaning_on(it).into_iter().map(|it| it.id().to_owned()));
            let of = |component: &Component| component.losses().contains(&it);
            page.list(
                "loss of",
                Component::ALL.iter().filter(|it| of(it)).map(|it| it.id().to_owned()),
            );
        }
    }
    page.out
}

/// A page under construction.
struct Page {
    out: String,
}

impl Page {
    fn line(&mut self, name: &str, text: &str) {
        self.out.push_str(&columns::hanging(&format!("  {name}"), 14, text));
    }

    fn list(&mut self, name: &str, texts: impl Iterator<Item = String>) {
        let texts: Vec<String> = texts.collect();
        if !texts.is_empty() {
            self.line(name, &texts.join(", "));
        }
    }

    fn facts(&mut self, name: &str, facts: &[Fact]) {
        for (index, fact) in facts.iter().enumerate() {
            let text = format!("F{}: {} ({})", fact.number, fact.says, fact.documents);
            self.line(if index == 0 { name } else { "" }, &text);
        }
    }
}

fn shown_in(items: &[Item], statement: Statement) -> impl Iterator<Item = String> {
    items
        .iter()
        .filter(move |item| {
            item.played.as_ref().is_some_and(|it| it.scenario.shows.contains(&statement))
        })
        .map(|it| words::short_path(&it.file.path).to_owned())
}

fn rules_leaning_on(fact: Fact) -> Vec<RuleId> {
    let leans = |rule: &RuleId| {
        let it = rule.rule();
        let source = match it.source {
            Source::Documented(facts) => facts,
            Source::Article(_) | Source::Assumption(_) => &[],
        };
        source.contains(&fact) || it.also.contains(&fact)
    };
    RuleId::ALL.into_iter().filter(leans).collect()
}

fn rule_page(page: &mut Page, rule: RuleId, items: &[Item]) {
    let it = rule.rule();
    match it.source {
        Source::Article(statements) => {
            for (index, statement) in statements.iter().enumerate() {
                let text = format!("article, {}: {}", statement.section(), statement.says());
                page.line(if index == 0 { "source" } else { "" }, &text);
            }
        }
        Source::Documented(facts) => page.facts("documented", facts),
        Source::Assumption(reason) => page.line("assumption", &sentence(reason)),
    }
    page.facts("see also", it.also);
    page.line("otherwise", it.otherwise);
    page.list("fires at", rule.decides().iter().map(|it| it.id().to_owned()));
    let fired = fired_in(items, rule);
    page.list("scenarios", fired.iter().map(|it| words::short_path(it).to_owned()));
    page.line("test", &format!("rules::{}", rule.id().replace('-', "_")));
    let switch = if it.on {
        format!("believed; `without = [\"{}\"]` in a scenario switches it off", rule.id())
    } else {
        format!("not believed; `with = [\"{}\"]` in a scenario switches it on", rule.id())
    };
    page.line("switch", &switch);
}

fn action_page(page: &mut Page, kind: ActionKind) {
    page.line("form", kind.form());
    let rules = RuleId::ALL.into_iter().filter(|it| it.decides().contains(&kind));
    page.list("rules", rules.map(|it| it.id().to_owned()));
    let refusals = Refusal::ALL.into_iter().filter(|it| it.given_by() == kind);
    page.list("refusals", refusals.map(|it| format!("{} ({})", it.id(), it.says())));
}

fn component_page(page: &mut Page, component: Component) {
    let kind = match component.kind() {
        Kind::Protocol => "Protocols tab",
        Kind::Service => "Services tab",
        Kind::Base => "Services tab; a base service, there after every set-up",
    };
    page.line("listed on", kind);
    if Components::TRANSPORTS.has(component) {
        page.line(
            "transport",
            "carries the Server service and the shares under either reading of the NOTE",
        );
    } else if Components::PROTOCOLS.has(component) {
        page.line(
            "transport",
            "none: counts for the shares unless only-transports-carry-shares is believed",
        );
    }
    page.list("sequences", component.sequences().iter().map(|it| (*it).to_owned()));
    let lower = component.bound_to();
    if lower.is_empty() {
        page.line("bound to", "network adapter");
    } else {
        page.line(
            "bound to",
            &format!(
                "{}, where installed",
                wording::list(&lower.iter().map(|it| it.id()).collect::<Vec<_>>())
            ),
        );
    }
    if let Some((brought, rule)) = component.brings() {
        page.line("brings", &format!("{} (rule {})", brought.id(), rule.id()));
    }
    page.facts("removal", component.losses());
    page.facts(if component.losses().is_empty() { "removal" } else { "" }, &[Fact::F138]);
}

fn event_page(page: &mut Page, id: u16) {
    let events: Vec<Event> = Event::ALL.into_iter().filter(|it| it.id() == id).collect();
    if let Some(event) = events.first() {
        page.line("log", event.log().name());
        page.line("source", event.source());
        page.line("category", event.category());
        page.line("type", "Error");
    }
    for (index, event) in events.iter().enumerate().skip(1) {
        page.line(if index == 1 { "also" } else { "" }, &event.description(Exchange::V50));
    }
    let rules =
        StartFailure::ALL.into_iter().filter(|it| it.events().iter().any(|it| it.id() == id));
    page.list("rules", rules.map(|it| it.rule().id().to_owned()));
    page.facts("texts", if id == 4087 { &[] } else { &[Fact::F144] });
}

fn error_page(page: &mut Page, id: u16) {
    let rules = StartFailure::ALL.into_iter().filter(|it| it.error() == id);
    page.list("rules", rules.map(|it| it.rule().id().to_owned()));
    let refusals = Refusal::ALL.into_iter().filter(|it| it.error() == Some(id));
    page.list("refusals", refusals.map(|it| it.id().to_owned()));
    page.facts("texts", if id == 1068 || id == 1075 { &[Fact::F151] } else { &[Fact::F150] });
    if id == 2140 {
        page.facts("beware", &[Fact::F10]);
    }
}
