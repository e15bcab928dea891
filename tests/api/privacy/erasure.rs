//! What is left of somebody who was erased, in the database and on every page.

use crate::world::{OPEN, Person, World};
use chrono::TimeDelta;
use colloquy::{
    accounts::{self, Email, ErasureMode, Who},
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
    db::schema::{accounts as people, events, idempotency_keys, mails},
};
use diesel::prelude::*;
use diesel_async::{RunQueryDsl, SimpleAsyncConnection};
use reqwest::Method;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

const NAME: &str = "Quetzal Canary";
const TEXT: &str = "plumage-of-a-canary";
const WAITING: &str = "waiting-canary-words";

/// Where somebody has been.
struct Life {
    person: Person,
    slug: String,
    /// A root of theirs with a stranger's reply, and their reply to a stranger.
    root: String,
    reply: String,
    email_hash: Vec<u8>,
}

/// Somebody who left traces wherever one can.
async fn live(w: &World) -> Life {
    let person = w.coach(NAME).await;
    let id: Uuid = person.id.parse().unwrap();
    let (slug, _) = w.open_article().await;
    let article = w.article(&person, json!({ "title": "By somebody", "body": "The publication's own." })).await;
    let own = article["slug"].as_str().unwrap();
    let post = async |slug: &str, text: &str, parent: Option<&str>| {
        let path = format!("/v1/articles/{slug}/comments");
        let body = json!({ "body": text, "parent_id": parent });
        let key = format!("key-of-{}", w.clock.id());
        let request = w.request(Method::POST, &path).bearer(&person.access_token).header("idempotency-key", &key);
        crate::world::id(&request.json(&body).send().await.expect(201))
    };
    let root = post(&slug, TEXT, None).await;
    w.say(&slug, "A stranger's reply", Some(&root)).await;
    let strangers = w.say(&slug, "A stranger's root", None).await;
    let reply = post(&slug, TEXT, Some(&strangers)).await;
    let edited = post(own, TEXT, None).await;
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{edited}")).bearer(&person.access_token);
    edit.header("if-match", "*").json(&json!({ "body": format!("{TEXT} of late") })).send().await.expect(200);
    let react = w.request(Method::PUT, &format!("/v1/comments/{strangers}/reactions/helpful"));
    react.bearer(&person.access_token).send().await.expect(200);
    post(&slug, WAITING, None).await;
    let conn = &mut w.db.conn().await;
    let waits = format!("UPDATE comments SET status = 'rejected', shown = false WHERE body_text LIKE '%{WAITING}%'");
    conn.batch_execute(&waits).await.unwrap();
    let article_id: Uuid =
        w.get(&format!("/v1/articles/{slug}")).await.expect(200)["id"].as_str().unwrap().parse().unwrap();
    w.write(async |tx| comments::repair(tx, article_id).await).await.unwrap();
    // The same person was here as a guest, once with an address that was confirmed, once with one that was not.
    for (title, words) in [("Confirmed", WAITING), ("Doubtful", "A guest's words")] {
        let (slug, _) = w.article_taking(title, OPEN).await;
        let guest = json!({ "body": words, "guest": { "name": format!("{title} plume"), "email": person.email } });
        w.post(&format!("/v1/articles/{slug}/comments"), &guest).await.expect(201);
    }
    conn.batch_execute("UPDATE guests SET email_verified_at = now() WHERE display_name = 'Confirmed plume'")
        .await
        .unwrap();
    // And once replaced a stranger's text, as moderators do.
    let replaced = format!(
        "INSERT INTO comment_revisions (comment_id, revision, body_markdown, replaced_at, replaced_by)
         VALUES ('{strangers}', 1, 'A stranger said', now(), '{id}')"
    );
    conn.batch_execute(&replaced).await.unwrap();
    // On call, and the one who answered because of a stranger.
    let answered = format!(
        "INSERT INTO on_call VALUES ('{id}', 0);
         INSERT INTO reviews (comment_id, article_id, state, queued_at, priority, author_id, by_guest, has_link, first_time, edited)
             VALUES ('{strangers}', '{article_id}', 'reported', now(), 2, gen_random_uuid(), true, false, false, false);
         INSERT INTO alerts (id, comment_id, priority, created_at, acknowledged_by, acknowledged_at)
             VALUES (gen_random_uuid(), '{strangers}', 2, now(), '{id}', now());"
    );
    conn.batch_execute(&answered).await.unwrap();
    // A sign-up with the address, an export, and codes.
    let again = json!({ "email": person.email, "password": "four rivers under one bridge", "display_name": format!("{NAME} again") });
    w.post("/v1/accounts", &again).await.expect(202);
    w.export(&person.access_token).await;
    w.write(async |tx| accounts::invite(tx, &w.secrets, &Who::Id(id)).await.map(drop)).await.unwrap();
    let email_hash = Email::parse(&person.email).unwrap().hash(&w.secrets).unwrap();
    // A mail that waits; what no operation here writes stands there too.
    diesel::insert_into(mails::table)
        .values((
            (mails::id.eq(w.clock.id()), mails::sealed.eq(vec![1, 2, 3]), mails::to_hash.eq(&email_hash)),
            (mails::created_at.eq(w.clock.now()), mails::next_attempt_at.eq(w.clock.now() + TimeDelta::days(99))),
        ))
        .execute(conn)
        .await
        .unwrap();
    diesel::update(people::table.find(id))
        .set((
            (people::bio.eq(TEXT), people::website.eq("https://canary.example.org"), people::name_skeleton.eq(NAME)),
            (people::banned_at.eq(w.clock.now()), people::banned_until.eq(w.clock.now()), people::ban_reason.eq(TEXT)),
        ))
        .execute(conn)
        .await
        .unwrap();
    let ways_in = format!(
        "INSERT INTO second_factors (account_id, secret_sealed, created_at) VALUES ('{id}', 'x', now());
         INSERT INTO recovery_codes (code_hash, account_id) VALUES ('x', '{id}');
         INSERT INTO external_identities VALUES ('https://issuer.example', 'x', '{id}', now(), now());
         INSERT INTO account_codes (code_hash, account_id, purpose, created_at, expires_at)
             VALUES ('x', '{id}', 'password', now(), now() + interval '99 years');"
    );
    conn.batch_execute(&ways_in).await.unwrap();
    Life { person, slug, root, reply, email_hash }
}

