//! Events as Event Viewer shows them. They are seen by the operator and change nothing.

use super::component::Component;
use super::host::Exchange;
use super::set::Components;
use std::fmt;

/// Every event that the model can log, in the order in which one boot logs them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Event {
    /// 7002: Workstation found no transport.
    WorkstationWithoutTransport,
    /// 7002: Server found no transport.
    ServerWithoutTransport,
    /// 7003: Computer Browser needs Workstation.
    BrowserNeedsWorkstation,
    /// 7003: Computer Browser needs Server.
    BrowserNeedsServer,
    /// 7001: Computer Browser depends on Server, which failed.
    BrowserServerFailed,
    /// 7003: the file server for Macintosh needs AppleTalk.
    MacFileNeedsAppletalk,
    /// 7003: the print server for Macintosh needs AppleTalk.
    MacPrintNeedsAppletalk,
    /// 7000: Remote Access found none of its protocols.
    RasWithoutProtocol,
    /// 7003: the gateway needs NWLink.
    GatewayNeedsNwlink,
    /// 7003: the DHCP server needs TCP/IP.
    DhcpNeedsTcpip,
    /// 7003: WINS needs TCP/IP.
    WinsNeedsTcpip,
    /// 7003: the DNS server needs TCP/IP.
    DnsNeedsTcpip,
    /// 7003: Simple TCP/IP Services need TCP/IP.
    SimpleTcpipNeedsTcpip,
    /// 7003: the TCP/IP print server needs TCP/IP.
    PrintingNeedsTcpip,
    /// 7003: the System Attendant needs RPC Locator.
    ExchangeNeedsRpc,
    /// 7003: the System Attendant needs Server.
    ExchangeNeedsServer,
    /// 7001: the System Attendant depends on Server, which failed.
    ExchangeServerFailed,
    /// 7003: the IMC needs TCP/IP.
    ImcNeedsTcpip,
    /// 4087: the IMC could not register its queue viewing interface.
    QueueInterfaceNotRegistered,
}

/// The log that an event is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Log {
    /// The System log.
    System,
    /// The Application log.
    Application,
}

impl Log {
    /// Its name in Event Viewer.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::Application => "Application",
        }
    }
}

/// How one event came about; the words of its description.
enum Cause {
    Nonexistent(&'static str, &'static str),
    Failed(&'static str, &'static str),
    Group(&'static str),
    Start(&'static str),
    Registration,
}

impl Event {
    /// All events, in the order of the enum.
    pub const ALL: [Self; 19] = [
        Self::WorkstationWithoutTransport,
        Self::ServerWithoutTransport,
        Self::BrowserNeedsWorkstation,
        Self::BrowserNeedsServer,
        Self::BrowserServerFailed,
        Self::MacFileNeedsAppletalk,
        Self::MacPrintNeedsAppletalk,
        Self::RasWithoutProtocol,
        Self::GatewayNeedsNwlink,
        Self::DhcpNeedsTcpip,
        Self::WinsNeedsTcpip,
        Self::DnsNeedsTcpip,
        Self::SimpleTcpipNeedsTcpip,
        Self::PrintingNeedsTcpip,
        Self::ExchangeNeedsRpc,
        Self::ExchangeNeedsServer,
        Self::ExchangeServerFailed,
        Self::ImcNeedsTcpip,
        Self::QueueInterfaceNotRegistered,
    ];

    /// The event ID.
    pub const fn id(self) -> u16 {
        match self.cause() {
            Cause::Start(_) => 7000,
            Cause::Failed(..) => 7001,
            Cause::Group(_) => 7002,
            Cause::Nonexistent(..) => 7003,
            Cause::Registration => 4087,
        }
    }

    /// The log it is written to.
    pub const fn log(self) -> Log {
        match self.cause() {
            Cause::Registration => Log::Application,
            Cause::Start(_) | Cause::Failed(..) | Cause::Group(_) | Cause::Nonexistent(..) => {
                Log::System
            }
        }
    }

    /// The source.
    pub const fn source(self) -> &'static str {
        match self.log() {
            Log::System => "Service Control Manager",
            Log::Application => "MSExchangeIMC",
        }
    }

    /// The category.
    pub const fn category(self) -> &'static str {
        match self.log() {
            Log::System => "None",
            Log::Application => "Initialization/Termination",
        }
    }

    const fn cause(self) -> Cause {
        const BROWSER: &str = "Computer Browser";
        const ATTENDANT: &str = "Microsoft Exchange System Attendant";
        match self {
            Self::WorkstationWithoutTransport => Cause::Group("Workstation"),
            Self::ServerWithoutTransport => Cause::Group("Server"),
            Self::BrowserNeedsWorkstation => Cause::Nonexistent(BROWSER, "LanmanWorkstation"),
            Self::BrowserNeedsServer => Cause::Nonexistent(BROWSER, "LanmanServer"),
            Self::BrowserServerFailed => Cause::Failed(BROWSER, "Server"),
            Self::MacFileNeedsAppletalk => {
                Cause::Nonexistent("File Server for Macintosh", "AppleTalk")
            }
            Self::MacPrintNeedsAppletalk => {
                Cause::Nonexistent("Print Server for Macintosh", "AppleTalk")
            }
            Self::RasWithoutProtocol => Cause::Start("Remote Access Server"),
            Self::GatewayNeedsNwlink => {
                Cause::Nonexistent("Gateway Service for NetWare", "NwlnkIpx")
            }
            Self::DhcpNeedsTcpip => Cause::Nonexistent("Microsoft DHCP Server", "Tcpip"),
            Self::WinsNeedsTcpip => Cause::Nonexistent("Windows Internet Name Service", "Tcpip"),
            Self::DnsNeedsTcpip => Cause::Nonexistent("Microsoft DNS Server", "Tcpip"),
            Self::SimpleTcpipNeedsTcpip => Cause::Nonexistent("Simple TCP/IP Services", "Tcpip"),
            Self::PrintingNeedsTcpip => Cause::Nonexistent("TCP/IP Print Server", "Tcpip"),
            Self::ExchangeNeedsRpc => Cause::Nonexistent(ATTENDANT, "RPCLOCATOR"),
            Self::ExchangeNeedsServer => Cause::Nonexistent(ATTENDANT, "LanmanServer"),
            Self::ExchangeServerFailed => Cause::Failed(ATTENDANT, "Server"),
            Self::ImcNeedsTcpip => Cause::Nonexistent("", "Tcpip"),
            Self::QueueInterfaceNotRegistered => Cause::Registration,
        }
    }

