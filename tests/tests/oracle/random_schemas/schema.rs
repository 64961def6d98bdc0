//! Schemas from the grammar of keywords, whether they make sense or not.

use serde_json::{Map, Value, json};

use super::rng::Rng;
use super::vocabulary;

/// The keywords of a schema.
type Keywords = Map<String, Value>;

/// A document: a schema, with additional that it may refer to.
pub(super) fn document(rng: &mut Rng) -> Value {
    let count = rng.weighted(&[(6, 0), (3, 1), (2, 2)]);
    let (deepest, spice) = (rng.weighted(&[(1, 1), (2, 2), (3, 3)]), rng.pick(&[1, 1, 1, 2, 4]));
    let mut cook = Cook { rng, definitions: ["A", "B"][..count].to_vec(), deepest, spice };
    let mut keywords = cook.keywords(&[], 0);
    let definitions: Keywords = (0..count)
        .map(|index| (cook.definitions[index].to_owned(), Value::Object(cook.keywords(&[], 1))))
        .collect();
    if !definitions.is_empty() {
        keywords.insert("$defs".to_owned(), definitions.into());
    }
    Value::Object(keywords)
}

struct Cook<'d> {
    rng: &'d mut Rng,
    definitions: Vec<&'static str>,
    /// How deep schemas lie in each other.
    deepest: usize,
    /// How many times as often as usual schemas are made of additional.
    spice: usize,
}

