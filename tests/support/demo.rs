//! `colloquy demo` as its users start it: the program itself, in a process of its own.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// What the demo logs, at its most talkative: a file in its data directory.
pub const LOG: &str = "demo.log";

/// A demo that is running.
pub struct Demo {
    child: Child,
    /// Where it says it listens, such as `http://127.0.0.1:41231`.
    pub url: String,
    /// All that it printed until it was ready.
    pub greeting: String,
}

impl Demo {
    /// Starts a demo on a data directory and waits until it says that it is ready.
    pub fn start(data_dir: &Path) -> Self {
        let log = File::create(data_dir.join(LOG)).expect("its log can be written");
        let mut demo = command(data_dir);
        demo.arg("demo").env("COLLOQUY_LOG", "debug").stdout(Stdio::piped()).stderr(log);
        let mut child = demo.spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let mut greeting = String::new();
        let mut url = None;
        for line in &mut lines {
            let line = line.expect("its output is text");
            greeting.push_str(&line);
            greeting.push('\n');
            url = url.or_else(|| line.strip_prefix("Ready: ").map(str::to_owned));
            if line.contains("Ctrl-C") {
                break;
            }
        }
        let url = url.unwrap_or_else(|| panic!("the demo did not become ready:\n{greeting}"));
        // Whatever it prints from now on must not fill the pipe.
        std::thread::spawn(move || lines.count());
        Self { child, url, greeting }
    }

    /// The token that the greeting shows for a role.
    pub fn token(&self, role: &str) -> String {
        let line =
            self.greeting.lines().map(str::trim).find(|line| line.starts_with(role)).expect("a line for the role");
        line.split_whitespace().last().expect("a token at its end").to_owned()
    }

    /// `kill -9`: the program gets no chance to tidy up.
    pub fn kill(mut self) {
        self.child.kill().expect("the demo can be killed");
        self.child.wait().expect("the demo ends");
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The program with a data directory of its own, any free port, and nothing of the caller's settings.
pub fn command(data_dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_colloquy"));
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("COLLOQUY_") || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command.env("COLLOQUY_DATA_DIR", data_dir).env("COLLOQUY_BIND", "127.0.0.1:0").env("COLLOQUY_LOG_FORMAT", "text");
    command
}
