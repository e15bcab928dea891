//! Lists: a page of items with addresses of the next and the previous page.

use super::cursor::{self, Direction};
use crate::{
    error::{Code, Error, Field, Result},
    secrets::Secrets,
};
use actix_web::{HttpResponse, http::header};
use serde::{Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

/// The most items that a list gives at once; a larger `limit` is lowered to it.
pub const MAX_LIMIT: i64 = 100;

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct List<T> {
    /// The items, in the list's order.
    pub items: Vec<T>,
    /// The limit that was applied, which may be lower than the one asked for.
    pub limit: i64,
    /// Address of the page after this one; null at the end.
    pub next: Option<String>,
    /// Address of the page before this one; null at the beginning.
    pub prev: Option<String>,
}

impl<T> List<T> {
    /// The same page with what becomes of its items.
    #[must_use]
    pub fn with<U>(self, change: impl FnOnce(Vec<T>) -> Vec<U>) -> List<U> {
        List { items: change(self.items), limit: self.limit, next: self.next, prev: self.prev }
    }

    /// The `Link` header (RFC 8288) that says the same as `next` and `prev`.
    #[must_use]
    pub fn link(&self) -> Option<String> {
        let links = [(&self.next, "next"), (&self.prev, "prev")];
        let links: Vec<_> = links
            .into_iter()
            .filter_map(|(url, rel)| url.as_ref().map(|url| format!("<{url}>; rel=\"{rel}\"")))
            .collect();
        (!links.is_empty()).then(|| links.join(", "))
    }
}

/// A page as an answer, with the header that says the same as its `next` and `prev`.
#[must_use]
pub fn paged<T: Serialize>(page: &List<T>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    if let Some(link) = page.link() {
        response.insert_header((header::LINK, link));
    }
    response.json(page)
}

/// Where a page begins and how long it is.
#[derive(Debug, Clone)]
pub struct Span<K> {
    /// Items at most.
    pub limit: i64,
    /// The item beside which the page lies; none for the first page.
    pub from: Option<K>,
    /// On which side of it.
    pub direction: Direction,
}

impl<K: DeserializeOwned + Serialize> Span<K> {
    /// Reads `limit` and `cursor` as a client sent them. `list` names the route, sort and filters.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for a limit under 1, [`Code::BadCursor`] for a cursor of something else.
    pub fn read(secrets: &Secrets, list: &str, limit: Option<i64>, default: i64, cursor: Option<&str>) -> Result<Self> {
        let limit = limit.unwrap_or(default);
        if limit < 1 {
            let field = Field::parameter("limit", "out_of_range", "must be at least 1");
            return Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field));
        }
        let limit = limit.min(MAX_LIMIT);
        Ok(match cursor {
            None => Self { limit, from: None, direction: Direction::Next },
            Some(cursor) => {
                let (direction, key) = cursor::decode(secrets, list, cursor)?;
                Self { limit, from: Some(key), direction }
            }
        })
    }

    /// Makes the page out of `limit + 1` rows, fetched from the cursor in its direction. `key` tells where a
    /// row stands; `address` is the list's own, without cursor: `https://host/v1/articles?limit=20`.
    ///
    /// # Errors
    /// Only if a key does not serialise.
    pub fn page<T>(
        &self,
        secrets: &Secrets,
        list: &str,
        address: &str,
        mut rows: Vec<T>,
        key: impl Fn(&T) -> K,
    ) -> Result<List<T>> {
        let limit = usize::try_from(self.limit).unwrap_or_default();
        let cut = rows.len() > limit;
        rows.truncate(limit);
        let backward = self.direction == Direction::Previous;
        if backward {
            rows.reverse();
        }
        let at = |row: Option<&T>, direction| {
            row.map(|row| {
                Ok::<_, Error>(format!("{address}&cursor={}", cursor::encode(secrets, list, direction, &key(row))?))
            })
            .transpose()
        };
        let (more_after, more_before) = if backward { (true, cut) } else { (cut, self.from.is_some()) };
        let next = at(rows.last().filter(|_| more_after), Direction::Next)?;
        let prev = at(rows.first().filter(|_| more_before), Direction::Previous)?;
        Ok(List { items: rows, limit: self.limit, next, prev })
    }
}
