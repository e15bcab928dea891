use super::own::{as_guest, guest_of, token};
use crate::world::{OPEN, Reply, World, id};
use colloquy::comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment};
use diesel_async::SimpleAsyncConnection;
use reqwest::Method;
use serde_json::{Value, json};

async fn claim(w: &World, access_token: &str, manage_token: &str) -> Reply {
    let request = w.request(Method::POST, "/v1/accounts/me/claims").bearer(access_token);
    request.json(&json!({ "manage_token": manage_token })).send().await
}

async fn helpful(w: &World, authorization: &str, comment_id: &str) {
    let request = w.request(Method::PUT, &format!("/v1/comments/{comment_id}/reactions/helpful"));
    request.header("authorization", authorization).send().await.expect(200);
}

fn author(comment: &Value) -> &str {
    comment["author"]["id"].as_str().unwrap()
}

#[actix_web::test]
async fn comments_reactions_and_mentions_go_over_and_the_guest_is_forgotten() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, coach) = (w.reader("Ada").await, w.coach("Marit").await);
    let posted = guest_of(&w, &slug, "Quetzal").await;
    let guest = author(&posted).to_owned();
    let reply = json!({ "body": "Thank you.", "parent_id": id(&posted), "mentions": [guest] });
    let answer = w.post_as(&coach.access_token, &slug, &reply).await.expect(201);
    // Ada found one comment helpful under both of her names, another as a guest.
    let (both, one) = (id(&answer), w.say(&slug, "Somebody else's.", None).await);
    helpful(&w, &format!("Guest {}", token(&posted)), &both).await;
    helpful(&w, &format!("Bearer {}", ada.access_token), &both).await;
    helpful(&w, &format!("Guest {}", token(&posted)), &one).await;
    let path = format!("/v1/articles/{slug}/comments");
    w.get_kept(&path).await;
    let claimed = claim(&w, &ada.access_token, token(&posted)).await.expect(200);
    assert_eq!(claimed, json!({ "comments": 1, "reactions": 1, "mentions": 1, "private_threads": 0 }));
    let page = w.get(&path).await.expect(200);
    let root = page["items"].as_array().unwrap().iter().find(|root| root["id"] == posted["id"]).unwrap();
    assert_eq!(root["author"], json!({ "id": ada.id, "name": "Ada", "kind": "reader" }));
    assert_eq!(w.get(&format!("/v1/comments/{one}")).await.expect(200)["reactions"], json!({ "helpful": 1 }));
    let answer = &root["replies"]["items"][0];
    assert_eq!(
        (&answer["reactions"]["helpful"], &answer["mentions"]),
        (&json!(1), &json!([{ "id": ada.id, "name": "Ada" }]))
    );
    let mine = w.get_as(&ada.access_token, &format!("/v1/articles/{slug}/viewer")).await.expect(200);
    assert_eq!(mine["reactions"].as_array().unwrap().len(), 2);
    World::assert_absent(&w.dump().await, "the guest's name", b"Quetzal");
    World::assert_absent(&w.dump().await, "the guest's id", guest.as_bytes());
    as_guest(&w, token(&posted), Method::GET, "/v1/guests/me", None).await.problem(401, "unauthenticated");
    let again = claim(&w, &ada.access_token, token(&posted)).await;
    assert_eq!(again.problem(422, "validation"), ["#/manage_token"]);
    w.assert_counters_right().await;
    // What is theirs now they may take away.
    w.delete(&ada.access_token, &id(&posted)).await.expect(204);
}

#[actix_web::test]
async fn nobody_keeps_a_reaction_to_what_turns_out_to_be_their_own() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, robin) = (w.reader("Ada").await, w.reader("Robin").await);
    let (as_ada, as_robin) = (format!("Bearer {}", ada.access_token), format!("Bearer {}", robin.access_token));
    let by_ada = w.post_as(&ada.access_token, &slug, &json!({ "body": "With an account." })).await.expect(201);
    let by_guest = guest_of(&w, &slug, "Lantern").await;
    let as_guest = format!("Guest {}", token(&by_guest));
    let (by_ada, of_guest) = (id(&by_ada), id(&by_guest));
    for (who, what) in [(&as_ada, &of_guest), (&as_guest, &by_ada), (&as_robin, &of_guest), (&as_robin, &by_ada)] {
        helpful(&w, who, what).await;
    }
    let claimed = claim(&w, &ada.access_token, token(&by_guest)).await.expect(200);
    assert_eq!(claimed, json!({ "comments": 1, "reactions": 0, "mentions": 0, "private_threads": 0 }));
    for comment in [by_ada, of_guest] {
        let path = format!("/v1/comments/{comment}");
        assert_eq!(w.get(&path).await.expect(200)["reactions"], json!({ "helpful": 1 }));
    }
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn whoever_was_called_by_both_names_is_called_once() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, coach) = (w.reader("Ada").await, w.coach("Marit").await);
    w.post_as(&ada.access_token, &slug, &json!({ "body": "With an account." })).await.expect(201);
    let posted = guest_of(&w, &slug, "Lantern").await;
    let both = json!({ "body": "You two.", "mentions": [author(&posted), ada.id] });
    let answer = w.post_as(&coach.access_token, &slug, &both).await.expect(201);
    assert_eq!(answer["mentions"].as_array().unwrap().len(), 2);
    let claimed = claim(&w, &ada.access_token, token(&posted)).await.expect(200);
    assert_eq!((&claimed["comments"], &claimed["mentions"]), (&json!(1), &json!(0)));
    let answer = w.get(&format!("/v1/comments/{}", id(&answer))).await.expect(200);
    assert_eq!(answer["mentions"], json!([{ "id": ada.id, "name": "Ada" }]));
}

