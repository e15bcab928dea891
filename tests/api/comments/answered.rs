//! Which conversations one of the publication's people has answered.

use crate::world::{CAREFUL, OPEN, Person, World, id};
use colloquy::{
    accounts::ErasureMode,
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
    http::permission::Role,
};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashMap;
use uuid::Uuid;

async fn reply(w: &World, by: &Person, slug: &str, parent: &str) -> String {
    let body = json!({ "body": format!("On this: {}", w.clock.id()), "parent_id": parent });
    id(&w.post_as(&by.access_token, slug, &body).await.expect(201))
}

/// Whether a root is answered, as the list says it, and as the root's own address does.
async fn answered(w: &World, slug: &str, root: &str) -> bool {
    let thread = w.get(&format!("/v1/articles/{slug}/comments?limit=100")).await.expect(200);
    let found = thread["items"].as_array().unwrap().iter().find(|item| id(item) == root).unwrap()["answered"].clone();
    let alone = w.get(&format!("/v1/comments/{root}")).await.expect(200)["answered"].clone();
    assert_eq!(found, alone);
    for yes in [true, false] {
        let listed = w.get(&format!("/v1/articles/{slug}/comments?limit=100&answered={yes}")).await.expect(200);
        assert!(listed["items"].as_array().unwrap().iter().all(|item| item["answered"] == yes));
        let there = listed["items"].as_array().unwrap().iter().any(|item| id(item) == root);
        assert_eq!(there, json!(yes) == found);
    }
    w.assert_counters_right().await;
    found.as_bool().unwrap()
}

#[actix_web::test]
async fn a_reply_by_staff_to_who_began_it_answers_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (asker, other) = (w.reader("Ada").await, w.reader("Bea").await);
    for role in [Role::Coach, Role::Moderator, Role::Admin] {
        let staff = w.person(&format!("June {}", role.as_str()), role).await;
        let root = id(&w.post_as(&asker.access_token, &slug, &json!({ "body": w.clock.id() })).await.expect(201));
        assert!(!answered(&w, &slug, &root).await);
        let by_other = reply(&w, &other, &slug, &root).await;
        // Whoever talks to others has not answered.
        reply(&w, &staff, &slug, &by_other).await;
        assert!(!answered(&w, &slug, &root).await);
        let again = reply(&w, &asker, &slug, &by_other).await;
        let answer = reply(&w, &staff, &slug, &again).await;
        assert!(answered(&w, &slug, &root).await);
        w.delete(&staff.access_token, &answer).await.expect(204);
        assert!(!answered(&w, &slug, &root).await);
        reply(&w, &staff, &slug, &root).await;
        assert!(answered(&w, &slug, &root).await);
        // Nobody answers themselves.
        let own = id(&w.post_as(&staff.access_token, &slug, &json!({ "body": w.clock.id() })).await.expect(201));
        reply(&w, &staff, &slug, &own).await;
        assert!(!answered(&w, &slug, &own).await);
    }
    // It is said of roots only.
    let thread = w.get(&format!("/v1/articles/{slug}/comments")).await.expect(200);
    let replies = thread["items"][0]["replies"]["items"].as_array().unwrap();
    assert!(!replies.is_empty() && replies.iter().all(|reply| reply["answered"] == Value::Null));
}

#[actix_web::test]
async fn an_answer_counts_while_everybody_sees_it() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, moderator) = (w.coach("June").await, w.moderator("Mo").await);
    let root = w.say(&slug, "Who can tell me?", None).await;
    let answer = reply(&w, &coach, &slug, &root).await;
    // It stays as a tombstone, and is no answer then.
    w.say(&slug, "Thank you.", Some(&answer)).await;
    for (verdict, is_so) in [("reject", false), ("approve", true), ("hold", false), ("approve", true)] {
        w.decide(&moderator.access_token, &answer, verdict).await.expect(200);
        assert_eq!(answered(&w, &slug, &root).await, is_so, "{verdict}");
    }
    w.delete(&moderator.access_token, &answer).await.expect(204);
    assert!(!answered(&w, &slug, &root).await);
    let restore = w.request(Method::POST, &format!("/v1/moderation/comments/{answer}/restore"));
    restore.bearer(&moderator.access_token).header("if-match", "*").send().await.expect(200);
    assert!(answered(&w, &slug, &root).await);
    // It counts whatever becomes of who asked, and of the question.
    w.delete(&moderator.access_token, &root).await.expect(204);
    assert!(answered(&w, &slug, &root).await);
}

