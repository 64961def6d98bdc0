//! Values near a schema: made by its keywords, and missing them now and then.

use serde_json::{Map, Value, json};

use super::rng::Rng;
use super::vocabulary;

/// How deep values are made; below it they are anything.
const DEEPEST: usize = 5;

/// A value near a schema.
pub(super) fn near(rng: &mut Rng, document: &Value) -> Value {
    let value = Maker { rng, document }.of(document, 0);
    if is_far(&value) { near(rng, document) } else { value }
}

/// Whether a number is in it that doubles do not tell from its neighbours, or that does not fit 64
/// bits: where one checker looks at a double and another at the digits, both may be right.
fn is_far(value: &Value) -> bool {
    const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|double| double.abs() >= MOST_EXACT),
        Value::Array(items) => items.iter().any(is_far),
        Value::Object(object) => object.values().any(is_far),
        _ => false,
    }
}

type Keywords = Map<String, Value>;

struct Maker<'m> {
    rng: &'m mut Rng,
    document: &'m Value,
}

impl Maker<'_> {
    fn of(&mut self, schema: &Value, depth: usize) -> Value {
        let Value::Object(keywords) = schema else { return self.any_value() };
        if depth == DEEPEST || self.rng.percent(6) {
            return self.any_value();
        }
        if let Some(value) = self.enum_value(keywords) {
            return value;
        }
        let keywords = self.with_parts(keywords.clone(), 0);
        if let Some(value) = self.enum_value(&keywords) {
            return value;
        }
        match self.json_type(&keywords) {
            "string" => self.text(&keywords),
            "integer" | "number" => self.number(&keywords),
            "array" => self.array(&keywords, depth),
            "object" => self.object(&keywords, depth),
            other => vocabulary::value(self.rng, other, 0),
        }
    }

    /// Anything: small, or what the schema says somewhere.
    fn any_value(&mut self) -> Value {
        if self.rng.percent(50) {
            let mut said = Vec::new();
            constants(self.document, &mut said);
            if !said.is_empty() {
                return self.rng.pick(&said);
            }
        }
        let json_type = self.rng.weighted(vocabulary::TYPES);
        vocabulary::value(self.rng, json_type, 0)
    }

    fn enum_value(&mut self, keywords: &Keywords) -> Option<Value> {
        if self.rng.percent(10) {
            return None;
        }
        let values =
            keywords.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty());
        keywords.get("const").cloned().or_else(|| Some(self.rng.pick(values?)))
    }

    /// A schema's keywords with those of the schemas that hold as well.
    fn with_parts(&mut self, keywords: Keywords, depth: usize) -> Keywords {
        let mut parts = Vec::new();
        if let Some(target) = keywords.get("$ref").and_then(Value::as_str) {
            parts.extend(self.document.pointer(&target[1..]).cloned());
        }
        for keyword in ["allOf", "anyOf", "oneOf"] {
            if let Some(branches) = keywords.get(keyword).and_then(Value::as_array) {
                parts.push(self.rng.pick(branches));
            }
        }
        for keyword in ["if", "then", "else", "not"] {
            parts.extend(keywords.get(keyword).filter(|_| self.rng.percent(40)).cloned());
        }
        let mut all = keywords;
        for part in parts {
            let Value::Object(part) = part else { continue };
            let part = if depth < 3 { self.with_parts(part, depth + 1) } else { part };
            part.into_iter().for_each(|(keyword, value)| add(&mut all, keyword, value));
        }
        all
    }

    fn json_type(&mut self, keywords: &Keywords) -> &'static str {
        let stated = match keywords.get("type") {
            Some(Value::String(stated)) => vec![stated.as_str()],
            Some(Value::Array(stated)) => stated.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let known: Vec<&str> = vocabulary::TYPES.iter().map(|(_, known)| *known).collect();
        let known: Vec<&str> = known.into_iter().filter(|known| stated.contains(known)).collect();
        if known.is_empty() { self.rng.weighted(vocabulary::TYPES) } else { self.rng.pick(&known) }
    }

    fn text(&mut self, keywords: &Keywords) -> Value {
        if let Some(format) = keywords.get("format").and_then(Value::as_str) {
            return vocabulary::formatted(self.rng, format);
        }
        if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str) {
            return vocabulary::matching(self.rng, pattern);
        }
        let length = self.around(keywords, "Length", 3);
        let letters: String =
            (0..length).map(|_| self.rng.pick(&['a', 'b', 'c', '1', '𝒳'])).collect();
        json!(letters)
    }

    fn number(&mut self, keywords: &Keywords) -> Value {
        let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
        let bounds: Vec<&Value> =
            bounds.iter().filter_map(|keyword| keywords.get(*keyword)).collect();
        if bounds.is_empty() || self.rng.percent(30) {
            return vocabulary::number(self.rng);
        }
        let bound = self.rng.pick(&bounds);
        let step = self.rng.pick(&[0, 0, 1, -1, 2, 3]);
        match bound.as_i64() {
            Some(whole) => json!(whole.saturating_add(step)),
            None => {
                let double = bound.as_f64().unwrap();
                let factor = self.rng.pick(&[1.0, 2.0, 3.0, -1.0, 0.5]);
                if self.rng.percent(50) { json!(double * factor) } else { json!(double.round()) }
            }
        }
    }

    fn array(&mut self, keywords: &Keywords, depth: usize) -> Value {
        let first = keywords.get("prefixItems").and_then(Value::as_array).cloned();
        let first = first.unwrap_or_default();
        let count = self.around(keywords, "Items", first.len() + 3);
        let mut items: Vec<Value> = Vec::new();
        for index in 0..count {
            let rest = keywords.get("items").unwrap_or(&Value::Bool(true));
            let contained = keywords.get("contains").filter(|_| self.rng.percent(40));
            let schema = contained.unwrap_or_else(|| first.get(index).unwrap_or(rest));
            let again = !items.is_empty() && self.rng.percent(12);
            items.push(if again { self.again(&items) } else { self.of(schema, depth + 1) });
        }
        items.into()
    }

    /// An item that is there already, or nearly so.
    fn again(&mut self, items: &[Value]) -> Value {
        let mut item = self.rng.pick(items);
        match &mut item {
            Value::Object(object) if self.rng.percent(40) => {
                object.insert(vocabulary::name(self.rng).to_owned(), json!(self.rng.below(2)));
            }
            Value::Number(number) if self.rng.percent(50) => item = json!(number.as_f64()),
            _ => {}
        }
        item
    }

    fn object(&mut self, keywords: &Keywords, depth: usize) -> Value {
        let mut object = Keywords::new();
        let described = keywords.get("properties").and_then(Value::as_object).cloned();
        let described = described.unwrap_or_default();
        let required = keywords.get("required").and_then(Value::as_array).cloned();
        let required: Vec<Value> = required.unwrap_or_default();
        let mut names: Vec<String> = described.keys().cloned().collect();
        names.extend(required.iter().filter_map(|name| name.as_str().map(str::to_owned)));
        let additional = self.rng.below(2);
        names.extend((0..additional).map(|_| vocabulary::name(self.rng).to_owned()));
        for name in names {
            let presence = if required.contains(&json!(name)) { 96 } else { 55 };
            if !self.rng.percent(presence) {
                continue;
            }
            let by_pattern = keywords.get("patternProperties").and_then(Value::as_object);
            let other = by_pattern
                .and_then(|patterns| patterns.values().next())
                .or_else(|| keywords.get("additionalProperties"));
            let schema = described.get(&name).or(other).unwrap_or(&Value::Bool(true)).clone();
            let value = self.of(&schema, depth + 1);
            object.insert(name, value);
        }
        object.into()
    }

    /// How many: from one below the least to one above the most.
    fn around(&mut self, keywords: &Keywords, what: &str, most: usize) -> usize {
        let count = |keyword: String| keywords.get(&keyword).and_then(Value::as_u64);
        let count = |keyword| count(keyword).map(|count| usize::try_from(count).unwrap());
        let least = count(format!("min{what}")).unwrap_or(0);
        let most = count(format!("max{what}")).unwrap_or(least + most).max(least);
        let (least, most) = match self.rng.below(10) {
            0 => (least.saturating_sub(1), most + 1),
            _ => (least, most),
        };
        (least + self.rng.below(most - least + 1)).min(6)
    }
}

/// Adds a keyword to a schema. Two objects are merged, two lists of `required` are joined; of other
/// values, the later one counts.
fn add(keywords: &mut Keywords, keyword: String, value: Value) {
    match (keywords.get_mut(&keyword), value) {
        (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
        (Some(Value::Array(old)), Value::Array(new)) if keyword == "required" => old.extend(new),
        (_, value) => {
            keywords.insert(keyword, value);
        }
    }
}

/// Every scalar in a schema, with the values of `enum` and `const`.
fn constants(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| constants(item, found)),
        Value::Object(keywords) => {
            let values = keywords.get("enum").and_then(Value::as_array).into_iter().flatten();
            found.extend(values.chain(keywords.get("const")).cloned());
            keywords.values().for_each(|value| constants(value, found));
        }
        scalar => found.push(scalar.clone()),
    }
}
