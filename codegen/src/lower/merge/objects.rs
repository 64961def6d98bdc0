//! Merges objects.
//!
//! ```text
//! { a: Text, b: Text }  and  { b: Text(..=9), c: Text }
//!
//! { a: Text, b: Text(..=9), c: Text }
//! ```

use super::{Merge, Refusal};
use crate::lower::annotations::report_two_directions;
use crate::model::{AdditionalProperties, Direction, Object, Property, Residual};
use crate::names;
use crate::util::{CollectVec as _, PushAll as _};

impl Merge<'_, '_, '_> {
    /// Merges two objects. The additional properties of one include those that only the other
    /// lists.
    pub(super) fn objects(&mut self, a: Object, b: Object) -> Result<Object, Refusal> {
        let mut properties = Vec::new();
        let (mut left, additional) = (b.properties, self.additional(&a.additional, &b.additional)?);
        for property in a.properties {
            match left.iter().position(|other| other.name == property.name) {
                Some(index) => properties.push(self.property(property, left.remove(index))?),
                None => properties.push_all(self.as_additional(property, &b.additional)?),
            }
        }
        for property in left {
            properties.push_all(self.as_additional(property, &a.additional)?);
        }
        names::make_unique(&mut properties);
        let residuals = a.residuals.into_iter().chain(b.residuals).collect_vec();
        Ok(Object { properties, additional, residuals })
    }

    fn additional(
        &mut self,
        a: &AdditionalProperties,
        b: &AdditionalProperties,
    ) -> Result<AdditionalProperties, Refusal> {
        use AdditionalProperties::{Ignored, Kept, Refused};
        Ok(match (a, b) {
            (Refused, _) | (_, Refused) => Refused,
            (Kept(a), Kept(b)) => Kept(self.types(a.clone(), b.clone())?),
            (Kept(ty), Ignored) | (Ignored, Kept(ty)) => Kept(ty.clone()),
            (Ignored, Ignored) => Ignored,
        })
    }

    /// A property, merged with the additional properties of an object that does not list it;
    /// `None`, if that object refuses them.
    fn as_additional(
        &mut self,
        property: Property,
        additional: &AdditionalProperties,
    ) -> Result<Option<Property>, Refusal> {
        Ok(match additional {
            AdditionalProperties::Ignored => Some(property),
            AdditionalProperties::Kept(ty) => {
                Some(Property { ty: self.types(property.ty.clone(), ty.clone())?, ..property })
            }
            AdditionalProperties::Refused => {
                // One object requires the property, the other refuses it: the rules refuse
                // everything.
                self.is_exact &= !property.required;
                None
            }
        })
    }

    fn property(&mut self, a: Property, b: Property) -> Result<Property, Refusal> {
        let ty = self.types(a.ty.clone(), b.ty.clone())?;
        let only = self.only(&a, &b);
        let field = self.field(&a, &b);
        let mut aliases = a.aliases;
        aliases
            .push_all(b.aliases.into_iter().filter(|alias| !aliases.contains(alias)).collect_vec());
        Ok(Property {
            field,
            docs: a.docs.or(b.docs),
            deprecated: a.deprecated || b.deprecated,
            aliases,
            default: a.default.or(b.default),
            only,
            required: a.required || b.required,
            ty,
            ..a
        })
    }

    fn only(&self, a: &Property, b: &Property) -> Option<Direction> {
        match (a.only, b.only) {
            (Some(one), Some(other)) if one != other => {
                let error =
                    self.lowering.reporter.error(&b.place, "is both `readOnly` and `writeOnly`");
                report_two_directions(error).label(&a.place, "together with this");
                None
            }
            (one, other) => one.or(other),
        }
    }

    /// The name of a merged property's field: the `rustFieldName` of one of the two, or the
    /// derived name.
    fn field(&self, a: &Property, b: &Property) -> String {
        let derived = names::field_name_for(&a.name);
        if a.field != b.field && a.field != derived && b.field != derived {
            let message = format!("the field is called `{}` too", a.field);
            let error = self.lowering.reporter.error(&b.place, message);
            error.help("choose one `rustFieldName` for it").label(&a.place, "by this");
        }
        if a.field == derived { b.field.clone() } else { a.field.clone() }
    }
}

/// An object with further rules.
pub(super) fn with_residuals(mut object: Object, residuals: Vec<Residual>) -> Object {
    object.residuals.push_all(residuals);
    object
}