#[actix_web::test]
async fn whatever_becomes_of_who_answered_the_answer_stays_one() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (june, kim, lou) = (w.coach("June").await, w.coach("Kim").await, w.coach("Lou").await);
    let mut roots = Vec::new();
    for coach in [&june, &kim, &lou] {
        let root = w.say(&slug, &format!("Who can tell me, {}?", w.clock.id()), None).await;
        reply(&w, coach, &slug, &root).await;
        roots.push(root);
    }
    for (coach, mode) in [(&june, ErasureMode::Anonymise), (&kim, ErasureMode::Remove)] {
        let account_id = coach.id.parse().unwrap();
        assert!(w.write(async |tx| comments::erase_author(tx, account_id, mode).await).await.unwrap());
    }
    let admin = w.admin("Ann").await;
    let role = w.request(Method::PUT, &format!("/v1/accounts/{}/role", lou.id)).bearer(&admin.access_token);
    role.json(&json!({ "role": "reader" })).send().await.expect(200);
    for (root, is_so) in roots.iter().zip([true, false, true]) {
        assert_eq!(answered(&w, &slug, root).await, is_so);
    }
}

#[actix_web::test]
async fn they_are_walked_in_every_order_and_a_cursor_is_good_for_one_of_them() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let coach = w.coach("June").await;
    let roots: Vec<String> = w.thread(article_id, 36).await.iter().step_by(3).map(Uuid::to_string).collect();
    let mut expected: [Vec<String>; 2] = Default::default();
    for (n, root) in roots.iter().enumerate() {
        if n % 3 > 0 {
            reply(&w, &coach, &slug, root).await;
        }
        expected[usize::from(n % 3 > 0)].push(root.clone());
    }
    let path = format!("/v1/articles/{slug}/comments");
    for (yes, expected) in [(false, &expected[0]), (true, &expected[1])] {
        for sort in ["oldest", "newest", "top"] {
            let (mut found, mut next) = (Vec::new(), Some(format!("{path}?answered={yes}&sort={sort}&limit=3")));
            while let Some(address) = next {
                let page = w.get(&address).await.expect(200);
                assert_eq!(page["pinned"], json!([]));
                if let Some(before) = page["prev"].as_str() {
                    let before = w.get(before).await.expect(200);
                    assert_eq!(id(before["items"].as_array().unwrap().last().unwrap()), found[found.len() - 1]);
                }
                found.extend(page["items"].as_array().unwrap().iter().map(id));
                next = page["next"].as_str().map(str::to_owned);
            }
            if sort != "oldest" {
                found.reverse();
            }
            assert_eq!(&found, expected, "{yes} {sort}");
        }
        let next = w.get(&format!("{path}?answered={yes}&limit=2")).await.expect(200)["next"].clone();
        let cursor = next.as_str().unwrap().split("cursor=").nth(1).unwrap();
        for other in ["sort=oldest".into(), format!("answered={}", !yes), format!("answered={yes}&sort=newest")] {
            let refused = w.get(&format!("{path}?{other}&cursor={cursor}")).await;
            assert_eq!(refused.problem(400, "bad_cursor"), ["cursor"]);
        }
    }
    // Neither changes how many there are.
    assert_eq!(w.get(&format!("{path}?answered=true")).await.expect(200)["root_count"], 12);
    for ill_formed in ["maybe", "", "1"] {
        let refused = w.get(&format!("{path}?answered={ill_formed}")).await;
        assert_eq!(refused.problem(400, "bad_request"), ["answered"], "{ill_formed}");
    }
}

#[actix_web::test]
async fn nothing_more_is_asked_where_no_staff_writes() {
    let w = World::with(&[("standing_seconds", "0")]).await;
    let (slug, _) = w.open_article().await;
    let (reader, coach) = (w.reader("Ada").await, w.coach("June").await);
    let root = w.say(&slug, "Who can tell me?", None).await;
    let mut sent = HashMap::new();
    for person in [&reader, &coach, &reader, &coach] {
        let (statements, _) = w.statements(reply(&w, person, &slug, &root)).await;
        sent.insert(&person.id, statements);
    }
    eprintln!("a reply by a reader and one by a coach take {} and {} statements", sent[&reader.id], sent[&coach.id]);
    // Who a reader is, and where from, is asked; of a coach, whom the reply answers.
    assert!(sent[&coach.id] <= sent[&reader.id] + 3);
}

