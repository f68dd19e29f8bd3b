//! A session: typed lines in, answers out. The same lines give the same answers.

use super::advice::Situation;
use super::advice::advice;
use super::answer;
use super::command;
use super::command::Command;
use super::hint;
use super::hint::Rung;
use super::lesson::Lesson;
use super::net;
use super::record::Fork;
use super::record::Look;
use super::record::Reply;
use super::screen::Logged;
use super::screen::Screen;
use super::screen::Window;
use crate::files::language;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::action::Claim;
use crate::model::event::Events;
use crate::model::host::Host;
use crate::model::observe::Observation;
use crate::model::start;
use crate::model::trace::ACTIONS_MAX;
use crate::model::trace::Turn;
use crate::text::wording;

/// The longest line that is read, in characters.
pub const LINE_MAX: usize = 200;

/// The most lines of a session.
pub const LINES_MAX: usize = 4_000;

/// Where a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Working,
    /// Windows asks whether to restart.
    Restart,
    /// A hint asks whether to do this.
    Together(Action),
    /// The first question of the debrief.
    WhatWasBroken,
    /// The second.
    WhatToldYou,
    Over,
}

/// A run at the prompt.
#[derive(Clone, Debug)]
pub struct Session {
    lesson: Lesson,
    phase: Phase,
    lines: Vec<String>,
    turns: Vec<Turn>,
    log: Vec<Logged>,
    looks: Vec<Look>,
    forks: Vec<Fork>,
    notes: Vec<(usize, String)>,
    hints: Vec<(usize, Rung)>,
    hinted: Option<((usize, Situation), Rung)>,
    broken: String,
    told: String,
}

impl Session {
    /// A session before anything was typed.
    pub fn new(lesson: Lesson) -> Self {
        Self {
            lesson,
            phase: Phase::Working,
            lines: Vec::new(),
            turns: Vec::new(),
            log: Vec::new(),
            looks: Vec::new(),
            forks: Vec::new(),
            notes: Vec::new(),
            hints: Vec::new(),
            hinted: None,
            broken: String::new(),
            told: String::new(),
        }
    }

    /// The lesson.
    pub const fn lesson(&self) -> &Lesson {
        &self.lesson
    }

    /// The lines typed so far, as they were understood: on one line each, cut at [`LINE_MAX`].
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// The actions taken and not taken back.
    pub fn actions(&self) -> Vec<Action> {
        self.turns.iter().map(|it| it.action).collect()
    }

    /// The event logs, oldest first.
    pub fn log(&self) -> &[Logged] {
        &self.log
    }

    /// What was looked at.
    pub fn looks(&self) -> &[Look] {
        &self.looks
    }

    /// What was taken back.
    pub fn forks(&self) -> &[Fork] {
        &self.forks
    }

    /// The hints that were asked for, and after how many actions.
    pub fn hints(&self) -> &[(usize, Rung)] {
        &self.hints
    }

    /// What was written down, and after how many actions.
    pub fn notes(&self) -> &[(usize, String)] {
        &self.notes
    }

    /// The answers to the two questions of the debrief; empty where there are none.
    pub fn said(&self) -> (&str, &str) {
        (&self.broken, &self.told)
    }

    /// Whether nothing more is read.
    pub fn is_over(&self) -> bool {
        self.phase == Phase::Over
    }

