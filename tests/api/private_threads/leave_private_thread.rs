use super::{at, bearer, get, invited, opened, pair, post, said, taken, verified_guest};
use crate::world::{NOTHING, World};
use serde_json::json;

#[actix_web::test]
async fn a_reader_who_leaves_sees_nothing_more_and_the_coach_keeps_it() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    post(&w, &ada, &at(&thread, "/leave"), json!({})).await.expect(204);
    let never = get(&w, &ada, &at(NOTHING, "")).await.text();
    for path in ["", "/messages", "/draft"] {
        assert_eq!(get(&w, &ada, &at(&thread, path)).await.text(), never);
    }
    assert_eq!(get(&w, &ada, "/v1/private-threads").await.expect(200)["items"], json!([]));
    let seen = get(&w, &marit, &at(&thread, "")).await.expect(200);
    assert_eq!((&seen["state"], &seen["reader"]["left"]), (&json!("closed"), &json!(true)));
    assert_eq!(said(&w, &marit, &thread).await.len(), 1);
    post(&w, &ada, &at(&thread, "/leave"), json!({})).await.problem(404, "not_found");
}

#[actix_web::test]
async fn the_last_coach_gives_it_back() {
    let w = World::new().await;
    let (ada, marit, thread) = pair(&w).await;
    post(&w, &marit, &at(&thread, "/leave"), json!({})).await.expect(204);
    get(&w, &marit, &at(&thread, "")).await.problem(404, "not_found");
    let seen = get(&w, &ada, &at(&thread, "")).await.expect(200);
    assert_eq!((&seen["coaches"], &seen["waiting_since"]), (&json!([]), &json!(w.clock.now())));
    let joss = w.coach("Joss").await;
    post(&w, &bearer(&joss), &at(&thread, "/admission"), json!({})).await.expect(200);
}

#[actix_web::test]
async fn what_nobody_is_in_any_more_is_gone() {
    let w = World::new().await;
    let (ada, marit) = (w.reader("Ada").await, w.coach("Marit").await);
    let waiting = opened(&w, &bearer(&ada)).await;
    post(&w, &bearer(&ada), &at(&waiting, "/leave"), json!({})).await.expect(204);
    let both = taken(&w, &bearer(&ada), &marit).await;
    post(&w, &bearer(&ada), &at(&both, "/leave"), json!({})).await.expect(204);
    post(&w, &bearer(&marit), &at(&both, "/leave"), json!({})).await.expect(204);
    assert_eq!(super::stored(&w).await, (0, 0));
}

#[actix_web::test]
async fn an_invitation_is_declined_or_taken_back() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let marit = w.coach("Marit").await;
    let guest = verified_guest(&w, &slug, "Lantern").await;
    let thread = invited(&w, &marit, &guest.comment).await;
    post(&w, &guest.authorization, &at(&thread, "/leave"), json!({})).await.problem(409, "conflict");
    post(&w, &bearer(&marit), &at(&thread, "/leave"), json!({})).await.expect(204);
    assert_eq!(super::stored(&w).await, (0, 0));
    get(&w, &guest.authorization, &at(&thread, "")).await.problem(404, "not_found");
}
