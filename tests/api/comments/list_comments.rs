use crate::world::{OPEN, World, id};
use colloquy::articles::CommentPolicyInput;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_thread_comes_with_counts_and_the_first_replies_in_reading_order() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let (first, second) = (w.say(&slug, "first", Some(&root)).await, w.say(&slug, "second", Some(&root)).await);
    let (below, last) = (w.say(&slug, "below first", Some(&first)).await, w.say(&slug, "other", None).await);
    let thread = w.get(&format!("/v1/articles/{slug}/comments?replies=1")).await.expect(200);
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(5), &json!(2)));
    assert_eq!(
        (&thread["limit"], &thread["replies"], &thread["next"], &thread["prev"]),
        (&json!(20), &json!(1), &Value::Null, &Value::Null)
    );
    let items = thread["items"].as_array().unwrap();
    assert_eq!([&items[0]["id"], &items[1]["id"]], [&json!(root), &json!(last)]);
    assert_eq!((&items[0]["root_no"], &items[1]["root_no"]), (&json!(1), &json!(2)));
    let replies = &items[0]["replies"];
    assert_eq!(replies["items"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&replies["items"][0]["id"], &replies["items"][0]["replies"]["items"][0]["id"]),
        (&json!(first), &json!(below))
    );
    assert_eq!(replies["items"][0]["replies"]["next"], Value::Null);
    let rest = w.get(replies["next"].as_str().unwrap()).await.expect(200);
    assert_eq!((&rest["items"][0]["id"], rest["items"].as_array().unwrap().len()), (&json!(second), 1));
    assert_eq!(items[1]["replies"], json!({ "items": [], "next": null }));
}

#[actix_web::test]
async fn without_replies_each_says_where_they_are() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let reply = w.say(&slug, "reply", Some(&root)).await;
    let thread = w.get(&format!("/v1/articles/{slug}/comments?replies=0")).await.expect(200);
    let replies = &thread["items"][0]["replies"];
    assert_eq!(replies["items"], json!([]));
    let next = replies["next"].as_str().unwrap();
    assert!(next.starts_with(&w.url(&format!("/v1/comments/{root}/replies?"))), "{next}");
    assert_eq!(w.get(next).await.expect(200)["items"][0]["id"], reply);
}

#[actix_web::test]
async fn pages_lead_to_the_next_and_the_previous_one() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    w.thread(article_id, 21).await;
    let numbers = |page: &Value| -> Vec<i64> {
        page["items"].as_array().unwrap().iter().map(|root| root["root_no"].as_i64().unwrap()).collect()
    };
    let address = format!("/v1/articles/{slug}/comments?limit=3");
    let reply = w.get(&address).await;
    let first = reply.expect(200);
    assert_eq!(reply.header("link"), format!("<{}>; rel=\"next\"", first["next"].as_str().unwrap()));
    let second = w.get(first["next"].as_str().unwrap()).await.expect(200);
    let third = w.get(second["next"].as_str().unwrap()).await.expect(200);
    assert_eq!([numbers(&first), numbers(&second), numbers(&third)], [vec![1, 2, 3], vec![4, 5, 6], vec![7]]);
    assert_eq!(third["next"], Value::Null);
    assert_eq!(numbers(&w.get(third["prev"].as_str().unwrap()).await.expect(200)), [4, 5, 6]);
    let newest = w.get(&format!("{address}&sort=newest")).await.expect(200);
    assert_eq!(numbers(&newest), [7, 6, 5]);
    let older = w.get(newest["next"].as_str().unwrap()).await.expect(200);
    assert_eq!(numbers(&older), [4, 3, 2]);
    assert_eq!(numbers(&w.get(older["prev"].as_str().unwrap()).await.expect(200)), [7, 6, 5]);
}

#[actix_web::test]
async fn an_unchanged_thread_is_304_and_a_post_makes_it_200() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    w.say(&slug, "first", None).await;
    let path = format!("/v1/articles/{slug}/comments");
    let first = w.get(&path).await;
    first.expect(200);
    let again = || w.request(Method::GET, &path).header("if-none-match", first.header("etag")).send();
    let unchanged = again().await;
    assert_eq!((unchanged.status.as_u16(), unchanged.bytes.len()), (304, 0));
    w.say(&slug, "second", None).await;
    let changed = again().await;
    assert_eq!(changed.expect(200)["count"], 2);
    assert_ne!(changed.header("etag"), first.header("etag"));
}

