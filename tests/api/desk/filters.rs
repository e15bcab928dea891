//! Each filter shows what it should and nothing else.

use crate::world::{Person, World, id, until};
use chrono::TimeDelta;
use serde_json::{Value, json};

struct Desk {
    w: World,
    marit: Person,
    colin: Person,
    listening: Value,
    other: Value,
    /// By a guest on a section of the one, by a reader under it, by a guest under the other; in the order of their age.
    asked: [String; 3],
}

async fn desk() -> Desk {
    let w = World::new().await;
    let (marit, colin) = (w.coach("Marit").await, w.coach("Colin").await);
    let comments = json!({ "open": true, "guests": true, "moderation": "open" });
    let listening =
        json!({ "title": "How to listen", "tags": ["Listening", "Even"], "locale": "en", "comments": comments });
    let listening = w.article(&marit, listening).await;
    let other = json!({ "title": "Wie man schweigt", "tags": ["Silence"], "locale": "de", "comments": comments });
    let other = w.article(&colin, other).await;
    let section = listening["sections"][0]["id"].as_str().unwrap();
    let reader = w.reader("Wren").await;
    let at = |article: &Value| article["slug"].as_str().unwrap().to_owned();
    let tick = || w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    let path = format!("/v1/articles/{}/comments", at(&listening));
    let on_section = json!({ "body": "How long?", "section_id": section, "guest": { "name": "Wendy" } });
    let first = id(&w.post(&path, &on_section).await.expect(201));
    tick();
    let second =
        id(&w.post_as(&reader.access_token, &at(&listening), &json!({ "body": "To whom?" })).await.expect(201));
    tick();
    let third = w.say(&at(&other), "Warum?", None).await;
    tick();
    w.until_desk(&marit, "", &[&first, &second, &third]).await;
    Desk { w, marit, colin, listening, other, asked: [first, second, third] }
}

#[actix_web::test]
async fn each_filter_picks_what_it_says() {
    let Desk { w, marit, colin, listening, other, asked } = desk().await;
    let [first, second, third] = &asked;
    let (article, elsewhere) = (listening["id"].as_str().unwrap(), other["id"].as_str().unwrap());
    let section = listening["sections"][0]["id"].as_str().unwrap();
    let middle = w.question(&marit, second).await.expect(200)["asked_at"].as_str().unwrap().to_owned();
    for (parameters, expected) in [
        (String::new(), vec![first, second, third]),
        (format!("article_id={article}"), vec![first, second]),
        (format!("article_id={article}&section_id={section}"), vec![first]),
        (format!("article_id={elsewhere}&section_id={section}"), vec![]),
        ("tag=listening".into(), vec![first, second]),
        ("tag=silence".into(), vec![third]),
        ("tag=nothing".into(), vec![]),
        ("language=de".into(), vec![third]),
        ("language=fr".into(), vec![]),
        ("guest=true".into(), vec![first, third]),
        ("guest=false".into(), vec![second]),
        ("priority=0".into(), vec![first, second, third]),
        ("priority=3".into(), vec![]),
        ("asked=me".into(), vec![first, second]),
        ("asked=me&tag=even&guest=true".into(), vec![first]),
        (format!("asked_before={middle}"), vec![first]),
        (format!("asked_after={middle}"), vec![second, third]),
        ("state=claimed".into(), vec![]),
        ("state=answered".into(), vec![]),
    ] {
        for sort in ["age", "priority"] {
            assert_eq!(
                w.desk(&marit, &format!("{parameters}&sort={sort}")).await.iter().collect::<Vec<_>>(),
                expected,
                "{parameters}"
            );
        }
    }
    assert_eq!(w.desk(&colin, "asked=me").await, std::slice::from_ref(third));
    // What was claimed and is not any more is picked likewise, also before anybody has written that down.
    let until_then = w.clock.now() + TimeDelta::minutes(10);
    for comment in &asked {
        w.claim_question(&colin, comment).await.expect(200);
    }
    assert!(w.desk(&marit, "").await.is_empty());
    assert_eq!(w.desk(&marit, "state=claimed&tag=listening").await, [first.clone(), second.clone()]);
    assert_eq!(w.desk(&marit, "state=claimed&asked=me&guest=false").await, std::slice::from_ref(second));
    w.clock.set(until_then);
    assert_eq!(w.desk(&marit, "tag=listening&asked=me").await, [first.clone(), second.clone()]);
    assert_eq!(w.desk(&marit, "language=de&priority=0").await, std::slice::from_ref(third));
    assert!(w.desk(&marit, "state=claimed").await.is_empty());
}

