//! Putting rows back into the tables of a new file, each by its shape: how many values, of which types.
//!
//! Promised: a row goes only where every column takes its value and every CHECK of the table holds; of two with one key the first
//! stays. Rows of an older version may lack the columns that were added since, as they do in the file they come from.

use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, params_from_iter};

use super::pages::Found;

/// A table of the new file.
struct Table {
    name: String,
    columns: Vec<Column>,
}

struct Column {
    name: String,
    kind: String,
    /// Takes NULL, or has a default for rows that lack it.
    may_be_null: bool,
    may_be_missing: bool,
    /// Another name of the row's number, which is not kept a second time.
    is_number: bool,
}

/// Fills the tables of `connection`, where no foreign keys are enforced meanwhile.
pub(in crate::store) fn fill(connection: &Connection, found: &Found) -> rusqlite::Result<()> {
    let tables = tables(connection)?;
    for (number, values) in &found.rows {
        for table in tables.iter().filter(|table| table.takes(values)) {
            if table.put(connection, *number, values)? {
                break;
            }
        }
    }
    Ok(())
}

impl Table {
    fn takes(&self, values: &[Value]) -> bool {
        let lacking = self.columns.get(values.len()..);
        lacking.is_some_and(|lacking| lacking.iter().all(|column| column.may_be_missing))
            && !values.is_empty()
            && self
                .columns
                .iter()
                .zip(values)
                .all(|(column, value)| column.takes(value))
    }

    /// False if a constraint speaks against it.
    fn put(&self, connection: &Connection, number: i64, values: &[Value]) -> rusqlite::Result<bool> {
        let present = self.columns.get(..values.len()).unwrap_or_default();
        let names: Vec<&str> = present.iter().map(|column| column.name.as_str()).collect();
        let places = vec!["?"; names.len()].join(", ");
        let sql = format!(
            "INSERT OR IGNORE INTO {} ({}) VALUES ({places})",
            self.name,
            names.join(", ")
        );
        let values = present.iter().zip(values).map(|(column, value)| {
            if column.is_number {
                Value::Integer(number)
            } else {
                value.clone()
            }
        });
        match connection.prepare_cached(&sql)?.execute(params_from_iter(values)) {
            Ok(changed) => Ok(changed > 0),
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

impl Column {
    fn takes(&self, value: &Value) -> bool {
        match value {
            Value::Null => self.may_be_null || self.is_number,
            Value::Integer(_) => !self.is_number && matches!(self.kind.as_str(), "INTEGER" | "REAL"),
            Value::Real(_) => self.kind == "REAL",
            Value::Text(_) => self.kind == "TEXT",
            Value::Blob(_) => self.kind == "BLOB",
        }
    }
}

fn tables(connection: &Connection) -> rusqlite::Result<Vec<Table>> {
    let sql =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY rowid";
    let names: Vec<String> = connection
        .prepare(sql)?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    names
        .into_iter()
        .map(|name| {
            let columns = columns(connection, &name)?;
            Ok(Table { name, columns })
        })
        .collect()
}

fn columns(connection: &Connection, table: &str) -> rusqlite::Result<Vec<Column>> {
    let sql = "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk,
                   (SELECT count(*) FROM pragma_table_info(?1) WHERE pk > 0)
               FROM pragma_table_info(?1) ORDER BY cid";
    connection
        .prepare(sql)?
        .query_map([table], |row| {
            let (kind, not_null, has_default): (String, bool, bool) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let (key, keys): (i64, i64) = (row.get(4)?, row.get(5)?);
            let is_number = key == 1 && keys == 1 && kind == "INTEGER";
            Ok(Column {
                name: row.get(0)?,
                kind,
                may_be_null: !not_null && key == 0,
                may_be_missing: key == 0 && (!not_null || has_default),
                is_number,
            })
        })?
        .collect()
}
