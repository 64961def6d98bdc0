//! Every `$ref`, and the schema that it leads to.
//!
//! ```text
//! set.json: { "$ref": "common.json#/$defs/ShopId" }
//!
//! set.json /$ref leads to common.json /$defs/ShopId
//! ```

use std::collections::{HashMap, HashSet};

use crate::diagnostics::{Place, Reported, Reporter};
use crate::schema::{Descriptions, Holds, Keyword, Located};
use crate::source::{Entry, File, Node, Object, Sources, Value};

/// Where every `$ref` leads.
#[derive(Debug, Default)]
pub(crate) struct References<'a> {
    /// By file and pointer of the `$ref`.
    targets: HashMap<(String, String), Result<Located<'a>, Reported>>,
    /// In the order in which they were met: where each `$ref` stands, and the schema's place.
    pub(crate) places: Vec<(Place, Option<Place>)>,
}

impl<'a> References<'a> {
    /// Where the `$ref` leads.
    pub(crate) fn target(&self, reference: &Located<'a>) -> Result<Located<'a>, Reported> {
        self.known_target(reference).unwrap_or_else(|| {
            reference
                .error("stands where no `$ref` is followed")
                .help("write the schema here in its place")
                .fail()
        })
    }

    /// Where the `$ref` leads, if it was followed.
    pub(crate) fn known_target(
        &self,
        reference: &Located<'a>,
    ) -> Option<Result<Located<'a>, Reported>> {
        self.targets.get(&reference.identity()).cloned()
    }
}

/// Finds where every `$ref` leads, in the schemas of the descriptions and in those that they lead
/// to.
pub(crate) fn resolve<'a>(
    sources: &'a Sources,
    descriptions: &Descriptions<'a>,
    reporter: &'a Reporter,
) -> References<'a> {
    let mut walk = Walk {
        sources,
        references: References::default(),
        left: descriptions.documents.clone(),
        seen: HashSet::new(),
        reporter,
    };
    for endpoint in &descriptions.endpoints {
        walk.left.extend(endpoint.request.iter().chain(&endpoint.response).cloned());
    }
    for definitions in &descriptions.definitions {
        walk.held(definitions, Holds::SchemaMap);
    }
    while let Some(schema) = walk.left.pop() {
        walk.schema(&schema);
    }
    walk.references
}

struct Walk<'a> {
    sources: &'a Sources,
    references: References<'a>,
    /// The schemas that are still to be walked.
    left: Vec<Located<'a>>,
    seen: HashSet<(String, String)>,
    reporter: &'a Reporter,
}

impl<'a> Walk<'a> {
    fn schema(&mut self, located: &Located<'a>) {
        let Value::Object(object) = &located.node.value else { return };
        if !self.seen.insert(located.identity()) {
            return;
        }
        for entry in &object.entries {
            let below = located.below(&entry.key, &entry.node);
            if entry.key == "$ref" {
                self.reference(&below);
            } else if let Some(keyword) = Keyword::of_schema(&entry.key) {
                self.held(&below, keyword.info().holds);
            }
        }
    }

    fn held(&mut self, located: &Located<'a>, holds: Holds) {
        match (holds, &located.node.value) {
            // Before JSON Schema 2020-12, `items` could be an array.
            (Holds::Schemas | Holds::Schema, Value::Array(items)) => {
                let located =
                    |(index, node): (usize, &'a Node)| located.below(&index.to_string(), node);
                self.left.extend(items.iter().enumerate().map(located));
            }
            (Holds::Schema, _) => self.left.push(located.clone()),
            (Holds::SchemaMap, Value::Object(object)) => {
                let located = |entry: &'a Entry| located.below(&entry.key, &entry.node);
                self.left.extend(object.entries.iter().map(located));
            }
            // Whoever reads the keyword reports that it holds something else.
            _ => {}
        }
    }

    fn reference(&mut self, located: &Located<'a>) {
        let target = self.target(located);
        let place = target.as_ref().ok().map(|target| target.place.clone());
        self.references.places.push((located.place.clone(), place));
        self.references.targets.insert(located.identity(), target.clone());
        self.left.extend(target.ok());
    }

    fn target(&mut self, located: &Located<'a>) -> Result<Located<'a>, Reported> {
        let text = located.text()?;
        let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
        let is_own = !path.is_empty() && own_id(located.file) == Some(path);
        if !is_own && path.contains(':') {
            return located
                .error(format!("`{path}` is somewhere else"))
                .help("nothing is fetched: put a copy into this folder and refer to that")
                .fail();
        }
        let file = if is_own { located.file } else { self.file(located, path)? };
        let mut target = Located::root(file, self.reporter);
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return anchor(located, &target, fragment);
        }
        for step in pointer_steps(fragment) {
            target = self::step(located, &target, &step)?;
        }
        Ok(target)
    }

    fn file(&self, located: &Located<'a>, path: &str) -> Result<&'a File, Reported> {
        if path.is_empty() {
            return Ok(located.file);
        }
        let wanted = joined(&located.file.path, path);
        let file = self.sources.files.iter().find(|file| Some(&file.path) == wanted.as_ref());
        if let Some(file) = file {
            return Ok(file);
        }
        if let Some(reported) = wanted.and_then(|wanted| self.sources.broken(&wanted)) {
            return Err(reported);
        }
        let files = a_few(self.sources.files.iter().map(|file| &*file.path));
        located
            .error(format!("there is no file `{path}` beside `{}`", located.file.path))
            .help(format!("the files are {files}"))
            .fail()
    }
}

/// The schema that bears an `$anchor`.
fn anchor<'a>(
    located: &Located<'a>,
    file: &Located<'a>,
    name: &str,
) -> Result<Located<'a>, Reported> {
    find_anchor(file, name).map_or_else(
        || {
            located
                .error(format!("leads nowhere: no `$anchor` is `{name}`"))
                .help("a place within a file is written as in `#/$defs/Name`")
                .fail()
        },
        Ok,
    )
}

