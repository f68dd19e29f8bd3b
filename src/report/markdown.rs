//! Reports as Markdown, for a comment on a pull request. Whatever stands in the files that are reported
//! on, it is shown as it is, and does nothing: no markup, no link, no mention of somebody.

use super::plain;
use super::run::Item;
use super::run::RunReport;
use super::run::Verdict;
use super::style;
use super::verify::VerifyReport;
use super::verify::exactly_when;
use super::verify_plain;
use super::weigh;
use crate::model::property::Property;
use crate::search::case;
use crate::search::verdict::Answer;
use crate::search::verdict::Explained;
use crate::text::diagnostic::Diagnostic;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::line_column;
use crate::text::wording;
use crate::text::wording::thousands;

/// How many findings or scenarios are shown in full: a comment has a greatest length.
const SECTIONS_MAX: usize = 10;

/// What `run` found: a line for each scenario that does not hold, and what happened behind a fold.
pub fn run(report: &RunReport) -> String {
    let failing = || report.items.iter().filter(|it| it.verdict() != Verdict::Holds);
    let word = match failing().map(Item::verdict).max() {
        None => Verdict::Holds.id(),
        Some(worst) => worst.id(),
    };
    let mut out = format!("### imc4087 run: {word}\n\n{}\n", text(plain::summary(report).trim()));
    for item in failing().take(SECTIONS_MAX) {
        let title = if item.verdict() == Verdict::Invalid {
            String::new()
        } else {
            format!(": {}", text(item.title()))
        };
        out.push_str(&format!(
            "\n#### {} {}{title}\n\n",
            item.verdict().id(),
            code(&item.file.path)
        ));
        for file in std::iter::once(&item.file).chain(&item.runbooks) {
            for it in file.said.in_order() {
                out.push_str(&complaint(&file.path, &file.source, it));
            }
        }
        if let Some(outcome) = &item.played {
            for miss in &outcome.played.misses {
                let diagnostic = plain::diagnostic(outcome, miss);
                out.push_str(&complaint(&item.file.path, &item.file.source, &diagnostic));
            }
        }
        out.push_str(&folded("what happened", &plain::remarks(item)));
    }
    out.push_str(&more(failing().count(), "scenario"));
    out
}

/// A verdict on a runbook.
pub fn verify(report: &VerifyReport) -> String {
    let verdict = &report.verdict;
    let answer = verdict.answer();
    let mut out = format!("### imc4087 verify: {}\n\n", answer.id());
    out.push_str(&format!("{}: {}\n", code(&report.path), head(report)));
    if answer != Answer::NothingChecked {
        out.push('\n');
        out.push_str(&properties(report));
    }
    for explained in verdict.explained.iter().take(SECTIONS_MAX) {
        out.push_str(&finding(report, explained));
    }
    out.push_str(&more(verdict.explained.len(), "finding"));
    if !report.said.is_empty() {
        out.push_str("\n#### The file\n\n");
        for it in report.said.in_order() {
            out.push_str(&complaint(&report.path, &report.source, it));
        }
    }
    out.push_str("\n#### What was covered\n\n");
    out.push_str(&block(&verify_plain::covered(report)));
    let asked_for = verify_plain::asked_for(report);
    if !asked_for.is_empty() {
        out.push_str(&format!("\n#### Rules and lines the other way\n\n{}", block(&asked_for)));
    }
    if let Some(against) = &report.against {
        out.push_str("\n#### Beside the other runbook\n\n");
        out.push_str(&block(&weigh::against(report, against)));
    }
    out
}

/// The complaints about a file that cannot be used.
pub fn complaints(path: &str, source: &str, said: &Diagnostics) -> String {
    let mut out = format!("### imc4087 verify: the file is invalid\n\n{}\n\n", code(path));
    for it in said.in_order() {
        out.push_str(&complaint(path, source, it));
    }
    out
}

/// How much of the world holds.
fn head(report: &VerifyReport) -> String {
    let tally = &report.verdict.tally;
    match report.verdict.answer() {
        Answer::Holds => format!("every property holds on all {} cases", thousands(tally.cases)),
        Answer::Broken => {
            format!(
                "{} of {} cases break a property",
                thousands(tally.broken),
                thousands(tally.cases)
            )
        }
        Answer::NothingChecked => text(&report.nothing()),
    }
}

/// A row for each property.
fn properties(report: &VerifyReport) -> String {
    let mut out = String::from(
        "| property | verdict | failing cases | holds when |\n| --- | --- | ---: | --- |\n",
    );
    for property in Property::ALL {
        let failing = report.verdict.tally.failing(property);
        let verdict = match (failing > 0, property.gates()) {
            (false, _) => "holds",
            (true, true) => "**broken**",
            (true, false) => "advice not kept",
        };
        out.push_str(&format!(
            "| {} | {verdict} | {} | {} |\n",
            code(property.id()),
            thousands(failing),
            text(property.holds_when())
        ));
    }
    out
}

