//! What a mail server's refusal says about an address.

/// Enhanced status codes that are about the recipient's mailbox and nothing else (RFC 3463 §3.2 and §3.3, RFC 7505): it
/// is not there, moved, its domain takes no mail, it is disabled. Others are about the sender, a policy or the mail: an
/// address must not pay for those, or one wrong setting here would silence everybody.
const GONE: [&str; 6] = ["5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"];

/// The enhanced status code at the beginning of a reply, if it says that the mailbox will not take mail.
pub fn mailbox_gone(reply: &str) -> Option<&'static str> {
    let said = reply.split_whitespace().next()?;
    GONE.into_iter().find(|status| *status == said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_code_about_the_mailbox_counts() {
        assert_eq!(mailbox_gone("5.1.1 <ada@example.org> unknown"), Some("5.1.1"));
        assert_eq!(mailbox_gone("5.1.10 Recipient address has null MX"), Some("5.1.10"));
        for other in ["5.7.1 sender rejected", "5.1.8 no such sender", "5.2.2 full", "no such user", "", "5.1.11 ?"] {
            assert_eq!(mailbox_gone(other), None, "{other}");
        }
    }
}