#[actix_web::test]
async fn what_was_written_elsewhere_counts_by_the_roles_of_now() {
    let w = World::new().await;
    let (slug, article_id) = w.open_article().await;
    let (coach, reader) = (w.coach("June").await, w.reader("Ada").await);
    let ids: Vec<Uuid> = (0..7).map(|_| w.clock.id()).collect();
    let guest = |name: &str| ImportedAuthor::Guest(GuestName { name: name.into(), email: None });
    let member = |person: &Person| ImportedAuthor::Member(person.id.parse().unwrap());
    let comment = |n: usize, parent: Option<usize>, author| ImportedComment {
        id: ids[n],
        parent_id: parent.map(|parent| ids[parent]),
        author,
        created_at: w.clock.now(),
        status: CommentStatus::Visible,
        body_markdown: format!("comment {n}"),
        fragment: None,
    };
    let batch = [
        comment(0, None, guest("Annice")),
        comment(1, Some(0), guest("Bert")),
        comment(2, Some(1), guest("Annice")),
        comment(3, Some(2), member(&coach)),
        comment(4, None, member(&reader)),
        comment(5, Some(4), guest("Bert")),
        comment(6, Some(5), member(&coach)),
    ];
    let import = w.write(async |tx| {
        comments::import_thread(tx, &w.secrets, article_id, &batch).await?;
        comments::finish_import(tx, article_id).await
    });
    import.await.unwrap();
    assert!(answered(&w, &slug, &ids[0].to_string()).await);
    assert!(!answered(&w, &slug, &ids[4].to_string()).await);
}

/// The same numbers in every run (Knuth, MMIX).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// A comment as this test remembers it: who wrote it, and below what.
struct Remembered {
    id: String,
    author: usize,
    parent: Option<usize>,
    root: usize,
}

#[actix_web::test]
async fn whatever_happens_it_is_what_reading_the_conversation_gives() {
    let w = World::new().await;
    let people = [w.reader("Ada").await, w.reader("Bea").await, w.coach("June").await, w.moderator("Mo").await];
    let moderator = &people[3];
    for seed in 1..=3 {
        let policy = if seed == 2 { CAREFUL } else { OPEN };
        let (slug, _) = w.article_taking(&format!("Article {seed}"), policy).await;
        let (mut dice, mut there) = (Dice(seed), Vec::<Remembered>::new());
        for step in 0..120 {
            let picked = (!there.is_empty()).then(|| dice.roll(there.len()));
            match (dice.roll(10), picked) {
                (roll @ 0..=2, Some(at)) => {
                    let verdict = ["approve", "reject", "hold"][roll];
                    drop(w.decide(&moderator.access_token, &there[at].id, verdict).await);
                }
                (3, Some(at)) => drop(w.delete(&moderator.access_token, &there[at].id).await),
                (4, Some(at)) => {
                    let path = format!("/v1/moderation/comments/{}/restore", there[at].id);
                    let restore = w.request(Method::POST, &path).bearer(&moderator.access_token);
                    drop(restore.header("if-match", "*").send().await);
                }
                (roll, parent) => {
                    let (parent, author) = (parent.filter(|_| roll > 5), dice.roll(4));
                    let parent_id = parent.map(|at| &there[at].id);
                    let body = json!({ "body": format!("step {step}"), "parent_id": parent_id });
                    let posted = w.post_as(&people[author].access_token, &slug, &body).await;
                    if posted.status.as_u16() == 201 {
                        let root = parent.map_or(there.len(), |at| there[at].root);
                        there.push(Remembered { id: id(&posted.json()), author, parent, root });
                    }
                }
            }
            if step % 20 == 19 {
                w.assert_counters_right().await;
                assert_eq!(seen(&w, &slug).await, read(&w, &slug, &there).await, "seed {seed}, step {step}");
            }
        }
    }
}

/// What is said of the roots.
async fn seen(w: &World, slug: &str) -> HashMap<String, bool> {
    let thread = w.get(&format!("/v1/articles/{slug}/comments?limit=100")).await.expect(200);
    let items = thread["items"].as_array().unwrap().iter();
    items.map(|root| (id(root), root["answered"].as_bool().unwrap())).collect()
}

/// What it should be, by who wrote what, and by what everybody sees.
async fn read(w: &World, slug: &str, there: &[Remembered]) -> HashMap<String, bool> {
    let walk = w.walk(&format!("/v1/articles/{slug}/comments"), async |_| ()).await;
    let visible = |comment: &Remembered| walk.iter().any(|it| id(it) == comment.id && it["status"] == "visible");
    let answers = |comment: &&Remembered| {
        let asker = there[comment.root].author;
        comment.author >= 2
            && comment.author != asker
            && comment.parent.is_some_and(|parent| there[parent].author == asker)
            && visible(comment)
    };
    let roots = walk.iter().filter(|it| it["parent_id"] == Value::Null);
    let answered = |root: &Value| there.iter().filter(|it| there[it.root].id == id(root)).any(|it| answers(&it));
    roots.map(|root| (id(root), answered(root))).collect()
}
