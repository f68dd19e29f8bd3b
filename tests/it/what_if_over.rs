//! The same change asked of every case of a world: counts against case by case, and what is printed.

use crate::agree::article;
use crate::cli::imc4087;
use crate::known::known;
use crate::pack::snapshots;
use imc4087::files::change::HostFact;
use imc4087::model::action::Action;
use imc4087::model::component::Component;
use imc4087::model::follow::Follower;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::property::Property;
use imc4087::model::rule::RuleId;
use imc4087::model::rule::RuleSet;
use imc4087::model::runbook::Runbook;
use imc4087::model::set::Components;
use imc4087::model::trace::ACTIONS_MAX;
use imc4087::model::trace::run;
use imc4087::search::classes::Class;
use imc4087::search::compare::Compared;
use imc4087::search::compare::Twin;
use imc4087::search::compare::compare;
use imc4087::search::condition::Condition;
use imc4087::search::family::Family;
use imc4087::search::verify::Question;
use imc4087::search::verify::alone;
use imc4087::search::ways::Change;
use imc4087::search::world::Damage;
use imc4087::search::world::Services;
use imc4087::search::world::TWO_SHARES;
use imc4087::search::world::World;
use imc4087::search::world::with_damage;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A world of hosts with few components, all else whole.
fn small() -> World {
    let mut world = World::new(Services::Article, Damage::Article);
    let few = Components::of(&[
        Component::Tcpip,
        Component::Netbeui,
        Component::Appletalk,
        Component::Macintosh,
        Component::Snmp,
    ]);
    world.installed.retain(|it| it.less(Components::BASE).within(few));
    world
}

fn question<'a>(world: &'a World, runbook: &'a Runbook) -> Question<'a> {
    Question { world, rules: RuleSet::usual(), runbook, reduce: true, threads: 2, watch: None }
}

/// The actions of a run, and the set of components that lost their settings in it.
fn acts(rules: RuleSet, first: &Host, runbook: &Runbook) -> (Vec<Action>, Components) {
    let (mut acts, mut removed) = (Vec::new(), Components::EMPTY);
    run(rules, first, &mut Follower::new(runbook), ACTIONS_MAX, |_, turn| {
        if !matches!(turn.action, Action::Finish(_)) {
            acts.push(turn.action);
        }
        if let (Action::Remove(it), Ok(_)) = (turn.action, &turn.result) {
            removed = removed.with(it);
        }
    });
    (acts, removed.iter().filter(|it| !it.losses().is_empty()).collect())
}

/// What an operator finds at the end that is not as at first.
fn left(first: &Host, last: &Host) -> String {
    let pack = if first.service_pack == last.service_pack { None } else { Some(last.service_pack) };
    let imc = if first.imc == last.imc { None } else { Some(last.imc) };
    let (more, less) = (last.installed.less(first.installed), first.installed.less(last.installed));
    format!("{more:?} {less:?} {pack:?} {imc:?} {:?} {}", last.lost, last.restart_pending)
}

/// What differs between two runs, from their ends.
fn changes(old: &Class, new: &Class) -> Vec<Change> {
    let mut all = Vec::new();
    for it in Property::ALL {
        if new.broken.has(it) && !old.broken.has(it) {
            all.push(Change::Breaks(it));
        }
        if old.broken.has(it) && !new.broken.has(it) {
            all.push(Change::Mends(it));
        }
    }
    let (one, two) = (old.lost_at.is_some(), new.lost_at.is_some());
    for (fits, change) in [
        (two && !one, Change::LosesShares),
        (one && !two, Change::KeepsShares),
        (new.restarts > old.restarts, Change::MoreRestarts),
        (new.restarts < old.restarts, Change::FewerRestarts),
        (new.tries > old.tries, Change::MoreTries),
        (new.tries < old.tries, Change::FewerTries),
    ] {
        if fits {
            all.push(change);
        }
    }
    all
}

fn holds(condition: &Condition, host: &Host) -> bool {
    let family = Family::only(host.damaged);
    let term = |it: &Vec<_>| {
        it.iter().all(|(fact, holds): &(imc4087::search::facts::Fact, bool)| {
            fact.holds(host, &family) == *holds
        })
    };
    condition.terms.iter().any(term)
}

