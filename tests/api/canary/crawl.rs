//! Every operation, by everybody, with everything that it takes.

use super::{
    Turn,
    lookers::{Looker, newcomers},
    secrets::Secret,
};
use crate::world::{Document, Operation, Reply, World};
use futures_util::{StreamExt, future::ready, stream};
use reqwest::Method;
use serde_json::{Value, json};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

/// The fewest answers that let somebody in when they read everything there is, `nobody` among them.
const LET_IN: usize = 20;

/// What everybody may do a few times only, however many ask.
const RATIONED: [&str; 1] = ["/v1/accounts/me/exports"];

/// What an id in a path is one of, by how the path begins; elsewhere it may be anything.
const OF: [(&str, &str); 6] = [
    ("/v1/comments/", "comment_id"),
    ("/v1/moderation/comments/", "comment_id"),
    ("/v1/desk/{", "comment_id"),
    ("/v1/private-threads/", "thread_id"),
    ("/v1/accounts/{", "account_id"),
    ("/v1/drafts/", "article_id"),
];

/// Requests that are on their way at the same time.
const AT_ONCE: usize = 8;

/// What stands in paths, parameters and bodies, by name; `id` holds the ids of what has no name.
pub type Values = BTreeMap<&'static str, BTreeSet<String>>;

/// A world in which something is planted, and all who look for it.
pub struct Crawl {
    pub w: World,
    pub lookers: Vec<Looker>,
    /// What is not to be found but where it may be.
    secrets: &'static [Secret],
    document: Document,
    values: Values,
    /// Operations by which something was made whose id is known by now.
    made: BTreeSet<String>,
    /// What was found where it may be.
    found: RefCell<BTreeSet<&'static str>>,
    sent: Cell<usize>,
}

impl Crawl {
    pub fn new(w: World, secrets: &'static [Secret], lookers: Vec<Looker>, mut values: Values) -> Self {
        let usual = [("kind", "helpful"), ("code", "validation"), ("limit", "100"), ("no", "1"), ("q", "see")];
        for (name, value) in usual {
            values.entry(name).or_default().insert(value.to_owned());
        }
        values.entry("q").or_default().extend(secrets.iter().map(|secret| secret.word.to_owned()));
        let (document, made) = (Document::read(), BTreeSet::new());
        Self { w, lookers, secrets, document, values, made, found: RefCell::default(), sent: Cell::default() }
    }

    /// Everybody reads everything, does what they may, and reads what came of it; until all have gone, and others read what is
    /// left. What somebody does that `lets_in` is left out.
    pub async fn all(&mut self, lets_in: impl Fn(&Looker, &Operation) -> bool) {
        self.read().await;
        self.change(Turn::Adds, &lets_in).await;
        self.read().await;
        self.change(Turn::TakesAway, &lets_in).await;
        self.change(Turn::Ends, &lets_in).await;
        self.lookers = newcomers(&self.w).await;
        self.publish_again().await;
        self.read().await;
    }

    /// What stands under an article is shown as it would have been.
    async fn publish_again(&self) {
        let admin = self.w.log_in("nils@example.org").await.0;
        for slug in &self.values["slug"] {
            let publish = self.w.request(Method::POST, &format!("/v1/articles/{slug}/publish")).bearer(&admin);
            publish.header("if-match", "*").send().await.expect(200);
        }
    }

    /// Everybody reads everything, and is who they are all the while.
    pub async fn read(&self) {
        let operations = self.document.operations();
        let reading: Vec<&Operation> = operations.iter().filter(|it| Turn::of(it) == Turn::Reads).collect();
        for looker in &self.lookers {
            self.is_at_home(looker).await;
            let all = reading.iter().flat_map(|it| self.addresses(it).into_iter().map(move |address| (it, address)));
            let looking = all.map(|(operation, address)| self.look(looker, operation, address, None));
            let let_in = stream::iter(looking).buffer_unordered(AT_ONCE).filter(|it| ready(it.status.is_success()));
            let let_in = let_in.count().await;
            self.is_at_home(looker).await;
            assert!(let_in >= LET_IN, "{} was let in {let_in} times", looker.name);
        }
    }

    /// Everybody changes what they can.
    async fn change(&mut self, turn: Turn, lets_in: &impl Fn(&Looker, &Operation) -> bool) {
        let operations = self.document.operations();
        let mut made = Vec::new();
        for looker in &self.lookers {
            for operation in operations.iter().filter(|it| Turn::of(it) == turn && !lets_in(looker, it)) {
                let (bodies, addresses) = (self.bodies(operation), self.addresses(operation));
                let all = bodies.iter().flat_map(|body| addresses.iter().map(move |address| (address, body)));
                let looking = all.map(|(address, body)| self.look(looker, operation, address.clone(), body.as_ref()));
                let replies: Vec<Reply> = stream::iter(looking).buffer_unordered(AT_ONCE).collect().await;
                let ids = replies.iter().filter(|it| it.status.as_u16() == 201);
                made.extend(ids.filter_map(|it| Some((operation.name.clone(), it.json()["id"].as_str()?.to_owned()))));
            }
        }
        // What was made is looked at from now on, one of each kind.
        for (name, id) in made {
            if self.made.insert(name) {
                self.values.entry("id").or_default().insert(id);
            }
        }
    }

