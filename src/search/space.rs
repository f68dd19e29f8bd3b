//! Hosts by number: what the hosts of one exploration differ in, packed without gaps that can be avoided.
//!
//! A host's number is written in digits. Each component has one for the disk (absent, installed,
//! installed with files from the CD), one for memory (not loaded, loaded, failing) and one for its
//! damage; the host has some for the IMC, the shares and the pending restart. Only components that
//! were seen in a set count for it, so that nobody has to know here which hosts the rules can lead
//! to: a host beyond the space is told, and the space is made wider.

use super::number::Number;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Shares;
use crate::model::set::Components;

/// The most values of a group of digits that is read at once.
const GROUP_MAX: u32 = 2_048;

/// What the hosts seen so far differ in from the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The first host, which all others share their fixed facts with.
    first: Host,
    /// For each set of a host, every member that was seen in it.
    most: Host,
}

/// What a number keeps, beside the host, of the way to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Past {
    /// Nothing.
    Forgotten,
    /// Whether shares were ever lost.
    Loss,
}

/// A host, and whether shares were ever lost on the way to it. Where nothing is kept of the way, that
/// is always false.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here<N> {
    /// The host.
    pub host: Host,
    /// Whether shares were lost on the way.
    pub ever_lost: bool,
    /// The part of its number that its memory makes.
    memory: N,
}

/// The numbers of the hosts within an extent.
#[derive(Debug)]
pub struct Space<N> {
    extent: Extent,
    past: Past,
    /// How many numbers the digits besides the components' make.
    plain: u32,
    damage: Box<Weights<N>>,
    disk: Box<Weights<N>>,
    memory: Box<Weights<N>>,
    groups: Vec<Group>,
    size: u128,
}

/// What each member of a set adds to a number, summed up for every byte of the set's bits.
#[derive(Clone, Debug)]
struct Weights<N>([[N; 256]; 3]);

/// A group of digits, and what each of its values stands for.
#[derive(Debug)]
struct Group {
    count: u32,
    values: Vec<Sets>,
}

/// The sets of a host.
#[derive(Clone, Copy, Debug, Default)]
struct Sets {
    installed: Components,
    damaged: Components,
    cd_files: Components,
    running: Components,
    failing: Components,
}

/// What one digit says of its component.
#[derive(Clone, Copy)]
struct Digit {
    component: Component,
    /// What the values 1 and, where there is one, 2 add to the sets.
    values: [Option<Sets>; 2],
}

impl Extent {
    /// The extent of `first` alone.
    pub const fn of(first: &Host) -> Self {
        Self { first: *first, most: *first }
    }

    /// This extent, made wide enough for `host`.
    #[must_use]
    pub const fn with(&self, host: &Host) -> Self {
        let (most, first) = (&self.most, self.first);
        Self {
            first,
            most: Host {
                installed: most.installed.or(host.installed),
                damaged: most.damaged.or(host.damaged),
                cd_files: most.cd_files.or(host.cd_files),
                running: most.running.or(host.running),
                failing: most.failing.or(host.failing),
                lost: Shares::of_bits(most.lost.bits() | host.lost.bits()),
                ..first
            },
        }
    }

    /// How many numbers it has.
    pub fn size(&self, past: Past) -> u128 {
        let digits = self.digits();
        let radices = digits.iter().map(|it| u128::from(it.radix()));
        radices.fold(u128::from(self.plain(past)), u128::saturating_mul)
    }

    /// How many values the digits besides the components' have together.
    fn plain(&self, past: Past) -> u32 {
        let lost = u32::from(self.most.lost.bits()) + 1;
        6 * match past {
            Past::Forgotten => lost,
            Past::Loss => lost + 1,
        }
    }

    /// The digits of the components, lowest first: what one action changes stands together.
    fn digits(&self) -> Vec<Digit> {
        let most = &self.most;
        let one = |component| Components::of(&[component]);
        let none = Sets::default();
        let damage = most.damaged.iter().map(|component| Digit {
            component,
            values: [Some(Sets { damaged: one(component), ..none }), None],
        });
        let disk = most.installed.iter().map(|component| {
            let installed = Sets { installed: one(component), ..none };
            let from_cd = Sets { cd_files: one(component), ..installed };
            let second = most.cd_files.has(component).then_some(from_cd);
            Digit { component, values: [Some(installed), second] }
        });
        let memory = most.running.iter().map(|component| {
            let running = Sets { running: one(component), ..none };
            let failing = Sets { failing: one(component), ..running };
            let second = most.failing.has(component).then_some(failing);
            Digit { component, values: [Some(running), second] }
        });
        damage.chain(disk).chain(memory).collect()
    }
}

impl Digit {
    fn radix(&self) -> u32 {
        1 + self.values.iter().map(|it| u32::from(it.is_some())).sum::<u32>()
    }
}

impl<N: Number> Space<N> {
    /// The numbers of `extent`, which fit.
    pub fn new(extent: Extent, past: Past) -> Self {
        let digits = extent.digits();
        let plain = extent.plain(past);
        let mut size = u128::from(plain);
        let [mut damage, mut disk, mut memory] = [[0; 22]; 3];
        for digit in &digits {
            let sets = digit.values.iter().flatten().next().copied().unwrap_or_default();
            let weights = if !sets.damaged.is_empty() {
                &mut damage
            } else if !sets.installed.is_empty() {
                &mut disk
            } else {
                &mut memory
            };
            if let Some(weight) = weights.get_mut(digit.component as usize) {
                *weight = size;
            }
            size = size.saturating_mul(u128::from(digit.radix()));
        }
        let [damage, disk, memory] = [damage, disk, memory].map(|it| Box::new(Weights::of(&it)));
        Self { extent, past, plain, damage, disk, memory, groups: groups(&digits), size }
    }

