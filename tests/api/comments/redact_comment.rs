use crate::world::{Person, Reply, World, id, too_often};
use colloquy::db::schema::corrections;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};

const DATA: &str = "Write to **anna@example.org** or call +44 1632 960128.";
const REDACTED: &str = "Write to [e-mail removed] or call [phone number removed].";

async fn redact(w: &World, token: &str, id: &str, revision: &str, body: &Value) -> Reply {
    let request = w.request(Method::POST, &format!("/v1/comments/{id}/redact")).bearer(token);
    request.header("if-match", revision).json(body).send().await
}

/// A comment of somebody who was told what is wrong with it and wants it as it is. Personal data waits for a moderator.
async fn post(w: &World, person: &Person, slug: &str, text: &str) -> String {
    id(&w.post_as(&person.access_token, slug, &json!({ "body": text, "as_is": true })).await.expect(201))
}

async fn edit(w: &World, person: &Person, id: &str, text: &str) {
    let request = w.request(Method::PATCH, &format!("/v1/comments/{id}")).bearer(&person.access_token);
    request.header("if-match", "*").json(&json!({ "body": text, "as_is": true })).send().await.expect(200);
}

async fn revisions(w: &World, moderator: &Person, id: &str) -> Vec<String> {
    let path = format!("/v1/moderation/comments/{id}/revisions");
    let page = w.request(Method::GET, &path).bearer(&moderator.access_token).send().await.expect(200);
    let texts = page["items"].as_array().unwrap().iter();
    texts.map(|text| text["markdown"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn an_author_takes_out_what_tells_too_much() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = post(&w, &ada, &slug, DATA).await;
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    let path = format!("/v1/articles/{slug}/comments");
    assert!(w.get(&path).await.expect(200).to_string().contains("anna@example.org"));
    let redacted = redact(&w, &ada.access_token, &comment, "\"1\"", &json!({})).await;
    let after = redacted.expect(200);
    assert_eq!((&after["body"]["text"], &after["revision"]), (&json!(REDACTED), &json!(2)));
    assert_eq!((redacted.header("etag"), &after["edited_at"]), ("\"2\"", &json!(w.clock.now())));
    assert_eq!(w.get(&path).await.expect(200)["items"], json!([after]));
    // The data would go on in what is kept for moderators.
    assert_eq!(revisions(&w, &moderator, &comment).await, [""; 0]);
    // Nothing is left to take out.
    let again = redact(&w, &ada.access_token, &comment, "\"2\"", &json!({})).await.expect(200);
    assert_eq!(again["revision"], 2);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn earlier_texts_are_redacted_too() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = post(&w, &ada, &slug, DATA).await;
    edit(&w, &ada, &comment, "Never mind.").await;
    edit(&w, &ada, &comment, "My mail is bea@example.org, sorry.").await;
    let asked = json!({ "kinds": ["email"] });
    let after = redact(&w, &ada.access_token, &comment, "\"3\"", &asked).await.expect(200);
    assert_eq!(after["body"]["text"], "My mail is [e-mail removed], sorry.");
    let texts = revisions(&w, &moderator, &comment).await;
    assert_eq!(texts, ["Write to **[e-mail removed]** or call +44 1632 960128.", "Never mind."]);
}

#[actix_web::test]
async fn only_the_kinds_that_are_named_go() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = post(&w, &ada, &slug, DATA).await;
    let asked = json!({ "kinds": ["phone", "iban", "name"] });
    let after = redact(&w, &ada.access_token, &comment, "\"1\"", &asked).await.expect(200);
    assert_eq!(after["body"]["markdown"], "Write to **anna@example.org** or call [phone number removed].");
}

#[actix_web::test]
async fn a_guest_redacts_with_the_manage_token() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let body = json!({ "body": DATA, "guest": { "name": "Wendy" }, "as_is": true });
    let posted = w.post(&format!("/v1/articles/{slug}/comments"), &body).await.expect(201);
    let request = w.request(Method::POST, &format!("/v1/comments/{}/redact", id(&posted))).header("if-match", "\"1\"");
    let redacted = request.guest(posted["manage_token"].as_str().unwrap()).json(&json!({})).send().await;
    assert_eq!(redacted.expect(200)["body"]["text"], REDACTED);
}

