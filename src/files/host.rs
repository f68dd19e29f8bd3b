//! The `[host]` table of a scenario: a host by its history or by facts.

use super::language;
use super::read::View;
use super::shape::Key;
use super::shape::Shape;
use super::shape::Table;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::nameplate::Share;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::model::step::step;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Placed;
use crate::text::wording;

/// What `[host]` may contain.
pub const HOST: Table = Table {
    doc: "The first host, by its history or by facts. The five base services are always there.",
    keys: &[
        Key {
            name: "name",
            doc: "The computer name; HOST unless given.",
            required: false,
            shape: Shape::Text,
        },
        Key {
            name: "exchange",
            doc: "The version of Exchange; 5.0 unless given.",
            required: false,
            shape: Shape::Word(exchange_words),
        },
        Key {
            name: "imc",
            doc: "The state of the IMC; stopped unless given.",
            required: false,
            shape: Shape::Word(imc_words),
        },
        Key {
            name: "history",
            doc: "Actions that led to this host, beginning with `set up nt 3.51` or `set up nt 4.0`.",
            required: false,
            shape: Shape::List(&Shape::Text),
        },
        Key {
            name: "os",
            doc: "Instead of a history: the version of Windows NT; 4.0 unless given.",
            required: false,
            shape: Shape::Word(os_words),
        },
        Key {
            name: "upgraded",
            doc: "Instead of a history: whether the host was NT 3.51 once; false unless given.",
            required: false,
            shape: Shape::Flag,
        },
        Key {
            name: "service-pack",
            doc: "Instead of a history: the service pack applied; 0, none, unless given.",
            required: false,
            shape: Shape::Whole(0, 6),
        },
        Key {
            name: "components",
            doc: "Instead of a history: what is installed beside the base services.",
            required: false,
            shape: Shape::List(&Shape::Name(component_words)),
        },
        Key {
            name: "damaged",
            doc: "Instead of a history: which of the components have corrupted bindings; none unless given.",
            required: false,
            shape: Shape::List(&Shape::Name(component_words)),
        },
        Key {
            name: "share",
            doc: "The folder shares of the host, at most 16.",
            required: false,
            shape: Shape::Tables(&SHARE),
        },
    ],
};

const SHARE: Table = Table {
    doc: "A folder share.",
    keys: &[
        Key { name: "name", doc: "The share name.", required: true, shape: Shape::Text },
        Key { name: "path", doc: "The folder.", required: true, shape: Shape::Text },
        Key { name: "remark", doc: "The remark.", required: false, shape: Shape::Text },
    ],
};

const FACTS: [&str; 5] = ["os", "upgraded", "service-pack", "components", "damaged"];

fn exchange_words() -> Vec<&'static str> {
    Exchange::ALL.map(Exchange::id).to_vec()
}

fn imc_words() -> Vec<&'static str> {
    Imc::ALL.map(Imc::id).to_vec()
}

fn os_words() -> Vec<&'static str> {
    vec!["4.0", "3.51", "nt 4.0", "nt 3.51"]
}

/// The ids of all components, for schemas and suggestions.
pub fn component_words() -> Vec<&'static str> {
    Component::ALL.map(Component::id).to_vec()
}

/// How a host came to be: a fresh set-up, and what was done to it since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct History {
    /// What was set up.
    pub os: Os,
    /// What was done since, oldest first.
    pub actions: Vec<Action>,
}

/// The first host of a scenario, the names beside it, and its history where it was given by one.
#[derive(Clone, Debug)]
pub struct FirstHost {
    /// The host.
    pub host: Host,
    /// The names.
    pub names: Nameplate,
    /// The history; none where the host was given by facts.
    pub history: Option<History>,
}

