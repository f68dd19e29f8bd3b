//! Technicians that are not runbooks: what they claim, whether they end, and what they get away with.
//!
//! Each is judged on every case of a small world. A control is a case without damage.

use imc4087::model::action::Action;
use imc4087::model::action::Claim;
use imc4087::model::component::Component;
use imc4087::model::host::Exchange;
use imc4087::model::host::Host;
use imc4087::model::host::Imc;
use imc4087::model::host::Os;
use imc4087::model::host::Shares;
use imc4087::model::observe::Observation;
use imc4087::model::property::Judge;
use imc4087::model::property::Properties;
use imc4087::model::property::Property;
use imc4087::model::rule::RuleSet;
use imc4087::model::set::Components;
use imc4087::model::technician::Technician;
use imc4087::model::technician::finish;
use imc4087::model::trace::ACTIONS_MAX;
use imc4087::model::trace::run;

/// Every case of two protocols and two services, with and without a service pack, an IMC and shares.
fn cases() -> Vec<Host> {
    let most = [Component::Netbeui, Component::Appletalk, Component::Macintosh, Component::Snmp];
    let mut cases = Vec::new();
    for some in Components::of(&most).subsets() {
        if some.has(Component::Macintosh) && !some.has(Component::Appletalk) {
            continue;
        }
        let some = some.with(Component::Tcpip);
        for damaged in some.subsets() {
            for (service_pack, imc) in [(0, Imc::Stopped), (3, Imc::Stopped), (3, Imc::Absent)] {
                let installed = some.or(Components::BASE);
                let host = Host::consistent(Os::Nt40, Exchange::V50, installed, damaged);
                cases.push(Host { service_pack, imc, shares: Shares::first(2), ..host });
            }
        }
    }
    cases
}

/// What a technician breaks on each case; `begin` makes a new one.
fn judged<T: Technician>(begin: impl Fn() -> T) -> Vec<(Host, Properties)> {
    let judged = |first: Host| {
        let mut judge = Judge::new(RuleSet::usual(), &first);
        let end =
            run(RuleSet::usual(), &first, &mut begin(), ACTIONS_MAX, |_, turn| judge.turn(turn));
        (first, judge.end(&end))
    };
    cases().into_iter().map(judged).collect()
}

/// Whether any case with something damaged is passed.
fn passes_a_fault(judged: &[(Host, Properties)]) -> bool {
    judged.iter().any(|(it, broken)| !it.damaged.is_empty() && broken.gating().is_empty())
}

fn the_try(seen: &Observation) -> Action {
    if seen.imc == Imc::Absent { Action::CreateIms } else { Action::StartImc }
}

/// Says that it repaired the host and did nothing.
struct Liar;

impl Technician for Liar {
    fn act(&mut self, _: &Observation) -> Action {
        Action::Finish(Claim::Repaired)
    }
}

#[test]
fn a_claim_without_a_repair_is_not_honest() {
    for (first, broken) in judged(|| Liar) {
        let expected: Properties = [Property::Repaired, Property::Honest].into_iter().collect();
        assert_eq!(broken, expected, "{first:?}");
    }
}

/// Does nothing, and says so.
struct Idle;

impl Technician for Idle {
    fn act(&mut self, seen: &Observation) -> Action {
        finish(seen)
    }
}

/// In every first host of a world the IMC does not run, so that even a healthy control has to be tried.
#[test]
fn doing_nothing_passes_only_where_the_imc_runs_already() {
    for (first, broken) in judged(|| Idle) {
        let expected: Properties = [Property::Repaired].into_iter().collect();
        assert_eq!(broken, expected, "{first:?}");
        let mut judge = Judge::new(RuleSet::usual(), &first);
        let running = Host { imc: Imc::Running, damaged: Components::EMPTY, ..first };
        let running = Host { failing: Components::EMPTY, ..running };
        let end = run(RuleSet::usual(), &running, &mut Idle, ACTIONS_MAX, |_, it| judge.turn(it));
        assert!(judge.end(&end).is_empty(), "{running:?}");
    }
}