/// Every public page on which the person was.
fn pages(life: &Life) -> Vec<String> {
    vec![
        format!("/v1/articles/{}/comments", life.slug),
        format!("/v1/articles/{}/comments?sort=newest", life.slug),
        format!("/v1/comments/{}", life.root),
        format!("/v1/comments/{}/replies", life.root),
        format!("/v1/comment-counts?articles={},by-somebody", life.slug),
        "/v1/articles".into(),
        "/v1/articles/by-somebody".into(),
        "/v1/articles/by-somebody/comments".into(),
    ]
}

/// Nothing of the person stands in the database but the id.
async fn assert_gone(w: &World, life: &Life, texts: &[&str]) {
    let dump = w.dump().await;
    let (local, _) = life.person.email.split_once('@').unwrap();
    let canaries = [("the name", NAME), ("the address", life.person.email.as_str()), ("its local part", local)];
    for (what, canary) in canaries.into_iter().chain(texts.iter().map(|text| ("a text", *text))) {
        World::assert_absent(&dump, what, canary.as_bytes());
    }
    World::assert_absent(&dump, "the guest's name", b"Confirmed plume");
    World::assert_absent(&dump, "the website", b"canary.example.org");
    World::assert_absent(&dump, "the hash of the address", &life.email_hash);
    World::assert_absent(&dump, "the network address", b"127.0.0.1");
    let of_theirs = [
        "sessions",
        "exports",
        "second_factors",
        "recovery_codes",
        "external_identities",
        "account_codes",
        "invites",
        "reactions",
        "comment_revisions",
        "on_call",
        "alerts",
    ];
    for table in of_theirs {
        let rows =
            dump.iter().filter(|line| line.starts_with(&format!("public.{table} ")) && line.contains(&life.person.id));
        assert_eq!(rows.count(), 0, "{table}");
    }
    let conn = &mut w.db.conn().await;
    let id: Uuid = life.person.id.parse().unwrap();
    let acted: i64 = events::table
        .filter(events::actor_id.eq(id).and(events::stream.ne(id)))
        .count()
        .get_result(conn)
        .await
        .unwrap();
    let scope = format!("account:{id}");
    let answers = idempotency_keys::table.filter(idempotency_keys::scope.eq(scope)).count();
    assert_eq!((acted, answers.get_result::<i64>(conn).await.unwrap()), (0, 0));
    let comments = dump.iter().filter(|line| line.starts_with("public.comments ") && line.contains(&life.person.id));
    assert_eq!(comments.count(), 0);
    w.assert_counters_right().await;
}

