//! All that a person reads, in both languages, beside the commands: `tests/transcripts/`.

use std::fs;
use std::path::Path;
use std::process::Command;

use wechat_bizwifi::testing::Endpoint;

use crate::scenes;
use crate::trial::{CARD, ENDS, HEADER, Trial, row, text};

/// Commands as they are typed, with what they printed and how they ended.
pub struct Transcript {
    pub trial: Trial,
    language: &'static str,
    pub text: String,
}

impl Transcript {
    pub fn run(&mut self, command: &str) {
        self.run_changed(command, |_| ());
    }

    /// Runs it in another environment.
    pub fn run_changed(&mut self, command: &str, change: impl FnOnce(&mut Command)) {
        let run = self.trial.command(&self.arguments(command));
        self.record(command, run, change);
    }

    /// Runs it for a server elsewhere.
    pub fn run_at(&mut self, command: &str, base_url: &str) {
        self.run_changed_at(command, base_url, |_| ());
    }

    /// Runs it for a server elsewhere, in another environment.
    pub fn run_changed_at(
        &mut self,
        command: &str,
        base_url: &str,
        change: impl FnOnce(&mut Command),
    ) {
        let command = format!("{command} --base-url {base_url}");
        let run = self.trial.command_at(&self.arguments(&command));
        self.record(&command, run, change);
    }

    /// Runs it as it stands, for no server of ours.
    pub fn run_bare(&mut self, command: &str) {
        let run = self.trial.command_at(&self.arguments(command));
        self.record(command, run, |_| ());
    }

    /// What a file has, from a text on.
    pub fn show(&mut self, file: &str, from: &str) {
        let text = self.trial.read(file);
        let start = text.find(from).unwrap();
        let shown = self.same_everywhere(&text[start..]);
        self.text += &format!("$ cat {file}\n{shown}\n");
    }

    fn arguments<'c>(&self, command: &'c str) -> Vec<&'c str> {
        let words = command.split(' ').chain(["--lang", self.language]);
        words.filter(|it| !it.is_empty()).collect()
    }

    fn record(&mut self, command: &str, mut run: Command, change: impl FnOnce(&mut Command)) {
        // What would change the width of the help, or the way to the server.
        for name in [
            "COLUMNS",
            "HTTPS_PROXY",
            "https_proxy",
            "ALL_PROXY",
            "all_proxy",
            "NO_PROXY",
            "no_proxy",
        ] {
            run.env_remove(name);
        }
        change(&mut run);
        let command = self.same_everywhere(command);
        let run = run.output().unwrap();
        let exit = run.status.code().unwrap();
        let printed = self.same_everywhere(&text(&run.stdout));
        let said = self.same_everywhere(&text(&run.stderr));
        let parts = [format!("$ wechat-bizwifi {command}"), printed, said];
        self.text.extend(parts);
        self.text += &format!("[{exit}]\n\n");
    }

    /// Without addresses and times, which differ from run to run.
    fn same_everywhere(&self, printed: &str) -> String {
        let folder = format!("{}/", self.trial.folder.path().display());
        let mut text = String::new();
        let printed = printed.replace(&folder, "").replace(folder.trim_end_matches('/'), "FOLDER");
        for line in printed.lines() {
            let line = line.split(" rid: ").next().unwrap();
            let is_counted =
                [" ms", "毫秒", "(process ", "（进程 "].iter().any(|it| line.contains(it));
            let is_dated = is_counted || line.contains("class=\"about\"");
            let line = masked(line, |run| match run.strip_prefix("127.0.0.1:") {
                Some(port) if port != "8080" => "localhost",
                None if is_counted && run.parse::<u64>().is_ok() => "5",
                None if is_dated && run.len() >= "2026-11-27T00:00:00Z".len() => "NOW",
                None if run.contains("..20") => "FROM..TO",
                _ => run,
            });
            text += line.trim_end();
            text.push('\n');
        }
        text
    }
}

