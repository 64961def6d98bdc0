//! The token store on a real Redis, and a fleet of processes that share one.

mod feature;
mod fleet;
mod recovery;
mod secrets;
mod store;
mod topologies;
