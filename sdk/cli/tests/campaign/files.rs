//! Files as spreadsheets and editors leave them.

use std::process::Stdio;

use encoding_rs::GB18030;
use wechat_bizwifi::testing::Endpoint;

use crate::trial::{APPLY, CARD, ENDS, HEADER, PLAN, Trial, row, said, text};

fn json_plan(trial: &Trial) -> (String, String) {
    let planned = trial.run(&[PLAN, &["--output", "json", "--concurrency", "1"]].concat());
    assert_eq!(planned.status.code(), Some(0), "{}", said(&planned));
    (text(&planned.stdout), said(&planned))
}

#[test]
fn a_separator_that_is_named_counts_before_the_headers() {
    let trial = Trial::new(2);
    let file = format!("{HEADER}{}{}", row(1, 10), row(2, 10));
    let plan = |separator: &str| trial.run(&[PLAN, &["--separator", separator]].concat());
    for (name, separator) in
        [("comma", ","), (",", ","), ("tab", "\t"), ("semicolon", ";"), (";", ";")]
    {
        trial.write(file.replace(',', separator).as_bytes());
        let planned = said(&plan(name));
        assert!(planned.contains("place 2"), "{name}: {planned}");
    }
    let refused = plan("comma");
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("it has: shop_id;card_id;"), "{}", said(&refused));
    let unknown = plan("dash");
    assert!(said(&unknown).contains("comma, semicolon, tab"), "{}", said(&unknown));
}

#[test]
fn the_same_rows_are_the_same_plan_in_every_encoding_that_excel_writes() {
    let trial = Trial::new(2);
    let plain = trial.read("a.csv");
    let (expected, _) = json_plan(&trial);
    let marked = format!("\u{feff}{plain}");
    let (gbk, ..) = GB18030.encode(&plain);
    let wide = |encode: fn(u16) -> [u8; 2]| marked.encode_utf16().flat_map(encode).collect();
    let quoted = marked.replace("shop_id", "\"shop_id\"").replace('\n', "\r\n");
    let files: [(Vec<u8>, &str); 7] = [
        (marked.clone().into_bytes(), "UTF-8"),
        (quoted.into_bytes(), "UTF-8"),
        (gbk.into_owned(), "gb18030"),
        (wide(u16::to_le_bytes), "UTF-16LE"),
        (wide(u16::to_be_bytes), "UTF-16BE"),
        (plain.replace(',', ";").into_bytes(), "UTF-8"),
        (format!("sep=\t\n{}", plain.replace(',', "\t")).into_bytes(), "UTF-8"),
    ];
    for (file, encoding) in files {
        trial.write(&file);
        let (plan, printed) = json_plan(&trial);
        let without_lines = |plan: &str| {
            plan.replace("\"line\":3", "").replace("\"line\":2", "").replace("\"line\":4", "")
        };
        assert_eq!(without_lines(&plan), without_lines(&expected), "{encoding}");
        assert!(printed.contains(&format!("a.csv: {encoding}, 2 rows")), "{printed}");
    }
}

#[test]
fn a_file_that_cannot_be_used_is_refused_with_the_line_before_any_call() {
    let trial = Trial::new(2);
    let cases = [
        (String::new(), "a.csv: is empty"),
        (HEADER.to_owned(), "a.csv: has a header and no rows"),
        (format!("{HEADER}{}1,{CARD}\n", row(1, 1)), "line 3: record 2 has 2 cells"),
        (format!("{HEADER}{}2,\"p\n", row(1, 1)), "line 3: a quotation mark is opened"),
        (format!("{HEADER}{}{}", row(1, 1), row(1, 2)), "line 3: store 1 stands on line 2 already"),
        (format!("shop_id,shop_id\n{}", row(1, 1)), "columns 1 and 2 are both called `shop_id`"),
        (format!("店,{HEADER}").replace("shop_id,", "门店,") + &row(1, 1), "it has: 店, 门店"),
        (format!("{HEADER}\u{0}"), "has a null character at byte "),
    ];
    for (file, message) in cases {
        trial.write(file.as_bytes());
        let refused = trial.run(APPLY);
        assert_eq!(refused.status.code(), Some(2), "{message}");
        assert!(said(&refused).contains(message), "{}", said(&refused));
    }
    assert!(trial.server.calls().is_empty());
    assert!(!trial.path("a.csv.journal").exists() && !trial.path("report.csv").exists());
}

