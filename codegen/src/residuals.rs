//! Decides which rules stand in the table of each type.
//!
//! ```text
//! { "properties": { "a": { "maxLength": 4 }, "b": { "not": { "const": "" } } }, "minProperties": 1 }
//!
//! [MinProperties(1), Properties { named: [("b", [Not(..)])], .. }]
//! ```
//!
//! A struct enforces some rules on its fields: `maxLength` here. Its table has only the other
//! rules, so that nothing is checked twice. The table of any other type has all rules of the
//! schema.

use wechat_bizwifi_rules::{Items, Properties, Rule, SchemaRef, Types, Value};

use crate::compile::{Compiler, NodeId, sort_names};
use crate::lower::Lowered;
use crate::model::{AdditionalProperties, Direction, Object, Residual, TypeExpr, TypeId, TypeMap};
use crate::plan::{Plan, ResidualCheck, field_orders};
use crate::schema::{Located, Mark};
use crate::util::{CollectVec as _, PushAll as _};

/// The tables, and how structs are checked.
#[derive(Default)]
pub(crate) struct Tables {
    /// The node of each table, and the name of its static.
    pub(crate) roots: Vec<(NodeId, String)>,
    /// How each struct is checked that needs only the rules that it does not enforce.
    pub(crate) checks: TypeMap<ResidualCheck>,
}

/// Makes the tables of the types that need one.
pub(crate) fn tables<'a>(
    plan: &Plan<'_>,
    lowered: &Lowered<'a>,
    compiler: &mut Compiler<'a>,
) -> Tables {
    let mut tables = Tables::default();
    for (id, name) in plan.tables() {
        let name = name.to_owned();
        let schema = &lowered.schemas[id.0];
        let direction = direction_of_rules(schema);
        let node = compiler.node_of(schema, direction);
        let mut residuals = Residuals { lowered, compiler, node, direction };
        let Some(rules) = residuals.of_struct(id) else {
            // A node of its own: two types may be made of one schema.
            tables.roots.push((compiler.with_rules(node, compiler.rules(node)), name));
            continue;
        };
        let check = check_of(plan, compiler, id, &rules);
        if !matches!(check, ResidualCheck::Orders(_)) {
            tables.roots.push((compiler.with_rules(node, &rules), name));
        }
        tables.checks.insert(id, check);
    }
    compiler.report_circles();
    tables
}

/// The direction of the values that residual rules are for: rules are enforced on what is sent. The
/// types of a document have no direction.
pub(crate) fn direction_of_rules(schema: &Located<'_>) -> Option<Direction> {
    (!schema.is_document()).then_some(Direction::Sent)
}

/// How the residual rules of a struct are checked.
fn check_of<'a>(
    plan: &Plan<'_>,
    compiler: &Compiler<'a>,
    id: TypeId,
    rules: &[Rule<'a>],
) -> ResidualCheck {
    let orders = plan.object(id).and_then(|object| field_orders(&object, rules));
    match orders {
        Some(orders) => ResidualCheck::Orders(orders),
        None if compiler.are_shallow(rules) => ResidualCheck::OnFields,
        None => ResidualCheck::OnValue,
    }
}

/// Makes the residual rules of one struct.
struct Residuals<'c, 'l, 's> {
    lowered: &'l Lowered<'s>,
    compiler: &'c mut Compiler<'s>,
    /// The node of the struct.
    node: NodeId,
    direction: Option<Direction>,
}

