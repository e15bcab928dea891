use super::send;
use crate::world::World;
use reqwest::Method;
use serde_json::Value;

#[actix_web::test]
async fn admins_see_everybody_without_addresses() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    for name in ["Ada", "Bea", "Cleo"] {
        w.reader(name).await;
    }
    let reply = send(&w, Method::GET, "/v1/accounts?limit=2&role=reader", &admin, &Value::Null).await;
    let first = reply.expect(200);
    let second = send(&w, Method::GET, first["next"].as_str().unwrap(), &admin, &Value::Null).await.expect(200);
    let mut names: Vec<_> = [&first, &second]
        .iter()
        .flat_map(|page| page["items"].as_array().unwrap())
        .map(|person| person["display_name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["Ada", "Bea", "Cleo"]);
    assert!(!reply.text().contains('@') && !second.to_string().contains('@'));
    let other = first["next"].as_str().unwrap().replace("role=reader", "role=coach");
    send(&w, Method::GET, &other, &admin, &Value::Null).await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn nobody_else_does() {
    let w = World::new().await;
    let moderator = w.moderator("Hollis").await;
    send(&w, Method::GET, "/v1/accounts", &moderator, &Value::Null).await.problem(403, "forbidden");
}
