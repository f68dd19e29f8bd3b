//! A verdict on a runbook: what every report of it says.

use super::weigh::Against;
use super::words;
use crate::files::language;
use crate::files::runbook::RunbookFile;
use crate::model::action::Action;
use crate::model::follow::Place;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Outcome;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::search::case;
use crate::search::cause::Finding;
use crate::search::cause::Root;
use crate::search::condition::Condition;
use crate::search::idle;
use crate::search::mend::Mend;
use crate::search::verdict::Explained;
use crate::search::verdict::Verdict;
use crate::search::verify::Tally;
use crate::search::weigh::Belief;
use crate::search::weigh::Mutant;
use crate::search::witness::WayBack;
use crate::search::world::Damage;
use crate::search::world::Services;
use crate::search::world::World;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Span;
use crate::text::span::line_column;
use crate::text::wording;
use crate::text::wording::thousands;

/// A verdict, and what it is about.
#[derive(Debug)]
pub struct VerifyReport {
    /// The path of the runbook, as it was given.
    pub path: String,
    /// Its text.
    pub source: String,
    /// The runbook.
    pub file: RunbookFile,
    /// The complaints about the file.
    pub said: Diagnostics,
    /// The world.
    pub world: World,
    /// The options that narrow it, as they were given.
    pub narrowed: Vec<String>,
    /// The rules believed.
    pub rules: RuleSet,
    /// Whether every case was run by itself.
    pub brute_force: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// Another runbook beside it, where one was asked for.
    pub against: Option<Against>,
    /// The totals with each rule the other way, where they were asked for.
    pub beliefs: Option<Vec<Belief>>,
    /// The mutants of the runbook, where they were asked for.
    pub mutants: Option<Vec<Mutant>>,
}

/// The name of a world.
pub const fn world_name(world: &World) -> &'static str {
    match world.services {
        Services::Article => "article",
        Services::Catalogue => "catalogue",
    }
}

/// The name of what may be damaged.
pub const fn damage_name(world: &World) -> &'static str {
    match world.damage {
        Damage::Article => "article",
        Damage::Any => "any",
    }
}

impl VerifyReport {
    /// The place in the file of a verb; the title's where there is none.
    pub fn span(&self, place: Option<Place>) -> Span {
        let verb = place.and_then(|it| self.file.places.get(it.step)?.get(it.verb));
        verb.map_or_else(|| self.file.title.clone(), |it| it.span.clone())
    }

    /// Line and column of a finding.
    pub fn line_column(&self, explained: &Explained) -> (usize, usize) {
        self.place(explained.witness.place)
    }

    /// Line and column of a verb; the title's where there is none.
    pub fn place(&self, place: Option<Place>) -> (usize, usize) {
        line_column(&self.source, self.span(place).start)
    }

    /// In which ways and where a mistake shows, each with its cases; empty where there is one only.
    pub fn parts(&self, explained: &Explained) -> Vec<String> {
        let head = self.claim(explained);
        let part = |it: &Explained| {
            let cases = thousands(it.finding.failing);
            let at = it.witness.place.and_then(|it| self.file.verb_text(it));
            let at =
                at.map(|(line, verb)| format!(" at {verb} in line {line}")).unwrap_or_default();
            let claim = self.claim(it);
            let claim = if claim == head { String::new() } else { format!(": {claim}") };
            format!("{cases} {}{at}{claim}", it.finding.cause.property.id())
        };
        explained.parts.iter().map(part).collect()
    }

