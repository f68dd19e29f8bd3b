//! What the article says to an act of a repair, and where an act goes beyond it.

use crate::model::action::Action;
use crate::model::article::Statement;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::set::Components;
use crate::model::trace::Turn;
use crate::search::beyond::Beyond;

/// The two services of the article's first step.
pub const TWO: Components = Components::of(&[Component::Macintosh, Component::Snmp]);

/// What the article ever takes out.
pub const REACHED: Components = Components::PROTOCOLS.or(TWO);

/// What the article says to an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// It asks for it.
    Says(Statement),
    /// It asks for something else in its place: how the act goes beyond it.
    Beyond(Vec<Beyond>),
    /// It is silent.
    Silent,
}

/// What the article says to `action` after `turns` of a run that began with `first`.
pub fn word(first: &Host, turns: &[Turn], action: Action) -> Word {
    let here = Here::after(first, turns);
    match action {
        Action::Remove(component) => here.removal(component),
        Action::Install(component) => here.installation(component),
        Action::Restart => here.restart(),
        Action::ApplyServicePack(_) => Here::service_pack(here.from_cd),
        Action::StartImc | Action::CreateIms if here.first != here.installed => {
            Word::Beyond(vec![Beyond::TriesBetween])
        }
        Action::StartImc | Action::CreateIms => Word::Says(Statement::TryAfterEachStep),
        Action::Share(_) => Word::Says(Statement::ShareByHand),
        Action::Upgrade | Action::Finish(_) => Word::Silent,
    }
}

/// The turns of a run that began with `first`, each with what the article says to it.
pub fn words(first: &Host, turns: &[Turn]) -> Vec<Word> {
    let before = |index: usize| turns.get(..index).unwrap_or_default();
    turns.iter().enumerate().map(|(at, it)| word(first, before(at), it.action)).collect()
}

/// Where a run stands, as far as the article goes.
struct Here {
    first: Components,
    installed: Components,
    /// What the last boot loaded.
    loaded: Components,
    /// What was installed since the last boot.
    new: Components,
    /// What came from the CD since the service pack was last applied.
    from_cd: Components,
    /// What had come from the CD when it was last applied.
    packed: Components,
    /// What was done last since the last boot to what was there at first, or to the service pack.
    last: Option<Action>,
}

/// Whether a turn boots the host.
pub const fn boots(action: Action) -> bool {
    matches!(action, Action::Restart | Action::Upgrade)
}

impl Here {
    fn after(first: &Host, turns: &[Turn]) -> Self {
        let host = turns.last().map_or(first, Turn::after);
        let mut here = Self {
            first: first.installed,
            installed: host.installed,
            loaded: host.running,
            new: Components::EMPTY,
            from_cd: Components::EMPTY,
            packed: Components::EMPTY,
            last: None,
        };
        for turn in turns.iter().filter(|it| it.result.is_ok()) {
            match turn.action {
                Action::Remove(it) if here.first.has(it) => here.last = Some(turn.action),
                Action::ApplyServicePack(_) => {
                    here.last = Some(turn.action);
                    here.packed = std::mem::replace(&mut here.from_cd, Components::EMPTY);
                }
                Action::Install(it) => {
                    here.last = Some(turn.action).filter(|_| here.first.has(it)).or(here.last);
                    let new = turn.after().installed.less(turn.before.installed);
                    here.new = here.new.or(new);
                    here.from_cd = here.from_cd.or(new);
                }
                Action::Restart | Action::Upgrade => {
                    here.last = None;
                    here.new = Components::EMPTY;
                }
                Action::Remove(_)
                | Action::StartImc
                | Action::CreateIms
                | Action::Share(_)
                | Action::Finish(_) => {}
            }
        }
        here
    }

    fn removal(&self, component: Component) -> Word {
        let protocol = Components::PROTOCOLS.has(component);
        if !self.first.has(component) {
            return if protocol { Word::Beyond(vec![Beyond::StandsIn]) } else { Word::Silent };
        }
        let out = self.first.less(self.installed);
        let together = if TWO.has(component) { TWO } else { Components::EMPTY };
        let mut ways = Vec::new();
        if !out.less(together).is_empty() {
            ways.push(Beyond::MoreOut);
        }
        if !REACHED.has(component) {
            ways.push(Beyond::Other);
        }
        if self.new.and(self.first).and(self.installed).meets(self.first.without(component)) {
            ways.push(Beyond::OneRestart);
        }
        let says = if protocol { Statement::ProtocolOut } else { Statement::ServicesOut };
        if ways.is_empty() { Word::Says(says) } else { Word::Beyond(ways) }
    }

    fn installation(&self, component: Component) -> Word {
        let protocol = Components::PROTOCOLS.has(component);
        if !self.first.has(component) {
            return if protocol { Word::Beyond(vec![Beyond::StandsIn]) } else { Word::Silent };
        }
        let going = self.loaded.and(self.first).less(self.installed);
        let mut ways = Vec::new();
        if going.has(component) {
            ways.push(Beyond::AtOnce);
        }
        if !going.without(component).is_empty() {
            ways.push(Beyond::OneRestart);
        }
        match (ways.is_empty(), protocol, TWO.has(component)) {
            (false, ..) => Word::Beyond(ways),
            (true, true, _) => Word::Says(Statement::ProtocolIn),
            (true, false, true) => Word::Says(Statement::ServicesIn),
            (true, false, false) => Word::Silent,
        }
    }

    fn restart(&self) -> Word {
        let of = |component, out, protocol, services| {
            if Components::PROTOCOLS.has(component) {
                Word::Says(if out && !self.installed.meets(Components::PROTOCOLS) {
                    self.none_left()
                } else {
                    protocol
                })
            } else if TWO.has(component) {
                Word::Says(services)
            } else {
                Word::Silent
            }
        };
        match self.last {
            Some(Action::Remove(it)) => {
                of(it, true, Statement::ProtocolOut, Statement::ServicesOut)
            }
            Some(Action::Install(it)) => {
                of(it, false, Statement::ProtocolIn, Statement::ServicesIn)
            }
            Some(Action::ApplyServicePack(_)) => Self::service_pack(self.packed),
            Some(
                Action::Restart
                | Action::Upgrade
                | Action::StartImc
                | Action::CreateIms
                | Action::Share(_)
                | Action::Finish(_),
            )
            | None => Word::Silent,
        }
    }

    /// What the NOTE says to a boot without any protocol.
    const fn none_left(&self) -> Statement {
        if self.first.and(Components::PROTOCOLS).len() == 1 {
            Statement::OnlyProtocol
        } else {
            Statement::AllAtOnce
        }
    }

    /// The service pack goes with what came from the CD; for what the article never installs, it is what
    /// it says of its own services.
    const fn service_pack(from_cd: Components) -> Word {
        if from_cd.meets(Components::PROTOCOLS) {
            Word::Says(Statement::ProtocolPack)
        } else if from_cd.is_empty() {
            Word::Silent
        } else {
            Word::Says(Statement::ServicesPack)
        }
    }
}

impl Word {
    /// It in words: the section and what it says, or how the act goes beyond it.
    pub fn text(&self) -> String {
        match self {
            Self::Says(it) => format!("{}: {}", it.section(), it.says()),
            Self::Beyond(ways) => {
                let ways: Vec<&str> = ways.iter().map(|it| it.says()).collect();
                format!("beyond the article: {}", ways.join("; "))
            }
            Self::Silent => "the article is silent".to_owned(),
        }
    }
}
