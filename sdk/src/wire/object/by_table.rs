//! Reading an object of a type that has a table.
//!
//! ```text
//! Properties { named: [("tags", UniqueItems)], .. }    {"name": "a", "tags": ["b"]}
//!
//! both properties are read directly; then the table is evaluated on the field `tags`, a `Vec<String>`
//! ```

use std::fmt::Display;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use wechat_bizwifi_rules::message::{Arg, NOT_READ};
use wechat_bizwifi_rules::{Value, View as _, Violation};

use super::keep::{Kept, is_additional_seen, is_seen};
use super::reading::read_properties;
use super::{
    Additional, FieldVisitor, Object, ObjectVisitor, Partial as _, Property, PropertyVisitor,
    complete, finish, lacks,
};
use crate::wire::check::{Check, validate_read};
use crate::wire::checker::add;
use crate::wire::context::Context;
use crate::wire::decode::Target;
use crate::wire::invalid::Invalid;
use crate::wire::needed::{Need, NeededProperties};
use crate::wire::seen::{Entries, Seen, SeenObject};
use crate::wire::table::Table;
use crate::wire::union::buffer;

/// Reads an object of a type that has a table.
///
/// # Errors
///
/// When the input is not such an object.
pub fn decode_object_by_table<'de, T, D>(
    input: D,
    cx: &Context,
    place: &mut Option<T>,
    table: &'static Table,
) -> Result<(), D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    if cx.is_tolerant() || !cx.is_json() {
        return begin(input, TableObjectVisitor::of_any(ObjectVisitor(Target::new(cx, place))));
    }
    if let Some(needed) = table.needed(&T::INFO) {
        let object = ObjectVisitor(Target::new(cx, place));
        return begin(input, TableObjectVisitor { table: Some(table), needed, object });
    }
    let tree = buffer(input)?;
    let found = table.violations(Seen::Tree(&tree));
    let read = begin(&tree, TableObjectVisitor::of_any(ObjectVisitor(Target::new(cx, place))));
    with_fields(place.as_ref(), read, found, cx)
}

fn begin<'de, T, D>(input: D, visitor: TableObjectVisitor<'_, T>) -> Result<(), D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    if T::INFO.additional == Additional::Kept || visitor.needed.needs_additional() {
        return input.deserialize_map(visitor);
    }
    input.deserialize_struct(T::INFO.name, T::INFO.keys, visitor)
}

/// An [`ObjectVisitor`] for a type that has a table.
struct TableObjectVisitor<'a, T> {
    object: ObjectVisitor<'a, T>,
    /// The table, if it is to be evaluated.
    table: Option<&'static Table>,
    needed: &'static NeededProperties,
}

impl<'a, T> TableObjectVisitor<'a, T> {
    /// For an object whose table is not evaluated, or was evaluated before.
    const fn of_any(object: ObjectVisitor<'a, T>) -> Self {
        Self { object, table: None, needed: NeededProperties::NOTHING }
    }
}

impl<'de, T: Object> Visitor<'de> for TableObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.object.expecting(out)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        let ObjectVisitor(Target { cx, place, .. }) = self.object;
        let mut partial = T::Partial::begin();
        let mut kept = Kept::new(self.needed);
        read_properties::<T, A, _>(&mut partial, &mut input, cx, &mut kept)?;
        let Some(table) = self.table else { return finish(partial, cx, place) };
        let input = TableInput { needed: self.needed, kept: &kept.into_object()?, table };
        match T::finish(partial).or_else(|partial| complete::<T>(partial, cx)) {
            Ok(object) => *place = Some(object),
            Err((mut partial, missing)) => {
                let violations = input.violations_of_partial::<T>(&mut partial);
                let read: Result<(), A::Error> = Err(lacks(&T::INFO, missing, cx));
                return with_fields(place.as_ref(), read, violations, cx);
            }
        }
        let violations =
            place.as_ref().map(|object| input.violations_of(object)).unwrap_or_default();
        if violations.is_empty() {
            return Ok(());
        }
        with_fields(place.as_ref(), Ok::<(), A::Error>(()), violations, cx)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        self.object.visit_seq(input)
    }
}

/// What a table is evaluated on, of an object that was read.
struct TableInput<'k> {
    needed: &'static NeededProperties,
    /// The properties that were kept for the table.
    kept: &'k Value<'k>,
    table: &'static Table,
}

