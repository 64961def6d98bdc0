//! The texts that names are derived from, unless another name is chosen.
//!
//! ```text
//! { "enum": ["gpt-4", -1] }    Gpt4, ValueMinus1
//! ```

use super::{Literal, Property, Variant};
use crate::names::{Case, NamedItem, field_name_for, variant_name_for};

impl Literal {
    /// The name of a variant that has this value.
    pub(crate) fn variant_name(&self) -> String {
        match self {
            Self::Text(text) => variant_name_for(text),
            Self::Number(number) => format!("Value{number}").replace('-', "Minus"),
            Self::Bool(flag) => variant_name_for(&flag.to_string()),
        }
    }
}

impl NamedItem for Variant {
    const CASE: Case = Case::Camel;

    fn derived(&self) -> String {
        self.value.variant_name()
    }

    fn text(&self) -> &str {
        match &self.value {
            Literal::Text(text) => text,
            _ => &self.name,
        }
    }

    fn name(&mut self) -> &mut String {
        &mut self.name
    }
}

impl NamedItem for Property {
    const CASE: Case = Case::Snake;

    fn derived(&self) -> String {
        field_name_for(&self.name)
    }

    fn text(&self) -> &str {
        &self.name
    }

    fn name(&mut self) -> &mut String {
        &mut self.field
    }
}