/// Reads the host and the names beside it.
pub fn read(source: &str, view: &View<'_>, rules: RuleSet, said: &mut Diagnostics) -> FirstHost {
    let names = read_names(view, said);
    let exchange = word(view, "exchange", Exchange::ALL, Exchange::id).unwrap_or(Exchange::V50);
    let given: Vec<&str> = FACTS.into_iter().filter(|it| view.has(it)).collect();
    let (mut host, history) = if view.has("history") {
        if let Some(fact) = given.first() {
            let message = format!("a host has a history or facts, and this one has `{fact}` too");
            let help = "a fact follows from the history: leave it out".to_owned();
            said.error("history-and-facts", view.key_span(fact), message, "", Some(help));
        }
        let (host, history) = read_history(source, view, rules, exchange, &names, said);
        (host, Some(history))
    } else {
        if !view.has("components") {
            let help = "add `history = [\"set up nt 4.0\", ..]`, or `components = [\"tcpip\", ..]`";
            let message = "the host has neither a history nor components";
            said.error("no-host", view.span.clone(), message, "", Some(help.to_owned()));
        }
        (read_facts(view, exchange, said), None)
    };
    host.imc = word(view, "imc", Imc::ALL, Imc::id).unwrap_or(Imc::Stopped);
    host.shares = Shares::first(names.shares.len());
    host.lost = Shares::NONE;
    FirstHost { host, names, history }
}

fn word<T: Copy, const N: usize>(
    view: &View<'_>,
    key: &str,
    all: [T; N],
    id: impl Fn(T) -> &'static str,
) -> Option<T> {
    let text = view.text(key)?;
    all.into_iter().find(|it| id(*it) == text.value)
}

fn read_names(view: &View<'_>, said: &mut Diagnostics) -> Nameplate {
    let computer = view.text("name").map_or_else(|| "HOST".to_owned(), |it| it.value);
    let mut names = Nameplate { computer, shares: Vec::new() };
    let blank = |it: &str| it.is_empty() || it.trim() != it || it.chars().any(char::is_control);
    if blank(&names.computer) || names.computer.chars().count() > 63 {
        let help = "one to 63 characters, without spaces around them".to_owned();
        let span = view.value_span("name");
        said.error("bad-name", span, "this is no computer name", "", Some(help));
    }
    for table in view.tables("share") {
        let (Some(name), Some(path)) = (table.text("name"), table.text("path")) else { continue };
        if blank(&name.value) || name.value.chars().count() > 80 {
            let help = "one to 80 characters, without spaces around them".to_owned();
            said.error("bad-name", name.span, "this is no share name", "", Some(help));
        } else if names.share_named(&name.value).is_some() {
            let message = format!("two shares are called `{}`", wording::clipped(&name.value, 60));
            let help = "share names are unique on a host, whatever the case".to_owned();
            said.error("duplicate-share", name.span, message, "the second of them", Some(help));
        } else {
            let remark = table.text("remark").map_or_else(String::new, |it| it.value);
            names.shares.push(Share { name: name.value, path: path.value, remark });
        }
    }
    if names.shares.len() > Shares::MAX {
        let message = format!("the host has {} shares", names.shares.len());
        let help = format!("the model holds at most {}", Shares::MAX);
        said.error("too-many-shares", view.key_span("share"), message, "", Some(help));
    }
    names
}

fn read_facts(view: &View<'_>, exchange: Exchange, said: &mut Diagnostics) -> Host {
    let listed = read_components(view, "components", said);
    let installed = set_of(&listed).or(Components::BASE);
    let damaged = read_components(view, "damaged", said);
    if !said.has_error_in(&view.value_span("components")) {
        for placed in damaged.iter().filter(|it| !installed.has(it.value)) {
            let message = format!("`{}` is damaged and not installed", placed.value.id());
            let help = format!("add `{}` to `components`", placed.value.id());
            said.error("contradiction", placed.span.clone(), message, "", Some(help));
        }
    }
    let os = view.text("os").filter(|it| it.value.ends_with(Os::Nt351.id()));
    let os = if os.is_some() { Os::Nt351 } else { Os::Nt40 };
    let mut host = Host::consistent(os, exchange, installed, set_of(&damaged).and(installed));
    host.upgraded = view.flag("upgraded").is_some_and(|it| it.value);
    if host.upgraded && host.os == Os::Nt351 {
        let message = "a host with NT 3.51 has not been upgraded yet";
        let help = "leave `upgraded` out, or write `os = \"4.0\"`".to_owned();
        said.error("contradiction", view.key_span("upgraded"), message, "", Some(help));
    }
    if let Some(pack) = view.whole("service-pack").filter(|it| (0..=6).contains(&it.value)) {
        host.service_pack = u8::try_from(pack.value).unwrap_or_default();
        if host.service_pack > host.os.service_pack_max() {
            let message = format!("NT {} has no service pack {}", host.os.id(), pack.value);
            let help = format!("it has 1 to {}", host.os.service_pack_max());
            said.error("contradiction", pack.span, message, "", Some(help));
        }
    }
    for placed in &listed {
        if let Some((brought, _)) = placed.value.brings()
            && !installed.has(brought)
        {
            said.warning(
                "component-alone",
                placed.span.clone(),
                format!("`{}` is listed without `{}`", placed.value.id(), brought.id()),
                "",
                Some(format!("installing the one brings the other: add `{}`", brought.id())),
            );
        }
    }
    host
}

