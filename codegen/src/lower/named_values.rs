//! Newtypes, and named values, which become their constants.
//!
//! ```text
//! { "rustName": "TemplateId", "type": "integer", "namedValues": { "STANDARD": { "value": 0 } } }
//!
//! Type { name: "TemplateId", body: Newtype(Integer(I64, []), [STANDARD = 0]) }
//! ```

use super::Lowering;
use super::annotations::values;
use super::context::{SchemaReader, TypeResult};
use crate::diagnostics::Reported;
use crate::model::{Body, Integer, Literal, NamedValue, TypeExpr};
use crate::schema::{Keyword, KeywordReader, Located, is_constant_name};
use crate::source::Number;
use crate::util::PushAll as _;

impl<'a> Lowering<'a, '_> {
    /// A newtype of a type, with the schema's named values.
    pub(super) fn newtype(
        &mut self,
        schema: &SchemaReader<'a>,
        ty: TypeExpr,
        suggestion: &str,
    ) -> TypeResult {
        let name = Self::type_name(schema, suggestion)?;
        let values = self.named_values(schema, &ty);
        let id = self.begin_type(schema, name);
        self.finish_type(id, Body::Newtype(ty, values));
        Ok(TypeExpr::Named(id))
    }

    /// The named values of the schema and of its parts.
    fn named_values(&mut self, schema: &SchemaReader<'a>, ty: &TypeExpr) -> Vec<NamedValue> {
        schema.keywords.read(Keyword::NamedValues);
        let mut named: Vec<NamedValue> = Vec::new();
        for part in self.references.parts_of(&schema.keywords.located) {
            for values in values(std::slice::from_ref(&part), Keyword::NamedValues) {
                for (name, located) in values.properties() {
                    let read = |keywords: &KeywordReader<'a>| {
                        self.named_value(keywords, name, (&part, ty))
                    };
                    let value = KeywordReader::read_all(&located, read).ok();
                    named.push_all(
                        value.filter(|it| named.iter().all(|known| known.name != it.name)),
                    );
                }
            }
        }
        named
    }

    fn named_value(
        &mut self,
        keywords: &KeywordReader<'a>,
        name: &str,
        (schema, ty): (&Located<'a>, &TypeExpr),
    ) -> Result<NamedValue, Reported> {
        if !is_constant_name(name) {
            keywords
                .located
                .error(format!("`{name}` is no constant's name"))
                .help("use capitals, as in `ALL`");
        }
        let docs = keywords.docs();
        let value = keywords.require(Keyword::Value)?.value;
        let literal = constant(&value, ty)?;
        self.add_sample(value, schema);
        Ok(NamedValue { name: name.to_owned(), value: literal, docs })
    }
}

/// The value of a constant: an integer, since strings are owned, and cannot be constants.
fn constant(located: &Located<'_>, ty: &TypeExpr) -> Result<Literal, Reported> {
    let ty = if let TypeExpr::Constrained(ty, _) = ty { ty } else { ty };
    let TypeExpr::Integer(integer, _) = ty else {
        return located
            .error("only a whole number can have a name")
            .help("use `oneOf` with titles")
            .fail();
    };
    whole_in(*integer, located).map(Literal::Number)
}

/// Reads a whole number that a Rust type holds.
pub(super) fn whole_in(integer: Integer, located: &Located<'_>) -> Result<Number, Reported> {
    let whole = located.whole()?;
    let (least, most) = integer.range();
    if whole < least || whole > most {
        return located.wants(&format!("a number that fits {}", integer.name()));
    }
    Ok(whole.into())
}
