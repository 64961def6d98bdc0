use std::fs;

use super::*;
use crate::descriptions::Descriptions;

const HEADER: &str = "shop_id,card_id,card_describe,start_time,end_time,card_quantity\n";

fn open(rows: &str) -> Result<(CampaignFile, tempfile::NamedTempFile), String> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), format!("{HEADER}{rows}")).unwrap();
    let operations = Descriptions::load().unwrap().operations();
    let set = operations.iter().find(|operation| operation.id == "setCouponPlacement").unwrap();
    let opened = CampaignFile::open(file.path(), None, set);
    opened.map(|opened| (opened, file)).map_err(|error| error.to_string())
}

fn desired(rows: &str, shops: &[i64]) -> Vec<Desired> {
    let (file, _kept) = open(rows).unwrap();
    file.desired(shops.iter().copied()).unwrap().map(Result::unwrap).collect()
}

fn reason(row: &Desired) -> String {
    match &row.wish {
        Wish::Invalid(reason) => reason.clone(),
        wish => panic!("{wish:?}"),
    }
}

#[test]
fn a_blank_cell_clears_nothing_and_a_row_of_them_leaves_its_store_alone() {
    let rows = desired("7,,,,,\n8,p1,,1,2,3\n", &[]);
    assert_eq!((&rows[0].wish, rows[0].shop.as_str()), (&Wish::Leave, "7"));
    assert_eq!(reason(&rows[1]), "card_describe: is blank");
    // One cell that says something, and is no store's or cannot be read, is no wish to leave anything.
    let rows = desired(",p1,,,,\n7,,,4.1E+09,,\n４２,,,,,\n", &[]);
    let lacking = "card_describe: is blank; start_time: is blank; end_time: is blank; card_quantity: is blank";
    assert_eq!(reason(&rows[0]), format!("shop_id: is blank; {lacking}"));
    assert!(reason(&rows[1]).contains("start_time: `4.1E+09` is neither"));
    assert!(reason(&rows[2]).starts_with("shop_id: `４２` has full-width digits"));
    let rows = desired("7,,,,,\nall,p1,x,1,2,3\n", &[7, 9]);
    assert_eq!(rows.len(), 2);
    assert!(rows[0].wish == Wish::Leave && rows[1].shop == "9");
}

#[test]
fn a_blank_cell_of_what_a_request_may_leave_out_is_not_called_blank() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), format!("{HEADER}8,p1,,1,2,\n")).unwrap();
    let operations = Descriptions::load().unwrap().operations();
    let mut set = operations.into_iter().find(|one| one.id == "setCouponPlacement").unwrap();
    for property in &mut set.properties {
        property.required = property.name != "card_describe";
    }
    let opened = CampaignFile::open(file.path(), None, &set).unwrap();
    let row = opened.desired(iter::empty()).unwrap().next().unwrap().unwrap();
    let reason = reason(&row);
    assert!(reason.contains("card_quantity: is blank"), "{reason}");
    assert!(!reason.contains("card_describe: is blank"), "{reason}");
}

#[test]
fn the_number_that_stands_for_every_store_is_refused() {
    let rows = desired("0,p1,x,1,2,3\n", &[]);
    assert!(reason(&rows[0]).contains("write `all`"));
}

#[test]
fn the_same_cells_are_the_same_file_whatever_it_is_saved_as() {
    let digest = |text: &[u8]| {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), text).unwrap();
        let operations = Descriptions::load().unwrap().operations();
        let set = operations.iter().find(|one| one.id == "setCouponPlacement").unwrap();
        let opened = CampaignFile::open(file.path(), None, set).unwrap();
        let rows: Vec<Wish> =
            opened.desired(iter::empty()).unwrap().map(|row| row.unwrap().wish).collect();
        (opened.digest, rows)
    };
    let plain = format!("{HEADER}1,p1,10元代金券,1,2,3\n");
    let quoted = plain.replace("shop_id", "\"shop_id\"");
    let (gbk, ..) = encoding_rs::GB18030.encode(&plain);
    let wide: Vec<u8> =
        format!("\u{feff}{plain}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    for same in [
        quoted.clone().into_bytes(),
        format!("\u{feff}{plain}").into_bytes(),
        format!("\u{feff}{quoted}").into_bytes(),
        plain.replace('\n', "\r\n").into_bytes(),
        format!("\u{feff}{}", quoted.replace('\n', "\r\n")).into_bytes(),
        plain.replace(',', ";").into_bytes(),
        plain.replace(',', "\t").into_bytes(),
        gbk.into_owned(),
        wide,
    ] {
        assert_eq!(digest(&same), digest(plain.as_bytes()), "{}", same.escape_ascii());
    }
    // Cells that are divided otherwise are other cells, within a row and between two.
    let rows = |rows: &str| digest(format!("{HEADER}{rows}").as_bytes()).0;
    let other = [
        "1,p1,x,1,2,3\n4,p1,x,1,2,3\n",
        "1,p2,x,1,2,3\n4,p1,x,1,2,3\n",
        "1,p,1x,1,2,3\n4,p1,x,1,2,3\n",
        "1,p1,x,1,2,34\n,p1,x,1,2,3\n",
    ];
    let digests: std::collections::BTreeSet<String> = other.into_iter().map(rows).collect();
    assert_eq!(digests.len(), other.len());
}

