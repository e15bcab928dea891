//! All settings: their names, defaults and meanings.

/// A setting as `colloquy help settings` shows it.
#[derive(Debug)]
pub struct Setting {
    /// Its key in the file; in the environment it is `COLLOQUY_` and this in capitals.
    pub name: &'static str,
    /// The default, as it would stand in the file; empty when there is none.
    pub default: &'static str,
    /// Never printed.
    pub secret: bool,
    /// What it means, with its unit.
    pub help: &'static str,
}

const fn setting(name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, default, secret: false, help }
}

const fn secret(name: &'static str, help: &'static str) -> Setting {
    Setting { name, default: "", secret: true, help }
}

/// All that looks for people who may be in danger.
pub const SAFETY: &str = "de,en,es,fr,it,nl,pl,pt,likeness";

/// All settings, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    setting("bind", "127.0.0.1:8080", "address and port to listen on"),
    setting(
        "public_url",
        "",
        "the address that clients use, without a slash at the end; default http:// and the bind address. Issuer of tokens and base of links",
    ),
    setting(
        "data_dir",
        ".colloquy",
        "where the private Postgres and the demo's files live when there is no DATABASE_URL",
    ),
    secret(
        "database_url",
        "the production database (DATABASE_URL is read too), of a role that does not own the tables",
    ),
    secret("migrate_url", "the same database for `migrate`, of the role that owns the tables; default: database_url"),
    secret(
        "secret",
        "at least 32 random bytes, from which all keys are derived; losing it loses sealed addresses and ends all sessions",
    ),
    secret(
        "private_keys",
        "keys of private threads: comma-separated name:key, the key 32 random bytes in base64; the first seals, all of them open. Without any, one is derived from secret (see docs/OPERATIONS.md)",
    ),
    setting("workers", "0", "threads that serve requests; 0 means one per core"),
    setting("connections_per_worker", "6", "database connections of each worker thread"),
    setting(
        "statement_timeout_ms",
        "5000",
        "the longest that one SQL statement may take, milliseconds; how long locks and connections are waited for follows from it (see docs/OPERATIONS.md)",
    ),
    setting(
        "cache_bytes",
        "50331648",
        "memory for public responses that are ready to send, bytes; 0 turns the cache off",
    ),
    setting(
        "stale_if_error_seconds",
        "600",
        "how long a cached response is served, marked stale, while the database is away",
    ),
    setting("cors_origins", "", "comma-separated origins whose pages may call the API, such as https://example.org"),
    setting(
        "trusted_proxies",
        "",
        "comma-separated addresses or networks of the proxies in front, such as 10.0.0.0/8,192.0.2.7: what they say in X-Forwarded-For is believed",
    ),
    setting("access_token_seconds", "600", "life of an access token"),
    setting("session_days", "30", "life of a session, and so of its refresh tokens"),
    setting("session_idle_days", "14", "days after which a session that nobody refreshed ends"),
    setting(
        "standing_seconds",
        "60",
        "how long a node remembers who may act while it follows the events; 0 asks the database for each request",
    ),
    setting("erasure_grace_days", "14", "days from closing an account to its erasure; until then it can be restored"),
    setting("password_min_length", "15", "shortest password, in characters; never under 8"),
    setting(
        "password_reset_url",
        "",
        "the page of the frontend where a lost password is replaced, such as https://example.org/reset; mails link to it, with the code in the fragment. Without it they hold the code alone",
    ),
    setting(
        "comment_url",
        "",
        "the page of the frontend that shows a comment, with {id} where its id goes, such as https://example.org/comments/{id}; mails link to it. Without it they link to the comment in the API",
    ),
    setting(
        "guest_url",
        "",
        "the page of the frontend where guests see to what they wrote, such as https://example.org/mine; links to it hold the manage token in the fragment. Without it there are none",
    ),
    setting("argon2_memory_kib", "19456", "memory of one password hash, KiB; `serve` refuses less than 7168"),
    setting("argon2_iterations", "2", "passes of one password hash; `serve` refuses too few for the memory"),
    setting("argon2_lanes", "1", "lanes of one password hash"),
    setting("hashes_at_once", "0", "password hashes at once; the others wait. 0 means one for every two cores"),
    setting(
        "second_factor_roles",
        "coach,moderator,admin",
        "comma-separated roles that act only in sessions with a second factor; until then their accounts act as readers. Empty: none",
    ),
    setting(
        "issuers_file",
        "",
        "a TOML file that names OpenID Connect issuers whose access tokens are good here (see docs/OPERATIONS.md)",
    ),
    secret("smtp_url", "mail server, such as smtps://user:password@mail.example.org:465"),
    setting("mail_dir", "", "write mails into this directory instead of sending them"),
    setting("mail_from", "", "sender of mails, such as The Long Table <hello@example.org>"),
    setting("publication_name", "Colloquy", "name of the publication in mails and documents"),
    setting(
        "thread_levels",
        "10",
        "levels below a root at which replies are shown within replies, 1 to 23; deeper ones go on flat",
    ),
    setting(
        "comment_edit_minutes",
        "60",
        "how long its author may change a comment, minutes; 0: until somebody has answered it. Deleting is always possible",
    ),
    setting(
        "comments_close_after_days",
        "0",
        "days after its publication at which an article that says nothing else takes no more comments; 0: never",
    ),
    setting(
        "reactions",
        "helpful",
        "comma-separated kinds of reactions to comments: letters a to z, digits and _, at most 20 of them. Empty: none",
    ),
    setting("comment_links", "10", "links in one comment, at most; staff may set more"),
    setting(
        "comments_per_minute",
        "10",
        "comments in a row, and then per minute, from one account or guest; 0: no limit",
    ),
    setting("comments_per_network", "60", "the same from one network (IPv6: one /64)"),
    setting(
        "comments_pace_ms",
        "20",
        "while comments come in faster than this, those of an article are written together so often, milliseconds: all its pages are made anew after each time; 0: at once",
    ),
    setting(
        "comments_waiting",
        "2048",
        "comments that wait to be written by one writer, at most, 1 to 65536; whoever comes when there are more is told to come back",
    ),
    setting(
        "challenge_bits",
        "16",
        "work that a guest's client does before it is let in, as zero bits of a SHA-256, 1 to 24; 0: none is asked",
    ),
    setting(
        "challenge_after",
        "5",
        "new guests in an hour from one network before a challenge is asked of the next; 0: always",
    ),
    setting(
        "challenge_seconds",
        "2",
        "shortest time between fetching a challenge and sending what was written, seconds",
    ),
    setting(
        "comments_moderation",
        "open",
        "who waits for a moderator, on articles that say nothing else: open (nobody), first (until a comment of theirs is shown), guests, all",
    ),
    setting(
        "comments_known_after",
        "3",
        "comments of somebody that are shown before they are known and wait no more; 0: nobody is",
    ),
    setting("comment_links_held", "2", "links in a comment above which it is held for a moderator"),
    setting("comment_repeats", "3", "the same text from as many others within a day holds a comment; 0: never"),
    setting(
        "reports_hold",
        "3",
        "reports that count, by as many people, that hold a comment for a moderator; 0: never",
    ),
    setting(
        "safety",
        SAFETY,
        "what looks for people who may be in danger, comma-separated: phrase lists by their language, and likeness; empty: only your own rules",
    ),
    setting("claim_minutes", "10", "how long a moderator or coach who has claimed something has it alone, minutes"),
    setting(
        "alert_minutes",
        "15",
        "time for somebody on call to acknowledge an alert before the next is called, minutes",
    ),
    setting("support_days", "180", "days after which a support resource should be checked again"),
    setting(
        "screening_url",
        "",
        "an endpoint that looks at every comment before it is shown (see docs/OPERATIONS.md); until it has answered they are held",
    ),
    secret(
        "screening_secret",
        "signs what is sent to screening_url and its answers: whsec_ and base64 of 24 to 64 bytes",
    ),
    setting("screening_timeout_ms", "3000", "the longest that screening_url may take, milliseconds"),
    setting("log", "info", "what to log: error, warn, info, debug, or directives such as info,colloquy=debug"),
    setting("log_format", "json", "json or text"),
];
