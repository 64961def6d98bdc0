//! Merges types: the result holds the values that all of several schemas allow.
//!
//! ```text
//! Integer(I64, 1..)  and  Integer(I64, ..=9)
//!
//! Integer(I64, 1..=9)
//! ```
//!
//! If no type holds exactly these values, the closest one that holds all of them is used, and the
//! rules of the composed schema are checked besides.

mod objects;

use self::objects::with_residuals;
use wechat_bizwifi_rules::JsonType;

use super::Lowering;
use super::context::{TypeContext, TypeHint};
use crate::model::{
    AdditionalProperties, Body, Enum, Integer, Object, Residual, Rule, Rules, Type, TypeExpr,
    TypeId,
};
use crate::names;
use crate::schema::Keyword;
use crate::source::uri;
use crate::util::{CollectVec as _, Map, PushAll as _};

/// Why two types cannot be merged.
type Refusal = &'static str;

const PENDING: Refusal = "one of them leads back to this schema";
const CIRCLE: Refusal = "they lead back to themselves";
const OTHER_UNITS: Refusal = "they count time in different units";

/// The type of one of the schemas; an object may be merged before it is a named type.
pub(super) enum Part {
    Type(TypeExpr),
    Object(Object),
}

/// Merges types.
pub(super) struct Merge<'m, 'a, 'r> {
    lowering: &'m mut Lowering<'a, 'r>,
    /// The name that the place of the schema suggests.
    name: &'m str,
    /// Whether the merged type allows only what all schemas allow.
    pub(super) is_exact: bool,
    /// What two named types become together; `None`, while that is not known. Types that lead back
    /// to themselves would be merged without end.
    merged: Map<[TypeId; 2], Option<TypeExpr>>,
}

impl<'m, 'a, 'r> Merge<'m, 'a, 'r> {
    pub(super) fn new(lowering: &'m mut Lowering<'a, 'r>, name: &'m str) -> Self {
        Self { lowering, name, is_exact: true, merged: Map::default() }
    }

    /// Merges all parts.
    pub(super) fn parts(&mut self, parts: Vec<Part>) -> Result<Part, Refusal> {
        let mut parts = parts.into_iter();
        let Some(mut merged) = parts.next() else { return Ok(Part::Type(TypeExpr::Any)) };
        for part in parts {
            merged = self.two_parts(merged, part)?;
        }
        Ok(merged)
    }

    fn two_parts(&mut self, a: Part, b: Part) -> Result<Part, Refusal> {
        let (a, b) = match (a, b) {
            (Part::Type(TypeExpr::Any), other) | (other, Part::Type(TypeExpr::Any)) => {
                return Ok(other);
            }
            both => both,
        };
        let object_in = |part| match part {
            Part::Object(object) => Ok(object),
            Part::Type(ty) => self.object_of(&ty).ok_or(ty),
        };
        match (object_in(a), object_in(b)) {
            (Ok(a), Ok(b)) => self.objects(a, b).map(Part::Object),
            (Ok(object), Err(ty)) | (Err(ty), Ok(object)) => self.object_with(object, ty),
            (Err(a), Err(b)) => self.types(a, b).map(Part::Type),
        }
    }

    /// The type inside of a newtype, with the newtype's rules; `None`, if the type is no newtype.
    fn inner_of(&self, id: TypeId) -> Result<Option<TypeExpr>, Refusal> {
        let ty = self.lowering.model.get(id);
        match &ty.body {
            Body::Pending => Err(PENDING),
            Body::Newtype(inner, _) if ty.residuals.is_empty() => Ok(Some(inner.clone())),
            Body::Newtype(inner, _) => Ok(Some(constrained(inner.clone(), ty.residuals.clone()))),
            Body::Object(_) | Body::Enum(_) | Body::Union(_) => Ok(None),
        }
    }

    /// A copy of the object that a type is, if it is one with named properties.
    fn object_of(&self, ty: &TypeExpr) -> Option<Object> {
        match ty {
            TypeExpr::Named(id) => match self.lowering.model.get(*id) {
                Type { body: Body::Object(object), residuals, .. } => {
                    Some(with_residuals(object.clone(), residuals.clone()))
                }
                _ => self.object_of(&self.inner_of(*id).ok()??),
            },
            TypeExpr::Constrained(ty, residuals) => {
                Some(with_residuals(self.object_of(ty)?, residuals.clone()))
            }
            _ => None,
        }
    }

