//! What a what-if question changes, as it is written on the command line: facts of the host, lists of actions,
//! lines of a history.

use super::host::History;
use super::host::in_history;
use super::host::set_up;
use super::language;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::rule::RuleSet;
use crate::model::set::Components;
use crate::text::wording;

/// A fact of a host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HostFact {
    /// `components=A+B`: these are installed beside the base services, and nothing else.
    Components(Components),
    /// `has=A+B`: these are installed.
    Has(Components),
    /// `lacks=A+B`: these are not.
    Lacks(Components),
    /// `damaged=A+B`: the bindings of these are corrupted, and of nothing else.
    Damaged(Components),
    /// `os=3.51`
    Os(Os),
    /// `service-pack=N`; 0 is none.
    ServicePack(u8),
    /// `upgraded=yes`: the host was NT 3.51 once.
    Upgraded(bool),
    /// `exchange=4.0`
    Exchange(Exchange),
    /// `imc=absent`
    Imc(Imc),
    /// `shares=no`: whether the host has its shares.
    Shares(bool),
}

/// Why a text is no change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoChange {
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub help: String,
}

/// Another line, or other lines, in place of one line of a history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryEdit {
    /// The line, counted from 1, the set-up, as timelines do.
    pub line: usize,
    /// What is set up instead; only in place of the first line, which must have it.
    pub os: Option<Os>,
    /// What is done instead; nothing leaves the line out.
    pub actions: Vec<Action>,
}

impl HostFact {
    /// The keys, in the order in which they are told.
    pub const KEYS: [&str; 10] = [
        "components",
        "has",
        "lacks",
        "damaged",
        "os",
        "service-pack",
        "upgraded",
        "exchange",
        "imc",
        "shares",
    ];

