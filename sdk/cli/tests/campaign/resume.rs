//! Runs that follow other runs, and runs that are stopped.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use wechat_bizwifi::testing::Endpoint;

use crate::trial::{APPLY, PLAN, Trial, ended, in_time, row, said, text};

fn signal(process: u32, name: &str) {
    let sent = Command::new("kill").args([name, &process.to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn an_apply_leaves_nothing_to_do_and_a_plan_writes_nothing() {
    let trial = Trial::new(5);
    let planned = trial.run(PLAN);
    assert_eq!(planned.status.code(), Some(0), "{}", said(&planned));
    assert!(said(&planned).contains("place 5"), "{}", said(&planned));
    assert_eq!(trial.sets(), 0);
    assert!(!trial.path("a.csv.journal").exists());

    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    let again = trial.run(APPLY);
    assert!(said(&again).contains("left 5"), "{}", said(&again));
    assert!(said(&trial.run(PLAN)).contains("leave 5"));
    assert_eq!(trial.sets(), 5);
}

#[test]
fn after_a_stop_only_what_is_new_or_has_failed_is_sent_whatever_the_order() {
    let trial = Trial::new(6);
    let rows = |shops: &[i64]| trial.write_rows(shops.iter().map(|shop| row(*shop, 10)));
    rows(&[1, 2, 3, 4]);
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(3).reply_code(45009);
    let stopped = trial.run(&[APPLY, &["--concurrency", "1"]].concat());
    assert_eq!(stopped.status.code(), Some(4), "{}", said(&stopped));
    rows(&[6, 4, 3, 2, 1, 5]);
    let resumed = trial.run(APPLY);
    assert_eq!(resumed.status.code(), Some(0), "{}", said(&resumed));
    assert_eq!(trial.report()["placed"], 6, "the last report tells of every run");
    assert_eq!(trial.sets(), 7, "one of them was refused by the quota");
}

#[test]
fn a_row_that_was_changed_and_changed_back_is_placed_again() {
    let trial = Trial::new(2);
    let write = |text: &str| trial.write_rows([row(1, 10).replace("10元", text), row(2, 10)]);
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(2).reply_code(45009);
    let one_at_a_time = [APPLY, &["--concurrency", "1"]].concat();
    assert_eq!(trial.run(&one_at_a_time).status.code(), Some(4));
    write("20元");
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(2).reply_code(45009);
    assert_eq!(trial.run(&one_at_a_time).status.code(), Some(4));
    write("10元");
    assert_eq!(trial.run(&one_at_a_time).status.code(), Some(0));
    let calls = trial.server.calls_to(Endpoint::SET_COUPON_PLACEMENT);
    let last = calls.iter().rfind(|call| call.json()["shop_id"] == 1).unwrap();
    assert_eq!(last.json()["card_describe"], "10元代金券");
}

#[test]
fn a_stock_that_alone_has_changed_is_placed_once_more() {
    let trial = Trial::new(1);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    trial.write_rows([row(1, 20)]);
    let planned = trial.run(PLAN);
    assert!(text(&planned.stdout).contains("card_quantity: ? -> 20"), "{}", text(&planned.stdout));
    assert!(said(&trial.run(APPLY)).contains("changed 1"));
    assert!(said(&trial.run(APPLY)).contains("left 1"));
    assert_eq!(trial.sets(), 2);
}

#[test]
fn a_stock_whose_change_was_cut_off_is_placed_again_since_it_cannot_be_read_back() {
    let trial = Trial::new(1);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    trial.write_rows([row(1, 20)]);
    let fault = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT);
    fault.not_carried_out().cut_before_reply();
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    let calls = trial.server.calls_to(Endpoint::SET_COUPON_PLACEMENT);
    assert_eq!(calls.len(), 3);
    assert_eq!(calls[2].json()["card_quantity"], 20);
}

#[test]
fn a_placement_whose_reply_was_lost_is_read_back_and_not_sent_again() {
    let trial = Trial::new(1);
    trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).carried_out().cut_before_reply();
    let applied = trial.run(APPLY);
    assert!(said(&applied).contains("recovered 1"), "{}", said(&applied));
    assert_eq!((applied.status.code(), trial.sets()), (Some(0), 1));
}

#[test]
fn a_damaged_journal_stops_the_run_and_names_the_line() {
    let trial = Trial::new(2);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    let journal = trial.read("a.csv.journal").replacen("\"state\"", "\"st", 1);
    std::fs::write(trial.path("a.csv.journal"), journal).unwrap();
    let refused = trial.run(APPLY);
    assert_eq!(refused.status.code(), Some(3));
    assert!(
        said(&refused).contains("a.csv.journal: line 2 of the journal is damaged"),
        "{}",
        said(&refused)
    );
    assert_eq!(trial.sets(), 2);
}

#[test]
fn a_journal_that_cannot_be_written_is_named() {
    let trial = Trial::new(1);
    std::fs::create_dir(trial.path("a.csv.journal")).unwrap();
    for arguments in [PLAN, APPLY] {
        let refused = trial.run(arguments);
        assert_eq!(refused.status.code(), Some(3));
        assert!(said(&refused).contains("a.csv.journal: Is a directory"), "{}", said(&refused));
    }
}

/// A shell that lets files grow up to so many kilobytes: what is written beyond fails, as on a
/// full disk.
fn with_little_room(trial: &Trial, kilobytes: u32, arguments: &[&str]) -> std::process::Output {
    let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$0\" \"$@\"");
    let program = env!("CARGO_BIN_EXE_wechat-bizwifi");
    let all = [&["-c", script.as_str(), program], arguments].concat();
    trial.command_of("bash", &all).output().unwrap()
}

