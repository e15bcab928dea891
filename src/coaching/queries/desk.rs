//! A page of the desk.
//!
//! Each list is put together from parts that an index gives in order, so that a page costs what it shows, however much waits:
//! by priority it is one part, by age one for each turn. What was claimed or put off until a time that is over waits too,
//! whatever stands in its row; that part is small, since what is taken up again leaves it.

use super::super::types::{DeskFilter, DeskPlace, DeskSort, Question, QuestionState};
use crate::{
    db::Conn,
    http::{cursor::Direction, list::Span},
};
use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, Query, QueryFragment, QueryId},
    sql_types::{Bool, SmallInt, Text, Timestamptz, Untyped, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;

/// What a question holds, and so does what it is found by.
const COLUMNS: [&str; 18] = [
    "comment_id",
    "article_id",
    "section_id",
    "asked_at",
    "state",
    "shown",
    "turn",
    "language",
    "by_guest",
    "claimed_by",
    "quiet_until",
    "answer_id",
    "answered_by",
    "answered_at",
    "decided_by",
    "decided_at",
    "reopened_at",
    "asked",
];

/// All turns that there are.
const TURNS: [i16; 4] = [0, 1, 2, 3];

/// Questions, from the span on in its direction; one more than its limit.
pub async fn page(conn: &mut Conn, filter: &DeskFilter, span: &Span<DeskPlace>) -> QueryResult<Vec<Question>> {
    let turns = match (filter.priority, filter.sort) {
        (Some(priority), _) => vec![Some(3 - priority)],
        (None, DeskSort::Age) => TURNS.map(Some).to_vec(),
        (None, DeskSort::Priority) => vec![None],
    };
    Page { filter, turns, from: span.from, direction: span.direction, limit: span.limit + 1 }.load(conn).await
}

struct Page<'a> {
    filter: &'a DeskFilter,
    /// One part for each; none is all turns in their order.
    turns: Vec<Option<i16>>,
    from: Option<DeskPlace>,
    direction: Direction,
    limit: i64,
}

/// Where a part comes from.
#[derive(Clone, Copy)]
enum Part {
    /// What stands there with the state, in this turn or in all.
    Standing(Option<i16>),
    /// What was claimed or put off, and is not any more.
    Over,
}

