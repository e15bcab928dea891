//! A ZIP file with the document and what can be read without a program.

use crate::error::{Error, Result};
use chrono::{DateTime, Datelike, Timelike, Utc};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const README: &str = "# What is kept of you

`export.json` holds all of it: your account, your sessions, your comments with their states and what they said before, your
reactions, the articles that you are an author of, which mails were sent to you and when, and what was done to your account.

`comments/` holds each of your comments as Markdown.
";

/// Packs a document and files. Takes as long as compressing them does.
///
/// # Errors
/// Only if the library fails.
pub fn pack(document: &[u8], files: &[(String, String)], made_at: DateTime<Utc>) -> Result<Vec<u8>> {
    let mut options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    if let Some(made_at) = dos_time(made_at) {
        options = options.last_modified_time(made_at);
    }
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let fixed = [("README.md", README.as_bytes()), ("export.json", document)];
    let files = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes()));
    for (name, content) in fixed.into_iter().chain(files) {
        zip.start_file(name, options).map_err(Error::internal)?;
        zip.write_all(content).map_err(Error::internal)?;
    }
    Ok(zip.finish().map_err(Error::internal)?.into_inner())
}

fn dos_time(at: DateTime<Utc>) -> Option<zip::DateTime> {
    let year = u16::try_from(at.year()).ok()?;
    let small = |number: u32| u8::try_from(number).ok();
    let (month, day) = (small(at.month())?, small(at.day())?);
    let (hour, minute, second) = (small(at.hour())?, small(at.minute())?, small(at.second())?);
    zip::DateTime::from_date_and_time(year, month, day, hour, minute, second).ok()
}
