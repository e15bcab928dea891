use super::*;
use base64::{Engine, engine::general_purpose::STANDARD};

const THREAD: Uuid = Uuid::from_u128(1);
const ROW: Uuid = Uuid::from_u128(2);
const TEXT: &str = "I have told nobody yet.";

/// Servers with one master secret and these private keys.
fn secrets(keys: &str) -> Secrets {
    Secrets::new("a test secret of more than thirty-two bytes").unwrap().with_private_keys(keys).unwrap()
}

fn named(name: &str, byte: u8) -> String {
    format!("{name}:{}", STANDARD.encode([byte; 32]))
}

#[test]
fn a_text_opens_where_it_was_sealed_and_nowhere_else() {
    let secrets = secrets("");
    let (key, kept) = ThreadKey::make(&secrets, THREAD).unwrap();
    let sealed = key.seal(ROW, "body", TEXT).unwrap();
    let same = ThreadKey::from_kept(&secrets, THREAD, &kept).unwrap();
    assert_eq!(same.open(ROW, "body", &sealed).unwrap(), TEXT);
    assert!(key.open(ROW, "title", &sealed).is_err(), "another field");
    assert!(key.open(THREAD, "body", &sealed).is_err(), "another row");
    let moved = ThreadKey { thread_id: ROW, key: key.key.clone() };
    assert!(moved.open(ROW, "body", &sealed).is_err(), "another thread");
    let (other, _) = ThreadKey::make(&secrets, THREAD).unwrap();
    assert!(other.open(ROW, "body", &sealed).is_err(), "another key");
    assert!(ThreadKey::from_kept(&secrets, ROW, &kept).is_err(), "the key of another thread");
}

#[test]
fn nothing_that_was_damaged_opens() {
    let secrets = secrets(&named("a", 1));
    let (key, kept) = ThreadKey::make(&secrets, THREAD).unwrap();
    let sealed = key.seal(ROW, "body", TEXT).unwrap();
    for at in 0..sealed.len() {
        let mut damaged = sealed.clone();
        damaged[at] ^= 1;
        assert!(key.open(ROW, "body", &damaged).is_err(), "byte {at}");
        assert!(key.open(ROW, "body", &sealed[..at]).is_err(), "the first {at} bytes");
    }
    for at in 0..kept.len() {
        let mut damaged = kept.clone();
        damaged[at] ^= 1;
        assert!(ThreadKey::from_kept(&secrets, THREAD, &damaged).is_err(), "byte {at} of the key");
        assert!(ThreadKey::from_kept(&secrets, THREAD, &kept[..at]).is_err(), "the first {at} bytes of the key");
    }
}

#[test]
fn equal_texts_do_not_look_equal() {
    let (key, _) = ThreadKey::make(&secrets(""), THREAD).unwrap();
    let (one, two) = (key.seal(ROW, "body", TEXT).unwrap(), key.seal(ROW, "body", TEXT).unwrap());
    assert_ne!(one, two);
    assert_eq!(key.open(ROW, "body", &key.seal(ROW, "body", "").unwrap()).unwrap(), "");
}

#[test]
fn what_an_old_key_sealed_opens_until_that_key_is_taken_away() {
    let (derived, one) = (secrets(""), secrets(&named("one", 1)));
    let both = secrets(&format!("{},{}", named("two", 2), named("one", 1)));
    let two = secrets(&named("two", 2));
    let (key, kept) = ThreadKey::make(&one, THREAD).unwrap();
    let sealed = key.seal(ROW, "body", TEXT).unwrap();
    assert!(ThreadKey::from_kept(&two, THREAD, &kept).is_err());
    assert!(ThreadKey::from_kept(&derived, THREAD, &kept).is_err());
    let anew = ThreadKey::reseal(&both, THREAD, &kept).unwrap();
    assert!(anew.starts_with(&ThreadKey::kept_prefix(&both)) && !kept.starts_with(&ThreadKey::kept_prefix(&both)));
    assert_eq!(ThreadKey::from_kept(&two, THREAD, &anew).unwrap().open(ROW, "body", &sealed).unwrap(), TEXT);
    assert!(ThreadKey::from_kept(&one, THREAD, &anew).is_err());
    // A key of the same name that is another one.
    assert!(ThreadKey::from_kept(&secrets(&named("one", 3)), THREAD, &kept).is_err());
}

#[test]
fn a_key_of_its_own_takes_over_from_the_one_out_of_the_secret_and_back() {
    let (derived, one) = (secrets(""), secrets(&named("one", 1)));
    let (_, kept) = ThreadKey::make(&derived, THREAD).unwrap();
    assert!(ThreadKey::from_kept(&one, THREAD, &kept).is_ok());
    let anew = ThreadKey::reseal(&one, THREAD, &kept).unwrap();
    assert!(ThreadKey::from_kept(&one, THREAD, &anew).is_ok());
    let elsewhere = Secrets::new("another secret of more than thirty-two bytes").unwrap();
    assert!(ThreadKey::from_kept(&elsewhere, THREAD, &kept).is_err());
    // Servers that know the key and do not seal under it yet.
    let both = secrets(&format!("secret,{}", named("one", 1)));
    assert!(ThreadKey::from_kept(&both, THREAD, &anew).is_ok());
    assert!(ThreadKey::reseal(&both, THREAD, &anew).unwrap().starts_with(&ThreadKey::kept_prefix(&derived)));
    // Private keys that stand apart do not need the secret.
    let elsewhere = elsewhere.with_private_keys(&named("one", 1)).unwrap();
    assert!(ThreadKey::from_kept(&elsewhere, THREAD, &anew).is_ok());
}

#[test]
fn keys_that_are_not_acceptable_are_refused_without_being_told() {
    let fill =
        |keys: &str| Secrets::new("a test secret of more than thirty-two bytes").unwrap().with_private_keys(keys);
    let key = STANDARD.encode([7; 32]);
    for (bad, says) in [
        (key.clone(), "no name"),
        (format!(":{key}"), "a name must be"),
        (format!("Two:{key}"), "a name must be"),
        (format!("{}:{key}", "n".repeat(33)), "a name must be"),
        (format!("secret:{key}"), "`secret` is"),
        (format!("a:{key},a:{key}"), "twice"),
        (format!("secret,a:{key},secret"), "twice"),
        ("a:".to_owned(), "32 bytes"),
        (format!("a:{}", STANDARD.encode([7; 31])), "32 bytes"),
        (format!("a:{}", STANDARD.encode([7; 33])), "32 bytes"),
        (format!("a:{}!", key.get(1..).unwrap()), "32 bytes"),
    ] {
        let error = format!("{:#}", fill(&bad).unwrap_err());
        assert!(error.contains(says), "{bad}: {error}");
        assert!(!error.contains(key.get(..40).unwrap()), "{error}");
    }
    let bare = key.trim_end_matches('=');
    for good in [String::new(), format!("a:{key}"), format!(" a:{bare} , b_2-c:{}", STANDARD.encode([255; 32]))] {
        fill(&good).unwrap();
    }
}

#[test]
fn debug_tells_nothing() {
    let secrets = secrets(&named("one", 1));
    let (key, _) = ThreadKey::make(&secrets, THREAD).unwrap();
    assert_eq!(format!("{key:?} {secrets:?}"), "ThreadKey(…) Secrets(…)");
}