    /// The key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Components(_) => "components",
            Self::Has(_) => "has",
            Self::Lacks(_) => "lacks",
            Self::Damaged(_) => "damaged",
            Self::Os(_) => "os",
            Self::ServicePack(_) => "service-pack",
            Self::Upgraded(_) => "upgraded",
            Self::Exchange(_) => "exchange",
            Self::Imc(_) => "imc",
            Self::Shares(_) => "shares",
        }
    }

    /// The fact that `text` says, which is one of those with `keys`.
    ///
    /// # Errors
    ///
    /// Says what would be right.
    pub fn parse(text: &str, keys: &[&str]) -> Result<Self, String> {
        let (key, value) = text.split_once('=').ok_or("write KEY=VALUE, as in service-pack=3")?;
        if !keys.contains(&key) {
            return Err(wording::instead(key, keys));
        }
        let set = || {
            components(value).map_err(|it| {
                let ids = Component::ALL.map(Component::id);
                format!("no component is called `{it}`: {}", wording::instead(&it, &ids))
            })
        };
        Ok(match key {
            "components" => Self::Components(set()?.or(Components::BASE)),
            "has" => Self::Has(set()?),
            "lacks" => Self::Lacks(set()?),
            "damaged" => Self::Damaged(set()?),
            "os" => Self::Os(word(value, Os::ALL, Os::id).ok_or("write 3.51 or 4.0")?),
            "service-pack" => {
                let number = value.parse().ok().filter(|it| *it <= Os::Nt40.service_pack_max());
                Self::ServicePack(number.ok_or("write a number from 0, none, to 6")?)
            }
            "upgraded" => Self::Upgraded(flag(value)?),
            "exchange" => {
                let found = word(value, Exchange::ALL, Exchange::id);
                Self::Exchange(found.ok_or("write 4.0, 5.0 or 5.5")?)
            }
            "imc" => {
                let found = word(value, Imc::ALL, Imc::id);
                Self::Imc(found.ok_or("write absent, stopped or running")?)
            }
            _ => Self::Shares(flag(value)?),
        })
    }

    /// This fact, with what the components that a host has brought with them as far as `rules` believe it.
    #[must_use]
    pub fn with_brought(self, rules: RuleSet) -> Self {
        let Self::Has(set) = self else { return self };
        let brought = set.iter().filter_map(Component::brings);
        let brought = brought.filter(|(_, rule)| rules.believes(*rule)).map(|(it, _)| it);
        Self::Has(brought.fold(set, Components::with))
    }

    /// `host` with this fact, and what follows from it: what is not installed is neither loaded nor
    /// damaged, and without a service pack no files are older than it. `shares` are those that the
    /// host is meant to have.
    #[must_use]
    pub fn on(self, host: &Host, shares: Shares) -> Host {
        let mut host = *host;
        match self {
            Self::Components(set) => {
                let (more, less) = (set.less(host.installed), host.installed.less(set));
                host = Self::Lacks(less).on(&Self::Has(more).on(&host, shares), shares);
            }
            Self::Has(set) => {
                let new = set.less(host.installed);
                host.installed = host.installed.or(new);
                host.running = host.running.or(new);
            }
            Self::Lacks(set) => {
                host.installed = host.installed.less(set);
                host.running = host.running.less(set);
                host.damaged = host.damaged.less(set);
                host.cd_files = host.cd_files.less(set);
                host.failing = host.failing.less(set);
            }
            Self::Damaged(set) => {
                let otherwise = host.failing.less(host.damaged);
                host.damaged = set;
                host.failing = otherwise.or(set.and(host.running));
            }
            Self::Os(os) => host.os = os,
            Self::ServicePack(number) => {
                host.service_pack = number;
                if number == 0 {
                    host.cd_files = Components::EMPTY;
                    host.failing = host.failing.and(host.damaged);
                }
            }
            Self::Upgraded(flag) => host.upgraded = flag,
            Self::Exchange(exchange) => host.exchange = exchange,
            Self::Imc(imc) => host.imc = imc,
            Self::Shares(flag) => host.shares = if flag { shares } else { Shares::NONE },
        }
        host
    }

    /// Whether it and `other` cannot both be so.
    pub fn contradicts(self, other: Self) -> bool {
        if self.key() == other.key() {
            return self != other && !["has", "lacks"].contains(&self.key());
        }
        let against = |one: Self, two: Self| {
            if let (Self::Has(set), Self::Lacks(gone)) = (one, two) {
                set.meets(gone)
            } else if let (Self::Components(all), Self::Has(set)) = (one, two) {
                !set.within(all)
            } else if let (Self::Components(all), Self::Lacks(set)) = (one, two) {
                set.meets(all)
            } else {
                false
            }
        };
        against(self, other) || against(other, self)
    }

    /// The fact in words.
    pub fn words(self) -> String {
        let list = |set: Components| {
            wording::list(&set.less(Components::BASE).iter().map(Component::id).collect::<Vec<_>>())
        };
        match self {
            Self::Components(set) => format!("installed: {}", list(set)),
            Self::Has(set) => format!("{} installed too", names(set)),
            Self::Lacks(set) => format!("{} not installed", names(set)),
            Self::Damaged(set) => format!("damaged: {}", names(set)),
            Self::Os(os) => format!("NT {}", os.id()),
            Self::ServicePack(0) => "no service pack".to_owned(),
            Self::ServicePack(number) => format!("service pack {number}"),
            Self::Upgraded(true) => "once NT 3.51".to_owned(),
            Self::Upgraded(false) => "never NT 3.51".to_owned(),
            Self::Exchange(exchange) => format!("Exchange {}", exchange.id()),
            Self::Imc(imc) => format!("IMC {}", imc.id()),
            Self::Shares(true) => "with its shares".to_owned(),
            Self::Shares(false) => "without shares".to_owned(),
        }
    }
}

fn names(set: Components) -> String {
    wording::list(&set.iter().map(Component::id).collect::<Vec<_>>())
}

fn word<T: Copy, const N: usize>(
    text: &str,
    all: [T; N],
    id: impl Fn(T) -> &'static str,
) -> Option<T> {
    all.into_iter().find(|it| id(*it) == text)
}

fn flag(text: &str) -> Result<bool, String> {
    match text {
        "yes" | "true" => Ok(true),
        "no" | "false" => Ok(false),
        _ => Err("write yes or no".to_owned()),
    }
}

/// The components in a list like `tcpip+netbeui`.
///
/// # Errors
///
/// Returns the word that names no component.
pub fn components(text: &str) -> Result<Components, String> {
    let words = text.split('+').map(str::trim).filter(|it| !it.is_empty() && *it != "nothing");
    words.map(|it| Component::named(it).ok_or_else(|| it.to_owned())).collect()
}

