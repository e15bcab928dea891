//! The server process: making its cluster, starting it, seeing it ready, stopping it.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::os::unix::fs::{OpenOptionsExt as _, fchown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, ExitStatus};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, getppid};

use super::binaries::Binaries;
use super::place::Place;
use super::{Durability, Options};

/// How long a start may take: usually 50 ms, but a crash may have left much to recover.
const START: Duration = Duration::from_mins(2);

/// How often to look whether the server is ready.
const LOOK: Duration = Duration::from_millis(2);

/// How long a stop in good order may take, and then how long one at once.
const STOP: [(Signal, Duration); 3] = [
    (Signal::SIGINT, Duration::from_secs(30)),
    (Signal::SIGQUIT, Duration::from_secs(5)),
    (Signal::SIGKILL, Duration::from_secs(5)),
];

/// How many of the log's last lines go into the error of a failed start.
const LAST_LINES: usize = 12;

/// Classification by case and kind of letter beyond ASCII, with an order that no system update changes.
const LOCALE: &str = if cfg!(target_os = "macos") { "en_US.UTF-8" } else { "C.UTF-8" };

/// What every server is started with, whatever a configuration file in the cluster says.
const SETTINGS: [&str; 11] = [
    "listen_addresses=",
    "port=5432", // The name of the socket, no TCP port.
    "unix_socket_permissions=0700",
    "timezone=UTC",
    "log_timezone=UTC",
    "cluster_name=colloquy",
    // The log never holds what people wrote: errors of statements are the application's to report, and what else quotes
    // statements, parameters or rows is off.
    "log_min_messages=log",
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
    "log_parameter_max_length_on_error=0",
    "log_checkpoints=off",
];

const DURABLE: [&str; 3] = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"];
const FAST: [&str; 3] = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"];

/// A running server process, a child of ours.
#[derive(Debug)]
pub(super) struct Server {
    pid: Pid,
    /// Told once when the process has ended.
    ended: Mutex<Receiver<ExitStatus>>,
}

/// Makes an empty cluster, all or nothing. `lock` is held by `initdb` itself, so that it cannot be overtaken.
pub(super) fn create(place: &Place, binaries: &Binaries, durability: Durability, lock: &File) -> Result<()> {
    // Beside, then renamed: a directory called `data` is always whole.
    let fresh = place.home.join("data.new");
    match fs::remove_dir_all(&fresh) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("removing {}", fresh.display()));
        }
        _ => place.user.private_directory(&fresh)?,
    }
    let mut command = place.user.command(binaries.dir.join("initdb"));
    command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--data-checksums"]);
    command.arg(format!("--locale={LOCALE}")).arg("--pgdata").arg(&fresh);
    if durability == Durability::Fast {
        command.arg("--no-sync");
    }
    ends_with_us(command.stdin(lock.try_clone()?));
    let output = command.output().context("starting initdb")?;
    ensure!(output.status.success(), "initdb failed: {}", last_lines(&String::from_utf8_lossy(&output.stderr)));
    fs::rename(&fresh, place.data()).with_context(|| format!("naming {}", place.data().display()))?;
    if durability == Durability::Durable {
        File::open(&place.home)?.sync_all()?;
    }
    Ok(())
}

/// Starts the server and waits until it takes connections. `lock` goes over to it and its children: it is free again when
/// the last of them has ended.
pub(super) fn start(place: &Place, binaries: &Binaries, options: &Options<'_>, lock: File) -> Result<Server> {
    let sockets = place.sockets();
    place.user.private_directory(&sockets)?;
    let log = fresh_log(place)?;
    let mut command = place.user.command(binaries.dir.join("postgres"));
    command.arg("-D").arg(place.data());
    let durability = match options.durability {
        Durability::Durable => DURABLE,
        Durability::Fast => FAST,
    };
    for setting in SETTINGS.iter().chain(&durability) {
        command.args(["-c", setting]);
    }
    command.args(["-c", &format!("max_connections={}", options.max_connections)]);
    command.args(["-c", &format!("shared_buffers={}MB", options.shared_buffers_mib)]);
    command.args(["-c", &format!("unix_socket_directories={}", sockets.display())]);
    // The lock file is empty: as standard input it is as good as /dev/null, and every child inherits it.
    command.stdin(lock).stdout(log.try_clone()?).stderr(log);
    ends_with_us(&mut command);
    let mut server = spawn(command)?;
    server.wait_until_ready(place)?;
    Ok(server)
}

