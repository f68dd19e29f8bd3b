//! Grades that cannot be fooled, and those that are fair where the goal is out of reach.

use crate::training::lessons;
use crate::training::typed;
use imc4087::model::action::Action;
use imc4087::model::component::Component;
use imc4087::model::host::Imc;
use imc4087::model::set::Components;
use imc4087::search::cost::Aims;
use imc4087::search::ground::Allowed;
use imc4087::search::ground::Ground;
use imc4087::search::plan;
use imc4087::search::world::Damage;
use imc4087::train::debrief::Debrief;
use imc4087::train::grade::Grade;
use imc4087::train::grade::Item;
use imc4087::train::lesson::Lesson;
use imc4087::train::seed::Level;
use imc4087::train::session::Session;

/// A lesson of a host with these lines in its `[host]`, and one share.
pub(crate) fn lesson(host: &str) -> Lesson {
    let exchange = if host.contains("exchange") { "" } else { "exchange = \"5.0\"\n" };
    let imc = if host.contains("imc") { "" } else { "imc = \"stopped\"\n" };
    let text = format!(
        "schema = 1\ntitle = \"t\"\nteaches = \"t\"\n[host]\nname = \"MAIL01\"\n{exchange}{imc}{host}\n\
         [[host.share]]\nname = \"Public\"\npath = 'D:\\Public'\n\
         [[act]]\ndo = \"restart\"\nexpect = {{ restarts = 1 }}\n"
    );
    let (lesson, said) = Lesson::of_scenario("host.toml", &text);
    lesson.unwrap_or_else(|| panic!("{}", said.draw("host.toml", &text)))
}

pub(crate) fn of_pack(name: &str) -> Lesson {
    let path = format!("scenarios/{name}.toml");
    let file = imc4087::files::pack::SCENARIOS.iter().find(|it| it.path == path).unwrap();
    Lesson::of_scenario(file.path, file.text).0.unwrap()
}

/// The `[host]` of several tests: three protocols under a service pack.
pub(crate) const PACK: &str =
    "service-pack = 3\ncomponents = [\"tcpip\", \"netbeui\", \"nwlink\"]\ndamaged = [\"nwlink\"]";

/// And of others: both protocols are damaged.
pub(crate) const BOTH: &str =
    "components = [\"tcpip\", \"netbeui\"]\ndamaged = [\"tcpip\", \"netbeui\"]";

fn grade(lesson: &Lesson, lines: &[&str]) -> Grade {
    Grade::of(&typed(lesson, lines))
}

#[test]
fn an_upgrade_is_no_repair() {
    let host = "os = \"3.51\"\ncomponents = [\"tcpip\", \"netbeui\"]\ndamaged = [\"netbeui\"]";
    let lines = [
        "start imc",
        "remove netbeui",
        "upgrade",
        "install netbeui",
        "yes",
        "start imc",
        "finish repaired",
    ];
    let grade = grade(&lesson(host), &lines);
    assert!(grade.holds(Item::Repaired) && !grade.holds(Item::Components) && !grade.passes());
}

#[test]
fn a_restart_that_nothing_waits_for_fails_its_line() {
    let repair = ["start imc", "remove macintosh", "yes", "install macintosh", "yes", "start imc"];
    let lesson = Lesson::drawn(1, Level::Upgrade);
    for bare in [0, 1] {
        let mut lines = vec!["restart"; bare];
        lines.extend(repair);
        lines.push("finish repaired");
        let grade = grade(&lesson, &lines);
        assert_eq!((grade.passes(), grade.holds(Item::Restarts)), (bare == 0, bare == 0));
        assert_eq!(grade.needless, u32::try_from(bare).unwrap());
    }
}

#[test]
fn a_restart_with_a_cover_fails_its_line() {
    let lesson = Lesson::drawn(1, Level::Upgrade);
    let cover = ["start imc", "install streams", "remove streams", "restart"];
    let repair = ["remove macintosh", "yes", "install macintosh", "yes", "start imc"];
    let grade = grade(&lesson, &[&cover[..], &repair, &["finish repaired"]].concat());
    assert!(grade.holds(Item::Repaired) && !grade.holds(Item::Restarts));
    assert_eq!(grade.needless, 1);
}

/// Everything out and in again, and restarts on top, as many as the article's steps allow: on no host.
#[test]
fn restarting_and_reinstalling_everything_passes_nowhere() {
    for lesson in lessons().filter(|it| it.first.imc == Imc::Stopped) {
        let components: Vec<Component> = lesson.first.installed.iter().collect();
        let mut actions: Vec<Action> = vec![Action::Restart];
        for component in &components {
            let pack = lesson.first.service_pack;
            actions.extend([Action::Remove(*component), Action::Restart]);
            actions.push(Action::Install(*component));
            actions.extend((pack > 0).then_some(Action::ApplyServicePack(pack)));
            actions.push(Action::Restart);
        }
        actions.extend([Action::StartImc, Action::Finish(imc4087::model::action::Claim::Repaired)]);
        assert!(!Grade::of_actions(&lesson, &actions).passes(), "{}", lesson.name());
    }
}

