//! Prints scenarios and runbooks as files that read back as the same values.

use super::expect::Expect;
use super::language;
use super::scenario::Scenario;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::nameplate::Nameplate;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::runbook::Each;
use crate::model::runbook::Runbook;
use crate::model::runbook::Target;
use crate::model::set::Components;
use toml_writer::ToTomlValue;
use toml_writer::TomlStringBuilder;

/// `text` as a TOML string.
fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

/// The texts as a TOML list.
fn listed<S: AsRef<str>>(texts: impl IntoIterator<Item = S>) -> String {
    let quoted: Vec<String> = texts.into_iter().map(|it| quoted(it.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}

/// The actions as a TOML list, for an act of a scenario, with a new line where one would have more than
/// `width` characters.
pub fn actions(actions: &[Action], names: &Nameplate, width: usize) -> String {
    let mut out = String::from("[");
    let mut line = 1;
    for (index, action) in actions.iter().enumerate() {
        let end = if index + 1 == actions.len() { "]" } else { "," };
        let text = quoted(&language::print(*action, names)) + end;
        let long = text.chars().count();
        if index > 0 {
            let full = line + 1 + long > width;
            out.push(if full { '\n' } else { ' ' });
            line = if full { 0 } else { line + 1 };
        }
        out.push_str(&text);
        line += long;
    }
    if actions.is_empty() {
        out.push(']');
    }
    out
}

/// The runbook as a runbook file.
pub fn runbook(runbook: &Runbook) -> String {
    let mut out = format!("schema = 1\ntitle  = {}\n", quoted(&runbook.title));
    for step in &runbook.steps {
        out.push_str("\n[[step]]\n");
        let mut line = |key: &str, value: String| {
            out.push_str(&format!("{key:<6} = {value}\n"));
        };
        if !step.title.is_empty() {
            line("title", quoted(&step.title));
        }
        if !step.source.is_empty() {
            line("source", quoted(&step.source));
        }
        if let Some(targets) = &step.targets {
            line("for", listed(targets.named().iter().map(|it| Target::id(*it))));
        }
        if step.each == Each::Together {
            line("each", quoted(step.each.id()));
        }
        if !step.when.is_empty() {
            line("when", listed(step.when.iter().map(|it| it.id())));
        }
        line("do", listed(step.verbs.iter().map(|it| language::print_verb(*it))));
        if step.finally {
            line("finally", "true".to_owned());
        }
    }
    out
}

/// The scenario as a scenario file.
pub fn scenario(scenario: &Scenario) -> String {
    let mut out = format!("schema  = 1\ntitle   = {}\n", quoted(&scenario.title));
    if !scenario.teaches.is_empty() {
        out.push_str(&format!("teaches = {}\n", quoted(&scenario.teaches)));
    }
    if !scenario.shows.is_empty() {
        out.push_str(&format!("shows   = {}\n", listed(scenario.shows.iter().map(|it| it.id()))));
    }
    let usual = RuleSet::usual();
    let turned = |on: bool| -> Vec<&'static str> {
        let changed = RuleId::ALL.into_iter().filter(|it| usual.believes(*it) != on);
        changed.filter(|it| scenario.rules.believes(*it) == on).map(RuleId::id).collect()
    };
    for (key, rules) in [("with", turned(true)), ("without", turned(false))] {
        if !rules.is_empty() {
            out.push_str(&format!("{key:<7} = {}\n", listed(rules)));
        }
    }
    out.push_str(&host(scenario));
    for act in &scenario.acts {
        let actions = act.actions.iter().map(|it| language::print(it.value, &scenario.names));
        out.push_str(&format!("\n[[act]]\ndo     = {}\n", listed(actions)));
        if act.expect.count() > 0 {
            out.push_str(&format!("expect = {}\n", expect(&act.expect, &scenario.names)));
        }
    }
    for entry in &scenario.runbooks {
        out.push_str(&format!("\n[[runbook]]\nfile   = {}\n", quoted(&entry.file.value)));
        match entry.breaks.value {
            None => out.push_str("holds  = true\n"),
            Some(breaks) => {
                out.push_str(&format!("breaks = {}\n", listed(breaks.iter().map(Property::id))));
            }
        }
    }
    out
}

fn ids(components: Components) -> Vec<&'static str> {
    components.iter().map(Component::id).collect()
}

fn host(scenario: &Scenario) -> String {
    let (host, names) = (&scenario.host, &scenario.names);
    let mut out = format!(
        "\n[host]\nname     = {}\nexchange = {}\nimc      = {}\n",
        quoted(&names.computer),
        quoted(host.exchange.id()),
        quoted(host.imc.id())
    );
    if let Some(history) = &scenario.history {
        let set_up = format!("set up nt {}", history.os.id());
        let actions = history.actions.iter().map(|it| language::print(*it, names));
        out.push_str(&format!("history  = {}\n", listed(std::iter::once(set_up).chain(actions))));
    } else {
        let optional = host.installed.less(Components::BASE);
        out.push_str(&format!(
            "os       = {}\nupgraded = {}\nservice-pack = {}\ncomponents = {}\ndamaged  = {}\n",
            quoted(host.os.id()),
            host.upgraded,
            host.service_pack,
            listed(ids(optional)),
            listed(ids(host.damaged))
        ));
    }
    for share in &names.shares {
        out.push_str(&format!(
            "\n[[host.share]]\nname   = {}\npath   = {}\nremark = {}\n",
            quoted(&share.name),
            quoted(&share.path),
            quoted(&share.remark)
        ));
    }
    out
}

fn expect(expect: &Expect, names: &Nameplate) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut part = |key: &str, value: Option<String>| {
        if let Some(value) = value {
            parts.push(format!("{key} = {value}"));
        }
    };
    part("event", expect.event.as_ref().map(|it| it.value.to_string()));
    part("error", expect.error.as_ref().map(|it| it.value.to_string()));
    part("refused", expect.refused.as_ref().map(|it| quoted(it.value.id())));
    part("imc", expect.imc.as_ref().map(|it| quoted(it.value.id())));
    part("lost", expect.lost.as_ref().map(|it| listed(names.share_names(it.value))));
    part("installed", expect.installed.as_ref().map(|it| listed(ids(it.value))));
    part("restarts", expect.restarts.as_ref().map(|it| it.value.to_string()));
    part("rules", expect.rules.as_ref().map(|it| listed(it.value.iter().map(RuleId::id))));
    format!("{{ {} }}", parts.join(", "))
}
