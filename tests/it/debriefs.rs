//! The debrief: moments of no return, the dearest moment, what was broken, and what to play next.

use crate::grading::BOTH;
use crate::grading::PACK;
use crate::grading::lesson;
use crate::grading::of_pack;
use crate::training::typed;
use imc4087::model::component::Component;
use imc4087::model::set::Components;
use imc4087::report::block;
use imc4087::report::block::Layout;
use imc4087::report::debrief::blocks;
use imc4087::train::debrief::Debrief;
use imc4087::train::grade::Grade;
use imc4087::train::guess::Guess;
use imc4087::train::guess::guess;
use imc4087::train::lesson::Lesson;
use imc4087::train::moment::Gone;
use imc4087::train::seed::Level;
use imc4087::train::session::Session;

fn debrief(lesson: &Lesson, lines: &[&str]) -> Debrief {
    let session = typed(lesson, lines);
    Debrief::of(&session, &Grade::of(&session))
}

fn text(session: &Session, layout: Layout) -> String {
    imc4087::report::style::stripped(&block::plain(&blocks(session, &Grade::of(session)), layout))
}

/// The words of a text, so that it does not matter where lines end.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check_no_return(lesson: &Lesson, lines: &[&str], wanted: &[(usize, Gone)]) -> Debrief {
    let debrief = debrief(lesson, lines);
    let found: Vec<(usize, Gone)> =
        debrief.no_return.iter().map(|it| (it.action, it.gone)).collect();
    assert_eq!(found, wanted);
    debrief
}

#[test]
fn what_cannot_be_taken_back_is_a_moment_of_no_return() {
    let raised = ["start imc", "apply service pack 6", "yes", "finish unrepaired"];
    let debrief = check_no_return(&lesson(PACK), &raised, &[(2, Gone::ServicePack)]);
    let moment = &debrief.no_return[0];
    assert_eq!(moment.before.as_ref().unwrap().len(), 6);
    assert_eq!(moment.after.as_ref().unwrap().len(), 6, "under the new one");
    let only = of_pack("only-protocol");
    let lines = ["start imc", "remove tcpip", "yes"];
    let debrief = check_no_return(&only, &lines, &[(3, Gone::OnlyProtocol)]);
    let way = debrief.no_return[0].before.as_ref().unwrap();
    assert!(matches!(way[0], imc4087::model::action::Action::Install(_)), "one stands in: {way:?}");
    let old = lesson("os = \"3.51\"\ncomponents = [\"tcpip\"]\ndamaged = [\"tcpip\"]");
    check_no_return(&old, &["upgrade"], &[(1, Gone::Os)]);
    let both = ["remove tcpip", "remove netbeui", "yes"];
    check_no_return(&lesson(BOTH), &both, &[(3, Gone::Shares)]);
}

#[test]
fn what_is_gone_goes_no_second_time() {
    let once = ["remove nwlink", "yes", "install nwlink", "yes"];
    let twice = [&once[..], &["start imc"], &once[..]].concat();
    check_no_return(&lesson(PACK), &twice, &[(4, Gone::Mixed)]);
    let session = typed(&lesson(PACK), &twice);
    let text = flat(&text(&session, Layout::Columns));
    assert!(!text.contains("kept everything") && text.contains("this would have avoided it"));
}

#[test]
fn the_dearest_moment_is_found_whatever_it_cost() {
    let dearest = |lesson: &Lesson, lines: &[&str]| {
        debrief(lesson, lines).fork.map(|it| (it.action, it.restarts, it.turns.len()))
    };
    let lost = [
        "start imc",
        "remove tcpip",
        "remove netbeui",
        "yes",
        "install tcpip",
        "install netbeui",
        "yes",
        "start imc",
        "share Public",
        "finish repaired",
    ];
    assert_eq!(dearest(&lesson(BOTH), &lost), Some((4, 2, 7)));
    let raised = ["start imc", "apply service pack 6", "yes", "finish unrepaired"];
    assert_eq!(dearest(&lesson(PACK), &raised).map(|it| it.0), Some(2));
    let given_up = ["start imc", "finish unrepaired"];
    assert_eq!(dearest(&lesson(BOTH), &given_up).map(|it| it.0), Some(2));
    let out = ["start imc", "remove nwlink", "yes", "start imc", "finish repaired"];
    assert_eq!(dearest(&lesson(PACK), &out).map(|it| it.0), Some(5), "a component is left out");
    let fine = ["start imc", "remove macintosh", "yes", "install macintosh", "yes", "start imc"];
    assert_eq!(dearest(&Lesson::drawn(1, Level::Upgrade), &fine), None);
}

#[test]
fn a_moment_before_which_all_was_done_has_no_table() {
    let lesson = Lesson::drawn(1, Level::Upgrade);
    let fine = ["start imc", "remove macintosh", "yes", "install macintosh", "yes", "start imc"];
    let lines = [&fine[..], &["restart", "start imc", "finish repaired", "", ""]].concat();
    let session = typed(&lesson, &lines);
    let text = flat(&text(&session, Layout::Columns));
    let says = "Before it nothing was left to be done: the run could have ended there, repaired, with 2 restarts in all.";
    assert!(text.contains(says) && !text.contains("and not:"), "{text}");
}

