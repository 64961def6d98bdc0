//! What clap itself says, in Chinese: headings, values, and the help of its own options and commands.
//!
//! ```text
//! Options:  --output <FORMAT>  [default: table]     选项:  --output <FORMAT>  [默认：table]
//! ```

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command};

/// A command with its commands.
pub(super) fn translated(command: Command) -> Command {
    let commands: Vec<String> =
        command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let template = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
    let mut command = command
        .help_template(template)
        .subcommand_help_heading("命令")
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help).help("显示帮助"));
    if command.get_version().is_some() {
        command = command.disable_version_flag(true).arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help("显示版本"),
        );
    }
    for name in commands {
        command = command.mut_subcommand(name, translated);
    }
    command.mut_args(|argument| {
        let heading = if argument.is_positional() { "参数" } else { "选项" };
        values(argument.help_heading(heading))
    })
}

/// An option, with what it may be and what it is where it is not given.
pub(super) fn values(argument: Arg) -> Arg {
    if !argument.get_action().takes_values() {
        return argument;
    }
    let mut help = argument.get_help().map(ToString::to_string).unwrap_or_default();
    let possible: Vec<String> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| PossibleValue::get_name(value).to_owned())
        .collect();
    let defaults: Vec<String> = argument
        .get_default_values()
        .iter()
        .map(|value| value.as_os_str().to_string_lossy().into())
        .collect();
    for (what, values) in [("可选", possible), ("默认", defaults)] {
        if !values.is_empty() {
            help.push_str(&format!(" [{what}：{}]", values.join("、")));
        }
    }
    argument.help(help.trim().to_owned()).hide_possible_values(true).hide_default_value(true)
}
