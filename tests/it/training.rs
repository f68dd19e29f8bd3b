//! Training: sessions, journals and grades; and that no grade can be had by anything but a repair.

use imc4087::model::action::Action;
use imc4087::model::action::Claim;
use imc4087::model::component::Component;
use imc4087::model::host::Imc;
use imc4087::model::set::Components;
use imc4087::search::way::way;
use imc4087::train::grade::Grade;
use imc4087::train::grade::Item;
use imc4087::train::lesson::Lesson;
use imc4087::train::seed::Level;
use imc4087::train::seed::SplitMix64;
use imc4087::train::session::Session;

/// Two hundred hosts of each level.
pub(crate) fn lessons() -> impl Iterator<Item = Lesson> {
    Level::ALL.into_iter().flat_map(|level| (0..200).map(move |seed| Lesson::drawn(seed, level)))
}

pub(crate) fn typed(lesson: &Lesson, lines: &[&str]) -> Session {
    let mut session = Session::new(lesson.clone());
    for line in lines {
        assert_eq!(session.answer(line).outside, None, "{line}");
    }
    session
}

/// What somebody does who knows the fault: the shortest way, and an honest end.
fn known(lesson: &Lesson) -> Vec<Action> {
    let way = way(lesson.rules, &lesson.first, &lesson.first).unwrap();
    way.actions.into_iter().chain([Action::Finish(Claim::Repaired)]).collect()
}

#[test]
fn whoever_knows_the_fault_passes_on_every_host() {
    for lesson in lessons() {
        let grade = Grade::of_actions(&lesson, &known(&lesson));
        assert!(grade.passes(), "{}: {grade:?}", lesson.name());
        assert_eq!(Some(grade.restarts), grade.best.restarts());
    }
}

#[test]
fn doing_nothing_passes_nowhere() {
    for lesson in lessons() {
        for claim in [Claim::Repaired, Claim::Unrepaired] {
            let grade = Grade::of_actions(&lesson, &[Action::Finish(claim)]);
            assert!(!grade.passes() && grade.is_idle(), "{}", lesson.name());
        }
        assert!(!Grade::of_actions(&lesson, &[]).passes());
    }
}

#[test]
fn trying_and_claiming_passes_only_where_nothing_was_wrong() {
    for lesson in lessons() {
        let tries =
            if lesson.first.imc == Imc::Absent { Action::CreateIms } else { Action::StartImc };
        let grade = Grade::of_actions(&lesson, &[tries, Action::Finish(Claim::Repaired)]);
        assert_eq!(grade.passes(), lesson.first.failing.is_empty(), "{}", lesson.name());
        assert_eq!(grade.holds(Item::Claim), lesson.first.failing.is_empty());
    }
}

#[test]
fn restarting_everything_passes_nowhere() {
    for lesson in lessons() {
        let tries =
            if lesson.first.imc == Imc::Absent { Action::CreateIms } else { Action::StartImc };
        let mut actions = vec![Action::Restart; 3];
        actions.extend([tries, Action::Finish(Claim::Repaired)]);
        assert!(!Grade::of_actions(&lesson, &actions).passes(), "{}", lesson.name());
    }
}

#[test]
fn removing_the_fault_for_good_passes_nowhere() {
    for lesson in lessons().filter(|it| !it.first.damaged.is_empty()) {
        let tries =
            if lesson.first.imc == Imc::Absent { Action::CreateIms } else { Action::StartImc };
        let mut actions: Vec<Action> = lesson.first.damaged.iter().map(Action::Remove).collect();
        actions.extend([Action::Restart, tries, Action::Finish(Claim::Repaired)]);
        let grade = Grade::of_actions(&lesson, &actions);
        assert!(!grade.passes() && !grade.holds(Item::Components), "{}", lesson.name());
    }
}

#[test]
fn taking_every_protocol_at_once_passes_nowhere_with_several() {
    for lesson in lessons() {
        let protocols = lesson.first.installed.and(Components::PROTOCOLS);
        if protocols.len() < 2 || lesson.first.damaged.is_empty() {
            continue;
        }
        let mut actions: Vec<Action> = protocols.iter().map(Action::Remove).collect();
        actions.push(Action::Restart);
        actions.extend(protocols.iter().map(Action::Install));
        actions.extend(lesson.first.shares.iter().map(Action::Share));
        actions.extend([Action::Restart, Action::StartImc, Action::Finish(Claim::Repaired)]);
        let grade = Grade::of_actions(&lesson, &actions);
        assert!(!grade.passes() && !grade.holds(Item::Shares), "{}", lesson.name());
    }
}

/// Random lines, as somebody types who reads no answer; those that repair by luck are none.
#[test]
fn random_acting_passes_on_no_host_with_a_fault() {
    let mut dice = SplitMix64::new(4087);
    let mut pick = |count: usize| usize::try_from(dice.next() % count as u64).unwrap();
    for lesson in lessons().filter(|it| !it.first.damaged.is_empty()) {
        let components: Vec<Component> = lesson.first.installed.iter().collect();
        let mut lines: Vec<String> = Vec::new();
        for _ in 0..40 {
            let component = components[pick(components.len())];
            lines.push(match pick(8) {
                0 | 1 => format!("remove {}", component.id()),
                2 | 3 => format!("install {}", component.id()),
                4 => "start imc".to_owned(),
                5 => format!("apply service pack {}", 1 + pick(6)),
                6 => "yes".to_owned(),
                _ => "restart".to_owned(),
            });
        }
        lines.push("finish repaired".to_owned());
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        assert!(!Grade::of(&typed(&lesson, &lines)).passes(), "{}: {lines:?}", lesson.name());
    }
}