#[test]
fn notes_and_looks_are_in_the_debrief_wherever_they_were_made() {
    let lines = [
        "start imc",
        "remove macintosh",
        "no",
        "restart",
        "note early",
        "undo 2",
        "network services",
        "note late",
    ];
    let lesson = Lesson::drawn(1, Level::Upgrade);
    for end in [&["finish unrepaired", "", ""][..], &[]] {
        let session = typed(&lesson, &[&lines[..], end].concat());
        for layout in [Layout::Columns, Layout::Lines] {
            let text = text(&session, layout);
            for note in ["(note: early)", "(note: late)", "(looked at network services)"] {
                assert!(text.contains(note), "{note}: {text}");
            }
        }
    }
    let nothing_done = typed(&lesson, &["note alone", "hint"]);
    let text = text(&nothing_done, Layout::Columns);
    assert!(text.contains("(note: alone)") && text.contains("assisted: 1 hint"), "{text}");
}

#[test]
fn what_was_broken_is_told_also_where_it_is_no_damage() {
    let bare = lesson("components = [\"netbeui\"]");
    let session = typed(&bare, &["start imc", "finish unrepaired", "tcpip was missing", ""]);
    let text = flat(&text(&session, Layout::Columns));
    assert!(
        text.contains("TCP/IP was not in memory, and the mail service depends on it."),
        "{text}"
    );
    assert!(text.contains("You said: tcpip was missing.") && !text.contains("not so."), "{text}");
    assert!(!text.contains("first try. It succeeds"), "{text}");
}

#[test]
fn an_answer_is_judged_by_the_components_it_names() {
    let macintosh = Components::of(&[Component::Macintosh]);
    for (said, wanted) in [
        ("", Guess::Silent),
        (" ,", Guess::Silent),
        ("macintosh", Guess::Right),
        ("(macintosh)", Guess::Right),
        ("SFM", Guess::Right),
        ("services for macintosh on the mail server", Guess::Right),
        ("Services for Macintosh, bound to the AppleTalk Protocol", Guess::Right),
        ("macintosh/appletalk", Guess::Partly),
        ("server, macintosh", Guess::Partly),
        ("netbeui", Guess::Wrong),
        ("TCP/IP", Guess::Wrong),
        ("Server", Guess::Wrong),
        ("none", Guess::Wrong),
        ("nothing is wrong with tcpip, it is macintosh", Guess::Unclear),
        ("not macintosh, tcpip", Guess::Unclear),
        ("the mail server", Guess::Unclear),
    ] {
        assert_eq!(guess(said, macintosh), wanted, "{said}");
    }
    assert_eq!(guess("nothing at all", Components::EMPTY), Guess::Right);
}

#[test]
fn the_next_host_aims_at_the_weakness() {
    let lesson = Lesson::drawn(1, Level::Upgrade);
    let fine = ["start imc", "remove macintosh", "yes", "install macintosh", "yes", "start imc"];
    let why = |lines: &[&str]| {
        let session = typed(&lesson, lines);
        let next = Debrief::of(&session, &Grade::of(&session)).next;
        (next.level, next.why)
    };
    let (level, _) = why(&[&fine[..], &["finish repaired"]].concat());
    assert_eq!(level, Level::Anywhere, "one level harder");
    for (lines, says) in [
        (vec!["finish repaired"], "without being told the next act"),
        (vec!["finish unrepaired"], "look before you claim"),
        (vec!["remove netmon", "undo 1", "finish repaired"], "without taking anything back"),
        (vec!["restart", "start imc", "finish repaired"], "restart where it changes something"),
        (vec!["remove macintosh", "finish repaired"], "put everything back"),
    ] {
        let hints: &[&str] = if says.contains("told") { &["hint", "hint", "hint"] } else { &[] };
        let (level, why) = why(&[&fine[..], hints, &lines].concat());
        assert!(why.contains(says) && level == Level::Upgrade, "{lines:?}: {why}");
    }
}

/// Steps of a best line that go beyond the article are marked, and no word of the article is taken for
/// them; what a service pack is due to is the right paragraph.
#[test]
fn best_lines_cite_the_article_only_for_what_it_says() {
    let session = typed(&lesson(PACK), &["start imc", "finish unrepaired", "", ""]);
    let one = text(&session, Layout::Lines);
    let known = one.split("The best line, with the fault known").nth(1).unwrap();
    let pack = known.split("apply service pack 3").nth(1).unwrap();
    assert!(flat(pack).starts_with("the article: WORKAROUND 2.4: Here, too"), "{pack}");
    assert!(!known.contains("WORKAROUND 1.4"), "{known}");
    let session = typed(&lesson(BOTH), &["start imc", "finish unrepaired", "", ""]);
    let text = flat(&text(&session, Layout::Columns));
    let known = text.split("The best plan for what can be seen").nth(1).unwrap();
    assert!(known.contains("remove netbeui beyond the article [b]"), "{known}");
    assert!(known.contains("[a] beyond the article: a protocol is installed for the time being"));
}

#[test]
fn a_debrief_fits_eighty_columns_and_reads_line_by_line() {
    let longest = |text: &str| text.lines().map(|it| it.chars().count()).max().unwrap();
    for lesson in [Lesson::drawn(3, Level::Stakes), Lesson::drawn(3, Level::Beyond), lesson(PACK)] {
        let lines = [
            "start imc",
            "remove tcpip",
            "yes",
            "install tcpip",
            "yes",
            "finish repaired",
            "x",
            "y",
        ];
        let session = typed(&lesson, &lines);
        let columns = text(&session, Layout::Columns);
        assert!(longest(&columns) <= 80, "{columns}");
        let lines = text(&session, Layout::Lines);
        assert!(longest(&lines) <= 80, "{lines}");
        assert!(
            !lines
                .lines()
                .any(|it| it.trim_start().replacen(".  does", ". does", 1).contains("  ")),
            "{lines}"
        );
        assert!(lines.contains("\n2.  does: remove tcpip\n    operator sees: "), "{lines}");
        assert!(lines.contains("what: repaired\n    verdict: BAD\n    why: "), "{lines}");
    }
}
