//! Files that are no exports, or not whole ones.

use super::EXPORT;
use crate::world::World;

/// The export up to the middle of its second post.
fn cut_off() -> &'static str {
    let end = EXPORT.find("One more than you need.").unwrap();
    EXPORT.get(..end).unwrap()
}

#[actix_web::test]
async fn what_came_whole_before_the_break_is_kept() {
    let w = World::new().await;
    let place = format!("cannot be read to its end: line {} (byte {}): ", cut_off().lines().count(), cut_off().len());
    w.import(cut_off(), &[]).await.expect(1, &["1 article, 7 comments, 1 author", &place]);
    assert_eq!(w.get("/v1/articles/soup-and-silence/comments").await.expect(200)["count"], 5);
    w.get("/v1/articles/chairs").await.problem(404, "not_found");
    w.import(EXPORT, &[]).await.expect(0, &["4 new (2 not public), 0 changed, 1 as they were"]);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn a_break_among_the_comments_leaves_nothing_of_the_post() {
    let w = World::new().await;
    let end = EXPORT.find("May I say something sad?").unwrap();
    w.import(EXPORT.get(..end).unwrap(), &[]).await.expect(1, &["0 articles, 0 comments, 1 author", "cannot be read"]);
    let rows = w.rows().await;
    assert_eq!((rows["articles"], rows["comments"], rows["guests"], rows["accounts"]), (0, 0, 0, 1));
}

#[actix_web::test]
async fn all_or_nothing_leaves_nothing_of_a_broken_file_and_takes_all_of_a_whole_one() {
    let w = World::new().await;
    let before = w.rows().await;
    w.import(cut_off(), &["--all-or-nothing"]).await.expect(1, &["cannot be read to its end", "Nothing was written."]);
    assert_eq!(w.rows().await, before);
    w.import(EXPORT, &["--all-or-nothing"])
        .await
        .expect(0, &["5 articles, 7 comments, 1 author", "All of it is written."]);
    assert_eq!(w.get("/v1/articles").await.expect(200)["items"].as_array().unwrap().len(), 3);
}

#[actix_web::test]
async fn what_is_no_export_says_so() {
    let w = World::new().await;
    let before = w.rows().await;
    let strangers = [
        "",
        "{\"posts\": []}",
        "<html><body>Moved</body></html>",
        "<rss><channel><title>Feed</title></channel></rss>",
        "\0\0\0",
    ];
    for stranger in strangers {
        w.import(stranger, &[]).await.expect(1, &["cannot be read to its end: line 1"]);
    }
    assert_eq!(w.rows().await, before);
}

#[actix_web::test]
async fn a_post_that_is_too_long_is_named_and_the_others_come() {
    let w = World::new().await;
    let long = EXPORT.replace("One more than you need.", &"long ".repeat(110_000));
    w.import(&long, &[])
        .await
        .expect(1, &["4 articles, 7 comments, 1 author", "not taken  post 12:", "#/body must have at most 500000"]);
    w.get("/v1/articles/who-we-are").await.expect(200);
}
