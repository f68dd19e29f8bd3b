//! A model of the Windows NT host on which Exchange's Internet Mail Connector fails with event 4087.
//!
//! Microsoft's article Q182346 tells administrators what to do when the Internet Mail Connector (IMC)
//! does not start because a network service or protocol of its host is broken: remove and reinstall
//! services and protocols, in an order that can cost the host its shares. This crate models the host
//! and the start, so that the article's workaround, or anybody's, can be tried and checked.
//!
//! Everything follows from one idea: **the Network dialog edits the disk, and only a restart copies
//! the disk into memory.** Damage sits on the disk, unseen; what fails sits in memory; the IMC looks
//! at memory.
//!
//! ```
//! use imc4087::model::action::Action;
//! use imc4087::model::component::Component;
//! use imc4087::model::host::{Exchange, Host, Imc, Os};
//! use imc4087::model::rule::RuleSet;
//! use imc4087::model::set::Components;
//! use imc4087::model::step::step;
//!
//! // A host with TCP/IP and NetBEUI, whose NetBEUI bindings are damaged.
//! let installed = Components::BASE.with(Component::Tcpip).with(Component::Netbeui);
//! let damaged = Components::of(&[Component::Netbeui]);
//! let mut host = Host::consistent(Os::Nt40, Exchange::V50, installed, damaged);
//!
//! let rules = RuleSet::usual();
//! let failed = step(rules, &host, Action::StartImc)?;
//! assert_eq!(failed.events.iter().map(|it| it.id()).collect::<Vec<_>>(), [4087]);
//!
//! use Action::{Install, Remove, Restart, StartImc};
//! for action in [Remove(Component::Netbeui), Restart, Install(Component::Netbeui), Restart, StartImc] {
//!     host = step(rules, &host, action)?.host;
//! }
//! assert_eq!(host.imc, Imc::Running);
//! # Ok::<(), imc4087::model::refusal::Refusal>(())
//! ```
//!
//! # The rooms
//!
//! A file may name its own room and those above it in this list.
//!
//! - [`model`]: the case. What a host is, what each action does, which rules are believed and why.
//! - [`text`]: places in files, and complaints about them.
//! - [`files`]: scenario and runbook files, and the action language in both.
//! - [`search`]: questions answered by running the model.
//! - [`train`]: training at the prompt: lessons, sessions, grades.
//! - [`report`]: results as text and as documents.
//! - [`cli`]: the terminal.
//!
//! Stable are the command line, the file formats, the exit codes and the JSON documents; the library
//! may change with any version.

pub mod model;
pub mod text;
pub mod files;
pub mod search;
pub mod train;
pub mod report;
pub mod cli;
