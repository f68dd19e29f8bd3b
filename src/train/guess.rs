//! What the trainee says was broken, against what was.

use crate::model::component::Component;
use crate::model::set::Components;

/// How near the answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// Nothing was said.
    Silent,
    /// No component was named, or some were named as being well: it was not understood.
    Unclear,
    /// All of it and nothing else.
    Right,
    /// Some of it, or too much.
    Partly,
    /// None of it.
    Wrong,
}

/// Names that people use beside ids and the dialog's names.
const ALIASES: [(&str, Component); 10] = [
    ("sfm", Component::Macintosh),
    ("macintosh services", Component::Macintosh),
    ("snmp service", Component::Snmp),
    ("tcp ip", Component::Tcpip),
    ("ipx spx", Component::Nwlink),
    ("ipx", Component::Nwlink),
    ("remote access", Component::Ras),
    ("gsnw", Component::Gateway),
    ("network monitor", Component::Netmon),
    ("apple talk", Component::Appletalk),
];

/// Ids that are also plain words: they name a component only where they stand alone in a list.
const PLAIN: [Component; 4] =
    [Component::Server, Component::Workstation, Component::Browser, Component::Printing];

/// Words that turn round what is said around them.
const NOT: [&str; 7] = ["not", "no", "isn", "wasn", "never", "except", "without"];

/// How near `said` is to `fault`.
pub fn guess(said: &str, fault: Components) -> Guess {
    // What a component is bound to is said beside it, and not of it.
    let (said, _) = said.split_once("bound to").unwrap_or((said, ""));
    let list: Vec<String> = said.split([',', ';', '/', '+', '&']).map(bare).collect();
    let said = format!(" {} ", bare(said));
    if said.trim().is_empty() {
        return Guess::Silent;
    }
    let has = |it: &str| said.contains(&format!(" {it} "));
    let is_named = |it: &Component| {
        if PLAIN.contains(it) {
            [it.id(), it.name()].into_iter().map(bare).any(|it| list.contains(&it))
        } else {
            has(&bare(it.id())) || has(&bare(it.name()))
        }
    };
    let aliases = ALIASES.into_iter().filter(|(it, _)| has(it)).map(|(_, it)| it);
    let named: Components = Component::ALL.into_iter().filter(is_named).chain(aliases).collect();
    let nothing = ["nothing", "none", "no fault", "no component"].into_iter().any(has);
    let unsure = NOT.into_iter().any(has);
    match (named.is_empty(), nothing) {
        (true, true) => right(fault.is_empty()),
        (true, false) => Guess::Unclear,
        (false, _) if nothing || unsure => Guess::Unclear,
        (false, _) if named == fault => Guess::Right,
        (false, _) if named.meets(fault) => Guess::Partly,
        (false, _) => Guess::Wrong,
    }
}

const fn right(it: bool) -> Guess {
    if it { Guess::Right } else { Guess::Wrong }
}

/// `text` in small letters, with one space between what are words.
fn bare(text: &str) -> String {
    let text = text.to_lowercase();
    let words = text.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty());
    words.collect::<Vec<_>>().join(" ")
}
