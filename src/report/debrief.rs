//! The words around a run at the prompt: the greeting before it, and the debrief after it.

use super::block::Block;
use super::debrief_lines;
use super::style;
use super::verdict;
use super::words;
use crate::files::language;
use crate::model::action::Action;
use crate::model::host::Imc;
use crate::model::property::Property;
use crate::model::start::StartFailure;
use crate::text::wording;
use crate::train::debrief::Debrief;
use crate::train::debrief::Fault;
use crate::train::debrief::Unread;
use crate::train::grade::Grade;
use crate::train::guess::Guess;
use crate::train::lesson::Lesson;
use crate::train::moment::Gone;
use crate::train::moment::NoReturn;
use crate::train::session::Session;

/// What is said before the first prompt.
pub fn greeting(lesson: &Lesson) -> String {
    format!(
        "{}\n\n{}\n`help` lists what can be typed; `hint` helps.\n\n",
        style::in_style(style::HEAD, &format!("Training: {}", lesson.name())),
        lesson.ticket()
    )
}

/// The debrief of a run.
pub fn blocks(session: &Session, grade: &Grade) -> Vec<Block> {
    let title = Block::Title(format!("Debrief: {}", session.lesson().name()));
    let word = verdict::word(session, grade);
    if grade.is_empty() {
        let text = "Nothing was done to the host, so that there is nothing to say.";
        let mut out = vec![title, Block::Text(text.to_owned())];
        let asides = debrief_lines::asides(session, &|_| true);
        if !asides.is_empty() {
            out.push(Block::List(asides));
        }
        out.push(Block::Heading(format!("Verdict: {word}")));
        return out;
    }
    let debrief = Debrief::of(session, grade);
    let heading = |text: &str| Block::Heading(text.to_owned());
    let mut out = vec![title, heading("What was broken")];
    out.extend(broken(session, &debrief));
    out.extend([heading("What was done"), debrief_lines::timeline(session, grade)]);
    out.extend([heading("Evidence that was not looked at"), unread(&debrief)]);
    out.extend([heading("Moments of no return"), no_return(session, grade, &debrief)]);
    out.extend([
        Block::Heading(format!("Verdict: {word}")),
        Block::Table(verdict::table(session, grade, &debrief)),
    ]);
    if let Some(fork) = &debrief.fork {
        out.push(heading("The most expensive moment, taken otherwise"));
        out.extend(debrief_lines::forked(session, grade, fork));
    }
    out.extend(debrief_lines::best(session, &debrief));
    let next = &debrief.next;
    out.push(Block::Heading(format!("Next: {}", next.why)));
    out.push(Block::Code(format!(
        "imc4087 play --seed {} --level {}",
        next.seed,
        next.level.number()
    )));
    out
}

fn broken(session: &Session, debrief: &Debrief) -> Vec<Block> {
    let (said, told) = session.said();
    let verdict = match (&debrief.fault, debrief.guess) {
        (Fault::Other(_), _) | (_, Guess::Silent) => "",
        (_, Guess::Unclear) => {
            " That was not understood: name the components that failed, and nothing else."
        }
        (_, Guess::Right) => " That is right.",
        (_, Guess::Partly) => " That is partly right.",
        (_, Guess::Wrong) => " That is not so.",
    };
    let text = |it: &str| Block::Text(it.to_owned());
    let mut out = vec![match &debrief.fault {
        Fault::None => text("Nothing: every component in memory worked."),
        Fault::Other(failure) => Block::Text(format!(
            "No component: the start did not get as far as event 4087. {}",
            missing(*failure)
        )),
        Fault::Failing(obstacles) => Block::List(
            obstacles
                .iter()
                .map(|it| format!("{}: {}", it.component.name(), words::obstacle(it)))
                .collect(),
        ),
    }];
    if !said.is_empty() {
        out.push(Block::Text(format!("You said: {}.{verdict}", said.trim_end_matches('.'))));
    }
    if !told.is_empty() {
        out.push(Block::Text(format!("What told you: {}.", told.trim_end_matches('.'))));
    }
    out.push(match &debrief.fault {
        Fault::None if session.lesson().first.imc == Imc::Running => {
            text("What tells: `services`. The mail service ran from the beginning, and there was nothing to repair.")
        }
        Fault::None => text("What tells: the first try. It succeeds, and there is nothing to repair."),
        Fault::Other(failure) => Block::Text(format!(
            "What tells: error {} on the screen, which is not 2140; and what is started and what is not: `services`.",
            failure.error()
        )),
        Fault::Failing(_) => text(
            "What tells: event 4087 says that something in memory fails, and not what. Only a try after \
             a component was reinstalled tells whether it was that one.",
        ),
    });
    if debrief.known.is_none() {
        out.push(text(
            "No order of actions leads from this host to a good end: `finish unrepaired`, with the host left \
             whole, is the right one.",
        ));
    }
    out
}