#[actix_web::test]
async fn however_much_there_is_it_goes_over_in_parts() {
    let w = World::new().await;
    let (slug, article_id) = w.article_taking("Long", OPEN).await;
    let ada = w.reader("Ada").await;
    let batch: Vec<_> = (0..1203)
        .map(|n| ImportedComment {
            id: w.clock.id(),
            parent_id: None,
            fragment: None,
            author: ImportedAuthor::Guest(GuestName { name: "Lantern".into(), email: None }),
            created_at: w.clock.now(),
            status: if n % 3 == 0 { CommentStatus::Pending } else { CommentStatus::Visible },
            body_markdown: format!("number {n}"),
        })
        .collect();
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    let posted = guest_of(&w, &slug, "Candle").await;
    let guest = author(&posted);
    let theirs = format!("UPDATE comments SET guest_id = '{guest}' WHERE guest_id IS NOT NULL");
    w.db.conn().await.batch_execute(&theirs).await.unwrap();
    let claimed = claim(&w, &ada.access_token, token(&posted)).await.expect(200);
    assert_eq!(claimed["comments"], 1204);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn staff_bad_tokens_and_nothing_at_all_are_refused() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, coach) = (w.reader("Ada").await, w.coach("Marit").await);
    let posted = guest_of(&w, &slug, "Lantern").await;
    claim(&w, &coach.access_token, token(&posted)).await.problem(403, "forbidden");
    assert_eq!(claim(&w, &ada.access_token, "nonsense").await.problem(422, "validation"), ["#/manage_token"]);
    let body = json!({ "manage_token": token(&posted) });
    w.post("/v1/accounts/me/claims", &body).await.problem(401, "unauthenticated");
    as_guest(&w, token(&posted), Method::POST, "/v1/accounts/me/claims", Some(body))
        .await
        .problem(401, "unauthenticated");
    let silent = w.post(&format!("/v1/articles/{slug}/guests"), &json!({ "name": "Candle" })).await.expect(201);
    claim(&w, &ada.access_token, token(&silent)).await.problem(409, "conflict");
    as_guest(&w, token(&silent), Method::GET, "/v1/guests/me", None).await.expect(200);
}

#[actix_web::test]
async fn what_was_written_in_private_goes_over_only_to_who_has_the_address() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, eve, marit) = (w.reader("Ada").await, w.reader("Eve").await, w.coach("Marit").await);
    let guest = json!({ "name": "Lantern", "email": ada.email });
    let path = format!("/v1/articles/{slug}/comments");
    let posted = w.post(&path, &json!({ "body": "Mine.", "guest": guest })).await.expect(201);
    let invite = async |comment: &str| {
        let path = format!("/v1/comments/{comment}/invitation");
        w.post_by(&marit, &path, &json!({ "body": "Shall we talk by ourselves?" })).await.expect(201);
    };
    invite(&id(&posted)).await;
    // Whoever found the token reads nothing by it, and does not by an account.
    claim(&w, &eve.access_token, token(&posted)).await.problem(403, "address_unverified");
    let kept = w.get(&format!("/v1/comments/{}", id(&posted))).await.expect(200);
    assert_eq!(kept["author"]["name"], "Lantern");
    assert_eq!(w.see(&eve, "/v1/private-threads").await.expect(200)["items"], json!([]));
    let claimed = claim(&w, &ada.access_token, token(&posted)).await.expect(200);
    assert_eq!((&claimed["comments"], &claimed["private_threads"]), (&json!(1), &json!(1)));
    assert_eq!(w.see(&ada, "/v1/private-threads").await.expect(200)["items"][0]["state"], "invited");
    // A guest who gave no address has nothing but the token.
    let posted = guest_of(&w, &slug, "Candle").await;
    invite(&id(&posted)).await;
    assert_eq!(claim(&w, &eve.access_token, token(&posted)).await.expect(200)["private_threads"], 1);
}