/// Replaces each number, time and address.
fn masked(line: &str, mask: impl Fn(&str) -> &str) -> String {
    let (mut text, mut rest) = (String::new(), line);
    while let Some(start) = rest.find(|character: char| character.is_ascii_digit()) {
        let run = &rest[start..];
        let length = run.find(|it: char| !it.is_ascii_digit() && !"-:.T+Z".contains(it));
        let run = run[..length.unwrap_or(run.len())].trim_end_matches(['-', ':', '.']);
        let after = &rest[start + run.len()..];
        text.extend([&rest[..start], mask(run)]);
        rest = after;
    }
    text + rest
}

/// One row of each kind that is shown.
fn rows() -> String {
    let good = row(1, 10);
    let [too_long, spoilt, half, ended] = [
        row(2, 10).replace("10元代金券", &"券".repeat(19)),
        row(3, 10).replace("4102444800", "4.1E+09"),
        row(4, 10).replace(",10\n", ",1.5\n"),
        row(5, 10).replace("1457280000", "5000000000"),
    ];
    let [spaces, no_store, no_card, late, blank] = [
        row(6, 10).replacen(',', " ,", 1),
        row(9, 10),
        row(1, 10).replace(CARD, "pOther").replacen('1', "7", 1),
        row(8, 10).replace(&ENDS.to_string(), &(ENDS + 9).to_string()),
        "10,,,,,\n".to_owned(),
    ];
    [HEADER, &good, &too_long, &spoilt, &half, &ended, &spaces, &no_store, &no_card, &late, &blank]
        .concat()
}

pub const PLAN: &str = "campaign plan a.csv --concurrency 1";

fn spoilt_cells(shell: &mut Transcript) {
    let rows = [
        row(1, 10).replace(&ENDS.to_string(), "1500000000"),
        row(2, 10).replacen('2', "２", 1),
        row(3, 10).replacen('3', "99999999999999999999", 1),
        row(4, 10).replacen('4', "4.3E+09", 1),
        row(5, 10).replacen(CARD, "p\u{200b}B", 1),
        row(6, 10).replacen(CARD, "ｐBn", 1),
        row(7, 10).replace("10元", "\u{fffd}"),
        row(8, 10).replacen('8', "0", 1),
        row(9, 10).replace("10元代金券", ""),
        row(10, 2_000_000_000),
        row(1, 10).replacen('1', "", 1),
    ];
    shell.trial.write(format!("{HEADER}{}", rows.concat()).as_bytes());
    shell.text += "# cells that are spoilt\n";
    shell.run(PLAN);
    let begins = row(1, 10).replace("1457280000", "4102440000");
    shell.trial.write(format!("{HEADER}{begins}").as_bytes());
    for command in [
        "campaign apply a.csv",
        "campaign apply a.csv --yes --rate 1000000",
        "campaign status a.csv --concurrency 1",
    ] {
        shell.run(command);
    }
}

fn other_files(shell: &mut Transcript) {
    shell.run("campaign plan .");
    for (file, what) in [
        (&b""[..], "an empty file"),
        (b"\xff\xff\xff", "no encoding"),
        (b"\xff\xfes\x00\x00\xd8\x00\xd8", "half a character"),
    ] {
        shell.trial.write(file);
        shell.text += &format!("# {what}\n");
        shell.run(PLAN);
    }
}

fn other_plans(shell: &mut Transcript) {
    let by_plan = "campaign apply a.csv --yes --rate 1000000 --plan a.plan";
    shell.trial.write_rows([row(1, 10)]);
    shell.run(&format!("{PLAN} --save a.plan"));
    let plan = shell.trial.read("a.plan");
    let whole: Vec<&str> = plan.lines().collect();
    for (what, text) in [
        ("half a plan", whole[..2].join("\n")),
        ("a plan with a line of another kind", plan.replacen('\n', "\nx\n", 1)),
        ("a plan without the store", [whole[0], "{\"rows\":0}"].join("\n")),
    ] {
        fs::write(shell.trial.path("a.plan"), text).unwrap();
        shell.text += &format!("# {what}\n");
        shell.run(by_plan);
    }
    fs::write(shell.trial.path("a.plan"), plan).unwrap();
    shell.trial.write_rows([row(1, 11)]);
    shell.text += "# a plan for other rows\n";
    shell.run(by_plan);
}

