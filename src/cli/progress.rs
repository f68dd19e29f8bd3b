//! How far a long question has come, on a terminal.

use super::output;
use crate::search::verify::Watch;
use std::io;
use std::io::IsTerminal;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

/// How often the line is renewed; nothing is shown before the first time.
const EVERY: Duration = Duration::from_millis(500);

/// Answers a question by `work`. Where standard error is a terminal that can renew a line, it shows how
/// far `watch` has come, and nothing is left of that at the end.
pub fn shown<T>(watch: &Watch, work: impl FnOnce() -> T) -> T {
    let dumb = std::env::var_os("TERM").is_none_or(|it| it == "dumb");
    if dumb || !io::stderr().is_terminal() {
        return work();
    }
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let shower = scope.spawn(|| {
            let mut any = false;
            thread::park_timeout(EVERY);
            while !done.load(Ordering::Acquire) {
                let (pass, percent) = watch.so_far();
                output::complain(&format!("\rpass {pass}, {percent:3} % of the hosts "));
                any = true;
                thread::park_timeout(EVERY);
            }
            if any {
                output::complain(&format!("\r{:32}\r", ""));
            }
        });
        let answer = work();
        done.store(true, Ordering::Release);
        shower.thread().unpark();
        answer
    })
}
