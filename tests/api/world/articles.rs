//! Articles that are there before a test begins.

use super::{PATIENCE, Person, Reply, World, noon};
use chrono::TimeDelta;
use colloquy::articles::{self, CreateArticle, NewArticle, Status};
use reqwest::Method;
use serde_json::{Value, json};

/// Markdown with a lead and two steps.
pub const BODY: &str = "Begin with silence.\n\n## Step 1: Wait\n\nLonger.\n\n## Step 2: Listen\n\nTo **all** of it.";

impl World {
    /// GET of a page until it comes from the cache: a write that was just made may still be told and drop it once more.
    pub async fn get_kept(&self, path: &str) -> Reply {
        let kept = async {
            loop {
                if let (0, reply) = self.statements(self.get(path)).await {
                    return reply;
                }
            }
        };
        tokio::time::timeout(PATIENCE, kept).await.expect("a page is kept")
    }

    /// A draft, with these fields beside a body.
    pub async fn draft(&self, author: &Person, mut fields: Value) -> Value {
        fields["body"] = fields["body"].as_str().unwrap_or(BODY).into();
        self.request(Method::POST, "/v1/articles").bearer(&author.access_token).json(&fields).send().await.expect(201)
    }

    /// A published article, with these fields beside a body.
    pub async fn article(&self, author: &Person, fields: Value) -> Value {
        let draft = self.draft(author, fields).await;
        self.act(author, &draft, "publish").await.expect(200)
    }

    /// POST of `publish` or `unpublish` on an article as it was read.
    pub async fn act(&self, by: &Person, article: &Value, action: &str) -> Reply {
        let path = format!("/v1/articles/{}/{action}", article["slug"].as_str().unwrap());
        let revision = format!("\"{}\"", article["revision"]);
        self.request(Method::POST, &path).bearer(&by.access_token).header("if-match", &revision).send().await
    }

    /// PATCH of an article as it was read.
    pub async fn edit(&self, by: &Person, article: &Value, changes: Value) -> Reply {
        let path = format!("/v1/articles/{}", article["slug"].as_str().unwrap());
        let revision = format!("\"{}\"", article["revision"]);
        let request = self.request(Method::PATCH, &path).bearer(&by.access_token).header("if-match", &revision);
        request.json(&changes).send().await
    }

    /// Published articles `a-0`, `a-1`, …, each later than the one before except that three share a moment. Every
    /// second is tagged `even`.
    pub async fn shelf(&self, author: &Person, count: i64) {
        let write = self.write(async |tx| {
            for number in 0..count {
                let article = CreateArticle {
                    title: format!("A {number}"),
                    body: BODY.into(),
                    tags: Some(if number % 2 == 0 { vec!["Even".into()] } else { Vec::new() }),
                    authors: Some(vec![author.id.parse().unwrap()]),
                    ..CreateArticle::default()
                };
                let published_at = Some(noon() - TimeDelta::days(100) + TimeDelta::hours(number / 3));
                let new = NewArticle { status: Status::Published, published_at, ..NewArticle::from(article) };
                articles::create(tx, new, None).await?;
            }
            Ok(())
        });
        write.await.unwrap();
    }
}

/// The slugs of a list's items.
pub fn slugs(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| item["slug"].as_str().unwrap().to_owned()).collect()
}

/// A title and nothing else.
pub fn titled(title: &str) -> Value {
    json!({ "title": title })
}
