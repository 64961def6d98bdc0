//! What a table asks about an object: what must be kept of it while it is read.
//!
//! ```text
//! [MinProperties(1), Properties { named: [("tags", UniqueItems)], .. }]
//!
//! of every property, whether it is there; of `tags`, what it is
//! ```

use std::collections::BTreeMap;

use wechat_bizwifi_rules::{Properties, Rule, Schema, SchemaRef};

use super::object::ObjectInfo;

/// What is asked about a property.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// Whether there is such a property.
    IsThere,
    /// What its value is.
    WhatIsIt,
}

/// What a table asks about an object of a type.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// By the index of the field.
    fields: Vec<Option<(&'static str, Question)>>,
    /// Those of them that are asked about.
    questioned: Vec<(usize, (&'static str, Question))>,
    questions: Questions,
    /// About additional properties that rules name.
    additional: BTreeMap<&'static str, Option<Question>>,
    /// About all others, where no pattern distinguishes them.
    others: Option<Question>,
    has_patterns: bool,
}

impl Asked {
    /// Asks about nothing.
    pub(super) const NOTHING: &'static Self = &Self {
        fields: Vec::new(),
        questioned: Vec::new(),
        questions: Questions { named: Vec::new(), open: Vec::new(), all_names: false },
        additional: BTreeMap::new(),
        others: None,
        has_patterns: false,
    };

    /// What these rules ask; `None` where they ask what the object is as a whole.
    #[inline]
    pub(super) fn by(rules: &'static [Rule<'static>], info: &ObjectInfo) -> Option<Self> {
        let mut questions = Questions::default();
        questions.add_rules(rules, 0)?;
        let of_field = |key: &&'static str| Some((*key, questions.about(key)?));
        let fields: Vec<_> = info.keys.iter().map(of_field).collect();
        let questioned = fields.iter().enumerate();
        let questioned = questioned.filter_map(|(index, field)| Some((index, (*field)?)));
        let questioned = questioned.collect();
        let listed = questions.open.iter().flat_map(|properties| properties.named);
        let names = questions.named.iter().map(|(name, _)| *name).chain(listed.map(|it| it.0));
        let names = names.filter(|name| !info.keys.contains(name));
        let additional = names.map(|name| (name, questions.about(name))).collect();
        let of_others = questions.open.iter().filter_map(|properties| properties.additional);
        let others =
            of_others.filter_map(by).chain(questions.all_names.then_some(Question::IsThere)).max();
        let has_patterns = questions.open.iter().any(|properties| !properties.patterns.is_empty());
        Some(Self { fields, questioned, questions, additional, others, has_patterns })
    }

    /// The fields that are asked about: the index and the name of each, and what is asked.
    #[inline]
    pub(super) fn fields(&self) -> impl Iterator<Item = (usize, (&'static str, Question))> {
        self.questioned.iter().copied()
    }

    /// The name of a field, and what is asked about it.
    #[inline]
    pub(super) fn of_field(&self, field: usize) -> Option<(&'static str, Question)> {
        self.fields.get(field).copied().flatten()
    }

    pub(super) fn asks_about_additional(&self) -> bool {
        self.has_patterns || self.others.is_some() || !self.additional.is_empty()
    }

    /// What is asked about an additional property of this name.
    pub(super) fn of_additional(&self, name: &str) -> Option<Question> {
        match self.additional.get(name) {
            Some(question) => *question,
            None if self.has_patterns => self.questions.about(name),
            None => self.others,
        }
    }
}

/// As many schemas as this may be within each other: what has more may refer to itself.
const DEEPEST: usize = 32;

/// What rules ask.
#[derive(Debug, Default)]
struct Questions {
    /// By names.
    named: Vec<(&'static str, Question)>,
    /// By patterns, or of all that they do not name.
    open: Vec<&'static Properties<'static>>,
    /// Whether the number or the names of all properties are asked.
    all_names: bool,
}

impl Questions {
    /// What is asked about the property of this name.
    fn about(&self, name: &str) -> Option<Question> {
        let mut asked = self.all_names.then_some(Question::IsThere);
        for (_, question) in self.named.iter().filter(|(named, _)| *named == name) {
            asked = asked.max(Some(*question));
        }
        for schema in self.open.iter().flat_map(|properties| properties.of(name)) {
            asked = asked.max(by(schema));
        }
        asked
    }

    /// Adds what these rules ask about an object; `None` where that is too much.
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
                for (name, others) in *dependent {
                    self.are_there(&[*name]);
                    self.are_there(others);
                }
            }
            Rule::PropertyOrder(orders) => {
                let names = orders.iter().flat_map(|order| [order.first, order.second]);
                self.named.extend(names.map(|name| (name, Question::WhatIsIt)));
            }
            Rule::Properties(Properties { named, patterns: [], additional: None }) => {
                let named = named.iter().map(|(name, schema)| Some((*name, by(*schema)?)));
                self.named.extend(named.flatten());
            }
            Rule::Properties(properties) => self.open.push(properties),
            Rule::DependentSchemas(dependent) => {
                dependent.iter().for_each(|(name, _)| self.are_there(&[*name]));
            }
            Rule::Const(_)
            | Rule::Enum(_)
            | Rule::UnevaluatedItems(_)
            | Rule::UnevaluatedProperties(_) => return None,
            // They ask nothing more of an object than that it is one.
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
        self.named.extend(names.iter().map(|name| (*name, Question::IsThere)));
    }
}

