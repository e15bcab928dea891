//! What is known of those who write.

use crate::screening::{AuthorKind, SanctionKind, Standing};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Uuid as SqlUuid},
};
use uuid::Uuid;

/// What became of what somebody wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, QueryableByName)]
pub struct Figures {
    /// An account or a guest.
    #[diesel(sql_type = SqlUuid)]
    pub author_id: Uuid,
    /// Comments that are shown, as far as they were counted; 0 where that was not asked.
    #[diesel(sql_type = BigInt)]
    pub approved: i64,
    /// Comments that were approved lately.
    #[diesel(sql_type = BigInt)]
    pub approved_lately: i64,
    /// Comments that were rejected lately.
    #[diesel(sql_type = BigInt)]
    pub rejected_lately: i64,
}

impl Figures {
    /// As the checks take it; somebody who has written nothing yet where there are no figures.
    #[must_use]
    pub fn standing(figures: Option<&Self>, kind: AuthorKind, sanction: Option<SanctionKind>) -> Standing {
        let figure = |of: fn(&Self) -> i64| figures.map_or(0, |figures| u32::try_from(of(figures)).unwrap_or(u32::MAX));
        Standing {
            kind,
            approved: figure(|figures| figures.approved),
            approved_lately: figure(|figures| figures.approved_lately),
            rejected_lately: figure(|figures| figures.rejected_lately),
            sanction,
        }
    }
}
