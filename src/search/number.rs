//! The numbers that hosts are packed into: the narrowest of three widths that holds them all.

use std::fmt::Debug;
use std::ops::Add;
use std::ops::Div;
use std::ops::Rem;

/// An unsigned number of one width.
pub trait Number:
    Copy + Debug + Ord + From<u32> + Add<Output = Self> + Div<Output = Self> + Rem<Output = Self>
{
    /// Stands for no number; a space never has so many hosts that this is the number of one.
    const NONE: Self;

    /// The number `wide`, which fits.
    fn of(wide: u128) -> Self;

    /// The same number, as wide as there are.
    fn wide(self) -> u128;

    /// The number as a position in memory; the caller sees to it that there is such a position.
    fn place(self) -> usize;

    /// Its bits well stirred, for the place in a table.
    fn stirred(self) -> u64;
}

/// The finaliser of `SplitMix64`.
const fn stir(bits: u64) -> u64 {
    let bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}

macro_rules! number {
    ($($width:ty),*) => { $(
        impl Number for $width {
            const NONE: Self = Self::MAX;

            #[inline]
            fn of(wide: u128) -> Self {
                Self::try_from(wide).unwrap_or(Self::MAX)
            }

            #[inline]
            fn wide(self) -> u128 {
                self.into()
            }

            #[inline]
            fn place(self) -> usize {
                usize::try_from(self).unwrap_or(usize::MAX)
            }

            #[inline]
            fn stirred(self) -> u64 {
                let low = u64::try_from(self.wide() & u128::from(u64::MAX)).unwrap_or_default();
                let high = u64::try_from(self.wide() >> 64).unwrap_or_default();
                stir(low ^ stir(high))
            }
        }
    )* };
}

number!(u32, u64, u128);
