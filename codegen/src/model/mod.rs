//! The model of the descriptions: types, rules and operations, free of JSON and of Rust's syntax. All
//! stages that follow only translate it.
//!
//! ```text
//! { "rustName": "Shop", "required": ["id"], "properties": { "id": { "type": "integer" } }, .. }
//!
//! Type { name: "Shop", body: Object { properties: [id: Integer(I64, []), required], .. }, .. }
//! ```

mod duplicates;
mod names;
mod operation;
mod paging;
mod rules;
mod type_expr;
mod type_map;

use wechat_bizwifi_rules::{JsonType, Types};

pub(crate) use operation::{Operation, OperationDocs, Reply};
pub(crate) use paging::{PageSize, Paging};
pub(crate) use rules::{DOUBLE, Integer, Pattern, Rule, Rules, TimeUnit, is_number_format};
pub(crate) use type_expr::{Residual, TypeExpr};
pub(crate) use type_map::{TypeMap, TypeSet};

use crate::diagnostics::Place;
use crate::schema::{Located, ReturnCode};
use crate::source::Number;
use crate::util::CollectVec as _;

/// An API.
#[derive(Default)]
pub(crate) struct Model {
    pub(crate) operations: Vec<Operation>,
    /// The named types, in the order in which they were begun.
    pub(crate) types: Vec<Type>,
    pub(crate) codes: Vec<ReturnCode>,
    /// The types of plain JSON Schema documents. They are sent, and belong to no operation.
    pub(crate) roots: Vec<Root>,
    /// The types that a document defines if it has nothing but definitions.
    pub(crate) definitions: Vec<TypeExpr>,
}

/// The type of a document.
#[derive(Clone)]
pub(crate) struct Root {
    pub(crate) name: String,
    pub(crate) ty: TypeExpr,
}

/// A type's index in [`Model::types`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct TypeId(pub(crate) usize);

impl Model {
    pub(crate) fn get(&self, id: TypeId) -> &Type {
        &self.types[id.0]
    }

    /// The operation that has this type as its request.
    pub(crate) fn operation_of(&self, request: TypeId) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.request == request)
    }

    /// Whether it is the model of documents, and not of descriptions.
    pub(crate) const fn is_of_documents(&self) -> bool {
        !self.roots.is_empty()
    }

    /// The body of a type, if it is a named one.
    pub(crate) fn body(&self, ty: &TypeExpr) -> Option<&Body> {
        match ty {
            TypeExpr::Named(id) => Some(&self.get(*id).body),
            _ => None,
        }
    }

    /// The object that a type is, if it is one with named properties.
    pub(crate) fn object(&self, ty: &TypeExpr) -> Option<&Object> {
        match ty {
            TypeExpr::Named(id) => self.get(*id).object(),
            _ => None,
        }
    }

    /// The enum that a type is, if it is one.
    pub(crate) fn enumeration(&self, ty: &TypeExpr) -> Option<&Enum> {
        match self.body(ty)? {
            Body::Enum(values) => Some(values),
            _ => None,
        }
    }

    /// Whether all values of a type are scalars.
    pub(crate) fn is_leaf(&self, ty: &TypeExpr) -> bool {
        match ty {
            TypeExpr::Nullable(ty) | TypeExpr::Constrained(ty, _) => self.is_leaf(ty),
            TypeExpr::Any | TypeExpr::List(..) | TypeExpr::Map(..) => false,
            TypeExpr::Named(id) => match &self.get(*id).body {
                Body::Enum(_) => true,
                Body::Newtype(ty, _) => self.is_leaf(ty),
                Body::Pending | Body::Object(_) | Body::Union(_) => false,
            },
            _ => true,
        }
    }

    /// The JSON types that values of a type may have. For a type that is still pending, the
    /// function tells them.
    pub(crate) fn json_types(&self, ty: &TypeExpr, pending: &dyn Fn(TypeId) -> Types) -> Types {
        let of = |ty: &TypeExpr| self.json_types(ty, pending);
        match ty {
            TypeExpr::Any => Types::ALL,
            TypeExpr::Null => Types::NULL,
            TypeExpr::Boolean => Types::BOOLEAN,
            TypeExpr::Text(_) | TypeExpr::Secret(_) => Types::STRING,
            TypeExpr::Integer(..) | TypeExpr::Time(..) => Types::INTEGER,
            TypeExpr::Number(_) => Types::NUMBER,
            TypeExpr::List(..) => Types::ARRAY,
            TypeExpr::Map(..) => Types::OBJECT,
            TypeExpr::Nullable(ty) => of(ty).or(Types::NULL),
            TypeExpr::Constrained(ty, residuals) => {
                let lacks_null = |values: &Vec<String>| !values.iter().any(|it| it == "null");
                let is_never_null =
                    residuals.iter().filter_map(|it| it.values.as_ref()).any(lacks_null);
                of(ty).without(if is_never_null { Types::NULL } else { Types::NONE })
            }
            TypeExpr::Named(id) => match &self.get(*id).body {
                Body::Pending => pending(*id),
                Body::Newtype(ty, _) => of(ty),
                Body::Object(_) => Types::OBJECT,
                Body::Enum(values) if values.of_text => Types::STRING,
                Body::Enum(_) => Types::INTEGER,
                Body::Union(union) => {
                    union.variants.iter().map(|it| of(&it.ty)).fold(Types::NONE, Types::or)
                }
            },
        }
    }

    /// The type inside of newtypes, without rules and without `null`.
    pub(crate) fn underlying<'m>(&'m self, ty: &'m TypeExpr) -> &'m TypeExpr {
        let peeled = ty.peeled();
        match self.body(peeled) {
            Some(Body::Newtype(inner, _)) => self.underlying(inner),
            _ => peeled,
        }
    }
}

