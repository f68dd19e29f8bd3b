//! How many steps a second the model makes, alone and in whole runs, and how that grows with the host.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up should stop")]

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::Throughput;
use criterion::criterion_group;
use criterion::criterion_main;
use imc4087::files::pack;
use imc4087::files::runbook;
use imc4087::model::action::Action;
use imc4087::model::action::Claim;
use imc4087::model::component::Component;
use imc4087::model::follow::Follower;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::observe::Observation;
use imc4087::model::property::Judge;
use imc4087::model::rule::RuleSet;
use imc4087::model::set::Components;
use imc4087::model::technician::Technician;
use imc4087::model::trace::run;
use std::hint::black_box;

/// A simple policy: reinstalls one component over and over, with the restarts and the tries between.
struct Again {
    component: Component,
    left: u32,
    next: u32,
}

impl Technician for Again {
    #[inline]
    fn act(&mut self, seen: &Observation) -> Action {
        if self.left == 0 {
            return Action::Finish(Claim::Unrepaired);
        }
        self.left -= 1;
        self.next = (self.next + 1) % 7;
        match self.next {
            0 => Action::Remove(self.component),
            1 | 4 => Action::Restart,
            2 => Action::Install(self.component),
            3 => Action::ApplyServicePack(seen.service_pack),
            _ => Action::StartImc,
        }
    }
}

/// A host with `count` components: those that a start needs, then the others in canonical order. TCP/IP
/// is damaged.
fn host(count: u32) -> Host {
    let first = [Component::Tcpip, Component::Rpc, Component::Server, Component::Netbeui];
    let rest = Components::ALL.less(Components::of(&first)).iter();
    let installed: Components = first.into_iter().chain(rest).take(count as usize).collect();
    let damaged = Components::of(&[Component::Tcpip]);
    let first = Host::consistent(Os::Nt40, Exchange::V50, installed, damaged);
    Host { service_pack: 3, shares: Shares::first(2), ..first }
}

/// The run loop with a simple policy and no trace: 1,000,000 steps a run.
fn run_loop(c: &mut Criterion) {
    const STEPS: u32 = 1_000_000;
    let mut group = c.benchmark_group("run loop");
    group.throughput(Throughput::Elements(STEPS.into()));
    for count in [4, 8, 16, 22] {
        let first = host(count);
        group.bench_with_input(BenchmarkId::from_parameter(count), &first, |b, first| {
            b.iter(|| {
                let component = Component::Netbeui;
                let mut technician = Again { component, left: STEPS - 1, next: 0 };
                run(RuleSet::usual(), black_box(first), &mut technician, STEPS, |_, _| {})
            });
        });
    }
    group.finish();
}

/// The article's runbook from the first host to the verdict.
fn whole_run(c: &mut Criterion) {
    let file = pack::RUNBOOKS.iter().find(|it| it.path.ends_with("/article.toml")).unwrap();
    let article = runbook::read(file.text).0.unwrap().runbook;
    let mut group = c.benchmark_group("article runbook");
    for count in [4, 8, 16, 22] {
        let first = host(count);
        group.bench_with_input(BenchmarkId::from_parameter(count), &first, |b, first| {
            b.iter(|| {
                let mut judge = Judge::new(RuleSet::usual(), first);
                let mut technician = Follower::new(&article);
                let record = |_: &Follower<'_>, turn: &_| judge.turn(turn);
                let end = run(RuleSet::usual(), black_box(first), &mut technician, 1_000, record);
                judge.end(&end)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, run_loop, whole_run);
criterion_main!(benches);
