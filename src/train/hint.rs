//! Hints in four rungs, taken from where the run stands: where to look, what it means, which act comes next, and doing it together.

use super::advice::Advice;
use super::advice::Situation;
use super::advice::advice;
use super::article::Word;
use super::article::word;
use super::session::Session;
use crate::files::language;
use crate::model::action::Action;
use crate::model::article::Statement;
use crate::model::set::Components;
use crate::text::wording;

/// A rung of a hint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Where to look.
    Where,
    /// What it means.
    Means,
    /// Which act comes next.
    Next,
    /// It is done together.
    Together,
}

impl Rung {
    /// The rung after this one; the last stays the last.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Where => Self::Means,
            Self::Means => Self::Next,
            Self::Next | Self::Together => Self::Together,
        }
    }
}

impl Situation {
    /// Where to look.
    const fn place(self) -> &'static str {
        match self {
            Self::NoProtocol | Self::OnlyProtocol => {
                "Look at `network protocols`: which of them will the next boot find?"
            }
            Self::TooMuch | Self::HalfDone | Self::RunsWithout => {
                "Compare `network services` and `network protocols` with what was there at first."
            }
            Self::BothServices => "Look at `network services`, and at step 1 of the article.",
            Self::PackDue | Self::PackForgotten => {
                "Look at `winver`, then think of where the files of the last installation came from."
            }
            Self::RemovalDue | Self::RestartDue => {
                "Think of the two halves of the host: the Network dialog shows the disk."
            }
            Self::SharesLost => "Type `net share` and compare it with what the host used to share.",
            Self::Done => "Look at `net share`, `network protocols`, `network services` once more.",
            Self::Changed => "Look at `winver` and compare it with what was there at first.",
            Self::Untried => {
                "Start the mail service and look at what happens; then at `eventviewer`."
            }
            Self::Dependency | Self::OutOfReach => {
                "Look at `services` and `eventviewer`: what does the mail service need, and what is there?"
            }
            Self::Unread => {
                "Look at `eventviewer`: the error on the screen is the same for most failures."
            }
            Self::Services => {
                "Look at `network services`: is there one of the two that the article names?"
            }
            Self::Protocols => {
                "Look at `network protocols`: which of them has not been reinstalled yet?"
            }
            Self::Beyond => {
                "Look at `network services`: what is there that no step of the article touches?"
            }
        }
    }

    /// What it means.
    const fn meaning(self) -> &'static str {
        match self {
            Self::NoProtocol => {
                "Booted without any protocol, the host shares no folder any more. It is not too late: put one back first."
            }
            Self::OnlyProtocol => {
                "Booted without any protocol, the host shares no folder any more. It had only this one."
            }
            Self::TooMuch => {
                "Something is there that was not there at first. Users were promised the host as it was."
            }
            Self::BothServices => {
                "The other of the two services may be at fault as well, and one restart serves both."
            }
            Self::PackDue => {
                "What was installed came from the CD and is older than the service pack. Booted like this, it fails."
            }
            Self::PackForgotten => {
                "What was installed last came from the CD and was booted without the service pack: it fails by itself, whatever was wrong before."
            }
            Self::RemovalDue => {
                "The disk has changed and memory has not. What was removed leaves its damage behind until the restart."
            }
            Self::RestartDue => {
                "Windows NT asks for a restart: until then memory is as the last boot loaded it."
            }
            Self::SharesLost => {
                "The host booted without any protocol, and no folder is shared since. They do not come back by themselves."
            }
            Self::Done => {
                "The mail service runs and the host is as it was. Every further change is a risk."
            }
            Self::Changed => {
                "The mail service runs. That the service pack or the version of Windows NT is another than at first cannot be taken back."
            }
            Self::RunsWithout => "The mail service runs, but users miss what was taken out.",
            Self::Untried => {
                "Memory may have changed with the last boot, and only a try shows whether the fault is gone."
            }
            Self::Dependency => {
                "The start did not get as far as event 4087: a service or protocol below it is out."
            }
            Self::HalfDone => {
                "Something is out that was there at first, and the host was restarted without it. It is to be put back."
            }
            Self::Unread => {
                "The event names the source and the reason; the number on the screen does not."
            }
            Self::Services | Self::Protocols => {
                "A component in memory does not work, and nothing shows which. Reinstalling finds it."
            }
            Self::Beyond => {
                "The article's steps are done, and it still fails: the fault lies where they do not reach."
            }
            Self::OutOfReach => {
                "No order of actions leads from here to a mail service that runs on a host as it was. To say so is the right end."
            }
        }
    }

    /// What the article says to it, or leaves open.
    const fn article(self) -> &'static str {
        match self {
            Self::NoProtocol => {
                "The article, WORKAROUND 2, NOTE: one protocol at a time; all at once, and the folders are no longer shared."
            }
            Self::OnlyProtocol => {
                "The article, WORKAROUND 2, NOTE, accepts that: with a single protocol, share the folders by hand afterwards."
            }
            Self::TooMuch => {
                "The article only puts back what it removed; of anything new it says nothing."
            }
            Self::BothServices => {
                "The article, WORKAROUND 1.2: if both are installed, remove them both."
            }
            Self::PackDue => {
                "The article, WORKAROUND 1.4 and 2.4: reapply the service pack first, then restart."
            }
            Self::PackForgotten => {
                "The article, WORKAROUND 1.4 and 2.4: reapply the service pack first, then restart. It can still be done."
            }
            Self::RemovalDue => {
                "The article, WORKAROUND 1.2 and 2.2: restart after removing what it names. Why, the article does not say."
            }
            Self::RestartDue => {
                "The article, WORKAROUND 1.4 and 2.4: restart after installing, and after the service pack where there is one."
            }
            Self::SharesLost => {
                "The article, WORKAROUND 2, NOTE: share them by hand once the protocols are back."
            }
            Self::Done => "The article stops here.",
            Self::Changed => "The article stops here; it never raises either of them.",
            Self::RunsWithout => {
                "The article, WORKAROUND: remove and reinstall; nothing is left out for good."
            }
            Self::Untried => {
                "The article, WORKAROUND: try to start or create the service after each step."
            }
            Self::Dependency => {
                "The article does not speak of these errors; it puts back what it removed, WORKAROUND 1.3 and 2.3."
            }
            Self::HalfDone => {
                "The article, WORKAROUND 1.3 and 2.3: install again what was removed."
            }
            Self::Unread => {
                "The article, SYMPTOMS: event 4087, source MSExchangeIMC. The WORKAROUND begins once you have seen it."
            }
            Self::Services => {
                "The article, WORKAROUND 1: Services for Macintosh and the SNMP Service first, together."
            }
            Self::Protocols => {
                "The article, WORKAROUND 2: each protocol, one at a time. In which order, it does not say; the dialog's will do."
            }
            Self::Beyond => "The article ends here. RAS is only among its query words.",
            Self::OutOfReach => "The article has no further step for it.",
        }
    }
}

