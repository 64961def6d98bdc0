//! A program that uses every item of some generated code, read from the code itself: whatever takes
//! an item away, or changes what it is, keeps this from compiling.

use std::fmt::Write as _;

/// What uses every public item of some generated code.
pub(crate) fn dependent(code: &str) -> String {
    let mut dependent = Dependent::default();
    for line in code.lines().map(str::trim) {
        dependent.line(line);
    }
    format!(
        "#[allow(warnings)]\npub mod dependent {{\n    use super::*;\n    \
         use ::std::{{fmt::Debug, hash::Hash}};\n    \
         use ::wechat_bizwifi::__private as rt;\n    \
         fn make<T>() -> T {{ unimplemented!() }}\n    {}}}\n",
        dependent.uses
    )
}

#[derive(Default)]
struct Dependent {
    uses: String,
    number: usize,
    /// The macro or item that the lines are in.
    within: String,
    /// The type that they are about, and its builder.
    name: String,
    derives: Vec<String>,
    variants: Vec<String>,
    /// An entry that goes on in the next line.
    entry: String,
    /// The calls that follow are those of pages.
    is_after_pages: bool,
}

impl Dependent {
    fn add(&mut self, body: &str) {
        self.number += 1;
        let _ = writeln!(self.uses, "    fn use_{}() {{ {body} }}", self.number);
    }

    fn line(&mut self, line: &str) {
        let line = line.strip_suffix(',').unwrap_or(line);
        if let Some(derives) = line.strip_prefix("#[derive(").and_then(|it| it.strip_suffix(")]")) {
            self.derives = derives.split(", ").map(str::to_owned).collect();
        } else if let Some(name) = line.strip_prefix("rt::").and_then(|it| it.strip_suffix("! {")) {
            self.entry.clear();
            self.within = name.to_owned();
        } else if line.starts_with("rt::") {
            self.behaviour(line);
        } else if self.within == "impl" && line.contains(": impl ") {
            self.call_of_new(line);
        } else if let Some(head) = line.strip_prefix("pub ") {
            self.head(head);
        } else if let Some(name) = line.strip_prefix("impl ").and_then(|it| it.strip_suffix(" {")) {
            "impl".clone_into(&mut self.within);
            name.clone_into(&mut self.name);
        } else if line == "}" {
            self.end();
        } else if self.within == "enum" && line.starts_with(char::is_alphanumeric) {
            self.variants.push(line.to_owned());
        } else if self.within.ends_with("_enum") && line.ends_with('{') {
            self.add(&format!("let _ = {}::ALL;", self.name.clone()));
        } else if !["//", "#", "builder:", "additional:"].iter().any(|it| line.starts_with(it)) {
            self.part_of_entry(line);
        }
    }

    fn head(&mut self, head: &str) {
        let words: Vec<&str> = head.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        match (self.within.as_str(), words.as_slice()) {
            (_, ["const", name @ ("OPERATIONS" | "RETURN_CODES"), ..]) => {
                self.add(&format!("let _ = {name};"));
            }
            ("impl", ["const", constant, ..]) => {
                self.add(&format!("let _: {0} = {0}::{constant};", self.name.clone()));
            }
            (_, ["struct", name, ..]) => {
                (*name).clone_into(&mut self.name);
                self.traits();
            }
            (_, ["enum", name, ..]) => {
                "enum".clone_into(&mut self.within);
                (*name).clone_into(&mut self.name);
                self.traits();
            }
            _ => {}
        }
    }

    fn traits(&mut self) {
        let name = self.name.clone();
        for derive in std::mem::take(&mut self.derives) {
            self.add(&format!("fn is<T: {derive}>() {{}} is::<{name}>();"));
        }
    }

    /// `id: impl Into<i64>` of `new`, or `id: impl TryInto<i64, Error: ..>` where it checks.
    fn call_of_new(&mut self, argument: &str) {
        let name = self.name.clone();
        if let Some((_, rest)) = argument.split_once("impl TryInto<") {
            let (ty, _) = rest.split_once(", Error:").unwrap();
            let call = format!("{name}::new(make::<{ty}>())");
            self.add(&format!("let _: Result<{name}, rt::Invalid> = {call};"));
        } else if let Some((_, rest)) = argument.split_once("impl Into<") {
            let ty = rest.split(") -> ").next().unwrap().strip_suffix('>').unwrap();
            self.add(&format!("let _: {name} = {name}::new(make::<{ty}>());"));
        }
    }

