//! The kinds of report, and the options that ask for them: `--format KIND` and `--report KIND=FILE`.

use super::failure::Failure;
use super::output;
use crate::text::wording;
use clap::builder::PossibleValue;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use std::path::Path;
use std::path::PathBuf;

/// A kind of report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `plain`
    Plain,
    /// `json`
    Json,
    /// `junit`
    Junit,
    /// `github`
    Github,
    /// `markdown`
    Markdown,
    /// `sarif`
    Sarif,
    /// `dot`
    Dot,
    /// `svg`
    Svg,
    /// `html`
    Html,
}

/// A report that is written beside the printed one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportFile {
    /// What is written.
    pub format: Format,
    /// Where to.
    pub path: PathBuf,
}

impl Format {
    /// All kinds.
    pub const ALL: [Self; 9] = [
        Self::Plain,
        Self::Json,
        Self::Junit,
        Self::Github,
        Self::Markdown,
        Self::Sarif,
        Self::Dot,
        Self::Svg,
        Self::Html,
    ];

    /// The word on the command line.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Json => "json",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Html => "html",
        }
    }

    /// Whom it is for.
    const fn help(self) -> &'static str {
        match self {
            Self::Plain => "For people",
            Self::Json => "For programs; `imc4087 schema` describes it",
            Self::Junit => "For CI servers",
            Self::Github => {
                "For the log of a GitHub workflow: annotations on the lines of the files"
            }
            Self::Markdown => "For a comment on a pull request",
            Self::Sarif => "For code scanning, SARIF 2.1.0",
            Self::Dot => "The tree for Graphviz",
            Self::Svg => "The tree as a picture",
            Self::Html => "The tree as a page: picture, table and words in one file",
        }
    }
}

/// Reads a kind that is one of `kinds`.
pub fn kind(kinds: &'static [Format]) -> impl TypedValueParser<Value = Format> {
    let values = kinds.iter().map(|it| PossibleValue::new(it.id()).help(it.help()));
    PossibleValuesParser::new(values).try_map(|it| named(&it, kinds))
}

/// Reads `KIND=FILE`, where the kind is one of `kinds`.
pub fn file(
    kinds: &'static [Format],
) -> impl Fn(&str) -> Result<ReportFile, String> + Clone + Send + Sync + 'static {
    |text| {
        let (kind, path) = text.split_once('=').ok_or("write KIND=FILE, as in junit=report.xml")?;
        let format = named(kind, kinds)?;
        if path.is_empty() {
            return Err(format!("the file is missing, as in {kind}=report"));
        }
        Ok(ReportFile { format, path: PathBuf::from(path) })
    }
}

fn named(word: &str, kinds: &[Format]) -> Result<Format, String> {
    if let Some(found) = kinds.iter().find(|it| it.id() == word) {
        return Ok(*found);
    }
    let ids: Vec<&str> = kinds.iter().map(|it| it.id()).collect();
    if Format::ALL.iter().any(|it| it.id() == word) {
        return Err(format!("this command writes {}", wording::list(&ids)));
    }
    Err(format!("no kind is called `{word}`: {}", wording::instead(word, &ids)))
}

/// Makes sure that no report is written over a file that is `read`.
///
/// # Errors
///
/// Names the first that would be.
pub fn spare<'a>(
    files: &'a [ReportFile],
    read: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    output::spare(read, files.iter().map(|it| it.path.as_path()))
}

/// Writes the report `files`, then prints the report in `format`; `text` makes it, or says that the
/// command has none of this kind.
///
/// # Errors
///
/// When a report cannot be written.
pub fn write(
    format: Format,
    files: &[ReportFile],
    text: impl Fn(Format) -> Option<String>,
) -> Result<(), Failure> {
    let text = |format: Format| {
        text(format).ok_or_else(|| Failure::UnknownWord {
            word: format.id().to_owned(),
            kind: "report of this command",
            hint: "`--help` lists them".to_owned(),
        })
    };
    for it in files {
        output::write(&it.path, &text(it.format)?)?;
    }
    output::print(&text(format)?)
}

/// The same for a command that writes `plain` and `json` only.
///
/// # Errors
///
/// When a report cannot be written.
pub fn write_both(
    format: Format,
    files: &[ReportFile],
    plain: impl Fn() -> String,
    json: impl Fn() -> String,
) -> Result<(), Failure> {
    write(format, files, |it| match it {
        Format::Plain => Some(plain()),
        Format::Json => Some(json()),
        Format::Junit
        | Format::Github
        | Format::Markdown
        | Format::Sarif
        | Format::Dot
        | Format::Svg
        | Format::Html => None,
    })
}
