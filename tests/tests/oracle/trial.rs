//! A schema with instances, and whether everybody checks them alike.

use jsonschema::Validator;
use serde_json::Value;
use wechat_bizwifi_codegen::diagnostics::Diagnostics;
use wechat_bizwifi_codegen::{Builder, Failure};
use wechat_bizwifi_tests::compiled::{Case, Outcome, Verdict};

/// A schema and values to try it with.
#[derive(Debug)]
pub(crate) struct Trial {
    schema: Value,
    instances: Vec<Value>,
}

impl From<(Value, Vec<Value>)> for Trial {
    fn from((schema, instances): (Value, Vec<Value>)) -> Self {
        Self { schema, instances }
    }
}

impl Trial {
    /// The code for the schema, or why it is refused.
    pub(crate) fn generate(&self) -> Result<String, String> {
        generate(&self.schema).map_err(|report| format!("{}\n{}", self.schema, report.render()))
    }

    pub(crate) fn case(&self, code: String) -> Case {
        let instances = self.instances.iter().map(Value::to_string).collect();
        Case { name: self.schema.to_string(), code, instances }
    }

    /// How many instances there are.
    pub(crate) fn checked(&self) -> usize {
        self.instances.len()
    }

    /// How many instances are valid.
    pub(crate) fn valid(&self) -> usize {
        let validator = validator(&self.schema);
        self.instances.iter().filter(|instance| validator.is_valid(instance)).count()
    }

    /// What is not as the other validator has it.
    pub(crate) fn complaints(&self, outcome: &Outcome) -> Vec<String> {
        let verdicts = match outcome {
            Outcome::Verdicts(verdicts) => verdicts,
            Outcome::NotCompiled(error) => return vec![format!("{}\n    {error}", self.schema)],
        };
        let validator = validator(&self.schema);
        let of_generator = self.verdicts_of_generator();
        let mut complaints = Vec::new();
        for ((instance, verdict), found) in self.instances.iter().zip(verdicts).zip(of_generator) {
            let valid = validator.is_valid(instance);
            let disagreement = format!("the generator's check finds it {}", keyword(found));
            let disagreement = (found != valid).then_some(disagreement);
            for complaint in wrong(instance, verdict, &validator).into_iter().chain(disagreement) {
                let schema = &self.schema;
                complaints
                    .push(format!("{schema}\n    {instance} is {}: {complaint}", keyword(valid)));
            }
        }
        complaints
    }

    /// The generator's verdicts on the instances, taken from what it says of them as examples.
    fn verdicts_of_generator(&self) -> Vec<bool> {
        let mut document = self.schema.clone();
        document["examples"] = self.instances.clone().into();
        let strict = Builder::new("").deny_warnings(true);
        let Err(report) = generate_with(&strict, &document) else {
            return vec![true; self.instances.len()];
        };
        let errors = report.all().iter();
        let places: Vec<&str> =
            errors.filter_map(|error| Some(&*error.place.as_ref()?.pointer)).collect();
        let is_valid = |index| {
            let pointer = format!("/examples/{index}");
            let below = format!("{pointer}/");
            !places.iter().any(|place| *place == pointer || place.starts_with(&below))
        };
        (0..self.instances.len()).map(is_valid).collect()
    }
}

/// A validator that is not ours.
pub(crate) fn validator(schema: &Value) -> Validator {
    let built = jsonschema::options().should_validate_formats(true).build(schema);
    built.unwrap_or_else(|error| panic!("{schema}: {error}"))
}

/// The code for a schema, or why it is refused.
pub(crate) fn generate(schema: &Value) -> Result<String, Diagnostics> {
    generate_with(&Builder::new(""), schema)
}

fn generate_with(builder: &Builder, schema: &Value) -> Result<String, Diagnostics> {
    match builder.types("schema.json", &schema.to_string()) {
        Ok(code) => Ok(code),
        Err(Failure::Descriptions(report)) => Err(report),
        Err(failure) => panic!("{failure}"),
    }
}

/// What the generated code gets wrong. What it takes, it must also write as something valid.
fn wrong(instance: &Value, verdict: &Verdict, validator: &Validator) -> Option<String> {
    let valid = validator.is_valid(instance);
    match verdict {
        Verdict::Accepted(text) => {
            let written: Value = serde_json::from_str(text).unwrap();
            let right = valid && validator.is_valid(&written) && is_part(&written, instance);
            (!right).then(|| format!("generated code takes it, and writes {text}"))
        }
        Verdict::Refused(keywords) => valid.then(|| format!("generated code says {keywords}")),
        Verdict::Broken(how) => Some(how.clone()),
    }
}

const fn keyword(valid: bool) -> &'static str {
    if valid { "valid" } else { "invalid" }
}

/// Whether everything in a value is in the other one as well: what an open object says beyond its
/// schema may be lost.
fn is_part(part: &Value, whole: &Value) -> bool {
    match (part, whole) {
        (Value::Object(part), Value::Object(whole)) => part
            .iter()
            .all(|(name, part)| whole.get(name).is_some_and(|whole| is_part(part, whole))),
        (Value::Array(part), Value::Array(whole)) => {
            part.len() == whole.len() && part.iter().zip(whole).all(|(a, b)| is_part(a, b))
        }
        (Value::Number(part), Value::Number(whole)) => part.as_f64() == whole.as_f64(),
        _ => part == whole,
    }
}
