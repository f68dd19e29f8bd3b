//! The prompt at a pseudo-terminal: history, completion, Ctrl-C and the end of input. Waits for what is
//! expected, with a bound, and never for a time.
#![cfg(unix)]

use rustix::process::Pid;
use rustix::process::Signal;
use rustix::process::kill_process;
use rustix::pty::OpenptFlags;
use rustix::pty::grantpt;
use rustix::pty::openpt;
use rustix::pty::ptsname;
use rustix::pty::unlockpt;
use rustix::termios::Winsize;
use rustix::termios::tcsetwinsize;
use std::fs;
use std::fs::File;
use std::io::Read;
use std::io::Write;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc::Receiver;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

/// The longest that anything is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// The program before a terminal, or what it prints into a pipe.
struct Sitting {
    child: Child,
    types: Box<dyn Write>,
    comes: Receiver<Vec<u8>>,
    /// What came and was not waited for yet.
    rest: String,
    folder: PathBuf,
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("imc4087-{}-{name}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn command(folder: &PathBuf, arguments: &[&str], term: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_imc4087"));
    command.args(arguments).current_dir(folder).env("TERM", term).env_remove("NO_COLOR");
    command
}

/// What is read from `from`, as it comes.
fn listen(mut from: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sends, comes) = channel();
    thread::spawn(move || {
        let mut bytes = [0; 4096];
        // A terminal that was closed cannot be read; that is its end.
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            if sends.send(bytes[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    comes
}

impl Sitting {
    /// Before a terminal of 80 columns.
    fn at_terminal(name: &str, arguments: &[&str], term: &str) -> Self {
        let folder = folder(name);
        let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&ours).unwrap();
        unlockpt(&ours).unwrap();
        let size = Winsize { ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&ours, size).unwrap();
        let path = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
        let theirs = File::options().read(true).write(true).open(path).unwrap();
        let child = command(&folder, arguments, term)
            .stdin(theirs.try_clone().unwrap())
            .stdout(theirs.try_clone().unwrap())
            .stderr(theirs)
            .spawn()
            .unwrap();
        let ours = File::from(ours);
        let comes = listen(ours.try_clone().unwrap());
        Self { child, types: Box::new(ours), comes, rest: String::new(), folder }
    }

    /// Before a pipe.
    fn at_pipe(name: &str, arguments: &[&str]) -> Self {
        let folder = folder(name);
        let mut child = command(&folder, arguments, "xterm")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let comes = listen(child.stdout.take().unwrap());
        let types = Box::new(child.stdin.take().unwrap());
        Self { child, types, comes, rest: String::new(), folder }
    }

    fn types(&mut self, text: &str) {
        self.types.write_all(text.as_bytes()).unwrap();
        self.types.flush().unwrap();
    }

    /// Waits until `text` comes; what came before it and with it.
    #[track_caller]
    fn waits_for(&mut self, text: &str) -> String {
        loop {
            if let Some(at) = self.rest.find(text) {
                let rest = self.rest.split_off(at + text.len());
                return std::mem::replace(&mut self.rest, rest);
            }
            let Ok(bytes) = self.comes.recv_timeout(PATIENCE) else {
                panic!("`{text}` does not come after {:?}", self.rest)
            };
            self.rest.push_str(&String::from_utf8_lossy(&bytes));
        }
    }

    /// The exit code, and the one journal that was kept.
    fn ends(mut self) -> (Option<i32>, String) {
        let code = self.child.wait().unwrap().code();
        let journals: Vec<PathBuf> =
            fs::read_dir(&self.folder).unwrap().map(|it| it.unwrap().path()).collect();
        let text = journals.iter().map(|it| fs::read_to_string(it).unwrap()).collect();
        fs::remove_dir_all(&self.folder).unwrap();
        assert!(journals.len() <= 1, "{journals:?}");
        (code, text)
    }
}

#[test]
fn the_arrow_keys_bring_lines_back_and_tab_completes_them() {
    let mut prompt = Sitting::at_terminal("editor", &["play"], "xterm");
    prompt.waits_for(r"C:\>");
    prompt.types("winv\t\r");
    prompt.waits_for("Microsoft (R) Windows NT");
    prompt.waits_for(r"C:\>");
    prompt.types("remove mac\t\r");
    prompt.waits_for("Services for Macintosh was removed.");
    prompt.waits_for("yes or no? ");
    prompt.types("no\r");
    prompt.waits_for(r"C:\>");
    prompt.types("\u{1b}[A\u{1b}[A\u{1b}[A\r");
    prompt.waits_for("Microsoft (R) Windows NT");
    prompt.waits_for(r"C:\>");
    prompt.types("\u{4}");
    let said = prompt.waits_for("shows the debrief and gives the fault away.)");
    assert!(said.contains("nothing is lost"), "{said}");
    let (code, journal) = prompt.ends();
    assert_eq!(code, Some(1));
    assert!(journal.ends_with("> winver\n> remove macintosh\n> no\n> winver\n"), "{journal}");
}

#[test]
fn ctrl_c_at_the_editor_leaves_a_run_that_can_be_taken_up() {
    let mut prompt = Sitting::at_terminal("interrupt", &["play"], "xterm");
    prompt.waits_for(r"C:\>");
    prompt.types("start imc\r");
    prompt.waits_for("Error 2140");
    prompt.waits_for(r"C:\>");
    prompt.types("remove mac\u{3}");
    prompt.waits_for("nothing is lost. `imc4087 play --resume");
    let (code, journal) = prompt.ends();
    assert_eq!(code, Some(1));
    assert!(journal.ends_with("> start imc\n"), "{journal}");
}

#[test]
fn a_run_at_which_nothing_is_typed_leaves_no_journal() {
    let mut prompt = Sitting::at_terminal("nothing", &["play"], "xterm");
    prompt.waits_for(r"C:\>");
    prompt.types("\u{4}");
    prompt.waits_for("no journal is kept");
    assert_eq!(prompt.ends(), (Some(4), String::new()));
}

/// On a dumb terminal, and in a pipe, Ctrl-C is a signal; it ends the run as the end of input does.
#[test]
fn ctrl_c_without_an_editor_loses_nothing() {
    let dumb = Sitting::at_terminal("dumb", &["play"], "dumb");
    let plain = Sitting::at_terminal("plain", &["play", "--plain"], "xterm");
    let pipe = Sitting::at_pipe("pipe", &["play", "--journal", "my.journal"]);
    for mut prompt in [dumb, plain, pipe] {
        prompt.waits_for(r"C:\>");
        prompt.types("start imc\n");
        prompt.waits_for("Error 2140");
        prompt.waits_for(r"C:\>");
        kill_process(Pid::from_child(&prompt.child), Signal::INT).unwrap();
        let said = prompt.waits_for("nothing is lost. `imc4087 play --resume");
        assert!(!said.contains('\u{1b}'), "{said:?}");
        let (code, journal) = prompt.ends();
        assert_eq!(code, Some(1));
        assert!(journal.ends_with("> start imc\n"), "{journal}");
    }
}
