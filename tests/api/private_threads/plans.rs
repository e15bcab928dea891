//! How Postgres finds somebody's threads among those of all others: by indexes.

use super::{bearer, get, opened, taken, verified_guest};
use crate::world::{Plans, TestDb, World, noon};
use colloquy::clock::Clock;
use diesel_async::SimpleAsyncConnection;

/// Readers without number, each with some threads.
const OTHERS: &str = "
    INSERT INTO accounts SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', gen_random_uuid(), 'email_hash', NULL, 'email_sealed', NULL))).*
    FROM accounts AS a, generate_series(1, 2000) WHERE a.display_name = 'Wren';
    INSERT INTO private_threads (id, reader_account_id, state, key_sealed, created_at, opened_at, last_at)
    SELECT gen_random_uuid(), id, 'open', '', now(), now(), now() - n * interval '1 minute'
    FROM accounts, generate_series(1, 5) AS n WHERE display_name = 'Wren';
    VACUUM ANALYZE";

#[actix_web::test]
async fn nobodys_list_reads_the_whole_table() {
    let db = TestDb::new().await;
    let plans = Plans::of(&db).await;
    let w = World::on(db, Clock::held_at(noon()), &[]).await;
    let (slug, _) = w.open_article().await;
    let (ada, marit) = (bearer(&w.reader("Ada").await), w.coach("Marit").await);
    let guest = verified_guest(&w, &slug, "Lantern").await.authorization;
    w.reader("Wren").await;
    taken(&w, &ada, &marit).await;
    taken(&w, &guest, &marit).await;
    opened(&w, &bearer(&marit)).await;
    let mut conn = w.db.conn().await;
    for statement in OTHERS.split(';') {
        conn.batch_execute(statement).await.unwrap();
    }
    for (who, by, shown) in [("reader", &ada, 1), ("guest", &guest, 1), ("coach", &bearer(&marit), 3)] {
        let list = async || get(&w, by, "/v1/private-threads").await;
        assert_eq!(list().await.expect(200)["items"].as_array().unwrap().len(), shown, "{who}");
        let (shape, buffers) = plans.explained(who, list, |query| query.contains("\"last_at\" DESC"), 1).await;
        assert!(!shape.contains("Seq Scan"), "the list of a {who} reads a whole table:\n{shape}");
        assert!(buffers < 40, "the list of a {who} touches {buffers} pages:\n{shape}");
    }
}
