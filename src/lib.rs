//! A model of the Windows NT host on which Exchange's Internet Mail Connector fails with event 4087.
pub mod model;
pub mod text;
pub mod files;
pub mod search;
pub mod report;
pub mod cli;
