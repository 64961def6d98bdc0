//! A row of the file as the request that it asks for.
//!
//! ```text
//! shop_id,card_id,card_describe,start_time,end_time,card_quantity
//! 429620,pBnT…,10元代金券,2026-12-01T00:00:00+08:00,2026-12-31T00:00:00+08:00,10
//! all,pBnT…,…                     every store of the account that no other row names
//! ```

use std::collections::HashMap;
use std::path::Path;

use serde_json::{Map, Value};
use wechat_bizwifi::SetCouponPlacement;

use super::cells;
use super::table::{Row, Table, TableError};
use crate::descriptions::Operation;

/// The property that names the store.
const SHOP: &str = "shop_id";
/// What stands in its column for every store.
const ALL: &str = "all";

/// What a row asks for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Desired {
    /// The line on which the row begins.
    pub(crate) line: u64,
    /// The request, or what is wrong with the row.
    pub(crate) request: Result<SetCouponPlacement, String>,
    /// Cells that had spaces around them, by column.
    pub(crate) trimmed: Vec<String>,
}

/// A campaign's file, checked as far as it can be without the account.
#[derive(Debug)]
pub(crate) struct CampaignFile {
    path: std::path::PathBuf,
    separator: Option<u8>,
    columns: Vec<(String, crate::descriptions::Kind)>,
    /// The line of each store, so that none is named twice.
    lines: HashMap<i64, u64>,
    /// The row that stands for every other store.
    all: Option<Row>,
    /// How many rows there are.
    pub(crate) rows: u64,
    /// The encoding that the file was found to be in.
    pub(crate) encoding: &'static str,
}

impl CampaignFile {
    /// Reads a file through once: its shape has to be right, and no store may be named twice.
    ///
    /// # Errors
    ///
    /// When it cannot be used at all. What is wrong with single rows is said of those.
    pub(crate) fn open(
        path: &Path,
        separator: Option<u8>,
        operation: &Operation,
    ) -> Result<Self, TableError> {
        let columns: Vec<_> = operation
            .properties
            .iter()
            .map(|property| (property.name.clone(), property.kind))
            .collect();
        let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
        let table = Table::open(path, &names, separator)?;
        let mut file = Self {
            path: path.to_owned(),
            separator,
            columns: columns.clone(),
            lines: HashMap::new(),
            all: None,
            rows: 0,
            encoding: table.encoding,
        };
        for row in table {
            file.note(row?)?;
        }
        if file.rows == 0 {
            return Err(TableError { line: None, message: "has a header and no rows".to_owned() });
        }
        Ok(file)
    }

    fn note(&mut self, row: Row) -> Result<(), TableError> {
        self.rows += 1;
        let line = row.line;
        let taken = |first: u64, what: String| {
            let message = format!("{what} stands on line {first} already: keep one of the two");
            TableError { line: Some(line), message }
        };
        if self.names_all(&row) {
            if let Some(first) = &self.all {
                return Err(taken(first.line, "`all`".to_owned()));
            }
            self.all = Some(row);
        } else if let Some(shop) = self.shop(&row)
            && let Some(first) = self.lines.insert(shop, line)
        {
            return Err(taken(first, format!("store {shop}")));
        }
        Ok(())
    }

    fn shop_cell<'r>(&self, row: &'r Row) -> &'r str {
        let column = self.columns.iter().position(|(name, _)| name == SHOP);
        column.and_then(|column| row.cells.get(column)).map_or("", |cell| cell.trim())
    }

    fn names_all(&self, row: &Row) -> bool {
        self.shop_cell(row).eq_ignore_ascii_case(ALL)
    }

    fn shop(&self, row: &Row) -> Option<i64> {
        self.shop_cell(row).parse().ok()
    }

    /// Whether a row stands for every store that no other row names.
    pub(crate) fn has_all(&self) -> bool {
        self.all.is_some()
    }

    /// How many placements the file asks for, in an account of so many stores.
    pub(crate) fn expected(&self, shops: usize) -> u64 {
        match self.all {
            Some(_) => self.rows - 1 + (shops.saturating_sub(self.lines.len())) as u64,
            None => self.rows,
        }
    }

    /// The rows, one after the other; then, for the row `all`, one for each of these stores that
    /// no other row names.
    ///
    /// # Errors
    ///
    /// When the file can no longer be read.
    pub(crate) fn desired<'f>(
        &'f self,
        shops: impl Iterator<Item = i64> + 'f,
    ) -> Result<impl Iterator<Item = Result<Desired, TableError>> + 'f, TableError> {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| name.as_str()).collect();
        let table = Table::open(&self.path, &names, self.separator)?;
        let own = table
            .filter(|row| !row.as_ref().is_ok_and(|row| self.names_all(row)))
            .map(|row| Ok(self.read(&row?, None)));
        let others = shops.filter(|shop| !self.lines.contains_key(shop));
        let all = self.all.iter();
        let expanded = all.cycle().zip(others).map(|(row, shop)| Ok(self.read(row, Some(shop))));
        Ok(own.chain(expanded))
    }

    fn read(&self, row: &Row, shop: Option<i64>) -> Desired {
        let (mut request, mut trimmed, mut errors) = (Map::new(), Vec::new(), Vec::new());
        for ((name, kind), cell) in self.columns.iter().zip(&row.cells) {
            if let Some(shop) = shop.filter(|_| name == SHOP) {
                request.insert(name.clone(), shop.into());
                continue;
            }
            match cells::read(*kind, cell) {
                Ok(cell) => {
                    trimmed.extend(cell.was_trimmed.then(|| name.clone()));
                    request.extend(cell.value.map(|value| (name.clone(), value)));
                }
                Err(error) => errors.push(format!("{name}: {error}")),
            }
        }
        let request = if errors.is_empty() { checked(request) } else { Err(errors.join("; ")) };
        Desired { line: row.line, request, trimmed }
    }
}

