//! The windows of the host, as text: what an operator may see, and nothing else.

use crate::model::catalogue::bindings;
use crate::model::component::Component;
use crate::model::component::Kind;
use crate::model::event;
use crate::model::event::Event;
use crate::model::event::Events;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::nameplate::Nameplate;
use crate::model::observe::Observation;
use crate::model::set::Components;

/// A window, or a command that shows something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Window {
    /// Control Panel, Network, the Services tab.
    NetworkServices,
    /// Control Panel, Network, the Protocols tab.
    NetworkProtocols,
    /// Control Panel, Network, the Bindings tab.
    NetworkBindings,
    /// Control Panel, Services.
    Services,
    /// Event Viewer.
    EventViewer,
    /// The version and the service pack.
    Version,
    /// The shared folders.
    Shares,
}

impl Window {
    /// All windows.
    pub const ALL: [Self; 7] = [
        Self::NetworkServices,
        Self::NetworkProtocols,
        Self::NetworkBindings,
        Self::Services,
        Self::EventViewer,
        Self::Version,
        Self::Shares,
    ];

    /// What is typed to see it.
    pub const fn typed(self) -> &'static str {
        match self {
            Self::NetworkServices => "network services",
            Self::NetworkProtocols => "network protocols",
            Self::NetworkBindings => "network bindings",
            Self::Services => "services",
            Self::EventViewer => "eventviewer",
            Self::Version => "winver",
            Self::Shares => "net share",
        }
    }
}

/// An event in Event Viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Logged {
    /// The number of the action that logged it, from 1.
    pub action: usize,
    /// The event.
    pub event: Event,
}

/// What can be seen of a host.
///
/// The last boot is in it as far as Control Panel, Services, shows it: what was started, and not how
/// well it works.
#[derive(Clone, Debug)]
pub struct Screen<'a> {
    /// The host as any technician sees it.
    pub seen: Observation,
    /// What the last boot loaded.
    pub loaded: Components,
    /// The protocols that can carry the Server service.
    pub carriers: Components,
    /// The names.
    pub names: &'a Nameplate,
    /// The event logs, oldest first.
    pub log: &'a [Logged],
}

