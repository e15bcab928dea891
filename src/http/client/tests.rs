//! Whom a request is taken to come from.

use super::*;
use crate::{
    config::Settings,
    http::{
        actor::Actor,
        permission::{Role, Scope},
    },
};
use actix_web::{dev::Payload, test::TestRequest};
use chrono::DateTime;
use std::sync::Arc;
use uuid::Uuid;

const TRUSTED: &str = "10.0.0.0/8, 2001:db8:ff::/48,192.0.2.7";

/// Knows three tokens: one of a relay, one of a service without the scope, and an admin's.
struct Known;

impl Identify for Known {
    fn identify(&self, token: String) -> LocalBoxFuture<'static, Result<Actor>> {
        Box::pin(async move {
            let (role, scopes) = match token.as_str() {
                "relay" => (Role::Service, vec![Scope::Relay]),
                "drafts" => (Role::Service, vec![Scope::Drafts]),
                "admin" => (Role::Admin, Vec::new()),
                "away" => return Err(Error::unavailable(anyhow::anyhow!("the database is away"))),
                _ => return Err(unauthenticated("No.")),
            };
            let (account_id, proven_at) = (Uuid::nil(), DateTime::UNIX_EPOCH);
            Ok(Actor { account_id, session_id: None, role, withheld: None, scopes, proven_at })
        })
    }
}

async fn client(peer: &str, headers: &[(&'static str, &str)]) -> Result<Client> {
    let settings = Settings::with(&[("trusted_proxies", TRUSTED)]).unwrap();
    let identify: Arc<dyn Identify> = Arc::new(Known);
    let mut request = TestRequest::default()
        .peer_addr(SocketAddr::new(peer.parse().unwrap(), 4711))
        .app_data(Data::new(settings))
        .app_data(Data::from(identify));
    for header in headers {
        request = request.append_header(*header);
    }
    Client::from_request(&request.to_http_request(), &mut Payload::None).await
}

async fn forwarded(peer: &str, lines: &[&str]) -> String {
    let headers: Vec<_> = lines.iter().map(|line| ("X-Forwarded-For", *line)).collect();
    client(peer, &headers).await.unwrap().address.to_string()
}

#[actix_web::test]
async fn only_what_a_trusted_proxy_wrote_is_believed() {
    assert_eq!(forwarded("203.0.113.9", &["198.51.100.1"]).await, "203.0.113.9", "a stranger says anything");
    assert_eq!(forwarded("10.1.2.3", &[]).await, "10.1.2.3");
    assert_eq!(forwarded("10.1.2.3", &["198.51.100.1"]).await, "198.51.100.1");
    assert_eq!(forwarded("10.1.2.3", &["1.1.1.1, 198.51.100.1, 192.0.2.7"]).await, "198.51.100.1");
    assert_eq!(forwarded("10.1.2.3", &["1.1.1.1", "198.51.100.1 ,10.9.9.9"]).await, "198.51.100.1", "two lines");
    assert_eq!(forwarded("10.1.2.3", &["10.4.4.4, 10.5.5.5"]).await, "10.4.4.4", "all ours: the farthest");
    assert_eq!(forwarded("2001:db8:ff::1", &["2001:db8:1::5"]).await, "2001:db8:1::5");
}

#[actix_web::test]
async fn what_is_no_address_ends_the_walk_at_the_last_good_hop() {
    assert_eq!(forwarded("10.1.2.3", &["198.51.100.1, unknown, 10.9.9.9"]).await, "10.9.9.9");
    for nonsense in ["", ",", "unknown", "1.2.3", "1.2.3.4.5", "::ffff:", "<script>", "1.2.3.4;5", "[::1", "\u{e4}"] {
        assert_eq!(forwarded("10.1.2.3", &[nonsense]).await, "10.1.2.3", "{nonsense:?}");
    }
}

#[actix_web::test]
async fn an_address_is_the_same_however_it_is_written() {
    for written in ["198.51.100.1", "198.51.100.1:1234", "::ffff:198.51.100.1", "[::ffff:c633:6401]:99"] {
        assert_eq!(forwarded("::ffff:10.1.2.3", &[written]).await, "198.51.100.1", "{written}");
    }
    for written in ["2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:443", "2001:DB8:0::0001"] {
        assert_eq!(forwarded("10.1.2.3", &[written]).await, "2001:db8::1", "{written}");
    }
}

#[actix_web::test]
async fn a_household_counts_as_one() {
    let network = async |peer: &str| client(peer, &[]).await.unwrap().network().to_string();
    assert_eq!(network("198.51.100.1").await, "198.51.100.1/32");
    assert_eq!(network("::ffff:198.51.100.1").await, "198.51.100.1/32");
    assert_eq!(network("2001:db8:1:2:3:4:5:6").await, "2001:db8:1:2::/64");
    let secrets = Secrets::new("a secret of more than thirty-two bytes").unwrap();
    let hash = async |peer: &str| client(peer, &[]).await.unwrap().network_hash(&secrets).unwrap();
    assert_eq!(hash("2001:db8:1:2::1").await, hash("2001:db8:1:2:ffff::9").await);
    assert_ne!(hash("2001:db8:1:2::1").await, hash("2001:db8:1:3::1").await);
    assert_ne!(hash("198.51.100.1").await, hash("198.51.100.2").await);
}

#[actix_web::test]
async fn a_relay_tells_for_whom_it_asks() {
    let relayed = client("203.0.113.9", &[(RELAY, "relay"), (CLIENT, " 2001:db8::7 ")]).await.unwrap();
    assert_eq!(relayed.address.to_string(), "2001:db8::7");
    let behind_a_proxy = [("X-Forwarded-For", "203.0.113.9"), (RELAY, "relay"), (CLIENT, "::ffff:198.51.100.1")];
    assert_eq!(client("10.1.2.3", &behind_a_proxy).await.unwrap().address.to_string(), "198.51.100.1");
}

#[actix_web::test]
async fn a_bad_relay_is_never_better_than_none() {
    let cases: [(&[(&'static str, &str)], Code); 9] = [
        (&[(RELAY, "wrong"), (CLIENT, "198.51.100.1")], Code::Unauthenticated),
        (&[(RELAY, ""), (CLIENT, "198.51.100.1")], Code::Unauthenticated),
        (&[(RELAY, "drafts"), (CLIENT, "198.51.100.1")], Code::Forbidden),
        (&[(RELAY, "admin"), (CLIENT, "198.51.100.1")], Code::Forbidden),
        (&[(RELAY, "away"), (CLIENT, "198.51.100.1")], Code::Unavailable),
        (&[(RELAY, "relay"), (CLIENT, "here")], Code::BadRequest),
        (&[(RELAY, "relay")], Code::BadRequest),
        (&[(CLIENT, "198.51.100.1")], Code::BadRequest),
        (&[(RELAY, "relay"), (CLIENT, "198.51.100.1"), (CLIENT, "198.51.100.2")], Code::BadRequest),
    ];
    for (headers, code) in cases {
        let refused = client("203.0.113.9", headers).await.unwrap_err();
        assert_eq!(refused.code, code, "{headers:?}");
        assert_eq!(code == Code::BadRequest, refused.fields.len() == 1, "{headers:?}: names the header");
    }
}
