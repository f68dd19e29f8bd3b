//! A tree of what-ifs as one HTML page: the picture, and the same in words and in a table.

use super::balance::causes;
use super::balance::name;
use super::balance::value;
use super::svg::escaped;
use super::svg::picture;
use super::tree::Lane;
use super::tree::Leaves;
use super::tree::lanes;
use super::what_if::WhatIfReport;
use super::what_if::change;
use crate::search::future::Future;
use crate::search::what_if::Balance;
use crate::search::what_if::Item;
use crate::search::what_if::WhatIf;

const STYLE: &str = "
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem; }
  .picture { overflow-x: auto; }
  ol, ul, table, h1, h2, h3, p { max-width: 60rem; }
  ol, ul, h1, h2, h3, p { overflow-wrap: anywhere; }
  table { border-collapse: collapse; display: block; overflow-x: auto; }
  @media print { .picture svg { max-width: 100%; height: auto; } }
  th, td { border: 1px solid; padding: .2rem .6rem; text-align: left; vertical-align: top; }
  tr.differs th::after { content: ' (differs)'; font-weight: normal; }
";

/// The page.
pub fn page(report: &WhatIfReport) -> String {
    let lanes = lanes(report);
    let title = escaped(&report.title);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>What if: {title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>What if: {title}</h1>\n<p>{}</p>\n\
         <div class=\"picture\">\n{}</div>\n",
        escaped(&report.path),
        picture(&lanes, &report.title, &report.path),
    );
    out.push_str("<h2>First difference</h2>\n");
    each(report, &mut out, |it| first(report, it));
    out.push_str("<h2>Balance</h2>\n");
    out.push_str(&table(report));
    out.push_str("<h2>What made the difference</h2>\n");
    each(report, &mut out, why);
    let mut asked: Vec<&Lane> = lanes.iter().collect();
    asked.sort_by_key(|it| it.number);
    for lane in asked {
        out.push_str(&words(&lanes, lane));
    }
    out.push_str("</body>\n</html>\n");
    out
}

/// A part for each what-if, under its heading.
fn each(report: &WhatIfReport, out: &mut String, part: impl Fn(&WhatIf) -> String) {
    for (index, it) in report.branches.iter().enumerate() {
        let words = |what| change(what, &report.names, Some(&it.base));
        let changes: Vec<String> = it.changes.iter().map(words).collect();
        let changes = if changes.is_empty() {
            "nothing is changed".to_owned()
        } else {
            changes.join("; and ")
        };
        out.push_str(&format!("<h3>What if {}: {}</h3>\n", index + 1, escaped(&changes)));
        if it.is_same() {
            out.push_str("<p>no difference</p>\n");
        } else {
            out.push_str(&part(it));
        }
    }
}

/// Where two futures part.
fn first(report: &WhatIfReport, it: &WhatIf) -> String {
    let Some((base, other)) = report.pairs(it).into_iter().next() else {
        return "<p>what happens is the same; how it is judged is not</p>\n".to_owned();
    };
    let cell = |lines: &[String]| {
        let lines: Vec<String> = lines.iter().map(|it| escaped(it)).collect();
        lines.join("<br>")
    };
    format!(
        "<table>\n<tr><th scope=\"col\">as it is</th><th scope=\"col\">what if</th></tr>\n\
         <tr><td>{}</td><td>{}</td></tr>\n</table>\n",
        cell(&base),
        cell(&other),
    )
}

/// What made the difference between two futures.
fn why(it: &WhatIf) -> String {
    let mut out = String::from("<ul>\n");
    for (head, body) in causes(it) {
        out.push_str(&format!("<li><strong>{}</strong>", escaped(&head)));
        for text in body {
            out.push_str(&format!("<br>{}", escaped(&text)));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
    out
}

fn table(report: &WhatIfReport) -> String {
    let Some(first) = report.branches.first() else { return String::new() };
    let mut futures: Vec<(String, &Future)> = vec![("as it is".to_owned(), &first.base)];
    for (index, it) in report.branches.iter().enumerate() {
        futures.push((format!("what if {}", index + 1), &it.other));
    }
    let mut out = String::from("<table>\n<tr><td></td>");
    for (name, _) in &futures {
        out.push_str(&format!("<th scope=\"col\">{}</th>", escaped(name)));
    }
    out.push_str("</tr>\n");
    let balances: Vec<Balance> = futures.iter().map(|(_, it)| Balance::of(it)).collect();
    for item in Item::ALL {
        let differs = balances.iter().zip(balances.iter().skip(1)).any(|(a, b)| item.differs(a, b));
        let class = if differs { " class=\"differs\"" } else { "" };
        out.push_str(&format!("<tr{class}><th scope=\"row\">{}</th>", name(item)));
        for it in &balances {
            out.push_str(&format!("<td>{}</td>", escaped(&value(item, it, &report.names))));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</table>\n");
    out
}

/// A lane as an ordered list, numbered as the steps are.
fn words(lanes: &[Lane], lane: &Lane) -> String {
    let mut out = format!("<h2>{}</h2>\n", escaped(&lane.heading));
    let leaves = match lane.leaves {
        Leaves::Is => None,
        Leaves::AtOnce => Some("Another first host, or another history of it:".to_owned()),
        Leaves::Never => Some("As in \"as it is\" to the end: no difference.".to_owned()),
        Leaves::After(row) => {
            let node = lanes.first().and_then(|it| it.nodes.get(row));
            node.map(|it| format!("As in \"as it is\" up to \"{}\"; then:", it.head))
        }
    };
    if let Some(text) = leaves {
        out.push_str(&format!("<p>{}</p>\n", escaped(&text)));
    }
    if lane.leaves == Leaves::Never {
        return out;
    }
    out.push_str(&format!("<ol start=\"{}\">\n", lane.start()));
    let mut after = String::new();
    for node in &lane.nodes {
        let (numbered, head) = node.head.split_once(". ").unwrap_or(("", &node.head));
        let mut text = format!("<strong>{}</strong>", escaped(head));
        for line in node.paragraphs().iter().flat_map(|it| it.lines()) {
            text.push_str(&format!("<br>{}", escaped(line)));
        }
        // The end is no step.
        if numbered.is_empty() {
            after.push_str(&format!("<p>{text}</p>\n"));
        } else {
            out.push_str(&format!("<li>{text}</li>\n"));
        }
    }
    out.push_str("</ol>\n");
    out + &after
}
