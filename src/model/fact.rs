//! What other documents say, as far as the model leans on it: numbered facts in our own words.

/// A fact from another document than the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fact {
    /// Its number; printed as `F13`.
    pub number: u16,
    /// What it says, in our own words.
    pub says: &'static str,
    /// The documents: knowledge-base numbers where there is one.
    pub documents: &'static str,
}

macro_rules! facts {
    ($($name:ident = $number:literal, $says:literal, $documents:literal;)*) => {
        impl Fact {
            $(
                #[doc = concat!("Fact F", $number, ".")]
                pub const $name: Self =
                    Self { number: $number, says: $says, documents: $documents };
            )*
            /// All facts that the model leans on, by number.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

facts! {
    F10 = 10, "Most failed starts of an Exchange service show the same error 2140; only the event tells them apart.", "Q298565, Q189730, Q163243";
    F13 = 13, "Event 7003 and error 1075 for the IMC mean that TCP/IP is not installed, or that no restart followed its installation.", "Q191548";
    F17 = 17, "The IMC depends on the information store, the MTA and Tcpip; the System Attendant on Server, Workstation and the RPC services.", "Q143380";
    F20 = 20, "Without RPC Configuration the services NtLmSsp and RPC Locator are missing and Exchange stops with error 1075.", "Q164930";
    F21 = 21, "Internet Mail Connector is the name in Exchange 4.0, Internet Mail Service the one from 5.0 on; the service key stays MSExchangeIMC.", "Q156063, Q257618";
    F28 = 28, "The wizard starts the service as its last step; where that fails no Internet Mail Service is created.", "Q166080, Q262939";
    F44 = 44, "RPC also runs over AppleTalk, as sequence ncacn_at_dsp.", "Q162467, Q172971";
    F69 = 69, "Server and Workstation depend on the group TDI: at least one transport driver must load.", "Windows NT Resource Kit, group order";
    F70 = 70, "Computer Browser depends on Workstation and Server; DHCP and other TCP/IP services on Tcpip.", "Q193888, Q158146";
    F74 = 74, "Setting up Services for Macintosh enables the AppleTalk Protocol, the file server and the print server.", "TechNet, NT Server networking, ch. 18";
    F75 = 75, "File and print server for Macintosh depend on the AppleTalk Protocol.", "Q128166, Q138126";
    F82 = 82, "Remote Access Service fails with 1068 when a protocol it depends on is missing.", "Q193840, Q165941";
    F83 = 83, "Gateway Services for NetWare need NWLink, and installing them brings it.", "Q126158";
    F94 = 94, "Without a transport the Server service cannot start, so that no share is active; why the loss lasts is not explained.", "reading of Q182346 with F69";
    F95 = 95, "Volumes for Macintosh clients are kept apart from shares; whether their definitions survive a removal is not documented.", "Q120739, Q158796";
    F96 = 96, "Windows NT 4.0 has service packs 1 to 6.", "Q172965, Q235373, Q246009";
    F97 = 97, "Windows NT 3.51 has service packs 1 to 5.", "Q128465";
    F99 = 99, "Whatever installs files from the CD must be followed by the service pack, before the restart.", "Q196269, Q152841";
    F100 = 100, "A service pack updates only what is installed when it is applied.", "Q151427";
    F101 = 101, "Without the service pack reapplied, services hang, fail or stop the system.", "Q163595, Q151427, Q162837";
    F102 = 102, "Service packs carry newer files for nearly every network component.", "Q172965, Q235373";
    F110 = 110, "After an upgrade from 3.51 the old version numbers stay in the registry.", "Q158980";
    F115 = 115, "Removing TCP/IP loses addresses, DNS and WINS settings, which must be recorded first and typed in again.", "Q320200, Q268643";
    F116 = 116, "Persistent routes are kept under the keys of TCP/IP and go with them (inferred).", "Q138995";
    F118 = 118, "On Exchange 5.0 a removal of TCP/IP logs the harmless directory event 1282.", "Q185027";
    F121 = 121, "DHCP scopes are lost unless the backup of the configuration is saved.", "Q169229";
    F122 = 122, "Zone files of the DNS server must be saved before it is removed.", "Q242124, Q180016";
    F123 = 123, "What a removal does to the WINS database is not documented.", "no document found";
    F124 = 124, "Reinstalling Remote Access Service overwrites Modem.inf.", "Q155319, Q181548";
    F126 = 126, "SNMP communities and trap destinations must be typed in again (inferred).", "Q128746, Q265714";
    F128 = 128, "Frame type and network numbers of NWLink must be typed in again (inferred).", "Q132523, Q195178";
    F129 = 129, "NetWare services stop while NWLink is out.", "Q246532";
    F130 = 130, "Printers on an HP Network Port vanish and SNA link services must be set up again.", "Q167363";
    F131 = 131, "LPR ports and the printers on them disappear (inferred).", "Q181624";
    F132 = 132, "AppleTalk printer ports go, Macintosh volumes are unavailable, and zone and default adapter must be entered again.", "Q174337, Q149202, Q234422";
    F134 = 134, "Exchange must start after AppleTalk is up to serve Macintosh clients.", "Q166665";
    F135 = 135, "With the last protocol the shares go, and with the Server service all Exchange services.", "Q182346 with F69";
    F136 = 136, "Without NetBIOS Interface the Messenger fails with 7024.", "Q157815, Q257920";
    F137 = 137, "Removing Workstation brings a warning for every other service; a last resort.", "Q248057";
    F138 = 138, "Reinstalling needs the CD at hand: the network may be gone.", "Q173565";
    F144 = 144, "The Service Control Manager logs 7000 to 7003 in the System log for what could not start.", "Q128166, Q151427, Q248057, Q158146";
    F150 = 150, "Error 2140 is an internal Windows NT error; 2114 says that the Server service is not started.", "Q186554";
    F151 = 151, "Error 1068 is a failed dependency, error 1075 one that does not exist.", "Q186550";
}
