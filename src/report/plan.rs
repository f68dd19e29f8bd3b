//! The best plan for a host, for people: the steps, what they cost, and why nothing costs less.

use super::columns;
use super::style;
use super::words;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Outcome;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use crate::search::case;
use crate::search::cost::Aim;
use crate::search::cost::Aims;
use crate::search::cost::By;
use crate::search::flaw::Flaw;
use crate::search::flaw::Proof;
use crate::search::ground::Allowed;
use crate::search::ground::Ground;
use crate::search::odds::Odds;
use crate::search::odds::OddsOf;
use crate::search::plan::Ends;
use crate::search::plan::Plan;
use crate::search::planbook::Planbook;
use crate::search::planbook::planbook;
use crate::search::proven::proven;
use crate::search::world::with_damage;
use crate::text::wording;
use crate::text::wording::thousands;

/// The command that checks the runbook of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verify {
    /// The command.
    pub command: String,
    /// Whether it runs it on every host of a world with the components of the plan's, or on one case only.
    pub every_host: bool,
}

/// A plan, and what stands beside it.
#[derive(Debug)]
pub struct PlanReport {
    /// The scenario file, or the case.
    pub path: String,
    /// The title of the scenario; empty for a case.
    pub title: String,
    /// The names beside the host.
    pub names: Nameplate,
    /// The scenario's own host, with what is hidden in it.
    pub own: Host,
    /// The plan.
    pub plan: Plan,
    /// Its ends.
    pub ends: Ends,
    /// The plan as a runbook, and the ends of that.
    pub book: (Planbook, Ends),
    /// The ends of the article's own runbook.
    pub article: Ends,
    /// The plans of the trade-off, fewest restarts first; empty where it was not asked for.
    pub front: Vec<(Plan, Ends)>,
    /// The command that checks the runbook, where it was written.
    pub verify: Option<Verify>,
    /// What the checker says of the plan, and of the trade-off.
    pub proof: Result<Proof, Flaw>,
}

impl PlanReport {
    /// The best plan on `ground` for `aims`, beside `article`, the article's own runbook; none where the
    /// model has no plan at all.
    pub fn of(ground: &Ground, aims: &Aims, article: &Runbook, own: Host) -> Option<Self> {
        let title = format!("The best plan for {}", words::ids(shown(ground.host.installed)));
        let (plans, proof) = proven(ground, aims);
        let plan = plans.into_iter().next()?;
        let book = planbook(ground, &plan.course, &title);
        let followed = plan.ends_of(&book.runbook);
        Some(Self {
            path: String::new(),
            title: String::new(),
            names: case::names(),
            own,
            ends: plan.ends(),
            article: plan.ends_of(article),
            book: (book, followed),
            front: Vec::new(),
            verify: None,
            proof,
            plan,
        })
    }

    /// The report with the whole trade-off beside it.
    #[must_use]
    pub fn with_front(mut self) -> Self {
        let (plans, proof) = proven(&self.plan.ground, &Aims::TRADE_OFF);
        self.proof = self.proof.and_then(|it| proof.map(|more| it.and(more)));
        let ends = |plan: Plan| {
            let ends = plan.ends();
            (plan, ends)
        };
        Self { front: plans.into_iter().map(ends).collect(), ..self }
    }

    /// Whether every case is repaired.
    pub fn repairs_all(&self) -> bool {
        self.ends.count(Aim::Unrepaired).sum == 0
    }

    /// The report.
    pub fn plain(&self) -> String {
        let all = self.repairs_all();
        let word = if self.proof.is_err() {
            style::in_style(style::BAD, "not proven")
        } else if all {
            style::in_style(style::GOOD, "best")
        } else {
            style::in_style(style::BAD, "out of reach")
        };
        let head = format!("{word}  {}  {}", self.path, wording::shown(&self.title));
        let mut out = format!("{}\n\n", head.trim_end());
        let ground = &self.plan.ground;
        out.push_str(&line("seen", &words::first_seen(&ground.host, &self.names)));
        out.push_str(&line("hidden", &self.hidden()));
        if let Some(never) = ground.never {
            out.push_str(&line("no plan", &why_never(never)));
            return out;
        }
        out.push_str(&line("actions", actions_used(ground.allowed)));
        out.push_str(&line("least", &least(&self.plan.aims)));
        let rules = words::rules_otherwise(ground.rules);
        if !rules.is_empty() {
            out.push_str(&line("rules", &rules));
        }
        if self.own != ground.host || !self.title.is_empty() {
            out.push_str(&line("here", &self.here()));
        }
        out.push('\n');
        out.push_str(&heading("The plan"));
        out.push_str(&self.steps());
        out.push_str(&self.marks());
        out.push_str(&self.settings());
        out.push('\n');
        out.push_str(&self.table());
        out.push('\n');
        if !self.front.is_empty() {
            out.push_str(&self.trade_off());
            out.push('\n');
        }
        out.push_str(&heading("Why nothing costs less"));
        for it in self.why() {
            out.push_str(&columns::hanging("  -", 4, &it));
        }
        out.push_str(&columns::hanging("  -", 4, &self.proven()));
        if let Some(verify) = &self.verify {
            let text = if verify.every_host {
                "this runs it on every host of a world that has these components"
            } else {
                "no world of `verify` has such a host; this runs it on one case, without damage"
            };
            out.push_str(&format!("\nThe runbook is written; {text}:\n  {}\n", verify.command));
        }
        out
    }

