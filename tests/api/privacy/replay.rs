//! Erasing again after an older backup was restored.

use crate::world::World;
use colloquy::{accounts::ErasureMode, privacy};
use serde_json::{Value, json};

#[actix_web::test]
async fn whoever_was_erased_is_erased_again_from_a_backup_that_still_knows_them() {
    let w = World::new().await;
    let ada = w.reader("Quetzal").await;
    w.leave(&ada, "remove").await;
    let list = privacy::list_erasures(&mut w.db.conn().await, None, 100).await.unwrap();
    let line: Value = serde_json::from_str(&serde_json::to_string(&list[0]).unwrap()).unwrap();
    assert_eq!(line, json!({ "account_id": ada.id, "comments": "remove", "at": "2026-03-29T12:00:00Z" }));
    // The backup: the same account as it was before.
    let backup = World::new().await;
    let there = backup.reader("Quetzal").await;
    let (slug, _) = backup.open_article().await;
    backup.post_as(&there.access_token, &slug, &json!({ "body": "plumage" })).await.expect(201);
    let erasure = privacy::Erasure { account_id: there.id.parse().unwrap(), ..list[0].clone() };
    assert_eq!(erasure.comments, ErasureMode::Remove);
    let replay = async || privacy::replay(&backup.journal(), &backup.secrets, &erasure).await.unwrap();
    assert_eq!((replay().await, replay().await), (true, false));
    let dump = backup.dump().await;
    for canary in ["Quetzal", "plumage"] {
        World::assert_absent(&dump, "it", canary.as_bytes());
    }
    backup.get_as(&there.access_token, "/v1/accounts/me").await.problem(401, "unauthenticated");
    assert_eq!(privacy::list_erasures(&mut backup.db.conn().await, None, 100).await.unwrap().len(), 1);
    // One whom the backup does not know is passed over.
    assert!(!privacy::replay(&backup.journal(), &backup.secrets, &list[0]).await.unwrap());
}
