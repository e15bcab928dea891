//! Articles to comment on, and what is said under them.

use super::{BODY, Reply, World};
use colloquy::{
    articles::{self, CommentPolicyInput, CreateArticle, NewArticle},
    comments::{self, CommentStatus, GuestName, ImportedAuthor, ImportedComment},
    db::schema::comments as rows,
    screening::Mode,
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

/// Everybody may comment and is seen at once.
pub const OPEN: CommentPolicyInput = CommentPolicyInput {
    open: Some(true),
    guests: Some(true),
    moderation: Some(Some(Mode::Open)),
    links_held: None,
    close_after_days: None,
};

/// Everybody may comment and waits for a moderator.
pub const CAREFUL: CommentPolicyInput = CommentPolicyInput { moderation: Some(Some(Mode::All)), ..OPEN };

/// Where a thread was walked through: every comment as it stood on its page, without its replies.
pub type Walk = Vec<Value>;

impl World {
    /// A published article, and who may comment on it. Returns its slug and its id.
    pub async fn article_taking(&self, title: &str, policy: CommentPolicyInput) -> (String, Uuid) {
        let article = CreateArticle {
            title: title.into(),
            body: BODY.into(),
            comments: Some(policy),
            ..CreateArticle::default()
        };
        let new = NewArticle { status: articles::Status::Published, ..article.into() };
        let article = self.write(async |tx| articles::create(tx, new, None).await).await.unwrap();
        (article.summary.head.slug, article.summary.head.id)
    }

    /// The usual article.
    pub async fn open_article(&self) -> (String, Uuid) {
        self.article_taking("How to listen", OPEN).await
    }

    /// Posts as somebody with an account.
    pub async fn post_as(&self, token: &str, slug: &str, body: &Value) -> Reply {
        self.request(Method::POST, &format!("/v1/articles/{slug}/comments")).bearer(token).json(body).send().await
    }

    /// Posts as a new guest called Wendy.
    pub async fn post_as_guest(&self, slug: &str, text: &str, parent_id: Option<&str>) -> Reply {
        let body = json!({ "body": text, "parent_id": parent_id, "guest": { "name": "Wendy" } });
        self.post(&format!("/v1/articles/{slug}/comments"), &body).await
    }

    /// The id of a comment that a guest posted just now.
    pub async fn say(&self, slug: &str, text: &str, parent_id: Option<&str>) -> String {
        id(&self.post_as_guest(slug, text, parent_id).await.expect(201))
    }

    /// Deletes a comment, whatever its revision.
    pub async fn delete(&self, token: &str, id: &str) -> Reply {
        let request = self.request(Method::DELETE, &format!("/v1/comments/{id}")).bearer(token);
        request.header("if-match", "*").send().await
    }

    /// A moderator's `approve` or `reject`.
    pub async fn decide(&self, token: &str, id: &str, verdict: &str) -> Reply {
        self.request(Method::POST, &format!("/v1/moderation/comments/{id}/{verdict}")).bearer(token).send().await
    }

    /// A thread of so many visible comments, in which every third is a root and the others reply to one of the five
    /// before them: its depth grows with it.
    pub async fn thread(&self, article_id: Uuid, size: usize) -> Vec<Uuid> {
        let ids: Vec<Uuid> = (0..size).map(|_| self.clock.id()).collect();
        let batch: Vec<_> = (0..size)
            .map(|n| ImportedComment {
                id: ids[n],
                parent_id: (n % 3 != 0).then(|| ids[n - 1 - (n * 7) % n.min(5)]),
                author: ImportedAuthor::Guest(GuestName { name: "Annice".into(), email: None }),
                created_at: self.clock.now() + chrono::TimeDelta::seconds(i64::try_from(n).unwrap()),
                status: CommentStatus::Visible,
                body_markdown: format!("comment {n}"),
                fragment: None,
            })
            .collect();
        let import = self.write(async |tx| {
            comments::import_thread(tx, &self.secrets, article_id, &batch).await?;
            comments::finish_import(tx, article_id).await
        });
        import.await.unwrap();
        ids
    }

    /// Comments of an article that the database holds, whatever their status.
    pub async fn stored(&self, article_id: Uuid) -> i64 {
        let of_article = rows::table.filter(rows::article_id.eq(article_id)).count();
        of_article.get_result(&mut self.db.conn().await).await.unwrap()
    }

    /// Asserts that every stored counter is what counting gives.
    pub async fn assert_counters_right(&self) {
        let drift = comments::recount(&mut self.db.conn().await).await.unwrap();
        assert!(drift.is_empty(), "{drift:#?}");
    }

    /// Follows every `next` from an address on, those of replies too. `between` runs between two pages.
    pub async fn walk(&self, address: &str, between: impl AsyncFn(&Self)) -> Walk {
        let (mut walk, mut addresses) = (Vec::new(), vec![address.to_owned()]);
        while let Some(address) = addresses.pop() {
            let page = self.get(&address).await.expect(200);
            addresses.extend(page["next"].as_str().map(str::to_owned));
            let mut stack: Vec<Value> = page["items"].as_array().unwrap().clone();
            while let Some(mut comment) = stack.pop() {
                let replies = comment["replies"].take();
                addresses.extend(replies["next"].as_str().map(str::to_owned));
                stack.extend(replies["items"].as_array().unwrap().clone());
                walk.push(comment);
            }
            between(self).await;
        }
        walk
    }
}

/// The id in an answer.
#[track_caller]
pub fn id(comment: &Value) -> String {
    comment["id"].as_str().unwrap().to_owned()
}
