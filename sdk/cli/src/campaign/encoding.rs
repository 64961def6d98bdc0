//! Which encoding a file is in: what its byte order mark says, UTF-8 if it is valid UTF-8, GB18030
//! if it is valid as that. Nothing is ever replaced by U+FFFD.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{DecoderResult, Encoding, GB18030, UTF_8};
use encoding_rs_io::{DecodeReaderBytes, DecodeReaderBytesBuilder};

use crate::language::say;

/// Bytes that are looked at in one go.
const CHUNK: usize = 64 * 1024;

/// A file's text, and the encoding that it was found to be in.
pub(crate) struct Decoded {
    /// The text, as UTF-8, without a byte order mark.
    pub(crate) text: DecodeReaderBytes<File, Vec<u8>>,
    /// The file that it is read from.
    pub(crate) file: File,
    /// The name of the encoding, such as `GB18030`.
    pub(crate) encoding: &'static str,
}

/// Opens a file as text.
///
/// # Errors
///
/// When it cannot be read, or is in none of the encodings.
pub(crate) fn open(path: &Path) -> io::Result<Decoded> {
    let encoding = detect(path)?;
    let file = File::open(path)?;
    let text = DecodeReaderBytesBuilder::new().encoding(Some(encoding)).build(file.try_clone()?);
    Ok(Decoded { text, file, encoding: encoding.name() })
}

fn detect(path: &Path) -> io::Result<&'static Encoding> {
    // It is read more than once: a pipe would be empty the second time.
    if !std::fs::metadata(path)?.is_file() {
        return Err(malformed(&say!("is not a regular file", "不是普通文件")));
    }
    let mut start = [0; 4];
    let length = File::open(path)?.read(&mut start)?;
    if let Some((encoding, _)) = Encoding::for_bom(&start[..length]) {
        let Some(Flaw { at, .. }) = first_flaw(path, encoding, true)? else { return Ok(encoding) };
        let name = encoding.name();
        return Err(malformed(&say!(
            "is not {name} from byte {at} on",
            "从第 {at} 字节起不是 {name}"
        )));
    }
    if matches!(&start[..length], b"PK\x03\x04" | b"\xd0\xcf\x11\xe0") {
        return Err(malformed(&say!(
            "is a workbook, not CSV: save it as \"CSV UTF-8\"",
            "是工作簿而不是 CSV：请另存为“CSV UTF-8”"
        )));
    }
    let Some(Flaw { at, is_null }) = first_flaw(path, UTF_8, false)? else { return Ok(UTF_8) };
    let null = if is_null { Some(at) } else { None };
    let null = match first_flaw(path, GB18030, false)? {
        None => return Ok(GB18030),
        Some(flaw) => null.or(flaw.is_null.then_some(flaw.at)),
    };
    Err(malformed(&match null {
        Some(at) => say!(
            "has a null character at byte {at}, as UTF-16 without a byte order mark has; save it as \
             \"CSV UTF-8\"",
            "第 {at} 字节是空字符，可能是没有字节顺序标记的 UTF-16；请另存为“CSV UTF-8”"
        ),
        None => say!(
            "is neither UTF-8 (from byte {at} on) nor GB18030; save it as \"CSV UTF-8\"",
            "既不是 UTF-8（自第 {at} 字节起），也不是 GB18030；请另存为“CSV UTF-8”"
        ),
    }))
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what.to_owned())
}

/// Why a file is in none of the encodings: from this byte on it is not, or there is a null character.
struct Flaw {
    /// Counted from 1, as lines are.
    at: u64,
    /// UTF-16 without its mark may be valid UTF-8 or GB18030, and has null characters in it.
    is_null: bool,
}

