//! Writing to what fails: nothing that follows a failure hides it.

use std::io::{Error, Result, Write};

use serde::Serialize;

use crate::cases::{object_counts, required_one};

/// Refuses one write of all, and takes the rest.
struct RefusesOne {
    taken_before: usize,
    writes: usize,
}

impl Write for RefusesOne {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.writes += 1;
        if self.writes == self.taken_before + 1 {
            return Err(Error::other("refused"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
}

/// Whether writing ends well although one write is refused; `None` behind the last one.
fn hides(value: &impl Serialize, taken_before: usize) -> Option<bool> {
    let mut output = RefusesOne { taken_before, writes: 0 };
    let is_ok = serde_json::to_writer(&mut output, value).is_ok();
    (output.writes > taken_before).then_some(is_ok)
}

#[test]
fn a_write_that_fails_is_an_error_whatever_is_written_or_left_out_behind_it() {
    let closed = object_counts::Root::builder().b(2).build().unwrap();
    let more = [("x".to_owned(), 1.into()), ("y".to_owned(), 2.into())];
    let open =
        required_one::Root::builder().id(7).additional_properties(more.into()).build().unwrap();
    let of_closed: Vec<bool> = (0..).map_while(|it| hides(&closed, it)).collect();
    let of_open: Vec<bool> = (0..).map_while(|it| hides(&open, it)).collect();
    assert!(of_closed.len() >= 3 && of_open.len() >= 9, "{} {}", of_closed.len(), of_open.len());
    assert!(!of_closed.contains(&true) && !of_open.contains(&true), "{of_closed:?} {of_open:?}");
}
