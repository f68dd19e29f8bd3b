//! The set of the hosts seen, by number and exact: a bit for each possible host where there is room, else a table.

use super::number::Number;

/// The most possible hosts that get a bit each: two gibibytes, of which only what is touched is used.
const BITS_MAX: u128 = 1 << 34;

/// The most possible hosts that get a bit each, for each host that is looked for: a table takes about as
/// much, and where neighbours follow from each other, bits are several times faster.
const BITS_FOR_EACH: u128 = 256;

/// A set of numbers below a bound.
#[derive(Debug)]
pub struct Seen<N>(Kept<N>);

#[derive(Debug)]
enum Kept<N> {
    Bits(Vec<u64>),
    Table(Table<N>),
}

/// Open addressing with linear probing, never more than three quarters full.
#[derive(Debug)]
struct Table<N> {
    /// A power of two.
    slots: Vec<N>,
    used: usize,
}

impl<N: Number> Seen<N> {
    /// The empty set of numbers below `size`, with room for at least `most` of them.
    pub fn new(size: u128, most: usize) -> Self {
        let bits = (most as u128).saturating_mul(BITS_FOR_EACH).clamp(1 << 20, BITS_MAX);
        if size <= bits {
            let words = usize::try_from(size.div_ceil(64)).unwrap_or(usize::MAX);
            Self(Kept::Bits(vec![0; words]))
        } else {
            Self(Kept::Table(Table { slots: vec![N::NONE; 1 << 10], used: 0 }))
        }
    }

    /// Adds `number`; whether it is new.
    #[inline]
    pub fn insert(&mut self, number: N) -> bool {
        match &mut self.0 {
            Kept::Bits(words) => {
                let (word, bit) = (number.place() / 64, 1 << (number.place() % 64));
                let Some(word) = words.get_mut(word) else { return false };
                let new = *word & bit == 0;
                *word |= bit;
                new
            }
            Kept::Table(table) => table.insert(number),
        }
    }

    /// Whether `number` is in the set.
    #[inline]
    pub fn has(&self, number: N) -> bool {
        match &self.0 {
            Kept::Bits(words) => {
                let word = words.get(number.place() / 64).copied().unwrap_or_default();
                word >> (number.place() % 64) & 1 == 1
            }
            Kept::Table(table) => table.slots.get(table.place(number)) == Some(&number),
        }
    }
}

impl<N: Number> Table<N> {
    #[inline(never)]
    fn insert(&mut self, number: N) -> bool {
        if self.used >= self.slots.len() / 4 * 3 {
            self.grow();
        }
        let place = self.place(number);
        match self.slots.get_mut(place) {
            Some(slot) if *slot == N::NONE => {
                *slot = number;
                self.used += 1;
                true
            }
            Some(_) | None => false,
        }
    }

    /// Where `number` is, or where it would be put.
    fn place(&self, number: N) -> usize {
        let mask = self.slots.len() - 1;
        let mut place = number.stirred().place() & mask;
        while self.slots.get(place).is_some_and(|it| *it != number && *it != N::NONE) {
            place = (place + 1) & mask;
        }
        place
    }

    fn grow(&mut self) {
        let larger = vec![N::NONE; self.slots.len() * 2];
        let old = std::mem::replace(&mut self.slots, larger);
        for number in old.into_iter().filter(|it| *it != N::NONE) {
            let place = self.place(number);
            if let Some(slot) = self.slots.get_mut(place) {
                *slot = number;
            }
        }
    }
}
