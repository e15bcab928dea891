//! Comments on their way in, and what they are recognised by.

use crate::throttle::Entry;
use diesel::{
    prelude::*,
    sql_types::{Bytea, Uuid as SqlUuid},
};
use ipnet::IpNet;
use uuid::Uuid;

/// What is said, where and by whom.
#[derive(Debug, Clone)]
pub struct Said<'a> {
    /// The account or guest.
    pub author_id: Option<Uuid>,
    /// The network and the name of somebody who has shown nothing else.
    pub newcomer: Option<(IpNet, &'a str)>,
    /// Under which article.
    pub article_id: Uuid,
    /// And which comment.
    pub parent_id: Option<Uuid>,
    /// As `text::clean` leaves it.
    pub markdown: &'a str,
}

/// A comment with which all is right but that it may have been said before, or its challenge used.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The id that it will have.
    pub comment_id: Uuid,
    /// Keyed hashes by which it is found again.
    pub prints: Vec<Vec<u8>>,
    /// Whether its author has shown who they are.
    pub known: bool,
    /// On what ground its author was let in.
    pub entry: Entry,
}

/// Whose a print is.
#[derive(Debug, QueryableByName)]
pub struct PrintOwner {
    #[diesel(sql_type = Bytea)]
    pub print: Vec<u8>,
    #[diesel(sql_type = SqlUuid)]
    pub comment_id: Uuid,
}