/// Tries for ever, even where the IMC runs.
struct Forever;

impl Technician for Forever {
    fn act(&mut self, seen: &Observation) -> Action {
        the_try(seen)
    }
}

#[test]
fn a_run_without_end_is_cut_off_and_claims_nothing() {
    for (first, broken) in judged(|| Forever) {
        assert!(broken.has(Property::Ends), "{first:?}");
        assert!(!broken.has(Property::Honest), "{first:?}");
        assert_eq!(broken.has(Property::Repaired), !first.damaged.is_empty(), "{first:?}");
        assert_eq!(broken.has(Property::NeverRefused), first.damaged.is_empty(), "{first:?}");
    }
}

/// Tries once and hopes.
struct Lucky(bool);

impl Technician for Lucky {
    fn act(&mut self, seen: &Observation) -> Action {
        if std::mem::replace(&mut self.0, true) { finish(seen) } else { the_try(seen) }
    }
}

#[test]
fn one_try_passes_exactly_the_controls() {
    for (first, broken) in judged(|| Lucky(false)) {
        assert_eq!(broken.is_empty(), first.damaged.is_empty(), "{first:?}");
        assert!(broken.less([Property::Repaired].into_iter().collect()).is_empty(), "{first:?}");
    }
}

/// Restarts ten times, tries, and ends.
struct Restarts(u32);

impl Technician for Restarts {
    fn act(&mut self, seen: &Observation) -> Action {
        self.0 += 1;
        match self.0 {
            1..=10 => Action::Restart,
            11 => the_try(seen),
            _ => finish(seen),
        }
    }
}

#[test]
fn restarts_repair_nothing() {
    for (first, broken) in judged(|| Restarts(0)) {
        assert_eq!(broken.gating().is_empty(), first.damaged.is_empty(), "{first:?}");
    }
}

/// Takes everything out that can be done without, one at a time, until the IMC runs.
struct Stripper;

impl Technician for Stripper {
    fn act(&mut self, seen: &Observation) -> Action {
        use imc4087::model::observe::Outcome;
        if seen.imc == Imc::Running {
            return finish(seen);
        }
        if seen.restart_pending {
            return Action::Restart;
        }
        let spare = seen.installed.less(Components::BASE).without(Component::Tcpip);
        match (seen.last, spare.iter().next()) {
            (Some(Outcome::Failed(_)), Some(component)) => Action::Remove(component),
            (Some(Outcome::Failed(_)), None) => finish(seen),
            _ => the_try(seen),
        }
    }
}

#[test]
fn what_is_taken_out_for_good_is_missed() {
    for (first, broken) in judged(|| Stripper) {
        let sound = !first.damaged.has(Component::Tcpip);
        assert_eq!(broken.has(Property::Repaired), !sound, "{first:?}");
        let spared = first.installed.less(Components::BASE).len() == 1 || first.damaged.is_empty();
        assert_eq!(broken.has(Property::ComponentsRestored), !spared, "{first:?}");
    }
    assert!(!passes_a_fault(&judged(|| Stripper)));
}

/// Acts at random for a while; the numbers are those of Marsaglia's xorshift64.
struct Random(u64, u32);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

impl Technician for Random {
    fn act(&mut self, seen: &Observation) -> Action {
        self.1 += 1;
        if self.1 > 60 {
            return finish(seen);
        }
        let component = Component::ALL[self.below(Component::ALL.len())];
        match self.below(6) {
            0 => Action::Remove(component),
            1 => Action::Install(component),
            2 => Action::ApplyServicePack(3),
            3 => Action::Restart,
            4 => Action::Share(0),
            _ => the_try(seen),
        }
    }
}

#[test]
fn acting_at_random_passes_no_fault() {
    for seed in 1..=20 {
        let random = judged(|| Random(seed * 0x9E37_79B9, 0));
        assert!(!passes_a_fault(&random), "seed {seed}");
        assert!(random.iter().all(|(_, broken)| !broken.has(Property::Ends)));
        assert!(random.iter().all(|(_, broken)| !broken.has(Property::Honest)));
    }
}
