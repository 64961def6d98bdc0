//! What goes where: data, messages, progress; in pipes, on terminals, in both languages.

use std::process::{Output, Stdio};

use unicode_width::UnicodeWidthStr as _;
use wechat_bizwifi::testing::Endpoint;

use crate::trial::{APPLY, PLAN, Trial, row, said, text};

#[test]
fn data_goes_to_the_standard_output_alone_and_no_colour_is_in_a_pipe() {
    let trial = Trial::new(3);
    let listed =
        trial.run(&["list-shops", "--pagesize", "2", "--pageindex", "1", "--output", "json"]);
    let page: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(page["records"][1]["shop_id"], 2);
    let applied = trial.run(&[APPLY, &["--output", "json"]].concat());
    let rows: Vec<serde_json::Value> =
        text(&applied.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(rows.len() == 3 && rows.iter().all(|row| row["outcome"] == "placed"), "{rows:?}");
    assert!(!said(&applied).contains(['\u{1b}', '\r']));
}

/// Runs it with an output that nobody reads.
fn with_closed_output(trial: &Trial, arguments: &[&str]) -> Output {
    let mut command = trial.command(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    child.wait_with_output().unwrap()
}

#[test]
fn a_reader_that_goes_away_causes_no_panic_and_stops_no_apply() {
    let trial = Trial::new(50);
    for arguments in [PLAN, &["describe", "setCouponPlacement"], &["doctor"], &["--help"], &["man"]]
    {
        let run = with_closed_output(&trial, arguments);
        assert!(!said(&run).contains("panicked"), "{arguments:?}: {}", said(&run));
        assert_eq!(run.status.code(), Some(0), "{arguments:?}: {}", said(&run));
    }
    let applied = with_closed_output(&trial, &[APPLY, &["--output", "json"]].concat());
    assert_eq!(applied.status.code(), Some(0), "{}", said(&applied));
    assert_eq!(trial.placements().len(), 50);
}

#[test]
fn what_goes_wrong_is_said_where_nobody_reads_the_rows() {
    let trial = Trial::new(1);
    trial.write_rows([row(9, 10)]);
    let wrong = "line 2 (row 1): refused: the account has no store 9";
    let read = trial.run(PLAN);
    assert!(text(&read.stdout).contains("the account has no store 9"));
    assert!(!said(&read).contains(wrong), "{}", said(&read));
    let unread = with_closed_output(&trial, PLAN);
    assert!(said(&unread).contains(wrong), "{}", said(&unread));
}

/// What is printed on a full disk is lost: a program that reads it has to know.
#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_is_named_and_the_report_is_there() {
    let full = || std::fs::File::options().write(true).open("/dev/full").unwrap();
    let trial = Trial::new(2);
    let with_full_output = |arguments: &[&str]| {
        let run = trial.command(arguments).stdout(full()).output().unwrap();
        assert_ne!(run.status.code(), Some(0), "{arguments:?}");
        let printed = said(&run);
        assert!(printed.contains("the standard output: No space left"), "{arguments:?}: {printed}");
    };
    with_full_output(&[APPLY, &["--output", "json"]].concat());
    assert_eq!(trial.report()["placed"], 2);
    std::fs::remove_file(trial.path("report.csv")).unwrap();
    with_full_output(APPLY);
    assert_eq!(trial.report()["placed"], 2);
    for arguments in [PLAN, &["campaign", "status", "a.csv"], &["list-shops"], &["doctor"]] {
        with_full_output(arguments);
    }
    let run = trial.command(&["--lang", "zh", "list-shops"]).stdout(full()).output().unwrap();
    assert!(said(&run).contains("标准输出：磁盘已满"), "{}", said(&run));
    for (language, expected) in [
        ("en", "\nthe report or the plan could not be written: No space left"),
        ("zh", "\n无法写出报告或计划：磁盘已满\n"),
    ] {
        let run = trial.run(&[PLAN, &["--report", "/dev/full", "--lang", language]].concat());
        assert_eq!(run.status.code(), Some(1));
        assert!(said(&run).contains(expected), "{}", said(&run));
    }
}

#[test]
fn programs_read_the_same_in_both_languages_and_people_do_not() {
    let trial = Trial::new(2);
    trial.write_rows([row(1, 10), row(9, 10)]);
    let arguments = [APPLY, &["--output", "json"]].concat();
    let run = |locale: &str, more: &[&str]| {
        let mut command = trial.command(&[&arguments, more].concat());
        let run = command.env("LC_ALL", locale).env("LANG", "en_US.UTF-8").output().unwrap();
        (run.status.code(), run)
    };
    let names = |report: &str| report.lines().next().unwrap().to_owned();
    let (english, output) = run("C", &[]);
    let header = names(&trial.read("report.csv"));
    assert!(said(&output).contains("refused: the account has no store 9"), "{}", said(&output));
    for (locale, more) in [("zh_CN.UTF-8", &[][..]), ("C", &["--lang", "zh"])] {
        let (chinese, output) = run(locale, more);
        assert!(said(&output).contains("被拒绝：账号没有门店 9"), "{}", said(&output));
        assert_eq!((english, &header), (chinese, &names(&trial.read("report.csv"))));
        let rows = text(&output.stdout);
        assert!(rows.contains(r#""outcome":"refused""#), "{rows}");
    }
    let (_, output) = run("zh_CN.UTF-8", &["--lang", "en"]);
    assert!(said(&output).contains("refused: "), "{}", said(&output));
}

#[test]
fn what_the_system_says_of_a_file_is_said_in_chinese() {
    let trial = Trial::new(1);
    std::fs::create_dir(trial.path("folder")).unwrap();
    for (arguments, expected) in [
        (&["campaign", "plan", "a.csv/b.csv"][..], "a.csv/b.csv: 路径中有一段不是目录"),
        (&["campaign", "plan", "a.csv", "--save", "folder"], "是目录，不是文件"),
        (&["campaign", "apply", "a.csv", "--yes", "--plan", "folder"], "folder: 是目录，不是文件"),
    ] {
        let run = trial.run(&[&["--lang", "zh"], arguments].concat());
        assert!(said(&run).trim_end().ends_with(expected), "{}", said(&run));
    }
}

/// Runs it on a terminal of so many columns; what the terminal was sent.
fn on_terminal(trial: &Trial, columns: u16, arguments: &[&str]) -> String {
    text(&terminal(trial, columns, arguments).output().unwrap().stdout)
}

/// Runs it for somebody who answers with a line; what the terminal was sent.
fn answered(trial: &Trial, line: &str, arguments: &[&str]) -> String {
    let mut script = terminal(trial, 80, arguments);
    let script = script.stdin(Stdio::piped()).stdout(Stdio::piped());
    let child = script.spawn().unwrap();
    std::io::Write::write_all(&mut child.stdin.as_ref().unwrap(), line.as_bytes()).unwrap();
    text(&child.wait_with_output().unwrap().stdout)
}

fn terminal(trial: &Trial, columns: u16, arguments: &[&str]) -> std::process::Command {
    let url = trial.server.base_url();
    let command = format!(
        "stty rows 24 cols {columns}; exec \"$PROGRAM\" {} --base-url {url}",
        arguments.join(" ")
    );
    let mut script = std::process::Command::new("script");
    script
        .args(["-qec", &command, "/dev/null"])
        .stdin(Stdio::null())
        .envs(trial.command(&[]).get_envs().filter_map(|(name, value)| Some((name, value?))))
        .current_dir(trial.folder.path())
        .env("TERM", "xterm-256color")
        // By a variable, since its path may hold what a shell reads in its own way.
        .env("PROGRAM", env!("CARGO_BIN_EXE_wechat-bizwifi"));
    script
}

/// The lines that a person sees, without what drives the terminal.
fn seen(sent: &str) -> Vec<String> {
    console::strip_ansi_codes(sent).split(['\r', '\n']).map(str::to_owned).collect()
}

#[test]
fn on_a_narrow_terminal_no_line_of_progress_or_of_a_table_is_too_long() {
    let trial = Trial::new(30);
    trial
        .server
        .fault(Endpoint::GET_COUPON_PLACEMENT)
        .always()
        .delay(std::time::Duration::from_millis(50))
        .reply_truly();
    let arguments = ["campaign", "apply", "a.csv", "--yes", "--lang", "zh", "--rate", "2400"];
    let sent = on_terminal(&trial, 40, &arguments);
    assert!(sent.contains("30/30"), "{sent:?}");
    assert!(seen(&sent).iter().any(|line| line.starts_with('=')), "a bar: {sent:?}");
    let listed = on_terminal(&trial, 40, &["list-shops"]);
    assert!(listed.contains("南山店"), "{listed}");
    trial.server.add_item("shop_id", 7, serde_json::json!({ "shop_name": "店".repeat(60) }));
    let facts = on_terminal(&trial, 40, &["get-shop", "--shop-id", "7"]);
    assert!(facts.contains("shop_name"), "{facts}");
    let progress = seen(&sent).into_iter().filter(|line| line.contains("行/分"));
    for line in progress.chain(seen(&listed)).chain(seen(&facts)) {
        assert!(line.width() <= 40, "{} columns: {line}", line.width());
    }
    assert!(
        !sent.contains("\u{1b}[?25l") || sent.contains("\u{1b}[?25h"),
        "the cursor is shown again"
    );
}

#[test]
fn a_terminal_that_can_do_nothing_is_sent_lines_alone() {
    let trial = Trial::new(3);
    let mut apply = terminal(&trial, 80, &["campaign", "apply", "a.csv", "--yes"]);
    let sent = text(&apply.env("TERM", "dumb").output().unwrap().stdout);
    assert!(sent.contains("placed") && !sent.contains('\u{1b}'), "{sent:?}");
    assert!(!seen(&sent).iter().any(|line| line.starts_with('=')), "{sent:?}");
}

#[test]
fn the_counts_of_an_apply_are_said_once_on_a_terminal_and_on_both_outputs_elsewhere() {
    let trial = Trial::new(3);
    let sent = on_terminal(&trial, 80, &["campaign", "apply", "a.csv", "--yes"]);
    let lines = seen(&sent).into_iter().filter(|line| line.contains("placed")).count();
    assert_eq!(lines, 1, "{sent:?}");
    let trial = Trial::new(3);
    let sent = on_terminal(&trial, 80, &["campaign", "apply", "a.csv", "--yes", ">counts.txt"]);
    assert!(sent.contains("placed 3"), "the counts in the file are not on the terminal: {sent:?}");
    let sent = on_terminal(&trial, 80, &["campaign", "plan", "a.csv"]);
    assert!(sent.contains("leave 3"), "what a plan shows has no counts: {sent:?}");
    let trial = Trial::new(3);
    let applied = trial.run(APPLY);
    assert!(said(&applied).contains("placed 3"), "{}", said(&applied));
    assert!(text(&applied.stdout).contains("placed"), "{}", text(&applied.stdout));
}

#[test]
fn a_person_is_asked_before_anything_is_placed_and_only_a_yes_is_one() {
    for (line, is_yes) in [
        ("y", true),
        ("Y", true),
        (" yes ", true),
        ("是", true),
        ("", false),
        ("n", false),
        ("yy", false),
    ] {
        let trial = Trial::new(1);
        let sent = answered(&trial, &format!("{line}\n"), &["campaign", "apply", "a.csv"]);
        assert!(sent.contains("1 row will be applied. Go on? [y/N]\r\n"), "{sent}");
        assert_eq!(sent.contains("nothing was placed\r\n"), !is_yes, "{sent}");
        assert_eq!(trial.sets(), u64::from(is_yes), "{line}");
    }
    let trial = Trial::new(2);
    trial.write_rows([row(1, 10), row(2, 10).replacen('2', "all", 1)]);
    for (language, question, answer) in [
        (
            "en",
            "2 rows (one of them for every other store) will be applied.",
            "nothing was placed\r\n",
        ),
        ("zh", "2 行（其中一行表示其余全部门店）将被投放。继续？[y/N]\r\n", "未投放任何内容\r\n"),
    ] {
        let sent = answered(&trial, "n\n", &["campaign", "apply", "a.csv", "--lang", language]);
        assert!(sent.contains(question) && sent.contains(answer), "{sent}");
    }
}

#[test]
fn nobody_is_asked_where_nobody_can_answer() {
    let trial = Trial::new(3);
    let refused = trial.run(&["campaign", "apply", "a.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("--yes"));
    assert!(trial.server.calls().is_empty());
}

#[test]
fn a_page_as_report_holds_every_row() {
    let trial = Trial::new(3);
    let arguments = ["campaign", "apply", "a.csv", "--yes", "--report", "a.html", "--lang", "zh"];
    assert_eq!(trial.run(&arguments).status.code(), Some(0));
    let page = trial.read("a.html");
    assert_eq!(page.matches("<tr class=\"placed\">").count(), 3);
    assert!(
        page.contains("<html lang=\"zh-CN\">") && page.contains("共 3 行，其中 3 行符合预期。")
    );
}

/// Not beside the journal's tests: a process that is started holds the locks of its parent for a moment.
#[test]
fn a_report_goes_through_a_named_pipe_which_stays_one() {
    let trial = Trial::new(1);
    let pipe = trial.path("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe).unwrap()
    });
    let run = trial.run(&[PLAN, &["--report", "pipe.csv"]].concat());
    assert_eq!(run.status.code(), Some(0), "{}", said(&run));
    let rows: Vec<String> = reader.join().unwrap().lines().map(str::to_owned).collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[1].starts_with("2,1,1,"), "{rows:?}");
    assert!(std::os::unix::fs::FileTypeExt::is_fifo(
        &std::fs::metadata(&pipe).unwrap().file_type()
    ));
}