#[test]
fn a_full_disk_stops_the_calls_and_the_next_run_goes_on() {
    let trial = Trial::new(100);
    let apply = &["campaign", "apply", "a.csv", "--yes", "--rate", "1000000"];
    let stopped = with_little_room(&trial, 8, apply);
    assert_eq!(stopped.status.code(), Some(3), "{}", said(&stopped));
    assert!(said(&stopped).contains("the journal: "), "{}", said(&stopped));
    let sent = trial.sets();
    assert!(sent < 60, "{sent}");
    // What was written of the last lines is cut off, and no more.
    let journal = trial.read("a.csv.journal");
    assert!(journal.len() > 1024 && journal.ends_with('\n'), "{journal}");
    let stopped = with_little_room(&trial, 9, &[apply, &["--lang", "zh"][..]].concat());
    assert!(said(&stopped).contains("\n日志：文件过大\n"), "{}", said(&stopped));
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    assert!(trial.placements().values().all(|(effects, after)| (*effects, *after) == (1, 0)));
    assert_eq!(trial.placements().len(), 100);
}

#[test]
fn a_report_that_does_not_fit_leaves_the_old_one_and_every_row_is_placed() {
    let trial = Trial::new(300);
    std::fs::write(trial.path("report.html"), "before").unwrap();
    let apply = ["campaign", "apply", "a.csv", "--yes", "--rate", "1000000"];
    // The journal is there already, so that the report alone grows beyond the limit.
    assert_eq!(trial.run(&apply).status.code(), Some(0));
    let journal = std::fs::metadata(trial.path("a.csv.journal")).unwrap().len();
    let room = u32::try_from(journal.div_ceil(1024) + 1).unwrap();
    let long: String = "long-".repeat(100);
    trial.write_rows((1..=1000).map(|shop| row(shop, 10).replace("10元", &long)));
    let refused =
        with_little_room(&trial, room, &[&apply[..], &["--report", "report.html"]].concat());
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("could not be written"), "{}", said(&refused));
    assert_eq!(trial.read("report.html"), "before");
    let left: Vec<_> = std::fs::read_dir(trial.folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

#[test]
fn a_report_that_cannot_be_begun_is_refused_before_any_call() {
    let trial = Trial::new(1);
    let refused =
        trial.run(&["campaign", "apply", "a.csv", "--yes", "--report", "no/such/folder.csv"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(trial.server.calls().is_empty());
}

#[test]
fn an_interrupted_run_ends_what_is_under_way_and_tells_of_every_row() {
    for name in ["-INT", "-TERM", "-HUP"] {
        let trial = Trial::new(40);
        let gate = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(5).hold();
        let mut child = trial.spawn(&[APPLY, &["--concurrency", "1"]].concat());
        trial.wait_for_sets(5);
        signal(child.id(), name);
        std::thread::sleep(Duration::from_millis(100));
        gate.open();
        assert_eq!(ended(&mut child).code(), Some(3), "{name}");
        let report = trial.report();
        assert_eq!((report["placed"], report["not-tried"]), (5, 35), "{name}");
        assert_eq!(trial.run(APPLY).status.code(), Some(0));
        assert!(trial.placements().values().all(|(effects, after)| (*effects, *after) == (1, 0)));
    }
}

#[test]
fn a_second_signal_ends_the_program_at_once_and_the_next_run_goes_on() {
    let trial = Trial::new(2);
    let set = || trial.server.fault(Endpoint::SET_COUPON_PLACEMENT);
    let gate = set().on_call(1).hold();
    // The other row waits for a minute, and is reported as soon as the run is to stop.
    set().on_call(2).reply_code(45011);
    let output = trial.path("output");
    let mut apply = trial.command(&[APPLY, &["--output", "json"]].concat());
    apply.stdout(std::fs::File::create(&output).unwrap()).stderr(Stdio::null());
    let mut child = apply.spawn().unwrap();
    trial.wait_for_sets(2);
    signal(child.id(), "-INT");
    let is_written = || std::fs::metadata(&output).unwrap().len() > 0;
    assert!(in_time(|| is_written().then_some(())).is_some());
    assert!(child.try_wait().unwrap().is_none(), "it waits for what is under way");
    signal(child.id(), "-TERM");
    assert_eq!(ended(&mut child).code(), Some(3));
    gate.open();
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
}

#[test]
fn a_run_is_interrupted_while_the_stores_are_listed_before_any_row() {
    let english = "\ninterrupted\nstopped; run the same command again to go on\n";
    let chinese = "\n已中断\n已停止；再次运行同一命令即可继续\n";
    for (command, language, expected) in [
        (PLAN, "en", english),
        (APPLY, "zh", chinese),
        (&["campaign", "status", "a.csv"], "en", english),
    ] {
        let trial = Trial::new(1);
        trial.write_rows([row(1, 10).replacen('1', "all", 1)]);
        let stores = Endpoint::path("/bizwifi/shop/list");
        let _gate = trial.server.fault(stores.clone()).hold();
        let mut run = trial.command(&[command, &["--lang", language]].concat());
        let run = run.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        trial.wait_for(&stores, 1);
        signal(run.id(), "-INT");
        let run = run.wait_with_output().unwrap();
        assert_eq!(run.status.code(), Some(3), "{}", said(&run));
        assert!(said(&run).ends_with(expected), "{}", said(&run));
    }
}

#[test]
fn an_interrupted_run_says_what_it_waits_for_and_ends_at_once_when_it_is_interrupted_again() {
    for (language, output) in [
        ("en", "stopping: the calls under way are waited for; interrupt once more to end at once"),
        ("zh", "正在停止：等待进行中的调用结束；再次中断则立即退出"),
    ] {
        let trial = Trial::new(3);
        let gate = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).on_call(2).hold();
        let options = ["--concurrency", "1", "--lang", language];
        let mut command = trial.command(&[APPLY, &options].concat());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        trial.wait_for_sets(2);
        signal(child.id(), "-INT");
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines();
        assert!(said.any(|line| line.unwrap() == output), "{language}");
        signal(child.id(), "-INT");
        assert_eq!(ended(&mut child).code(), Some(3), "{language}");
        drop(gate);
    }
}

#[test]
fn what_only_looks_is_interrupted_in_the_same_way_and_leaves_nothing_behind() {
    for command in ["plan", "status"] {
        let trial = Trial::new(40);
        let gate = trial.server.fault(Endpoint::GET_COUPON_PLACEMENT).on_call(5).hold();
        let limits = ["--rate", "1000000", "--concurrency", "1", "--report", "report.csv"];
        let mut child = trial.spawn(&[&["campaign", command, "a.csv"], &limits[..]].concat());
        trial.wait_for(&Endpoint::GET_COUPON_PLACEMENT, 5);
        signal(child.id(), "-INT");
        std::thread::sleep(Duration::from_millis(100));
        gate.open();
        assert_eq!(ended(&mut child).code(), Some(3), "{command}");
        assert_eq!(trial.report()["not-tried"], 35, "{command}");
        assert_eq!(unfinished(&trial), 0);
    }
}

#[test]
fn what_a_killed_run_left_of_a_report_is_removed_by_the_next_one() {
    let trial = Trial::new(2);
    let gate = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).hold();
    let mut child = trial.spawn(APPLY);
    trial.wait_for_sets(1);
    child.kill().unwrap();
    child.wait().unwrap();
    gate.open();
    assert_eq!(unfinished(&trial), 1);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    assert_eq!((trial.report().values().sum::<usize>(), unfinished(&trial)), (2, 0));
}

/// How many unfinished files there are.
fn unfinished(trial: &Trial) -> usize {
    let files = std::fs::read_dir(trial.folder.path()).unwrap();
    files.filter(|file| file.as_ref().unwrap().path().extension() == Some("part".as_ref())).count()
}

#[test]
fn a_second_apply_of_the_same_file_is_refused_and_told_who_holds_it() {
    let trial = Trial::new(3);
    let gate = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).hold();
    let mut first =
        trial.command(APPLY).stderr(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
    trial.wait_for_sets(1);
    let second = trial.run(APPLY);
    assert_eq!(second.status.code(), Some(3));
    let holder = format!("in use by another run (process {}, since 2", first.id());
    assert!(said(&second).contains(&holder), "{}", said(&second));
    assert_eq!(trial.run(PLAN).status.code(), Some(0), "a plan disturbs nobody");
    gate.open();
    assert_eq!(ended(&mut first).code(), Some(0));
}