    /// Merges an object with a type that has no named properties.
    fn object_with(&mut self, object: Object, ty: TypeExpr) -> Result<Part, Refusal> {
        match ty {
            TypeExpr::Any => Ok(Part::Object(object)),
            TypeExpr::Map(values, count) => {
                self.is_exact &= count.is_empty();
                let additional = match *values {
                    TypeExpr::Any => AdditionalProperties::Ignored,
                    values => AdditionalProperties::Kept(values),
                };
                let map = Object { properties: Vec::new(), additional, residuals: Vec::new() };
                self.objects(object, map).map(Part::Object)
            }
            TypeExpr::Constrained(ty, residuals) => match self.object_with(object, *ty)? {
                Part::Object(object) => Ok(Part::Object(with_residuals(object, residuals))),
                Part::Type(ty) => Ok(Part::Type(constrained(ty, residuals))),
            },
            TypeExpr::Nullable(ty) => self.two_parts(Part::Object(object), Part::Type(*ty)),
            TypeExpr::Named(id) => match self.inner_of(id)? {
                Some(ty) => self.object_with(object, ty),
                // A union may have objects among its types.
                None => {
                    self.is_exact = false;
                    Ok(Part::Object(object))
                }
            },
            // Nothing is of both types: the rules refuse everything.
            _ => {
                self.is_exact = false;
                Ok(Part::Object(object))
            }
        }
    }

    /// Merges two types.
    fn types(&mut self, a: TypeExpr, b: TypeExpr) -> Result<TypeExpr, Refusal> {
        use TypeExpr::{
            Any, Boolean, Constrained, Integer, List, Map, Named, Null, Nullable, Number, Secret,
            Text, Time,
        };
        Ok(match (a, b) {
            (Any, ty) | (ty, Any) => ty,
            (Constrained(json, residuals), List(items, rules))
            | (List(items, rules), Constrained(json, residuals))
                if json.is_any() && items.is_any() =>
            {
                self.list_with_json(List(items, rules), residuals)?
            }
            (Constrained(ty, residuals), other) | (other, Constrained(ty, residuals)) => {
                constrained(self.types(*ty, other)?, residuals)
            }
            (Named(a), Named(b)) if a == b => Named(a),
            (Named(a), Named(b)) => self.named_types(a, b)?,
            (Named(id), other) | (other, Named(id)) => self.named_with(id, other)?,
            (Nullable(_) | Null, Null) | (Null, Nullable(_)) => Null,
            (Nullable(a), Nullable(b)) => Nullable(self.boxed(*a, *b)?),
            (Nullable(a), b) | (b, Nullable(a)) => self.types(*a, b)?,
            (Boolean, Boolean) => Boolean,
            (Text(a), Text(b)) => Text(self.rules(&a, &b)),
            (Secret(a), Secret(b) | Text(b)) | (Text(a), Secret(b)) => Secret(self.rules(&a, &b)),
            (Integer(a, a_rules), Integer(b, b_rules)) => {
                Integer(self.narrower(a, b), self.rules(&a_rules, &b_rules))
            }
            (Time(unit, _), Time(other, _)) if unit != other => Err(OTHER_UNITS)?,
            (Time(unit, a), Time(_, b)) => Time(unit, self.rules(&a, &b)),
            (Time(unit, time_rules), Integer(integer, rules))
            | (Integer(integer, rules), Time(unit, time_rules)) => {
                self.is_exact &= integer.holds(crate::model::Integer::I64.range());
                Time(unit, self.rules(&time_rules, &rules))
            }
            (Number(a), Number(b)) => Number(self.rules(&a, &b)),
            (integer @ (Integer(..) | Time(..)), Number(rules))
            | (Number(rules), integer @ (Integer(..) | Time(..))) => {
                self.is_exact &= rules.is_empty();
                integer
            }
            (List(a, of_a), List(b, of_b)) => List(self.boxed(*a, *b)?, self.rules(&of_a, &of_b)),
            (Map(a, of_a), Map(b, of_b)) => Map(self.boxed(*a, *b)?, self.rules(&of_a, &of_b)),
            // Nothing is of both types: the rules refuse everything.
            (a, _) => self.inexact(a),
        })
    }