#[actix_web::test]
async fn a_page_names_what_it_shows_and_is_the_same_for_everybody() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let reader = w.reader("Ada").await;
    w.post_as(&reader.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    let path = format!("/v1/articles/{slug}/comments");
    let page = w.get(&path).await;
    page.expect(200);
    let tags = format!("thread:{article_id},article:{article_id},account:{}", reader.id);
    assert_eq!((page.header("cache-tag"), page.header("cache-control")), (tags.as_str(), "public, no-cache"));
    let theirs = w.request(Method::GET, &path).bearer(&reader.access_token).send().await;
    let nonsense = w.request(Method::GET, &path).bearer("nonsense").send().await;
    assert_eq!((&theirs.bytes, &nonsense.bytes), (&page.bytes, &page.bytes));
}

#[actix_web::test]
async fn the_badge_of_what_was_written_before_follows_the_role() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let reader = w.reader("Ada").await;
    w.post_as(&reader.access_token, &slug, &json!({ "body": "Hello." })).await.expect(201);
    let path = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get_kept(&path).await.expect(200)["items"][0]["author"]["kind"], "reader");
    let ada = colloquy::accounts::Who::Email(reader.email.clone());
    let coach = colloquy::http::permission::Role::Coach;
    w.write(async |tx| colloquy::accounts::set_role(tx, &w.secrets, &ada, coach).await).await.unwrap();
    assert_eq!(w.get(&path).await.expect(200)["items"][0]["author"]["kind"], "coach");
}

#[actix_web::test]
async fn a_page_that_shows_very_many_people_still_has_headers_that_clients_take() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let people = w.write(async |tx| {
        let mut ids = Vec::new();
        for n in 0..150 {
            let name = format!("Person {n}");
            let new = colloquy::accounts::NewAccount {
                display_name: &name,
                email: None,
                role: colloquy::http::permission::Role::Reader,
                password_hash: None,
            };
            ids.push(colloquy::accounts::create_account(tx, &w.secrets, new).await?.id);
        }
        Ok(ids)
    });
    let people = people.await.unwrap();
    let batch: Vec<_> = people
        .iter()
        .map(|person| colloquy::comments::ImportedComment {
            id: w.clock.id(),
            parent_id: None,
            author: colloquy::comments::ImportedAuthor::Member(*person),
            created_at: w.clock.now(),
            status: colloquy::comments::CommentStatus::Visible,
            body_markdown: "Hello.".into(),
            fragment: None,
        })
        .collect();
    let import = w.write(async |tx| {
        colloquy::comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        colloquy::comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    let page = w.get(&format!("/v1/articles/{slug}/comments?limit=100")).await;
    assert_eq!(page.expect(200)["items"].as_array().unwrap().len(), 100);
    let headers: usize = page.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    assert!(headers < 8 * 1024, "{headers} bytes of headers");
    assert!(page.header("cache-tag").starts_with(&format!("thread:{article_id},article:{article_id},account:")));
}

#[actix_web::test]
async fn one_statement_more_or_less_for_no_number_of_comments() {
    let w = World::with(&[("cache_bytes", "0")]).await;
    let (slug, article_id) = w.open_article().await;
    let path = |limit: u32, replies: u32| format!("/v1/articles/{slug}/comments?limit={limit}&replies={replies}");
    // Between BEGIN and COMMIT the article, its roots, its pinned ones.
    assert_eq!(w.statements(w.get(&path(50, 3))).await.0, 5);
    w.thread(article_id, 200).await;
    let mut sent = Vec::new();
    for (limit, replies) in [(1, 0), (1, 20), (50, 3), (50, 20)] {
        let (statements, page) = w.statements(w.get(&path(limit, replies))).await;
        assert_eq!(page.expect(200)["items"].as_array().unwrap().len(), limit as usize);
        sent.push(statements);
    }
    // And what is below them, if anything is asked for.
    assert_eq!(sent, [5, 6, 6, 6]);
}

#[actix_web::test]
async fn a_former_slug_leads_to_the_thread_with_all_that_was_asked() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    w.thread(article_id, 12).await;
    let next = w.get(&format!("/v1/articles/{slug}/comments?limit=2&sort=newest")).await.expect(200)["next"].clone();
    let admin = w.admin("Root").await;
    let edit = w.request(Method::PATCH, &format!("/v1/articles/{slug}")).bearer(&admin.access_token);
    edit.header("if-match", "*").json(&json!({ "slug": "listening" })).send().await.expect(200);
    let moved = w.get(next.as_str().unwrap()).await;
    assert_eq!(moved.status.as_u16(), 308);
    assert_eq!(moved.header("location"), next.as_str().unwrap().replace(&slug, "listening"));
    let there = w.get(moved.header("location")).await.expect(200);
    assert_eq!((&there["items"][0]["root_no"], &there["limit"]), (&json!(2), &json!(2)));
}

