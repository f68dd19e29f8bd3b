//! `imc4087 play`: training at the prompt.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use super::line::Typing;
use super::load;
use super::output;
use crate::report::block;
use crate::report::block::Block;
use crate::report::debrief;
use crate::train::command::Outside;
use crate::train::grade::Grade;
use crate::train::journal;
use crate::train::journal::Journal;
use crate::train::lesson::Lesson;
use crate::train::progress;
use crate::train::progress::Progress;
use crate::train::progress::Run;
use crate::train::saved;
use crate::train::seed::Level;
use crate::train::session::Session;
use std::fs;
use std::io;
use std::io::IsTerminal;
use std::path::Path;
use std::path::PathBuf;

/// Repair a host whose fault is hidden, at the prompt, and be told afterwards what it came to
///
/// The host comes from a seed and a level, or is the first host of a scenario; the same seed and level
/// give everybody the same host. `help` at the prompt lists what can be typed. The verdict is taken from
/// the actions of the run on a fresh host. Ends with exit code 0 when the run passes, with 1 when it does
/// not, and with 4 when nothing was done.
///
/// Levels: 1 the article's own case; 2 one component of several; 3 under a service pack, and with the
/// wizard; 4 shares at stake; 5 what the article does not reach, or nothing wrong at all.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A scenario file; its first host and its rules are played
    #[arg(value_name = "SCENARIO", conflicts_with_all = ["seed", "level", "replay"])]
    scenario: Option<PathBuf>,

    /// Which host of the level
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed)]
    seed: u32,

    /// How hard it is, from 1 to 5
    #[arg(long, value_name = "L", default_value = "1", value_parser = level)]
    level: Level,

    /// Keep the journal in this file, line by line; at a terminal one is kept anyway
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,

    /// Play a journal again and grade it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["seed", "level", "journal"])]
    replay: Option<PathBuf>,

    /// Play a journal again and go on where it ends; what is typed is added to it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["scenario", "seed", "level", "journal", "replay"])]
    resume: Option<PathBuf>,

    /// Read plain lines: no history, no completion, nothing that moves the cursor. So it is anyway
    /// where TERM is `dumb`, and in a pipe
    #[arg(long)]
    plain: bool,

    /// Also write the debrief to a file: HTML where the name ends in .html, Markdown in .md, otherwise
    /// text; can be given several times
    #[arg(long, value_name = "FILE")]
    debrief: Vec<PathBuf>,

    /// Add the run to this file, and say what all runs in it come to
    #[arg(long, value_name = "FILE", conflicts_with = "replay")]
    progress: Option<PathBuf>,
}

fn seed(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("write a whole number from 0 to {}", u32::MAX))
}

fn level(text: &str) -> Result<Level, String> {
    let level = text.parse().ok().and_then(Level::numbered);
    level.ok_or_else(|| "write a whole number from 1 to 5".to_owned())
}

/// Plays, or plays again.
///
/// # Errors
///
/// When a file cannot be read or written, or standard output cannot be.
pub fn run(args: &Args) -> Result<Exit, Failure> {
    if args.plain {
        output::without_styles();
    }
    let (again, stops) = match (&args.replay, &args.resume) {
        (Some(path), _) => (Some(path), true),
        (None, Some(path)) => (Some(path), false),
        (None, None) => (None, false),
    };
    let begun = match again {
        Some(path) => journal_file(path)?,
        None => first_host(args)?.map(|lesson| Journal { lesson, lines: Vec::new() }),
    };
    let Some(Journal { lesson, lines: played }) = begun else { return Ok(Exit::Invalid) };
    let progress = match &args.progress {
        Some(path) if path.exists() => match progress_file(path)? {
            Some(progress) => progress,
            None => return Ok(Exit::Invalid),
        },
        Some(_) | None => Progress::default(),
    };
    let mut session = Session::new(lesson);
    let at_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let keeper = match (again, &args.journal) {
        (Some(_), _) if stops => Keeper { path: None },
        (Some(path), _) | (None, Some(path)) => Keeper { path: Some(path.clone()) },
        (None, None) => Keeper { path: at_terminal.then(|| free_name(&session)) },
    };
    if again.is_none() {
        keeper.begin(&session)?;
    }
    output::print(&debrief::greeting(session.lesson()))?;
    if let Some(path) = &keeper.path {
        output::print(&format!("(The journal of this run is kept in {}.)\n\n", shown(path)))?;
    }
    let typing = Typing::new(args.plain);
    let mut lines = Lines { played, stops, typing, keeper };
    play(&mut session, &mut lines)?;
    let grade = Grade::of(&session);
    let blocks = debrief::blocks(&session, &grade);
    match &lines.keeper.path {
        Some(path) if session.claim().is_none() => output::print(&left(path))?,
        Some(_) | None => output::print(&block::plain(&blocks))?,
    }
    for path in &args.debrief {
        output::write(path, &in_format_of(path, &blocks))?;
    }
    if let Some(path) = &args.progress {
        add(path, progress, &session, &grade)?;
    }
    Ok(if grade.is_empty() {
        Exit::Nothing
    } else if grade.passes() {
        Exit::Holds
    } else {
        Exit::Broken
    })
}

/// What is said of a run that was left and can be taken up again: a debrief would give the fault away.
fn left(journal: &Path) -> String {
    let name = shown(journal);
    format!(
        "(The run was left before its end, and nothing is lost. `imc4087 play --resume {name}` goes on;\n \
         `imc4087 play --replay {name}` shows the debrief and gives the fault away.)\n"
    )
}

