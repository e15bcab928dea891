//! A mail server that takes everything in, until it is told to refuse.

use std::sync::{Arc, Mutex};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

#[derive(Clone)]
pub struct MailServer {
    /// For the setting `smtp_url`.
    pub url: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    received: Vec<String>,
    recipients: usize,
    refusal: Option<&'static str>,
}

impl MailServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let state = Arc::<Mutex<State>>::default();
        let shared = Arc::clone(&state);
        actix_web::rt::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                actix_web::rt::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, state }
    }

    /// What has come in: the envelope's recipient, then the mail.
    pub fn received(&self) -> Vec<String> {
        self.state.lock().unwrap().received.clone()
    }

    /// How many recipients were named to it so far.
    pub fn recipients(&self) -> usize {
        self.state.lock().unwrap().recipients
    }

    /// Answers every recipient with this line from now on, with an empty one not at all; with none, takes them.
    pub fn refuse(&self, line: Option<&'static str>) {
        self.state.lock().unwrap().refusal = line;
    }
}

/// RFC 5321, as far as a client that does everything right needs it.
async fn serve(stream: TcpStream, state: Arc<Mutex<State>>) {
    let (reading, mut writing) = stream.into_split();
    let mut lines = BufReader::new(reading).lines();
    let mut mail: Option<String> = None;
    let mut recipient = String::new();
    let mut say = "220 mail.example.org".to_owned();
    loop {
        if !say.is_empty() && writing.write_all(format!("{say}\r\n").as_bytes()).await.is_err() {
            return;
        }
        let Ok(Some(line)) = lines.next_line().await else { return };
        say = match (&mut mail, line.to_uppercase().split([' ', ':']).next().unwrap()) {
            (Some(content), _) if line == "." => {
                state.lock().unwrap().received.push(std::mem::take(content));
                mail = None;
                "250 taken".into()
            }
            (Some(content), _) => {
                // A dot before a line's own first dot is not the sender's (RFC 5321 §4.5.2).
                content.push_str(line.strip_prefix('.').unwrap_or(&line));
                content.push('\n');
                String::new()
            }
            (None, "RCPT") => {
                recipient = line;
                let mut state = state.lock().unwrap();
                state.recipients += 1;
                state.refusal.unwrap_or("250 fine").into()
            }
            (None, "DATA") => {
                mail = Some(format!("{recipient}\n"));
                "354 go on".into()
            }
            (None, "QUIT") => "221 bye".into(),
            (None, _) => "250 fine".into(),
        };
    }
}
