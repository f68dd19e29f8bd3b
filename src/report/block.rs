//! A text in blocks: headings, paragraphs, lists and tables, for the terminal and for documents alike.

use super::columns;
use super::style;
use std::fmt::Write;

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// The title of all that follows.
    Title(String),
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// What is typed, on a line of its own.
    Code(String),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
}

/// A table with a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// What it shows.
    pub caption: &'static str,
    /// The heading of each column and its width on a terminal.
    pub head: Vec<(&'static str, usize)>,
    /// The rows, a text for each column.
    pub rows: Vec<Vec<String>>,
}

/// The width of a run at the prompt and of what is said after it, in terminal columns.
pub const WIDTH: usize = 80;

/// How tables are laid out on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// In columns.
    Columns,
    /// One field a line, to be read line by line.
    Lines,
}

/// The blocks for a terminal.
pub fn plain(blocks: &[Block], layout: Layout) -> String {
    let mut out = String::new();
    let mut after_text = false;
    for block in blocks {
        match block {
            Block::Title(text) => {
                out.push_str(&format!("{}\n", style::in_style(style::HEAD, text)));
            }
            Block::Heading(text) => {
                out.push_str(&format!("\n{}\n\n", style::in_style(style::HEAD, text)));
            }
            Block::Text(text) => out.push_str(&columns::hanging_within(WIDTH, "", 2, text)),
            Block::Code(text) => out.push_str(&format!("    {text}\n")),
            Block::List(items) => {
                for item in items {
                    out.push_str(&columns::hanging_within(WIDTH, "  -", 4, item));
                }
            }
            Block::Table(table) => {
                out.push_str(if after_text { "\n" } else { "" });
                out.push_str(&match layout {
                    Layout::Columns => in_columns(table),
                    Layout::Lines => in_lines(table),
                });
            }
        }
        after_text = matches!(block, Block::Text(_));
    }
    out
}

/// What a row says that has nothing to say but in its second cell.
fn aside(row: &[String]) -> Option<&str> {
    let (text, rest) = row.get(1).zip(row.get(2..))?;
    let alone = row.first().is_some_and(String::is_empty) && rest.iter().all(String::is_empty);
    alone.then_some(text.as_str())
}

fn in_columns(table: &Table) -> String {
    let line = |cells: &[&str]| {
        let cells: Vec<(&str, usize)> =
            cells.iter().zip(&table.head).map(|(text, (_, width))| (*text, *width)).collect();
        columns::row(&cells)
    };
    let head: Vec<&str> = table.head.iter().map(|(text, _)| *text).collect();
    let mut out = String::new();
    for part in line(&head).lines() {
        out.push_str(&format!("{}\n", style::in_style(style::HEAD, part)));
    }
    let first = table.head.first().map_or(0, |(_, width)| width + 2);
    for row in &table.rows {
        out.push_str(&match aside(row) {
            Some(text) => columns::hanging_within(WIDTH, "", first, text),
            None => line(&row.iter().map(String::as_str).collect::<Vec<_>>()),
        });
    }
    out
}

/// A row after the other, each field on a line of its own behind its heading.
fn in_lines(table: &Table) -> String {
    let mut out = String::new();
    for row in &table.rows {
        if let Some(text) = aside(row) {
            out.push_str(&columns::hanging_within(WIDTH, "", 4, text));
            continue;
        }
        let mut first = None;
        for (text, (head, _)) in row.iter().zip(&table.head).filter(|(text, _)| !text.is_empty()) {
            if *head == "#" {
                first = Some(format!("{text}."));
            } else {
                let text = format!("{head}: {text}");
                let indent = if first.is_none() { 0 } else { 4 };
                let lead = first.replace(String::new()).unwrap_or_default();
                out.push_str(&columns::hanging_within(WIDTH, &lead, indent, &text));
            }
        }
    }
    out
}

/// The blocks as Markdown.
pub fn markdown(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        match block {
            Block::Title(text) => out.push_str(&format!("# {}\n\n", in_markdown(text))),
            Block::Heading(text) => out.push_str(&format!("## {}\n\n", in_markdown(text))),
            Block::Text(text) => out.push_str(&format!("{}\n\n", in_markdown(text))),
            Block::Code(text) => out.push_str(&format!("```console\n{text}\n```\n\n")),
            Block::List(items) => {
                for item in items {
                    out.push_str(&format!("- {}\n", in_markdown(item)));
                }
                out.push('\n');
            }
            Block::Table(table) => {
                let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
                let head: Vec<String> =
                    table.head.iter().map(|(text, _)| (*text).to_owned()).collect();
                let rule = vec!["---".to_owned(); head.len()];
                out.push_str(&(line(&head) + &line(&rule)));
                for row in &table.rows {
                    let cells: Vec<String> = row.iter().map(|it| in_markdown(it)).collect();
                    out.push_str(&line(&cells));
                }
                out.push('\n');
            }
        }
    }
    out
}