/// The text of a hint at where `session` stands.
pub fn text(session: &Session, rung: Rung) -> String {
    let advice = advice(session);
    let more = |what: &str| format!("`hint` again {what}.");
    match rung {
        Rung::Where => {
            format!("(Hint: {} {})\n", advice.situation.place(), more("says what it means"))
        }
        Rung::Means => {
            let (means, article) = (advice.situation.meaning(), advice.situation.article());
            format!("(Hint: {means}\n {article}\n {})\n", more("names the next act"))
        }
        Rung::Next => format!("({}\n {})\n", next(session, advice), more("does it with you")),
        Rung::Together => format!("(Hint, together. {})\n", together(session, advice.act)),
    }
}

/// The question whether to do `action` together.
pub fn together(session: &Session, action: Action) -> String {
    let words = language::print(action, &session.lesson().names);
    format!("`{words}`: shall it be typed? yes or no; another action means no")
}

fn next(session: &Session, advice: Advice) -> String {
    let act = advice.act;
    let words = language::print(act, &session.lesson().names);
    let mut out = format!("Hint: the next act is `{words}`.");
    let first = &session.lesson().first;
    let said = word(first, session.turns(), act);
    let foreign = matches!(act, Action::Remove(it) if !first.installed.has(it));
    if !matches!(act, Action::Finish(_)) && !foreign {
        let said = wording::shown(&said.text());
        out.push_str(&format!("\n {}.", super::command::capital(said.trim_end_matches('.'))));
    }
    if advice.knows {
        out.push_str(
            "\n The article's steps are done: the fault is known here, and you cannot see it.",
        );
    }
    if let Some(warning) = warning(session, act, &said) {
        out.push_str(&format!("\n {warning}"));
    }
    out
}

/// What has to be said before an act that costs the shares.
fn warning(session: &Session, act: Action, said: &Word) -> Option<&'static str> {
    let (now, first) = (session.host(), &session.lesson().first);
    let last = |it| now.installed.and(Components::PROTOCOLS) == Components::of(&[it]);
    let drops = match act {
        Action::Remove(it) => last(it) && Components::PROTOCOLS.has(it),
        Action::Restart => {
            matches!(said, Word::Says(Statement::OnlyProtocol | Statement::AllAtOnce))
        }
        Action::Install(_)
        | Action::ApplyServicePack(_)
        | Action::Upgrade
        | Action::StartImc
        | Action::CreateIms
        | Action::Share(_)
        | Action::Finish(_) => false,
    };
    (drops && !first.shares.is_empty() && now.lost != now.shares).then_some(
        "It costs the shares: after the restart no folder is shared, and with a single protocol the article accepts \
         that (WORKAROUND 2, NOTE): share them by hand afterwards. Beyond the article, another protocol, installed \
         first and removed in the end, would carry them.",
    )
}
