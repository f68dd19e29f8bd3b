//! A second, deliberately plain implementation of the model: the host, and what each action does
//! to it. Tests compare the real one with it. It can be read beside the model's tables, line by
//! line, and shares no code with the crate.

use std::collections::BTreeSet;

/// Spells out the components once, for the enum, the list and the ids.
macro_rules! parts {
    ($($name:ident $id:literal,)*) => {
        /// One component of Windows NT, in the model's order: protocols, services, base services.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Part { $(#[doc = $id] $name,)* }

        impl Part {
            /// Every component, in the order of the model.
            pub(crate) const ALL: [Self; 22] = [$(Self::$name,)*];

            /// The name in files and reports.
            pub(crate) fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Whether this is one of the seven protocols.
            pub(crate) fn is_protocol(self) -> bool {
                self <= Self::Pptp
            }
        }
    };
}

parts! {
    Tcpip "tcpip", Netbeui "netbeui", Nwlink "nwlink", Appletalk "appletalk", Dlc "dlc",
    Streams "streams", Pptp "pptp",
    Macintosh "macintosh", Snmp "snmp", Ras "ras", Gateway "gateway", Dhcp "dhcp", Wins "wins",
    Dns "dns", SimpleTcpip "simple-tcpip", Printing "printing", Netmon "netmon",
    Rpc "rpc", Netbios "netbios", Workstation "workstation", Server "server", Browser "browser",
}

/// Declares plain enums, as densely as the model's tables.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($body:tt)* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum $name { $($body)* }
    )* };
}
pub(crate) use words;

words! {
    /// What the last boot made of a component. Failing components are running ones, by type.
    Memory { NotLoaded, Working, Failing }
    /// The operating system.
    Os { Nt351, Nt40 }
    /// The version of Exchange; never changes. Only 4.0 has no wizard.
    Exchange { V40, V50, V55 }
    /// The Internet Mail Connector or Internet Mail Service.
    Imc { Absent, Stopped, Running }
    /// What an operator can do. The claim of `Finish` is true for "repaired".
    Act {
        Remove(Part), Install(Part), Apply(u8), Restart, Upgrade,
        StartImc, CreateIms, Share(usize), Finish(bool),
    }
    /// What came of an action: done; not started, with the error shown and the event (0 if there
    /// is none); or not possible, so that the host is as it was.
    Outcome { Done, Failed(u32, u32), Refused(&'static str) }
}

/// All that a host knows of one component.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Status {
    pub(crate) part: Part,
    /// The Network dialog lists it.
    pub(crate) installed: bool,
    /// Its bindings on disk are corrupted.
    pub(crate) damaged: bool,
    /// Its files came from the CD after the service pack was applied.
    pub(crate) from_cd: bool,
    pub(crate) memory: Memory,
}

/// One host, hidden fields included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Host {
    pub(crate) os: Os,
    pub(crate) upgraded: bool,
    pub(crate) exchange: Exchange,
    pub(crate) imc: Imc,
    /// The service pack applied; 0 is none.
    pub(crate) service_pack: u8,
    /// For each folder share, whether it is no longer shared.
    pub(crate) lost: Vec<bool>,
    pub(crate) restart_pending: bool,
    /// One row for each component, in the order of [`Part::ALL`].
    pub(crate) parts: [Status; 22],
}

/// The ids of the rules that are believed.
pub(crate) type Rules = BTreeSet<&'static str>;

/// The rules that are on by default, in the order of the model's table.
pub(crate) const ON: &str = "failing-component-stops-registration upgrade-damages-macintosh \
    reinstall-repairs cd-files-fail-under-service-pack boot-without-protocol-drops-shares \
    failed-wizard-creates-nothing imc-needs-tcpip exchange-needs-server exchange-needs-rpc \
    macintosh-brings-appletalk gateway-brings-nwlink leftovers-survive-until-restart";

/// The one rule that is off by default.
pub(crate) const OFF: &str = "only-transports-carry-shares";

/// The rules that are believed unless somebody says otherwise.
pub(crate) fn default_rules() -> Rules {
    ON.split_whitespace().collect()
}

