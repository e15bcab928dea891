use crate::world::{Person, World, until};
use chrono::TimeDelta;
use colloquy::{
    db::{Pool, schema::exports},
    mail::Outbox,
    privacy::{self, Bell, Clerk},
};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::json;
use std::sync::Arc;
use uuid::Uuid;

impl World {
    /// An export that some other node is preparing for another four minutes.
    pub async fn unfinished_export(&self, person: &Person) -> Uuid {
        let (id, now) = (self.clock.id(), self.clock.now());
        diesel::insert_into(exports::table)
            .values((
                exports::id.eq(id),
                exports::account_id.eq(person.id.parse::<Uuid>().unwrap()),
                exports::created_at.eq(now),
                exports::expires_at.eq(now + TimeDelta::days(7)),
                exports::leased_until.eq(now + TimeDelta::minutes(4)),
            ))
            .execute(&mut self.db.conn().await)
            .await
            .unwrap();
        id
    }

    /// A node of its own that prepares exports when it is told to.
    pub fn clerk(&self) -> Clerk {
        Clerk {
            pool: Pool::new(&self.db.url(), &self.settings, Arc::default()).unwrap(),
            journal: self.journal(),
            secrets: self.secrets.clone(),
            settings: self.settings.clone(),
            outbox: Outbox::new(self.secrets.clone(), Arc::default()),
            bell: Bell::default(),
        }
    }
}

#[actix_web::test]
async fn it_tells_where_to_fetch_it() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let at = w.export(&ada.access_token).await;
    let reply = w.get_as(&ada.access_token, &at).await;
    let export = reply.expect(200);
    assert_eq!(reply.header("cache-control"), "private, no-store");
    assert_eq!(export["links"]["document"], w.url(&format!("{at}/document")));
    assert_eq!(export["links"]["archive"], w.url(&format!("{at}/archive")));
}

#[actix_web::test]
async fn another_node_takes_over_when_one_dies() {
    let w = World::new().await;
    let ada = w.reader("Ada").await;
    let at = format!("/v1/accounts/me/exports/{}", w.unfinished_export(&ada).await);
    assert_eq!(w.clerk().go_round().await.unwrap(), 0);
    assert_eq!(w.get_as(&ada.access_token, &at).await.expect(200)["status"], "preparing");
    w.get_as(&ada.access_token, &format!("{at}/document")).await.problem(409, "conflict");
    w.clock.set(w.clock.now() + TimeDelta::minutes(4));
    let two = (w.clerk(), w.clerk());
    let rounds = futures_util::future::join(two.0.go_round(), two.1.go_round()).await;
    assert!(rounds.0.unwrap() + rounds.1.unwrap() <= 1);
    // Or the server's own clerk has it, who needs a moment.
    until("it is ready", async || w.get_as(&ada.access_token, &at).await.expect(200)["status"] == "ready").await;
    w.get_as(&ada.access_token, &format!("{at}/document")).await.expect(200);
}

#[actix_web::test]
async fn for_others_it_is_not_there() {
    let w = World::new().await;
    let (ada, eve) = (w.reader("Ada").await, w.reader("Eve").await);
    let at = w.export(&ada.access_token).await;
    for end in ["", "/document", "/archive"] {
        let theirs = w.get_as(&eve.access_token, &format!("{at}{end}")).await;
        let nobodys = w.get_as(&eve.access_token, &format!("/v1/accounts/me/exports/{}{end}", Uuid::nil())).await;
        theirs.problem(404, "not_found");
        let masked = |reply: &crate::world::Reply| {
            let mut body = reply.json();
            body["instance"] = json!(null);
            (body, reply.status, reply.bytes.len())
        };
        assert_eq!(masked(&theirs), masked(&nobodys));
        w.get(&format!("{at}{end}")).await.problem(401, "unauthenticated");
    }
}

#[actix_web::test]
async fn it_is_forgotten_after_a_week() {
    let w = World::with(&[("access_token_seconds", "1000000")]).await;
    let ada = w.reader("Ada").await;
    let at = w.export(&ada.access_token).await;
    w.clock.set(w.clock.now() + TimeDelta::days(7) - TimeDelta::seconds(1));
    assert_eq!(privacy::sweep(&w.journal()).await.unwrap(), 0);
    w.get_as(&ada.access_token, &format!("{at}/document")).await.expect(200);
    w.clock.set(w.clock.now() + TimeDelta::seconds(1));
    w.get_as(&ada.access_token, &format!("{at}/document")).await.problem(404, "not_found");
    assert_eq!(privacy::sweep(&w.journal()).await.unwrap(), 1);
}
