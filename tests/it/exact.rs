//! Reductions beside brute force and the naive model: the same totals, findings and witnesses.

use crate::agree;
use crate::known::known;
use crate::naive_runs;
use crate::random::any_runbook;
use imc4087::files::runbook::RunbookFile;
use imc4087::model::component::Component;
use imc4087::model::host::Host;
use imc4087::model::property::Properties;
use imc4087::model::property::Property;
use imc4087::model::rule::RuleSet;
use imc4087::model::runbook::Runbook;
use imc4087::model::set::Components;
use imc4087::search::cause::Finding;
use imc4087::search::cause::findings;
use imc4087::search::condition::Condition;
use imc4087::search::family::Family;
use imc4087::search::mend::mend;
use imc4087::search::verdict::Explained;
use imc4087::search::verdict::verdict;
use imc4087::search::verify::Cases;
use imc4087::search::verify::Question;
use imc4087::search::verify::Tally;
use imc4087::search::verify::tally;
use imc4087::search::witness::witness;
use imc4087::search::world::Damage;
use imc4087::search::world::Services;
use imc4087::search::world::World;
use proptest::prelude::ProptestConfig;
use proptest::proptest;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// The world `article` with these components at most.
fn narrowed(damage: Damage, most: &[Component]) -> World {
    let mut world = World::new(Services::Article, damage);
    let most = Components::of(most).or(Components::BASE).with(Component::Tcpip);
    world.installed.retain(|it| it.within(most));
    world
}

/// Protocols and services, upgraded or not; 1,008 cases.
fn few() -> World {
    let most = [Component::Netbeui, Component::Appletalk, Component::Macintosh, Component::Snmp];
    let mut world = narrowed(Damage::Article, &most);
    world.exchange.remove(1);
    world.upgraded.truncate(1);
    world
}

/// Base services that may be damaged; 1,536 cases.
fn base() -> World {
    let mut world = narrowed(Damage::Any, &[Component::Netbeui]);
    world.exchange.truncate(1);
    world
}

/// The question whether `runbook` holds on `world`.
fn ask<'a>(world: &'a World, runbook: &'a Runbook, reduce: bool, threads: usize) -> Question<'a> {
    Question { world, rules: RuleSet::usual(), runbook, reduce, threads, watch: None }
}

/// What must not depend on how it was found.
fn totals(tally: &Tally) -> (u64, [u64; 11], u64, u64, Vec<u64>) {
    (tally.cases, tally.failing, tally.broken, tally.tried, tally.restarts.clone())
}

fn key(it: &Finding) -> (String, u64, Option<Condition>, Host) {
    (format!("{:?}", it.cause), it.failing, it.condition.clone(), it.witness)
}

fn keys(findings: &[Finding]) -> Vec<(String, u64, Option<Condition>, Host)> {
    findings.iter().map(key).collect()
}

/// Whether the condition covers this case.
fn covers(condition: &Condition, case: &Host) -> bool {
    let damage = Family::only(case.damaged);
    condition
        .terms
        .iter()
        .any(|term| term.iter().all(|(fact, it)| fact.holds(case, &damage) == *it))
}

/// Every case of `world` by itself: its position, its first host, what it breaks.
fn cases(question: &Question<'_>) -> Vec<(usize, Host, Properties)> {
    let mut cases = Vec::new();
    let question = Question { reduce: false, ..*question };
    let all = Cases::of(&question);
    for index in 0..question.world.hosts() {
        all.each_class(index..index + 1, &mut |host, class| {
            let damaged = class.family.largest();
            cases.push((index, Host { damaged, failing: damaged, ..*host }, class.broken));
        });
    }
    cases
}

/// Compares every way to the answer, and every finding with every case.
#[track_caller]
fn check(name: &str, world: &World, runbook: &Runbook) {
    let slow = ask(world, runbook, false, 1);
    let (all, sorted) = (tally(&slow), findings(&slow));
    for threads in [1, 2, 5] {
        let fast = ask(world, runbook, true, threads);
        assert_eq!(totals(&tally(&fast)), totals(&all), "{name}, {threads} threads");
        assert_eq!(keys(&findings(&fast)), keys(&sorted), "{name}, {threads} threads");
    }
    let five = ask(world, runbook, false, 5);
    assert_eq!(tally(&five), all, "{name}");
    assert_eq!(keys(&findings(&five)), keys(&sorted), "{name}");
    let cases = cases(&slow);
    for finding in &sorted {
        let Some(condition) = &finding.condition else { continue };
        let covered: Vec<_> = cases.iter().filter(|(_, it, _)| covers(condition, it)).collect();
        assert_eq!(covered.len() as u64, finding.failing, "{name}: {:?}", finding.cause);
        let breaks = covered.iter().all(|(_, _, broken)| broken.has(finding.cause.property));
        assert!(breaks, "{name}: {:?} covers a case that does not break it", finding.cause);
        let smallest = covered.iter().min_by_key(|(index, it, _)| {
            (it.installed.len(), it.damaged.len(), *index, it.damaged.canonical())
        });
        assert_eq!(smallest.unwrap().1, finding.witness, "{name}: {:?}", finding.cause);
    }
    if sorted.iter().all(|it| it.condition.is_some()) {
        for (_, case, broken) in &cases {
            let named = sorted.iter().any(|it| covers(it.condition.as_ref().unwrap(), case));
            assert_eq!(named, !broken.is_empty(), "{name}: {case:?}");
        }
    }
}

