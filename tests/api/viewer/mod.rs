//! What one person sees beside what everybody sees.

mod get_viewer;
