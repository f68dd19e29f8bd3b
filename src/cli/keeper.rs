//! The files of a run at the prompt: its journal, line by line, and what is saved on request.

use super::failure::Failure;
use super::failure::shown;
use super::output;
use crate::train::grade::Grade;
use crate::train::journal;
use crate::train::saved;
use crate::train::session::Session;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// The journal file, written line by line, so that whatever ends the run leaves it whole. Where it
/// cannot be written, the run goes on and is kept in memory.
pub(super) struct Keeper {
    path: Option<PathBuf>,
    /// Whether the file is there and holds every line so far.
    whole: bool,
    /// Whether it was said that it is not.
    told: bool,
}

impl Keeper {
    /// No journal.
    pub(super) const fn none() -> Self {
        Self { path: None, whole: true, told: false }
    }

    /// A journal that somebody asked for: it is begun at once.
    ///
    /// # Errors
    ///
    /// When there is a file of this name, or it cannot be written.
    pub(super) fn asked(path: &Path, session: &Session) -> Result<Self, Failure> {
        if path.exists() {
            return Err(Failure::Unwritable {
                path: path.to_owned(),
                error: io::Error::new(io::ErrorKind::AlreadyExists, "there is a file of this name"),
            });
        }
        output::write(path, &journal::head(session.lesson()))?;
        Ok(Self { path: Some(path.to_owned()), whole: true, told: false })
    }

    /// A journal that is gone on with; a last line without its end gets one.
    pub(super) fn resumed(path: &Path) -> Self {
        let mend = || {
            let text = fs::read(path)?;
            let mut file = fs::OpenOptions::new().append(true).open(path)?;
            if text.ends_with(b"\n") { Ok(()) } else { file.write_all(b"\n") }
        };
        let mended: io::Result<()> = mend();
        Self { path: Some(path.to_owned()), whole: mended.is_ok(), told: false }
    }

    /// A journal that nobody asked for: it is begun with the first line.
    pub(super) fn unasked(session: &Session) -> Self {
        Self { path: Some(free_name(session)), whole: false, told: false }
    }

    /// Where the journal is kept, or will be.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// Whether every line of the run is in the file.
    pub(super) const fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether the file can be gone on with; where it cannot, why. That is then told, and is told once.
    ///
    /// # Errors
    ///
    /// What the system said.
    pub(super) fn check(&mut self) -> Result<(), Failure> {
        let checked = match &self.path {
            Some(path) if path.exists() && !self.whole => {
                let opened = fs::OpenOptions::new().append(true).open(path);
                opened.map(drop).map_err(|error| Failure::Unwritable { path: path.clone(), error })
            }
            Some(path) if !self.whole => can_write(path),
            Some(_) | None => Ok(()),
        };
        self.told = checked.is_err();
        checked
    }

    /// Adds a line that `session` has taken. What there is to say about the file is returned.
    pub(super) fn add(&mut self, session: &Session, typed: &str) -> Option<String> {
        let path = self.path.clone()?;
        let append = || {
            let mut file = fs::OpenOptions::new().append(true).open(&path)?;
            file.write_all(journal::line(typed).as_bytes())
        };
        if self.whole && append().is_ok() {
            return None;
        }
        let begins = !self.whole && session.lines().len() == 1;
        // A file that somebody else made meanwhile is left alone.
        let path = if begins && path.exists() { free_name(session) } else { path };
        self.path = Some(path.clone());
        match output::write(&path, &journal::print(session)) {
            Ok(()) => {
                let told = std::mem::replace(&mut self.told, false);
                let again = self.whole || told;
                self.whole = true;
                again.then(|| {
                    format!("(The journal was gone; the whole run is in {} again.)\n", shown(&path))
                })
            }
            Err(why) => {
                self.whole = false;
                let told = std::mem::replace(&mut self.told, true);
                (!told).then(|| {
                    format!(
                        "(The journal is not kept: {}. The run goes on; `save FILE` keeps it elsewhere.)\n",
                        why.words().0
                    )
                })
            }
        }
    }
}

/// Whether a file can be written at `path`, found out beside it.
///
/// # Errors
///
/// What the system said.
pub(super) fn can_write(path: &Path) -> Result<(), Failure> {
    let fail = |error| Failure::Unwritable { path: path.to_owned(), error };
    if path.is_dir() {
        return Err(fail(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    if path.exists() && !path.is_file() {
        return Ok(());
    }
    let file = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut beside = file.into_os_string();
    beside.push(format!(".{}.part", std::process::id()));
    fs::write(&beside, "").and_then(|()| fs::remove_file(&beside)).map_err(fail)
}

/// Writes the journal, or a scenario where the name says so, and says how it went: a wrong name must
/// not end the run.
pub(super) fn save(session: &Session, name: &str) -> String {
    let path = Path::new(name);
    let as_scenario = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("toml"));
    let text = if as_scenario && session.claim().is_none() {
        Err("a scenario names what is damaged; finish the run first, or save a journal: \
             save my.journal"
            .to_owned())
    } else if as_scenario {
        let nothing = "nothing was done, and a scenario must expect something";
        saved::scenario(session.lesson(), &Grade::of(session)).ok_or_else(|| nothing.to_owned())
    } else {
        Ok(journal::print(session))
    };
    let written = match text {
        Err(why) => Err(why),
        Ok(_) if path.exists() => Err("there is a file of this name".to_owned()),
        Ok(text) => output::write(path, &text).map_err(|it| it.words().0),
    };
    match written {
        Ok(()) => format!("(Saved in {}.)\n", shown(path)),
        Err(why) => format!("(Not saved: {why}.)\n"),
    }
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
