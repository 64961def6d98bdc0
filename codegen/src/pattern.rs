//! Patterns of schemas, translated for the engine that matches them.
//!
//! ```text
//! ^\d+$      ^[0-9]+$
//! ^\p{Lu}    ^[A-Z\u{C0}-\u{D6}…]
//! (a)\1      refused: only a backtracking engine can match a back-reference
//! ```

#[cfg(feature = "pattern")]
mod properties;

use crate::diagnostics::Reported;
use crate::schema::Located;

/// Translates a pattern; reports at `located` if it cannot be translated.
#[cfg(feature = "pattern")]
pub(crate) fn translate_at(source: &str, located: &Located<'_>) -> Result<String, Reported> {
    wechat_bizwifi_rules::translate_pattern(source, &properties::characters_of).or_else(|why| {
        located
            .error(format!("is no pattern that can be enforced: {why}"))
            .help("use what ECMA-262 and linear-time matching have in common")
            .fail()
    })
}

/// Refuses every pattern.
#[cfg(not(feature = "pattern"))]
pub(crate) fn translate_at(_: &str, located: &Located<'_>) -> Result<String, Reported> {
    located.needs_feature("a pattern", "pattern").fail()
}
