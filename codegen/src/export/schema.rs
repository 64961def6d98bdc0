//! Writes a schema of the descriptions as a schema of OpenAPI 3.1, whose dialect is JSON Schema
//! 2020-12. Keywords that only descriptions have become keywords that tools know, or begin with
//! `x-`.
//!
//! ```text
//! { "$ref": "common.json#/$defs/CardId", "maxLength": 28, "sensitive": true }
//!
//! { "maxLength": 28, "x-sensitive": true, "allOf": [{ "$ref": "#/components/schemas/CardId" }] }
//! ```

use super::components::SchemaWriter;
use super::json::{Fields, Json};
use super::keywords::{Partial, finish, is_of_property, own_name};
use crate::schema::{Holds, Keyword, Located, Mark};
use crate::source::Value;

impl<'a> SchemaWriter<'a, '_> {
    /// A schema where a Rust type is made of it.
    pub(super) fn schema(&mut self, schema: &Located<'a>) -> Json {
        self.used(schema, true)
    }

    /// A schema where it is used: a reference if it is a component, with its keywords that are
    /// about the property; else the schema itself.
    fn used(&mut self, schema: &Located<'a>, is_type: bool) -> Json {
        if !self.has_name(schema) {
            return self.written(schema, is_type);
        }
        let mut fields = self.reference(schema);
        let Value::Object(object) = &schema.node.value else { return fields.into() };
        for entry in &object.entries {
            if let Some(keyword) = Keyword::of_schema(&entry.key).filter(|it| is_of_property(*it)) {
                fields.set(own_name(keyword), Json::from(&entry.node));
            }
        }
        fields.into()
    }

    /// A schema with all its keywords. A component is written without the keywords that are about
    /// the property whose schema it is, since other schemas may refer to it.
    pub(super) fn written(&mut self, schema: &Located<'a>, is_type: bool) -> Json {
        let Value::Object(object) = &schema.node.value else { return Json::from(schema.node) };
        let is_component = self.has_name(schema);
        let (fields, parts) = (Fields::new(), Vec::new());
        let mut partial = Partial { object, is_type, fields, parts, has_rules: false };
        for entry in &object.entries {
            let Some(keyword) = Keyword::of_schema(&entry.key) else { continue };
            if !(is_component && is_of_property(keyword)) {
                self.keyword(keyword, &schema.below(&entry.key, &entry.node), &mut partial);
            }
        }
        finish(partial).into()
    }

    fn keyword(&mut self, keyword: Keyword, value: &Located<'a>, partial: &mut Partial<'a>) {
        partial.has_rules |= keyword.is_enforced() && keyword != Keyword::Ref;
        match keyword {
            Keyword::Ref => self.target(value, partial),
            Keyword::DynamicRef => report_dynamic(value),
            Keyword::Items if value.node.is_array() => {
                let items = self.schemas(value, partial.is_type);
                partial.fields.set(Keyword::PrefixItems.name(), items);
            }
            Keyword::AdditionalItems => {
                if matches!(partial.object.get("items").map(|it| &it.value), Some(Value::Array(_)))
                {
                    let rest = self.used(value, partial.is_type);
                    partial.fields.set(Keyword::Items.name(), rest);
                }
            }
            Keyword::Dependencies => self.dependencies(value, partial),
            keyword if keyword.is(Mark::OfFile) => {}
            keyword => {
                let written = self.value(keyword, value, partial.is_type);
                partial.fields.set(own_name(keyword), written);
            }
        }
    }

    /// A keyword's value. Subschemas in it are written too.
    fn value(&mut self, keyword: Keyword, value: &Located<'a>, is_type: bool) -> Json {
        let is_type = is_type && keyword.is(Mark::OfTypes);
        match (keyword.info().holds, &value.node.value) {
            (Holds::Schema, _) => self.used(value, is_type),
            (Holds::Schemas, Value::Array(_)) => self.schemas(value, is_type),
            (Holds::SchemaMap, Value::Object(_)) => self.schema_map(value, is_type).into(),
            _ => Json::from(value.node),
        }
    }

    fn schemas(&mut self, value: &Located<'a>, is_type: bool) -> Json {
        Json::Array(value.items().iter().map(|schema| self.used(schema, is_type)).collect())
    }

    fn schema_map(&mut self, value: &Located<'a>, is_type: bool) -> Fields {
        let mut fields = Fields::new();
        for (name, schema) in value.properties() {
            fields.set(name, self.used(&schema, is_type));
        }
        fields
    }

    fn target(&mut self, reference: &Located<'a>, partial: &mut Partial<'a>) {
        // A reference that leads nowhere was reported.
        if let Ok(target) = self.api.references.target(reference) {
            partial.parts.push(self.reference(&target).into());
        }
    }

    /// Writes `dependencies` as the two keywords that replaced it.
    fn dependencies(&mut self, value: &Located<'a>, partial: &mut Partial<'a>) {
        let (mut names, mut schemas) = (Fields::new(), Fields::new());
        for (name, demanded) in value.properties() {
            match &demanded.node.value {
                Value::Array(_) => names.set(name, Json::from(demanded.node)),
                _ => schemas.set(name, self.used(&demanded, false)),
            }
        }
        let some = |fields: Fields| (!fields.is_empty()).then_some(fields);
        let both = Fields::new()
            .with_some(Keyword::DependentRequired.name(), some(names))
            .with_some(Keyword::DependentSchemas.name(), some(schemas));
        partial.parts.push(both.into());
    }
}

/// Reports a `$dynamicRef`: the exported document is one resource, where it could have only one
/// target.
fn report_dynamic(reference: &Located<'_>) {
    reference
        .error("leads to different schemas, which an OpenAPI document cannot say")
        .help("use `$ref`, which leads to one");
}
