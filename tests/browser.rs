//! The pages in a real browser: headless Chromium, driven by WebDriver. A target of its own, because it needs
//! `chromium` and `chromedriver`: `cargo test --test browser`.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on should stop")]

#[expect(dead_code, reason = "a browser needs less of it than the program's own tests")]
#[path = "support/demo.rs"]
mod demo;

use demo::Demo;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

/// How long a page may take to show what a test waits for.
const PATIENCE: Duration = Duration::from_mins(2);

/// The driver's process; it must not outlive a test that failed.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

struct Browser {
    client: Client,
    _driver: Driver,
}

impl Browser {
    async fn start() -> Self {
        let mut chromedriver = Command::new("chromedriver");
        let quiet = chromedriver.arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null());
        let mut driver = Driver(quiet.spawn().expect("chromedriver is installed"));
        let mut lines = BufReader::new(driver.0.stdout.take().unwrap()).lines();
        let port = lines.find_map(|line| {
            let line = line.unwrap();
            let (_, port) = line.split_once("started successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        std::thread::spawn(move || lines.count());
        let address = format!("http://127.0.0.1:{}", port.expect("chromedriver tells its port"));
        // Whatever is not on this machine cannot be found, so a page that needed it would show.
        let arguments = json!([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
        ]);
        let capabilities = json!({ "goog:chromeOptions": { "args": arguments } });
        let connector = hyper_util::client::legacy::connect::HttpConnector::new();
        let client = ClientBuilder::new(connector)
            .capabilities(capabilities.as_object().unwrap().clone())
            .connect(&address)
            .await
            .unwrap();
        Self { client, _driver: driver }
    }

    /// Waits for an element that a person would see.
    async fn see(&self, css: &str) -> fantoccini::elements::Element {
        let waited = self.client.wait().at_most(PATIENCE).for_element(Locator::Css(css)).await;
        waited.unwrap_or_else(|error| panic!("{css} is not on the page: {error}"))
    }

    /// Waits until the page's text contains some words.
    async fn read(&self, words: &str) {
        let script = "return document.body.innerText.includes(arguments[0])";
        let deadline = tokio::time::Instant::now() + PATIENCE;
        while self.client.execute(script, vec![json!(words)]).await.unwrap() != json!(true) {
            assert!(tokio::time::Instant::now() < deadline, "the page never shows: {words}");
        }
    }

    /// Addresses of everything that the page asked for outside of this server.
    async fn outside_requests(&self, url: &str) -> Vec<String> {
        let script = "return performance.getEntriesByType('resource').map(entry => entry.name)";
        let asked = self.client.execute(script, vec![]).await.unwrap();
        let asked: Vec<Value> = asked.as_array().unwrap().clone();
        asked
            .iter()
            .map(|name| name.as_str().unwrap().to_owned())
            .filter(|name| !name.starts_with(url) && !name.starts_with("data:"))
            .collect()
    }

    async fn close(self) {
        self.client.close().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_documentation_page_works_without_the_outside_world() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path());
    let browser = Browser::start().await;
    browser.client.goto(&format!("{}/docs/", demo.url)).await.unwrap();
    // Made by the page's script out of the document: operations under their tags.
    browser.read("Posts a comment, or a reply when").await;
    browser.read("moderation").await;
    assert_eq!(browser.outside_requests(&demo.url).await, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_comments_on_the_demo_page_and_a_coach_replies() {
    let directory = tempfile::tempdir().unwrap();
    let demo = Demo::start(directory.path());
    let browser = Browser::start().await;
    browser.client.goto(&format!("{}/demo#/the-second-cup", demo.url)).await.unwrap();
    browser.read("The cleanest towel in Europe").await;
    assert_eq!(browser.outside_requests(&demo.url).await, Vec::<String>::new());
    guest_comments(&browser).await;
    coach_replies(&browser, &demo).await;
    assert_eq!(browser.outside_requests(&demo.url).await, Vec::<String>::new());
    browser.close().await;
}

/// The page itself fetches the thread again after a post, like any page would; the new comment is in it.
async fn guest_comments(browser: &Browser) {
    let form = browser.see("#commentForm").await;
    form.find(Locator::Css("[name=guest]")).await.unwrap().send_keys("Lantern").await.unwrap();
    form.find(Locator::Css("[name=body]")).await.unwrap().send_keys("I kept the **second** cup, too.").await.unwrap();
    form.find(Locator::Css("[type=submit]")).await.unwrap().click().await.unwrap();
    browser.read("Your comment is on the page.").await;
    browser.read("I kept the second cup, too.").await;
}

async fn coach_replies(browser: &Browser, demo: &Demo) {
    let credentials =
        demo.greeting.lines().find(|line| line.contains("coach") && line.contains('@')).expect("a coach's address");
    let email = credentials.split_whitespace().find(|word| word.contains('@')).unwrap();
    let password = demo
        .greeting
        .lines()
        .find_map(|line| line.trim().strip_prefix("password: "))
        .expect("the password of the demo's people");
    browser.see("#loginBox summary").await.click().await.unwrap();
    browser.see("#loginForm [name=email]").await.send_keys(email).await.unwrap();
    browser.see("#loginForm [name=password]").await.send_keys(password).await.unwrap();
    browser.see("#loginForm [type=submit]").await.click().await.unwrap();
    browser.read("Logged in as").await;
    browser.see("[aria-label='Reply to Lantern']").await.click().await.unwrap();
    browser.see("#commentForm [name=body]").await.send_keys("Keep it as long as it keeps you company.").await.unwrap();
    browser.see("#commentForm [type=submit]").await.click().await.unwrap();
    browser.read("Keep it as long as it keeps you company.").await;
    let badge = "return [...document.querySelectorAll('.coach')].some(card => \
        card.innerText.includes('Keep it as long') && card.querySelector('.badge').textContent === 'coach')";
    assert_eq!(browser.client.execute(badge, vec![]).await.unwrap(), json!(true));
}
