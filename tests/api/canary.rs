//! What nobody may see yet, or any more, stands in no answer: a word that only hidden comments hold, and every operation of the
//! OpenAPI document by everybody who is neither its writer nor a moderator, with every id and every value that it takes. A new
//! operation is crawled as soon as it stands in the document.

mod private;

use crate::world::{CAREFUL, Document, OPEN, Operation, Person, World, id};
use colloquy::{
    db::schema::{comments, events},
    http::permission::Scope,
};
use diesel::{dsl::sql, prelude::*, sql_types::Bool};
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// Of every hidden comment's text, and of every name that stands only beside one.
const CANARY: &str = "quetzalcoatlus";

/// Where moderators see what is hidden.
const DECIDING: &str = "/v1/moderation/";

/// Somebody who looks, with what they send as `Authorization`.
struct Looker {
    name: String,
    authorization: Option<String>,
    decides: bool,
}

impl Looker {
    fn new(name: &str, authorization: Option<String>) -> Self {
        Self { name: name.to_owned(), authorization, decides: false }
    }

    fn person(name: &str, person: &Person) -> Self {
        Self::new(name, Some(format!("Bearer {}", person.access_token)))
    }
}

/// A conversation in which something of every kind is hidden, and all who are not to see it.
struct Crawl {
    w: World,
    /// What nobody is to find, in small letters.
    word: &'static str,
    document: Document,
    /// What stands in paths, parameters and bodies, by name.
    values: BTreeMap<&'static str, BTreeSet<String>>,
    lookers: Vec<Looker>,
    sent: usize,
}

impl Crawl {
    async fn begin() -> Self {
        let w = World::new().await;
        let (slug, article_id) = w.article_taking("How to listen", OPEN).await;
        let (waits, waiting_id) = w.article_taking("How to wait", CAREFUL).await;
        let moderator = w.moderator("Hollis").await;
        let visible = w.say(&slug, "Good morning.", None).await;
        let hidden = hide(&w, &slug, &waits, &moderator).await;
        let lookers = lookers(&w, &slug, &moderator).await;
        let authors = comments::table.select((comments::account_id, comments::guest_id));
        let authors: Vec<(Option<Uuid>, Option<Uuid>)> = authors.load(&mut w.db.conn().await).await.unwrap();
        let authors = authors.into_iter().flat_map(|(account, guest)| [account, guest]).flatten();
        let ids = authors.chain([article_id, waiting_id]).map(|id| id.to_string());
        let values = BTreeMap::from([
            ("id", ids.chain(hidden).chain([visible]).collect()),
            ("slug", BTreeSet::from([slug.clone(), waits.clone()])),
            ("articles", BTreeSet::from([format!("{slug},{waits}")])),
            ("q", BTreeSet::from([CANARY.to_owned(), "see".into()])),
            ("path", BTreeSet::from(["/how-to-wait".to_owned()])),
            ("kind", BTreeSet::from(["helpful".to_owned()])),
            ("code", BTreeSet::from(["validation".to_owned()])),
            ("limit", BTreeSet::from(["100".to_owned()])),
        ]);
        Self { w, word: CANARY, document: Document::read(), values, lookers, sent: 0 }
    }

    /// All paths of an operation; and each again with each value of each parameter.
    fn addresses(&self, operation: &Operation) -> Vec<String> {
        let mut paths = vec![operation.path.clone()];
        for name in &operation.in_path {
            let values = self.values_of(name, &Value::Null);
            let fill = |path: &String| values.iter().map(|value| path.replace(&format!("{{{name}}}"), value)).collect();
            paths = paths.iter().flat_map(|path| -> Vec<String> { fill(path) }).collect();
        }
        let parameters = operation.described["parameters"].as_array().cloned().unwrap_or_default();
        let mut required = String::new();
        let mut queries = BTreeSet::new();
        for parameter in parameters.iter().filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            let values = self.values_of(name, &parameter["schema"]);
            let pairs = values.iter().map(|value| format!("{name}={value}&"));
            if parameter["required"] == true {
                required.push_str(&pairs.clone().next().unwrap_or_default());
            }
            queries.extend(pairs);
        }
        queries.insert(String::new());
        let with = |path: &String| queries.iter().map(|query| format!("{path}?{query}{required}")).collect::<Vec<_>>();
        paths.iter().flat_map(with).collect()
    }

    /// Values of a parameter: those that are known here, those that the document lists, else none.
    fn values_of(&self, name: &str, schema: &Value) -> Vec<String> {
        let known = self.values.get(name).or_else(|| name.ends_with("_id").then(|| &self.values["id"]));
        if let Some(known) = known {
            return known.iter().cloned().collect();
        }
        let schema = self.document.resolve(schema);
        let listed = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
        listed.map(str::to_owned).collect()
    }

    /// Bodies that an operation takes: one for each thing that it may be about.
    fn bodies(&self, operation: &Operation) -> Vec<Option<Value>> {
        if !operation.takes_body {
            return vec![None];
        }
        let body = self.document.plausible("", operation.body());
        let about = body.as_object().into_iter().flatten().find(|(name, _)| name.ends_with("_id"));
        let Some((field, _)) = about else { return vec![Some(body)] };
        let with = |id: &String| {
            let mut body = body.clone();
            body[field.as_str()] = json!(id);
            Some(body)
        };
        self.values["id"].iter().map(with).collect()
    }

    /// One request, whose answer does not show it.
    async fn look(&mut self, who: usize, method: &Method, address: &str, body: Option<&Value>) {
        self.sent += 1;
        let Looker { name, authorization, .. } = &self.lookers[who];
        // From everywhere: much of it is counted.
        let from = format!("198.{}.{}.{}", 18 + self.sent / 62_500, self.sent / 250 % 250, self.sent % 250);
        let mut request = self.w.request(method.clone(), address).from(&from).header("if-match", "*");
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let reply = request.send().await;
        assert!(reply.status.as_u16() < 500, "{method} {address} as {name}: {}", reply.text());
        let answer = format!("{:?} {}", reply.headers, reply.text()).to_lowercase();
        // What was asked for may be said again: the link to the next page asks for it too.
        let answer = answer.replace(&format!("q={}", self.word), "");
        assert!(!answer.contains(self.word), "{method} {address} shows it to {name}: {answer}");
    }
}