#[test]
fn what_a_spreadsheet_has_spoilt_is_refused_by_row_and_never_sent() {
    let trial = Trial::new(9);
    let rest = format!("x,1457280000,{ENDS},10\n");
    trial.write_rows([
        format!("4.29E+05,{CARD},{rest}"),
        format!("2,8.96529E+19,{rest}"),
        format!("3,pB\u{200b}nT,{rest}"),
        format!("4,{CARD},10\u{fffd},1457280000,{ENDS},10\n"),
        format!("５,{CARD},{rest}"),
        format!("6,{CARD},,1457280000,{ENDS},10\n"),
        format!("\u{a0}7\u{3000},{CARD},{rest}"),
        "8,,,,,\n".to_owned(),
        format!("0,{CARD},{rest}"),
    ]);
    let applied = trial.run(APPLY);
    assert_eq!(applied.status.code(), Some(1));
    let printed = said(&applied);
    for message in [
        "line 2 (row 1): refused: shop_id: `4.29E+05` is how a spreadsheet",
        "line 3 (row 2): refused: card_id: `8.96529E+19` is how",
        "line 4 (row 3): refused: card_id: has the invisible character U+200B",
        "line 5 (row 4): refused: card_describe: has U+FFFD in it",
        "line 6 (row 5): refused: shop_id: `５` has full-width digits",
        "line 7 (row 6): refused: card_describe: is blank",
        "line 8: spaces around `shop_id` were taken off",
        "line 10 (row 9): refused: shop_id: 0 stands for every store",
        "placed 1, left 1, refused 7",
    ] {
        assert!(printed.contains(message), "{message}\n{printed}");
    }
    assert_eq!(trial.placements().keys().copied().collect::<Vec<_>>(), [7]);
}

#[test]
fn numbers_keep_their_digits_on_the_way_to_the_service() {
    let trial = Trial::new(0);
    trial.server.add_shop(9_007_199_254_740_993);
    trial.server.add_card("007", ENDS);
    trial.write_rows([format!("9007199254740993,007,x,1457280000,{ENDS},10\n")]);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    let calls = trial.server.calls_to(Endpoint::SET_COUPON_PLACEMENT);
    let sent = text(calls[0].body());
    assert!(sent.contains("\"shop_id\":9007199254740993") && sent.contains("\"007\""), "{sent}");
}

#[test]
fn stores_that_no_row_names_are_untouched() {
    let trial = Trial::new(3);
    trial.write_rows([row(2, 10)]);
    assert_eq!(trial.run(APPLY).status.code(), Some(0));
    assert_eq!(trial.placements().keys().copied().collect::<Vec<_>>(), [2]);
}

#[test]
fn of_many_rows_with_spaces_around_cells_the_first_ten_are_named() {
    let trial = Trial::new(13);
    let rows: String = (1..=13).map(|shop| row(shop, 1).replacen(',', " ,", 1)).collect();
    trial.write(format!("{HEADER}{rows}").as_bytes());
    let planned = trial.run(PLAN);
    let printed = said(&planned);
    assert_eq!(printed.matches("spaces around `shop_id` were taken off").count(), 10, "{printed}");
    assert_eq!(printed.matches("and of more rows").count(), 1, "{printed}");
}

#[test]
fn rows_that_are_under_way_end_when_the_file_cannot_be_read_on() {
    let trial = Trial::new(20);
    let gate = trial.server.fault(Endpoint::SET_COUPON_PLACEMENT).times(2).hold();
    let mut command = trial.command(&[APPLY, &["--concurrency", "2"]].concat());
    let run = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
    trial.wait_for_sets(2);
    trial.write_rows([row(1, 10)]);
    gate.open();
    let run = run.wait_with_output().unwrap();
    let said = said(&run);
    assert_eq!(run.status.code(), Some(3), "{said}");
    let reason = "\na.csv: has changed since it was checked: run the command again\n";
    assert!(said.contains(reason), "{said}");
    let placed = trial.sets();
    assert!((3..20).contains(&placed), "{placed}");
    assert!(said.contains(&format!("placed {placed}\n")), "{placed}: {said}");
}
