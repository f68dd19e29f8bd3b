//! The words around a run at the prompt: the greeting before it, and the debrief after it.

use super::style;
use crate::model::property::Property;
use crate::text::wording;
use crate::train::grade::Grade;
use crate::train::grade::Item;
use crate::train::lesson::Lesson;
use crate::train::session::Session;

/// What is said before the first prompt.
pub fn greeting(lesson: &Lesson) -> String {
    format!(
        "{}\n\n{}\n`help` lists what can be typed.\n\n",
        style::in_style(style::HEAD, &format!("Training: {}", lesson.name())),
        lesson.ticket()
    )
}

/// The debrief.
pub fn plain(session: &Session, grade: &Grade) -> String {
    verdict(session, grade)
}

/// The verdict, a line for each item.
fn verdict(session: &Session, grade: &Grade) -> String {
    let (style, word) = if grade.is_empty() {
        (style::BAD, "nothing was done")
    } else if grade.passes() {
        (style::GOOD, "passed")
    } else {
        (style::BAD, "not passed")
    };
    let mut out = format!("{}{}\n", style::in_style(style, word), marks(session, grade));
    if grade.is_empty() {
        return out;
    }
    for item in Item::ALL {
        let word = match (grade.holds(item), item.decides()) {
            (true, _) => "good",
            (false, true) => "BAD",
            (false, false) => "could be better",
        };
        out.push_str(&format!("  {:<14}{word:<17}{}\n", item.id(), why(session, grade, item)));
    }
    out
}

/// What else is true of the run.
fn marks(_session: &Session, grade: &Grade) -> String {
    let mut marks = Vec::new();
    if grade.taken_back > 0 {
        marks.push(format!("{} taken back", wording::count(grade.taken_back, "action")));
    }
    if grade.claim().is_none() {
        marks.push("left before its end".to_owned());
    }
    if marks.is_empty() { String::new() } else { format!(" ({})", marks.join("; ")) }
}

/// The reason for a line of the verdict.
pub fn why(session: &Session, grade: &Grade, item: Item) -> String {
    let names = &session.lesson().names;
    let (first, last) = (&session.lesson().first, &grade.end.host);
    let broken = |properties: &[Property]| {
        let broken = properties.iter().filter(|it| grade.broken.has(**it));
        broken.map(|it| it.broken_by()).collect::<Vec<_>>().join("; ")
    };
    let good = grade.holds(item);
    match item {
        Item::Repaired if good => "the IMC runs".to_owned(),
        Item::Repaired => "the IMC does not run".to_owned(),
        Item::Claim => match grade.claim() {
            None => "nothing was claimed: the run has no `finish`".to_owned(),
            Some(claim) if good => format!("`{}`, and so it is", claim.id()),
            Some(claim) => format!("`{}`, and that is not so", claim.id()),
        },
        Item::Shares if good && first.shares.is_empty() => "there were none".to_owned(),
        Item::Shares if good => "every folder is shared as before".to_owned(),
        Item::Shares if last.lost.is_empty() => broken(&[Property::NoAvoidableLoss]),
        Item::Shares => {
            format!("no longer shared: {}", wording::list(&names.share_names(last.lost)))
        }
        Item::Components if good => "the same as at first".to_owned(),
        Item::Components => components(session, grade),
        Item::ServicePack if good && first.service_pack == 0 => "there was none".to_owned(),
        Item::ServicePack if good => {
            "the same, and reapplied where files came from the CD".to_owned()
        }
        Item::ServicePack if last.service_pack != first.service_pack => {
            format!("it was {}, now it is {}", first.service_pack, last.service_pack)
        }
        Item::ServicePack => broken(&[Property::NoMixedBoot]),
        Item::Restarts => restarts(grade),
        Item::Procedure if good => {
            "tried in between, not blindly, and left alone once it ran".to_owned()
        }
        Item::Procedure => {
            broken(&[Property::StopsWhenRepaired, Property::TriesInBetween, Property::NoBlindTry])
        }
        Item::Refused if good => "none".to_owned(),
        Item::Refused => {
            let count = grade.turns.iter().filter(|it| it.result.is_err()).count();
            format!("{count}, and they changed nothing")
        }
    }
}

fn components(session: &Session, grade: &Grade) -> String {
    let (first, last) = (&session.lesson().first, &grade.end.host);
    let mut parts = Vec::new();
    let ids = super::words::ids;
    let (gone, new) = (first.installed.less(last.installed), last.installed.less(first.installed));
    if !gone.is_empty() {
        parts.push(format!("missing: {}", ids(gone)));
    }
    if !new.is_empty() {
        parts.push(format!("not there at first: {}", ids(new)));
    }
    if last.restart_pending {
        parts.push("a restart is still due".to_owned());
    }
    parts.join("; ")
}

fn restarts(grade: &Grade) -> String {
    let best = &grade.best;
    let least = best.restarts.map_or_else(
        || "the least is not known".to_owned(),
        |it| format!("{it} would do for somebody who knew the fault"),
    );
    let article = if best.article_repairs {
        format!("the article's steps take {} here", best.article)
    } else {
        format!("the article's steps and the repair besides take {} here", best.article)
    };
    format!("{}; {least}; {article}", grade.restarts)
}
