//! Nobody looks like somebody who works here.

use super::{by, me};
use crate::world::{Person, Reply, World, titled};
use colloquy::accounts::{self, Who};
use reqwest::Method;
use serde_json::json;

/// Spellings that a reader could take for `Marit`.
const LIKE_MARIT: &[&str] = &[
    "Marit",
    "MARIT",
    "marit",
    " Mar it ",
    "Ｍａｒｉｔ",
    "𝓜𝓪𝓻𝓲𝓽",
    "M\u{430}rit",
    "\u{41c}\u{430}r\u{456}t",
    "\u{39c}arit",
    "Mar1t",
    "MarIt",
    "Rnarit",
];

async fn rename(w: &World, person: &Person, name: &str) -> Reply {
    let revision = format!("\"{}\"", me(w, person).await["revision"]);
    let request = by(w, person, Method::PATCH, "/v1/accounts/me").header("if-match", &revision);
    request.json(&json!({ "display_name": name })).send().await
}

#[actix_web::test]
async fn a_reader_cannot_take_a_name_like_it() {
    let w = World::new().await;
    w.coach("Marit").await;
    let eve = w.reader("Eve").await;
    for name in LIKE_MARIT {
        let reply = rename(&w, &eve, name).await;
        assert_eq!(reply.problem(422, "validation"), ["#/display_name"], "{name:?}");
        assert_eq!(reply.json()["errors"][0]["code"], "name_taken", "{name:?}");
    }
    assert_eq!(me(&w, &eve).await["display_name"], "Eve");
    for name in ["Ma\u{200B}rit", "\u{202E}tiraM\u{202C}", "Marit\u{2060}"] {
        assert_eq!(rename(&w, &eve, name).await.problem(422, "validation"), ["#/display_name"], "{name:?}");
    }
    for name in ["Marita", "Merit", "Zoë"] {
        rename(&w, &eve, name).await.expect(200);
    }
}

#[actix_web::test]
async fn a_guest_cannot_take_a_name_like_it() {
    let w = World::new().await;
    let coach = w.coach("Marit").await;
    w.article(&coach, titled("How to listen")).await;
    let post = async |name: &str| {
        w.post("/v1/articles/how-to-listen/comments", &json!({ "body": "Hello.", "guest": { "name": name } })).await
    };
    for name in LIKE_MARIT {
        let reply = post(name).await;
        assert_eq!(reply.problem(422, "validation"), ["#/guest/name"], "{name:?}");
        assert_eq!(reply.json()["errors"][0]["code"], "name_taken", "{name:?}");
    }
    post("Merit").await.expect(201);
}

#[actix_web::test]
async fn moderators_and_admins_are_guarded_too_and_readers_are_not() {
    let w = World::new().await;
    for (name, role) in [("Hollis", "moderator"), ("June", "admin")] {
        if role == "admin" {
            w.admin(name).await
        } else {
            w.moderator(name).await
        };
    }
    w.reader("Wren").await;
    let eve = w.reader("Eve").await;
    for name in ["HoIIis", "\u{41d}ollis", "\u{408}une"] {
        rename(&w, &eve, name).await.problem(422, "validation");
    }
    rename(&w, &eve, "Wren").await.expect(200);
}

#[actix_web::test]
async fn who_has_the_name_keeps_it() {
    let w = World::new().await;
    let marit = w.coach("Marit").await;
    rename(&w, &marit, "MARIT").await.expect(200);
    // A reader had the name before somebody with it began to work here.
    let june = w.reader("June").await;
    let revision = format!("\"{}\"", me(&w, &june).await["revision"]);
    w.admin("J une").await;
    let body = json!({ "display_name": "June", "bio": "I read." });
    let edit = by(&w, &june, Method::PATCH, "/v1/accounts/me").header("if-match", &revision).json(&body);
    assert_eq!(edit.send().await.expect(200)["bio"], "I read.");
}

#[actix_web::test]
async fn a_name_is_free_again_when_nobody_works_here_by_it() {
    let w = World::new().await;
    let marit = w.coach("Marit").await;
    let eve = w.reader("Eve").await;
    let who: Who = marit.id.parse().unwrap();
    let Who::Id(id) = who else { panic!("an id") };
    w.write(async |tx| accounts::erase_account(tx, &w.secrets, id).await).await.unwrap();
    rename(&w, &eve, "Marit").await.expect(200);
    rename(&w, &eve, "Former member").await.expect(200);
}
