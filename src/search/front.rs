//! The trade-off of a host: restarts, losses of shares and reinstallations, of which none can be less
//! without another being more.

use super::cost::Aim;
use super::cost::Order;
use super::cost::Word;
use super::ground::Ground;
use super::plan::Ends;
use super::plan::plan;
use super::table::Aims;

/// Plans of which none is better than another in every respect: the most restarts of a case, the cases
/// in which shares are lost, and the reinstallations of all cases together. Fewest restarts first.
///
/// For each number of restarts they are the plan that looks at shares first and then at reinstallations,
/// and the plan that looks at reinstallations first and then at shares. Only plans that leave as few
/// cases unrepaired as can be are among them.
pub fn front(ground: &Ground) -> Vec<Ends> {
    let least = |first: &[Word], restarts_most| {
        let aims = Aims { order: Order::of(first), restarts_most, ..Aims::USUAL };
        plan(ground, &aims).map(|it| it.ends())
    };
    let orders = [[Word::Shares, Word::Reinstalls], [Word::Reinstalls, Word::Shares]];
    let free: Vec<Ends> = orders.iter().filter_map(|it| least(it, None)).collect();
    let longest = free.iter().map(|it| it.count(Aim::Restarts).most).max().unwrap_or_default();
    let unrepaired = free.first().map(|it| it.count(Aim::Unrepaired).sum);
    let mut front: Vec<Ends> = Vec::new();
    for restarts in 0..=u8::try_from(longest).unwrap_or(u8::MAX) {
        for first in &orders {
            let Some(ends) = least(first, Some(restarts)) else { continue };
            let beaten = front.iter().any(|it| is_as_good(it, &ends));
            if Some(ends.count(Aim::Unrepaired).sum) == unrepaired && !beaten {
                front.push(ends);
            }
        }
    }
    front
}

/// Whether `one` is at least as good as `other` in every respect.
fn is_as_good(one: &Ends, other: &Ends) -> bool {
    let most = |it: &Ends| it.count(Aim::Restarts).most;
    let lost = |it: &Ends| it.count(Aim::Lost).cases;
    let reinstalls = |it: &Ends| it.count(Aim::Reinstalls).sum;
    most(one) <= most(other) && lost(one) <= lost(other) && reinstalls(one) <= reinstalls(other)
}
