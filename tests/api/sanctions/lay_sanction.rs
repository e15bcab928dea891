use super::{account, introduce_from, lay, lift, on, post_from, react};
use crate::world::{PASSWORD, World, code_in, id};
use chrono::TimeDelta;
use reqwest::Method;
use serde_json::{Value, json};

#[actix_web::test]
async fn a_moderator_mutes_somebody_for_a_while() {
    let w = World::new().await;
    let (moderator, ada, admin) = (w.moderator("Mo").await, w.reader("Ada").await, w.admin("June").await);
    let body = json!({
        "kind": "mute", "subject": { "account_id": ada.id }, "reason": "abuse", "message": " Take a breath. ",
        "minutes": 60,
    });
    let laid = lay(&w, &moderator, &body).await;
    let sanction = laid.expect(201);
    let expected = json!({
        "id": sanction["id"], "kind": "mute", "reason": "abuse", "message": "Take a breath.", "comment_id": null,
        "subject": { "by": "account", "account_id": ada.id, "guest_id": null }, "created_by": moderator.id,
        "created_at": w.clock.now(), "expires_at": w.clock.now() + TimeDelta::hours(1), "lifted_by": null,
        "lifted_at": null, "acknowledged_at": null, "in_force": true,
    });
    assert_eq!(sanction, expected);
    assert_eq!(laid.header("location"), format!("/v1/moderation/sanctions/{}", sanction["id"].as_str().unwrap()));
    let path = format!("/v1/audit?kind=sanction.laid&subject_id={}", ada.id);
    let note = &w.get_as(&admin.access_token, &path).await.expect(200)["items"][0];
    assert_eq!((&note["actor_id"], &note["data"]["sanction_id"]), (&json!(moderator.id), &sanction["id"]));
    // Nothing that was said stands in the audit.
    assert!(!note.to_string().contains("breath"));
}

#[actix_web::test]
async fn whoever_is_banned_is_told_why_and_until_when() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let comment = w.say(&slug, "Hello.", None).await;
    let posted = w.post_as_guest(&slug, "Rude.", None).await.expect(201);
    let token = format!("Guest {}", posted["manage_token"].as_str().unwrap());
    react(&w, &token, &comment).await.expect(200);
    let body = json!({
        "kind": "ban", "subject": { "comment_id": posted["id"] }, "reason": "abuse", "message": "Enough.", "minutes": 90,
    });
    let sanction = lay(&w, &moderator, &body).await.expect(201);
    assert_eq!(sanction["subject"]["guest_id"], posted["author"]["id"]);
    assert_eq!(sanction["comment_id"], posted["id"]);
    let refused = react(&w, &token, &comment).await;
    refused.problem(403, "muted");
    assert_eq!(refused.header("retry-after"), "5401");
    let detail = refused.json()["detail"].as_str().unwrap().to_owned();
    assert_eq!(detail, "You may not take part here until 2026-03-14 13:30 UTC (reason: abuse). Enough.");
    // What was given can be taken back, and whoever is banned can still be erased.
    let back = w.request(Method::DELETE, &format!("/v1/comments/{comment}/reactions/helpful"));
    back.header("authorization", &token).send().await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::minutes(90));
    react(&w, &token, &comment).await.expect(200);
}

#[actix_web::test]
async fn the_severest_counts_and_what_is_milder_forbids_less() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let comment = w.say(&slug, "Hello.", None).await;
    let token = format!("Bearer {}", ada.access_token);
    for kind in ["warn", "hold_all", "mute"] {
        lay(&w, &moderator, &account(kind, &ada)).await.expect(201);
        react(&w, &token, &comment).await.expect(200);
    }
}

#[actix_web::test]
async fn a_ban_of_an_account_is_the_ban_of_accounts() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    w.get_as(&ada.access_token, "/v1/accounts/me").await.expect(200);
    let sanction = lay(&w, &moderator, &account("ban", &ada)).await.expect(201);
    assert_eq!(w.get_as(&ada.access_token, "/v1/accounts/me").await.status, 401);
    let log_in = json!({ "email": ada.email, "password": PASSWORD });
    w.post("/v1/sessions", &log_in).await.problem(403, "banned");
    lift(&w, &moderator, &sanction).await.expect(204);
    w.log_in(&ada.email).await;
}

