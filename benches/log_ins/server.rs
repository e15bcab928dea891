//! The server as a process of its own, and connections of clients to it.

use crate::SECRET;
use colloquy::db::private::Private;
use std::{
    fs,
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    ops::Range,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

/// The server as it runs in production: a process of its own, its parameters the defaults.
pub struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    pub fn start(postgres: &Private, directory: &Path, changes: &[(&str, &str)]) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
        command.arg("serve").current_dir(directory).env_clear().stdout(Stdio::null());
        command.env("DATABASE_URL", postgres.url("colloquy", "colloquy")).env("COLLOQUY_SECRET", SECRET);
        command.env("COLLOQUY_BIND", address.to_string()).env("COLLOQUY_PUBLIC_URL", "https://api.example.org");
        command.env("COLLOQUY_MAIL_DIR", directory.join("mail")).env("COLLOQUY_MAIL_FROM", "hello@example.org");
        command.env("COLLOQUY_TRUSTED_PROXIES", "127.0.0.1/32").env("COLLOQUY_LOG", "error");
        command.envs(changes.iter().copied());
        let mut server = Self { process: command.spawn().unwrap(), address };
        while server.ready() != Some(204) {
            assert!(server.process.try_wait().unwrap().is_none(), "the server does not start");
            thread::sleep(Duration::from_millis(20));
        }
        server
    }

    pub fn ready(&self) -> Option<u16> {
        Some(Connection::open(self.address)?.send("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n").0)
    }

    pub fn connect(&self) -> Connection {
        Connection::open(self.address).unwrap()
    }

    /// Forgets the greatest memory so far.
    pub fn forget_peak(&self) {
        fs::write(format!("/proc/{}/clear_refs", self.process.id()), "5").unwrap();
    }

    /// The most memory that was resident since then, MiB.
    pub fn peak(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A client's connection: one request after the other, every answer read to its end.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// Where the last answer's body lies in it.
    body: Range<usize>,
}

impl Connection {
    pub fn open(address: SocketAddr) -> Option<Self> {
        let stream = TcpStream::connect(address).ok()?;
        stream.set_nodelay(true).unwrap();
        Some(Self { stream, buffer: vec![0; 512 * 1024], body: 0..0 })
    }

    /// The status, and when the answer was there.
    pub fn send(&mut self, request: &str) -> (u16, Instant) {
        self.stream.write_all(request.as_bytes()).unwrap();
        let (mut have, mut want) = (0, usize::MAX);
        while have < want {
            let read = self.stream.read(self.buffer.get_mut(have..).unwrap()).unwrap();
            assert!(read > 0, "the server closed the connection");
            have += read;
            if want == usize::MAX
                && let Some(body) = body_of(self.buffer.get(..have).unwrap())
            {
                want = body.end;
                self.body = body;
            }
        }
        let end = Instant::now();
        let status = self.buffer.get(9..12).and_then(|digits| str::from_utf8(digits).ok()).unwrap();
        (status.parse().unwrap(), end)
    }

    /// The body of the last answer.
    pub fn body(&self) -> &[u8] {
        self.buffer.get(self.body.clone()).unwrap()
    }
}

/// Where the body lies in an answer whose head is there.
fn body_of(answer: &[u8]) -> Option<Range<usize>> {
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let lines = str::from_utf8(answer.get(..head)?).unwrap().lines();
    let length =
        lines.filter_map(|line| line.split_once(": ")).find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    Some(head..head + length.map_or(0, |(_, length)| length.parse::<usize>().unwrap()))
}

/// A POST of a client at this address behind the proxy.
pub fn post(path: &str, client: Ipv4Addr, body: &serde_json::Value) -> String {
    let body = body.to_string();
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {client}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
}
