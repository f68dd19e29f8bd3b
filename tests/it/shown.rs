//! What an operator is shown, and what was behind it: what a boot logs, how events read, in which
//! order a start fails, and what was in the way of the registration.

use crate::rules::{USUAL, after, host, sick};
use imc4087::model::action::Action::{
    ApplyServicePack, Install, Remove, Restart, StartImc, Upgrade,
};
use imc4087::model::catalogue::{Binding, Lower};
use imc4087::model::component::Component::{self, Appletalk, Browser, Dhcp, Dlc, Dns, Gateway};
use imc4087::model::component::Component::{Macintosh, Netbeui, Netbios, Netmon, Nwlink, Pptp};
use imc4087::model::component::Component::{
    Printing, Ras, Rpc, Server, SimpleTcpip, Snmp, Streams,
};
use imc4087::model::component::Component::{Tcpip, Wins, Workstation};
use imc4087::model::event::{Event, Events, Log};
use imc4087::model::host::{Exchange, Host, Os};
use imc4087::model::rule::{RuleId, RuleSet};
use imc4087::model::set::Components;
use imc4087::model::start::{Fault, Obstacle, StartFailure, obstacles, start};
use imc4087::model::step::step;

/// Restarts a host with every component but those named, and compares what is logged; then with
/// memory the other way round, which must make no difference.
#[track_caller]
fn check_boot(rules: RuleSet, without: &[Component], events: &[Event]) {
    let all = host(&Component::ALL);
    let installed = all.installed.less(Components::of(without));
    for running in [all.running, Components::of(without)] {
        let first = Host { installed, running, ..all };
        let logged = step(rules, &first, Restart).unwrap().events;
        assert_eq!(logged.iter().collect::<Vec<_>>(), events, "without {without:?}");
        let logged = step(rules, &Host { os: Os::Nt351, ..first }, Upgrade).unwrap().events;
        assert_eq!(logged.iter().collect::<Vec<_>>(), events, "without {without:?}");
    }
}

#[test]
fn a_boot_logs_what_misses_what_it_depends_on() {
    use Event::{BrowserNeedsServer, BrowserNeedsWorkstation, BrowserServerFailed, DhcpNeedsTcpip};
    use Event::{DnsNeedsTcpip, ExchangeNeedsRpc, ExchangeNeedsServer, ExchangeServerFailed};
    use Event::{GatewayNeedsNwlink, MacFileNeedsAppletalk, MacPrintNeedsAppletalk};
    use Event::{PrintingNeedsTcpip, RasWithoutProtocol, ServerWithoutTransport};
    use Event::{SimpleTcpipNeedsTcpip, WinsNeedsTcpip, WorkstationWithoutTransport};
    let mac = [MacFileNeedsAppletalk, MacPrintNeedsAppletalk];
    let tcpip =
        [DhcpNeedsTcpip, WinsNeedsTcpip, DnsNeedsTcpip, SimpleTcpipNeedsTcpip, PrintingNeedsTcpip];
    let no_carrier = [WorkstationWithoutTransport, ServerWithoutTransport, BrowserServerFailed];
    let no_transport = [&[RasWithoutProtocol, GatewayNeedsNwlink][..], &tcpip].concat();
    check_boot(USUAL, &[], &[]);
    for component in Component::ALL {
        let (workstation, rpc) = ([BrowserNeedsWorkstation], [ExchangeNeedsRpc]);
        let server = [BrowserNeedsServer, ExchangeNeedsServer];
        let events: &[Event] = match component {
            Tcpip => &tcpip,
            Nwlink => &[GatewayNeedsNwlink],
            Appletalk => &mac,
            Rpc => &rpc,
            Workstation => &workstation,
            Server => &server,
            Netbeui | Dlc | Streams | Pptp | Macintosh | Snmp | Ras | Gateway | Dhcp | Wins
            | Dns | SimpleTcpip | Printing | Netmon | Netbios | Browser => &[],
        };
        check_boot(USUAL, &[component], events);
    }
    for (service, event) in [Dhcp, Wins, Dns, SimpleTcpip, Printing].into_iter().zip(tcpip) {
        let others: Vec<Event> = tcpip.into_iter().filter(|it| *it != event).collect();
        check_boot(USUAL, &[Tcpip, service], &others);
    }
    check_boot(USUAL, &[Appletalk, Macintosh], &[]);
    check_boot(USUAL, &[Nwlink, Gateway], &[]);
    check_boot(USUAL, &[Workstation, Browser], &[]);
    check_boot(USUAL, &[Server, Browser], &[ExchangeNeedsServer]);
    let both = [BrowserNeedsWorkstation, BrowserNeedsServer, ExchangeNeedsServer];
    check_boot(USUAL, &[Server, Workstation], &both);
    check_boot(USUAL, &[Tcpip, Netbeui], &tcpip);
    let transports = [Tcpip, Netbeui, Nwlink];
    check_boot(USUAL, &transports, &no_transport);
    check_boot(USUAL, &[Tcpip, Netbeui, Nwlink, Ras], &no_transport[1..]);
    let other_reading = USUAL.with(RuleId::OnlyTransportsCarryShares);
    let all = [&no_carrier[..], &no_transport, &[ExchangeServerFailed]].concat();
    check_boot(other_reading, &transports, &all);
    let none = Components::PROTOCOLS.or(Components::SERVICES).iter().collect::<Vec<_>>();
    let bare = [&no_carrier[..], &[ExchangeServerFailed]].concat();
    check_boot(USUAL, &none, &bare);
    check_boot(USUAL, &[&none[..], &[Browser]].concat(), &[bare[0], bare[1], bare[3]]);
    let without = [ServerWithoutTransport, BrowserNeedsWorkstation, BrowserServerFailed, bare[3]];
    check_boot(USUAL, &[&none[..], &[Workstation]].concat(), &without);
    let rpc_too = [&no_carrier[..], &[ExchangeNeedsRpc, ExchangeServerFailed]].concat();
    check_boot(USUAL, &[&none[..], &[Rpc]].concat(), &rpc_too);
    let no_server = [&none[..], &[Server, Workstation, Browser]].concat();
    check_boot(USUAL, &no_server, &[ExchangeNeedsServer]);
}

