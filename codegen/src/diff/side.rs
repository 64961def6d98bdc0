//! One of the two versions that are compared: its plan and its generated code.
//!
//! ```text
//! { "propertyOrder": [["a", "<", "b"]], "minProperties": 1 }
//!
//! SchemaCode { keywords: [(PropertyOrder, ".."), (MinProperties, "..")], orders: ["`a` <= `b`", "`a` < `b`"] }
//! ```

use std::collections::BTreeSet;

use crate::compile::Compiler;
use crate::diagnostics::Place;
use crate::emit::emit_tables;
use crate::model::{Model, Operation, Residual, TypeExpr};
use crate::pipeline::Api;
use crate::plan::Plan;
use crate::render::SourceFile;
use crate::residuals::direction_of_rules;
use crate::schema::{Keyword, Located};
use crate::source::Sources;
use wechat_bizwifi_rules::{PropertyOrder, Rule, Types};

/// One of the two versions that are compared.
pub(super) struct Side<'m> {
    pub(super) plan: &'m Plan<'m>,
    /// The generated code.
    pub(super) code: &'m str,
    sources: &'m Sources,
    /// The rules of the schemas with residual rules.
    residual_rules: Vec<SchemaRules>,
}

/// A keyword, and its rules as generated code.
pub(super) type KeywordRules<'m> = (Keyword, &'m str);

/// The rules of a schema as generated code. The code does not depend on the names of definitions
/// that the schema refers to.
struct SchemaRules {
    /// Each keyword with the code of its rules.
    keywords: Vec<(Keyword, String)>,
    /// The orders of `propertyOrder`, such as `a <= b`. An `a < b` is in it as `a <= b` too.
    orders: Vec<String>,
}

impl<'m> Side<'m> {
    pub(super) fn new<'a>(
        sources: &'m Sources,
        api: &Api<'m, 'a>,
        compiler: &mut Compiler<'a>,
    ) -> Self {
        let schemas = api.lowered.residual_schemas.iter();
        let residual_rules = schemas.map(|schema| SchemaRules::of(schema, compiler)).collect();
        Self { plan: api.plan, code: api.code, sources, residual_rules }
    }

    pub(super) fn model(&self) -> &'m Model {
        self.plan.model
    }

    /// The place of a fact in an operation's description; that of the operation if the fact is
    /// absent.
    pub(super) fn fact(&self, operation: &Operation, pointer: &str) -> Place {
        let place = &operation.place;
        let file = self.sources.files.iter().find(|file| file.text.path == place.file.path);
        match file.and_then(|file| file.root.at(pointer)) {
            Some(node) => {
                Place { span: node.span.range(), pointer: pointer.into(), ..place.clone() }
            }
            None => place.clone(),
        }
    }

    /// The JSON types that a value of the type may have.
    pub(super) fn json_types(&self, ty: &TypeExpr) -> Types {
        self.model().json_types(ty, &|_| Types::NONE)
    }

    /// The rules of residual keywords, without those of `const`, `enum` and `propertyOrder`, which
    /// are compared as sets.
    pub(super) fn rules(&'m self, residuals: &[Residual]) -> BTreeSet<KeywordRules<'m>> {
        let is_set =
            |it: &Keyword| matches!(it, Keyword::Const | Keyword::Enum | Keyword::PropertyOrder);
        let mut rules = BTreeSet::new();
        for residual in residuals {
            let of_schema = self.residual_rules[residual.schema].keywords.iter();
            let stated = of_schema.filter(|(it, _)| residual.keywords.contains(it));
            rules.extend(stated.filter(|(it, _)| !is_set(it)).map(|(it, code)| (*it, &**code)));
        }
        rules
    }

    /// The orders of `propertyOrder` in residual rules.
    pub(super) fn orders(&self, residuals: &[Residual]) -> impl Iterator<Item = &String> {
        residuals.iter().flat_map(|residual| &self.residual_rules[residual.schema].orders)
    }
}

impl SchemaRules {
    fn of<'a>(schema: &Located<'a>, compiler: &mut Compiler<'a>) -> Self {
        let (mut keywords, mut orders) = (Vec::new(), Vec::new());
        let direction = direction_of_rules(schema);
        let entries = schema.node.entries().iter();
        for keyword in entries.filter_map(|entry| Keyword::of_schema(&entry.key)) {
            let rules = compiler.rules_of(schema, schema, &[keyword], direction);
            for rule in &rules {
                if let Rule::PropertyOrder(all) = rule {
                    orders.extend(all.iter().flat_map(order));
                }
            }
            let node = compiler.node_of(schema, direction);
            let node = compiler.with_rules(node, &rules);
            let mut file = SourceFile::part();
            emit_tables(compiler, &[(node, "RULES".to_owned())], false, &mut file);
            keywords.push((keyword, file.finish()));
        }
        Self { keywords, orders }
    }
}

/// An order as texts. `<` is also `<=`, so that a change from `<=` to `<` adds a text.
fn order(order: &PropertyOrder<'_>) -> impl Iterator<Item = String> {
    let PropertyOrder { first, or_equal, second } = *order;
    let relations = if or_equal { &["<="][..] } else { &["<=", "<"] };
    relations.iter().map(move |relation| format!("`{first}` {relation} `{second}`"))
}
