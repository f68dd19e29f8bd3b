//! Hints: that their rungs agree, fit where the run stands, and follow the article as far as it reaches.

use crate::grading::BOTH;
use crate::grading::PACK;
use crate::grading::lesson;
use crate::grading::of_pack;
use crate::training::lessons;
use crate::training::typed;
use imc4087::model::action::Action;
use imc4087::model::set::Components;
use imc4087::search::way::way;
use imc4087::train::advice::advice;
use imc4087::train::article::REACHED;
use imc4087::train::grade::Grade;
use imc4087::train::lesson::Lesson;
use imc4087::train::seed::Level;
use imc4087::train::seed::SplitMix64;
use imc4087::train::session::Session;

/// The first three rungs after `lines`.
#[track_caller]
fn rungs(lesson: &Lesson, lines: &[&str]) -> [String; 3] {
    let mut session = typed(lesson, lines);
    [(); 3].map(|()| session.answer("hint").text)
}

/// The third rung after `lines` names `act` and says `says`.
#[track_caller]
fn check(lesson: &Lesson, lines: &[&str], act: &str, says: &str) -> [String; 3] {
    let told = rungs(lesson, lines);
    assert!(told[2].contains(&format!("the next act is `{act}`.")), "{}", told.concat());
    assert!(told.concat().contains(says), "{}", told.concat());
    told
}

#[test]
fn a_forgotten_service_pack_is_applied_also_after_the_boot() {
    let lines = ["remove nwlink", "yes", "install nwlink", "yes", "start imc", "eventviewer"];
    check(&lesson(PACK), &lines, "apply service pack 3", "booted without the service pack");
    let lines = ["remove nwlink", "yes", "install nwlink", "no"];
    check(&lesson(PACK), &lines, "apply service pack 3", "WORKAROUND 2.4: Here, too");
    let services =
        lesson("service-pack = 3\ncomponents = [\"tcpip\", \"snmp\"]\ndamaged = [\"snmp\"]");
    let lines = ["start imc", "remove snmp", "yes", "install snmp"];
    check(&services, &lines, "apply service pack 3", "WORKAROUND 1.4: With a service pack");
    let lines = [&lines[..], &["no", "apply service pack 3"]].concat();
    check(&services, &lines, "restart", "WORKAROUND 1.4: With a service pack");
}

#[test]
fn what_is_too_much_is_removed_and_not_installed_again() {
    let lines = ["install snmp", "apply service pack 3", "yes"];
    let told = check(&lesson(PACK), &lines, "remove snmp", "was not there at first");
    assert!(!told.concat().contains("install again"), "{}", told.concat());
    let raised = ["start imc", "apply service pack 6", "yes"];
    let lesson = lesson(PACK);
    let told = rungs(&lesson, &raised);
    assert!(!told.concat().contains("taken out"), "{}", told.concat());
}

#[test]
fn no_service_pack_is_due_where_nothing_from_the_cd_is_left() {
    let told = check(
        &lesson(PACK),
        &["install snmp", "no", "remove snmp", "no"],
        "restart",
        "as the last boot loaded it",
    );
    assert!(!told.concat().contains("came from the CD"), "{}", told.concat());
}

#[test]
fn one_protocol_is_taken_at_a_time() {
    let lines = ["start imc", "eventviewer", "remove netbeui", "no"];
    check(&lesson(PACK), &lines, "restart", "WORKAROUND 2.1, 2.2");
    let lines = ["start imc", "remove tcpip", "no", "remove netbeui", "no"];
    check(&lesson(BOTH), &lines, "install netbeui", "put one back first");
    let lines = ["remove netbeui", "yes", "remove tcpip", "no"];
    check(&lesson(BOTH), &lines, "install netbeui", "put one back first");
}

#[test]
fn both_services_go_together() {
    let host =
        "components = [\"tcpip\", \"appletalk\", \"macintosh\", \"snmp\"]\ndamaged = [\"snmp\"]";
    let lines = ["start imc", "eventviewer", "remove macintosh", "no"];
    check(&lesson(host), &lines, "remove snmp", "if both are installed, remove them both");
    let lines = [&lines[..], &["remove snmp", "yes", "install macintosh", "no"]].concat();
    check(&lesson(host), &lines, "install snmp", "WORKAROUND 1.3");
}

