//! `imc4087 what-if --over`: the same change asked of every case of a world.

use super::exit::Exit;
use super::failure::Failure;
use super::formats;
use super::formats::Format;
use super::what_if::Args;
use super::what_if::futures;
use super::what_if::unaskable;
use super::world;
use crate::files::change::HostFact;
use crate::files::pack;
use crate::files::runbook;
use crate::files::runbook::RunbookFile;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Os;
use crate::model::rule::RuleSet;
use crate::report::over::Over;
use crate::report::over::OverReport;
use crate::report::over::Side;
use crate::report::run::Outcome;
use crate::report::verify::BUILT_IN;
use crate::report::what_if_json;
use crate::search::case;
use crate::search::compare::Twin;
use crate::search::compare::compare;
use crate::search::future::Change;
use crate::search::future::Plan;
use crate::search::future::Premise;
use crate::search::future::can_be_both;
use crate::search::verify::Question;

/// Whether the question can be asked of every case of a world.
fn fits_a_world(args: &Args) -> Result<(), Failure> {
    let refuse = |what: &str, hint: &str| {
        Err(Failure::Unaskable { what: what.to_owned(), hint: hint.to_owned() })
    };
    let drawn = |it: &Format| matches!(it, Format::Dot | Format::Svg | Format::Html);
    if std::iter::once(&args.format).chain(args.report.iter().map(|it| &it.format)).any(drawn) {
        return refuse(
            "a picture shows the futures of one scenario, not those of every case",
            "leave `--over` out, or write the report as json",
        );
    }
    if !args.at.is_empty() {
        return refuse(
            "the steps of one future are not those of every case",
            "change the runbook instead, with `--runbook`",
        );
    }
    if !args.history.is_empty() {
        return refuse(
            "the cases of a world have no history",
            "change a fact instead, as in `--host upgraded=no`",
        );
    }
    let instead = "over a world change has, lacks, service-pack, upgraded, exchange, imc or shares";
    for fact in &args.host {
        match fact {
            HostFact::Damaged(_) => {
                return refuse("a world ranges over the damage: each case has its own", instead);
            }
            HostFact::Components(_) => {
                return refuse(
                    "a world ranges over the components: each case has its own",
                    instead,
                );
            }
            HostFact::Os(_) => return refuse("every host of a world has NT 4.0", instead),
            HostFact::Has(_)
            | HostFact::Lacks(_)
            | HostFact::ServicePack(_)
            | HostFact::Upgraded(_)
            | HostFact::Exchange(_)
            | HostFact::Imc(_)
            | HostFact::Shares(_) => {}
        }
    }
    Ok(())
}

/// What comes of every case of a world.
pub(super) fn over(
    args: &Args,
    name: world::Name,
    outcome: Option<&Outcome>,
    given: Option<(String, RunbookFile)>,
) -> Result<Exit, Failure> {
    fits_a_world(args)?;
    let built_in = || {
        let found = pack::RUNBOOKS.iter().find(|it| it.path == BUILT_IN);
        let file = found.and_then(|it| runbook::read(it.text).0)?;
        Some((BUILT_IN.to_owned(), file))
    };
    let is_built_in = given.is_none();
    let Some((path, file)) = given.or_else(built_in) else { return Ok(Exit::Nothing) };
    let rules = outcome.map_or_else(RuleSet::usual, |it| it.scenario.rules);
    let base = Side { path, built_in: is_built_in, file, rules };
    let premise = Premise {
        rules,
        history: None,
        host: Host::fresh(Os::Nt40, Exchange::V50),
        facts: Vec::new(),
        plan: Plan::Actions(Vec::new()),
        names: case::names(),
    };
    let Some(futures) = futures(args, &premise)? else { return Ok(Exit::Invalid) };
    let (world, narrowed) = world::world(name, args.damage, &args.only);
    let question = Question {
        world: &world,
        rules,
        runbook: &base.file.runbook,
        reduce: true,
        threads: world::threads(),
        watch: None,
    };
    let mut branches = Vec::new();
    for changes in futures {
        branches.push(one_over(&question, &base, changes)?);
    }
    let any = world.cases() > 0;
    let report = OverReport { world: world.clone(), narrowed, base: base.clone(), branches };
    formats::write_both(
        args.format,
        &args.report,
        || report.plain(),
        || what_if_json::over(&report),
    )?;
    Ok(if any { Exit::Holds } else { Exit::Nothing })
}

fn one_over(question: &Question<'_>, base: &Side, changes: Vec<Change>) -> Result<Over, Failure> {
    can_be_both(&changes).map_err(unaskable)?;
    let mut side = base.clone();
    let mut facts = Vec::new();
    for change in &changes {
        match change {
            Change::Rule { rule, believed: true } => side.rules = side.rules.with(*rule),
            Change::Rule { rule, believed: false } => side.rules = side.rules.without(*rule),
            Change::Runbook { path, file } => {
                side.path.clone_from(path);
                side.built_in = false;
                side.file = file.clone();
            }
            Change::Fact(fact) => facts.push(*fact),
            // Neither belongs to a case; `over` has refused them.
            Change::Do { .. } | Change::History(_) => {}
        }
    }
    let twin = Twin { rules: side.rules, runbook: &side.file.runbook, facts: &facts };
    let compared = compare(question, &twin);
    Ok(Over { changes, side, facts, compared })
}
