//! Random schemas of which nobody knows whether they make sense: any keywords beside each other. What
//! is accepted must be checked as everybody else checks it, and what is not must be refused for a
//! reason that has a place.

mod instance;
mod rng;
mod schema;
mod vocabulary;

use std::panic::catch_unwind;
use std::path::Path;

use rng::Rng;
use serde_json::Value;
use wechat_bizwifi_codegen::diagnostics::Diagnostics;
use wechat_bizwifi_tests::compiled::{self, Case};

use crate::trial::{self, Trial};

/// How many schemas are tried; a third of them is accepted, and compiled.
const SCHEMAS: u64 = 900;

/// How many valid values a schema is tried with, and how many invalid ones.
const OF_EACH_VERDICT: usize = 10;

/// How many random values are generated to find these.
const CANDIDATES: usize = 80;

#[test]
fn what_is_accepted_of_any_keywords_has_the_verdicts_of_another_validator() {
    let seed = crate::seed();
    let accepted = (0..SCHEMAS).filter_map(|index| accepted(seed, index));
    let (random_schemas, cases): (Vec<Trial>, Vec<Case>) = accepted.unzip();
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let outcomes =
        compiled::run(&scratch.join("random_schemas"), scratch.parent().unwrap(), &cases);

    let pairs = random_schemas.iter().zip(&outcomes);
    let complaints: Vec<String> =
        pairs.flat_map(|(trial, outcome)| trial.complaints(outcome)).collect();
    assert!(complaints.is_empty(), "ORACLE_SEED={seed}\n{}", complaints.join("\n"));
    assert_telling(&random_schemas);
}

/// Random schemas of which none is accepted, or of which nothing is valid, would show nothing.
fn assert_telling(random_schemas: &[Trial]) {
    let accepted = random_schemas.len();
    assert!(accepted as u64 * 100 / SCHEMAS >= 15, "{accepted} of {SCHEMAS} are accepted");
    let instances: usize = random_schemas.iter().map(Trial::checked).sum();
    let valid: usize = random_schemas.iter().map(Trial::valid).sum();
    let share = valid * 100 / instances;
    assert!((30..70).contains(&share), "{valid} of {instances} instances are valid");
}

/// A schema with instances, and its code, if it is accepted.
fn accepted(seed: u64, index: u64) -> Option<(Trial, Case)> {
    let mut rng = Rng::new(seed.wrapping_mul(SCHEMAS).wrapping_add(index));
    let schema = schema::document(&mut rng);
    let generated = catch_unwind(|| trial::generate(&schema));
    match generated.unwrap_or_else(|_| panic!("the generator panics at {schema}")) {
        Ok(code) => {
            let trial = Trial::from((schema.clone(), instances(&mut rng, &schema)));
            let case = trial.case(code);
            Some((trial, case))
        }
        Err(report) => {
            assert_placed(&schema, &report);
            None
        }
    }
}

fn assert_placed(schema: &Value, report: &Diagnostics) {
    let errors = report.all();
    let is_placed = !errors.is_empty() && errors.iter().all(|error| error.place.is_some());
    assert!(is_placed, "{schema} is refused, and nobody knows where:\n{}", report.render());
}

fn instances(rng: &mut Rng, schema: &Value) -> Vec<Value> {
    let validator = trial::validator(schema);
    let (mut valid, mut invalid) = (Vec::new(), Vec::new());
    for _ in 0..CANDIDATES {
        let value = instance::near(rng, schema);
        let kind = if validator.is_valid(&value) { &mut valid } else { &mut invalid };
        if kind.len() < OF_EACH_VERDICT && !kind.contains(&value) {
            kind.push(value);
        }
    }
    [valid, invalid].concat()
}
