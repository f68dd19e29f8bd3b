//! The rules that the model believes: a claim, a source and a switch each.

use super::action::ActionKind;
use super::article::Statement;
use super::fact::Fact;

/// The name of a rule, article first, then documents, then assumptions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum RuleId {
    /// `failing-component-stops-registration`
    FailingComponentStopsRegistration,
    /// `upgrade-damages-macintosh`
    UpgradeDamagesMacintosh,
    /// `reinstall-repairs`
    ReinstallRepairs,
    /// `cd-files-fail-under-service-pack`
    CdFilesFailUnderServicePack,
    /// `boot-without-protocol-drops-shares`
    BootWithoutProtocolDropsShares,
    /// `failed-wizard-creates-nothing`
    FailedWizardCreatesNothing,
    /// `imc-needs-tcpip`
    ImcNeedsTcpip,
    /// `exchange-needs-server`
    ExchangeNeedsServer,
    /// `exchange-needs-rpc`
    ExchangeNeedsRpc,
    /// `macintosh-brings-appletalk`
    MacintoshBringsAppletalk,
    /// `gateway-brings-nwlink`
    GatewayBringsNwlink,
    /// `leftovers-survive-until-restart`
    LeftoversSurviveUntilRestart,
    /// `only-transports-carry-shares`
    OnlyTransportsCarryShares,
}

/// Where a rule comes from; reports always show which of the three it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The article says it.
    Article(&'static [Statement]),
    /// Another document says it.
    Documented(&'static [Fact]),
    /// Nobody says it; the reason why it is assumed.
    Assumption(&'static str),
}

/// What a rule claims, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The claim, in our own words: one sentence.
    pub claim: &'static str,
    /// What holds instead where the rule is not believed.
    pub otherwise: &'static str,
    /// Where the claim comes from.
    pub source: Source,
    /// What it leans on besides.
    pub also: &'static [Fact],
    /// Whether it is believed unless somebody says otherwise.
    pub on: bool,
}

impl RuleId {
    /// All rules, article first, then documents, then assumptions.
    pub const ALL: [Self; 13] = [
        Self::FailingComponentStopsRegistration,
        Self::UpgradeDamagesMacintosh,
        Self::ReinstallRepairs,
        Self::CdFilesFailUnderServicePack,
        Self::BootWithoutProtocolDropsShares,
        Self::FailedWizardCreatesNothing,
        Self::ImcNeedsTcpip,
        Self::ExchangeNeedsServer,
        Self::ExchangeNeedsRpc,
        Self::MacintoshBringsAppletalk,
        Self::GatewayBringsNwlink,
        Self::LeftoversSurviveUntilRestart,
        Self::OnlyTransportsCarryShares,
    ];

    /// The word for this rule in files, options and JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::FailingComponentStopsRegistration => "failing-component-stops-registration",
            Self::UpgradeDamagesMacintosh => "upgrade-damages-macintosh",
            Self::ReinstallRepairs => "reinstall-repairs",
            Self::CdFilesFailUnderServicePack => "cd-files-fail-under-service-pack",
            Self::BootWithoutProtocolDropsShares => "boot-without-protocol-drops-shares",
            Self::FailedWizardCreatesNothing => "failed-wizard-creates-nothing",
            Self::ImcNeedsTcpip => "imc-needs-tcpip",
            Self::ExchangeNeedsServer => "exchange-needs-server",
            Self::ExchangeNeedsRpc => "exchange-needs-rpc",
            Self::MacintoshBringsAppletalk => "macintosh-brings-appletalk",
            Self::GatewayBringsNwlink => "gateway-brings-nwlink",
            Self::LeftoversSurviveUntilRestart => "leftovers-survive-until-restart",
            Self::OnlyTransportsCarryShares => "only-transports-carry-shares",
        }
    }

    /// The rule called `id`.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.id() == id)
    }

    /// The actions in which it can fire.
    pub const fn decides(self) -> &'static [ActionKind] {
        match self {
            Self::FailingComponentStopsRegistration
            | Self::ImcNeedsTcpip
            | Self::ExchangeNeedsServer
            | Self::ExchangeNeedsRpc => &[ActionKind::StartImc, ActionKind::CreateIms],
            Self::FailedWizardCreatesNothing => &[ActionKind::CreateIms],
            Self::UpgradeDamagesMacintosh => &[ActionKind::Upgrade],
            Self::CdFilesFailUnderServicePack => &[ActionKind::Restart],
            Self::BootWithoutProtocolDropsShares => &[ActionKind::Restart, ActionKind::Upgrade],
            Self::ReinstallRepairs => {
                &[ActionKind::Install, ActionKind::Restart, ActionKind::Upgrade]
            }
            Self::MacintoshBringsAppletalk
            | Self::GatewayBringsNwlink
            | Self::LeftoversSurviveUntilRestart => &[ActionKind::Install],
            Self::OnlyTransportsCarryShares => &[
                ActionKind::Restart,
                ActionKind::Upgrade,
                ActionKind::StartImc,
                ActionKind::CreateIms,
            ],
        }
    }

    /// Claim, source and switch of this rule.
    #[expect(clippy::too_many_lines, reason = "one table, an entry for each rule")]
    pub const fn rule(self) -> Rule {
        match self {
            Self::FailingComponentStopsRegistration => article(
                "While any loaded component fails, the IMC cannot register its queue viewing interface: event 4087.",
                "A failing component does not matter to the IMC.",
                &[Statement::Cause],
                &[],
            ),
            Self::UpgradeDamagesMacintosh => article(
                "The upgrade from NT 3.51 to 4.0 damages the bindings of Services for Macintosh where it is installed.",
                "An upgrade damages nothing.",
                &[Statement::CauseUpgrade],
                &[],
            ),
            Self::ReinstallRepairs => article(
                "Removing a component, restarting and installing it again leaves it with sound bindings.",
                "Damage survives any reinstallation.",
                &[Statement::ServicesAgain, Statement::ProtocolsAgain],
                &[],
            ),
            Self::CdFilesFailUnderServicePack => article(
                "A component whose files came from the CD after the service pack fails from the next boot on.",
                "Files from the CD work under any service pack.",
                &[Statement::ServicesPack, Statement::ProtocolPack],
                &[Fact::F99, Fact::F100, Fact::F101, Fact::F102],
            ),
            Self::BootWithoutProtocolDropsShares => article(
                "A host that boots with no protocol installed no longer shares any folder, until each is shared by hand.",
                "Shares outlast a boot without protocols.",
                &[Statement::AllAtOnce],
                &[],
            ),
            Self::FailedWizardCreatesNothing => article(
                "When the wizard's own start fails, no Internet Mail Service is created.",
                "The wizard leaves a service that is stopped.",
                &[Statement::SymptomWizard],
                &[Fact::F28],
            ),
            Self::ImcNeedsTcpip => documented(
                "Without TCP/IP in memory the IMC is not even started: error 1075 and System event 7003.",
                "The IMC starts without TCP/IP.",
                &[Fact::F13, Fact::F17],
            ),
            Self::ExchangeNeedsServer => documented(
                "Without a running Server service no Exchange service starts: error 1068.",
                "Exchange starts without the Server service.",
                &[Fact::F17, Fact::F69],
            ),
            Self::ExchangeNeedsRpc => documented(
                "Without RPC Configuration in memory no Exchange service starts: error 1075.",
                "Exchange starts without RPC Configuration.",
                &[Fact::F20],
            ),
            Self::MacintoshBringsAppletalk => documented(
                "Installing Services for Macintosh also installs the AppleTalk Protocol.",
                "AppleTalk must be installed by itself.",
                &[Fact::F74],
            ),
            Self::GatewayBringsNwlink => documented(
                "Installing Gateway (and Client) Services for NetWare also installs NWLink.",
                "NWLink must be installed by itself.",
                &[Fact::F83],
            ),
            Self::LeftoversSurviveUntilRestart => Rule {
                claim: "What a removed component leaves on the disk goes only with the next restart; installed before that, it is as damaged as it was.",
                otherwise: "Installing repairs at once, without a restart in between.",
                source: Source::Assumption(
                    "the article restarts between removing and installing; a restart that did nothing would not be asked for",
                ),
                also: &[],
                on: true,
            },
            Self::OnlyTransportsCarryShares => Rule {
                claim: "Only TCP/IP, NetBEUI and NWLink count as protocols for the shares and for the Server service.",
                otherwise: "All seven protocols count.",
                source: Source::Assumption(
                    "the other reading of the NOTE: the Server service needs a transport that carries it",
                ),
                also: &[Fact::F69, Fact::F94],
                on: false,
            },
        }
    }
}