/// What a start lacks that fails before event 4087.
const fn missing(failure: StartFailure) -> &'static str {
    match failure {
        StartFailure::ServerNotRunning => {
            "The Server service was not running, and the mail service depends on it."
        }
        StartFailure::RpcMissing => {
            "RPC Configuration was not in memory, and the mail service depends on it."
        }
        StartFailure::TcpipMissing => {
            "TCP/IP was not in memory, and the mail service depends on it."
        }
        StartFailure::NotRegistered => "",
    }
}

fn unread(debrief: &Debrief) -> Block {
    if debrief.unread.is_empty() {
        return Block::Text("None: everything that the host showed was looked at.".to_owned());
    }
    let line = |it: &Unread| match it {
        Unread::Events(action, events) => {
            let mut ids: Vec<String> = events.iter().map(|it| it.id().to_string()).collect();
            ids.sort_unstable();
            ids.dedup();
            let what = if ids.len() == 1 { "event" } else { "events" };
            format!("{what} {}, logged by action {action}: `eventviewer`", wording::list(&ids))
        }
        Unread::Shares(action) => {
            format!("the shares that were gone after action {action}: `net share`")
        }
        Unread::Components(action) => format!(
            "what was installed, before action {action} removed something: `network services`, `network protocols`"
        ),
    };
    Block::List(debrief.unread.iter().map(line).collect())
}

fn ways(session: &Session, way: &[Action]) -> String {
    let names = &session.lesson().names;
    let words: Vec<String> =
        way.iter().map(|it| format!("`{}`", language::print(*it, names))).collect();
    words.join(", ")
}

fn no_return(session: &Session, grade: &Grade, debrief: &Debrief) -> Block {
    if debrief.no_return.is_empty() {
        return Block::Text("None: whatever could be kept could be kept to the end.".to_owned());
    }
    let line = |it: &NoReturn| {
        let turn = it.action.checked_sub(1).and_then(|at| grade.turns.get(at));
        let act =
            turn.map_or_else(String::new, |it| language::print(it.action, &session.lesson().names));
        let beyond = if it.gone == Gone::OnlyProtocol { ", beyond the article," } else { "" };
        let before = it.before.as_deref().map_or_else(String::new, |way| {
            format!(" Before it{beyond} this would have avoided it: {}.", ways(session, way))
        });
        let after = match it.after.as_deref() {
            None if grade.out_of_reach() => " No repair was in reach before it either.".to_owned(),
            None => " After it nothing helps.".to_owned(),
            Some([]) => String::new(),
            Some(way) => format!(" After it, the best that is left: {}.", ways(session, way)),
        };
        format!("Action {}, `{act}`: {}.{before}{after}", it.action, gone(it.gone))
    };
    Block::List(debrief.no_return.iter().map(line).collect())
}

/// What was gone, in one clause.
const fn gone(it: Gone) -> &'static str {
    match it {
        Gone::Shares => Property::NoAvoidableLoss.broken_by(),
        Gone::OnlyProtocol => {
            "the shares were lost; the article accepts that on a host with a single protocol, and shares them by hand"
        }
        Gone::Mixed => Property::NoMixedBoot.broken_by(),
        Gone::ServicePack => "the service pack was raised, and cannot be taken back",
        Gone::Os => "Windows NT was upgraded, and cannot be taken back",
    }
}
