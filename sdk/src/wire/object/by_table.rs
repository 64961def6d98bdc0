//! Reading an object of a type that has a table.
//!
//! ```text
//! Properties { named: [("tags", UniqueItems)], .. }    {"name": "a", "tags": ["b"]}
//!
//! both are read at once, and `tags` is looked at once all is read: it shows what it is
//! ```

use std::fmt::Display;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use wechat_bizwifi_rules::{Value, View as _, Violation};

use super::keep::{Kept, is_additional_seen, is_seen};
use super::reading::read_properties;
use super::{
    Additional, FieldVisitor, Object, ObjectVisitor, Partial as _, Property, PropertyVisitor,
    complete, finish, lacks,
};
use crate::wire::asked::{Asked, Question};
use crate::wire::check::{Check, validate_read};
use crate::wire::checker::add;
use crate::wire::context::Context;
use crate::wire::invalid::Invalid;
use crate::wire::seen::{Entries, Seen, SeenObject};
use crate::wire::table::Table;
use crate::wire::union::buffer;

/// Reads an object of a type that has a table.
///
/// # Errors
///
/// When the input is no such object.
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
        return begin(input, TableObjectVisitor::of_any(ObjectVisitor::new(cx, place)));
    }
    if let Some(asked) = table.asked(&T::INFO) {
        let object = ObjectVisitor::new(cx, place);
        return begin(input, TableObjectVisitor { table: Some(table), asked, object });
    }
    let tree = buffer(input)?;
    let found = table.violations(Seen::Tree(&tree));
    let read = begin(&tree, TableObjectVisitor::of_any(ObjectVisitor::new(cx, place)));
    with_fields(place.as_ref(), read, found, cx)
}

fn begin<'de, T, D>(input: D, visitor: TableObjectVisitor<'_, T>) -> Result<(), D::Error>
where
    T: Object,
    D: Deserializer<'de>,
{
    if T::INFO.additional == Additional::Kept || visitor.asked.asks_about_additional() {
        return input.deserialize_map(visitor);
    }
    input.deserialize_struct(T::INFO.name, T::INFO.keys, visitor)
}

/// As [`ObjectVisitor`], of a type that has a table.
struct TableObjectVisitor<'a, T> {
    object: ObjectVisitor<'a, T>,
    /// The table to evaluate, if it is to be.
    table: Option<&'static Table>,
    asked: &'static Asked,
}

impl<'a, T> TableObjectVisitor<'a, T> {
    /// Of an object by whose table nothing is, or is any more, to be evaluated.
    const fn of_any(object: ObjectVisitor<'a, T>) -> Self {
        Self { object, table: None, asked: Asked::NOTHING }
    }
}

impl<'de, T: Object> Visitor<'de> for TableObjectVisitor<'_, T> {
    type Value = ();

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.object.expecting(out)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut input: A) -> Result<(), A::Error> {
        let ObjectVisitor { cx, place, .. } = self.object;
        let mut partial = T::Partial::begin();
        let mut kept = Kept::new(self.asked);
        read_properties::<T, A, _>(&mut partial, &mut input, cx, &mut kept)?;
        let Some(table) = self.table else { return finish(partial, cx, place) };
        let asking = Asking { asked: self.asked, kept: &kept.into_object()?, table };
        match T::finish(partial).or_else(|partial| complete::<T>(partial, cx)) {
            Ok(object) => *place = Some(object),
            Err((mut partial, missing)) => {
                let violations = asking.about_partial::<T>(&mut partial);
                let read: Result<(), A::Error> = Err(lacks(&T::INFO, missing));
                return with_fields(place.as_ref(), read, violations, cx);
            }
        }
        let violations = place.as_ref().map(|object| asking.about(object)).unwrap_or_default();
        if violations.is_empty() {
            return Ok(());
        }
        with_fields(place.as_ref(), Ok::<(), A::Error>(()), violations, cx)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, input: A) -> Result<(), A::Error> {
        self.object.visit_seq(input)
    }
}

/// What a table asks about an object that was read.
struct Asking<'k> {
    asked: &'static Asked,
    /// What was kept for it.
    kept: &'k Value<'k>,
    table: &'static Table,
}

impl Asking<'_> {
    /// What is wrong with an object by the table.
    fn about<T: Object>(&self, object: &T) -> Vec<Violation> {
        let mut fields = AskedFields { asked: ("", Question::IsThere), seen: self.kept() };
        for (index, asked) in self.asked.fields() {
            fields.asked = asked;
            object.show_at(index, &mut fields);
        }
        let additional = if is_additional_seen::<T>() { object.additional() } else { None };
        self.evaluate(fields.seen, additional)
    }

    /// The same of one that lacks something, so that it is no whole: what is there is copied, since it
    /// is shown no longer than for one field after the other.
    #[cold]
    fn about_partial<T: Object>(&self, partial: &mut T::Partial) -> Vec<Violation> {
        let mut fields = CopiedFields { asked: ("", Question::IsThere), copies: Vec::new() };
        for (index, asked) in self.asked.fields() {
            fields.asked = asked;
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
        let additional = additional.filter(|_| self.asked.asks_about_additional());
        let seen = if let Some(additional) = additional { seen.and(additional) } else { seen };
        self.table.violations(Seen::Object(&seen))
    }
}

/// A field's name, and what is asked about it.
type AskedField = (&'static str, Question);

/// Whether a field is to be seen: what was kept of it is seen already.
#[inline]
fn is_shown<T: Check>((_, question): AskedField) -> bool {
    question == Question::IsThere || is_seen::<T>()
}

/// Sees the fields that a table asks about.
struct AskedFields<'v> {
    /// About the next field.
    asked: AskedField,
    seen: SeenObject<'v>,
}

impl<'v> PropertyVisitor<'v> for AskedFields<'v> {
    #[inline]
    fn required<T: Property>(&mut self, value: &'v T) {
        if is_shown::<T>(self.asked) {
            self.seen.push(self.asked.0, value.seen());
        }
    }

    #[inline]
    fn optional<T: Property>(&mut self, value: &'v Option<T>) {
        if let Some(value) = value {
            self.required(value);
        }
    }
}

/// Copies them.
struct CopiedFields {
    asked: AskedField,
    copies: Vec<(&'static str, Value<'static>)>,
}

impl FieldVisitor for CopiedFields {
    fn required<T: Property>(&mut self, field: &mut Option<T>) {
        let shown = field.as_ref().filter(|_| is_shown::<T>(self.asked));
        self.copies.extend(shown.map(|value| (self.asked.0, Value::copy_of(value.seen()))));
    }

    fn optional<T: Property>(&mut self, field: &mut Option<T>) {
        self.required(field);
    }
}

/// What is wrong with the fields of a value that was read into its place, and what the table has found already:
/// all of it at once.
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
            for violation in cx.take_refusal(&error) {
                add(&mut found, violation);
            }
        }
    }
    Err(cx.refuse(found))
}
