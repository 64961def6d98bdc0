//! Compares two versions of descriptions: what changes for those who use the generated code.
//!
//! ```text
//! card_describe: { "type": "string", "maxLength": 18 } -> { "type": "string", "maxLength": 10 }
//!
//! major: `SetCouponPlacement.card_describe`, sent: `maxLength`: 18 -> 10
//!        wire: narrower: a request that was valid may be refused
//! ```
//!
//! Both are read as far as the plan. Then two things are compared, each with a verdict of its own:
//!
//! - [`wire`]: the values that go over the wire, in pairs of types, beginning with each request and
//!   reply. What is sent must not become narrower; what is received must still be read.
//! - [`code`]: the public items of the generated Rust, by their names.
//!
//! An effect on Rust code is added to the change on the wire that is its cause. At last the
//! generated code itself is compared. If it differs in more than order and documentation, and no
//! change was found, an unknown change is reported, which counts as breaking.

mod at;
mod code;
mod matched;
mod mismatch;
mod numbers;
mod objects;
mod operations;
mod render;
mod revision;
mod scalars;
mod side;
mod surface;
mod verdict;
mod wire;

use std::path::Path;

use crate::diagnostics::{Place, Reported, Reporter};
pub use crate::model::Direction;
use crate::outcome::{Failure, on_ample_stack, reporting};
use crate::pipeline;
use crate::source::{Input, Sources};
use at::{At, Part};
use side::Side;
pub use verdict::{Effect, Verdict};
use wire::Wire;

/// A change.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct Change {
    /// The kind of the change, such as `property-added`. These words are stable.
    pub what: &'static str,
    /// What changes: an operation, a return code, a type, or a member of a type.
    pub subject: String,
    /// How it changes, in a few words.
    pub message: String,
    /// The direction of the values, if the change depends on it.
    pub direction: Option<Direction>,
    /// The old place; `None` if the subject is added.
    #[serde(serialize_with = "render::place")]
    pub before: Option<Place>,
    /// The new place; `None` if the subject is removed.
    #[serde(serialize_with = "render::place")]
    pub after: Option<Place>,
    /// The effect on Rust code that uses the generated items: after a major change it may not
    /// compile.
    pub code: Effect,
    /// The effect on what goes over the wire, and on how calls behave.
    pub wire: Effect,
    /// The related items of the generated code.
    #[serde(skip)]
    parts: Vec<Part>,
}

impl Change {
    /// The greater of the two verdicts.
    pub fn verdict(&self) -> Verdict {
        self.code.verdict.max(self.wire.verdict)
    }
}

/// The changes from one version of descriptions to another.
///
/// ```
/// use wechat_bizwifi_codegen::{Diff, Verdict};
///
/// let description = |rule: &str| (
///     "set.json".to_owned(),
///     r#"{
///       "operationId": "setName", "summary": "Sets the name.",
///       "method": "POST", "path": "/name", "security": "none", "idempotent": true,
///       "request": {
///         "type": "object", "additionalProperties": false, "required": ["name"],
///         "properties": { "name": { "type": "string", RULE } }
///       },
///       "response": { "type": "object", "properties": {
///         "errcode": { "type": "integer" }, "errmsg": { "type": "string" } } },
///       "envelope": { "code": "/errcode", "message": "/errmsg" }
///     }"#.replace("RULE", rule),
/// );
/// let diff = Diff::of_texts([description(r#""maxLength": 18"#)], [description(r#""maxLength": 10"#)])?;
/// assert_eq!(diff.verdict(), Verdict::Major);
/// assert_eq!(diff.code(), Verdict::Patch);
/// assert_eq!(diff.changes()[0].subject, "SetName.name");
/// # Ok::<(), wechat_bizwifi_codegen::Failure>(())
/// ```
#[derive(Clone, Debug)]
pub struct Diff {
    changes: Vec<Change>,
    /// Whether the generated code differs, even if only in order or documentation.
    code_differs: bool,
}

impl Diff {
    /// Compares the descriptions of one folder with those of another.
    ///
    /// # Errors
    ///
    /// If one of the versions has errors: then nothing is compared.
    pub fn of_folders(old: impl AsRef<Path>, new: impl AsRef<Path>) -> Result<Self, Failure> {
        let (old, new) = (old.as_ref(), new.as_ref());
        Self::of(&|reporter| Sources::load(old, reporter), &|reporter| Sources::load(new, reporter))
    }

    /// Compares the descriptions of a folder at a revision with those that are there now. The
    /// program `git` reads the revision.
    ///
    /// # Errors
    ///
    /// As [`of_folders`](Self::of_folders), or if there is no such revision or no program `git`.
    pub fn since_revision(revision: &str, folder: impl AsRef<Path>) -> Result<Self, Failure> {
        let folder = folder.as_ref();
        let files = revision::files(revision, folder).map_err(Failure::Revision)?;
        let label = format!("{revision}:{}", folder.display());
        let old = |reporter: &Reporter| {
            Sources::from_texts(&label, Input::Description, files.clone(), reporter)
        };
        Self::of(&old, &|reporter| Sources::load(folder, reporter))
    }

