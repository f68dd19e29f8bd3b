//! The name of a case: what it has, in words that can be typed.
//!
//! A name has parts between slashes: the components beside TCP/IP's base services, then `sp0` or `sp3`,
//! `upgraded`, the Exchange version with `absent` where there is no IMC yet, `shares`, and `damaged=` with
//! what is damaged. What a part says that is left out is the first of its kind in a world: no service
//! pack, not upgraded, Exchange 4.0, no shares, nothing damaged.

use super::world::TWO_SHARES;
use super::world::with_damage;
use crate::files::change::components;
use crate::model::component::Component;
use crate::model::host::Exchange;
use crate::model::host::Host;
use crate::model::host::Imc;
use crate::model::host::Os;
use crate::model::host::Shares;
use crate::model::nameplate::Nameplate;
use crate::model::nameplate::Share;
use crate::model::set::Components;

/// The names beside every host of a world.
pub fn names() -> Nameplate {
    let share = |name: &str, path: &str| Share {
        name: name.to_owned(),
        path: path.to_owned(),
        remark: String::new(),
    };
    Nameplate {
        computer: "HOST".to_owned(),
        shares: vec![share("Public", "D:\\Public"), share("Apps", "D:\\Apps")],
    }
}

fn joined(set: Components) -> String {
    let ids: Vec<&str> = set.iter().map(Component::id).collect();
    ids.join("+")
}

/// The name of the case that begins with `host`.
pub fn name(host: &Host) -> String {
    let mut parts =
        vec![joined(host.installed.less(Components::BASE)), format!("sp{}", host.service_pack)];
    if host.upgraded {
        parts.push("upgraded".to_owned());
    }
    if host.exchange != Exchange::V40 {
        let absent = if host.imc == Imc::Absent { "-absent" } else { "" };
        parts.push(format!("exchange-{}{absent}", host.exchange.id()));
    }
    if !host.shares.is_empty() {
        parts.push("shares".to_owned());
    }
    if !host.damaged.is_empty() {
        parts.push(format!("damaged={}", joined(host.damaged)));
    }
    parts.join("/")
}

/// The first host of the case called `name`.
///
/// # Errors
///
/// Says which part is not understood.
pub fn parse(name: &str) -> Result<Host, String> {
    let unknown = |word: &str| format!("no component is called `{word}`");
    let mut parts = name.split('/');
    let listed = components(parts.next().unwrap_or_default()).map_err(|it| unknown(&it))?;
    let installed = listed.or(Components::BASE);
    let mut host = Host::consistent(Os::Nt40, Exchange::V40, installed, Components::EMPTY);
    let mut damage = Components::EMPTY;
    let mut told: Vec<&str> = Vec::new();
    for part in parts {
        let kinds = ["exchange", "damaged", "upgraded", "shares", "no-shares", "sp"];
        let kind = kinds.into_iter().find(|it| part.starts_with(it)).unwrap_or(part);
        let kind = kind.trim_start_matches("no-");
        if told.contains(&kind) {
            return Err(format!("`{part}` says once more what another part says"));
        }
        told.push(kind);
        match part {
            "upgraded" => host.upgraded = true,
            "shares" => host.shares = TWO_SHARES,
            "exchange-5.0" => host.exchange = Exchange::V50,
            "exchange-5.0-absent" => {
                host.exchange = Exchange::V50;
                host.imc = Imc::Absent;
            }
            "exchange-4.0" => host.exchange = Exchange::V40,
            "no-shares" => host.shares = Shares::NONE,
            _ => {
                if let Some(number) = part.strip_prefix("sp") {
                    let known = number.parse().ok().filter(|it| *it <= Os::Nt40.service_pack_max());
                    host.service_pack =
                        known.ok_or_else(|| format!("`{part}` is no service pack"))?;
                } else if let Some(list) = part.strip_prefix("damaged=") {
                    damage = components(list).map_err(|it| unknown(&it))?;
                } else {
                    return Err(format!("`{part}` is no part of a case"));
                }
            }
        }
    }
    if damage.within(installed) {
        Ok(with_damage(&host, damage))
    } else {
        let ids: Vec<&str> = damage.less(installed).iter().map(Component::id).collect();
        Err(format!("{} is damaged and not installed", crate::text::wording::list(&ids)))
    }
}
