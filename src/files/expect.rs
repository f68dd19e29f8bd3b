//! What a scenario expects after an act, and whether it can ever be so.

use super::host::component_words;
use super::language;
use super::read::View;
use super::shape::Key;
use super::shape::Shape;
use super::shape::Table;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::event::Event;
use crate::model::event::Log;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::refusal::Refusal;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::model::start::StartFailure;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Placed;
use crate::text::span::Span;
use crate::text::wording;

/// What must be so after an act; a key that is absent expects nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expect {
    /// An event with this id was logged during the act.
    pub event: Option<Placed<u16>>,
    /// This error was shown during the act.
    pub error: Option<Placed<u16>>,
    /// An action of the act was refused for this reason.
    pub refused: Option<Placed<Refusal>>,
    /// The state of the IMC.
    pub imc: Option<Placed<Imc>>,
    /// Exactly these shares are lost.
    pub lost: Option<Placed<Shares>>,
    /// Exactly these components are installed; base services count only where one is named.
    pub installed: Option<Placed<Components>>,
    /// So many restarts have been done since the scenario began.
    pub restarts: Option<Placed<u32>>,
    /// These rules fired during the act, others may have.
    pub rules: Option<Placed<RuleSet>>,
}

impl Expect {
    /// How many things it expects.
    pub fn count(&self) -> usize {
        [
            self.event.is_some(),
            self.error.is_some(),
            self.refused.is_some(),
            self.imc.is_some(),
            self.lost.is_some(),
            self.installed.is_some(),
            self.restarts.is_some(),
            self.rules.is_some(),
        ]
        .into_iter()
        .filter(|it| *it)
        .count()
    }
}

/// What `expect` may contain.
pub const EXPECT: Table = Table {
    doc: "What must be so after the act.",
    keys: &[
        Key {
            name: "event",
            doc: "The id of an event logged during the act.",
            required: false,
            shape: Shape::Whole(1, 65_535),
        },
        Key {
            name: "error",
            doc: "An error shown during the act.",
            required: false,
            shape: Shape::Whole(1, 65_535),
        },
        Key {
            name: "refused",
            doc: "Why an action of the act was refused.",
            required: false,
            shape: Shape::Word(refusal_words),
        },
        Key {
            name: "imc",
            doc: "The state of the IMC.",
            required: false,
            shape: Shape::Word(imc_words),
        },
        Key {
            name: "lost",
            doc: "The names of the shares that are lost, no more and no fewer.",
            required: false,
            shape: Shape::List(&Shape::Text),
        },
        Key {
            name: "installed",
            doc: "The components that are installed, no more and no fewer; base services count only where one is named.",
            required: false,
            shape: Shape::List(&Shape::Name(component_words)),
        },
        Key {
            name: "restarts",
            doc: "How many restarts have been done so far.",
            required: false,
            shape: Shape::Whole(0, 10_000),
        },
        Key {
            name: "rules",
            doc: "Rules that fired during the act.",
            required: false,
            shape: Shape::List(&Shape::Word(rule_words)),
        },
    ],
};

fn refusal_words() -> Vec<&'static str> {
    Refusal::ALL.map(Refusal::id).to_vec()
}

fn imc_words() -> Vec<&'static str> {
    Imc::ALL.map(Imc::id).to_vec()
}

/// The ids of all rules, for schemas and suggestions.
pub fn rule_words() -> Vec<&'static str> {
    RuleId::ALL.map(RuleId::id).to_vec()
}

/// What is known where an expectation is read.
#[derive(Debug)]
pub struct Context<'a> {
    /// The rules believed.
    pub rules: RuleSet,
    /// The first host.
    pub first: &'a Host,
    /// The names beside it.
    pub names: &'a Nameplate,
    /// The actions of this act.
    pub act: &'a [Action],
    /// The actions of all acts so far, this one's included.
    pub so_far: &'a [Action],
    /// Whether every action so far is understood; otherwise nothing is said to be impossible.
    pub complete: bool,
}

/// Reads one `expect` table, and complains of what can never be met.
pub fn read(view: &View<'_>, context: &Context<'_>, said: &mut Diagnostics) -> Expect {
    let number =
        |key: &str| view.whole(key).and_then(|it| Some(it.with(u16::try_from(it.value).ok()?)));
    let expect = Expect {
        event: number("event"),
        error: number("error"),
        refused: view.text("refused").and_then(|text| {
            let refusal = Refusal::ALL.into_iter().find(|it| it.id() == text.value)?;
            Some(text.with(refusal))
        }),
        imc: view.text("imc").and_then(|text| {
            Some(text.with(Imc::ALL.into_iter().find(|it| it.id() == text.value)?))
        }),
        lost: view.has("lost").then(|| read_lost(view, context, said)),
        installed: view.has("installed").then(|| read_installed(view, context, said)),
        restarts: view
            .whole("restarts")
            .and_then(|it| Some(it.with(u32::try_from(it.value).ok()?))),
        rules: view.has("rules").then(|| read_rules(view, context, said)),
    };
    if context.complete {
        check_event(&expect, context, said);
        check_error(&expect, context, said);
        check_refused(&expect, context, said);
    }
    expect
}

fn never(span: &Span, message: String, help: String, said: &mut Diagnostics) {
    said.error("never-met", span.clone(), message, "this can never be met", Some(help));
}

