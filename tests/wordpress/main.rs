//! Reading WordPress exports, and turning WordPress' HTML into Markdown.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a fixture which is not as it should be ends the test"
)]

mod addresses;
mod articles;
mod broken;
mod comments;
mod exports;
mod hostile;
mod plain_text;
mod streams;
mod warnings;
mod words;

use colloquy::transfer::{Broken, Entry, Reader};

/// Everything in a whole export.
fn read(export: &str) -> Vec<Entry> {
    try_read(export.as_bytes()).expect("a whole export")
}

fn try_read(export: &[u8]) -> Result<Vec<Entry>, Broken> {
    Reader::new(export).collect()
}

/// An export of version 1.2 with this in its channel.
fn export_with(inner: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/1.2/\">\
         <channel><wp:wxr_version>1.2</wp:wxr_version>{inner}</channel></rss>"
    )
}
