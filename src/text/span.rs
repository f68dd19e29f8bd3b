//! A value and its place in the text it was read from.

use std::ops::Range;

/// A range of bytes of a source text.
pub type Span = Range<usize>;

/// A value and the place it was read from.
///
/// Two of them are equal when their values are: a place says where a value stands, not what it is.
#[derive(Clone, Debug)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Its place, quotes included where it was a string.
    pub span: Span,
}

impl<T: PartialEq> PartialEq for Placed<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Placed<T> {}

impl<T> Placed<T> {
    /// `value`, read from `span`.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }

    /// Another value, read from the same place.
    pub fn with<U>(&self, value: U) -> Placed<U> {
        Placed { value, span: self.span.clone() }
    }
}

/// The place of `inner`, a range of the string `value`, where `value` was read from `span` of
/// `source`; the whole of `span` where the string was written with escapes.
pub fn within_string(source: &str, span: &Span, value: &str, inner: &Span) -> Span {
    let from = span.start + 1;
    if source.get(from..from + value.len()) == Some(value) && span.len() == value.len() + 2 {
        from + inner.start..from + inner.end
    } else {
        span.clone()
    }
}

/// Line and column of the byte at `offset`, both counted from 1, columns in characters.
pub fn line_column(source: &str, offset: usize) -> (usize, usize) {
    let mut end = offset.min(source.len());
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let before = source.get(..end).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |it| it + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

/// Where the lines of a text begin, for many look-ups in one text.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of `source`.
    pub fn of(source: &str) -> Self {
        let ends = source.match_indices('\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The number of the line that holds the byte at `offset`, from 1.
    pub fn number(&self, offset: usize) -> usize {
        self.starts.partition_point(|it| *it <= offset)
    }
}