/// Every case and its twin, run one by one by the one run loop.
fn one_by_one(old: &Question<'_>, new: &Twin<'_>, compared: &Compared) -> BTreeMap<Change, u64> {
    let mut found: BTreeMap<Change, u64> = BTreeMap::new();
    let mut count = 0;
    let (mut before, mut after) = ((0, 0, 0, 0), (0, 0, 0, 0));
    for index in 0..old.world.hosts() {
        let host = old.world.host(index).unwrap();
        for damage in old.world.may_be_damaged(&host).subsets() {
            let case = with_damage(&host, damage);
            let twin = new.facts.iter().fold(case, |host, it| it.on(&host, TWO_SHARES));
            let only_facts = new.rules == old.rules && new.runbook == old.runbook;
            if twin == case && !new.facts.is_empty() && only_facts {
                continue;
            }
            count += 1;
            let one = alone(old.rules, &case, old.runbook);
            let other = alone(new.rules, &twin, new.runbook);
            let mut changes = changes(&one, &other);
            let (old_acts, was) = acts(old.rules, &case, old.runbook);
            let (new_acts, is) = acts(new.rules, &twin, new.runbook);
            let (fewer, more) = (new_acts.len() < old_acts.len(), new_acts.len() > old_acts.len());
            for (fits, change) in [
                (!is.within(was), Change::LosesSettings),
                (!was.within(is), Change::KeepsSettings),
                (more, Change::MoreActions),
                (fewer, Change::FewerActions),
                (!more && !fewer && new_acts != old_acts, Change::OtherActions),
                (left(&case, &one.end.host) != left(&twin, &other.end.host), Change::OtherEnd),
            ] {
                if fits {
                    changes.push(change);
                }
            }
            for (totals, class) in [(&mut before, &one), (&mut after, &other)] {
                totals.0 += u64::from(!class.broken.has(Property::Repaired));
                totals.1 += u64::from(class.lost_at.is_some());
                totals.2 += u64::from(class.restarts);
                totals.3 = totals.3.max(class.restarts);
            }
            for it in &compared.differences {
                if let Some(condition) = &it.condition {
                    assert_eq!(changes.contains(&it.change), holds(condition, &case), "{case:?}");
                }
            }
            for it in changes {
                *found.entry(it).or_default() += 1;
            }
        }
    }
    assert_eq!(compared.cases, count);
    for (totals, counted) in [(compared.old, before), (compared.new, after)] {
        let of = (totals.repaired, totals.lost, totals.restarts, totals.restarts_max);
        assert_eq!(of, counted);
    }
    found
}

/// The counts are those of every case run by itself beside its twin, and the conditions hold of exactly those
/// cases: for every fact, every rule, and every runbook of the pack.
#[test]
fn every_case_beside_its_twin_is_counted() {
    let world = small();
    let book = article().runbook;
    let old = question(&world, &book);
    let snmp = Components::EMPTY.with(Component::Snmp);
    let facts = [
        HostFact::Has(Components::EMPTY.with(Component::Netbeui)),
        HostFact::Has(snmp),
        HostFact::Has(Components::EMPTY.with(Component::Gateway)),
        HostFact::Lacks(snmp),
        HostFact::Lacks(Components::of(&[Component::Macintosh, Component::Appletalk])),
        HostFact::Lacks(Components::EMPTY.with(Component::Tcpip)),
        HostFact::ServicePack(0),
        HostFact::ServicePack(5),
        HostFact::Upgraded(true),
        HostFact::Exchange(Exchange::V40),
        HostFact::Imc(Imc::Absent),
        HostFact::Shares(true),
        HostFact::Shares(false),
    ];
    let mut differing = 0;
    let mut check = |new: &Twin<'_>, what: &str| {
        let compared = compare(&old, new);
        let counted = compared.differences.iter().map(|it| (it.change, it.cases));
        let counted: BTreeMap<Change, u64> = counted.collect();
        assert_eq!(counted, one_by_one(&old, new, &compared), "{what}");
        differing += counted.len();
        let brute = compare(&Question { reduce: false, threads: 1, ..old }, new);
        let counts = brute.differences.iter().map(|it| (it.change, it.cases));
        assert_eq!(counts.collect::<BTreeMap<_, _>>(), counted, "{what}");
    };
    let usual = RuleSet::usual();
    for fact in facts {
        let new = Twin { rules: usual, runbook: &book, facts: &[fact] };
        check(&new, &fact.words());
    }
    for rule in RuleId::ALL {
        let rules = if usual.believes(rule) { usual.without(rule) } else { usual.with(rule) };
        check(&Twin { rules, runbook: &book, facts: &[] }, rule.id());
    }
    for (path, file) in known() {
        check(&Twin { rules: usual, runbook: &file.runbook, facts: &[] }, &path);
    }
    // Where a rule is changed too, no case is so already.
    let facts = [HostFact::Has(snmp)];
    let rules = usual.without(RuleId::ReinstallRepairs);
    check(&Twin { rules, runbook: &book, facts: &facts }, "a fact and a rule");
    assert!(differing > 40, "{differing}");
}

