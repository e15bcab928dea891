use crate::world::{World, titled};
use colloquy::articles;
use serde_json::{Value, json};
use uuid::Uuid;

const COMMENT: &str = "00000000-0000-7000-8000-000000000123";

/// An article that was known elsewhere, with one comment that was.
async fn moved_here(w: &World, article: &Value) {
    let id: Uuid = article["id"].as_str().unwrap().parse().unwrap();
    let addresses = vec![
        ("https://old.example/2018/06/how-to-listen/".to_owned(), None),
        ("/?p=11".to_owned(), None),
        ("/%D7%A9%D7%9C%D7%95%D7%9D/".to_owned(), None),
        ("/2018/06/how-to-listen/#comment-123".to_owned(), Some(COMMENT.parse().unwrap())),
    ];
    let kept = w.write(async |tx| articles::keep_addresses(tx, id, addresses.clone()).await).await.unwrap();
    assert_eq!(kept, 4);
}

async fn resolve(w: &World, path: &str) -> crate::world::Reply {
    let path = reqwest::Url::parse_with_params("http://x/v1/resolve", [("path", path)]).unwrap();
    w.get(&format!("{}?{}", path.path(), path.query().unwrap())).await
}

#[actix_web::test]
async fn a_former_address_leads_to_the_article_however_it_is_written() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let article = w.article(&ada, titled("How to listen")).await;
    moved_here(&w, &article).await;
    let found = json!({ "article": "how-to-listen", "url": "/v1/articles/how-to-listen", "comment_id": null });
    for path in [
        "/2018/06/how-to-listen/",
        "/2018/06/how-to-listen",
        "2018/06/how-to-listen",
        "https://old.example/2018/06/how-to-listen/?utm_source=x#respond",
        "http://anywhere.example/?p=11",
        "/?p=11&preview=true",
        "/?preview=true&p=11#more-11",
        "/2018/06/how-to-listen/comment-page-2/",
        "/שלום/",
        "/%d7%a9%d7%9c%d7%95%d7%9d",
        "/2018/06/how-to-listen/#comment-999",
    ] {
        assert_eq!(resolve(&w, path).await.expect(200), found, "{path}");
    }
    let with_comment =
        json!({ "article": "how-to-listen", "url": "/v1/articles/how-to-listen", "comment_id": COMMENT });
    // What a page's script knows of its own address.
    for (path, fragment) in [
        ("/2018/06/how-to-listen/", "comment-123"),
        ("/2018/06/how-to-listen/?utm_source=x", "%23comment-123"),
        ("/2018/06/how-to-listen/%23comment-123", "respond"),
    ] {
        let found = w.get(&format!("/v1/resolve?path={path}&fragment={fragment}")).await.expect(200);
        assert_eq!(found["comment_id"], COMMENT, "{path} {fragment}");
    }
    let none = w.get("/v1/resolve?path=/2018/06/how-to-listen/&fragment=comment-999").await.expect(200);
    assert_eq!(none["comment_id"], Value::Null);
    for path in ["/2018/06/how-to-listen/#comment-123", "/2018/06/how-to-listen/comment-page-1/?x=y#comment-123"] {
        assert_eq!(resolve(&w, path).await.expect(200), with_comment, "{path}");
    }
}

#[actix_web::test]
async fn it_follows_the_article() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let draft = w.draft(&ada, titled("T")).await;
    moved_here(&w, &draft).await;
    resolve(&w, "/?p=11").await.problem(404, "not_found");
    let article = w.act(&ada, &draft, "publish").await.expect(200);
    let (statements, reply) = w.statements(resolve(&w, "/?p=11")).await;
    assert_eq!((reply.expect(200)["article"].as_str(), statements), (Some("t"), 1));
    w.get_kept("/v1/resolve?path=/?p=11").await.expect(200);
    let article = w.edit(&ada, &article, json!({ "slug": "u" })).await.expect(200);
    assert_eq!(resolve(&w, "/?p=11").await.expect(200)["url"], "/v1/articles/u");
    w.act(&ada, &article, "unpublish").await.expect(200);
    resolve(&w, "/?p=11").await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_leads_nowhere_is_not_found_and_a_missing_path_is_named() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let article = w.article(&ada, titled("How to listen")).await;
    moved_here(&w, &article).await;
    let long = "/x".repeat(4000);
    for path in ["", "/", "/nothing-here/", "/?p=12", "/2018/06/how-to", "/a\0b", "/%00", "https://", "%", &long] {
        resolve(&w, path).await.problem(404, "not_found");
    }
    assert_eq!(w.get("/v1/resolve").await.problem(400, "bad_request"), ["path"]);
    assert_eq!(w.get("/v1/resolve?path=/x&to=y").await.problem(400, "bad_request"), ["to"]);
}