fn finding(report: &VerifyReport, explained: &Explained) -> String {
    let finding = &explained.finding;
    let property = finding.cause.property;
    let kind = if property.gates() { "" } else { "advice, " };
    let claim = prose(&report.claim(explained));
    let mut out = format!("\n#### {kind}{}: {claim}\n\n", code(property.id()));
    let drawn = verify_plain::diagnostic(report, explained).draw(&report.path, &report.source);
    // The first line is the heading again.
    let drawn = style::stripped(&drawn);
    let drawn = drawn.split_once('\n').map_or(drawn.as_str(), |(_, rest)| rest);
    out.push_str(&block(drawn));
    out.push('\n');
    let mut say = |name: &str, said: &str| out.push_str(&format!("- **{name}**: {said}\n"));
    say("exactly when", &prose(&exactly_when(finding)));
    for part in report.parts(explained) {
        say("of these", &prose(&part));
    }
    if !finding.also.is_empty() {
        let ids: Vec<String> = finding.also.iter().map(|it| code(it.id())).collect();
        say("also breaks", &wording::list(&ids));
    }
    if property.gates() {
        say("no return", &prose(&report.way_back(explained)));
        match &explained.mend {
            Some(mend) => say("instead", &prose(&report.instead(mend))),
            None => say("instead", "no single edit that was tried mends it"),
        }
    }
    say("replay", &code(&report.replay(explained)));
    out.push_str(&folded(
        &format!("the smallest case, {}", case::name(&finding.witness)),
        &verify_plain::trace(&finding.witness, &explained.witness),
    ));
    out
}

/// A complaint about a place in a file, as an item of a list.
fn complaint(path: &str, source: &str, it: &Diagnostic) -> String {
    let (line, column) = line_column(source, it.span.start);
    let mut out = format!("- {}: {}", code(&format!("{path}:{line}:{column}")), prose(&it.message));
    let label = Some(&it.label).filter(|it| !it.is_empty());
    for words in label.into_iter().chain(&it.help) {
        out.push_str(&format!("; {}", prose(words)));
    }
    out.push('\n');
    out
}

/// How many sections are left out of `count`.
fn more(count: usize, noun: &str) -> String {
    let more = count.saturating_sub(SECTIONS_MAX);
    if more == 0 {
        return String::new();
    }
    format!(
        "\nAnd {}; the plain report has all of them.\n",
        wording::count(more, &format!("more {noun}"))
    )
}

/// `text` behind a fold.
fn folded(title: &str, text: &str) -> String {
    let title: String = title.chars().map(entity).collect();
    format!("\n<details>\n<summary>{title}</summary>\n\n{}\n</details>\n", block(text))
}

/// `text` as a block of code, without styles.
fn block(text: &str) -> String {
    let text: String =
        style::stripped(text).chars().map(|it| if it == '\n' { it } else { shown(it) }).collect();
    let text = text.trim_matches('\n').trim_end();
    let fence = "`".repeat(longest_fence(text).max(2) + 1);
    format!("{fence}text\n{text}\n{fence}\n")
}

/// `text` as code within a line.
fn code(text: &str) -> String {
    let text: String = text.chars().map(shown).collect();
    let fence = "`".repeat(longest_fence(&text) + 1);
    // One space at either end is taken off again where both are there.
    let padded = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    if padded { format!("{fence} {text} {fence}") } else { format!("{fence}{text}{fence}") }
}

/// The longest row of backticks in `text`.
fn longest_fence(text: &str) -> usize {
    text.split(|it| it != '`').map(str::len).max().unwrap_or_default()
}

/// `words` in which what stands between two backticks is code.
fn prose(words: &str) -> String {
    let mut out = String::new();
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((inner, behind)) = after.split_once('`').filter(|(it, _)| !it.is_empty()) else {
            break;
        };
        out.push_str(&text(before));
        // Two pieces of code that touch would be one.
        if out.ends_with('`') {
            out.push(' ');
        }
        out.push_str(&code(inner));
        rest = behind;
    }
    out + &text(rest)
}

/// `words` so that Markdown, HTML and GitHub take none of them for more than words.
fn text(words: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for it in words.chars().map(shown) {
        match it {
            '\\' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.push_str(&format!("\\{it}")),
            '@' | '#' => out.push_str(&format!("{it}&#8203;")),
            // No address becomes a link.
            '/' if last == ':' => out.push_str("&#47;"),
            '.' if last.eq_ignore_ascii_case(&'w') => out.push_str("\\."),
            '`' => out.push_str("&#96;"),
            _ => out.push_str(&entity(it)),
        }
        last = it;
    }
    out
}

/// A character in HTML.
fn entity(it: char) -> String {
    match it {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        _ => it.to_string(),
    }
}

/// A space for characters that break lines or turn the direction of writing.
const fn shown(it: char) -> char {
    match it {
        '\0'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => ' ',
        _ => it,
    }
}
