//! The article statement by statement: what carries each, what it leaves open, what the model adds.

use super::columns;
use super::json::pretty;
use super::run::Item;
use super::run::Verdict;
use super::style;
use super::words;
use crate::model::article::SILENCES;
use crate::model::article::Statement;
use crate::model::rule::RuleId;
use crate::model::rule::RuleSet;
use crate::model::rule::Source;
use crate::text::wording;
use schemars::JsonSchema;
use serde::Serialize;

/// The article beside a pack of scenarios that was played.
#[derive(Debug)]
pub struct ArticleReport<'a> {
    items: &'a [Item],
}

/// What carries one statement.
#[derive(Debug, Serialize, JsonSchema)]
struct StatementDocument {
    id: &'static str,
    section: &'static str,
    /// What it says, in our own words.
    says: &'static str,
    /// Whether a scenario that holds and a test carry it.
    carried: bool,
    /// The rules whose source it is.
    #[schemars(schema_with = "super::closed::rules")]
    rules: Vec<&'static str>,
    /// The scenarios that show it and hold.
    scenarios: Vec<String>,
    /// The tests of this project that would fail without it.
    tests: Vec<&'static str>,
}

/// A question that the article leaves open.
#[derive(Debug, Serialize, JsonSchema)]
struct OpenDocument {
    question: &'static str,
    /// The reading that the model takes.
    reading: &'static str,
}

/// A rule that the article does not give.
#[derive(Debug, Serialize, JsonSchema)]
struct AddedDocument {
    #[schemars(schema_with = "super::closed::rule")]
    rule: &'static str,
    kind: KindWord,
    claim: &'static str,
    /// The documents, or the reason of an assumption.
    source: String,
    /// Whether it is believed by default.
    on: bool,
    /// The scenarios in which it fires.
    scenarios: Vec<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum KindWord {
    Documented,
    Assumption,
}

/// The article statement by statement.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ArticleDocument {
    /// `imc4087/article/1`.
    #[schemars(extend("const" = "imc4087/article/1"))]
    schema: &'static str,
    /// Whether every statement is carried.
    complete: bool,
    statements: Vec<StatementDocument>,
    open: Vec<OpenDocument>,
    added: Vec<AddedDocument>,
}

impl<'a> ArticleReport<'a> {
    /// The article beside `items`.
    pub const fn new(items: &'a [Item]) -> Self {
        Self { items }
    }

    /// The statements that no scenario which holds and no test carries.
    pub fn uncarried(&self) -> Vec<Statement> {
        Statement::ALL.into_iter().filter(|it| !self.statement(*it).carried).collect()
    }

    fn statement(&self, statement: Statement) -> StatementDocument {
        let shows = |item: &&Item| {
            item.verdict() == Verdict::Holds
                && item.played.as_ref().is_some_and(|it| it.scenario.shows.contains(&statement))
        };
        let scenarios: Vec<String> =
            self.items.iter().filter(shows).map(|it| it.file.path.clone()).collect();
        let tests = statement.tests().to_vec();
        StatementDocument {
            id: statement.id(),
            section: statement.section(),
            says: statement.says(),
            carried: !scenarios.is_empty() && !tests.is_empty(),
            rules: rules_from(statement).into_iter().map(RuleId::id).collect(),
            scenarios,
            tests,
        }
    }

    fn document(&self) -> ArticleDocument {
        let statements: Vec<StatementDocument> =
            Statement::ALL.into_iter().map(|it| self.statement(it)).collect();
        ArticleDocument {
            schema: "imc4087/article/1",
            complete: statements.iter().all(|it| it.carried),
            statements,
            open: SILENCES
                .iter()
                .map(|it| OpenDocument { question: it.question, reading: it.reading })
                .collect(),
            added: RuleId::ALL.into_iter().filter_map(|it| self.added(it)).collect(),
        }
    }

    fn added(&self, rule: RuleId) -> Option<AddedDocument> {
        let believed = rule.rule();
        let (kind, source) = match believed.source {
            Source::Article(_) => return None,
            Source::Documented(facts) => {
                let documents: Vec<String> =
                    facts.iter().map(|it| format!("F{} ({})", it.number, it.documents)).collect();
                (KindWord::Documented, documents.join("; "))
            }
            Source::Assumption(reason) => (KindWord::Assumption, reason.to_owned()),
        };
        Some(AddedDocument {
            rule: rule.id(),
            kind,
            claim: believed.claim,
            source,
            on: believed.on,
            scenarios: fired_in(self.items, rule),
        })
    }

