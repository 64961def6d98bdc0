//! Campaigns: a file of placements, a row a store, brought into effect and kept track of.
//!
//! ```text
//! FILE.csv -> encoding -> table -> campaign_file -> plan | apply | status -> rows, report
//!                                                      \-> journal <-/
//! ```

mod account;
mod apply;
mod bounded_map;
mod campaign_file;
pub(crate) mod cells;
mod decide;
mod desired;
mod encoding;
mod journal;
mod lock;
mod outcome;
mod outputs;
mod plan;
mod progress;
mod rate;
mod report;
mod rows;
mod run;
mod saved_plan;
mod status;
mod stop;
mod table;
mod whole_file;

pub(crate) use account::read_card;
pub(crate) use campaign_file::CampaignFile;
pub(crate) use run::{Campaign, Limits};
