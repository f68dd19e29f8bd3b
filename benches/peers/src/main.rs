//! The same questions asked of imc4087 and of a model checker, in one run: counts must agree, times are compared.
//!
//! First every order of actions from one host; then the article's runbook on every case of the world `article`.
//! Both make their transitions with the model's own `step` and check the same claims about every host.
//! The peer, stateright, keeps a 64-bit fingerprint of each host and may confuse two; imc4087 is exact.
//!
//! `imc4087-peers [ROUNDS] [THREADS]`: rounds of each (5 unless given), threads of the peer (1).

mod followed;

use followed::Peer as FollowedPeer;
use imc4087::files::pack;
use imc4087::files::runbook;
use imc4087::model::action::Action;
use imc4087::model::component::Component;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::rule::RuleSet;
use imc4087::model::set::Components;
use imc4087::model::step::step;
use imc4087::search::census::Orders;
use imc4087::search::explore::Asked;
use imc4087::search::explore::HOSTS_MAX;
use imc4087::search::explore::explore;
use imc4087::search::invariant::runs_in_vain;
use imc4087::search::verify::Question;
use imc4087::search::verify::tally;
use imc4087::search::world::Damage;
use imc4087::search::world::Services;
use imc4087::search::world::World;
use stateright::Checker;
use stateright::Model;
use stateright::Property;
use std::process::ExitCode;
use std::time::Instant;

/// The model as the peer wants it.
#[derive(Clone, Debug)]
struct Peer(Orders);

impl Model for Peer {
    type State = Host;
    type Action = Action;

    fn init_states(&self) -> Vec<Host> {
        vec![self.0.first]
    }

    fn actions(&self, _: &Host, actions: &mut Vec<Action>) {
        actions.extend_from_slice(&self.0.actions);
    }

    fn next_state(&self, host: &Host, action: Action) -> Option<Host> {
        step(self.0.rules, host, action).ok().map(|it| it.host)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always("facts-fit-together", |_, host: &Host| host.fits_together()),
            Property::always("running-imc-could-start", |peer: &Self, host: &Host| {
                !runs_in_vain(peer.0.rules, host)
            }),
        ]
    }
}

/// What was found: hosts and transitions, or cases and actions.
type Counts = (usize, u64);

/// The same, and what it took.
#[derive(Clone, Copy, Debug)]
struct Took {
    counts: Counts,
    wall: f64,
    cpu: f64,
}

/// The base services and a damaged TCP/IP, two shares, Exchange 5.0 with no Internet Mail Service yet.
fn first(service_pack: u8) -> Host {
    let installed = Components::BASE.with(Component::Tcpip);
    let damaged = Components::of(&[Component::Tcpip]);
    let host = Host::consistent(Os::Nt40, Exchange::V50, installed, damaged);
    Host { service_pack, imc: Imc::Absent, shares: Shares::first(2), ..host }
}

/// The seconds of processor time that this process has used; none where the system does not say.
fn cpu() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = |it: &str| it.parse::<f64>().ok();
    let mut fields = fields.split_whitespace().skip(11).map_while(ticks);
    Some((fields.next()? + fields.next()?) / 100.0)
}

/// Runs so many times, as the clock of the system is coarse, and takes the mean.
fn timed(times: u32, run: impl Fn() -> Counts) -> Took {
    let (wall, before) = (Instant::now(), cpu());
    let mut counts = (0, 0);
    for _ in 0..times {
        counts = run();
    }
    let wall = wall.elapsed().as_secs_f64();
    let cpu = before.zip(cpu()).map_or(wall, |(before, after)| after - before);
    Took { counts, wall: wall / f64::from(times), cpu: cpu / f64::from(times) }
}

fn ours(orders: &Orders, asked: Asked) -> Counts {
    let found = explore(orders, HOSTS_MAX, asked);
    (found.hosts, found.transitions)
}

fn theirs(orders: &Orders, threads: usize) -> Counts {
    let checker = Peer(orders.clone()).checker().threads(threads).spawn_bfs().join();
    checker.assert_properties();
    // The peer counts the first host among its transitions.
    (checker.unique_state_count(), checker.state_count() as u64 - 1)
}

/// The article's runbook on the whole world, by imc4087; no case breaks a property that gates.
fn ours_followed(peer: &FollowedPeer, reduce: bool, threads: usize) -> Counts {
    let (world, rules, runbook) = (&peer.world, peer.rules, peer.runbook);
    let tally = tally(&Question { world, rules, runbook, reduce, threads, watch: None });
    assert_eq!(tally.broken, 0, "the article's runbook holds");
    let actions = if reduce { ACTIONS } else { tally.actions };
    (usize::try_from(tally.cases).unwrap_or_default(), actions)
}