#[test]
fn what_if_over_a_world_reads_as_reviewed() {
    let mut text = String::new();
    for arguments in [
        vec!["--without", "failing-component-stops-registration"],
        vec!["--host", "has=netbeui"],
        vec!["--host", "service-pack=0", "--base", "scenarios/runbooks/no-service-pack.toml"],
        vec!["--runbook", "scenarios/runbooks/all-at-once.toml", "--only", "components=tcpip+dlc"],
        vec!["--without", "cd-files-fail-under-service-pack"],
    ] {
        let ran = imc4087(&[&["what-if", "--over", "article"], arguments.as_slice()].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        text.push_str(&format!("$ imc4087 what-if --over article {}\n", arguments.join(" ")));
        text.push_str(&format!("{}\n--------\n\n", ran.out));
    }
    snapshots().bind(|| insta::assert_snapshot!("what-if-over", text));
}

/// No two differences of the same cases are told twice, each names rules that its smallest case hinges on or what
/// differs, and nothing but a command to paste is wider than a terminal.
#[test]
fn what_if_over_a_world_is_short_enough_to_read() {
    let ran = imc4087(&["what-if", "--over", "article", "--host", "lacks=tcpip"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let parts: Vec<&str> = ran.out.split("\n\n").skip(3).collect();
    assert!(parts.len() > 4, "{}", ran.out);
    let mut seen = BTreeSet::new();
    for part in parts {
        let condition =
            part.split("exactly when").nth(1).unwrap().split("hinges on").next().unwrap();
        let smallest = part.split("smallest").nth(1).unwrap().lines().next().unwrap();
        assert!(seen.insert((condition, smallest)), "{part}");
        assert!(part.contains("\n  hinges on     "), "{part}");
        assert!(part.matches("\n  or when ").count() <= 6, "{part}");
    }
    for line in ran.out.lines().filter(|it| !it.starts_with("    replay ")) {
        assert!(line.chars().count() <= 80, "{line}");
    }
    assert!(ran.out.contains("as it is                    what if\n  repaired "), "{}", ran.out);
}

/// The rule that was changed is the one that the smallest case hinges on.
#[test]
fn a_difference_names_the_rule_that_was_changed() {
    let world = small();
    let book = article().runbook;
    let old = question(&world, &book);
    let rule = RuleId::ReinstallRepairs;
    let new = Twin { rules: old.rules.without(rule), runbook: &book, facts: &[] };
    let compared = compare(&old, &new);
    let broken = compared.differences.iter();
    let broken = broken.filter(|it| it.change == Change::Breaks(Property::Repaired));
    assert!(broken.clone().count() == 1 && broken.clone().all(|it| it.rules.contains(&rule)));
}

#[test]
fn what_if_over_a_world_says_what_it_cannot_answer() {
    for (arguments, code, says) in [
        (vec!["--at", "2", "--do", "restart"], 2, "the steps of one future"),
        (vec!["--history", "h2 => nothing"], 2, "no history"),
        (vec!["--host", "damaged=tcpip"], 2, "ranges over the damage"),
        (vec!["--host", "components=tcpip"], 2, "ranges over the components"),
        (vec!["--host", "os=3.51"], 2, "NT 4.0"),
        (vec!["--host", "shares=no", "--format", "svg"], 2, "of one scenario"),
        (vec!["--host", "shares=no", "--only", "has=dns"], 4, ""),
    ] {
        let ran = imc4087(&[&["what-if", "--over", "article"], arguments.as_slice()].concat());
        assert_eq!(ran.code, code, "{arguments:?} {}", ran.err);
        assert!(ran.err.contains(says), "{arguments:?}\n{}", ran.err);
        assert_eq!(code == 4, ran.out.contains("nothing compared"), "{}", ran.out);
    }
    // What is so already is no difference.
    for arguments in [
        vec!["--only", "components=tcpip"],
        vec!["--each"],
        vec!["--host", "shares=no", "--only", "shares=no"],
        vec!["--host", "has=tcpip"],
    ] {
        let ran = imc4087(&[&["what-if", "--over", "article"], arguments.as_slice()].concat());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}");
        assert!(ran.out.contains("\nno difference in "), "{}", ran.out);
    }
    // What a twin has that no world has is said, and what belongs together comes together.
    let few = ["what-if", "--over", "article", "--only", "components=tcpip+appletalk+macintosh"];
    for (fact, outside) in [("lacks=appletalk", true), ("has=gateway", false)] {
        let ran = imc4087(&[few.as_slice(), &["--host", fact]].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert_eq!(ran.out.contains("changed hosts are in no world"), outside, "{}", ran.out);
    }
    let alone = imc4087(&["what-if", "scenarios/only-protocol.toml", "--only", "has=snmp"]);
    assert_eq!(alone.code, 2);
    assert!(alone.err.contains("--over"), "{}", alone.err);
}
