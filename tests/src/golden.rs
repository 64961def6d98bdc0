use std::path::Path;

/// Where a golden file says something else than a text; with `UPDATE_GOLDENS` set, the text is written.
#[must_use]
pub fn differs(file: &Path, text: &str) -> Option<String> {
    let golden = std::fs::read_to_string(file).unwrap_or_default();
    if golden == text {
        return None;
    }
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        std::fs::write(file, text).unwrap();
        return None;
    }
    let first = golden.lines().zip(text.lines()).find(|(golden, found)| golden != found);
    let file = file.display();
    Some(format!("{file} differs from what was found, {first:#?}; UPDATE_GOLDENS=1 accepts it"))
}
