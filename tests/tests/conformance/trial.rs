//! One group of the suite in one form, and what became of it.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use wechat_bizwifi_rules::Format;

use jsonschema::{Draft, Validator};
use serde_json::Value;
use wechat_bizwifi_codegen::diagnostics::{Diagnostic, Severity};
use wechat_bizwifi_codegen::{Builder, Failure};
use wechat_bizwifi_tests::compiled::{self, Case, Verdict};

use crate::rules::REMOTES;
use crate::suite::Group;
use crate::typed::typed;

/// A schema, and values whose verdicts are known.
#[derive(Debug)]
pub(crate) struct Trial {
    pub(crate) name: String,
    schema: String,
    /// JSON texts, and whether the schema allows them.
    instances: Vec<(String, bool)>,
    /// How many instances of the group are not tried, because the form changes their verdict.
    pub(crate) dropped: usize,
}

/// What became of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Every verdict is the suite's.
    Right,
    /// Nothing was generated: the first reason.
    Refused(Reason),
    /// What must not be.
    Wrong(Vec<String>),
}

/// Why nothing was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reason {
    pub(crate) pointer: String,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Trial {
    /// The group as it is, but for values that only an asserted `format` refuses: the suite's
    /// required files take a format for a remark.
    pub(crate) fn as_it_is(group: &Group, draft: Draft) -> Self {
        let schema: Value = serde_json::from_str(group.schema.get()).unwrap();
        let (silent, asserted) =
            (verdict_of(&schema, draft, group.asserts_formats), verdict_of(&schema, draft, true));
        let text = with_dialect(group.schema.get(), draft);
        Self::new(group, "as it is", text, |value| same(silent.as_ref(), asserted.as_ref(), value))
    }

    /// The group with the types that its keywords imply.
    pub(crate) fn typed(group: &Group, draft: Draft) -> Self {
        let schema: Value = serde_json::from_str(group.schema.get()).unwrap();
        let with_types = typed(&schema);
        let (before, after) = (
            verdict_of(&schema, draft, group.asserts_formats),
            verdict_of(&with_types, draft, true),
        );
        let text = with_dialect(&serde_json::to_string_pretty(&with_types).unwrap(), draft);
        Self::new(group, "typed", text, |value| same(before.as_ref(), after.as_ref(), value))
    }

    fn new(group: &Group, form: &str, schema: String, is_wanted: impl Fn(&Value) -> bool) -> Self {
        let is_wanted = |text: &str| is_wanted(&serde_json::from_str(text).unwrap());
        let wanted = group.tests.iter().filter(|test| is_wanted(test.data.get()));
        let instances: Vec<(String, bool)> =
            wanted.map(|test| (one_line(test.data.get()), test.valid)).collect();
        Self {
            name: format!("{}: {} ({form})", group.file, group.description),
            schema,
            dropped: group.tests.len() - instances.len(),
            instances,
        }
    }

    pub(crate) fn checked(&self) -> usize {
        self.instances.len()
    }

    /// The code, with the suite's own remote schemas where their URLs say.
    fn generate(&self, remotes: &Path) -> Result<String, Outcome> {
        let builder = Builder::new("").map(REMOTES, remotes);
        let generated =
            catch_unwind(AssertUnwindSafe(|| builder.types("schema.json", &self.schema)));
        match generated {
            Ok(Ok(code)) => Ok(code),
            Ok(Err(Failure::Descriptions(report))) => {
                let is_error = |it: &&Diagnostic| it.severity == Severity::Error;
                let first = report.all().iter().find(is_error).unwrap();
                let pointer = first.place.as_ref().map(|place| place.pointer.to_string());
                Err(Outcome::Refused(Reason {
                    pointer: pointer.unwrap_or_default(),
                    message: first.message.clone(),
                    help: first.help.clone(),
                }))
            }
            Ok(Err(failure)) => Err(Outcome::Wrong(vec![failure.to_string()])),
            Err(_) => Err(Outcome::Wrong(vec!["the generator panics".to_owned()])),
        }
    }

    fn case(&self, code: String) -> Case {
        let instances = self.instances.iter().map(|(text, _)| text.clone()).collect();
        Case { name: self.name.clone(), code, instances }
    }

    fn outcome(&self, checked: &compiled::Outcome) -> Outcome {
        let verdicts = match checked {
            compiled::Outcome::Verdicts(verdicts) => verdicts,
            compiled::Outcome::NotCompiled(error) => {
                return Outcome::Wrong(vec![format!("the code does not compile: {error}")]);
            }
        };
        let pairs = self.instances.iter().zip(verdicts);
        let wrong: Vec<String> =
            pairs.filter_map(|((text, valid), verdict)| wrong(text, *valid, verdict)).collect();
        if wrong.is_empty() { Outcome::Right } else { Outcome::Wrong(wrong) }
    }
}