/// The request, if it is valid by the description's rules.
fn checked(request: Map<String, Value>) -> Result<SetCouponPlacement, String> {
    serde_json::from_value(Value::Object(request)).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::descriptions::Descriptions;

    const HEADER: &str = "shop_id,card_id,card_describe,start_time,end_time,card_quantity\n";

    fn open(rows: &str) -> Result<(CampaignFile, tempfile::NamedTempFile), String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), format!("{HEADER}{rows}")).unwrap();
        let operations = Descriptions::load().unwrap().operations();
        let set = operations.iter().find(|operation| operation.id == "setCouponPlacement").unwrap();
        let opened = CampaignFile::open(file.path(), None, set);
        opened.map(|opened| (opened, file)).map_err(|error| error.to_string())
    }

    fn desired(rows: &str, shops: &[i64]) -> Vec<Desired> {
        let (file, _kept) = open(rows).unwrap();
        file.desired(shops.iter().copied()).unwrap().map(Result::unwrap).collect()
    }

    #[test]
    fn a_row_is_the_request_that_it_asks_for() {
        let rows = desired("429620,p1,10元代金券,1457280000,2016-03-12T00:00:00+08:00,10\n", &[]);
        let request = rows[0].request.as_ref().unwrap();
        assert_eq!(
            serde_json::to_string(request).unwrap(),
            r#"{"shop_id":429620,"card_id":"p1","card_describe":"10元代金券","start_time":1457280000,"end_time":1457712000,"card_quantity":10}"#
        );
    }

    #[test]
    fn the_row_all_stands_for_the_stores_that_no_other_row_names() {
        let rows = desired("all,p1,x,1,2,10\n7,p2,y,1,2,3\n", &[5, 7, 9]);
        let stores: Vec<(u64, i64)> = rows
            .iter()
            .map(|row| (row.line, row.request.as_ref().unwrap().shop_id().get()))
            .collect();
        assert_eq!(stores, [(3, 7), (2, 5), (2, 9)]);
    }

    #[test]
    fn a_row_that_breaks_a_rule_is_refused_with_the_reason_and_the_others_stand() {
        let long = "x".repeat(19);
        let rows = desired(&format!("1,p,{long},1,2,3\n2,p,x,1,2,4.29E+05\n3,p,x,1,2,3\n"), &[]);
        let reason = rows[0].request.as_ref().unwrap_err();
        assert!(reason.contains("card_describe") && reason.contains("18"), "{reason}");
        let reason = rows[1].request.as_ref().unwrap_err();
        assert!(reason.starts_with("card_quantity: `4.29E+05` is how a spreadsheet"), "{reason}");
        assert!(rows[2].request.is_ok());
    }

    #[test]
    fn a_store_that_is_named_twice_is_refused_before_any_call() {
        let error = open("1,p,x,1,2,3\n2,p,x,1,2,3\n1,q,x,1,2,3\n").unwrap_err();
        assert_eq!(error, "line 4: store 1 stands on line 2 already: keep one of the two");
        let error = open("all,p,x,1,2,3\nALL,p,x,1,2,3\n").unwrap_err();
        assert_eq!(error, "line 3: `all` stands on line 2 already: keep one of the two");
        assert_eq!(open("\n,,,,,\n").unwrap_err(), "has a header and no rows");
    }
}
