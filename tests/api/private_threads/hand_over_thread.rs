use super::{at, bearer, call, get, opened, post, say, taken};
use crate::world::{NOTHING, World};
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn another_coach_takes_over_and_the_giver_sees_nothing_more() {
    let w = World::new().await;
    let (philippa, marit, joss) = (w.reader("Philippa").await, w.coach("Marit").await, w.coach("Joss").await);
    let thread = taken(&w, &bearer(&philippa), &marit).await;
    let draft = json!({ "body": "What I wanted to say" });
    call(&w, &bearer(&marit), Method::PUT, &at(&thread, "/draft"), Some(draft)).await.expect(200);
    post(&w, &bearer(&marit), &at(&thread, "/handover"), json!({ "coach_id": joss.id })).await.expect(204);
    let never = get(&w, &bearer(&marit), &at(NOTHING, "")).await;
    for path in ["", "/messages", "/draft"] {
        let gone = get(&w, &bearer(&marit), &at(&thread, path)).await;
        assert_eq!((gone.status.as_u16(), gone.text()), (404, never.text()), "{path}");
    }
    let said = json!({ "body": "One more thing." });
    post(&w, &bearer(&marit), &at(&thread, "/messages"), said).await.problem(404, "not_found");
    say(&w, &bearer(&joss), &thread, "I am here now.").await;
    let seen = get(&w, &bearer(&philippa), &at(&thread, "")).await.expect(200);
    let names: Vec<&Value> = seen["coaches"].as_array().unwrap().iter().map(|coach| &coach["name"]).collect();
    assert_eq!(names, ["Joss"]);
    let mail = w.nth_mail_to(&joss.email, 0).await;
    assert!(mail.contains("You have a new message.") && !mail.contains("Philippa"), "{mail}");
    get(&w, &bearer(&joss), &at(&thread, "/draft")).await.problem(404, "not_found");
}

#[actix_web::test]
async fn the_giver_may_stay() {
    let w = World::new().await;
    let (ada, marit, joss) = (w.reader("Ada").await, w.coach("Marit").await, w.coach("Joss").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    let both = json!({ "coach_id": joss.id, "stay": true });
    post(&w, &bearer(&marit), &at(&thread, "/handover"), both).await.expect(204);
    say(&w, &bearer(&marit), &thread, "There are two of us.").await;
    say(&w, &bearer(&joss), &thread, "Indeed.").await;
    let seen = get(&w, &bearer(&marit), &at(&thread, "")).await.expect(200);
    assert_eq!((&seen["coaches"].as_array().unwrap().len(), &seen["unread"]), (&2, &json!(1)));
}

#[actix_web::test]
async fn whoever_is_in_it_already_gets_no_other_mail() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let (joss, ines) = (w.coach("Joss").await, w.coach("Ines").await);
    let thread = taken(&w, &bearer(&ada), &marit).await;
    for to in [&joss, &joss, &joss, &ines] {
        let both = json!({ "coach_id": to.id, "stay": true });
        post(&w, &bearer(&marit), &at(&thread, "/handover"), both).await.expect(204);
    }
    // What she would get stands before it.
    w.nth_mail_to(&ines.email, 0).await;
    assert_eq!(w.mails_to(&joss.email).len(), 1);
}

#[actix_web::test]
async fn it_must_be_a_coach_and_not_the_reader() {
    let w = World::new().await;
    let (reader, marit) = (w.coach("Ada").await, w.coach("Marit").await);
    let thread = taken(&w, &bearer(&reader), &marit).await;
    let others = [w.reader("Bea").await.id, w.moderator("Mo").await.id, reader.id.clone(), marit.id.clone()];
    for nobody in others.iter().map(String::as_str).chain([NOTHING]) {
        let refused = post(&w, &bearer(&marit), &at(&thread, "/handover"), json!({ "coach_id": nobody })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/coach_id"], "{nobody}");
    }
    let to_marit = json!({ "coach_id": marit.id });
    post(&w, &bearer(&reader), &at(&thread, "/handover"), to_marit).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn nobody_hands_over_what_they_are_not_in() {
    let w = World::new().await;
    let (ada, marit, joss) = (w.reader("Ada").await, w.coach("Marit").await, w.coach("Joss").await);
    let thread = opened(&w, &bearer(&ada)).await;
    let to = json!({ "coach_id": marit.id });
    post(&w, &bearer(&joss), &at(&thread, "/handover"), to).await.problem(404, "not_found");
}