/// Asks the server of a dead owner to end, with no more rights than the server has: the process id is from its own file.
/// On Linux the kernel has done so already; a second time does no harm.
pub(super) fn end_orphan(place: &Place) -> Result<()> {
    let pid = fs::read_to_string(place.data().join("postmaster.pid")).ok();
    let pid = pid.as_deref().and_then(|text| text.lines().next()?.parse::<u32>().ok());
    // 0 would be our own process group.
    if let Some(pid) = pid.filter(|&pid| pid > 1) {
        let mut command = place.user.command("/bin/sh");
        command.args(["-c", "kill -INT \"$0\" 2>/dev/null", &pid.to_string()]).status()?;
    }
    Ok(())
}

/// Makes the command a process group of its own, so that a Ctrl-C at our terminal does not stop it before we have ended
/// our work, and lets it end in good order when we die, also by SIGKILL.
#[expect(
    unsafe_code,
    reason = "only the child itself can ask for a signal at its parent's death, between fork and exec"
)]
fn ends_with_us(command: &mut Command) {
    let us = Pid::this();
    // SAFETY: between fork and exec only async-signal-safe functions may be called. The closure makes two system calls and
    // neither allocates nor locks.
    unsafe {
        command.process_group(0).pre_exec(move || {
            #[cfg(target_os = "linux")]
            nix::sys::prctl::set_pdeathsig(Signal::SIGINT)?;
            // We may have died before the request: then no signal will come.
            if getppid() == us { Ok(()) } else { Err(Errno::ESRCH.into()) }
        });
    }
}

/// Starts the command on a thread of its own: the signal at the parent's death is sent when the starting *thread* ends, so
/// it has to last as long as the child.
fn spawn(mut command: Command) -> Result<Server> {
    let (spawned, pid) = mpsc::channel();
    let (ending, ended) = mpsc::channel();
    thread::Builder::new().name("postgres".into()).spawn(move || {
        let child = command.spawn();
        // It has our copies of the lock and the log, which must not outlast the server's.
        drop(command);
        match child {
            Ok(mut child) => {
                let _ = spawned.send(Ok(child.id()));
                if let Ok(status) = child.wait() {
                    let _ = ending.send(status);
                }
            }
            Err(error) => drop(spawned.send(Err(error))),
        }
    })?;
    let pid = pid.recv()?.context("starting postgres")?;
    Ok(Server { pid: Pid::from_raw(i32::try_from(pid)?), ended: Mutex::new(ended) })
}

impl Server {
    /// Waits for the process to end. Where nobody can tell any more, it has ended.
    fn has_ended_within(&mut self, patience: Duration) -> bool {
        let ended = self.ended.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        !matches!(ended.recv_timeout(patience), Err(RecvTimeoutError::Timeout))
    }

    fn wait_until_ready(&mut self, place: &Place) -> Result<()> {
        let limit = Instant::now() + START;
        while !self.is_ready(&place.data()) {
            if self.has_ended_within(LOOK) {
                let log = fs::read_to_string(place.log()).unwrap_or_default();
                bail!("PostgreSQL did not start, it says in {}:\n{}", place.log().display(), last_lines(&log));
            }
            if Instant::now() > limit {
                self.stop()?;
                bail!("PostgreSQL was not ready within {} s, see {}", START.as_secs(), place.log().display());
            }
        }
        Ok(())
    }

    /// Whether `postmaster.pid` is of this process (first line) and says that it is ready (eighth), as `pg_ctl` reads it.
    fn is_ready(&self, data: &Path) -> bool {
        let said = fs::read_to_string(data.join("postmaster.pid")).unwrap_or_default();
        let mut lines = said.lines().map(str::trim);
        lines.next() == Some(&self.pid.to_string()) && lines.nth(6) == Some("ready")
    }

    /// Ends the process: in good order, and where that takes too long, at once.
    pub(super) fn stop(&mut self) -> Result<()> {
        for (signal, patience) in STOP {
            if self.has_ended_within(Duration::ZERO) {
                return Ok(());
            }
            // It can fail only if the process has ended just now.
            let _ = kill(self.pid, signal);
            if self.has_ended_within(patience) {
                ensure!(
                    signal == Signal::SIGINT,
                    "PostgreSQL had to be ended by {signal}; it recovers at the next start"
                );
                return Ok(());
            }
        }
        bail!("PostgreSQL (process {}) does not end", self.pid)
    }
}

/// The log of this start; that of the one before is kept beside it.
fn fresh_log(place: &Place) -> Result<File> {
    let path = place.log();
    let _ = fs::rename(&path, path.with_extension("log.old"));
    let log = File::options()
        .append(true)
        .create_new(true)
        .mode(0o600)
        .open(&path)
        .with_context(|| format!("making {}", path.display()))?;
    // Whoever is its user may be the next to start it.
    fchown(&log, Some(place.user.uid()), None)?;
    Ok(log)
}

fn last_lines(text: &str) -> String {
    let mut lines: Vec<&str> = text.trim_end().lines().collect();
    lines.split_off(lines.len().saturating_sub(LAST_LINES)).join("\n")
}
