use super::{at, bearer, get, opened, post, say, taken, verified_guest};
use crate::world::{World, id};
use chrono::TimeDelta;
use serde_json::{Value, json};

fn ids(page: &Value) -> Vec<String> {
    page["items"].as_array().unwrap().iter().map(id).collect()
}

#[actix_web::test]
async fn everybody_sees_their_own_the_liveliest_first() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let first = taken(&w, &bearer(&ada), &marit).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let second = taken(&w, &guest.authorization, &marit).await;
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    let mut own = vec![opened(&w, &bearer(&marit)).await];
    let list = async |by: &str| get(&w, by, "/v1/private-threads").await.expect(200);
    assert_eq!(
        (ids(&list(&bearer(&ada)).await), ids(&list(&guest.authorization).await)),
        (vec![first.clone()], vec![second.clone()])
    );
    own.extend([second.clone(), first.clone()]);
    assert_eq!(ids(&list(&bearer(&marit)).await), own);
    w.clock.set(w.clock.now() + TimeDelta::minutes(1));
    say(&w, &bearer(&ada), &first, "And another thing.").await;
    let page = list(&bearer(&marit)).await;
    assert_eq!(ids(&page)[0], first);
    assert_eq!(page["items"].as_array().unwrap().iter().map(|t| t["unread"].clone()).collect::<Vec<_>>(), [2, 0, 1]);
    assert_eq!(
        page["items"].as_array().unwrap().iter().map(|t| t["you"].clone()).collect::<Vec<_>>(),
        ["coach", "reader", "coach"]
    );
}

#[actix_web::test]
async fn they_are_walked_there_and_back() {
    let w = World::new().await;
    let ada = bearer(&w.reader("Ada").await);
    let mut all = Vec::new();
    for _ in 0..5 {
        all.insert(0, opened(&w, &ada).await);
    }
    let first = get(&w, &ada, "/v1/private-threads?limit=2").await;
    assert!(first.header("link").contains("rel=\"next\""), "{:?}", first.headers);
    let first = first.expect(200);
    let second = get(&w, &ada, first["next"].as_str().unwrap()).await.expect(200);
    let third = get(&w, &ada, second["next"].as_str().unwrap()).await.expect(200);
    assert_eq!([ids(&first), ids(&second), ids(&third)].concat(), all);
    assert_eq!(ids(&get(&w, &ada, third["prev"].as_str().unwrap()).await.expect(200)), ids(&second));
}

#[actix_web::test]
async fn a_cursor_is_good_for_nobody_else() {
    let w = World::new().await;
    let (ada, bea) = (bearer(&w.reader("Ada").await), bearer(&w.reader("Bea").await));
    for _ in 0..3 {
        opened(&w, &ada).await;
    }
    let page = get(&w, &ada, "/v1/private-threads?limit=2").await.expect(200);
    get(&w, &bea, page["next"].as_str().unwrap()).await.problem(400, "bad_cursor");
    get(&w, &ada, "/v1/private-threads?limit=0").await.problem(400, "bad_request");
    get(&w, &ada, "/v1/private-threads?q=brother").await.problem(400, "bad_request");
    w.get("/v1/private-threads").await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn of_a_guest_without_a_confirmed_address_only_that_they_are_invited_is_told() {
    let w = World::new().await;
    let (guest, thread) = super::unverified_pair(&w).await;
    let mine = get(&w, &guest, "/v1/private-threads").await.expect(200);
    assert_eq!((ids(&mine), &mine["items"][0]["title"]), (vec![thread.clone()], &json!(null)));
    post(&w, &guest, &at(&thread, "/accept"), json!({})).await.problem(403, "address_unverified");
}
