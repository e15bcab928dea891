use super::{at, get, pair, say, unverified_pair};
use crate::world::World;
use serde_json::{Value, json};

fn numbers(page: &Value) -> Vec<i64> {
    page["items"].as_array().unwrap().iter().map(|message| message["no"].as_i64().unwrap()).collect()
}

#[actix_web::test]
async fn the_newest_come_first_with_who_wrote_them() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    say(&w, &marit, &thread, "I *read* it.").await;
    let reply = get(&w, &ada, &at(&thread, "/messages")).await;
    assert_eq!(reply.header("cache-control"), "private, no-store");
    let page = reply.expect(200);
    let coach = &get(&w, &ada, &at(&thread, "")).await.expect(200)["coaches"][0]["id"];
    let expected = json!({
        "no": 2, "author": { "id": coach, "name": "Marit", "part": "coach", "you": false },
        "body": { "markdown": "I *read* it.", "html": "<p>I <em>read</em> it.</p>\n" }, "quote": null,
        "revision": 1, "created_at": w.clock.now(), "edited_at": null, "deleted_at": null,
    });
    assert_eq!((numbers(&page), &page["items"][0]), (vec![2, 1], &expected));
    assert_eq!(page["items"][1]["author"]["you"], true);
}

#[actix_web::test]
async fn they_are_walked_there_and_back() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    for n in 2..=5 {
        say(&w, if n % 2 == 0 { &ada } else { &marit }, &thread, &format!("Message {n}.")).await;
    }
    let first = get(&w, &ada, &at(&thread, "/messages?limit=2")).await.expect(200);
    let second = get(&w, &ada, first["next"].as_str().unwrap()).await.expect(200);
    let third = get(&w, &ada, second["next"].as_str().unwrap()).await.expect(200);
    assert_eq!([numbers(&first), numbers(&second), numbers(&third)].concat(), [5, 4, 3, 2, 1]);
    // What is said meanwhile stands behind the page that was the first.
    say(&w, &ada, &thread, "Meanwhile.").await;
    let back = get(&w, &ada, second["prev"].as_str().unwrap()).await.expect(200);
    assert_eq!(numbers(&back), [5, 4]);
    let newer = get(&w, &ada, back["prev"].as_str().unwrap()).await.expect(200);
    assert_eq!(numbers(&newer), [6]);
}

#[actix_web::test]
async fn a_cursor_of_another_thread_is_no_way_in() {
    let w = World::new().await;
    let (ada, _, thread) = pair(&w).await;
    let other = super::opened(&w, &ada).await;
    say(&w, &ada, &thread, "Two.").await;
    let page = get(&w, &ada, &at(&thread, "/messages?limit=1")).await.expect(200);
    let cursor = page["next"].as_str().unwrap().split_once('?').unwrap().1.to_owned();
    get(&w, &ada, &at(&other, &format!("/messages?{cursor}"))).await.problem(400, "bad_cursor");
    get(&w, &ada, &at(&thread, "/messages?limit=-1")).await.problem(400, "bad_request");
}

#[actix_web::test]
async fn a_guest_confirms_the_address_first() {
    let w = World::new().await;
    let (guest, thread) = unverified_pair(&w).await;
    get(&w, &guest, &at(&thread, "/messages")).await.problem(403, "address_unverified");
    get(&w, &super::bearer(&w.reader("Bea").await), &at(&thread, "/messages")).await.problem(404, "not_found");
}