#[actix_web::test]
async fn the_ban_of_accounts_is_a_sanction() {
    let w = World::new().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let path = format!("/v1/accounts/{}/ban", ada.id);
    let until = w.clock.now() + TimeDelta::days(7);
    let ban = w.request(Method::PUT, &path).bearer(&moderator.access_token);
    ban.json(&json!({ "reason": "Threats.", "until": until })).send().await.expect(200);
    let bans = async || {
        let list = format!("/v1/moderation/sanctions?in_force=true&kind=ban&subject_id={}", ada.id);
        w.get_as(&moderator.access_token, &list).await.expect(200)["items"].as_array().unwrap().clone()
    };
    let laid = bans().await;
    assert_eq!((laid.len(), &laid[0]["expires_at"]), (1, &json!(until)));
    // A second takes the place of the first.
    lay(&w, &moderator, &account("ban", &ada)).await.expect(201);
    let laid = bans().await;
    assert_eq!((laid.len(), &laid[0]["expires_at"]), (1, &Value::Null));
    w.clock.set(until + TimeDelta::days(1));
    w.post("/v1/sessions", &json!({ "email": ada.email, "password": PASSWORD })).await.problem(403, "banned");
    let (token, _) = w.log_in(&moderator.email).await;
    w.request(Method::DELETE, &path).bearer(&token).send().await.expect(204);
    let list = format!("/v1/moderation/sanctions?in_force=true&subject_id={}", ada.id);
    assert_eq!(w.get_as(&token, &list).await.expect(200)["items"], json!([]));
    w.log_in(&ada.email).await;
}

#[actix_web::test]
async fn a_network_is_kept_out_by_a_comment_that_came_from_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let posted = post_from(&w, &slug, "2001:db8:1:2::7", "lantern@example.org").await;
    let subject = json!({ "comment_id": posted["id"], "by": "network" });
    let sanction = lay(&w, &moderator, &on("ban", &subject)).await.expect(201);
    assert_eq!(sanction["subject"], json!({ "by": "network", "account_id": null, "guest_id": null }));
    assert_eq!(sanction["expires_at"], json!(w.clock.now() + TimeDelta::days(90)));
    introduce_from(&w, &slug, "2001:db8:1:2:ffff::1", None).await.problem(403, "muted");
    introduce_from(&w, &slug, "2001:db8:1:3::7", None).await.expect(201);
    // Whoever works here shares networks with others.
    let comment = w.say(&slug, "Hello.", None).await;
    for (person, status) in [(&ada, 403), (&moderator, 200)] {
        let request = w.request(Method::PUT, &format!("/v1/comments/{comment}/reactions/helpful"));
        let reply = request.from("2001:db8:1:2::8").bearer(&person.access_token).send().await;
        assert_eq!(reply.status.as_u16(), status, "{}", reply.text());
    }
    // The address itself stands nowhere.
    World::assert_absent(&w.dump().await, "the network", b"2001:db8:1:2");
    w.clock.set(w.clock.now() + TimeDelta::days(90));
    introduce_from(&w, &slug, "2001:db8:1:2::7", None).await.expect(201);
}

#[actix_web::test]
async fn a_muted_network_may_still_introduce_guests() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = post_from(&w, &slug, "198.51.100.9", "lantern@example.org").await;
    let subject = json!({ "comment_id": posted["id"], "by": "network" });
    lay(&w, &moderator, &on("mute", &subject)).await.expect(201);
    introduce_from(&w, &slug, "198.51.100.9", None).await.expect(201);
}

#[actix_web::test]
async fn an_address_is_kept_out_where_it_was_shown_to_be_theirs() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let email = "lantern@example.org";
    let posted = post_from(&w, &slug, "198.51.100.9", email).await;
    let body = on("ban", &json!({ "comment_id": posted["id"], "by": "email" }));
    // Anybody may have given it.
    lay(&w, &moderator, &body).await.problem(409, "conflict");
    let code = json!({ "code": code_in(&w.nth_mail_to(email, 0).await) });
    w.post("/v1/guests/confirmations", &code).await.expect(204);
    let sanction = lay(&w, &moderator, &body).await.expect(201);
    assert_eq!(sanction["expires_at"], json!(w.clock.now() + TimeDelta::days(365)));
    assert!(!sanction.to_string().contains("example.org"));
    introduce_from(&w, &slug, "198.51.100.10", Some(email)).await.problem(403, "muted");
    introduce_from(&w, &slug, "198.51.100.10", Some("other@example.org")).await.expect(201);
    // Whatever account has it.
    let lantern = w.reader("Lantern").await;
    let comment = w.say(&slug, "Hello.", None).await;
    react(&w, &format!("Bearer {}", lantern.access_token), &comment).await.problem(403, "muted");
}