/// Where a file ceases to be in an encoding, or has a null character.
fn first_flaw(
    path: &Path,
    encoding: &'static Encoding,
    allows_null: bool,
) -> io::Result<Option<Flaw>> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut file = File::open(path)?;
    let (mut input, mut output) = (vec![0; CHUNK], vec![0; 4 * CHUNK]);
    let mut passed = 0;
    loop {
        let length = file.read(&mut input)?;
        let is_last = length == 0;
        let (result, read, _) =
            decoder.decode_to_utf8_without_replacement(&input[..length], &mut output, is_last);
        let null = input[..length].iter().position(|byte| *byte == 0 && !allows_null);
        let null = null.map(|before| passed + before as u64);
        let malformed = match result {
            // It may begin in the chunk before. Nothing is read beyond it where its place is told.
            DecoderResult::Malformed(length, _) => Some(passed + read as u64 - u64::from(length)),
            DecoderResult::InputEmpty | DecoderResult::OutputFull => None,
        };
        if let Some(before) = null.or(malformed) {
            return Ok(Some(Flaw { at: before + 1, is_null: null.is_some() }));
        }
        if is_last {
            return Ok(None);
        }
        passed += length as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> io::Result<(String, &'static str)> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(file.path(), bytes)?;
        let mut decoded = open(file.path())?;
        let mut text = String::new();
        decoded.text.read_to_string(&mut text)?;
        Ok((text, decoded.encoding))
    }

    #[test]
    fn utf_8_is_read_with_and_without_a_byte_order_mark() {
        let plain = ("门店,1".to_owned(), "UTF-8");
        assert_eq!(read("门店,1".as_bytes()).unwrap(), plain);
        assert_eq!(read("\u{feff}门店,1".as_bytes()).unwrap(), plain);
    }

    #[test]
    fn what_chinese_spreadsheets_save_is_read() {
        let (bytes, ..) = GB18030.encode("门店,10元代金券");
        assert_eq!(read(&bytes).unwrap(), ("门店,10元代金券".to_owned(), "gb18030"));
        let utf_16: Vec<u8> = "\u{feff}门店,1".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf_16).unwrap(), ("门店,1".to_owned(), "UTF-16LE"));
    }

    #[test]
    fn a_character_may_lie_across_two_chunks() {
        let text = "x".repeat(CHUNK - 1) + "门店";
        assert_eq!(read(text.as_bytes()).unwrap(), (text, "UTF-8"));
    }

    #[test]
    fn utf_16_without_its_mark_is_refused() {
        // The second is no UTF-8 before its first null character comes.
        for (text, at) in [("shop_id,1", 2), ("店,1", 4)] {
            let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let refused = read(&bytes).unwrap_err().to_string();
            assert!(
                refused.starts_with(&format!("has a null character at byte {at}, ")),
                "{refused}"
            );
            assert!(refused.ends_with("has; save it as \"CSV UTF-8\""), "{refused}");
        }
    }

    #[test]
    fn a_workbook_is_refused_as_one() {
        for start in [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"] {
            let refused = read(&[&start[..], &[0; 20]].concat()).unwrap_err();
            assert_eq!(refused.to_string(), "is a workbook, not CSV: save it as \"CSV UTF-8\"");
        }
    }

    #[test]
    fn what_is_no_file_is_refused() {
        let refused = open(Path::new("/")).err().unwrap();
        assert_eq!(refused.to_string(), "is not a regular file");
    }

    #[test]
    fn what_is_in_no_encoding_is_refused_with_the_place() {
        for (length, at) in [(8, "9"), (CHUNK + 1, "65538")] {
            let refused = read(&[&b"x".repeat(length)[..], b"\xff\xff\xff"].concat()).unwrap_err();
            let expected = format!(
                "is neither UTF-8 (from byte {at} on) nor GB18030; save it as \"CSV UTF-8\""
            );
            assert_eq!(refused.to_string(), expected);
        }
    }

    #[test]
    fn what_is_not_in_the_encoding_of_its_mark_is_refused_with_the_place() {
        for (bytes, name, at) in [
            (&b"\xef\xbb\xbf\xe5\xba,1"[..], "UTF-8", 4),
            (b"\xff\xfe,\0\0\xd8A\0", "UTF-16LE", 5),
            (b"\xfe\xff\0,\xd8\0\0A", "UTF-16BE", 5),
        ] {
            let refused = read(bytes).unwrap_err().to_string();
            assert_eq!(refused, format!("is not {name} from byte {at} on"));
        }
    }
}