    /// Fails unless everything was seen by those who may see it: then it was there to be found.
    pub fn assert_found(&self, words: &[&'static str]) {
        assert_eq!(*self.found.borrow(), words.iter().copied().collect(), "what was found where it may be");
    }

    /// They are let in as who they are; else that they see nothing would say nothing.
    async fn is_at_home(&self, looker: &Looker) {
        let (path, status) = looker.home;
        let mut request = self.w.request(Method::GET, path);
        if let Some(authorization) = &looker.authorization {
            request = request.header("authorization", authorization);
        }
        let reply = request.send().await;
        assert_eq!(reply.status.as_u16(), status, "{} at {path}: {}", looker.name, reply.text());
    }

    /// One request, whose answer does not show what it is not to show.
    async fn look(&self, looker: &Looker, operation: &Operation, address: String, body: Option<&Value>) -> Reply {
        let sent = self.sent.get() + 1;
        self.sent.set(sent);
        // From everywhere: much of it is counted.
        let from = format!("198.{}.{}.{}", 18 + sent / 62_500, sent / 250 % 250, sent % 250);
        let mut request = self.w.request(operation.method.clone(), &address).from(&from).header("if-match", "*");
        if let Some(authorization) = &looker.authorization {
            request = request.header("authorization", authorization);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let reply = request.send().await;
        let what = format!("{} {address} as {}", operation.method, looker.name);
        assert!(reply.status.as_u16() < 500, "{what}: {}", reply.text());
        let rationed = RATIONED.contains(&operation.path.as_str());
        assert!(rationed || reply.status.as_u16() != 429, "{what}: {}", reply.text());
        let answer = format!("{:?} {}", reply.headers, reply.text()).to_lowercase();
        for secret in self.secrets {
            // What was asked for may be said again: the link to the next page asks for it too.
            if answer.replace(&format!("q={}", secret.word), "").contains(secret.word) {
                assert!(secret.is_shown(&looker.name, &address), "{what} shows {}: {answer}", secret.word);
                self.found.borrow_mut().insert(secret.word);
            }
        }
        reply
    }

    /// All paths of an operation, with all that they require; and each value of what they do not, at one of them.
    fn addresses(&self, operation: &Operation) -> Vec<String> {
        let mut paths = vec![operation.path.clone()];
        for name in &operation.in_path {
            let of = OF.iter().find(|(beginning, _)| name == "id" && operation.path.starts_with(beginning));
            let values = self.values_of(of.map_or(name.as_str(), |(_, of)| of), &Value::Null);
            assert!(!values.is_empty(), "{}: nothing is known to stand for {name}", operation.path);
            paths = product(&paths, &values, |path, value| path.replace(&format!("{{{name}}}"), value));
        }
        let parameters = operation.described["parameters"].as_array().cloned().unwrap_or_default();
        let (mut required, mut optional) = (vec!["?".to_owned()], Vec::new());
        for parameter in parameters.iter().filter(|parameter| parameter["in"] == "query") {
            let name = parameter["name"].as_str().unwrap();
            let pairs = self.values_of(name, &parameter["schema"]).into_iter().map(|value| format!("{name}={value}&"));
            let pairs: Vec<String> = pairs.collect();
            if parameter["required"] == true && !pairs.is_empty() {
                required = product(&required, &pairs, |query, pair| format!("{query}{pair}"));
            } else {
                optional.extend(pairs);
            }
        }
        let mut addresses = product(&paths, &required, |path, query| format!("{path}{query}"));
        let further =
            optional.iter().zip(paths.iter().cycle()).map(|(pair, path)| format!("{path}{}{pair}", required[0]));
        addresses.extend(further);
        addresses
    }

    /// Values of a parameter: those that are known here, those that the document lists, else none.
    fn values_of(&self, name: &str, schema: &Value) -> Vec<String> {
        let known = self.values.get(name).into_iter().flatten().cloned();
        match (name != "id" && self.values.contains_key(name), name.ends_with("id")) {
            (true, true) => known.chain(self.values.get("id").into_iter().flatten().cloned()).collect(),
            (true, false) => known.collect(),
            (false, true) => self.ids(),
            (false, false) => {
                let schema = self.document.resolve(schema);
                let listed = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
                listed.map(str::to_owned).collect()
            }
        }
    }

    /// One id of everything that is known by its kind, and all others.
    fn ids(&self) -> Vec<String> {
        let ids = self.values.iter().filter(|(name, _)| name.ends_with("id"));
        ids.flat_map(|(name, ids)| ids.iter().take(if *name == "id" { ids.len() } else { 1 }).cloned()).collect()
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
        self.values_of(field, &Value::Null).iter().map(with).collect()
    }
}

/// Each of these with each of those.
fn product(these: &[String], those: &[String], join: impl Fn(&str, &str) -> String) -> Vec<String> {
    these.iter().flat_map(|this| those.iter().map(|that| join(this, that))).collect()
}
