//! Prints, and writes report files. Styles are kept on terminals only, and `NO_COLOR` is honoured.

use super::exit::Exit;
use super::failure::Failure;
use super::failure::shown;
use crate::report::style;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;

/// Prints `text` on standard output. A reader that went away is no failure.
///
/// # Errors
///
/// When standard output cannot be written for another reason.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::Output(error)),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Prints no styles from now on, on whatever terminal.
pub fn without_styles() {
    anstream::ColorChoice::Never.write_global();
}

/// Writes `text` to `path`, whole or not at all: first beside it, then in its place. Links are
/// followed; a pipe or a device is written to as it is.
///
/// # Errors
///
/// When the file cannot be written; then whatever was there is there still.
pub fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let fail = |error| Failure::Unwritable { path: path.to_owned(), error };
    if path.is_dir() {
        return Err(fail(io::Error::from(io::ErrorKind::IsADirectory)));
    }
    let plain = anstream::adapter::strip_str(text).to_string();
    if path.exists() && !path.is_file() {
        return fs::write(path, plain).map_err(fail);
    }
    let file = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut beside = file.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = Path::new(&beside);
    fs::write(beside, plain).and_then(|()| fs::rename(beside, &file)).map_err(|error| {
        // What is left of the attempt helps nobody; that it cannot be removed is no news.
        fs::remove_file(beside).ok();
        fail(error)
    })
}

/// Makes sure that no file that is to be `written` is one that was `read`, whatever its name, or another that
/// is to be written.
///
/// # Errors
///
/// Names the first that is.
pub fn spare<'a>(
    read: impl IntoIterator<Item = &'a Path>,
    written: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    let same = |it: &Path| fs::canonicalize(it).ok();
    let read: Vec<_> = read.into_iter().filter_map(same).collect();
    let written: Vec<&Path> = written.into_iter().collect();
    let spoilt = written.iter().find(|it| same(it).is_some_and(|it| read.contains(&it)));
    if let Some(path) = spoilt {
        return Err(Failure::Unaskable {
            what: format!("{} is read here, and would be written over", shown(path)),
            hint: "write to another file".to_owned(),
        });
    }
    for (index, path) in written.iter().enumerate() {
        let twin = |it: &&Path| it == path || same(it).is_some_and(|it| Some(it) == same(path));
        let may_clash = path.is_file() || !path.exists();
        if may_clash && written.iter().take(index).any(twin) {
            return Err(Failure::Unaskable {
                what: format!("{} would be written twice", shown(path)),
                hint: "write to different files".to_owned(),
            });
        }
    }
    Ok(())
}

/// Prints what stopped a command, and returns its exit code.
pub fn failure(failure: &Failure) -> Exit {
    let (what, hint) = failure.words();
    let mut text = format!("{}: {what}\n", style::in_style(style::BAD, "error"));
    if let Some(hint) = hint {
        text.push_str(&format!("  = help: {hint}\n"));
    }
    complain(&text);
    failure.exit()
}

/// Prints `text` on standard error.
pub fn complain(text: &str) {
    let mut out = anstream::stderr().lock();
    // Nobody is left to tell when standard error itself cannot be written.
    out.write_all(text.as_bytes()).ok();
}

/// Prints help, or what is wrong with the command line, and returns the exit code.
pub fn usage(error: &clap::Error) -> Exit {
    let asked_for = !error.use_stderr();
    // As above: the help itself cannot be written.
    error.print().ok();
    if asked_for { Exit::Holds } else { Exit::Usage }
}
