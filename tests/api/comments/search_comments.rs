use crate::world::{OPEN, World, id};
use colloquy::comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment};
use reqwest::Method;
use serde_json::{Value, json};

fn texts(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|comment| comment["body"]["text"].as_str().unwrap()).collect()
}

async fn search(w: &World, slug: &str, q: &str) -> Value {
    let url = reqwest::Url::parse_with_params("http://x/", [("q", q)]).unwrap();
    w.get(&format!("/v1/articles/{slug}/comments/search?{}", url.query().unwrap())).await.expect(200)
}

#[actix_web::test]
async fn what_holds_all_the_words_is_found_the_newest_first() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let first = w.say(&slug, "A **second** cup of tea", None).await;
    w.say(&slug, "The second one, 100% of it", Some(&first)).await;
    w.say(&slug, "CUPS of ÄRGER, second_hand", None).await;
    for (q, found) in [
        ("second cup", vec!["CUPS of ÄRGER, second_hand", "A second cup of tea"]),
        ("  CUP\tSeCoNd  ", vec!["CUPS of ÄRGER, second_hand", "A second cup of tea"]),
        ("100%", vec!["The second one, 100% of it"]),
        ("d_h", vec!["CUPS of ÄRGER, second_hand"]),
        ("d%h", vec![]),
        ("**second**", vec![]),
        ("ärger", vec!["CUPS of ÄRGER, second_hand"]),
        ("tea\0 second", vec!["A second cup of tea"]),
        ("\\", vec![]),
        ("nothing", vec![]),
    ] {
        if q.len() > 1 {
            let page = search(&w, &slug, q).await;
            assert_eq!((texts(&page), &page["next"], &page["prev"]), (found, &Value::Null, &Value::Null), "{q}");
        }
    }
    let page = search(&w, &slug, "tea").await;
    assert_eq!(page["items"][0]["replies"]["items"], json!([]));
    assert!(page["items"][0]["replies"]["next"].is_string());
}

#[actix_web::test]
async fn only_what_everybody_sees_is_looked_through() {
    use CommentStatus::{Held, Pending, Rejected, Visible};
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let batch: Vec<_> = [Visible, Pending, Held, Rejected]
        .map(|status| ImportedComment {
            id: w.clock.id(),
            parent_id: None,
            author: ImportedAuthor::Guest(GuestName { name: "canary".into(), email: None }),
            created_at: w.clock.now(),
            status,
            body_markdown: format!("canary {}", status.as_str()),
            fragment: None,
        })
        .into();
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    let moderator = w.moderator("Mo").await;
    let gone = w.say(&slug, "canary gone", None).await;
    w.say(&slug, "what hangs on it", Some(&gone)).await;
    assert_eq!(texts(&search(&w, &slug, "canary").await), ["canary gone", "canary visible"]);
    w.delete(&moderator.access_token, &gone).await.expect(204);
    assert_eq!(texts(&search(&w, &slug, "canary").await), ["canary visible"]);
    w.decide(&moderator.access_token, &batch[0].id.to_string(), "reject").await.expect(200);
    assert_eq!(search(&w, &slug, "canary").await["items"], json!([]));
}

#[actix_web::test]
async fn pages_go_on_where_the_look_ended() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Long", OPEN).await;
    let first = w.say(&slug, "needle at the bottom", None).await;
    let second = w.say(&slug, "needle above it", None).await;
    w.thread(article_id, 5_010).await;
    let newest = w.say(&slug, "needle on top", None).await;
    let page = search(&w, &slug, "needle").await;
    assert_eq!((texts(&page), &page["limit"]), (vec!["needle on top"], &json!(20)));
    let rest = w.get(page["next"].as_str().unwrap()).await;
    let rest = rest.expect(200);
    assert_eq!((texts(&rest), &rest["next"]), (vec!["needle above it", "needle at the bottom"], &Value::Null));
    // Nothing was found, and there is more to look through.
    let none = search(&w, &slug, "no such word").await;
    assert_eq!(none["items"], json!([]));
    assert_eq!(
        w.get(none["next"].as_str().unwrap()).await.expect(200),
        json!({ "items": [], "limit": 20, "next": null, "prev": null })
    );
    // One by one.
    let (mut found, mut address) = (Vec::new(), Some(format!("/v1/articles/{slug}/comments/search?q=needle&limit=1")));
    while let Some(asked) = address {
        let page = w.get(&asked).await.expect(200);
        found.extend(page["items"].as_array().unwrap().iter().map(id));
        address = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(found, [newest, second, first]);
}

#[actix_web::test]
async fn it_is_a_public_page_like_others() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    w.say(&slug, "Thank you", None).await;
    let path = format!("/v1/articles/{slug}/comments/search?q=thank");
    let reply = w.get(&path).await;
    reply.expect(200);
    assert_eq!(reply.header("cache-tag"), format!("thread:{article_id},article:{article_id}"));
    let again = || w.request(Method::GET, &path).header("if-none-match", reply.header("etag")).send();
    assert_eq!(again().await.status.as_u16(), 304);
    w.say(&slug, "Thanks", None).await;
    assert_eq!(texts(&again().await.expect(200)), ["Thanks", "Thank you"]);
    let admin = w.admin("Root").await;
    let edit = w.request(Method::PATCH, &format!("/v1/articles/{slug}")).bearer(&admin.access_token);
    edit.header("if-match", "*").json(&json!({ "slug": "listening" })).send().await.expect(200);
    let moved = w.get(&path).await;
    assert_eq!(moved.status.as_u16(), 308);
    assert_eq!(texts(&w.get(moved.header("location")).await.expect(200)).len(), 2);
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let path = format!("/v1/articles/{slug}/comments/search");
    let long = format!("q={}", "x".repeat(101));
    for (query, parameter) in [
        ("", "q"),
        ("q=", "q"),
        ("q=x", "q"),
        ("q=%20x%20", "q"),
        ("q=%00%00", "q"),
        (&long, "q"),
        ("q=a+b+c+d+e+f+g+h+i", "q"),
        ("q=tea&limit=0", "limit"),
        ("q=tea&limit=x", "limit"),
        ("q=tea&sort=top", "sort"),
    ] {
        assert_eq!(w.get(&format!("{path}?{query}")).await.problem(400, "bad_request"), [parameter], "{query}");
    }
    assert_eq!(w.get(&format!("{path}?q=tea&limit=1000")).await.expect(200)["limit"], 100);
    w.say(&slug, "tea", None).await;
    w.say(&slug, "more tea", None).await;
    let next = w.get(&format!("{path}?q=tea&limit=1")).await.expect(200)["next"].as_str().unwrap().to_owned();
    let cursor = next.split("cursor=").nth(1).unwrap();
    for other in [format!("{path}?q=cup&cursor={cursor}"), format!("{path}?q=tea&cursor=x")] {
        assert_eq!(w.get(&other).await.problem(400, "bad_cursor"), ["cursor"]);
    }
    w.get("/v1/articles/unknown/comments/search?q=tea").await.problem(404, "not_found");
}
