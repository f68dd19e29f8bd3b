//! The plain implementation's runbooks and properties: nested loops over what an operator can see,
//! and one small function per property that reads the whole recorded trace from the start. Tests
//! compare the real interpreter and the real properties with these.

use std::collections::BTreeSet;

use crate::naive::{Act, Host, Imc, Outcome, Part, Rules};
use crate::naive::{carries_shares, is_installed, is_running, step, words};

/// A runbook: its steps, in the order in which they run.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) steps: Vec<BookStep>,
}

/// One step of a runbook. In the file, `targets` is called `for` and `verbs` is called `do`;
/// `together` is the less usual value of `each`.
#[derive(Clone, Debug)]
pub(crate) struct BookStep {
    pub(crate) targets: Option<Vec<Target>>,
    pub(crate) together: bool,
    pub(crate) when: Vec<Fact>,
    pub(crate) verbs: Vec<Verb>,
    pub(crate) finally: bool,
}

words! {
    /// One entry of a step's `for`.
    Target { Protocols, Services, One(Part) }
    /// One entry of a step's `when`.
    Fact {
        OneProtocol, SeveralProtocols, ServicePackApplied, NoServicePack,
        Upgraded, ImcAbsent, SharesLost,
    }
    /// One entry of a step's `do`. The last three are the literal actions, which never skip.
    Verb {
        Remove, Install, Restart, Reapply, Try, ShareAgain,
        RemoveOne(Part), InstallOne(Part), ApplyOne(u8),
    }
}

/// One action of a run, with the host before and after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) before: Host,
    pub(crate) act: Act,
    pub(crate) outcome: Outcome,
    pub(crate) after: Host,
}

/// A recorded run: every action, refused ones and `finish` too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Trace {
    pub(crate) first: Host,
    pub(crate) rows: Vec<Row>,
}

/// Runs a runbook. A runbook is finite, so the bound only cuts what lies beyond it.
pub(crate) fn run(rules: &Rules, first: &Host, book: &Book, bound: usize) -> Trace {
    let mut trace = Trace { first: first.clone(), rows: Vec::new() };
    let (mut repaired, mut stuck) = (false, false);
    for book_step in &book.steps {
        if (repaired || stuck) && !book_step.finally {
            continue;
        }
        let seen = look(&trace);
        if !book_step.when.iter().all(|it| holds(*it, &seen)) {
            continue;
        }
        'step: for targets in passes(book_step, &seen) {
            for verb in &book_step.verbs {
                if matches!(verb, Verb::Try) && look(&trace).imc == Imc::Running {
                    repaired = true;
                    break 'step;
                }
                for act in acts(*verb, &targets, &look(&trace)) {
                    let outcome = perform(rules, act, &mut trace);
                    let refused = matches!(outcome, Outcome::Refused(_));
                    let success = matches!(verb, Verb::Try) && outcome == Outcome::Done;
                    stuck |= refused;
                    repaired |= success;
                    if refused || success {
                        break 'step;
                    }
                }
            }
        }
    }
    let claim = look(&trace).imc == Imc::Running;
    perform(rules, Act::Finish(claim), &mut trace);
    trace.rows.truncate(bound);
    trace
}

/// The article's own runbook: try, its step 1, its step 2 (one protocol at a time, in the dialog's
/// order, trying after each), and sharing again what is lost.
pub(crate) fn article_book() -> Book {
    let again =
        [Verb::Remove, Verb::Restart, Verb::Install, Verb::Reapply, Verb::Restart, Verb::Try];
    let services = vec![Target::One(Part::Macintosh), Target::One(Part::Snmp)];
    let steps = vec![
        plain(&[Verb::Try]),
        BookStep { targets: Some(services), together: true, ..plain(&again) },
        BookStep { targets: Some(vec![Target::Protocols]), ..plain(&again) },
        BookStep { when: vec![Fact::SharesLost], finally: true, ..plain(&[Verb::ShareAgain]) },
    ];
    Book { steps }
}

/// A step with nothing but verbs.
pub(crate) fn plain(verbs: &[Verb]) -> BookStep {
    let verbs = verbs.to_vec();
    BookStep { targets: None, together: false, when: Vec::new(), verbs, finally: false }
}

