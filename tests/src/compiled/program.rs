//! Reads lines of a number and a JSON text, and answers each with a line of what the type with that
//! number says to the text.
use std::io::{BufRead, Write, stdin, stdout};
use std::panic::catch_unwind;

fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut output = stdout().lock();
    for line in stdin().lock().lines() {
        let line = line.expect("lines of UTF-8");
        let (index, text) = line.split_once('\t').expect("a number and a text");
        let root = ROOTS[index.parse::<usize>().expect("a number")];
        let answer = match catch_unwind(|| root(text)) {
            Ok(Ok(text)) => format!("accepted\t{text}"),
            Ok(Err(words)) => format!("refused\t{}", words.replace('\n', " ")),
            Err(_) => "broken\tpanics".to_owned(),
        };
        writeln!(output, "{answer}").expect("somebody who listens");
        output.flush().expect("somebody who listens");
    }
}
