use super::endpoint::Mood;
use super::{Endpoint, asking, asking_for, hit, posted, shown, standing, status};
use crate::world::{OPEN, World, until};
use colloquy::{
    articles::CommentPolicyInput,
    db::schema::{events, reviews, verdicts},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

#[actix_web::test]
async fn what_it_approves_is_shown() {
    let endpoint = Endpoint::start(Mood::Waiting);
    let w = asking(&endpoint).await;
    let (slug, article_id) = w.open_article().await;
    let id = posted(&w, &slug, "See [this](https://example.org/).").await;
    endpoint.asked(1).await;
    assert_eq!(shown(&w, &slug).await, 0);
    w.get(&format!("/v1/comments/{id}")).await.problem(404, "not_found");
    endpoint.let_go(1);
    until("it is shown", async || shown(&w, &slug).await == 1).await;
    w.get(&format!("/v1/comments/{id}")).await.expect(200);
    assert_eq!((standing(&w, &id).await.1, hit(&w, &id).await), (None, ("note".into(), String::new())));
    w.assert_counters_right().await;
    let mut conn = w.db.conn().await;
    let told: (String, Option<Uuid>) = events::table
        .filter(events::kind.eq("comment.approved"))
        .select((events::tags, events::actor_id))
        .first(&mut conn)
        .await
        .unwrap();
    assert_eq!(told, (format!("thread:{article_id}"), None));
    let kept: (String, String, Option<Uuid>) =
        verdicts::table.select((verdicts::was, verdicts::became, verdicts::by_account)).first(&mut conn).await.unwrap();
    assert_eq!(kept, ("held".into(), "visible".into(), None), "the history says that nobody looked");
}

#[actix_web::test]
async fn it_is_told_what_is_said_and_not_by_whom() {
    let endpoint = Endpoint::start(Mood::Approve);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    let id = posted(&w, &slug, "I *like* it.").await;
    let ada = w.reader("Ada Unmistakable").await;
    w.post_as(&ada.access_token, &slug, &json!({ "body": "So do I." })).await.expect(201);
    endpoint.asked(2).await;
    let mut questions = endpoint.questions();
    questions.sort_by_key(|question| question["author"].to_string());
    let message = format!("{id}-1");
    let html = "<p>I <em>like</em> it.</p>";
    let expected = json!({
        "id": id, "revision": 1, "text": "I like it.", "html": html, "language": "en", "author": "guest",
        "message": message,
    });
    let trimmed = |mut question: Value| {
        question["html"] = question["html"].as_str().unwrap().trim_end().into();
        question
    };
    assert_eq!(trimmed(questions[0].clone()), expected);
    assert_eq!((&questions[1]["author"], &questions[1]["text"]), (&json!("member"), &json!("So do I.")));
    let all = json!(questions).to_string();
    for private in ["Wendy", "Ada", "Unmistakable", &ada.id, &ada.email, "example.org"] {
        assert!(!all.contains(private), "{private} in {all}");
    }
}

#[actix_web::test]
async fn staff_are_not_looked_at() {
    let endpoint = Endpoint::start(Mood::Silent);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    for person in [w.coach("Colin").await, w.moderator("Mo").await, w.admin("June").await] {
        let said = w.post_as(&person.access_token, &slug, &json!({ "body": "Welcome." })).await.expect(201);
        assert_eq!(said["status"], "visible");
    }
    posted(&w, &slug, "Hello.").await;
    endpoint.asked(1).await;
    assert_eq!(endpoint.questions().len(), 1);
}

#[actix_web::test]
async fn what_it_holds_waits_with_its_reason_and_priority() {
    let endpoint = Endpoint::start(Mood::Hold);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    let id = posted(&w, &slug, "Grr.").await;
    until("it has answered", async || hit(&w, &id).await.1 == "Sounds angry.").await;
    assert_eq!(hit(&w, &id).await.0, "hold");
    assert_eq!(standing(&w, &id).await, ("held".into(), Some(None), Some(1)));
    let priority: i16 = reviews::table.select(reviews::priority).first(&mut w.db.conn().await).await.unwrap();
    assert_eq!(priority, 2);
}

#[actix_web::test]
async fn what_it_rejects_is_not_shown() {
    let endpoint = Endpoint::start(Mood::Reject);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    let posted = w.post_as_guest(&slug, "Buy!", None).await.expect(201);
    let id = crate::world::id(&posted);
    until("it is rejected", async || status(&w, &id).await == "rejected").await;
    assert_eq!(hit(&w, &id).await, ("reject".into(), "Advertises.".into()));
    assert_eq!((standing(&w, &id).await.1, shown(&w, &slug).await), (None, 0));
    // Its author is told that nobody looked; what somebody outside says of it is for moderators.
    let own = w.request(Method::GET, &format!("/v1/articles/{slug}/viewer"));
    let own = own.guest(posted["manage_token"].as_str().unwrap()).send().await;
    let told = own.expect(200)["comments"][0].clone();
    assert_eq!((&told["status"], &told["moderation"]["reasons"]), (&json!("rejected"), &json!(["review"])));
    let decision = &told["moderation"]["decision"];
    assert_eq!((&decision["became"], &decision["automated"]), (&json!("rejected"), &json!(true)));
    assert!(!own.text().contains("Advertises"), "{}", own.text());
}

#[actix_web::test]
async fn an_approval_does_not_show_what_something_else_holds() {
    let endpoint = Endpoint::start(Mood::Approve);
    let w = asking_for(&endpoint, &[("comment_links_held", "0")]).await;
    let (slug, _) = w.open_article().await;
    let linked = posted(&w, &slug, "See https://example.org/.").await;
    let plain = posted(&w, &slug, "Hello.").await;
    until("it has answered twice", async || {
        hit(&w, &linked).await.0 == "note" && status(&w, &plain).await == "visible"
    })
    .await;
    assert_eq!(status(&w, &linked).await, "held");
    assert_eq!(shown(&w, &slug).await, 1);
}

#[actix_web::test]
async fn what_only_waits_for_its_turn_goes_on_waiting() {
    let endpoint = Endpoint::start(Mood::Approve);
    let w = asking_for(&endpoint, &[("comments_moderation", "all")]).await;
    let (slug, _) = w.article_taking("How to listen", CommentPolicyInput { moderation: Some(None), ..OPEN }).await;
    let id = posted(&w, &slug, "Hello.").await;
    until("it is pending", async || status(&w, &id).await == "pending").await;
    let state: String = reviews::table.select(reviews::state).first(&mut w.db.conn().await).await.unwrap();
    assert_eq!((state.as_str(), shown(&w, &slug).await), ("pending", 0));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn two_nodes_ask_about_each_comment_once() {
    let endpoint = Endpoint::start(Mood::Approve);
    let here = asking(&endpoint).await;
    let settings = [("screening_url", endpoint.url.as_str()), ("screening_secret", super::SECRET)];
    let there = World::on(here.db.clone(), here.clock.clone(), &settings).await;
    let (slug, _) = here.open_article().await;
    for number in 0..20 {
        let w = if number % 2 == 0 { &here } else { &there };
        until("the article is there", async || w.get(&format!("/v1/articles/{slug}")).await.status == 200).await;
        posted(w, &slug, &format!("Thought {number}")).await;
    }
    until("all are shown", async || shown(&here, &slug).await == 20).await;
    let mut ids: Vec<String> = endpoint.questions().iter().map(|question| question["id"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), endpoint.questions().len()), (20, 20));
    here.assert_counters_right().await;
}

#[actix_web::test]
async fn what_may_come_from_somebody_in_danger_is_for_a_moderator() {
    let endpoint = Endpoint::start(Mood::Reject);
    let w = asking(&endpoint).await;
    let (slug, _) = w.open_article().await;
    let id = posted(&w, &slug, "I want to kill myself.").await;
    until("it is answered", async || standing(&w, &id).await.1 == Some(None)).await;
    assert_eq!(status(&w, &id).await, "held");
}
