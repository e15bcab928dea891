//! What a comment would look like.

mod preview_comment;
