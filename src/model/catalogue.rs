//! What is known of each component beside its name: RPC sequences, bindings, what it brings, and what its removal loses.

use super::component::Component;
use super::fact::Fact;
use super::rule::RuleId;
use super::set::Components;

/// What one end of a binding is bound to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lower {
    /// A protocol.
    Component(Component),
    /// The network adapter.
    Adapter,
}

impl Lower {
    /// Its name in the Bindings tab.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Component(component) => component.name(),
            Self::Adapter => "network adapter",
        }
    }
}

/// One line of the Bindings tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Binding {
    /// The component that is bound.
    pub upper: Component,
    /// What it is bound to.
    pub lower: Lower,
}

/// The bindings of `component` on a host with `installed`, in the order of the Bindings tab.
///
/// A pure function of the installed set. Empty for a service none of whose protocols is installed.
pub fn bindings(installed: Components, component: Component) -> Vec<Binding> {
    let lowers = component.bound_to();
    if lowers.is_empty() {
        return vec![Binding { upper: component, lower: Lower::Adapter }];
    }
    let there = lowers.iter().copied().filter(|it| installed.has(*it));
    there.map(|it| Binding { upper: component, lower: Lower::Component(it) }).collect()
}

impl Component {
    /// The protocols that a service is bound to where they are installed, in dialog order; empty for
    /// what is bound to the adapter: every protocol, and the Network Monitor Agent.
    pub const fn bound_to(self) -> &'static [Self] {
        match self {
            Self::Tcpip
            | Self::Netbeui
            | Self::Nwlink
            | Self::Appletalk
            | Self::Dlc
            | Self::Streams
            | Self::Pptp
            | Self::Netmon => &[],
            Self::Macintosh => &[Self::Appletalk],
            Self::Snmp => &[Self::Tcpip, Self::Nwlink],
            Self::Gateway => &[Self::Nwlink],
            Self::Dhcp | Self::Wins | Self::Dns | Self::SimpleTcpip | Self::Printing => {
                &[Self::Tcpip]
            }
            Self::Rpc => &[Self::Tcpip, Self::Netbeui, Self::Nwlink, Self::Appletalk],
            Self::Ras | Self::Netbios | Self::Workstation | Self::Server | Self::Browser => {
                &[Self::Tcpip, Self::Netbeui, Self::Nwlink]
            }
        }
    }

    /// The RPC protocol sequences that a protocol carries.
    ///
    /// # Source
    ///
    /// Q165324 for the usual list of NT 4.0; F44 for AppleTalk.
    pub const fn sequences(self) -> &'static [&'static str] {
        match self {
            Self::Tcpip => &["ncacn_ip_tcp", "ncadg_ip_udp", "ncacn_nb_tcp"],
            Self::Netbeui => &["ncacn_nb_nb"],
            Self::Nwlink => &["ncacn_spx", "ncadg_ipx", "ncacn_nb_ipx"],
            Self::Appletalk => &["ncacn_at_dsp"],
            Self::Dlc
            | Self::Streams
            | Self::Pptp
            | Self::Macintosh
            | Self::Snmp
            | Self::Ras
            | Self::Gateway
            | Self::Dhcp
            | Self::Wins
            | Self::Dns
            | Self::SimpleTcpip
            | Self::Printing
            | Self::Netmon
            | Self::Rpc
            | Self::Netbios
            | Self::Workstation
            | Self::Server
            | Self::Browser => &[],
        }
    }

    /// What installing this component installs besides, and the rule that says so.
    pub const fn brings(self) -> Option<(Self, RuleId)> {
        match self {
            Self::Macintosh => Some((Self::Appletalk, RuleId::MacintoshBringsAppletalk)),
            Self::Gateway => Some((Self::Nwlink, RuleId::GatewayBringsNwlink)),
            Self::Tcpip
            | Self::Netbeui
            | Self::Nwlink
            | Self::Appletalk
            | Self::Dlc
            | Self::Streams
            | Self::Pptp
            | Self::Snmp
            | Self::Ras
            | Self::Dhcp
            | Self::Wins
            | Self::Dns
            | Self::SimpleTcpip
            | Self::Printing
            | Self::Netmon
            | Self::Rpc
            | Self::Netbios
            | Self::Workstation
            | Self::Server
            | Self::Browser => None,
        }
    }

    /// What an operator loses by removing it, where a document says so: advice, not state.
    pub const fn losses(self) -> &'static [Fact] {
        match self {
            Self::Tcpip => &[Fact::F115, Fact::F116, Fact::F118],
            Self::Nwlink => &[Fact::F128, Fact::F129],
            Self::Appletalk => &[Fact::F132, Fact::F134],
            Self::Dlc => &[Fact::F130],
            Self::Macintosh => &[Fact::F132, Fact::F95],
            Self::Snmp => &[Fact::F126],
            Self::Ras => &[Fact::F124],
            Self::Gateway => &[Fact::F129],
            Self::Dhcp => &[Fact::F121],
            Self::Wins => &[Fact::F123],
            Self::Dns => &[Fact::F122],
            Self::Printing => &[Fact::F131],
            Self::Netbios => &[Fact::F136],
            Self::Workstation => &[Fact::F137],
            Self::Server => &[Fact::F135],
            Self::Netbeui
            | Self::Streams
            | Self::Pptp
            | Self::SimpleTcpip
            | Self::Netmon
            | Self::Rpc
            | Self::Browser => &[],
        }
    }
}
