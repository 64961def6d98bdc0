//! From the text of a cell to a JSON value, without guessing: ids keep their digits, a spreadsheet's
//! `4.29E+05` is refused.

use serde_json::Value;

use crate::descriptions::Kind;
use crate::language::say;

/// A cell's value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CellValue {
    /// The value; `None` where the cell is blank.
    pub(crate) value: Option<Value>,
    /// Whether spaces around it were taken off.
    pub(crate) was_trimmed: bool,
}

/// Reads a cell.
///
/// # Errors
///
/// What is wrong with it.
pub(crate) fn read(kind: Kind, cell: &str) -> Result<CellValue, String> {
    let trimmed = cell.trim();
    if trimmed.is_empty() {
        return Ok(CellValue { value: None, was_trimmed: false });
    }
    if cell.contains('\u{fffd}') {
        return Err(say!(
            "has U+FFFD in it, which stands for a character that was lost: export the file anew",
            "含有 U+FFFD，说明有字符已丢失：请重新导出文件"
        ));
    }
    let value = match kind {
        Kind::Text => Value::from(text(restored(cell))?),
        Kind::Id => Value::from(id(trimmed)?),
        Kind::Integer => Value::from(integer(trimmed)?),
        Kind::Time => Value::from(time(trimmed)?),
        Kind::Boolean => Value::from(boolean(trimmed)?),
        Kind::Json => json(trimmed)?,
    };
    let was_trimmed = kind != Kind::Text && trimmed.len() != cell.len();
    Ok(CellValue { value: Some(value), was_trimmed })
}

/// Takes off the apostrophe that reports put before text which a spreadsheet would take for a
/// formula.
fn restored(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'');
    rest.filter(|rest| rest.starts_with(['=', '+', '-', '@', '\t'])).unwrap_or(cell)
}

/// What no request can say: the service takes no escapes such as `\u0001`.
fn text(cell: &str) -> Result<&str, String> {
    match cell.chars().find(|character| *character < ' ' && !character.is_whitespace()) {
        None => Ok(cell),
        Some(character) => {
            let code = u32::from(character);
            Err(say!(
                "has the control character U+{code:04X} in it, which the service refuses: leave it out",
                "含有控制字符 U+{code:04X}，服务会拒绝：请删除"
            ))
        }
    }
}

fn boolean(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(say!("`{text}` is neither true nor false", "`{text}` 既不是 true 也不是 false")),
    }
}

fn id(text: &str) -> Result<&str, String> {
    if is_shortened(text) {
        return Err(shortened(text));
    }
    for character in text.chars() {
        let code = u32::from(character);
        if character.is_whitespace() || is_invisible(character) {
            return Err(say!(
                "has the invisible character U+{code:04X} in it: type the id anew",
                "含有不可见字符 U+{code:04X}：请重新输入"
            ));
        }
        if is_full_width(character) {
            return Err(say!(
                "has the full-width character `{character}` in it: use half-width letters and digits",
                "含有全角字符 `{character}`：请改用半角"
            ));
        }
    }
    Ok(text)
}

/// Characters that take no room, which copying from web pages brings along.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// The forms of ASCII that Chinese input methods write.
fn is_full_width(character: char) -> bool {
    matches!(character, '\u{ff01}'..='\u{ff5e}')
}

/// Whether it is how spreadsheets write numbers that are too long for a cell.
fn is_shortened(text: &str) -> bool {
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || first == '-');
    is_number && text.contains(['e', 'E']) && text.parse::<f64>().is_ok()
}

fn shortened(text: &str) -> String {
    say!(
        "`{text}` is how a spreadsheet shortens numbers, its last digits are lost: format the \
         column as text, and enter the number again",
        "`{text}` 是电子表格缩写的数字，末尾数字已丢失：请把该列设为文本格式并重新输入"
    )
}

fn integer(text: &str) -> Result<i64, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_err(|_| say!("`{text}` is too large", "`{text}` 过大"));
    }
    if is_shortened(text) {
        return Err(shortened(text));
    }
    if text.chars().any(|character| character.is_numeric() && !character.is_ascii()) {
        return Err(say!(
            "`{text}` has full-width digits: use 0 to 9",
            "`{text}` 含有全角数字：请使用 0 到 9"
        ));
    }
    Err(say!("`{text}` is not a whole number", "`{text}` 不是整数"))
}

fn time(text: &str) -> Result<i64, String> {
    if let Ok(seconds) = integer(text) {
        return Ok(seconds);
    }
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        say!(
            "`{text}` is neither Unix seconds nor a time such as 2026-12-01T08:00:00+08:00",
            "`{text}` 既不是 Unix 秒数，也不是 2026-12-01T08:00:00+08:00 这样的时间"
        )
    })?;
    Ok(time.as_second())
}