    /// What a finding claims, in one sentence without a full stop.
    pub fn claim(&self, explained: &Explained) -> String {
        let turn = explained.witness.followed.turns.get(explained.witness.turn);
        let failing = turn.map(|(it, _)| words::ids(it.before.failing)).unwrap_or_default();
        match explained.finding.cause.root {
            Root::Refused(_) => match turn.map(|(it, _)| it.outcome()) {
                Some(Outcome::Refused(refusal)) => {
                    format!("an action is refused: {}", refusal.says())
                }
                _ => "an action is refused".to_owned(),
            },
            Root::NeverTried => "the IMC is never tried".to_owned(),
            Root::StoppedAgain(_) => "the IMC ran, and is stopped again".to_owned(),
            Root::CdFiles(_) => {
                format!("the IMC still fails: {failing} from the CD under the service pack")
            }
            Root::Untouched => {
                format!("the IMC still fails: {failing} is damaged, and was never reinstalled")
            }
            Root::InVain if explained.witness.followed.end.host.failing.is_empty() => {
                format!("the IMC is not tried again after {failing} was reinstalled")
            }
            Root::InVain => {
                format!("the IMC still fails: {failing} is damaged, and was reinstalled in vain")
            }
            Root::Dependency(_) => "at the last try the IMC lacks what it depends on".to_owned(),
            Root::LostAt(_) => "shares are lost and never shared again".to_owned(),
            Root::LeftOtherwise => Self::left_otherwise(explained),
            Root::Verb(_) => explained.finding.cause.property.broken_by().to_owned(),
        }
    }

    fn left_otherwise(explained: &Explained) -> String {
        let first = &explained.finding.witness;
        let end = &explained.witness.followed.end.host;
        let mut parts = Vec::new();
        let gone = first.installed.less(end.installed);
        if !gone.is_empty() {
            parts.push(format!("{} is left out", words::ids(gone)));
        }
        let more = end.installed.less(first.installed);
        if !more.is_empty() {
            parts.push(format!("{} is left in", words::ids(more)));
        }
        if end.service_pack != first.service_pack {
            parts.push(format!("service pack {} is left applied", end.service_pack));
        }
        if end.restart_pending {
            parts.push("a restart is still due".to_owned());
        }
        if parts.is_empty() {
            explained.finding.cause.property.broken_by().to_owned()
        } else {
            format!("at the end {}", wording::list(&parts))
        }
    }

    /// What is said beside the caret.
    pub fn label(&self, explained: &Explained) -> String {
        let broken = match explained.finding.cause.property {
            Property::NoAvoidableLoss => "shares are lost here",
            Property::NoMixedBoot => "files from the CD are loaded here",
            Property::NeverRefused => "refused here",
            Property::Repaired
            | Property::Honest
            | Property::SharesRestored
            | Property::ComponentsRestored
            | Property::Ends
            | Property::StopsWhenRepaired
            | Property::TriesInBetween
            | Property::NoBlindTry => "here",
        };
        match explained.finding.cause.root {
            Root::LostAt(_) => "shares are lost here".to_owned(),
            Root::Untouched | Root::InVain | Root::CdFiles(_) | Root::Dependency(_) => {
                "the last try".to_owned()
            }
            Root::NeverTried => "in the whole runbook".to_owned(),
            Root::StoppedAgain(_) => "stopped here".to_owned(),
            Root::Verb(_) | Root::Refused(_) | Root::LeftOtherwise => broken.to_owned(),
        }
    }

    /// The rules that decided it, in the turn at which it went wrong.
    pub fn rules_of(&self, explained: &Explained) -> Vec<RuleId> {
        let turn = explained.witness.followed.turns.get(explained.witness.turn);
        turn.map_or_else(Vec::new, |(turn, _)| turn.fired().iter().collect())
    }

    /// The way back, in words.
    pub fn way_back(&self, explained: &Explained) -> String {
        let names = case::names();
        let line = explained.witness.place.and_then(|it| self.file.verb_text(it));
        let line = line.map_or_else(|| "the end".to_owned(), |(line, _)| format!("line {line}"));
        match &explained.witness.way_back {
            WayBack::Open(way) if way.is_empty() => "nothing is lost for good".to_owned(),
            WayBack::Open(way) => {
                format!("none: at the end one can still {}", actions(way, &names))
            }
            WayBack::Lost { before, after } => {
                let before = match before {
                    Some(way) => format!("before {line} one can still {}", actions(way, &names)),
                    None => format!("already before {line}"),
                };
                let after = match after {
                    Some(way) => format!("after it only {} is left", actions(way, &names)),
                    None => "after it nothing helps".to_owned(),
                };
                format!("{before}; {after}")
            }
            WayBack::Never => "the actions of the model do not help this host".to_owned(),
            WayBack::Unknown => "not known: the search was given up".to_owned(),
        }
    }

