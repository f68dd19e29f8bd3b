//! Hosts, changes and sources in words: disk and memory wherever something is explained.

use crate::model::action::Action;
use crate::model::article::Statement;
use crate::model::component::Component;
use crate::model::fact::Fact;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Outcome;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::rule::Source;
use crate::model::set::Components;
use crate::model::start::Fault;
use crate::model::start::Obstacle;
use crate::model::start::StartFailure;
use crate::model::start::obstacles;
use crate::model::trace::Turn;
use crate::text::wording;

/// The ids of `components`, as a list in words.
pub fn ids(components: Components) -> String {
    wording::list(&components.iter().map(Component::id).collect::<Vec<_>>())
}

/// The source of `rule`, as short as it can be and still be looked up: `article, CAUSE`.
pub fn source(rule: RuleId) -> String {
    match rule.rule().source {
        Source::Article(statements) => {
            let mut sections: Vec<&str> =
                statements.iter().map(|it| Statement::section(*it)).collect();
            sections.dedup();
            format!("article, {}", wording::list(&sections))
        }
        Source::Documented(facts) => format!("documented, {}", fact_numbers(facts)),
        Source::Assumption(_) => "assumption".to_owned(),
    }
}

/// What is believed otherwise than usual: `without a, with b`; empty where nothing is.
pub fn rules_otherwise(rules: RuleSet) -> String {
    let usual = RuleSet::usual();
    let other = RuleId::ALL.into_iter().filter(|it| rules.believes(*it) != usual.believes(*it));
    let word = |it| if rules.believes(it) { "with" } else { "without" };
    other.map(|it| format!("{} {}", word(it), it.id())).collect::<Vec<_>>().join(", ")
}

/// The numbers of `facts`: `F13 and F17`.
pub fn fact_numbers(facts: &[Fact]) -> String {
    wording::list(&facts.iter().map(|it| format!("F{}", it.number)).collect::<Vec<_>>())
}

fn service_pack(number: u8) -> String {
    if number == 0 { "no service pack".to_owned() } else { format!("service pack {number}") }
}

/// What the operator sees of the first host.
pub fn first_seen(host: &Host, names: &Nameplate) -> String {
    let past = if host.upgraded { ", once NT 3.51" } else { "" };
    let mut parts = vec![
        format!("NT {}{past}, {}", host.os.id(), service_pack(host.service_pack)),
        format!("Exchange {}, IMC {}", host.exchange.id(), host.imc.id()),
        format!("installed: {}", ids(host.installed.less(Components::BASE))),
    ];
    let missing = Components::BASE.less(host.installed);
    if !missing.is_empty() {
        parts.push(format!("of the base services without {}", ids(missing)));
    }
    if !host.shares.is_empty() {
        parts.push(format!("shared: {}", wording::list(&names.share_names(host.shares))));
    }
    if host.restart_pending {
        parts.push("a restart is due".to_owned());
    }
    parts.join("; ")
}

/// What is hidden in the first host.
pub fn first_hidden(host: &Host) -> String {
    let mut parts = Vec::new();
    if !host.damaged.is_empty() {
        parts.push(format!("disk: damaged {}", ids(host.damaged)));
    }
    if !host.cd_files.is_empty() {
        parts.push(format!("disk: files from the CD of {}", ids(host.cd_files)));
    }
    if host.running != host.installed {
        parts.push(format!(
            "memory: {} as before the last change",
            difference(host.installed, host.running)
        ));
    }
    if host.failing.is_empty() {
        parts.push("memory: nothing fails".to_owned());
    } else {
        parts.push(format!("memory: {} failing", ids(host.failing)));
    }
    parts.join("; ")
}

/// What is in `after` and not in `before`, and the other way round: `+a, -b and -c`.
fn difference(before: Components, after: Components) -> String {
    let added = after.less(before).iter().map(|it| format!("+{}", it.id()));
    let gone = before.less(after).iter().map(|it| format!("-{}", it.id()));
    wording::list(&added.chain(gone).collect::<Vec<_>>())
}

