//! Writing a JSON object, as `#[derive(Serialize)]` would, and secrets too.
//!
//! ```text
//! Shop { id: 7, key: Secret(..), note: None }    {"id":7,"key":"k3y"}
//! ```

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use super::buffer::Buffer;
use super::format::Format;
use super::object::ObjectInfo;
use crate::secret::{Secret, revealing};

/// A property's value as it is written. Secrets implement this and not [`Serialize`], and write
/// themselves only where they are revealed, so that nobody writes one down by accident.
pub trait Encode {
    /// The type that is written. For most types this is the type itself, so that a program has only one function
    /// that writes it.
    type Written: Serialize + ?Sized;

    /// The value that is written.
    fn to_write(&self) -> &Self::Written;
}

impl<T: Serialize> Encode for T {
    type Written = Self;

    #[inline]
    fn to_write(&self) -> &Self {
        self
    }
}

impl Encode for Secret {
    type Written = str;

    fn to_write(&self) -> &str {
        self.written()
    }
}

/// The value of an optional property that is present.
struct Present<'a, T: ?Sized>(&'a T);

impl<T: Serialize + ?Sized> Serialize for Present<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, output: S) -> Result<S::Ok, S::Error> {
        output.serialize_some(self.0)
    }
}

/// An output for the properties of an object.
pub trait Properties {
    /// The result of writing.
    type Ok;
    /// The error of the output.
    type Error;

    /// Writes a property.
    ///
    /// # Errors
    ///
    /// The error of the output.
    fn property<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Self::Error>;

    /// Notes that a property is absent.
    ///
    /// # Errors
    ///
    /// The error of the output.
    fn left_out(&mut self, name: &'static str) -> Result<(), Self::Error>;

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// The error of the output.
    fn end(self) -> Result<Self::Ok, Self::Error>;
}

/// An object whose properties are all known by name.
#[derive(Debug)]
pub(super) struct Closed<S> {
    output: S,
    /// Whether an absent property still has to be written, as null.
    has_every_field: bool,
}

impl<S: SerializeStruct> Properties for Closed<S> {
    type Ok = S::Ok;
    type Error = S::Error;

    #[inline]
    fn property<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), S::Error> {
        self.output.serialize_field(name, value)
    }

    fn left_out(&mut self, name: &'static str) -> Result<(), S::Error> {
        if self.has_every_field {
            return self.output.serialize_field(name, &None::<()>);
        }
        self.output.skip_field(name)
    }

    fn end(self) -> Result<S::Ok, S::Error> {
        self.output.end()
    }
}

/// An object that may have additional properties.
#[derive(Debug)]
pub struct Open<M>(M);

impl<M: SerializeMap> Properties for Open<M> {
    type Ok = M::Ok;
    type Error = M::Error;

    #[inline]
    fn property<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        self.0.serialize_key(name)?;
        self.0.serialize_value(value)
    }

    fn left_out(&mut self, _: &'static str) -> Result<(), M::Error> {
        Ok(())
    }

    fn end(self) -> Result<M::Ok, M::Error> {
        self.0.end()
    }
}

/// An object that is being written. An error is kept for [`Fields::end`], since a `?` for each property would make
/// generated code larger.
#[derive(Debug)]
pub struct Fields<P: Properties> {
    properties: P,
    outcome: Result<(), P::Error>,
}

/// Begins an object with this number of properties that are present.
///
/// # Errors
///
/// The error of the output.
pub(super) fn begin_object<S: Serializer>(
    output: S,
    info: ObjectInfo,
    present: usize,
) -> Result<Fields<Closed<S::SerializeStruct>>, S::Error> {
    let has_every_field = Format::of_output(&output).has_every_field();
    let length = if has_every_field { info.keys.len() } else { present };
    let output = output.serialize_struct(info.name, length)?;
    Ok(Fields { properties: Closed { output, has_every_field }, outcome: Ok(()) })
}

/// Begins an object with additional properties, with this number of properties in all.
///
/// # Errors
///
/// The error of the output.
pub(super) fn begin_open_object<S: Serializer>(
    output: S,
    present: usize,
) -> Result<Fields<Open<S::SerializeMap>>, S::Error> {
    Ok(Fields { properties: Open(output.serialize_map(Some(present))?), outcome: Ok(()) })
}

impl<P: Properties> Fields<P> {
    /// Writes a property that is present.
    #[inline]
    pub(super) fn required<T: Encode>(&mut self, name: &'static str, value: &T) {
        self.property(name, value.to_write());
    }

    /// Writes an optional property, if it is present.
    #[inline]
    pub(super) fn optional<T: Encode>(&mut self, name: &'static str, value: Option<&T>) {
        match value {
            Some(value) => self.property(name, &Present(value.to_write())),
            None if self.outcome.is_ok() => self.outcome = self.properties.left_out(name),
            None => {}
        }
    }

    #[inline]
    fn property<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        if self.outcome.is_ok() {
            self.outcome = self.properties.property(name, value);
        }
    }

    /// Ends the object.
    ///
    /// # Errors
    ///
    /// The first error of the output, of any property.
    pub fn end(self) -> Result<P::Ok, P::Error> {
        self.outcome.and_then(|()| self.properties.end())
    }
}

impl<M: SerializeMap> Fields<Open<M>> {
    /// Writes an additional property.
    pub(super) fn entry<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.outcome.is_ok() {
            self.outcome = self.properties.0.serialize_entry(name, value);
        }
    }
}

/// The properties of an object that is written as JSON.
pub(super) type JsonFields<'a> =
    Fields<Open<<&'a mut serde_json::Serializer<&'a mut Buffer> as Serializer>::SerializeMap>>;

/// JSON, or the error of writing it.
pub(super) type Written = serde_json::Result<Buffer>;

/// The JSON that a value is sent as.
pub(crate) fn json_of<T: Serialize + ?Sized>(value: &T) -> Written {
    let mut json = Buffer::new();
    revealing(|| serde_json::to_writer(&mut json, value))?;
    Ok(json)
}

/// The JSON that an object is sent as, of which some properties may not be set yet.
pub(super) fn object_json(write: impl FnOnce(&mut JsonFields<'_>)) -> Written {
    let mut json = Buffer::new();
    revealing(|| {
        let mut output = serde_json::Serializer::new(&mut json);
        let properties = Open(output.serialize_map(None)?);
        let mut object = Fields { properties, outcome: Ok(()) };
        write(&mut object);
        object.end()
    })?;
    Ok(json)
}
