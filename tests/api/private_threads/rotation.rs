//! Another key in the settings.

use super::{at, bearer, forgetting::export, get, opened, post, said, say};
use crate::world::{World, id};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

fn key(name: &str, byte: u8) -> String {
    format!("{name}:{}", STANDARD.encode([byte; 32]))
}

/// What a command says on standard output, and whether all was well.
async fn run(w: &World, keys: &str, words: &[&str]) -> (String, bool) {
    let output = w.command().args(words).env("COLLOQUY_PRIVATE_KEYS", keys).output().await.unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.success())
}

#[actix_web::test]
async fn keys_are_sealed_anew_and_the_old_one_can_go() {
    let w = World::new().await;
    let ada = bearer(&w.reader("Ada").await);
    let mut threads = Vec::new();
    for _ in 0..3 {
        threads.push(opened(&w, &ada).await);
    }
    let (one, two) = (key("one", 1), key("two", 2));
    let rotate = ["private-threads", "rotate"];
    for (keys, says) in [(&one, "3 keys"), (&one, "0 keys"), (&format!("{two},{one}"), "3 keys"), (&two, "0 keys")] {
        let (said, well) = run(&w, keys, &rotate).await;
        assert!(well && said.contains(says), "{keys}: {said}");
    }
    let (doctor, _) = run(&w, &two, &["doctor"]).await;
    assert!(doctor.contains("private    3 threads under `two`\n"), "{doctor}");
    let later = World::on(w.db.clone(), w.clock.clone(), &[("private_keys", two.as_str())]).await;
    let (token, _) = later.log_in("ada@example.org").await;
    for thread in &threads {
        assert_eq!(said(&later, &format!("Bearer {token}"), thread).await, ["I could not write this *there*."]);
    }
}

#[actix_web::test]
async fn a_key_that_is_missing_is_said_to_be_and_harms_no_other_thread() {
    let w = World::with(&[("private_keys", &key("one", 1))]).await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), w.coach("Marit").await);
    let about = json!({ "title": "About my brother", "body": "I could not write this *there*." });
    let lost = id(&post(&w, &ada, "/v1/private-threads", about).await.expect(201));
    post(&w, &bearer(&marit), &at(&lost, "/admission"), json!({})).await.expect(200);
    say(&w, &bearer(&marit), &lost, "I am here.").await;
    let later = World::on(w.db.clone(), w.clock.clone(), &[]).await;
    let ada = format!("Bearer {}", later.log_in("ada@example.org").await.0);
    let kept = opened(&later, &ada).await;
    // The others stay to be seen, and are handed out.
    let mine = get(&later, &ada, "/v1/private-threads").await.expect(200)["items"].clone();
    let mut titles: Vec<_> = mine.as_array().unwrap().iter().map(|one| (id(one), &one["title"])).collect();
    titles.sort_unstable_by_key(|(id, _)| *id == kept);
    assert_eq!(titles, [(lost.clone(), &Value::Null), (kept.clone(), &Value::Null)]);
    let own = export(&later, &ada).await["private_threads"].clone();
    let handed = |own: &Value, n: usize| {
        (own[n]["unreadable"].clone(), own[n]["title"].clone(), own[n]["messages"][0]["body"].clone())
    };
    assert_eq!(handed(&own, 0), (json!(true), Value::Null, json!("")));
    assert_eq!(handed(&own, 1), (json!(false), Value::Null, json!("I could not write this *there*.")));
    let by_marit = format!("Bearer {}", later.log_in(&marit.email).await.0);
    let sent = &export(&later, &by_marit).await["private_messages_as_coach"];
    assert_eq!((&sent[0]["unreadable"], &sent[0]["body"]), (&json!(true), &json!("")));
    let (said, well) = run(&w, &key("two", 2), &["private-threads", "rotate"]).await;
    assert!(
        !well && said.contains("1 keys of private threads sealed anew under `two`") && said.contains("1 do not open")
    );
    let (doctor, well) = run(&w, &key("two", 2), &["doctor"]).await;
    assert!(!well && doctor.contains("1 threads under `one`, which COLLOQUY_PRIVATE_KEYS does not have"), "{doctor}");
    // Who asks for it is told nothing of keys.
    let refused = get(&later, &ada, &at(&lost, "/messages")).await;
    refused.problem(500, "internal");
    assert!(!refused.text().contains("one") && !refused.text().contains("COLLOQUY"), "{}", refused.text());
    let both = format!("{},{}", key("two", 2), key("one", 1));
    assert!(run(&w, &both, &["private-threads", "rotate"]).await.1);
    let whole = World::on(w.db.clone(), w.clock.clone(), &[("private_keys", both.as_str())]).await;
    let ada = format!("Bearer {}", whole.log_in("ada@example.org").await.0);
    let own = export(&whole, &ada).await["private_threads"].clone();
    assert_eq!(handed(&own, 0).1, "About my brother");
    for thread in [&lost, &kept] {
        get(&whole, &ada, &at(thread, "/messages")).await.expect(200);
    }
}

#[actix_web::test]
async fn a_server_does_not_start_on_keys_that_are_none() {
    let w = World::new().await;
    let output = w.command().args(["doctor"]).env("COLLOQUY_PRIVATE_KEYS", "one:c2hvcnQ").output().await.unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success() && said.contains("`one` must be 32 bytes") && !said.contains("c2hvcnQ"), "{said}");
    let (settings, _) = run(&w, &key("one", 1), &["doctor"]).await;
    assert!(settings.contains("COLLOQUY_PRIVATE_KEYS: set\n") && !settings.contains(&STANDARD.encode([1; 32])));
}
