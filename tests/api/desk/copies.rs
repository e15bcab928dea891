//! A question is kept whole wherever it is found by, and `doctor` sees where it is not.

use super::waiting;
use crate::world::World;
use diesel_async::SimpleAsyncConnection;
use serde_json::json;

async fn doctor(w: &World, arguments: &[&str]) -> (bool, String) {
    let output = w.command().arg("doctor").args(arguments).output().await.unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

#[actix_web::test]
async fn doctor_sees_a_question_that_differs_and_sets_it_right() {
    let (w, _, coach, _) = waiting().await;
    let tagged =
        json!({ "title": "How to listen", "tags": ["Listening"], "comments": { "open": true, "guests": true } });
    let tagged = w.article(&coach, tagged).await;
    let other = w.say(tagged["slug"].as_str().unwrap(), "For how long?", None).await;
    w.until_desk(&coach, "tag=listening", &[&other]).await;
    w.until_desk(&coach, "asked=me", &[&other]).await;
    let sound = "desk       0 questions differ";
    let (_, said) = doctor(&w, &[]).await;
    assert!(said.contains(sound), "a column is not in all three tables, or not followed: {said}");

    for drift in [
        "UPDATE question_tags SET claimed_by = article_id",
        "UPDATE question_coaches SET answer_id = comment_id",
        "UPDATE question_coaches SET asked = '{}'",
    ] {
        w.db.conn().await.batch_execute(drift).await.unwrap();
        let (well, said) = doctor(&w, &[]).await;
        assert!(!well && !said.contains(sound), "{drift}: {said}");
        let (_, said) = doctor(&w, &["--repair"]).await;
        assert!(said.contains("desk       repaired, 0 differ"), "{drift}: {said}");
        let (_, said) = doctor(&w, &[]).await;
        assert!(said.contains(sound), "{drift}: {said}");
    }
    w.until_desk(&coach, "tag=listening", &[&other]).await;
}
