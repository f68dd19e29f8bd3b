//! The option `--odds NAME=FOR:AGAINST`: how likely it is that something is damaged.

use super::failure::Failure;
use crate::files::language;
use crate::model::component::Component;
use crate::model::set::Components;
use crate::search::ground::TooFine;
use crate::search::odds::ODDS_MAX;
use crate::search::odds::Odds;
use crate::search::odds::OddsOf;
use crate::text::span::Span;

/// The odds of some components, as they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    text: String,
    which: Which,
    odds: Odds,
}

/// What odds are for; what is named more closely counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Which {
    All,
    Protocols,
    Services,
    One(Component),
}

impl Which {
    const fn components(self) -> Components {
        match self {
            Self::All => Components::ALL,
            Self::Protocols => Components::PROTOCOLS,
            Self::Services => Components::SERVICES,
            Self::One(component) => Components::EMPTY.with(component),
        }
    }
}

/// Reads odds.
///
/// # Errors
///
/// Says what would be right.
pub fn parse(text: &str) -> Result<Given, String> {
    let shape = "write NAME=FOR:AGAINST, as in macintosh=9:1";
    let (name, odds) = text.split_once('=').ok_or(shape)?;
    let which = match name.trim() {
        "all" => Which::All,
        "protocols" => Which::Protocols,
        "services" => Which::Services,
        name => Which::One(
            language::component(name, Span::default())
                .map_err(|it| format!("{}: {}", it.message, it.help))?,
        ),
    };
    let (damaged, sound) = odds.split_once(':').ok_or(shape)?;
    let number = |it: &str| {
        let number = it.trim().parse().ok().filter(|it| (1..=ODDS_MAX).contains(it));
        number.ok_or_else(|| format!("`{}` is no whole number from 1 to {ODDS_MAX}", it.trim()))
    };
    let odds = Odds { damaged: number(damaged)?, sound: number(sound)? };
    Ok(Given { text: text.to_owned(), which, odds })
}

/// The odds of everything; even where none are given.
///
/// # Errors
///
/// When two odds are for the same, or for something that is not among `damageable`.
pub fn together(given: &[Given], damageable: Components) -> Result<OddsOf, Failure> {
    let mut given = given.to_vec();
    given.sort_by_key(|it| it.which);
    for pair in given.windows(2) {
        if let [one, other] = pair
            && one.which == other.which
        {
            return Err(Failure::Unaskable {
                what: format!("`{}` and `{}` contradict each other", one.text, other.text),
                hint: "leave one of them out".to_owned(),
            });
        }
    }
    if let Some(it) = given.iter().find(|it| !it.which.components().meets(damageable)) {
        return Err(Failure::Unaskable {
            what: format!("`{}` is for nothing that may be damaged here", it.text),
            hint: "name something that is installed; `--damage any` lets everything be damaged"
                .to_owned(),
        });
    }
    let of = |odds: OddsOf, it: &Given| {
        it.which.components().iter().fold(odds, |odds, component| odds.with(component, it.odds))
    };
    Ok(given.iter().fold(OddsOf::EVEN, of))
}

/// What is said of odds that cannot be reckoned with.
pub fn too_fine(why: TooFine) -> Failure {
    let (what, hint) = match why {
        TooFine::Different => (
            "too many components of this host have odds of their own",
            "give several of them the same odds, as in `protocols=1:9`",
        ),
        TooFine::Large => (
            "the numbers in these odds are too large for so many components",
            "use smaller ones: 1:9 instead of 10:90",
        ),
    };
    Failure::Unaskable { what: what.to_owned(), hint: hint.to_owned() }
}
