//! What was typed: actions, the commands that Windows NT has, its windows, and the words of the trainer.

use super::screen::Screen;
use super::screen::Window;
use crate::files::language;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::component::Component;
use crate::model::nameplate::Nameplate;
use crate::text::wording;

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Nothing: an empty line.
    Nothing,
    /// An action.
    Act(Action),
    /// `net start` with the name of a service, as it was typed.
    NetStart(String),
    /// `net start` alone.
    NetStarted,
    /// `net stop` with the name of a service, as it was typed.
    NetStop(String),
    /// `net share NAME=PATH`.
    NetShare {
        /// The name.
        name: String,
        /// The path.
        path: String,
    },
    /// `net share NAME`.
    NetShared(String),
    /// `net helpmsg N`.
    HelpMessage(u16),
    /// `ver`.
    Ver,
    /// A window is opened.
    Look(Window),
    /// One event in full.
    Event(usize),
    /// `yes`.
    Yes,
    /// `no`.
    No,
    /// `note TEXT`.
    Note(String),
    /// `notes`.
    Notes,
    /// `undo N`.
    Undo(usize),
    /// `hint`.
    Hint,
    /// `help`.
    Help,
    /// `journal`, `save FILE` or `quit`.
    Outside(Outside),
    /// What is no command: what is said about it.
    Unclear(String),
}

/// What the session cannot do by itself; it is no part of the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outside {
    /// `journal`: show the journal.
    Journal,
    /// `save FILE`: write the journal, or a scenario where the name ends in `.toml`.
    Save(String),
    /// `quit`: leave.
    Quit,
}

/// A word that can be typed, for the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The form; capitals stand for what is filled in.
    pub form: &'static str,
    /// What it does.
    pub does: &'static str,
}

const fn offer(form: &'static str, does: &'static str) -> Offer {
    Offer { form, does }
}

/// What Windows NT itself has: commands, and windows by the names that lead to them.
pub const OF_NT: [Offer; 13] = [
    offer("network services", "Control Panel, Network, tab Services"),
    offer("network protocols", "Control Panel, Network, tab Protocols"),
    offer("network bindings", "Control Panel, Network, tab Bindings"),
    offer("services", "Control Panel, Services"),
    offer("eventviewer", "Event Viewer; `eventviewer N`: one in full"),
    offer("winver", "version and service pack"),
    offer("ver", "the version"),
    offer("net start", "the services that are started"),
    offer("net start msexchangeimc", "starts the mail service"),
    offer("net stop NAME", "says what depends on a service; nothing is stopped here"),
    offer("net share", "the shared folders; `net share NAME` shows one"),
    offer("net share NAME=PATH", "shares a folder again"),
    offer("net helpmsg N", "the text of a message"),
];

/// What only this program has, beside the actions.
pub const OURS: [Offer; 9] = [
    offer("hint", "where to look; again, what it means; the next act; doing it together"),
    offer("yes, no", "answers a question"),
    offer("note TEXT", "writes something down for the debrief"),
    offer("notes", "what was written down"),
    offer("undo N", "takes the last N actions back, 1 unless given; the run is marked"),
    offer("journal", "the run so far, as a journal"),
    offer("save FILE", "the run so far, in a file"),
    offer("quit", "leaves without an end; a journal can be taken up again"),
    offer("help", "this list"),
];

/// The command in `line`, on a host with these names.
pub fn parse(line: &str, names: &Nameplate) -> Command {
    let line = line.trim();
    let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let words: Vec<String> = line.split_whitespace().map(str::to_lowercase).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let Some(window) = window(&words) {
        return Command::Look(window);
    }
    match words.as_slice() {
        [] => Command::Nothing,
        ["yes" | "y"] => Command::Yes,
        ["no" | "n"] => Command::No,
        ["help" | "?", ..] => Command::Help,
        ["hint"] => Command::Hint,
        ["ver"] => Command::Ver,
        ["notes"] => Command::Notes,
        ["journal"] => Command::Outside(Outside::Journal),
        ["quit" | "exit"] => Command::Outside(Outside::Quit),
        ["save"] => Command::Unclear(
            "(Name the file: save my.journal, or save my.toml as a scenario.)".to_owned(),
        ),
        ["save", ..] => Command::Outside(Outside::Save(rest.to_owned())),
        ["note"] => Command::Unclear(
            "(Write the note behind the word: note netbeui came with the upgrade.)".to_owned(),
        ),
        ["note", ..] => Command::Note(rest.to_owned()),
        ["undo"] => Command::Undo(1),
        ["undo", number] => match number.parse() {
            Ok(number @ 1..) => Command::Undo(number),
            Ok(0) | Err(_) => {
                Command::Unclear("(undo takes back the last N actions: undo 1.)".to_owned())
            }
        },
        ["eventviewer" | "eventvwr", number] => match number.parse() {
            Ok(number) => Command::Event(number),
            Err(_) => Command::Unclear(
                "(Event Viewer shows event N of its list: eventviewer 1.)".to_owned(),
            ),
        },
        ["network" | "control", ..] => Command::Unclear(
            "(Windows are opened by name: network services, network protocols, network bindings, \
             services, eventviewer.)"
                .to_owned(),
        ),
        ["reboot" | "shutdown", ..] => Command::Unclear("(Did you mean `restart`?)".to_owned()),
        ["net", ..] => net(&words, rest),
        _ => action(line, first, names),
    }
}

