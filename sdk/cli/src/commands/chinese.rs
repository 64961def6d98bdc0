//! What clap itself says, in Chinese: headings, values, and the help of its own options and commands.
//!
//! ```text
//! Options:  --output <FORMAT>  [default: table]     选项:  --output <FORMAT>  [默认：table]
//! ```

use std::error::Error as _;
use std::net::AddrParseError;
use std::num::{IntErrorKind, ParseIntError};

use clap::builder::PossibleValue;
use clap::error::{ContextKind, Error, ErrorKind};
use clap::{Arg, ArgAction, Command};

/// A command with its commands.
pub(super) fn translated(command: Command) -> Command {
    let commands: Vec<String> =
        command.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    let template = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
    let mut command = command
        .help_template(template)
        .subcommand_help_heading("命令")
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

/// The command with everything that clap adds to it, of which the commands `help` say in Chinese what they do.
pub(super) fn built(mut command: Command) -> Command {
    command.build();
    with_help(command)
}

fn with_help(command: Command) -> Command {
    command.mut_subcommands(|command| match command.get_name() {
        "help" => with_help(command).about("显示本帮助或某个命令的帮助"),
        _ => with_help(command),
    })
}

/// What is wrong with the arguments; nothing for what clap says to itself alone.
pub(super) fn mistake(error: &Error) -> Option<String> {
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let among = |hint: &str, kind| match said(kind) {
        text if text.is_empty() => text,
        text => format!("；{hint}：{text}"),
    };
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{argument}"),
        ErrorKind::UnknownArgument => {
            format!("没有参数 {argument}{}", among("是否指", ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let command = said(ContextKind::InvalidSubcommand);
            format!("没有命令 {command}{}", among("是否指", ContextKind::SuggestedSubcommand))
        }
        ErrorKind::MissingSubcommand => {
            format!("缺少命令{}", among("可选", ContextKind::ValidSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 缺少值"),
        ErrorKind::InvalidValue => {
            let values = among("可选", ContextKind::ValidValue);
            format!("{argument} 的值 {value} 无效{values}")
        }
        ErrorKind::ValueValidation => {
            let reason = error.source().map(|reason| format!("：{}", reason_of(reason)));
            format!("{argument} 的值 {value} 无效{}", reason.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            prior if prior.is_empty() || prior == argument => format!("{argument} 只能给出一次"),
            prior => format!("{argument} 不能与 {prior} 同时使用"),
        },
        _ => return None,
    };
    let usage = said(ContextKind::Usage).replace("Usage: ", "\n\n用法：");
    Some(format!("{what}{usage}\n\n详情请用 --help"))
}

/// Why a value is none: the errors of parsers are English, and of a limit there is the text alone.
fn reason_of(error: &(dyn std::error::Error + 'static)) -> String {
    let text = error.to_string();
    let number = error.downcast_ref::<ParseIntError>().map(ParseIntError::kind);
    match (number, text.split_once(" is not in ")) {
        (Some(IntErrorKind::PosOverflow | IntErrorKind::NegOverflow), _) => "超出范围".to_owned(),
        (Some(_), _) => "应为整数".to_owned(),
        (None, Some((_, limits))) => format!("应在 {limits} 之内"),
        (None, None) if error.is::<AddrParseError>() => {
            "应为 IP 地址与端口，如 127.0.0.1:8080".to_owned()
        }
        (None, None) => text,
    }
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
