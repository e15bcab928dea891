use crate::world::World;
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use zip::ZipArchive;

#[actix_web::test]
async fn it_unpacks_to_the_document_and_the_comments() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let (slug, _) = w.open_article().await;
    let own = w.post_as(&ada.access_token, &slug, &json!({ "body": "Thank *you*. Grüße" })).await.expect(201);
    let at = w.export(&ada.access_token).await;
    let reply = w.get_as(&ada.access_token, &format!("{at}/archive")).await;
    reply.expect(200);
    assert_eq!(reply.header("content-type"), "application/zip");
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"export.zip\"");
    let mut zip = ZipArchive::new(Cursor::new(reply.bytes)).unwrap();
    let names: Vec<_> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let id = own["id"].as_str().unwrap();
    assert_eq!(names, ["README.md", "export.json", &format!("comments/2026-03-14-{slug}-{id}.md")]);
    let mut read = |name: &str| {
        let mut text = String::new();
        zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let comment = read(&names[2]);
    assert!(comment.contains("- status: visible\n") && comment.ends_with("\nThank *you*. Grüße\n"), "{comment}");
    let inside: Value = serde_json::from_str(&read("export.json")).unwrap();
    assert_eq!(inside, w.get_as(&ada.access_token, &format!("{at}/document")).await.expect(200));
}

#[actix_web::test]
async fn there_is_none_while_it_is_prepared() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let at = format!("/v1/accounts/me/exports/{}", w.unfinished_export(&ada).await);
    w.get_as(&ada.access_token, &format!("{at}/archive")).await.problem(409, "conflict");
}
