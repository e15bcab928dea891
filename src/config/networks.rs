//! Networks, as a setting lists them.

use ipnet::IpNet;
use serde::Deserialize;
use std::net::IpAddr;

/// Networks of addresses.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(try_from = "String")]
pub struct Networks(Vec<IpNet>);

impl Networks {
    /// Whether an address is in one of them. An IPv4 address that is written as an IPv6 one is the same address.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

impl TryFrom<String> for Networks {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let each = written.split(',').map(str::trim).filter(|part| !part.is_empty()).map(|part| {
            let network = part.parse().or_else(|_| part.parse::<IpAddr>().map(IpNet::from));
            network.map_err(|_| format!("`{part}` is neither an address nor a network such as 10.0.0.0/8"))
        });
        each.collect::<Result<_, _>>().map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(written: &str) -> Result<Networks, String> {
        Networks::try_from(written.to_owned())
    }

    #[test]
    fn an_address_is_a_network_of_one() {
        let some = networks(" 10.0.0.0/8,192.0.2.7 ,2001:db8::/32,").unwrap();
        let holds = |address: &str| some.contains(address.parse().unwrap());
        assert!(holds("10.255.0.1") && holds("192.0.2.7") && holds("2001:db8::1") && holds("::ffff:10.1.1.1"));
        assert!(!holds("11.0.0.1") && !holds("192.0.2.8") && !holds("2001:db9::1"));
        assert!(!networks("").unwrap().contains("127.0.0.1".parse().unwrap()), "by default nobody is believed");
    }

    #[test]
    fn what_is_none_is_named() {
        for wrong in ["10.0.0.0/33", "proxy.example.org", "10.0.0", "all"] {
            let said = networks(&format!("192.0.2.7,{wrong}")).unwrap_err();
            assert!(said.contains(wrong), "{said}");
        }
    }
}