fn doctors(shell: &mut Transcript) {
    let [shops, cards] = ["/bizwifi/shop/list", "/card/batchget"].map(Endpoint::path);
    for (endpoint, code) in [
        (Endpoint::STABLE_TOKEN, 40164),
        (Endpoint::STABLE_TOKEN, 40125),
        (Endpoint::STABLE_TOKEN, 45009),
        (shops.clone(), 9_002_006),
        (shops.clone(), 48001),
        (shops.clone(), 45011),
        (shops.clone(), 1_234_567),
        (cards.clone(), 48001),
        (cards, 1_234_567),
    ] {
        shell.trial.server.fault(endpoint).always().reply_code(code);
        shell.run("doctor");
        shell.trial.server.clear_faults();
    }
    shell.trial.server.fault(shops).always().reply_html();
    shell.run("doctor");
}

fn transcript(language: &'static str) -> String {
    let mut shell = Transcript { trial: Trial::new(8), language, text: String::new() };
    shell.trial.server.add_shop(10);
    shell.trial.write(rows().as_bytes());
    let apply = "campaign apply a.csv --yes --rate 1000000 --concurrency 1";
    for command in [
        "campaign plan a.csv --concurrency 1",
        apply,
        &format!("{apply} --report report.html"),
        "campaign status a.csv --concurrency 1",
    ] {
        shell.run(command);
    }
    let placement = format!(
        r#"{{"shop_id":6,"card_id":"{CARD}","card_describe":"x","start_time":1,"end_time":{ENDS},"card_quantity":1}}"#
    );
    fs::write(shell.trial.path("set.json"), placement).unwrap();
    let changed = row(1, 10).replace("10元", "20元");
    shell.trial.write(format!("{HEADER}{changed}{}", row(7, 20)).as_bytes());
    for command in [
        "campaign plan a.csv --concurrency 1 --save a.plan",
        &format!("{apply} --max-changes 0"),
        &format!("{apply} --plan no.plan"),
        &format!("{apply} --plan a.plan"),
        "campaign plan no.csv",
        "doctor",
        "list-cards --offset 0 --count 5",
        "list-shops --pageindex 1 --pagesize 2",
        "set-coupon-placement --json set.json",
        "get-coupon-placement --shop-id 1",
        "get-coupon-placement --shop-id 99",
        "get-coupon-placement",
        "set-coupon-placement --shop-id 0",
    ] {
        shell.run(command);
    }
    let broken = [
        ("shop_id,card_id\n1,x\n".to_owned(), "columns that are missing"),
        (format!("{HEADER}1,x\n"), "a short row"),
        (format!("{HEADER}\"1,x\n"), "an open quotation mark"),
        (format!("{HEADER}{}{}", row(1, 1), row(1, 2)), "a store twice"),
        (HEADER.to_owned(), "no rows"),
        (HEADER.replacen("card_id", "shop_id", 1), "a column twice"),
    ];
    for (file, what) in broken {
        shell.trial.write(file.as_bytes());
        shell.text += &format!("# {what}\n");
        shell.run("campaign plan a.csv --concurrency 1");
    }
    spoilt_cells(&mut shell);
    other_files(&mut shell);
    other_plans(&mut shell);
    doctors(&mut shell);
    for command in ["", "campaign", "campaign plan", "campaign apply", "campaign status", "serve"] {
        shell.run(&format!("{command} --help"));
    }
    for scene in [
        scenes::accounts,
        scenes::stopped_runs,
        scenes::plans_and_statuses,
        scenes::strangers,
        scenes::patients,
        scenes::descriptions,
        scenes::mistakes,
        scenes::rarities,
    ] {
        scene(&mut shell);
    }
    shell.text
}

fn compare(language: &'static str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = file.join(format!("tests/transcripts/{language}.txt"));
    let actual = transcript(language);
    if std::env::var_os("UPDATE_GOLDENS").is_some() {
        fs::write(&file, &actual).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    let differs = expected.lines().zip(actual.lines()).find(|(expected, now)| expected != now);
    assert!(
        expected == actual,
        "{}: {differs:#?}\nIf this is as it should be: UPDATE_GOLDENS=1 cargo test -p \
         wechat-bizwifi-cli",
        file.display()
    );
}

#[test]
fn what_people_read_in_english_is_as_the_transcript_has_it() {
    compare("en");
}

#[test]
fn what_people_read_in_chinese_is_as_the_transcript_has_it() {
    compare("zh");
}
