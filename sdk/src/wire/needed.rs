//! Which properties of an object a table needs, so that only these are kept while the object is read.
//!
//! ```text
//! [MinProperties(1), Properties { named: [("tags", UniqueItems)], .. }]
//!
//! the presence of every property, and the value of `tags`
//! ```

use std::collections::BTreeMap;

use wechat_bizwifi_rules::{Properties, Rule, Schema, SchemaRef};

use super::object::ObjectInfo;

/// What a rule needs to know of a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Need {
    /// Whether the property is present.
    Presence,
    /// Its value.
    Value,
}

/// What a table needs to know of an object of a type.
#[derive(Debug, Default)]
pub(super) struct NeededProperties {
    /// By the index of the field.
    fields: Vec<Option<(&'static str, Need)>>,
    needs: Needs,
    /// What is needed of the additional properties that rules name.
    additional: BTreeMap<&'static str, Option<Need>>,
    /// What is needed of each other additional property, where no pattern distinguishes them.
    unnamed: Option<Need>,
    has_patterns: bool,
}

impl NeededProperties {
    /// Nothing is needed.
    pub(super) const NOTHING: &'static Self = &Self {
        fields: Vec::new(),
        needs: Needs { named: Vec::new(), unnamed: Vec::new(), all_names: false },
        additional: BTreeMap::new(),
        unnamed: None,
        has_patterns: false,
    };

    /// What these rules need; `None` if they need the whole object.
    #[inline]
    pub(super) fn by(rules: &'static [Rule<'static>], info: &ObjectInfo) -> Option<Self> {
        let mut needs = Needs::default();
        needs.add_rules(rules, 0)?;
        let of_field = |key: &&'static str| Some((*key, needs.of(key)?));
        let fields: Vec<_> = info.keys.iter().map(of_field).collect();
        let by_properties = needs.unnamed.iter().flat_map(|properties| properties.named);
        let names = needs.named.iter().map(|(name, _)| *name).chain(by_properties.map(|it| it.0));
        let names = names.filter(|name| !info.keys.contains(name));
        let additional = names.map(|name| (name, needs.of(name))).collect();
        let schemas = needs.unnamed.iter().filter_map(|properties| properties.additional);
        let unnamed = schemas.filter_map(by).chain(needs.all_names.then_some(Need::Presence)).max();
        let has_patterns = needs.unnamed.iter().any(|properties| !properties.patterns.is_empty());
        Some(Self { fields, needs, additional, unnamed, has_patterns })
    }

    /// The name of the field of this index, and what is needed of it.
    #[inline]
    pub(super) fn of_field(&self, field: usize) -> Option<(&'static str, Need)> {
        self.fields.get(field).copied().flatten()
    }

    pub(super) fn needs_additional(&self) -> bool {
        self.has_patterns || self.unnamed.is_some() || !self.additional.is_empty()
    }

    /// What is needed of an additional property of this name.
    pub(super) fn of_additional(&self, name: &str) -> Option<Need> {
        match self.additional.get(name) {
            Some(need) => *need,
            None if self.has_patterns => self.needs.of(name),
            None => self.unnamed,
        }
    }
}

/// How deep schemas are followed into each other. A schema that goes deeper may refer to itself.
const DEEPEST: usize = 32;

/// What rules need.
#[derive(Debug, Default)]
struct Needs {
    /// Properties by name.
    named: Vec<(&'static str, Need)>,
    /// Rules on properties by pattern, or on all that are not named.
    unnamed: Vec<&'static Properties<'static>>,
    /// Whether the number or the names of all properties are needed.
    all_names: bool,
}

impl Needs {
    /// What is needed of the property of this name.
    fn of(&self, name: &str) -> Option<Need> {
        let mut need = self.all_names.then_some(Need::Presence);
        for (_, known) in self.named.iter().filter(|(named, _)| *named == name) {
            need = need.max(Some(*known));
        }
        for schema in self.unnamed.iter().flat_map(|properties| properties.of(name)) {
            need = need.max(by(schema));
        }
        need
    }

    /// Adds what these rules need of an object; `None` if they need the whole object.
    #[inline]
    fn add_rules(&mut self, rules: &'static [Rule<'static>], depth: usize) -> Option<()> {
        rules.iter().try_for_each(|rule| self.add(rule, depth))
    }

