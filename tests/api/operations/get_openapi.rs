use crate::world::World;
use colloquy::error::Code;

#[actix_web::test]
async fn the_document_is_openapi_3_1_and_declares_problems_everywhere() {
    let w = World::new().await;
    let document = w.get("/openapi.json").await.expect(200);
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(
                operation["responses"]["default"]["content"]["application/problem+json"].is_object(),
                "{method} {path}"
            );
            assert!(operation["operationId"].is_string(), "{method} {path}");
            let problems: Vec<Code> = serde_json::from_value(operation["x-problems"].clone()).unwrap();
            assert!(problems.contains(&Code::Internal), "{method} {path}");
        }
    }
}

#[actix_web::test]
async fn the_documentation_page_needs_nothing_from_outside() {
    let w = World::new().await;
    let page = w.get("/docs/").await;
    page.expect(200);
    assert!(!page.text().contains("https://"), "{}", page.text());
}
