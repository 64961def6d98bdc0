//! From the text of a cell to a JSON value, without guessing: ids keep their digits, a spreadsheet's
//! `4.29E+05` is refused.

use serde_json::Value;

use crate::descriptions::Kind;

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
    let was_trimmed = kind != Kind::Text && trimmed.len() != cell.len();
    if trimmed.is_empty() {
        return Ok(CellValue { value: None, was_trimmed: false });
    }
    let value = match kind {
        Kind::Text => Value::from(cell),
        Kind::Id => Value::from(id(trimmed)?),
        Kind::Integer => Value::from(integer(trimmed)?),
        Kind::Time => Value::from(time(trimmed)?),
        Kind::Boolean => Value::from(boolean(trimmed)?),
        Kind::Json => {
            serde_json::from_str(trimmed).map_err(|error| format!("is not JSON: {error}"))?
        }
    };
    Ok(CellValue { value: Some(value), was_trimmed })
}

fn boolean(text: &str) -> Result<bool, String> {
    match text.to_ascii_lowercase().as_str() {
        "true" | "yes" | "1" => Ok(true),
        "false" | "no" | "0" => Ok(false),
        _ => Err(format!("`{text}` is neither true nor false")),
    }
}

fn id(text: &str) -> Result<&str, String> {
    match text.chars().find(|character| character.is_whitespace() || is_invisible(*character)) {
        Some(character) => Err(format!(
            "has the invisible character U+{:04X} in it: type the id anew",
            u32::from(character)
        )),
        None => Ok(text),
    }
}

/// Characters that take no room, which copying from web pages brings along.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

fn integer(text: &str) -> Result<i64, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.parse().map_err(|_| format!("`{text}` is too large"));
    }
    if text.parse::<f64>().is_ok() && text.contains(['e', 'E']) {
        return Err(format!(
            "`{text}` is how a spreadsheet shortens numbers, its last digits are lost: format the \
             column as text, and enter the number again"
        ));
    }
    if text.chars().any(|character| character.is_numeric() && !character.is_ascii()) {
        return Err(format!("`{text}` has full-width digits: use 0 to 9"));
    }
    Err(format!("`{text}` is not a whole number"))
}

fn time(text: &str) -> Result<i64, String> {
    if let Ok(seconds) = integer(text) {
        return Ok(seconds);
    }
    let time: jiff::Timestamp = text.parse().map_err(|_| {
        format!("`{text}` is neither Unix seconds nor a time such as 2026-12-01T08:00:00+08:00")
    })?;
    Ok(time.as_second())
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
        let refused = value(Kind::Integer, "4.29E+05").unwrap_err();
        assert!(
            refused.starts_with("`4.29E+05` is how a spreadsheet shortens numbers"),
            "{refused}"
        );
        assert_eq!(value(Kind::Integer, "1.5"), Err("`1.5` is not a whole number".to_owned()));
        assert_eq!(
            value(Kind::Integer, "４２"),
            Err("`４２` has full-width digits: use 0 to 9".to_owned())
        );
    }

    #[test]
    fn spaces_around_an_id_are_taken_off_and_told() {
        let cell = read(Kind::Id, "\u{a0}pBnT\u{3000}").unwrap();
        assert_eq!(cell, CellValue { value: Some("pBnT".into()), was_trimmed: true });
        let refused = value(Kind::Id, "pB\u{200b}nT").unwrap_err();
        assert_eq!(refused, "has the invisible character U+200B in it: type the id anew");
    }

    #[test]
    fn text_stays_as_it_is_and_blank_cells_say_nothing() {
        assert_eq!(value(Kind::Text, " 10元 "), Ok(" 10元 ".into()));
        assert_eq!(read(Kind::Text, "  ").unwrap().value, None);
        assert_eq!(read(Kind::Integer, "").unwrap().value, None);
    }

    #[test]
    fn times_are_seconds_or_rfc_3339() {
        assert_eq!(value(Kind::Time, "1457280000"), Ok(1_457_280_000.into()));
        assert_eq!(value(Kind::Time, "2016-03-07T00:00:00+08:00"), Ok(1_457_280_000.into()));
        let refused = value(Kind::Time, "2016-03-07").unwrap_err();
        assert!(refused.contains("neither Unix seconds nor a time"), "{refused}");
    }
}
