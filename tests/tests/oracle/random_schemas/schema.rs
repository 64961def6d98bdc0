//! Schemas from the grammar of keywords, whether they make sense or not.

use serde_json::{Map, Value, json};

use super::rng::Rng;
use super::vocabulary;

/// The keywords of a schema.
type Keywords = Map<String, Value>;

/// A document: a schema, with definitions that it may refer to.
pub(super) fn document(rng: &mut Rng) -> Value {
    let count = rng.weighted(&[(6, 0), (3, 1), (2, 2)]);
    let (deepest, composition_weight) =
        (rng.weighted(&[(1, 1), (2, 2), (3, 3)]), rng.pick(&[1, 1, 1, 2, 4]));
    let mut generator = SchemaGenerator {
        rng,
        definitions: ["A", "B"][..count].to_vec(),
        deepest,
        composition_weight,
    };
    let mut keywords = generator.keywords(&[], 0);
    let definitions: Keywords = (0..count)
        .map(|index| {
            (generator.definitions[index].to_owned(), Value::Object(generator.keywords(&[], 1)))
        })
        .collect();
    if !definitions.is_empty() {
        keywords.insert("$defs".to_owned(), definitions.into());
    }
    Value::Object(keywords)
}

struct SchemaGenerator<'d> {
    rng: &'d mut Rng,
    definitions: Vec<&'static str>,
    /// How deep schemas are nested, at most.
    deepest: usize,
    /// How many times as often as usual schemas are composed of others.
    composition_weight: usize,
}

impl SchemaGenerator<'_> {
    /// A schema. `types` are those of the schema that it is a part of; mostly they are not stated again.
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
        if !self.definitions.is_empty() && self.rng.percent(18 * self.composition_weight.min(2)) {
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
            self.add_enum(&types, &mut keywords);
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

    fn add_enum(&mut self, types: &[&'static str], keywords: &mut Keywords) {
        if self.rng.percent(40) {
            keywords.insert("const".to_owned(), self.value(types));
        } else {
            let count = self.rng.below(3) + 1;
            let values: Vec<Value> = (0..count).map(|_| self.value(types)).collect();
            keywords.insert("enum".to_owned(), values.into());
        }
        if self.rng.percent(8) {
            self.add_enum(types, keywords);
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
        self.maybe(keywords, 10, "pattern", |generator| json!(vocabulary::pattern(generator.rng)));
        self.maybe(keywords, 6, "format", |generator| json!(vocabulary::format(generator.rng)));
    }

    fn number_rules(&mut self, json_type: &str, keywords: &mut Keywords) {
        let is_whole = json_type == "integer" && self.rng.percent(80);
        let bound = if is_whole { vocabulary::whole } else { vocabulary::number };
        for (keyword, share) in
            [("minimum", 25), ("exclusiveMinimum", 10), ("maximum", 20), ("exclusiveMaximum", 8)]
        {
            self.maybe(keywords, share, keyword, |generator| bound(generator.rng));
        }
        self.maybe(keywords, 12, "multipleOf", |generator| vocabulary::multiple(generator.rng));
    }

    fn array_rules(&mut self, depth: usize, keywords: &mut Keywords) {
        self.counts(keywords, 20, "Items", 4);
        self.maybe(keywords, 20, "uniqueItems", |generator| json!(generator.rng.percent(90)));
        if depth == self.deepest {
            return;
        }
        self.maybe(keywords, 20, "prefixItems", |generator| {
            let count = generator.rng.below(2) + 1;
            (0..count).map(|_| generator.schema(&[], depth + 1)).collect()
        });
        let closes = keywords.contains_key("prefixItems") && self.rng.percent(40);
        self.maybe(keywords, 75, "items", |generator| {
            if closes { json!(false) } else { generator.schema(&[], depth + 1) }
        });
        self.maybe(keywords, 14, "contains", |generator| generator.schema(&[], depth + 1));
        if keywords.contains_key("contains") {
            self.counts(keywords, 30, "Contains", 3);
        }
    }

    fn object_rules(&mut self, depth: usize, keywords: &mut Keywords) {
        self.maybe(keywords, 40, "required", |generator| {
            json!(vocabulary::names(generator.rng, 40))
        });
        self.maybe(keywords, 8, "dependentRequired", |generator| {
            let name = vocabulary::name(generator.rng);
            json!({ name: vocabulary::names(generator.rng, 40) })
        });
        self.counts(keywords, 10, "Properties", 4);
        if depth == self.deepest {
            self.maybe(keywords, 60, "additionalProperties", |generator| {
                json!(generator.rng.percent(60))
            });
            return;
        }
        self.maybe(keywords, 75, "properties", |generator| {
            let names = vocabulary::names(generator.rng, 50);
            let property = |name: &str| (name.to_owned(), generator.schema(&[], depth + 1));
            Value::Object(names.into_iter().map(property).collect())
        });
        self.maybe(keywords, 50, "additionalProperties", |generator| {
            match generator.rng.below(10) {
                0..=4 => json!(false),
                5 => json!(true),
                _ => generator.schema(&[], depth + 1),
            }
        });
        self.maybe(keywords, 6, "propertyNames", |generator| {
            generator.schema(&["string"], generator.deepest)
        });
        self.maybe(keywords, 5, "patternProperties", |generator| {
            let pattern = vocabulary::pattern(generator.rng);
            json!({ pattern: generator.schema(&[], depth + 1) })
        });
        self.maybe(keywords, 6, "dependentSchemas", |generator| {
            let name = vocabulary::name(generator.rng);
            json!({ name: generator.schema(&["object"], depth + 1) })
        });
    }

    fn compositions(&mut self, types: &[&'static str], depth: usize, keywords: &mut Keywords) {
        let types = if self.rng.percent(85) { types } else { &[] };
        self.maybe(keywords, 8 * self.composition_weight, "not", |generator| {
            generator.schema(types, depth + 1)
        });
        if self.rng.percent(6 * self.composition_weight) {
            keywords.insert("if".to_owned(), self.schema(types, depth + 1));
            self.maybe(keywords, 80, "then", |generator| generator.schema(types, depth + 1));
            self.maybe(keywords, 50, "else", |generator| generator.schema(types, depth + 1));
        }
        for (keyword, share) in [("allOf", 7), ("anyOf", 7), ("oneOf", 8)] {
            // Alternatives of other types stand alone.
            let other = keyword != "allOf" && self.rng.percent(40);
            if self.rng.percent(share * self.composition_weight)
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
        self.maybe(keywords, 2, "title", |generator| {
            json!(generator.rng.pick(&["A", "one two", "B"]))
        });
        self.maybe(keywords, 2, "description", |_| json!("Said to *people*."));
        self.maybe(keywords, 1, "deprecated", |_| json!(true));
        self.maybe(keywords, 1, "readOnly", |_| json!(true));
        self.maybe(keywords, 1, "default", |generator| generator.value(types));
        self.maybe(keywords, 1, "examples", |generator| json!([generator.value(types)]));
    }
}
