//! Requests of which two servers could think differently where they end (actix-http CVE-2026-73051, RFC 9112 §6.3,
//! §11.2): a 400, the end of the connection, and never an answer to what was hidden behind.

use crate::world::{PATIENCE, World};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

const HIDDEN: &str = "GET /health/live HTTP/1.1\r\nHost: a.example\r\n\r\n";

/// All that comes back until the server hangs up. What is asked after the first answer would be answered, too, if it did so
/// only because nothing more came.
async fn send(w: &World, request: &str) -> String {
    let mut stream = TcpStream::connect(w.server.address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut said = Vec::new();
    let all = async {
        stream.read_buf(&mut said).await.unwrap();
        // A server that has hung up already takes nothing, and may say so by a reset.
        let _ = stream.write_all(HIDDEN.as_bytes()).await;
        let _ = stream.read_to_end(&mut said).await;
    };
    let all = tokio::time::timeout(PATIENCE, all).await;
    assert!(all.is_ok(), "the connection stays open after {request:?}: {}", String::from_utf8_lossy(&said));
    String::from_utf8_lossy(&said).into_owned()
}

#[actix_web::test]
async fn what_ends_in_two_places_is_refused_and_the_connection_with_it() {
    let w = World::new().await;
    let length = HIDDEN.len();
    let heads = [
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked"),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {length}"),
        format!("Content-Length: 0\r\nContent-Length: {length}"),
        format!("Content-Length: {length}\r\nContent-Length: {length}"),
        "Content-Length: 0, 0".into(),
        "Content-Length: +0".into(),
        "Content-Length: -1".into(),
        "Content-Length: 0x0".into(),
        "Content-Length: 0 0".into(),
        "Content-Length: 18446744073709551616".into(),
        "Content-Length : 0".into(),
        "Transfer-Encoding: gzip, chunked".into(),
        "Transfer-Encoding: chunked, identity".into(),
        "Transfer-Encoding: chunked, chunked".into(),
        "Transfer-Encoding: xchunked".into(),
        "Transfer-Encoding: identity".into(),
        "Transfer-Encoding: \u{b}chunked".into(),
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity".into(),
        "Transfer-Encoding : chunked".into(),
        "Transfer-Encoding:\r\n chunked".into(),
        "Content-Length: 0\r\nHost: b.example".into(),
        "Content-Length: 0\r\nX-Odd: a\u{0}b".into(),
        "Content-Length: 0\r\nX-Odd: a\rb".into(),
    ];
    for head in heads {
        let request = format!(
            "POST /v1/sessions HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/json\r\n{head}\r\n\r\n0\r\n\r\n{HIDDEN}"
        );
        let said = send(&w, &request).await;
        assert!(said.starts_with("HTTP/1.1 400 "), "{head}: {said}");
        assert_eq!(said.matches("HTTP/1.1 ").count(), 1, "{head}: {said}");
    }
    let nameless = send(&w, "GET /health/live HTTP/1.1\r\n\r\n").await;
    assert!(nameless.starts_with("HTTP/1.1 400 "), "{nameless}");
    assert_eq!(nameless.matches("HTTP/1.1 ").count(), 1, "{nameless}");
}

/// A line may end in LF alone (RFC 9112 §2.2), but not the size of a chunk: there, one server's body is another's request.
#[actix_web::test]
async fn chunks_are_read_by_the_letter() {
    let w = World::new().await;
    for chunks in [
        "0\n\n",
        "2\n{}\r\n0\r\n\r\n",
        "2\r\n{}0\r\n\r\n",
        "-1\r\n\r\n",
        "0x2\r\n{}\r\n0\r\n\r\n",
        "10000000000000000\r\n",
    ] {
        let request = format!(
            "POST /v1/sessions HTTP/1.1\r\nHost: a.example\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}{HIDDEN}"
        );
        let said = send(&w, &request).await;
        assert!(said.starts_with("HTTP/1.1 400 "), "{chunks:?}: {said}");
        assert_eq!(said.matches("HTTP/1.1 ").count(), 1, "{chunks:?}: {said}");
    }
}
