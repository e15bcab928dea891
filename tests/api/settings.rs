//! Settings that cannot be meant are refused when the server starts, by their names.

use colloquy::config::Settings;

#[test]
fn what_is_out_of_bounds_is_refused_by_its_name() {
    let twenty_one = (0..21).map(|n| format!("kind_{n}")).collect::<Vec<_>>().join(",");
    let long = "k".repeat(33);
    let refused = [
        ("thread_levels", "0"),
        ("thread_levels", "24"),
        ("challenge_bits", "25"),
        ("challenge_seconds", "601"),
        ("reactions", "Kind"),
        ("reactions", long.as_str()),
        ("reactions", twenty_one.as_str()),
        ("comments_moderation", "some"),
        ("safety", "en,martian"),
        ("password_min_length", "7"),
        ("statement_timeout_ms", "99"),
        ("statement_timeout_ms", "600001"),
        ("connections_per_worker", "0"),
        ("comments_waiting", "0"),
        ("comments_waiting", "65537"),
        ("second_factor_roles", "reader"),
        ("guest_url", "example.org"),
        ("guest_url", "https://example.org/#mine"),
    ];
    for (name, value) in refused {
        let error = Settings::with(&[(name, value)]).unwrap_err().to_string();
        assert!(error.contains(&format!("COLLOQUY_{}", name.to_uppercase())), "{name}={value}: {error}");
    }
}

#[test]
fn the_bounds_themselves_are_good() {
    let twenty = (0..20).map(|n| format!("kind_{n}")).collect::<Vec<_>>().join(",");
    let long = "k".repeat(32);
    let good = [
        ("thread_levels", "1"),
        ("thread_levels", "23"),
        ("challenge_bits", "24"),
        ("challenge_seconds", "600"),
        ("reactions", ""),
        ("reactions", long.as_str()),
        ("reactions", twenty.as_str()),
        ("safety", ""),
        ("safety", "pl, likeness"),
        ("password_min_length", "8"),
        ("statement_timeout_ms", "100"),
        ("comments_waiting", "1"),
        ("comments_waiting", "65536"),
    ];
    for (name, value) in good {
        assert!(Settings::with(&[(name, value)]).is_ok(), "{name}={value}");
    }
}
