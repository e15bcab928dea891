//! Tables: the plain ones become Markdown, the others stay HTML.

use super::blocks::{Builder, Kind};
use super::elements::Part;
use super::raw;
use super::tags::Tag;

/// A Markdown table is padded to its widest cell, so wide or long ones are better left as they are.
const MAX_CELL: usize = 400;
const MAX_ROWS: usize = 500;

/// What is known of a table so far.
#[derive(Debug)]
pub(super) struct Shape {
    /// One header row first, then rows of as many ordinary cells, each one line of text.
    is_plain: bool,
    rows: usize,
    columns: usize,
    cells: usize,
    headers: usize,
}

impl Builder<'_> {
    pub fn open_part(&mut self, part: Part, tag: &Tag) {
        let is_table = |kind: &Kind| matches!(kind, Kind::Table);
        let never = |_: &Kind| false;
        match part {
            Part::Table => {
                if self.make_room() {
                    self.open(Kind::Table);
                    self.tables.push(Shape { is_plain: true, rows: 0, columns: 0, cells: 0, headers: 0 });
                }
            }
            Part::Title if self.close_inside(is_table, never) => {
                self.make_table_complex();
                self.open(Kind::Title);
            }
            Part::Section(name) if self.close_inside(is_table, never) => {
                self.open(Kind::Section(name));
            }
            Part::Row if self.close_inside(is_row_place, never) => self.open(Kind::Row),
            Part::Cell { is_header } if self.close_inside(is_cell_place, never) => {
                if self.kind() != Kind::Row {
                    self.open(Kind::Row);
                }
                self.open(Kind::Cell { is_header });
                self.span(tag);
            }
            _ => self.boundary(),
        }
    }

    pub fn close_part(&mut self, part: Part) {
        let is_table = |kind: &Kind| matches!(kind, Kind::Table);
        let never = |_: &Kind| false;
        let closed = match part {
            Part::Table => self.close_through(is_table, never),
            Part::Title => self.close_through(|kind| matches!(kind, Kind::Title), is_table),
            Part::Section(_) => self.close_through(|kind| matches!(kind, Kind::Section(_)), is_table),
            Part::Row => self.close_through(|kind| matches!(kind, Kind::Row), is_table),
            Part::Cell { .. } => self.close_through(|kind| matches!(kind, Kind::Cell { .. }), is_table),
        };
        if !closed {
            self.boundary();
        }
    }

    /// The table which what comes next is in cannot be Markdown.
    pub fn make_table_complex(&mut self) {
        if let Some(shape) = self.tables.last_mut() {
            shape.is_plain = false;
        }
    }

    fn span(&mut self, tag: &Tag) {
        for name in ["colspan", "rowspan"] {
            let span = tag.attribute(name).and_then(|value| value.trim().parse::<u16>().ok());
            let Some(span @ 2..=1000) = span else {
                continue;
            };
            self.make_table_complex();
            // The start tag was just written.
            self.out.pop();
            for part in [" ", name, "=\"", &span.to_string(), "\">"] {
                self.out.push_str(part);
            }
        }
    }

    pub(super) fn close_cell(&mut self, is_header: bool, length: usize) {
        if let Some(shape) = self.tables.last_mut() {
            shape.cells += 1;
            shape.headers += usize::from(is_header);
            shape.is_plain &= length <= MAX_CELL;
        }
    }

    pub(super) fn close_row(&mut self) {
        let Some(shape) = self.tables.last_mut() else {
            return;
        };
        if shape.rows == 0 {
            shape.columns = shape.cells;
            shape.is_plain &= shape.headers == shape.cells && shape.cells > 0;
        } else {
            shape.is_plain &= shape.headers == 0 && shape.cells == shape.columns;
        }
        shape.rows += 1;
        shape.is_plain &= shape.rows <= MAX_ROWS;
        shape.cells = 0;
        shape.headers = 0;
    }

    pub(super) fn close_table(&mut self, start: usize) {
        let shape = self.tables.pop();
        let is_plain = shape.is_some_and(|shape| shape.is_plain);
        if self.out.len() == start || self.is_in_cell() || is_plain {
            return;
        }
        let table = self.out.split_off(start);
        raw::push_element(&mut self.out, &raw::plain(&table));
    }
}

fn is_row_place(kind: &Kind) -> bool {
    matches!(kind, Kind::Section(_) | Kind::Table)
}

fn is_cell_place(kind: &Kind) -> bool {
    matches!(kind, Kind::Row | Kind::Section(_) | Kind::Table)
}