#[test]
fn events_read_as_in_event_viewer() {
    const ATTENDANT: &str = "Microsoft Exchange System Attendant";
    const BROWSER: &str = "Computer Browser";
    let missing = |service: &str, lower: &str| {
        let text = "service depends on the following nonexistent service:";
        (7003, format!("The {service} {text} {lower}"))
    };
    let group = |service: &str| {
        let text = "service depends on the TDI group and no member of this group started.";
        (7002, format!("The {service} {text}"))
    };
    let failed = "error: The dependency service or group failed to start.";
    let server = |service: &str| {
        let text = "service depends on the Server service which failed to start because of the";
        (7001, format!("The {service} {text} following {failed}"))
    };
    let ras = "The Remote Access Server service failed to start due to the following";
    let expected = [
        group("Workstation"),
        group("Server"),
        missing(BROWSER, "LanmanWorkstation"),
        missing(BROWSER, "LanmanServer"),
        server(BROWSER),
        missing("File Server for Macintosh", "AppleTalk"),
        missing("Print Server for Macintosh", "AppleTalk"),
        (7000, format!("{ras} {failed}")),
        missing("Gateway Service for NetWare", "NwlnkIpx"),
        missing("Microsoft DHCP Server", "Tcpip"),
        missing("Windows Internet Name Service", "Tcpip"),
        missing("Microsoft DNS Server", "Tcpip"),
        missing("Simple TCP/IP Services", "Tcpip"),
        missing("TCP/IP Print Server", "Tcpip"),
        missing(ATTENDANT, "RPCLOCATOR"),
        missing(ATTENDANT, "LanmanServer"),
        server(ATTENDANT),
        missing("Microsoft Exchange Internet Mail Connector", "Tcpip"),
    ];
    let all = Event::ALL.into_iter().take(expected.len());
    for (event, (id, text)) in all.zip(expected) {
        assert_eq!((event.id(), event.description(Exchange::V40)), (id, text));
        assert_eq!((event.log(), event.log().name()), (Log::System, "System"));
        assert_eq!((event.source(), event.category()), ("Service Control Manager", "None"));
    }
    for exchange in [Exchange::V50, Exchange::V55] {
        let (_, text) = missing("Microsoft Exchange Internet Mail Service", "Tcpip");
        assert_eq!(Event::ImcNeedsTcpip.description(exchange), text);
    }
}

#[test]
fn events_are_a_set_in_the_order_of_one_boot() {
    assert!(Events::NONE.is_empty());
    for event in Event::ALL {
        let alone = Events::NONE.with(event);
        assert_eq!(alone.with(event), alone);
        assert!(!alone.is_empty());
        assert_eq!(alone.iter().collect::<Vec<_>>(), [event]);
        assert_eq!(format!("{alone:?}"), format!("{{{event:?}}}"));
    }
    let all = Event::ALL.into_iter().rev().fold(Events::NONE, Events::with);
    assert_eq!(all.iter().collect::<Vec<_>>(), Event::ALL);
}

/// The failures of a start, in the order in which they win.
const ORDER: [StartFailure; 4] = [
    StartFailure::ServerNotRunning,
    StartFailure::RpcMissing,
    StartFailure::TcpipMissing,
    StartFailure::NotRegistered,
];

