//! What is answered: the words of Windows NT where they are known, and ours in brackets.

use super::command;
use super::net;
use super::screen::Screen;
use crate::model::action::Action;
use crate::model::action::ActionKind;
use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Outcome;
use crate::model::refusal::Refusal;
use crate::model::trace::Turn;
use crate::text::wording;

/// What is asked after a change that waits for a restart.
pub const RESTART: &str =
    "You must shut down and restart your computer before the new settings will take effect.
Do you want to restart your computer now? (yes or no; another action means no)\n";

/// The same question, asked again.
pub const RESTART_STILL: &str =
    "Do you want to restart your computer now? (yes or no; another action means no)\n";

/// The first question of the debrief.
pub const WHAT_WAS_BROKEN: &str = "Before the debrief: what was broken? \
    (Components by name, or `nothing`; Enter leaves it out.)\n";

/// The second question.
pub const WHAT_TOLD_YOU: &str = "What told you? (In your own words; Enter leaves it out.)\n";

/// What a turn is answered with in the window in which it was taken.
pub fn act(turn: &Turn, names: &Nameplate) -> String {
    let imc = turn.before.exchange.imc_name();
    let failure = match turn.outcome() {
        Outcome::Refused(refusal) => return refused(refusal, imc),
        Outcome::Failed(failure) => Some(failure),
        Outcome::Done => None,
    };
    match turn.action {
        Action::Remove(component) => format!("Network: {} was removed.\n", component.name()),
        Action::Install(_) => {
            let new = turn.after().installed.less(turn.before.installed);
            let new: Vec<&str> = new.iter().map(Component::name).collect();
            format!("Network: installed from the CD: {}.\n", wording::list(&new))
        }
        Action::ApplyServicePack(number) => {
            format!("Windows NT Service Pack Setup: Service Pack {number} was applied.\n")
        }
        Action::Restart | Action::Upgrade => booted(turn, &names.computer),
        Action::StartImc => net::in_the_tool(imc, &names.computer, failure),
        Action::CreateIms if failure.is_none() => {
            "Internet Mail Wizard: the Internet Mail Service was created and is started.\n"
                .to_owned()
        }
        Action::CreateIms => {
            let created = turn.after().imc != turn.before.imc;
            format!(
                "Internet Mail Wizard: the service could not be started{}.\n{}",
                if created { "" } else { ", and none was created" },
                net::in_the_tool(imc, &names.computer, failure)
            )
        }
        Action::Share(position) => {
            format!("{} was shared successfully.\n", names.share_name(position))
        }
        Action::Finish(_) => String::new(),
    }
}

fn booted(turn: &Turn, computer: &str) -> String {
    let version = turn.after().os.id();
    let mut out = format!("({computer} shuts down and starts again: Windows NT {version}.)\n");
    if !turn.events().is_empty() {
        out.push_str(
            "Service Control Manager: At least one service or driver failed during system startup. \
             Use Event Viewer to examine the event log for details.\n",
        );
    }
    out
}

fn refused(refusal: Refusal, imc: &str) -> String {
    match refusal {
        Refusal::ServerNotRunning => net::wrong(2114),
        Refusal::ImcRunning => format!("(The {imc} service is started already.)\n"),
        Refusal::NotInstalled
        | Refusal::AlreadyInstalled
        | Refusal::ServicePackUnknown
        | Refusal::ServicePackOlder
        | Refusal::NotNt351
        | Refusal::ImcAbsent
        | Refusal::NoWizard
        | Refusal::ImcExists
        | Refusal::ShareNotLost => {
            format!("(Not possible: {}. Nothing was changed.)\n", refusal.says())
        }
    }
}

/// Whether `name` is the mail service, by its key or by its display name.
pub fn is_imc(name: &str, exchange: Exchange) -> bool {
    ["msexchangeimc", exchange.imc_name()].iter().any(|it| it.eq_ignore_ascii_case(name))
}

/// What `net start` answers to the turn in which the mail service was started.
pub fn net_start(turn: &Turn) -> String {
    let imc = turn.before.exchange.imc_name();
    match turn.outcome() {
        Outcome::Done => net::starting(imc, None),
        Outcome::Failed(failure) => net::starting(imc, Some(failure)),
        Outcome::Refused(Refusal::ImcRunning) => net::wrong(2182),
        Outcome::Refused(_) => net::wrong(2185),
    }
}

/// What `net start` answers for a service that is not the mail service.
pub fn net_start_other(screen: &Screen<'_>, name: &str) -> String {
    match service(screen, name) {
        Some((_, true)) => net::wrong(2182),
        Some((service, false)) => format!(
            "(Windows NT starts the {service} service at boot, where it can be started; \
             Event Viewer says what was in its way.)\n"
        ),
        None => net::wrong(2185),
    }
}

