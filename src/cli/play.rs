//! `imc4087 play`: training at the prompt.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use super::keeper;
use super::keeper::Keeper;
use super::line::Typing;
use super::load;
use super::output;
use crate::report::block;
use crate::report::block::Block;
use crate::report::block::Layout;
use crate::report::columns;
use crate::report::debrief;
use crate::train::command::Outside;
use crate::train::grade::Grade;
use crate::train::journal;
use crate::train::journal::Journal;
use crate::train::lesson::Lesson;
use crate::train::lesson::Origin;
use crate::train::progress;
use crate::train::progress::Progress;
use crate::train::progress::Run;
use crate::train::seed::Level;
use crate::train::session::Session;
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
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = seed, allow_negative_numbers = true)]
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
    if let Some(path) = args.progress.as_ref().filter(|it| it.exists())
        && progress_file(path)?.is_none()
    {
        return Ok(Exit::Invalid);
    }
    check_files(args)?;
    let mut session = Session::new(lesson);
    let mut keeper = match (again, &args.journal) {
        (Some(_), _) if stops => Keeper::none(),
        (Some(path), _) => Keeper::resumed(path),
        (None, Some(path)) => Keeper::asked(path, &session)?,
        (None, None) if io::stdin().is_terminal() && io::stdout().is_terminal() => {
            Keeper::unasked(&session)
        }
        (None, None) => Keeper::none(),
    };
    greet(&session, &mut keeper)?;
    if again.is_some() && matches!(session.lesson().origin, Origin::Scenario { .. }) {
        output::print("(The host is the one in the journal; the scenario file is not read.)\n\n")?;
    }
    let typing = Typing::new(args.plain);
    let layout = if typing.is_linear(args.plain) { Layout::Lines } else { Layout::Columns };
    let finished_before = is_finished(&session, &played);
    let mut lines = Lines { played, stops, typing, keeper };
    play(&mut session, &mut lines)?;
    let end = End { session: &session, grade: Grade::of(&session), layout, finished_before };
    end.tell(args, &lines.keeper)?;
    Ok(if end.grade.is_empty() || end.grade.is_idle() {
        Exit::Nothing
    } else if end.grade.passes() {
        Exit::Holds
    } else {
        Exit::Broken
    })
}

fn greet(session: &Session, keeper: &mut Keeper) -> Result<(), Failure> {
    output::print(&columns::fitted(&debrief::greeting(session.lesson()), block::WIDTH))?;
    let checked = keeper.check();
    let Some(path) = keeper.path() else { return Ok(()) };
    // A line with a path in it is not wrapped, so that the path can be copied.
    output::print(&match checked {
        Ok(()) => format!("(The journal of this run is kept in {}.)\n\n", shown(path)),
        Err(why) => format!(
            "(No journal can be kept: {}. `save FILE` keeps the run elsewhere.)\n\n",
            why.words().0
        ),
    })
}

/// Whether `played` brings a run to its end.
fn is_finished(session: &Session, played: &[String]) -> bool {
    let journal = Journal { lesson: session.lesson().clone(), lines: played.to_vec() };
    journal.replay().claim().is_some()
}

/// What a run came to, and how it is told.
struct End<'a> {
    session: &'a Session,
    grade: Grade,
    layout: Layout,
    finished_before: bool,
}

impl End<'_> {
    /// Prints and writes all that can be, and only then says what could not.
    fn tell(&self, args: &Args, keeper: &Keeper) -> Result<(), Failure> {
        let blocks = debrief::blocks(self.session, &self.grade);
        let left = keeper.path().filter(|_| self.session.claim().is_none());
        output::print(&match left {
            Some(path) => left_before_its_end(self.session, keeper, path),
            None => block::plain(&blocks, self.layout),
        })?;
        let mut trouble = Vec::new();
        for path in &args.debrief {
            if left.is_some() {
                let says = "the run is not finished, and the debrief would give the fault away";
                output::print(&format!("({} is not written: {says}.)\n", shown(path)))?;
            } else {
                let text = in_format_of(path, &blocks, self.layout);
                trouble.extend(output::write(path, &text).err());
            }
        }
        if let Some(path) = &args.progress {
            let added = add(path, self.session, &self.grade, self.finished_before);
            trouble.extend(added.err());
        }
        let last = trouble.pop();
        for why in &trouble {
            output::failure(why);
        }
        last.map_or(Ok(()), Err)
    }
}

/// Makes sure, before the first prompt, that what is to be written can be, and is nothing that is read.
fn check_files(args: &Args) -> Result<(), Failure> {
    let read = [&args.scenario, &args.replay, &args.resume].into_iter().flatten();
    let written: Vec<&Path> = args.debrief.iter().map(PathBuf::as_path).collect();
    let kept: Vec<&Path> =
        args.journal.iter().chain(&args.progress).map(PathBuf::as_path).collect();
    let all: Vec<&Path> = written.iter().chain(&kept).copied().collect();
    output::spare(read.map(PathBuf::as_path), all.iter().copied())?;
    output::spare(kept.iter().copied(), written.iter().copied())?;
    written.into_iter().chain(args.progress.as_deref()).try_for_each(keeper::can_write)
}

/// What is said of a run that was left and can be taken up again: a debrief would give the fault away.
fn left_before_its_end(session: &Session, keeper: &Keeper, journal: &Path) -> String {
    let name = shown(journal);
    if session.lines().is_empty() {
        return "(Nothing was typed, and no journal is kept.)\n".to_owned();
    }
    if !keeper.is_whole() {
        let text = journal::print(session);
        return format!(
            "(The run was left before its end, and its journal could not be written. This is it; kept in a \
             file,\n `imc4087 play --resume FILE` goes on.)\n\n{text}"
        );
    }
    format!(
        "(The run was left before its end, and nothing is lost. `imc4087 play --resume {name}` goes on;\n \
         `imc4087 play --replay {name}` shows the debrief and gives the fault away.)\n"
    )
}

/// The debrief as the ending of `path` asks for.
fn in_format_of(path: &Path, blocks: &[Block], layout: Layout) -> String {
    let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("html" | "htm") => block::html(blocks),
        Some("md") => block::markdown(blocks),
        Some(_) | None => block::plain(blocks, layout),
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

/// Adds the run, where it was brought to its end, to what the file holds by now.
fn add(
    path: &Path,
    session: &Session,
    grade: &Grade,
    finished_before: bool,
) -> Result<(), Failure> {
    if grade.claim().is_none() {
        return output::print("\n(The run was not finished, and is not added to the progress.)\n");
    }
    // Another run may have been added meanwhile.
    let mut progress = Progress::default();
    if path.exists() {
        match progress_file(path)? {
            Some(it) => progress = it,
            None => return output::print("\n(The run is not added to the progress.)\n"),
        }
    }
    let run = Run::of(session, grade);
    if finished_before && progress.runs.contains(&run) {
        let text = format!("\n(The run is in {} already, and counts once.)\n", shown(path));
        return output::print(&text);
    }
    progress.runs.push(run);
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
        let kept = typed.filter(|_| !old).and_then(|it| lines.keeper.add(session, it));
        output::print(&columns::fitted(&reply.text, block::WIDTH))?;
        output::print(&kept.unwrap_or_default())?;
        match reply.outside {
            None => {}
            Some(Outside::Journal) => output::print(&journal::print(session))?,
            Some(Outside::Save(name)) => output::print(&keeper::save(session, &name))?,
            Some(Outside::Quit) => break,
        }
        output::print("\n")?;
    }
    Ok(())
}
