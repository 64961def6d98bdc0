//! Running many instances