#[test]
fn every_known_bad_runbook_is_found_out_alike_in_every_way() {
    for (name, file) in known() {
        check(&name, &few(), &file.runbook);
        check(&name, &base(), &file.runbook);
    }
}

/// What a verdict says of each mistake, after findings with one mend were put together.
fn mistakes(question: &Question<'_>, file: &RunbookFile) -> Vec<impl PartialEq + Debug + use<>> {
    let told = |it: Explained| (key(&it.finding), it.finding.also, it.mend, it.parts.len());
    verdict(question, file).explained.into_iter().map(told).collect()
}

#[test]
fn a_mistake_is_told_once_with_exactly_its_cases() {
    let world = few();
    for (name, file) in known() {
        let question = ask(&world, &file.runbook, true, 2);
        let slow = ask(&world, &file.runbook, false, 1);
        assert_eq!(mistakes(&question, &file), mistakes(&slow, &file), "{name}");
        let cases = cases(&question);
        for it in verdict(&question, &file).explained {
            let condition = it.finding.condition.unwrap();
            let broken = it.finding.also.with(it.finding.cause.property);
            let covered = cases.iter().filter(|(_, case, _)| covers(&condition, case));
            let (mut count, mut witness) = (0, false);
            for (_, case, breaks) in covered {
                count += 1;
                witness |= *case == it.finding.witness;
                assert!(broken.iter().any(|it| breaks.has(it)), "{name}: {case:?}");
            }
            assert_eq!((count, witness), (it.finding.failing, true), "{name}");
        }
    }
}

#[test]
fn the_articles_runbook_is_judged_alike_in_every_way() {
    let file = agree::article();
    check("article", &few(), &file.runbook);
    check("article", &base(), &file.runbook);
}

#[test]
fn every_finding_on_a_known_bad_runbook_has_words() {
    for (name, file) in known() {
        for finding in findings(&ask(&few(), &file.runbook, true, 2)) {
            assert!(finding.condition.is_some(), "{name}: {:?}", finding.cause);
        }
    }
}

/// One edit that was verified, for the findings that gate; those without one are listed.
#[test]
fn nearly_every_known_bad_runbook_is_mended_by_one_edit() {
    let world = few();
    let mut without = Vec::new();
    for (name, file) in known() {
        let question = ask(&world, &file.runbook, true, 2);
        let before = tally(&question);
        let gating = findings(&question).into_iter().filter(|it| it.cause.property.gates());
        let holds = gating.into_iter().any(|finding| {
            let witness = witness(RuleSet::usual(), &file, finding.cause, &finding.witness);
            let Some(mend) = mend(&question, &before, &finding, &witness) else { return false };
            let mended = mend.edit.apply(&file.runbook).unwrap();
            let after = tally(&ask(&world, &mended, false, 1));
            assert_eq!(mend.holds, after.broken == 0, "{name}: {:?}", mend.edit);
            mend.holds
        });
        if !holds {
            without.push(name);
        }
    }
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn what_the_article_never_touches_is_within_reach_of_one_step_more() {
    let (world, file) = (base(), agree::article());
    let verdict = verdict(&ask(&world, &file.runbook, true, 2), &file);
    let [only] = &verdict.explained[..] else { panic!("{:?}", verdict.explained) };
    let mend = only.mend.as_ref().unwrap();
    let mended = mend.edit.apply(&file.runbook).unwrap();
    assert_eq!(mended.steps.len(), file.runbook.steps.len() + 1);
    assert_eq!(tally(&ask(&world, &mended, false, 1)).broken, 0);
}

/// How many cases break each property, by the naive model.
fn naive_failing(world: &World, runbook: &Runbook) -> BTreeMap<&'static str, u64> {
    let rules = agree::believed(RuleSet::usual());
    let book = agree::plain_book(runbook);
    let mut failing = BTreeMap::new();
    for (_, first, _) in cases(&ask(world, runbook, false, 1)) {
        let trace = naive_runs::run(&rules, &agree::plain(&first), &book, 1_000);
        for id in naive_runs::broken(&rules, &trace) {
            *failing.entry(id).or_default() += 1;
        }
    }
    failing
}

#[track_caller]
fn check_naive(name: &str, world: &World, runbook: &Runbook) {
    let tally = tally(&ask(world, runbook, true, 1));
    let ours: BTreeMap<&str, u64> = Property::ALL
        .into_iter()
        .map(|it| (it.id(), tally.failing(it)))
        .filter(|(_, failing)| *failing > 0)
        .collect();
    assert_eq!(ours, naive_failing(world, runbook), "{name}");
}

#[test]
fn the_naive_model_counts_the_same_failures() {
    let mut world = few();
    world.exchange.truncate(1);
    for (name, file) in known() {
        check_naive(&name, &world, &file.runbook);
    }
    check_naive("article", &base(), &agree::article().runbook);
}

#[test]
fn worlds_have_their_sizes() {
    let article = World::new(Services::Article, Damage::Article);
    assert_eq!((article.hosts(), article.cases()), (13_824, 816_480));
    assert_eq!(World::new(Services::Article, Damage::Any).cases(), 54_867_456);
    assert_eq!(World::new(Services::Catalogue, Damage::Any).cases(), 39_998_375_424);
    assert_eq!(
        few().cases(),
        cases(&ask(&few(), &agree::article().runbook, false, 1)).len() as u64
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Any runbook: by reductions, by brute force and by the naive model.
    #[test]
    fn any_runbook_is_judged_alike_in_every_way(runbook in any_runbook()) {
        let mut world = few();
        world.exchange.remove(0);
        check("random", &world, &runbook);
        check_naive("random", &world, &runbook);
    }
}
