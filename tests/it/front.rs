//! The trade-off of a host: `plan --front`.

use crate::cli::imc4087;
use crate::micro::Edge;
use crate::micro::Micro;
use crate::micro::beliefs;
use crate::micro::hosts;
use crate::micro::micro;
use crate::plan::plan;
use imc4087::model::component::Component;
use imc4087::model::rule::RuleSet;
use imc4087::search::case;
use imc4087::search::cost::Aim;
use imc4087::search::cost::Aims;
use imc4087::search::cost::By;
use imc4087::search::cost::Cost;
use imc4087::search::cost::Order;
use imc4087::search::cost::Word;
use imc4087::search::flaw::Flaw;
use imc4087::search::ground::Allowed;
use imc4087::search::ground::Ground;
use imc4087::search::moment::Moment;
use imc4087::search::odds::Odds;
use imc4087::search::odds::OddsOf;
use imc4087::search::plan::Ends;
use imc4087::search::plan::best;
use imc4087::search::proof::check;
use imc4087::search::proven::proven;
use imc4087::search::world::Damage;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

const HOSTS: [&str; 6] = [
    "tcpip/sp0",
    "tcpip/sp3/shares",
    "tcpip+netbeui/sp3/shares",
    "tcpip+snmp/sp0/shares",
    "tcpip+netbeui+appletalk+macintosh+snmp/sp3/shares",
    "tcpip+netbeui+nwlink+appletalk+dlc+streams+pptp/sp3/shares",
];

/// The most restarts, the losses of shares and the reinstallations.
type Point = (u64, u128, u128);

fn point(ends: &Ends) -> Point {
    let sum = |aim| ends.count(aim).sum;
    (ends.count(Aim::Restarts).most, sum(Aim::Lost), sum(Aim::Reinstalls))
}

/// The trade-off, which the checker has proven.
fn front(ground: &Ground) -> Vec<Point> {
    let (plans, proof) = proven(ground, &Aims::TRADE_OFF);
    assert!(proof.is_ok(), "{:?} {proof:?}", ground.host);
    plans.iter().map(|it| point(&it.ends())).collect()
}

#[test]
fn a_front_has_both_ends_and_nothing_that_another_beats() {
    for (name, allowed) in HOSTS.iter().flat_map(|it| Allowed::ALL.map(|allowed| (it, allowed))) {
        let host = case::parse(name).unwrap();
        let ground = Ground::of(RuleSet::usual(), &host, Damage::Article, allowed);
        let points = front(&ground);
        for (index, one) in points.iter().enumerate() {
            for (_, other) in points.iter().enumerate().filter(|(at, _)| *at != index) {
                let beats = one.0 <= other.0 && one.1 <= other.1 && one.2 <= other.2;
                assert!(!beats, "{name}: {one:?} beats {other:?}");
            }
        }
        let least = |words: &[Word]| {
            let aims = Aims { order: Order::of(words), by: By::Expected };
            point(&plan(&ground, aims).ends())
        };
        let usual = least(&[]);
        let kept = points.iter().find(|it| it.1 == usual.1).unwrap();
        assert_eq!(kept.0, usual.0, "{name}: the fewest restarts, shares kept as far as can be");
        let fewest = least(&[Word::Reinstalls]).2;
        assert_eq!(points.iter().map(|it| it.2).min(), Some(fewest), "{name}");
    }
}

#[test]
fn shares_are_what_a_third_restart_buys_where_no_protocol_can_stand_in() {
    let host = case::parse(HOSTS[5]).unwrap();
    let ground = Ground::of(RuleSet::usual(), &host, Damage::Article, Allowed::Model);
    let points = front(&ground);
    assert_eq!(points[0], (2, 127, 7 * 127));
    assert_eq!((points[1].0, points[1].1), (3, 0));
}

#[test]
fn a_front_without_one_of_its_plans_is_found_out() {
    let host = case::parse("tcpip+netbeui+snmp/sp3/shares").unwrap();
    let ground = Ground::of(RuleSet::usual(), &host, Damage::Article, Allowed::Model);
    let mut whole = best(&ground, &Aims::TRADE_OFF);
    while let Err(Flaw::Unsettled(asked)) = check(&whole) {
        assert!(whole.weigh(&asked));
    }
    assert_eq!(check(&whole).err(), None);
    assert!(whole.plans.len() > 1);
    for index in 0..whole.plans.len() {
        let mut short = whole.clone();
        let left_out = short.plans.remove(index).value;
        assert_eq!(check(&short), Err(Flaw::Sum));
        let first = short.table.get_mut(&Moment::first(&ground)).unwrap();
        first.retain(|it| *it != left_out);
        assert!(matches!(check(&short), Err(Flaw::CostsLess(_) | Flaw::Unsettled(_))));
    }
}