#[test]
fn a_start_fails_at_1068_before_1075_for_rpc_before_1075_with_7003_before_4087() {
    let bits = |mask: u8| [0, 1, 2, 3].map(|it| mask >> it & 1 == 1);
    let masks = (0..16).flat_map(|wrong| (0..16).map(move |believed| (wrong, believed)));
    for (wrong, believed) in masks.map(|(wrong, believed)| (bits(wrong), bits(believed))) {
        let mut first = host(&[Tcpip, Netbeui]);
        for (component, _) in [Server, Rpc, Tcpip].into_iter().zip(wrong).filter(|it| it.1) {
            first.running = first.running.without(component);
        }
        if wrong[3] {
            first.failing = Components::of(&[Netbeui]);
        }
        let doubted = ORDER.into_iter().zip(believed).filter(|it| !it.1);
        let rules = doubted.fold(USUAL, |rules, (failure, _)| rules.without(failure.rule()));
        let wins = (0..4).find(|it| wrong[*it] && believed[*it]);
        let expected = wins.map_or(Ok(()), |it| Err(ORDER[it]));
        assert_eq!(start(rules, &first), expected, "{wrong:?} {believed:?}");
    }
}

#[test]
fn a_failed_start_shows_its_error_and_logs_its_event() {
    let dependency = "The dependency service or group failed to start.";
    let missing = "The dependency service does not exist or has been marked for deletion.";
    let internal = "An internal Windows NT error occurred.";
    let whole = host(&[Tcpip]);
    let without = |it| Host { running: whole.running.without(it), ..host(&[Tcpip]) };
    let other = host(&[Netbeui]);
    let sick = sick(&[Tcpip], &[Tcpip]);
    for (first, failure, error, text, events) in [
        (without(Server), ORDER[0], 1068, dependency, &[][..]),
        (without(Rpc), ORDER[1], 1075, missing, &[]),
        (other, ORDER[2], 1075, missing, &[Event::ImcNeedsTcpip]),
        (sick, ORDER[3], 2140, internal, &[Event::QueueInterfaceNotRegistered]),
    ] {
        let step = step(USUAL, &first, StartImc).unwrap();
        assert_eq!(step.failure, Some(failure));
        assert_eq!((failure.error(), failure.error_text()), (error, text));
        assert_eq!(step.events.iter().collect::<Vec<_>>(), events);
    }
}

/// Compares what is named as having been in the way: component, sequence, and what is wrong.
#[track_caller]
fn check_obstacles(host: &Host, expected: &[(Component, Option<&'static str>, Fault)]) {
    let expected = expected.iter();
    let expected: Vec<Obstacle> = expected
        .map(|(component, sequence, fault)| Obstacle {
            component: *component,
            sequence: *sequence,
            fault: *fault,
        })
        .collect();
    assert_eq!(obstacles(host), expected);
}

#[test]
fn what_is_in_the_way_is_named_with_its_sequence_and_its_binding() {
    let bound =
        |upper, lower| Fault::Binding(Some(Binding { upper, lower: Lower::Component(lower) }));
    let adapter = |upper| Fault::Binding(Some(Binding { upper, lower: Lower::Adapter }));
    let (ip, spx) = (Some("ncacn_ip_tcp"), Some("ncacn_spx"));
    let (nb, at) = (Some("ncacn_nb_nb"), Some("ncacn_at_dsp"));
    check_obstacles(&host(&Component::ALL), &[]);
    check_obstacles(&sick(&[Nwlink, Snmp], &[Snmp]), &[(Snmp, None, bound(Snmp, Nwlink))]);
    check_obstacles(
        &sick(&Component::ALL, &[Macintosh, Dlc, Appletalk, Nwlink, Netbeui, Tcpip, Netmon]),
        &[
            (Tcpip, ip, adapter(Tcpip)),
            (Netbeui, nb, adapter(Netbeui)),
            (Nwlink, spx, adapter(Nwlink)),
            (Appletalk, at, adapter(Appletalk)),
            (Dlc, None, adapter(Dlc)),
            (Macintosh, None, bound(Macintosh, Appletalk)),
            (Netmon, None, adapter(Netmon)),
        ],
    );
    let unbound = sick(&[Tcpip, Macintosh], &[Macintosh]);
    check_obstacles(&unbound, &[(Macintosh, None, Fault::Binding(None))]);
    let removed = after(USUAL, &sick(&[Tcpip, Snmp], &[Snmp]), &[Remove(Tcpip), Remove(Snmp)]);
    check_obstacles(&removed, &[(Snmp, None, bound(Snmp, Tcpip))]);
    let first = Host { service_pack: 3, ..host(&[Tcpip, Snmp]) };
    let from_cd = after(USUAL, &first, &[Install(Netbeui), Restart]);
    check_obstacles(&from_cd, &[(Netbeui, nb, Fault::CdFiles)]);
    let both = Host { damaged: from_cd.failing, ..from_cd };
    check_obstacles(&both, &[(Netbeui, nb, adapter(Netbeui))]);
    let mended = after(USUAL, &from_cd, &[ApplyServicePack(3)]);
    check_obstacles(&mended, &[(Netbeui, nb, Fault::Memory)]);
    let on_disk_only = Host { damaged: Components::of(&[Tcpip]), ..first };
    check_obstacles(&on_disk_only, &[]);
}