/// `text` for Markdown: what stands between backticks is left, and what would be markup elsewhere is not.
fn in_markdown(text: &str) -> String {
    let mut out = String::new();
    let parts: Vec<&str> = text.split('`').collect();
    for (index, part) in parts.iter().enumerate() {
        let code = index % 2 == 1 && index + 1 < parts.len();
        // A backtick without its other half is a letter like any other.
        out.push_str(match index {
            0 => "",
            _ if index % 2 == 1 && !code => "\\`",
            _ => "`",
        });
        for it in part.chars() {
            if it == '|' || !code && matches!(it, '\\' | '*' | '_' | '[' | ']' | '<' | '#') {
                out.push('\\');
            }
            out.push(it);
        }
    }
    out.replace('\n', " ")
}

/// What stands before and after the body of an HTML page. No script, no picture, nothing from elsewhere.
const STYLE: &str = "body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\
.out{white-space:nowrap}table{border-collapse:collapse}caption{text-align:left;padding:.3rem 0}\
th,td{border:1px solid;padding:.3rem .6rem;text-align:left;vertical-align:top}.wide{overflow-x:auto}\
pre,code{font-family:ui-monospace,monospace}pre{overflow-x:auto}:root{color-scheme:light dark}";

/// The blocks as one HTML file.
pub fn html(blocks: &[Block]) -> String {
    let title = blocks.iter().find_map(|it| match it {
        Block::Title(text) => Some(text.as_str()),
        Block::Heading(_) | Block::Text(_) | Block::Code(_) | Block::List(_) | Block::Table(_) => {
            None
        }
    });
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escaped(title.unwrap_or_default())
    );
    for block in blocks {
        match block {
            Block::Title(text) => out.push_str(&format!("<h1>{}</h1>\n", in_html(text))),
            Block::Heading(text) => out.push_str(&format!("<h2>{}</h2>\n", in_html(text))),
            Block::Text(text) => out.push_str(&format!("<p>{}</p>\n", in_html(text))),
            Block::Code(text) => {
                out.push_str(&format!("<pre><code>{}</code></pre>\n", escaped(text)));
            }
            Block::List(items) => {
                let items: Vec<String> =
                    items.iter().map(|it| format!("<li>{}</li>\n", in_html(it))).collect();
                out.push_str(&format!("<ul>\n{}</ul>\n", items.concat()));
            }
            Block::Table(table) => out.push_str(&html_table(table)),
        }
    }
    out + "</main>\n</body>\n</html>\n"
}

fn html_table(table: &Table) -> String {
    let mut out = format!(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\">\n<table>\n\
         <caption>{0}</caption>\n<thead><tr>",
        escaped(table.caption)
    );
    let mut cell = |text: String| out.push_str(&text);
    for (text, _) in &table.head {
        cell(format!("<th scope=\"col\">{}</th>", escaped(text)));
    }
    cell("</tr></thead>\n<tbody>\n".to_owned());
    for row in &table.rows {
        cell("<tr>".to_owned());
        if let Some(text) = aside(row) {
            let columns = table.head.len();
            cell(format!("<td colspan=\"{columns}\">{}</td></tr>\n", in_html(text)));
            continue;
        }
        for (index, text) in row.iter().enumerate() {
            cell(if index == 0 && !text.is_empty() {
                format!("<th scope=\"row\">{}</th>", in_html(text))
            } else {
                format!("<td>{}</td>", in_html(text))
            });
        }
        cell("</tr>\n".to_owned());
    }
    out + "</tbody>\n</table>\n</div>\n"
}

/// `text` for HTML; what stands between backticks becomes code.
fn in_html(text: &str) -> String {
    let mut out = String::new();
    let parts: Vec<&str> = text.split('`').collect();
    for (index, part) in parts.iter().enumerate() {
        let closed = index + 1 < parts.len();
        let written = if index % 2 == 1 && closed {
            write!(out, "<code>{}</code>", escaped(part))
        } else if index % 2 == 1 {
            write!(out, "`{}", escaped(part))
        } else {
            write!(out, "{}", words(part))
        };
        debug_assert!(written.is_ok(), "a string takes whatever is written");
    }
    out
}

/// Words as they stand in HTML. What was taken out is written `-tcpip`, and a browser must not part that.
fn words(text: &str) -> String {
    let is_out =
        |it: &str| it.strip_prefix('-').is_some_and(|it| it.starts_with(char::is_alphabetic));
    let word = |it| {
        let escaped = escaped(it);
        if is_out(it) { format!("<span class=\"out\">{escaped}</span>") } else { escaped }
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
