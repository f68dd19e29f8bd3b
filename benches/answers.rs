//! How long a plan, a trade-off and an answer at the prompt take, and how that grows with the host.

#![expect(clippy::unwrap_used, reason = "a bench that cannot be set up should stop")]

use criterion::BenchmarkId;
use criterion::Criterion;
use criterion::criterion_group;
use criterion::criterion_main;
use imc4087::files::pack;
use imc4087::files::runbook;
use imc4087::model::component::Component;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::rule::RuleSet;
use imc4087::model::set::Components;
use imc4087::search::cost::Aims;
use imc4087::search::ground::Allowed;
use imc4087::search::ground::Ground;
use imc4087::search::odds::OddsOf;
use imc4087::search::planworld::Question;
use imc4087::search::planworld::planworld;
use imc4087::search::proven::proven;
use imc4087::search::world::Damage;
use imc4087::search::world::Services;
use imc4087::search::world::World;
use imc4087::train::grade::Grade;
use imc4087::train::lesson::Lesson;
use imc4087::train::seed::Level;
use imc4087::train::session::Session;
use std::hint::black_box;

/// A host on which `count` components may be damaged: protocols first, then the two services.
fn ground(count: u32) -> Ground {
    let suspects = Components::PROTOCOLS.with(Component::Macintosh).with(Component::Snmp);
    let installed = suspects.iter().take(count as usize).collect::<Components>();
    let host = Host::consistent(
        Os::Nt40,
        Exchange::V50,
        installed.or(Components::BASE),
        Components::EMPTY,
    );
    let host = Host { service_pack: 3, shares: Shares::first(2), ..host };
    Ground::of(RuleSet::usual(), &host, Damage::Article, Allowed::Model)
}

/// The best plan and the trade-off, each with its proof, by how many components may be damaged.
fn plans(c: &mut Criterion) {
    for (name, aims) in [("plan", Aims::USUAL), ("trade-off", Aims::TRADE_OFF)] {
        let mut group = c.benchmark_group(name);
        group.sample_size(10);
        for count in [1, 3, 5, 7, 9] {
            let ground = ground(count);
            group.bench_with_input(BenchmarkId::from_parameter(count), &ground, |b, ground| {
                b.iter(|| proven(black_box(ground), &aims).1.unwrap());
            });
        }
        group.finish();
    }
}

/// The best plans of the article's world.
fn world(c: &mut Criterion) {
    let file = pack::RUNBOOKS.iter().find(|it| it.path.ends_with("/article.toml")).unwrap();
    let article = runbook::read(file.text).0.unwrap().runbook;
    let question = Question {
        rules: RuleSet::usual(),
        world: World::new(Services::Article, Damage::Article),
        allowed: Allowed::Model,
        aims: Aims::USUAL,
        odds: OddsOf::EVEN,
        front: false,
        threads: 1,
    };
    let mut group = c.benchmark_group("world");
    group.sample_size(10);
    group.bench_function("plan", |b| {
        b.iter(|| planworld(black_box(&question), &article).unwrap().proof.unwrap());
    });
    group.finish();
}

/// What is typed: an action, a window, and the four rungs of a hint.
const LINES: [&str; 6] =
    ["net start msexchangeimc", "eventviewer", "hint", "hint", "hint", "network services"];

/// Answers at the prompt, and the grade, by level.
fn prompt(c: &mut Criterion) {
    let mut group = c.benchmark_group("six lines at the prompt");
    for level in (1..=5).map(|it| Level::numbered(it).unwrap()) {
        let session = Session::new(Lesson::drawn(1, level));
        group.bench_with_input(BenchmarkId::from_parameter(level.number()), &session, |b, it| {
            b.iter(|| {
                let mut session = black_box(it).clone();
                for line in LINES {
                    session.answer(line);
                }
                session
            });
        });
    }
    group.finish();
    let mut group = c.benchmark_group("grade");
    group.sample_size(10);
    for level in (1..=5).map(|it| Level::numbered(it).unwrap()) {
        let mut session = Session::new(Lesson::drawn(1, level));
        for line in LINES {
            session.answer(line);
        }
        group.bench_with_input(BenchmarkId::from_parameter(level.number()), &session, |b, it| {
            b.iter(|| Grade::of(black_box(it)));
        });
    }
    group.finish();
}

criterion_group!(benches, plans, world, prompt);
criterion_main!(benches);