#[actix_web::test]
async fn a_moderator_redacts_what_somebody_else_said_and_it_is_remembered() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator, admin) = (w.reader("Ada").await, w.moderator("Mo").await, w.admin("June").await);
    let comment = post(&w, &ada, &slug, DATA).await;
    w.decide(&moderator.access_token, &comment, "approve").await.expect(200);
    redact(&w, &moderator.access_token, &comment, "\"1\"", &json!({})).await.expect(200);
    assert_eq!(w.get(&format!("/v1/comments/{comment}")).await.expect(200)["body"]["text"], REDACTED);
    assert_eq!(revisions(&w, &moderator, &comment).await, [""; 0]);
    let audit = w.request(Method::GET, "/v1/audit?kind=comment.redacted").bearer(&admin.access_token).send().await;
    let entry = &audit.expect(200)["items"][0];
    assert_eq!((&entry["actor_id"], &entry["subject_id"]), (&json!(moderator.id), &json!(comment)));
    assert_eq!(entry["data"], json!({ "kinds": ["email", "phone"] }));
}

#[actix_web::test]
async fn its_state_stays_and_its_author_may_long_after() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, moderator) = (w.reader("Ada").await, w.moderator("Mo").await);
    let comment = post(&w, &ada, &slug, DATA).await;
    w.decide(&moderator.access_token, &comment, "reject").await.expect(200);
    w.clock.set(w.clock.now() + chrono::TimeDelta::days(60));
    let (token, _) = w.log_in(&ada.email).await;
    let after = redact(&w, &token, &comment, "\"1\"", &json!({})).await.expect(200);
    assert_eq!((&after["status"], &after["body"]["text"]), (&json!("rejected"), &json!(REDACTED)));
    w.get(&format!("/v1/comments/{comment}")).await.problem(404, "not_found");
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn only_its_author_and_moderators_redact_and_only_what_is_there() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, bea, coach) = (w.reader("Ada").await, w.reader("Bea").await, w.coach("Colin").await);
    let comment = post(&w, &ada, &slug, "First.").await;
    let all = json!({});
    for stranger in [&bea, &coach] {
        redact(&w, &stranger.access_token, &comment, "\"1\"", &all).await.problem(403, "forbidden");
    }
    let nobody = w.request(Method::POST, &format!("/v1/comments/{comment}/redact")).header("if-match", "\"1\"");
    nobody.json(&all).send().await.problem(401, "unauthenticated");
    redact(&w, "nonsense", &comment, "\"1\"", &all).await.problem(401, "unauthenticated");
    redact(&w, &ada.access_token, &w.clock.id().to_string(), "*", &all).await.problem(404, "not_found");
    w.delete(&ada.access_token, &comment).await.expect(204);
    redact(&w, &ada.access_token, &comment, "*", &all).await.problem(404, "not_found");
}

#[actix_web::test]
async fn nobody_redacts_what_was_not_read_nor_what_is_no_kind() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = post(&w, &ada, &slug, "First.").await;
    let stale = redact(&w, &ada.access_token, &comment, "\"7\"", &json!({})).await;
    assert_eq!(stale.problem(412, "precondition_failed"), ["If-Match"]);
    let blind = w.request(Method::POST, &format!("/v1/comments/{comment}/redact")).bearer(&ada.access_token);
    assert_eq!(blind.json(&json!({})).send().await.problem(428, "precondition_required"), ["If-Match"]);
    for kinds in [json!([]), json!(["email", "email", "email", "email", "email"])] {
        let refused = redact(&w, &ada.access_token, &comment, "\"1\"", &json!({ "kinds": kinds })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/kinds"]);
    }
    let unknown = redact(&w, &ada.access_token, &comment, "\"1\"", &json!({ "kinds": ["shoe_size"] })).await;
    assert_eq!(unknown.problem(400, "bad_request"), ["#/kinds/0"]);
    assert_eq!(w.get(&format!("/v1/comments/{comment}")).await.expect(200)["revision"], 1);
}

#[actix_web::test]
async fn redacting_is_counted_like_posting() {
    let w = World::with(&[("comments_per_minute", "5")]).await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let comment = post(&w, &ada, &slug, "First.").await;
    let change = async || redact(&w, &ada.access_token, &comment, "*", &json!({})).await;
    too_often(change).await.problem(429, "too_many_requests");
}

