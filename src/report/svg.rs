//! A tree of what-ifs as a picture: one SVG file that needs nothing else.
//!
//! A lane is a column and a step is a row, the same row in every lane. Text is set in a face whose characters
//! are all as wide, and told its length, so that no box is too narrow on any machine.

use super::columns;
use super::tree::FIRST;
use super::tree::Lane;
use super::tree::Leaves;
use super::tree::Mark;
use super::tree::Node;
use crate::text::wording;
use unicode_width::UnicodeWidthStr;

/// The width of a box, in characters.
const COLUMNS: usize = 38;
/// The width of a character, in units of the picture.
const CHARACTER: usize = 8;
/// The width of a character of the title.
const TITLE: usize = 10;
/// The height of a line.
const LINE: usize = 18;
/// The space within a box, on every side.
const PAD: usize = 10;
/// The width of a box.
const BOX: usize = COLUMNS * CHARACTER + 2 * PAD;
/// The distance from one lane to the next.
const LANE: usize = BOX + 44;
/// The space between two rows.
const GAP: usize = 26;
/// The space around the picture.
const MARGIN: usize = 24;

const STYLE: &str = "
  svg { --paper: #ffffff; --ink: #1b1b1b; --quiet: #595959; --box: #f4f4f4; --line: #6b6b6b;
    --lost: #fbe0c4; --lost-line: #9a4a00; --runs: #d9f0dd; --runs-line: #14682a;
    --failed: #fadadd; --failed-line: #9b1127; --refused: #e6e6ee; --refused-line: #4b4b70; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #16181c; --ink: #f0f0f0; --quiet: #b8b8b8; --box: #262a30; --line: #9a9a9a;
      --lost: #4a2c0b; --lost-line: #ffb266; --runs: #12391d; --runs-line: #74d68d;
      --failed: #4a141e; --failed-line: #ff93a3; --refused: #2c2d45; --refused-line: #b3b5ea; } }
  text { font: 13px ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace; fill: var(--ink); }
  .title { font-size: 16px; font-weight: bold; }
  .head { font-weight: bold; }
  .quiet { fill: var(--quiet); }
  .paper { fill: var(--paper); }
  .node { fill: var(--box); stroke: var(--line); stroke-width: 1.5; }
  .lost { fill: var(--lost); stroke: var(--lost-line); stroke-width: 4; }
  .runs { fill: var(--runs); stroke: var(--runs-line); stroke-width: 2.5; }
  .failed { fill: var(--failed); stroke: var(--failed-line); stroke-width: 2.5; }
  .down { fill: var(--failed); stroke: var(--failed-line); stroke-width: 2.5; }
  .refused { fill: var(--refused); stroke: var(--refused-line); stroke-width: 1.5; stroke-dasharray: 5 4; }
  .edge { fill: none; stroke: var(--line); stroke-width: 2; }
  .other { stroke-dasharray: 7 5; }
  .same { stroke-dasharray: 2 5; }
  .first { fill: none; stroke: none; }
";

/// `text` as it stands in XML, without what a browser or a terminal would obey.
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for it in wording::shown(text).chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(it),
        }
    }
    out
}

/// A line of text with its style.
type Line = (&'static str, String);

/// The lines of a node.
fn lines(node: &Node) -> Vec<Line> {
    let mut lines: Vec<Line> = wrapped(&node.head).map(|it| ("head", it)).collect();
    for text in node.paragraphs() {
        // What is to be noticed begins with a sign.
        let sign = text.starts_with(|it: char| !it.is_ascii());
        let class = if sign || text.starts_with("why: ") { "head" } else { "" };
        lines.extend(text.lines().flat_map(wrapped).map(|it| (class, it)));
    }
    lines
}

/// `text` cut into lines that fit a box.
fn wrapped(text: &str) -> impl Iterator<Item = String> {
    cut(text, COLUMNS)
}

/// `text` cut into lines of at most `width` columns; a word too long for one is cut too.
fn cut(text: &str, width: usize) -> impl Iterator<Item = String> {
    columns::wrap(text, width).into_iter().flat_map(move |line| {
        let mut parts = vec![String::new()];
        for it in line.chars() {
            if parts.last().is_some_and(|part| format!("{part}{it}").width() > width) {
                parts.push(String::new());
            }
            if let Some(last) = parts.last_mut() {
                last.push(it);
            }
        }
        parts
    })
}

/// Lines of text from `top` on; returns the elements.
fn text(left: usize, top: usize, lines: &[Line]) -> String {
    let mut out = String::new();
    for (index, (class, line)) in lines.iter().enumerate() {
        if line.is_empty() {
            continue;
        }
        let character = if *class == "title" { TITLE } else { CHARACTER };
        let (y, long) = (top + LINE * index + 13, line.width() * character);
        out.push_str(&format!(
            "<text class=\"{class}\" x=\"{left}\" y=\"{y}\" textLength=\"{long}\" lengthAdjust=\"spacingAndGlyphs\">{}</text>\n",
            escaped(line)
        ));
    }
    out
}

/// Where everything is.
struct Plan<'a> {
    lanes: &'a [Lane],
    /// The heading of each lane, in lines.
    headings: Vec<Vec<Line>>,
    /// The top of each row, and the bottom of the last.
    rows: Vec<usize>,
}

