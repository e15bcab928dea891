use crate::world::World;
use colloquy::{error::Code, http::problem};

#[actix_web::test]
async fn every_code_has_a_page() {
    let w = World::new().await;
    for code in Code::ALL {
        let name = problem::name(*code);
        let page = w.get(&format!("/problems/{name}")).await;
        page.expect(200);
        assert!(page.text().contains(&name) && page.text().contains(problem::title(*code)), "{name}");
    }
}

#[actix_web::test]
async fn an_unknown_code_has_none() {
    let w = World::new().await;
    w.get("/problems/no_such_code").await.problem(404, "not_found");
}
