//! The few styles of text for people; every one of them is carried by a word too.

use anstyle::AnsiColor;
use anstyle::Style;

/// A verdict that holds.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// A verdict that does not.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// A heading.
pub const HEAD: Style = Style::new().bold();
/// What stands back.
pub const QUIET: Style = Style::new().dimmed();

/// `text` in `style`.
pub fn in_style(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// `text` without styles, for files.
pub fn stripped(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}