fn read_lost(view: &View<'_>, context: &Context<'_>, said: &mut Diagnostics) -> Placed<Shares> {
    let mut kept = context.first.shares;
    for name in view.texts("lost") {
        if let Some(position) = context.names.share_named(&name.value) {
            kept = kept.without(position);
            continue;
        }
        let word = wording::clipped(&name.value, 60);
        let help = language::shares_of(context.names);
        never(&name.span, format!("the host has no share called `{word}`"), help, said);
    }
    Placed::new(context.first.shares.less(kept), view.value_span("lost"))
}

fn read_installed(
    view: &View<'_>,
    context: &Context<'_>,
    said: &mut Diagnostics,
) -> Placed<Components> {
    let possible =
        context.so_far.iter().fold(context.first.installed, |set, action| match action {
            Action::Install(component) => {
                let set = set.with(*component);
                component.brings().map_or(set, |(brought, _)| set.with(brought))
            }
            Action::Remove(_)
            | Action::ApplyServicePack(_)
            | Action::Restart
            | Action::Upgrade
            | Action::StartImc
            | Action::CreateIms
            | Action::Share(_)
            | Action::Finish(_) => set,
        });
    let mut set = Components::EMPTY;
    for placed in view.texts("installed") {
        match language::component(&placed.value, 0..placed.value.len()) {
            Ok(component) if context.complete && !possible.has(component) => {
                let message = format!("`{}` was not there and is never installed", component.id());
                let help = format!("write `install {}` in an act before", component.id());
                never(&placed.span, message, help, said);
            }
            Ok(component) => set = set.with(component),
            Err(it) => said.error(it.code, placed.span, it.message, "", Some(it.help)),
        }
    }
    Placed::new(set, view.value_span("installed"))
}

fn read_rules(view: &View<'_>, context: &Context<'_>, said: &mut Diagnostics) -> Placed<RuleSet> {
    let mut set = RuleSet::NONE;
    for placed in view.texts("rules") {
        if let Some(rule) = RuleId::named(&placed.value) {
            if !context.rules.believes(rule) {
                let message = format!("rule `{}` is switched off in this scenario", rule.id());
                let help = format!("add `with = [\"{}\"]` at the top", rule.id());
                never(&placed.span, message, help, said);
            }
            set = set.with(rule);
        }
    }
    if set.is_empty() && !said.has_errors() {
        let help = "name a rule that must fire, or leave the key out".to_owned();
        never_fails(&view.value_span("rules"), "`rules` names no rule", help, said);
    }
    Placed::new(set, view.value_span("rules"))
}

fn never_fails(span: &Span, message: &str, help: String, said: &mut Diagnostics) {
    said.error("never-fails", span.clone(), message, "this expects nothing", Some(help));
}

fn check_event(expect: &Expect, context: &Context<'_>, said: &mut Diagnostics) {
    let Some(event) = &expect.event else { return };
    let same: Vec<Event> = Event::ALL.into_iter().filter(|it| it.id() == event.value).collect();
    if same.is_empty() {
        let mut ids: Vec<u16> = Event::ALL.map(Event::id).to_vec();
        ids.sort_unstable();
        ids.dedup();
        let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        let message = format!("the model never logs event {}", event.value);
        never(&event.span, message, format!("it logs {}", wording::list(&ids)), said);
        return;
    }
    let boots = context.act.iter().any(|it| matches!(it, Action::Restart | Action::Upgrade));
    let tries = context.act.iter().any(|it| it.is_try());
    let at_try = same.iter().any(|it| it.log() == Log::Application || *it == Event::ImcNeedsTcpip);
    let at_boot = same.iter().any(|it| it.log() == Log::System && *it != Event::ImcNeedsTcpip);
    if !(at_try && tries || at_boot && boots) {
        let message = format!("nothing in this act can log event {}", event.value);
        let help = if at_try {
            "a start logs it: add `start imc` or `create ims` to the act"
        } else {
            "a boot logs it: add `restart` to the act"
        };
        never(&event.span, message, help.to_owned(), said);
    }
}

fn check_error(expect: &Expect, context: &Context<'_>, said: &mut Diagnostics) {
    let Some(error) = &expect.error else { return };
    let mut known: Vec<u16> = StartFailure::ALL.map(StartFailure::error).to_vec();
    known.extend(Refusal::ALL.iter().filter_map(|it| it.error()));
    known.dedup();
    if !known.contains(&error.value) {
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        let message = format!("the model never shows error {}", error.value);
        never(&error.span, message, format!("it shows {}", wording::list(&known)), said);
        return;
    }
    let refusal = Refusal::ALL.into_iter().find(|it| it.error() == Some(error.value));
    let possible = match refusal {
        Some(refusal) => context.act.iter().any(|it| it.kind() == refusal.given_by()),
        None => context.act.iter().any(|it| it.is_try()),
    };
    if !possible {
        let message = format!("nothing in this act can show error {}", error.value);
        let form = refusal.map_or("start imc", |it| it.given_by().form());
        never(&error.span, message, format!("`{form}` shows it: add one to the act"), said);
    }
}

fn check_refused(expect: &Expect, context: &Context<'_>, said: &mut Diagnostics) {
    let Some(refused) = &expect.refused else { return };
    let kind: ActionKind = refused.value.given_by();
    if !context.act.iter().any(|it| it.kind() == kind) {
        let message = format!("nothing in this act can be refused as `{}`", refused.value.id());
        let help = format!("that is the answer to `{}`", kind.form());
        never(&refused.span, message, help, said);
    }
}