impl<'a> Plan<'a> {
    fn of(lanes: &'a [Lane], top: usize) -> Self {
        let heading = |it: &Lane| wrapped(&it.heading).map(|line| ("head", line)).collect();
        let mut plan =
            Self { lanes, headings: lanes.iter().map(heading).collect(), rows: vec![top] };
        let rows = lanes.iter().map(|it| it.start() + it.nodes.len()).max().unwrap_or_default();
        for row in 0..rows {
            let of_lane = |(index, lane): (usize, &Lane)| {
                let node = row.checked_sub(lane.start()).and_then(|it| lane.nodes.get(it))?;
                Some(plan.above(index, row) + height(node))
            };
            let tall = lanes.iter().enumerate().filter_map(of_lane).max().unwrap_or_default();
            plan.rows.push(plan.row(row) + tall + GAP);
        }
        plan
    }

    fn row(&self, row: usize) -> usize {
        self.rows.get(row).copied().unwrap_or_default()
    }

    /// The height of what stands above the node of a lane in a row: its heading, above the first.
    fn above(&self, lane: usize, row: usize) -> usize {
        let first = self.lanes.get(lane).is_some_and(|it| it.start() == row);
        let lines = self.headings.get(lane).map_or(0, Vec::len);
        if first { LINE * lines + 6 } else { 0 }
    }

    /// The top of the box of a node.
    fn top(&self, lane: usize, row: usize) -> usize {
        self.row(row) + self.above(lane, row)
    }

    /// The bottom of the box of a node.
    fn bottom(&self, lane: usize, row: usize) -> usize {
        let found = self.lanes.get(lane);
        let node = found.and_then(|it| it.nodes.get(row.checked_sub(it.start())?));
        self.top(lane, row) + node.map_or(0, height)
    }

    fn lane(&self, index: usize, lane: &Lane) -> String {
        let left = MARGIN + LANE * index;
        let middle = left + BOX / 2;
        let mut out = self.branch(index, lane);
        let headings = self.headings.get(index).map_or(&[] as &[Line], Vec::as_slice);
        out.push_str(&text(left, self.row(lane.start()), headings));
        for (at, node) in lane.nodes.iter().enumerate() {
            let row = lane.start() + at;
            let (top, tall) = (self.top(index, row), height(node));
            if at > 0 {
                let from = self.bottom(index, row - 1);
                out.push_str(&format!(
                    "<path class=\"edge\" d=\"M{middle} {from} V{top}\" marker-end=\"url(#arrow)\"/>\n"
                ));
            }
            let class = node.marks.first().map_or("", Mark::class);
            // A rounder box is a quieter one: the shape says what the colour says.
            let round = if node.marks.is_empty() { 10 } else { 0 };
            out.push_str(&format!(
                "<rect class=\"node {class}\" x=\"{left}\" y=\"{top}\" width=\"{BOX}\" height=\"{tall}\" rx=\"{round}\"/>\n"
            ));
            out.push_str(&text(left + PAD, top + PAD, &lines(node)));
        }
        out
    }

