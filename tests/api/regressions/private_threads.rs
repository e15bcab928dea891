//! What private messages of other systems were lost by.

use super::{NOTHING, absence::seen, operations};
use crate::{
    private_threads::{at, bearer, call, get, opened, post, said, say, taken, verified_guest},
    world::{Document, Person, World},
};
use reqwest::Method;
use serde_json::{Value, json};

/// Of every text in the thread.
const WORD: &str = "xiphactinus";

/// Three who talk, and all the others.
struct House {
    w: World,
    reader: Person,
    coach: Person,
    thread: String,
    /// Their names, and what they send as `Authorization`.
    others: Vec<(&'static str, String)>,
    admin: Person,
}

impl House {
    async fn new() -> Self {
        let w = World::new().await;
        let (slug, _) = w.open_article().await;
        let (reader, coach, admin) = (w.reader("Ada").await, w.coach("Colin").await, w.admin("June").await);
        let thread = taken(&w, &bearer(&reader), &coach).await;
        for who in [&reader, &coach] {
            say(&w, &bearer(who), &thread, &format!("The {WORD}.")).await;
        }
        let mut others = vec![
            ("a guest", verified_guest(&w, &slug, "Lantern").await.authorization),
            ("a reader", bearer(&w.reader("Eve").await)),
            ("a coach", bearer(&w.coach("Marit").await)),
            ("a moderator", bearer(&w.moderator("Hollis").await)),
        ];
        others.push(("an admin", bearer(&admin)));
        Self { w, reader, coach, thread, others, admin }
    }
}

/// Lemmy GHSA-r64r-5h43-26qv: reporting a private message returned it.
#[actix_web::test]
async fn reporting_what_is_private_is_reporting_nothing() {
    let House { w, thread, others, .. } = House::new().await;
    let report = async |who: &str, id: &str| {
        let path = format!("/v1/comments/{id}/reports");
        call(&w, who, Method::POST, &path, Some(json!({ "reason": "spam", "note": "Show me." }))).await
    };
    for (name, who) in &others {
        let reported = report(who, &thread).await;
        reported.problem(404, "not_found");
        assert_eq!(seen(&reported, &thread), seen(&report(who, NOTHING).await, NOTHING), "{name}");
        assert!(!reported.text().contains(WORD));
    }
}

/// Lemmy GHSA-jmxc-hhwx-gvv3: one handler of many did not check. Here each is asked by everybody, and what it says of the thread is
/// what it says of nothing, to the byte.
#[actix_web::test]
async fn to_whoever_is_not_in_it_a_thread_is_nothing_by_any_operation() {
    let House { w, thread, mut others, reader, coach, .. } = House::new().await;
    others.push(("nobody", String::new()));
    let document = Document::read();
    let mut asked = 0;
    for operation in operations().iter().filter(|operation| operation.in_path.iter().any(|name| name == "id")) {
        for (name, who) in &others {
            // This is what the glass is for, and noted.
            if operation.name == "break_glass" && *name == "an admin" {
                continue;
            }
            asked += 1;
            let ask = async |id: &str| {
                let from = format!("198.18.{}.{}", asked / 250, asked % 250);
                let request = w.request(operation.method.clone(), &operation.with("id", id)).from(&from);
                let request = request.header("if-match", "*");
                let request = if who.is_empty() { request } else { request.header("authorization", who) };
                let body = if operation.takes_body { document.plausible("", operation.body()) } else { json!({}) };
                seen(&request.json(&body).send().await, id)
            };
            assert_eq!(ask(&thread).await, ask(NOTHING).await, "{} as {name}", operation.name);
        }
    }
    assert!(asked > 300, "only {asked} were asked");
    for who in [&reader, &coach] {
        assert_eq!(said(&w, &bearer(who), &thread).await.len(), 3, "nothing has happened to it");
    }
}

/// Discourse CVE-2026-72724: the thread was checked and the message was another's. A message has no id but its number in its thread.
#[actix_web::test]
async fn by_a_thread_of_ones_own_nobody_reaches_a_message_of_another() {
    let House { w, thread, .. } = House::new().await;
    let eve = format!("Bearer {}", w.log_in("eve@example.org").await.0);
    let own = opened(&w, &eve).await;
    for (method, id, no) in
        [(Method::PATCH, &own, 3), (Method::DELETE, &own, 3), (Method::PATCH, &thread, 1), (Method::DELETE, &thread, 1)]
    {
        let request = w.request(method.clone(), &at(id, &format!("/messages/{no}"))).header("authorization", &eve);
        let reply = request.header("if-match", "*").json(&json!({ "body": "Mine now." })).send().await;
        reply.problem(404, "not_found");
    }
    // Nor by a cursor that was made for the own one.
    for number in 0..2 {
        say(&w, &eve, &own, &format!("Number {number}.")).await;
    }
    let page = get(&w, &eve, &at(&own, "/messages?limit=1")).await.expect(200);
    let cursor = page["next"].as_str().unwrap().split("cursor=").nth(1).unwrap();
    let colin = format!("Bearer {}", w.log_in("colin@example.org").await.0);
    let elsewhere = at(&thread, &format!("/messages?limit=1&cursor={cursor}"));
    for who in [&colin, &eve] {
        get(&w, who, &elsewhere).await.problem(400, "bad_cursor");
    }
}

/// Discourse CVE-2026-24742: the log of what staff did told more than staff may know.
#[actix_web::test]
async fn no_log_that_moderators_read_tells_of_private_threads_and_the_audit_is_not_theirs() {
    let House { w, thread, others, admin, .. } = House::new().await;
    let why = json!({ "reason": format!("The {WORD}.") });
    post(&w, &bearer(&admin), &at(&thread, "/break-glass"), why).await.expect(201);
    let moderator = &others.iter().find(|(name, _)| *name == "a moderator").unwrap().1;
    get(&w, moderator, "/v1/audit").await.problem(403, "forbidden");
    for path in ["/v1/moderation/log", "/v1/moderation/comments", "/v1/moderation/alerts"] {
        let log = get(&w, moderator, path).await;
        log.expect(200);
        assert!(!log.text().contains(&thread) && !log.text().contains(WORD), "{path}: {}", log.text());
    }
    // To admins the audit says that it was done and by whom, and no word of it.
    let audit = get(&w, &bearer(&admin), "/v1/audit?limit=100").await;
    assert!(audit.text().contains("private_thread.opened") && !audit.text().contains(WORD), "{}", audit.text());
}

/// Discourse CVE-2026-27153: moderators exported other people's messages.
#[actix_web::test]
async fn no_export_holds_what_others_said_in_private() {
    let House { w, thread, reader, admin, .. } = House::new().await;
    let why = json!({ "reason": "To see whether it is in the export." });
    post(&w, &bearer(&admin), &at(&thread, "/break-glass"), why).await.expect(201);
    say(&w, &bearer(&reader), &thread, "The coelacanth is mine.").await;
    let export = async |email: &str| -> (String, Value) {
        let (token, _) = w.log_in(email).await;
        let document = w.get_as(&token, &format!("{}/document", w.export(&token).await)).await;
        (document.text(), document.expect(200))
    };
    for email in ["eve@example.org", "marit@example.org", "hollis@example.org", "june@example.org"] {
        let (export, _) = export(email).await;
        assert!(!export.contains(WORD) && !export.contains(&thread), "{email}: {export}");
    }
    let (coachs, _) = export("colin@example.org").await;
    assert!(!coachs.contains("coelacanth"), "what the reader said is the reader's: {coachs}");
}