/// The properties that fail on a trace, the three that are only advice included.
pub(crate) fn broken(rules: &Rules, trace: &Trace) -> BTreeSet<&'static str> {
    let answers = [
        ("repaired", repaired(trace)),
        ("honest", honest(trace)),
        ("shares-restored", shares_restored(trace)),
        ("no-avoidable-loss", no_avoidable_loss(rules, trace)),
        ("components-restored", components_restored(trace)),
        ("no-mixed-boot", no_mixed_boot(trace)),
        ("never-refused", never_refused(trace)),
        ("ends", ends(trace)),
        ("stops-when-repaired", stops_when_repaired(trace)),
        ("tries-in-between", tries_in_between(trace)),
        ("no-blind-try", no_blind_try(trace)),
    ];
    answers.into_iter().filter(|(_, holds)| !holds).map(|(id, _)| id).collect()
}

/// What a technician sees of a host, as far as a runbook asks.
struct Seen {
    installed: Vec<Part>,
    service_pack: u8,
    upgraded: bool,
    imc: Imc,
    /// The shares seen at the run's start and not seen now.
    missing: Vec<usize>,
}

/// Looks at the last host of the trace, and compares its shares with those of the first.
fn look(trace: &Trace) -> Seen {
    let now = last(trace);
    let installed = Part::ALL.into_iter().filter(|it| is_installed(now, *it)).collect();
    let pairs = trace.first.lost.iter().zip(&now.lost).enumerate();
    let missing = pairs.filter(|(_, (then, now))| !**then && **now).map(|(it, _)| it).collect();
    let Host { service_pack, upgraded, imc, .. } = *now;
    Seen { installed, service_pack, upgraded, imc, missing }
}

/// Whether a fact of `when` holds.
fn holds(fact: Fact, seen: &Seen) -> bool {
    let protocols = seen.installed.iter().filter(|it| it.is_protocol()).count();
    match fact {
        Fact::OneProtocol => protocols == 1,
        Fact::SeveralProtocols => protocols >= 2,
        Fact::ServicePackApplied => seen.service_pack != 0,
        Fact::NoServicePack => seen.service_pack == 0,
        Fact::Upgraded => seen.upgraded,
        Fact::ImcAbsent => seen.imc == Imc::Absent,
        Fact::SharesLost => !seen.missing.is_empty(),
    }
}

/// The targets of each pass of a step.
fn passes(book_step: &BookStep, seen: &Seen) -> Vec<Vec<Part>> {
    let Some(named) = &book_step.targets else {
        return vec![Vec::new()];
    };
    let covers = |target: &Target, part: Part| match target {
        Target::Protocols => part.is_protocol(),
        Target::Services => (Part::Macintosh..=Part::Netmon).contains(&part),
        Target::One(one) => *one == part,
    };
    let mut targets = Vec::new();
    for part in &seen.installed {
        if part.is_protocol() && named.iter().any(|it| covers(it, *part)) {
            targets.push(*part);
        }
    }
    for target in named {
        for part in &seen.installed {
            if !part.is_protocol() && covers(target, *part) && !targets.contains(part) {
                targets.push(*part);
            }
        }
    }
    if book_step.together && !targets.is_empty() {
        vec![targets]
    } else {
        targets.into_iter().map(|it| vec![it]).collect()
    }
}

/// The actions that a verb comes to. A `try` while the connector runs is settled by the caller.
fn acts(verb: Verb, targets: &[Part], seen: &Seen) -> Vec<Act> {
    let (present, absent): (Vec<Part>, Vec<Part>) =
        targets.iter().partition(|it| seen.installed.contains(it));
    match verb {
        Verb::Remove => present.into_iter().map(Act::Remove).collect(),
        Verb::Install => absent.into_iter().map(Act::Install).collect(),
        Verb::Restart => vec![Act::Restart],
        Verb::Reapply if seen.service_pack == 0 => Vec::new(),
        Verb::Reapply => vec![Act::Apply(seen.service_pack)],
        Verb::Try if seen.imc == Imc::Absent => vec![Act::CreateIms],
        Verb::Try => vec![Act::StartImc],
        Verb::ShareAgain => seen.missing.iter().map(|it| Act::Share(*it)).collect(),
        Verb::RemoveOne(part) => vec![Act::Remove(part)],
        Verb::InstallOne(part) => vec![Act::Install(part)],
        Verb::ApplyOne(number) => vec![Act::Apply(number)],
    }
}

/// Performs one action and records it.
fn perform(rules: &Rules, act: Act, trace: &mut Trace) -> Outcome {
    let before = last(trace).clone();
    let (after, outcome) = step(rules, &before, act);
    trace.rows.push(Row { before, act, outcome, after });
    outcome
}