#[test]
fn the_only_protocol_comes_with_a_warning_about_the_shares() {
    let only = of_pack("only-protocol");
    let warns = "Beyond the article, another protocol";
    check(&only, &["start imc", "eventviewer"], "remove tcpip", warns);
    check(&only, &["start imc", "eventviewer", "remove tcpip", "no"], "restart", warns);
    let lines = ["start imc", "remove tcpip", "yes", "install tcpip", "yes"];
    let told = check(&only, &lines, "share Add-ins", "share them by hand");
    assert!(told[0].contains("net share"), "{}", told[0]);
}

/// A protocol that stands in for the only one is left until that is back.
#[test]
fn a_protocol_that_carries_the_shares_meanwhile_is_left_in_peace() {
    let only = of_pack("only-protocol");
    let lines = ["start imc", "install netbeui", "no", "remove tcpip", "no"];
    check(&only, &lines, "restart", "memory has not");
    let lines = [&lines[..], &["restart"]].concat();
    check(&only, &lines, "install tcpip", "to be put back");
    let lines = [&lines[..], &["install tcpip", "no"]].concat();
    check(&only, &lines, "remove netbeui", "was not there at first");
}

#[test]
fn what_was_taken_out_comes_back_however_many_that_are() {
    let lesson = Lesson::drawn(15, Level::Stakes);
    let lines = [
        "start imc",
        "remove nwlink",
        "remove appletalk",
        "remove dlc",
        "remove streams",
        "remove pptp",
        "remove macintosh",
        "remove snmp",
        "restart",
        "start imc",
        "eventviewer",
    ];
    let told = rungs(&lesson, &lines);
    assert!(told[2].contains("the next act is `install "), "{}", told[2]);
}

#[test]
fn where_the_goal_is_out_of_reach_the_hint_says_so() {
    let beyond = of_pack("if-reinstalling-repaired-nothing");
    let bare = lesson("components = [\"netbeui\"]");
    for lesson in [&beyond, &bare] {
        check(lesson, &["start imc"], "finish unrepaired", "No order of actions leads from here");
    }
    let raised = ["start imc", "eventviewer", "apply service pack 6", "yes"];
    check(&lesson(PACK), &raised, "start imc", "only a try shows");
    let lines = [
        &raised[..],
        &[
            "remove nwlink",
            "yes",
            "install nwlink",
            "no",
            "apply service pack 6",
            "yes",
            "start imc",
        ],
    ]
    .concat();
    check(&lesson(PACK), &lines, "finish repaired", "cannot be taken back");
}

/// As far as the article reaches, no rung depends on what is damaged.
#[test]
fn hints_follow_the_article_and_not_the_fault() {
    for lesson in lessons().filter(|it| !it.first.failing.is_empty()).step_by(3) {
        let mut other = lesson.clone();
        let ras = imc4087::model::component::Component::Ras;
        if !lesson.first.installed.has(ras) {
            continue;
        }
        other.first.damaged = Components::of(&[ras]);
        other.first.failing = other.first.damaged;
        let (mut here, mut there) = (Session::new(lesson.clone()), Session::new(other));
        while here.host().imc == there.host().imc && !advice(&there).knows {
            for line in ["hint", "hint", "hint", "hint", "yes"] {
                assert_eq!(here.answer("eventviewer"), there.answer("eventviewer"));
                assert_eq!(here.prompt(), there.prompt());
                let (one, two) = (here.answer(line), there.answer(line));
                let tried = here.turns().last().is_some_and(|it| it.action.is_try());
                assert!(one == two || tried && line == "yes", "{}: {one:?} {two:?}", lesson.name());
            }
        }
        let actions = there.actions();
        let reached = lesson.first.installed.and(REACHED);
        let left: Vec<_> =
            reached.iter().filter(|it| !actions.contains(&Action::Remove(*it))).collect();
        assert!(left.is_empty() || !advice(&there).knows, "{}: {left:?}", lesson.name());
    }
}