    /// Compares descriptions in memory, given as pairs of a path and a text.
    ///
    /// # Errors
    ///
    /// As [`of_folders`](Self::of_folders).
    pub fn of_texts(
        old: impl IntoIterator<Item = (String, String)>,
        new: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, Failure> {
        let (old, new): (Vec<_>, Vec<_>) = (old.into_iter().collect(), new.into_iter().collect());
        Self::of(
            &|reporter| Sources::from_texts("old", Input::Description, old.clone(), reporter),
            &|reporter| Sources::from_texts("new", Input::Description, new.clone(), reporter),
        )
    }

    fn of(
        old: &(dyn Fn(&Reporter) -> Sources + Sync),
        new: &(dyn Fn(&Reporter) -> Sources + Sync),
    ) -> Result<Self, Failure> {
        on_ample_stack(&|| {
            let (diff, _warnings) = reporting(|reporter| compared(old, new, reporter))?;
            Ok(diff)
        })
    }

    /// The release that all changes together need.
    pub fn verdict(&self) -> Verdict {
        self.code().max(self.wire())
    }

    /// The verdict for Rust code alone: unless it is [`Verdict::Major`], a dependent compiles as
    /// before, whichever items it uses.
    pub fn code(&self) -> Verdict {
        let least = if self.code_differs { Verdict::Patch } else { Verdict::None };
        self.changes.iter().map(|change| change.code.verdict).fold(least, Verdict::max)
    }

    /// The verdict for what goes over the wire, and for how calls behave.
    pub fn wire(&self) -> Verdict {
        self.changes.iter().map(|change| change.wire.verdict).fold(Verdict::None, Verdict::max)
    }

    /// Whether something that worked may no longer work.
    pub fn is_breaking(&self) -> bool {
        self.verdict() == Verdict::Major
    }

    /// The changes, those with the greatest verdict first.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// The changes as a text for people.
    pub fn to_text(&self) -> String {
        render::text(self)
    }

    /// The changes as one JSON object, for CI.
    pub fn to_json(&self) -> String {
        render::json(self)
    }

    /// The changes as Markdown, for a changelog.
    pub fn to_markdown(&self) -> String {
        render::markdown(self)
    }
}

fn compared(
    old: &(dyn Fn(&Reporter) -> Sources + Sync),
    new: &(dyn Fn(&Reporter) -> Sources + Sync),
    reporter: &Reporter,
) -> Result<Diff, Reported> {
    let old_sources = old(reporter);
    pipeline::with_api(&old_sources, reporter, |api, compiler| {
        let old = Side::new(&old_sources, api, compiler);
        let new_sources = new(reporter);
        pipeline::with_api(&new_sources, reporter, |api, compiler| {
            changes(&old, &Side::new(&new_sources, api, compiler))
        })
    })?
}

fn changes(old: &Side<'_>, new: &Side<'_>) -> Diff {
    let mut wire = Wire::new(old, new);
    wire.operations();
    wire.return_codes();
    let mut changes = code::compare(wire);
    if changes.is_empty() && words(old.code) != words(new.code) {
        changes.push(unknown());
    }
    // A change without effect is not shown.
    changes.retain(|change| change.verdict() > Verdict::None);
    changes.sort_by(|a, b| b.verdict().cmp(&a.verdict()).then_with(|| a.subject.cmp(&b.subject)));
    Diff { changes, code_differs: old.code != new.code }
}

/// The words of generated code without its documentation, sorted so that order does not count.
fn words(code: &str) -> Vec<&str> {
    let is_code = |line: &&str| {
        let line = line.trim_start();
        !line.starts_with("//") && !line.starts_with("#[doc")
    };
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let lines = code.lines().filter(is_code);
    let words = lines.flat_map(|line| line.split(move |c| !is_word(c)));
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words
}

/// The change that is reported if the generated code differs and no other change was found.
fn unknown() -> Change {
    let why = "unknown: the generated code differs in something that is not compared";
    let mut change = At::of("generated code", None, (None, None)).change(
        "not-comparable",
        why.to_owned(),
        Effect::unknown(why),
    );
    change.code = Effect::unknown(why);
    change
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_change_of_the_code_counts_as_breaking() {
        let diff = reporting(|reporter| {
            let sources = Sources::load(wechat_bizwifi_schema::root(), reporter);
            pipeline::with_api(&sources, reporter, |api, compiler| {
                let [old, mut new] = [(); 2].map(|()| Side::new(&sources, api, compiler));
                assert_eq!(changes(&old, &new).verdict(), Verdict::None);
                new.code = "pub fn more() {}";
                changes(&old, &new)
            })
        });
        let (diff, _) = diff.unwrap();
        assert_eq!((diff.code(), diff.wire()), (Verdict::Major, Verdict::Major));
        assert!(diff.to_text().contains("differs in something that is not compared"));
    }
}