/// The host at the end.
fn last(trace: &Trace) -> &Host {
    trace.rows.last().map_or(&trace.first, |it| &it.after)
}

fn repaired(trace: &Trace) -> bool {
    last(trace).imc == Imc::Running
}

fn honest(trace: &Trace) -> bool {
    let fact = last(trace).imc == Imc::Running;
    trace.rows.iter().all(|it| it.act != Act::Finish(!fact))
}

fn shares_restored(trace: &Trace) -> bool {
    !last(trace).lost.contains(&true)
}

fn no_avoidable_loss(rules: &Rules, trace: &Trace) -> bool {
    let carriers = Part::ALL.into_iter().filter(|it| carries_shares(rules, *it));
    let only_one = carriers.filter(|it| is_installed(&trace.first, *it)).count() == 1;
    let whole = |it: &Host| !it.lost.contains(&true);
    only_one || (whole(&trace.first) && trace.rows.iter().all(|it| whole(&it.after)))
}

fn components_restored(trace: &Trace) -> bool {
    let (first, last) = (&trace.first, last(trace));
    let same = |it: &Part| is_installed(first, *it) == is_installed(last, *it);
    Part::ALL.iter().all(same) && first.service_pack == last.service_pack && !last.restart_pending
}

fn no_mixed_boot(trace: &Trace) -> bool {
    let mixed = |host: &Host| host.parts.iter().any(|it| it.from_cd);
    !trace.rows.iter().any(|it| it.act == Act::Restart && mixed(&it.before))
}

fn never_refused(trace: &Trace) -> bool {
    !trace.rows.iter().any(is_refused)
}

fn ends(trace: &Trace) -> bool {
    trace.rows.iter().any(|it| matches!(it.act, Act::Finish(_)))
}

fn stops_when_repaired(trace: &Trace) -> bool {
    let started = |it: &Row| is_try(it) && it.outcome == Outcome::Done;
    let success = trace.rows.iter().position(started).unwrap_or(trace.rows.len());
    trace.rows.iter().skip(success).filter(|it| !is_refused(it)).all(|it| match it.act {
        Act::Remove(_) | Act::Install(_) | Act::Restart | Act::Apply(_) => false,
        Act::Upgrade | Act::StartImc | Act::CreateIms | Act::Share(_) | Act::Finish(_) => true,
    })
}

fn tries_in_between(trace: &Trace) -> bool {
    for (at, row) in trace.rows.iter().enumerate() {
        if !matches!(row.act, Act::Remove(_)) || is_refused(row) {
            continue;
        }
        let earlier: Vec<&Row> = trace.rows.iter().take(at).collect();
        let since = earlier.iter().rposition(|it| is_try(it)).map_or(0, |it| it + 1);
        for (place, install) in earlier.iter().enumerate().skip(since) {
            for part in Part::ALL {
                let put_in = matches!(install.act, Act::Install(_))
                    && !is_installed(&install.before, part)
                    && is_installed(&install.after, part);
                let booted = |it: &&Row| it.act == Act::Restart && is_installed(&it.before, part);
                if put_in && earlier.iter().skip(place).any(booted) {
                    return false;
                }
            }
        }
    }
    true
}

fn no_blind_try(trace: &Trace) -> bool {
    let blind = |host: &Host| host.restart_pending || !is_running(host, Part::Tcpip);
    !trace.rows.iter().any(|it| is_try(it) && blind(&it.before))
}

/// Whether the action was refused, so that it counts for `never-refused` and nothing else.
fn is_refused(row: &Row) -> bool {
    matches!(row.outcome, Outcome::Refused(_))
}

