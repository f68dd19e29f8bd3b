//! The closed words of the JSON documents, for their schemas.

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

/// The reason of a refusal, or null.
pub fn refusal(_: &mut SchemaGenerator) -> Schema {
    let words = Refusal::ALL.map(Refusal::id);
    json_schema!({"anyOf": [{"type": "string", "enum": words}, {"type": "null"}]})
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
