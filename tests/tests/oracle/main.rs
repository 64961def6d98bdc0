//! Random models become schemas and instances, and three verdicts on each instance must be one: that
//! of the generated code, that of the generator's check of examples, and that of a validator that is
//! not ours. The same goes for random keywords, as far as they are accepted.
//!
//! Which ones are tried is a matter of a seed, the same on every run; `ORACLE_SEED` is another.
#![expect(clippy::unwrap_used, clippy::panic, reason = "only tests")]

mod found;
mod instance;
mod model;
mod random_schemas;
mod schema;
mod tables;
mod trial;

use std::path::Path;

use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use trial::Trial;
use wechat_bizwifi_tests::compiled::{self, Case};

/// How many schemas are compiled in one run, and how many values each is tried with.
const SCHEMAS: usize = 160;
const INSTANCES: usize = 24;

#[test]
fn generated_code_the_generators_check_and_another_validator_agree() {
    let seed = seed();
    let mut trials = random_trials(seed);
    trials.extend(found::found().into_iter().map(Trial::from));
    let (mut generated, mut refused) = (Vec::new(), Vec::new());
    for trial in &trials {
        match trial.generate() {
            Ok(code) => generated.push((trial, code)),
            Err(why) => refused.push(why),
        }
    }
    let cases: Vec<Case> = generated.iter().map(|(trial, code)| trial.case(code.clone())).collect();
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let outcomes = compiled::run(&scratch.join("oracle"), scratch.parent().unwrap(), &cases);

    let pairs = generated.iter().zip(&outcomes);
    let complaints: Vec<String> =
        pairs.flat_map(|((trial, _), outcome)| trial.complaints(outcome)).collect();
    assert!(complaints.is_empty(), "ORACLE_SEED={seed}\n{}", complaints.join("\n"));
    assert_telling(&trials, &refused);
}

fn seed() -> u64 {
    std::env::var("ORACLE_SEED").map_or(1, |seed| seed.parse().unwrap())
}

/// All three verdicts could agree by refusing everything.
fn assert_telling(trials: &[Trial], refused: &[String]) {
    assert!(refused.len() * 10 < trials.len(), "refused are {}", refused.join("\n"));
    let valid: usize = trials.iter().map(Trial::valid).sum();
    let instances = SCHEMAS * INSTANCES;
    let share = valid * 100 / instances;
    assert!((20..80).contains(&share), "{valid} of {instances} instances are valid");
}

fn random_trials(seed: u64) -> Vec<Trial> {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let trials = model::models().prop_flat_map(|model| {
        let schema = schema::document(&model);
        vec(instance::near(&model), INSTANCES)
            .prop_map(move |instances| Trial::from((schema.clone(), instances)))
    });
    (0..SCHEMAS).map(|_| trials.new_tree(&mut runner).unwrap().current()).collect()
}