#[actix_web::test]
async fn what_else_holds_it_holds_it_still() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let text = format!("{DATA} See https://one.example, https://two.example, https://three.example.");
    let comment = post(&w, &ada, &slug, &text).await;
    let after = redact(&w, &ada.access_token, &comment, "\"1\"", &json!({})).await.expect(200);
    assert_eq!(
        (&after["status"], &after["moderation"]["reasons"]),
        (&json!("held"), &json!(["links", "personal_data"]))
    );
}

#[actix_web::test]
async fn what_was_said_of_a_correction_is_redacted_too() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let june = w.coach("June").await;
    let comment = id(&w.post_as(&june.access_token, &slug, &json!({ "body": "On Mondays." })).await.expect(201));
    let correct = async |body: &str, note: &str| {
        let request = w.request(Method::PATCH, &format!("/v1/comments/{comment}")).bearer(&june.access_token);
        let change = json!({ "body": body, "correction_note": note, "as_is": true });
        request.header("if-match", "*").json(&change).send().await.expect(200)
    };
    // Longer without them than a note may be.
    let many = "a@example.org ".repeat(35);
    correct("On Tuesdays.", &many).await;
    correct("On Thursdays.", "Ask anna@example.org.").await;
    let thread = format!("/v1/articles/{slug}/comments");
    assert_eq!(w.get(&thread).await.expect(200)["items"][0]["correction"]["note"], "Ask anna@example.org.");
    let edits = async || {
        let all = crate::world::events(&mut w.db.conn().await).await;
        all.iter().filter(|event| event.kind == "comment.edited").count()
    };
    let before = edits().await;
    let after = redact(&w, &june.access_token, &comment, "\"3\"", &json!({})).await.expect(200);
    assert_eq!((&after["correction"]["note"], &after["revision"]), (&json!("Ask [e-mail removed]."), &json!(3)));
    // Everybody is told, although the text is the same.
    assert_eq!(w.get(&thread).await.expect(200)["items"][0]["correction"]["note"], "Ask [e-mail removed].");
    assert_eq!(edits().await, before + 1);
    let kept = corrections::table.order(corrections::revision).select(corrections::note);
    let kept: Vec<String> = kept.load(&mut w.db.conn().await).await.unwrap();
    assert_eq!((kept[0].chars().count(), kept[0].contains('@')), (500, false), "{kept:?}");
    redact(&w, &june.access_token, &comment, "\"3\"", &json!({})).await.expect(200);
    assert_eq!(edits().await, before + 1);
}

#[actix_web::test]
async fn what_another_moderator_works_on_is_theirs() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, mo, hollis) = (w.reader("Ada").await, w.moderator("Mo").await, w.moderator("Hollis").await);
    let comment = post(&w, &ada, &slug, DATA).await;
    w.claim(&mo, &comment).await.expect(200);
    redact(&w, &hollis.access_token, &comment, "\"1\"", &json!({})).await.problem(409, "conflict");
    redact(&w, &mo.access_token, &comment, "\"1\"", &json!({"kinds": ["email"]})).await.expect(200);
    // It is its author's before all.
    redact(&w, &ada.access_token, &comment, "\"2\"", &json!({})).await.expect(200);
}

#[actix_web::test]
async fn names_and_account_numbers_go_too() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let ada = w.reader("Ada").await;
    let said = "My husband John Smith took it all: DE89 3704 0044 0532 0130 00.";
    let told = w.post_as(&ada.access_token, &slug, &json!({ "body": said })).await;
    told.problem(422, "rephrase");
    let advice =
        told.json()["errors"].as_array().unwrap().iter().map(|error| error["detail"].to_string()).collect::<String>();
    assert!(advice.contains("bank account") && advice.contains("full name"), "{advice}");
    assert!(!told.text().contains("Smith") && !told.text().contains("3704"), "{}", told.text());
    let comment = post(&w, &ada, &slug, said).await;
    let after = redact(&w, &ada.access_token, &comment, "\"1\"", &json!({})).await.expect(200);
    let expected = "My husband [name removed] took it all: [account number removed].";
    assert_eq!(after["body"]["text"], expected);
}