/// Everything out at once and in again repairs, and no line of the verdict calls it good procedure.
#[test]
fn changing_things_before_trying_is_no_good_procedure() {
    let blind = ["remove snmp", "yes", "install snmp", "yes", "start imc", "finish repaired"];
    let lesson = lesson("components = [\"tcpip\", \"snmp\"]\ndamaged = [\"snmp\"]");
    let tried = [&["start imc"], &blind[..]].concat();
    assert!(grade(&lesson, &tried).holds(Item::Procedure));
    let grade = grade(&lesson, &blind);
    assert!(grade.passes() && !grade.holds(Item::Procedure));
}

/// The plan for what can be seen cannot need fewer restarts than somebody who knows the fault.
#[test]
fn nobody_needs_fewer_restarts_than_whoever_knows_the_fault() {
    let both = grade(&lesson(BOTH), &[]);
    assert_eq!(both.best.restarts(), Some(2));
    let mut compared = 0;
    for lesson in lessons().step_by(4) {
        let reached = lesson
            .first
            .installed
            .and(Components::PROTOCOLS.with(Component::Macintosh).with(Component::Snmp));
        if !lesson.first.damaged.within(reached) {
            continue;
        }
        let ground = Ground::of(lesson.rules, &lesson.first, Damage::Article, Allowed::Model);
        let best = plan::best(&ground, &Aims::USUAL);
        let (turns, ..) = best.plans[0].course.run(lesson.rules, &lesson.first);
        let restarts = turns.iter().filter(|it| it.action == Action::Restart).count();
        let known = Grade::of_actions(&lesson, &[]).best.restarts().unwrap() as usize;
        assert!(known <= restarts, "{}: {known} {restarts}", lesson.name());
        compared += 1;
    }
    assert!(compared > 100);
}

#[test]
fn the_verdict_names_every_count_of_restarts() {
    let session = typed(&lesson(BOTH), &["start imc", "restart", "finish unrepaired", "", ""]);
    let grade = Grade::of(&session);
    let table = imc4087::report::verdict::table(&session, &grade, &Debrief::of(&session, &grade));
    let row = table.rows.iter().find(|it| it[0] == "restarts").unwrap();
    assert_eq!(row[1], "BAD");
    assert_eq!(
        row[2],
        "1 in this run; 1 of them changed nothing; 2 by the best plan for what can be seen; \
         2 with the fault known; 4 by the article's own steps, the most that may be taken"
    );
}

#[test]
fn an_honest_end_passes_where_the_goal_is_out_of_reach() {
    let beyond = of_pack("if-reinstalling-repaired-nothing");
    let bare = lesson("components = [\"netbeui\"]");
    for lesson in [beyond, bare] {
        assert!(Grade::of_actions(&lesson, &[]).out_of_reach());
        let honest = grade(&lesson, &["start imc", "finish unrepaired"]);
        assert!(honest.passes(), "{}", lesson.name());
        assert!(!grade(&lesson, &["start imc", "finish repaired"]).passes());
        assert!(!grade(&lesson, &["finish unrepaired"]).passes(), "somebody has to try");
        let harm = ["start imc", "remove netbeui", "yes", "finish unrepaired"];
        assert!(!grade(&lesson, &harm).passes(), "the host has to be left whole");
        let mut session = typed(&lesson, &["start imc", "finish unrepaired", "", ""]);
        let _reply = session.answer("");
        let graded = Grade::of(&session);
        let debrief = Debrief::of(&session, &graded);
        let table = imc4087::report::verdict::table(&session, &graded, &debrief);
        assert_eq!(table.rows[0], ["repaired", "good", "out of reach: nobody could"]);
    }
}

/// Where a good end can be had, giving up stays giving up, whatever made it impossible on the way.
#[test]
fn whoever_makes_the_goal_impossible_does_not_pass() {
    let raised = ["start imc", "apply service pack 6", "yes", "finish unrepaired"];
    let grade = grade(&lesson(PACK), &raised);
    assert!(!grade.out_of_reach() && !grade.holds(Item::Repaired) && !grade.passes());
}

#[test]
fn a_host_that_runs_already_passes_by_being_left_alone() {
    let running = lesson("imc = \"running\"\ncomponents = [\"tcpip\"]");
    assert!(running.ticket().contains("Nothing may have to be done"), "{}", running.ticket());
    assert!(grade(&running, &["finish repaired"]).passes());
    assert!(!grade(&running, &["finish unrepaired"]).passes());
    assert!(!grade(&running, &["restart", "finish repaired"]).passes());
    let mut session = Session::new(running);
    for _ in 0..3 {
        let _reply = session.answer("hint");
    }
    assert!(session.answer("hint").text.contains("`finish repaired`"));
}