impl Cook<'_> {
    /// A schema. `types` are those of the schema that it is a part of, and stay unstated mostly.
    fn schema(&mut self, types: &[&'static str], depth: usize) -> Value {
        match self.rng.below(100) {
            0..=1 => json!(false),
            2..=4 => json!(true),
            _ => Value::Object(self.keywords(types, depth)),
        }
    }

    fn keywords(&mut self, types: &[&'static str], depth: usize) -> Keywords {
        let mut keywords = Keywords::new();
        let mut types = types.to_vec();
        if !self.definitions.is_empty() && self.rng.percent(18 * self.spice.min(2)) {
            keywords.insert("$ref".to_owned(), json!(self.target()));
            if self.rng.percent(60) {
                return keywords;
            }
        }
        if types.is_empty() || self.rng.percent(30) {
            types = self.types();
            let stated = if let [only] = types[..] { json!(only) } else { json!(types) };
            if self.rng.percent(if keywords.is_empty() { 94 } else { 40 }) {
                keywords.insert("type".to_owned(), stated);
            }
        }
        if self.rng.percent(10) {
            self.listed(&types, &mut keywords);
        }
        for json_type in &types {
            self.rules(json_type, depth, &mut keywords);
        }
        if self.rng.percent(2) {
            let any_value = self.rng.weighted(vocabulary::TYPES);
            self.rules(any_value, depth, &mut keywords);
        }
        if depth < self.deepest {
            self.compositions(&types, depth, &mut keywords);
        }
        self.annotations(&types, &mut keywords);
        keywords
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
        let of_definition = self.rng.percent(90);
        let definition = format!("#/$defs/{}", self.rng.pick(&self.definitions));
        match (of_definition, self.rng.percent(95)) {
            (true, true) => definition,
            (true, false) => definition + self.rng.pick(PLACES),
            (false, _) => format!("#{}", self.rng.pick(PLACES)),
        }
    }

    fn types(&mut self) -> Vec<&'static str> {
        let mut types = vec![self.rng.weighted(vocabulary::TYPES)];
        match self.rng.below(100) {
            0..=11 => types.push("null"),
            12..=17 => types.push(self.rng.weighted(vocabulary::TYPES)),
            _ => {}
        }
        if types.len() == 2 && (types[0] == types[1]) {
            types.pop();
        }
        if types.len() == 2 && self.rng.percent(30) {
            types.reverse();
        }
        types
    }

    /// A value, of one of these types mostly.
    fn value(&mut self, types: &[&'static str]) -> Value {
        let of_them = !types.is_empty() && self.rng.percent(95);
        let json_type =
            if of_them { self.rng.pick(types) } else { self.rng.weighted(vocabulary::TYPES) };
        vocabulary::value(self.rng, json_type, 0)
    }

    fn listed(&mut self, types: &[&'static str], keywords: &mut Keywords) {
        if self.rng.percent(40) {
            keywords.insert("const".to_owned(), self.value(types));
        } else {
            let count = self.rng.below(3) + 1;
            let values: Vec<Value> = (0..count).map(|_| self.value(types)).collect();
            keywords.insert("enum".to_owned(), values.into());
        }
        if self.rng.percent(8) {
            self.listed(types, keywords);
        }
    }

    fn rules(&mut self, json_type: &str, depth: usize, keywords: &mut Keywords) {
        match json_type {
            "string" => self.text_rules(keywords),
            "integer" | "number" => self.number_rules(json_type, keywords),
            "array" => self.array_rules(depth, keywords),
            "object" => self.object_rules(depth, keywords),
            _ => {}
        }
    }

    fn maybe(
        &mut self,
        keywords: &mut Keywords,
        share: usize,
        keyword: &str,
        value: impl FnOnce(&mut Self) -> Value,
    ) {
        if self.rng.percent(share) {
            let value = value(self);
            keywords.insert(keyword.to_owned(), value);
        }
    }

    /// A least and a greatest number of something, in order mostly.
    fn counts(&mut self, keywords: &mut Keywords, share: usize, what: &str, most: usize) {
        let mut bound = || u32::try_from(self.rng.below(most)).unwrap();
        let (mut low, mut high) = (bound(), bound());
        if low > high && self.rng.percent(95) {
            (low, high) = (high, low);
        }
        // A whole number may be written with a fraction.
        let low = if self.rng.percent(3) { json!(f64::from(low)) } else { json!(low) };
        self.maybe(keywords, share, &format!("min{what}"), |_| low);
        self.maybe(keywords, share, &format!("max{what}"), |_| json!(high));
    }

    fn text_rules(&mut self, keywords: &mut Keywords) {
        self.counts(keywords, 25, "Length", 4);
        self.maybe(keywords, 10, "pattern", |cook| json!(vocabulary::pattern(cook.rng)));
        self.maybe(keywords, 6, "format", |cook| json!(vocabulary::format(cook.rng)));
    }

    fn number_rules(&mut self, json_type: &str, keywords: &mut Keywords) {
        let is_whole = json_type == "integer" && self.rng.percent(80);
        let bound = if is_whole { vocabulary::whole } else { vocabulary::number };
        for (keyword, share) in
            [("minimum", 25), ("exclusiveMinimum", 10), ("maximum", 20), ("exclusiveMaximum", 8)]
        {
            self.maybe(keywords, share, keyword, |cook| bound(cook.rng));
        }
        self.maybe(keywords, 12, "multipleOf", |cook| vocabulary::multiple(cook.rng));
    }

    fn array_rules(&mut self, depth: usize, keywords: &mut Keywords) {
        self.counts(keywords, 20, "Items", 4);
        self.maybe(keywords, 20, "uniqueItems", |cook| json!(cook.rng.percent(90)));
        if depth == self.deepest {
            return;
        }
        self.maybe(keywords, 20, "prefixItems", |cook| {
            let count = cook.rng.below(2) + 1;
            (0..count).map(|_| cook.schema(&[], depth + 1)).collect()
        });
        let closes = keywords.contains_key("prefixItems") && self.rng.percent(40);
        self.maybe(keywords, 75, "items", |cook| {
            if closes { json!(false) } else { cook.schema(&[], depth + 1) }
        });
        self.maybe(keywords, 14, "contains", |cook| cook.schema(&[], depth + 1));
        if keywords.contains_key("contains") {
            self.counts(keywords, 30, "Contains", 3);
        }
    }

    fn object_rules(&mut self, depth: usize, keywords: &mut Keywords) {
        self.maybe(keywords, 40, "required", |cook| json!(vocabulary::names(cook.rng, 40)));
        self.maybe(keywords, 8, "dependentRequired", |cook| {
            let name = vocabulary::name(cook.rng);
            json!({ name: vocabulary::names(cook.rng, 40) })
        });
        self.counts(keywords, 10, "Properties", 4);
        if depth == self.deepest {
            self.maybe(keywords, 60, "additionalProperties", |cook| json!(cook.rng.percent(60)));
            return;
        }
        self.maybe(keywords, 75, "properties", |cook| {
            let names = vocabulary::names(cook.rng, 50);
            let property = |name: &str| (name.to_owned(), cook.schema(&[], depth + 1));
            Value::Object(names.into_iter().map(property).collect())
        });
        self.maybe(keywords, 50, "additionalProperties", |cook| match cook.rng.below(10) {
            0..=4 => json!(false),
            5 => json!(true),
            _ => cook.schema(&[], depth + 1),
        });
        self.maybe(keywords, 6, "propertyNames", |cook| cook.schema(&["string"], cook.deepest));
        self.maybe(keywords, 5, "patternProperties", |cook| {
            let pattern = vocabulary::pattern(cook.rng);
            json!({ pattern: cook.schema(&[], depth + 1) })
        });
        self.maybe(keywords, 6, "dependentSchemas", |cook| {
            let name = vocabulary::name(cook.rng);
            json!({ name: cook.schema(&["object"], depth + 1) })
        });
    }

    fn compositions(&mut self, types: &[&'static str], depth: usize, keywords: &mut Keywords) {
        let types = if self.rng.percent(85) { types } else { &[] };
        self.maybe(keywords, 8 * self.spice, "not", |cook| cook.schema(types, depth + 1));
        if self.rng.percent(6 * self.spice) {
            keywords.insert("if".to_owned(), self.schema(types, depth + 1));
            self.maybe(keywords, 80, "then", |cook| cook.schema(types, depth + 1));
            self.maybe(keywords, 50, "else", |cook| cook.schema(types, depth + 1));
        }
        for (keyword, share) in [("allOf", 7), ("anyOf", 7), ("oneOf", 8)] {
            // Alternatives of other types stand alone.
            let other = keyword != "allOf" && self.rng.percent(40);
            if self.rng.percent(share * self.spice)
                && !(other && !keywords.is_empty() && self.rng.percent(70))
            {
                let count = self.rng.below(3) + 1;
                let of = if other { &[] } else { types };
                let branches = (0..count).map(|_| self.schema(of, depth + 1));
                keywords.insert(keyword.to_owned(), branches.collect());
            }
        }
        if keywords.len() == 1 && self.rng.percent(15) {
            let branches: Vec<Value> = (0..2).map(|_| self.schema(&[], depth + 1)).collect();
            keywords.clear();
            let keyword = self.rng.pick(&["anyOf", "oneOf"]);
            keywords.insert(keyword.to_owned(), branches.into());
        }
    }

    fn annotations(&mut self, types: &[&'static str], keywords: &mut Keywords) {
        self.maybe(keywords, 2, "title", |cook| json!(cook.rng.pick(&["A", "one two", "B"])));
        self.maybe(keywords, 2, "description", |_| json!("Said to *people*."));
        self.maybe(keywords, 1, "deprecated", |_| json!(true));
        self.maybe(keywords, 1, "readOnly", |_| json!(true));
        self.maybe(keywords, 1, "default", |cook| cook.value(types));
        self.maybe(keywords, 1, "examples", |cook| json!([cook.value(types)]));
    }
}