    fn boxed(&mut self, a: TypeExpr, b: TypeExpr) -> Result<Box<TypeExpr>, Refusal> {
        self.types(a, b).map(Box::new)
    }

    /// Merges a list with checked JSON, which is lowered as a list if it can be.
    fn list_with_json(
        &mut self,
        list: TypeExpr,
        residuals: Vec<Residual>,
    ) -> Result<TypeExpr, Refusal> {
        match self.as_list(&residuals) {
            Some(ty) => self.types(list, ty),
            None => Ok(constrained(list, residuals)),
        }
    }

    /// Lowers a schema without `type`, which is checked JSON, once more as an array, since another
    /// part allows only arrays.
    fn as_list(&mut self, residuals: &[Residual]) -> Option<TypeExpr> {
        let [Residual { schema, .. }] = residuals else { return None };
        let located = self.lowering.residual_schemas[*schema].clone();
        let step = located.place.pointer.rsplit('/').next().unwrap_or_default();
        let name = format!("{} {}", self.name, uri::unescaped(step));
        let hint = Some(TypeHint::just(JsonType::Array));
        let context = TypeContext { name: &name, hint, is_property: false };
        let ty = self.lowering.schema(&located, context).ok()?;
        matches!(self.lowering.model.underlying(&ty), TypeExpr::List(..)).then_some(ty)
    }

    /// Merges two named types.
    fn named_types(&mut self, a: TypeId, b: TypeId) -> Result<TypeExpr, Refusal> {
        if let Some(merged) = self.merged.get(&[a, b]) {
            return merged.clone().ok_or(CIRCLE);
        }
        self.merged.insert([a, b], None);
        let merged = match (self.inner_of(a)?, self.inner_of(b)?) {
            (Some(ty), _) => self.types(ty, TypeExpr::Named(b))?,
            (_, Some(ty)) => self.types(TypeExpr::Named(a), ty)?,
            (None, None) => self.bodies(a, b)?,
        };
        self.merged.insert([a, b], Some(merged.clone()));
        Ok(merged)
    }

    /// Merges two named types, neither of which is a newtype.
    fn bodies(&mut self, a: TypeId, b: TypeId) -> Result<TypeExpr, Refusal> {
        let (first, second) = (TypeExpr::Named(a), TypeExpr::Named(b));
        if let (Some(first), Some(second)) = (self.object_of(&first), self.object_of(&second)) {
            return self.new_object((a, first), (b, second));
        }
        let model = &self.lowering.model;
        Ok(match (&model.get(a).body, &model.get(b).body) {
            (Body::Enum(_), Body::Enum(_)) => TypeExpr::Named(self.narrower_enum(a, b)),
            // The other type may be one of the union's.
            (Body::Union(_), _) => self.inexact(second),
            _ => self.inexact(first),
        })
    }

    /// A new type for two merged objects. The rules that it does not enforce are left to the
    /// composed schema.
    fn new_object(
        &mut self,
        (a, first): (TypeId, Object),
        (b, second): (TypeId, Object),
    ) -> Result<TypeExpr, Refusal> {
        let docs_of = |id: TypeId| self.lowering.model.get(id).docs.clone();
        let docs = docs_of(a).or_else(|| docs_of(b));
        let name = names::type_within(self.name, &self.lowering.model.get(a).name);
        let schema = self.lowering.schemas[a.0].clone();
        let id = self.lowering.push_type(&schema, (name, docs, false));
        // Properties that lead back to both objects lead to the new one.
        self.merged.insert([a, b], Some(TypeExpr::Named(id)));
        let object = self.objects(first, second)?;
        self.is_exact &= object.residuals.is_empty();
        let object = Object { residuals: Vec::new(), ..object };
        self.lowering.finish_type(id, Body::Object(object));
        Ok(TypeExpr::Named(id))
    }

