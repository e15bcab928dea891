//! How near a cached read comes to the most that actix can do: in one run, interleaved, this server against a bare
//! actix server that answers the same bytes and headers. `cargo bench --bench cached_reads`
#![expect(
    clippy::unwrap_used,
    clippy::get_unwrap,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on should stop"
)]

use actix_web::{App, HttpResponse, HttpServer, web};
use colloquy::{
    app,
    cli::demo,
    clock::Clock,
    config::Settings,
    db::migrations,
    db::private::{Durability, Options, Private},
    secrets::Secrets,
};
use std::{
    fs,
    net::SocketAddr,
    os::unix::fs::PermissionsExt,
    sync::mpsc,
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const ROUNDS: usize = 9;
const ROUND: Duration = Duration::from_millis(1500);
const CONNECTIONS: usize = 32;
const WORKERS: usize = 2;

/// One request and what this server answered to it.
struct Case {
    name: &'static str,
    request: String,
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

fn main() {
    // `cargo test` builds and runs benchmarks too; it only wants to know that this one starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    // Whoever runs the private Postgres must be able to pass through.
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o711)).unwrap();
    let postgres = Private::open(&Options::new(directory.path(), Durability::Fast)).unwrap();
    let colloquy = serve_colloquy(&postgres);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    println!(
        "{CONNECTIONS} connections, {WORKERS} workers, {ROUNDS} rounds of {ROUND:?} each, interleaved; median requests per second"
    );
    println!("{:<28}{:>10}{:>12}{:>12}{:>8}", "case", "bytes", "bare actix", "colloquy", "ratio");
    for case in runtime.block_on(cases(colloquy)) {
        let bare = serve_bare(&case);
        let (mut theirs, mut ours) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            theirs.push(runtime.block_on(load(bare, &case)));
            ours.push(runtime.block_on(load(colloquy, &case)));
        }
        let (theirs, ours) = (median(theirs), median(ours));
        println!("{:<28}{:>10}{theirs:>12.0}{ours:>12.0}{:>8.2}", case.name, case.body.len(), ours / theirs);
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap()
}

/// This server with the demo's content, on a thread of its own.
fn serve_colloquy(postgres: &Private) -> SocketAddr {
    let (owner, url) = (postgres.url("postgres", "colloquy"), postgres.url("colloquy", "colloquy"));
    let (sender, receiver) = mpsc::channel();
    let prepared = actix_web::rt::System::new().block_on(async {
        postgres.prepare("colloquy", "colloquy").await?;
        migrations::up(&owner, Some("colloquy")).await
    });
    prepared.unwrap();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let workers = WORKERS.to_string();
            let settings =
                Settings::with(&[("bind", "127.0.0.1:0"), ("workers", &workers), ("mail_dir", "/nowhere")]).unwrap();
            let secrets = Secrets::new("a benchmark's secret of more than 32 bytes").unwrap();
            demo::seed(&url, &settings, &secrets, &Clock::system(), &|_| ()).await.unwrap();
            let running = app::start(&url, settings, secrets, Clock::system(), app::no_pages).await.unwrap();
            sender.send(running.address).unwrap();
            std::future::pending::<()>().await;
        });
    });
    receiver.recv().unwrap()
}

/// A server that does nothing but send what the case expects.
fn serve_bare(case: &Case) -> SocketAddr {
    let (status, headers, body) = (case.status, case.headers.clone(), bytes::Bytes::from(case.body.clone()));
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server = HttpServer::new(move || {
                let (headers, body) = (headers.clone(), body.clone());
                App::new().default_service(web::to(move || {
                    let mut response = HttpResponse::build(status.try_into().unwrap());
                    for (name, value) in &headers {
                        response.append_header((name.as_str(), value.as_str()));
                    }
                    let response = if status == 304 { response.finish() } else { response.body(body.clone()) };
                    async move { response }
                }))
            });
            let server = server.workers(WORKERS).bind("127.0.0.1:0").unwrap();
            sender.send(server.addrs().first().copied().unwrap()).unwrap();
            server.run().await.unwrap();
        });
    });
    receiver.recv().unwrap()
}

async fn cases(address: SocketAddr) -> Vec<Case> {
    let client = reqwest::Client::new();
    let articles: serde_json::Value =
        client.get(format!("http://{address}/v1/articles")).send().await.unwrap().json().await.unwrap();
    let slug = demo::THREAD_ARTICLE;
    assert!(articles.to_string().contains(slug));
    let paths = [
        ("article", format!("/v1/articles/{slug}")),
        ("thread page", format!("/v1/articles/{slug}/comments?limit=20&replies=3")),
    ];
    let mut cases = Vec::new();
    for (name, path) in paths {
        let (first, etag) = case(&client, address, name, &path, "").await;
        let (unchanged, _) = case(&client, address, name, &path, &etag).await;
        cases.extend([first, unchanged]);
    }
    cases
}

async fn case(
    client: &reqwest::Client,
    address: SocketAddr,
    name: &'static str,
    path: &str,
    etag: &str,
) -> (Case, String) {
    let mut request = client.get(format!("http://{address}{path}"));
    let mut text = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\n");
    if !etag.is_empty() {
        request = request.header("if-none-match", etag);
        text.push_str(&format!("If-None-Match: {etag}\r\n"));
    }
    text.push_str("\r\n");
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let made_by_actix = ["content-length", "date", "connection"];
    let headers: Vec<_> = response
        .headers()
        .iter()
        .filter(|(name, _)| !made_by_actix.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    let etag = response.headers().get("etag").map(|etag| etag.to_str().unwrap().to_owned()).unwrap();
    let body = response.bytes().await.unwrap().to_vec();
    let name = match (name, status) {
        ("article", 200) => "article, 200",
        ("article", _) => "article, 304",
        (_, 200) => "thread page of 20, 200",
        (_, _) => "thread page of 20, 304",
    };
    (Case { name, request: text, status, headers, body }, etag)
}

/// Requests per second over one round.
async fn load(address: SocketAddr, case: &Case) -> f64 {
    let begun = Instant::now();
    let clients: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(client(address, case.request.clone(), case.body.len(), begun + ROUND)))
        .collect();
    let mut answered = 0;
    for client in clients {
        answered += client.await.unwrap();
    }
    f64::from(answered) / begun.elapsed().as_secs_f64()
}

/// One connection, one request after the other; every answer is read to its end.
async fn client(address: SocketAddr, request: String, body: usize, until: Instant) -> u32 {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.set_nodelay(true).unwrap();
    let mut buffer = vec![0; 256 * 1024];
    let mut answered = 0;
    while Instant::now() < until {
        stream.write_all(request.as_bytes()).await.unwrap();
        let (mut have, mut want) = (0, usize::MAX);
        while have < want {
            let read = stream.read(buffer.get_mut(have..).unwrap()).await.unwrap();
            assert!(read > 0, "the server closed the connection");
            have += read;
            if want == usize::MAX {
                want = head_length(buffer.get(..have).unwrap()).map_or(usize::MAX, |head| head + body);
            }
        }
        answered += 1;
    }
    answered
}

fn head_length(answer: &[u8]) -> Option<usize> {
    answer.windows(4).position(|window| window == b"\r\n\r\n").map(|end| end + 4)
}