    /// The line from the future as it is, the first lane.
    fn branch(&self, index: usize, lane: &Lane) -> String {
        let right = MARGIN + BOX;
        // Each lane has its own track beside it, so that lines do not lie on each other.
        let end = MARGIN + LANE * index;
        let track = end - 16.min(end);
        let to = self.top(index, lane.start()) + 20;
        let (class, from) = match lane.leaves {
            Leaves::Is => return String::new(),
            Leaves::After(row) => {
                let (top, bottom) = (self.top(0, row), self.bottom(0, row));
                let from = (usize::midpoint(top, bottom) + 3 * index).min(bottom - 3);
                ("edge", format!("{from} H{track}"))
            }
            // Above all lanes: some begin in the first row too.
            Leaves::AtOnce | Leaves::Never => {
                let class = if lane.leaves == Leaves::Never { "edge same" } else { "edge other" };
                let (from, above) = (self.top(0, 0) + 14, self.row(0) - 12);
                (class, format!("{from} H{} V{above} H{track}", right + 14))
            }
        };
        format!(
            "<path class=\"{class}\" d=\"M{right} {from} V{to} H{end}\" marker-end=\"url(#arrow)\"/>\n"
        )
    }
}

fn height(node: &Node) -> usize {
    lines(node).len() * LINE + 2 * PAD
}

/// The picture of `lanes`, for a scenario of this title and path.
pub fn picture(lanes: &[Lane], title: &str, path: &str) -> String {
    let wide = (2 * MARGIN + LANE * lanes.len()).max(90 * CHARACTER);
    let room = wide - 2 * MARGIN;
    let heading = format!("What if: {title}");
    let heading = cut(&heading, room / TITLE).map(|it| ("title", it));
    let path = cut(path, room / CHARACTER).map(|it| ("quiet", it));
    let heading: Vec<Line> = heading.chain(path).collect();
    let top = MARGIN + LINE * heading.len() + 36;
    let plan = Plan::of(lanes, top);
    let bottom = plan.rows.last().copied().unwrap_or(top);
    let (legend, tall) = legend(bottom, room);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{tall}\" viewBox=\"0 0 {wide} {tall}\" role=\"img\" aria-labelledby=\"t d\">\n\
         <title id=\"t\">What if: {}</title>\n\
         <desc id=\"d\">{}</desc>\n\
         <style>{STYLE}</style>\n\
         <defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
         <path d=\"M0 0 L8 4 L0 8 Z\" fill=\"var(--line)\"/></marker></defs>\n\
         <rect class=\"paper\" width=\"{wide}\" height=\"{tall}\"/>\n",
        escaped(title),
        escaped(&described(lanes)),
    );
    out.push_str(&text(MARGIN, MARGIN, &heading));
    for (index, lane) in lanes.iter().enumerate() {
        out.push_str(&plan.lane(index, lane));
    }
    out.push_str(&legend);
    out.push_str("</svg>\n");
    out
}

/// What the signs and the lines mean, from `top` on, no wider than `room`; and where it ends.
fn legend(top: usize, room: usize) -> (String, usize) {
    let marks = Mark::all();
    let marks = marks.iter().map(|it| (it.class(), format!("{} {}", it.sign(), it.words())));
    let rest = [
        ("first", format!("{FIRST} first difference")),
        ("edge other", "another first host or history".to_owned()),
        ("edge same", "no difference".to_owned()),
    ];
    let (mut left, mut top) = (MARGIN, top);
    let mut out = String::new();
    for (class, words) in marks.chain(rest) {
        let sample = if class.starts_with("edge") { 50 } else { 0 };
        let wide = words.width() * CHARACTER + 2 * PAD + sample;
        if left > MARGIN && left + wide > MARGIN + room {
            (left, top) = (MARGIN, top + 36);
        }
        if sample > 0 {
            let (y, to) = (top + 13, left + 40);
            out.push_str(&format!("<path class=\"{class}\" d=\"M{left} {y} H{to}\"/>\n"));
        } else {
            out.push_str(&format!(
                "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"26\"/>\n"
            ));
        }
        out.push_str(&text(left + PAD + sample, top + 4, &[("", words)]));
        left += wide + 14;
    }
    (out, top + 26 + MARGIN)
}

/// The picture in a sentence, for who cannot see it.
fn described(lanes: &[Lane]) -> String {
    let told = lanes.iter().map(|lane| {
        let end = lane.nodes.last().map_or_else(String::new, |it| {
            let marks: Vec<String> = it.marks.iter().map(Mark::words).collect();
            if marks.is_empty() {
                it.head.clone()
            } else {
                format!("{}: {}", it.head, wording::list(&marks))
            }
        });
        format!("{}. {end}.", lane.heading)
    });
    told.collect::<Vec<_>>().join(" ")
}
