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

use super::additional::AdditionalProperties;
use super::keep::{Kept, is_additional_seen, is_seen};
use super::reading::read_properties;
use super::{
    Additional, AdditionalOf, Object, ObjectVisitor, Partial as _, PartialFields as _, Property,
    PropertyVisitor, complete, finish, lacks,
};
use crate::wire::check::{Check, validate_read};
use crate::wire::checker::add;
use crate::wire::context::Context;
use crate::wire::decode::Target;
use crate::wire::invalid::Invalid;
use crate::wire::needed::{Need, NeededProperties};
use crate::wire::seen::{Seen, SeenObject};
use crate::wire::table::Table;
use crate::wire::union::buffer;

/// Reads an object of a type that has a table.
///
/// # Errors
///
/// When the input is not such an object.
pub(super) fn decode_object_by_table<'de, T, D>(
    input: D,
    cx: &Context,
    place: &mut Option<T>,
) -> Result<(), D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    let table = T::table();
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
            Err((partial, missing)) => {
                let violations = input.violations_of_partial::<T>(&partial);
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
        let mut fields = self.fields();
        object.show(&mut fields);
        self.evaluate::<T>(fields.seen, object.additional())
    }

    /// The violations of an object that lacks required properties, so that there is no value of its type.
    #[cold]
    fn violations_of_partial<T: Object>(&self, partial: &T::Partial) -> Vec<Violation> {
        let mut fields = self.fields();
        partial.show(&mut fields);
        self.evaluate::<T>(fields.seen, Some(partial.additional()))
    }

    /// A visitor of the fields, which begins with the properties that were kept.
    #[inline]
    fn fields(&self) -> NeededFields<'_> {
        let mut seen = SeenObject::default();
        for (name, value) in self.kept.properties() {
            seen.push(name, Seen::Tree(value));
        }
        NeededFields { needed: self.needed, index: 0, seen }
    }

    #[inline]
    fn evaluate<'v, T: Object>(
        &self,
        seen: SeenObject<'v>,
        additional: Option<&'v AdditionalOf<T>>,
    ) -> Vec<Violation> {
        let is_seen = is_additional_seen::<T>() && self.needed.needs_additional();
        let additional = additional.filter(|_| is_seen).and_then(AdditionalProperties::entries);
        self.table.violations(Seen::Object(&seen.and(additional)))
    }
}

/// Collects the fields that a table needs. Of a field that does not show all that a table may look at, the value that
/// was kept is there already.
struct NeededFields<'v> {
    needed: &'static NeededProperties,
    /// The index of the next field.
    index: usize,
    seen: SeenObject<'v>,
}

impl<'v> PropertyVisitor<'v> for NeededFields<'v> {
    #[inline]
    fn required<T: Property>(&mut self, value: &'v T) {
        if let Some((name, need)) = self.needed.of_field(self.index)
            && (need == Need::Presence || is_seen::<T>())
        {
            self.seen.push(name, value.seen());
        }
        self.index += 1;
    }

    #[inline]
    fn absent(&mut self) {
        self.index += 1;
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
