//! `imc4087 explain`: what a word of this program means.

use super::exit::Exit;
use super::failure::Failure;
use super::load;
use super::output;
use crate::report::explain;
use crate::report::explain::Topic;
use crate::text::wording;

/// Explain a rule, property, action, component, event, error or statement
///
/// Prints its claim, its source and where it is used; without a word, the list of all words.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The word, as in `explain boot-without-protocol-drops-shares` or `explain 4087`
    #[arg(value_name = "ID")]
    id: Vec<String>,
}

/// Prints the page, or the list.
///
/// # Errors
///
/// When nothing goes by that word.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    if args.id.is_empty() {
        output::print(&explain::list())?;
        return Ok(Exit::Holds);
    }
    let word = args.id.join(" ");
    let topics = Topic::named(&word);
    if topics.is_empty() {
        let ids: Vec<String> = Topic::all().into_iter().map(Topic::id).collect();
        let hint = match wording::near(&word, ids.iter().map(String::as_str)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`imc4087 explain` lists them".to_owned(),
        };
        let word = wording::clipped(&word, 60);
        return Err(Failure::UnknownWord { word, kind: "topic", hint });
    }
    let items = load::pack();
    let pages: Vec<String> = topics.into_iter().map(|it| explain::page(it, &items)).collect();
    output::print(&pages.join("\n"))?;
    Ok(Exit::Holds)
}
