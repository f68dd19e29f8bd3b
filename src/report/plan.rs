//! The best plan for a host, for people: the steps, what they cost, and why nothing costs less.

use super::columns;
use super::style;
use super::words;
use crate::files::language;
use crate::model::action::Action;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Outcome;
use crate::model::runbook::Runbook;
use crate::model::set::Components;
use crate::search::beyond::Beyond;
use crate::search::beyond::beyond;
use crate::search::case;
use crate::search::cost::Aim;
use crate::search::course::Stage;
use crate::search::course::Tried;
use crate::search::ground::Allowed;
use crate::search::plan::Ends;
use crate::search::plan::Plan;
use crate::search::planbook::Planbook;
use crate::search::planbook::planbook;
use crate::search::proof::Flaw;
use crate::search::proof::Proof;
use crate::search::world::with_damage;
use crate::text::wording;
use crate::text::wording::thousands;

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
    /// The trade-off, where it was asked for.
    pub front: Option<Vec<Ends>>,
    /// What the checker says of the plan.
    pub proof: Result<Proof, Flaw>,
}

impl PlanReport {
    /// A report of `plan`; `article` is the article's own runbook.
    pub fn of(mut plan: Plan, article: &Runbook, own: Host) -> Self {
        let title = format!("The best plan for {}", words::ids(shown(plan.ground.host.installed)));
        let proof = plan.prove();
        let book = planbook(&plan.ground, &plan.course, &title);
        let followed = plan.ends_of(&book.runbook);
        Self {
            path: String::new(),
            title: String::new(),
            names: case::names(),
            own,
            ends: plan.ends(),
            article: plan.ends_of(article),
            book: (book, followed),
            front: None,
            proof,
            plan,
        }
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
        let used = match ground.allowed {
            Allowed::Article => "what the article does: protocols, macintosh and snmp",
            Allowed::Model => "all that the model allows",
        };
        out.push_str(&line("actions", used));
        out.push_str(&line("here", &self.here()));
        out.push('\n');
        out.push_str(&heading("The plan"));
        out.push_str(&self.steps());
        out.push_str(&self.marks());
        out.push('\n');
        out.push_str(&self.table());
        out.push('\n');
        if let Some(front) = &self.front {
            out.push_str(&Self::trade_off(front));
            out.push('\n');
        }
        out.push_str(&heading("Why nothing costs less"));
        for it in self.why() {
            out.push_str(&columns::hanging("  -", 4, &it));
        }
        out.push_str(&columns::hanging("  -", 4, &self.proven()));
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
        format!(
            "any damage of {}: {} cases, one of them without damage; each weighs the same",
            words::ids(ground.universe),
            thousands(cases)
        )
    }

    /// The actions of a stage, in the action language.
    fn actions(&self, actions: &[Action]) -> String {
        let words: Vec<String> =
            actions.iter().map(|it| language::print(*it, &self.names)).collect();
        words.join(", ")
    }

    fn steps(&self) -> String {
        let mut out = String::new();
        let mut number = 0;
        let mut say = |text: &str| {
            number += 1;
            out.push_str(&columns::hanging(&format!("  {number}"), 5, text));
        };
        for (stage, ways) in self.plan.course.stages.iter().zip(self.ways()) {
            if !stage.actions.is_empty() {
                let marks: Vec<String> =
                    ways.iter().map(|it| format!("[{}]", self.mark(*it))).collect();
                say(&format!("{} {}", self.actions(&stage.actions), marks.join(" ")));
            }
            if let Some(tried) = &stage.tries {
                say(&self.tried(stage, tried));
            }
        }
        if let Some(family) = &self.plan.course.given_up {
            say(&format!("give up: {} are left", self.of_cases(family.count())));
        }
        out
    }

    /// `count` of all cases.
    pub fn of_cases(&self, count: u64) -> String {
        format!("{} of {} cases", thousands(count), thousands(self.ends.cases))
    }

    fn tried(&self, stage: &Stage, tried: &Tried) -> String {
        let action = language::print(tried.action, &self.names);
        let count = self.of_cases(tried.succeeding.count());
        if tried.failing.is_none() {
            let then = self.then(&tried.after_success);
            return format!("{action}: the IMC runs in all cases that are left, {count}{then}");
        }
        let fails = if stage.actions.is_empty() { "; if not, event 4087" } else { "; if not" };
        let then = self.then(&tried.after_success);
        format!("{action}; if the IMC runs, in {count}: done{then}{fails}:")
            .replace(": done; then", ": then")
    }

    fn then(&self, actions: &[Action]) -> String {
        if actions.is_empty() { String::new() } else { format!("; then {}", self.actions(actions)) }
    }

    fn ways(&self) -> Vec<Vec<Beyond>> {
        beyond(&self.plan.ground, &self.plan.course)
    }

    /// The ways beyond the article that the plan takes, in order.
    fn used(&self) -> Vec<Beyond> {
        let ways = self.ways();
        Beyond::ALL.into_iter().filter(|it| ways.iter().flatten().any(|way| way == it)).collect()
    }

