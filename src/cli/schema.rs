//! `imc4087 schema`: JSON schemas of the files that are read and of the documents that are written.

use super::exit::Exit;
use super::failure::Failure;
use super::output;
use crate::files::runbook::RUNBOOK;
use crate::files::scenario::SCENARIO;
use crate::files::shape::schema_of;
use crate::report::article::ArticleDocument;
use crate::report::explore::ExploreDocument;
use crate::report::json::RunDocument;
use crate::report::json::pretty;
use crate::report::plan_document::PlanDocument;
use crate::report::verify_json::VerifyDocument;
use crate::report::what_if_json::WhatIfDocument;
use clap::ValueEnum;

/// Print the JSON schema of a file that is read, or of a document that is written
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to describe
    #[arg(value_name = "KIND", value_enum)]
    kind: Kind,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ValueEnum)]
enum Kind {
    /// Scenario files, for editors
    Scenario,
    /// Runbook files, for editors
    Runbook,
    /// What `run --format json` writes
    Run,
    /// What `verify --format json` writes
    Verify,
    /// What `explore --format json` writes
    Explore,
    /// What `what-if --format json` writes
    WhatIf,
    /// What `plan --format json` writes
    Plan,
    /// What `article --format json` writes
    Article,
}

/// Prints the schema.
///
/// # Errors
///
/// When standard output cannot be written.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    output::print(&match args.kind {
        Kind::Scenario => pretty(&schema_of(&SCENARIO, "imc4087 scenario")),
        Kind::Runbook => pretty(&schema_of(&RUNBOOK, "imc4087 runbook")),
        Kind::Run => pretty(&schemars::schema_for!(RunDocument)),
        Kind::Verify => pretty(&schemars::schema_for!(VerifyDocument)),
        Kind::Article => pretty(&schemars::schema_for!(ArticleDocument)),
        Kind::WhatIf => pretty(&schemars::schema_for!(WhatIfDocument)),
        Kind::Explore => pretty(&schemars::schema_for!(ExploreDocument)),
        Kind::Plan => pretty(&schemars::schema_for!(PlanDocument)),
    })?;
    Ok(Exit::Holds)
}
