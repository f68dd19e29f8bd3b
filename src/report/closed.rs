//! The closed words of the JSON documents, for their schemas.

use super::balance::keys;
use super::weigh::change;
use crate::files::change::HostFact;
use crate::model::action::Claim;
use crate::model::component::Component;
use crate::model::event::Log;
use crate::model::host::Exchange;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::property::Property;
use crate::model::refusal::Refusal;
use crate::model::rule::RuleId;
use crate::search::beyond::Beyond;
use crate::search::cost::Aim;
use crate::search::cost::By;
use crate::search::ground::Allowed;
use crate::search::invariant::Invariant;
use crate::search::invariant::Of;
use crate::search::ways::Change;
use crate::search::what_if::Item;
use schemars::Schema;
use schemars::SchemaGenerator;
use schemars::json_schema;

fn one(words: &[&str]) -> Schema {
    json_schema!({"type": "string", "enum": words})
}

fn list(words: &[&str]) -> Schema {
    json_schema!({"type": "array", "items": {"type": "string", "enum": words}})
}

/// A version of Windows NT.
pub fn os(_: &mut SchemaGenerator) -> Schema {
    one(&Os::ALL.map(Os::id))
}

/// A version of Exchange.
pub fn exchange(_: &mut SchemaGenerator) -> Schema {
    one(&Exchange::ALL.map(Exchange::id))
}

/// A state of the IMC.
pub fn imc(_: &mut SchemaGenerator) -> Schema {
    one(&Imc::ALL.map(Imc::id))
}

/// An event log.
pub fn log(_: &mut SchemaGenerator) -> Schema {
    one(&[Log::System.name(), Log::Application.name()])
}

/// A rule.
pub fn rule(_: &mut SchemaGenerator) -> Schema {
    one(&RuleId::ALL.map(RuleId::id))
}

/// A list of rules.
pub fn rules(_: &mut SchemaGenerator) -> Schema {
    list(&RuleId::ALL.map(RuleId::id))
}

/// A property.
pub fn property(_: &mut SchemaGenerator) -> Schema {
    one(&Property::ALL.map(Property::id))
}

/// A list of properties.
pub fn properties(_: &mut SchemaGenerator) -> Schema {
    list(&Property::ALL.map(Property::id))
}

/// A list of components.
pub fn components(_: &mut SchemaGenerator) -> Schema {
    list(&Component::ALL.map(Component::id))
}

fn one_or_null(words: &[&str]) -> Schema {
    json_schema!({"anyOf": [{"type": "string", "enum": words}, {"type": "null"}]})
}

/// The reason of a refusal, or null.
pub fn refusal(_: &mut SchemaGenerator) -> Schema {
    one_or_null(&Refusal::ALL.map(Refusal::id))
}

/// A property, or null.
pub fn property_or_null(_: &mut SchemaGenerator) -> Schema {
    one_or_null(&Property::ALL.map(Property::id))
}

/// A rule, or null.
pub fn rule_or_null(_: &mut SchemaGenerator) -> Schema {
    one_or_null(&RuleId::ALL.map(RuleId::id))
}

/// What a technician claims, or null.
pub fn claim_or_null(_: &mut SchemaGenerator) -> Schema {
    one_or_null(&[Claim::Repaired, Claim::Unrepaired].map(Claim::id))
}

/// The key of a fact of a host, or null.
pub fn fact_or_null(_: &mut SchemaGenerator) -> Schema {
    one_or_null(&HostFact::KEYS)
}

/// The name of a world.
pub fn world(_: &mut SchemaGenerator) -> Schema {
    one(&["article", "catalogue"])
}

/// The name of what may be damaged in a world.
pub fn damage(_: &mut SchemaGenerator) -> Schema {
    one(&["article", "any"])
}

/// The lines of a balance, by their keys.
pub fn lines(_: &mut SchemaGenerator) -> Schema {
    let keys: Vec<&str> = Item::ALL.into_iter().flat_map(keys).copied().collect();
    list(&keys)
}

/// The ways in which cases come out otherwise, in words.
pub fn differences(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<String> = Change::all().map(change).collect();
    json_schema!({"type": "string", "enum": words})
}

/// A claim about the model itself.
pub fn invariant(_: &mut SchemaGenerator) -> Schema {
    one(&Invariant::ALL.map(Invariant::id))
}

/// What such a claim is about.
pub fn of(_: &mut SchemaGenerator) -> Schema {
    one(&[Of::Hosts, Of::Transitions, Of::Refusals].map(Of::id))
}

/// The actions that a plan may use.
pub fn allowed(_: &mut SchemaGenerator) -> Schema {
    one(&Allowed::ALL.map(Allowed::id))
}

/// What is least.
pub fn by(_: &mut SchemaGenerator) -> Schema {
    one(&[By::Expected, By::Worst].map(By::id))
}

/// A list of what plans cost.
pub fn aims(_: &mut SchemaGenerator) -> Schema {
    list(&Aim::ALL.map(Aim::id))
}

/// A way beyond the article.
pub fn way(_: &mut SchemaGenerator) -> Schema {
    one(&Beyond::ALL.map(Beyond::id))
}

/// A list of ways beyond the article.
pub fn ways(_: &mut SchemaGenerator) -> Schema {
    list(&Beyond::ALL.map(Beyond::id))
}

/// A component.
pub fn component(_: &mut SchemaGenerator) -> Schema {
    one(&Component::ALL.map(Component::id))
}

/// A way in which a case comes out otherwise, in one word.
pub fn kind_of_change(_: &mut SchemaGenerator) -> Schema {
    let mut words: Vec<&str> = Change::all().map(Change::id).collect();
    words.dedup();
    one(&words)
}
