//! What training reads and writes: seeds, journals, saved runs and progress.

use crate::training::lessons;
use crate::training::typed;
use imc4087::model::component::Component;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::set::Components;
use imc4087::search::play::play;
use imc4087::train::grade::Grade;
use imc4087::train::journal;
use imc4087::train::lesson::Lesson;
use imc4087::train::progress;
use imc4087::train::progress::Progress;
use imc4087::train::progress::Run;
use imc4087::train::saved::scenario;
use imc4087::train::seed::ALGORITHM;
use imc4087::train::seed::Level;
use imc4087::train::seed::SplitMix64;
use imc4087::train::seed::draw;
use imc4087::train::session::Session;

#[test]
fn splitmix64_gives_its_published_numbers() {
    let mut dice = SplitMix64::new(1_234_567);
    let numbers = [(); 3].map(|()| dice.next());
    assert_eq!(
        numbers,
        [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
    );
}

#[test]
fn a_journal_plays_again_to_the_same_bytes() {
    let file = imc4087::files::pack::SCENARIOS[29];
    let of_scenario = Lesson::of_scenario(file.path, file.text).0.unwrap();
    for lesson in [Lesson::drawn(7, Level::Stakes), of_scenario] {
        let lines = [
            "  remove   tcpip ",
            "",
            "no",
            "undo",
            "Net Start MSExchangeIMC",
            "note a | b > c",
            "restart\u{1b}[2J",
            "finish unrepaired",
            "tcpip",
            "",
        ];
        let mut session = Session::new(lesson.clone());
        let answers: Vec<String> = lines.map(|it| session.answer(it).text).to_vec();
        let text = journal::print(&session);
        let (journal, said) = journal::read(&text);
        assert!(said.is_empty(), "{}", said.draw("journal", &text));
        let journal = journal.unwrap();
        let mut again = Session::new(journal.lesson.clone());
        let second: Vec<String> = journal.lines.iter().map(|it| again.answer(it).text).collect();
        assert_eq!(answers, second);
        assert_eq!(journal::print(&again), text);
        assert_eq!(journal.replay().actions(), session.actions());
        assert_eq!((journal.lesson.first, journal.lesson.names), (lesson.first, lesson.names));
    }
}

#[test]
fn damaged_and_foreign_journals_say_where() {
    let head = "imc4087 journal 1\nhost splitmix64-1 seed 7 level 2\n";
    for (text, says) in [
        (String::new(), "this is no journal"),
        ("schema = 1\n".to_owned(), "begins with `imc4087 journal 1`"),
        ("imc4087 journal 2\n".to_owned(), "this program reads format 1"),
        ("imc4087 journal 1\n".to_owned(), "does not say which host"),
        (
            "imc4087 journal 1\nhost dice-3 seed 7 level 2\n".to_owned(),
            "another version may know it",
        ),
        ("imc4087 journal 1\nhost splitmix64-1 seed -7 level 2\n".to_owned(), "this names no host"),
        ("imc4087 journal 1\nhost splitmix64-1 seed 7 level 6\n".to_owned(), "levels are 1 to 5"),
        (
            "imc4087 journal 1\nscenario x.toml\n| schema = 1\n".to_owned(),
            "is invalid: `title` is missing",
        ),
        (format!("{head}start imc\n"), "a typed line stands behind `> `"),
        (format!("{head}> finish repaired\n>\n>\n> restart\n"), "the run is over before this line"),
        (format!("{head}> save x\n"), "no session keeps this line"),
        (format!("{head}> {}\n", "x".repeat(201)), "at most 200 characters"),
    ] {
        let (journal, said) = journal::read(&text);
        assert!(journal.is_none(), "{text}");
        let drawn = imc4087::report::style::stripped(&said.draw("my.journal", &text));
        assert!(drawn.contains(says) && drawn.contains("my.journal:"), "{drawn}");
    }
    let (fine, said) = journal::read(
        "imc4087 journal 1\r\nhost splitmix64-1 seed 7 level 2\r\n> start imc\r\n\r\n",
    );
    assert!(said.is_empty());
    assert_eq!(fine.unwrap().lines, ["start imc"]);
}

#[test]
fn a_saved_run_is_a_scenario_that_holds() {
    let lines = [
        "remove netmon",
        "start imc",
        "remove tcpip",
        "restart",
        "start imc",
        "install tcpip",
        "yes",
        "start imc",
        "finish unrepaired",
    ];
    let pack = imc4087::files::pack::SCENARIOS;
    let of_pack = pack.iter().map(|it| Lesson::of_scenario(it.path, it.text).0.unwrap());
    for lesson in lessons().step_by(20).chain(of_pack) {
        let session = typed(&lesson, &lines);
        let text = scenario(&lesson, &Grade::of(&session)).unwrap();
        let (read, said) = imc4087::files::scenario::read(&text);
        let read = read.unwrap_or_else(|| panic!("{}", said.draw("saved", &text)));
        assert_eq!(
            (read.host, &read.names, read.rules),
            (lesson.first, &lesson.names, lesson.rules)
        );
        assert!(play(&read, &[]).misses.is_empty(), "{text}");
    }
    let lesson = Lesson::drawn(1, Level::Upgrade);
    assert_eq!(scenario(&lesson, &Grade::of_actions(&lesson, &[])), None);
}

#[test]
fn progress_reads_back_and_says_what_it_cannot_read() {
    let lesson = Lesson::drawn(1, Level::Upgrade);
    let mut all = Progress::default();
    assert_eq!(all.summary(), "0 runs, 0 passed, 0 of them without help.");
    for lines in [
        &[
            "start imc",
            "remove macintosh",
            "yes",
            "install macintosh",
            "yes",
            "start imc",
            "finish repaired",
        ][..],
        &["start imc", "hint", "restart", "undo", "finish unrepaired"],
    ] {
        let session = typed(&lesson, lines);
        all.runs.push(Run::of(&session, &Grade::of(&session)));
    }
    assert_eq!(
        all.summary(),
        "2 runs, 1 passed, 1 of them without help. Most often weak: repaired (1)."
    );
    let text = all.print();
    let (read, said) = progress::read(&text);
    assert!(said.is_empty(), "{}", said.draw("progress", &text));
    assert_eq!(read, Some(all));
    for (text, says) in [
        ("imc4087 progress 2\n", "a newer one wrote this"),
        ("hello\n", "this is no progress file"),
        ("imc4087 progress 1\npassed\n", "tells of no run"),
        (
            "imc4087 progress 1\npassed restarts 1 hints 0 taken-back 0 weak luck of seed 1\n",
            "tells of no run",
        ),
    ] {
        let (read, said) = progress::read(text);
        assert_eq!(read, None);
        assert!(said.draw("my.progress", text).contains(says), "{text}");
    }
}

/// What each level promises, over two hundred hosts of it: that it is there, and that nothing else is.
#[test]
fn every_level_has_its_traps_and_no_others() {
    let of = |level: Level| (0..200).map(move |seed| Lesson::drawn(seed, level));
    let count =
        |level: Level, fits: &dyn Fn(&Host) -> bool| of(level).filter(|it| fits(&it.first)).count();
    let alone = |it: &Host| it.installed.and(Components::PROTOCOLS).len() == 1;
    let article = Components::PROTOCOLS.with(Component::Macintosh).with(Component::Snmp);
    let macintosh = Components::of(&[Component::Macintosh]);
    let sound = |it: &Host| it.damaged.is_empty();
    assert_eq!(
        count(Level::Upgrade, &|it| it.upgraded && it.damaged == macintosh && it.service_pack == 0),
        200
    );
    assert_eq!(
        count(Level::Anywhere, &|it| it.damaged.len() == 1 && it.damaged.within(article)),
        200
    );
    assert!(
        (100..180).contains(&count(Level::Anywhere, &|it| it.damaged.meets(Components::PROTOCOLS)))
    );
    assert_eq!(count(Level::ServicePack, &|it| it.service_pack >= 3 && it.damaged.len() == 1), 200);
    assert!((40..140).contains(&count(Level::ServicePack, &|it| it.imc == Imc::Absent)));
    assert!((60..140).contains(&count(Level::Stakes, &alone)));
    assert_eq!(count(Level::Stakes, &|it| alone(it) || it.damaged.len() == 2), 200);
    assert_eq!(count(Level::Beyond, &|it| !it.damaged.meets(article)), 200);
    assert!((40..100).contains(&count(Level::Beyond, &sound)));
    for lesson in lessons() {
        let (host, names) = (&lesson.first, &lesson.names);
        assert!(host.fits_together() && !names.shares.is_empty());
        assert_eq!(names.shares.len(), host.shares.iter().count());
        assert!(!host.installed.has(Component::Gateway) || host.installed.has(Component::Nwlink));
    }
}

/// A change of the table is a change of what everybody's seeds mean: it needs a new name, and so this test.
#[test]
fn seeds_mean_the_same_host_for_ever() {
    assert_eq!(ALGORITHM, "splitmix64-1");
    let words = |level: Level| {
        let (host, names) = draw(4087, level);
        let ids: Vec<&str> =
            host.installed.less(Components::BASE).iter().map(Component::id).collect();
        let damaged: Vec<&str> = host.damaged.iter().map(Component::id).collect();
        let (pack, shares) = (host.service_pack, names.shares.len());
        format!("{} sp{pack} {} {ids:?} {damaged:?} {shares}", names.computer, host.imc.id())
    };
    let told = Level::ALL.map(words);
    let wanted = [
        r#"MAIL11 sp0 stopped ["tcpip", "appletalk", "macintosh"] ["macintosh"] 2"#,
        r#"MAIL01 sp0 stopped ["tcpip", "nwlink", "appletalk", "pptp", "macintosh", "gateway"] ["nwlink"] 2"#,
        r#"MAIL10 sp5 absent ["tcpip", "netbeui", "snmp"] ["snmp"] 3"#,
        r#"MAIL17 sp3 stopped ["tcpip"] ["tcpip"] 2"#,
        r#"MAIL11 sp4 stopped ["tcpip", "netbeui", "streams", "pptp", "snmp", "ras"] [] 2"#,
    ];
    assert_eq!(told, wanted);
}
