//! An endpoint on this machine that looks at texts, as well or as badly behaved as a test wants it.

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::{StatusCode, header},
    web::{self, Bytes},
};
use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use colloquy::clock::Clock;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use std::{
    collections::VecDeque,
    convert::Infallible,
    net::TcpListener,
    sync::{Arc, Mutex},
};
use tokio::sync::Semaphore;

/// What both sides sign with.
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// How the endpoint behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Approve,
    Hold,
    Reject,
    /// Answers when a test lets it.
    Waiting,
    /// Takes requests and never answers.
    Silent,
    /// Begins to answer and never ends.
    Dribbling,
    /// Never stops answering.
    Endless,
    Failing,
    /// Says 302 to another address.
    Redirecting,
    /// Says 307, which would take the text along.
    RedirectingWhole,
    /// Signs with another key.
    Forging,
    Unsigned,
    /// Answers as it did six minutes ago.
    Stale,
    /// Answers another question.
    Misdirected,
    /// Speaks about another text.
    Mistaken,
    /// Is cut off.
    Broken,
    /// Speaks another language.
    Strange,
}

struct Stage {
    mood: Mood,
    clock: Clock,
    elsewhere: String,
    questions: VecDeque<Value>,
}

pub struct Endpoint {
    pub url: String,
    stage: Arc<Mutex<Stage>>,
    let_go: Arc<Semaphore>,
    handle: ServerHandle,
}

impl Endpoint {
    pub fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/look", listener.local_addr().unwrap());
        let (clock, elsewhere) = (Clock::system(), String::new());
        let stage = Arc::new(Mutex::new(Stage { mood, clock, elsewhere, questions: VecDeque::new() }));
        let let_go = Arc::new(Semaphore::new(0));
        let (shared, gate) = (Arc::clone(&stage), Arc::clone(&let_go));
        let server = HttpServer::new(move || {
            let (stage, gate) = (Arc::clone(&shared), Arc::clone(&gate));
            App::new().default_service(web::to(move |request: HttpRequest, body: Bytes| {
                answer(request, body, Arc::clone(&stage), Arc::clone(&gate))
            }))
        });
        let server = server.workers(1).listen(listener).unwrap().disable_signals().run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        Self { url, stage, let_go, handle }
    }

    /// Signs by this clock.
    pub fn go_by(&self, clock: &Clock) {
        self.stage.lock().unwrap().clock = clock.clone();
    }

    pub fn feel(&self, mood: Mood) {
        self.stage.lock().unwrap().mood = mood;
    }

    /// Where redirects lead.
    pub fn point_to(&self, url: &str) {
        url.clone_into(&mut self.stage.lock().unwrap().elsewhere);
    }

    /// Lets so many answers go that wait.
    pub fn let_go(&self, answers: usize) {
        self.let_go.add_permits(answers);
    }

    /// What it was asked so far.
    pub fn questions(&self) -> Vec<Value> {
        self.stage.lock().unwrap().questions.iter().cloned().collect()
    }

    /// Waits until it was asked so often.
    pub async fn asked(&self, times: usize) {
        crate::world::until("the endpoint is asked", async || self.questions().len() >= times).await;
    }

    /// It goes away: nobody listens any more.
    pub async fn stop(&self) {
        self.handle.stop(false).await;
    }
}

fn key(mood: Mood) -> hmac::Key {
    let secret = STANDARD.decode(SECRET.strip_prefix("whsec_").unwrap()).unwrap();
    hmac::Key::new(hmac::HMAC_SHA256, if mood == Mood::Forging { &[7; 24] } else { &secret })
}

fn signed(id: &str, at: i64, body: &[u8]) -> Vec<u8> {
    [id.as_bytes(), format!(".{at}.").as_bytes(), body].concat()
}

/// What was asked, if it was asked as agreed.
fn question(request: &HttpRequest, body: &[u8], now: i64) -> Value {
    let header = |name: &str| request.headers().get(name).unwrap().to_str().unwrap().to_owned();
    let (id, at) = (header("webhook-id"), header("webhook-timestamp").parse().unwrap());
    let signature = header("webhook-signature");
    let tag = STANDARD.decode(signature.strip_prefix("v1,").unwrap()).unwrap();
    hmac::verify(&key(Mood::Approve), &signed(&id, at, body), &tag).expect("questions are signed");
    assert_eq!((request.method().as_str(), at), ("POST", now));
    assert_eq!(header("content-type"), "application/json");
    let mut question: Value = serde_json::from_slice(body).unwrap();
    question["message"] = id.into();
    question
}

async fn answer(request: HttpRequest, body: Bytes, stage: Arc<Mutex<Stage>>, gate: Arc<Semaphore>) -> HttpResponse {
    let (mood, now, elsewhere, question) = {
        let mut stage = stage.lock().unwrap();
        let now = stage.clock.now().timestamp();
        let question = question(&request, &body, now);
        stage.questions.push_back(question.clone());
        (stage.mood, now, stage.elsewhere.clone(), question)
    };
    let bytes = |text: &'static [u8]| Ok::<_, Infallible>(Bytes::from_static(text));
    match mood {
        Mood::Waiting => gate.acquire().await.unwrap().forget(),
        Mood::Silent => std::future::pending().await,
        Mood::Dribbling => {
            let drops = stream::once(async move { bytes(b"{") }).chain(stream::pending());
            return HttpResponse::Ok().streaming(drops);
        }
        Mood::Endless => return HttpResponse::Ok().streaming(stream::repeat_with(move || bytes(&[b' '; 8192]))),
        Mood::Failing => return HttpResponse::build(StatusCode::INTERNAL_SERVER_ERROR).finish(),
        Mood::Redirecting => {
            return HttpResponse::Found().insert_header((header::LOCATION, elsewhere)).finish();
        }
        Mood::RedirectingWhole => {
            return HttpResponse::TemporaryRedirect().insert_header((header::LOCATION, elsewhere)).finish();
        }
        _ => {}
    }
    said(mood, &question, now)
}

fn said(mood: Mood, question: &Value, now: i64) -> HttpResponse {
    let verdict = match mood {
        Mood::Hold => "hold",
        Mood::Reject => "reject",
        _ => "approve",
    };
    let id = if mood == Mood::Mistaken { json!(Clock::system().id()) } else { question["id"].clone() };
    let body = match mood {
        Mood::Broken => format!("{{\"id\":{id},\"verd"),
        Mood::Strange => json!({ "id": id, "verdict": "perhaps" }).to_string(),
        Mood::Hold => json!({ "id": id, "verdict": verdict, "reason": "Sounds angry.", "priority": 2 }).to_string(),
        Mood::Reject => json!({ "id": id, "verdict": verdict, "reason": "Advertises.", "model": "7b" }).to_string(),
        _ => json!({ "id": id, "verdict": verdict }).to_string(),
    };
    let at = if mood == Mood::Stale { now - 6 * 60 } else { now };
    let message = if mood == Mood::Misdirected { "another" } else { question["message"].as_str().unwrap() };
    let tag = STANDARD.encode(hmac::sign(&key(mood), &signed(message, at, body.as_bytes())));
    let mut response = HttpResponse::Ok();
    response.insert_header(("webhook-id", message)).insert_header(("webhook-timestamp", at.to_string()));
    if mood != Mood::Unsigned {
        // As while keys are being replaced: another signature first.
        response.insert_header(("webhook-signature", format!("v1,bm9uc2Vuc2U= v1,{tag}")));
    }
    response.content_type("application/json").body(body)
}