    /// How the plan goes on the host that was given, hidden facts included.
    fn here(&self) -> String {
        let ground = &self.plan.ground;
        let (turns, end, _) = self.plan.course.run(ground.rules, &self.own);
        let restarts = turns.iter().filter(|it| it.action == Action::Restart).count();
        let repaired = if end.host.imc == Imc::Running { "runs" } else { "does not run" };
        let expected = with_damage(&ground.host, self.own.damaged);
        let hidden = if expected != self.own || !self.own.damaged.within(ground.universe) {
            format!("more is hidden than a plan looks for ({})", words::first_hidden(&self.own))
        } else if self.own.damaged.is_empty() {
            "nothing is damaged".to_owned()
        } else {
            format!("damaged: {}", words::ids(self.own.damaged))
        };
        let restarts = match restarts {
            0 => "without a restart".to_owned(),
            count => format!("after {}", wording::count(count, "restart")),
        };
        format!("{hidden}; the IMC {repaired} in the end, {restarts}")
    }

    fn hidden(&self) -> String {
        let ground = &self.plan.ground;
        let cases = self.ends.cases;
        if ground.universe.is_empty() {
            return "nothing may be damaged".to_owned();
        }
        let weighs = if ground.odds == OddsOf::EVEN {
            "each weighs the same".to_owned()
        } else {
            format!("the odds of damage are {}", odds(ground))
        };
        format!(
            "any damage of {}: {} cases, one of them without damage; {weighs}",
            words::ids(ground.universe),
            thousands(cases)
        )
    }
}

/// What the actions are that a plan may use.
pub const fn actions_used(allowed: Allowed) -> &'static str {
    match allowed {
        Allowed::Article => {
            "what the article does: both services together, or one protocol at a time, removed and, after a restart, installed"
        }
        Allowed::Model => "all that the model allows, each step beyond the article marked",
    }
}

/// What is least, and in which order.
pub fn least(aims: &Aims) -> String {
    let over = match aims.by {
        By::Expected => "over all cases",
        By::Worst => "in the worst case, then over all cases",
        By::TradeOff => "none without more of another",
    };
    let order: Vec<&str> = aims.order.aims().iter().map(|it| it.noun()).collect();
    format!("{over}, in this order: {}", order.join(", "))
}

/// The odds of everything that may be damaged, those alike put together.
fn odds(ground: &Ground) -> String {
    let mut alike: Vec<(Odds, Components)> = Vec::new();
    for component in ground.universe.iter() {
        let odds = ground.odds.of(component);
        match alike.iter_mut().find(|it| it.0 == odds) {
            Some((_, set)) => *set = set.with(component),
            None => alike.push((odds, Components::EMPTY.with(component))),
        }
    }
    let words: Vec<String> = alike
        .iter()
        .map(|(odds, set)| format!("{}:{} for {}", odds.damaged, odds.sound, words::ids(*set)))
        .collect();
    words.join("; ")
}

/// Why the IMC can never start.
pub fn why_never(never: Outcome) -> String {
    let why = match never {
        Outcome::Failed(failure) => {
            let rule = failure.rule();
            format!(
                "error {}, {} (rule {}, {})",
                failure.error(),
                failure.error_text().trim_end_matches('.'),
                rule.id(),
                words::source(rule)
            )
        }
        Outcome::Refused(refusal) => refusal.says().to_owned(),
        Outcome::Done => String::new(),
    };
    format!(
        "with the components that this host has, which a plan must leave as they were, the IMC does not start even where nothing is damaged: {why}; no order of actions helps, since it would have to start after a last boot, which loads just these components"
    )
}

/// The components without the base services, which every host has.
fn shown(installed: Components) -> Components {
    installed.less(Components::BASE)
}

/// `count` and the noun in the right number, with commas.
pub fn counted_noun(count: u64, noun: &str) -> String {
    format!("{} {noun}{}", thousands(count), if count == 1 { "" } else { "s" })
}

fn line(name: &str, text: &str) -> String {
    columns::hanging(&format!("  {name}"), 13, text)
}

/// A heading.
pub fn heading(text: &str) -> String {
    format!("{}\n", style::in_style(style::HEAD, text))
}
