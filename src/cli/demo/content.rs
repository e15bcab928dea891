//! What the demo shows: texts in files beside this one, read at start.

use anyhow::{Context, Result, ensure};
use config::{Config, File, FileFormat};
use serde::{Deserialize, de::DeserializeOwned};

const PEOPLE: &str = include_str!("content/people.toml");
const THREAD: &str = include_str!("content/thread.toml");
const ARTICLES: [&str; 8] = [
    include_str!("content/articles/01-the-second-cup.md"),
    include_str!("content/articles/02-the-conversation-you-keep-putting-off.md"),
    include_str!("content/articles/03-who-notices-the-milk.md"),
    include_str!("content/articles/04-an-apology-that-costs-something.md"),
    include_str!("content/articles/05-somebody-elses-children.md"),
    include_str!("content/articles/06-sitting-with-a-grieving-friend.md"),
    include_str!("content/articles/07-the-money-talk-in-four-evenings.md"),
    include_str!("content/articles/08-before-you-press-send.md"),
];

/// Somebody with an account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// By which the other files name them.
    pub handle: String,
    pub display_name: String,
    pub role: String,
    pub email: String,
}

/// An article: what stands between the `+++` lines, and the Markdown below them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    pub title: String,
    pub slug: String,
    pub summary: String,
    pub tags: Vec<String>,
    /// Handles.
    pub authors: Vec<String>,
    pub published_days_ago: Option<i64>,
    #[serde(default)]
    pub draft: bool,
    pub locale: String,
    pub former_slug: Option<String>,
    #[serde(skip)]
    pub body: String,
}

/// A comment under an article.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comment {
    pub key: String,
    /// The key of the comment it answers.
    pub parent: Option<String>,
    /// Where it stands, if not under the thread's own article.
    pub article: Option<String>,
    /// Handle of the person who wrote it, or else
    pub author: Option<String>,
    /// the name that a guest gave.
    pub guest: Option<String>,
    /// After the article's publication.
    pub minutes_after: i64,
    pub body: String,
    /// `pending` waits for a moderator.
    pub state: Option<String>,
    #[serde(default)]
    pub deleted: bool,
}

/// All comments, and the article that most of them stand under.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thread {
    pub article: String,
    pub comments: Vec<Comment>,
}

#[derive(Deserialize)]
struct People {
    people: Vec<Person>,
}

pub fn people() -> Result<Vec<Person>> {
    Ok(parse::<People>(PEOPLE).context("people.toml")?.people)
}

pub fn thread() -> Result<Thread> {
    parse(THREAD).context("thread.toml")
}

pub fn articles() -> Result<Vec<Article>> {
    ARTICLES.iter().map(|text| article(text)).collect()
}

fn article(text: &str) -> Result<Article> {
    let mut parts = text.splitn(3, "+++\n");
    ensure!(parts.next() == Some(""), "an article must begin with +++");
    let (head, body) = (parts.next().unwrap_or_default(), parts.next().context("an article's +++ must end")?);
    Ok(Article { body: body.to_owned(), ..parse(head)? })
}

fn parse<T: DeserializeOwned>(toml: &str) -> Result<T> {
    Ok(Config::builder().add_source(File::from_str(toml, FileFormat::Toml)).build()?.try_deserialize()?)
}
