//! Every order of actions from one first host: how many hosts there are, what holds of all of them, and which ends can be reached.

use super::census::Beyond;
use super::census::Breach;
use super::census::Orders;
use super::census::Place;
use super::census::census;
use super::cheapest::cheapest;
use super::ends::Ends;
use super::ends::Way;
use super::ends::dead_ends;
use super::invariant::Invariant;
use super::invariant::Of;
use super::number::Number;
use super::space::Extent;
use super::space::Past;
use super::space::Space;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::rule::RuleSet;

/// How many hosts are looked for unless somebody says otherwise.
pub const HOSTS_MAX: usize = 50_000_000;

/// What is asked of an exploration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asked {
    /// How many hosts there are, and whether the invariants hold.
    Counts,
    /// Which ends can be reached, besides.
    Ends,
}

/// What every order of actions comes to.
#[derive(Clone, Debug)]
pub struct Explored {
    /// How many hosts there are, the first included.
    pub hosts: usize,
    /// How many pairs of a host and an action that is not refused there.
    pub transitions: u64,
    /// How many actions lead to the host that is farthest.
    pub depth: usize,
    /// Whether these are all. Otherwise there were too many hosts, and the counts are of those found.
    pub complete: bool,
    /// What came of each invariant, in their order.
    pub invariants: Vec<Checked>,
    /// The ends; none where nobody asked, or not all hosts are known.
    pub ends: Option<Ends>,
}

/// What came of an invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The invariant.
    pub invariant: Invariant,
    /// How many hosts, or actions, it was checked in.
    pub checked: u64,
    /// In how many of them it was broken.
    pub failing: u64,
    /// The shortest way to the first of them; none where there is none.
    pub way: Option<Way>,
}

impl Orders {
    /// Every order of all actions there are for `first`: each component of it, and each that one of these
    /// brings, removed and installed; the service pack that it has applied again; restarts, starts, the
    /// wizard; each share shared again. Neither `upgrade` nor `finish`.
    pub fn of(rules: RuleSet, first: &Host) -> Self {
        let mut components = first.installed;
        for component in first.installed.iter() {
            if let Some((brought, rule)) = component.brings()
                && rules.believes(rule)
            {
                components = components.with(brought);
            }
        }
        let mut actions: Vec<Action> = components.iter().map(Action::Remove).collect();
        actions.extend(components.iter().map(Action::Install));
        if first.service_pack > 0 {
            actions.push(Action::ApplyServicePack(first.service_pack));
        }
        actions.extend([Action::Restart, Action::StartImc, Action::CreateIms]);
        actions.extend(first.shares.iter().map(Action::Share));
        Self { rules, first: *first, actions }
    }
}

/// Explores every order of `orders`, as long as there are at most `most` hosts.
///
/// # Panics
///
/// Where an action changes what the model calls fixed.
pub fn explore(orders: &Orders, most: usize, asked: Asked) -> Explored {
    let mut extent = Extent::of(&orders.first);
    loop {
        let size = extent.size(Past::Loss);
        let explored = if size < u32::NONE.wide() {
            within::<u32>(orders, extent, most, asked)
        } else if size < u64::NONE.wide() {
            within::<u64>(orders, extent, most, asked)
        } else {
            within::<u128>(orders, extent, most, asked)
        };
        match explored {
            Ok(explored) => return explored,
            Err(Beyond(host)) => {
                let wider = extent.with(&host);
                assert!(wider != extent, "an action changed a fixed fact: {host:?}");
                extent = wider;
            }
        }
    }
}

/// Explores the hosts of one extent, unless an action leads beyond.
fn within<N: Number>(
    orders: &Orders,
    extent: Extent,
    most: usize,
    asked: Asked,
) -> Result<Explored, Beyond> {
    let space = Space::<N>::new(extent, Past::Forgotten);
    let census = census(orders, &space, most)?;
    let way_to = |position| Way { actions: census.way(orders, &space, position) };
    let checked = |(invariant, breach): (Invariant, &Breach)| Checked {
        invariant,
        checked: match invariant.is_of() {
            Of::Hosts => census.order.len() as u64,
            Of::Transitions => census.transitions,
            Of::Refusals => census.refusals,
        },
        failing: breach.failing,
        way: breach.first.map(|it| match it {
            Place::First => Way { actions: Vec::new() },
            Place::Action(position, action) => {
                let mut way = way_to(position);
                way.actions.push(action);
                way
            }
        }),
    };
    let invariants = Invariant::ALL.into_iter().zip(&census.breaches).map(checked).collect();
    let ends = (census.complete && asked == Asked::Ends).then(|| {
        let dead = dead_ends(orders, &space, &census, |it| orders.repaired(it));
        let [nothing_lost, shared_again] =
            cheapest(orders, &Space::<N>::new(extent, Past::Loss), census.order.len());
        Ends {
            nothing_lost,
            shared_again,
            dead: dead.len(),
            into_dead: dead.first().map(|it| way_to(*it)),
        }
    });
    Ok(Explored {
        hosts: census.order.len(),
        transitions: census.transitions,
        depth: census.depth(),
        complete: census.complete,
        invariants,
        ends,
    })
}
