//! `colloquy import wordpress`: what comes over, and what coming twice does.

use super::EXPORT;
use crate::world::{World, id, until};
use reqwest::Method;
use serde_json::{Value, json};

const POST: &str = "/v1/articles/soup-and-silence";
const THREAD: &str = "/v1/articles/soup-and-silence/comments";

#[actix_web::test]
async fn a_publication_moves_in_with_its_conversation() {
    let w = World::new().await;
    w.import(EXPORT, &[]).await.expect(
        0,
        &[
            "5 articles, 7 comments, 1 author",
            "5 new (2 not public), 0 changed, 0 as they were",
            "7 new (5 visible, 1 waiting for a moderator, 1 refused as spam), 0 as they were",
            "attachments: 1",
            "pingbacks: 1",
            "comments in the trash: 1",
            "posts with a password, now drafts: 1",
            "soup_timer: 1",
            "now at the top: 1",
            "All of it is written.",
        ],
    );
    let article = w.get(POST).await.expect(200);
    assert_eq!((&article["title"], &article["locale"]), (&json!("Soup & Silence"), &json!("en-GB")));
    assert_eq!(
        (&article["published_at"], &article["summary"]),
        (&json!("2018-06-03T08:00:00Z"), &json!("What a pot of soup can do."))
    );
    let kinds: Vec<_> = article["sections"].as_array().unwrap().iter().map(|section| section["kind"].clone()).collect();
    assert_eq!((kinds[0].clone(), kinds.len()), (json!("lead"), 3));
    let tags: Vec<_> = article["tags"].as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect();
    assert_eq!(tags, ["Kitchen", "Slow evenings"]);
    assert_eq!(article["authors"][0]["name"], "Marit", "{article}");
    assert_eq!(w.get("/v1/articles").await.expect(200)["items"].as_array().unwrap().len(), 3);
    for hidden in ["not-yet", "for-family"] {
        w.get(&format!("/v1/articles/{hidden}")).await.problem(404, "not_found");
    }
    let closed = json!({ "body": "Five?", "guest": { "name": "Annice" } });
    w.post("/v1/articles/chairs/comments", &closed).await.problem(403, "comments_closed");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn replies_hang_where_they_hung_guests_stay_guests_and_the_coach_is_one() {
    let w = World::new().await;
    w.import(EXPORT, &[]).await.expect(0, &[]);
    let page = w.get(THREAD).await;
    let thread = page.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(5), &json!(2)));
    let wendy = &thread["items"][0];
    assert_eq!((&wendy["author"]["name"], &wendy["author"]["kind"]), (&json!("Wendy"), &json!("guest")));
    assert_eq!((&wendy["root_no"], &wendy["descendant_count"]), (&json!(1), &json!(3)));
    assert_eq!(wendy["created_at"], "2018-06-04T08:00:00Z");
    // The reply that stood before its parent in the file, the coach below it, and the reply to what was thrown away.
    let replies = wendy["replies"]["items"].as_array().unwrap();
    assert_eq!(
        [&replies[0]["body"]["text"], &replies[1]["body"]["text"]],
        ["Ours burns every time.", "Please be kind."]
    );
    let coach = &replies[0]["replies"]["items"][0];
    assert_eq!((&coach["author"]["name"], &coach["author"]["kind"]), (&json!("Marit"), &json!("coach")));
    assert_eq!(coach["body"]["markdown"], "Then stir **less**.");
    assert_eq!(thread["items"][1]["author"]["name"], "Anonymous");
    for hidden in ["Dianna", "sad", "ladles", "Thrown", "Some other site", "example.org\""] {
        assert!(!page.text().contains(hidden), "{hidden}");
    }
    let moderator = w.moderator("Mo").await;
    let queue =
        w.request(Method::GET, "/v1/moderation/comments").bearer(&moderator.access_token).send().await.expect(200);
    let waiting = queue["items"].as_array().unwrap();
    assert_eq!((waiting.len(), &waiting[0]["comment"]["author"]["name"]), (1, &json!("Dianna")), "{queue}");
    w.decide(&moderator.access_token, &id(&waiting[0]["comment"]), "approve").await.expect(200);
    assert_eq!(w.get(THREAD).await.expect(200)["count"], 6);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn old_addresses_lead_here() {
    let w = World::new().await;
    w.import(EXPORT, &[]).await.expect(0, &[]);
    let wendy = id(&w.get(THREAD).await.expect(200)["items"][0]);
    let resolve = async |path: &str| {
        let path = path.replace('#', "%23").replace('?', "%3F");
        w.get(&format!("/v1/resolve?path={path}")).await
    };
    for path in ["/2018/06/soup-and-silence/", "https://old.example.org/?p=11", "/2018/06/soup-and-silence"] {
        let found = resolve(path).await.expect(200);
        assert_eq!((&found["article"], &found["comment_id"]), (&json!("soup-and-silence"), &Value::Null), "{path}");
    }
    assert_eq!(resolve("/?page_id=13").await.expect(200)["article"], "who-we-are");
    for path in ["/2018/06/soup-and-silence/#comment-101", "/2018/06/soup-and-silence/comment-page-2/#comment-101"] {
        assert_eq!(resolve(path).await.expect(200)["comment_id"], wendy, "{path}");
    }
    let apart = w.get("/v1/resolve?path=/2018/06/soup-and-silence/&fragment=comment-101").await.expect(200);
    assert_eq!(apart["comment_id"], wendy);
    // The comment says so itself, and an import that comes again takes nothing twice.
    let fragment = async || w.get(&format!("/v1/comments/{wendy}")).await.expect(200)["fragment"].clone();
    assert_eq!(fragment().await, "comment-101");
    w.import(EXPORT, &[]).await.expect(0, &[]);
    assert_eq!(fragment().await, "comment-101");
    resolve("/?p=14").await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_could_do_harm_is_text_or_gone() {
    let w = World::new().await;
    w.import(EXPORT, &[]).await.expect(0, &["comments that were too long or held what no text may: 1"]);
    let article = w.get(POST).await.expect(200);
    let thread = w.get(THREAD).await.expect(200);
    let comment = &thread["items"][1]["body"];
    assert!(comment["text"].as_str().unwrap().starts_with("Look:"), "{comment}");
    for html in [&article["body"]["html"], &comment["html"]] {
        let html = html.as_str().unwrap();
        for harm in ["<script", "onerror=", "onclick=", "href=\"javascript:", "\u{202E}"] {
            assert!(!html.contains(harm), "{harm} in {html}");
        }
    }
    assert!(!article["body"]["html"].as_str().unwrap().contains("alert(\"soup\")"));
}

#[actix_web::test]
async fn twice_is_once() {
    let w = World::new().await;
    w.import(EXPORT, &[]).await.expect(0, &[]);
    let (rows, article, thread) = (w.rows().await, w.get(POST).await.expect(200), w.get(THREAD).await.expect(200));
    w.import(EXPORT, &[]).await.expect(
        0,
        &[
            "5 articles, 7 comments, 1 author",
            "0 new, 0 changed, 5 as they were",
            "0 new (0 visible, 0 waiting for a moderator, 0 refused as spam), 7 as they were",
            "0 new, 1 with an account already",
        ],
    );
    assert_eq!(w.rows().await, rows);
    assert_eq!((w.get(POST).await.expect(200), w.get(THREAD).await.expect(200)), (article, thread));
}

#[actix_web::test]
async fn a_later_export_brings_what_is_new_in_it() {
    let w = World::new().await;
    let first = super::export([(1, 0, "First.".into())]);
    w.import(&first, &[]).await.expect(0, &[]);
    let edited_here = w.say("talk", "Written here.", None).await;
    let later = super::export([(2, 1, "Second.".into()), (1, 0, "First.".into())]).replace("Words.", "Better words.");
    w.import(&later, &[]).await.expect(0, &["1 article, 2 comments", "0 new, 1 changed", "1 new (1 visible"]);
    let article = w.get("/v1/articles/talk").await.expect(200);
    assert_eq!((&article["revision"], &article["body"]["markdown"]), (&json!(2), &json!("Better words.")));
    let thread = w.get("/v1/articles/talk/comments").await.expect(200);
    assert_eq!(thread["count"], 3);
    assert_eq!(thread["items"][0]["replies"]["items"][0]["body"]["text"], "Second.");
    assert_eq!(id(&thread["items"][1]), edited_here);
    assert_eq!(w.happened("thread.imported").await.len(), 1, "a thread that was here tells that it grew, once");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_was_edited_here_outlives_the_same_export() {
    let w = World::new().await;
    let admin = w.admin("Root").await;
    w.import(EXPORT, &[]).await.expect(0, &[]);
    let article = w.get(POST).await.expect(200);
    w.edit(&admin, &article, json!({ "body": "Rewritten." })).await.expect(200);
    w.import(EXPORT, &[]).await.expect(0, &["5 as they were"]);
    assert_eq!(w.get(POST).await.expect(200)["body"]["markdown"], "Rewritten.");
}

#[actix_web::test]
async fn one_event_tells_of_an_article_and_none_of_each_comment() {
    let w = World::new().await;
    w.import(EXPORT, &[]).await.expect(0, &[]);
    let mut articles = w.happened("article.").await;
    articles.sort();
    let created = ["article.created"; 2].into_iter().chain(["article.published"; 3]);
    assert_eq!(articles, created.collect::<Vec<_>>());
    assert!(w.happened("comment.").await.is_empty() && w.happened("thread.").await.is_empty());
    assert_eq!(w.happened("account.").await, ["account.created"]);
}

#[actix_web::test]
async fn a_dry_run_says_the_same_and_writes_nothing() {
    let w = World::new().await;
    let before = w.rows().await;
    let said = ["5 articles, 7 comments, 1 author", "5 new (2 not public)", "7 new (5 visible", "nothing was written"];
    w.import(EXPORT, &["--dry-run"]).await.expect(0, &said);
    assert_eq!(w.rows().await, before);
}

#[actix_web::test]
async fn a_running_server_shows_it_and_the_conversation_goes_on() {
    let w = World::new().await;
    w.import(EXPORT, &[]).await.expect(0, &[]);
    let (first, list) = (w.get(THREAD).await, w.get_kept("/v1/articles").await);
    let more =
        EXPORT.replace("Chairs", "More chairs").replace(">108<", ">110<").replace("Please be kind.", "And again.");
    w.import(&more, &[]).await.expect(0, &["0 new, 1 changed, 4 as they were", "1 new (1 visible"]);
    until("the server hears of it", async || {
        w.get(THREAD).await.json()["count"] == 6 && w.get("/v1/articles").await.bytes != list.bytes
    })
    .await;
    assert_ne!(w.get(THREAD).await.header("etag"), first.header("etag"));

    // The imported coach has a role and no password until the account is claimed; this one answers meanwhile.
    let (reader, coach) = (w.reader("Ada").await, w.coach("Colin").await);
    let asked =
        w.post_as(&reader.access_token, "soup-and-silence", &json!({ "body": "Which onions?" })).await.expect(201);
    let answer = json!({ "body": "Red ones.", "parent_id": asked["id"] });
    w.post_as(&coach.access_token, "soup-and-silence", &answer).await.expect(201);
    let thread = w.get(&format!("{THREAD}?sort=newest&limit=1")).await.expect(200);
    let newest = &thread["items"][0];
    assert_eq!((&newest["body"]["text"], &newest["author"]["kind"]), (&json!("Which onions?"), &json!("reader")));
    let reply = &newest["replies"]["items"][0];
    assert_eq!((&reply["body"]["text"], &reply["author"]["kind"]), (&json!("Red ones."), &json!("coach")));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn an_author_who_has_an_account_keeps_it_as_it_is() {
    let w = World::new().await;
    let marit = w.reader("Marit").await;
    w.import(EXPORT, &[])
        .await
        .expect(0, &["0 new, 1 with an account already", "authors whose account stays that of a reader: 1"]);
    assert_eq!(w.get(POST).await.expect(200)["authors"][0]["id"], marit.id);
}

#[actix_web::test]
async fn logins_are_remembered_by_keyed_hashes_alone() {
    use colloquy::db::schema::imports;
    use diesel::prelude::*;
    use diesel_async::RunQueryDsl;
    let w = World::new().await;
    w.import(EXPORT, &[]).await;
    let names = imports::table.filter(imports::kind.eq("account")).select(imports::external_id);
    let names: Vec<String> = names.load(&mut w.db.conn().await).await.unwrap();
    let hashed = |name: &String| name.len() == 43 || name.starts_with('#');
    assert!(!names.is_empty() && names.iter().all(hashed), "{names:?}");
}