    /// What stands before the next line.
    pub const fn prompt(&self) -> &'static str {
        match self.phase {
            Phase::Working => r"C:\>",
            Phase::Restart | Phase::Together(_) => "yes or no? ",
            Phase::WhatWasBroken | Phase::WhatToldYou | Phase::Over => "> ",
        }
    }

    /// The turns taken and not taken back.
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    /// The host as it is now, hidden facts included: for hints.
    pub fn host(&self) -> &Host {
        self.turns.last().map_or(&self.lesson.first, Turn::after)
    }

    /// What can be seen now.
    pub fn screen(&self) -> Screen<'_> {
        let host = self.host();
        let last = self.turns.last();
        let events = last.map_or(Events::NONE, Turn::events);
        Screen {
            seen: Observation::of(host, last.map(Turn::outcome), events),
            loaded: host.running,
            carriers: start::share_carriers(self.lesson.rules),
            names: &self.lesson.names,
            log: &self.log,
        }
    }

    /// Takes a line and answers it.
    pub fn answer(&mut self, line: &str) -> Reply {
        let line = wording::clipped(line.trim(), LINE_MAX);
        let command = command::parse(&line, &self.lesson.names);
        if let Command::Outside(outside) = command {
            return Reply { text: String::new(), outside: Some(outside) };
        }
        let text = match self.phase {
            Phase::Over => String::new(),
            Phase::WhatWasBroken => {
                self.broken.clone_from(&line);
                self.phase = Phase::WhatToldYou;
                answer::WHAT_TOLD_YOU.to_owned()
            }
            Phase::WhatToldYou => {
                self.told.clone_from(&line);
                self.phase = Phase::Over;
                String::new()
            }
            Phase::Working | Phase::Restart | Phase::Together(_) => self.obey(command),
        };
        self.lines.push(line);
        if self.lines.len() >= LINES_MAX && self.phase != Phase::Over {
            self.phase = Phase::Over;
            let last = "(That was the last line that a run may have; it ends here.)\n";
            return Reply { text: text + last, outside: None };
        }
        Reply { text, outside: None }
    }

    fn obey(&mut self, command: Command) -> String {
        let before = std::mem::replace(&mut self.phase, Phase::Working);
        let turns = self.turns.len();
        let asks = !matches!(command, Command::Yes | Command::No | Command::Undo(_));
        let text = self.reply(command, before);
        // What was asked is still asked after whatever is no action.
        if asks && self.phase == Phase::Working && self.turns.len() == turns {
            self.phase = before;
            return text + &self.question();
        }
        text
    }

    /// The question that stands open, if any; it is asked again after whatever is no action.
    fn question(&self) -> String {
        match self.phase {
            Phase::Restart => answer::RESTART_STILL.to_owned(),
            Phase::Together(action) => format!("({})\n", hint::together(self, action)),
            Phase::Working | Phase::WhatWasBroken | Phase::WhatToldYou | Phase::Over => {
                String::new()
            }
        }
    }

    fn reply(&mut self, command: Command, before: Phase) -> String {
        match command {
            Command::Yes | Command::No => self.decide(before, command == Command::Yes),
            Command::Hint => self.hint(),
            Command::Act(action) => self.act(action),
            Command::NetStart(name) => self.net_start(&name),
            Command::NetStarted => {
                self.look(Window::Services);
                net::started(&self.screen())
            }
            Command::NetStop(name) => answer::net_stop(&self.screen(), &name),
            Command::NetShare { name, path } => self.net_share(&name, &path),
            Command::NetShared(name) => {
                self.look(Window::Shares);
                net::shared(&self.screen(), &name)
            }
            Command::HelpMessage(number) => net::helpmsg(number),
            Command::Ver => format!("\nWindows NT Version {}\n", self.host().os.id()),
            Command::Look(window) => {
                self.look(window);
                self.screen().show(window)
            }
            Command::Event(number) => match self.screen().event(number) {
                Some(text) => {
                    self.look(Window::EventViewer);
                    text
                }
                None => format!("(There is no event {number}. `eventviewer` lists them.)\n"),
            },
            Command::Note(text) => {
                self.notes.push((self.turns.len(), text));
                "(Noted.)\n".to_owned()
            }
            Command::Notes => self.list_notes(),
            Command::Undo(count) => self.undo(count),
            Command::Help => answer::help(),
            Command::Unclear(text) => text + "\n",
            Command::Nothing | Command::Outside(_) => String::new(),
        }
    }

    /// Answers a question that was asked.
    fn decide(&mut self, asked: Phase, yes: bool) -> String {
        match asked {
            Phase::Restart if yes => self.act(Action::Restart),
            Phase::Restart => {
                "(The restart is still due. `restart` does it when you want it.)\n".to_owned()
            }
            Phase::Together(action) if yes => self.act(action),
            Phase::Together(_) => "(Then it is yours.)\n".to_owned(),
            Phase::Working | Phase::WhatWasBroken | Phase::WhatToldYou | Phase::Over => {
                "(Nothing was asked.)\n".to_owned()
            }
        }
    }

    /// The next rung of the hint for where the run stands; the first where it stands elsewhere now.
    fn hint(&mut self) -> String {
        let advice = advice(self);
        let at = (self.turns.len(), advice.situation);
        let rung = match self.hinted {
            Some((before, rung)) if before == at => rung.next(),
            Some(_) | None => Rung::Where,
        };
        self.hinted = Some((at, rung));
        self.hints.push((self.turns.len(), rung));
        if rung == Rung::Together {
            self.phase = Phase::Together(advice.act);
        }
        hint::text(self, rung)
    }

    fn look(&mut self, window: Window) {
        self.looks.push(Look { after: self.turns.len(), window });
    }

    /// Does `action`; the answer is that of the window in which it is done.
    fn act(&mut self, action: Action) -> String {
        let turn = match self.take(action) {
            Ok(turn) => turn,
            Err(text) => return text,
        };
        let text = answer::act(&turn, &self.lesson.names);
        if turn.result.is_err() {
            return text;
        }
        match action {
            Action::Remove(_) | Action::Install(_) | Action::ApplyServicePack(_) => {
                self.phase = Phase::Restart;
                text + answer::RESTART
            }
            Action::Finish(_) => {
                self.phase = Phase::WhatWasBroken;
                answer::WHAT_WAS_BROKEN.to_owned()
            }
            Action::Restart
            | Action::Upgrade
            | Action::StartImc
            | Action::CreateIms
            | Action::Share(_) => text,
        }
    }

    /// Takes a turn and keeps it; an explanation where the run has no room for it.
    fn take(&mut self, action: Action) -> Result<Turn, String> {
        let left = (ACTIONS_MAX as usize).saturating_sub(self.turns.len() + 1);
        if left == 0 && action.kind() != ActionKind::Finish {
            return Err("(The run has as many actions as it may have: type finish.)\n".to_owned());
        }
        let turn = Turn::take(self.lesson.rules, self.host(), action);
        self.turns.push(turn);
        let number = self.turns.len();
        self.log.extend(turn.events().iter().map(|event| Logged { action: number, event }));
        Ok(turn)
    }

    fn net_start(&mut self, name: &str) -> String {
        if !answer::is_imc(name, self.host().exchange) {
            return answer::net_start_other(&self.screen(), name);
        }
        match self.take(Action::StartImc) {
            Ok(turn) => answer::net_start(&turn),
            Err(text) => text,
        }
    }

    fn net_share(&mut self, name: &str, path: &str) -> String {
        match answer::share_meant(&self.screen(), name, path) {
            Ok(position) => self.act(Action::Share(position)),
            Err(text) => text,
        }
    }

    fn undo(&mut self, count: usize) -> String {
        if self.turns.is_empty() {
            return "(There is nothing to take back.)\n".to_owned();
        }
        let kept = self.turns.len().saturating_sub(count);
        let turns = self.turns.split_off(kept);
        let words: Vec<String> =
            turns.iter().map(|it| language::print(it.action, &self.lesson.names)).collect();
        self.log.retain(|it| it.action <= kept);
        // What was seen of actions that were taken back was not seen; what was written down stays.
        self.looks.retain(|it| it.after <= kept);
        self.notes.iter_mut().for_each(|it| it.0 = it.0.min(kept));
        self.hints.iter_mut().for_each(|it| it.0 = it.0.min(kept));
        self.forks.push(Fork { kept, turns });
        format!(
            "(Taken back: {}. The host is as it was after action {kept}; the run is marked.)\n",
            wording::list(&words)
        )
    }

    fn list_notes(&self) -> String {
        if self.notes.is_empty() {
            return "(No notes yet: note TEXT writes one.)\n".to_owned();
        }
        let line = |(after, text): &(usize, String)| format!("   after action {after}: {text}\n");
        self.notes.iter().map(line).collect()
    }

    /// What the run claims at its end; none where it was left before.
    pub fn claim(&self) -> Option<Claim> {
        self.turns.last()?.action.claims()
    }
}