/// What the operator sees of a turn: its message, and what it changed on the screen.
pub fn seen(turn: &Turn, names: &Nameplate) -> String {
    let (before, after) = (&turn.before, turn.after());
    let mut parts = Vec::new();
    match turn.outcome() {
        Outcome::Refused(refusal) => return format!("refused: {}", refusal.says()),
        Outcome::Failed(failure) => parts.push(format!("error {}", failure.error())),
        Outcome::Done => match turn.action {
            Action::Restart => parts.push("restarted".to_owned()),
            Action::Finish(claim) => parts.push(format!("says {}", claim.id())),
            Action::Remove(_)
            | Action::Install(_)
            | Action::ApplyServicePack(_)
            | Action::Upgrade
            | Action::StartImc
            | Action::CreateIms
            | Action::Share(_) => {}
        },
    }
    for event in turn.events().iter() {
        let text = format!("event {}", event.id());
        if !parts.contains(&text) {
            parts.push(text);
        }
    }
    if before.os != after.os {
        parts.push(format!("NT {}", after.os.id()));
    }
    if before.installed != after.installed {
        parts.push(format!("installed: {}", difference(before.installed, after.installed)));
    }
    if before.service_pack != after.service_pack {
        parts.push(service_pack(after.service_pack));
    } else if let Action::ApplyServicePack(number) = turn.action {
        parts.push(format!("{} again", service_pack(number)));
    }
    if before.imc != after.imc {
        parts.push(match after.imc {
            Imc::Absent => "there is no IMC".to_owned(),
            Imc::Stopped => "the IMC is stopped".to_owned(),
            Imc::Running => "the IMC runs".to_owned(),
        });
    }
    let lost = after.lost.less(before.lost);
    if !lost.is_empty() {
        parts.push(format!("no longer shared: {}", wording::list(&names.share_names(lost))));
    }
    let found = before.lost.less(after.lost);
    if !found.is_empty() {
        parts.push(format!("shared: {}", wording::list(&names.share_names(found))));
    }
    if after.restart_pending {
        match turn.action {
            Action::Remove(_) | Action::Install(_) | Action::ApplyServicePack(_) => {
                parts.push("restart asked for".to_owned());
            }
            Action::Restart
            | Action::Upgrade
            | Action::StartImc
            | Action::CreateIms
            | Action::Share(_)
            | Action::Finish(_) => {}
        }
    }
    or_nothing(&parts, "-")
}

/// What a turn changed where nobody looks: the damage and the file level on the disk, and memory.
pub fn hidden(turn: &Turn) -> String {
    let before = &turn.before;
    let mut parts = Vec::new();
    if let Outcome::Failed(failure) = turn.outcome() {
        parts.extend(in_the_way(before, failure));
    }
    for (half, changes) in [("disk", on_disk(turn)), ("memory", in_memory(turn))] {
        if !changes.is_empty() {
            parts.push(format!("{half}: {}", changes.join(", ")));
        }
    }
    or_nothing(&parts, "-")
}

fn on_disk(turn: &Turn) -> Vec<String> {
    let (before, after) = (&turn.before, turn.after());
    let mut parts = Vec::new();
    if let (Action::Remove(component), Ok(_)) = (turn.action, &turn.result)
        && before.damaged.has(component)
    {
        parts.push(format!("{} leaves its damage behind", component.id()));
    }
    if turn.fired().believes(RuleId::LeftoversSurviveUntilRestart) {
        let new = after.installed.less(before.installed).and(after.damaged);
        parts.push(format!("{} as damaged as before", ids(new)));
    }
    let changes = [
        ("now damaged", after.damaged.less(before.damaged)),
        ("damage gone with", before.damaged.less(after.damaged)),
        ("files from the CD for", after.cd_files.less(before.cd_files)),
        (
            "files of the service pack for",
            before.cd_files.less(after.cd_files).and(after.installed),
        ),
    ];
    for (what, components) in changes {
        if !components.is_empty() {
            parts.push(format!("{what} {}", ids(components)));
        }
    }
    parts
}

fn in_memory(turn: &Turn) -> Vec<String> {
    let (before, after) = (&turn.before, turn.after());
    let mut parts = Vec::new();
    if before.running != after.running {
        parts.push(difference(before.running, after.running));
    }
    if before.failing != after.failing {
        parts.push(if after.failing.is_empty() {
            "nothing fails".to_owned()
        } else {
            format!("{} failing", ids(after.failing))
        });
    }
    parts
}

/// Why a start on `host` failed, as the operator cannot see it.
fn in_the_way(host: &Host, failure: StartFailure) -> Vec<String> {
    let missing = |component: Component| {
        let half = if host.installed.has(component) { "on the disk only" } else { "not installed" };
        vec![format!("memory: without {}, which is {half}", component.id())]
    };
    match failure {
        StartFailure::ServerNotRunning if host.running.has(Component::Server) => {
            vec!["memory: no protocol that carries the Server service".to_owned()]
        }
        StartFailure::ServerNotRunning => missing(Component::Server),
        StartFailure::RpcMissing => missing(Component::Rpc),
        StartFailure::TcpipMissing => missing(Component::Tcpip),
        StartFailure::NotRegistered => {
            obstacles(host).iter().map(|it| format!("in the way: {}", obstacle(it))).collect()
        }
    }
}

/// A component that is in the way: its RPC sequence, and what is wrong with it.
pub fn obstacle(obstacle: &Obstacle) -> String {
    let sequence = obstacle.sequence.map_or_else(String::new, |it| format!(" ({it})"));
    let fault = match obstacle.fault {
        Fault::Binding(Some(binding)) => {
            format!("binding {} to {} corrupted", binding.upper.name(), binding.lower.name())
        }
        Fault::Binding(None) => "its bindings corrupted".to_owned(),
        Fault::CdFiles => "files from the CD under the service pack".to_owned(),
        Fault::Memory => "as the last boot loaded it; the disk has changed since".to_owned(),
    };
    format!("{}{sequence}, {fault}", obstacle.component.id())
}

fn or_nothing(parts: &[String], nothing: &str) -> String {
    if parts.is_empty() { nothing.to_owned() } else { parts.join("; ") }
}

/// The name of a scenario file without its folder and ending.
pub fn short_path(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}