/// The same by the peer.
fn theirs_followed(peer: FollowedPeer, threads: usize) -> Counts {
    let checker = peer.checker().threads(threads).spawn_bfs().join();
    checker.assert_properties();
    // One state for each case before its first action, and one after each action.
    let states = checker.state_count();
    let cases = checker.model().world.cases();
    assert_eq!(states, checker.unique_state_count(), "runs do not meet");
    (usize::try_from(cases).unwrap_or_default(), states as u64 - cases)
}

/// The actions of all runs of the article's runbook, one for each case.
const ACTIONS: u64 = 25_617_744;

/// The runbook on every case, once each but for the reduced one.
fn followed(threads: usize) -> bool {
    let text = pack::RUNBOOKS.iter().find(|it| it.path.ends_with("/article.toml"));
    let file = text.and_then(|it| runbook::read(it.text).0);
    let Some(file) = file else { return false };
    let runbook: &'static _ = Box::leak(Box::new(file.runbook));
    let peer = || FollowedPeer {
        world: World::new(Services::Article, Damage::Article),
        rules: RuleSet::usual(),
        runbook,
    };
    let ours = peer();
    let reduced = [timed(50, || ours_followed(&ours, true, threads))];
    let brute = [timed(1, || ours_followed(&ours, false, threads))];
    let theirs = [timed(1, || theirs_followed(peer(), threads))];
    println!("the article's runbook: 816480 cases, {ACTIONS} actions; once");
    line("imc4087 verify", &reduced, &theirs);
    line("imc4087, brute force", &brute, &theirs);
    line(&format!("stateright, threads: {threads}"), &theirs, &theirs);
    let expected = (816_480, ACTIONS);
    reduced.iter().chain(&brute).chain(&theirs).all(|it| it.counts == expected)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}

fn line(name: &str, runs: &[Took], peer: &[Took]) {
    let (wall, cpu) = (median(runs.iter().map(|it| it.wall)), median(runs.iter().map(|it| it.cpu)));
    // The ratio of each round by itself, so that a busy moment of the machine weighs on both sides.
    let ratio = |seconds: fn(&Took) -> f64| {
        median(runs.iter().zip(peer).map(move |(run, peer)| seconds(peer) / seconds(run)))
    };
    let transitions = runs.first().map_or(0, |it| it.counts.1);
    #[expect(clippy::cast_precision_loss, reason = "a rate is printed with one decimal")]
    let rate = transitions as f64 / cpu / 1e6;
    println!(
        "  {name:<24} {cpu:>8.3} s cpu {wall:>8.3} s wall {rate:>7.1} M actions/s   x{:.1} cpu  x{:.1} wall",
        ratio(|it| it.cpu),
        ratio(|it| it.wall),
    );
}

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|it| it.parse::<usize>());
    let (Ok(rounds), Ok(threads)) =
        (numbers.next().unwrap_or(Ok(5)), numbers.next().unwrap_or(Ok(1)))
    else {
        eprintln!("usage: imc4087-peers [ROUNDS] [THREADS]");
        return ExitCode::from(2);
    };
    let mut agree = true;
    for (service_pack, times, expected) in
        [(0, 20, (24_960, 208_000)), (3, 1, (3_394_013, 32_438_277))]
    {
        let orders = Orders::of(RuleSet::usual(), &first(service_pack));
        let [mut counts, mut whole, mut peer] = [vec![], vec![], vec![]];
        for _ in 0..rounds {
            counts.push(timed(times, || ours(&orders, Asked::Counts)));
            peer.push(timed(times, || theirs(&orders, threads)));
            whole.push(timed(times, || ours(&orders, Asked::Ends)));
        }
        let (hosts, transitions) = expected;
        println!(
            "service pack {service_pack}: {hosts} hosts, {transitions} transitions; medians of {rounds}"
        );
        line("imc4087, counts", &counts, &peer);
        line("imc4087, counts and ends", &whole, &peer);
        line(&format!("stateright, threads: {threads}"), &peer, &peer);
        agree &= counts.iter().chain(&whole).chain(&peer).all(|it| it.counts == expected);
    }
    agree &= followed(threads);
    println!("{}", if agree { "all counts are as expected" } else { "the counts differ" });
    if agree { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
