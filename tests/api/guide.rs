//! The moderators' guide, as somebody follows it: every `curl` in it is sent, in its order, and does what it says.

use crate::world::{CAREFUL, World, id, until};
use reqwest::Method;
use serde_json::{Value, json};
use std::collections::HashMap;

const GUIDE: &str = include_str!("../../docs/MODERATION.md");

/// One `curl` of a guide.
#[derive(Debug)]
struct Call {
    method: Method,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

/// The commands of a guide, each in one line.
fn commands(guide: &str) -> Vec<String> {
    let blocks = guide.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap());
    let lines = blocks.flat_map(|block| {
        let mut commands: Vec<String> = Vec::new();
        for line in block.replace("\\\n", " ").lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            match commands.last_mut() {
                // What a quote began goes on in the next line.
                Some(last) if !line.starts_with("curl ") => last.push_str(line),
                _ => commands.push(line.to_owned()),
            }
        }
        commands
    });
    lines.collect()
}

/// The words of a command as a shell reads them; `$NAME` is looked up, but between single quotes.
fn words(command: &str, known: &HashMap<&str, String>) -> Vec<String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut rest = command.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\'' | '"' if quote == Some(c) => quote = None,
            '\'' | '"' if quote.is_none() => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            '$' if quote != Some('\'') => {
                let mut name = String::new();
                while let Some(c) = rest.next_if(|c| c.is_ascii_uppercase() || *c == '_') {
                    name.push(c);
                }
                let value = known.get(name.as_str()).unwrap_or_else(|| panic!("{command}: ${name} is nothing yet"));
                word.get_or_insert_default().push_str(value);
            }
            c if c.is_whitespace() && quote.is_none() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
    }
    assert_eq!(quote, None, "{command}");
    words.extend(word);
    words
}

/// What a command asks for.
fn call(command: &str, known: &HashMap<&str, String>) -> Call {
    let mut words = words(command, known).into_iter().skip(1);
    let mut call = Call { method: Method::GET, path: String::new(), headers: Vec::new(), body: None };
    let mut method = None;
    while let Some(word) = words.next() {
        match word.as_str() {
            "-X" => method = words.next(),
            "-d" => call.body = words.next(),
            "-H" => {
                let header = words.next().unwrap();
                let (name, value) = header.split_once(": ").unwrap();
                call.headers.push((name.to_owned(), value.to_owned()));
            }
            _ => call.path = word,
        }
    }
    if call.body.is_some() {
        call.method = Method::POST;
    }
    if let Some(method) = method {
        call.method = method.parse().unwrap();
    }
    call
}

#[test]
fn a_command_is_read_as_a_shell_reads_it() {
    let known = HashMap::from([("API", String::new()), ("ONE", "1".to_owned())]);
    let read =
        call("curl -X PUT \"$API/v1/x?a=b&c=$ONE\" -H 'If-Match: \"$2\"'  -d '{\"a\":\"'$ONE'\", \"b\":2}'", &known);
    assert_eq!((read.method, read.path.as_str()), (Method::PUT, "/v1/x?a=b&c=1"));
    assert_eq!(read.headers, [("If-Match".to_owned(), "\"$2\"".to_owned())]);
    assert_eq!(read.body.unwrap(), "{\"a\":\"1\", \"b\":2}");
}

#[actix_web::test]
async fn every_example_of_the_guide_for_moderators_works() {
    let w = World::new().await;
    let (slug, _) = w.article_taking("Careful", CAREFUL).await;
    let (mo, hollis) = (w.moderator("Mo").await, w.moderator("Hollis").await);
    let (coach, other_coach, ada) = (w.coach("Colin").await, w.coach("Marit").await, w.reader("Ada").await);
    let mut known = HashMap::from([
        ("API", String::new()),
        ("TOKEN", mo.access_token.clone()),
        ("COACH", coach.id.clone()),
        ("OTHER_COACH", other_coach.id.clone()),
        ("ACCOUNT", ada.id.clone()),
    ]);
    let commands = commands(GUIDE);
    assert!(commands.len() > 40, "{}", commands.len());
    for command in &commands {
        // Each finds comments that wait; nobody need read all of a guide to follow a part.
        for name in ["COMMENT", "ONE", "OTHER"].into_iter().filter(|name| command.contains(&format!("${name}"))) {
            let comment = w.post_as_guest(&slug, &format!("Hello, {}.", w.clock.id()), None).await.expect(201);
            known.insert(name, id(&comment));
            known.insert("AUTHOR", id(&comment["author"]));
        }
        if command.contains("$ALERT") && !known.contains_key("ALERT") {
            w.say(&slug, "I am going to kill myself tonight.", None).await;
            let alerts = async || w.see(&mo, "/v1/moderation/alerts").await.expect(200)["items"].clone();
            until("somebody is called", async || !alerts().await.as_array().unwrap().is_empty()).await;
            known.insert("ALERT", id(&alerts().await[0]));
        }
        if command.contains("\"status\":\"rejected\"") {
            w.give(&hollis, &known["COMMENT"], "reject", json!({})).await.expect(200);
        }
        if command.contains("/undo") {
            let comment = w.say(&slug, "Goodbye.", None).await;
            let given = w.give(&mo, &comment, "reject", json!({})).await.expect(200);
            known.insert("VERDICT", given["verdict_id"].as_str().unwrap().to_owned());
        }
        let Call { method, path, headers, body } = call(command, &known);
        let mut request = w.request(method.clone(), &path);
        for (name, value) in headers {
            request = request.header(&name, &value);
        }
        if let Some(body) = body {
            let body: Value = serde_json::from_str(&body).unwrap_or_else(|error| panic!("{command}: {error}"));
            request = request.json(&body);
        }
        let reply = request.send().await;
        assert!(reply.status.is_success(), "{command}\n{} {}", reply.status, reply.text());
        // What is named further down is what was made here.
        let made = match path.as_str() {
            "/v1/moderation/support" => "SUPPORT",
            "/v1/moderation/rules" => "RULE",
            "/v1/moderation/sanctions" => "SANCTION",
            _ => "",
        };
        if method == Method::POST && !made.is_empty() {
            known.insert(made, id(&reply.json()));
        }
        if method == Method::DELETE && path.starts_with("/v1/comments/") {
            known.insert("DELETED", known["COMMENT"].clone());
        }
    }
}
