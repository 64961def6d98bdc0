//! Files of JSON as text. On Windows they often begin with a byte order mark, and what a shell has written
//! there is UTF-16.

use std::io;

use crate::language::say;

/// A text in UTF-8, or in what its byte order mark says.
///
/// # Errors
///
/// When it is neither.
pub(crate) fn decoded(bytes: &[u8]) -> io::Result<String> {
    match encoding_rs::UTF_8.decode(bytes) {
        (text, _, false) => Ok(text.into_owned()),
        (_, encoding, true) => {
            let name = encoding.name();
            let message = say!("is not {name}", "不是 {name}");
            Err(io::Error::new(io::ErrorKind::InvalidData, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_says_what_a_text_is_in_and_belongs_to_no_text() {
        let utf16: Vec<u8> = "\u{feff}{店}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in ["{店}".as_bytes(), "\u{feff}{店}".as_bytes(), &utf16] {
            assert_eq!(decoded(bytes).unwrap(), "{店}");
        }
        for (bytes, encoding) in [(b"\xb5\xea".as_slice(), "UTF-8"), (&utf16[..5], "UTF-16LE")] {
            assert_eq!(decoded(bytes).unwrap_err().to_string(), format!("is not {encoding}"));
        }
    }
}
