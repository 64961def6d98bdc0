#![doc = include_str!("../README.md")]
//!
//! # Reading the files
//!
//! [`root`] is the folder that they lie in, for a build script that wants to name them in its
//! messages and to watch them for changes. [`FILES`] is their text, for everything else.
//!
//! ```
//! let (_, set) = wechat_bizwifi_schema::FILES
//!     .iter()
//!     .find(|(path, _)| *path == "couponput/set.json")
//!     .expect("it is one of the files");
//! assert!(set.contains(r#""operationId": "setCouponPlacement""#));
//! ```

use std::path::Path;

/// The folder of the files that this crate was compiled from.
///
/// It is there for as long as the crate's source is: in a build script that has this crate as a
/// build-dependency, always.
pub fn root() -> &'static Path {
    Path::new(env!("SCHEMA_ROOT"))
}

/// Changes whenever a file does: by it, a build without the generator knows whether the code that it
/// has is that of these files.
pub const FINGERPRINT: &str = env!("SCHEMA_FINGERPRINT");

/// Every file that the SDK is generated from: its path below [`root`], with `/` between the parts,
/// and its text. Sorted by path.
pub const FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/files.rs"));

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{FILES, root};

    /// What describes the other files to editors is no input.
    const META_SCHEMA: &str = "endpoint.schema.json";

    #[test]
    fn files_are_those_of_the_folder() {
        let mut found = Vec::new();
        for entry in fs::read_dir(root()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                found.push(path);
            }
        }
        found.retain(|path| {
            path.extension().is_some_and(|extension| extension == "json")
                && !path.ends_with(META_SCHEMA)
        });
        let mut found: Vec<(String, String)> = found
            .iter()
            .map(|path| {
                let below = path.strip_prefix(root()).unwrap().to_str().unwrap();
                (below.replace('\\', "/"), fs::read_to_string(path).unwrap())
            })
            .collect();
        found.sort();

        let listed: Vec<(String, String)> =
            FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        assert_eq!(listed, found);
    }
}
