//! A campaign's file: its rows, each as what it asks for.
//!
//! ```text
//! shop_id,card_id,card_describe,start_time,end_time,card_quantity
//! 429620,pBnT…,10元代金券,2026-12-01T00:00:00+08:00,2026-12-31T00:00:00+08:00,10
//! 7921527,,,,,                    this store is left as it is
//! all,pBnT…,…                     every store of the account that no other row names
//! ```

use std::collections::BTreeMap;
use std::io;
use std::iter;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde_json::Map;
use sha2::{Digest as _, Sha256};

use super::bounded_map::BoundedMap;
use super::cells;
use super::desired::{Desired, SHOP, Wish};
use super::table::{Row, Table, TableError};
use crate::descriptions::{Operation, Property};
use crate::language::say;

/// What stands in its column for every store.
const ALL: &str = "all";

/// A campaign's file, checked as far as it can be without the account.
#[derive(Debug)]
pub(crate) struct CampaignFile {
    path: PathBuf,
    separator: Option<u8>,
    columns: Vec<Property>,
    /// The line of each store, so that none is named twice.
    lines: BoundedMap,
    /// The row that stands for every other store.
    all: Option<Row>,
    /// The line of a row whose store cannot be read.
    unreadable: Option<u64>,
    /// How many of each card the other rows ask for.
    cards: BTreeMap<String, i64>,
    /// Tells whether the file has changed since.
    stamp: Option<(u64, SystemTime)>,
    /// How many rows there are.
    pub(crate) rows: u64,
    /// The encoding that the file was found to be in.
    pub(crate) encoding: &'static str,
    /// Tells its cells from those of every other file, whatever the encoding.
    pub(crate) digest: String,
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
        let columns = operation.properties.clone();
        let table = Table::open(path, &names(&columns), separator)?;
        let mut file = Self {
            path: path.to_owned(),
            separator,
            columns,
            lines: BoundedMap::default(),
            all: None,
            unreadable: None,
            cards: BTreeMap::new(),
            stamp: table.stamp(),
            rows: 0,
            encoding: table.encoding,
            digest: String::new(),
        };
        let mut digest = Sha256::new();
        for row in table {
            let row = row?;
            digest.update(row.cells.join("\u{1f}"));
            digest.update("\u{1e}");
            file.note(row)?;
        }
        file.digest = format!("{:x}", digest.finalize());
        if file.rows == 0 {
            let message = say!("has a header and no rows", "只有表头，没有数据行");
            return Err(TableError { line: None, message });
        }
        match file.unreadable {
            Some(line) if file.has_all() => Err(TableError {
                line: Some(line),
                message: say!(
                    "names no store, so it is not known which stores `all` means: correct it",
                    "没有指明门店，无法确定 all 表示哪些门店：请修正"
                ),
            }),
            _ => Ok(file),
        }
    }

    fn note(&mut self, row: Row) -> Result<(), TableError> {
        self.rows += 1;
        let line = row.line;
        let taken = |first: u64, what: String| {
            let message = say!(
                "{what} stands on line {first} already: keep one of the two",
                "{what} 已在第 {first} 行：请只保留一行"
            );
            TableError { line: Some(line), message }
        };
        if self.names_all(&row) {
            if let Some(first) = &self.all {
                return Err(taken(first.line, "`all`".to_owned()));
            }
            self.all = Some(row);
            return Ok(());
        }
        match self.shop(&row) {
            None => self.unreadable = self.unreadable.or(Some(line)),
            Some(shop) => {
                if let Some([first, _]) = self.lines.insert(shop.cast_unsigned(), [line, 0])? {
                    return Err(taken(first, say!("store {shop}", "门店 {shop}")));
                }
            }
        }
        if let Some((card, quantity)) = self.card(&row) {
            count(&mut self.cards, card, quantity);
        }
        Ok(())
    }

    /// Which cards the rows ask for, and how many, where `all` stands for so many stores.
    pub(crate) fn cards(&self, stores: u64) -> BTreeMap<String, i64> {
        let mut cards = self.cards.clone();
        if let Some((card, quantity)) = self.all.as_ref().and_then(|row| self.card(row)) {
            count(
                &mut cards,
                card,
                quantity.saturating_mul(i64::try_from(stores).unwrap_or(i64::MAX)),
            );
        }
        cards
    }

    /// The card of a row, and how many it asks for.
    fn card(&self, row: &Row) -> Option<(String, i64)> {
        let read = |name: &str| {
            let column = self.columns.iter().position(|column| column.name == name)?;
            cells::read(self.columns[column].kind, row.cells.get(column)?).ok()?.value
        };
        Some((read("card_id")?.as_str()?.to_owned(), read("card_quantity")?.as_i64()?))
    }

    fn shop_cell<'r>(&self, row: &'r Row) -> &'r str {
        let column = self.columns.iter().position(|column| column.name == SHOP);
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

    /// How many rows there are once `all` stands for each of its stores.
    ///
    /// # Errors
    ///
    /// When what is known of the rows can no longer be read.
    pub(crate) fn expected(&self, shops: &[i64]) -> io::Result<u64> {
        if self.all.is_none() {
            return Ok(self.rows);
        }
        let mut expected = self.rows - 1;
        for shop in shops {
            expected += u64::from(!self.names(*shop)?);
        }
        Ok(expected)
    }

    /// Whether a row of its own names this store.
    fn names(&self, shop: i64) -> io::Result<bool> {
        Ok(self.lines.get(shop.cast_unsigned())?.is_some())
    }

    /// The rows, one after the other; then, for the row `all`, one for each of these stores that
    /// no other row names.
    ///
    /// # Errors
    ///
    /// When the file can no longer be read, or is another one by now.
    pub(crate) fn desired<'f>(
        &'f self,
        shops: impl Iterator<Item = i64> + 'f,
    ) -> Result<impl Iterator<Item = Result<Desired, TableError>> + 'f, TableError> {
        let mut table = Table::open(&self.path, &names(&self.columns), self.separator)?;
        self.check_unchanged(&table)?;
        let rows = iter::from_fn(move || {
            let row = table.next()?;
            // Half of the row may be the file's that was checked, and half another's.
            Some(self.check_unchanged(&table).and(row))
        });
        let own = rows
            .filter(|row| !row.as_ref().is_ok_and(|row| self.names_all(row)))
            .map(|row| Ok(self.read(&row?, None)));
        let all = self.all.iter();
        let expanded = all.cycle().zip(shops).filter_map(|(row, shop)| match self.names(shop) {
            Ok(true) => None,
            Ok(false) => Some(Ok(self.read(row, Some(shop)))),
            Err(error) => Some(Err(error.into())),
        });
        Ok(own.chain(expanded))
    }

    fn check_unchanged(&self, table: &Table) -> Result<(), TableError> {
        if table.stamp() == self.stamp {
            return Ok(());
        }
        let message = say!(
            "has changed since it was checked: run the command again",
            "检查之后文件已更改：请重新运行"
        );
        Err(TableError { line: None, message })
    }

    /// A row, or the row `all` for this store.
    fn read(&self, row: &Row, shop: Option<i64>) -> Desired {
        let (mut request, mut trimmed, mut errors) = (Map::new(), Vec::new(), Vec::new());
        for (column, cell) in self.columns.iter().zip(&row.cells) {
            let name = &column.name;
            if let Some(shop) = shop.filter(|_| name == SHOP) {
                request.insert(name.clone(), shop.into());
                continue;
            }
            match cells::read(column.kind, cell) {
                Ok(cell) => {
                    trimmed.extend(cell.was_trimmed.then(|| name.clone()));
                    match cell.value {
                        Some(value) => drop(request.insert(name.clone(), value)),
                        None if column.required => {
                            errors.push(say!("{name}: is blank", "{name}：为空"));
                        }
                        None => {}
                    }
                }
                Err(error) => errors.push(format!("{name}: {error}")),
            }
        }
        let named = shop.map(|shop| shop.to_string());
        let wish = match (request.keys().next(), errors.is_empty()) {
            (Some(only), _) if request.len() == 1 && only == SHOP && rest_is_blank(row) => {
                Wish::Leave
            }
            (_, true) => Wish::of(request),
            (_, false) => Wish::unreadable(request, errors),
        };
        let shop = named.unwrap_or_else(|| self.shop_cell(row).to_owned());
        Desired { line: row.line, record: row.record, shop, wish, trimmed }
    }
}

fn count(cards: &mut BTreeMap<String, i64>, card: String, quantity: i64) {
    let sum = cards.entry(card).or_default();
    *sum = sum.saturating_add(quantity);
}

fn names(columns: &[Property]) -> Vec<&str> {
    columns.iter().map(|column| column.name.as_str()).collect()
}

/// Whether one cell alone says anything.
fn rest_is_blank(row: &Row) -> bool {
    row.cells.iter().filter(|cell| !cell.trim().is_empty()).count() == 1
}

#[cfg(test)]
mod tests;
