//! Keywords that refer to other schemas.
//!
//! ```text
//! { "$ref": "#/$defs/A", "minLength": 1 }   [MinLength(1), AllOf([A])]
//! ```

use wechat_bizwifi_rules::Rule;

use super::documents::Target;
use super::schema::Schema;
use crate::schema::Keyword;

pub(super) fn reference(schema: &mut Schema<'_, '_>) {
    let target = target(schema, Keyword::Ref);
    add(schema, target);
}

/// As `$ref`, but if that would lead to a `$dynamicAnchor`, this leads to the outermost one of the
/// same name.
pub(super) fn dynamic_reference(schema: &mut Schema<'_, '_>) {
    let target = target(schema, Keyword::DynamicRef);
    let name = schema.get(Keyword::DynamicRef).and_then(|value| {
        let text = value.text().ok()?;
        text.split_once('#').map(|(_, name)| name)
    });
    let target = target.map(|target| outermost(schema, target, name.unwrap_or_default()));
    add(schema, target);
}

/// The `$dynamicRef` of 2019-09, whose anchor has no name.
pub(super) fn recursive_reference(schema: &mut Schema<'_, '_>) {
    let target = target(schema, Keyword::RecursiveRef);
    let target = target.map(|target| outermost(schema, target, ""));
    add(schema, target);
}

fn target<'s>(schema: &mut Schema<'_, 's>, keyword: Keyword) -> Option<Target<'s>> {
    let reference = schema.get(keyword)?;
    let from = schema.position.resource;
    schema.compiler.documents.target(&reference, from).ok()
}

/// The outermost schema with the dynamic anchor `name`, if the target has that anchor; else the
/// target.
fn outermost<'s>(schema: &Schema<'_, 's>, target: Target<'s>, name: &str) -> Target<'s> {
    let compiler = &schema.compiler;
    let own = compiler.documents.dynamic_anchor(target.resource, name);
    if own.is_none_or(|own| !std::ptr::eq(own.schema.node, target.schema.node)) {
        return target;
    }
    let outermost = compiler.scopes.outermost(schema.position.scope, name);
    let found = outermost.and_then(|outer| compiler.documents.dynamic_anchor(outer, name));
    found.unwrap_or(target)
}

fn add<'s>(schema: &mut Schema<'_, 's>, target: Option<Target<'s>>) {
    let Some(target) = target else { return };
    let child = schema.target(target);
    let children = schema.slice(&[child]);
    schema.add(Rule::AllOf(children));
}
