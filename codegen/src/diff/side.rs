//! One of the two that are compared: what its descriptions mean, and the code that they make.

use std::collections::BTreeSet;

use crate::compile::Compiler;
use crate::diagnostics::Place;
use crate::emit::emit_tables;
use crate::model::{Model, Operation, Residual, TypeExpr};
use crate::pipeline::Api;
use crate::plan::Plan;
use crate::render::SourceFile;
use crate::schema::{Keyword, Located};
use crate::source::Sources;
use wechat_bizwifi_rules::{PropertyOrder, Rule, Types};

/// One of the two that are compared.
pub(super) struct Side<'m> {
    pub(super) plan: &'m Plan<'m>,
    /// The generated code.
    pub(super) code: &'m str,
    sources: &'m Sources,
    /// What each schema says that has rules which no type enforces.
    said: Vec<SchemaCode>,
}

/// A keyword, and the code of its rules.
pub(super) type Said<'m> = (Keyword, &'m str);

/// What a schema says by its rules, whatever it refers to and however that is called.
struct SchemaCode {
    /// Each keyword with the code of its rules.
    keywords: Vec<(Keyword, String)>,
    /// What `propertyOrder` says, such as `a <= b`; of `a < b` both that and `a <= b`.
    orders: Vec<String>,
}

impl<'m> Side<'m> {
    pub(super) fn new<'a>(
        sources: &'m Sources,
        api: &Api<'m, 'a>,
        compiler: &mut Compiler<'a>,
    ) -> Self {
        let said = api.lowered.constrained.iter().map(|schema| SchemaCode::of(schema, compiler));
        Self { plan: api.plan, code: api.code, sources, said: said.collect() }
    }

    pub(super) fn model(&self) -> &'m Model {
        self.plan.model
    }

    /// Where a fact of an operation stands; where the operation does, if it is left out.
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

    /// What the keywords of residuals say, but for those that list values, and orders.
    pub(super) fn said(&'m self, residuals: &[Residual]) -> BTreeSet<Said<'m>> {
        let is_listed =
            |it: &Keyword| matches!(it, Keyword::Const | Keyword::Enum | Keyword::PropertyOrder);
        let mut said = BTreeSet::new();
        for residual in residuals {
            let of_schema = self.said[residual.schema].keywords.iter();
            let stated = of_schema.filter(|(it, _)| residual.keywords.contains(it));
            said.extend(stated.filter(|(it, _)| !is_listed(it)).map(|(it, code)| (*it, &**code)));
        }
        said
    }

    /// What `propertyOrder` says among residuals.
    pub(super) fn orders(&self, residuals: &[Residual]) -> impl Iterator<Item = &String> {
        residuals.iter().flat_map(|residual| &self.said[residual.schema].orders)
    }
}

impl SchemaCode {
    fn of<'a>(schema: &Located<'a>, compiler: &mut Compiler<'a>) -> Self {
        let (mut keywords, mut orders) = (Vec::new(), Vec::new());
        let entries = schema.node.entries().iter();
        for keyword in entries.filter_map(|entry| Keyword::of_schema(&entry.key)) {
            let rules = compiler.rules_of(schema, schema, &[keyword]);
            for rule in &rules {
                if let Rule::PropertyOrder(all) = rule {
                    orders.extend(all.iter().flat_map(order));
                }
            }
            let node = compiler.node_of(schema);
            let node = compiler.with_rules(node, &rules);
            let mut file = SourceFile::part();
            emit_tables(compiler, &[(node, "RULES".to_owned())], false, &mut file);
            keywords.push((keyword, file.finish()));
        }
        Self { keywords, orders }
    }
}

/// What comes before another is not after it either.
fn order(order: &PropertyOrder<'_>) -> impl Iterator<Item = String> {
    let PropertyOrder { first, or_equal, second } = *order;
    let relations = if or_equal { &["<="][..] } else { &["<=", "<"] };
    relations.iter().map(move |relation| format!("`{first}` {relation} `{second}`"))
}