impl Page<'_> {
    /// The table that is walked. What somebody is asked is less than what a tag may gather.
    const fn walked(&self, part: Part) -> &'static str {
        match (part, self.filter.of_viewer, self.filter.tag_id) {
            (Part::Standing(_), true, _) => "question_coaches",
            (Part::Standing(_), false, Some(_)) => "question_tags",
            _ => "questions",
        }
    }

    fn order(&self) -> &'static str {
        match (self.filter.sort, self.direction) {
            (DeskSort::Age, Direction::Next) => "asked_at, comment_id",
            (DeskSort::Age, Direction::Previous) => "asked_at DESC, comment_id DESC",
            (DeskSort::Priority, Direction::Next) => "turn, asked_at, comment_id",
            (DeskSort::Priority, Direction::Previous) => "turn DESC, asked_at DESC, comment_id DESC",
        }
    }

    fn part<'b>(&'b self, part: Part, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // By the names of what is walked, so that the order of its index is known to be theirs.
        let columns = COLUMNS.map(|column| format!("place.{column}")).join(", ");
        out.push_sql(&format!("(SELECT {columns} FROM {} AS place WHERE place.shown", self.walked(part)));
        match part {
            Part::Standing(turn) => {
                out.push_sql(" AND place.state = ");
                out.push_bind_param::<Text, _>(&self.filter.state)?;
                if let Some(turn) = turn {
                    // One of four, and written out, so that each part is known to be in order.
                    out.push_sql(&format!(" AND place.turn = {turn}"));
                }
                if self.filter.state.is_quiet() {
                    // All have an end, which Postgres does not know: asked the other way round, it expects nearly all of them.
                    out.push_sql(" AND (place.quiet_until <= ");
                    out.push_bind_param::<Timestamptz, _>(&self.filter.now)?;
                    out.push_sql(") IS NOT TRUE");
                }
            }
            Part::Over => {
                out.push_sql(" AND place.quiet_until <= ");
                out.push_bind_param::<Timestamptz, _>(&self.filter.now)?;
                if let Some(priority) = &self.filter.priority {
                    out.push_sql(" AND place.turn = 3 - ");
                    out.push_bind_param::<SmallInt, _>(priority)?;
                }
            }
        }
        self.picked(out)?;
        self.found_by(part, out)?;
        self.beside(out)?;
        out.push_sql(&format!(" ORDER BY {} LIMIT {})", self.order(), self.limit));
        Ok(())
    }

    /// What the question itself tells.
    fn picked<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        if let Some(article_id) = &self.filter.article_id {
            out.push_sql(" AND place.article_id = ");
            out.push_bind_param::<SqlUuid, _>(article_id)?;
        }
        if let Some(section_id) = &self.filter.section_id {
            out.push_sql(" AND place.section_id = ");
            out.push_bind_param::<Text, _>(section_id)?;
        }
        if let Some(language) = &self.filter.language {
            out.push_sql(" AND place.language = ");
            out.push_bind_param::<Text, _>(language)?;
        }
        if let Some(by_guest) = &self.filter.by_guest {
            out.push_sql(" AND place.by_guest = ");
            out.push_bind_param::<Bool, _>(by_guest)?;
        }
        if let Some(before) = &self.filter.before {
            out.push_sql(" AND place.asked_at < ");
            out.push_bind_param::<Timestamptz, _>(before)?;
        }
        if let Some(after) = &self.filter.after {
            out.push_sql(" AND place.asked_at >= ");
            out.push_bind_param::<Timestamptz, _>(after)?;
        }
        Ok(())
    }

    /// What it is found by: a key of the table that is walked, or what else tells it. Another table is asked by a value and not by
    /// EXISTS, which Postgres might take for a join and read all that has the tag.
    fn found_by<'b>(&'b self, part: Part, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let walked = self.walked(part);
        if let Some(tag_id) = &self.filter.tag_id {
            let here = walked == "question_tags";
            out.push_sql(if here {
                " AND place.tag_id = "
            } else {
                " AND (SELECT true FROM question_tags AS filed WHERE filed.comment_id = place.comment_id AND filed.tag_id = "
            });
            out.push_bind_param::<SqlUuid, _>(tag_id)?;
            out.push_sql(if here { "" } else { ")" });
        }
        if self.filter.of_viewer {
            let here = walked == "question_coaches";
            out.push_sql(if here { " AND place.account_id = " } else { " AND place.asked @> ARRAY[" });
            out.push_bind_param::<SqlUuid, _>(&self.filter.viewer)?;
            out.push_sql(if here { "" } else { "]" });
        }
        Ok(())
    }

    /// On which side of which place.
    fn beside<'b>(&'b self, out: &mut AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        let Some((turn, at, id)) = &self.from else { return Ok(()) };
        let by_turn = self.filter.sort == DeskSort::Priority;
        out.push_sql(if by_turn {
            " AND (place.turn, place.asked_at, place.comment_id) "
        } else {
            " AND (place.asked_at, place.comment_id) "
        });
        out.push_sql(if self.direction == Direction::Next { "> (" } else { "< (" });
        if by_turn {
            out.push_bind_param::<SmallInt, _>(turn)?;
            out.push_sql(", ");
        }
        out.push_bind_param::<Timestamptz, _>(at)?;
        out.push_sql(", ");
        out.push_bind_param::<SqlUuid, _>(id)?;
        out.push_sql(")");
        Ok(())
    }
}

impl QueryFragment<Pg> for Page<'_> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        // There are too many texts of it to keep, and each is best planned for what it asks for.
        out.unsafe_to_cache_prepared();
        out.push_sql("SELECT * FROM (");
        let over = (self.filter.state == QuestionState::Waiting).then_some(Part::Over);
        for (at, part) in self.turns.iter().map(|turn| Part::Standing(*turn)).chain(over).enumerate() {
            out.push_sql(if at == 0 { "" } else { " UNION ALL " });
            self.part(part, &mut out)?;
        }
        let order = self.order();
        out.push_sql(&format!(") AS desk ORDER BY {order} LIMIT {}", self.limit));
        Ok(())
    }
}

impl QueryId for Page<'_> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl Query for Page<'_> {
    type SqlType = Untyped;
}