/// What a schema asks about its value.
#[inline]
fn by(schema: SchemaRef<'static>) -> Option<Question> {
    match schema {
        SchemaRef::To(Schema([])) => None,
        SchemaRef::To(Schema([Rule::Never])) => Some(Question::IsThere),
        _ => Some(Question::WhatIsIt),
    }
}

#[cfg(test)]
mod tests {
    use wechat_bizwifi_rules::{Properties, PropertyOrder, Rule, Schema, SchemaRef};

    use super::{Asked, Question};
    use crate::wire::object::{Additional, ObjectInfo, tags};

    const INFO: ObjectInfo = ObjectInfo {
        name: "Example",
        keys: &["a", "b", "c"],
        tags: &tags(["a", "b", "c"]),
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
    fn only_what_rules_ask_about_is_kept() {
        static RULES: &[Rule<'static>] = &[Rule::Required(&["a", "x"]), Rule::Properties(&NAMED)];
        let asked = Asked::by(RULES, &INFO).unwrap();
        assert_eq!(asked.of_field(0), Some(("a", Question::IsThere)));
        assert_eq!(asked.of_field(1), Some(("b", Question::WhatIsIt)));
        assert_eq!(asked.of_field(2), None);
        assert_eq!(asked.of_additional("x"), Some(Question::IsThere));
        assert_eq!(asked.of_additional("y"), None);
    }

    #[test]
    fn what_is_asked_about_additional_properties_is_kept_of_those_alone() {
        static RULES: &[Rule<'static>] = &[Rule::Properties(&CLOSED)];
        static ORDER: &[PropertyOrder<'static>] =
            &[PropertyOrder { first: "a", or_equal: true, second: "x" }];
        static IN_ORDER: &[Rule<'static>] = &[Rule::PropertyOrder(ORDER)];
        let asked = Asked::by(RULES, &INFO).unwrap();
        assert_eq!(asked.of_field(0), Some(("a", Question::WhatIsIt)));
        assert_eq!(asked.of_field(1), None);
        assert_eq!(asked.of_additional("y"), Some(Question::WhatIsIt));
        let asked = Asked::by(IN_ORDER, &INFO).unwrap();
        assert_eq!(asked.of_additional("x"), Some(Question::WhatIsIt));
        assert!(asked.asks_about_additional());
    }

    #[test]
    fn rules_that_count_ask_for_every_name() {
        static RULES: &[Rule<'static>] = &[Rule::MinProperties(1)];
        let asked = Asked::by(RULES, &INFO).unwrap();
        assert_eq!(asked.of_field(2), Some(("c", Question::IsThere)));
        assert_eq!(asked.of_additional("y"), Some(Question::IsThere));
    }

    #[test]
    fn what_asks_what_the_whole_is_or_without_end_asks_for_all() {
        static ALL: [Rule<'static>; 2] = [
            Rule::Not(SchemaRef::To(&ITSELF)),
            Rule::UnevaluatedProperties(SchemaRef::To(&UNIQUE)),
        ];
        for rule in &ALL {
            assert!(Asked::by(std::slice::from_ref(rule), &INFO).is_none(), "{rule:?}");
        }
    }
}
