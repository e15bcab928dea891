//! New comments. As arrays, so that one prepared statement serves any number of them.

use super::super::types::NewRow;
use crate::db::Conn;
use chrono::{DateTime, Utc};
use diesel::{
    pg::Pg,
    prelude::*,
    query_builder::{AstPass, QueryFragment, QueryId},
    sql_types::{Array, BigInt, Binary, Bool, Integer, Nullable, SmallInt, Text, Timestamptz, Uuid as SqlUuid},
};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

pub async fn insert(mut conn: &Conn, rows: Vec<NewRow>) -> QueryResult<usize> {
    let mut columns = Columns::default();
    for row in rows {
        columns.push(row);
    }
    columns.execute(&mut conn).await
}

#[derive(Default, QueryId)]
struct Columns {
    ids: Vec<Uuid>,
    articles: Vec<Uuid>,
    parents: Vec<Option<Uuid>>,
    roots: Vec<Uuid>,
    positions: Vec<i64>,
    root_nos: Vec<Option<i32>>,
    depths: Vec<i32>,
    paths: Vec<Vec<u8>>,
    accounts: Vec<Option<Uuid>>,
    guests: Vec<Option<Uuid>>,
    statuses: Vec<&'static str>,
    shown: Vec<bool>,
    answers: Vec<i32>,
    sections: Vec<Option<String>>,
    quotes: Vec<Option<String>>,
    fragments: Vec<Option<String>>,
    ranks: Vec<i64>,
    mention_counts: Vec<i16>,
    times: Vec<DateTime<Utc>>,
    markdown: Vec<String>,
    html: Vec<String>,
    text: Vec<String>,
    renderers: Vec<i16>,
}

impl Columns {
    fn push(&mut self, row: NewRow) {
        self.ids.push(row.id);
        self.articles.push(row.article_id);
        self.parents.push(row.parent_id);
        self.roots.push(row.root_id);
        self.positions.push(row.position);
        self.root_nos.push(row.root_no);
        self.depths.push(row.depth);
        self.paths.push(row.path);
        self.accounts.push(row.account_id);
        self.guests.push(row.guest_id);
        self.statuses.push(row.status.as_str());
        self.shown.push(row.shown);
        self.answers.push(row.is_answer.into());
        self.sections.push(row.section_id);
        self.quotes.push(row.quote);
        self.fragments.push(row.fragment);
        self.ranks.push(row.rank);
        self.mention_counts.push(row.mention_count);
        self.times.push(row.created_at);
        self.markdown.push(row.text.body_markdown);
        self.html.push(row.text.body_html);
        self.text.push(row.text.body_text);
        self.renderers.push(row.text.renderer);
    }
}

impl QueryFragment<Pg> for Columns {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "INSERT INTO comments (id, article_id, parent_id, root_id, position, root_no, depth, path, account_id,
                 guest_id, status, shown, answers, section_id, quote, fragment, rank, mention_count, created_at,
                 body_markdown, body_html, body_text, renderer) SELECT * FROM unnest(",
        );
        out.push_bind_param::<Array<SqlUuid>, _>(&self.ids)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.articles)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<SqlUuid>>, _>(&self.parents)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<SqlUuid>, _>(&self.roots)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.positions)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Integer>>, _>(&self.root_nos)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.depths)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Binary>, _>(&self.paths)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<SqlUuid>>, _>(&self.accounts)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<SqlUuid>>, _>(&self.guests)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.statuses)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Bool>, _>(&self.shown)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Integer>, _>(&self.answers)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.sections)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.quotes)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Nullable<Text>>, _>(&self.fragments)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<BigInt>, _>(&self.ranks)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<SmallInt>, _>(&self.mention_counts)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Timestamptz>, _>(&self.times)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.markdown)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.html)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<Text>, _>(&self.text)?;
        out.push_sql(", ");
        out.push_bind_param::<Array<SmallInt>, _>(&self.renderers)?;
        out.push_sql(")");
        Ok(())
    }
}
