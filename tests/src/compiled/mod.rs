//! Generated code, compiled and asked what it takes.
//!
//! Every case becomes a module of a generated crate. The crates lie in the target directory, and are
//! written only where they change, so that cargo compiles again only what has to be.

mod project;
mod verdicts;

use std::path::Path;

use project::Project;

/// Code that was generated for one schema, and values to try it with.
#[derive(Clone, Debug)]
pub struct Case {
    /// What failures call it.
    pub name: String,
    /// The code, with a type `Root`.
    pub code: String,
    /// The values, as JSON texts of one line.
    pub instances: Vec<String>,
}

/// What generated code says to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It takes it, and writes it back as this text.
    Accepted(String),
    /// It refuses it, with these words.
    Refused(String),
    /// It does neither: it panics, or ends the program.
    Broken(String),
}

/// What became of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A verdict for each instance.
    Verdicts(Vec<Verdict>),
    /// The code does not compile; what rustc says.
    NotCompiled(String),
}

/// Documents every case with rustdoc, which must not warn, and runs the tests in its documentation.
///
/// `folder` and `target` are as in [`run`].
pub fn document(folder: &Path, target: &Path, cases: &[Case]) {
    let project = Project::new(folder, target, cases);
    project.cargo(&["doc", "--workspace", "--lib", "--no-deps"]);
    project.cargo(&["test", "--workspace", "--doc"]);
}

/// Compiles every case, and asks each for its verdicts.
///
/// `folder` is for generated crates, inside the target directory; `target` is the target directory
/// to compile them in.
pub fn run(folder: &Path, target: &Path, cases: &[Case]) -> Vec<Outcome> {
    let mut project = Project::new(folder, target, cases);
    let mut outcomes: Vec<Option<Outcome>> = vec![None; cases.len()];
    // What does not compile is taken out, and the rest compiled again.
    while let Err(errors) = project.compile() {
        for (index, error) in errors {
            project.leave_out(index);
            outcomes[index] = Some(Outcome::NotCompiled(error));
        }
    }
    let mut verdicts = verdicts::ask(&project.program(), &project.included()).into_iter();
    let checked = outcomes.into_iter().map(|outcome| {
        outcome.unwrap_or_else(|| Outcome::Verdicts(verdicts.next().unwrap_or_default()))
    });
    checked.collect()
}
