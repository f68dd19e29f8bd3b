//! Every choice of what the next boot of a host shall find.

use super::ground::GROUPS;
use super::ground::Ground;
use super::ground::STUCK;
use super::ground::part;
use crate::model::host::Host;
use crate::model::set::Components;

/// What the next boot shall find.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Boot {
    /// What is removed and installed at once.
    pub swapped: Components,
    /// What of the first host is missing.
    pub out: Components,
    /// What is there besides.
    pub beside: Components,
}

/// Every choice at `sound`, where `here` is as it was at first; components of one group are taken for each
/// other. Removing and installing at once what that leaves as it was only costs more: what is sound
/// already, and what is not to be had in one restart, which `known` says for each group.
pub fn boots(
    ground: &Ground,
    sound: &Host,
    here: Components,
    known: &[Option<u128>; GROUPS],
) -> Vec<Boot> {
    let mut all = vec![Boot::default()];
    all.extend(
        ground.stand_in.map(|it| Boot { beside: Components::EMPTY.with(it), ..Boot::default() }),
    );
    for (group, known) in ground.groups.iter().zip(known).take(STUCK) {
        let (out, here) = (group.members.less(sound.installed), group.members.and(here));
        let fresh = group.members.less(out).less(here);
        let gone = |it| part(out, 0, it % (out.len() + 1)).or(part(fresh, 0, it / (out.len() + 1)));
        let mut more = Vec::new();
        for taken in 0..=here.len() {
            for swapped in 0..=if *known == Some(1) { here.len() - taken } else { 0 } {
                more.extend((0..(out.len() + 1) * (fresh.len() + 1)).map(|it| Boot {
                    swapped: part(here, taken, swapped),
                    out: part(here, 0, taken).or(gone(it)),
                    beside: Components::EMPTY,
                }));
            }
        }
        all = all.iter().flat_map(|it| more.iter().map(|other| it.and(*other))).collect();
    }
    let before = ground.host.installed.less(sound.installed);
    all.retain(|it| ground.may_boot(before, it.out));
    all
}

impl Boot {
    fn and(self, other: Self) -> Self {
        Self {
            swapped: self.swapped.or(other.swapped),
            out: self.out.or(other.out),
            beside: self.beside.or(other.beside),
        }
    }
}
