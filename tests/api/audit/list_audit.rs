//! What admins see of the audit, and that nobody changes it.

use crate::world::World;
use chrono::TimeDelta;
use colloquy::{
    audit::{self, Entry},
    db,
};
use diesel::QueryDsl;
use diesel_async::SimpleAsyncConnection;
use serde_json::Value;
use uuid::Uuid;

async fn record(w: &World, kind: &'static str, account: &str) {
    let account: Uuid = account.parse().unwrap();
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    w.write(async |tx| audit::record(tx, Entry::own(kind, account)).await).await.unwrap();
}

fn kinds(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|record| record["kind"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn admins_read_it_by_pages_the_newest_first() {
    let w = World::new().await;
    let (admin, reader) = (w.admin("June").await, w.reader("Wren").await);
    for kind in ["test.one", "test.two", "test.three"] {
        record(&w, kind, &reader.id).await;
    }
    record(&w, "test.other", &admin.id).await;
    let list = async |url: &str| w.request(reqwest::Method::GET, url).bearer(&admin.access_token).send().await;
    let url = format!("/v1/audit?subject_id={}&limit=2", reader.id);
    let first = list(&url).await.expect(200);
    assert_eq!(kinds(&first)[..], ["test.three", "test.two"]);
    assert_eq!(first["items"][0]["actor_id"], reader.id.as_str());
    let next = list(first["next"].as_str().unwrap()).await.expect(200);
    assert_eq!(kinds(&next)[0], "test.one");
    let one = list("/v1/audit?kind=test.other").await.expect(200);
    assert_eq!(kinds(&one)[..], ["test.other"]);
    let stolen = first["next"].as_str().unwrap().replace(&reader.id, &admin.id);
    list(&stolen).await.problem(400, "bad_cursor");
}

#[actix_web::test]
async fn from_where_something_was_done_is_forgotten_after_a_while_and_with_the_person() {
    let w = World::new().await;
    let (ada, bea) = (w.reader("Ada").await, w.reader("Bea").await);
    let known = async || {
        let networks = colloquy::db::schema::audit_networks::table.count();
        diesel_async::RunQueryDsl::get_result::<i64>(networks, &mut w.db.conn().await).await.unwrap()
    };
    assert_eq!(known().await, 2, "each has logged in once");
    let id: Uuid = ada.id.parse().unwrap();
    w.write(async |tx| audit::forget_networks_of(tx, id).await).await.unwrap();
    assert_eq!(known().await, 1);
    w.clock.set(w.clock.now() + TimeDelta::days(89));
    w.log_in(&bea.email).await;
    w.clock.set(w.clock.now() + TimeDelta::days(2));
    assert_eq!(audit::sweep(&w.journal()).await.unwrap(), 1);
    assert_eq!(known().await, 1);
}

#[actix_web::test]
async fn the_servers_role_adds_to_it_and_nobody_takes_back() {
    let w = World::new().await;
    let reader = w.reader("Wren").await;
    record(&w, "test.one", &reader.id).await;
    for url in [w.db.url(), w.db.owner_url()] {
        let mut conn = db::direct(&url).await.unwrap();
        for statement in ["UPDATE audit SET kind = 'nothing'", "DELETE FROM audit", "TRUNCATE audit CASCADE"] {
            let refused = conn.batch_execute(statement).await.unwrap_err().to_string();
            let said =
                ["permission denied", "append-only", "must be owner"].iter().any(|words| refused.contains(words));
            assert!(said, "{statement}: {refused}");
        }
    }
}
