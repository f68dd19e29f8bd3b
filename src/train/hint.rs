//! Hints in four rungs, taken from where the run stands: where to look, what it means, which act comes next, and doing it together.

use super::grade::goal;
use super::lesson::Lesson;
use super::screen::Logged;
use super::screen::Window;
use super::session::Look;
use super::session::Session;
use crate::files::language;
use crate::model::action::Action;
use crate::model::action::Claim;
use crate::model::article::Statement;
use crate::model::component::Component;
use crate::model::component::Kind;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::observe::Outcome;
use crate::model::trace::Turn;
use crate::search::reach::Goal;
use crate::search::reach::shortest;
use crate::text::wording;

/// A rung of a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Where to look.
    Where,
    /// What it means.
    Means,
    /// Which act comes next.
    Next,
    /// It is done together.
    Together,
}

impl Rung {
    /// The rung after this one; the last stays the last.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Where => Self::Means,
            Self::Means => Self::Next,
            Self::Next | Self::Together => Self::Together,
        }
    }
}

/// Where a run stands, as far as hints are concerned; the first that applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Situation {
    /// Shares are lost and a protocol is there.
    SharesLost,
    /// Something was installed under a service pack, and the restart is due.
    PackDue,
    /// A restart is due.
    RestartDue,
    /// The IMC runs; the host is as it was.
    Done,
    /// The IMC runs; the host is not as it was.
    RunsOtherwise,
    /// Nobody has tried the IMC since the last boot.
    Untried,
    /// The last try ended with an error other than 2140.
    Dependency,
    /// Event 4087 was logged, and nobody looked.
    Unread,
    /// Something is out that was there at first.
    HalfDone,
    /// Event 4087 was read.
    Failing,
}

/// Where `session` stands.
pub fn situation(session: &Session) -> Situation {
    let screen = session.screen();
    let (seen, first) = (screen.seen, &session.lesson().first);
    let same = seen.installed == first.installed && seen.service_pack == first.service_pack;
    let turns = session.turns();
    let tried = turns.iter().rposition(|it| it.action.is_try() && it.result.is_ok());
    let booted = turns.iter().rposition(|it| boots(it.action));
    if seen.restart_pending {
        return if needs_pack(turns, seen.service_pack) {
            Situation::PackDue
        } else {
            Situation::RestartDue
        };
    }
    if !seen.lost.is_empty() && screen.server_started() {
        return Situation::SharesLost;
    }
    if seen.imc == Imc::Running {
        return if same { Situation::Done } else { Situation::RunsOtherwise };
    }
    if !same {
        return Situation::HalfDone;
    }
    let Some(tried) = tried.filter(|it| booted.is_none_or(|booted| booted < *it)) else {
        return Situation::Untried;
    };
    let failure = turns.get(tried).map(Turn::outcome);
    match failure {
        Some(Outcome::Failed(it)) if it.error() != 2140 => Situation::Dependency,
        _ if !read(session.looks(), screen.log) => Situation::Unread,
        _ => Situation::Failing,
    }
}

const fn boots(action: Action) -> bool {
    matches!(action, Action::Restart | Action::Upgrade)
}

/// Whether something was installed after the service pack of the host was last applied.
fn needs_pack(turns: &[Turn], service_pack: u8) -> bool {
    let installs = turns.iter().rposition(|it| matches!(it.action, Action::Install(_)));
    let applies = turns.iter().rposition(|it| matches!(it.action, Action::ApplyServicePack(_)));
    let boots = turns.iter().rposition(|it| boots(it.action));
    service_pack > 0 && installs > applies && installs > boots
}

/// Whether Event Viewer was looked at since the last event.
fn read(looks: &[Look], log: &[Logged]) -> bool {
    let last = log.last().map_or(0, |it| it.action);
    looks.iter().any(|it| it.window == Window::EventViewer && it.after >= last)
}

impl Situation {
    /// Where to look.
    const fn place(self) -> &'static str {
        match self {
            Self::SharesLost => "Type `net share` and compare it with what the host used to share.",
            Self::PackDue => {
                "Look at `winver`, then think of where the files of the last installation came from."
            }
            Self::RestartDue => {
                "Think of the two halves of the host: the Network dialog shows the disk."
            }
            Self::Done => "Look at `net share`, `network protocols`, `network services` once more.",
            Self::RunsOtherwise => {
                "Compare `network services` and `network protocols` with what was there at first."
            }
            Self::Untried => {
                "Start the mail service and look at what happens; then at `eventviewer`."
            }
            Self::Dependency => {
                "Look at `services` and `eventviewer`: something that the mail service needs is not there."
            }
            Self::Unread => {
                "Look at `eventviewer`: the error on the screen is the same for most failures."
            }
            Self::HalfDone => {
                "Look at `network services` and `network protocols`: what was there is not all there."
            }
            Self::Failing => {
                "Look at `network services` first, and at `network protocols` after that."
            }
        }
    }

    /// What it means, and what the article says or leaves open.
    const fn meaning(self) -> (&'static str, &'static str) {
        match self {
            Self::SharesLost => (
                "The host booted without any protocol, and no folder is shared since. They do not come back by themselves.",
                "The article, WORKAROUND 2, NOTE: share them by hand once the protocols are back.",
            ),
            Self::PackDue => (
                "What was installed came from the CD and is older than the service pack. Booted like this, it fails.",
                "The article, WORKAROUND 1.4 and 2.4: reapply the service pack first, then restart.",
            ),
            Self::RestartDue => (
                "The disk has changed and memory has not. What was removed also leaves its damage behind until the restart.",
                "The article, WORKAROUND 1.2 and 2.2 restart after removing. Why, the article does not say.",
            ),
            Self::Done => (
                "The mail service runs and the host is as it was. Every further change is a risk.",
                "The article stops here.",
            ),
            Self::RunsOtherwise => (
                "The mail service runs, but users miss what was taken out.",
                "The article, WORKAROUND: remove and reinstall; nothing is left out for good.",
            ),
            Self::Untried => (
                "Memory may have changed with the last boot, and only a try shows whether the fault is gone.",
                "The article, WORKAROUND: try to start or create the service after each step.",
            ),
            Self::Dependency => (
                "The start did not get as far as event 4087: a service or protocol below it is missing in memory.",
                "The article does not speak of these errors; other documents do.",
            ),
            Self::Unread => (
                "The event names the source and the reason; the number on the screen does not.",
                "The article, SYMPTOMS: event 4087, source MSExchangeIMC.",
            ),
            Self::HalfDone => (
                "Something was removed and restarted, so that its damage is gone from the disk. It is to be put back.",
                "The article, WORKAROUND 1.3 and 2.3: install again what was removed.",
            ),
            Self::Failing => (
                "A component in memory does not work, and nothing shows which. Reinstalling one after the other finds it.",
                "The article, WORKAROUND 1: Services for Macintosh and the SNMP Service, together; WORKAROUND 2: each protocol, one at a time.",
            ),
        }
    }
}

