//! The program itself: the demo from an empty directory to its second start, and what the README says about it.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a test that cannot go on should stop"
)]

#[path = "support/demo.rs"]
mod demo;

use demo::{Demo, command};
use serde_json::{Value, json};
use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

/// A directory that the private Postgres' own user may pass through, also when the test runs as root.
fn directory() -> tempfile::TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o711)).unwrap();
    directory
}

fn install() {
    colloquy::db::private::install_if_asked(&|line| eprintln!("{line}")).expect("the PostgreSQL server is installed");
}

async fn get(url: &str) -> Value {
    reqwest::get(url).await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demo_serves_a_publication_and_what_it_prints_works() {
    install();
    let directory = directory();
    let demo = Demo::start(directory.path());
    let articles = get(&format!("{}/v1/articles", demo.url)).await;
    assert!(articles["items"].as_array().unwrap().len() >= 6, "{articles}");
    let thread = get(&format!("{}/v1/articles/the-second-cup/comments", demo.url)).await;
    assert_eq!(thread["count"], 91);
    for role in ["reader", "coach", "moderator", "admin"] {
        let me = reqwest::Client::new().get(format!("{}/v1/accounts/me", demo.url)).bearer_auth(demo.token(role));
        let me: Value = me.send().await.unwrap().json().await.unwrap();
        assert_eq!(me["role"], role, "{me}");
    }
    for page in ["/demo", "/docs/", "/openapi.json"] {
        assert!(demo.greeting.contains(page), "{page} is not in the greeting");
        assert_eq!(reqwest::get(format!("{}{page}", demo.url)).await.unwrap().status(), 200, "{page}");
    }
    assert!(demo.greeting.contains("/v1/sessions"), "log-in lines, since tokens expire");
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_9_right_after_a_201_loses_nothing_and_the_next_start_works() {
    install();
    let directory = directory();
    let first = Demo::start(directory.path());
    let post = format!("{}/v1/articles/the-second-cup/comments", first.url);
    let body = json!({ "body": "Still here after the lights went out.", "guest": { "name": "Lantern" } });
    let posted = reqwest::Client::new().post(post).json(&body).send().await.unwrap();
    assert_eq!(posted.status(), 201);
    let location = posted.headers()["location"].to_str().unwrap().to_owned();
    first.kill();
    let second = Demo::start(directory.path());
    let path = location.find("/v1/").map_or(location.as_str(), |at| location.get(at..).unwrap());
    let kept = get(&format!("{}{path}", second.url)).await;
    assert_eq!(kept["body"]["text"], "Still here after the lights went out.");
    assert_eq!(get(&format!("{}/v1/articles/the-second-cup/comments", second.url)).await["count"], 92);
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_work_on_the_private_postgres_also_while_a_demo_runs_on_it() {
    install();
    let directory = directory();
    let demo = Demo::start(directory.path());
    let run = |arguments: &[&str]| say(directory.path(), arguments);
    assert!(run(&["migrate", "status"]).contains("applied"));
    assert!(run(&["account", "list"]).contains("marit@longtable.example.org"));
    let created = run(&["account", "create", "--name", "Ada", "--email", "ada@example.org", "--role", "coach"]);
    let code = created.lines().find_map(|line| line.strip_prefix("one-time code: ")).expect("a code");
    let claim = json!({ "code": code, "password": "a quiet street with lime trees" });
    let claimed =
        reqwest::Client::new().post(format!("{}/v1/accounts/claims", demo.url)).json(&claim).send().await.unwrap();
    assert_eq!(claimed.status(), 200);
    assert!(run(&["account", "role", "ada@example.org", "moderator"]).contains("moderator"));
    assert!(run(&["account", "invite", "ada@example.org"]).contains("one-time code: "));
    let doctor = run(&["doctor"]);
    assert!(doctor.contains(" 0 missing") && doctor.contains("counters   0 wrong"), "{doctor}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_of_the_log_holds_what_somebody_wrote() {
    install();
    let directory = directory();
    let demo = Demo::start(directory.path());
    let (client, canary) = (reqwest::Client::new(), "canary-7f3a");
    let post = |path: &str, body: Value| client.post(format!("{}{path}", demo.url)).json(&body).send();
    let thread = "/v1/articles/the-second-cup/comments";
    let guest = json!({ "name": format!("Guest {canary}"), "email": format!("{canary}@example.org") });
    assert_eq!(
        post(thread, json!({ "body": format!("My story {canary}"), "guest": guest })).await.unwrap().status(),
        201
    );
    assert_eq!(post(thread, json!({ "body": { "text": canary } })).await.unwrap().status(), 400);
    assert_eq!(post(thread, json!({ "body": format!("{canary}\0") })).await.unwrap().status(), 422);
    let account = json!({ "email": format!("{canary}@example.net"), "password": format!("long enough {canary}"), "display_name": canary });
    assert_eq!(post("/v1/accounts", account.clone()).await.unwrap().status(), 202);
    let credentials = json!({ "email": account["email"], "password": account["password"] });
    assert_eq!(post("/v1/sessions", credentials).await.unwrap().status(), 401);
    assert_eq!(post("/v1/sessions/refresh", json!({ "refresh_token": canary })).await.unwrap().status(), 401);
    let forged =
        client.get(format!("{}/v1/accounts/me?token={canary}", demo.url)).bearer_auth(canary).send().await.unwrap();
    assert_eq!(forged.status(), 401);
    drop(demo);
    let log = fs::read_to_string(directory.path().join(demo::LOG)).unwrap();
    assert!(log.contains("/v1/sessions/refresh"), "requests are logged at this level:\n{log}");
    assert!(!log.contains(canary), "{log}");
}

/// Directus CVE-2023-28443: a refresh token stood in the log. Here none of the secrets does that are good and used; and
/// no escape sequence of a terminal (CVE-2025-58160).
#[tokio::test(flavor = "multi_thread")]
async fn no_line_of_the_log_holds_a_secret_that_is_in_use() {
    install();
    let directory = directory();
    let demo = Demo::start(directory.path());
    let client = reqwest::Client::new();
    let request = |path: &str| client.post(format!("{}{path}", demo.url));
    let read = async |request: reqwest::RequestBuilder| {
        request.send().await.unwrap().error_for_status().unwrap().json::<Value>().await.unwrap()
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let shown = |label: &str| demo.greeting.lines().find_map(|line| line.trim().strip_prefix(label)).unwrap().trim();
    let (password, admin) = (shown("password:"), shown("admin").split(' ').next().unwrap());
    let session = read(request("/v1/sessions").json(&json!({ "email": admin, "password": password }))).await;
    let refresh = json!({ "refresh_token": session["refresh_token"] });
    let next = read(request("/v1/sessions/refresh").json(&refresh)).await;
    let wanted = json!({ "name": "Frontend", "scopes": ["relay"] });
    let relay = read(request("/v1/service-tokens").bearer_auth(text(&session["access_token"])).json(&wanted)).await;
    let thread = "/v1/articles/the-second-cup/comments";
    let comment = json!({ "body": "Hello.", "guest": { "name": "Lantern" } });
    let posted = read(request(thread).json(&comment)).await;
    let as_guest = request(thread).header("authorization", format!("Guest {}", text(&posted["manage_token"])));
    read(as_guest.json(&json!({ "body": "Again." }))).await;
    let mut secrets = vec![password.to_owned(), text(&relay["token"]), text(&posted["manage_token"])];
    secrets.extend([&session, &next].iter().flat_map(|one| [text(&one["access_token"]), text(&one["refresh_token"])]));
    // A code out of a mail, used; a second factor's code, and a relay that speaks for somebody.
    read(request("/v1/password-resets").json(&json!({ "email": admin }))).await;
    let code = code_mailed(Path::new(shown("mails it sends"))).await;
    let new = "a quiet canary over the weir";
    let redeem = json!({ "code": code, "password": new });
    assert_eq!(request("/v1/password-resets/redemptions").json(&redeem).send().await.unwrap().status(), 204);
    let twice = json!({ "email": admin, "password": new, "one_time_code": "canary-734961" });
    let relayed = request("/v1/sessions").header("colloquy-relay", text(&relay["token"])).json(&twice);
    assert_eq!(relayed.header("colloquy-client", "192.0.2.77").send().await.unwrap().status(), 201);
    secrets.extend([code, new.into(), "canary-734961".into(), "192.0.2.77".into(), admin.into()]);
    for path in ["/v1/articles/%1b%5b31m?tag=%1b%5b31m", "/%1b%5b31m"] {
        client.get(format!("{}{path}", demo.url)).header("user-agent", "\u{9b}31m").send().await.unwrap();
    }
    let sly = json!({ "body": "\u{1b}[31m", "guest": { "name": "\u{1b}[31m" } });
    assert_eq!(request(thread).json(&sly).send().await.unwrap().status(), 422);
    drop(demo);
    let log = fs::read_to_string(directory.path().join(demo::LOG)).unwrap();
    assert!(log.contains("/v1/password-resets/redemptions"), "requests are logged at this level:\n{log}");
    for secret in &secrets {
        assert!(!log.contains(secret), "{secret} in {log}");
    }
    assert!(!log.contains(['\u{1b}', '\u{9b}']), "{log:?}");
}

/// The code in the first mail that comes.
async fn code_mailed(directory: &Path) -> String {
    let mut looking = tokio::time::interval(std::time::Duration::from_millis(20));
    let coming = async {
        loop {
            looking.tick().await;
            for mail in fs::read_dir(directory).into_iter().flatten().flatten() {
                let mail = fs::read_to_string(mail.path()).unwrap_or_default();
                if let Some(code) = mail.lines().find_map(|line| line.strip_prefix("    ")) {
                    return code.to_owned();
                }
            }
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(2), coming).await.expect("a mail comes")
}

#[test]
fn serve_refuses_half_a_configuration_and_says_exactly_what_is_missing() {
    let directory = directory();
    let output = command(directory.path())
        .arg("serve")
        .env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
        .output()
        .unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    for missing in ["COLLOQUY_SECRET", "COLLOQUY_PUBLIC_URL", "COLLOQUY_SMTP_URL", "COLLOQUY_MAIL_FROM"] {
        assert!(said.contains(missing), "{missing} is not named:\n{said}");
    }
    assert!(!said.contains("  DATABASE_URL:"), "what is there is not missing:\n{said}");
}

/// RFC 8725 §3.5: whoever guesses the secret makes tokens of their own. OWASP: whoever has the hashes has a budget.
#[test]
fn serve_refuses_what_can_be_guessed() {
    let directory = directory();
    let weak = [
        ("COLLOQUY_SECRET", "thirty-one bytes are too short."),
        ("COLLOQUY_ARGON2_MEMORY_KIB", "4096"),
        ("COLLOQUY_ARGON2_ITERATIONS", "1"),
    ];
    for (setting, value) in weak {
        let mut serve = command(directory.path());
        serve.arg("serve").env("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
        serve.env("COLLOQUY_SECRET", "a secret of more than thirty-two bytes");
        serve.env("COLLOQUY_PUBLIC_URL", "https://api.example.org").env("COLLOQUY_MAIL_FROM", "hello@example.org");
        serve.env("COLLOQUY_MAIL_DIR", directory.path()).env(setting, value);
        let output = serve.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(setting), "{setting}: {said}");
        assert!(!said.contains("thirty-one"), "{said}");
    }
}

#[test]
fn the_demo_listens_on_this_machine_only() {
    let directory = directory();
    let output = command(directory.path()).arg("demo").env("COLLOQUY_BIND", "0.0.0.0:0").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("COLLOQUY_BIND"));
}

#[test]
fn every_setting_is_explained_and_no_secret_is_printed() {
    let directory = directory();
    let help = command(directory.path())
        .args(["help", "settings"])
        .env("COLLOQUY_SECRET", "canary-canary-canary-canary-canary")
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    for setting in colloquy::config::SETTINGS {
        assert!(help.contains(&format!("COLLOQUY_{}", setting.name.to_uppercase())), "{}", setting.name);
    }
    assert!(!help.contains("canary"));
}

#[test]
fn the_document_is_printed() {
    let directory = directory();
    let document: Value = serde_json::from_str(&say(directory.path(), &["openapi"])).unwrap();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1."));
}

/// What a command prints; it must succeed.
fn say(data_dir: &Path, arguments: &[&str]) -> String {
    let output = command(data_dir).args(arguments).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{arguments:?}: {said}{}", String::from_utf8_lossy(&output.stderr));
    said
}

/// Runs the README's console blocks, all in one shell, and compares what comes back with what the README shows.
#[test]
fn the_readmes_conversation_goes_as_the_readme_says() {
    install();
    let directory = directory();
    let demo = Demo::start(directory.path());
    let readme = fs::read_to_string("README.md").unwrap();
    let shown = readme.split("```console\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect::<String>();
    let (mut commands, mut answers) = (Vec::new(), Vec::<String>::new());
    for line in shown.lines() {
        match line.strip_prefix("$ ") {
            Some(command) => {
                commands.push(command.replace("http://127.0.0.1:8080", &demo.url));
                answers.push(String::new());
            }
            None => answers
                .last_mut()
                .expect("a command comes first")
                .push_str(&line.replace("http://127.0.0.1:8080", &demo.url)),
        }
    }
    assert!(commands.len() >= 8, "the README's conversation is gone");
    let script = commands.join("\nprintf '\\036'\n");
    let output = Command::new("bash").args(["-euc", &script]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let said: Vec<_> = said.split('\u{1e}').collect();
    assert_eq!(said.len(), commands.len());
    for ((command, answer), said) in commands.iter().zip(&answers).zip(said) {
        assert!(is_like(answer, said.trim_end()), "$ {command}\nREADME: {answer}\nsaid:   {said}");
    }
}

/// Whether a text is as shown, where `…` stands for anything.
fn is_like(shown: &str, said: &str) -> bool {
    let mut pieces = shown.split('…');
    let Some(mut rest) = said.strip_prefix(pieces.next().unwrap_or_default()) else { return false };
    let mut last = None;
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or_default(),
            None => return false,
        }
        last = Some(piece);
    }
    // What is shown to the end must be the end.
    match last {
        None => rest.is_empty(),
        Some(piece) => said.ends_with(piece),
    }
}
