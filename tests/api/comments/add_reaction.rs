use crate::{
    sanctions::{lay, on},
    world::{CAREFUL, OPEN, Reply, World, events, id},
};
use colloquy::comments;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

async fn react(w: &World, authorization: &str, method: Method, id: &str, kind: &str) -> Reply {
    let request = w.request(method, &format!("/v1/comments/{id}/reactions/{kind}"));
    request.header("authorization", authorization).send().await
}

#[actix_web::test]
async fn a_reader_finds_a_comment_helpful_once() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let comment = w.say(&slug, "Wait a little.", None).await;
    let path = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get(&path).await.expect(200)["items"][0]["reactions"], json!({}));
    let (ada, bea) = (format!("Bearer {}", ada.access_token), format!("Bearer {}", bea.access_token));
    let given = react(&w, &ada, Method::PUT, &comment, "helpful").await;
    assert_eq!(given.expect(200), json!({ "reactions": { "helpful": 1 }, "mine": ["helpful"] }));
    assert!(given.header("ratelimit").starts_with("\"reactions\";"), "{:?}", given.headers);
    let told = events(&mut w.db.conn().await).await.len();
    let page = w.get(&path).await;
    let again = react(&w, &ada, Method::PUT, &comment, "helpful").await.expect(200);
    assert_eq!(again["reactions"], json!({ "helpful": 1 }));
    // Nothing happened, and nobody was told that something did.
    assert_eq!(events(&mut w.db.conn().await).await.len(), told);
    assert_eq!(w.get(&path).await.header("etag"), page.header("etag"));
    assert_eq!(react(&w, &bea, Method::PUT, &comment, "helpful").await.expect(200)["reactions"]["helpful"], 2);
    let shown = w.get(&path).await.expect(200);
    assert_eq!(
        (&shown["items"][0]["reactions"], &shown["items"][0]["revision"]),
        (&json!({ "helpful": 2 }), &json!(1))
    );
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn events_do_not_tell_who_it_was() {
    use colloquy::db::schema::events as rows;
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = w.say(&slug, "Wait a little.", None).await;
    for method in [Method::PUT, Method::DELETE] {
        react(&w, &format!("Bearer {}", ada.access_token), method, &comment, "helpful").await.expect(200);
    }
    let told = rows::table.filter(rows::kind.like("comment.%reacted")).order(rows::id);
    let told = told.select((rows::kind, rows::actor_id.is_null(), rows::data, rows::tags));
    let told: Vec<(String, bool, Value, String)> = told.load(&mut w.db.conn().await).await.unwrap();
    let data = json!({ "article_id": article_id, "comment_id": comment });
    let tags = format!("thread:{article_id}");
    let event = |kind: &str| (kind.to_owned(), true, data.clone(), tags.clone());
    assert_eq!(told, [event("comment.reacted"), event("comment.unreacted")]);
}

#[actix_web::test]
async fn there_are_the_kinds_that_the_publication_has() {
    let w = World::with(&[("reactions", "helpful, me_too")]).await;
    let (slug, _) = w.open_article().await;
    let ada = format!("Bearer {}", w.reader("Ada").await.access_token);
    let comment = w.say(&slug, "Wait a little.", None).await;
    react(&w, &ada, Method::PUT, &comment, "me_too").await.expect(200);
    let both = react(&w, &ada, Method::PUT, &comment, "helpful").await.expect(200);
    assert_eq!(both, json!({ "reactions": { "helpful": 1, "me_too": 1 }, "mine": ["helpful", "me_too"] }));
    for (method, kind) in [(Method::PUT, "angry"), (Method::DELETE, "An%00gry")] {
        let unknown = react(&w, &ada, method, &comment, kind).await;
        unknown.problem(404, "not_found");
        assert_eq!(unknown.json()["detail"], "There is no such reaction here; there is: helpful, me_too.");
    }
    // What was given once can be taken back also when there is no such kind any more.
    assert_eq!(react(&w, &ada, Method::DELETE, &comment, "angry").await.expect(200), both);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn guests_react_on_their_article() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (other, _) = w.article_taking("Another", OPEN).await;
    let comment = w.say(&slug, "Wait a little.", None).await;
    let token = async |slug: &str| {
        let posted = w.post_as_guest(slug, "Hello.", None).await.expect(201);
        format!("Guest {}", posted["manage_token"].as_str().unwrap())
    };
    let (here, elsewhere) = (token(&slug).await, token(&other).await);
    assert_eq!(react(&w, &here, Method::PUT, &comment, "helpful").await.expect(200)["mine"], json!(["helpful"]));
    react(&w, &elsewhere, Method::PUT, &comment, "helpful").await.problem(401, "unauthenticated");
    react(&w, "Guest nonsense", Method::PUT, &comment, "helpful").await.problem(401, "unauthenticated");
    let nobody = w.request(Method::PUT, &format!("/v1/comments/{comment}/reactions/helpful")).send().await;
    nobody.problem(401, "unauthenticated");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn nobody_reacts_to_the_own_comment_or_to_what_is_not_there() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let bearer = format!("Bearer {}", ada.access_token);
    let own = id(&w.post_as(&ada.access_token, &slug, &json!({ "body": "Mine." })).await.expect(201));
    react(&w, &bearer, Method::PUT, &own, "helpful").await.problem(403, "forbidden");
    let hidden = w.say(&slug, "Hidden.", None).await;
    w.say(&slug, "A reply.", Some(&hidden)).await;
    react(&w, &bearer, Method::PUT, &hidden, "helpful").await.expect(200);
    w.decide(&moderator.access_token, &hidden, "reject").await.expect(200);
    react(&w, &bearer, Method::PUT, &hidden, "helpful").await.problem(404, "not_found");
    // What is one's own can be taken back; then there is nothing here.
    assert_eq!(react(&w, &bearer, Method::DELETE, &hidden, "helpful").await.expect(200)["mine"], json!([]));
    react(&w, &bearer, Method::DELETE, &hidden, "helpful").await.problem(404, "not_found");
    let (careful, _) = w.article_taking("Careful", CAREFUL).await;
    let waiting = w.say(&careful, "Waiting.", None).await;
    for nothing in [&waiting, &w.clock.id().to_string()] {
        react(&w, &bearer, Method::PUT, nothing, "helpful").await.problem(404, "not_found");
        react(&w, &bearer, Method::DELETE, nothing, "helpful").await.problem(404, "not_found");
    }
    let coach = w.coach("Marit").await;
    let article = w.article(&coach, json!({ "title": "For a day" })).await;
    let brief = article["slug"].as_str().unwrap();
    let under = w.say(brief, "Under it.", None).await;
    let unpublish = w.request(Method::POST, &format!("/v1/articles/{brief}/unpublish")).bearer(&coach.access_token);
    unpublish.header("if-match", "*").send().await.expect(200);
    react(&w, &bearer, Method::PUT, &under, "helpful").await.problem(404, "not_found");
}

