use crate::world::{World, id};
use reqwest::Method;
use serde_json::{Value, json};

fn ids(list: &Value) -> Vec<String> {
    list.as_array().unwrap().iter().map(id).collect()
}

#[actix_web::test]
async fn a_comment_stands_below_its_ancestors_beside_its_siblings_and_above_its_replies() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let root = w.say(&slug, "root", None).await;
    let parent = w.say(&slug, "parent", Some(&root)).await;
    let mut replies = Vec::new();
    for n in 0..9 {
        replies.push(w.say(&slug, &format!("reply {n}"), Some(&parent)).await);
    }
    let below = w.say(&slug, "below", Some(&replies[4])).await;
    let got = w.get(&format!("/v1/comments/{}/context", replies[4])).await;
    let context = got.expect(200);
    assert_eq!((&context["article"], &context["ancestors_next"]), (&json!(slug), &Value::Null));
    assert_eq!(ids(&context["ancestors"]), [root.clone(), parent]);
    assert_eq!(
        (id(&context["comment"]), &context["comment"]["replies"]["items"][0]["id"]),
        (replies[4].clone(), &json!(below))
    );
    assert_eq!(ids(&context["siblings"]["before"]), replies[1..4]);
    assert_eq!(ids(&context["siblings"]["after"]), replies[5..8]);
    // What stands around has its replies behind an address.
    let around = &context["ancestors"][0]["replies"];
    assert_eq!(
        (&around["items"], around["next"].as_str()),
        (&json!([]), Some(&*w.url(&format!("/v1/comments/{root}/replies"))))
    );
    assert_eq!(context["siblings"]["after"][0]["replies"], json!({ "items": [], "next": null }));
    assert_eq!(got.header("cache-tag"), format!("thread:{article_id},article:{article_id}"));
    let again = w.request(Method::GET, &format!("/v1/comments/{}/context", replies[4]));
    assert_eq!(again.header("if-none-match", got.header("etag")).send().await.status.as_u16(), 304);
    let bare = w.get(&format!("/v1/comments/{}/context?replies=0", replies[4])).await.expect(200);
    assert_eq!(bare["comment"]["replies"]["items"], json!([]));
}

#[actix_web::test]
async fn a_root_stands_beside_other_roots() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let there = w.thread(article_id, 15).await;
    let roots: Vec<String> = there.iter().step_by(3).map(ToString::to_string).collect();
    let context = w.get(&format!("/v1/comments/{}/context", roots[1])).await.expect(200);
    assert_eq!(context["ancestors"], json!([]));
    assert_eq!(
        (ids(&context["siblings"]["before"]), ids(&context["siblings"]["after"])),
        (roots[..1].to_vec(), roots[2..].to_vec())
    );
    w.say(&slug, "another", None).await;
    let after = w.get(&format!("/v1/comments/{}/context", roots[3])).await.expect(200);
    assert_eq!(ids(&after["siblings"]["after"]).len(), 2);
}

#[actix_web::test]
async fn of_many_ancestors_the_nearest_come_with_the_root_and_the_others_page_by_page() {
    let w = World::with(&[("thread_levels", "3")]).await;
    let (slug, _) = w.open_article().await;
    let mut chain: Vec<String> = Vec::new();
    for n in 0..62 {
        chain.push(w.say(&slug, &format!("level {n}"), chain.last().map(String::as_str)).await);
    }
    let last = chain.pop().unwrap();
    let mut address = Some(format!("/v1/comments/{last}/context"));
    let (mut found, mut sizes) = (Vec::new(), Vec::new());
    while let Some(asked) = address {
        let context = w.get(&asked).await.expect(200);
        assert_eq!((id(&context["comment"]), id(&context["ancestors"][0])), (last.clone(), chain[0].clone()));
        let above = ids(&context["ancestors"]);
        sizes.push(above.len());
        found.splice(0..0, above.into_iter().skip(1));
        address = context["ancestors_next"].as_str().map(str::to_owned);
    }
    assert_eq!((sizes, found), (vec![26, 26, 11], chain[1..].to_vec()));
    // Exactly as many as fit: nothing is left out.
    for (depth, cut) in [(25, false), (26, false), (27, true)] {
        let context = w.get(&format!("/v1/comments/{}/context", chain[depth])).await.expect(200);
        assert_eq!(
            (ids(&context["ancestors"]).len(), context["ancestors_next"].is_string()),
            (depth.min(26), cut),
            "{depth}"
        );
    }
}

#[actix_web::test]
async fn equally_many_statements_wherever_it_stands() {
    let w = World::with(&[("cache_bytes", "0")]).await;
    let (slug, _) = w.open_article().await;
    let mut last: Option<String> = None;
    let mut sent = Vec::new();
    for n in 0..40 {
        let parent = last.replace(w.say(&slug, &format!("level {n}"), last.as_deref()).await);
        if let Some(parent) = parent.filter(|_| n % 10 == 2) {
            sent.push(w.statements(w.get(&format!("/v1/comments/{parent}/context"))).await.0);
        }
    }
    assert_eq!(sent, [7; 4]);
}

#[actix_web::test]
async fn what_is_gone_stands_there_as_a_tombstone() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "secret root", None).await;
    let first = w.say(&slug, "secret first", Some(&root)).await;
    let second = w.say(&slug, "second", Some(&root)).await;
    let below = w.say(&slug, "below", Some(&first)).await;
    for gone in [&root, &first] {
        w.delete(&moderator.access_token, gone).await.expect(204);
    }
    let reply = w.get(&format!("/v1/comments/{below}/context")).await;
    let context = reply.expect(200);
    assert!(
        context["ancestors"]
            .as_array()
            .unwrap()
            .iter()
            .all(|above| above["status"] == "deleted" && above["body"].is_null())
    );
    assert!(!reply.text().contains("secret") && !reply.text().contains("\"author\":{\"id\":null"));
    let beside = w.get(&format!("/v1/comments/{second}/context")).await;
    assert_eq!(beside.expect(200)["siblings"]["before"][0]["body"], Value::Null);
    let itself = w.get(&format!("/v1/comments/{first}/context")).await.expect(200);
    assert_eq!((&itself["comment"]["status"], &itself["comment"]["author"]), (&json!("deleted"), &Value::Null));
    // Without what hangs on it, it is no more.
    w.delete(&moderator.access_token, &below).await.expect(204);
    w.get(&format!("/v1/comments/{first}/context")).await.problem(404, "not_found");
    assert_eq!(w.get(&format!("/v1/comments/{second}/context")).await.expect(200)["siblings"]["before"], json!([]));
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let root = w.say(&slug, "root", None).await;
    let rejected = w.say(&slug, "rejected", None).await;
    w.decide(&moderator.access_token, &rejected, "reject").await.expect(200);
    let path = format!("/v1/comments/{root}/context");
    for (query, parameter) in [
        ("replies=-1", "replies"),
        ("depth=-1", "depth"),
        ("depth=x", "depth"),
        ("limit=1", "limit"),
        ("sort=top", "sort"),
    ] {
        assert_eq!(w.get(&format!("{path}?{query}")).await.problem(400, "bad_request"), [parameter]);
    }
    assert_eq!(w.get(&format!("{path}?cursor=x")).await.problem(400, "bad_cursor"), ["cursor"]);
    w.get(&format!("{path}?replies=1000&depth=1000")).await.expect(200);
    for nowhere in [w.clock.id().to_string(), rejected, "nonsense".into()] {
        w.get(&format!("/v1/comments/{nowhere}/context")).await.problem(404, "not_found");
    }
}
