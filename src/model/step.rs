//! What an action does: the transition function of the model.

use super::action::Action;
use super::component::Component;
use super::event;
use super::event::Events;
use super::host::Exchange;
use super::host::Host;
use super::host::Imc;
use super::host::Os;
use super::refusal::Refusal;
use super::rule::RuleId;
use super::rule::RuleSet;
use super::set::Components;
use super::start;
use super::start::StartFailure;

/// What an action came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[must_use]
pub struct Step {
    /// The host after the action.
    pub host: Host,
    /// Why the IMC did not start, where the action tried it and failed.
    pub failure: Option<StartFailure>,
    /// What was logged.
    pub events: Events,
    /// The rules that decided something. A rule that is not among them made no difference.
    pub fired: RuleSet,
}

/// Applies `action` to `host`, under the rules believed in `rules`.
///
/// A pure function: equal arguments give equal steps. All choice lies in the arguments.
///
/// # Errors
///
/// Returns the [`Refusal`] when the action is not possible on this host, which then stays as it was.
///
/// # Source
///
/// Q182346, WORKAROUND 1 and 2. What each rule adds has its own source in [`RuleId::rule`].
///
/// # Examples
///
/// ```
/// use imc4087::model::action::Action;
/// use imc4087::model::component::Component;
/// use imc4087::model::host::{Exchange, Host, Os};
/// use imc4087::model::rule::RuleSet;
/// use imc4087::model::step::step;
///
/// let host = Host::fresh(Os::Nt40, Exchange::V50);
/// let removed = step(RuleSet::usual(), &host, Action::Remove(Component::Tcpip))?;
/// assert!(!removed.host.installed.has(Component::Tcpip));
/// assert!(removed.host.running.has(Component::Tcpip), "memory changes at the restart only");
/// # Ok::<(), imc4087::model::refusal::Refusal>(())
/// ```
#[expect(clippy::inline_always, reason = "searches take it by the million; a call copies the host")]
#[inline(always)]
pub fn step(rules: RuleSet, host: &Host, action: Action) -> Result<Step, Refusal> {
    if let Some(refusal) = refuses(rules, host, action) {
        return Err(refusal);
    }
    let mut next = Step { host: *host, failure: None, events: Events::NONE, fired: RuleSet::NONE };
    match action {
        Action::Remove(component) => {
            next.host.installed = next.host.installed.without(component);
            next.host.cd_files = next.host.cd_files.without(component);
            next.host.restart_pending = true;
        }
        Action::Install(component) => install(rules, &mut next, component),
        Action::ApplyServicePack(number) => {
            next.host.service_pack = number;
            next.host.cd_files = Components::EMPTY;
            next.host.restart_pending = true;
        }
        Action::Restart => boot(rules, &mut next),
        Action::Upgrade => upgrade(rules, &mut next),
        Action::StartImc => try_imc(rules, &mut next),
        Action::CreateIms => {
            try_imc(rules, &mut next);
            if next.failure.is_some() {
                let rule = RuleId::FailedWizardCreatesNothing;
                if rules.believes(rule) {
                    next.fired = next.fired.with(rule);
                } else {
                    next.host.imc = Imc::Stopped;
                }
            }
        }
        Action::Share(position) => next.host.lost = next.host.lost.without(position),
        Action::Finish(_) => {}
    }
    Ok(next)
}

/// The reason why `action` is not possible on `host`; the first that applies.
pub fn refuses(rules: RuleSet, host: &Host, action: Action) -> Option<Refusal> {
    match action {
        Action::Remove(component) => {
            (!host.installed.has(component)).then_some(Refusal::NotInstalled)
        }
        Action::Install(component) => {
            host.installed.has(component).then_some(Refusal::AlreadyInstalled)
        }
        Action::ApplyServicePack(number) => {
            if number < 1 || number > host.os.service_pack_max() {
                Some(Refusal::ServicePackUnknown)
            } else {
                (number < host.service_pack).then_some(Refusal::ServicePackOlder)
            }
        }
        Action::Upgrade => match host.os {
            Os::Nt351 => None,
            Os::Nt40 => Some(Refusal::NotNt351),
        },
        Action::StartImc => match host.imc {
            Imc::Absent => Some(Refusal::ImcAbsent),
            Imc::Stopped => None,
            Imc::Running => Some(Refusal::ImcRunning),
        },
        Action::CreateIms => match host.exchange {
            Exchange::V40 => Some(Refusal::NoWizard),
            Exchange::V50 | Exchange::V55 => match host.imc {
                Imc::Absent => None,
                Imc::Stopped | Imc::Running => Some(Refusal::ImcExists),
            },
        },
        Action::Share(position) => {
            if host.lost.has(position) {
                (!start::server_runs(rules, host)).then_some(Refusal::ServerNotRunning)
            } else {
                Some(Refusal::ShareNotLost)
            }
        }
        Action::Restart | Action::Finish(_) => None,
    }
}

