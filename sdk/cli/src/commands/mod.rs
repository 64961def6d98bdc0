//! The command line as clap knows it: a few commands of its own, and one for each operation, made
//! from its description.

mod campaign;
mod chinese;

use std::io;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use campaign::{campaign, stores};

use crate::credentials::{OWN, SHORT};
use crate::descriptions::{Descriptions, Kind, Operation, Property};
use crate::language::Language;
use crate::output::note;

/// The whole command line.
pub(crate) fn command(descriptions: &Descriptions, language: Language) -> Command {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    let operations = descriptions.operations();
    let ids: Vec<String> = operations.iter().map(|operation| operation.id.clone()).collect();
    let whole = Command::new("wechat-bizwifi")
        .version(env!("CARGO_PKG_VERSION"))
        .about(say(
            "WeChat Wi-Fi coupon campaigns and every call of the API",
            "微信连Wi-Fi卡券投放，以及接口的全部调用",
        ))
        .after_help(environment(language))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(campaign(language))
        .subcommands(operations.iter().map(|operation| of_operation(operation, language)))
        .subcommands(for_programs(&ids, language))
        .subcommands(for_the_account(language));
    let heading = say("Options of every command", "通用选项");
    let global = global(language).into_iter().map(|it| it.help_heading(heading.clone()));
    match language {
        Language::En => whole.args(global),
        Language::Zh => {
            chinese::built(chinese::translated(whole).args(global.map(chinese::values)))
        }
    }
}

/// Prints what clap has to say: what is wrong with the arguments, help or the version.
///
/// # Errors
///
/// When it cannot be printed.
pub(crate) fn print(error: &clap::Error, language: Language) -> io::Result<()> {
    let mistake = (language == Language::Zh).then(|| chinese::mistake(error)).flatten();
    let Some(mistake) = mistake else { return error.print() };
    note(&mistake);
    Ok(())
}

/// The commands for scripts and agents.
fn for_programs(ids: &[String], language: Language) -> [Command; 4] {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    let call = Command::new("call")
        .about(say("Makes any call with JSON", "用 JSON 调用任一接口"))
        .arg(operation_name(ids))
        .arg(json(language).required(true));
    let example = say(
        "Prints a request alone, to change and to pass to `call`",
        "仅输出示例请求，修改后可传给 call",
    );
    let describe = Command::new("describe")
        .about(say("Prints an operation's schema and example", "输出接口的结构与示例"))
        .arg(operation_name(ids))
        .arg(Arg::new("example").long("example").action(ArgAction::SetTrue).help(example));
    let shell = value_parser!(clap_complete::Shell);
    let completions = Command::new("completions")
        .about(say("Prints completions for a shell", "输出命令补全脚本"))
        .arg(Arg::new("shell").value_name("SHELL").required(true).value_parser(shell));
    let man = Command::new("man").about(say("Prints the manual page", "输出手册页"));
    [call, describe, completions, man]
}

/// The commands that look at an account, or stand in for it.
fn for_the_account(language: Language) -> [Command; 2] {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    let doctor = Command::new("doctor").about(say(
        "Checks connection, credentials, permissions, stores and clock",
        "检查网络、凭证、权限、门店与时钟",
    ));
    let address = Arg::new("address")
        .long("address")
        .value_name("ADDRESS")
        .help(say("Where to listen", "监听地址"))
        .default_value("127.0.0.1:8080")
        .value_parser(value_parser!(std::net::SocketAddr));
    let serve = Command::new("serve")
        .about(say("Serves the API on this machine, for tests", "在本机提供接口，用于测试"))
        .arg(address)
        .arg(stores(language));
    [doctor, serve]
}

/// Where credentials come from, and what exit codes mean.
fn environment(language: Language) -> String {
    let ([appid, secret], [short_appid, short_secret]) = (OWN, SHORT);
    match language {
        Language::En => format!(
            "Credentials come from {appid} and {secret} in the environment, else from {short_appid} \
             and {short_secret}, or from a file that only you can read (--credentials).\n\n\
             Exit codes:\n  \
             0  done\n  \
             1  some rows or checks failed, or the call was refused\n  \
             2  wrong usage\n  \
             3  stopped: run again to go on\n  \
             4  today's quota is used up: run again tomorrow"
        ),
        Language::Zh => format!(
            "凭证取自环境变量 {appid} 与 {secret}，未设置时取自 {short_appid} 与 {short_secret}，\
             也可取自仅本人可读的文件（--credentials）。\n\n\
             退出码：\n  \
             0  完成\n  \
             1  部分行或检查失败，或调用被拒绝\n  \
             2  用法错误\n  \
             3  已停止：再次运行即可继续\n  \
             4  当日额度已用完：请明天再次运行"
        ),
    }
}

