//! Enums of several types.

use super::scalars::attributes;
use super::types::{rust_type, to_line};
use super::{Chunk, Line, Table, docs, rules};
use crate::model::{Member, MemberKey, Type, Union};
use crate::plan::{Plan, Planned};

/// One of several types: an open one, which keeps what is not listed, if it is received.
pub(super) fn union(plan: &Plan<'_>, made: &Type, planned: Planned, union: &Union) -> Chunk {
    let kind = if planned.received { "open" } else { "closed" };
    let by = union.tag.as_ref().map_or_else(String::new, |tag| format!(" by {tag:?}"));
    let head = Line {
        docs: docs::wrap(&docs::named(made.docs.as_ref(), &[])),
        attributes: attributes(planned, &[]),
        text: format!("pub {kind} enum {}{by}", made.name),
    };
    let lines = union.members.iter().map(|member| line(plan, planned, member));
    Chunk::Table(Table::item("union", head, lines.collect()))
}

fn line(plan: &Plan<'_>, planned: Planned, member: &Member) -> Line {
    let key = match &member.key {
        MemberKey::Tag(value) => format!("{value:?}"),
        MemberKey::Type(json_type) => format!("{json_type:?}"),
    };
    let ty = to_line(&rust_type(plan, &member.shape));
    let ending = rules::ending(plan, planned, &member.shape);
    Line {
        docs: docs::wrap(&docs::named(member.docs.as_ref(), &docs::limits(plan, &member.shape))),
        text: format!("case {key} = {}({ty}){ending}", member.name),
        ..Line::default()
    }
}
