//! Steps that did something in no case, said at their place in the file.

use super::verify::Tally;
use super::world::Services;
use super::world::World;
use crate::files::runbook::RunbookFile;
use crate::model::component::Component;
use crate::model::set::Components;
use crate::text::diagnostic::Diagnostics;
use crate::text::span::Span;
use crate::text::wording;

/// The steps that did something in no case, counted from 0; those after the 64th are not told.
pub fn steps(file: &RunbookFile, tally: &Tally) -> Vec<usize> {
    let steps = file.runbook.steps.len().min(64);
    (0..steps).filter(|it| tally.steps >> it & 1 == 0).collect()
}

/// Warns of each step of `file` that did something in no case of a whole `world`.
pub fn warn(file: &RunbookFile, world: &World, tally: &Tally, said: &mut Diagnostics) {
    for index in steps(file, tally) {
        let (Some(step), Some(asks)) = (file.runbook.steps.get(index), file.asks.get(index)) else {
            continue;
        };
        if asks.when.as_ref().is_some_and(|it| said.has_any_in(it)) {
            continue;
        }
        let order = step.targets.as_ref().map_or(&[][..], |it| it.order());
        let named: Components = order.iter().copied().collect();
        if let Some(span) = asks.targets.clone().filter(|_| !named.meets(world.catalogue())) {
            nothing_of(named, world, span, said);
            continue;
        }
        let first = file.places.get(index).and_then(|it| it.first()).map(|it| it.span.clone());
        let Some(span) = asks.when.clone().or(first) else { continue };
        let help =
            "before it every case is repaired or stuck, or does not meet its `for` and `when`";
        let message = format!("step {} does nothing in any case of this world", index + 1);
        said.warning("idle-step", span, message, "", Some(help.to_owned()));
    }
}

/// Warns that no host has any of `named`.
fn nothing_of(named: Components, world: &World, span: Span, said: &mut Diagnostics) {
    let ids: Vec<&str> = named.iter().map(Component::id).collect();
    let message = format!("no host of this world has {}", wording::either(&ids));
    let help = match world.services {
        Services::Article => "the step is never taken; `--world catalogue` has every service",
        Services::Catalogue => "the step is never taken",
    };
    said.warning("idle-step", span, message, "", Some(help.to_owned()));
}
