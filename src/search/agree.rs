//! Whether what is said of a host agrees with its history.

use crate::files::change::HostFact;
use crate::files::change::NoChange;
use crate::files::host::History;
use crate::files::language;
use crate::model::action::Action;
use crate::model::component::Component;
use crate::model::host::Host;
use crate::model::host::Os;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::set::Components;

/// Whether no line of `history`, which leads to `host`, says otherwise than one of `facts`. Damage is no
/// matter here: it is hidden, and no line says it.
///
/// # Errors
///
/// Names the line, and what would be right.
pub fn agree(
    facts: &[HostFact],
    history: &History,
    host: &Host,
    names: &Nameplate,
) -> Result<(), NoChange> {
    for fact in facts {
        let is_so = fact.on(host, Shares::first(names.shares.len())) == *host;
        if !is_so && let Some((line, instead)) = against(*fact, history, host) {
            let at = line.checked_sub(2).and_then(|it| history.actions.get(it));
            let words = at.map_or_else(
                || format!("set up nt {}", history.os.id()),
                |it| language::print(*it, names),
            );
            let said = fact.words();
            return Err(NoChange {
                what: format!("line h{line} of the history, `{words}`, says otherwise: {said}"),
                help: format!("change the history instead: {instead}"),
            });
        }
    }
    Ok(())
}

/// The line that says otherwise than `fact`, counted from 1, the set-up, and what to ask instead.
fn against(fact: HostFact, history: &History, host: &Host) -> Option<(usize, String)> {
    let last = |is_it: &dyn Fn(Action) -> bool| {
        history.actions.iter().rposition(|it| is_it(*it)).map(|it| it + 2)
    };
    let upgrade = last(&|it| it == Action::Upgrade);
    match fact {
        HostFact::Os(Os::Nt351) | HostFact::Upgraded(false) => Some(match upgrade {
            Some(line) if matches!(fact, HostFact::Os(_)) => {
                (line, format!("`--history \"h{line} => nothing\"`"))
            }
            Some(line) => (
                line,
                format!("`--history \"h1 => set up nt 4.0\" --history \"h{line} => nothing\"`"),
            ),
            None => (1, "`--history \"h1 => set up nt 3.51\"`".to_owned()),
        }),
        HostFact::Os(Os::Nt40) => Some((1, "`--history \"h1 => set up nt 4.0\"`".to_owned())),
        HostFact::Upgraded(true) => {
            Some((1, "`--history \"h1 => set up nt 3.51, upgrade\"`".to_owned()))
        }
        HostFact::ServicePack(number) => {
            let line = last(&|it| matches!(it, Action::ApplyServicePack(_)));
            let line = line.filter(|it| Some(*it) > upgrade)?;
            let instead = match number {
                0 => "nothing".to_owned(),
                _ => format!("apply service pack {number}"),
            };
            Some((line, format!("`--history \"h{line} => {instead}\"`")))
        }
        HostFact::Has(set) => out(set, history, host),
        HostFact::Lacks(set) => put_in(set, history, host),
        HostFact::Components(set) => {
            let less = host.installed.less(set);
            out(set, history, host).or_else(|| put_in(less, history, host))
        }
        HostFact::Damaged(_) | HostFact::Exchange(_) | HostFact::Imc(_) | HostFact::Shares(_) => {
            None
        }
    }
}

/// The last line that takes out one of `set`, which `host` lacks.
fn out(set: Components, history: &History, host: &Host) -> Option<(usize, String)> {
    by(history, |it| {
        let taken = |component: &Component| it == Action::Remove(*component);
        set.less(host.installed).iter().any(|it| taken(&it))
    })
}

/// The last line that puts in one of `set`, which `host` has.
fn put_in(set: Components, history: &History, host: &Host) -> Option<(usize, String)> {
    by(history, |it| {
        let put = |component: &Component| it == Action::Install(*component);
        set.and(host.installed).iter().any(|it| put(&it))
    })
}

fn by(history: &History, is_it: impl Fn(Action) -> bool) -> Option<(usize, String)> {
    let line = history.actions.iter().rposition(|it| is_it(*it))? + 2;
    Some((line, format!("`--history \"h{line} => nothing\"`")))
}