#[actix_web::test]
async fn drafts_and_unknown_articles_have_no_thread() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let admin = w.admin("Root").await;
    w.say(&slug, "hello", None).await;
    let path = format!("/v1/articles/{slug}/comments");
    w.get(&path).await.expect(200);
    let unpublish = w.request(Method::POST, &format!("/v1/articles/{slug}/unpublish")).bearer(&admin.access_token);
    unpublish.header("if-match", "*").send().await.expect(200);
    w.get(&path).await.problem(404, "not_found");
    w.request(Method::GET, &path).bearer(&admin.access_token).send().await.problem(404, "not_found");
    w.get("/v1/articles/unknown/comments").await.problem(404, "not_found");
    w.get("/v1/articles/%00/comments").await.problem(404, "not_found");
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let (other, _) = w.article_taking("Another", CommentPolicyInput::default()).await;
    w.thread(article_id, 9).await;
    let path = format!("/v1/articles/{slug}/comments");
    for (query, parameter) in [
        ("sort=best", "sort"),
        ("depth=-1", "depth"),
        ("depth=deep", "depth"),
        ("section=", "section"),
        ("section=a%00b", "section"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("limit=many", "limit"),
        ("limit=1&limit=2", "limit"),
        ("replies=-1", "replies"),
        ("page=2", "page"),
    ] {
        assert_eq!(w.get(&format!("{path}?{query}")).await.problem(400, "bad_request"), [parameter]);
    }
    let long = "s".repeat(201);
    assert_eq!(w.get(&format!("{path}?section={long}")).await.problem(400, "bad_request"), ["section"]);
    let page = w.get(&format!("{path}?limit=1000&replies=1000&depth=1000")).await.expect(200);
    assert_eq!((&page["limit"], &page["replies"], &page["depth"]), (&json!(100), &json!(20), &json!(10)));
    let page = w.get(&path).await.expect(200);
    assert_eq!((&page["limit"], &page["replies"], &page["depth"]), (&json!(20), &json!(3), &json!(2)));
    let next = w.get(&format!("{path}?limit=1")).await.expect(200)["next"].as_str().unwrap().to_owned();
    let cursor = next.split("cursor=").nth(1).unwrap();
    let elsewhere = format!("/v1/articles/{other}/comments?cursor={cursor}");
    let otherwise = format!("{path}?sort=newest&cursor={cursor}");
    let root = id(&w.get(&path).await.expect(200)["items"][0]);
    let of_replies = format!("/v1/comments/{root}/replies?cursor={cursor}");
    for bad in [&elsewhere, &otherwise, &of_replies, &format!("{path}?cursor=x"), &format!("{path}?cursor=")] {
        assert_eq!(w.get(bad).await.problem(400, "bad_cursor"), ["cursor"]);
    }
    w.get(&format!("{path}?limit=2&cursor={cursor}")).await.expect(200);
}

#[actix_web::test]
async fn a_thread_deeper_than_paths_are_long_goes_on() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Deep", OPEN).await;
    let mut last = None;
    for n in 0..40 {
        last = Some(w.say(&slug, &format!("level {n}"), last.as_deref()).await);
    }
    let walk = w.walk(&format!("/v1/articles/{slug}/comments?replies=20"), async |_| ()).await;
    let mut depths: Vec<i64> = walk.iter().map(|comment| comment["depth"].as_i64().unwrap()).collect();
    depths.sort_unstable();
    assert_eq!(depths, (0..40).collect::<Vec<_>>());
}
