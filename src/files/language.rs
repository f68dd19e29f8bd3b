//! The action language: one parser and one printer for every place where actions are written.

use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::action::Claim;
use crate::model::component::Component;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::runbook::Verb;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Placed;
use crate::text::span::Span;
use crate::text::span::within_string;
use crate::text::wording;

/// Why a text is no action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The part of the text that is not understood, in bytes.
    pub at: Span,
    /// A kebab-case code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What would be right.
    pub help: String,
}

impl Unclear {
    /// Says so, about a string that was read from `placed`.
    pub fn say(self, source: &str, placed: &Placed<String>, said: &mut Diagnostics) {
        let span = within_string(source, &placed.span, &placed.value, &self.at);
        said.error(self.code, span, self.message, "", Some(self.help));
    }
}

/// The words of `text` with their places, split at white space.
fn words(text: &str) -> Vec<(Span, &str)> {
    let mut rest = 0;
    text.split_whitespace()
        .filter_map(|word| {
            let start = rest + text.get(rest..)?.find(word)?;
            rest = start + word.len();
            Some((start..rest, word))
        })
        .collect()
}

/// A text cut into words, and what is left to say about them.
struct Reader<'a> {
    text: &'a str,
    words: Vec<(Span, &'a str)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self { text, words: words(text) }
    }

    /// Whether the text begins with `phrase`, word by word, whatever the case.
    fn begins(&self, phrase: &str) -> bool {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        self.words.len() >= phrase.len()
            && phrase
                .iter()
                .zip(&self.words)
                .all(|(want, (_, have))| want.eq_ignore_ascii_case(have))
    }

    fn is(&self, phrase: &str) -> bool {
        self.begins(phrase) && self.words.len() == phrase.split(' ').count()
    }

    /// What follows the first `count` words, and its place.
    fn after(&self, count: usize) -> (Span, &'a str) {
        let end = self.text.trim_end().len();
        let start = self.words.get(count).map_or(end, |(span, _)| span.start);
        (start..end, self.text.get(start..end).unwrap_or_default())
    }

    fn component(&self, count: usize) -> Result<Component, Unclear> {
        let (at, name) = self.after(count);
        component(name, at)
    }

    fn service_pack(&self) -> Result<u8, Unclear> {
        let (at, number) = self.after(3);
        let digits = number.len() <= 3 && number.bytes().all(|it| it.is_ascii_digit());
        let message = if number.is_empty() {
            "the number of the service pack is missing".to_owned()
        } else {
            format!("`{}` is no number of a service pack", wording::clipped(number, 40))
        };
        number.parse().ok().filter(|_| digits).ok_or_else(|| Unclear {
            at,
            code: "service-pack-number",
            message,
            help: "service packs are numbered 1 to 6, as in `apply service pack 3`".to_owned(),
        })
    }

    fn unknown(&self, forms: &[&str]) -> Unclear {
        let all = 0..self.text.len();
        if self.words.is_empty() {
            return Unclear {
                at: all,
                code: "unknown-action",
                message: "an action is missing".to_owned(),
                help: format!("one of {}", wording::quoted_either(forms)),
            };
        }
        let heads = forms.iter().map(|it| it.split([' ', '|']).next().unwrap_or(it));
        let (at, first) = self.words.first().cloned().unwrap_or((all.clone(), ""));
        let known = forms.iter().find(|it| it.split(' ').next() == Some(first));
        let (at, help) = match (known, wording::near(self.text.trim(), forms.iter().copied())) {
            (Some(form), _) => (all, format!("write `{form}`")),
            (None, Some(form)) => (all, format!("did you mean `{form}`?")),
            (None, None) => match wording::near(first, heads) {
                Some(head) => (at, format!("did you mean `{head}`?")),
                None => (at, format!("one of {}", wording::quoted_either(forms))),
            },
        };
        Unclear {
            at,
            code: "unknown-action",
            message: format!("`{}` is not understood", wording::clipped(self.text.trim(), 60)),
            help,
        }
    }
}

/// The component called `name`, by id or by the dialog's name, whatever the case.
///
/// # Errors
///
/// Says what `name`, which stands at `at`, was probably meant to be.
pub fn component(name: &str, at: Span) -> Result<Component, Unclear> {
    Component::named(name.trim()).ok_or_else(|| {
        let ids = Component::ALL.map(Component::id);
        let names = Component::ALL.map(Component::name);
        let help = match wording::near(name, ids.into_iter().chain(names)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => other_name(name).map_or_else(
                || format!("components are {}", wording::list(&ids)),
                |it| format!("did you mean `{}` ({})?", it.id(), it.name()),
            ),
        };
        let help = if name.contains(',') {
            "write one component at a time, each action as a string of its own".to_owned()
        } else {
            help
        };
        let message = if name.trim().is_empty() {
            "the component is missing".to_owned()
        } else {
            format!("no component is called `{}`", wording::clipped(name, 60))
        };
        Unclear { at, code: "unknown-component", message, help }
    })
}

/// The component that goes by another name, for suggestions only.
fn other_name(name: &str) -> Option<Component> {
    let name = name.trim().to_lowercase();
    let found = match name.as_str() {
        "ip" | "tcp" | "tcp/ip" => Component::Tcpip,
        "nbf" => Component::Netbeui,
        "ipx" | "spx" | "ipx/spx" | "netware protocol" => Component::Nwlink,
        "sfm" | "mac" | "macfile" => Component::Macintosh,
        "atalk" | "apple talk" => Component::Appletalk,
        "gsnw" | "netware" => Component::Gateway,
        "remote access" | "rras" => Component::Ras,
        "lpd" | "lpr" => Component::Printing,
        "lanmanserver" => Component::Server,
        "lanmanworkstation" => Component::Workstation,
        _ => return None,
    };
    Some(found)
}

