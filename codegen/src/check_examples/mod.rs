//! Every default, example and named value is valid against its own schema.
//!
//! ```text
//! { "type": "string", "maxLength": 3, "default": "long" }
//!
//! name.json:1:49 /default: breaks its schema: it must have at most 3 characters, has 4
//! ```

mod tainted;

pub(crate) use tainted::Tainted;

use wechat_bizwifi_rules::{Schema, Violation, evaluate};

use crate::compile::{Compiler, FileValue};
use crate::model::Sample;
use crate::schema::Located;

/// Checks the values that descriptions give against their schemas. Where a schema is tainted, what
/// breaks it may be right.
pub(crate) fn check_examples<'s>(
    samples: &[Sample<'s>],
    compiler: &mut Compiler<'s>,
    tainted: &Tainted,
) {
    for sample in samples.iter().filter(|sample| !tainted.contains(&sample.schema.place)) {
        let node = compiler.node_of(&sample.schema);
        let schema = Schema(compiler.rules(node));
        let value = FileValue::new(&sample.value);
        if let Err(violations) = evaluate(&schema, compiler.schemas(), value) {
            violations.as_slice().iter().for_each(|violation| report(&sample.value, violation));
        }
    }
}

fn report(value: &Located<'_>, violation: &Violation) {
    let value = value.at(&violation.pointer);
    value.doubt(format!("breaks its schema: it {}", violation.message));
}
