//! What the build script has generated from the descriptions.

include!(concat!(env!("OUT_DIR"), "/api.rs"));
