use super::{answer, ask, call, draft_of, save_draft};
use crate::world::{NOTHING, Person, World, id, too_often, until};
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};

async fn question(w: &World, by: &Person, id: &str) -> Value {
    call(w, by, Method::GET, id, &Value::Null).await.expect(200)
}

async fn do_to(w: &World, by: &Person, id: &str, what: &str) {
    call(w, by, Method::POST, &format!("{id}/{what}"), &json!({})).await.expect(200);
}

/// Comments under an article.
async fn count(w: &World, slug: &str) -> Value {
    w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["count"].clone()
}

#[actix_web::test]
async fn all_that_belongs_to_an_answer_happens_at_once() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, admin) = (w.coach("Marit").await, w.admin("June").await);
    let asked = ask(&w, &slug, &coach, "How do I begin?").await;
    do_to(&w, &coach, &asked, "claim").await;
    save_draft(&w, &coach, &asked, "Dear").await.expect(200);
    save_draft(&w, &admin, &asked, "Hello").await.expect(200);
    let body = json!({ "body": "Dear *Wendy*.", "feature": true, "invite": { "body": "Tell me more." } });
    let answered = answer(&w, &coach, &asked, &body).await;
    let given = answered.expect(201);
    let comment = id(&given["comment"]);
    assert_eq!(answered.header("location"), format!("/v1/comments/{comment}"));
    assert_eq!((&given["comment"]["parent_id"], &given["comment"]["status"]), (&json!(asked), &json!("visible")));
    assert_eq!(given["comment"]["author"], json!({ "id": coach.id, "name": "Marit", "kind": "coach" }));
    let by = json!({ "id": comment, "by": { "id": coach.id, "name": "Marit" }, "at": w.clock.now() });
    let now = &given["question"];
    assert_eq!((&now["state"], &now["claim"], &now["answer"]), (&json!("answered"), &Value::Null, &by));
    let root = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200)["items"][0].clone();
    assert_eq!((&root["answered"], &root["replies"]["items"][0]["featured"]), (&json!(true), &json!(true)));
    draft_of(&w, &coach, &asked).await.problem(404, "not_found");
    // What others have begun is theirs.
    draft_of(&w, &admin, &asked).await.expect(200);
    let thread = format!("/v1/private-threads/{}", given["private_thread_id"].as_str().unwrap());
    assert_eq!(w.see(&coach, &thread).await.expect(200)["state"], "invited");
    w.see(&admin, &thread).await.problem(404, "not_found");
    // Whoever follows the events finds the same.
    let other = ask(&w, &slug, &coach, "And then?").await;
    assert_eq!(question(&w, &coach, &asked).await["answer"], by);
    let plain = answer(&w, &coach, &other, &json!({ "body": "Then you listen." })).await.expect(201);
    assert_eq!((&plain["comment"]["featured"], &plain["private_thread_id"]), (&json!(false), &Value::Null));
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn it_happens_once_however_often_it_is_sent() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let asked = ask(&w, &slug, &coach, "How do I begin?").await;
    let send = async |body: &Value| {
        let request = w.request(Method::POST, &format!("/v1/desk/{asked}/answer")).bearer(&coach.access_token);
        request.header("idempotency-key", "answer-number-1").json(body).send().await
    };
    let body = json!({ "body": "By listening.", "invite": {} });
    let first = send(&body).await.expect(201);
    assert_eq!(send(&body).await.expect(201), first);
    assert_eq!(count(&w, &slug).await, 2);
    send(&json!({ "body": "By waiting." })).await.problem(422, "idempotency_key_reused");
    // Also when the question is off the desk by now.
    w.delete(&w.moderator("Mo").await.access_token, &asked).await.expect(204);
    until("it is off the desk", async || {
        call(&w, &coach, Method::GET, &asked, &Value::Null).await.status.as_u16() == 404
    })
    .await;
    let again = send(&body).await.expect(201);
    assert_eq!((&again["comment"]["id"], &again["question"]), (&first["comment"]["id"], &Value::Null));
}