const fn article(
    claim: &'static str,
    otherwise: &'static str,
    statements: &'static [Statement],
    also: &'static [Fact],
) -> Rule {
    Rule { claim, otherwise, source: Source::Article(statements), also, on: true }
}

const fn documented(claim: &'static str, otherwise: &'static str, facts: &'static [Fact]) -> Rule {
    Rule { claim, otherwise, source: Source::Documented(facts), also: &[], on: true }
}

/// A set of rules: those believed, or those that fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleSet(u16);

impl RuleSet {
    /// No rule.
    pub const NONE: Self = Self(0);

    /// The rules that are believed unless somebody says otherwise.
    pub const fn usual() -> Self {
        let mut set = Self::NONE;
        let mut rest: &[RuleId] = &RuleId::ALL;
        while let [first, tail @ ..] = rest {
            if first.rule().on {
                set = set.with(*first);
            }
            rest = tail;
        }
        set
    }

    /// This set and `rule`.
    #[must_use]
    pub const fn with(self, rule: RuleId) -> Self {
        Self(self.0 | 1 << rule as u8)
    }

    /// This set less `rule`.
    #[must_use]
    pub const fn without(self, rule: RuleId) -> Self {
        Self(self.0 & !(1 << rule as u8))
    }

    /// What is in either set.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether `rule` is in the set: of a set of beliefs, whether it is believed.
    pub const fn believes(self, rule: RuleId) -> bool {
        self.0 >> rule as u8 & 1 == 1
    }

    /// Whether the set has no member.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members, in the order of [`RuleId::ALL`].
    pub fn iter(self) -> impl Iterator<Item = RuleId> {
        RuleId::ALL.into_iter().filter(move |it| self.believes(*it))
    }
}
