//! What the importers and the conversation ask of articles.

use crate::world::{World, noon, titled};
use chrono::TimeDelta;
use colloquy::{
    articles::{self, Change, CreateArticle, Imported, NewArticle, Outcome, Slug, Status},
    error::{Code, Result},
    screening::Mode,
};
use serde_json::json;
use uuid::Uuid;

fn post(title: &str, body: &str) -> Imported {
    let article = CreateArticle { title: title.into(), body: body.into(), ..CreateArticle::default() };
    let (published_at, addresses) = (Some(noon() - TimeDelta::days(1000)), vec!["/?p=11".into()]);
    let new = NewArticle {
        status: Status::Published,
        published_at,
        updated_at: None,
        addresses,
        ..NewArticle::from(article)
    };
    Imported { id: None, article: new }
}

async fn import(w: &World, imported: &Imported) -> Result<Outcome> {
    w.write(async |tx| articles::import_article(tx, imported.clone()).await).await
}

#[actix_web::test]
async fn an_import_creates_then_leaves_then_changes() {
    let w = World::new().await;
    let first = import(&w, &post("Old post", "Text.")).await.unwrap();
    assert_eq!(first.change, Change::Created);
    let article = w.get("/v1/articles/old-post").await.expect(200);
    assert_eq!(article["id"], first.article_id.to_string());
    assert_eq!((&article["published_at"], &article["authors"]), (&json!("2023-06-18T12:00:00Z"), &json!([])));
    assert_eq!(article["updated_at"], article["published_at"]);
    assert_eq!(w.get("/v1/resolve?path=/?p=11").await.expect(200)["article"], "old-post");

    let known = |title, body| Imported { id: Some(first.article_id), ..post(title, body) };
    assert_eq!(import(&w, &known("Old post", "Text.")).await.unwrap().change, Change::Unchanged);
    assert_eq!(w.get("/v1/articles/old-post").await.expect(200), article);
    let changed = import(&w, &known("Old post, mended", "Text.")).await.unwrap();
    assert_eq!(changed, Outcome { article_id: first.article_id, change: Change::Changed });
    assert_eq!(w.get("/v1/articles/old-post").await.expect(200)["title"], "Old post, mended");
}

#[actix_web::test]
async fn what_was_accepted_elsewhere_is_accepted_here() {
    let w = World::new().await;
    let mut blank = post(" ", "");
    blank.article.article.slug = Some("%d7%a9%d7%9c%d7%95%d7%9d".into());
    blank.article.article.tags = Some((0..40).map(|number| format!("Tag {number}")).collect());
    import(&w, &blank).await.unwrap();
    blank.article.article.slug = None;
    import(&w, &blank).await.unwrap();
    import(&w, &blank).await.unwrap();
    let list = w.get("/v1/articles").await.expect(200);
    let mut slugs = crate::world::slugs(&list);
    slugs.sort();
    assert_eq!(slugs.len(), 3);
    assert!(slugs.contains(&"untitled".to_owned()) && slugs.contains(&"untitled-2".to_owned()), "{slugs:?}");
    assert!(list["items"].as_array().unwrap().iter().all(|item| item["title"] == "Untitled"));
    assert_eq!(list["items"][0]["tags"].as_array().unwrap().len(), 40);

    let error = import(&w, &post("a\0b", "Text.")).await.unwrap_err();
    assert_eq!(error.code, Code::Validation);
}

#[actix_web::test]
async fn what_was_decided_here_stays() {
    let w = World::new().await;
    let root = w.admin("Root").await;
    let first = import(&w, &post("Old post", "Text.")).await.unwrap();
    let article = w.get("/v1/articles/old-post").await.expect(200);
    let article = w.edit(&root, &article, json!({ "slug": "better" })).await.expect(200);
    w.act(&root, &article, "unpublish").await.expect(200);
    let again = Imported { id: Some(first.article_id), ..post("Old post", "Other text.") };
    assert_eq!(import(&w, &again).await.unwrap().change, Change::Changed);
    w.get("/v1/articles/better").await.problem(404, "not_found");
    // An address of another article stays where it leads.
    let second = import(&w, &post("Second", "Text.")).await.unwrap();
    assert_ne!(second.article_id, first.article_id);
    w.get("/v1/resolve?path=/?p=11").await.problem(404, "not_found");
}

#[actix_web::test]
async fn the_conversation_learns_who_may_join_it() {
    let w = World::new().await;
    let ada = w.coach("Ada").await;
    let fields = json!({ "title": "T", "comments": { "open": false, "guests": false, "moderation": "all" } });
    let article = w.article(&ada, fields).await;
    w.edit(&ada, &article, json!({ "slug": "u" })).await.expect(200);
    w.draft(&ada, titled("Hidden")).await;
    let id: Uuid = article["id"].as_str().unwrap().parse().unwrap();

    let slugs = ["t", "u", "hidden", "no-such-article"];
    let policies = w.write(async |tx| Ok(articles::for_comments(tx.conn, &slugs).await?)).await.unwrap();
    // By a former slug as well as by the present one.
    for asked in ["t", "u"] {
        let policy = &policies[asked];
        assert_eq!((policy.article_id, policy.slug.as_str()), (id, "u"));
        assert_eq!(policy.status, Status::Published);
        assert!(!policy.comments.open && !policy.comments.guests && policy.comments.moderation == Some(Mode::All));
    }
    assert_eq!((policies["hidden"].status, policies.len()), (Status::Draft, 3));
    assert!(["", "T", "a b", "a\0b"].iter().all(|text| Slug::try_from((*text).to_owned()).is_err()));
}