#[actix_web::test]
async fn what_another_has_claimed_answered_or_closed_is_not_answered_again_unawares() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, colin) = (w.coach("Marit").await, w.coach("Colin").await);
    let mut asked = Vec::new();
    for n in 0..4 {
        asked.push(ask(&w, &slug, &marit, &format!("Question {n}?")).await);
    }
    do_to(&w, &marit, &asked[0], "claim").await;
    answer(&w, &marit, &asked[1], &json!({ "body": "By listening." })).await.expect(201);
    do_to(&w, &marit, &asked[2], "dismiss").await;
    do_to(&w, &marit, &asked[3], "answered-elsewhere").await;
    let even_so = "; send even_if_answered to answer it all the same.";
    let said = [
        "Marit has claimed it until 2026-03-14T12:10:00Z.".to_owned(),
        format!("Marit has answered it already{even_so}"),
        format!("Marit says that it needs no answer{even_so}"),
        format!("Marit says that it was answered elsewhere{even_so}"),
    ];
    let before = count(&w, &slug).await;
    for (n, (question, said)) in asked.iter().zip(&said).enumerate() {
        save_draft(&w, &colin, question, "Mine.").await.expect(200);
        let refused = answer(&w, &colin, question, &json!({ "body": format!("Mine, {n}.") })).await;
        refused.problem(409, "conflict");
        assert_eq!(&refused.json()["detail"], said);
        draft_of(&w, &colin, question).await.expect(200);
    }
    assert_eq!(count(&w, &slug).await, before);
    for (n, question) in asked.iter().enumerate() {
        let even_so = json!({ "body": format!("Mine, {n}."), "even_if_answered": true });
        let reply = answer(&w, &colin, question, &even_so).await;
        // Who is at it goes on being at it.
        if n == 0 {
            reply.problem(409, "conflict");
        } else {
            reply.expect(201);
        }
    }
    // The first answer is the one that counts.
    assert_eq!(question(&w, &marit, &asked[1]).await["answer"]["by"]["name"], "Marit");
    assert_eq!(question(&w, &marit, &asked[2]).await["state"], "answered");
}

#[actix_web::test]
async fn of_many_who_answer_at_once_one_does() {
    let w = World::with(&[("workers", "2")]).await;
    let (slug, _) = w.open_article().await;
    let mut coaches = Vec::new();
    for n in 0..8 {
        coaches.push(w.coach(&format!("Coach {n}")).await);
    }
    let asked = ask(&w, &slug, &coaches[0], "How do I begin?").await;
    let work = coaches.iter().enumerate().map(|(n, coach)| {
        let (w, asked) = (&w, &asked);
        async move { answer(w, coach, asked, &json!({ "body": format!("Answer {n}.") })).await }
    });
    let replies = join_all(work).await;
    let given: Vec<_> = replies.iter().filter(|reply| reply.status.as_u16() == 201).collect();
    assert_eq!(given.len(), 1);
    for refused in replies.iter().filter(|reply| reply.status.as_u16() != 201) {
        refused.problem(409, "conflict");
    }
    assert_eq!(count(&w, &slug).await, 2);
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn what_is_refused_leaves_nothing_behind() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let asked = ask(&w, &slug, &coach, "How do I begin?").await;
    let refused =
        async |body: Value, status: u16, code: &str| answer(&w, &coach, &asked, &body).await.problem(status, code);
    assert_eq!(refused(json!({ "body": " " }), 422, "validation").await, ["#/body"]);
    let stranger = json!({ "body": "Dear all.", "mentions": [NOTHING] });
    assert_eq!(refused(stranger, 422, "validation").await, ["#/mentions/0"]);
    let private = json!({ "body": "Dear Wendy.", "invite": { "body": "x".repeat(20_001) } });
    assert_eq!(refused(private, 422, "validation").await, ["#/invite/body"]);
    refused(json!({ "body": "Dear Wendy.", "tags": [] }), 400, "bad_request").await;
    // Whoever was invited is not invited again, and so is not answered either.
    let invite = format!("/v1/comments/{asked}/invitation");
    w.post_by(&coach, &invite, &json!({})).await.expect(201);
    refused(json!({ "body": "Dear Wendy.", "feature": true, "invite": {} }), 409, "conflict").await;
    assert_eq!(count(&w, &slug).await, 1);
    assert_eq!(question(&w, &coach, &asked).await["state"], "waiting");
    let said = json!({ "body": "Dear Wendy." });
    answer(&w, &coach, &asked, &said).await.expect(201);
    let again = json!({ "body": "Dear Wendy.", "even_if_answered": true });
    refused(again, 409, "duplicate_comment").await;
    answer(&w, &coach, NOTHING, &said).await.problem(404, "not_found");
    for stranger in [w.reader("Wren").await, w.moderator("Mo").await] {
        answer(&w, &stranger, &asked, &said).await.problem(403, "forbidden");
    }
    w.assert_counters_right().await;
}

#[actix_web::test]
async fn it_is_counted_like_posting() {
    let w = World::with(&[("comments_per_minute", "3")]).await;
    let (slug, _) = w.open_article().await;
    let coach = w.coach("Marit").await;
    let asked = ask(&w, &slug, &coach, "How do I begin?").await;
    let send = async || answer(&w, &coach, &asked, &json!({ "body": "By listening." })).await;
    too_often(send).await.problem(429, "too_many_requests");
}
