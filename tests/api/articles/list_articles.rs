use crate::world::{World, slugs, titled};
use reqwest::Method;
use serde_json::{Value, json};

/// Follows `next` (or `prev`) from a page to the end.
async fn walk(w: &World, from: &str, way: &str) -> Vec<Vec<String>> {
    let (mut pages, mut next) = (Vec::new(), Some(from.to_owned()));
    while let Some(url) = next {
        let reply = w.get(&url).await;
        let page = reply.expect(200);
        next = page[way].as_str().map(str::to_owned);
        if let Some(url) = &next {
            let rel = if way == "next" { "next" } else { "prev" };
            assert!(reply.header("link").contains(&format!("<{url}>; rel=\"{rel}\"")), "{}", reply.header("link"));
        }
        pages.push(slugs(&page));
    }
    pages
}

#[actix_web::test]
async fn articles_come_newest_first_without_their_bodies() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    w.article(&ada, titled("First")).await;
    w.clock.set(w.clock.now() + chrono::TimeDelta::minutes(5));
    let fields = json!({ "title": "Second", "summary": "Short.", "tags": ["Listening", "Anger"], "locale": "en-gb" });
    let second = w.article(&ada, fields).await;

    let list = w.get("/v1/articles").await.expect(200);
    assert_eq!(slugs(&list), ["second", "first"]);
    assert_eq!((&list["limit"], &list["next"], &list["prev"]), (&json!(20), &Value::Null, &Value::Null));
    let expected = json!({
        "id": second["id"], "revision": 2, "slug": "second", "title": "Second", "summary": "Short.",
        "excerpt": "Begin with silence.", "locale": "en-GB", "status": "published",
        "published_at": "2026-03-14T12:05:00Z", "updated_at": "2026-03-14T12:05:00Z",
        "comments": { "open": true, "guests": true, "moderation": "open", "links_held": 2, "close_after_days": null, "closes_at": null },
        "authors": [{ "id": ada.id, "name": "Ada", "kind": "coach" }],
        "tags": [{ "slug": "anger", "name": "Anger" }, { "slug": "listening", "name": "Listening" }],
    });
    assert_eq!(list["items"][0], expected);
}

#[actix_web::test]
async fn a_walk_meets_every_article_once_forward_and_back() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    w.shelf(&ada, 50).await;
    w.draft(&ada, titled("Hidden")).await;

    let forward = walk(&w, "/v1/articles?limit=7", "next").await;
    assert_eq!(forward.iter().map(Vec::len).collect::<Vec<_>>(), [7, 7, 7, 7, 7, 7, 7, 1]);
    let all = forward.concat();
    let mut sorted = all.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(sorted.len(), 50);
    assert!(["a-48", "a-49"].contains(&all[0].as_str()) && !all.contains(&"hidden".to_owned()));

    let last = last_page(&w, "/v1/articles?limit=7").await;
    let mut back = walk(&w, &last, "prev").await;
    back.reverse();
    assert_eq!(back, forward);
}

async fn last_page(w: &World, first: &str) -> String {
    let mut url = first.to_owned();
    while let Some(next) = w.get(&url).await.expect(200)["next"].as_str() {
        url = next.into();
    }
    url
}

#[actix_web::test]
async fn a_tag_chooses_and_its_cursor_keeps_to_it() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    w.shelf(&ada, 10).await;

    let pages = walk(&w, "/v1/articles?tag=even&limit=2", "next").await;
    let mut even = pages.concat();
    even.sort();
    assert_eq!(even, ["a-0", "a-2", "a-4", "a-6", "a-8"]);
    for unknown in ["odd", "No%20Such", "%00", "%F0%9F%99%82", "x%27%20or%201=1"] {
        assert_eq!(w.get(&format!("/v1/articles?tag={unknown}")).await.expect(200)["items"], json!([]), "{unknown}");
    }

    let next = w.get("/v1/articles?tag=even&limit=2").await.expect(200)["next"].as_str().unwrap().to_owned();
    let elsewhere = next.replace("&tag=even", "");
    assert_eq!(w.get(&elsewhere).await.problem(400, "bad_cursor"), ["cursor"]);
    // The same list in other pages is the same list.
    w.get(&next.replace("limit=2", "limit=3")).await.expect(200);
}

