//! Random hosts, histories and files: what holds of all of them.

use imc4087::files::expect::Expect;
use imc4087::files::host::History;
use imc4087::files::language;
use imc4087::files::print;
use imc4087::files::runbook;
use imc4087::files::scenario;
use imc4087::files::scenario::Act;
use imc4087::files::scenario::Entry;
use imc4087::files::scenario::Scenario;
use imc4087::model::action::Action;
use imc4087::model::action::Claim;
use imc4087::model::article::Statement;
use imc4087::model::component::Component;
use imc4087::model::event::Events;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::nameplate::Nameplate;
use imc4087::model::nameplate::Share;
use imc4087::model::observe::Observation;
use imc4087::model::property::Properties;
use imc4087::model::property::Property;
use imc4087::model::rule::RuleId;
use imc4087::model::rule::RuleSet;
use imc4087::model::runbook::Condition;
use imc4087::model::runbook::Each;
use imc4087::model::runbook::Runbook;
use imc4087::model::runbook::RunbookStep;
use imc4087::model::runbook::Target;
use imc4087::model::runbook::Targets;
use imc4087::model::runbook::Verb;
use imc4087::model::set::Components;
use imc4087::model::start::share_carriers;
use imc4087::model::step::Step;
use imc4087::model::trace::Turn;
use imc4087::text::span::Placed;
use proptest::collection::vec;
use proptest::prelude::Just;
use proptest::prelude::ProptestConfig;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::prop_oneof;
use proptest::proptest;
use proptest::sample::select;
use proptest::sample::subsequence;

fn any_component() -> impl Strategy<Value = Component> {
    select(Component::ALL.to_vec())
}

pub(crate) fn any_set(of: Components) -> impl Strategy<Value = Components> {
    let all: Vec<Component> = of.iter().collect();
    let len = all.len();
    subsequence(all, 0..=len).prop_map(|it| it.into_iter().collect())
}

/// Mostly the usual rules, with a few turned over.
pub(crate) fn any_rules() -> impl Strategy<Value = RuleSet> {
    subsequence(RuleId::ALL.to_vec(), 0..=3).prop_map(|turned| {
        turned.into_iter().fold(RuleSet::usual(), |rules, it| {
            if rules.believes(it) { rules.without(it) } else { rules.with(it) }
        })
    })
}

/// A host on which a run can begin.
pub(crate) fn any_first_host() -> impl Strategy<Value = Host> {
    let all = Components::PROTOCOLS.or(Components::SERVICES).or(Components::BASE);
    let few = prop_oneof![any_set(all), any_set(Components::PROTOCOLS), Just(all)];
    let exchange = select(Exchange::ALL.to_vec());
    let flags = (any::<(bool, bool)>(), proptest::bool::weighted(0.2));
    (few, any_set(all), 0..=3usize, select(vec![0, 1, 3, 5]), exchange, flags).prop_map(
        |(some, damage, shares, service_pack, exchange, ((base, absent), old))| {
            let installed = if base { some.or(Components::BASE) } else { some };
            let damaged = damage.and(installed);
            let os = if old { Os::Nt351 } else { Os::Nt40 };
            let host = Host::consistent(os, exchange, installed, damaged);
            let imc = if absent { Imc::Absent } else { Imc::Stopped };
            Host { service_pack, imc, shares: Shares::first(shares), ..host }
        },
    )
}

pub(crate) fn any_action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => any_component().prop_map(Action::Remove),
        4 => any_component().prop_map(Action::Install),
        1 => (0..=7u8).prop_map(Action::ApplyServicePack),
        4 => Just(Action::Restart),
        1 => Just(Action::Upgrade),
        2 => Just(Action::StartImc),
        1 => Just(Action::CreateIms),
        1 => (0..=3u8).prop_map(Action::Share),
        1 => select(vec![Claim::Repaired, Claim::Unrepaired]).prop_map(Action::Finish),
    ]
}

/// The turns of `actions` from `first`.
fn turns(rules: RuleSet, first: &Host, actions: &[Action]) -> Vec<Turn> {
    let mut host = *first;
    let take = |action: &Action| {
        let turn = Turn::take(rules, &host, *action);
        host = *turn.after();
        turn
    };
    actions.iter().map(take).collect()
}