/// The act that comes next: a try where none was made since the last boot, otherwise the first of the
/// shortest way, with the hidden fault known.
pub fn next_act(session: &Session) -> Action {
    let lesson = session.lesson();
    let host = session.host();
    let tries = if host.imc == Imc::Absent { Action::CreateIms } else { Action::StartImc };
    match situation(session) {
        Situation::Done => return Action::Finish(Claim::Repaired),
        Situation::Untried => return tries,
        Situation::SharesLost
        | Situation::PackDue
        | Situation::RestartDue
        | Situation::RunsOtherwise
        | Situation::Dependency
        | Situation::Unread
        | Situation::HalfDone
        | Situation::Failing => {}
    }
    let way = way(lesson, host).unwrap_or_default();
    way.first().copied().unwrap_or(tries)
}

/// The shortest way from `host` to a good end of `lesson`: with everything kept where that is still
/// possible, otherwise with as much as is left.
pub fn way(lesson: &Lesson, host: &Host) -> Option<Vec<Action>> {
    let strict = goal(lesson);
    let relaxed = Goal { keep_shares: false, no_mixed_boot: false, ..strict };
    let found = shortest(lesson.rules, host, &strict).ok().flatten();
    found.or_else(|| shortest(lesson.rules, host, &relaxed).ok().flatten())
}

/// The statement of the article behind an action of a repair that came after `before`; none where the
/// article is silent.
pub const fn statement(action: Action, before: Option<Action>) -> Option<Statement> {
    match action {
        Action::Remove(it) => match it.kind() {
            Kind::Protocol => Some(Statement::ProtocolOut),
            Kind::Service | Kind::Base => of_service(it, Statement::ServicesOut),
        },
        Action::Install(it) => match it.kind() {
            Kind::Protocol => Some(Statement::ProtocolIn),
            Kind::Service | Kind::Base => of_service(it, Statement::ServicesIn),
        },
        Action::Restart => match before {
            Some(
                before @ (Action::Remove(_) | Action::Install(_) | Action::ApplyServicePack(_)),
            ) => statement(before, None),
            Some(
                Action::Restart
                | Action::Upgrade
                | Action::StartImc
                | Action::CreateIms
                | Action::Share(_)
                | Action::Finish(_),
            )
            | None => None,
        },
        Action::ApplyServicePack(_) => Some(Statement::ServicesPack),
        Action::StartImc | Action::CreateIms => Some(Statement::TryAfterEachStep),
        Action::Share(_) => Some(Statement::ShareByHand),
        Action::Upgrade | Action::Finish(_) => None,
    }
}

const fn of_service(component: Component, statement: Statement) -> Option<Statement> {
    if matches!(component, Component::Macintosh | Component::Snmp) { Some(statement) } else { None }
}

/// The text of a hint.
pub fn text(session: &Session, rung: Rung) -> String {
    let situation = situation(session);
    let more = |what: &str| format!("`hint` again {what}.");
    match rung {
        Rung::Where => {
            format!("(Hint: {} {})\n", situation.place(), more("says what it means"))
        }
        Rung::Means => {
            let (means, article) = situation.meaning();
            format!("(Hint: {means}\n {article}\n {})\n", more("names the next act"))
        }
        Rung::Next => format!("({}\n {})\n", next(session), more("does it with you")),
        Rung::Together => format!(
            "(Hint, together: `{}`. Shall it be typed? yes or no; another command means no)\n",
            language::print(next_act(session), &session.lesson().names)
        ),
    }
}

fn next(session: &Session) -> String {
    let act = next_act(session);
    let words = language::print(act, &session.lesson().names);
    let article = statement(act, session.turns().last().map(|it| it.action));
    let silent = matches!(act, Action::Remove(_) | Action::Install(_)).then_some(
        "the article does not reach this component; the fault is known here, and you cannot see it",
    );
    let source = article.map_or(silent.map(str::to_owned), |it| {
        Some(format!("{}: {}", it.section(), it.says().trim_end_matches('.')))
    });
    let source = source.map_or_else(String::new, |it| format!(" {}.", wording::shown(&it)));
    format!("Hint: the next act is `{words}`.{source}")
}
