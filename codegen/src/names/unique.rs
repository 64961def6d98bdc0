//! Gives texts that make the same name names of their own.
//!
//! ```text
//! {"id", "ID"}        Id, IdUppercase
//! {"a-b", "a_b"}      AB, AUnderscoreB
//! ```

use super::Case;
use super::spelling::spelled;
use crate::util::Set;

/// An item whose name was derived from a text, or chosen.
pub(crate) trait NamedItem {
    /// The case of the name.
    const CASE: Case;
    /// The name that is derived from the text.
    fn derived(&self) -> String;
    /// The text.
    fn text(&self) -> &str;
    fn name(&mut self) -> &mut String;
}

/// Gives each item a name of its own. Of those that share a name, the first keeps it; chosen names
/// stay.
pub(crate) fn make_unique<T: NamedItem>(items: &mut [T]) {
    let is_chosen = |item: &mut T| item.derived() != *item.name();
    let mut taken: Set<String> = Set::default();
    for item in items.iter_mut() {
        if is_chosen(item) {
            taken.insert(item.name().clone());
        }
    }
    for item in items.iter_mut() {
        if !is_chosen(item) && !taken.insert(item.name().clone()) {
            let names = alternatives(&item.derived(), item.text(), T::CASE);
            if let Some(free) = first_free(names, &mut taken) {
                *item.name() = free;
            }
        }
    }
}

/// Other names for a text, which tell more of it.
fn alternatives(name: &str, text: &str, case: Case) -> [String; 3] {
    let is_lower = !text.chars().any(char::is_uppercase);
    let is_upper = !text.chars().any(char::is_lowercase);
    let form = match (is_lower, is_upper) {
        (true, _) => "lowercase",
        (_, true) => "uppercase",
        _ => "mixed case",
    };
    let form = form.replace(' ', if case == Case::Camel { " " } else { "_" });
    let hash = format!("x{:08x}", hash_of(text));
    [spelled(text, case), case.join(name, &form), case.join(name, &hash)]
}

/// A name, with the smallest number that makes it unique if it is taken.
pub(crate) fn numbered(name: &str, taken: &mut Set<String>) -> String {
    let numbers = (2_usize..).map(|number| format!("{name}_{number}"));
    first_free(std::iter::once(name.to_owned()).chain(numbers), taken).unwrap_or_default()
}

/// The first of some names that is not taken; it is taken then.
pub(crate) fn first_free(
    names: impl IntoIterator<Item = String>,
    taken: &mut Set<String>,
) -> Option<String> {
    names.into_iter().find(|name| taken.insert(name.clone()))
}

/// A hash of a text: FNV-1a, which is the same on every machine and in every version.
pub(crate) fn hash_of(text: &str) -> u32 {
    let fold = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(16_777_619);
    text.bytes().fold(2_166_136_261, fold)
}

#[cfg(test)]
mod tests {
    use super::{NamedItem, make_unique, numbered};
    use crate::names::{Case, variant_name_for};
    use crate::util::Set;

    struct Value(&'static str, String);

    impl NamedItem for Value {
        const CASE: Case = Case::Camel;

        fn derived(&self) -> String {
            variant_name_for(self.0)
        }

        fn text(&self) -> &str {
            self.0
        }

        fn name(&mut self) -> &mut String {
            &mut self.1
        }
    }

    fn settled(texts: &[&'static str]) -> Vec<String> {
        let mut values: Vec<Value> =
            texts.iter().map(|text| Value(text, variant_name_for(text))).collect();
        make_unique(&mut values);
        values.into_iter().map(|value| value.1).collect()
    }

    #[test]
    fn what_shares_a_name_says_what_it_does_not_share() {
        for (texts, expected) in [
            (&["id", "ID", "Id"][..], &["Id", "IdUppercase", "IdMixedCase"][..]),
            (&["a-b", "a_b", "a b"], &["AB", "AUnderscoreB", "ASpaceB"]),
            (&["Etc/GMT+1", "Etc/GMT-1"], &["EtcGmt1", "EtcSlashGmtHyphen1"]),
            (&["aB", "Ab", "ab"], &["AB", "Ab", "AbLowercase"]),
            (&["foo_bar", "fooBar", "FooBar"], &["FooBar", "FooBarMixedCase", "FooBarXa325dbe8"]),
        ] {
            assert_eq!(settled(texts), expected);
            for count in 0..texts.len() {
                assert_eq!(settled(&texts[..count]), expected[..count], "nothing is renamed later");
            }
        }
    }

    #[test]
    fn a_chosen_name_stays() {
        let mut values = [Value("a", "A".to_owned()), Value("b", "A".to_owned())];
        make_unique(&mut values);
        assert_eq!([&*values[0].1, &*values[1].1], ["ALowercase", "A"]);
    }

    #[test]
    fn a_taken_name_gets_the_first_number_that_is_free() {
        let mut taken = Set::default();
        let names = ["a", "a_2", "a", "a"].map(|name| numbered(name, &mut taken));
        assert_eq!(names, ["a", "a_2", "a_3", "a_4"]);
    }
}