/// The action that `text` says, on a host with these names.
///
/// # Errors
///
/// Returns the part that is not understood and what would be right.
pub fn parse(text: &str, names: &Nameplate) -> Result<Action, Unclear> {
    let reader = Reader::new(text);
    if reader.begins("remove") {
        return reader.component(1).map(Action::Remove);
    }
    if reader.begins("install") {
        return reader.component(1).map(Action::Install);
    }
    if reader.begins("apply service pack") {
        return reader.service_pack().map(Action::ApplyServicePack);
    }
    if reader.begins("share") {
        let (at, name) = reader.after(1);
        return names.share_named(name).map(Action::Share).ok_or_else(|| Unclear {
            at,
            code: "unknown-share",
            message: if name.is_empty() {
                "the name of the share is missing".to_owned()
            } else {
                format!("the host has no share called `{}`", wording::clipped(name, 60))
            },
            help: shares_of(names),
        });
    }
    let plain = [
        ("restart", Action::Restart),
        ("upgrade", Action::Upgrade),
        ("start imc", Action::StartImc),
        ("create ims", Action::CreateIms),
        ("finish repaired", Action::Finish(Claim::Repaired)),
        ("finish unrepaired", Action::Finish(Claim::Unrepaired)),
    ];
    for (phrase, action) in plain {
        if reader.is(phrase) {
            return Ok(action);
        }
    }
    let unclear = reader.unknown(&ActionKind::ALL.map(ActionKind::form));
    let help = if reader.begins("set up") {
        "a host is set up once, at the beginning of its history"
    } else if reader.begins("reapply service pack") {
        "name the service pack, as in `apply service pack 3`"
    } else if reader.is("try") {
        "write `start imc`, or `create ims` where the IMC is absent"
    } else {
        return Err(unclear);
    };
    Err(Unclear { at: 0..text.len(), help: help.to_owned(), ..unclear })
}

/// Which shares there are, for suggestions.
pub fn shares_of(names: &Nameplate) -> String {
    let known: Vec<&str> =
        names.shares.iter().take(Shares::MAX).map(|it| it.name.as_str()).collect();
    if known.is_empty() {
        "the host has no shares: add a [[host.share]]".to_owned()
    } else {
        format!("its shares are {}", wording::list(&known))
    }
}

/// The words for `action`, on a host with these names; [`parse`] reads them back.
pub fn print(action: Action, names: &Nameplate) -> String {
    match action {
        Action::Remove(component) => format!("remove {}", component.id()),
        Action::Install(component) => format!("install {}", component.id()),
        Action::ApplyServicePack(number) => format!("apply service pack {number}"),
        Action::Restart => "restart".to_owned(),
        Action::Upgrade => "upgrade".to_owned(),
        Action::StartImc => "start imc".to_owned(),
        Action::CreateIms => "create ims".to_owned(),
        Action::Share(position) => format!("share {}", names.share_name(position)),
        Action::Finish(claim) => format!("finish {}", claim.id()),
    }
}

/// The verb of a runbook that `text` says.
///
/// # Errors
///
/// Returns the part that is not understood and what would be right.
pub fn parse_verb(text: &str) -> Result<Verb, Unclear> {
    let reader = Reader::new(text);
    for verb in Verb::PLAIN {
        if verb.plain_id().is_some_and(|it| reader.is(it)) {
            return Ok(verb);
        }
    }
    if reader.begins("remove") {
        return reader.component(1).map(Verb::RemoveOne);
    }
    if reader.begins("install") {
        return reader.component(1).map(Verb::InstallOne);
    }
    if reader.begins("apply service pack") {
        return reader.service_pack().map(Verb::ApplyServicePack);
    }
    let help = if reader.begins("start imc") || reader.begins("create ims") {
        "a runbook says `try`: it starts the IMC, or creates it where it is absent"
    } else if reader.begins("share") {
        "a runbook says `share again`: it shares every folder that is no longer shared"
    } else if reader.begins("finish") {
        "a runbook finishes by itself after its last step"
    } else if reader.begins("upgrade") {
        "a runbook repairs the host it finds; an upgrade belongs in a scenario's history"
    } else {
        let mut forms: Vec<&str> = Verb::PLAIN.iter().filter_map(|it| it.plain_id()).collect();
        forms.extend(["remove COMPONENT", "install COMPONENT", "apply service pack NUMBER"]);
        return Err(reader.unknown(&forms));
    };
    Err(Unclear {
        at: 0..text.len(),
        code: "unknown-action",
        message: format!("`{}` is no verb of a runbook", wording::clipped(text.trim(), 60)),
        help: help.to_owned(),
    })
}

/// The words for `verb`; [`parse_verb`] reads them back.
pub fn print_verb(verb: Verb) -> String {
    match verb {
        Verb::Remove
        | Verb::Restart
        | Verb::Install
        | Verb::ReapplyServicePack
        | Verb::Try
        | Verb::ShareAgain => verb.plain_id().unwrap_or_default().to_owned(),
        Verb::RemoveOne(component) => format!("remove {}", component.id()),
        Verb::InstallOne(component) => format!("install {}", component.id()),
        Verb::ApplyServicePack(number) => format!("apply service pack {number}"),
    }
}
