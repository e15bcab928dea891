//! The rows of the large tables.

use super::{
    bodies::{Body, bodies},
    copy::{Row, copy},
    people,
    plan::{Kind, Plan},
    tree::{Comment, GUEST, NONE, Site, State},
};
use crate::database::Database;
use chrono::TimeDelta;
use colloquy::text::RENDERER_VERSION;
use indicatif::ProgressBar;
use uuid::Uuid;

#[path = "../../../src/comments/rules/path.rs"]
#[expect(dead_code, reason = "the server's own, of which the way down is enough here")]
mod path;
#[path = "../../../src/comments/rules/rank.rs"]
#[expect(unused_imports, reason = "the server's own, with its tests")]
mod rank;

const COMMENT: [&str; 26] = [
    "id",
    "article_id",
    "parent_id",
    "root_id",
    "position",
    "root_no",
    "depth",
    "path",
    "account_id",
    "guest_id",
    "status",
    "shown",
    "body_markdown",
    "body_html",
    "body_text",
    "renderer",
    "reply_count",
    "descendant_count",
    "section_id",
    "created_at",
    "deleted_at",
    "rank",
    "reactions",
    "locked",
    "mention_count",
    "revision",
];

/// What the rows are made of.
struct Source<'a> {
    plan: &'a Plan,
    comments: &'a [Comment],
    articles: Vec<Uuid>,
    sections: Vec<String>,
    bodies: Vec<Body>,
    empty: Body,
}

pub fn copy_all(database: &Database, plan: &Plan, site: &Site, bar: &ProgressBar) {
    let (articles, sections) = people::articles(database, plan);
    let empty = Body { markdown: String::new(), html: String::new(), text: String::new() };
    let source = Source { plan, comments: &site.comments, articles, sections, bodies: bodies(plan.seed), empty };
    bar.set_message("writing guests and counters");
    source.copy_guests(database);
    source.copy_threads(database, site);
    bar.set_message("writing comments");
    copy(database, "comments", &COMMENT, bar.wrap_iter(0..site.comments.len()), |row, number| {
        source.comment(row, number);
    });
    bar.set_message("writing reactions");
    source.copy_reactions(database);
}

impl Source<'_> {
    fn copy_guests(&self, database: &Database) {
        let guests = self.plan.articles.iter().zip(&self.articles);
        let guests =
            guests.flat_map(|(article, id)| (article.first_guest..).take(article.guests).map(move |n| (n, id)));
        copy(
            database,
            "guests",
            &["id", "article_id", "display_name", "created_at"],
            guests,
            |row, (number, article)| {
                row.uuid(self.plan.id(Kind::Guest, number));
                row.uuid(*article);
                row.text(&people::name(number));
                row.at(self.plan.at(Kind::Guest, number));
            },
        );
    }

    fn copy_threads(&self, database: &Database, site: &Site) {
        let columns = ["article_id", "version", "last_position", "last_root_no", "comment_count", "root_count"];
        copy(database, "threads", &columns, self.articles.iter().zip(&site.threads), |row, (article, thread)| {
            row.uuid(*article);
            row.int8(thread.comments.into());
            row.int8(thread.comments.into());
            row.int4(thread.root_nos);
            row.int4(thread.visible);
            row.int4(thread.roots);
        });
    }

    fn copy_reactions(&self, database: &Database) {
        let liked = (0..).zip(self.comments).filter(|(_, comment)| comment.reactions > 0);
        let reactions =
            liked.flat_map(|(number, comment)| (0..usize::from(comment.reactions)).map(move |n| (number, comment, n)));
        let columns = ["comment_id", "article_id", "kind", "account_id", "created_at"];
        copy(database, "reactions", &columns, reactions, |row, (number, comment, nth)| {
            row.uuid(self.plan.id(Kind::Comment, number));
            row.uuid(self.articles[usize::from(comment.article)]);
            row.text("helpful");
            // Different people, and others for each comment.
            row.uuid(self.plan.id(Kind::Account, (number * 7919 + nth) % self.plan.accounts));
            row.at(self.plan.at(Kind::Comment, number) + TimeDelta::hours(1));
        });
    }

    fn comment(&self, row: &mut Row, number: usize) {
        let comment = &self.comments[number];
        let id = |number: u32| self.plan.id(Kind::Comment, number as usize);
        let at = self.plan.at(Kind::Comment, number);
        let guest = comment.author & GUEST != 0;
        let author = (comment.author & !GUEST) as usize;
        let deleted = comment.state == State::Deleted;
        let body =
            if deleted { &self.empty } else { &self.bodies[number.wrapping_mul(2_654_435_761) % self.bodies.len()] };
        row.uuid(self.plan.id(Kind::Comment, number));
        row.uuid(self.articles[usize::from(comment.article)]);
        row.maybe((comment.parent != NONE).then_some(comment.parent), |row, parent| row.uuid(id(parent)));
        row.uuid(id(comment.root));
        row.int8(comment.position.into());
        row.maybe((comment.root_no > 0).then_some(comment.root_no), Row::int4);
        row.int4(comment.depth.into());
        row.bytes(&self.path(comment));
        row.maybe((!guest).then(|| self.plan.id(Kind::Account, author)), Row::uuid);
        row.maybe(guest.then(|| self.plan.id(Kind::Guest, author)), Row::uuid);
        row.text(status(comment.state));
        row.bool(comment.shown());
        row.text(&body.markdown);
        row.text(&body.html);
        row.text(&body.text);
        row.int2(RENDERER_VERSION);
        row.int4(comment.replies);
        row.int4(comment.below);
        let section = comment.about_section.then(|| self.sections[number % self.sections.len()].as_str());
        row.maybe(section, Row::text);
        row.at(at);
        row.maybe(deleted.then(|| at + TimeDelta::days(1)), Row::at);
        row.int8(rank::rank(comment.reactions.into(), at));
        match comment.reactions {
            0 => row.json("{}"),
            number => row.json(&format!("{{\"helpful\": {number}}}")),
        }
        row.bool(false);
        row.int2(0);
        row.int8(1);
    }

    /// As the server encodes it: the positions of the first levels below the root, then its own.
    fn path(&self, comment: &Comment) -> Vec<u8> {
        let (mut way, mut above) = (Vec::new(), comment);
        while above.parent != NONE {
            // What is deeper than a path tells apart leaves no trace in what is below it.
            if way.is_empty() || usize::from(above.depth) < path::LEVELS {
                way.push(above.position);
            }
            above = &self.comments[above.parent as usize];
        }
        way.iter().rev().fold(Vec::new(), |path, position| path::below(&path, (*position).into()))
    }
}

const fn status(state: State) -> &'static str {
    match state {
        State::Visible => "visible",
        State::Pending => "pending",
        State::Held => "held",
        State::Rejected => "rejected",
        State::Deleted => "deleted",
    }
}