#[actix_web::test]
async fn a_mention_and_a_reply_ask_the_coach_whom_they_name() {
    let Desk { w, colin, listening, asked, .. } = desk().await;
    let slug = listening["slug"].as_str().unwrap();
    let answer = w.reply(&colin, slug, &asked[0]).await;
    w.question_when(&colin, &asked[0], "answered").await;
    let follow_up = w.say(slug, "And then?", Some(&answer)).await;
    let thread = format!("/v1/articles/{slug}/comments");
    let body = json!({ "body": "What do you say?", "parent_id": asked[1], "mentions": [colin.id], "guest": { "name": "Ada" } });
    let mention = id(&w.post(&thread, &body).await.expect(201));
    let mine = vec![asked[2].clone(), follow_up.clone(), mention.clone()];
    until("both ask Colin", async || w.desk(&colin, "asked=me").await == mine).await;
    assert_eq!(w.question(&colin, &mention).await.expect(200)["asked_of_me"], true);
}

#[actix_web::test]
async fn what_becomes_of_an_article_reaches_its_questions() {
    let Desk { w, marit, colin, listening, asked, .. } = desk().await;
    let [first, second, third] = &asked;
    let changed = json!({ "tags": ["Patience"], "locale": "fr", "authors": [marit.id, colin.id] });
    let listening = w.edit(&marit, &listening, changed).await.expect(200);
    w.until_desk(&colin, "tag=patience", &[first, second]).await;
    w.until_desk(&colin, "tag=listening", &[]).await;
    w.until_desk(&colin, "language=fr", &[first, second]).await;
    w.until_desk(&colin, "asked=me", &[first, second, third]).await;
    let listening = w.act(&marit, &listening, "unpublish").await.expect(200);
    w.until_desk(&colin, "", &[third]).await;
    w.act(&marit, &listening, "publish").await.expect(200);
    w.until_desk(&colin, "", &[first, second, third]).await;
}

#[actix_web::test]
async fn a_question_is_the_same_however_it_is_found() {
    let Desk { w, marit, colin, listening, asked, .. } = desk().await;
    let (slug, question) = (listening["slug"].as_str().unwrap(), asked[1].as_str());
    let is_same = async |state: &str, by: &[&str]| {
        let stands = w.question_when(&marit, question, state).await;
        for by in by {
            let page = w.see(&marit, &format!("/v1/desk?state={state}&{by}")).await.expect(200);
            let item = page["items"].as_array().unwrap().iter().find(|item| item["comment"]["id"] == question);
            assert_eq!(item, Some(&stands), "{state} by {by}");
        }
    };
    let by = ["", "tag=listening", "asked=me", "asked=me&tag=even", "language=en&tag=even&guest=false"];
    is_same("waiting", &by).await;
    w.claim_question(&colin, question).await.expect(200);
    is_same("claimed", &by).await;
    w.release_question(&colin, question).await.expect(204);
    is_same("waiting", &by).await;
    let soon = w.clock.now() + TimeDelta::minutes(5);
    w.at_desk(&colin, question, "snooze", &json!({ "until": soon })).await.expect(200);
    is_same("snoozed", &by).await;
    w.clock.set(soon);
    is_same("waiting", &by).await;
    w.at_desk(&colin, question, "dismiss", &json!({})).await.expect(200);
    is_same("dismissed", &by).await;
    w.at_desk(&marit, question, "reopen", &json!({})).await.expect(200);
    is_same("waiting", &by).await;
    w.clock.set(soon + TimeDelta::minutes(1));
    w.reply(&colin, slug, question).await;
    is_same("answered", &by).await;
    // Who decided on it and who answered are not named any more, wherever it stands.
    w.leave(&colin, "anonymise").await;
    let marit = w.again(marit).await;
    let unnamed = async || w.question(&marit, question).await.json()["answer"]["by"].is_null();
    until("nobody is named", unnamed).await;
    let page =
        async |by: &str| w.see(&marit, &format!("/v1/desk?state=answered&{by}")).await.expect(200)["items"].clone();
    for other in &by[1..] {
        assert_eq!(page(other).await, page("").await, "by {other}");
    }
}
