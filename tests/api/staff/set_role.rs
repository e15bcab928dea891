use super::send;
use crate::world::{Person, World};
use futures_util::future::join;
use reqwest::Method;
use serde_json::{Value, json};

fn role_of(person: &Person) -> String {
    format!("/v1/accounts/{}/role", person.id)
}

#[actix_web::test]
async fn a_new_role_acts_from_the_next_request_on() {
    let w = World::new().await;
    let (admin, ada) = (w.admin("June").await, w.reader("Ada").await);
    let drafts = async || send(&w, Method::GET, "/v1/drafts", &ada, &Value::Null).await;
    drafts().await.problem(403, "forbidden");
    let person = send(&w, Method::PUT, &role_of(&ada), &admin, &json!({ "role": "coach" })).await.expect(200);
    assert_eq!((&person["role"], &person["id"]), (&json!("coach"), &json!(ada.id)));
    drafts().await.expect(200);
    send(&w, Method::PUT, &role_of(&ada), &admin, &json!({ "role": "reader" })).await.expect(200);
    drafts().await.problem(403, "forbidden");
    let path = format!("/v1/audit?kind=role.changed&subject_id={}", ada.id);
    let audit = send(&w, Method::GET, &path, &admin, &Value::Null).await.expect(200);
    assert_eq!(audit["items"][0]["actor_id"], json!(admin.id));
    assert_eq!(audit["items"].as_array().unwrap().len(), 2);
}

/// As editors could in another system: who is not an admin makes nobody anything, themselves included.
#[actix_web::test]
async fn a_coach_cannot_grant_coach() {
    let w = World::new().await;
    let (coach, moderator, ada) = (w.coach("Marit").await, w.moderator("Hollis").await, w.reader("Ada").await);
    for by in [&coach, &moderator, &ada] {
        for whom in [&coach, &moderator, &ada] {
            for role in ["coach", "moderator", "admin"] {
                let refused = send(&w, Method::PUT, &role_of(whom), by, &json!({ "role": role })).await;
                refused.problem(403, "forbidden");
            }
        }
    }
}

#[actix_web::test]
async fn there_is_always_an_admin() {
    let w = World::with(&[("workers", "2")]).await;
    let (june, jude) = (w.admin("June").await, w.admin("Jude").await);
    let reader = json!({ "role": "reader" });
    let (june_path, jude_path) = (role_of(&june), role_of(&jude));
    let (one, other) =
        join(send(&w, Method::PUT, &jude_path, &june, &reader), send(&w, Method::PUT, &june_path, &jude, &reader))
            .await;
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert!(statuses == [200, 409] || statuses == [200, 403], "{statuses:?}");
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (admin, ada) = (w.admin("June").await, w.reader("Ada").await);
    let service = send(&w, Method::PUT, &role_of(&ada), &admin, &json!({ "role": "service" })).await;
    assert_eq!(service.problem(422, "validation"), ["#/role"]);
    send(&w, Method::PUT, &role_of(&ada), &admin, &json!({ "role": "owner" })).await.problem(400, "bad_request");
    let nobody = "/v1/accounts/01890000-0000-7000-8000-000000000000/role";
    send(&w, Method::PUT, nobody, &admin, &json!({ "role": "coach" })).await.problem(404, "not_found");
}

#[actix_web::test]
async fn a_program_stays_a_program() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    let (id, _) = w.service(&admin, &["drafts"]).await;
    for role in ["reader", "admin"] {
        let path = format!("/v1/accounts/{id}/role");
        let refused = send(&w, Method::PUT, &path, &admin, &json!({ "role": role })).await;
        assert_eq!(refused.problem(422, "validation"), ["#/role"]);
    }
}

#[actix_web::test]
async fn the_last_admin_stays_one() {
    let w = World::new().await;
    let admin = w.admin("June").await;
    for role in ["reader", "coach", "moderator"] {
        let refused = send(&w, Method::PUT, &role_of(&admin), &admin, &json!({ "role": role })).await;
        refused.problem(409, "conflict");
    }
}