fn window(words: &[&str]) -> Option<Window> {
    let typed = |it: &Window| it.typed().split(' ').eq(words.iter().copied());
    let found = Window::ALL.into_iter().find(typed);
    let viewer = [&["eventvwr"][..], &["event", "viewer"], &["events"]];
    found.or_else(|| viewer.contains(&words).then_some(Window::EventViewer))
}

fn net(words: &[&str], rest: &str) -> Command {
    // The name of a service or of a share is taken as it was typed, in or out of quotes.
    let (_, name) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let name = name.trim();
    match words {
        [_, "start"] => Command::NetStarted,
        [_, "start", ..] => Command::NetStart(name.trim_matches('"').to_owned()),
        [_, "stop", _, ..] => Command::NetStop(name.trim_matches('"').to_owned()),
        [_, "share", ..] => share(name),
        [_, "helpmsg"] => {
            Command::Unclear("The syntax of this command is:\n\nNET HELPMSG\nmessage#".to_owned())
        }
        [_, "helpmsg", number] => match number.parse() {
            Ok(number) => Command::HelpMessage(number),
            Err(_) => Command::Unclear("(A message has a number: net helpmsg 2140.)".to_owned()),
        },
        _ => Command::Unclear(
            "The syntax of this command is:\n\nNET [ HELPMSG | SHARE | START | STOP ]\n\n\
             (NT has more of them; these are what a trainer of this failure needs.)"
                .to_owned(),
        ),
    }
}

/// What stands behind `net share`: a name, or a name and a path, with switches after it.
fn share(rest: &str) -> Command {
    // In quotes, or up to the first switch.
    let argument = |text: &str| {
        let text = text.trim();
        let bare = text.strip_prefix('"').and_then(|it| it.split('"').next());
        bare.unwrap_or_else(|| text.split(" /").next().unwrap_or(text)).trim().to_owned()
    };
    if let Some((name, path)) = rest.split_once('=') {
        return Command::NetShare { name: argument(name), path: argument(path) };
    }
    let takes_away = rest.split_whitespace().any(|it| it.to_lowercase().starts_with("/d"));
    if takes_away {
        let text = "(No share is taken away here: that is no part of this repair.)";
        return Command::Unclear(text.to_owned());
    }
    Command::NetShared(argument(rest))
}

fn action(line: &str, first: &str, names: &Nameplate) -> Command {
    let spaced = line.split_whitespace().collect::<Vec<_>>().join(" ");
    let parsed = language::parse(line, names);
    match parsed.or_else(|unclear| language::parse(&spaced, names).map_err(|_| unclear)) {
        Ok(action) => Command::Act(action),
        Err(unclear) => {
            let kinds = ActionKind::ALL.map(|it| it.id().split(' ').next().unwrap_or_default());
            let first = first.to_lowercase();
            if first == "share" && names.shares.is_empty() {
                return Command::Unclear("(This host shares no folder.)".to_owned());
            }
            let known = kinds.contains(&first.as_str());
            let help = if known || ["reapply", "try"].contains(&first.as_str()) {
                unclear.help
            } else {
                let others = OF_NT.iter().chain(&OURS).map(|it| it.form);
                let known = others.chain(ActionKind::ALL.map(ActionKind::form));
                let near = wording::near(line, known.clone());
                let near = near.or_else(|| wording::near(&first, known));
                return Command::Unclear(format!(
                    "The name specified is not recognized as an\ninternal or external command, \
                     operable program or batch file.\n\n({})",
                    near.map_or_else(
                        || "`help` lists what can be typed.".to_owned(),
                        |it| capital(&wording::did_you_mean(it))
                    )
                ));
            };
            let end = if help.ends_with('?') { "" } else { "." };
            Command::Unclear(format!("({}: {help}{end})", capital(&unclear.message)))
        }
    }
}

/// `text` with a capital letter at its beginning.
pub fn capital(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |it| it.to_uppercase().chain(rest).collect())
}

/// The lines that can be typed at `screen`, for completion: whole ones, or as far as they are fixed.
pub fn lines(screen: &Screen<'_>) -> Vec<String> {
    let fixed = |it: &'static str| {
        let end = it.find(|it: char| it.is_uppercase()).unwrap_or(it.len());
        it.get(..end).unwrap_or(it).to_owned()
    };
    let offers = OF_NT.iter().chain(&OURS).flat_map(|it| it.form.split(", ")).map(fixed);
    let mut lines: Vec<String> = offers.filter(|it| it != "net ").collect();
    for component in Component::ALL {
        let verb = if screen.seen.installed.has(component) { "remove" } else { "install" };
        lines.push(format!("{verb} {}", component.id()));
    }
    let lost = screen.seen.lost.iter().map(|it| screen.names.share_name(it));
    lines.extend(lost.map(|it| format!("share {it}")));
    if screen.seen.service_pack > 0 {
        lines.push(format!("apply service pack {}", screen.seen.service_pack));
    }
    lines.extend(
        ["restart", "start imc", "create ims", "finish repaired", "finish unrepaired"]
            .map(str::to_owned),
    );
    lines.sort();
    lines
}
