//! The formats of strings.
//!
//! ```text
//! { "format": "ipv4" }    "127.0.0.1"    valid
//!                         "127.1"        must be of the format `ipv4`
//! ```

mod address;
#[cfg(feature = "idn")]
mod international;
pub(crate) mod moment;
mod pointer;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::net::{Ipv4Addr, Ipv6Addr};

#[cfg(feature = "pattern")]
use crate::pattern::is_regex;

#[cfg(feature = "uri")]
use iri_string::template::UriTemplateStr;
#[cfg(feature = "uri")]
use iri_string::types::{IriReferenceStr, IriStr, UriReferenceStr, UriStr};

/// A format of strings.
///
/// Its constants are named like the variants of an enum. It is not an enum, so that a program only contains the
/// checks of the formats that its schemas name.
#[derive(Clone, Copy)]
pub struct Format(&'static Check);

struct Check {
    /// The name in JSON Schema.
    name: &'static str,
    /// The name in Rust.
    constant: &'static str,
    test: fn(&str) -> bool,
}

/// The formats: each with its name in JSON Schema, its name in Rust, and its check.
macro_rules! formats {
    ($( $(#[doc = $doc:literal])* $(#[cfg(feature = $feature:literal)])? $constant:ident = $name:literal, $test:expr; )*) => {
        #[expect(non_upper_case_globals, reason = "they are used as variants are")]
        impl Format {
            $(
                $(#[doc = $doc])*
                $(#[cfg(feature = $feature)])?
                pub const $constant: Self =
                    Self(&Check { name: $name, constant: stringify!($constant), test: $test });
            )*
        }

        // What generated code says where its format is not compiled in.
        #[allow(missing_docs, non_upper_case_globals, clippy::panic)]
        impl Format {
            $($(
                #[cfg(not(feature = $feature))]
                #[doc(hidden)]
                #[doc = concat!("```compile_fail,E0080\nuse wechat_bizwifi_rules::Format;\nconst FORMAT: Format = Format::", stringify!($constant), ";\n```")]
                pub const $constant: Self = panic!(concat!(
                    "a schema has the format `", $name, "`: switch the feature `", $feature,
                    "` of wechat-bizwifi on",
                ));
            )?)*
        }

        impl Format {
            /// All formats that are compiled in.
            pub const ALL: &[Self] = &[ $( $(#[cfg(feature = $feature)])? Self::$constant, )* ];

            /// The formats that are not compiled in, each with the feature that it needs.
            const MISSING: &[(&str, &str)] =
                &[ $( $( #[cfg(not(feature = $feature))] ($name, $feature), )? )* ];
        }
    };
}

formats! {
    /// A date of RFC 3339, such as `2024-02-29`.
    Date = "date", moment::is_date;
    /// A date and a time of RFC 3339, such as `2024-02-29T23:59:60Z`.
    DateTime = "date-time", moment::is_date_time;
    /// A time of RFC 3339 with its offset, such as `08:30:06.283185Z`.
    Time = "time", moment::is_time;
    /// A duration of RFC 3339, such as `P3DT12H`.
    Duration = "duration", moment::is_duration;
    /// A mailbox of RFC 5321.
    Email = "email", address::is_email;
    /// A mailbox of RFC 6531, in any script.
    #[cfg(feature = "idn")]
    IdnEmail = "idn-email", international::is_idn_email;
    /// A host name of RFC 1123.
    Hostname = "hostname", address::is_hostname;
    /// A host name of RFC 5890, in any script.
    #[cfg(feature = "idn")]
    IdnHostname = "idn-hostname", international::is_idn_hostname;
    /// An IPv4 address in dotted decimal.
    Ipv4 = "ipv4", |text| text.parse::<Ipv4Addr>().is_ok();
    /// An IPv6 address of RFC 4291, without a zone.
    Ipv6 = "ipv6", |text| text.parse::<Ipv6Addr>().is_ok();
    /// A URI of RFC 3986, with its scheme.
    #[cfg(feature = "uri")]
    Uri = "uri", |text| UriStr::new(text).is_ok();
    /// A URI of RFC 3986, or a relative reference.
    #[cfg(feature = "uri")]
    UriReference = "uri-reference", |text| UriReferenceStr::new(text).is_ok();
    /// An IRI of RFC 3987, with its scheme.
    #[cfg(feature = "uri")]
    Iri = "iri", |text| IriStr::new(text).is_ok();
    /// An IRI of RFC 3987, or a relative reference.
    #[cfg(feature = "uri")]
    IriReference = "iri-reference", |text| IriReferenceStr::new(text).is_ok();
    /// A template of RFC 6570.
    #[cfg(feature = "uri")]
    UriTemplate = "uri-template", |text| UriTemplateStr::new(text).is_ok();
    /// A UUID of RFC 4122 in hexadecimal, with hyphens.
    Uuid = "uuid", is_uuid;
    /// A JSON pointer of RFC 6901.
    JsonPointer = "json-pointer", pointer::is_pointer;
    /// A relative JSON pointer, such as `1/name`.
    RelativeJsonPointer = "relative-json-pointer", pointer::is_relative;
    /// A regular expression of ECMA-262.
    #[cfg(feature = "pattern")]
    Regex = "regex", is_regex;
}

impl Format {
    /// Its name in JSON Schema.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether a string has this format.
    pub fn matches(self, text: &str) -> bool {
        (self.0.test)(text)
    }

    /// The format of a name in JSON Schema.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// The feature that a format needs, if it is not compiled in.
    pub fn missing_feature(name: &str) -> Option<&'static str> {
        Self::MISSING.iter().find(|(format, _)| *format == name).map(|(_, feature)| *feature)
    }
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Format {}

impl Hash for Format {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.name().hash(state);
    }
}

/// The name in Rust, as generated code writes it.
impl fmt::Debug for Format {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.0.constant)
    }
}

fn is_uuid(text: &str) -> bool {
    let is_right = |(index, byte): (usize, u8)| match index {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}

/// A number of exactly this many digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let plain = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests;
