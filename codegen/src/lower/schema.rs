//! From a schema to the type of its values.
//!
//! ```text
//! { "type": ["string", "null"], "maxLength": 18 }
//!
//! Nullable(Text([Number(MaxLength, 18)]))
//! ```
//!
//! How a schema is lowered, from `type_expr` on:
//!
//! ```text
//! `$ref`, `allOf`       composed: the types of the parts, merged (compose, merge)
//! all others            uncomposed: base_type, and the rules that it does not enforce (assertions)
//!   `oneOf`, `anyOf`      union (union, variants)
//!   all others            by_json_types: those of `type`, of the hint or of `enum` (type_hint)
//!     one type              for_one_json_type: enumeration (enums), or without_enum (scalar, array,
//!                           object)
//!     several types         union_of_types
//! no Rust type          checked_json (assertions)
//! ```

use std::sync::LazyLock;

use wechat_bizwifi_rules::{JsonType, Types};

use super::context::{NoType, SchemaReader, TypeContext, TypeResult, Unlowered};
use super::enum_values::{
    allows_null_value, allows_only_null, enum_values, has_mixed_values, only_null, types_of_values,
};
use super::type_hint::json_types;
use super::{DEEPEST, Lowering, enums, scalar};
use crate::diagnostics::Reported;
use crate::model::TypeExpr;
use crate::schema::{
    Keyword, KeywordReader, Located, Mark, Subject, is_never_used, report_ignored, report_unused,
};
use crate::source::{Entry, Node, Object, Span, Value};

/// The schema `true` as an object: it has no keywords.
static ANYTHING: LazyLock<Node> = LazyLock::new(|| virtual_node(Value::Object(Object::default())));

/// The schema `false` as an object: `{ "not": true }`.
static NOTHING: LazyLock<Node> = LazyLock::new(|| {
    let (key, key_span) = (Keyword::Not.name().into(), Span::default());
    let entry = Entry { key, key_span, node: virtual_node(Value::Bool(true)) };
    virtual_node(Value::Object(Object::new(vec![entry])))
});

/// A node that is in no file.
fn virtual_node(value: Value) -> Node {
    Node { value, span: Span::default() }
}