/// The debrief as the ending of `path` asks for.
fn in_format_of(path: &Path, blocks: &[Block]) -> String {
    let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") => block::html(blocks),
        Some("md") => block::markdown(blocks),
        Some(_) | None => block::plain(blocks),
    }
}

fn progress_file(path: &Path) -> Result<Option<Progress>, Failure> {
    let source = load::text(path)?;
    let (progress, said) = progress::read(&source);
    if !said.is_empty() {
        output::complain(&said.draw(&shown(path), &source));
    }
    Ok(progress)
}

/// Adds the run, where something was done and it was brought to its end.
fn add(
    path: &Path,
    mut progress: Progress,
    session: &Session,
    grade: &Grade,
) -> Result<(), Failure> {
    if grade.is_empty() || grade.claim().is_none() {
        return output::print("\n(The run was not finished, and is not added to the progress.)\n");
    }
    progress.runs.push(Run::of(session, grade));
    output::write(path, &progress.print())?;
    output::print(&format!("\nProgress in {}: {}\n", shown(path), progress.summary()))
}

fn first_host(args: &Args) -> Result<Option<Lesson>, Failure> {
    match &args.scenario {
        None => Ok(Some(Lesson::drawn(args.seed, args.level))),
        Some(path) => scenario(path),
    }
}

fn scenario(path: &Path) -> Result<Option<Lesson>, Failure> {
    let source = load::text(path)?;
    let (lesson, said) = Lesson::of_scenario(&shown(path), &source);
    if !said.is_empty() {
        output::complain(&said.draw(&shown(path), &source));
    }
    Ok(lesson)
}

fn journal_file(path: &Path) -> Result<Option<Journal>, Failure> {
    let source = load::text(path)?;
    let (journal, said) = journal::read(&source);
    if !said.is_empty() {
        output::complain(&said.draw(&shown(path), &source));
    }
    Ok(journal)
}

/// Where the lines come from, and where they are kept.
struct Lines {
    /// The lines of a journal that is played again, before all others.
    played: Vec<String>,
    /// Whether nothing follows them.
    stops: bool,
    typing: Typing,
    keeper: Keeper,
}

/// The loop: a prompt, a line, an answer, until the run is over or there are no more lines.
fn play(session: &mut Session, lines: &mut Lines) -> Result<(), Failure> {
    let mut played = lines.played.iter();
    while !session.is_over() {
        let (line, show) = match played.next() {
            Some(line) => {
                output::print(session.prompt())?;
                (Some(line.clone()), true)
            }
            None if lines.stops => {
                output::print(session.prompt())?;
                (None, true)
            }
            None => (lines.typing.next(session)?, !lines.typing.shows()),
        };
        let old = session.lines().len() < lines.played.len();
        let Some(line) = line else {
            output::print("\n")?;
            break;
        };
        let count = session.lines().len();
        let reply = session.answer(&line);
        let typed = session.lines().get(count);
        if show {
            output::print(&format!("{}\n", typed.map_or(line.trim(), String::as_str)))?;
        }
        if let Some(typed) = typed.filter(|_| !old) {
            lines.keeper.add(typed)?;
        }
        output::print(&reply.text)?;
        match reply.outside {
            None => {}
            Some(Outside::Journal) => output::print(&journal::print(session))?,
            Some(Outside::Save(name)) => save(session, &name)?,
            Some(Outside::Quit) => break,
        }
        output::print("\n")?;
    }
    Ok(())
}

/// Writes the journal, or a scenario where the name says so, and says how it went: a wrong name must
/// not end the run.
fn save(session: &Session, name: &str) -> Result<(), Failure> {
    let path = Path::new(name);
    let text = if path.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml")) {
        saved::scenario(session.lesson(), &Grade::of(session))
    } else {
        Some(journal::print(session))
    };
    let written = match text {
        None => Err("nothing was done yet, and a scenario must expect something".to_owned()),
        Some(_) if path.exists() => Err("there is a file of this name".to_owned()),
        Some(text) => output::write(path, &text).map_err(|it| it.words().0),
    };
    output::print(&match written {
        Ok(()) => format!("(Saved in {}.)\n", shown(path)),
        Err(why) => format!("(Not saved: {why}.)\n"),
    })
}

/// A name for a journal that no file has yet.
fn free_name(session: &Session) -> PathBuf {
    let words: Vec<String> = session
        .lesson()
        .name()
        .split(|it: char| !it.is_alphanumeric())
        .filter(|it| !it.is_empty())
        .map(str::to_owned)
        .collect();
    let base = format!("imc4087-{}", words.join("-"));
    let name = |number: u32| {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        PathBuf::from(format!("{base}{ending}.journal"))
    };
    (1..10_000).map(name).find(|it| !it.exists()).unwrap_or_else(|| name(1))
}

/// The journal file, written line by line, so that whatever ends the run leaves it whole.
struct Keeper {
    path: Option<PathBuf>,
}

impl Keeper {
    fn begin(&self, session: &Session) -> Result<(), Failure> {
        let Some(path) = &self.path else { return Ok(()) };
        if path.exists() {
            return Err(Failure::Unwritable {
                path: path.clone(),
                error: io::Error::new(io::ErrorKind::AlreadyExists, "there is a file of this name"),
            });
        }
        output::write(path, &journal::head(session.lesson()))
    }

    fn add(&self, typed: &str) -> Result<(), Failure> {
        use io::Write;
        let Some(path) = &self.path else { return Ok(()) };
        let fail = |error| Failure::Unwritable { path: path.clone(), error };
        let mut file = fs::OpenOptions::new().append(true).open(path).map_err(fail)?;
        file.write_all(journal::line(typed).as_bytes()).map_err(fail)
    }
}
