//! What the descriptions mean: types, rules and operations, free of JSON and of Rust's syntax.
//!
//! All that follows only translates it.

mod duplicates;
mod names;
mod operation;
mod paging;
mod rules;
mod type_expr;
mod type_map;

use crate::collect_vec::CollectVec as _;
use wechat_bizwifi_rules::{JsonType, Types};

pub(crate) use operation::{Operation, OperationDocs, Reply};
pub(crate) use paging::{PageSize, Paging};
pub(crate) use rules::{DOUBLE, Integer, Pattern, Rule, Rules, TimeUnit, is_number_format};
pub(crate) use type_expr::{Residual, TypeExpr};
pub(crate) use type_map::{TypeMap, TypeSet};

use crate::diagnostics::Place;
use crate::schema::{Located, ReturnCode};
use crate::source::Number;

/// An API.
#[derive(Default)]
pub(crate) struct Model {
    pub(crate) operations: Vec<Operation>,
    /// The types that have a name, in the order in which they were met.
    pub(crate) types: Vec<Type>,
    pub(crate) codes: Vec<ReturnCode>,
    /// What plain JSON Schema documents describe: types that are sent, of no operation.
    pub(crate) roots: Vec<Root>,
    /// What such documents define that say nothing else: nothing refers to it.
    pub(crate) defined: Vec<TypeExpr>,
}

/// What a document describes.
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

    /// The operation whose request a type is.
    pub(crate) fn operation_of(&self, request: TypeId) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.request == request)
    }

    /// What a type with a name is.
    pub(crate) fn body(&self, ty: &TypeExpr) -> Option<&Body> {
        match ty {
            TypeExpr::Named(id) => Some(&self.get(*id).body),
            _ => None,
        }
    }

    /// The object that a type is.
    pub(crate) fn object(&self, ty: &TypeExpr) -> Option<&Object> {
        match ty {
            TypeExpr::Named(id) => self.get(*id).object(),
            _ => None,
        }
    }

    /// The enum that a type is.
    pub(crate) fn enumeration(&self, ty: &TypeExpr) -> Option<&Enum> {
        match self.body(ty)? {
            Body::Enum(values) => Some(values),
            _ => None,
        }
    }

    /// Whether no value of a type has others within it.
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

    /// The JSON types that values of a type may have; of a type that is not known yet, the caller says it.
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
                let lists_none = |values: &Vec<String>| !values.iter().any(|it| it == "null");
                let is_never = residuals.iter().filter_map(|it| it.values.as_ref()).any(lists_none);
                of(ty).without(if is_never { Types::NULL } else { Types::NONE })
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

    /// What a type is under its names, without what allows less of it, or `null` too.
    pub(crate) fn plain<'m>(&'m self, ty: &'m TypeExpr) -> &'m TypeExpr {
        let peeled = ty.peeled();
        match self.body(peeled) {
            Some(Body::Newtype(inner, _)) => self.plain(inner),
            _ => peeled,
        }
    }
}

/// A default or an example: a value that must be valid against a schema.
pub(crate) struct Sample<'a> {
    pub(crate) value: Located<'a>,
    pub(crate) schema: Located<'a>,
    /// Whether it is an example of what is sent or of what is received, if it is known.
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
    /// As a value that rules are asked of.
    pub(crate) fn as_rule(&self) -> wechat_bizwifi_rules::Literal<'_> {
        match self {
            Self::Bool(flag) => wechat_bizwifi_rules::Literal::Bool(*flag),
            Self::Number(number) => wechat_bizwifi_rules::Literal::Number(*number),
            Self::Text(text) => wechat_bizwifi_rules::Literal::String(text),
        }
    }
}

/// A type that has a name.
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
    /// The types that it is directly made of.
    pub(crate) fn types(&self) -> Vec<&TypeExpr> {
        match &self.body {
            Body::Pending | Body::Enum(_) => Vec::new(),
            Body::Newtype(ty, _) => vec![ty],
            Body::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect_vec(),
            Body::Object(object) => object.types().collect_vec(),
        }
    }

    /// The object that it is.
    pub(crate) fn object(&self) -> Option<&Object> {
        match &self.body {
            Body::Object(object) => Some(object),
            _ => None,
        }
    }

    /// All rules of its schemas that it does not enforce.
    pub(crate) fn residuals(&self) -> impl Iterator<Item = &Residual> {
        let of_object = self.object().into_iter().flat_map(|object| &object.residuals);
        self.residuals.iter().chain(of_object)
    }
}

/// What a named type is.
pub(crate) enum Body {
    /// Not lowered yet: a type that refers to itself meets itself in this state.
    Pending,
    /// A name for another type, and for some of its values.
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

/// An object with listed properties.
#[derive(Clone)]
pub(crate) struct Object {
    pub(crate) properties: Vec<Property>,
    pub(crate) additional: AdditionalProperties,
    /// The rules of its schemas that a struct does not enforce.
    pub(crate) residuals: Vec<Residual>,
}

impl Object {
    /// The types of its properties, listed or not.
    pub(crate) fn types(&self) -> impl Iterator<Item = &TypeExpr> {
        let additional = match &self.additional {
            AdditionalProperties::Kept(ty) => Some(ty),
            AdditionalProperties::Ignored | AdditionalProperties::Refused => None,
        };
        self.properties.iter().map(|property| &property.ty).chain(additional)
    }
}

/// The field of the properties that are not listed.
pub(crate) const ADDITIONAL_FIELD: &str = "additional_properties";

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// In a request.
    Sent,
    /// In a reply.
    Received,
}

/// What becomes of properties that are not listed.
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
    /// The one direction in which it is there, if it is not there in both.
    pub(crate) only: Option<Direction>,
    pub(crate) required: bool,
    pub(crate) ty: TypeExpr,
}

/// A type with a handful of values.
pub(crate) struct Enum {
    pub(crate) of_text: bool,
    /// Whether its numbers have to be written in digits alone, as draft 4 has it.
    pub(crate) in_digits: bool,
    pub(crate) variants: Vec<Variant>,
}

/// One of several types.
pub(crate) struct Union {
    /// The property that names the type; without one, the JSON type does, or what is required.
    pub(crate) tag: Option<String>,
    pub(crate) variants: Vec<UnionVariant>,
}

/// One of a union's types.
pub(crate) struct UnionVariant {
    pub(crate) name: String,
    pub(crate) ty: TypeExpr,
    pub(crate) docs: Option<String>,
    pub(crate) place: Place,
    /// What distinguishes it from other variants.
    pub(crate) key: VariantKey,
}

/// What distinguishes a union's variant from the rest.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum VariantKey {
    /// The tag's value.
    Tag(Literal),
    Type(JsonType),
    /// The properties that it requires: the first variant that can be read is the one.
    Required(Vec<String>),
}

/// One of an enum's values.
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) value: Literal,
    pub(crate) docs: Option<String>,
    pub(crate) place: Place,
}