fn global(language: Language) -> Vec<Arg> {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    vec![
        Arg::new("demo").long("demo").global(true).action(ArgAction::SetTrue).help(say(
            "Talks to a server of this program's own: no account needed",
            "连接本程序自带的服务器，无需账号",
        )),
        Arg::new("base-url").long("base-url").global(true).value_name("URL").help(say(
            "Where the API is, instead of api.weixin.qq.com",
            "接口地址，默认为 api.weixin.qq.com",
        )),
        Arg::new("credentials")
            .long("credentials")
            .global(true)
            .value_name("FILE")
            .value_parser(value_parser!(std::path::PathBuf))
            .help(say("A JSON file with appid and secret", "含 appid 与 secret 的 JSON 文件")),
        Arg::new("output")
            .long("output")
            .global(true)
            .value_parser(["table", "json"])
            .value_name("FORMAT")
            .default_value("table")
            .help(say("How to print replies", "输出格式")),
        Arg::new("lang")
            .long("lang")
            .global(true)
            .value_name("LANGUAGE")
            .value_parser(["en", "zh"])
            .help(say("The language of messages", "提示语言")),
    ]
}

fn operation_name(ids: &[String]) -> Arg {
    Arg::new("operation")
        .value_name("OPERATION")
        .required(true)
        .value_parser(PossibleValuesParser::new(ids.to_vec()))
}

fn json(language: Language) -> Arg {
    let help = language.say(
        "The whole request as JSON; - reads standard input",
        "整个请求的 JSON；- 表示标准输入",
    );
    Arg::new("json").long("json").value_name("FILE|-").help(help.to_owned())
}

fn of_operation(operation: &Operation, language: Language) -> Command {
    Command::new(operation.command.clone())
        .about(operation.summary.trim_end_matches(['.', '。']).to_owned())
        .long_about(plain(&format!("{}\n\n{}", operation.summary, operation.description)))
        .after_help(paging(operation, language))
        .arg(json(language))
        .args(operation.properties.iter().map(|it| of_property(it, language)))
}

fn paging(operation: &Operation, language: Language) -> String {
    if !operation.has_pages {
        return String::new();
    }
    let text = language.say(
        "All pages are listed, unless the option for one of them is given.",
        "默认列出全部页；如指定某一页，则仅返回该页。",
    );
    text.to_owned()
}

/// Markdown as a terminal shows it: `[text](url)` is `text (url)`.
fn plain(markdown: &str) -> String {
    let (mut text, mut rest) = (String::new(), markdown);
    while let Some((before, link)) = rest.split_once('[') {
        text.push_str(before);
        let parts =
            link.split_once("](").and_then(|(name, url)| Some((name, url.split_once(')')?)));
        match parts {
            Some((name, (url, after))) if !name.contains('[') => {
                text.push_str(&format!("{name} ({url})"));
                rest = after;
            }
            _ => {
                text.push('[');
                rest = link;
            }
        }
    }
    text + rest
}

/// The options that every command has: a property of such a name gets another option.
const GLOBAL: &[&str] =
    &["demo", "base-url", "credentials", "output", "lang", "json", "help", "version"];

/// The option of a property: `--shop-id`.
pub(crate) fn option(property: &Property) -> String {
    let name = property.name.replace('_', "-");
    if GLOBAL.contains(&name.as_str()) { format!("request-{name}") } else { name }
}

/// What clap knows the option by.
pub(crate) fn argument_id(property: &Property) -> String {
    format!("property {}", property.name)
}

fn of_property(property: &Property, language: Language) -> Arg {
    let kind = match property.kind {
        Kind::Integer => "NUMBER",
        Kind::Time => "TIME",
        Kind::Boolean => "true|false",
        Kind::Id => "ID",
        Kind::Text => "TEXT",
        Kind::Json => "JSON",
    };
    let argument = Arg::new(argument_id(property))
        .long(option(property))
        .value_name(kind)
        // `-1` is a store.
        .allow_hyphen_values(true)
        .conflicts_with("json")
        .help(explained(property, language));
    if property.required { argument.required_unless_present("json") } else { argument }
}

/// What a property means, its limits and an example.
fn explained(property: &Property, language: Language) -> String {
    let mut text = plain(&property.description);
    if property.kind == Kind::Time {
        text.push_str(language.say(
            " As Unix seconds, or as in 2026-12-01T00:00:00+08:00.",
            "可写 Unix 秒数，或 2026-12-01T00:00:00+08:00 这样的时间。",
        ));
    }
    for (keyword, english, chinese) in LIMITS {
        if let Some(limit) = property.schema.get(*keyword) {
            let said = language.say(english, chinese).replace('#', &limit.to_string());
            text.push_str(&format!(" [{said}]"));
        }
    }
    if let Some(example) = property.schema.get("examples").and_then(|examples| examples.get(0)) {
        let said = language.say("example: ", "示例：");
        text.push_str(&format!(" [{said}{example}]"));
    }
    text
}

