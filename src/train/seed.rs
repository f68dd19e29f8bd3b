//! A host from a seed: a named algorithm, five levels, and the odds of each as whole numbers.

use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::nameplate::Share;
use crate::model::set::Components;

/// The name of the algorithm and the number of the table below, as journals give them. Another table
/// gets another number, so that an old journal is never played on another host.
pub const ALGORITHM: &str = "splitmix64-1";

/// The generator `SplitMix64`: 64 bits of state, no seed worse than another.
///
/// # Source
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// The generator that begins with this state.
    pub const fn new(state: u64) -> Self {
        Self(state)
    }

    /// The next number.
    pub const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `count`: the high bits of a product, which favour none by more than 1 in 2^60 here.
    fn below(&mut self, count: usize) -> usize {
        let wide = u128::from(self.next()) * count as u128;
        usize::try_from(wide >> 64).unwrap_or_default()
    }

    /// True in `chances` of twelve draws.
    fn twelfths(&mut self, chances: u8) -> bool {
        self.below(12) < usize::from(chances)
    }

    /// One of `set`, each as likely; none where there is none.
    fn one_of(&mut self, set: Components) -> Option<Component> {
        let at = self.below(set.len() as usize);
        set.iter().nth(at)
    }
}

/// The two services of the article's first step.
const TWO: Components = Components::of(&[Component::Macintosh, Component::Snmp]);

/// How hard a host is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 1: the article's own case.
    Upgrade,
    /// 2: any protocol, or one of the two services.
    Anywhere,
    /// 3: the same under a service pack, and with the wizard.
    ServicePack,
    /// 4: shares at stake.
    Stakes,
    /// 5: what the article does not reach, or nothing wrong at all.
    Beyond,
}

/// What may be damaged.
enum Reach {
    /// Services for Macintosh.
    Macintosh,
    /// What the article's steps reach: the protocols and the two services.
    Article,
    /// The services that it does not reach.
    Beyond,
}

/// The odds of a level; chances are of twelve.
struct Odds {
    /// The least and the most other protocols beside TCP/IP.
    others: [usize; 2],
    /// That TCP/IP is the only protocol, and damaged.
    alone: u8,
    macintosh: u8,
    snmp: u8,
    ras: u8,
    gateway: u8,
    service_pack: u8,
    /// That there is no Internet Mail Service yet, where Exchange has the wizard.
    wizard: u8,
    exchange_40: u8,
    upgraded: u8,
    /// That nothing is damaged.
    sound: u8,
    /// That a second component is damaged.
    second: u8,
    reach: Reach,
}

impl Level {
    /// All levels, easiest first.
    pub const ALL: [Self; 5] =
        [Self::Upgrade, Self::Anywhere, Self::ServicePack, Self::Stakes, Self::Beyond];

    /// The number on the command line.
    pub const fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The level with this number.
    pub fn numbered(number: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.number() == number)
    }

    /// What is hard about it, in one clause.
    pub const fn says(self) -> &'static str {
        match self {
            Self::Upgrade => "the article's own case: upgraded from NT 3.51, a few components",
            Self::Anywhere => "one component of several is at fault",
            Self::ServicePack => "under a service pack, and sometimes before the wizard has run",
            Self::Stakes => "shares are at stake: one protocol only, or two faults at once",
            Self::Beyond => "the fault may lie where the article does not look, or nowhere",
        }
    }

    const fn odds(self) -> Odds {
        let usual = Odds {
            others: [1, 3],
            alone: 0,
            macintosh: 4,
            snmp: 6,
            ras: 2,
            gateway: 2,
            service_pack: 0,
            wizard: 0,
            exchange_40: 4,
            upgraded: 4,
            sound: 0,
            second: 0,
            reach: Reach::Article,
        };
        match self {
            Self::Upgrade => Odds {
                others: [0, 1],
                macintosh: 12,
                snmp: 0,
                ras: 0,
                gateway: 0,
                upgraded: 12,
                reach: Reach::Macintosh,
                ..usual
            },
            Self::Anywhere => usual,
            Self::ServicePack => {
                Odds { service_pack: 12, wizard: 6, exchange_40: 2, macintosh: 6, ..usual }
            }
            Self::Stakes => {
                Odds { others: [2, 4], alone: 6, service_pack: 6, wizard: 3, second: 12, ..usual }
            }
            Self::Beyond => Odds {
                ras: 12,
                gateway: 4,
                service_pack: 6,
                wizard: 3,
                sound: 4,
                reach: Reach::Beyond,
                ..usual
            },
        }
    }
}

