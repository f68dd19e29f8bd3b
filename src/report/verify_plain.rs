//! A verdict on a runbook, for people: one screen a finding.

use super::columns;
use super::style;
use super::timeline;
use super::verify::VerifyReport;
use super::verify::condition;
use super::verify::damage_name;
use super::verify::world_name;
use super::weigh;
use super::words;
use crate::model::host::Host;
use crate::model::property::Property;
use crate::model::rule::RuleId;
use crate::search::case;
use crate::search::play::Followed;
use crate::search::verdict::Answer;
use crate::search::verdict::Explained;
use crate::search::verify::Tally;
use crate::search::witness::Witness;
use crate::text::diagnostic::Diagnostic;
use crate::text::diagnostic::Severity;
use crate::text::wording;
use crate::text::wording::thousands;

/// How many turns before the one that goes wrong are shown.
const TURNS_MAX: usize = 7;

/// The whole report.
pub fn verify(report: &VerifyReport) -> String {
    let mut out = head(report);
    if let Some(against) = report.against.as_ref().filter(|_| report.verdict.tally.cases > 0) {
        return out + "\n" + &weigh::against(report, against);
    }
    if !report.said.is_empty() {
        out.push('\n');
        out.push_str(report.said.draw(&report.path, &report.source).trim_end());
        out.push('\n');
    }
    for it in &report.verdict.explained {
        out.push('\n');
        out.push_str(&finding(report, it));
    }
    out.push('\n');
    out.push_str(&covered(report));
    out.push_str(&asked_for(report));
    out
}

/// What was asked for beside the verdict: each rule the other way, each line changed.
pub fn asked_for(report: &VerifyReport) -> String {
    let mut out = String::new();
    if report.verdict.tally.cases == 0 {
        return out;
    }
    if let Some(beliefs) = &report.beliefs {
        out.push('\n');
        out.push_str(&weigh::beliefs(&report.verdict.tally, beliefs));
    }
    if let Some(mutants) = &report.mutants {
        out.push('\n');
        out.push_str(&weigh::mutants(report, mutants));
    }
    out
}

/// The first line: verdict, file, and how much of the world.
fn head(report: &VerifyReport) -> String {
    let answer = report.verdict.answer();
    let style = match answer {
        Answer::Holds => style::GOOD,
        Answer::Broken | Answer::NothingChecked => style::BAD,
    };
    let word = style::in_style(style, answer.id());
    let tally = &report.verdict.tally;
    let gates = Property::ALL.iter().filter(|it| it.gates()).count();
    let findings =
        report.verdict.explained.iter().filter(|it| it.finding.cause.property.gates()).count();
    let rest = match answer {
        Answer::Holds => {
            format!("{gates} properties   {} cases   all cases", thousands(tally.cases))
        }
        Answer::Broken => format!(
            "{} of {gates}   {} of {} cases   {}   all cases",
            wording::count(report.verdict.broken().count(), "property")
                .replace("propertys", "properties"),
            thousands(tally.broken),
            thousands(tally.cases),
            wording::count(findings, "cause"),
        ),
        Answer::NothingChecked => report.nothing(),
    };
    format!("{word}  {}   {rest}\n", report.path)
}

/// A finding at its place in the file.
pub fn diagnostic(report: &VerifyReport, explained: &Explained) -> Diagnostic {
    let property = explained.finding.cause.property;
    Diagnostic {
        severity: if property.gates() { Severity::Error } else { Severity::Warning },
        code: property.id(),
        message: report.claim(explained),
        span: report.span(explained.witness.place),
        label: report.label(explained),
        help: None,
    }
}

/// One finding in full.
pub fn finding(report: &VerifyReport, explained: &Explained) -> String {
    let finding = &explained.finding;
    let property = finding.cause.property;
    let drawn = diagnostic(report, explained).draw(&report.path, &report.source);
    let mut out = format!("{drawn}\n");
    let (line, _) = report.line_column(explained);
    let gutter = line.to_string().len() + 1;
    let mut say = |name: &str, text: &str| {
        let first = format!("{}= {name:<12}: ", " ".repeat(gutter));
        out.push_str(&columns::hanging(&first, gutter + 16, text));
    };
    match &finding.condition {
        None => {
            say(
                "exactly when",
                &format!("not found in words; {} cases", thousands(finding.failing)),
            );
        }
        Some(it) => {
            let terms = condition(it);
            let last = terms.len().saturating_sub(1);
            for (index, term) in terms.iter().enumerate() {
                let name = if index == 0 { "exactly when" } else { "or when" };
                let count = format!(
                    " ({} fail, 0 of the other {})",
                    thousands(it.inside),
                    thousands(it.outside)
                );
                say(name, &format!("{term}{}", if index == last { count } else { String::new() }));
            }
            if !it.irrelevant.is_empty() {
                let groups: Vec<&str> = it.irrelevant.iter().map(|it| it.name()).collect();
                say("irrelevant", &groups.join(", "));
            }
        }
    }
    for part in report.parts(explained) {
        say("of these", &part);
    }
    if !finding.also.is_empty() {
        let ids: Vec<&str> = finding.also.iter().map(Property::id).collect();
        say("also breaks", &wording::list(&ids));
    }
    if property.gates() {
        say("no return", &report.way_back(explained));
    }
    for rule in report.rules_of(explained) {
        say("rule", &format!("{} ({})", rule.id(), words::source(rule)));
    }
    if property.gates() {
        match &explained.mend {
            Some(mend) => say("instead", &report.instead(mend)),
            None => say("instead", "no single edit that was tried mends it"),
        }
    } else {
        say("advice", "reported, never a failure");
    }
    say("replay", &report.replay(explained));
    out.push('\n');
    out.push_str(&trace(&finding.witness, &explained.witness));
    out
}

