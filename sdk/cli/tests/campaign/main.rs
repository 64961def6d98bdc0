//! The program as a user runs it: against the embedded server, with faults, with files as
//! spreadsheets write them, killed at random moments and started again.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "only tests")]
#![allow(missing_docs, unreachable_pub, reason = "only tests")]

mod account;
mod doctor;
mod faults;
mod files;
mod killed;
mod network;
mod operations;
mod outputs;
mod plan;
mod resume;
mod scenes;
mod transcripts;
mod trial;