/// Generates, compiles and asks; the outcomes are in the order of the trials.
pub(crate) fn run(
    (trials, remotes): (&[Trial], &Path),
    folder: &Path,
    target: &Path,
) -> Vec<Outcome> {
    let mut cases: Vec<Case> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let generated: Vec<Result<usize, Outcome>> = trials
        .iter()
        .map(|trial| {
            let code = trial.generate(remotes)?;
            // Most of what is typed as it is gives the same code twice.
            let mut case = trial.case(code);
            case.name.clear();
            let key = format!("{case:?}");
            Ok(*known.entry(key).or_insert_with(|| {
                cases.push(trial.case(std::mem::take(&mut case.code)));
                cases.len() - 1
            }))
        })
        .collect();
    let checked = compiled::run(folder, target, &cases);
    let outcomes = trials.iter().zip(generated).map(|(trial, case)| match case {
        Ok(index) => trial.outcome(&checked[index]),
        Err(outcome) => outcome,
    });
    outcomes.collect()
}

fn wrong(text: &str, valid: bool, verdict: &Verdict) -> Option<String> {
    match (valid, verdict) {
        (true, Verdict::Accepted(_)) | (false, Verdict::Refused(_)) => None,
        (_, Verdict::Accepted(_)) => Some(format!("{text} is wrongly accepted")),
        (_, Verdict::Refused(words)) => Some(format!("{text} is wrongly rejected: {words}")),
        (_, Verdict::Broken(how)) => Some(format!("{text}: {how}")),
    }
}

/// A validator that is not ours; none for schemas that it cannot have, such as those elsewhere.
fn verdict_of(schema: &Value, draft: Draft, formats: bool) -> Option<Validator> {
    // Without its features, that validator has no formats of any script.
    jsonschema::options()
        .with_draft(draft)
        .should_validate_formats(formats)
        .with_format("idn-email", |text: &str| Format::IdnEmail.matches(text))
        .with_format("idn-hostname", |text: &str| Format::IdnHostname.matches(text))
        .build(schema)
        .ok()
}

fn same(before: Option<&Validator>, after: Option<&Validator>, value: &Value) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => before.is_valid(value) == after.is_valid(value),
        _ => true,
    }
}

/// The suite's folders say which draft a schema is, a document says it itself.
fn with_dialect(schema: &str, draft: Draft) -> String {
    let dialect = match draft {
        Draft::Draft4 => "http://json-schema.org/draft-04/schema#",
        Draft::Draft6 => "http://json-schema.org/draft-06/schema#",
        Draft::Draft7 => "http://json-schema.org/draft-07/schema#",
        Draft::Draft201909 => "https://json-schema.org/draft/2019-09/schema",
        // The one of documents that say nothing.
        _ => return schema.to_owned(),
    };
    match schema.strip_prefix('{') {
        Some(rest) if !schema.contains("\"$schema\"") => {
            let comma = if rest.trim_start().starts_with('}') { "" } else { "," };
            format!("{{\"$schema\": \"{dialect}\"{comma}{rest}")
        }
        _ => schema.to_owned(),
    }
}

fn one_line(json: &str) -> String {
    wechat_bizwifi_tests::compact(json)
}
