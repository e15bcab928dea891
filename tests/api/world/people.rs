//! People who are there before a test begins, and the mails they get.

use super::{World, until};
use colloquy::{
    accounts::{self, Email, Hasher, NewAccount},
    db::Pool,
    error::Result,
    events::{Journal, Tx},
    http::permission::Role,
};
use secrecy::SecretString;
use serde_json::json;
use std::{
    fs,
    sync::{Arc, atomic::AtomicU64, mpsc},
};
use tokio::sync::oneshot;

/// The password of everybody.
pub const PASSWORD: &str = "four rivers under one bridge";

/// Somebody with an account, signed in.
#[derive(Debug, Clone)]
pub struct Person {
    pub id: String,
    pub email: String,
    pub access_token: String,
    pub refresh_token: String,
}

impl World {
    /// A reader, signed in.
    pub async fn reader(&self, name: &str) -> Person {
        self.person(name, Role::Reader).await
    }

    /// A coach, signed in.
    pub async fn coach(&self, name: &str) -> Person {
        self.person(name, Role::Coach).await
    }

    /// A moderator, signed in.
    pub async fn moderator(&self, name: &str) -> Person {
        self.person(name, Role::Moderator).await
    }

    /// An admin, signed in.
    pub async fn admin(&self, name: &str) -> Person {
        self.person(name, Role::Admin).await
    }

    /// Somebody whose address is the name at example.org.
    pub async fn person(&self, name: &str, role: Role) -> Person {
        let email = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        let hash = Hasher::new(&self.settings).unwrap().hash(SecretString::from(PASSWORD)).await.unwrap();
        let address = Email::parse(&email).unwrap();
        let new = NewAccount { display_name: name, email: Some(&address), role, password_hash: Some(hash) };
        let account = self.write(async |tx| accounts::create_account(tx, &self.secrets, new).await).await.unwrap();
        let (access_token, refresh_token) = self.log_in(&email).await;
        Person { id: account.id.to_string(), email, access_token, refresh_token }
    }

    /// A new session of somebody: access token and refresh token.
    pub async fn log_in(&self, email: &str) -> (String, String) {
        let session = self.post("/v1/sessions", &json!({ "email": email, "password": PASSWORD })).await.expect(201);
        let token = |name: &str| session[name].as_str().unwrap().to_owned();
        (token("access_token"), token("refresh_token"))
    }

    /// Somebody with a new session.
    pub async fn again(&self, person: Person) -> Person {
        let (access_token, refresh_token) = self.log_in(&person.email).await;
        Person { access_token, refresh_token, ..person }
    }

    /// Takes the only turn of a server with `hashes_at_once` 1, until what is returned is dropped. Whoever would compute
    /// anything of a password waits meanwhile, and gets a 503 in the end.
    pub async fn nobody_hashes(&self) -> mpsc::Sender<()> {
        let (gate, opened) = mpsc::channel();
        let (began, begins) = oneshot::channel();
        let hasher = self.server.hasher.clone();
        let turn = async move {
            let work = move || {
                began.send(()).unwrap();
                // An error means that the gate is gone.
                opened.recv().unwrap_err();
                Ok(())
            };
            hasher.in_turn(work).await.unwrap();
        };
        actix_web::rt::spawn(turn);
        begins.await.unwrap();
        gate
    }

    /// A new service token with these scopes: its id and its secret.
    pub async fn service(&self, admin: &Person, scopes: &[&str]) -> (String, String) {
        let wanted = json!({ "name": format!("For {}", scopes.join(" and ")), "scopes": scopes });
        let request = self.request(reqwest::Method::POST, "/v1/service-tokens").bearer(&admin.access_token);
        let issued = request.json(&wanted).send().await.expect(201);
        (issued["id"].as_str().unwrap().to_owned(), issued["token"].as_str().unwrap().to_owned())
    }

    /// A transaction, as the command line would write it.
    pub async fn write<T>(&self, work: impl AsyncFnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        self.journal().write(work).await
    }

    /// A journal of its own on the server's database. What it writes is told to the server as if it had written it.
    pub fn journal(&self) -> Journal {
        self.counted_journal().0
    }

    /// The same with a count of the statements that it sends.
    pub fn counted_journal(&self) -> (Journal, Arc<AtomicU64>) {
        let statements = Arc::<AtomicU64>::default();
        let pool = Pool::new(&self.db.url(), &self.settings, Arc::clone(&statements)).unwrap();
        (self.server.journal(pool), statements)
    }

    /// Mails to an address so far, the oldest first, as they were written to the directory.
    pub fn mails_to(&self, email: &str) -> Vec<String> {
        let files = fs::read_dir(self.mails.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = files.filter(|path| path.extension().is_some_and(|end| end == "eml")).collect();
        files.sort();
        let mails = files.iter().map(|path| fs::read_to_string(path).unwrap());
        mails.filter(|mail| mail.lines().any(|line| line == format!("To: {email}"))).collect()
    }

    /// The `n`th mail to an address, once it has come.
    pub async fn nth_mail_to(&self, email: &str, n: usize) -> String {
        until("a mail comes", async || self.mails_to(email).len() > n).await;
        self.mails_to(email).swap_remove(n)
    }
}

/// The code in a mail.
pub fn code_in(mail: &str) -> String {
    let code = mail.lines().find_map(|line| line.strip_prefix("    "));
    code.unwrap_or_else(|| panic!("no code in {mail}")).to_owned()
}
