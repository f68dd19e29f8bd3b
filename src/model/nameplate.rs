//! What a host is called and what its shares are called: everything about it that is text.

use super::host::Shares;

/// A folder share as `net share` shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The share name, unique on the host whatever the case.
    pub name: String,
    /// The folder.
    pub path: String,
    /// The remark; may be empty.
    pub remark: String,
}

/// The names beside a [`Host`](super::host::Host).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nameplate {
    /// The computer name.
    pub computer: String,
    /// The shares, in the order of their positions in [`Shares`].
    pub shares: Vec<Share>,
}

impl Nameplate {
    /// The position of the share called `name`, whatever the case.
    pub fn share_named(&self, name: &str) -> Option<u8> {
        let position = self.shares.iter().position(|it| it.name.eq_ignore_ascii_case(name))?;
        u8::try_from(position).ok()
    }

    /// The name of the share at `position`, or its number where it has none.
    pub fn share_name(&self, position: u8) -> String {
        self.shares
            .get(usize::from(position))
            .map_or_else(|| position.to_string(), |it| it.name.clone())
    }

    /// The names of `shares`, in order of position.
    pub fn share_names(&self, shares: Shares) -> Vec<String> {
        shares.iter().map(|it| self.share_name(it)).collect()
    }
}