/// The host of `seed` at `level`, and the names beside it; the same on every machine.
pub fn draw(seed: u32, level: Level) -> (Host, Nameplate) {
    let mut dice = SplitMix64::new(u64::from(seed) << 8 | u64::from(level.number()));
    let odds = level.odds();
    let alone = dice.twelfths(odds.alone);
    let installed = if alone { alone_with(&mut dice, &odds) } else { several(&mut dice, &odds) };
    let damaged = damage(&mut dice, &odds, installed, alone);
    let exchange = if dice.twelfths(odds.exchange_40) { Exchange::V40 } else { Exchange::V50 };
    let mut host = Host::consistent(Os::Nt40, exchange, installed, damaged);
    if dice.twelfths(odds.service_pack) {
        host.service_pack = [3, 4, 5, 6].get(dice.below(4)).copied().unwrap_or(3);
    }
    if dice.twelfths(odds.wizard) && exchange == Exchange::V50 {
        host.imc = Imc::Absent;
    }
    host.upgraded = dice.twelfths(odds.upgraded);
    let names = names(&mut dice);
    host.shares = Shares::first(names.shares.len());
    (host, names)
}

/// TCP/IP and services that need no other protocol.
fn alone_with(dice: &mut SplitMix64, odds: &Odds) -> Components {
    let mut installed = Components::BASE.with(Component::Tcpip);
    for (service, chances) in [(Component::Snmp, odds.snmp), (Component::Ras, odds.ras)] {
        if dice.twelfths(chances) {
            installed = installed.with(service);
        }
    }
    installed
}

fn several(dice: &mut SplitMix64, odds: &Odds) -> Components {
    let mut installed = alone_with(dice, odds);
    for (service, chances) in
        [(Component::Macintosh, odds.macintosh), (Component::Gateway, odds.gateway)]
    {
        if dice.twelfths(chances) {
            installed = installed.with(service);
            installed = service.brings().map_or(installed, |(it, _)| installed.with(it));
        }
    }
    let [least, most] = odds.others;
    for _ in 0..least + dice.below(most - least + 1) {
        if let Some(protocol) = dice.one_of(Components::PROTOCOLS.less(installed)) {
            installed = installed.with(protocol);
        }
    }
    installed
}

fn damage(dice: &mut SplitMix64, odds: &Odds, installed: Components, alone: bool) -> Components {
    if dice.twelfths(odds.sound) {
        return Components::EMPTY;
    }
    let within = installed.and(match odds.reach {
        _ if alone => Components::of(&[Component::Tcpip]),
        Reach::Macintosh => Components::of(&[Component::Macintosh]),
        Reach::Article => Components::PROTOCOLS.or(TWO),
        Reach::Beyond => Components::SERVICES.less(TWO),
    });
    let first = dice.one_of(within).into_iter().collect::<Components>();
    let second = if dice.twelfths(odds.second) { dice.one_of(within.less(first)) } else { None };
    second.map_or(first, |it| first.with(it))
}

/// One to three shares, and a computer name.
fn names(dice: &mut SplitMix64) -> Nameplate {
    const SHARES: [(&str, &str); 6] = [
        ("Public", r"D:\Public"),
        ("Accounts", r"D:\Accounts"),
        ("Templates", r"C:\Office\Templates"),
        ("Add-ins", r"C:\exchsrvr\add-ins"),
        ("tracking.log", r"C:\exchsrvr\tracking.log"),
        ("Drawings", r"E:\Drawings"),
    ];
    let computer = format!("MAIL{:02}", 1 + dice.below(20));
    let (count, from) = (1 + dice.below(3), dice.below(SHARES.len()));
    let shares = SHARES.iter().cycle().skip(from).take(count).map(|(name, path)| Share {
        name: (*name).to_owned(),
        path: (*path).to_owned(),
        remark: String::new(),
    });
    Nameplate { computer, shares: shares.collect() }
}