    /// What a newtype does.
    fn behaviour(&mut self, line: &str) {
        let Some((name, rest)) = line.trim_start_matches("rt::").split_once("!(") else { return };
        let has_rule =
            rest.contains(", [") || rest.contains(", table") || rest.contains(", checked");
        let owner: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
        let inner = match name {
            "text" => "String",
            "integer" => "i64",
            _ => return,
        };
        if has_rule {
            self.add(&format!("let _ = {owner}::try_from(make::<{inner}>()).is_ok();"));
        } else {
            self.add(&format!("let _: {owner} = make::<{inner}>().into();"));
        }
        if name == "integer" {
            self.add(&format!(
                "let _ = {owner}::try_from(1_u8).is_ok() && {owner}::try_from(1_usize).is_ok();"
            ));
        }
        self.add(&format!("let _ = \"1\".parse::<{owner}>().is_ok();"));
        let method = if name == "text" { "as_str" } else { "get" };
        self.add(&format!(
            "let value = make::<{owner}>(); let _ = value.{method}(); let _ = value.to_string();"
        ));
    }

    /// An entry ends with a semicolon, on whichever line.
    fn part_of_entry(&mut self, line: &str) {
        let entry = std::mem::take(&mut self.entry);
        self.entry = if entry.is_empty() { line.to_owned() } else { format!("{entry} {line}") };
        if line.ends_with(';') {
            let entry = std::mem::take(&mut self.entry);
            self.entry(&entry);
        }
    }

    fn entry(&mut self, line: &str) {
        match self.within.as_str() {
            "received" => self.field(line),
            "sent" => self.property(line),
            "calls" => self.call(line),
            _ => {}
        }
    }

    fn field(&mut self, line: &str) {
        let Some((presence, rest)) = line.split_once(' ') else { return };
        let Some((field, rest)) = rest.split_once(": ") else { return };
        let Some((ty, _)) = rest.split_once(" as \"") else { return };
        let ty = if presence == "optional" { format!("Option<{ty}>") } else { ty.to_owned() };
        self.add(&format!(
            "let value = make::<{}>(); let _: &{ty} = &value.{field};",
            self.name.clone()
        ));
    }

    fn property(&mut self, line: &str) {
        let words: Vec<&str> = line.splitn(4, ' ').collect();
        let [presence, view, field, rest] = words.as_slice() else { return };
        let Some((ty, _)) = rest.split_once(" as \"") else { return };
        let (name, field) = (self.name.clone(), field.trim_end_matches(':'));
        let got = match *view {
            "copy" => ty.to_owned(),
            "str" => "&str".to_owned(),
            _ => format!("&{ty}"),
        };
        let got = if *presence == "optional" { format!("Option<{got}>") } else { got };
        self.add(&format!("let value = make::<{name}>(); let _: {got} = value.{field}();"));
        if *presence != "fixed" {
            self.add(&format!("let _ = {name}::builder().{field}(make::<{ty}>()).build();"));
        }
        if ty == "String" {
            self.add(&format!("let _ = {name}::builder().{field}(\"text\");"));
        }
    }

    fn call(&mut self, line: &str) {
        self.is_after_pages |= line == "pages;";
        let Some((method, rest)) = line.trim_start_matches("fn ").split_once('(') else { return };
        let rest = rest.trim_end_matches(';');
        if self.is_after_pages {
            return self.call_of_pages(method, rest);
        }
        let Some((request, reply)) = rest.split_once(") -> ") else { return };
        self.add(&format!(
            "async fn call(client: &rt::Client) {{ let _: Result<{reply}, rt::Error> = \
             Calls::{method}(client, &make::<{request}>()).await; }}"
        ));
    }

    /// `shops() of ListShops -> Shop`, or `parcels(ListParcelsBuilder) -> Parcel`.
    fn call_of_pages(&mut self, method: &str, rest: &str) {
        let Some((before, item)) = rest.split_once(" -> ") else { return };
        let builder = before.split(')').next().unwrap();
        let given =
            if builder.is_empty() { String::new() } else { format!(", make::<{builder}>()") };
        self.add(&format!(
            "let _: rt::Pages<{item}> = Calls::{method}(make::<&rt::Client>(){given});"
        ));
    }

    /// At the end of an enum, a `match` over it.
    fn end(&mut self) {
        let variants = std::mem::take(&mut self.variants);
        let name = self.name.clone();
        let mut arms = Vec::new();
        for variant in &variants {
            let (variant, is_around) = match variant.split_once('(') {
                Some((variant, _)) => (variant, "(_)"),
                None => (&**variant, ""),
            };
            arms.push(format!("{name}::{variant}{is_around} => {{}}"));
            if variant == "Unknown" {
                arms.push("_ => {}".to_owned());
            }
        }
        if !arms.is_empty() {
            self.add(&format!("match make::<{name}>() {{ {} }}", arms.join(", ")));
        }
    }
}
