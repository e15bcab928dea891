//! What happened to a comment, as whoever follows the events is told.

use super::super::types::{Author, Lock};
use crate::events::Event;
use serde_json::{Map, Value, json};
use uuid::Uuid;

/// What happened to a comment.
pub struct News<'a> {
    kind: &'static str,
    lock: &'a Lock,
    data: Map<String, Value>,
    by: Option<Uuid>,
    public: bool,
    mentioned: &'a [Author],
}

impl<'a> News<'a> {
    /// Something happened, under a thread that is held. Nobody did it, and it touches nothing that is shown, unless that is said.
    pub fn of(kind: &'static str, lock: &'a Lock, comment_id: Uuid) -> Self {
        let ids = [("article_id", lock.article_id), ("comment_id", comment_id)];
        let data = ids.into_iter().map(|(name, id)| (name.to_owned(), json!(id))).collect();
        Self { kind, lock, data, by: None, public: false, mentioned: &[] }
    }

    /// The account that did it.
    pub fn by(self, account_id: Option<Uuid>) -> Self {
        Self { by: account_id, ..self }
    }

    /// Whether the public sees what became of it.
    pub fn public(self, public: bool) -> Self {
        Self { public, ..self }
    }

    /// Whom the comment mentions, so that they can be told: nobody is told of what not everybody sees.
    pub fn mentioning(self, mentioned: &'a [Author]) -> Self {
        Self { mentioned, ..self }
    }

    /// What the comment replies to, also where that is nothing: whoever follows need not ask then whom it answers.
    pub fn in_reply_to(mut self, parent_id: Option<Uuid>) -> Self {
        self.data.insert("parent_id".into(), json!(parent_id));
        self
    }
}

impl From<News<'_>> for Event {
    fn from(news: News<'_>) -> Self {
        let News { kind, lock, mut data, by, public, mentioned } = news;
        if public && !mentioned.is_empty() {
            let ids: Vec<Uuid> = mentioned.iter().map(|person| person.id()).collect();
            data.insert("mentioned".into(), json!(ids));
        }
        Self {
            kind,
            stream: lock.article_id,
            version: lock.version,
            tags: if public { vec![format!("thread:{}", lock.article_id)] } else { Vec::new() },
            data: data.into(),
            actor_id: by,
        }
    }
}