    /// The mend, in words, with its cost.
    pub fn instead(&self, mend: &Mend) -> String {
        let edit = self.edit(&mend.edit);
        let cost = cost(&self.verdict.tally, &mend.tally);
        let rest = if mend.holds { "then the runbook holds" } else { "other findings stay" };
        format!("{edit} ({cost}; {rest})")
    }

    /// The command that shows the witness again.
    pub fn replay(&self, explained: &Explained) -> String {
        let mut command = String::from("imc4087 verify");
        if self.path != BUILT_IN {
            let dash = if self.path.starts_with('-') { "./" } else { "" };
            command.push_str(&format!(" {}", wording::shell_word(&format!("{dash}{}", self.path))));
        }
        let usual = RuleSet::usual();
        for rule in RuleId::ALL {
            match (usual.believes(rule), self.rules.believes(rule)) {
                (true, false) => command.push_str(&format!(" --without {}", rule.id())),
                (false, true) => command.push_str(&format!(" --with {}", rule.id())),
                (true, true) | (false, false) => {}
            }
        }
        command.push_str(&format!(" --case {}", case::name(&explained.finding.witness)));
        command
    }

    /// Why nothing was checked.
    pub fn nothing(&self) -> String {
        if self.verdict.tally.cases > 0 {
            let cases = thousands(self.verdict.tally.cases);
            return format!("no step does anything in any of {cases} cases");
        }
        let narrowed = self.narrowed.join(", ");
        format!("no case of the world `{}` is left by {narrowed}", world_name(&self.world))
    }

    /// Steps that did something in no case, counted from 1.
    pub fn idle_steps(&self) -> Vec<usize> {
        idle::steps(&self.file, &self.verdict.tally).into_iter().map(|it| it + 1).collect()
    }
}

/// What stands for the path of the runbook that this program carries.
pub const BUILT_IN: &str = "scenarios/runbooks/article.toml";

/// Actions in words: `remove tcpip, restart and start imc`.
pub fn actions(actions: &[Action], names: &Nameplate) -> String {
    if actions.is_empty() {
        return "nothing more".to_owned();
    }
    let words: Vec<String> =
        actions.iter().map(|it| format!("`{}`", language::print(*it, names))).collect();
    wording::list(&words)
}

/// What a changed runbook costs beside the old one.
fn cost(before: &Tally, after: &Tally) -> String {
    let (old, new) = (before.restarts_max(), after.restarts_max());
    if old == new {
        format!("at most {new} restarts, as before")
    } else {
        format!("at most {new} restarts instead of {old}")
    }
}

/// The terms of a condition in words.
pub fn condition(condition: &Condition) -> Vec<String> {
    let term = |it: &Vec<_>| {
        let words: Vec<String> = it
            .iter()
            .map(|(fact, holds): &(crate::search::facts::Fact, bool)| fact.words(*holds))
            .collect();
        if words.is_empty() { "always".to_owned() } else { words.join(", ") }
    };
    condition.terms.iter().map(term).collect()
}

/// Exactly when a finding occurs, with the number of cases, in one line.
pub fn exactly_when(finding: &Finding) -> String {
    let failing = thousands(finding.failing);
    match &finding.condition {
        None => format!("not found in words ({failing} cases)"),
        Some(it) => format!(
            "{} ({failing} cases fail, 0 of the other {})",
            condition(it).join("; or when "),
            thousands(it.outside)
        ),
    }
}