/// Returns a host as Setup leaves it: base services and TCP/IP, booted once, nothing damaged.
pub(crate) fn fresh(os: Os, exchange: Exchange, imc: Imc, shares: usize) -> Host {
    let parts = Part::ALL.map(|part| {
        let installed = part == Part::Tcpip || part >= Part::Rpc;
        let memory = if installed { Memory::Working } else { Memory::NotLoaded };
        Status { part, installed, damaged: false, from_cd: false, memory }
    });
    let (upgraded, restart_pending, lost) = (false, false, vec![false; shares]);
    Host { os, upgraded, exchange, imc, service_pack: 0, lost, restart_pending, parts }
}

/// Applies a history, at whose end connector and shares are as given; nothing if one is refused.
pub(crate) fn history(rules: &Rules, fresh: &Host, acts: &[Act]) -> Option<Host> {
    let mut host = fresh.clone();
    for act in acts {
        let (next, outcome) = step(rules, &host, *act);
        if matches!(outcome, Outcome::Refused(_)) {
            return None;
        }
        host = next;
    }
    Some(Host { imc: fresh.imc, lost: fresh.lost.clone(), ..host })
}

/// Returns the next host and what came of the action.
pub(crate) fn step(rules: &Rules, host: &Host, act: Act) -> (Host, Outcome) {
    if let Some(why) = refusal(rules, host, act) {
        return (host.clone(), Outcome::Refused(why));
    }
    let mut next = host.clone();
    let mut outcome = Outcome::Done;
    match act {
        Act::Remove(part) => {
            for status in next.parts.iter_mut().filter(|it| it.part == part) {
                status.installed = false;
                status.from_cd = false;
            }
            next.restart_pending = true;
        }
        Act::Install(part) => {
            put_in(rules, part, &mut next);
            for (bringer, rule, brought) in [
                (Part::Macintosh, "macintosh-brings-appletalk", Part::Appletalk),
                (Part::Gateway, "gateway-brings-nwlink", Part::Nwlink),
            ] {
                if part == bringer && rules.contains(rule) && !is_installed(host, brought) {
                    put_in(rules, brought, &mut next);
                }
            }
            next.restart_pending = true;
        }
        Act::Apply(number) => {
            next.service_pack = number;
            for status in &mut next.parts {
                status.from_cd = false;
            }
            next.restart_pending = true;
        }
        Act::Restart => boot(rules, &mut next),
        Act::Upgrade => {
            next.os = Os::Nt40;
            next.upgraded = true;
            next.service_pack = 0;
            for status in &mut next.parts {
                status.from_cd = false;
                if status.part == Part::Macintosh && status.installed {
                    status.damaged |= rules.contains("upgrade-damages-macintosh");
                }
            }
            boot(rules, &mut next);
        }
        Act::StartImc | Act::CreateIms => {
            outcome = start_sequence(rules, host);
            if outcome == Outcome::Done {
                next.imc = Imc::Running;
            } else if act == Act::CreateIms && !rules.contains("failed-wizard-creates-nothing") {
                next.imc = Imc::Stopped;
            }
        }
        Act::Share(number) => {
            if let Some(lost) = next.lost.get_mut(number) {
                *lost = false;
            }
        }
        Act::Finish(_) => {}
    }
    (next, outcome)
}

/// Whether the Network dialog lists the component.
pub(crate) fn is_installed(host: &Host, part: Part) -> bool {
    host.parts.iter().any(|it| it.part == part && it.installed)
}

/// Whether the last boot loaded the component.
pub(crate) fn is_running(host: &Host, part: Part) -> bool {
    host.parts.iter().any(|it| it.part == part && it.memory != Memory::NotLoaded)
}

/// Whether the component counts as a protocol where shares and the Server service are concerned.
pub(crate) fn carries_shares(rules: &Rules, part: Part) -> bool {
    let transport = matches!(part, Part::Tcpip | Part::Netbeui | Part::Nwlink);
    if rules.contains(OFF) { transport } else { part.is_protocol() }
}

/// Why the action is not possible here, checked in the order of the model.
fn refusal(rules: &Rules, host: &Host, act: Act) -> Option<&'static str> {
    let newest = if host.os == Os::Nt351 { 5 } else { 6 };
    let (absent, runs) = (host.imc == Imc::Absent, host.imc == Imc::Running);
    let wizard = host.exchange != Exchange::V40;
    let reasons = match act {
        Act::Remove(part) => vec![(!is_installed(host, part), "not-installed")],
        Act::Install(part) => vec![(is_installed(host, part), "already-installed")],
        Act::Apply(number) => vec![
            (number < 1 || number > newest, "service-pack-unknown"),
            (number < host.service_pack, "service-pack-older"),
        ],
        Act::Upgrade => vec![(host.os != Os::Nt351, "not-nt-351")],
        Act::StartImc => vec![(absent, "imc-absent"), (runs, "imc-running")],
        Act::CreateIms => vec![(!wizard, "no-wizard"), (!absent, "imc-exists")],
        Act::Share(number) => vec![
            (host.lost.get(number) != Some(&true), "share-not-lost"),
            (!server_runs(rules, host), "server-not-running"),
        ],
        Act::Restart | Act::Finish(_) => vec![],
    };
    reasons.into_iter().find(|(applies, _)| *applies).map(|(_, why)| why)
}