/// A default, an example or a named value: it must be valid against a schema.
pub(crate) struct Sample<'a> {
    pub(crate) value: Located<'a>,
    pub(crate) schema: Located<'a>,
    /// The direction of an example, if it is one of a request or of a reply.
    pub(crate) direction: Option<Direction>,
}

/// A scalar value.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Literal {
    Bool(bool),
    Number(Number),
    Text(String),
}

impl Literal {
    /// The same as a value of the rules' crate.
    pub(crate) fn as_rule(&self) -> wechat_bizwifi_rules::Literal<'_> {
        match self {
            Self::Bool(flag) => wechat_bizwifi_rules::Literal::Bool(*flag),
            Self::Number(number) => wechat_bizwifi_rules::Literal::Number(*number),
            Self::Text(text) => wechat_bizwifi_rules::Literal::String(text),
        }
    }
}

/// A named type.
pub(crate) struct Type {
    pub(crate) name: String,
    pub(crate) place: Place,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) body: Body,
    /// The rules of its schema that it does not enforce.
    pub(crate) residuals: Vec<Residual>,
}

impl Type {
    /// The types that it consists of directly.
    pub(crate) fn types(&self) -> Vec<&TypeExpr> {
        match &self.body {
            Body::Pending | Body::Enum(_) => Vec::new(),
            Body::Newtype(ty, _) => vec![ty],
            Body::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect_vec(),
            Body::Object(object) => object.types().collect_vec(),
        }
    }

    /// The same type with another body.
    pub(crate) fn with(&self, body: Body) -> Self {
        let Self { name, place, docs, deprecated, residuals, .. } = self;
        let (name, place, docs) = (name.clone(), place.clone(), docs.clone());
        Self { name, place, docs, body, deprecated: *deprecated, residuals: residuals.clone() }
    }

    /// The object that it is, if it is one.
    pub(crate) fn object(&self) -> Option<&Object> {
        match &self.body {
            Body::Object(object) => Some(object),
            _ => None,
        }
    }

    /// All rules of its schemas that its Rust type does not enforce: its own, and those of its object.
    pub(crate) fn all_residuals(&self) -> impl Iterator<Item = &Residual> {
        let of_object = self.object().into_iter().flat_map(|object| &object.residuals);
        self.residuals.iter().chain(of_object)
    }
}

/// The body of a named type.
pub(crate) enum Body {
    /// Not lowered yet. A `$ref` to the type from within it finds this.
    Pending,
    /// A newtype, and its named values.
    Newtype(TypeExpr, Vec<NamedValue>),
    Object(Object),
    Enum(Enum),
    Union(Union),
}

/// A value that has a name.
pub(crate) struct NamedValue {
    pub(crate) name: String,
    pub(crate) value: Literal,
    pub(crate) docs: Option<String>,
}

/// An object with named properties.
#[derive(Clone)]
pub(crate) struct Object {
    pub(crate) properties: Vec<Property>,
    pub(crate) additional: AdditionalProperties,
    /// The rules of its schemas that a struct does not enforce.
    pub(crate) residuals: Vec<Residual>,
}

impl Object {
    /// The types of its properties, named and additional.
    pub(crate) fn types(&self) -> impl Iterator<Item = &TypeExpr> {
        let additional = match &self.additional {
            AdditionalProperties::Kept(ty) => Some(ty),
            AdditionalProperties::Ignored | AdditionalProperties::Refused => None,
        };
        self.properties.iter().map(|property| &property.ty).chain(additional)
    }
}

/// The name of the field for additional properties.
pub(crate) const ADDITIONAL_FIELD: &str = "additional_properties";

/// The direction of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "tools", derive(serde::Serialize), serde(rename_all = "lowercase"))]
pub enum Direction {
    /// In a request: it breaks callers if fewer values are allowed.
    Sent,
    /// In a reply: it breaks callers if a value is no longer read.
    Received,
}

/// What becomes of properties that are not named.
#[derive(Clone)]
pub(crate) enum AdditionalProperties {
    /// They are ignored.
    Ignored,
    /// They are errors.
    Refused,
    /// They are kept, each of this type.
    Kept(TypeExpr),
}

/// A property of an object.
#[derive(Clone)]
pub(crate) struct Property {
    /// Its name on the wire.
    pub(crate) name: String,
    /// Its field's name in Rust.
    pub(crate) field: String,
    pub(crate) place: Place,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) aliases: Vec<String>,
    pub(crate) default: Option<String>,
    /// Its only direction; `None`, if it has both.
    pub(crate) only: Option<Direction>,
    pub(crate) required: bool,
    pub(crate) ty: TypeExpr,
}

/// A type with enum values.
pub(crate) struct Enum {
    pub(crate) of_text: bool,
    /// Whether its numbers must be written in digits alone, as in draft 4.
    pub(crate) in_digits: bool,
    pub(crate) variants: Vec<Variant>,
}

/// One of several types.
pub(crate) struct Union {
    /// The property whose value tells the variant. Without it, the JSON type or the required
    /// properties do.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<UnionVariant>,
}

/// One of a union's types.
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) ty: TypeExpr,
    pub(crate) docs: Option<String>,
    pub(crate) place: Place,
    /// What distinguishes it from the other variants.
    pub(crate) key: VariantKey,
}

/// What distinguishes a union's variant from the rest.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum VariantKey {
    /// The tag's value.
    Tag(Literal),
    Type(JsonType),
    /// The properties that it requires. The first variant that can be read is used.
    Required(Vec<String>),
}

/// One of an enum's values.
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) value: Literal,
    pub(crate) docs: Option<String>,
    pub(crate) place: Place,
}
