//! A complaint about a place in a file, and how it is drawn.

use super::span::Span;
use super::span::line_column;
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

/// The complaints about one file, in the order in which they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

/// The most complaints about one file that are shown.
const SHOWN_MAX: usize = 25;

/// The longest line that is drawn, in characters.
const LINE_MAX: usize = 400;

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
        self.list.push(Diagnostic { severity, code, message, span, label, help });
    }

    /// All complaints, in the order of their places.
    pub fn in_order(&self) -> Vec<&Diagnostic> {
        let mut list: Vec<&Diagnostic> = self.list.iter().collect();
        list.sort_by_key(|it| (it.span.start, it.severity));
        list
    }

    /// Whether the file cannot be used.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|it| it.severity == Severity::Error)
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
        if let Some(more) = list.len().checked_sub(SHOWN_MAX).filter(|it| *it > 0) {
            text.push_str(&format!("and {more} more in {path}\n\n"));
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
        .primary_title(&self.message)
        .id(self.code);
        let mut group = Group::with_title(title);
        let (line, column) = line_column(source, self.span.start);
        let (window, first_line, start) = around(source, &self.span);
        if window.lines().any(|it| it.chars().count() > LINE_MAX) || source.is_empty() {
            group = group.element(Origin::path(path).line(line).char_column(column));
        } else {
            let from = (self.span.start - start).min(window.len());
            let to = (self.span.end.max(self.span.start) - start).clamp(from, window.len());
            let mut mark = AnnotationKind::Primary.span(from..to);
            if !self.label.is_empty() {
                mark = mark.label(&self.label);
            }
            let snippet = Snippet::source(window).line_start(first_line).path(path);
            group = group.element(snippet.annotation(mark));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help));
        }
        Renderer::styled().render(&[group])
    }
}

/// The lines around `span`, the number of the first of them, and where it begins; so that drawing
/// a complaint about a large file costs no more than about a small one.
fn around<'a>(source: &'a str, span: &Span) -> (&'a str, usize, usize) {
    const LINES: usize = 6;
    let at = floor(source, span.start);
    let mut start = at;
    for _ in 0..LINES {
        let before = source.get(..start.saturating_sub(1)).unwrap_or_default();
        start = before.rfind('\n').map_or(0, |it| it + 1);
    }
    let mut end = floor(source, span.end.max(at));
    for _ in 0..LINES {
        let after = source.get(end..).unwrap_or_default();
        end = after.find('\n').map_or(source.len(), |it| end + it + 1);
    }
    let line = source.get(..start).unwrap_or_default().matches('\n').count() + 1;
    (source.get(start..end).unwrap_or_default(), line, start)
}

/// The last character boundary at or before `offset`.
fn floor(source: &str, offset: usize) -> usize {
    let mut at = offset.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}
