//! Campaigns: a file of placements, a row a store, brought into effect and kept track of.
//!
//! ```text
//! FILE.csv -> encoding -> table -> row -> plan -> apply -> report
//!                                            \-> journal <-/
//! ```

mod account;
mod apply;
pub(crate) mod cells;
mod decide;
mod encoding;
mod journal;
mod progress;
mod rate;
mod report;
mod row;
mod run;
mod table;

pub(crate) use row::CampaignFile;
pub(crate) use run::Campaign;