    fn mark(&self, way: Beyond) -> char {
        let at = self.used().iter().position(|it| *it == way).unwrap_or_default();
        char::from(b'a' + u8::try_from(at).unwrap_or_default())
    }

    fn marks(&self) -> String {
        let used = self.used();
        if used.is_empty() {
            return columns::hanging("  ", 2, "Every step is one that the article takes.");
        }
        let mut out = String::from("  Beyond the article:\n");
        for way in used {
            let believed = way.leans_on().iter().filter(|it| self.plan.ground.rules.believes(**it));
            let rules: Vec<String> =
                believed.map(|it| format!("{} ({})", it.id(), words::source(*it))).collect();
            let text = format!("{}; leans on {}", way.says(), wording::list(&rules));
            out.push_str(&columns::hanging(&format!("  [{}]", self.mark(way)), 6, &text));
        }
        out
    }

    fn trade_off(front: &[Ends]) -> String {
        let mut out = heading("The trade-off");
        let head = ["", "restarts", "reinstalls", "tries", "shares lost", "not repaired"];
        out.push_str(&row(&head.map(str::to_owned)));
        for ends in front {
            let name = match ends.count(Aim::Restarts).most {
                0 => "no restart".to_owned(),
                1 => "at most 1 restart".to_owned(),
                most => format!("at most {most} restarts"),
            };
            out.push_str(&counted(&name, ends));
        }
        let text = "for each number of restarts the plan that looks at shares first, then at reinstallations, and the plan that looks at reinstallations first; one that another beats in every respect is left out";
        out.push_str(&columns::hanging("  ", 2, text));
        out
    }

    fn table(&self) -> String {
        let mut out = heading("What it costs");
        let head = ["", "restarts", "reinstalls", "tries", "shares lost", "not repaired"];
        out.push_str(&row(&head.map(str::to_owned)));
        let kinds = ["", "most    mean", "most    mean", "most    mean", "cases", "cases"];
        out.push_str(&row(&kinds.map(str::to_owned)));
        out.push_str(&counted("this plan", &self.ends));
        if !self.book.0.left_out.is_empty() {
            out.push_str(&counted("as a runbook", &self.book.1));
        }
        out.push_str(&counted("the article's runbook", &self.article));
        let sum = |aim, noun| counted_noun(self.ends.count(aim).sum, noun);
        let text = format!(
            "this plan over all {}: {}, {}, {}",
            counted_noun(self.ends.cases, "case"),
            sum(Aim::Restarts, "restart"),
            sum(Aim::Reinstalls, "reinstall"),
            if self.ends.count(Aim::Tries).sum == 1 {
                "1 try".to_owned()
            } else {
                format!("{} tries", thousands(self.ends.count(Aim::Tries).sum))
            }
        );
        out.push_str(&columns::hanging("  ", 2, &text));
        if !self.book.0.left_out.is_empty() {
            let text = "the runbook language cannot put back what is out after a try that succeeds there, so the runbook leaves such tries out; the worst case is the same";
            out.push_str(&columns::hanging("  ", 2, text));
        }
        out
    }
}

/// Why the IMC can never start.
fn why_never(never: Outcome) -> String {
    let why = match never {
        Outcome::Failed(failure) => {
            let rule = failure.rule();
            format!(
                "error {}, {} (rule {}, {})",
                failure.error(),
                failure.error_text(),
                rule.id(),
                words::source(rule)
            )
        }
        Outcome::Refused(refusal) => refusal.says().to_owned(),
        Outcome::Done => String::new(),
    };
    format!(
        "with the components that this host has, which a plan must leave as they were, the IMC does not start even where nothing is damaged: {why}"
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

fn heading(text: &str) -> String {
    format!("{}\n", style::in_style(style::HEAD, text))
}

fn row(cells: &[String; 6]) -> String {
    let [name, restarts, reinstalls, tries, lost, unrepaired] = cells;
    let text =
        format!("  {name:<22}{restarts:>14}{reinstalls:>14}{tries:>14}{lost:>14}{unrepaired:>14}");
    format!("{}\n", text.trim_end())
}

fn counted(name: &str, ends: &Ends) -> String {
    let both = |aim| {
        let counts = ends.count(aim);
        format!("{:>4}{:>8}", counts.most, mean(counts.sum, ends.cases))
    };
    let cases = |aim| thousands(ends.count(aim).cases);
    row(&[
        name.to_owned(),
        both(Aim::Restarts),
        both(Aim::Reinstalls),
        both(Aim::Tries),
        cases(Aim::Lost),
        cases(Aim::Unrepaired),
    ])
}

/// `sum` over `cases` with two decimals, rounded half up.
pub fn mean(sum: u64, cases: u64) -> String {
    let hundredths = (sum * 200 + cases).checked_div(cases * 2).unwrap_or_default();
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