#[actix_web::test]
async fn reactions_come_back_with_the_comment() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = w.say(&slug, "Wait a little.", None).await;
    w.say(&slug, "A reply.", Some(&comment)).await;
    react(&w, &format!("Bearer {}", ada.access_token), Method::PUT, &comment, "helpful").await.expect(200);
    w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    let path = format!("/v1/comments/{comment}");
    assert_eq!(w.get(&path).await.expect(200)["reactions"], json!({}));
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    assert_eq!(w.get(&path).await.expect(200)["reactions"], json!({ "helpful": 1 }));
}

#[actix_web::test]
async fn reactions_have_a_limit() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = format!("Bearer {}", w.reader("Ada").await.access_token);
    let comment = w.say(&slug, "Wait a little.", None).await;
    let mut last = react(&w, &ada, Method::PUT, &comment, "helpful").await;
    for _ in 0..200 {
        if last.status.as_u16() != 200 {
            break;
        }
        last = react(&w, &ada, Method::PUT, &comment, "helpful").await;
    }
    last.problem(429, "too_many_requests");
    assert!(!last.header("retry-after").is_empty());
}

#[actix_web::test]
async fn sixty_four_people_at_once_are_counted_exactly() {
    let w = World::with(&[("workers", "2")]).await;
    let (slug, _) = w.open_article().await;
    let comments = [w.say(&slug, "One.", None).await, w.say(&slug, "Two.", None).await];
    let mut tokens = Vec::new();
    for n in 0..64 {
        let posted = w.post_as_guest(&slug, &format!("Guest {n}"), None).await.expect(201);
        tokens.push(format!("Guest {}", posted["manage_token"].as_str().unwrap()));
    }
    let work = tokens.iter().enumerate().map(|(n, token)| {
        let (w, comments) = (&w, &comments);
        async move {
            for (step, comment) in comments.iter().cycle().take(6).enumerate() {
                let method = if (n + step).is_multiple_of(3) { Method::DELETE } else { Method::PUT };
                react(w, token, method, comment, "helpful").await.expect(200);
            }
        }
    });
    join_all(work).await;
    w.assert_counters_right().await;
    let expected = |of: usize| {
        let last = |n: usize| (0..6).rfind(|step| step % 2 == of).map(|step| !(n + step).is_multiple_of(3));
        (0..64).filter(|n| last(*n) == Some(true)).count()
    };
    for (of, comment) in comments.iter().enumerate() {
        let shown = w.get(&format!("/v1/comments/{comment}")).await.expect(200);
        assert_eq!(shown["reactions"]["helpful"], expected(of));
    }
}

#[actix_web::test]
async fn counts_and_ranks_that_drifted_are_found_and_repaired() {
    use colloquy::db::schema::comments as rows;
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let ada = format!("Bearer {}", w.reader("Ada").await.access_token);
    let comment = w.say(&slug, "Wait a little.", None).await;
    react(&w, &ada, Method::PUT, &comment, "helpful").await.expect(200);
    let path = format!("/v1/comments/{comment}");
    let before = w.get(&path).await.expect(200);
    let conn = &mut w.db.conn().await;
    for counts in [json!({ "helpful": 5 }), json!({ "thanks": 1 })] {
        let drifted = (rows::reactions.eq(&counts), rows::rank.eq(7_i64));
        diesel::update(rows::table).set(drifted).execute(conn).await.unwrap();
        let drift = comments::recount(conn).await.unwrap();
        let found: Vec<_> = drift.iter().map(|it| (it.counter.as_str(), it.counted)).collect();
        assert_eq!((found.len(), found[1]), (2, ("reactions", 1)), "{drift:?}");
        assert_eq!(found[0].0, "rank");
        w.write(async |tx| comments::repair(tx, article_id).await).await.unwrap();
        w.assert_counters_right().await;
    }
    assert_eq!(w.get(&path).await.expect(200), before);
}

#[actix_web::test]
async fn whoever_is_banned_gives_nothing_more() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let mo = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let guest = w.post_as_guest(&slug, "Rude.", None).await.expect(201);
    lay(&w, &mo, &on("ban", &json!({ "guest_id": guest["author"]["id"] }))).await.expect(201);
    let token = format!("Guest {}", guest["manage_token"].as_str().unwrap());
    react(&w, &token, Method::PUT, &comment, "helpful").await.problem(403, "muted");
}