    /// The enum whose values are all in the other one, as far as there is one.
    fn narrower_enum(&mut self, a: TypeId, b: TypeId) -> TypeId {
        let (first, second) = (self.lowering.model.get(a), self.lowering.model.get(b));
        let (Body::Enum(of_a), Body::Enum(of_b)) = (&first.body, &second.body) else {
            return a;
        };
        let (is_within, is_around) = (is_among(of_a, of_b), is_among(of_b, of_a));
        let is_plain = first.residuals.is_empty() && second.residuals.is_empty();
        self.is_exact &= is_plain && (is_within || is_around);
        if is_around && !is_within { b } else { a }
    }

    /// A type that allows more than all schemas do.
    fn inexact(&mut self, ty: TypeExpr) -> TypeExpr {
        self.is_exact = false;
        ty
    }

    /// Merges a named type with one that has no name.
    fn named_with(&mut self, id: TypeId, other: TypeExpr) -> Result<TypeExpr, Refusal> {
        let named = TypeExpr::Named(id);
        // The schema refines a plain `"type": "object"` with itself: of the type that it becomes,
        // it is not known yet whether it holds objects alone.
        if is_any_object(&other) && self.lowering.is_pending(&named) {
            return Ok(self.inexact(named));
        }
        if let Some(ty) = self.inner_of(id)? {
            return self.types(ty, other);
        }
        Ok(match (&self.lowering.model.get(id).body, other) {
            // No object, enum or union allows `null`.
            (_, other @ TypeExpr::Null) => self.inexact(other),
            (_, TypeExpr::Nullable(ty)) => self.types(TypeExpr::Named(id), *ty)?,
            // The other type may be one of the union's.
            (Body::Union(_), other) => self.inexact(other),
            (_, other) => {
                self.is_exact &= is_any_object(&other);
                TypeExpr::Named(id)
            }
        })
    }

    /// The integer type whose range lies in that of the other, as far as there is one.
    fn narrower(&mut self, a: Integer, b: Integer) -> Integer {
        let ((least, most), (other_least, other_most)) = (a.range(), b.range());
        let is_within = least >= other_least && most <= other_most;
        let is_around = least <= other_least && most >= other_most;
        self.is_exact &= is_within || is_around;
        if is_around { b } else { a }
    }

    /// The rules of both types. A type has one rule of a keyword: of two, the stricter one, as far
    /// as they can be compared.
    fn rules(&mut self, a: &Rules, b: &Rules) -> Rules {
        let of_a = a.iter().map(|rule| self.narrower_rule(rule, b)).collect_vec();
        let of_b = b.iter().filter(|rule| a.get(rule.keyword()).is_none()).cloned();
        of_a.into_iter().chain(of_b).collect()
    }

    fn narrower_rule(&mut self, rule: &Rule, of_other: &Rules) -> Rule {
        match (rule, of_other.get(rule.keyword())) {
            (Rule::Number(keyword, a), Some(Rule::Number(_, b)))
                if *keyword != Keyword::MultipleOf =>
            {
                let narrower = if keyword.is_lower_bound() { a.max(b) } else { a.min(b) };
                Rule::Number(*keyword, *narrower)
            }
            (rule, other) => {
                self.is_exact &= other.is_none_or(|other| other == rule);
                rule.clone()
            }
        }
    }
}

/// A type with further rules, which come before those that it has.
fn constrained(ty: TypeExpr, mut residuals: Vec<Residual>) -> TypeExpr {
    match ty {
        TypeExpr::Constrained(ty, present) => {
            residuals.push_all(present);
            TypeExpr::Constrained(ty, residuals)
        }
        ty => TypeExpr::Constrained(Box::new(ty), residuals),
    }
}

/// Whether every value of an enum is also a value of another one.
fn is_among(values: &Enum, all: &Enum) -> bool {
    values.variants.iter().all(|one| all.variants.iter().any(|other| other.value == one.value))
}

/// Whether a type allows all objects.
fn is_any_object(ty: &TypeExpr) -> bool {
    matches!(ty, TypeExpr::Map(values, count) if values.is_any() && count.is_empty())
}
