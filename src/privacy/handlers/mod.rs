//! HTTP in, HTTP out. Nothing here is kept in any cache.

mod accounts;
mod exports;

pub use accounts::{close_account, restore_account};
pub use exports::{get_export, get_export_archive, get_export_document, request_export};
