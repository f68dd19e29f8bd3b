//! The verdict on a run at the prompt, line by line, with the reason of each.

use super::block::Table;
use super::words;
use crate::model::host::Imc;
use crate::model::property::Property;
use crate::text::wording;
use crate::train::debrief::Debrief;
use crate::train::grade::Grade;
use crate::train::grade::Item;
use crate::train::hint::Rung;
use crate::train::session::Session;

/// The verdict in a word or two, and what else is true of the run.
pub fn word(session: &Session, grade: &Grade) -> String {
    let word = if grade.is_empty() {
        "nothing was done"
    } else if grade.is_idle() {
        "not passed: nothing was tried"
    } else if grade.passes() {
        "passed"
    } else {
        "not passed"
    };
    let marks = marks(session, grade);
    if marks.is_empty() { word.to_owned() } else { format!("{word} ({})", marks.join("; ")) }
}

fn marks(session: &Session, grade: &Grade) -> Vec<String> {
    let mut marks = Vec::new();
    let hints = session.hints();
    if !hints.is_empty() {
        let together = hints.iter().filter(|(_, it)| *it == Rung::Together).count();
        let done =
            if together == 0 { String::new() } else { format!(", {together} of them to the last") };
        marks.push(format!("assisted: {}{done}", wording::count(hints.len(), "hint")));
    }
    if grade.taken_back > 0 {
        marks.push(format!("{} taken back", wording::count(grade.taken_back, "action")));
    }
    if grade.claim().is_none() {
        marks.push("left before its end".to_owned());
    }
    marks
}

/// The lines of the verdict.
pub fn table(session: &Session, grade: &Grade, debrief: &Debrief) -> Table {
    let row = |item: Item| {
        let word = match (grade.holds(item), item.decides()) {
            (true, _) => "good",
            (false, true) => "BAD",
            (false, false) => "could be better",
        };
        vec![item.id().to_owned(), word.to_owned(), why(session, grade, debrief, item)]
    };
    Table {
        caption: "The verdict, line by line; procedure and refused acts are advice",
        head: vec![("what", 12), ("verdict", 15), ("why", 48)],
        rows: Item::ALL.into_iter().map(row).collect(),
    }
}

fn why(session: &Session, grade: &Grade, debrief: &Debrief, item: Item) -> String {
    let names = &session.lesson().names;
    let (first, last) = (&session.lesson().first, &grade.end.host);
    let broken = |properties: &[Property]| {
        let broken = properties.iter().filter(|it| grade.broken.has(**it));
        broken.map(|it| it.broken_by()).collect::<Vec<_>>().join("; ")
    };
    let good = grade.holds(item);
    match item {
        Item::Repaired if last.imc == Imc::Running => "the IMC runs".to_owned(),
        Item::Repaired if good => "out of reach: nobody could".to_owned(),
        Item::Repaired => "the IMC does not run".to_owned(),
        Item::Claim => match grade.claim() {
            None => "nothing was claimed: the run has no `finish`".to_owned(),
            Some(claim) if good => format!("`finish {}`, and so it is", claim.id()),
            Some(claim) => format!("`finish {}`, and that is not so", claim.id()),
        },
        Item::Shares if good && first.shares.is_empty() => "there were none".to_owned(),
        Item::Shares if good => "every folder is shared as before".to_owned(),
        Item::Shares if last.lost.is_empty() => {
            format!("{}, and were shared again", broken(&[Property::NoAvoidableLoss]))
        }
        Item::Shares => {
            format!("no longer shared: {}", wording::list(&names.share_names(last.lost)))
        }
        Item::Components if good => "the same as at first".to_owned(),
        Item::Components => components(session, grade),
        Item::ServicePack if good && first.service_pack == 0 => "there was none".to_owned(),
        Item::ServicePack if good => "the same, and in place at every boot".to_owned(),
        Item::ServicePack if last.service_pack != first.service_pack => {
            format!("it was {}, now it is {}", first.service_pack, last.service_pack)
        }
        Item::ServicePack => broken(&[Property::NoMixedBoot]),
        Item::Restarts => restarts(grade, debrief),
        Item::Procedure if good => "nothing against it".to_owned(),
        Item::Procedure => {
            let said = broken(&[
                Property::StopsWhenRepaired,
                Property::TriesInBetween,
                Property::NoBlindTry,
            ]);
            let untried =
                grade.untried.then_some("something was changed before anything was tried");
            let said = untried.into_iter().chain(Some(said.as_str()).filter(|it| !it.is_empty()));
            said.collect::<Vec<_>>().join("; ")
        }
        Item::Refused if good => "none".to_owned(),
        Item::Refused => {
            let count = grade.turns.iter().filter(|it| it.result.is_err()).count();
            format!("{count}; they changed nothing")
        }
    }
}

fn components(session: &Session, grade: &Grade) -> String {
    let (first, last) = (&session.lesson().first, &grade.end.host);
    let mut parts = Vec::new();
    let (gone, new) = (first.installed.less(last.installed), last.installed.less(first.installed));
    if !gone.is_empty() {
        parts.push(format!("missing: {}", words::ids(gone)));
    }
    if !new.is_empty() {
        parts.push(format!("not there at first: {}", words::ids(new)));
    }
    if last.os != first.os {
        parts.push(format!(
            "Windows NT was {}, now it is {}, and cannot be taken back",
            first.os.id(),
            last.os.id()
        ));
    }
    if last.restart_pending {
        parts.push("a restart is still due".to_owned());
    }
    parts.join("; ")
}

fn restarts(grade: &Grade, debrief: &Debrief) -> String {
    let mut parts = vec![format!("{} in this run", grade.restarts)];
    if grade.needless > 0 {
        parts.push(format!("{} of them changed nothing", grade.needless));
    }
    if let Some(seen) = &debrief.seen {
        parts.push(format!("{} by the best plan for what can be seen", seen.restarts()));
    }
    parts.extend(grade.best.restarts().map(|it| format!("{it} with the fault known")));
    let steps = if grade.best.article_repairs || grade.out_of_reach() {
        "by the article's own steps"
    } else {
        "by the article's own steps and, as they do not reach the fault, the repair after them"
    };
    parts.push(format!("{} {steps}, the most that may be taken", grade.best.article));
    parts.join("; ")
}
