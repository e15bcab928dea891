use crate::world::{OPEN, World};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn counts_come_in_the_order_asked_for_and_only_of_published_articles() {
    let w = World::new().await;
    let ((one, _), (two, _), (draft, _)) = (
        w.article_taking("One", OPEN).await,
        w.article_taking("Two", OPEN).await,
        w.article_taking("Three", OPEN).await,
    );
    let (admin, moderator) = (w.admin("Root").await, w.moderator("Mo").await);
    let unpublish = w.request(Method::POST, &format!("/v1/articles/{draft}/unpublish")).bearer(&admin.access_token);
    unpublish.header("if-match", "*").send().await.expect(200);
    let root = w.say(&two, "root", None).await;
    w.say(&two, "reply", Some(&root)).await;
    w.delete(&moderator.access_token, &root).await.expect(204);
    let (statements, counts) =
        w.statements(w.get(&format!("/v1/comment-counts?articles={two},unknown,{draft},No%20slug,{one}"))).await;
    let expected = json!({ "items": [{ "article": two, "count": 1 }, { "article": one, "count": 0 }] });
    assert_eq!((counts.expect(200), statements), (expected, 1));
}

#[actix_web::test]
async fn counts_follow_what_is_posted_and_published() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let path = format!("/v1/comment-counts?articles={slug},later");
    let before = w.get(&path).await;
    assert_eq!(before.expect(200)["items"], json!([{ "article": slug, "count": 0 }]));
    let same = w.request(Method::GET, &path).header("if-none-match", before.header("etag")).send();
    assert_eq!(same.await.status.as_u16(), 304);
    w.say(&slug, "hello", None).await;
    assert_eq!(w.get(&path).await.expect(200)["items"], json!([{ "article": slug, "count": 1 }]));
    let (later, _) = w.article_taking("Later", OPEN).await;
    assert_eq!(w.get(&path).await.expect(200)["items"][1], json!({ "article": later, "count": 0 }));
}

#[actix_web::test]
async fn a_former_slug_counts_under_the_name_that_was_asked_for() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let admin = w.admin("Root").await;
    let edit = w.request(Method::PATCH, &format!("/v1/articles/{slug}")).bearer(&admin.access_token);
    edit.header("if-match", "*").json(&json!({ "slug": "listening" })).send().await.expect(200);
    let counts = w.get(&format!("/v1/comment-counts?articles={slug}")).await.expect(200);
    assert_eq!(counts["items"], json!([{ "article": slug, "count": 0 }]));
}

#[actix_web::test]
async fn a_hundred_are_one_question_and_what_is_asked_twice_is_answered_twice() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let path = format!("/v1/comment-counts?articles={}", vec![slug.as_str(); 100].join(","));
    let counts = w.get_kept(&path).await;
    assert_eq!(counts.expect(200)["items"], json!(vec![json!({ "article": slug, "count": 0 }); 100]));
    w.say(&slug, "hello", None).await;
    let (statements, counts) = w.statements(w.get(&path)).await;
    assert_eq!((&counts.expect(200)["items"][99]["count"], statements), (&json!(1), 1));
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let many = vec!["a"; 101].join(",");
    for query in ["articles=", "articles=a,,b", &format!("articles={many}"), ""] {
        let refused = w.get(&format!("/v1/comment-counts?{query}")).await;
        assert_eq!(refused.problem(400, "bad_request"), ["articles"]);
    }
    assert_eq!(
        w.get(&format!("/v1/comment-counts?articles={}", many.trim_start_matches("a,a,"))).await.expect(200)["items"],
        json!([])
    );
    assert_eq!(w.get("/v1/comment-counts?articles=%00").await.expect(200)["items"], json!([]));
    assert_eq!(w.get("/v1/comment-counts?articles=a&limit=1").await.problem(400, "bad_request"), ["limit"]);
}
