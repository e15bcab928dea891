use super::waiting;
use crate::world::World;
use chrono::TimeDelta;
use serde_json::json;

#[actix_web::test]
async fn the_numbers_agree_with_the_list() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (marit, colin) = (w.coach("Marit").await, w.coach("Colin").await);
    let mut asked = Vec::new();
    for n in 0..9 {
        asked.push(w.say(&slug, &format!("Question {n}"), None).await);
        w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    }
    let all: Vec<&str> = asked.iter().map(String::as_str).collect();
    w.until_desk(&marit, "", &all).await;
    w.claim_question(&marit, &asked[8]).await.expect(200);
    let later = json!({ "until": w.clock.now() + TimeDelta::hours(1) });
    w.at_desk(&marit, &asked[7], "snooze", &later).await.expect(200);
    w.at_desk(&marit, &asked[6], "dismiss", &json!({})).await.expect(200);
    for (coach, question) in [(&marit, &asked[5]), (&marit, &asked[4]), (&colin, &asked[3])] {
        w.reply(coach, &slug, question).await;
        w.question_when(&marit, question, "answered").await;
    }
    let numbers = w.see(&marit, "/v1/desk/numbers").await.expect(200);
    for state in ["waiting", "claimed", "snoozed"] {
        let listed = w.desk(&marit, &format!("state={state}")).await.len();
        assert_eq!(numbers[state], listed, "{state}");
    }
    assert_eq!(numbers["oldest_at"], json!(crate::world::noon()));
    // The oldest has waited for nine minutes, the three of them for nine, eight and seven.
    assert_eq!((&numbers["oldest_seconds"], &numbers["median_seconds"]), (&json!(540), &json!(480)));
    assert_eq!(numbers["answered_today"], w.desk(&marit, "state=answered").await.len());
    assert_eq!(
        numbers["by_coach"],
        json!([
            { "by": { "id": marit.id, "name": "Marit" }, "answered": 2 },
            { "by": { "id": colin.id, "name": "Colin" }, "answered": 1 },
        ])
    );
    assert_eq!(numbers["at_least"], false);
    // Tomorrow nothing was answered, and what was claimed or put off waits.
    w.clock.set(w.clock.now() + TimeDelta::hours(12));
    let (token, _) = w.log_in(&marit.email).await;
    let marit = crate::world::Person { access_token: token, ..marit };
    let numbers = w.see(&marit, "/v1/desk/numbers").await.expect(200);
    assert_eq!((&numbers["answered_today"], &numbers["waiting"]), (&json!(0), &json!(5)));
    assert_eq!((&numbers["claimed"], &numbers["snoozed"]), (&json!(0), &json!(0)));
}

#[actix_web::test]
async fn an_empty_desk_has_no_oldest() {
    let (w, _, marit, question) = waiting().await;
    w.at_desk(&marit, &question, "dismiss", &json!({})).await.expect(200);
    let numbers = w.see(&marit, "/v1/desk/numbers").await.expect(200);
    let empty = json!({
        "waiting": 0, "claimed": 0, "snoozed": 0, "oldest_at": null, "oldest_seconds": null, "median_seconds": null,
        "answered_today": 0, "by_coach": [], "at_least": false,
    });
    assert_eq!(numbers, empty);
    w.see(&w.reader("Wren").await, "/v1/desk/numbers").await.problem(403, "forbidden");
}