#[test]
fn the_front_is_printed_where_it_is_asked_for() {
    let host = ["plan", "--case", "tcpip+netbeui+snmp/sp3/shares"];
    let row = "at most 4 restarts         4    3.00     3    2.13     4    3.50             0";
    let ran = imc4087(&[&host[..], &["--front"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains(row), "{}", ran.out);
    assert!(!imc4087(&host).out.contains("The trade-off"));
}

/// The trade-off: the most restarts, the losses of shares and the reinstallations, by weight; and before all
/// the cases not repaired.
type Traded = [u128; 4];

/// Whether `one` is no worse than `other` in anything, or leaves fewer cases unrepaired.
fn covers(one: &Traded, other: &Traded) -> bool {
    one[0] < other[0] || one.iter().zip(other).all(|(it, other)| it <= other)
}

fn add(all: &mut Vec<Traded>, new: Traded) -> bool {
    let useful = !all.iter().any(|it| covers(it, &new));
    if useful {
        all.retain(|it| !covers(&new, it));
        all.push(new);
    }
    useful
}

/// What can be had from the first belief, until nothing new is found.
fn traded(micro: &Micro<'_>) -> Vec<Traded> {
    let sizes = micro.sizes();
    let count = |cost: Cost, aim| micro.order.count(cost, aim);
    let mut into: BTreeMap<usize, Vec<&Edge>> = BTreeMap::new();
    for edge in &micro.edges {
        for it in &edge.to {
            into.entry(*it).or_default().push(edge);
        }
    }
    let mut known: BTreeMap<usize, Vec<Traded>> = BTreeMap::new();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    for (id, value) in &micro.ends {
        add(known.entry(*id).or_default(), [count(value.sum, Aim::Unrepaired), 0, 0, 0]);
        open.insert(*id);
    }
    while let Some(id) = open.pop_first() {
        for edge in into.get(&id).into_iter().flatten() {
            let parts: Option<Vec<&Vec<Traded>>> = edge.to.iter().map(|it| known.get(it)).collect();
            let Some(parts) = parts else { continue };
            let mut sums: Vec<Traded> = vec![[0; 4]];
            for part in parts {
                let both = |one: &Traded, other: &Traded| {
                    let most = one[1].max(other[1]);
                    [one[0] + other[0], most, one[2] + other[2], one[3] + other[3]]
                };
                sums = sums
                    .iter()
                    .flat_map(|one| part.iter().map(move |other| both(one, other)))
                    .collect();
            }
            let size = sizes[&edge.from];
            let each = [Aim::Lost, Aim::Reinstalls].map(|aim| count(edge.cost, aim) * size);
            let restarts = count(edge.cost, Aim::Restarts);
            for it in sums {
                let new = [it[0], it[1] + restarts, it[2] + each[0], it[3] + each[1]];
                if add(known.entry(edge.from).or_default(), new) {
                    open.insert(edge.from);
                }
            }
        }
    }
    let mut all = known.remove(&0).unwrap();
    all.sort_unstable();
    all
}

fn agree_on_the_trade_off(ground: &Ground) {
    let (plans, proof) = proven(ground, &Aims::TRADE_OFF);
    assert!(proof.is_ok(), "{ground:?} {proof:?}");
    let mut points: Vec<Traded> = plans
        .iter()
        .map(|it| {
            let ends = it.ends();
            let sum = |aim| ends.count(aim).sum;
            let most = u128::from(ends.count(Aim::Restarts).most);
            [sum(Aim::Unrepaired), most, sum(Aim::Lost), sum(Aim::Reinstalls)]
        })
        .collect();
    points.sort_unstable();
    assert_eq!(points, traded(&micro(ground, Order::USUAL, By::TradeOff)), "{ground:?}");
}

#[test]
fn no_order_of_single_actions_has_a_better_trade_off() {
    let all = OddsOf::EVEN;
    let odds = all.with(Component::Tcpip, Odds { damaged: 1, sound: 9 });
    let odds = odds.with(Component::Snmp, Odds { damaged: 5, sound: 2 });
    for rules in beliefs() {
        for (host, damage) in hosts() {
            for allowed in Allowed::ALL {
                for odds in [all, odds] {
                    let ground = Ground::of(rules, &host, damage, allowed);
                    agree_on_the_trade_off(&ground.with_odds(odds).unwrap());
                }
            }
        }
    }
}