async fn assert_on_no_page(w: &World, life: &Life, texts: &[&str]) {
    for page in pages(life) {
        let reply = w.get(&page).await;
        reply.expect(200);
        let (body, headers) = (reply.text(), format!("{:?}", reply.headers));
        for canary in texts.iter().chain(&[NAME, "canary"]).filter(|_| !texts.is_empty()) {
            assert!(!body.contains(canary), "{canary} on {page}: {body}");
        }
        assert!(!body.contains(NAME), "{page}: {body}");
        let of_an_article = page.contains("by-somebody") || page == "/v1/articles";
        assert!(
            of_an_article || !body.contains(&life.person.id) && !headers.contains(&life.person.id),
            "{page}: {headers}"
        );
    }
}

#[actix_web::test]
async fn with_remove_nothing_is_left_and_replies_stay_readable() {
    let w = World::new().await;
    let life = live(&w).await;
    let before = w.dump().await;
    for (what, canary) in [("the name", NAME), ("a text", TEXT), ("a text that waits", WAITING)] {
        World::assert_present(&before, what, canary.as_bytes());
    }
    World::assert_present(&before, "the hash of the address", &life.email_hash);
    for page in pages(&life) {
        w.get_kept(&page).await;
    }
    w.leave(&life.person, "remove").await;
    assert_gone(&w, &life, &[TEXT, WAITING]).await;
    assert_on_no_page(&w, &life, &[TEXT, WAITING]).await;
    let thread = w.get(&format!("/v1/articles/{}/comments", life.slug)).await.expect(200);
    let [root, strangers] = thread["items"].as_array().unwrap().as_slice() else { panic!("{thread}") };
    assert_eq!((&root["status"], &root["body"], &root["author"]), (&json!("deleted"), &Value::Null, &Value::Null));
    assert_eq!(root["replies"]["items"][0]["body"]["markdown"], "A stranger's reply");
    assert_eq!((&strangers["reply_count"], &strangers["descendant_count"]), (&json!(0), &json!(0)));
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(2), &json!(2)));
    w.get(&format!("/v1/comments/{}", life.reply)).await.problem(404, "not_found");
    let article = w.get("/v1/articles/by-somebody").await.expect(200);
    assert_eq!(article["authors"][0]["name"], "Former member");
    assert_eq!(article["body"]["markdown"], "The publication's own.");
}

#[actix_web::test]
async fn with_anonymise_what_everybody_saw_stays_and_nobody_sees_whose_it_was() {
    let w = World::new().await;
    let life = live(&w).await;
    for page in pages(&life) {
        w.get_kept(&page).await;
    }
    w.leave(&life.person, "anonymise").await;
    assert_gone(&w, &life, &[]).await;
    let waiting = w.dump().await.into_iter().filter(|line| line.contains(WAITING)).count();
    assert_eq!(waiting, 1, "what nobody could see is gone; what the guest showed stands");
    assert_on_no_page(&w, &life, &[]).await;
    let thread = w.get(&format!("/v1/articles/{}/comments", life.slug)).await.expect(200);
    let root = &thread["items"][0];
    let nobody = json!({ "id": null, "name": "Former member", "kind": "reader" });
    assert_eq!((&root["author"], &root["body"]["markdown"]), (&nobody, &json!(TEXT)));
    assert_eq!((&thread["count"], &thread["root_count"]), (&json!(4), &json!(2)));
    let reply = w.get(&format!("/v1/comments/{}", life.reply)).await.expect(200);
    assert_eq!((&reply["author"], &reply["body"]["markdown"]), (&nobody, &json!(TEXT)));
}

