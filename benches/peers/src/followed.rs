//! The article's runbook on every case of the world `article`, as a model for the peer.
//!
//! A state is a case and how far the runbook has come in it; there is one next state until the end.

use imc4087::model::action::Action;
use imc4087::model::event::Events;
use imc4087::model::follow::Follower;
use imc4087::model::host::Host;
use imc4087::model::observe::Observation;
use imc4087::model::observe::Outcome;
use imc4087::model::property::Judge;
use imc4087::model::property::Properties;
use imc4087::model::rule::RuleSet;
use imc4087::model::runbook::Runbook;
use imc4087::model::technician::Technician;
use imc4087::model::trace::End;
use imc4087::model::trace::Turn;
use imc4087::search::world::World;
use imc4087::search::world::with_damage;
use stateright::Model;
use stateright::Property;
use std::hash::Hash;
use std::hash::Hasher;

/// The question as the peer wants it.
#[derive(Debug)]
pub(crate) struct Peer {
    /// The cases.
    pub(crate) world: World,
    /// The rules believed.
    pub(crate) rules: RuleSet,
    /// The runbook.
    pub(crate) runbook: &'static Runbook,
}

/// A case under way. Runs are deterministic, so that case and number of actions tell states apart.
#[derive(Clone, Debug)]
pub(crate) struct Run {
    first: Host,
    actions: u32,
    host: Host,
    technician: Follower<'static>,
    judge: Judge,
    last: Option<Outcome>,
    events: Events,
    broken: Option<Properties>,
}

impl PartialEq for Run {
    fn eq(&self, other: &Self) -> bool {
        (self.first, self.actions) == (other.first, other.actions)
    }
}

impl Eq for Run {}

impl Hash for Run {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.first, self.actions).hash(state);
    }
}

impl Model for Peer {
    type State = Run;
    type Action = ();

    fn init_states(&self) -> Vec<Run> {
        let begin = |first: Host| Run {
            first,
            actions: 0,
            host: first,
            technician: Follower::new(self.runbook),
            judge: Judge::new(self.rules, &first),
            last: None,
            events: Events::NONE,
            broken: None,
        };
        (0..self.world.hosts())
            .filter_map(|index| self.world.host(index))
            .flat_map(|host| {
                let damages = self.world.may_be_damaged(&host).subsets();
                damages.map(move |damage| begin(with_damage(&host, damage)))
            })
            .collect()
    }

    fn actions(&self, run: &Run, actions: &mut Vec<()>) {
        if run.broken.is_none() {
            actions.push(());
        }
    }

    fn next_state(&self, run: &Run, (): ()) -> Option<Run> {
        let mut next = run.clone();
        let seen = Observation::of(&run.host, run.last, run.events);
        let action = next.technician.act(&seen);
        let turn = Turn::take(self.rules, &run.host, action);
        next.judge.turn(&turn);
        next.host = *turn.after();
        next.last = Some(turn.outcome());
        next.events = turn.events();
        next.actions += 1;
        if let Action::Finish(claim) = action {
            let end = End { host: next.host, claim: Some(claim), actions: next.actions };
            next.broken = Some(next.judge.end(&end));
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::always("every-gate-holds", |_, run: &Run| {
            run.broken.is_none_or(|it| it.gating().is_empty())
        })]
    }
}
