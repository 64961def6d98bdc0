//! Removes the values of an enum that the other rules of its schema do not allow. The remaining
//! values need no rule table.
//!
//! ```text
//! { "enum": ["a", "bc"], "minLength": 2 }
//!
//! Enum { variants: [Bc = "bc"] }
//! ```

use crate::compile::{Compiler, NodeId};
use crate::lower::Lowered;
use crate::model::{Body, Literal, TypeExpr};

/// Removes the enum variants and the named values that are not valid against the whole schema.
/// Where a schema is combined from several, one may name a value that another does not allow.
pub(crate) fn narrow_enums<'a>(lowered: &mut Lowered<'a>, compiler: &mut Compiler<'a>) {
    for (ty, schema) in lowered.model.types.iter_mut().zip(&lowered.schemas) {
        match &mut ty.body {
            Body::Newtype(_, values) if !values.is_empty() => {
                let node = compiler.node_of(schema, None);
                values.retain(|named| is_allowed(&named.value, node, compiler));
            }
            Body::Enum(values) if !ty.residuals.is_empty() => {
                let node = compiler.node_of(schema, None);
                values.variants.retain(|variant| is_allowed(&variant.value, node, compiler));
                if !values.variants.is_empty() {
                    ty.residuals.clear();
                    continue;
                }
                schema
                    .lint("allows nothing: no value of the list is valid by the other rules")
                    .help("change the list, or the rules");
                // Rust has no value of an empty enum: a JSON value that the rules always refuse.
                ty.body = Body::Newtype(TypeExpr::Any, Vec::new());
            }
            _ => {}
        }
    }
}

fn is_allowed(value: &Literal, node: NodeId, compiler: &Compiler<'_>) -> bool {
    compiler.evaluate(node, &value.as_rule().into()).is_ok()
}
