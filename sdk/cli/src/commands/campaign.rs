//! The commands of a campaign: `plan`, `apply` and `status`.

use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Command, value_parser};

use crate::demo;
use crate::language::Language;

/// `campaign` with its commands.
pub(super) fn campaign(language: Language) -> Command {
    let about =
        language.say("Placements in many stores, from a CSV file", "按 CSV 文件向多家门店投放");
    Command::new("campaign")
        .about(about.to_owned())
        .subcommand_required(true)
        .subcommand(plan(language))
        .subcommand(apply(language))
        .subcommand(status(language))
}

fn plan(language: Language) -> Command {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    let about = say("Shows what would change, and changes nothing", "显示将会更改的内容，不做更改");
    let save = say("Keeps the plan for `apply --plan`", "保存计划，供 apply --plan 使用");
    Command::new("plan").about(about).args(of_all(language)).arg(path_option(
        "save",
        "FILE.plan",
        save,
    ))
}

fn apply(language: Language) -> Command {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    let about =
        say("Places what differs; goes on where it was stopped", "投放有差异的行；可从中断处继续");
    let plan = say(
        "Does only what this plan showed: a store that has changed since is refused",
        "仅执行该计划所示内容：此后有变化的门店将被拒绝",
    );
    Command::new("apply")
        .about(about)
        .args(of_all(language))
        .arg(
            Arg::new("yes")
                .long("yes")
                .action(ArgAction::SetTrue)
                .help(say("Does not ask before it begins", "开始前不询问")),
        )
        .arg(path_option("plan", "FILE.plan", plan))
        .arg(
            Arg::new("max-changes")
                .long("max-changes")
                .value_name("COUNT")
                .value_parser(value_parser!(u64))
                .help(say(
                    "Stops before more placements than these are replaced",
                    "被替换的投放超过此数时停止",
                )),
        )
}

fn status(language: Language) -> Command {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    let about = say(
        "Shows what is in effect now, with the statistics of the stores",
        "显示当前生效情况与门店统计",
    );
    Command::new("status").about(about).args(of_all(language)).arg(
        Arg::new("days")
            .long("days")
            .value_name("COUNT")
            .default_value("7")
            .value_parser(value_parser!(u8).range(1..=30))
            .help(say("Days of statistics, up to yesterday", "统计天数，截至昨天")),
    )
}

fn path_option(name: &'static str, value: &'static str, help: String) -> Arg {
    let parser = value_parser!(PathBuf);
    Arg::new(name).long(name).value_name(value).value_parser(parser).help(help)
}

/// The options that all three have.
fn of_all(language: Language) -> Vec<Arg> {
    let say = |english, chinese| language.say(english, chinese).to_owned();
    vec![
        Arg::new("file")
            .required(true)
            .value_name("FILE.csv")
            .value_parser(value_parser!(PathBuf))
            .help(say(
                "A row a store, its columns named as the request's properties; `all` stands for \
                 every other store",
                "每行一家门店，列名即请求的属性名；all 表示其余全部门店",
            )),
        Arg::new("rate")
            .long("rate")
            .value_name("CALLS")
            .default_value("300")
            .value_parser(value_parser!(u32).range(1..))
            .help(say("Calls a minute at the most", "每分钟最多调用次数")),
        Arg::new("concurrency")
            .long("concurrency")
            .value_name("CALLS")
            .default_value("8")
            .value_parser(value_parser!(u16).range(1..=256))
            .help(say("Calls at a time", "同时进行的调用数")),
        Arg::new("separator")
            .long("separator")
            .value_name("SEPARATOR")
            .value_parser([
                PossibleValue::new("comma").alias(","),
                PossibleValue::new("semicolon").alias(";"),
                PossibleValue::new("tab"),
            ])
            .help(say(
                "What separates cells; taken from the header otherwise",
                "分隔符，默认按表头判断",
            )),
        path_option(
            "report",
            "FILE.csv|.html",
            say("Writes what came of each row", "写出每一行的结果"),
        ),
        stores(language),
    ]
}

/// How many stores the demo server has.
pub(super) fn stores(language: Language) -> Arg {
    Arg::new("stores")
        .long("stores")
        .value_name("COUNT")
        .default_value(demo::STORES.to_string())
        .value_parser(value_parser!(u32))
        .help(language.say("How many stores the demo server has", "演示服务器的门店数").to_owned())
}
