//! Schemas from the grammar of keywords, whether they make sense or not.

use serde_json::{Map, Value, json};

use super::dice::Dice;
use super::words;

/// The words of a schema.
type Words = Map<String, Value>;

/// A document: a schema, with others that it may refer to.
pub(super) fn document(dice: &mut Dice) -> Value {
    let count = dice.weighted(&[(6, 0), (3, 1), (2, 2)]);
    let (deepest, spice) = (dice.weighted(&[(1, 1), (2, 2), (3, 3)]), dice.pick(&[1, 1, 1, 2, 4]));
    let mut cook = Cook { dice, definitions: ["A", "B"][..count].to_vec(), deepest, spice };
    let mut words = cook.words(&[], 0);
    let definitions: Words = (0..count)
        .map(|index| (cook.definitions[index].to_owned(), Value::Object(cook.words(&[], 1))))
        .collect();
    if !definitions.is_empty() {
        words.insert("$defs".to_owned(), definitions.into());
    }
    Value::Object(words)
}

struct Cook<'d> {
    dice: &'d mut Dice,
    definitions: Vec<&'static str>,
    /// How deep schemas lie in each other.
    deepest: usize,
    /// How many times as often as usual schemas are made of others.
    spice: usize,
}

impl Cook<'_> {
    /// A schema. `types` are those of the schema that it is a part of, and stay unstated mostly.
    fn schema(&mut self, types: &[&'static str], depth: usize) -> Value {
        match self.dice.below(100) {
            0..=1 => json!(false),
            2..=4 => json!(true),
            _ => Value::Object(self.words(types, depth)),
        }
    }

    fn words(&mut self, types: &[&'static str], depth: usize) -> Words {
        let mut words = Words::new();
        let mut types = types.to_vec();
        if !self.definitions.is_empty() && self.dice.percent(18 * self.spice.min(2)) {
            words.insert("$ref".to_owned(), json!(self.target()));
            if self.dice.percent(60) {
                return words;
            }
        }
        if types.is_empty() || self.dice.percent(30) {
            types = self.types();
            let stated = if let [only] = types[..] { json!(only) } else { json!(types) };
            if self.dice.percent(if words.is_empty() { 94 } else { 40 }) {
                words.insert("type".to_owned(), stated);
            }
        }
        if self.dice.percent(10) {
            self.listed(&types, &mut words);
        }
        for json_type in &types {
            self.rules(json_type, depth, &mut words);
        }
        if self.dice.percent(2) {
            let stray = self.dice.weighted(words::TYPES);
            self.rules(stray, depth, &mut words);
        }
        if depth < self.deepest {
            self.compositions(&types, depth, &mut words);
        }
        self.annotations(&types, &mut words);
        words
    }

    /// Where a `$ref` leads to: a definition mostly, or some place that may not be there.
    fn target(&mut self) -> String {
        const PLACES: &[&str] = &[
            "",
            "/properties/a",
            "/items",
            "/additionalProperties",
            "/allOf/0",
            "/anyOf/0",
            "/not",
        ];
        let of_definition = self.dice.percent(90);
        let definition = format!("#/$defs/{}", self.dice.pick(&self.definitions));
        match (of_definition, self.dice.percent(95)) {
            (true, true) => definition,
            (true, false) => definition + self.dice.pick(PLACES),
            (false, _) => format!("#{}", self.dice.pick(PLACES)),
        }
    }

    fn types(&mut self) -> Vec<&'static str> {
        let mut types = vec![self.dice.weighted(words::TYPES)];
        match self.dice.below(100) {
            0..=11 => types.push("null"),
            12..=17 => types.push(self.dice.weighted(words::TYPES)),
            _ => {}
        }
        if types.len() == 2 && (types[0] == types[1]) {
            types.pop();
        }
        if types.len() == 2 && self.dice.percent(30) {
            types.reverse();
        }
        types
    }

    /// A value, of one of these types mostly.
    fn value(&mut self, types: &[&'static str]) -> Value {
        let of_them = !types.is_empty() && self.dice.percent(95);
        let json_type =
            if of_them { self.dice.pick(types) } else { self.dice.weighted(words::TYPES) };
        words::value(self.dice, json_type, 0)
    }

    fn listed(&mut self, types: &[&'static str], words: &mut Words) {
        if self.dice.percent(40) {
            words.insert("const".to_owned(), self.value(types));
        } else {
            let count = self.dice.below(3) + 1;
            let values: Vec<Value> = (0..count).map(|_| self.value(types)).collect();
            words.insert("enum".to_owned(), values.into());
        }
        if self.dice.percent(8) {
            self.listed(types, words);
        }
    }

    fn rules(&mut self, json_type: &str, depth: usize, words: &mut Words) {
        match json_type {
            "string" => self.text_rules(words),
            "integer" | "number" => self.number_rules(json_type, words),
            "array" => self.array_rules(depth, words),
            "object" => self.object_rules(depth, words),
            _ => {}
        }
    }

    fn maybe(
        &mut self,
        words: &mut Words,
        share: usize,
        word: &str,
        value: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.dice.percent(share) {
            let value = value(self);
            words.insert(word.to_owned(), value);
        }
    }

    /// A least and a greatest number of something, in order mostly.
    fn counts(&mut self, words: &mut Words, share: usize, what: &str, most: usize) {
        let mut bound = || u32::try_from(self.dice.below(most)).unwrap();
        let (mut low, mut high) = (bound(), bound());
        if low > high && self.dice.percent(95) {
            (low, high) = (high, low);
        }
        // A whole number may be written with a fraction.
        let low = if self.dice.percent(3) { json!(f64::from(low)) } else { json!(low) };
        self.maybe(words, share, &format!("min{what}"), |_| low);
        self.maybe(words, share, &format!("max{what}"), |_| json!(high));
    }

    fn text_rules(&mut self, words: &mut Words) {
        self.counts(words, 25, "Length", 4);
        self.maybe(words, 10, "pattern", |cook| json!(words::pattern(cook.dice)));
        self.maybe(words, 6, "format", |cook| json!(words::format(cook.dice)));
    }

    fn number_rules(&mut self, json_type: &str, words: &mut Words) {
        let is_whole = json_type == "integer" && self.dice.percent(80);
        let bound = if is_whole { words::whole } else { words::number };
        for (word, share) in
            [("minimum", 25), ("exclusiveMinimum", 10), ("maximum", 20), ("exclusiveMaximum", 8)]
        {
            self.maybe(words, share, word, |cook| bound(cook.dice));
        }
        self.maybe(words, 12, "multipleOf", |cook| words::multiple(cook.dice));
    }

    fn array_rules(&mut self, depth: usize, words: &mut Words) {
        self.counts(words, 20, "Items", 4);
        self.maybe(words, 20, "uniqueItems", |cook| json!(cook.dice.percent(90)));
        if depth == self.deepest {
            return;
        }
        self.maybe(words, 20, "prefixItems", |cook| {
            let count = cook.dice.below(2) + 1;
            (0..count).map(|_| cook.schema(&[], depth + 1)).collect()
        });
        let closes = words.contains_key("prefixItems") && self.dice.percent(40);
        self.maybe(words, 75, "items", |cook| {
            if closes { json!(false) } else { cook.schema(&[], depth + 1) }
        });
        self.maybe(words, 14, "contains", |cook| cook.schema(&[], depth + 1));
        if words.contains_key("contains") {
            self.counts(words, 30, "Contains", 3);
        }
    }

    fn object_rules(&mut self, depth: usize, words: &mut Words) {
        self.maybe(words, 40, "required", |cook| json!(words::names(cook.dice, 40)));
        self.maybe(words, 8, "dependentRequired", |cook| {
            let name = words::name(cook.dice);
            json!({ name: words::names(cook.dice, 40) })
        });
        self.counts(words, 10, "Properties", 4);
        if depth == self.deepest {
            self.maybe(words, 60, "additionalProperties", |cook| json!(cook.dice.percent(60)));
            return;
        }
        self.maybe(words, 75, "properties", |cook| {
            let names = words::names(cook.dice, 50);
            let property = |name: &str| (name.to_owned(), cook.schema(&[], depth + 1));
            Value::Object(names.into_iter().map(property).collect())
        });
        self.maybe(words, 50, "additionalProperties", |cook| match cook.dice.below(10) {
            0..=4 => json!(false),
            5 => json!(true),
            _ => cook.schema(&[], depth + 1),
        });
        self.maybe(words, 6, "propertyNames", |cook| cook.schema(&["string"], cook.deepest));
        self.maybe(words, 5, "patternProperties", |cook| {
            let pattern = words::pattern(cook.dice);
            json!({ pattern: cook.schema(&[], depth + 1) })
        });
        self.maybe(words, 6, "dependentSchemas", |cook| {
            let name = words::name(cook.dice);
            json!({ name: cook.schema(&["object"], depth + 1) })
        });
    }

    fn compositions(&mut self, types: &[&'static str], depth: usize, words: &mut Words) {
        let types = if self.dice.percent(85) { types } else { &[] };
        self.maybe(words, 8 * self.spice, "not", |cook| cook.schema(types, depth + 1));
        if self.dice.percent(6 * self.spice) {
            words.insert("if".to_owned(), self.schema(types, depth + 1));
            self.maybe(words, 80, "then", |cook| cook.schema(types, depth + 1));
            self.maybe(words, 50, "else", |cook| cook.schema(types, depth + 1));
        }
        for (word, share) in [("allOf", 7), ("anyOf", 7), ("oneOf", 8)] {
            // Alternatives of other types stand alone.
            let other = word != "allOf" && self.dice.percent(40);
            if self.dice.percent(share * self.spice)
                && !(other && !words.is_empty() && self.dice.percent(70))
            {
                let count = self.dice.below(3) + 1;
                let of = if other { &[] } else { types };
                let members = (0..count).map(|_| self.schema(of, depth + 1));
                words.insert(word.to_owned(), members.collect());
            }
        }
        if words.len() == 1 && self.dice.percent(15) {
            let members: Vec<Value> = (0..2).map(|_| self.schema(&[], depth + 1)).collect();
            words.clear();
            let word = self.dice.pick(&["anyOf", "oneOf"]);
            words.insert(word.to_owned(), members.into());
        }
    }

    fn annotations(&mut self, types: &[&'static str], words: &mut Words) {
        self.maybe(words, 2, "title", |cook| json!(cook.dice.pick(&["A", "one two", "B"])));
        self.maybe(words, 2, "description", |_| json!("Said to *people*."));
        self.maybe(words, 1, "deprecated", |_| json!(true));
        self.maybe(words, 1, "readOnly", |_| json!(true));
        self.maybe(words, 1, "default", |cook| cook.value(types));
        self.maybe(words, 1, "examples", |cook| json!([cook.value(types)]));
    }
}