/// Installs `component` and, where that is believed, what it brings and is not there.
fn install(rules: RuleSet, next: &mut Step, component: Component) {
    let host = &mut next.host;
    let mut new = Components::EMPTY.with(component);
    if let Some((brought, rule)) = component.brings()
        && rules.believes(rule)
        && !host.installed.has(brought)
    {
        new = new.with(brought);
        next.fired = next.fired.with(rule);
    }
    host.installed = host.installed.or(new);
    if host.service_pack > 0 {
        host.cd_files = host.cd_files.or(new);
    }
    if rules.believes(RuleId::ReinstallRepairs) && host.damaged.meets(new) {
        if rules.believes(RuleId::LeftoversSurviveUntilRestart) {
            next.fired = next.fired.with(RuleId::LeftoversSurviveUntilRestart);
        } else {
            host.damaged = host.damaged.less(new);
            next.fired = next.fired.with(RuleId::ReinstallRepairs);
        }
    }
    host.restart_pending = true;
}

/// Copies the disk into memory.
fn boot(rules: RuleSet, next: &mut Step) {
    let host = &mut next.host;
    if rules.believes(RuleId::ReinstallRepairs) && !host.damaged.within(host.installed) {
        host.damaged = host.damaged.and(host.installed);
        next.fired = next.fired.with(RuleId::ReinstallRepairs);
    }
    host.running = host.installed;
    host.failing = host.installed.and(host.damaged);
    let from_cd = host.installed.and(host.cd_files);
    let rule = RuleId::CdFilesFailUnderServicePack;
    if rules.believes(rule) && host.service_pack > 0 && !from_cd.is_empty() {
        host.failing = host.failing.or(from_cd);
        next.fired = next.fired.with(rule);
    }
    let carriers = start::share_carriers(rules);
    let rule = RuleId::BootWithoutProtocolDropsShares;
    if rules.believes(rule) && !host.installed.meets(carriers) && !host.shares.is_empty() {
        host.lost = host.shares;
        next.fired = next.fired.with(rule);
    }
    if rules.believes(RuleId::OnlyTransportsCarryShares)
        && !host.installed.meets(carriers)
        && host.installed.meets(Components::PROTOCOLS)
    {
        next.fired = next.fired.with(RuleId::OnlyTransportsCarryShares);
    }
    host.imc = match host.imc {
        Imc::Absent => Imc::Absent,
        Imc::Stopped | Imc::Running => Imc::Stopped,
    };
    host.restart_pending = false;
    next.events = event::at_boot(host.installed, carriers);
}

/// Upgrades NT 3.51 to 4.0 and boots it.
fn upgrade(rules: RuleSet, next: &mut Step) {
    let host = &mut next.host;
    host.os = Os::Nt40;
    host.upgraded = true;
    host.service_pack = 0;
    host.cd_files = Components::EMPTY;
    let rule = RuleId::UpgradeDamagesMacintosh;
    if rules.believes(rule) && host.installed.has(Component::Macintosh) {
        host.damaged = host.damaged.with(Component::Macintosh);
        next.fired = next.fired.with(rule);
    }
    boot(rules, next);
}

/// Runs the start sequence.
fn try_imc(rules: RuleSet, next: &mut Step) {
    match start::start(rules, &next.host) {
        Ok(()) => next.host.imc = Imc::Running,
        Err(failure) => {
            next.fired = next.fired.with(failure.rule());
            if failure == StartFailure::ServerNotRunning
                && next.host.running.has(Component::Server)
                && next.host.running.meets(Components::PROTOCOLS)
            {
                next.fired = next.fired.with(RuleId::OnlyTransportsCarryShares);
            }
            next.failure = Some(failure);
            next.events = failure.events();
        }
    }
}
