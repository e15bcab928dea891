use super::waiting;
use crate::world::{NOTHING, id};

#[actix_web::test]
async fn a_question_is_as_it_stands_in_the_list() {
    let (w, slug, coach, question) = waiting().await;
    let listed = w.see(&coach, "/v1/desk").await.expect(200)["items"][0].clone();
    assert_eq!(w.question(&coach, &question).await.expect(200), listed);
    let answer = w.reply(&coach, &slug, &question).await;
    let answered = w.question_when(&coach, &question, "answered").await;
    assert_eq!(answered["answer"]["id"], answer);
    assert_eq!(answered["answer"]["by"]["name"], "Marit");
    assert_eq!(id(&answered["comment"]), question);
    assert!(answered["waiting_seconds"].is_null());
}

#[actix_web::test]
async fn what_is_no_question_is_not_on_the_desk() {
    let (w, slug, coach, question) = waiting().await;
    let between = w.say(&slug, "I began with a walk.", Some(&question)).await;
    for comment in [between.as_str(), NOTHING] {
        w.question(&coach, comment).await.problem(404, "not_found");
    }
    w.see(&coach, "/v1/desk/nothing").await.problem(404, "not_found");
    w.question(&w.moderator("Hollis").await, &question).await.problem(403, "forbidden");
}
