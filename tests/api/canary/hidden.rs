//! Comments that wait, were refused, are held, were deleted or said something else, and what was said about them.

use super::{
    crawl::{Crawl, Values},
    lookers::lookers,
    secrets::{Secret, listen, nothing_is_left_of},
};
use crate::world::{CAREFUL, OPEN, Person, World, id};
use colloquy::db::schema::comments;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::json;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Of every hidden comment's text, and of every name that stands only beside one.
pub const WORD: &str = "quetzalcoatlus";

/// Of what is said about comments: a moderator's message to the writer, a reader's note to the moderators.
pub const REMARK: &str = "archelon";

/// Where moderators see what is hidden.
const DECIDING: &[(&str, &str)] =
    &[("moderation", "/v1/moderation"), ("moderator", "/v1/moderation"), ("admin", "/v1/moderation")];

static SECRETS: [Secret; 2] =
    [Secret { word: WORD, shown: DECIDING, sealed: false }, Secret { word: REMARK, shown: DECIDING, sealed: false }];

/// A conversation in which something of every kind is hidden, and everybody but those who wrote it.
async fn begin() -> Crawl {
    listen();
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("How to listen", OPEN).await;
    let (waits, waiting_id) = w.article_taking("How to wait", CAREFUL).await;
    let moderator = w.moderator("Hollis").await;
    let visible = w.say(&slug, "Good morning.", None).await;
    let reporter = w.reader("Rita").await;
    let report = json!({ "reason": "other", "note": format!("It reminds me of the {REMARK}.") });
    w.post_by(&reporter, &format!("/v1/comments/{visible}/reports"), &report).await.expect(201);
    let hidden = hide(&w, &slug, &waits, &moderator).await;
    let lookers = lookers(&w, &slug, &moderator).await;
    let authors = comments::table.select((comments::account_id, comments::guest_id));
    let authors: Vec<(Option<Uuid>, Option<Uuid>)> = authors.load(&mut w.db.conn().await).await.unwrap();
    let authors = authors.into_iter().flat_map(|(account, guest)| [account, guest]).flatten();
    let values = Values::from([
        ("comment_id", hidden.into_iter().chain([visible]).collect()),
        ("article_id", BTreeSet::from([article_id, waiting_id].map(|id| id.to_string()))),
        ("author_id", authors.map(|id| id.to_string()).collect()),
        ("slug", BTreeSet::from([slug.clone(), waits.clone()])),
        ("articles", BTreeSet::from([format!("{slug},{waits}")])),
        ("path", BTreeSet::from(["/how-to-wait".to_owned()])),
    ]);
    Crawl::new(w, &SECRETS, lookers, values)
}

/// Comments that wait, were rejected, are held and were deleted, each with a reply by a guest, and one that says something else
/// now; all their ids.
async fn hide(w: &World, slug: &str, waits: &str, moderator: &Person) -> Vec<String> {
    let writer = w.reader("Wren").await;
    let mut hidden = Vec::new();
    for (what, slug) in [("waits", waits), ("reject", slug), ("hold", slug), ("delete", slug)] {
        let body = format!("The {WORD} is to {what}.");
        let posted = id(&w.post_as(&writer.access_token, slug, &json!({ "body": body })).await.expect(201));
        let parent = (what != "waits").then_some(&posted);
        let reply = json!({ "body": body, "parent_id": parent, "guest": { "name": format!("A {WORD}, {what}") } });
        let reply = id(&w.post(&format!("/v1/articles/{slug}/comments"), &reply).await.expect(201));
        if let Some(posted) = parent {
            // Where something visible hangs on it, it leaves a tombstone.
            w.say(slug, "I see.", Some(&reply)).await;
            let why = json!({ "reason": "other", "message": format!("This is no place for an {REMARK}.") });
            for comment in [&reply, posted] {
                match what {
                    "delete" => w.delete(&moderator.access_token, comment).await.expect(204),
                    verdict => w.give(moderator, comment, verdict, why.clone()).await.expect(200),
                };
            }
        }
        hidden.extend([posted, reply]);
    }
    // What somebody said before they said something else.
    let body = json!({ "body": format!("The {WORD} was here.") });
    let edited = id(&w.post_as(&writer.access_token, slug, &body).await.expect(201));
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{edited}")).bearer(&writer.access_token);
    edit.header("if-match", "*").json(&json!({ "body": "Never mind." })).send().await.expect(200);
    hidden.push(edited);
    hidden
}

#[actix_web::test]
async fn no_answer_shows_what_is_hidden() {
    let mut crawl = begin().await;
    // Those who decide would show it.
    crawl.all(|looker, _| looker.decides).await;
    crawl.assert_found(&[WORD, REMARK]);
    nothing_is_left_of(&crawl.w, &SECRETS).await;
}