/// Comments that wait, were rejected, are held and were deleted, each with a reply by a guest, and one that says something else
/// now; all their ids.
async fn hide(w: &World, slug: &str, waits: &str, moderator: &Person) -> Vec<String> {
    let writer = w.reader("Wren").await;
    let mut hidden = Vec::new();
    for (what, slug) in [("waits", waits), ("reject", slug), ("hold", slug), ("delete", slug)] {
        let body = format!("The {CANARY} is to {what}.");
        let posted = id(&w.post_as(&writer.access_token, slug, &json!({ "body": body })).await.expect(201));
        let parent = (what != "waits").then_some(&posted);
        let reply = json!({ "body": body, "parent_id": parent, "guest": { "name": format!("A {CANARY}, {what}") } });
        let reply = id(&w.post(&format!("/v1/articles/{slug}/comments"), &reply).await.expect(201));
        if let Some(posted) = parent {
            // Where something visible hangs on it, it leaves a tombstone.
            w.say(slug, "I see.", Some(&reply)).await;
            for comment in [&reply, posted] {
                match what {
                    "delete" => w.delete(&moderator.access_token, comment).await.expect(204),
                    verdict => w.decide(&moderator.access_token, comment, verdict).await.expect(200),
                };
            }
        }
        hidden.extend([posted, reply]);
    }
    // What somebody said before they said something else.
    let body = json!({ "body": format!("The {CANARY} was here.") });
    let edited = id(&w.post_as(&writer.access_token, slug, &body).await.expect(201));
    let edit = w.request(Method::PATCH, &format!("/v1/comments/{edited}")).bearer(&writer.access_token);
    edit.header("if-match", "*").json(&json!({ "body": "Never mind." })).send().await.expect(200);
    hidden.push(edited);
    hidden
}

/// Everybody but the writers. Those who may see it come first, so that nothing kept for them would go unnoticed.
async fn lookers(w: &World, slug: &str, moderator: &Person) -> Vec<Looker> {
    let admin = w.admin("June").await;
    let decides = |looker: Looker| Looker { decides: true, ..looker };
    let mut lookers = vec![decides(Looker::person("moderator", moderator)), decides(Looker::person("admin", &admin))];
    for scope in Scope::ALL {
        let token = w.service(&admin, &[scope.as_str()]).await.1;
        let looker = Looker::new(scope.as_str(), Some(format!("Bearer {token}")));
        lookers.push(Looker { decides: scope.as_str() == "moderation", ..looker });
    }
    let guest = w.post_as_guest(slug, "Good evening.", None).await.expect(201);
    lookers.push(Looker::new("guest", Some(format!("Guest {}", guest["manage_token"].as_str().unwrap()))));
    lookers.push(Looker::person("reader", &w.reader("Robin").await));
    lookers.push(Looker::person("coach", &w.coach("Marit").await));
    lookers.push(Looker::new("nobody", None));
    lookers
}

#[actix_web::test]
async fn no_answer_shows_what_is_hidden() {
    let mut crawl = Crawl::begin().await;
    let operations = crawl.document.operations();
    let (reading, changing): (Vec<&Operation>, Vec<&Operation>) =
        operations.iter().partition(|it| it.method == Method::GET);
    for who in 0..crawl.lookers.len() {
        let decides = crawl.lookers[who].decides;
        for operation in reading.iter().filter(|it| !(decides && it.path.starts_with(DECIDING))) {
            for address in crawl.addresses(operation) {
                crawl.look(who, &Method::GET, &address, None).await;
            }
        }
    }
    // Then whatever else somebody may try; what makes them somebody else comes last. Those who decide would show it.
    let leaving = |it: &&Operation| it.path.starts_with("/v1/accounts") || it.path.starts_with("/v1/sessions");
    let (last, first): (Vec<_>, Vec<_>) = changing.into_iter().partition(leaving);
    for who in 0..crawl.lookers.len() {
        if crawl.lookers[who].decides {
            continue;
        }
        for operation in first.iter().chain(&last) {
            for body in crawl.bodies(operation) {
                for address in crawl.addresses(operation) {
                    crawl.look(who, &operation.method, &address, body.as_ref()).await;
                }
            }
        }
    }
    assert!(crawl.sent > 1000, "only {} answers were looked at", crawl.sent);
    // It is there to be found, and nobody was told of it.
    let w = &crawl.w;
    let queue = w.request(Method::GET, "/v1/moderation/comments?limit=100");
    let queue = queue.header("authorization", crawl.lookers[0].authorization.as_ref().unwrap()).send().await;
    assert!(queue.text().contains(CANARY));
    let told: i64 = events::table
        .filter(sql::<Bool>("events::text ILIKE '%quetzalcoatlus%'"))
        .count()
        .get_result(&mut w.db.conn().await)
        .await
        .unwrap();
    assert_eq!(told, 0);
    for mail in std::fs::read_dir(w.mails.path()).unwrap() {
        let mail = std::fs::read_to_string(mail.unwrap().path()).unwrap();
        assert!(!mail.contains(CANARY), "{mail}");
    }
}