/// The witness up to the turn that goes wrong, the beginning left out where it is long.
pub fn trace(first: &Host, witness: &Witness) -> String {
    let names = case::names();
    let mut out = timeline::heading("does");
    out.push_str(&timeline::first(first, &names));
    let skipped = (witness.turn + 1).saturating_sub(TURNS_MAX);
    for (index, (turn, _)) in witness.followed.turns.iter().enumerate().take(witness.turn + 1) {
        if index + 1 == skipped {
            out.push_str(&format!("..   {skipped} actions left out\n"));
        }
        if index >= skipped {
            out.push_str(&timeline::turn(&(index + 1).to_string(), turn, &names));
        }
    }
    out
}

/// What the verdict covers.
pub fn covered(report: &VerifyReport) -> String {
    let tally = &report.verdict.tally;
    let mut out = String::new();
    let mut say = |name: &str, text: &str| {
        out.push_str(&columns::hanging(&format!("{name:<10}"), 10, text));
    };
    let narrowed = if report.narrowed.is_empty() {
        String::new()
    } else {
        format!(", narrowed to {}", report.narrowed.join(", "))
    };
    let (world, damage) = (world_name(&report.world), damage_name(&report.world));
    say("world", &format!("{world}, damage {damage}{narrowed}"));
    let how = if report.brute_force { "each by itself" } else { "one for damages that look alike" };
    say(
        "cases",
        &format!(
            "stands for {}, ran {} ({how}), {} actions",
            thousands(tally.cases),
            thousands(tally.ran),
            thousands(tally.actions)
        ),
    );
    if tally.cases == 0 {
        return out;
    }
    say("restarts", &restarts(tally));
    let fired: Vec<&str> = tally.fired.iter().map(RuleId::id).collect();
    say("rules", &format!("fired: {}", wording::list(&fired)));
    let kept = Property::ALL.into_iter().filter(|it| tally.failing(*it) == 0);
    let kept: Vec<&str> = kept.map(Property::id).collect();
    say("hold", &format!("in every case: {}", kept.join(", ")));
    let idle = report.idle_steps();
    if !idle.is_empty() {
        let noun = if idle.len() == 1 { "step" } else { "steps" };
        say("idle", &format!("{noun} {} did nothing in any case", wording::numbers(&idle)));
    }
    out
}

fn restarts(tally: &Tally) -> String {
    let counts = tally.restarts.iter().enumerate().filter(|(_, cases)| **cases > 0);
    let words: Vec<String> =
        counts.map(|(restarts, cases)| format!("{restarts}: {}", thousands(*cases))).collect();
    format!("at most {}; cases by restarts: {}", tally.restarts_max(), words.join(", "))
}

/// One run in full: the case, the timeline, and what it broke.
pub fn one_case(path: &str, first: &Host, followed: &Followed) -> String {
    let names = case::names();
    let holds = followed.broken.gating().is_empty();
    let (style, word) = if holds { (style::GOOD, "holds") } else { (style::BAD, "broken") };
    let word = style::in_style(style, word);
    let mut out = format!("{word}  {path}   case {}\n\n", case::name(first));
    out.push_str(&timeline::whole(first, followed.turns.iter().map(|(turn, _)| turn), &names));
    out.push('\n');
    for property in followed.broken.iter() {
        let kind = if property.gates() { "breaks" } else { "advice" };
        let at = followed.broken_at.iter().find(|(it, _)| *it == property);
        let at = at.map_or_else(|| "at the end".to_owned(), |(_, at)| format!("action {}", at + 1));
        out.push_str(&format!("{kind}  {}, {at}: {}\n", property.id(), property.broken_by()));
    }
    if followed.broken.is_empty() {
        out.push_str("every property holds\n");
    }
    out
}