/// The actions in a list like `restart, start imc`; none for `nothing`.
///
/// # Errors
///
/// Says which part is no action, that something follows `finish`, or that nothing is said.
pub fn actions(text: &str, names: &Nameplate) -> Result<Vec<Action>, NoChange> {
    let mut actions: Vec<Action> = Vec::new();
    let all: Vec<&str> = parts(text).collect();
    if all.is_empty() && text.trim() != "nothing" {
        let help =
            "write actions, as in `restart, start imc`, or `nothing` to end there".to_owned();
        return Err(NoChange { what: "it is not said what is done".to_owned(), help });
    }
    let mut rest = all.as_slice();
    while let [part, more @ ..] = rest {
        if actions.last().is_some_and(|it| it.kind() == ActionKind::Finish) {
            let help = "`finish` ends the run: make it the last action".to_owned();
            return Err(NoChange { what: "nothing can follow `finish`".to_owned(), help });
        }
        // The name of a share may have commas in it.
        let whole = (1..=more.len()).rev().find_map(|count| {
            let text = rest.get(..=count)?.join(", ");
            let found = language::parse(&text, names).ok()?;
            (found.kind() == ActionKind::Share).then_some((found, count))
        });
        if let Some((found, count)) = whole {
            actions.push(found);
            rest = more.get(count..).unwrap_or_default();
        } else {
            actions.push(action(part, names)?);
            rest = more;
        }
    }
    Ok(actions)
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    let all = if text.trim() == "nothing" { "" } else { text };
    all.split(',').map(str::trim).filter(|it| !it.is_empty())
}

fn action(text: &str, names: &Nameplate) -> Result<Action, NoChange> {
    language::parse(text, names)
        .map_err(|unclear| NoChange { what: unclear.message, help: unclear.help })
}

/// The edit that `text` says, as in `upgrade => remove macintosh, restart, upgrade` or `h6 => nothing`.
///
/// # Errors
///
/// When there is no such line, more than one, or what is to stand there is no part of a history.
pub fn history_edit(
    text: &str,
    history: &History,
    names: &Nameplate,
) -> Result<HistoryEdit, NoChange> {
    let form = "write LINE => ACTIONS, as in `upgrade => remove macintosh, restart, upgrade`";
    let (old, new) = text.split_once("=>").ok_or_else(|| NoChange {
        what: format!("`{}` does not say what stands instead", wording::clipped(text, 60)),
        help: form.to_owned(),
    })?;
    let line = line(old.trim(), history, names)?;
    let mut edit = HistoryEdit { line, os: None, actions: Vec::new() };
    for (index, part) in parts(new).enumerate() {
        if index == 0
            && line == 1
            && let Some(os) = set_up(part)
        {
            edit.os = Some(os);
            continue;
        }
        let action = action(part, names)?;
        if !in_history(action.kind()) {
            let help = "the IMC and the shares are facts beside the history: `--host imc=absent`";
            let what = format!("`{part}` is no part of a history");
            return Err(NoChange { what, help: help.to_owned() });
        }
        edit.actions.push(action);
    }
    if line == 1 && edit.os.is_none() {
        let what = "a history begins with the set-up of Windows NT".to_owned();
        let help = "begin with `set up nt 3.51` or `set up nt 4.0`".to_owned();
        return Err(NoChange { what, help });
    }
    Ok(edit)
}

/// The line that `text` names, by its number in a timeline or by its words.
fn line(text: &str, history: &History, names: &Nameplate) -> Result<usize, NoChange> {
    let set_up_words = format!("set up nt {}", history.os.id());
    let actions = history.actions.iter().map(|it| language::print(*it, names));
    let lines: Vec<String> = std::iter::once(set_up_words).chain(actions).collect();
    let all = || {
        let numbered = lines.iter().enumerate().map(|(at, it)| format!("h{} {it}", at + 1));
        format!("its lines are {}", wording::list(&numbered.collect::<Vec<_>>()))
    };
    let number = text.strip_prefix(['h', 'H']).and_then(|it| it.parse::<usize>().ok());
    if let Some(number) = number {
        if (1..=lines.len()).contains(&number) {
            return Ok(number);
        }
        return Err(NoChange { what: format!("the history has no line h{number}"), help: all() });
    }
    let same = |it: &str| it.split_whitespace().eq(text.to_lowercase().split_whitespace());
    let meant = language::parse(text, names).map(|it| language::print(it, names));
    let fits = |it: &&String| same(it) || meant.as_ref() == Ok(*it);
    let found: Vec<usize> = (1..).zip(&lines).filter(|(_, it)| fits(it)).map(|(n, _)| n).collect();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => {
            let what = format!("no line of the history is `{}`", wording::clipped(text, 60));
            Err(NoChange { what, help: all() })
        }
        several => {
            let numbers: Vec<String> = several.iter().map(|it| format!("h{it}")).collect();
            let what = format!("`{text}` stands in the history {} times", several.len());
            let help = format!("name one of {} instead", wording::list(&numbers));
            Err(NoChange { what, help })
        }
    }
}
