//! The model beside the naive one: the same hosts, the same refusals, the same verdicts.

use crate::naive;
use crate::naive::Act;
use crate::naive::Memory;
use crate::naive::Part;
use crate::naive::Status;
use crate::naive_runs;
use crate::random::any_first_host;
use crate::random::any_rules;
use crate::random::any_runbook;
use imc4087::files::pack;
use imc4087::files::runbook;
use imc4087::model::action::Action;
use imc4087::model::action::Claim;
use imc4087::model::component::Component;
use imc4087::model::event::Event;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::observe::Outcome;
use imc4087::model::property::Property;
use imc4087::model::rule::RuleId;
use imc4087::model::rule::RuleSet;
use imc4087::model::runbook::Condition;
use imc4087::model::runbook::Each;
use imc4087::model::runbook::Runbook;
use imc4087::model::runbook::Target;
use imc4087::model::runbook::Verb;
use imc4087::model::set::Components;
use imc4087::model::start::StartFailure;
use imc4087::model::trace::Turn;
use imc4087::search::play::follow;
use proptest::prelude::ProptestConfig;
use proptest::proptest;
use std::collections::BTreeSet;

/// The same component in the naive model.
pub(crate) fn part(component: Component) -> Part {
    Part::ALL[component as usize]
}

/// The same host in the naive model.
pub(crate) fn plain(host: &Host) -> naive::Host {
    let status = |component: Component| Status {
        part: part(component),
        installed: host.installed.has(component),
        damaged: host.damaged.has(component),
        from_cd: host.cd_files.has(component),
        memory: match (host.running.has(component), host.failing.has(component)) {
            (false, _) => Memory::NotLoaded,
            (true, false) => Memory::Working,
            (true, true) => Memory::Failing,
        },
    };
    naive::Host {
        os: match host.os {
            Os::Nt351 => naive::Os::Nt351,
            Os::Nt40 => naive::Os::Nt40,
        },
        upgraded: host.upgraded,
        exchange: match host.exchange {
            Exchange::V40 => naive::Exchange::V40,
            Exchange::V50 => naive::Exchange::V50,
            Exchange::V55 => naive::Exchange::V55,
        },
        imc: match host.imc {
            Imc::Absent => naive::Imc::Absent,
            Imc::Stopped => naive::Imc::Stopped,
            Imc::Running => naive::Imc::Running,
        },
        service_pack: host.service_pack,
        lost: host.shares.iter().map(|it| host.lost.has(it)).collect(),
        restart_pending: host.restart_pending,
        parts: Component::ALL.map(status),
    }
}

/// The same action in the naive model.
pub(crate) fn act(action: Action) -> Act {
    match action {
        Action::Remove(component) => Act::Remove(part(component)),
        Action::Install(component) => Act::Install(part(component)),
        Action::ApplyServicePack(number) => Act::Apply(number),
        Action::Restart => Act::Restart,
        Action::Upgrade => Act::Upgrade,
        Action::StartImc => Act::StartImc,
        Action::CreateIms => Act::CreateIms,
        Action::Share(position) => Act::Share(usize::from(position)),
        Action::Finish(claim) => Act::Finish(claim == Claim::Repaired),
    }
}

fn outcome(turn: &Turn) -> naive::Outcome {
    match turn.outcome() {
        Outcome::Done => naive::Outcome::Done,
        Outcome::Refused(refusal) => naive::Outcome::Refused(refusal.id()),
        Outcome::Failed(failure) => {
            let event = turn.events().iter().map(Event::id).next().unwrap_or_default();
            naive::Outcome::Failed(failure.error().into(), event.into())
        }
    }
}

/// The same rules in the naive model.
pub(crate) fn believed(rules: RuleSet) -> naive::Rules {
    rules.iter().map(RuleId::id).collect()
}

/// Takes one action on both hosts; they must agree in everything.
#[track_caller]
fn compare(rules: RuleSet, plain_rules: &naive::Rules, host: &Host, action: Action) -> Host {
    let turn = Turn::take(rules, host, action);
    let (next, result) = naive::step(plain_rules, &plain(host), act(action));
    assert_eq!(outcome(&turn), result, "{action:?} on {host:?}");
    assert_eq!(plain(turn.after()), next, "{action:?} on {host:?}");
    assert!(turn.after().fits_together(), "{action:?} on {host:?}");
    *turn.after()
}

/// The subsets of `set`, the empty one first.
fn subsets(set: Components) -> Vec<Components> {
    set.iter().fold(vec![Components::EMPTY], |all, component| {
        let more: Vec<Components> = all.iter().map(|it| it.with(component)).collect();
        [all, more].concat()
    })
}

/// Every host of these components, with every damage, on which a run could begin.
fn first_hosts(components: Components) -> Vec<Host> {
    let mut hosts = Vec::new();
    for (os, service_pack) in [(Os::Nt351, 0), (Os::Nt351, 2), (Os::Nt40, 0), (Os::Nt40, 3)] {
        for installed in subsets(components) {
            for damaged in subsets(installed) {
                for exchange in [Exchange::V40, Exchange::V50] {
                    let imc = if exchange == Exchange::V40 { Imc::Stopped } else { Imc::Absent };
                    let host = Host::consistent(os, exchange, installed, damaged);
                    let shares = Shares::first(1);
                    hosts.push(Host { service_pack, imc, shares, ..host });
                }
            }
        }
    }
    hosts
}

