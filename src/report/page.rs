//! A tree of what-ifs as one HTML page: the picture, and the same in words and in a table.

use super::balance::name;
use super::balance::value;
use super::svg::escaped;
use super::svg::picture;
use super::tree::Lane;
use super::tree::Mark;
use super::tree::lanes;
use super::what_if::WhatIfReport;
use crate::search::future::Future;
use crate::search::what_if::Balance;
use crate::search::what_if::Item;

const STYLE: &str = "
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 1.5rem; }
  .picture { overflow-x: auto; }
  ol, table, h1, h2, p { max-width: 60rem; }
  table { border-collapse: collapse; }
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
    out.push_str("<h2>What each comes to</h2>\n");
    out.push_str(&table(report));
    let mut asked: Vec<&Lane> = lanes.iter().collect();
    asked.sort_by_key(|it| it.number);
    for lane in asked {
        out.push_str(&words(&lanes, lane));
    }
    out.push_str("</body>\n</html>\n");
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
    if lane.number > 0 {
        let leaves = lane.from.and_then(|(other, row)| {
            let other = lanes.get(other)?;
            let node = other.nodes.get(row.checked_sub(other.start)?)?;
            let before = other.heading.split(':').next().unwrap_or_default();
            Some(format!("As in \"{before}\" up to \"{}\"; then:", node.head))
        });
        let leaves = leaves.unwrap_or_else(|| "Another first host:".to_owned());
        out.push_str(&format!("<p>{}</p>\n", escaped(&leaves)));
    }
    out.push_str(&format!("<ol start=\"{}\">\n", lane.start));
    for node in &lane.nodes {
        let head = node.head.split_once(". ").map_or(node.head.as_str(), |(_, it)| it);
        out.push_str(&format!("<li><strong>{}</strong>", escaped(head)));
        for line in node.seen.lines() {
            out.push_str(&format!("<br>{}", escaped(line)));
        }
        for mark in &node.marks {
            let text = format!("{} {}", Mark::sign(mark), mark.words());
            out.push_str(&format!("<br>{}", escaped(&text)));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    out
}
