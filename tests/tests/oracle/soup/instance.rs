//! Values near a schema: made by its words, and missing them now and then.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::words;

/// How deep values are made; below it they are anything.
const DEEPEST: usize = 5;

/// A value near a schema.
pub(super) fn near(dice: &mut Dice, document: &Value) -> Value {
    let value = Maker { dice, document }.of(document, 0);
    if is_far(&value) { near(dice, document) } else { value }
}

/// Whether a number is in it that doubles do not tell from its neighbours, or that does not fit 64
/// bits: where one judge looks at a double and another at the digits, both may be right.
fn is_far(value: &Value) -> bool {
    const MOST_EXACT: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) => number.as_f64().is_some_and(|double| double.abs() >= MOST_EXACT),
        Value::Array(items) => items.iter().any(is_far),
        Value::Object(object) => object.values().any(is_far),
        _ => false,
    }
}

type Words = Map<String, Value>;

struct Maker<'m> {
    dice: &'m mut Dice,
    document: &'m Value,
}

impl Maker<'_> {
    fn of(&mut self, schema: &Value, depth: usize) -> Value {
        let Value::Object(words) = schema else { return self.stray() };
        if depth == DEEPEST || self.dice.percent(6) {
            return self.stray();
        }
        if let Some(listed) = self.listed(words) {
            return listed;
        }
        let words = self.with_parts(words.clone(), 0);
        if let Some(listed) = self.listed(&words) {
            return listed;
        }
        match self.json_type(&words) {
            "string" => self.text(&words),
            "integer" | "number" => self.number(&words),
            "array" => self.array(&words, depth),
            "object" => self.object(&words, depth),
            other => words::value(self.dice, other, 0),
        }
    }

    /// Anything: small, or what the schema says somewhere.
    fn stray(&mut self) -> Value {
        if self.dice.percent(50) {
            let mut said = Vec::new();
            constants(self.document, &mut said);
            if !said.is_empty() {
                return self.dice.pick(&said);
            }
        }
        let json_type = self.dice.weighted(words::TYPES);
        words::value(self.dice, json_type, 0)
    }

    fn listed(&mut self, words: &Words) -> Option<Value> {
        if self.dice.percent(10) {
            return None;
        }
        let listed =
            words.get("enum").and_then(Value::as_array).filter(|values| !values.is_empty());
        words.get("const").cloned().or_else(|| Some(self.dice.pick(listed?)))
    }

    /// A schema's words with those of the schemas that hold as well.
    fn with_parts(&mut self, words: Words, depth: usize) -> Words {
        let mut parts = Vec::new();
        if let Some(target) = words.get("$ref").and_then(Value::as_str) {
            parts.extend(self.document.pointer(&target[1..]).cloned());
        }
        for word in ["allOf", "anyOf", "oneOf"] {
            if let Some(members) = words.get(word).and_then(Value::as_array) {
                parts.push(self.dice.pick(members));
            }
        }
        for word in ["if", "then", "else", "not"] {
            parts.extend(words.get(word).filter(|_| self.dice.percent(40)).cloned());
        }
        let mut all = words;
        for part in parts {
            let Value::Object(part) = part else { continue };
            let part = if depth < 3 { self.with_parts(part, depth + 1) } else { part };
            part.into_iter().for_each(|(word, value)| add(&mut all, word, value));
        }
        all
    }

    fn json_type(&mut self, words: &Words) -> &'static str {
        let stated = match words.get("type") {
            Some(Value::String(stated)) => vec![stated.as_str()],
            Some(Value::Array(stated)) => stated.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let known: Vec<&str> = words::TYPES.iter().map(|(_, known)| *known).collect();
        let known: Vec<&str> = known.into_iter().filter(|known| stated.contains(known)).collect();
        if known.is_empty() { self.dice.weighted(words::TYPES) } else { self.dice.pick(&known) }
    }

    fn text(&mut self, words: &Words) -> Value {
        if let Some(format) = words.get("format").and_then(Value::as_str) {
            return words::formatted(self.dice, format);
        }
        if let Some(pattern) = words.get("pattern").and_then(Value::as_str) {
            return words::matching(self.dice, pattern);
        }
        let length = self.around(words, "Length", 3);
        let letters: String =
            (0..length).map(|_| self.dice.pick(&['a', 'b', 'c', '1', '𝒳'])).collect();
        json!(letters)
    }

    fn number(&mut self, words: &Words) -> Value {
        let bounds = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
        let bounds: Vec<&Value> = bounds.iter().filter_map(|word| words.get(*word)).collect();
        if bounds.is_empty() || self.dice.percent(30) {
            return words::number(self.dice);
        }
        let bound = self.dice.pick(&bounds);
        let step = self.dice.pick(&[0, 0, 1, -1, 2, 3]);
        match bound.as_i64() {
            Some(whole) => json!(whole.saturating_add(step)),
            None => {
                let double = bound.as_f64().unwrap();
                let factor = self.dice.pick(&[1.0, 2.0, 3.0, -1.0, 0.5]);
                if self.dice.percent(50) { json!(double * factor) } else { json!(double.round()) }
            }
        }
    }

    fn array(&mut self, words: &Words, depth: usize) -> Value {
        let first = words.get("prefixItems").and_then(Value::as_array).cloned();
        let first = first.unwrap_or_default();
        let count = self.around(words, "Items", first.len() + 3);
        let mut items: Vec<Value> = Vec::new();
        for index in 0..count {
            let rest = words.get("items").unwrap_or(&Value::Bool(true));
            let contained = words.get("contains").filter(|_| self.dice.percent(40));
            let schema = contained.unwrap_or_else(|| first.get(index).unwrap_or(rest));
            let again = !items.is_empty() && self.dice.percent(12);
            items.push(if again { self.again(&items) } else { self.of(schema, depth + 1) });
        }
        items.into()
    }

    /// An item that is there already, or nearly so.
    fn again(&mut self, items: &[Value]) -> Value {
        let mut item = self.dice.pick(items);
        match &mut item {
            Value::Object(object) if self.dice.percent(40) => {
                object.insert(words::name(self.dice).to_owned(), json!(self.dice.below(2)));
            }
            Value::Number(number) if self.dice.percent(50) => item = json!(number.as_f64()),
            _ => {}
        }
        item
    }

    fn object(&mut self, words: &Words, depth: usize) -> Value {
        let mut object = Words::new();
        let listed = words.get("properties").and_then(Value::as_object).cloned();
        let listed = listed.unwrap_or_default();
        let required = words.get("required").and_then(Value::as_array).cloned();
        let required: Vec<Value> = required.unwrap_or_default();
        let mut names: Vec<String> = listed.keys().cloned().collect();
        names.extend(required.iter().filter_map(|name| name.as_str().map(str::to_owned)));
        let others = self.dice.below(2);
        names.extend((0..others).map(|_| words::name(self.dice).to_owned()));
        for name in names {
            let presence = if required.contains(&json!(name)) { 96 } else { 55 };
            if !self.dice.percent(presence) {
                continue;
            }
            let by_pattern = words.get("patternProperties").and_then(Value::as_object);
            let other = by_pattern
                .and_then(|patterns| patterns.values().next())
                .or_else(|| words.get("additionalProperties"));
            let schema = listed.get(&name).or(other).unwrap_or(&Value::Bool(true)).clone();
            let value = self.of(&schema, depth + 1);
            object.insert(name, value);
        }
        object.into()
    }

    /// How many: from one below the least to one above the most.
    fn around(&mut self, words: &Words, what: &str, most: usize) -> usize {
        let count = |word: String| words.get(&word).and_then(Value::as_u64);
        let count = |word| count(word).map(|count| usize::try_from(count).unwrap());
        let least = count(format!("min{what}")).unwrap_or(0);
        let most = count(format!("max{what}")).unwrap_or(least + most).max(least);
        let (least, most) = match self.dice.below(10) {
            0 => (least.saturating_sub(1), most + 1),
            _ => (least, most),
        };
        (least + self.dice.below(most - least + 1)).min(6)
    }
}

/// Adds a word to others: what both list is listed together, and else the later one counts.
fn add(words: &mut Words, word: String, value: Value) {
    match (words.get_mut(&word), value) {
        (Some(Value::Object(old)), Value::Object(new)) => old.extend(new),
        (Some(Value::Array(old)), Value::Array(new)) if word == "required" => old.extend(new),
        (_, value) => {
            words.insert(word, value);
        }
    }
}

/// Every scalar in a schema, what it lists included.
fn constants(value: &Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| constants(item, found)),
        Value::Object(words) => {
            let listed = words.get("enum").and_then(Value::as_array).into_iter().flatten();
            found.extend(listed.chain(words.get("const")).cloned());
            words.values().for_each(|value| constants(value, found));
        }
        scalar => found.push(scalar.clone()),
    }
}
