use super::{account, lay, lift};
use crate::world::World;
use chrono::TimeDelta;
use serde_json::{Value, json};

fn kinds(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn moderators_see_what_holds_and_what_held() {
    let w = World::new().await;
    let (moderator, ada, bea) = (w.moderator("Mo").await, w.reader("Ada").await, w.reader("Bea").await);
    lay(&w, &moderator, &account("warn", &ada)).await.expect(201);
    let hold = lay(&w, &moderator, &account("hold_all", &ada)).await.expect(201);
    let mut brief = account("mute", &bea);
    brief["minutes"] = json!(5);
    lay(&w, &moderator, &brief).await.expect(201);
    lift(&w, &moderator, &hold).await.expect(204);
    w.clock.set(w.clock.now() + TimeDelta::minutes(5));
    let ask = async |query: &str| w.get_as(&moderator.access_token, &format!("/v1/moderation/sanctions{query}")).await;
    assert_eq!(kinds(&ask("").await.expect(200)), ["mute", "hold_all", "warn"]);
    assert_eq!(kinds(&ask("?in_force=true").await.expect(200)), ["warn"]);
    assert_eq!(kinds(&ask("?in_force=false").await.expect(200)), ["mute", "hold_all"]);
    assert_eq!(kinds(&ask("?kind=mute").await.expect(200)), ["mute"]);
    assert_eq!(kinds(&ask(&format!("?subject_id={}", ada.id)).await.expect(200)), ["hold_all", "warn"]);
    let reply = ask("?limit=1&in_force=false").await;
    assert_eq!(reply.header("cache-control"), "no-store");
    let first = reply.expect(200);
    let next = first["next"].as_str().unwrap();
    let second = w.get_as(&moderator.access_token, next).await.expect(200);
    assert_eq!((kinds(&first), kinds(&second)), (vec!["mute"], vec!["hold_all"]));
    let back = w.get_as(&moderator.access_token, second["prev"].as_str().unwrap()).await.expect(200);
    assert_eq!(kinds(&back), ["mute"]);
    let other = next.replace("in_force=false", "in_force=true");
    w.get_as(&moderator.access_token, &other).await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn one_of_the_same_kind_takes_the_place_of_the_one_before_and_warnings_add_up() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    for kind in ["mute", "mute", "warn", "warn"] {
        lay(&w, &moderator, &account(kind, &ada)).await.expect(201);
    }
    let held = w.get_as(&moderator.access_token, "/v1/moderation/sanctions?in_force=true").await.expect(200);
    assert_eq!(kinds(&held), ["warn", "warn", "mute"]);
}

#[actix_web::test]
async fn pages_are_asked_for_rightly_and_by_moderators() {
    let w = World::new().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Marit").await);
    let ask = async |query: &str| w.get_as(&moderator.access_token, &format!("/v1/moderation/sanctions{query}")).await;
    assert_eq!(ask("?limit=0").await.problem(400, "bad_request"), ["limit"]);
    assert_eq!(ask("?limit=1000").await.expect(200)["limit"], 100);
    for (query, name) in [("?kind=exile", "kind"), ("?in_force=maybe", "in_force"), ("?subject_id=ada", "subject_id")] {
        assert_eq!(ask(query).await.problem(400, "bad_request"), [name]);
    }
    w.get_as(&coach.access_token, "/v1/moderation/sanctions").await.problem(403, "forbidden");
}