impl TableInput<'_> {
    /// The violations of an object.
    fn violations_of<T: Object>(&self, object: &T) -> Vec<Violation> {
        let mut fields = NeededFields { needed: ("", Need::Presence), seen: self.kept() };
        for (index, needed) in self.needed.fields() {
            fields.needed = needed;
            object.show_at(index, &mut fields);
        }
        let additional = if is_additional_seen::<T>() { object.additional() } else { None };
        self.evaluate(fields.seen, additional)
    }

    /// The violations of an object that lacks required properties, so that there is no value of its type.
    /// The fields are copied, since a partial shows only one field at a time.
    #[cold]
    fn violations_of_partial<T: Object>(&self, partial: &mut T::Partial) -> Vec<Violation> {
        let mut fields = CopiedFields { needed: ("", Need::Presence), copies: Vec::new() };
        for (index, needed) in self.needed.fields() {
            fields.needed = needed;
            partial.visit_at(index, &mut fields);
        }
        let mut seen = self.kept();
        for (name, value) in &fields.copies {
            seen.push(name, Seen::Tree(value));
        }
        let additional = if is_additional_seen::<T>() { T::additional_of(partial) } else { None };
        self.evaluate(seen, additional)
    }

    #[inline]
    fn kept(&self) -> SeenObject<'_> {
        let mut seen = SeenObject::default();
        for (name, value) in self.kept.properties() {
            seen.push(name, Seen::Tree(value));
        }
        seen
    }

    #[inline]
    fn evaluate<'v>(
        &self,
        seen: SeenObject<'v>,
        additional: Option<&'v dyn Entries>,
    ) -> Vec<Violation> {
        let additional = additional.filter(|_| self.needed.needs_additional());
        let seen = if let Some(additional) = additional { seen.and(additional) } else { seen };
        self.table.violations(Seen::Object(&seen))
    }
}

/// A field's name, and what the table needs of it.
type NeededField = (&'static str, Need);

/// Whether the table is shown the field itself. If not, it is shown the value that was kept of it.
#[inline]
fn is_shown<T: Check>((_, need): NeededField) -> bool {
    need == Need::Presence || is_seen::<T>()
}

/// Collects the fields that a table needs.
struct NeededFields<'v> {
    /// The next field.
    needed: NeededField,
    seen: SeenObject<'v>,
}

impl<'v> PropertyVisitor<'v> for NeededFields<'v> {
    #[inline]
    fn required<T: Property>(&mut self, value: &'v T) {
        if is_shown::<T>(self.needed) {
            self.seen.push(self.needed.0, value.seen());
        }
    }

    #[inline]
    fn optional<T: Property>(&mut self, value: &'v Option<T>) {
        if let Some(value) = value {
            self.required(value);
        }
    }
}

/// Copies the fields that a table needs.
struct CopiedFields {
    needed: NeededField,
    copies: Vec<(&'static str, Value<'static>)>,
}

impl FieldVisitor for CopiedFields {
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        let shown = field.as_ref().filter(|_| is_shown::<T>(self.needed));
        self.copies.extend(shown.map(|value| (self.needed.0, Value::copy_of(value.seen()))));
    }

    fn optional<T: Property>(&mut self, field: &mut Option<T>) {
        self.required(field);
    }
}

/// Reports the violations of the fields together with those that the table has found.
///
/// # Errors
///
/// When either is wrong.
pub(super) fn with_fields<T: Check, E: Error>(
    place: Option<&T>,
    read: Result<(), impl Display>,
    mut found: Vec<Violation>,
    cx: &Context,
) -> Result<(), E> {
    match read {
        Ok(()) if found.is_empty() => return Ok(()),
        Ok(()) => {
            let fields = place.and_then(|value| validate_read(value).err());
            let fields = fields.map(Invalid::into_violations);
            let table = std::mem::replace(&mut found, fields.unwrap_or_default());
            for violation in table {
                add(&mut found, violation);
            }
        }
        Err(error) if found.is_empty() => return Err(E::custom(error)),
        Err(error) => {
            for violation in cx.take_refusal(NOT_READ.with([Arg::Text(&error)])) {
                add(&mut found, violation);
            }
        }
    }
    Err(cx.refuse(found))
}
