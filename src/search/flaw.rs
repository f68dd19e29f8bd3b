//! What the checker of plans says: what it checked, or why a plan is not shown to be the best.

use super::moment::Moment;
use crate::model::component::Component;
use crate::model::property::Properties;
use crate::model::set::Components;

/// What was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Proof {
    /// The cases of the plans, each plan's counted.
    pub cases: u64,
    /// The runs that stand for them.
    pub ran: u64,
    /// The moments at which every choice was carried out.
    pub moments: u64,
    /// The choices carried out.
    pub choices: u64,
    /// The hosts looked at in every order of actions on single components.
    pub hosts: u64,
}

impl Proof {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            cases: self.cases + other.cases,
            ran: self.ran + other.ran,
            moments: self.moments + other.moments,
            choices: self.choices + other.choices,
            hosts: self.hosts + other.hosts,
        }
    }
}

/// Why a plan is not shown to be the best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// On this damage the plan breaks a property.
    Breaks(Components, Properties),
    /// The costs of all cases do not add up to what the plan or the table says.
    Sum,
    /// This component is not as its group says.
    NotAlike(Component),
    /// At this moment some decision costs less than the table says.
    CostsLess(Moment),
    /// These moments may cost less than the second bound shows; the table has to say what they cost.
    Unsettled(Vec<Moment>),
    /// The model does something that the table has no word for.
    Unknown(Moment),
    /// There was too much to weigh, or to check.
    TooMuch,
}

impl Flaw {
    /// What is wrong, in one clause.
    pub const fn says(&self) -> &'static str {
        match self {
            Self::Breaks(..) => "the plan breaks a property on some damage",
            Self::Sum => "the costs of all cases do not add up to what the table says",
            Self::NotAlike(_) => "components taken as alike are not",
            Self::CostsLess(_) => "some other decision costs less",
            Self::Unsettled(_) => "some moments were never weighed",
            Self::TooMuch => "there is more to weigh than the limit allows",
            Self::Unknown(_) => "the model does something that the table has no word for",
        }
    }
}
