use super::{ask, draft_of, save_draft};
use crate::world::World;

#[actix_web::test]
async fn a_draft_is_its_coachs_alone() {
    let w = World::new().await;
    let (slug, _) = w.open_article().await;
    let (coach, other, admin) = (w.coach("Marit").await, w.coach("Colin").await, w.admin("June").await);
    let question = ask(&w, &slug, &coach, "How do I begin?").await;
    draft_of(&w, &coach, &question).await.problem(404, "not_found");
    save_draft(&w, &coach, &question, "Dear Wendy,").await.expect(200);
    for stranger in [&other, &admin] {
        draft_of(&w, stranger, &question).await.problem(404, "not_found");
    }
    // Two who answer the same have a draft each.
    save_draft(&w, &other, &question, "Hello Wendy,").await.expect(200);
    assert_eq!(draft_of(&w, &coach, &question).await.expect(200)["body"], "Dear Wendy,");
    draft_of(&w, &w.reader("Wren").await, &question).await.problem(403, "forbidden");
    // It stays when the question is hidden.
    w.decide(&w.moderator("Mo").await.access_token, &question, "reject").await.expect(200);
    assert_eq!(draft_of(&w, &coach, &question).await.expect(200)["body"], "Dear Wendy,");
}
