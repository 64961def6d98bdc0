//! The texts that names are made of, unless another name is chosen.
//!
//! ```text
//! { "enum": ["gpt-4", -1] }    Gpt4, ValueMinus1
//! ```

use super::{Literal, Property, Variant};
use crate::names::{Case, Named, made_field, made_variant};

impl Literal {
    /// The name of a variant that has this value.
    pub(crate) fn made_name(&self) -> String {
        match self {
            Self::Text(text) => made_variant(text),
            Self::Number(number) => format!("Value{number}").replace('-', "Minus"),
            Self::Bool(flag) => made_variant(&flag.to_string()),
        }
    }
}

impl Named for Variant {
    const CASE: Case = Case::Camel;

    fn made(&self) -> String {
        self.value.made_name()
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

impl Named for Property {
    const CASE: Case = Case::Snake;

    fn made(&self) -> String {
        made_field(&self.name)
    }

    fn text(&self) -> &str {
        &self.name
    }

    fn name(&mut self) -> &mut String {
        &mut self.field
    }
}