    /// How many numbers there are.
    pub const fn size(&self) -> u128 {
        self.size
    }

    /// The first host and its number.
    pub fn first(&self) -> N {
        let host = &self.extent.first;
        self.memory(host) + self.rest(host, !host.lost.is_empty())
    }

    /// The host with this number.
    pub fn here(&self, number: N) -> Here<N> {
        let mut rest = number;
        let mut cut = |count: u32| {
            let digit = rest % N::from(count);
            rest = rest / N::from(count);
            digit.place()
        };
        let plain = cut(self.plain);
        let mut all = Sets::default();
        for group in &self.groups {
            let value = group.values.get(cut(group.count));
            all = all.or(value.copied().unwrap_or_default());
        }
        let way = u16::try_from(plain / 6).unwrap_or_default();
        let (ever_lost, lost) = match self.past {
            Past::Forgotten => (false, way),
            Past::Loss => (way > 0, way.saturating_sub(1)),
        };
        let host = Host {
            installed: all.installed,
            damaged: all.damaged,
            cd_files: all.cd_files,
            running: all.running,
            failing: all.failing,
            lost: Shares::of_bits(lost),
            imc: Imc::ALL.get(plain / 2 % 3).copied().unwrap_or(Imc::Absent),
            restart_pending: plain % 2 == 1,
            ..self.extent.first
        };
        Here { host, ever_lost, memory: self.memory(&host) }
    }

    /// The number of `next`, which one action leads to from `here`; none where it is beyond the space.
    #[inline]
    pub fn next(&self, here: &Here<N>, next: &Host) -> Option<N> {
        let ever_lost = match self.past {
            Past::Forgotten => false,
            Past::Loss => here.ever_lost || !next.lost.is_empty(),
        };
        let same = next.running == here.host.running && next.failing == here.host.failing;
        let memory = if same {
            here.memory
        } else if self.covers_memory(next) {
            self.memory(next)
        } else {
            return None;
        };
        self.covers_rest(next).then(|| memory + self.rest(next, ever_lost))
    }

    fn covers_memory(&self, host: &Host) -> bool {
        let most = &self.extent.most;
        host.running.within(most.running) && host.failing.within(most.failing.and(host.running))
    }

    #[inline]
    fn covers_rest(&self, host: &Host) -> bool {
        let Extent { first, most } = &self.extent;
        host.installed.within(most.installed)
            && host.cd_files.within(most.cd_files.and(host.installed))
            && host.damaged.within(most.damaged)
            && host.lost.within(most.lost)
            && host.shares == first.shares
            && host.service_pack == first.service_pack
            && host.os == first.os
            && host.upgraded == first.upgraded
            && host.exchange == first.exchange
    }

    fn memory(&self, host: &Host) -> N {
        self.memory.sum(host.running) + self.memory.sum(host.failing)
    }

    #[inline]
    fn rest(&self, host: &Host, ever_lost: bool) -> N {
        let lost = match self.past {
            Past::Forgotten => u32::from(host.lost.bits()),
            Past::Loss if ever_lost => u32::from(host.lost.bits()) + 1,
            Past::Loss => 0,
        };
        let plain = (lost * 3 + host.imc as u32) * 2 + u32::from(host.restart_pending);
        N::from(plain)
            + self.disk.sum(host.installed)
            + self.disk.sum(host.cd_files)
            + self.damage.sum(host.damaged)
    }
}

impl<N: Number> Weights<N> {
    /// The sums of `weights`, which are in the order of [`Component::ALL`].
    fn of(weights: &[u128]) -> Self {
        let mut sums = [[N::from(0); 256]; 3];
        for (sums, weights) in sums.iter_mut().zip(weights.chunks(8)) {
            for (byte, sum) in sums.iter_mut().enumerate() {
                let members = weights.iter().enumerate().filter(|(bit, _)| byte >> bit & 1 == 1);
                *sum = N::of(members.map(|(_, weight)| weight).sum());
            }
        }
        Self(sums)
    }

    #[inline]
    fn sum(&self, set: Components) -> N {
        let [low, middle, high, _] = set.bits().to_le_bytes().map(usize::from);
        let [lows, middles, highs] = &self.0;
        let zero = || N::from(0);
        lows.get(low).copied().unwrap_or_else(zero)
            + middles.get(middle).copied().unwrap_or_else(zero)
            + highs.get(high).copied().unwrap_or_else(zero)
    }
}

impl Sets {
    const fn or(self, other: Self) -> Self {
        Self {
            installed: self.installed.or(other.installed),
            damaged: self.damaged.or(other.damaged),
            cd_files: self.cd_files.or(other.cd_files),
            running: self.running.or(other.running),
            failing: self.failing.or(other.failing),
        }
    }
}

/// The digits in groups, each as large as a table of its values may be.
fn groups(digits: &[Digit]) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut group = Group { count: 1, values: vec![Sets::default()] };
    for digit in digits {
        if group.count * digit.radix() > GROUP_MAX {
            groups.push(std::mem::replace(
                &mut group,
                Group { count: 1, values: vec![Sets::default()] },
            ));
        }
        let kinds = [Some(Sets::default())].into_iter().chain(digit.values).flatten();
        let values =
            kinds.flat_map(|kind| group.values.iter().map(move |it| it.or(kind))).collect();
        group = Group { count: group.count * digit.radix(), values };
    }
    groups.push(group);
    groups
}
