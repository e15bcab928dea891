use super::{at, bearer, get, opened, post, said};
use crate::world::{NOTHING, World};
use futures_util::future::join_all;
use serde_json::json;

#[actix_web::test]
async fn a_coach_takes_what_waits_and_sees_it() {
    let w = World::new().await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), w.coach("Marit").await);
    let thread = opened(&w, &ada).await;
    get(&w, &bearer(&marit), &at(&thread, "")).await.problem(404, "not_found");
    let seen = post(&w, &bearer(&marit), &at(&thread, "/admission"), json!({})).await.expect(200);
    assert_eq!((&seen["you"], &seen["waiting_since"], &seen["unread"]), (&json!("coach"), &json!(null), &json!(1)));
    assert_eq!((&seen["reader"]["name"], &seen["coaches"][0]["name"]), (&json!("Ada"), &json!("Marit")));
    assert_eq!(said(&w, &bearer(&marit), &thread).await, ["I could not write this *there*."]);
    // Again, nothing happens.
    assert_eq!(post(&w, &bearer(&marit), &at(&thread, "/admission"), json!({})).await.expect(200), seen);
    assert_eq!(get(&w, &bearer(&marit), "/v1/private-threads/waiting").await.expect(200)["items"], json!([]));
}

#[actix_web::test]
async fn of_many_one_is_first_and_to_the_others_there_is_nothing() {
    let w = World::new().await;
    let ada = bearer(&w.reader("Ada").await);
    let mut coaches = Vec::new();
    for n in 0..10 {
        coaches.push(bearer(&w.coach(&format!("Coach {n}")).await));
    }
    let thread = opened(&w, &ada).await;
    let path = at(&thread, "/admission");
    let replies = join_all(coaches.iter().map(|coach| post(&w, coach, &path, json!({})))).await;
    let mut statuses: Vec<u16> = replies.iter().map(|reply| reply.status.as_u16()).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [[200].as_slice(), &[404; 9]].concat());
    let never = post(&w, &coaches[0], &at(NOTHING, "/admission"), json!({})).await;
    for reply in replies.into_iter().filter(|reply| reply.status != 200) {
        assert_eq!(reply.text(), never.text());
    }
    let seen = get(&w, &ada, &at(&thread, "")).await.expect(200);
    assert_eq!(seen["coaches"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn nobody_takes_a_thread_of_their_own() {
    let w = World::new().await;
    let marit = bearer(&w.coach("Marit").await);
    let thread = opened(&w, &marit).await;
    post(&w, &marit, &at(&thread, "/admission"), json!({})).await.problem(404, "not_found");
    assert_eq!(get(&w, &marit, "/v1/private-threads/waiting").await.expect(200)["items"], json!([]));
    let ada = bearer(&w.reader("Ada").await);
    post(&w, &ada, &at(&thread, "/admission"), json!({})).await.problem(403, "forbidden");
}