impl<'a> Lowering<'a, '_> {
    /// Lowers a schema that is no property's, such as that of an array's items.
    pub(super) fn schema(
        &mut self,
        located: &Located<'a>,
        context: TypeContext<'_>,
    ) -> Result<TypeExpr, Reported> {
        self.read(located, |lowering, schema| {
            let ty = lowering.type_expr(schema, context)?;
            lowering.add_samples(schema);
            Ok(ty)
        })
    }

    /// Lets a function lower a schema, and reports the keywords that stay unused.
    pub(super) fn read<T>(
        &mut self,
        located: &Located<'a>,
        lower: impl FnOnce(&mut Self, &SchemaReader<'a>) -> TypeResult<T>,
    ) -> Result<T, Reported> {
        let schema = self.schema_reader(located)?;
        self.depth += 1;
        let result = lower(self, &schema).map_err(|unlowered| unlowered.report(self.reporter));
        self.finish(&schema, result.is_ok());
        self.depth -= 1;
        result
    }

    /// Reads the annotations of a schema; the other keywords are left to be used.
    fn schema_reader(&mut self, located: &Located<'a>) -> Result<SchemaReader<'a>, Reported> {
        let located = match &located.node.value {
            Value::Bool(true) => &Located { node: &ANYTHING, ..located.clone() },
            Value::Bool(false) if located.is_document() => {
                &Located { node: &NOTHING, ..located.clone() }
            }
            Value::Bool(false) => {
                return located.error("allows nothing").help("take it out").fail();
            }
            _ => located,
        };
        if self.depth >= DEEPEST {
            return located
                .error(format!("lies deeper than {DEEPEST} schemas, through `$ref`s"))
                .help("let fewer schemas lead to each other")
                .fail();
        }
        let keywords = KeywordReader::new(located)?;
        let annotations = self.annotations(&keywords);
        Ok(SchemaReader { keywords, annotations })
    }

    /// Lowers the definitions of a schema, and reports its unused keywords. If lowering failed
    /// halfway, only those are reported that no step would have used.
    fn finish(&mut self, schema: &SchemaReader<'a>, is_lowered: bool) {
        for keyword in [Keyword::Defs, Keyword::Definitions] {
            if let Some(definitions) = schema.keywords.read(keyword) {
                self.definitions(&definitions.value);
            }
        }
        let unused = schema.keywords.unused().filter(|unused| is_lowered || is_never_used(unused));
        unused.for_each(|unused| report_unused(&schema.keywords, &unused));
        report_ignored(&schema.keywords);
    }

    /// Lowers a schema of `$defs`. A string or an integer becomes a newtype.
    pub(super) fn definition(
        &mut self,
        located: &Located<'a>,
        name: &str,
    ) -> Result<TypeExpr, Reported> {
        let identity = located.identity();
        if let Some(ty) = self.named.get(&identity) {
            return Ok(ty.clone());
        }
        if let Some(reported) = self.failed_targets.get(&identity) {
            return Err(*reported);
        }
        let ty = self.read(located, |lowering, schema| {
            let ty = match lowering.type_expr(schema, TypeContext::named(name))? {
                ty @ (TypeExpr::Text(_) | TypeExpr::Integer(..)) => {
                    lowering.newtype(schema, ty, name)?
                }
                ty => ty,
            };
            lowering.add_samples(schema);
            Ok(ty)
        })?;
        self.named.insert(identity, ty.clone());
        Ok(ty)
    }

    /// Lowers a plain JSON Schema document to a type of this name.
    pub(super) fn document(
        &mut self,
        located: &Located<'a>,
        name: &str,
    ) -> Result<TypeExpr, Reported> {
        if let Some(ty @ TypeExpr::Named(_)) = self.named.get(&located.identity()) {
            return Ok(ty.clone());
        }
        self.read(located, |lowering, schema| {
            let ty = match lowering.document_type(schema, name)? {
                ty @ TypeExpr::Named(_) => ty,
                ty => {
                    lowering.rename_inner(name, &ty);
                    lowering.newtype(schema, ty, name)?
                }
            };
            lowering.add_samples(schema);
            Ok(ty)
        })
    }

    fn document_type(&mut self, schema: &SchemaReader<'a>, name: &str) -> TypeResult {
        if !self.references.are_ambiguous() {
            return self.type_expr(schema, TypeContext::named(name));
        }
        let no_type = NoType {
            place: schema.place().clone(),
            reason:
                "references lead to different schemas, depending on where they are reached from"
                    .to_owned(),
            help: "use `$ref`, which leads to one",
        };
        Ok(self.checked_json(schema, &no_type))
    }

    /// Renames the inner type of a document that becomes a newtype, because it is nullable or has
    /// assertions: both types would have the document's name.
    fn rename_inner(&mut self, name: &str, ty: &TypeExpr) {
        match ty {
            TypeExpr::Nullable(inner) | TypeExpr::Constrained(inner, _) => {
                self.rename_inner(name, inner);
            }
            TypeExpr::Named(id) if self.model.get(*id).name == name => {
                self.model.types[id.0].name = format!("{name}Value");
            }
            _ => {}
        }
    }

    /// The type of the values that a schema allows; checked JSON, if no Rust type holds them.
    pub(super) fn type_expr(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        if let Some(known) = self.known(schema) {
            schema.keywords.use_all();
            return Ok(known);
        }
        report_empty_lists(schema)?;
        self.guard_recursion(schema, |lowering| match lowering.composed_or_not(schema, context) {
            // Only this place decides what becomes of a schema without a Rust type.
            Err(Unlowered::NoType(no_type)) => Ok(lowering.checked_json(schema, &no_type)),
            result => result,
        })
    }

    /// The type of a schema that was lowered before, because a `$ref` led to it.
    fn known(&self, schema: &SchemaReader<'a>) -> Option<TypeExpr> {
        let known = self.named.get(&schema.keywords.located.identity())?;
        (!self.is_pending(known)).then(|| known.clone())
    }

    fn composed_or_not(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        if let Some(keyword) = dynamic_reference(schema) {
            if keyword == Keyword::RecursiveRef && !schema.is_document() {
                let error =
                    schema.error("`$recursiveRef` is a keyword of JSON Schema 2019-09 alone");
                return Ok(error.help("use `$ref`, which leads to one schema").fail()?);
            }
            let reason = format!("`{}` leads to different schemas", keyword.name());
            return schema.no_type(reason, "use `$ref`, which leads to one");
        }
        if !self.references.validate(&schema.keywords.located) && !is_empty(schema) {
            let reason = "its metaschema leaves out the validation vocabulary, so that `type`, \
                `maxLength` and their like restrict nothing";
            return schema.no_type(reason, "list it in the metaschema's `$vocabulary`");
        }
        if schema.keywords.has(Keyword::Ref) || schema.keywords.has(Keyword::AllOf) {
            self.composed(schema, context)
        } else {
            self.uncomposed(schema, context)
        }
    }

    /// The type of a schema, without its `$ref` and its `allOf`.
    pub(super) fn uncomposed(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        if is_empty(schema) && context.hint.is_none() {
            return Ok(TypeExpr::Any);
        }
        let base = self.base_type(schema, context)?;
        Ok(self.constrained(schema, base))
    }

    /// The type of a schema, without the rules that the type does not enforce.
    fn base_type(&mut self, schema: &SchemaReader<'a>, context: TypeContext<'_>) -> TypeResult {
        if schema.keywords.has(Keyword::AnyOf) || is_union(schema) {
            return self.union(schema, context);
        }
        if has_only_assertions(schema) && context.hint.is_none() {
            return Ok(TypeExpr::Any);
        }
        if has_mixed_values(schema, context) {
            let values = enum_values(schema).unwrap_or_default();
            let types = values.iter().map(|value| value.node.json_type().types());
            let types = types.fold(Types::NONE, Types::or);
            schema.keywords.set_subject(Subject::EnumValues(types));
            return Ok(TypeExpr::Any);
        }
        self.by_json_types(schema, context)
    }

    /// The type for values of the JSON types that a schema allows. Keywords apply to values of
    /// their JSON types.
    pub(super) fn by_json_types(
        &mut self,
        schema: &SchemaReader<'a>,
        context: TypeContext<'_>,
    ) -> TypeResult {
        let types = types_of_values(schema, json_types(schema, context)?);
        if allows_only_null(schema) {
            return only_null(schema, &types);
        }
        let or_null =
            types.len() > 1 && types.contains(&JsonType::Null) && allows_null_value(schema);
        if or_null {
            self.or_null.insert(schema.keywords.located.identity());
        }
        let ty = match types.as_slice() {
            [json_type] | [JsonType::Null, json_type] | [json_type, JsonType::Null] => {
                self.for_one_json_type(schema, *json_type, context)?
            }
            _ => self.union_of_types(schema, &types, context)?,
        };
        Ok(if or_null { TypeExpr::Nullable(Box::new(ty)) } else { ty })
    }

    /// The type for values of one JSON type: an enum, if the schema lists values.
    pub(super) fn for_one_json_type(
        &mut self,
        schema: &SchemaReader<'a>,
        json_type: JsonType,
        context: TypeContext<'_>,
    ) -> TypeResult {
        schema.keywords.set_subject(Subject::Type(json_type));
        if lists_values(schema) && !is_union(schema) {
            return self.enumeration(schema, json_type, context.name);
        }
        self.without_enum(schema, json_type, context)
    }

    /// The type for values of one JSON type, if the schema lists none.
    pub(super) fn without_enum(
        &mut self,
        schema: &SchemaReader<'a>,
        json_type: JsonType,
        context: TypeContext<'_>,
    ) -> TypeResult {
        match json_type {
            JsonType::Null => Ok(TypeExpr::Null),
            JsonType::Boolean => Ok(TypeExpr::Boolean),
            JsonType::Integer => scalar::integer(schema),
            JsonType::Number => Ok(scalar::number(schema)),
            JsonType::String => Ok(scalar::text(schema)),
            JsonType::Array => self.array(schema, context),
            JsonType::Object => self.object_or_map(schema, context.name),
        }
    }
}

/// Whether one of the keywords that list values is there.
fn lists_values(schema: &SchemaReader<'_>) -> bool {
    [Keyword::Const, Keyword::Enum, Keyword::OneOf]
        .iter()
        .any(|keyword| schema.keywords.has(*keyword))
}

/// Whether all enforced keywords of a schema are assertions, so that any JSON type is allowed.
fn has_only_assertions(schema: &SchemaReader<'_>) -> bool {
    schema.keywords.enforced().all(|it| it.is_some_and(|keyword| keyword.is(Mark::Assertion)))
}

/// A reference whose target depends on the schemas around it, if there is one.
fn dynamic_reference(schema: &SchemaReader<'_>) -> Option<Keyword> {
    let dynamic = [Keyword::DynamicRef, Keyword::RecursiveRef];
    dynamic.into_iter().find(|keyword| schema.keywords.has(*keyword))
}

/// Whether a schema has no enforced keywords.
fn is_empty(schema: &SchemaReader<'_>) -> bool {
    schema.keywords.enforced().next().is_none()
}

/// Reports `allOf`, `anyOf` and `oneOf` that list no schemas.
fn report_empty_lists(schema: &SchemaReader<'_>) -> Result<(), Reported> {
    let mut result = Ok(());
    for keyword in [Keyword::AllOf, Keyword::AnyOf, Keyword::OneOf] {
        let Some(node) = schema.keywords.peek(keyword) else { continue };
        let lists_some = matches!(&node.value, Value::Array(schemas) if !schemas.is_empty());
        if !lists_some && let Some(entry) = schema.keywords.read(keyword) {
            let error = entry.value.error("must be an array of one schema or more");
            result = error.help("list schemas, or take it out").fail();
        }
    }
    result
}

/// Whether `oneOf` lists types, not values.
fn is_union(schema: &SchemaReader<'_>) -> bool {
    let branches = schema.keywords.peek(Keyword::OneOf).map(|node| &node.value);
    matches!(branches, Some(Value::Array(branches)) if !branches.is_empty())
        && !enums::are_values(&schema.keywords.peek_items(Keyword::OneOf))
}