    /// The description, as a host with this version of Exchange shows it.
    ///
    /// # Source
    ///
    /// The article for 4087; F144 for the texts of the Service Control Manager, F151 for error 1068.
    pub fn description(self, exchange: Exchange) -> String {
        const FAILED: &str = "The dependency service or group failed to start.";
        match self.cause() {
            Cause::Nonexistent(service, lower) => {
                let service = if service.is_empty() { exchange.imc_name() } else { service };
                format!(
                    "The {service} service depends on the following nonexistent service: {lower}"
                )
            }
            Cause::Failed(service, lower) => format!(
                "The {service} service depends on the {lower} service which failed to start \
                 because of the following error: {FAILED}"
            ),
            Cause::Group(service) => format!(
                "The {service} service depends on the TDI group and no member of this group started."
            ),
            Cause::Start(service) => format!(
                "The {service} service failed to start due to the following error: {FAILED}"
            ),
            Cause::Registration => {
                "The service could not be started because the queue viewing interface could not be registered."
                    .to_owned()
            }
        }
    }
}

/// A set of events, in the order of [`Event::ALL`].
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Events(u32);

impl Events {
    /// No event.
    pub const NONE: Self = Self(0);

    /// This set and `event`.
    #[must_use]
    pub const fn with(self, event: Event) -> Self {
        Self(self.0 | 1 << event as u8)
    }

    /// Whether `event` is in the set.
    pub const fn has(self, event: Event) -> bool {
        self.0 >> event as u8 & 1 == 1
    }

    /// Whether the set has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, in the order of [`Event::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Event> {
        Event::ALL.into_iter().filter(move |it| self.has(*it))
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

/// Which service misses which component at boot.
const NEEDS: [(Component, Component, Event); 10] = [
    (Component::Browser, Component::Workstation, Event::BrowserNeedsWorkstation),
    (Component::Browser, Component::Server, Event::BrowserNeedsServer),
    (Component::Macintosh, Component::Appletalk, Event::MacFileNeedsAppletalk),
    (Component::Macintosh, Component::Appletalk, Event::MacPrintNeedsAppletalk),
    (Component::Gateway, Component::Nwlink, Event::GatewayNeedsNwlink),
    (Component::Dhcp, Component::Tcpip, Event::DhcpNeedsTcpip),
    (Component::Wins, Component::Tcpip, Event::WinsNeedsTcpip),
    (Component::Dns, Component::Tcpip, Event::DnsNeedsTcpip),
    (Component::SimpleTcpip, Component::Tcpip, Event::SimpleTcpipNeedsTcpip),
    (Component::Printing, Component::Tcpip, Event::PrintingNeedsTcpip),
];

/// What the Service Control Manager logs when a host with `installed` boots, where `carriers` are
/// the protocols that the Server service can run on.
///
/// It depends on nothing hidden, so that a boot never gives the damage away; and, being the documents'
/// dependencies and not the model's, on no rule about the IMC.
///
/// # Source
///
/// F144 for the events; F69, F70, F75, F82 and F83 for the dependencies, F17 and F20 for those of Exchange.
pub fn at_boot(installed: Components, carriers: Components) -> Events {
    // Nearly every boot misses nothing; what follows is for the others.
    const ALWAYS: Components = Components::of(&[
        Component::Tcpip,
        Component::Rpc,
        Component::Workstation,
        Component::Server,
    ]);
    let bound = |upper, lower| installed.has(lower) || !installed.has(upper);
    if ALWAYS.within(installed)
        && bound(Component::Macintosh, Component::Appletalk)
        && bound(Component::Gateway, Component::Nwlink)
    {
        return Events::NONE;
    }
    let mut events = Events::NONE;
    for (service, lower, event) in NEEDS {
        if installed.has(service) && !installed.has(lower) {
            events = events.with(event);
        }
    }
    if !installed.has(Component::Rpc) {
        events = events.with(Event::ExchangeNeedsRpc);
    }
    if installed.has(Component::Ras) && !installed.meets(Components::TRANSPORTS) {
        events = events.with(Event::RasWithoutProtocol);
    }
    if !installed.has(Component::Server) {
        return events.with(Event::ExchangeNeedsServer);
    }
    if !installed.meets(carriers) {
        events = events.with(Event::ServerWithoutTransport).with(Event::ExchangeServerFailed);
        if installed.has(Component::Workstation) {
            events = events.with(Event::WorkstationWithoutTransport);
        }
        if installed.has(Component::Browser) {
            events = events.with(Event::BrowserServerFailed);
        }
    }
    events
}
