//! Keywords for people and for the generator, and sample values. Those about a property count in
//! its schema, in the target of its `$ref`, and in the branches of its `allOf`.
//!
//! ```text
//! "count": { "allOf": [{ "type": "integer" }, { "default": 7, "deprecated": true }] }
//!
//! Property { name: "count", default: Some("7"), deprecated: true, .. }
//! ```

use super::Lowering;
use super::context::{Annotations, SchemaReader};
use crate::diagnostics::{ErrorReport, Reported};
use crate::model::{Direction, Property, Sample, TypeExpr};
use crate::names;
use crate::schema::{Keyword, KeywordReader, Located, joined};
use crate::source::Value;
use crate::util::{CollectVec as _, Map};

impl<'a> Lowering<'a, '_> {
    /// Reads the documentation of a schema, its default and its examples.
    pub(super) fn annotations(&mut self, keywords: &KeywordReader<'a>) -> Annotations<'a> {
        for keyword in [Keyword::Comment, Keyword::Anchor, Keyword::DynamicAnchor] {
            self.text(keywords, keyword);
        }
        self.flag(keywords, Keyword::RecursiveAnchor);
        if is_old_anchor(keywords) {
            self.text(keywords, Keyword::Id);
        }
        let title = self.text(keywords, Keyword::Title);
        let description = self.text(keywords, Keyword::Description);
        let chinese = self.text(keywords, Keyword::DescriptionZh);
        Annotations {
            docs: joined(description.or(title), chinese),
            deprecated: self.flag(keywords, Keyword::Deprecated),
            default: keywords.read(Keyword::Default).map(|entry| entry.value),
            examples: self.examples_of(keywords),
        }
    }

    /// Reads a string for people. In a document, another value is a warning.
    fn text(&self, keywords: &KeywordReader<'a>, keyword: Keyword) -> Option<&'a str> {
        let value = keywords.read(keyword)?.value;
        if value.is_document() && !matches!(value.node.value, Value::String(_)) {
            self.warn_of_form(&value, "a string");
            return None;
        }
        value.text().ok()
    }

    /// Reads `true` or `false`. In a document, a string counts as `true`: some give a reason there.
    fn flag(&self, keywords: &KeywordReader<'a>, keyword: Keyword) -> bool {
        keywords.read(keyword).is_some_and(|entry| self.is_set(&entry.value))
    }

    fn is_set(&self, value: &Located<'a>) -> bool {
        match &value.node.value {
            Value::Bool(flag) => *flag,
            other if value.is_document() => {
                self.warn_of_form(value, "true or false");
                matches!(other, Value::String(_))
            }
            _ => value.flag().unwrap_or_default(),
        }
    }

    fn examples_of(&self, keywords: &KeywordReader<'a>) -> Vec<Located<'a>> {
        let Some(value) = keywords.read(Keyword::Examples).map(|entry| entry.value) else {
            return Vec::new();
        };
        if value.is_document() && !value.node.is_array() {
            self.warn_of_form(&value, "an array");
            return Vec::new();
        }
        value.items()
    }

    /// Warns of an annotation of the wrong JSON type in a document: it restricts no values.
    pub(super) fn warn_of_form(&self, value: &Located<'a>, wanted: &str) {
        let message = format!("should be {wanted}, found {}", value.node.describe());
        self.reporter.warning(&value.place, message, "correct it, or take it out");
    }

    /// Adds a value of the description as a sample, to be checked when the model is complete.
    pub(super) fn add_sample(&mut self, value: Located<'a>, schema: &Located<'a>) {
        self.samples.push(Sample { value, schema: schema.clone(), direction: None });
    }

    /// Adds the default and the examples of a schema as samples, and the examples in its `allOf`,
    /// which must be valid against all branches.
    pub(super) fn add_samples(&mut self, schema: &SchemaReader<'a>) {
        let located = &schema.keywords.located;
        let of_branches = values(&branches_within(located), Keyword::Examples).into_iter();
        let of_branches = of_branches.filter(|it| it.node.is_array()).flat_map(|it| it.items());
        let of_schema = schema.annotations.examples.iter().chain(&schema.annotations.default);
        for value in of_schema.cloned().chain(of_branches) {
            self.add_sample(value, located);
        }
    }

    /// Adds the defaults of properties that several parts of a schema list: each must be valid
    /// against the property's schemas in the other parts.
    pub(super) fn add_shared_defaults(&mut self, schema: &Located<'a>) {
        let mut by_name: Map<&'a str, Vec<Located<'a>>> = Map::default();
        for part in self.references.parts_of(schema) {
            let properties = part.keyword(Keyword::Properties);
            let properties = properties.filter(|it| it.node.is_object());
            for (name, schema) in properties.iter().flat_map(Located::properties) {
                by_name.entry(name).get_or_insert_default().push(schema);
            }
        }
        for (_, schemas) in by_name.iter().filter(|(_, schemas)| schemas.len() > 1) {
            for (index, schema) in schemas.iter().enumerate() {
                let parts = self.references.parts_of(schema);
                let Some(default) = first_value(&parts, Keyword::Default) else { continue };
                for (_, other) in schemas.iter().enumerate().filter(|(other, _)| *other != index) {
                    self.add_sample(default.clone(), other);
                }
            }
        }
    }

    /// A property, with the annotations of its schema and of the parts of that schema.
    pub(super) fn annotated_property(
        &mut self,
        (name, required): (&str, bool),
        schema: &SchemaReader<'a>,
        ty: TypeExpr,
    ) -> Result<Property, Reported> {
        read_property_keywords(&schema.keywords);
        let parts = self.references.parts_of(&schema.keywords.located);
        let default = first_value(&parts, Keyword::Default);
        if let Some(value) = default.as_ref().filter(|_| schema.annotations.default.is_none()) {
            // A default in one part must be valid against the schema with all parts.
            self.add_sample(value.clone(), &schema.keywords.located);
        }
        let mut aliases: Vec<String> = Vec::new();
        for alias in values(&parts, Keyword::Aliases).iter().flat_map(Located::texts) {
            if !aliases.contains(&alias) {
                aliases.push(alias);
            }
        }
        // rustc warns of a deprecated type by itself.
        let is_by_type = self.is_deprecated(&ty) && !schema.annotations.deprecated;
        let mut deprecated = values(&parts, Keyword::Deprecated).into_iter();
        Ok(Property {
            name: name.to_owned(),
            field: field_name(name, &parts)?,
            place: schema.place().clone(),
            docs: schema.annotations.docs.clone().or_else(|| self.docs_of(&ty)),
            deprecated: !is_by_type && deprecated.any(|it| self.is_set(&it)),
            aliases,
            default: default.map(|value| value.node.to_json()),
            only: self.direction(schema, &parts),
            required,
            ty,
        })
    }

    /// Whether a type is deprecated itself.
    fn is_deprecated(&self, ty: &TypeExpr) -> bool {
        ty.named().is_some_and(|id| self.model.get(id).deprecated)
    }

    /// The only direction of a property: a `readOnly` one is received and not sent, a `writeOnly`
    /// one is sent and not received.
    fn direction(&self, schema: &SchemaReader<'a>, parts: &[Located<'a>]) -> Option<Direction> {
        let first = |keyword| values(parts, keyword).into_iter().find(|it| self.is_set(it));
        match (first(Keyword::ReadOnly), first(Keyword::WriteOnly)) {
            (Some(_), Some(_)) => {
                report_two_directions(schema.error("is both `readOnly` and `writeOnly`"));
                None
            }
            (Some(_), None) => Some(Direction::Received),
            (None, Some(_)) => Some(Direction::Sent),
            (None, None) => None,
        }
    }
}

/// Marks the keywords about a property as used: `annotated_property` reads them from all parts of
/// its schema.
pub(super) fn read_property_keywords(keywords: &KeywordReader<'_>) {
    for keyword in [Keyword::Aliases, Keyword::RustFieldName, Keyword::ReadOnly, Keyword::WriteOnly]
    {
        keywords.read(keyword);
    }
}

/// Adds the help for a property that would be neither sent nor received.
pub(super) fn report_two_directions(error: ErrorReport<'_>) -> ErrorReport<'_> {
    error.help("keep the one that is meant")
}

/// The name of a property's field: its `rustFieldName`, or one made of the property's name.
fn field_name(property: &str, parts: &[Located<'_>]) -> Result<String, Reported> {
    let Some(chosen) = first_value(parts, Keyword::RustFieldName) else {
        return Ok(names::field_name_for(property));
    };
    let name = chosen.text()?;
    let is_free = !names::is_taken_by_methods(name);
    if is_free && names::field_name(name).as_deref() == Some(name) {
        return Ok(name.to_owned());
    }
    chosen.wants("a free name for a Rust field, such as \"start_date\"")
}

/// The branches of a schema's `allOf`, and of the `allOf` in each branch. `$ref`s are not followed.
fn branches_within<'a>(schema: &Located<'a>) -> Vec<Located<'a>> {
    let branches = schema.keyword(Keyword::AllOf);
    let branches = branches.filter(|it| it.node.is_array() && !schema.is_lone_reference());
    let branches = branches.iter().flat_map(Located::items);
    branches
        .flat_map(|branch| {
            let nested = branches_within(&branch);
            std::iter::once(branch).chain(nested)
        })
        .collect_vec()
}

/// The values of a keyword in those of the schemas that have it.
pub(super) fn values<'a>(schemas: &[Located<'a>], wanted: Keyword) -> Vec<Located<'a>> {
    schemas.iter().filter_map(|schema| schema.keyword(wanted)).collect_vec()
}

/// The value of a keyword in the first of the schemas that has it.
fn first_value<'a>(schemas: &[Located<'a>], wanted: Keyword) -> Option<Located<'a>> {
    schemas.iter().find_map(|schema| schema.keyword(wanted))
}

/// Whether `$id` is an anchor, as in drafts before 2019-09.
fn is_old_anchor(keywords: &KeywordReader<'_>) -> bool {
    let id = keywords.peek(Keyword::Id).map(|id| &id.value);
    matches!(id, Some(Value::String(id)) if id.starts_with('#'))
}