/// A service: the component that it comes with, its name, and the boot events that say it is not started.
type Service = (Component, &'static str, Events);

const fn unless(events: &[Event]) -> Events {
    let mut set = Events::NONE;
    let mut rest = events;
    while let [first, tail @ ..] = rest {
        set = set.with(*first);
        rest = tail;
    }
    set
}

const EXCHANGE: Events =
    unless(&[Event::ExchangeNeedsRpc, Event::ExchangeNeedsServer, Event::ExchangeServerFailed]);

/// The services that the model knows of, by name.
const SERVICES: [Service; 21] = [
    (
        Component::Browser,
        "Computer Browser",
        unless(&[
            Event::BrowserNeedsWorkstation,
            Event::BrowserNeedsServer,
            Event::BrowserServerFailed,
        ]),
    ),
    (Component::Macintosh, "File Server for Macintosh", unless(&[Event::MacFileNeedsAppletalk])),
    (Component::Gateway, "Gateway Service for NetWare", unless(&[Event::GatewayNeedsNwlink])),
    (Component::Dhcp, "Microsoft DHCP Server", unless(&[Event::DhcpNeedsTcpip])),
    (Component::Dns, "Microsoft DNS Server", unless(&[Event::DnsNeedsTcpip])),
    (Component::Server, "Microsoft Exchange Directory", EXCHANGE),
    (Component::Server, "Microsoft Exchange Information Store", EXCHANGE),
    (Component::Server, "Microsoft Exchange Message Transfer Agent", EXCHANGE),
    (Component::Server, "Microsoft Exchange System Attendant", EXCHANGE),
    (Component::Netmon, "Network Monitor Agent", Events::NONE),
    (Component::Macintosh, "Print Server for Macintosh", unless(&[Event::MacPrintNeedsAppletalk])),
    (Component::Ras, "Remote Access Server", unless(&[Event::RasWithoutProtocol])),
    (Component::Rpc, "Remote Procedure Call (RPC) Locator", Events::NONE),
    (Component::Server, "Server", unless(&[Event::ServerWithoutTransport])),
    (Component::SimpleTcpip, "Simple TCP/IP Services", unless(&[Event::SimpleTcpipNeedsTcpip])),
    (Component::Snmp, "SNMP", Events::NONE),
    (Component::Tcpip, "TCP/IP NetBIOS Helper", Events::NONE),
    (Component::Printing, "TCP/IP Print Server", unless(&[Event::PrintingNeedsTcpip])),
    (Component::Wins, "Windows Internet Name Service", unless(&[Event::WinsNeedsTcpip])),
    (Component::Workstation, "Workstation", unless(&[Event::WorkstationWithoutTransport])),
    (Component::Rpc, "NT LM Security Support Provider", Events::NONE),
];

/// Services that come with no component of the model and are always started.
const ALWAYS: [&str; 4] =
    ["EventLog", "License Logging Service", "Remote Procedure Call (RPC) Service", "Spooler"];

impl Screen<'_> {
    /// The services that Control Panel lists and whether each is started, by name.
    pub fn services(&self) -> Vec<(&'static str, bool)> {
        let missing = event::at_boot(self.loaded, self.carriers);
        let known = SERVICES.iter().filter(|(component, ..)| {
            self.loaded.has(*component) || self.seen.installed.has(*component)
        });
        let mut list: Vec<(&str, bool)> = known
            .map(|(component, name, unless)| {
                let stands =
                    self.loaded.has(*component) && !missing.iter().any(|it| unless.has(it));
                (*name, stands)
            })
            .collect();
        list.extend(ALWAYS.map(|it| (it, true)));
        if self.seen.os == Os::Nt40 {
            list.push(("Plug and Play", true));
        }
        match self.seen.imc {
            Imc::Absent => {}
            Imc::Stopped => list.push((self.seen.exchange.imc_name(), false)),
            Imc::Running => list.push((self.seen.exchange.imc_name(), true)),
        }
        list.sort_unstable_by_key(|(name, _)| name.to_lowercase());
        list
    }

    /// Whether the Server service is started.
    pub fn server_started(&self) -> bool {
        self.services().contains(&("Server", true))
    }

    /// The window as text.
    pub fn show(&self, window: Window) -> String {
        match window {
            Window::NetworkServices => {
                let title = "Network, tab Services. Network Services:";
                self.list(title, &[Kind::Service, Kind::Base])
            }
            Window::NetworkProtocols => {
                self.list("Network, tab Protocols. Network Protocols:", &[Kind::Protocol])
            }
            Window::NetworkBindings => self.bindings(),
            Window::Services => {
                let mut out = String::from("Services\n\n");
                for (name, started) in self.services() {
                    let status = if started { "Started" } else { "" };
                    out.push_str(format!("   {name:<44}{status}").trim_end());
                    out.push('\n');
                }
                out
            }
            Window::EventViewer => self.events(),
            Window::Version => self.version(),
            Window::Shares => self.shares(),
        }
    }

    fn list(&self, title: &str, kinds: &[Kind]) -> String {
        let mut names: Vec<&str> = self
            .seen
            .installed
            .iter()
            .filter(|it| kinds.contains(&it.kind()))
            .map(Component::name)
            .collect();
        names.sort_unstable_by_key(|it| it.to_lowercase());
        let mut out = format!("{title}\n\n");
        for name in &names {
            out.push_str(&format!("   {name}\n"));
        }
        if names.is_empty() {
            out.push_str("   (none)\n");
        }
        out + self.pending()
    }

    const fn pending(&self) -> &'static str {
        if self.seen.restart_pending {
            "\n(The list shows the disk. A restart is still due; memory is as the last boot loaded it.)\n"
        } else {
            ""
        }
    }

    fn bindings(&self) -> String {
        let mut out = String::from("Network, tab Bindings. Show Bindings for: all services\n\n");
        for component in self.seen.installed.iter() {
            out.push_str(&format!("   {}\n", component.name()));
            for binding in bindings(self.seen.installed, component) {
                out.push_str(&format!("      {}\n", binding.lower.name()));
            }
        }
        out.push_str("\n(The tab lists what is bound to what. Whether a binding works cannot be seen here.)\n");
        out + self.pending()
    }

    fn events(&self) -> String {
        if self.log.is_empty() {
            return "Event Viewer\n\n(Nothing has been logged since you sat down.)\n".to_owned();
        }
        let mut out = format!(
            "Event Viewer\n\n   {:<4}{:<13}{:<25}{:<28}{}\n",
            "No.", "Log", "Source", "Category", "Event"
        );
        for (index, logged) in self.log.iter().enumerate().rev() {
            let event = logged.event;
            out.push_str(&format!(
                "   {:<4}{:<13}{:<25}{:<28}{}\n",
                index + 1,
                event.log().name(),
                event.source(),
                event.category(),
                event.id()
            ));
        }
        out + "\n(Newest first. `eventviewer 1` shows number 1 in full.)\n"
    }

    /// One event in full; none where there is none of this number.
    pub fn event(&self, number: usize) -> Option<String> {
        let logged = self.log.get(number.checked_sub(1)?)?;
        let event = logged.event;
        Some(format!(
            "Event Detail\n\n   Event ID:  {}\n   Source:    {}\n   Type:      Error\n   \
             Category:  {}\n   User:      N/A\n   Computer:  {}\n   Log:       {}\n\n   \
             Description:\n   {}\n\n(Logged by your action {}.)\n",
            event.id(),
            event.source(),
            event.category(),
            self.names.computer,
            event.log().name(),
            event.description(self.seen.exchange),
            logged.action
        ))
    }

    fn version(&self) -> String {
        let build = match self.seen.os {
            Os::Nt351 => 1057,
            Os::Nt40 => 1381,
        };
        let pack = match self.seen.service_pack {
            0 => String::new(),
            number => format!(": Service Pack {number}"),
        };
        let past = if self.seen.upgraded {
            "\n(The registry still holds version numbers of 3.51: this host was upgraded.)\n"
        } else {
            ""
        };
        format!(
            "Microsoft (R) Windows NT (TM)\nVersion {} (Build {build}{pack})\n{past}",
            self.seen.os.id()
        )
    }

    /// The shares as `net share` lists them.
    fn shares(&self) -> String {
        if !self.server_started() {
            return "The Server service is not started.\n\n\
                    More help is available by typing NET HELPMSG 2114.\n"
                .to_owned();
        }
        let rule = "-".repeat(79);
        let mut out = format!("\nShare name   Resource                        Remark\n\n{rule}\n");
        for (name, path, remark) in self.shared() {
            // A long name has a line to itself.
            let (lead, name) = if name.chars().count() > 12 {
                (format!("{name}\n"), "")
            } else {
                (String::new(), &*name)
            };
            out.push_str(&lead);
            out.push_str(format!("{name:<12} {path:<31} {remark}").trim_end());
            out.push('\n');
        }
        out + "The command completed successfully.\n"
    }

    /// Name, path and remark of everything that is shared now.
    pub fn shared(&self) -> Vec<(String, String, String)> {
        let mut rows = vec![
            ("ADMIN$".to_owned(), r"C:\WINNT".to_owned(), "Remote Admin".to_owned()),
            ("C$".to_owned(), r"C:\".to_owned(), "Default share".to_owned()),
            ("IPC$".to_owned(), String::new(), "Remote IPC".to_owned()),
        ];
        let present = self.seen.shares.less(self.seen.lost);
        let here = present.iter().filter_map(|it| self.names.shares.get(usize::from(it)));
        rows.extend(here.map(|it| (it.name.clone(), it.path.clone(), it.remark.clone())));
        rows
    }
}