    #[inline]
    fn add(&mut self, rule: &'static Rule<'static>, depth: usize) -> Option<()> {
        match rule {
            Rule::MinProperties(_) | Rule::MaxProperties(_) | Rule::PropertyNames(_) => {
                self.all_names = true;
            }
            Rule::Required(names) => self.are_there(names),
            Rule::DependentRequired(dependent) => {
                for (name, required) in *dependent {
                    self.are_there(&[*name]);
                    self.are_there(required);
                }
            }
            Rule::PropertyOrder(orders) => {
                let names = orders.iter().flat_map(|order| [order.first, order.second]);
                self.named.extend(names.map(|name| (name, Need::Value)));
            }
            Rule::Properties(Properties { named, patterns: [], additional: None }) => {
                let named = named.iter().map(|(name, schema)| Some((*name, by(*schema)?)));
                self.named.extend(named.flatten());
            }
            Rule::Properties(properties) => self.unnamed.push(properties),
            Rule::DependentSchemas(dependent) => {
                dependent.iter().for_each(|(name, _)| self.are_there(&[*name]));
            }
            Rule::Const(_)
            | Rule::Enum(_)
            | Rule::UnevaluatedItems(_)
            | Rule::UnevaluatedProperties(_) => return None,
            // The other rules look at no property.
            _ => {}
        }
        let schemas = rule.schemas_on_value().into_iter();
        schemas.map(|schema| self.add_schema(schema, depth)).collect()
    }

    #[inline]
    fn add_schema(&mut self, schema: SchemaRef<'static>, depth: usize) -> Option<()> {
        match schema {
            SchemaRef::To(schema) if depth < DEEPEST => self.add_rules(schema.0, depth + 1),
            _ => None,
        }
    }

    #[inline]
    fn are_there(&mut self, names: &[&'static str]) {
        self.named.extend(names.iter().map(|name| (*name, Need::Presence)));
    }
}

/// What a schema needs to know of its value.
#[inline]
fn by(schema: SchemaRef<'static>) -> Option<Need> {
    match schema {
        SchemaRef::To(Schema([])) => None,
        SchemaRef::To(Schema([Rule::Never])) => Some(Need::Presence),
        _ => Some(Need::Value),
    }
}

#[cfg(test)]
mod tests {
    use wechat_bizwifi_rules::{If, Properties, PropertyOrder, Rule, Schema, SchemaRef};

    use super::{Need, NeededProperties};
    use crate::wire::object::{Additional, ObjectInfo};

    const INFO: ObjectInfo = ObjectInfo {
        name: "Example",
        keys: &["a", "b", "c"],
        buckets: &[],
        fields: "",
        aliases: &[],
        additional: Additional::Kept,
    };

    static UNIQUE: Schema<'static> = Schema(&[Rule::UniqueItems]);
    static NAMED: Properties<'static> =
        Properties { named: &[("b", SchemaRef::To(&UNIQUE))], patterns: &[], additional: None };
    static CLOSED: Properties<'static> = Properties {
        named: &[("b", SchemaRef::To(&Schema(&[])))],
        patterns: &[],
        additional: Some(SchemaRef::To(&UNIQUE)),
    };
    static ITSELF: Schema<'static> = Schema(&[Rule::Not(SchemaRef::To(&ITSELF))]);

    #[test]
    fn only_what_rules_need_is_kept() {
        static RULES: &[Rule<'static>] = &[Rule::Required(&["a", "x"]), Rule::Properties(&NAMED)];
        let needed = NeededProperties::by(RULES, &INFO).unwrap();
        assert_eq!(needed.of_field(0), Some(("a", Need::Presence)));
        assert_eq!(needed.of_field(1), Some(("b", Need::Value)));
        assert_eq!(needed.of_field(2), None);
        assert_eq!(needed.of_additional("x"), Some(Need::Presence));
        assert_eq!(needed.of_additional("y"), None);
    }

    /// What is needed of the fields, and of `x` and `y` beside them: nothing, their presence, or their values.
    fn needed(rules: &'static [Rule<'static>]) -> String {
        let Some(needed) = NeededProperties::by(rules, &INFO) else { return "all".to_owned() };
        let fields = (0..INFO.keys.len()).map(|field| needed.of_field(field).map(|it| it.1));
        let additional = ["x", "y"].map(|name| needed.of_additional(name));
        let sign = |need| match need {
            None => '-',
            Some(Need::Presence) => '?',
            Some(Need::Value) => '!',
        };
        let signs: String = fields.chain(additional).map(sign).collect();
        if needed.needs_additional() { signs } else { signs + " alone" }
    }

