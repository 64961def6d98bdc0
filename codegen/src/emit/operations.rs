//! Emits every operation as a value, for programs that learn at run time which one to call.
//!
//! ```text
//! pub const OPERATIONS: &[rt::AnyOperation] = &[
//!     rt::AnyOperation::of::<GetShop>(&["shop_id"], &[(r#"{"shop_id":429620}"#, r#"{"errcode":0}"#)]),
//! ];
//! ```

use super::text::raw;
use super::{Chunk, Line, Table};
use crate::model::Operation;
use crate::plan::Plan;
use crate::util::CollectVec as _;

/// The table; `None` if there are no operations.
pub(super) fn operations(plan: &Plan<'_>) -> Option<Chunk> {
    let operations = &plan.model.operations;
    let table = Table {
        open: vec![
            "/// Every operation, with its documented examples: for programs that learn at run time which"
                .to_owned(),
            "/// one to call.".to_owned(),
            "pub const OPERATIONS: &[rt::AnyOperation] = &[".to_owned(),
        ],
        indent: 1,
        lines: operations.iter().flat_map(|operation| lines(plan, operation)).collect_vec(),
        close: vec!["];".to_owned()],
    };
    (!operations.is_empty()).then_some(Chunk::Table(table))
}

fn lines(plan: &Plan<'_>, operation: &Operation) -> Vec<Line> {
    let request = &plan.model.get(operation.request).name;
    let required = required(plan, operation).join(", ");
    let begin = format!("rt::AnyOperation::of::<{request}>(&[{required}], &[");
    let mut rows = vec![begin];
    for exchange in &operation.docs.exchanges {
        if let [Some(request), Some(reply)] = exchange {
            rows.push(format!("    ({}, {}),", raw(request), raw(reply)));
        }
    }
    match rows.as_mut_slice() {
        [begin] => begin.push_str("]),"),
        _ => rows.push("]),".to_owned()),
    }
    rows.into_iter().map(Line::plain).collect_vec()
}

fn required(plan: &Plan<'_>, operation: &Operation) -> Vec<String> {
    let Some(object) = plan.object(operation.request) else { return Vec::new() };
    let required = object.properties.iter().filter(|property| property.required);
    required.map(|property| format!("{:?}", property.name)).collect_vec()
}