#[actix_web::test]
async fn the_address_is_free_again_and_the_old_account_stays_empty() {
    let w = World::new().await;
    let life = live(&w).await;
    let id: Uuid = life.person.id.parse().unwrap();
    w.leave(&life.person, "remove").await;
    let again = w.person(NAME, colloquy::http::permission::Role::Reader).await;
    assert_ne!(again.id, life.person.id);
    let conn = &mut w.db.conn().await;
    let left: (String, String, Option<String>) = people::table
        .find(id)
        .select((people::display_name, people::role, people::password_hash))
        .first(conn)
        .await
        .unwrap();
    assert_eq!(left, ("Former member".into(), "reader".into(), None));
    // A round that comes twice finds nothing to do.
    assert_eq!(w.erase_due().await, 0);
}

#[actix_web::test]
async fn what_was_interrupted_goes_on_where_it_was() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let id: Uuid = ada.id.parse().unwrap();
    let (slug, article_id) = w.article_taking("How to listen", OPEN).await;
    // 700 comments of one person in chains among a stranger's.
    let ids: Vec<Uuid> = (0..1050).map(|_| w.clock.id()).collect();
    let batch: Vec<_> = (0..ids.len())
        .map(|n| ImportedComment {
            id: ids[n],
            parent_id: (n % 7 != 0).then(|| ids[n - 1 - (n * 5) % (n % 7)]),
            author: if n % 3 == 0 {
                ImportedAuthor::Guest(GuestName { name: "Annice".into(), email: None })
            } else {
                ImportedAuthor::Member(id)
            },
            created_at: w.clock.now(),
            status: if n % 11 == 0 { CommentStatus::Pending } else { CommentStatus::Visible },
            body_markdown: format!("number {n}"),
            fragment: None,
        })
        .collect();
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    w.close_account(&ada.access_token, "remove").await.expect(202);
    w.clock.set(w.clock.now() + TimeDelta::days(15));
    // A node that dies after its first transaction.
    let finished = w.write(async |tx| comments::erase_author(tx, id, ErasureMode::Remove).await).await.unwrap();
    assert!(!finished);
    w.assert_counters_right().await;
    let there = async || w.write(async |tx| comments::has_author(tx.conn, id).await).await.unwrap();
    assert!(there().await);
    // Two others find it at the same time.
    let erased = futures_util::future::join(w.erase_due(), w.erase_due()).await;
    assert_eq!(erased.0 + erased.1, 1);
    assert!(!there().await);
    w.assert_counters_right().await;
    let walk = w.walk(&format!("/v1/articles/{slug}/comments"), async |_| ()).await;
    let visible: Vec<_> = walk.iter().filter(|comment| comment["status"] == "visible").collect();
    assert!(visible.iter().all(|comment| comment["author"]["name"] == "Annice"));
    let expected = (0..ids.len()).filter(|n| n % 3 == 0 && n % 11 != 0).count();
    assert_eq!(visible.len(), expected);
}

#[actix_web::test]
async fn it_takes_a_fixed_number_of_statements_however_much_there_is() {
    let w = World::new().await;
    let mut counted = Vec::new();
    for (name, size) in [("Ada", 4), ("Eve", 400)] {
        let person = w.reader(name).await;
        let id: Uuid = person.id.parse().unwrap();
        let (_, article_id) = w.article_taking(&format!("For {name}"), OPEN).await;
        let batch: Vec<_> = (0..size)
            .map(|number| ImportedComment {
                id: w.clock.id(),
                parent_id: None,
                author: ImportedAuthor::Member(id),
                created_at: w.clock.now(),
                status: CommentStatus::Visible,
                body_markdown: format!("number {number}"),
                fragment: None,
            })
            .collect();
        let import = w.write(async |tx| {
            comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
            comments::finish_import(tx, article_id).await
        });
        import.await.unwrap();
        let (journal, statements) = w.counted_journal();
        let erase = journal.write(async |tx| comments::erase_author(tx, id, ErasureMode::Remove).await).await;
        assert!(erase.unwrap());
        counted.push(AtomicU64::load(&statements, Ordering::Relaxed));
    }
    assert_eq!(counted[0], counted[1]);
}
