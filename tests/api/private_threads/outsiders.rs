//! Whoever is not in a thread cannot tell it from one that does not exist, nor finds any of it elsewhere.

use super::{at, bearer, call, get, pair, said, say, verified_guest};
use crate::world::{NOTHING, World};
use reqwest::Method;
use serde_json::json;

#[actix_web::test]
async fn to_everybody_else_a_thread_is_as_one_that_does_not_exist() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, marit, thread) = pair(&w).await;
    say(&w, &marit, &thread, "I am here.").await;
    let admin = w.admin("June").await;
    let (_, service) = w.service(&admin, &["drafts", "articles", "moderation", "relay"]).await;
    let others = [
        bearer(&w.reader("Bea").await),
        bearer(&w.coach("Joss").await),
        bearer(&w.moderator("Mo").await),
        bearer(&admin),
        verified_guest(&w, &slug, "Lantern").await.authorization,
        format!("Bearer {service}"),
        "Bearer nonsense".into(),
    ];
    let (say, no) = (json!({ "body": "Hello?" }), json!({ "no": 1 }));
    let (coach, agree) = (json!({ "coach_id": NOTHING }), json!({ "agree": true }));
    let asked = [
        (Method::GET, "", None),
        (Method::DELETE, "", None),
        (Method::GET, "/messages", None),
        (Method::POST, "/messages", Some(&say)),
        (Method::PATCH, "/messages/1", Some(&say)),
        (Method::DELETE, "/messages/1", None),
        (Method::PUT, "/read", Some(&no)),
        (Method::GET, "/draft", None),
        (Method::PUT, "/draft", Some(&say)),
        (Method::DELETE, "/draft", None),
        (Method::POST, "/admission", None),
        (Method::POST, "/handover", Some(&coach)),
        (Method::POST, "/accept", None),
        (Method::POST, "/decline", None),
        (Method::POST, "/close", None),
        (Method::POST, "/reopen", None),
        (Method::POST, "/leave", None),
        (Method::PUT, "/disclosure", Some(&agree)),
    ];
    for (method, path, body) in asked {
        for other in &others {
            let ask = async |id: &str| {
                let request = w.request(method.clone(), &at(id, path)).header("authorization", other);
                let request = request.header("if-match", "*");
                match body {
                    Some(body) => request.json(body).send().await,
                    None => request.send().await,
                }
            };
            let (there, nowhere) = (ask(&thread).await, ask(NOTHING).await);
            let told = |reply: &crate::world::Reply| (reply.status, reply.text());
            assert_eq!(told(&there), told(&nowhere), "{method} {path} as {other}");
            assert!([401, 403, 404].contains(&there.status.as_u16()), "{method} {path} as {other}: {}", there.status);
        }
    }
    assert_eq!(said(&w, &ada, &thread).await.len(), 2);
}

#[actix_web::test]
async fn nothing_of_it_stands_in_lists_events_or_the_audit() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let admin = w.admin("June").await;
    let kinds = async || {
        let told = crate::world::events(&mut w.db.conn().await).await;
        told.into_iter().map(|event| event.kind).collect::<Vec<_>>()
    };
    let before = kinds().await.len();
    let (ada, marit, thread) = pair(&w).await;
    say(&w, &marit, &thread, "A word that stands nowhere else: quillwort.").await;
    call(&w, &ada, Method::POST, &at(&thread, "/close"), None).await.expect(200);
    let told = kinds().await.split_off(before);
    assert!(told.iter().all(|kind| kind.starts_with("account.") || kind.starts_with("session.")), "{told:?}");
    for path in ["/v1/private-threads", "/v1/audit?limit=100", "/v1/moderation/queue", "/v1/desk"] {
        let seen = get(&w, &bearer(&admin), path).await.text();
        assert!(!seen.contains(&thread) && !seen.contains("quillwort"), "{path}: {seen}");
    }
    let found = w.get(&format!("/v1/articles/{slug}/comments/search?q=quillwort")).await.expect(200);
    assert_eq!(found["items"], json!([]));
}
