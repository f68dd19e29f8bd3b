//! The scenario pack and the runbooks that this program carries.

/// A file of the pack: its path in the repository and its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PackFile {
    /// The path, from the root of the repository.
    pub path: &'static str,
    /// The text.
    pub text: &'static str,
}

macro_rules! pack {
    ($($path:literal),* $(,)?) => {
        &[$(PackFile { path: $path, text: include_str!(concat!("../../", $path)) }),*]
    };
}

/// The scenarios, in the order of their names.
pub const SCENARIOS: &[PackFile] = pack![
    "scenarios/all-protocols-at-once.toml",
    "scenarios/appletalk-out-under-macintosh.toml",
    "scenarios/both-services-damaged.toml",
    "scenarios/damaged-appletalk.toml",
    "scenarios/damaged-dlc.toml",
    "scenarios/damaged-in-two-places.toml",
    "scenarios/damaged-netbeui.toml",
    "scenarios/damaged-nwlink.toml",
    "scenarios/damaged-pptp.toml",
    "scenarios/damaged-streams.toml",
    "scenarios/damaged-tcpip.toml",
    "scenarios/exchange-40-connector.toml",
    "scenarios/exchange-40-no-wizard.toml",
    "scenarios/exchange-50-service.toml",
    "scenarios/exchange-50-wizard.toml",
    "scenarios/healthy-host.toml",
    "scenarios/if-files-from-the-cd-worked.toml",
    "scenarios/if-leftovers-went-at-once.toml",
    "scenarios/if-only-transports-carry-shares.toml",
    "scenarios/if-reinstalling-repaired-nothing.toml",
    "scenarios/if-the-wizard-left-a-service.toml",
    "scenarios/impossible-actions.toml",
    "scenarios/neither-service-installed.toml",
    "scenarios/no-restart-between.toml",
    "scenarios/only-protocol.toml",
    "scenarios/remote-access-damaged.toml",
    "scenarios/restart-still-due.toml",
    "scenarios/rpc-removed.toml",
    "scenarios/server-not-running.toml",
    "scenarios/service-pack-after-restart.toml",
    "scenarios/service-pack-forgotten.toml",
    "scenarios/services-bring-protocols.toml",
    "scenarios/services-without-their-protocol.toml",
    "scenarios/snmp-damaged.toml",
    "scenarios/try-without-tcpip.toml",
    "scenarios/upgrade-as-it-happens.toml",
    "scenarios/upgrade-macintosh-removed-first.toml",
    "scenarios/upgrade-no-service-pack.toml",
    "scenarios/upgrade-service-pack.toml",
];

/// The runbooks that the scenarios name, in the order of their names.
pub const RUNBOOKS: &[PackFile] = pack![
    "scenarios/runbooks/all-at-once.toml",
    "scenarios/runbooks/applies-wrong-service-pack.toml",
    "scenarios/runbooks/article.toml",
    "scenarios/runbooks/does-nothing-but-restart.toml",
    "scenarios/runbooks/every-service.toml",
    "scenarios/runbooks/forgets-shares.toml",
    "scenarios/runbooks/keeps-going.toml",
    "scenarios/runbooks/never-tries.toml",
    "scenarios/runbooks/no-restart-between.toml",
    "scenarios/runbooks/no-service-pack.toml",
    "scenarios/runbooks/only-services.toml",
    "scenarios/runbooks/removes-and-does-not-reinstall.toml",
    "scenarios/runbooks/removes-what-is-not-there.toml",
    "scenarios/runbooks/restarts-to-be-sure.toml",
    "scenarios/runbooks/service-pack-after-restart.toml",
    "scenarios/runbooks/shares-too-early.toml",
    "scenarios/runbooks/tries-blind.toml",
    "scenarios/runbooks/tries-only-at-the-end.toml",
];