/// The same hosts with the base services that are not among `components`.
fn with_base(components: Components, hosts: Vec<Host>) -> Vec<Host> {
    let base = Components::BASE.less(components);
    let add =
        |it: Host| Host { installed: it.installed.or(base), running: it.running.or(base), ..it };
    hosts.into_iter().map(add).collect()
}

/// What a walk over all hosts met.
#[derive(Debug, Default)]
struct Counts {
    hosts: usize,
    /// Actions that were not refused.
    done: usize,
    /// Hosts whose IMC runs.
    running: usize,
    /// The ways in which a start failed.
    failures: BTreeSet<StartFailure>,
}

/// Takes every action on every host that can be reached from any of `first`, in both models.
fn closure(rules: RuleSet, components: Components, first: &[Host]) -> Counts {
    let plain_rules = believed(rules);
    let mut actions: Vec<Action> = vec![
        Action::Restart,
        Action::Upgrade,
        Action::StartImc,
        Action::CreateIms,
        Action::Share(0),
        Action::Share(1),
        Action::Finish(Claim::Repaired),
    ];
    actions.extend([0, 3, 7].map(Action::ApplyServicePack));
    actions.extend(components.iter().map(Action::Remove));
    actions.extend(components.iter().map(Action::Install));
    let mut seen: BTreeSet<Host> = first.iter().copied().collect();
    let mut frontier: Vec<Host> = seen.iter().copied().collect();
    let mut counts = Counts::default();
    while let Some(host) = frontier.pop() {
        for action in &actions {
            let next = compare(rules, &plain_rules, &host, *action);
            if let Ok(step) = Turn::take(rules, &host, *action).result {
                counts.done += 1;
                counts.failures.extend(step.failure);
            }
            if seen.insert(next) {
                frontier.push(next);
            }
        }
    }
    counts.hosts = seen.len();
    counts.running = seen.iter().filter(|it| it.imc == Imc::Running).count();
    counts
}

/// Pinned, so that a change of the state space is seen in review.
#[test]
fn both_models_agree_on_every_host_of_two_protocols_and_two_services() {
    let components = Components::of(&[
        Component::Tcpip,
        Component::Appletalk,
        Component::Macintosh,
        Component::Server,
    ]);
    let first = with_base(components, first_hosts(components));
    let counts = closure(RuleSet::usual(), components, &first);
    assert_eq!((counts.hosts, counts.done), (282_275, 2_432_541));
    assert_eq!(counts.failures.len(), 3, "RPC Configuration is there throughout: {counts:?}");
    assert!(counts.running > 0, "some start succeeds");
}

/// Every rule believed the other way, on components that it has a say in.
#[test]
fn both_models_agree_with_each_rule_believed_the_other_way() {
    for rule in RuleId::ALL {
        let usual = RuleSet::usual();
        let rules = if usual.believes(rule) { usual.without(rule) } else { usual.with(rule) };
        let components = match rule {
            RuleId::FailingComponentStopsRegistration
            | RuleId::ReinstallRepairs
            | RuleId::CdFilesFailUnderServicePack
            | RuleId::FailedWizardCreatesNothing
            | RuleId::ImcNeedsTcpip
            | RuleId::LeftoversSurviveUntilRestart => [Component::Tcpip, Component::Snmp],
            RuleId::UpgradeDamagesMacintosh | RuleId::MacintoshBringsAppletalk => {
                [Component::Macintosh, Component::Appletalk]
            }
            RuleId::GatewayBringsNwlink => [Component::Gateway, Component::Nwlink],
            RuleId::BootWithoutProtocolDropsShares | RuleId::ExchangeNeedsServer => {
                [Component::Tcpip, Component::Server]
            }
            RuleId::ExchangeNeedsRpc => [Component::Tcpip, Component::Rpc],
            RuleId::OnlyTransportsCarryShares => [Component::Netbeui, Component::Dlc],
        };
        let components = Components::of(&components);
        let first = with_base(components, first_hosts(components));
        let counts = closure(rules, components, &first);
        let starts = counts.running > 0 || !components.has(Component::Tcpip);
        assert!(counts.hosts > 500 && starts, "{}: {counts:?}", rule.id());
    }
}

/// The article's runbook, as this program carries it.
pub(crate) fn article() -> runbook::RunbookFile {
    let file = pack::RUNBOOKS.iter().find(|it| it.path.ends_with("/article.toml")).unwrap();
    runbook::read(file.text).0.unwrap()
}

