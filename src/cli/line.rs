//! Where the lines of the prompt come from: an editor with history and completion at a terminal, plain lines elsewhere.

use super::failure::Failure;
use super::output;
use crate::files::read::BYTES_MAX;
use crate::train::command;
use crate::train::session::Session;
use rustyline::CompletionType;
use rustyline::Config;
use rustyline::Context;
use rustyline::Editor;
use rustyline::Helper;
use rustyline::completion::Completer;
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use std::io;
use std::io::BufRead;
use std::io::IsTerminal;
use std::io::Read;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::Sender;
use std::sync::mpsc::channel;
use std::thread;

/// Where lines come from.
pub(super) enum Typing {
    /// An editor: history with the arrow keys, completion with Tab.
    Editor(Box<Editor<Words, MemHistory>>),
    /// Standard input as it is. Lines that no terminal shows by itself are shown.
    Plain {
        /// Whether a terminal shows what is typed.
        shown: bool,
        /// The lines.
        lines: PlainLines,
    },
}

/// Lines of standard input, each read when it is asked for, so that Ctrl-C can end the wait for it.
pub(super) struct PlainLines {
    asks: Sender<()>,
    comes: Receiver<Came>,
}

/// What came.
enum Came {
    /// A line, or none at the end of the input.
    Line(io::Result<Option<String>>),
    /// Ctrl-C.
    Interrupt,
}

impl PlainLines {
    fn new() -> Self {
        let (asks, asked) = channel();
        let (sends, comes) = channel();
        let interrupts = sends.clone();
        // Where Ctrl-C cannot be caught, it ends the program as it always did.
        ctrlc::set_handler(move || drop(interrupts.send(Came::Interrupt))).ok();
        thread::spawn(move || {
            // Whoever asks no more, or listens no more, has left.
            while asked.recv().is_ok() && sends.send(Came::Line(plain_line())).is_ok() {}
        });
        Self { asks, comes }
    }

    fn next(&self) -> io::Result<Option<String>> {
        let came = self.asks.send(()).ok().and_then(|()| self.comes.recv().ok());
        match came {
            Some(Came::Line(line)) => line,
            Some(Came::Interrupt) | None => Ok(None),
        }
    }
}

impl Typing {
    /// An editor where both ends are a terminal that can move its cursor and nobody asked for plain
    /// lines.
    pub(super) fn new(plain: bool) -> Self {
        let shown = io::stdin().is_terminal();
        let moves = std::env::var_os("TERM").is_none_or(|it| it != "dumb" && !it.is_empty());
        if plain || !shown || !io::stdout().is_terminal() || !moves {
            return Self::Plain { shown, lines: PlainLines::new() };
        }
        let config = Config::builder().completion_type(CompletionType::List).build();
        match Editor::with_history(config, MemHistory::new()) {
            Ok(mut editor) => {
                editor.set_helper(Some(Words { lines: Vec::new() }));
                Self::Editor(Box::new(editor))
            }
            // A terminal that cannot be edited on can still be typed at.
            Err(_) => Self::Plain { shown, lines: PlainLines::new() },
        }
    }

    /// Shows the prompt and reads a line; none at the end of the input and after Ctrl-C.
    ///
    /// # Errors
    ///
    /// When standard input cannot be read, or the prompt cannot be shown.
    pub(super) fn next(&mut self, session: &Session) -> Result<Option<String>, Failure> {
        match self {
            Self::Editor(editor) => {
                if let Some(words) = editor.helper_mut() {
                    words.lines = command::lines(&session.screen());
                }
                match editor.readline(session.prompt()) {
                    Ok(line) => {
                        // That a line is not kept for the arrow keys is no reason to stop.
                        editor.add_history_entry(&line).ok();
                        Ok(Some(line))
                    }
                    Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(None),
                    Err(error) => Err(unreadable(error.to_string())),
                }
            }
            Self::Plain { lines, .. } => {
                output::print(session.prompt())?;
                lines.next().map_err(|it| unreadable(it.to_string()))
            }
        }
    }

    /// Whether what is typed stands on the terminal already.
    pub(super) const fn shows(&self) -> bool {
        match self {
            Self::Editor(_) => true,
            Self::Plain { shown, .. } => *shown,
        }
    }

    /// Whether whoever sits before it wants to read line by line: `plain` was asked for, or the
    /// terminal is a dumb one.
    pub(super) fn is_linear(&self, plain: bool) -> bool {
        plain || io::stdout().is_terminal() && matches!(self, Self::Plain { .. })
    }
}

fn unreadable(reason: String) -> Failure {
    Failure::Unreadable { path: PathBuf::from("standard input"), reason, hint: String::new() }
}

/// The next line of standard input, without its line end; none at the end of the input. What is no
/// UTF-8 is replaced, and a line that no session would read is cut.
fn plain_line() -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    let mut lines = io::stdin().lock().take(BYTES_MAX as u64);
    lines.read_until(b'\n', &mut bytes)?;
    Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}

/// What completion knows: whole lines.
pub(super) struct Words {
    lines: Vec<String>,
}

impl Helper for Words {}
impl Highlighter for Words {}
impl Validator for Words {}

impl Hinter for Words {
    type Hint = String;
}

impl Completer for Words {
    type Candidate = String;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<String>)> {
        let typed = line.get(..at).unwrap_or(line).to_lowercase();
        let fits = |it: &&String| it.to_lowercase().starts_with(&typed);
        Ok((0, self.lines.iter().filter(fits).cloned().collect()))
    }
}