impl<'s> Residuals<'_, '_, 's> {
    /// The residual rules of a struct; `None` if its table must have all rules of its schema.
    fn of_struct(&mut self, id: TypeId) -> Option<Vec<Rule<'s>>> {
        let named_type = self.lowered.model.get(id);
        // Without the validation vocabulary, `maxLength` and its like restrict nothing: only the
        // compiled schema says which rules there are.
        let schema = &self.lowered.schemas[id.0];
        if !self.compiler.validates(schema) {
            return None;
        }
        let object = named_type.object()?;
        if named_type.all_residuals().any(needs_whole_schema) {
            return None;
        }
        let mut rules =
            named_type.all_residuals().flat_map(|it| self.rules(it, schema)).collect_vec();
        rules.push_all(self.of_properties(object));
        Some(rules)
    }

    fn of_properties(&mut self, object: &Object) -> Option<Rule<'s>> {
        let additional = match &object.additional {
            AdditionalProperties::Kept(ty) => self.of_type(ty),
            AdditionalProperties::Ignored | AdditionalProperties::Refused => None,
        };
        let mut named = Vec::new();
        for property in &object.properties {
            let schema = self.of_type(&property.ty);
            // `additional` is for properties that are not named, so all properties of the type are.
            let schema = schema.or_else(|| additional.map(|_| self.part(&[])));
            let name: &str = self.compiler.arena().text(&property.name);
            named.push_all(schema.map(|schema| (name, schema)));
        }
        if named.is_empty() && additional.is_none() {
            return None;
        }
        sort_names(&mut named);
        let arena = self.compiler.arena();
        let named = arena.slice(&named);
        Some(Rule::Properties(arena.value(Properties { named, patterns: &[], additional })))
    }

    /// The residual rules of a type without a name, which has no table of its own.
    fn of_type(&mut self, ty: &TypeExpr) -> Option<SchemaRef<'s>> {
        match ty {
            TypeExpr::Constrained(inner, residuals) => {
                let schemas = &self.lowered.residual_schemas;
                let rules = |it: &Residual| self.rules(it, &schemas[it.schema]);
                let mut rules = residuals.iter().flat_map(rules).collect_vec();
                if let Some(inner) = self.of_type(inner) {
                    rules.push(Rule::AllOf(self.compiler.arena().slice(&[inner])));
                }
                let schema = residuals.first().map(|it| &schemas[it.schema]);
                let node = schema.map_or(self.node, |it| self.compiler.node_of(it, self.direction));
                Some(SchemaRef::Node(self.compiler.with_rules(node, &rules).0))
            }
            TypeExpr::List(items, _) => {
                let rest = Some(self.of_type(items)?);
                let items = self.compiler.arena().value(Items { prefix: &[], rest });
                Some(self.part(&[Rule::Items(items)]))
            }
            TypeExpr::Map(values, _) => {
                let additional = Some(self.of_type(values)?);
                let properties = Properties { named: &[], patterns: &[], additional };
                let properties = self.compiler.arena().value(properties);
                Some(self.part(&[Rule::Properties(properties)]))
            }
            TypeExpr::Nullable(inner) => {
                let schema = self.of_type(inner)?;
                Some(self.or_null(schema))
            }
            _ => None,
        }
    }

    /// A schema that also allows `null`.
    fn or_null(&mut self, schema: SchemaRef<'s>) -> SchemaRef<'s> {
        let Some(node) = NodeId::of(schema) else { return schema };
        if self.compiler.evaluate(node, &Value::NULL).is_ok() {
            return schema;
        }
        let null = self.part(&[Rule::Type(Types::NULL)]);
        let either = self.compiler.arena().slice(&[null, schema]);
        self.part(&[Rule::AnyOf(either)])
    }

    /// The residual rules of one schema. `whole` is the schema of the struct, on the same value.
    fn rules(&mut self, residual: &Residual, whole: &Located<'s>) -> Vec<Rule<'s>> {
        let schema = &self.lowered.residual_schemas[residual.schema];
        if needs_whole_schema(residual) {
            let node = self.compiler.node_of(schema, self.direction);
            return self.compiler.rules(node).to_vec();
        }
        self.compiler.rules_of(schema, whole, &residual.keywords, self.direction)
    }

    /// A schema with these rules, whose static is named after the struct.
    fn part(&mut self, rules: &[Rule<'s>]) -> SchemaRef<'s> {
        SchemaRef::Node(self.compiler.with_rules(self.node, rules).0)
    }
}

/// Whether the residual rules cannot be separated from the rest of their schema.
fn needs_whole_schema(residual: &Residual) -> bool {
    residual.keywords.iter().any(|keyword| keyword.is(Mark::OfWholeSchema))
}
