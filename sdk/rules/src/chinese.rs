//! The messages of violations in Chinese: a template for each English message, with gaps for values.
//!
//! ```text
//! must have at most 18 characters, has 19    ->    最多 18 个字符，现有 19
//! ```

use crate::violation::Violation;

/// The messages. `{}` is a gap. Of two that begin alike, the longer comes first. The last ones are messages of the
/// SDK, which builds and sends values.
const TEMPLATES: &[(&str, &str)] = &[
    ("must be at least {}, is {}", "不得小于 {}，现为 {}"),
    ("must be above {}, is {}", "必须大于 {}，现为 {}"),
    ("must be at most {}, is {}", "不得大于 {}，现为 {}"),
    ("must be below {}, is {}", "必须小于 {}，现为 {}"),
    ("must be a multiple of {}, is {}", "必须是 {} 的倍数，现为 {}"),
    (
        "must have at least {} {} that {} valid against the schema under `contains`, has {}",
        "至少要有 {} {}符合 `contains` 下的模式{}，现有 {}",
    ),
    (
        "must have at most {} {} that {} valid against the schema under `contains`, has {}",
        "最多有 {} {}符合 `contains` 下的模式{}，现有 {}",
    ),
    ("must have at least {} {}, has {}", "至少 {} {}，现有 {}"),
    ("must have at most {} {}, has {}", "最多 {} {}，现有 {}"),
    ("must match the pattern `{}`", "必须匹配正则表达式 `{}`"),
    ("must be of the format `{}`", "必须符合格式 `{}`"),
    (
        "must not repeat an item, and item {} equals item {}",
        "不得有重复项，而序号 {} 与序号 {} 的项相同",
    ),
    ("has a name that is not valid: {}", "有无效的属性名：{}"),
    ("must have the property `{}`", "必须有属性 `{}`"),
    ("has `{}`, so it must have `{}`", "有 `{}`，因此必须有 `{}`"),
    (
        "must be valid against exactly one of the schemas under `oneOf`, is valid against {}",
        "必须恰好符合 `oneOf` 下的一个模式，却符合 {} 个",
    ),
    ("must not be valid against the schema under `not`", "不得符合 `not` 下的模式"),
    ("must have `{}` <= `{}`, has {} and {}", "`{}` 不得大于 `{}`，现为 {} 与 {}"),
    ("must have `{}` < `{}`, has {} and {}", "`{}` 必须小于 `{}`，现为 {} 与 {}"),
    ("must have `{}` <= `{}`", "`{}` 不得大于 `{}`"),
    ("must have `{}` < `{}`", "`{}` 必须小于 `{}`"),
    (
        "cannot be checked: its schema refers to itself without end",
        "无法检查：它的模式没有止境地引用自身",
    ),
    ("cannot be checked: its schemas are nested too deep", "无法检查：它的模式嵌套过深"),
    ("cannot be valid: `{}` is empty", "不可能有效：`{}` 为空"),
    ("is not allowed", "不允许"),
    ("is nested deeper than {} levels", "嵌套超过 {} 层"),
    ("must have a `{}` that is one of {}", "`{}` 必须是以下之一：{}"),
    ("must be a number that JSON can write, is {}", "必须是 JSON 能够表示的数字，现为 {}"),
    ("must be a whole number in digits", "必须是用数字书写的整数"),
    ("must be one of {}, is {}", "必须是以下之一：{}，现为 {}"),
    ("must be one of {} and {} more", "必须是以下之一：{}，另有 {} 个"),
    ("must be one of {}", "必须是以下之一：{}"),
    ("must be {} in digits alone, is {}", "必须是只用数字书写的{}，现为{}"),
    ("must be {}, is {}", "必须是{}，现为{}"),
    ("must be {}", "必须是{}"),
    ("is required, and was not set", "必填，但没有设置"),
    (
        "is a property of its own, and belongs in its own field",
        "是单独的属性，应放在它自己的字段里",
    ),
    ("is out of this property's integer range", "超出该属性的整数范围"),
    ("is out of chrono's range", "超出 chrono 的范围"),
    (
        "{}holds the control character {}, which JSON can write as an escape only and the service \
         refuses as one (40033): leave it out",
        "{}含有控制字符 {}，JSON 只能把它写成转义，而服务拒绝这种转义（40033）：请去掉它",
    ),
];

/// Words that may fill a gap.
const WORDS: &[(&str, &str)] = &[
    ("character", "个字符"),
    ("characters", "个字符"),
    ("item", "项"),
    ("items", "项"),
    ("property", "个属性"),
    ("properties", "个属性"),
    ("is", ""),
    ("are", ""),
    ("has a name that ", "有一个属性名"),
    ("null", " null"),
    ("a boolean", "布尔值"),
    ("an integer", "整数"),
    ("a number", "数字"),
    ("a string", "字符串"),
    ("an array", "数组"),
    ("an object", "对象"),
];