fn set_of(listed: &[Placed<Component>]) -> Components {
    listed.iter().map(|it| it.value).collect()
}

/// The components listed under `key`, each once, with their places.
fn read_components(view: &View<'_>, key: &str, said: &mut Diagnostics) -> Vec<Placed<Component>> {
    let mut listed: Vec<Placed<Component>> = Vec::new();
    for placed in view.texts(key) {
        match language::component(&placed.value, 0..placed.value.len()) {
            Ok(component) if set_of(&listed).has(component) => {
                let message = format!("`{}` is listed twice", component.id());
                let help = "leave one of them out".to_owned();
                said.error("duplicate-component", placed.span, message, "", Some(help));
            }
            Ok(component) => listed.push(placed.with(component)),
            Err(unclear) => {
                said.error(unclear.code, placed.span, unclear.message, "", Some(unclear.help));
            }
        }
    }
    listed
}

/// Plays the history with the same `step` as everything else.
fn read_history(
    source: &str,
    view: &View<'_>,
    rules: RuleSet,
    exchange: Exchange,
    names: &Nameplate,
    said: &mut Diagnostics,
) -> (Host, History) {
    let lines = view.texts("history");
    let os = lines.first().and_then(|it| set_up(&it.value));
    if os.is_none() && !said.has_error_in(&view.value_span("history")) {
        let span = lines.first().map_or_else(|| view.value_span("history"), |it| it.span.clone());
        let help = "begin with `set up nt 3.51` or `set up nt 4.0`".to_owned();
        let message = "a history begins with the set-up of Windows NT";
        said.error("impossible-history", span, message, "", Some(help));
    }
    let mut history = History { os: os.unwrap_or(Os::Nt40), actions: Vec::new() };
    let mut host = Host::fresh(history.os, exchange);
    let place = view.value_span("history");
    for line in lines.iter().skip(1) {
        match language::parse(&line.value, names) {
            Err(unclear) => unclear.say(source, line, said),
            Ok(action) => {
                // What comes after a fault cannot be judged: it may follow from the fault.
                if !said.has_error_in(&place) {
                    host = live(rules, host, action, line, said);
                }
                history.actions.push(action);
            }
        }
    }
    (host, history)
}

/// The version of Windows NT that `text` sets up.
pub fn set_up(text: &str) -> Option<Os> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    Os::ALL.into_iter().find(|it| words == ["set", "up", "nt", it.id()])
}

/// Whether such an action is part of a history: the IMC and the shares are given beside it.
pub const fn in_history(kind: ActionKind) -> bool {
    match kind {
        ActionKind::Remove
        | ActionKind::Install
        | ActionKind::ApplyServicePack
        | ActionKind::Restart
        | ActionKind::Upgrade => true,
        ActionKind::StartImc | ActionKind::CreateIms | ActionKind::Share | ActionKind::Finish => {
            false
        }
    }
}

/// The host after one line of its history.
fn live(
    rules: RuleSet,
    host: Host,
    action: Action,
    line: &Placed<String>,
    said: &mut Diagnostics,
) -> Host {
    if !in_history(action.kind()) {
        let words = wording::clipped(line.value.trim(), 60);
        let message = format!("`{words}` is no part of a history");
        let help = "the IMC and the shares are given beside the history; write it as an [[act]]";
        said.error("impossible-history", line.span.clone(), message, "", Some(help.to_owned()));
        return host;
    }
    match step(rules, &host, action) {
        Ok(step) => step.host,
        Err(refusal) => {
            let words = wording::clipped(line.value.trim(), 60);
            let message = format!("`{words}` is not possible here");
            let ids: Vec<&str> = host.installed.iter().map(Component::id).collect();
            let help = format!(
                "at this point the host has NT {}, service pack {}, and {}",
                host.os.id(),
                host.service_pack,
                wording::list(&ids)
            );
            said.error(
                "impossible-history",
                line.span.clone(),
                message,
                refusal.says(),
                Some(help),
            );
            host
        }
    }
}
