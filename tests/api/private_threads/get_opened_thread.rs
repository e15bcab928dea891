use super::{at, bearer, break_glass::broken, get, opened, post};
use crate::world::{NOTHING, World};
use serde_json::json;

#[actix_web::test]
async fn it_shows_the_thread_and_each_look_is_noted() {
    let w = World::new().await;
    let (june, ada) = (w.admin("June").await, bearer(&w.reader("Ada").await));
    let wanted = json!({ "title": "About my brother", "body": "To you alone." });
    let thread = crate::world::id(&post(&w, &ada, "/v1/private-threads", wanted).await.expect(201));
    let broken = broken(&w, &june, &thread).await;
    for _ in 0..2 {
        assert_eq!(get(&w, &bearer(&june), &at(&thread, "/break-glass")).await.expect(200), broken);
    }
    assert_eq!(
        (&broken["title"], &broken["last_no"], &broken["coaches"]),
        (&json!("About my brother"), &json!(1), &json!([]))
    );
    let noted = get(&w, &bearer(&june), &format!("/v1/audit?kind=private_thread.read&subject_id={thread}")).await;
    let noted = noted.expect(200)["items"].as_array().unwrap().clone();
    assert!(noted.len() == 2 && noted.iter().all(|it| it["actor_id"] == json!(june.id)), "{noted:?}");
}

#[actix_web::test]
async fn it_is_there_for_nobody_else() {
    let w = World::new().await;
    let (june, marit) = (w.admin("June").await, w.coach("Marit").await);
    let ada = bearer(&w.reader("Ada").await);
    let path = at(&opened(&w, &ada).await, "/break-glass");
    get(&w, &bearer(&june), &path).await.problem(404, "not_found");
    get(&w, &bearer(&june), &at(NOTHING, "/break-glass")).await.problem(404, "not_found");
    for who in [&ada, &bearer(&marit), &bearer(&w.moderator("Mo").await)] {
        get(&w, who, &path).await.problem(403, "forbidden");
    }
    w.get(&path).await.problem(401, "unauthenticated");
}