/// Puts one component in.
fn put_in(rules: &Rules, part: Part, next: &mut Host) {
    for status in next.parts.iter_mut().filter(|it| it.part == part) {
        status.installed = true;
        status.from_cd |= next.service_pack != 0;
        if !rules.contains("leftovers-survive-until-restart") {
            status.damaged &= !rules.contains("reinstall-repairs");
        }
    }
}

/// The six numbered parts of a restart.
fn boot(rules: &Rules, next: &mut Host) {
    let cd_counts = next.service_pack != 0 && rules.contains("cd-files-fail-under-service-pack");
    for status in &mut next.parts {
        if !status.installed && rules.contains("reinstall-repairs") {
            status.damaged = false;
        }
        status.memory = if !status.installed {
            Memory::NotLoaded
        } else if status.damaged || (cd_counts && status.from_cd) {
            Memory::Failing
        } else {
            Memory::Working
        };
    }
    let carried = next.parts.iter().any(|it| it.installed && carries_shares(rules, it.part));
    if !carried && rules.contains("boot-without-protocol-drops-shares") {
        next.lost.fill(true);
    }
    if next.imc == Imc::Running {
        next.imc = Imc::Stopped;
    }
    next.restart_pending = false;
}

/// Whether the Server service runs.
fn server_runs(rules: &Rules, host: &Host) -> bool {
    is_running(host, Part::Server)
        && Part::ALL.iter().any(|it| carries_shares(rules, *it) && is_running(host, *it))
}

/// What the start sequence comes to: done, or its first failure.
fn start_sequence(rules: &Rules, host: &Host) -> Outcome {
    let failing = host.parts.iter().any(|it| it.memory == Memory::Failing);
    for (rule, fails, error, event) in [
        ("exchange-needs-server", !server_runs(rules, host), 1068, 0),
        ("exchange-needs-rpc", !is_running(host, Part::Rpc), 1075, 0),
        ("imc-needs-tcpip", !is_running(host, Part::Tcpip), 1075, 7003),
        ("failing-component-stops-registration", failing, 2140, 4087),
    ] {
        if rules.contains(rule) && fails {
            return Outcome::Failed(error, event);
        }
    }
    Outcome::Done
}

#[cfg(test)]
mod tests {
    use super::*;
    use Act::{Apply, CreateIms, Install, Remove, Restart, Share, StartImc, Upgrade};
    use Outcome::{Done, Failed, Refused};
    use Part::{Dlc, Gateway, Macintosh, Netbeui, Nwlink, Rpc, Server, Tcpip};

    /// The default rules, with one of them turned over; an empty name turns none.
    fn rules_but(turned: &'static str) -> Rules {
        let on = ON.split_whitespace().filter(|it| *it != turned);
        on.chain([turned].into_iter().filter(|it| *it == OFF)).collect()
    }

    /// Performs the acts and compares the outcome of the last one.
    #[track_caller]
    fn check(turned: &'static str, first: &Host, acts: &[Act], expected: Outcome) -> Host {
        let (mut host, mut last) = (first.clone(), Done);
        for act in acts {
            (host, last) = step(&rules_but(turned), &host, *act);
        }
        assert_eq!(last, expected, "{acts:?}");
        host
    }