/// One step of a JSON pointer.
fn step<'a>(
    located: &Located<'a>,
    from: &Located<'a>,
    step: &str,
) -> Result<Located<'a>, Reported> {
    let next = match &from.node.value {
        Value::Object(object) => object.get(step),
        Value::Array(items) => step.parse::<usize>().ok().and_then(|index| items.get(index)),
        _ => None,
    };
    if let Some(next) = next {
        return Ok(from.below(step, next));
    }
    let error = located.error(format!("leads nowhere: there is no `{step}`"));
    if let Value::Object(object) = &from.node.value {
        let names = a_few(object.entries.iter().map(|entry| &*entry.key));
        error.help(format!("what is there: {names}"));
    }
    error.fail()
}

fn find_anchor<'a>(located: &Located<'a>, name: &str) -> Option<Located<'a>> {
    match &located.node.value {
        Value::Object(object) => {
            let is_it = is_anchored(object, name);
            if is_it {
                return Some(located.clone());
            }
            object
                .entries
                .iter()
                .find_map(|entry| find_anchor(&located.below(&entry.key, &entry.node), name))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, node)| {
                find_anchor(&located.below(&index.to_string(), node), name)
            })
        }
        _ => None,
    }
}

/// Whether an object bears an anchor: in `$anchor`, or in `$id` as before JSON Schema 2019-09.
fn is_anchored(object: &Object, name: &str) -> bool {
    let says = |keyword: &str| match object.get(keyword).map(|node| &node.value) {
        Some(Value::String(text)) => Some(text.as_str()),
        _ => None,
    };
    says("$anchor") == Some(name) || says("$id").and_then(|id| id.strip_prefix('#')) == Some(name)
}

/// What a file calls itself: `$ref`s by that name stay within it.
fn own_id(file: &File) -> Option<&str> {
    match file.root.at("/$id").map(|node| &node.value) {
        Some(Value::String(id)) => Some(id.trim_end_matches('#')),
        _ => None,
    }
}

/// The steps of a JSON pointer that stands in a URL's fragment.
fn pointer_steps(fragment: &str) -> Vec<String> {
    if fragment.is_empty() {
        return Vec::new();
    }
    let steps = fragment.strip_prefix('/').unwrap_or(fragment);
    let unescaped = |step: &str| percent_decoded(step).replace("~1", "/").replace("~0", "~");
    steps.split('/').map(unescaped).collect()
}

/// Undoes a URL's percent escapes; what is none stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = if *first == b'%' { tail.get(..2).and_then(hex_byte) } else { None };
        bytes.push(escape.unwrap_or(*first));
        rest = if escape.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex_byte(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The path of a file named relative to another; `None` if that leaves the folder.
fn joined(base: &str, path: &str) -> Option<String> {
    let mut steps: Vec<&str> = base.split('/').collect();
    steps.pop();
    for step in path.split('/') {
        match step {
            "." => {}
            ".." => drop(steps.pop()?),
            _ => steps.push(step),
        }
    }
    Some(steps.join("/"))
}

/// The first of some names, and how many more there are.
fn a_few<'n>(mut names: impl Iterator<Item = &'n str>) -> String {
    const FEW: usize = 12;
    let shown: Vec<String> = names.by_ref().take(FEW).map(|name| format!("`{name}`")).collect();
    match names.count() {
        0 => shown.join(", "),
        more => format!("{}, and {more} more", shown.join(", ")),
    }
}
