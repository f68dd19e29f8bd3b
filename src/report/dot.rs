//! A tree of what-ifs for Graphviz.

use super::tree::Lane;
use super::tree::Leaves;
use super::tree::Mark;
use super::tree::Node;
use crate::text::wording;

/// `text` as a string of the dot language.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for (index, line) in text.lines().enumerate() {
        if index > 0 {
            out.push_str("\\l");
        }
        for it in wording::shown(line).chars() {
            if matches!(it, '"' | '\\') {
                out.push('\\');
            }
            out.push(it);
        }
    }
    out.push_str("\\l\"");
    out
}

fn label(node: &Node) -> String {
    let mut lines = vec![node.head.clone()];
    lines.extend(node.paragraphs().iter().flat_map(|it| super::columns::wrap(it, 40)));
    lines.join("\n")
}

/// The shape of a node, so that nothing hangs on a colour.
fn shape(node: &Node) -> &'static str {
    match node.marks.first() {
        None => "shape=box, style=rounded",
        Some(Mark::Lost(_)) => "shape=box, peripheries=2, color=\"#9a4a00\"",
        Some(Mark::Refused) => "shape=box, style=dashed, color=\"#4b4b70\"",
        Some(Mark::Failed | Mark::Down) => "shape=octagon, color=\"#9b1127\"",
        Some(Mark::Runs) => "shape=box, penwidth=2.5, color=\"#14682a\"",
    }
}

/// The graph of `lanes`, for a scenario of this title.
pub fn graph(lanes: &[Lane], title: &str) -> String {
    let mut out = format!(
        "digraph what_if {{\n  label = {};\n  labelloc = t;\n  node [fontname=\"monospace\", fontsize=11];\n  edge [fontname=\"monospace\", fontsize=11];\n",
        quoted(&format!("What if: {title}"))
    );
    for (index, lane) in lanes.iter().enumerate() {
        for (at, node) in lane.nodes.iter().enumerate() {
            let row = lane.start() + at;
            out.push_str(&format!(
                "  n{index}_{row} [label={}, {}];\n",
                quoted(&label(node)),
                shape(node)
            ));
            if at > 0 {
                out.push_str(&format!("  n{index}_{} -> n{index}_{row};\n", row - 1));
            }
        }
        let heading = quoted(&super::columns::wrap(&lane.heading, 40).join("\n"));
        let first = lane.start();
        let (from, style) = match lane.leaves {
            Leaves::Is => {
                out.push_str(&format!(
                    "  b [label={heading}, shape=plaintext];\n  b -> n0_0 [arrowhead=none];\n"
                ));
                continue;
            }
            Leaves::After(row) => (row, "bold"),
            // Another first host stands beside the one as it is, and does not follow from it.
            Leaves::AtOnce => (0, "dashed"),
            Leaves::Never => (0, "dotted"),
        };
        out.push_str(&format!(
            "  n0_{from} -> n{index}_{first} [label={heading}, style={style}];\n"
        ));
    }
    out.push_str("}\n");
    out
}
