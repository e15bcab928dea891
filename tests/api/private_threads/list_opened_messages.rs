use super::{at, bearer, break_glass::broken, get, opened, say};
use crate::world::World;
use serde_json::Value;

#[actix_web::test]
async fn it_pages_through_what_was_said() {
    let w = World::new().await;
    let (june, ada) = (w.admin("June").await, bearer(&w.reader("Ada").await));
    let thread = opened(&w, &ada).await;
    for number in 2..=5 {
        say(&w, &ada, &thread, &format!("Number {number}.")).await;
    }
    broken(&w, &june, &thread).await;
    let mut next = Some(at(&thread, "/break-glass/messages?limit=2"));
    let mut seen = Vec::new();
    while let Some(address) = next {
        let page = get(&w, &bearer(&june), &address).await.expect(200);
        let items = page["items"].as_array().unwrap();
        assert!(items.iter().all(|message| message["author"]["name"] == "Ada" && message["author"]["you"] == false));
        seen.extend(items.iter().map(|message| message["body"]["markdown"].as_str().unwrap().to_owned()));
        next = page["next"].as_str().map(str::to_owned);
    }
    assert_eq!(seen, ["Number 5.", "Number 4.", "Number 3.", "Number 2.", "I could not write this *there*."]);
}

#[actix_web::test]
async fn a_cursor_is_good_for_one_thread_and_a_limit_has_bounds() {
    let w = World::new().await;
    let (june, ada) = (w.admin("June").await, bearer(&w.reader("Ada").await));
    let (thread, other) = (opened(&w, &ada).await, opened(&w, &ada).await);
    for number in 0..2 {
        say(&w, &ada, &thread, &format!("Number {number}.")).await;
    }
    broken(&w, &june, &thread).await;
    broken(&w, &june, &other).await;
    let see = async |rest: &str| get(&w, &bearer(&june), &at(&thread, &format!("/break-glass/messages{rest}"))).await;
    let page: Value = see("?limit=1").await.expect(200);
    let cursor = page["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
    let elsewhere = at(&other, &format!("/break-glass/messages?limit=1&cursor={cursor}"));
    get(&w, &bearer(&june), &elsewhere).await.problem(400, "bad_cursor");
    see("?limit=0").await.problem(400, "bad_request");
    assert_eq!(see("?limit=101").await.expect(200)["limit"], 100);
}

#[actix_web::test]
async fn it_is_there_for_nobody_else() {
    let w = World::new().await;
    let (june, marit) = (w.admin("June").await, w.coach("Marit").await);
    let ada = bearer(&w.reader("Ada").await);
    let path = at(&opened(&w, &ada).await, "/break-glass/messages");
    get(&w, &bearer(&june), &path).await.problem(404, "not_found");
    for who in [&ada, &bearer(&marit), &bearer(&w.moderator("Mo").await)] {
        get(&w, who, &path).await.problem(403, "forbidden");
    }
    w.get(&path).await.problem(401, "unauthenticated");
}
