//! Checks that every default, example and named value is valid against its own schema.
//!
//! ```text
//! { "type": "string", "maxLength": 3, "default": "long" }
//!
//! name.json:1:49 /default: is not valid against its schema: it must have at most 3 characters, has 4
//! ```

mod tainted;

pub(crate) use tainted::Tainted;

use wechat_bizwifi_rules::{Violation, Violations};

use crate::compile::Compiler;
use crate::model::{Direction, Sample};
use crate::schema::Located;
use crate::util::CollectVec as _;

/// Checks the samples of descriptions against their schemas. Samples of tainted schemas are left
/// out: the error may be in the schema and not in the sample.
pub(crate) fn check_examples<'s>(
    samples: &[Sample<'s>],
    compiler: &mut Compiler<'s>,
    tainted: &Tainted,
) {
    for sample in samples.iter().filter(|sample| !tainted.contains(&sample.schema.place)) {
        let directions = match sample.direction {
            _ if sample.schema.is_document() => vec![None],
            Some(direction) => vec![Some(direction)],
            // It is enough that the sample is valid in one of the two.
            None => vec![Some(Direction::Sent), Some(Direction::Received)],
        };
        let found = directions.into_iter().map(|it| evaluate_sample(sample, it, compiler).err());
        let found = found.collect_some();
        let found = found.and_then(|found| found.into_iter().next());
        for violation in found.iter().flat_map(Violations::as_slice) {
            report(&sample.value, violation);
        }
    }
}

fn evaluate_sample<'s>(
    sample: &Sample<'s>,
    direction: Option<Direction>,
    compiler: &mut Compiler<'s>,
) -> Result<(), Violations> {
    let node = compiler.node_of(&sample.schema, direction);
    compiler.evaluate(node, &compiler.literal(&sample.value).into())
}

fn report(value: &Located<'_>, violation: &Violation) {
    let value = value.at(&violation.pointer);
    value.lint(format!("is not valid against its schema: it {}", violation.message));
}