/// A value of JSON.
pub(crate) fn json(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| say!("is not JSON: {error}", "不是 JSON：{error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(kind: Kind, cell: &str) -> Result<Value, String> {
        read(kind, cell).map(|cell| cell.value.unwrap_or_default())
    }

    #[test]
    fn numbers_keep_all_their_digits() {
        assert_eq!(value(Kind::Integer, "9007199254740993"), Ok(9_007_199_254_740_993_i64.into()));
        assert_eq!(value(Kind::Integer, "-1"), Ok((-1).into()));
        assert_eq!(value(Kind::Integer, "007"), Ok(7.into()));
    }

    #[test]
    fn what_a_spreadsheet_has_shortened_is_refused() {
        for shortened in ["4.29E+05", "-4.29e+05", "0E0"] {
            let refused = value(Kind::Integer, shortened).unwrap_err();
            let start = format!("`{shortened}` is how a spreadsheet shortens numbers");
            assert!(refused.starts_with(&start), "{refused}");
        }
        for other in [".5e3", "e5", "+1e5"] {
            let refused = format!("`{other}` is not a whole number");
            assert_eq!(value(Kind::Integer, other), Err(refused));
        }
        assert_eq!(value(Kind::Integer, "1.5"), Err("`1.5` is not a whole number".to_owned()));
        for wide in ["４２", "4２"] {
            let refused = format!("`{wide}` has full-width digits: use 0 to 9");
            assert_eq!(value(Kind::Integer, wide), Err(refused));
        }
    }

    #[test]
    fn spaces_around_an_id_are_taken_off_and_reported() {
        let cell = read(Kind::Id, "\u{a0}pBnT\u{3000}").unwrap();
        assert_eq!(cell, CellValue { value: Some("pBnT".into()), was_trimmed: true });
        let refused = value(Kind::Id, "pB\u{200b}nT").unwrap_err();
        assert_eq!(refused, "has the invisible character U+200B in it: type the id anew");
        let refused = value(Kind::Id, "pB４T").unwrap_err();
        assert!(refused.starts_with("has the full-width character `４`"), "{refused}");
        let refused = value(Kind::Id, "8.96529E+19").unwrap_err();
        assert!(refused.contains("shortens numbers"), "{refused}");
    }

    #[test]
    fn an_id_of_digits_keeps_its_zeros_and_its_length() {
        for id in ["007", "9007199254740993", "00000000000000000000001", "pe5E"] {
            assert_eq!(value(Kind::Id, id), Ok(id.into()));
        }
    }

    #[test]
    fn text_that_a_report_has_made_harmless_is_read_as_it_was() {
        for harmful in ["=10元", "+10元", "-10元", "@10元", "\t10元"] {
            assert_eq!(value(Kind::Text, &format!("'{harmful}")), Ok(harmful.into()));
        }
        assert_eq!(value(Kind::Text, "'10元'"), Ok("'10元'".into()));
    }

    #[test]
    fn truth_and_json_are_read_as_people_write_them() {
        for (cell, flag) in [("TRUE", true), ("Yes", true), ("1", true), ("false", false)] {
            assert_eq!(value(Kind::Boolean, cell), Ok(flag.into()), "{cell}");
        }
        assert_eq!(
            [" no ", "0"].map(|cell| value(Kind::Boolean, cell)),
            [Ok(false.into()), Ok(false.into())]
        );
        let refused = "`2` is neither true nor false".to_owned();
        assert_eq!(value(Kind::Boolean, "2"), Err(refused));
        assert_eq!(value(Kind::Json, "[1]"), Ok(serde_json::json!([1])));
        let refused = "is not JSON: EOF while parsing a list at line 1 column 1".to_owned();
        assert_eq!(value(Kind::Json, "["), Err(refused));
    }

    #[test]
    fn a_character_that_was_lost_is_sent_nowhere() {
        let refused = value(Kind::Text, "10\u{fffd}").unwrap_err();
        assert!(refused.starts_with("has U+FFFD in it"), "{refused}");
        let refused = value(Kind::Text, "10\u{1b}元").unwrap_err();
        assert!(refused.starts_with("has the control character U+001B in it"), "{refused}");
        assert_eq!(value(Kind::Text, "10\n元"), Ok("10\n元".into()));
    }

    #[test]
    fn text_stays_as_it_is_and_blank_cells_say_nothing() {
        let text = CellValue { value: Some(" 10元 ".into()), was_trimmed: false };
        assert_eq!(read(Kind::Text, " 10元 ").unwrap(), text);
        for (kind, blank) in [(Kind::Text, "  "), (Kind::Integer, ""), (Kind::Id, "\u{3000}")] {
            let nothing = CellValue { value: None, was_trimmed: false };
            assert_eq!(read(kind, blank).unwrap(), nothing);
        }
    }

    #[test]
    fn times_are_seconds_or_rfc_3339() {
        assert_eq!(value(Kind::Time, "1457280000"), Ok(1_457_280_000.into()));
        assert_eq!(value(Kind::Time, "2016-03-07T00:00:00+08:00"), Ok(1_457_280_000.into()));
        let refused = value(Kind::Time, "2016-03-07").unwrap_err();
        assert!(refused.contains("neither Unix seconds nor a time"), "{refused}");
    }
}
