//! Installing the Postgres server package where there is none.

use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use super::binaries::{OLDEST, Search};
use super::{locks, variable};

/// How long to wait for another process which is installing already.
const PATIENCE: Duration = Duration::from_mins(10);

/// How many of the last lines of a failed installation go into its error.
const LAST_LINES: usize = 15;

/// What installs the server with one package manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Recipe {
    manager: &'static str,
    /// Free of double quotes and `$`, so that it can be shown inside `sudo sh -c "…"`.
    script: &'static str,
    as_root: bool,
}

/// The server package and, where it is one of its own, the one with the extensions; none of them makes a cluster, except
/// Debian's unless told not to, and Homebrew's.
const RECIPES: [Recipe; 6] = [
    Recipe {
        manager: "apt-get",
        script: "mkdir -p /etc/postgresql-common/createcluster.d && \
                 echo 'create_main_cluster = false' > /etc/postgresql-common/createcluster.d/no-main-cluster.conf && \
                 apt-get update && \
                 DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends postgresql",
        as_root: true,
    },
    Recipe { manager: "dnf", script: "dnf install -y postgresql-server postgresql-contrib", as_root: true },
    Recipe { manager: "apk", script: "apk add postgresql postgresql-contrib", as_root: true },
    Recipe { manager: "pacman", script: "pacman -Sy --noconfirm --needed postgresql", as_root: true },
    Recipe {
        manager: "zypper",
        script: "zypper --non-interactive install postgresql-server postgresql-contrib",
        as_root: true,
    },
    Recipe { manager: "brew", script: "brew install postgresql@17", as_root: false },
];

impl Recipe {
    /// The recipe of the package manager which `has` knows.
    fn choose(has: impl Fn(&str) -> bool) -> Option<Self> {
        RECIPES.into_iter().find(|recipe| has(recipe.manager))
    }

    fn of_this_system() -> Option<Self> {
        let path = variable("PATH").unwrap_or_default();
        Self::choose(|manager| std::env::split_paths(&path).any(|dir| dir.join(manager).is_file()))
    }

    fn shown(self, we_are_root: bool) -> String {
        if self.as_root && !we_are_root { format!("sudo sh -c \"{}\"", self.script) } else { self.script.to_owned() }
    }
}

/// No Postgres server is installed. Its text is the command which installs one on this system.
#[derive(Debug)]
pub struct Missing {
    command: Option<String>,
}

impl Missing {
    pub(super) fn here() -> Self {
        let we_are_root = nix::unistd::geteuid().is_root();
        Self { command: Recipe::of_this_system().map(|recipe| recipe.shown(we_are_root)) }
    }

    /// The command, if this system has a package manager that we know.
    #[must_use]
    pub fn command(&self) -> Option<&str> {
        self.command.as_deref()
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no PostgreSQL server (version {OLDEST} or later) is installed here. ")?;
        match &self.command {
            Some(command) => write!(f, "This installs one, without starting anything:\n\n    {command}\n\n")?,
            None => write!(f, "Install one by the means of this system. ")?,
        }
        write!(f, "If there is one, set PG_BIN to the directory of its `initdb` and `postgres`.")
    }
}

impl std::error::Error for Missing {}

/// Installs the Postgres server package with the system's package manager, as root or through `sudo` where it asks no
/// password; no system cluster is made. Does nothing where a server is installed.
///
/// # Errors
/// [`Missing`] (by `downcast_ref`) if we may not or do not know how to; otherwise what the package manager said last.
pub fn install(progress: &dyn Fn(&str)) -> Result<()> {
    if !is_missing()? {
        return Ok(());
    }
    // Several test processes may come at once, and package managers do not wait for each other.
    let lock = std::env::temp_dir().join(format!("colloquy-install-{}.lock", nix::unistd::geteuid()));
    let Some(_turn) = locks::take(&lock, PATIENCE, || progress("waiting for another process which installs it"))?
    else {
        bail!("another process has been installing PostgreSQL for {} minutes", PATIENCE.as_secs() / 60);
    };
    if !is_missing()? {
        return Ok(());
    }
    let Some(recipe) = Recipe::of_this_system() else { bail!(Missing::here()) };
    let mut command = match nix::unistd::geteuid().is_root() || !recipe.as_root {
        true => Command::new("sh"),
        false if sudo_asks_nothing() => {
            let mut sudo = Command::new("sudo");
            sudo.args(["-n", "sh"]);
            sudo
        }
        false => bail!(Missing::here()),
    };
    progress(recipe.script);
    run(command.arg("-c").arg(format!("({}) 2>&1", recipe.script)), progress)?;
    if is_missing()? {
        bail!("`{}` succeeded, but there is still no PostgreSQL server of version {OLDEST} or later", recipe.script);
    }
    Ok(())
}

/// For tests: installs it if `COLLOQUY_INSTALL=1` asks for that.
///
/// # Errors
/// As [`install`].
pub fn install_if_asked(progress: &dyn Fn(&str)) -> Result<()> {
    if variable("COLLOQUY_INSTALL").is_some_and(|value| value == "1") { install(progress) } else { Ok(()) }
}

fn is_missing() -> Result<bool> {
    match Search::system().find(None) {
        Ok(_) => Ok(false),
        Err(error) if error.is::<Missing>() => Ok(true),
        Err(error) => Err(error),
    }
}

fn sudo_asks_nothing() -> bool {
    let mut sudo = Command::new("sudo");
    sudo.args(["-n", "true"]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    sudo.status().is_ok_and(|status| status.success())
}

/// Runs the command, telling each line it prints.
fn run(command: &mut Command, progress: &dyn Fn(&str)) -> Result<()> {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("starting the package manager")?;
    let mut lines = Vec::new();
    for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).split(b'\n')) {
        let line = String::from_utf8_lossy(&line?).trim_end().to_owned();
        progress(&line);
        lines.push(line);
    }
    let status = child.wait()?;
    if !status.success() {
        let last = lines.split_off(lines.len().saturating_sub(LAST_LINES));
        bail!("installing PostgreSQL failed ({status}):\n{}", last.join("\n"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_manager_has_its_command_and_debian_gets_no_system_cluster() {
        for recipe in RECIPES {
            assert_eq!(Recipe::choose(|manager| manager == recipe.manager), Some(recipe));
            assert!(!recipe.script.contains(['"', '$', '`', '\\']), "{} cannot stand in double quotes", recipe.script);
        }
        assert_eq!(Recipe::choose(|_| false), None);
        let debian = Recipe::choose(|manager| manager == "apt-get").unwrap();
        assert!(debian.shown(true).contains("create_main_cluster = false"));
        assert!(debian.shown(false).starts_with("sudo sh -c \"mkdir"));
    }

    #[test]
    fn the_error_shows_the_command() {
        let said = Missing { command: Some("apk add postgresql".into()) }.to_string();
        assert!(said.contains("\n    apk add postgresql\n"), "{said}");
        assert!(Missing { command: None }.to_string().contains("Install one"), "nothing to show");
    }

    #[test]
    fn what_a_failed_installation_said_is_in_the_error() {
        let told = std::cell::RefCell::new(Vec::new());
        let tell = |line: &str| told.borrow_mut().push(line.to_owned());
        let error = run(Command::new("sh").args(["-c", "echo one; echo two; exit 3"]), &tell).unwrap_err();
        assert_eq!(*told.borrow(), ["one", "two"]);
        assert!(error.to_string().contains("3):\none\ntwo"), "{error}");
    }
}