impl Violation {
    /// The place and the message in Chinese. A message without a template stays English.
    pub fn in_chinese(&self) -> String {
        let message = match self.closest() {
            Some(branch) => format!(
                "必须符合 `{}` 下的一个模式；其中最接近的第 {} 个还缺：{}",
                self.keyword,
                branch.index + 1,
                all_in_chinese(&branch.violations)
            ),
            None => translated(&self.message).unwrap_or_else(|| self.message.clone()),
        };
        if self.pointer.is_empty() { message } else { format!("{} {message}", self.pointer) }
    }
}

/// Several violations as one text.
pub fn all_in_chinese(violations: &[Violation]) -> String {
    let mut text = String::new();
    for (index, violation) in violations.iter().enumerate() {
        text.push_str(if index == 0 { "" } else { "；" });
        text.push_str(&violation.in_chinese());
    }
    text
}

/// A message by its template, if there is one.
fn translated(message: &str) -> Option<String> {
    TEMPLATES.iter().find_map(|(english, chinese)| {
        let gaps = gaps(english, message)?;
        Some(filled(chinese, &gaps))
    })
}

/// The values in the gaps of a template, if the message has its form.
fn gaps<'m>(template: &str, message: &'m str) -> Option<Vec<&'m str>> {
    let mut parts = template.split("{}");
    let mut rest = message.strip_prefix(parts.next()?)?;
    let mut gaps = Vec::new();
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let end = if is_last { rest.len().checked_sub(part.len())? } else { find(part, rest)? };
        let (gap, after) = rest.split_at_checked(end)?;
        gaps.push(gap);
        rest = after.strip_prefix(part)?;
    }
    rest.is_empty().then_some(gaps)
}

/// Where a part of a message begins, outside of JSON strings: these are data.
fn find(part: &str, message: &str) -> Option<usize> {
    let (mut is_in_string, mut is_escaped) = (false, false);
    for (at, c) in message.char_indices() {
        if !is_in_string && message[at..].starts_with(part) {
            return Some(at);
        }
        is_in_string ^= c == '"' && !is_escaped;
        is_escaped = is_in_string && c == '\\' && !is_escaped;
    }
    // A property's name or a number between backticks may have a quote of its own.
    message.find(part)
}

/// Fills the gaps of a template. Text between backticks is data, and stays as it is.
fn filled(template: &str, gaps: &[&str]) -> String {
    let mut parts = template.split("{}");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (part, gap) in parts.zip(gaps) {
        if text.ends_with('`') {
            text.push_str(gap)
        } else {
            text.push_str(&word(gap))
        }
        text.push_str(part);
    }
    text
}

/// Translates a word, a list of words, or a message within the message. Anything else is data.
fn word(text: &str) -> String {
    let known = |text: &str| WORDS.iter().find(|(english, _)| *english == text).map(|it| it.1);
    let words = text.split(", ").flat_map(|words| words.split(" or "));
    if let Some(words) = words.map(known).collect::<Option<Vec<&str>>>() {
        return words.join("或");
    }
    translated(text).unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use crate::violation::Violation;

    #[test]
    fn several_violations_are_one_text() {
        let wrong = ["is not allowed", "must be null"];
        let wrong = wrong.map(|message| Violation::new("/a".to_owned(), "x", message));
        assert_eq!(super::all_in_chinese(&wrong), "/a 不允许；/a 必须是 null");
    }

    #[test]
    fn what_the_closest_branch_lacks_is_reported_in_chinese() {
        let lacks = |message: &str| vec![Violation::new("/a".to_owned(), "x", message)];
        let branches = vec![lacks("must have the property `b`"), lacks("is not allowed")];
        let violation = Violation::of_branches("/a".to_owned(), "anyOf", branches);
        assert_eq!(
            violation.in_chinese(),
            "/a 必须符合 `anyOf` 下的一个模式；其中最接近的第 1 个还缺：/a 必须有属性 `b`"
        );
    }

    #[test]
    fn what_stands_in_gaps_is_kept_or_translated() {
        let chinese = |message: &str| Violation::new(String::new(), "x", message).in_chinese();
        assert_eq!(
            chinese("must be null, a string or an array, is 5"),
            "必须是 null或字符串或数组，现为5"
        );
        assert_eq!(
            chinese("must match the pattern `must be {}`"),
            "必须匹配正则表达式 `must be {}`"
        );
        assert_eq!(
            chinese("has a name that is not valid: is not allowed"),
            "有无效的属性名：不允许"
        );
        assert_eq!(chinese("is new here"), "is new here");
        assert_eq!(chinese("must be 5x"), "必须是5x");
        assert_eq!(
            chinese(r#"must be one of "a, is \"b\" and 2 more", 5, is "c""#),
            r#"必须是以下之一："a, is \"b\" and 2 more", 5，现为 "c""#
        );
        assert_eq!(chinese(r#"must be "is", is an object"#), r#"必须是"is"，现为对象"#);
    }

    #[test]
    fn each_template_is_its_own_and_says_nothing_in_english() {
        for (english, chinese) in super::TEMPLATES {
            let filled = chinese.replace("{}", "7");
            assert_eq!(super::translated(&english.replace("{}", "7")).as_ref(), Some(&filled));
            let words = filled.split('`').step_by(2).collect::<String>();
            let words = words.replace("JSON", "").replace("chrono", "");
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{chinese}");
        }
    }
}