/// Whether the action was a start or a create that was not refused.
fn is_try(row: &Row) -> bool {
    matches!(row.act, Act::StartImc | Act::CreateIms) && !is_refused(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::naive::{Exchange, Memory, Os, default_rules, fresh, history};
    use Act::{Apply, CreateIms, Finish, Install, Restart, Share, StartImc};
    use Part::{Appletalk, Macintosh, Netbeui, Nwlink, Server, Snmp, Tcpip};

    /// NT 4.0 and Exchange 5.0 with two shares after a history, with damage in one component.
    fn host(imc: Imc, acts: &[Act], damaged: Part) -> Host {
        let setup = fresh(Os::Nt40, Exchange::V50, imc, 2);
        let mut host = history(&default_rules(), &setup, acts).unwrap();
        for it in host.parts.iter_mut().filter(|it| it.part == damaged && it.installed) {
            (it.damaged, it.memory) = (true, Memory::Failing);
        }
        host
    }

    /// Runs a book and compares its actions and the properties that fail.
    #[track_caller]
    fn check(first: &Host, steps: Vec<BookStep>, acts: &[Act], fails: &[&str]) {
        let mut trace = run(&default_rules(), first, &Book { steps }, acts.len());
        assert_eq!(trace.rows.iter().map(|it| it.act).collect::<Vec<_>>(), acts);
        assert_eq!(broken(&default_rules(), &trace), fails.iter().copied().collect());
        if let Some(Row { act: Finish(claim), .. }) = trace.rows.last_mut() {
            *claim = !*claim;
            assert!(broken(&default_rules(), &trace).contains("honest"));
        }
    }

    #[test]
    fn the_articles_runbook_does_what_the_article_says() {
        let (article, out) = (|| article_book().steps, Act::Remove);
        let installed = [Install(Macintosh), Apply(3), Restart];
        let (first, back) = (host(Imc::Stopped, &installed, Macintosh), Install(Macintosh));
        let mut acts = vec![StartImc, out(Macintosh), Restart, back, Apply(3), Restart, StartImc];
        check(&first, article(), &acts[..1], &["repaired", "ends"]);
        check(&first, article(), &acts, &["ends"]);
        acts.push(Finish(true));
        check(&first, article(), &acts, &[]);
        let (lone, back) = (host(Imc::Absent, &[], Tcpip), Install(Tcpip));
        let acts = [CreateIms, out(Tcpip), Restart, back, Restart, CreateIms, Share(0), Share(1)];
        check(&lone, article(), &[&acts[..], &[Finish(true)]].concat(), &[]);
    }

    #[test]
    fn every_other_property_can_fail() {
        let out = Act::Remove;
        let pair = host(Imc::Stopped, &[Apply(3), Install(Netbeui), Apply(3), Restart], Snmp);
        let steps = vec![
            plain(&[Verb::InstallOne(Snmp), Verb::Try, Verb::Restart]),
            BookStep { finally: true, ..plain(&[Verb::RemoveOne(Snmp), Verb::ApplyOne(2)]) },
            plain(&[Verb::Restart]),
            BookStep {
                targets: Some(vec![Target::Protocols]),
                together: true,
                finally: true,
                ..plain(&[Verb::Remove, Verb::Restart, Verb::Install, Verb::Restart, Verb::Remove])
            },
        ];
        let mut acts = vec![Install(Snmp), StartImc, out(Snmp), Apply(2), out(Tcpip), out(Netbeui)];
        acts.extend([Restart, Install(Tcpip), Install(Netbeui), Restart, out(Tcpip)]);
        acts.extend([out(Netbeui), Finish(false)]);
        let fails = "repaired shares-restored no-avoidable-loss components-restored no-mixed-boot \
            never-refused stops-when-repaired tries-in-between no-blind-try";
        check(&pair, steps, &acts, &fails.split_whitespace().collect::<Vec<_>>());
    }

    #[test]
    fn a_step_looks_up_its_facts_and_targets_at_its_start() {
        let installed = [Install(Snmp), Install(Macintosh), Restart];
        let first = host(Imc::Absent, &installed, Nwlink);
        let seen = look(&Trace { first, rows: Vec::new() });
        let facts = [Fact::SeveralProtocols, Fact::NoServicePack, Fact::ImcAbsent];
        assert!(facts.into_iter().all(|it| holds(it, &seen)));
        let facts = [Fact::OneProtocol, Fact::ServicePackApplied, Fact::Upgraded, Fact::SharesLost];
        assert!(!facts.into_iter().any(|it| holds(it, &seen)));
        let named = [Server, Snmp, Nwlink, Appletalk].map(Target::One);
        let named = [&named[..], &[Target::Services, Target::Protocols]].concat();
        let each = BookStep { targets: Some(named), ..plain(&[]) };
        let order = [Tcpip, Appletalk, Server, Snmp, Macintosh];
        assert_eq!(passes(&each, &seen), order.map(|it| vec![it]));
        assert_eq!(passes(&BookStep { together: true, ..each }, &seen), [order.to_vec()]);
    }
}
