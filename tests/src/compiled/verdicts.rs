//! Asking the compiled program.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use super::{Case, Verdict};

/// The verdicts on every instance of these cases, which the program numbers as they stand here.
pub(super) fn ask(program: &Path, cases: &[&Case]) -> Vec<Vec<Verdict>> {
    let mut questions = String::new();
    for (index, case) in cases.iter().enumerate() {
        for instance in &case.instances {
            assert!(!instance.contains('\n'), "{}: an instance of two lines", case.name);
            let _ = writeln!(questions, "{index}\t{instance}");
        }
    }
    let answers = answers(program, questions);
    let mut answers = answers.lines().map(verdict);
    let unanswered = || Verdict::Broken("the program has ended before it answered".to_owned());
    let of_case = |case: &&Case| {
        case.instances.iter().map(|_| answers.next().unwrap_or_else(unanswered)).collect()
    };
    cases.iter().map(of_case).collect()
}

fn answers(program: &Path, questions: String) -> String {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", program.display()));
    let mut input = child.stdin.take().unwrap();
    // Beside the reading: both pipes are small. A program that ends early breaks this one, and its
    // missing answers tell.
    let writer = thread::spawn(move || drop(input.write_all(questions.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

fn verdict(line: &str) -> Verdict {
    match line.split_once('\t') {
        Some(("accepted", text)) => Verdict::Accepted(text.to_owned()),
        Some(("refused", words)) => Verdict::Refused(words.to_owned()),
        _ => Verdict::Broken(line.to_owned()),
    }
}
