//! Keywords that refer to other schemas.
//!
//! ```text
//! { "$ref": "#/$defs/A", "minLength": 1 }   [MinLength(1), AllOf([A])]
//! ```

use wechat_bizwifi_rules::Rule;

use super::documents::Target;
use super::rule_builder::RuleBuilder;
use crate::schema::Keyword;

pub(super) fn reference(builder: &mut RuleBuilder<'_, '_>) {
    let target = target(builder, Keyword::Ref);
    add(builder, target);
}

/// As `$ref`, but if that would lead to a `$dynamicAnchor`, this leads to the outermost one of the
/// same name.
pub(super) fn dynamic_reference(builder: &mut RuleBuilder<'_, '_>) {
    let target = target(builder, Keyword::DynamicRef);
    let name = builder.get(Keyword::DynamicRef).and_then(|value| {
        let text = value.text().ok()?;
        text.split_once('#').map(|(_, name)| name)
    });
    let target = target.map(|target| outermost(builder, target, name.unwrap_or_default()));
    add(builder, target);
}

/// The `$dynamicRef` of 2019-09, whose anchor has no name.
pub(super) fn recursive_reference(builder: &mut RuleBuilder<'_, '_>) {
    let target = target(builder, Keyword::RecursiveRef);
    let target = target.map(|target| outermost(builder, target, ""));
    add(builder, target);
}

fn target<'s>(builder: &mut RuleBuilder<'_, 's>, keyword: Keyword) -> Option<Target<'s>> {
    let reference = builder.get(keyword)?;
    let from = builder.origin.resource;
    builder.compiler.documents.target(&reference, from).ok()
}

/// The outermost schema with the dynamic anchor `name`, if the target has that anchor; else the
/// target.
fn outermost<'s>(builder: &RuleBuilder<'_, 's>, target: Target<'s>, name: &str) -> Target<'s> {
    let compiler = &builder.compiler;
    let own = compiler.documents.dynamic_anchor(target.resource, name);
    if own.is_none_or(|own| !std::ptr::eq(own.schema.node, target.schema.node)) {
        return target;
    }
    let outermost = compiler.scopes.outermost(builder.origin.scope, name);
    let found = outermost.and_then(|outer| compiler.documents.dynamic_anchor(outer, name));
    found.unwrap_or(target)
}

fn add<'s>(builder: &mut RuleBuilder<'_, 's>, target: Option<Target<'s>>) {
    let Some(target) = target else { return };
    let child = builder.target(target);
    let children = builder.slice(&[child]);
    builder.add(Rule::AllOf(children));
}