/// What hints lead to on the first host of every scenario of the pack.
#[test]
fn hints_followed_to_the_last_pass_on_every_scenario() {
    for file in imc4087::files::pack::SCENARIOS {
        let lesson = Lesson::of_scenario(file.path, file.text).0.unwrap();
        let mut session = Session::new(lesson);
        while session.claim().is_none() {
            for _ in 0..4 {
                assert!(session.answer("hint").text.starts_with("(Hint"), "{}", file.path);
            }
            let _reply = session.answer("yes");
            assert!(session.turns().len() < 80, "{}: {:?}", file.path, session.actions());
        }
        let grade = Grade::of(&session);
        assert!(grade.passes(), "{}: {:?}\n{grade:?}", file.path, session.actions());
    }
}

/// From wherever somebody got by acting at random, hints lead to an end, and to a good one where there
/// is one; no hint is refused.
#[test]
fn hints_lead_out_of_every_mess() {
    let mut dice = SplitMix64::new(4087);
    let mut pick = |count: usize| usize::try_from(dice.next() % count as u64).unwrap();
    let mut good = 0;
    for lesson in lessons().step_by(2) {
        let components: Vec<_> = (Components::ALL).iter().collect();
        let mut session = Session::new(lesson.clone());
        for _ in 0..pick(12) {
            let component = components[pick(components.len())].id();
            let line = match pick(7) {
                0 | 1 => format!("remove {component}"),
                2 => format!("install {component}"),
                3 => "start imc".to_owned(),
                4 => format!("apply service pack {}", 1 + pick(6)),
                5 => "yes".to_owned(),
                _ => "eventviewer".to_owned(),
            };
            let _reply = session.answer(&line);
        }
        let before = session.turns().len();
        let lost = session.host().lost;
        while session.claim().is_none() {
            for _ in 0..4 {
                assert!(session.answer("hint").text.starts_with("(Hint"));
            }
            let _reply = session.answer("yes");
            let refused = session.turns().last().is_some_and(|it| it.result.is_err());
            assert!(!refused, "{}: {:?}", lesson.name(), session.actions());
            assert!(
                session.turns().len() < before + 80,
                "{}: {:?}",
                lesson.name(),
                session.actions()
            );
        }
        let end = session.host();
        let whole = end.installed == lesson.first.installed && end.lost.is_empty();
        assert!(whole && !end.restart_pending, "{}: {:?}", lesson.name(), session.actions());
        assert!(Grade::of(&session).holds(imc4087::train::grade::Item::Claim));
        let same = end.service_pack == lesson.first.service_pack;
        assert_eq!(same, way(lesson.rules, end, &lesson.first).is_some(), "{}", lesson.name());
        good += usize::from(same && lost.is_empty());
    }
    assert!(good > 200, "{good}");
}

#[test]
fn a_question_stays_open_until_there_is_an_action() {
    let asks = "Do you want to restart your computer now?";
    let mut session = typed(&lesson(PACK), &["remove nwlink"]);
    for line in ["hint", "hint", "hint", "help", "note x", "eventviewer", "nonsense", ""] {
        let reply = session.answer(line).text;
        assert!(reply.contains(asks) && session.prompt() == "yes or no? ", "{line}: {reply}");
    }
    assert!(session.answer("no").text.contains("still due") && session.prompt() == r"C:\>");
    let mut session = typed(&lesson(PACK), &["hint", "hint", "hint", "hint"]);
    assert!(session.answer("winver").text.contains("`start imc`: shall it be typed?"));
    assert!(session.answer("yes").text.contains("Error 2140"));
    let mut session = typed(&lesson(PACK), &["remove nwlink", "start imc"]);
    assert_eq!(session.answer("yes").text, "(Nothing was asked.)\n");
}

#[test]
fn what_was_taken_back_was_not_seen() {
    let lines =
        ["start imc", "remove nwlink", "no", "eventviewer", "net share", "undo 2", "start imc"];
    let lesson = lesson(PACK);
    let told = rungs(&lesson, &lines);
    assert!(told[0].contains("Look at `eventviewer`"), "{}", told[0]);
}
