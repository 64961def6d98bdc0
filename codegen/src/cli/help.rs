//! What the program says of itself. `tests/cli` holds these texts too, so that a change is seen.

/// The program's name and version.
pub(super) const VERSION: &str =
    concat!("wechat-bizwifi-codegen ", env!("CARGO_PKG_VERSION"), "\n");

/// What follows a complaint about the arguments.
pub(super) const HINT: &str = "`wechat-bizwifi-codegen --help` says what there is";

/// The help text of a command; of the program, if it is empty.
pub(super) fn on(command: &str) -> Option<&'static str> {
    Some(match command {
        "" => PROGRAM,
        "generate" => GENERATE,
        "check" => CHECK,
        "diff" => DIFF,
        "types" => TYPES,
        "list" => LIST,
        "export" => EXPORT,
        _ => return None,
    })
}

pub(super) const PROGRAM: &str = "\
Turns JSON Schema descriptions of an API's endpoints into Rust types and calls.

Usage: wechat-bizwifi-codegen <COMMAND>

Commands:
  generate  Generates the types and calls of a folder of descriptions
  check     Says everything that is wrong with a folder of descriptions
  diff      Says what changes from some descriptions to others, and what breaks
  types     Generates the types of JSON Schema documents
  list      Lists the operations of a folder of descriptions
  export    Writes a folder of descriptions as an OpenAPI document
  help      Says more about a command

Options:
  -h, --help     Prints this, or says more about a command
  -V, --version  Prints the version

Exit codes:
  0  done
  1  the descriptions have errors, or a file cannot be read or written
  2  the arguments are not understood
  3  `types` refuses the document: it says what cannot be enforced

Of `diff`: 0 if all that worked still does, 1 if something breaks, 3 if nothing was compared.
";

pub(super) const GENERATE: &str = "\
Generates the types and calls of a folder of descriptions.

Usage: wechat-bizwifi-codegen generate [OPTIONS] <DIR>

Arguments:
  <DIR>  The folder; every `.json` file in it and below it is a description, except
         for `*.schema.json`

Options:
  -o, --output <FILE>        The file for the code, which is written only if its bytes change;
                             without this option the code goes to standard output
      --check <FILE>         Writes nothing; says whether the file is what would be generated,
                             however it is formatted
      --runtime <PATH>       The path of the runtime in Rust; `crate` in the runtime's own crate
                             [default: ::wechat_bizwifi]
      --client-trait <NAME>  The name of the trait that gives the client its calls
                             [default: Calls]
      --crate-name <NAME>    The crate's name in the documentation's examples [default: api]
      --deny-warnings        Warnings are errors
  -h, --help                 Prints this
";

pub(super) const CHECK: &str = "\
Says everything that is wrong with a folder of descriptions.

Usage: wechat-bizwifi-codegen check [OPTIONS] <DIR>

Arguments:
  <DIR>  The folder; every `.json` file in it and below it is a description, except
         for `*.schema.json`

Options:
      --format <FORMAT>  How to say it on standard output [default: text]
                         text: as a build does
                         json: for editors and CI, as one object
      --deny-warnings    Warnings are errors
  -h, --help             Prints this

The object has one property, `diagnostics`, an array. Each has `file` (a path from here),
`line`, `column`, `endLine` and `endColumn` (from 1, in characters; the end is exclusive), `pointer`
(a JSON pointer), `severity` (`error` or `warning`), `message`, `help` (or null) and `labels`: an
array of other places, each with a `message` and all that says where. What concerns no place in a
text has null there: of a file or folder that cannot be read there is `file` alone.
";

pub(super) const DIFF: &str = "\
Says what changes from some descriptions to others, for Rust code that uses what is generated and
for what goes over the wire, and which release that needs: major, minor, patch or none.

Usage: wechat-bizwifi-codegen diff [OPTIONS] <OLD> <NEW>
       wechat-bizwifi-codegen diff [OPTIONS] --git <REV> <DIR>

Arguments:
  <OLD>  The folder of descriptions as it was
  <NEW>  The folder as it is
  <DIR>  The folder as it is, in a repository of git

Options:
      --git <REV>        Compare with the folder as it was at a revision, such as a tag
      --format <FORMAT>  How to say it on standard output [default: text]
                         text: for people
                         json: for CI, as one object
                         markdown: for a changelog
  -h, --help             Prints this

Order, renamed definitions, files that move and schemas that say the same in other words are no
change. What cannot be compared is said to be unknown, and counts as breaking.

The object has `verdict`, `code`, `wire` and `changes`, an array. Each change has `what` (a word for
its sort), `subject`, `message`, `verdict`, `direction` (sent, received or null), `code` and `wire`
(each with `verdict`, `unknown` and `notes`), `before` and `after` (each null, or `file`, `line`,
`column` and `pointer`).

The exit code is 0 if all that worked still does, 1 if something breaks, and 3 if the descriptions
have errors or cannot be read: then nothing was compared.
";

pub(super) const TYPES: &str = "\
Generates the types of JSON Schema documents, as a Rust module on standard output.

Usage: wechat-bizwifi-codegen types [OPTIONS] <FILE>...

Arguments:
  <FILE>...  The documents: files, and folders with all `.json` files in and below them; `-` alone
             reads one from standard input

Options:
      --map <URL=PATH>  Where the files of URLs are, as in `https://example.com/=DIR`; nothing is
                        ever fetched
      --runtime <PATH>  The path of the runtime in Rust [default: ::wechat_bizwifi]
      --deny-warnings   Warnings are errors
  -h, --help            Prints this

The module's type `Root` is what the document describes; of several documents, each is called by its
file's name. The type accepts what the document accepts, both when it is built and when it is read.
What a document refers to is found beside it as well. What JSON Schema does not know is ignored, as
it says itself; what has no effect is a warning. A document that cannot be enforced is refused with
the reasons, and the exit code is 3; that of a file that cannot be read is 1.
";

pub(super) const LIST: &str = "\
Lists the operations of a folder of descriptions: of each its name, method and path, the Rust types
of its request and its reply, and whether sending it twice is as good as sending it once.

Usage: wechat-bizwifi-codegen list <DIR>

Arguments:
  <DIR>  The folder; every `.json` file in it and below it is a description, except
         for `*.schema.json`

Options:
  -h, --help  Prints this
";

pub(super) const EXPORT: &str = "\
Writes a folder of descriptions as one OpenAPI 3.1 document, for other languages and for tools.

Usage: wechat-bizwifi-codegen export openapi [OPTIONS] <DIR>

Arguments:
  <DIR>  The folder; every `.json` file in it and below it is a description, except
         for `*.schema.json`

Options:
  -o, --output <FILE>          The file for the document, which is written only if its bytes
                               change; without this option it goes to standard output
      --format <FORMAT>        json or yaml [default: json]
      --title <TITLE>          The API's title [default: API]
      --api-version <VERSION>  The API's version [default: 1]
      --server <URL>           The URL of a server; may be given more than once
                               [default: the two of WeChat]
  -h, --help                   Prints this

All schemas are in the document, with every rule; what is the descriptions' own begins with `x-`.
The exit code is 1 if the descriptions have errors, or say what OpenAPI cannot: two operations of
one method and path, two schemas of one name, a `$dynamicRef`.
";
