//! Writes a GET's request as the parameters of a query.
//!
//! ```text
//! { "properties": { "shop_id": { "type": "integer" } }, "required": ["shop_id"] }
//!
//! [{ "name": "shop_id", "in": "query", "required": true, .., "schema": { "type": "integer", .. } }]
//! ```

use super::components::SchemaWriter;
use super::json::{Fields, Json};
use super::prose;
use crate::model::{AdditionalProperties, Body, Direction, Object, Property, Type};
use crate::schema::{Endpoint, Keyword, Located};

/// The name of the parameter for additional properties. No parameter of this name is sent.
const ADDITIONAL: &str = "additional_parameters";

impl<'a, 'd> SchemaWriter<'a, 'd> {
    /// Adds its parameters to an operation. A query has no `null`: a parameter is there or is
    /// absent.
    pub(super) fn query(
        &mut self,
        fields: Fields,
        endpoint: &Endpoint<'a>,
        request: &Located<'a>,
    ) -> Fields {
        let Some((ty, object)) = self.request_object(endpoint) else { return fields };
        let parts = self.api.references.parts_of(request);
        let properties = parts.iter().filter_map(|part| part.keyword(Keyword::Properties));
        let schemas: Vec<_> = properties.flat_map(|it| it.properties()).collect();
        let sent = |property: &&Property| property.only != Some(Direction::Received);
        let mut parameters = Vec::new();
        for property in object.properties.iter().filter(sent) {
            let of_name = schemas.iter().filter(|(name, _)| *name == property.name);
            let of_name: Vec<_> = of_name.map(|(_, schema)| schema.clone()).collect();
            let schema = self.all_of(&of_name);
            parameters.push(parameter(property, endpoint, schema).into());
        }
        if matches!(object.additional, AdditionalProperties::Kept(_)) {
            parameters.push(self.additional(request).into());
        }
        let fields = fields.with_list("parameters", parameters);
        let has_rules = ty.all_residuals().next().is_some();
        // OpenAPI has no keyword for rules on several parameters.
        let whole_query = has_rules.then(|| self.schema(request));
        fields.with_some("x-parameters-schema", whole_query)
    }

    /// The type of an endpoint's request, if it is an object.
    pub(super) fn request_object(&self, endpoint: &Endpoint<'_>) -> Option<(&'d Type, &'d Object)> {
        let model = &self.api.lowered.model;
        let id = endpoint.operation_id.name;
        let operation = model.operations.iter().find(|operation| operation.id == id)?;
        let ty = model.get(operation.request);
        match &ty.body {
            Body::Object(object) => Some((ty, object)),
            _ => None,
        }
    }

    fn all_of(&mut self, schemas: &[Located<'a>]) -> Json {
        match schemas {
            [only] => self.schema(only),
            several => {
                let parts = several.iter().map(|schema| self.schema(schema)).collect();
                Fields::new().with_list("allOf", parts).into()
            }
        }
    }

    /// The parameter for additional properties.
    fn additional(&mut self, request: &Located<'a>) -> Fields {
        let values = request.node.at("/additionalProperties");
        let values = values.map(|node| request.below("additionalProperties", node));
        let values = values.map_or_else(|| Json::raw(true), |schema| self.schema(&schema));
        let schema = Fields::new().with("type", "object").with("additionalProperties", values);
        Fields::new()
            .with("name", ADDITIONAL)
            .with("in", "query")
            .with("description", prose::ADDITIONAL)
            .with("required", false)
            .with("style", "form")
            .with("explode", true)
            .with("schema", schema)
    }
}

fn parameter(property: &Property, endpoint: &Endpoint<'_>, schema: Json) -> Fields {
    Fields::new()
        .with("name", &property.name)
        .with("in", "query")
        .with_some("description", property.docs.as_deref())
        .with("required", property.required)
        .with_flag("deprecated", property.deprecated)
        .with("style", "form")
        .with("explode", true)
        .with("schema", undescribed(schema))
        .with_some("examples", examples(property, endpoint))
}

/// The schema without the keywords that its parameter has already.
fn undescribed(schema: Json) -> Json {
    let Json::Object(mut fields) = schema else { return schema };
    fields.remove("description");
    fields.remove("deprecated");
    fields.into()
}

fn examples(property: &Property, endpoint: &Endpoint<'_>) -> Option<Fields> {
    let mut examples = Fields::new();
    for example in &endpoint.examples {
        let value = example.request.as_ref().and_then(|it| it.node.step(&property.name));
        if let (Some(name), Some(value)) = (&example.name, value) {
            examples.set(name.name, Fields::new().with("value", Json::from(value)));
        }
    }
    (!examples.is_empty()).then_some(examples)
}