#[test]
fn a_file_that_has_changed_since_it_was_checked_is_not_read_on() {
    let (opened, file) = open("1,p,x,1,2,3\n").unwrap();
    fs::write(file.path(), format!("{HEADER}1,p,x,1,2,3\n1,p,x,1,2,3\n")).unwrap();
    let error = opened.desired(iter::empty()).err().unwrap();
    assert!(error.to_string().starts_with("has changed since"), "{error}");
}

#[test]
fn a_file_that_changes_while_it_is_read_is_not_read_on() {
    let row = |shop: u32| format!("{shop},p,{},1,2,3\n", "x".repeat(18));
    let (opened, file) = open(&(1..9000).map(row).collect::<String>()).unwrap();
    let mut rows = opened.desired(iter::empty()).unwrap();
    assert!(rows.next().unwrap().is_ok());
    fs::write(file.path(), format!("{HEADER}{}", row(10_000))).unwrap();
    let error = rows.find_map(Result::err).unwrap();
    assert!(error.to_string().starts_with("has changed since"), "{error}");
}

#[test]
fn a_file_is_read_on_though_another_has_taken_its_name() {
    let row = |shop: u32| format!("{shop},p,x,1,2,3\n");
    let (opened, file) = open(&(1..9000).map(row).collect::<String>()).unwrap();
    let mut rows = opened.desired(iter::empty()).unwrap();
    assert!(rows.next().unwrap().is_ok());
    fs::remove_file(file.path()).unwrap();
    fs::write(file.path(), HEADER).unwrap();
    assert_eq!(rows.map(Result::unwrap).count(), 8998);
}

#[test]
fn a_row_is_the_request_that_it_asks_for() {
    let rows = desired("429620,p1,10元代金券,1457280000,2016-03-12T00:00:00+08:00,10\n", &[]);
    let request = rows[0].request().unwrap();
    assert_eq!(
        serde_json::to_string(request).unwrap(),
        r#"{"shop_id":429620,"card_id":"p1","card_describe":"10元代金券","start_time":1457280000,"end_time":1457712000,"card_quantity":10}"#
    );
}

#[test]
fn the_row_all_stands_for_the_stores_that_no_other_row_names() {
    let rows = desired("all,p1,x,1,2,10\n7,p2,y,1,2,3\n", &[5, 7, 9]);
    let stores: Vec<(u64, i64)> =
        rows.iter().map(|row| (row.line, row.request().unwrap().shop_id().get())).collect();
    assert_eq!(stores, [(3, 7), (2, 5), (2, 9)]);
    let (file, _kept) = open("all,p1,x,1,2,10\n7,p2,y,1,2,3\n").unwrap();
    assert_eq!(file.expected(&[5, 7, 9]).unwrap(), 3);
}

#[test]
fn a_row_that_breaks_a_rule_is_refused_with_the_reason_and_the_others_stand() {
    let long = "x".repeat(19);
    let rows = desired(&format!("1,p,{long},1,2,3\n2,p,x,1,2,4.29E+05\n3,p,x,1,2,3\n"), &[]);
    let reason = reason(&rows[0]);
    assert!(reason.contains("card_describe") && reason.contains("18"), "{reason}");
    let reason = self::reason(&rows[1]);
    assert!(reason.starts_with("card_quantity: `4.29E+05` is how a spreadsheet"), "{reason}");
    assert!(rows[2].request().is_some());
}

#[test]
fn all_that_is_wrong_with_a_row_is_said_at_once_of_cells_that_can_be_read_and_of_others() {
    let rows = desired(&format!("1,p1,{},x,2,-3\n2,,y,1,2,z\n", "券".repeat(19)), &[]);
    let time = "start_time: `x` is neither";
    let said = reason(&rows[0]);
    assert!(said.starts_with(time), "{said}");
    let rest = "; /card_describe must have at most 18 characters, has 19; /card_quantity must be at \
                least 0, is -3";
    assert!(said.ends_with(rest), "{said}");
    let said = reason(&rows[1]);
    assert!(said.starts_with("card_id: is blank; card_quantity: "), "{said}");
    assert!(!said.contains('/'), "{said}");
}

#[test]
fn a_store_that_cannot_be_read_is_not_among_those_that_all_stands_for() {
    for store in ["４２", "4.29E+05", "x", ""] {
        let rows = format!("{store},,,,,note\nall,p1,x,1,2,10\n");
        let error = open(&rows).unwrap_err();
        assert!(error.starts_with("line 2: names no store"), "{error}");
    }
}

#[test]
fn a_store_that_is_named_twice_is_refused_before_any_call() {
    let error = open("1,p,x,1,2,3\n2,p,x,1,2,3\n1,q,x,1,2,3\n").unwrap_err();
    assert_eq!(error, "line 4: store 1 stands on line 2 already: keep one of the two");
    let error = open("all,p,x,1,2,3\nALL,p,x,1,2,3\n").unwrap_err();
    assert_eq!(error, "line 3: `all` stands on line 2 already: keep one of the two");
    assert_eq!(open("\n,,,,,\n").unwrap_err(), "has a header and no rows");
}
