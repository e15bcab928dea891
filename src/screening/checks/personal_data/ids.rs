//! Ids of things, whose digits are nobody's number.

use super::at;
use crate::screening::fold::{ID_LENGTH, begins_with_id};
use std::ops::Range;

pub fn find(text: &[char]) -> Vec<Range<usize>> {
    let starts = text.iter().enumerate().filter(|(_, c)| **c == '-').filter_map(|(hyphen, _)| hyphen.checked_sub(8));
    let apart = |start: &usize| !at(text, start.checked_sub(1)).is_alphanumeric();
    let ids = starts.filter(apart).filter(|start| begins_with_id(text.iter().skip(*start).copied()));
    ids.map(|start| start..start + ID_LENGTH).collect()
}
