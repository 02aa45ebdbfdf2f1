//! Columns for people. No colour, no lines: words and alignment only, so that nothing depends on a terminal.

/// Rows of text under headings.
#[derive(Debug)]
pub(crate) struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// An empty table.
    pub(crate) fn new(headings: &[&'static str]) -> Self {
        Self {
            headings: headings.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row, one text per heading.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.iter().map(|cell| plain(cell)).collect());
    }

    /// The table's lines, or this sentence if it has no rows.
    pub(crate) fn or(&self, nothing: &str) -> String {
        if self.rows.is_empty() {
            nothing.to_owned()
        } else {
            self.lines()
        }
    }

    fn lines(&self) -> String {
        let headings = self.headings.iter().map(|h| (*h).to_owned()).collect::<Vec<_>>();
        let all = std::iter::once(&headings).chain(&self.rows);
        let mut widths = vec![0; headings.len()];
        for row in all.clone() {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        let line = |row: &Vec<String>| {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"));
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        all.map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The text on one line, without the control characters by which a server could write to a terminal.
pub(crate) fn plain(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    spaced
        .filter(|c| !c.is_control())
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The text without control characters but newlines.
pub(super) fn plain_lines(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["ID", "NAME"]);
        table.row(["1".into(), "Ann".into()]);
        table.row(["1000".into(), "Bo".into()]);
        assert_eq!(table.or(""), "ID    NAME\n1     Ann\n1000  Bo");
        assert_eq!(Table::new(&["ID"]).or("nothing yet"), "nothing yet");
    }

    #[test]
    fn a_server_cannot_write_to_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\nc\u{7}"), "a[31mb c");
        assert_eq!(plain_lines("a\u{1b}[2J\nb"), "a[2J\nb");
    }
}
