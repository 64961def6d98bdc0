//! The programs that are measured, each built by itself.

use std::path::{Path, PathBuf};
use std::process::Command;

use reading_bench::COUNTED;

use crate::corpora::Corpus;

/// Who checks documents.
pub(crate) const VALIDATORS: &[&str] = &["macro", "boon", "corvus"];

pub(crate) struct Programs {
    schemas: PathBuf,
    target: PathBuf,
}

impl Programs {
    pub(crate) fn build(scratch: &Path) -> Self {
        let programs = Self { schemas: scratch.join("schemas"), target: scratch.join("programs") };
        for package in ["ours", "peers"] {
            let status = Command::new("cargo")
                .args(["build", "--release", "--quiet", "--package", package, "--target-dir"])
                .arg(&programs.target)
                .env("READING_SCHEMAS", &programs.schemas)
                .current_dir(env!("CARGO_MANIFEST_DIR"))
                .status();
            assert!(status.expect("cargo").success(), "{package} does not compile");
        }
        programs
    }

    /// The verdicts on the documents of a file, if there are any by this one.
    pub(crate) fn verdicts(&self, who: &str, corpus: &Corpus, file: &Path) -> Option<String> {
        let printed = self.output(&[], who, ["verdicts", &corpus.name], file).0;
        printed.lines().next().map(str::to_owned)
    }

    /// Nanoseconds for all documents of a corpus.
    pub(crate) fn nanoseconds(&self, who: &str, corpus: &Corpus) -> Option<f64> {
        let printed = self.output(&[], who, ["time", &corpus.name], &corpus.documents).0;
        printed.trim().parse().ok()
    }

    /// Instructions for all documents of a corpus.
    pub(crate) fn instructions(&self, who: &str, corpus: &Corpus) -> Option<f64> {
        let toggle = format!("--toggle-collect={COUNTED}");
        let tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", &toggle];
        let (printed, report) = self.output(&tool, who, ["once", &corpus.name], &corpus.documents);
        let (_, rest) = report.split_once("Collected : ").expect("valgrind's report");
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        if printed.trim().is_empty() { None } else { digits.parse().ok() }
    }

    fn output(
        &self,
        tool: &[&str],
        who: &str,
        [action, schema]: [&str; 2],
        file: &Path,
    ) -> (String, String) {
        let program = if who == "ours" { "release/ours" } else { "release/peers" };
        let program = self.target.join(program);
        let program = program.to_str().expect("UTF-8");
        let words = [tool, &[program, action, who, schema]].concat();
        let output = Command::new(words[0])
            .args(&words[1..])
            .arg(file)
            .env("READING_SCHEMAS", &self.schemas)
            .output()
            .expect("the program, and where it is asked for valgrind");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (printed, errors) = (text(&output.stdout), text(&output.stderr));
        assert!(output.status.success(), "{words:?}:\n{errors}");
        (printed, errors)
    }
}