    const fn to(rules: &'static Schema<'static>) -> SchemaRef<'static> {
        SchemaRef::To(rules)
    }

    #[test]
    fn each_rule_needs_what_it_looks_at() {
        static NEVER: Schema<'static> = Schema(&[Rule::Never]);
        static HAS_A: Schema<'static> = Schema(&[Rule::Required(&["a"])]);
        static HAS_X: Schema<'static> = Schema(&[Rule::Required(&["x"])]);
        static IF: If<'static> =
            If { condition: to(&HAS_A), then: Some(to(&HAS_X)), otherwise: None };
        static ELSE: If<'static> =
            If { condition: to(&HAS_A), then: None, otherwise: Some(to(&HAS_X)) };
        static ADDITIONAL: Properties<'static> = Properties {
            named: &[("b", to(&UNIQUE))],
            patterns: &[],
            additional: Some(to(&NEVER)),
        };
        static ORDER: &[PropertyOrder<'static>] =
            &[PropertyOrder { first: "a", or_equal: true, second: "x" }];
        static BOTH: &[Rule<'static>] = &[Rule::MinProperties(1), Rule::Properties(&NAMED)];
        static RULES: &[(Rule<'static>, &str)] = &[
            (Rule::UniqueItems, "----- alone"),
            (Rule::MinProperties(1), "?????"),
            (Rule::MaxProperties(1), "?????"),
            (Rule::PropertyNames(to(&NEVER)), "?????"),
            (Rule::Required(&["b"]), "-?--- alone"),
            (Rule::Required(&["x"]), "---?-"),
            (Rule::DependentRequired(&[("a", &["x"])]), "?--?-"),
            (Rule::DependentSchemas(&[("b", to(&HAS_X))]), "-?-?-"),
            (Rule::PropertyOrder(ORDER), "!--!-"),
            (Rule::Properties(&NAMED), "-!--- alone"),
            (Rule::Properties(&CLOSED), "!-!!!"),
            (Rule::Properties(&ADDITIONAL), "?!???"),
            (Rule::AllOf(&[to(&HAS_A), to(&HAS_X)]), "?--?-"),
            (Rule::AnyOf(&[to(&HAS_A)]), "?---- alone"),
            (Rule::OneOf(&[to(&HAS_X)]), "---?-"),
            (Rule::Not(to(&HAS_X)), "---?-"),
            (Rule::If(&IF), "?--?-"),
            (Rule::If(&ELSE), "?--?-"),
            (Rule::Enum(&[]), "all"),
            (Rule::UnevaluatedItems(to(&NEVER)), "all"),
            (Rule::UnevaluatedProperties(to(&NEVER)), "all"),
        ];
        for (rule, expected) in RULES {
            assert_eq!(needed(std::slice::from_ref(rule)), *expected, "{rule:?}");
        }
        assert_eq!(needed(BOTH), "?!???", "a value is more than presence");
    }

    #[test]
    fn schemas_within_each_other_are_followed_to_a_depth() {
        let within = |depth: usize| {
            let innermost: &Schema = Box::leak(Box::new(Schema(&[Rule::Required(&["a"])])));
            let outermost = (1..depth).fold(innermost, |inner, _| {
                let rules = Box::leak(Box::new([Rule::Not(SchemaRef::To(inner))]));
                Box::leak(Box::new(Schema(rules)))
            });
            needed(Box::leak(Box::new([Rule::Not(SchemaRef::To(outermost))])))
        };
        assert_eq!([1, 32, 33].map(within), ["?---- alone", "?---- alone", "all"]);
    }

    #[test]
    fn rules_without_end_or_on_the_whole_need_the_whole_object() {
        static ALL: [Rule<'static>; 2] = [
            Rule::Not(SchemaRef::To(&ITSELF)),
            Rule::UnevaluatedProperties(SchemaRef::To(&UNIQUE)),
        ];
        for rule in &ALL {
            assert!(NeededProperties::by(std::slice::from_ref(rule), &INFO).is_none(), "{rule:?}");
        }
    }
}
