//! The trade-off of a host: `plan --front`.

use crate::cli::imc4087;
use crate::plan::plan;
use imc4087::model::rule::RuleSet;
use imc4087::search::case;
use imc4087::search::cost::Aim;
use imc4087::search::cost::Aims;
use imc4087::search::cost::By;
use imc4087::search::cost::Order;
use imc4087::search::cost::Word;
use imc4087::search::ground::Allowed;
use imc4087::search::ground::Ground;
use imc4087::search::plan::Ends;
use imc4087::search::proven::proven;
use imc4087::search::world::Damage;

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
            point(&plan(&ground, &aims).ends())
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
fn the_front_is_printed_where_it_is_asked_for() {
    let host = ["plan", "--case", "tcpip+netbeui+snmp/sp3/shares"];
    let row = "at most 4 restarts         4    3.00     3    2.13     4    3.50             0";
    let ran = imc4087(&[&host[..], &["--front"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains(row), "{}", ran.out);
    assert!(!imc4087(&host).out.contains("The trade-off"));
}