    #[test]
    fn the_articles_own_case_is_repaired_by_its_first_step_alone() {
        let setup = fresh(Os::Nt351, Exchange::V40, Imc::Stopped, 1);
        let acts = [Install(Macintosh), Restart, Upgrade, Apply(3), Restart];
        let host = history(&default_rules(), &setup, &acts).unwrap();
        assert!(host.os == Os::Nt40 && host.upgraded && host.service_pack == 3);
        let failing = host.parts.iter().filter(|it| it.memory == Memory::Failing);
        assert_eq!(failing.map(|it| it.part.id()).collect::<Vec<_>>(), ["macintosh"]);
        let harmless = history(&rules_but("upgrade-damages-macintosh"), &setup, &acts).unwrap();
        check("", &harmless, &[StartImc], Done);
        let (out, back, fails) = (Remove(Macintosh), Install(Macintosh), Failed(2140, 4087));
        let article = [out, Restart, back, Apply(3), Restart, StartImc];
        let no_apply = [out, Restart, back, Restart, StartImc];
        let no_restart = [out, back, Apply(3), Restart, StartImc];
        check("", &host, &[StartImc], fails);
        check("failing-component-stops-registration", &host, &[StartImc], Done);
        check("", &host, &[out, StartImc], fails);
        check("", &host, &article, Done);
        check("reinstall-repairs", &host, &article, fails);
        check("", &host, &no_apply, fails);
        check("cd-files-fail-under-service-pack", &host, &no_apply, Done);
        check("", &host, &no_restart, fails);
        check("leftovers-survive-until-restart", &host, &no_restart, Done);
    }

    #[test]
    fn only_a_boot_without_any_protocol_drops_the_shares() {
        let host = fresh(Os::Nt40, Exchange::V50, Imc::Stopped, 2);
        let bare = check("", &host, &[Remove(Tcpip), Restart, StartImc], Failed(1068, 0));
        assert_eq!(bare.lost, [true, true]);
        check("", &bare, &[Install(Tcpip), Share(1)], Refused("server-not-running"));
        let back = check("", &bare, &[Install(Tcpip), Restart, Share(1)], Done);
        assert_eq!(back.lost, [true, false]);
        check("", &back, &[Share(1)], Refused("share-not-lost"));
        let dlc = [Install(Dlc), Remove(Tcpip), Restart, StartImc];
        assert_eq!(check("", &host, &dlc, Failed(1075, 7003)).lost, [false, false]);
        assert_eq!(check(OFF, &host, &dlc, Failed(1068, 0)).lost, [true, true]);
        let kept = "boot-without-protocol-drops-shares";
        assert_eq!(check(kept, &host, &dlc[1..3], Done).lost, [false, false]);
    }

    #[test]
    fn the_start_sequence_stops_at_its_first_failure() {
        let host = fresh(Os::Nt40, Exchange::V50, Imc::Absent, 2);
        let acts = [Remove(Server), Remove(Rpc), Remove(Tcpip), Install(Netbeui), Restart];
        for (turned, first, expected, imc) in [
            ("", 0, Failed(1068, 0), Imc::Absent),
            ("failed-wizard-creates-nothing", 0, Failed(1068, 0), Imc::Stopped),
            ("exchange-needs-server", 0, Failed(1075, 0), Imc::Absent),
            ("exchange-needs-rpc", 1, Failed(1075, 7003), Imc::Absent),
            ("imc-needs-tcpip", 2, Done, Imc::Running),
        ] {
            let bare = check(turned, &host, &acts[first..], Done);
            assert_eq!(check(turned, &bare, &[CreateIms], expected).imc, imc);
        }
    }

    #[test]
    fn refusals_come_in_the_order_of_the_model() {
        let old = fresh(Os::Nt351, Exchange::V55, Imc::Stopped, 0);
        let v40 = fresh(Os::Nt40, Exchange::V40, Imc::Absent, 0);
        check("", &old, &[Apply(6)], Refused("service-pack-unknown"));
        check("", &old, &[Apply(5), Apply(0)], Refused("service-pack-unknown"));
        check("", &old, &[Apply(5), Apply(4)], Refused("service-pack-older"));
        check("", &old, &[Apply(5), Upgrade, Apply(4)], Done);
        check("", &old, &[Upgrade, Upgrade], Refused("not-nt-351"));
        check("", &old, &[CreateIms], Refused("imc-exists"));
        check("", &old, &[StartImc, StartImc], Refused("imc-running"));
        check("", &old, &[StartImc, Restart, StartImc], Done);
        check("", &old, &[Remove(Netbeui)], Refused("not-installed"));
        check("", &old, &[Install(Gateway), Install(Nwlink)], Refused("already-installed"));
        check("gateway-brings-nwlink", &old, &[Install(Gateway), Install(Nwlink)], Done);
        check("", &v40, &[StartImc], Refused("imc-absent"));
        check("", &v40, &[CreateIms], Refused("no-wizard"));
    }
}