/// Follows the article's runbook on `first` in both models and compares every action and the verdict.
#[track_caller]
fn compare_runs(
    rules: RuleSet,
    first: &Host,
    real: &runbook::RunbookFile,
    book: &naive_runs::Book,
) {
    let plain_rules = believed(rules);
    let followed = follow(rules, first, real);
    let trace = naive_runs::run(&plain_rules, &plain(first), book, 1_000);
    let ours: Vec<Act> = followed.turns.iter().map(|(turn, _)| act(turn.action)).collect();
    let theirs: Vec<Act> = trace.rows.iter().map(|it| it.act).collect();
    assert_eq!(ours, theirs, "{first:?}");
    let broken: BTreeSet<&str> = followed.broken.iter().map(Property::id).collect();
    assert_eq!(broken, naive_runs::broken(&plain_rules, &trace), "{first:?}");
}

/// The first hosts of the article world whose components are among `most`, with two shares.
fn world(most: Components) -> Vec<Host> {
    let mut hosts = Vec::new();
    for installed in subsets(most) {
        let alone = |upper, lower| installed.has(upper) && !installed.has(lower);
        if alone(Component::Macintosh, Component::Appletalk)
            || alone(Component::Gateway, Component::Nwlink)
        {
            continue;
        }
        let installed = installed.with(Component::Tcpip).or(Components::BASE);
        for damaged in subsets(installed.less(Components::BASE)) {
            for service_pack in [0, 3] {
                for imc in [Imc::Absent, Imc::Stopped] {
                    let host = Host::consistent(Os::Nt40, Exchange::V50, installed, damaged);
                    hosts.push(Host { service_pack, imc, shares: Shares::first(2), ..host });
                }
            }
        }
    }
    hosts
}

#[test]
fn both_models_follow_the_article_alike() {
    let most = Components::of(&[
        Component::Nwlink,
        Component::Appletalk,
        Component::Streams,
        Component::Macintosh,
        Component::Snmp,
        Component::Ras,
        Component::Gateway,
    ]);
    let hosts = world(most);
    assert_eq!(hosts.len(), 10_584);
    let (real, book) = (article(), naive_runs::article_book());
    for rule in std::iter::once(None).chain(RuleId::ALL.map(Some)) {
        let rules = rule.map_or(RuleSet::usual(), |it| RuleSet::usual().without(it));
        let step = if rule.is_none() { 3 } else { 61 };
        for host in hosts.iter().step_by(step) {
            compare_runs(rules, host, &real, &book);
        }
    }
    let rules = RuleSet::usual().with(RuleId::OnlyTransportsCarryShares);
    for host in hosts.iter().step_by(61) {
        compare_runs(rules, host, &real, &book);
    }
}

/// The same runbook in the naive model.
pub(crate) fn plain_book(runbook: &Runbook) -> naive_runs::Book {
    let steps = runbook.steps.iter().map(|step| naive_runs::BookStep {
        targets: step.targets.as_ref().map(|it| it.named().iter().map(|it| target(*it)).collect()),
        together: step.each == Each::Together,
        when: step.when.iter().map(|it| fact(*it)).collect(),
        verbs: step.verbs.iter().map(|it| verb(*it)).collect(),
        finally: step.finally,
    });
    naive_runs::Book { steps: steps.collect() }
}

fn target(target: Target) -> naive_runs::Target {
    match target {
        Target::Protocols => naive_runs::Target::Protocols,
        Target::Services => naive_runs::Target::Services,
        Target::One(component) => naive_runs::Target::One(part(component)),
    }
}

fn fact(condition: Condition) -> naive_runs::Fact {
    match condition {
        Condition::OneProtocol => naive_runs::Fact::OneProtocol,
        Condition::SeveralProtocols => naive_runs::Fact::SeveralProtocols,
        Condition::ServicePackApplied => naive_runs::Fact::ServicePackApplied,
        Condition::NoServicePack => naive_runs::Fact::NoServicePack,
        Condition::Upgraded => naive_runs::Fact::Upgraded,
        Condition::ImcAbsent => naive_runs::Fact::ImcAbsent,
        Condition::SharesLost => naive_runs::Fact::SharesLost,
    }
}

fn verb(verb: Verb) -> naive_runs::Verb {
    match verb {
        Verb::Remove => naive_runs::Verb::Remove,
        Verb::Restart => naive_runs::Verb::Restart,
        Verb::Install => naive_runs::Verb::Install,
        Verb::ReapplyServicePack => naive_runs::Verb::Reapply,
        Verb::Try => naive_runs::Verb::Try,
        Verb::ShareAgain => naive_runs::Verb::ShareAgain,
        Verb::RemoveOne(component) => naive_runs::Verb::RemoveOne(part(component)),
        Verb::InstallOne(component) => naive_runs::Verb::InstallOne(part(component)),
        Verb::ApplyServicePack(number) => naive_runs::Verb::ApplyOne(number),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Any runbook, any rules, any host: the same actions and the same verdict in both models.
    #[test]
    fn both_models_follow_any_runbook_alike(
        runbook in any_runbook(),
        host in any_first_host(),
        rules in any_rules(),
    ) {
        let book = plain_book(&runbook);
        let file = runbook::RunbookFile {
            runbook,
            places: Vec::new(),
            asks: Vec::new(),
            title: 0..0,
        };
        compare_runs(rules, &host, &file, &book);
    }
}