/// How the limits of properties are shown.
const LIMITS: &[(&str, &str, &str)] = &[
    ("minimum", "at least #", "不小于 #"),
    ("maximum", "at most #", "不大于 #"),
    ("minLength", "characters: at least #", "至少 # 个字符"),
    ("maxLength", "characters: at most #", "最多 # 个字符"),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<clap::ArgMatches, clap::Error> {
        let command = command(&Descriptions::load().unwrap(), Language::En);
        command.try_get_matches_from([&["wechat-bizwifi"], args].concat())
    }

    #[test]
    fn the_command_line_is_sound_in_both_languages() {
        for language in [Language::En, Language::Zh] {
            command(&Descriptions::load().unwrap(), language).debug_assert();
        }
    }

    #[test]
    fn every_operation_has_a_command_with_its_properties() {
        let matches = parse(&["get-coupon-placement", "--shop-id", "-1"]).unwrap();
        let (_, get) = matches.subcommand().unwrap();
        assert_eq!(get.get_one::<String>("property shop_id").unwrap(), "-1");
        let help = parse(&["set-coupon-placement", "--help"]).unwrap_err().to_string();
        assert!(
            help.contains("--card-describe <TEXT>") && help.contains("[characters: at most 18]"),
            "{help}"
        );
    }

    #[test]
    fn links_are_shown_as_a_terminal_can() {
        assert_eq!(
            plain("see [a page](https://a.b/c), [x] and [y"),
            "see a page (https://a.b/c), [x] and [y"
        );
        assert_eq!(plain("[[a](b)"), "[a (b)");
    }

    #[test]
    fn in_chinese_nothing_of_the_help_is_in_english() {
        let mut command = command(&Descriptions::load().unwrap(), Language::Zh);
        let mut said = command.render_long_help().to_string();
        for name in ["campaign", "call", "describe", "serve", "list-shops"] {
            said += &command.find_subcommand_mut(name).unwrap().render_long_help().to_string();
        }
        let apply = command.find_subcommand_mut("campaign").unwrap();
        said += &apply.find_subcommand_mut("apply").unwrap().render_long_help().to_string();
        for english in
            ["Usage", "Options:", "Commands", "possible values", "default:", "Print help"]
        {
            assert!(!said.contains(english), "{english}: {said}");
        }
        assert!(said.contains("[可选：table、json]") && said.contains("[默认：300]"), "{said}");
    }

    #[test]
    fn what_a_request_needs_must_be_given_unless_it_is_json() {
        assert!(parse(&["get-coupon-placement"]).is_err());
        assert!(parse(&["get-coupon-placement", "--json", "-"]).is_ok());
        assert!(parse(&["list-shops"]).is_ok());
    }

    #[test]
    fn numbers_of_options_have_their_limits_on_both_sides() {
        for (command, option, least, most) in [
            ("plan", "--rate", 1, u64::from(u32::MAX)),
            ("plan", "--concurrency", 1, 256),
            ("plan", "--stores", 0, u64::from(u32::MAX)),
            ("status", "--days", 1, 30),
            ("apply", "--max-changes", 0, u64::MAX),
        ] {
            let is_taken = |number: i128| {
                let number = number.to_string();
                parse(&["campaign", command, "a.csv", &format!("{option}={number}")]).is_ok()
            };
            let [least, most] = [least, most].map(i128::from);
            let taken = [least - 1, least, most, most + 1].map(is_taken);
            assert_eq!(taken, [false, true, true, false], "{option}");
        }
    }

    #[test]
    fn no_option_takes_a_secret() {
        let command = command(&Descriptions::load().unwrap(), Language::En);
        let commands = std::iter::once(&command).chain(command.get_subcommands());
        for argument in commands.flat_map(Command::get_arguments) {
            let name = argument.get_id().as_str();
            assert!(!name.contains("secret") && !name.contains("token"), "{name}");
        }
    }

    #[test]
    fn a_property_named_as_an_option_of_every_command_has_another_option() {
        let named = |name: &str| {
            option(&Property {
                name: name.to_owned(),
                kind: Kind::Text,
                required: true,
                description: String::new(),
                schema: serde_json::Map::new(),
            })
        };
        assert_eq!(named("shop_id"), "shop-id");
        for name in GLOBAL {
            assert_eq!(named(&name.replace('-', "_")), format!("request-{name}"));
        }
    }
}