/// What `net stop` answers. Nothing is stopped: the model has no such action, so that the question of
/// Windows NT is answered with its default.
///
/// # Source
///
/// F149.
pub fn net_stop(screen: &Screen<'_>, name: &str) -> String {
    let imc = is_imc(name, screen.seen.exchange);
    match service(screen, if imc { screen.seen.exchange.imc_name() } else { name }) {
        Some((service, true)) => {
            let left = format!(
                "(The {service} service goes on running: stopping it is no part of this repair, and this \
                 program leaves it out.)\n"
            );
            let dependent = dependents(screen, service);
            if dependent.is_empty() {
                return left;
            }
            let lines = dependent.join("\n   ");
            let asks = net::message(3530).unwrap_or_default().replace("***", service);
            format!(
                "{asks}\n\n   {lines}\n\nDo you want to continue this operation? (Y/N) [N]: N\n\n{left}"
            )
        }
        Some((service, false)) => format!(
            "The {service} service is not started.\n\n\
             More help is available by typing NET HELPMSG 3521.\n"
        ),
        None => net::wrong(2185),
    }
}

/// The started services that would stop with `service`.
fn dependents(screen: &Screen<'_>, service: &str) -> Vec<&'static str> {
    let depends = |it: &str| match service {
        "Server" => it == "Computer Browser" || it.starts_with("Microsoft Exchange"),
        "Workstation" => it == "Computer Browser",
        "Microsoft Exchange System Attendant" => {
            it.starts_with("Microsoft Exchange") && it != service
        }
        _ => false,
    };
    let started = screen.services().into_iter().filter(|(_, started)| *started);
    started.map(|(it, _)| it).filter(|it| depends(it)).collect()
}

/// The service called `name` and whether it is started.
fn service(screen: &Screen<'_>, name: &str) -> Option<(&'static str, bool)> {
    let name = match name.to_lowercase().as_str() {
        "lanmanserver" => "Server",
        "lanmanworkstation" => "Workstation",
        _ => name,
    };
    screen.services().into_iter().find(|(it, _)| it.eq_ignore_ascii_case(name))
}

/// The share that `net share NAME=PATH` shares again.
///
/// # Errors
///
/// Says why it would not be the folder that was shared before.
pub fn share_meant(screen: &Screen<'_>, name: &str, path: &str) -> Result<u8, String> {
    let names = screen.names;
    if screen.server_started() && screen.shared().iter().any(|it| it.0.eq_ignore_ascii_case(name)) {
        return Err(net::wrong(2118));
    }
    let bare = |path: &str| path.trim_end_matches('\\').to_lowercase();
    let Some(position) = names.share_named(name) else {
        let known: Vec<&str> = names.shares.iter().map(|it| it.name.as_str()).collect();
        return Err(if known.is_empty() {
            "(Nothing was done. This host shared no folder.)\n".to_owned()
        } else {
            format!(
                "(Nothing was done. No folder was shared as {} before; this host shared {}.)\n",
                wording::clipped(name, 40),
                wording::list(&known)
            )
        });
    };
    let folder = names.shares.get(usize::from(position)).map_or("", |it| it.path.as_str());
    if bare(folder) == bare(path) {
        return Ok(position);
    }
    Err(format!(
        "(Nothing was done. Windows NT would share {} under that name, and clients would find \
         another folder there. {} was {folder}.)\n",
        wording::clipped(path, 80),
        names.share_name(position)
    ))
}

/// The words that can be typed.
pub fn help() -> String {
    let mut out = String::from("Words of Windows NT and its windows\n");
    let row = |form: &str, does: &str| format!("   {form:<28}{does}\n");
    for offer in command::OF_NT {
        out.push_str(&row(offer.form, offer.does));
    }
    out.push_str("\nWords of this program: what is done in windows\n");
    for kind in ActionKind::ALL {
        out.push_str(&row(kind.form(), done_in(kind)));
    }
    out.push_str("\nWords of this program: the training\n");
    for offer in command::OURS {
        out.push_str(&row(offer.form, offer.does));
    }
    out + "\n(What stands in brackets is said by this program; the rest is as Windows NT words it, \
           or near it.)\n"
}

/// Where an action is done on the host.
const fn done_in(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Remove => "Network: Remove; by id (netbeui) or by the dialog's name",
        ActionKind::Install => "Network: Add, from the CD",
        ActionKind::ApplyServicePack => "applies it, or applies it again",
        ActionKind::Restart => "shuts down and starts again",
        ActionKind::Upgrade => "NT 3.51 to 4.0",
        ActionKind::StartImc => "Services: Start",
        ActionKind::CreateIms => "the Internet Mail Wizard, Exchange 5.0",
        ActionKind::Share => "shares a folder again",
        ActionKind::Finish => "ends the run",
    }
}