    /// The report as JSON.
    pub fn json(&self) -> String {
        pretty(&self.document())
    }

    /// The report for people.
    pub fn plain(&self) -> String {
        let document = self.document();
        let mut out = heading("Article Q182346, statement by statement");
        let mut section = "";
        for it in &document.statements {
            let head = it.section.split([',', ' ']).next().unwrap_or_default();
            if head != section {
                out.push_str(&format!("\n{head}\n"));
                section = head;
            }
            out.push_str(&statement_words(it));
        }
        out.push('\n');
        out.push_str(&heading("What the article leaves open, and how it is read here"));
        for it in &document.open {
            out.push('\n');
            out.push_str(&columns::hanging("  ?", 5, it.question));
            out.push_str(&columns::hanging("", 5, it.reading));
        }
        out.push('\n');
        out.push_str(&heading("What the model adds"));
        for it in &document.added {
            out.push_str(&added_words(it));
        }
        out.push_str(&self.summary(&document));
        out
    }

    fn summary(&self, document: &ArticleDocument) -> String {
        let total = document.statements.len();
        let missing: Vec<&str> = self.uncarried().into_iter().map(Statement::id).collect();
        let carried = total - missing.len();
        let mut out = format!(
            "\n{carried} of {} carried; {} left open; {} added\n",
            wording::count(total, "statement"),
            wording::count(document.open.len(), "question"),
            wording::count(document.added.len(), "rule"),
        );
        if !missing.is_empty() {
            let what = format!("nothing carries {}", wording::list(&missing));
            out.push_str(&format!("{}: {what}\n", style::in_style(style::BAD, "broken")));
            out.push_str(
                "  = help: name the statement under `shows` in a scenario that shows it and holds\n",
            );
        }
        out
    }
}

/// The rules whose source is `statement`.
pub fn rules_from(statement: Statement) -> Vec<RuleId> {
    let from = |rule: &RuleId| match rule.rule().source {
        Source::Article(statements) => statements.contains(&statement),
        Source::Documented(_) | Source::Assumption(_) => false,
    };
    RuleId::ALL.into_iter().filter(from).collect()
}

/// The files of the scenarios in which `rule` fires.
pub fn fired_in(items: &[Item], rule: RuleId) -> Vec<String> {
    let fires = |item: &&Item| {
        let fired = item.played.as_ref().map_or(RuleSet::NONE, |it| it.played.fired());
        fired.believes(rule)
    };
    items.iter().filter(fires).map(|it| it.file.path.clone()).collect()
}

fn heading(text: &str) -> String {
    format!("{}\n", style::in_style(style::HEAD, text))
}

fn statement_words(it: &StatementDocument) -> String {
    let mut out = format!("\n  {}  [{}]\n", it.id, it.section);
    out.push_str(&columns::hanging("", 4, it.says));
    let mut line = |name: &str, texts: Vec<&str>| {
        if !texts.is_empty() {
            out.push_str(&columns::hanging(&format!("    {name}"), 15, &texts.join(", ")));
        }
    };
    line("rules", it.rules.clone());
    line("scenarios", it.scenarios.iter().map(|it| words::short_path(it)).collect());
    line("tests", it.tests.clone());
    if !it.carried {
        out.push_str(&format!("    {}\n", style::in_style(style::BAD, "carried by nothing")));
    }
    out
}

fn added_words(it: &AddedDocument) -> String {
    let kind = match it.kind {
        KindWord::Documented => "documented",
        KindWord::Assumption => "assumption",
    };
    let on = if it.on { "" } else { ", off unless asked for" };
    let mut out = format!("\n  {}  [{kind}{on}]\n", it.rule);
    out.push_str(&columns::hanging("", 4, it.claim));
    out.push_str(&columns::hanging("    source", 15, &it.source));
    let scenarios: Vec<&str> = it.scenarios.iter().map(|it| words::short_path(it)).collect();
    if !scenarios.is_empty() {
        out.push_str(&columns::hanging("    scenarios", 15, &scenarios.join(", ")));
    }
    out
}