/// A host like `host` in all that can be seen, and unlike it in all that cannot.
fn hidden_otherwise(host: &Host, damaged: Components, running: Components) -> Host {
    Host {
        damaged,
        cd_files: if host.service_pack > 0 {
            host.installed.less(damaged)
        } else {
            Components::EMPTY
        },
        running,
        failing: running.and(damaged),
        ..*host
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// What holds of every turn of every history.
    #[test]
    fn disk_and_memory(
        first in any_first_host(),
        actions in vec(any_action(), 1..40),
        rules in any_rules(),
    ) {
        for turn in turns(rules, &first, &actions) {
            let (before, after) = (&turn.before, turn.after());
            let boots = matches!(turn.action, Action::Restart | Action::Upgrade);
            prop_assert!(after.fits_together());
            if !boots || turn.result.is_err() {
                prop_assert_eq!(before.running, after.running, "memory changes by a boot only");
                prop_assert_eq!(before.failing, after.failing, "memory changes by a boot only");
            }
            if turn.result.is_err() {
                prop_assert_eq!(before, after, "a refusal changes nothing");
                prop_assert!(turn.events() == Events::NONE);
            }
            if !after.lost.within(before.lost) {
                prop_assert!(boots, "shares are lost at a boot only");
                prop_assert!(!after.installed.meets(share_carriers(rules)));
            }
            if after.imc == Imc::Running && before.imc != Imc::Running {
                prop_assert!(turn.action.is_try());
            }
            for rule in turn.fired().iter() {
                prop_assert!(rules.believes(rule), "only what is believed fires");
                prop_assert!(rule.decides().contains(&turn.action.kind()), "{}", rule.id());
            }
        }
    }

    /// A rule that did not fire made no difference.
    #[test]
    fn a_rule_that_did_not_fire_made_no_difference(
        first in any_first_host(),
        actions in vec(any_action(), 1..30),
        rules in any_rules(),
    ) {
        for turn in turns(rules, &first, &actions) {
            let Ok(step) = turn.result else { continue };
            for rule in rules.iter().filter(|it| !step.fired.believes(*it)) {
                let other = Turn::take(rules.without(rule), &turn.before, turn.action);
                let came_to = |it: &Step| (it.host, it.failure, it.events);
                prop_assert_eq!(Ok(came_to(&step)), other.result.as_ref().map(came_to), "{}", rule.id());
            }
        }
    }

    /// Two hosts that differ only in what is hidden look alike, also after an action that does not
    /// try the IMC and is not decided by the Server service in memory.
    #[test]
    fn what_is_hidden_is_not_seen(
        host in any_first_host(),
        damaged in any_set(Components::PROTOCOLS.or(Components::SERVICES)),
        running in any_set(Components::PROTOCOLS.or(Components::BASE)),
        action in any_action(),
        rules in any_rules(),
    ) {
        let other = hidden_otherwise(&host, damaged, running);
        let look = |it: &Host| Observation::of(it, None, Events::NONE);
        prop_assert_eq!(look(&host), look(&other));
        if !action.is_try() && !matches!(action, Action::Share(_)) {
            let (one, two) = (Turn::take(rules, &host, action), Turn::take(rules, &other, action));
            let seen = |it: &Turn| Observation::of(it.after(), Some(it.outcome()), it.events());
            prop_assert_eq!(seen(&one), seen(&two), "a boot, too, gives nothing away");
        }
    }

    /// The action language reads back what it prints, whatever the case and the spaces.
    #[test]
    fn actions_read_back(action in any_action(), names in any_names()) {
        if let Action::Share(position) = action
            && usize::from(position) >= names.shares.len()
        {
            return Ok(());
        }
        let words = language::print(action, &names);
        prop_assert_eq!(language::parse(&words, &names), Ok(action));
        let loose = format!("  {}  ", words.replacen(' ', "   ", 1));
        prop_assert_eq!(language::parse(&loose, &names), Ok(action));
        if !matches!(action, Action::Share(_)) {
            prop_assert_eq!(language::parse(&words.to_uppercase(), &names), Ok(action));
        }
    }

    /// A printed runbook reads back as the same runbook.
    #[test]
    fn runbooks_read_back(runbook in any_runbook()) {
        let text = print::runbook(&runbook);
        let (read, said) = runbook::read(&text);
        prop_assert!(!said.has_errors(), "{}", said.draw("runbook.toml", &text));
        prop_assert_eq!(read.unwrap().runbook, runbook);
    }

    /// A printed scenario reads back as the same scenario.
    #[test]
    fn scenarios_read_back(scenario in any_scenario()) {
        let text = print::scenario(&scenario);
        let (read, said) = scenario::read(&text);
        prop_assert!(!said.has_errors(), "{}", said.draw("scenario.toml", &text));
        prop_assert_eq!(read.unwrap(), scenario);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{0,12}", "\\PC{0,6}", Just("\"'\\\n\t\u{7f}\u{1}".to_owned())]
}

fn any_names() -> impl Strategy<Value = Nameplate> {
    let share = ("[A-Za-z][A-Za-z0-9 $_'\"\\\\]{0,8}[a-z0-9$]", any_text(), any_text());
    (vec(share, 0..4), "[A-Z]{1,8}").prop_map(|(shares, computer)| {
        let mut names = Nameplate { computer, shares: Vec::new() };
        for (name, path, remark) in shares {
            if names.share_named(&name).is_none() {
                names.shares.push(Share { name, path, remark });
            }
        }
        names
    })
}

