//! Measures what a call costs, beside what a user would write or generate instead, and prints
//! Markdown tables.
//!
//! ```console
//! $ cargo run --release                      # calls, with callgrind's instructions
//! $ cargo run --release -- codec             # writing requests and reading replies
//! $ cargo run --release -- campaign PROGRAM  # the command line beside a loop by hand
//! $ cargo run --release -- server            # the peers' server: prints its base URL
//! $ cargo run --release -- run sdk 5000 64 http://127.0.0.1:40000
//! ```

mod calls;
mod campaign;
mod codec;
mod documents;
mod figures;
mod peers;
mod process;
mod run;
mod server;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => calls::print(),
        ["codec"] => codec::print(),
        ["server"] => server::serve(),
        ["run", peer, pairs, in_flight, base] => {
            run::run(peer, number(pairs), number(in_flight), base)
        }
        ["campaign", program] => campaign::print(program),
        ["run-campaign", base, path] => campaign::run(base, path, false),
        ["run-campaign", base, path, "with-journal"] => campaign::run(base, path, true),
        ["run-codec", work, count] => codec::run(work, number(count)),
        _ => panic!("not understood: {words:?}"),
    }
}

fn number(word: &str) -> usize {
    word.parse().expect("a number")
}
