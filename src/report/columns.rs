//! Text in columns: wraps at words and pads with spaces.

use crate::text::wording;
use unicode_width::UnicodeWidthStr;

/// The width of a page, in terminal columns.
pub const PAGE: usize = 100;

/// The width of what is to be read beside each other, or pasted: that of the narrowest usual terminal.
pub const NARROW: usize = 80;

/// The lines of `text`, wrapped at words so that each has at most `width` columns. A word that is
/// longer has a line to itself. What a terminal would obey is replaced by a sign.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.width() + 1 + word.width() > width {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&wording::shown(word));
        }
        lines.push(line);
    }
    lines
}

/// `text` wrapped to the page, each line behind `indent` spaces, the first behind `first`.
pub fn hanging(first: &str, indent: usize, text: &str) -> String {
    hanging_within(PAGE, first, indent, text)
}

/// `text` wrapped to so many columns, each line behind `indent` spaces, the first behind `first`.
pub fn hanging_within(width: usize, first: &str, indent: usize, text: &str) -> String {
    let lines = wrap(text, width.saturating_sub(indent));
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let lead = if index == 0 { first } else { "" };
        let fill = " ".repeat(indent.saturating_sub(lead.width()));
        out.push_str(format!("{lead}{fill}{line}").trim_end());
        out.push('\n');
    }
    out
}

/// One row of cells, each wrapped to its width, with two spaces between.
pub fn row(cells: &[(&str, usize)]) -> String {
    let wrapped: Vec<Vec<String>> = cells.iter().map(|(text, width)| wrap(text, *width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or_default();
    let mut out = String::new();
    for index in 0..height {
        let mut line = String::new();
        for (cell, (_, width)) in wrapped.iter().zip(cells) {
            let text = cell.get(index).map_or("", String::as_str);
            line.push_str(text);
            line.push_str(&" ".repeat((width + 2).saturating_sub(text.width())));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// `text` with each line that is wider than `width` wrapped at words, behind the spaces it begins with;
/// lines in columns are left as they are.
pub fn fitted(text: &str, width: usize) -> String {
    let mut out = String::new();
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare.width() <= width || bare.trim_start().contains("  ") {
            out.push_str(line);
        } else {
            let indent = bare.width() - bare.trim_start().width();
            out.push_str(&hanging_within(width, "", indent, bare));
        }
    }
    out
}