fn any_verb() -> impl Strategy<Value = Verb> {
    prop_oneof![
        6 => select(Verb::PLAIN.to_vec()),
        1 => any_component().prop_map(Verb::RemoveOne),
        1 => any_component().prop_map(Verb::InstallOne),
        1 => (0..=7u8).prop_map(Verb::ApplyServicePack),
    ]
}

fn any_target() -> impl Strategy<Value = Target> {
    prop_oneof![
        Just(Target::Protocols),
        Just(Target::Services),
        any_component().prop_map(Target::One)
    ]
}

/// Any runbook that a file can hold.
pub(crate) fn any_runbook() -> impl Strategy<Value = Runbook> {
    let targets = proptest::option::of(vec(any_target(), 1..4).prop_map(Targets::new));
    let when = subsequence(Condition::ALL.to_vec(), 0..=2);
    let words = (any_text(), any_text());
    let step = (words, targets, any::<(bool, bool)>(), when, vec(any_verb(), 1..7)).prop_map(
        |((title, source), targets, (together, finally), when, verbs)| RunbookStep {
            title,
            source,
            targets,
            each: if together { Each::Together } else { Each::OneAtATime },
            when,
            verbs,
            finally,
        },
    );
    (any_text(), vec(step, 1..5)).prop_map(|(title, steps)| Runbook { title, steps })
}

fn placed<T>(value: T) -> Placed<T> {
    Placed::new(value, 0..0)
}

/// Expectations that can be met after `actions`, whether they will be or not.
fn expect_after(host: &Host, actions: &[Action], seed: u8) -> Expect {
    let tries = actions.iter().any(|it| it.is_try());
    let bit = |n: u8| seed >> n & 1 == 1;
    Expect {
        event: (tries && bit(0)).then(|| placed(4087)),
        error: (tries && bit(1)).then(|| placed(1075)),
        refused: None,
        imc: bit(2).then(|| placed(Imc::Running)),
        lost: bit(3).then(|| placed(host.shares)),
        installed: bit(4).then(|| placed(host.installed)),
        restarts: bit(5).then(|| placed(u32::from(seed))),
        rules: bit(6).then(|| placed(RuleSet::NONE.with(RuleId::ReinstallRepairs))),
    }
}

/// Any scenario that a file can hold, without refusals among the expectations.
pub(crate) fn any_scenario() -> impl Strategy<Value = Scenario> {
    let acts = vec((vec(any_action(), 1..5), any::<u8>()), 1..4);
    let entry =
        ("[a-z]{1,8}[.]toml", proptest::option::of(subsequence(Property::ALL.to_vec(), 1..4)));
    let shows = subsequence(Statement::ALL.to_vec(), 0..3);
    let texts = (any_text(), any_text(), any::<bool>());
    (texts, shows, any_rules(), any_first_host(), any_names(), acts, vec(entry, 1..3)).prop_map(
        |((title, teaches, by_history), shows, rules, host, names, acts, entries)| {
            let rules = rules.with(RuleId::ReinstallRepairs);
            let host = Host { shares: Shares::first(names.shares.len()), ..host };
            let installed = host.installed.or(Components::BASE);
            let consistent = Host::consistent(host.os, host.exchange, installed, host.damaged);
            let facts = Host { service_pack: host.service_pack, ..consistent };
            let actions = vec![Action::Remove(Component::Tcpip), Action::Restart];
            let history = by_history.then_some(History { os: Os::Nt40, actions });
            let first = match &history {
                None => facts,
                Some(it) => {
                    let fresh = Host::fresh(it.os, host.exchange);
                    *turns(rules, &fresh, &it.actions).last().unwrap().after()
                }
            };
            let host = Host { imc: host.imc, shares: host.shares, lost: Shares::NONE, ..first };
            let possible = |it: &Action| {
                !matches!(it, Action::Finish(_))
                    && !matches!(it, Action::Share(at) if usize::from(*at) >= names.shares.len())
            };
            let acts: Vec<Act> = acts
                .into_iter()
                .map(|(actions, seed)| {
                    let mut actions: Vec<Action> = actions.into_iter().filter(possible).collect();
                    actions.push(Action::Restart);
                    let expect = expect_after(&host, &actions, seed);
                    Act { actions: actions.into_iter().map(placed).collect(), expect }
                })
                .collect();
            let runbooks = entries.into_iter().map(|(file, breaks)| Entry {
                file: placed(file),
                breaks: placed(breaks.map(|it| it.into_iter().collect::<Properties>())),
            });
            let runbooks = runbooks.collect();
            Scenario { title, teaches, shows, rules, host, names, history, acts, runbooks }
        },
    )
}
