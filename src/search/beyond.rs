//! What a plan does that the article does not, and the rules on which that leans.

use super::course::Course;
use super::course::Stage;
use super::ground::Ground;
use super::world::Damage;
use super::world::may_be_damaged;
use crate::model::component::Component;
use crate::model::rule::RuleId;
use crate::model::set::Components;

/// A way to go beyond the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Beyond {
    /// A protocol is installed for the time being.
    StandsIn,
    /// More is out at once than the article takes out.
    MoreOut,
    /// Something is taken out that the article never takes out.
    Other,
    /// A component is removed and installed without a restart between.
    AtOnce,
    /// One restart serves an installation and the removal of something else.
    OneRestart,
    /// The IMC is tried while something is out or stands in.
    TriesBetween,
    /// What an installation brought besides is taken out again.
    BroughtOut,
}

impl Beyond {
    /// All ways.
    pub const ALL: [Self; 7] = [
        Self::StandsIn,
        Self::MoreOut,
        Self::Other,
        Self::AtOnce,
        Self::OneRestart,
        Self::TriesBetween,
        Self::BroughtOut,
    ];

    /// The word in JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::StandsIn => "stands-in",
            Self::MoreOut => "more-out",
            Self::Other => "other-component",
            Self::AtOnce => "at-once",
            Self::OneRestart => "one-restart",
            Self::TriesBetween => "tries-between",
            Self::BroughtOut => "brought-out",
        }
    }

    /// What it is, in one sentence.
    pub const fn says(self) -> &'static str {
        match self {
            Self::StandsIn => {
                "a protocol is installed for the time being, so that the shares are carried while the others are out"
            }
            Self::MoreOut => {
                "more is out at once than in the article, which takes both services out together and protocols one at a time"
            }
            Self::Other => "a component is taken out that the article never takes out",
            Self::AtOnce => "a component is removed and installed without a restart between",
            Self::OneRestart => "one restart serves an installation and another removal",
            Self::BroughtOut => {
                "what an installation brought besides is taken out again, so that the host is as it was; the article's runbook leaves it there"
            }
            Self::TriesBetween => {
                "the IMC is tried before everything is back, and once more when it is"
            }
        }
    }

    /// Whether it shows in what is done before a boot; otherwise in the try after it.
    pub const fn is_before_boot(self) -> bool {
        match self {
            Self::StandsIn
            | Self::MoreOut
            | Self::Other
            | Self::AtOnce
            | Self::OneRestart
            | Self::BroughtOut => true,
            Self::TriesBetween => false,
        }
    }
}

/// The rules on which a way leans in any stage of `course`, each with whether it is believed: were it the
/// other way, this would be of no use, or would do harm.
pub fn leans_on(ground: &Ground, course: &Course, way: Beyond) -> Vec<(RuleId, bool)> {
    let stages = || course.stages.iter().filter(|it| goes(ground, it, way));
    let carried = |it: &Stage| {
        let booted = ground.host.installed.less(it.out).or(it.standing_in);
        ground.drops && !booted.meets(Components::TRANSPORTS)
    };
    let rules: &[RuleId] = match way {
        Beyond::StandsIn | Beyond::MoreOut if ground.drops => {
            &[RuleId::BootWithoutProtocolDropsShares, RuleId::ReinstallRepairs]
        }
        Beyond::StandsIn => &[RuleId::ExchangeNeedsServer, RuleId::ReinstallRepairs],
        Beyond::AtOnce => &[RuleId::ReinstallRepairs, RuleId::LeftoversSurviveUntilRestart],
        Beyond::MoreOut | Beyond::Other | Beyond::OneRestart => &[RuleId::ReinstallRepairs],
        Beyond::TriesBetween => &[RuleId::FailingComponentStopsRegistration],
        Beyond::BroughtOut => &[RuleId::MacintoshBringsAppletalk, RuleId::GatewayBringsNwlink],
    };
    let besides = [RuleId::OnlyTransportsCarryShares];
    let besides = match way {
        Beyond::StandsIn | Beyond::MoreOut if stages().any(carried) => &besides[..],
        Beyond::StandsIn
        | Beyond::MoreOut
        | Beyond::Other
        | Beyond::AtOnce
        | Beyond::OneRestart
        | Beyond::TriesBetween
        | Beyond::BroughtOut => &[],
    };
    // Where something was brought, this is what brought it.
    let installed = ground.host.installed;
    let brings = |rule: RuleId| {
        (rule != RuleId::MacintoshBringsAppletalk || installed.has(Component::Macintosh))
            && (rule != RuleId::GatewayBringsNwlink || installed.has(Component::Gateway))
    };
    let rules = rules.iter().chain(besides).copied().filter(|it| brings(*it));
    rules.map(|it| (it, ground.rules.believes(it))).collect()
}

/// What each stage of `course` does beyond the article, in the order of the stages.
pub fn beyond(ground: &Ground, course: &Course) -> Vec<Vec<Beyond>> {
    let of = |it: &Stage| Beyond::ALL.into_iter().filter(|way| goes(ground, it, *way)).collect();
    course.stages.iter().map(of).collect()
}

fn goes(ground: &Ground, stage: &Stage, way: Beyond) -> bool {
    let first = ground.host.installed;
    let installed: Components = stage.actions.iter().filter_map(|it| it.installs()).collect();
    let removed: Components = stage.actions.iter().filter_map(|it| it.removes()).collect();
    let stand_in: Components = ground.stand_in.into_iter().collect();
    match way {
        Beyond::StandsIn => installed.or(removed).meets(stand_in),
        Beyond::BroughtOut => !removed.less(first).within(stand_in),
        Beyond::MoreOut => {
            let protocols = stage.out.and(Components::PROTOCOLS).len();
            protocols > 1 || protocols == 1 && stage.out.len() > 1
        }
        Beyond::Other => !stage.out.within(may_be_damaged(Damage::Article, &ground.host)),
        Beyond::AtOnce => installed.meets(removed),
        Beyond::OneRestart => {
            !installed.and(first).is_empty() && !removed.less(installed).and(first).is_empty()
        }
        Beyond::TriesBetween => {
            let whole = stage.out.is_empty() && stage.standing_in.is_empty();
            stage.tries.is_some() && !whole
        }
    }
}