/// The only protocol of this host is damaged, so that its shares go whatever is done.
const SHARES_LOST: [&str; 6] =
    ["remove tcpip", "yes", "install tcpip", "yes", "start imc", "eventviewer"];

fn one_protocol() -> Lesson {
    let alone = |it: &Lesson| {
        it.first.installed.and(Components::PROTOCOLS).len() == 1
            && it.first.service_pack == 0
            && it.first.imc == Imc::Stopped
    };
    (0..100).map(|seed| Lesson::drawn(seed, Level::Stakes)).find(alone).unwrap()
}

#[test]
fn sharing_under_another_path_is_not_sharing_again() {
    let lesson = one_protocol();
    let share = |path: &dyn Fn(&str) -> String| -> bool {
        let shares: Vec<String> = lesson
            .names
            .shares
            .iter()
            .map(|it| format!("net share {}={}", it.name, path(&it.path)))
            .collect();
        let mut lines = SHARES_LOST.to_vec();
        lines.extend(shares.iter().map(String::as_str));
        lines.push("finish repaired");
        Grade::of(&typed(&lesson, &lines)).passes()
    };
    assert!(share(&|path| path.to_owned()), "to their own folders");
    assert!(share(&|path| format!("\"{}\"", path.to_lowercase())), "in quotes, in other letters");
    assert!(!share(&|_| r"C:\TEMP".to_owned()));
    assert!(!share(&|path| format!(r"{path}\new")));
}

#[test]
fn what_a_refused_act_answers_does_not_decide() {
    let lesson = Lesson::drawn(1, Level::Upgrade);
    let lines = [
        "remove netmon",
        "start imc",
        "remove macintosh",
        "restart",
        "install macintosh",
        "yes",
        "start imc",
        "finish repaired",
    ];
    let grade = Grade::of(&typed(&lesson, &lines));
    assert!(grade.passes() && !grade.holds(Item::Refused));
}

#[test]
fn no_answer_gives_the_fault_away() {
    let lines = [
        "help",
        "winver",
        "ver",
        "network services",
        "network protocols",
        "network bindings",
        "services",
        "net start",
        "net share",
        "start imc",
        "create ims",
        "eventviewer",
        "eventviewer 1",
        "net start msexchangeimc",
        "net helpmsg 2140",
    ];
    for lesson in lessons().filter(|it| !it.first.failing.is_empty()) {
        let (mut here, mut there) = (Session::new(lesson.clone()), lesson.clone());
        there.first.damaged = Components::of(&[Component::Tcpip]);
        there.first.failing = there.first.damaged;
        assert_eq!(here.lesson().ticket(), there.ticket());
        let mut there = Session::new(there);
        for line in lines {
            assert_eq!(here.answer(line), there.answer(line), "{}: {line}", lesson.name());
        }
    }
}

#[test]
fn taking_back_leaves_a_mark_and_no_trace_on_the_host() {
    let lesson = Lesson::drawn(1, Level::Upgrade);
    let session = typed(&lesson, &["start imc", "remove tcpip", "yes", "undo 2", "eventviewer"]);
    assert_eq!(session.actions(), [Action::StartImc]);
    assert_eq!(session.screen().log.len(), 1);
    assert_eq!(Grade::of(&session).taken_back, 2);
    assert_eq!(session.forks()[0].kept, 1);
}

#[test]
fn every_word_that_is_offered_works() {
    let lesson = Lesson::drawn(1, Level::Upgrade);
    for offer in imc4087::train::command::OF_NT.iter().chain(&imc4087::train::command::OURS) {
        for line in offer.form.split(", ") {
            let line = line.replace("NAME=PATH", r"Drawings=E:\Drawings");
            let line = line.replace("NAME", "server").replace(" N", " 1").replace("TEXT", "x");
            let reply = Session::new(lesson.clone()).answer(&line);
            assert!(!reply.text.contains("not recognized"), "{line}: {}", reply.text);
            assert!(reply.outside.is_some() || !reply.text.is_empty(), "{line}");
        }
    }
}

#[test]
fn hints_followed_to_the_last_repair_every_host() {
    for lesson in lessons() {
        let mut session = Session::new(lesson.clone());
        while session.claim().is_none() {
            for _ in 0..4 {
                assert!(session.answer("hint").text.starts_with("(Hint"));
            }
            assert_eq!(session.prompt(), "yes or no? ");
            let _reply = session.answer("yes");
            assert!(session.turns().len() < 60, "{}: {:?}", lesson.name(), session.actions());
        }
        let grade = Grade::of(&session);
        assert!(grade.passes(), "{}: {:?}", lesson.name(), session.actions());
        assert!(session.hints().len() >= 8);
    }
}

/// The first two rungs say nothing that could not be seen.
#[test]
fn the_first_rungs_do_not_give_the_fault_away() {
    for lesson in lessons().filter(|it| !it.first.failing.is_empty()) {
        let mut other = lesson.clone();
        other.first.damaged = Components::of(&[Component::Tcpip]);
        other.first.failing = other.first.damaged;
        let (mut here, mut there) = (Session::new(lesson.clone()), Session::new(other));
        for line in [
            "hint",
            "hint",
            "start imc",
            "create ims",
            "hint",
            "hint",
            "eventviewer",
            "hint",
            "hint",
        ] {
            assert_eq!(here.answer(line), there.answer(line), "{}: {line}", lesson.name());
        }
    }
}