#[actix_web::test]
async fn a_damaged_cursor_is_refused() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    w.shelf(&ada, 3).await;
    let next = w.get("/v1/articles?limit=1").await.expect(200)["next"].as_str().unwrap().to_owned();
    let (address, cursor) = next.split_once("cursor=").unwrap();
    for at in 0..cursor.len() {
        let mut bytes = cursor.as_bytes().to_vec();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let damaged = format!("{address}cursor={}", String::from_utf8(bytes).unwrap());
        let reply = w.get(&damaged).await;
        // The last character may differ only in bits that stand for nothing.
        if at + 1 < cursor.len() || reply.status != 200 {
            assert_eq!(reply.problem(400, "bad_cursor"), ["cursor"], "{damaged}");
        }
    }
    for damaged in ["", "x", "%00", "é", &"A".repeat(4000)] {
        let path = format!("/v1/articles?cursor={damaged}");
        assert_eq!(w.get(&path).await.problem(400, "bad_cursor"), ["cursor"], "{damaged}");
    }
}

#[actix_web::test]
async fn a_limit_is_lowered_and_reported_and_bad_parameters_are_named() {
    let w = World::new().await;
    assert_eq!(w.get("/v1/articles?limit=1000").await.expect(200)["limit"], 100);
    for (query, name) in
        [("limit=0", "limit"), ("limit=-1", "limit"), ("page=2", "page"), ("tag=a&tag=b", "tag"), ("sort=top", "sort")]
    {
        assert_eq!(w.get(&format!("/v1/articles?{query}")).await.problem(400, "bad_request"), [name], "{query}");
    }
    for query in ["limit=many", "limit=", "limit=99999999999999999999"] {
        w.get(&format!("/v1/articles?{query}")).await.problem(400, "bad_request");
    }
}

#[actix_web::test]
async fn every_page_takes_as_many_statements_and_a_kept_one_none() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    w.shelf(&ada, 50).await;
    for path in ["/v1/articles?limit=1", "/v1/articles?limit=50", "/v1/articles?limit=50&tag=even"] {
        let (statements, reply) = w.statements(w.get(path)).await;
        reply.expect(200);
        assert_eq!(statements, 3, "{path}");
        assert_eq!(w.get_kept(path).await.bytes, reply.bytes, "{path}");
    }
}

#[actix_web::test]
async fn a_list_is_the_same_until_one_of_its_articles_changes() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let article = w.article(&ada, titled("First")).await;
    let draft = w.draft(&ada, titled("Hidden")).await;
    let before = w.get("/v1/articles").await;
    let unchanged = async || {
        let request = w.request(Method::GET, "/v1/articles").header("if-none-match", before.header("etag"));
        request.header("cache-control", "no-cache").send().await
    };
    let again = unchanged().await;
    again.expect(304);
    assert!(again.bytes.is_empty() && again.header("etag") == before.header("etag"));

    let draft = w.edit(&ada, &draft, titled("Still hidden")).await.expect(200);
    unchanged().await.expect(304);

    let article = w.edit(&ada, &article, json!({ "tags": ["New"] })).await.expect(200);
    assert_eq!(unchanged().await.expect(200)["items"][0]["tags"][0]["name"], "New");
    w.act(&ada, &draft, "publish").await.expect(200);
    assert_eq!(w.get("/v1/articles").await.expect(200)["items"].as_array().unwrap().len(), 2);
    w.act(&ada, &article, "unpublish").await.expect(200);
    assert_eq!(slugs(&w.get("/v1/articles").await.expect(200)), ["hidden"]);
}

#[actix_web::test]
async fn everybody_gets_the_same_bytes_with_the_tags_of_what_they_show() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    w.article(&ada, titled("First")).await;
    w.draft(&ada, titled("Hidden")).await;
    let public = w.get("/v1/articles").await;
    for authorization in [format!("Bearer {}", ada.access_token), "Bearer nonsense".into(), "nonsense".into()] {
        let reply = w.request(Method::GET, "/v1/articles").header("authorization", &authorization).send().await;
        assert_eq!((reply.status.as_u16(), &reply.bytes), (200, &public.bytes), "{authorization}");
    }
    assert_eq!(public.header("cache-tag"), format!("account:{},articles", ada.id));
    assert_eq!(public.header("cache-control"), "public, no-cache");

    let head = w.request(Method::HEAD, "/v1/articles").send().await;
    assert_eq!((head.status.as_u16(), head.bytes.len()), (200, 0));
    assert_eq!(head.header("etag"), public.header("etag"));
}
