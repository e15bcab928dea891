//! Where a request comes from.
//!
//! The peer of the connection is often a proxy, or a frontend's server that posts for many readers. A proxy is believed
//! because of its address (`trusted_proxies`), a frontend because of a service token with the scope `relay`. Nobody
//! else is: whoever could say where they come from could be somebody new each time.

use super::{
    actor::{Identify, admission, unauthenticated},
    permission::Permission,
};
use crate::{
    config::{Networks, Settings},
    error::{Code, Error, Field, Result},
    secrets::{Purpose, Secrets},
};
use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header::HeaderMap, web::Data};
use futures_util::future::LocalBoxFuture;
use ipnet::{IpNet, Ipv6Net};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The service token of a frontend's server that passes a request on.
pub const RELAY: &str = "Colloquy-Relay";

/// The address of the reader for whom it does.
pub const CLIENT: &str = "Colloquy-Client";

/// Leading bits of an IPv6 address that name a household; behind them it takes another address whenever it likes.
const IPV6_PREFIX: u8 = 64;

/// Who sent a request, as far as the network tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client {
    /// The address; an IPv4 one that was written as IPv6 is IPv4.
    pub address: IpAddr,
}

impl Client {
    /// What is counted as one: an IPv4 address, or the /64 of an IPv6 address.
    #[must_use]
    pub fn network(&self) -> IpNet {
        match self.address {
            IpAddr::V4(_) => self.address.into(),
            IpAddr::V6(address) => Ipv6Net::new_assert(address, IPV6_PREFIX).trunc().into(),
        }
    }

    /// A keyed hash of the network, which is all of it that is ever stored.
    ///
    /// # Errors
    /// Only if the cryptographic library fails.
    pub fn network_hash(&self, secrets: &Secrets) -> Result<Vec<u8>> {
        network_hash(secrets, self.network())
    }
}

/// A keyed hash of a network.
///
/// # Errors
/// Only if the cryptographic library fails.
pub fn network_hash(secrets: &Secrets, network: IpNet) -> Result<Vec<u8>> {
    Ok(secrets.mac(Purpose::Network, network.to_string().as_bytes())?.to_vec())
}

impl FromRequest for Client {
    type Error = Error;
    type Future = LocalBoxFuture<'static, Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let peer = request.peer_addr().map_or(Ipv4Addr::UNSPECIFIED.into(), |peer| peer.ip());
        let none = Networks::default();
        let settings = request.app_data::<Data<Settings>>();
        let trusted = settings.map_or(&none, |settings| &settings.trusted_proxies);
        let by_proxies = Self { address: hop(peer, request.headers(), trusted) };
        let relayed = Relayed::of(request.headers());
        let identify = request.app_data::<Data<dyn Identify>>().cloned();
        let admission = admission(request);
        Box::pin(async move {
            admission.await;
            let Some(relayed) = relayed? else { return Ok(by_proxies) };
            let identify = identify.ok_or_else(|| Error::internal(anyhow::anyhow!("nobody identifies relays")))?;
            relayed.check(&**identify).await
        })
    }
}

/// The first hop from the right that is not one of ours. What stands left of it, or of something that is no address,
/// anybody may have written.
fn hop(peer: IpAddr, headers: &HeaderMap, trusted: &Networks) -> IpAddr {
    let lines: Vec<&str> = headers.get_all("X-Forwarded-For").map(|value| value.to_str().unwrap_or_default()).collect();
    let mut hops = lines.iter().rev().flat_map(|line| line.rsplit(',')).map(address);
    let mut last = peer.to_canonical();
    while trusted.contains(last)
        && let Some(Some(next)) = hops.next()
    {
        last = next;
    }
    last
}

/// An address as proxies write it: some add the port, and brackets round an IPv6 address.
fn address(written: &str) -> Option<IpAddr> {
    let written = written.trim();
    let bare = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(written);
    let address = bare.parse().or_else(|_| written.parse().map(|with_port: SocketAddr| with_port.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

/// What a frontend's server says of the reader for whom it passes a request on.
struct Relayed {
    token: String,
    client: String,
}

impl Relayed {
    fn of(headers: &HeaderMap) -> Result<Option<Self>> {
        match (single(headers, RELAY)?, single(headers, CLIENT)?) {
            (None, None) => Ok(None),
            (Some(token), Some(client)) => Ok(Some(Self { token, client })),
            (None, Some(_)) => Err(bad(CLIENT, "alone", "is believed only beside Colloquy-Relay")),
            (Some(_), None) => Err(bad(CLIENT, "missing", "must tell for whom the request is passed on")),
        }
    }

    /// A bad token is never better than none, so it refuses the request.
    async fn check(self, identify: &dyn Identify) -> Result<Client> {
        let actor = identify.identify(self.token).await.map_err(|error| match error.code {
            Code::Unauthenticated => unauthenticated("The relay's token is not good."),
            _ => error,
        })?;
        Permission::Relay.check(&actor)?;
        let address = address(&self.client).ok_or_else(|| bad(CLIENT, "malformed", "must be an IP address"))?;
        Ok(Client { address })
    }
}

fn single(headers: &HeaderMap, name: &'static str) -> Result<Option<String>> {
    let mut values = headers.get_all(name);
    let Some(value) = values.next() else { return Ok(None) };
    match (value.to_str(), values.next()) {
        (Ok(text), None) => Ok(Some(text.trim().to_owned())),
        _ => Err(bad(name, "malformed", "must be given once, in ASCII")),
    }
}

fn bad(name: &'static str, code: &'static str, detail: &'static str) -> Error {
    Error::new(Code::BadRequest, "A header is not acceptable.").at(Field::header(name, code, detail))
}

#[cfg(test)]
mod tests;