#[actix_web::test]
async fn moderators_do_not_sanction_staff_and_nobody_themselves() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (admin, moderator, coach) = (w.admin("June").await, w.moderator("Mo").await, w.coach("Marit").await);
    let comment = id(&w.post_as(&coach.access_token, &slug, &json!({ "body": "Advice." })).await.expect(201));
    for kind in ["warn", "hold_all", "mute", "ban"] {
        lay(&w, &moderator, &account(kind, &coach)).await.problem(403, "forbidden");
        lay(&w, &moderator, &account(kind, &admin)).await.problem(403, "forbidden");
        lay(&w, &moderator, &account(kind, &moderator)).await.problem(409, "conflict");
        lay(&w, &admin, &account(kind, &admin)).await.problem(409, "conflict");
        for by in ["author", "email", "network"] {
            let body = on(kind, &json!({ "comment_id": comment, "by": by }));
            lay(&w, &moderator, &body).await.problem(403, "forbidden");
        }
        lay(&w, &coach, &account(kind, &moderator)).await.problem(403, "forbidden");
    }
    // What staff writes never waits: that would forbid nothing.
    for kind in ["hold_all", "mute"] {
        lay(&w, &admin, &account(kind, &coach)).await.problem(409, "conflict");
    }
    lay(&w, &admin, &account("warn", &coach)).await.expect(201);
}

/// A guest who turns out to be one of the publication's people is one of them by the address, too.
#[actix_web::test]
async fn nobody_reaches_staff_by_an_address() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, coach) = (w.moderator("Mo").await, w.coach("Marit").await);
    let posted = post_from(&w, &slug, "198.51.100.9", &coach.email).await;
    let code = json!({ "code": code_in(&w.nth_mail_to(&coach.email, 0).await) });
    w.post("/v1/guests/confirmations", &code).await.expect(204);
    let body = on("ban", &json!({ "comment_id": posted["id"], "by": "email" }));
    lay(&w, &moderator, &body).await.problem(403, "forbidden");
}

#[actix_web::test]
async fn what_is_asked_wrongly_is_refused_by_name() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (moderator, ada) = (w.moderator("Mo").await, w.reader("Ada").await);
    let posted = post_from(&w, &slug, "198.51.100.9", "lantern@example.org").await;
    let nobody = "01890000-0000-7000-8000-000000000000";
    let subjects = [
        (json!({}), "#/subject"),
        (json!({ "account_id": ada.id, "comment_id": posted["id"] }), "#/subject"),
        (json!({ "account_id": ada.id, "by": "network" }), "#/subject/by"),
        (json!({ "account_id": nobody }), "#/subject/account_id"),
        (json!({ "guest_id": nobody }), "#/subject/guest_id"),
        (json!({ "comment_id": nobody }), "#/subject/comment_id"),
    ];
    for (subject, at) in subjects {
        assert_eq!(lay(&w, &moderator, &on("mute", &subject)).await.problem(422, "validation"), [at], "{subject}");
    }
    let with = |name: &str, value: Value| {
        let mut body = account("mute", &ada);
        body[name] = value;
        body
    };
    for (body, at) in [
        (with("minutes", json!(0)), "#/minutes"),
        (with("minutes", json!(5_256_001)), "#/minutes"),
        (with("message", json!(" ")), "#/message"),
        (with("message", json!("x".repeat(1001))), "#/message"),
    ] {
        assert_eq!(lay(&w, &moderator, &body).await.problem(422, "validation"), [at], "{body}");
    }
    for body in [with("kind", json!("exile")), with("reason", json!("because")), with("subject", json!("ada"))] {
        lay(&w, &moderator, &body).await.problem(400, "bad_request");
    }
    let mut long = on("mute", &json!({ "comment_id": posted["id"], "by": "network" }));
    long["minutes"] = json!(90 * 24 * 60 + 1);
    assert_eq!(lay(&w, &moderator, &long).await.problem(422, "validation"), ["#/minutes"]);
    long["minutes"] = json!(90 * 24 * 60);
    lay(&w, &moderator, &long).await.expect(201);
}

#[actix_web::test]
async fn what_is_not_kept_any_more_is_said_so() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let moderator = w.moderator("Mo").await;
    let posted = w.post_as_guest(&slug, "Hello.", None).await.expect(201);
    let erase = w.request(Method::DELETE, "/v1/guests/me?comments=anonymise");
    erase.guest(posted["manage_token"].as_str().unwrap()).send().await.expect(204);
    for by in ["author", "email", "network"] {
        let body = on("mute", &json!({ "comment_id": posted["id"], "by": by }));
        lay(&w, &moderator, &body).await.problem(409, "conflict");
    }
}
