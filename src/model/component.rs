//! The components that the Network dialog of Windows NT lists: protocols, services and the base services of Setup.

/// A network component, in the order in which the dialog lists protocols and runbooks take them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Component {
    /// TCP/IP Protocol.
    Tcpip,
    /// NetBEUI Protocol.
    Netbeui,
    /// NWLink IPX/SPX Compatible Transport.
    Nwlink,
    /// AppleTalk Protocol.
    Appletalk,
    /// DLC Protocol.
    Dlc,
    /// Streams Environment.
    Streams,
    /// Point To Point Tunneling Protocol.
    Pptp,
    /// Services for Macintosh.
    Macintosh,
    /// SNMP Service.
    Snmp,
    /// Remote Access Service.
    Ras,
    /// Gateway (and Client) Services for NetWare.
    Gateway,
    /// Microsoft DHCP Server.
    Dhcp,
    /// Windows Internet Name Service.
    Wins,
    /// Microsoft DNS Server.
    Dns,
    /// Simple TCP/IP Services.
    SimpleTcpip,
    /// Microsoft TCP/IP Printing.
    Printing,
    /// Network Monitor Agent.
    Netmon,
    /// RPC Configuration.
    Rpc,
    /// NetBIOS Interface.
    Netbios,
    /// Workstation.
    Workstation,
    /// Server.
    Server,
    /// Computer Browser.
    Browser,
}

/// Which part of the dialog a component belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Listed on the Protocols tab.
    Protocol,
    /// Listed on the Services tab and installed by choice.
    Service,
    /// Listed on the Services tab and installed by Setup on every host.
    Base,
}

impl Component {
    /// All components: protocols, then services, then base services.
    pub const ALL: [Self; 22] = [
        Self::Tcpip,
        Self::Netbeui,
        Self::Nwlink,
        Self::Appletalk,
        Self::Dlc,
        Self::Streams,
        Self::Pptp,
        Self::Macintosh,
        Self::Snmp,
        Self::Ras,
        Self::Gateway,
        Self::Dhcp,
        Self::Wins,
        Self::Dns,
        Self::SimpleTcpip,
        Self::Printing,
        Self::Netmon,
        Self::Rpc,
        Self::Netbios,
        Self::Workstation,
        Self::Server,
        Self::Browser,
    ];

    /// The word for this component in files, actions and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Tcpip => "tcpip",
            Self::Netbeui => "netbeui",
            Self::Nwlink => "nwlink",
            Self::Appletalk => "appletalk",
            Self::Dlc => "dlc",
            Self::Streams => "streams",
            Self::Pptp => "pptp",
            Self::Macintosh => "macintosh",
            Self::Snmp => "snmp",
            Self::Ras => "ras",
            Self::Gateway => "gateway",
            Self::Dhcp => "dhcp",
            Self::Wins => "wins",
            Self::Dns => "dns",
            Self::SimpleTcpip => "simple-tcpip",
            Self::Printing => "printing",
            Self::Netmon => "netmon",
            Self::Rpc => "rpc",
            Self::Netbios => "netbios",
            Self::Workstation => "workstation",
            Self::Server => "server",
            Self::Browser => "browser",
        }
    }

    /// The name in the Network dialog.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tcpip => "TCP/IP Protocol",
            Self::Netbeui => "NetBEUI Protocol",
            Self::Nwlink => "NWLink IPX/SPX Compatible Transport",
            Self::Appletalk => "AppleTalk Protocol",
            Self::Dlc => "DLC Protocol",
            Self::Streams => "Streams Environment",
            Self::Pptp => "Point To Point Tunneling Protocol",
            Self::Macintosh => "Services for Macintosh",
            Self::Snmp => "SNMP Service",
            Self::Ras => "Remote Access Service",
            Self::Gateway => "Gateway (and Client) Services for NetWare",
            Self::Dhcp => "Microsoft DHCP Server",
            Self::Wins => "Windows Internet Name Service",
            Self::Dns => "Microsoft DNS Server",
            Self::SimpleTcpip => "Simple TCP/IP Services",
            Self::Printing => "Microsoft TCP/IP Printing",
            Self::Netmon => "Network Monitor Agent",
            Self::Rpc => "RPC Configuration",
            Self::Netbios => "NetBIOS Interface",
            Self::Workstation => "Workstation",
            Self::Server => "Server",
            Self::Browser => "Computer Browser",
        }
    }

    /// Which part of the dialog it belongs to.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Tcpip
            | Self::Netbeui
            | Self::Nwlink
            | Self::Appletalk
            | Self::Dlc
            | Self::Streams
            | Self::Pptp => Kind::Protocol,
            Self::Macintosh
            | Self::Snmp
            | Self::Ras
            | Self::Gateway
            | Self::Dhcp
            | Self::Wins
            | Self::Dns
            | Self::SimpleTcpip
            | Self::Printing
            | Self::Netmon => Kind::Service,
            Self::Rpc | Self::Netbios | Self::Workstation | Self::Server | Self::Browser => {
                Kind::Base
            }
        }
    }

    /// The component that `text` names, by id or by the dialog's name, whatever the case.
    pub fn named(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|it| text.eq_ignore_ascii_case(it.id()) || text.eq_ignore_ascii_case(it.name()))
    }
}
