//! A complaint about a place in a file, and how it is drawn.

use super::span::Span;
use super::span::line_column;
use super::wording;
use annotate_snippets::AnnotationKind;
use annotate_snippets::Group;
use annotate_snippets::Level;
use annotate_snippets::Origin;
use annotate_snippets::Renderer;
use annotate_snippets::Snippet;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used, and probably does not mean what it says.
    Warning,
}

/// What is wrong, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A kebab-case code, never reused.
    pub code: &'static str,
    /// The claim: lower case, no full stop, the writer's words in backticks.
    pub message: String,
    /// The place in the file.
    pub span: Span,
    /// What is said beside the caret; may be empty.
    pub label: String,
    /// What would be right.
    pub help: Option<String>,
}

/// The complaints about one file, in the order in which they were found. Only the first
/// [`KEPT_MAX`] of them are kept; the others are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
    errors: usize,
    dropped: usize,
}

/// The most complaints about one file that are kept.
pub const KEPT_MAX: usize = 200;

/// The most complaints about one file that are drawn.
const SHOWN_MAX: usize = 25;

/// The longest line that is drawn, in bytes.
const LINE_MAX: usize = 20_000;

impl Diagnostics {
    /// Adds an error.
    pub fn error(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) {
        self.add(Severity::Error, code, span, message.into(), label.into(), help);
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        code: &'static str,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
        help: Option<String>,
    ) {
        self.add(Severity::Warning, code, span, message.into(), label.into(), help);
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        span: Span,
        message: String,
        label: String,
        help: Option<String>,
    ) {
        self.errors += usize::from(severity == Severity::Error);
        if self.list.len() < KEPT_MAX {
            self.list.push(Diagnostic { severity, code, message, span, label, help });
        } else {
            self.dropped += 1;
        }
    }

    /// The complaints that were kept, in the order of their places.
    pub fn in_order(&self) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        list.sort_by_key(|it| (it.span.start, it.severity));
        list
    }

    /// Whether the file cannot be used.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// Whether something within `place` is wrong, so that nothing can be concluded from it.
    pub fn has_error_in(&self, place: &Span) -> bool {
        self.dropped > 0
            || self.list.iter().any(|it| {
                it.severity == Severity::Error
                    && it.span.start >= place.start
                    && it.span.end <= place.end
            })
    }

    /// Whether anything within `place` is complained about.
    pub fn has_any_in(&self, place: &Span) -> bool {
        let within = |it: &Span| it.start >= place.start && it.end <= place.end;
        self.list.iter().any(|it| within(&it.span))
    }

    /// Whether there is nothing to complain about.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Draws all complaints about `source`, which was read from `path`, styled for a terminal.
    pub fn draw(&self, path: &str, source: &str) -> String {
        let list = self.in_order();
        let mut text = String::new();
        for diagnostic in list.iter().take(SHOWN_MAX) {
            text.push_str(&diagnostic.draw(path, source));
            text.push_str("\n\n");
        }
        let more = list.len().saturating_sub(SHOWN_MAX) + self.dropped;
        if more > 0 {
            text.push_str(&format!("and {more} more in {}\n\n", wording::shown(path)));
        }
        text
    }
}

impl Diagnostic {
    /// Draws this complaint as rustc would, without a last line end.
    pub fn draw(&self, path: &str, source: &str) -> String {
        let title = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        }
        .primary_title(wording::shown(&self.message))
        .id(self.code);
        let mut group = Group::with_title(title);
        let path = wording::shown(path);
        let (line, column) = line_column(source, self.span.start);
        let (window, start) = lines_of(source, &self.span);
        if source.is_empty() || window.lines().any(|it| it.len() > LINE_MAX) {
            group = group.element(Origin::path(path).line(line).char_column(column));
        } else {
            let mut mark = AnnotationKind::Primary.span(self.mark_in(window, start));
            if !self.label.is_empty() {
                mark = mark.label(wording::shown(&self.label));
            }
            let snippet = Snippet::source(showable(window)).line_start(line).path(path);
            group = group.element(snippet.annotation(mark));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(wording::shown(help)));
        }
        Renderer::styled().render(&[group])
    }

    /// What is marked of `window`, which begins at `start`: the span, or the character at its place
    /// where it is empty.
    fn mark_in(&self, window: &str, start: usize) -> Span {
        let from = floor(window, self.span.start.saturating_sub(start));
        let to = floor(window, self.span.end.saturating_sub(start)).max(from);
        let next = window.get(from..).and_then(|it| it.chars().next()).filter(|it| *it != '\n');
        if from == to { from..to + next.map_or(0, char::len_utf8) } else { from..to }
    }
}

/// The lines on which `span` stands, and where they begin; so that drawing a complaint about a large
/// file costs no more than about a small one.
fn lines_of<'a>(source: &'a str, span: &Span) -> (&'a str, usize) {
    let at = floor(source, span.start);
    let start = source.get(..at).and_then(|it| it.rfind('\n')).map_or(0, |it| it + 1);
    let to = floor(source, span.end.max(at));
    let end = source.get(to..).and_then(|it| it.find('\n')).map_or(source.len(), |it| to + it);
    let lines = source.get(start..end).unwrap_or_default();
    (lines.strip_suffix('\r').unwrap_or(lines), start)
}

/// `window` with another character of the same length for each hidden one that is not drawn as a sign
/// anyway, so that places stay where they are.
fn showable(window: &str) -> String {
    let other = |it: char| match it {
        '\u{80}'..='\u{9f}' => '\u{b7}',
        '\u{fffe}'..='\u{ffff}' => char::REPLACEMENT_CHARACTER,
        _ => it,
    };
    window.chars().map(other).collect()
}

/// The last character boundary at or before `offset`.
fn floor(source: &str, offset: usize) -> usize {
    let mut at = offset.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}
