//! Where a cluster, its socket and its locks are.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use aws_lc_rs::digest::{SHA256, digest};

use super::Options;
use super::user::ServerUser;

/// Where clusters go whose directory the server's user cannot enter.
const ELSEWHERE: &str = "/var/lib/colloquy";

/// The note in the asked directory which says where the cluster is instead.
const LOCATION: &str = "postgres.location";

/// Postgres names its socket after the port, also where there is no TCP.
const SOCKET: &str = ".s.PGSQL.5432";

/// `sun_path` of `sockaddr_un` less the final NUL.
const SOCKET_PATH_MAX: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

/// A cluster's directory and the user whose it is.
#[derive(Debug)]
pub(super) struct Place {
    /// Ours; holds the locks and the log, and the directories which are the server user's.
    pub(super) home: PathBuf,
    pub(super) user: ServerUser,
}

impl Place {
    /// The directory for the cluster of `options.dir`, made if need be.
    pub(super) fn find(options: &Options<'_>) -> Result<Self> {
        DirBuilder::new()
            .recursive(true)
            .mode(ServerUser::mode_around())
            .create(&options.dir)
            .with_context(|| format!("making {}", options.dir.display()))?;
        let dir = options.dir.canonicalize()?;
        let beside = dir.join("postgres");
        if let Some(home) = read_location(&dir) {
            return Self::elsewhere(home, &dir);
        }
        let user = ServerUser::choose(&beside.join("data"))?;
        let Some(closed) = first_closed(&user, &dir)? else {
            ServerUser::directory_around(&beside)?;
            return Ok(Self { home: beside, user });
        };
        if beside.join("data").exists() {
            bail!(shut_out(&user, &beside, &closed));
        }
        let home = Path::new(ELSEWHERE).join(fingerprint(&dir));
        (options.progress)(&format!(
            "user {}, as which PostgreSQL runs, cannot enter {}: the database of {} {} {}",
            user.name(),
            closed.display(),
            dir.display(),
            if home.join("data").exists() { "is, from an earlier run, in" } else { "goes to" },
            home.display(),
        ));
        Self::elsewhere(home, &dir)
    }

    /// The cluster of `dir` is not in it, but in `home`.
    fn elsewhere(home: PathBuf, dir: &Path) -> Result<Self> {
        let user = ServerUser::choose(&home.join("data"))?;
        ServerUser::directory_around(&home)?;
        if let Some(closed) = first_closed(&user, &home)? {
            bail!(shut_out(&user, &home, &closed));
        }
        write_location(dir, &home)?;
        Ok(Self { home, user })
    }

    pub(super) fn data(&self) -> PathBuf {
        self.home.join("data")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.home.join("server.log")
    }

    /// The lock file of that name.
    pub(super) fn lock(&self, name: &str) -> PathBuf {
        self.home.join(name).with_extension("lock")
    }

    /// The socket folder: in the cluster's directory, unless its path is too long for a socket or has characters which
    /// mean something in a connection string or a setting.
    pub(super) fn sockets(&self) -> PathBuf {
        let inside = self.home.join("socket");
        let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/._-".contains(byte);
        let socket = inside.join(SOCKET);
        let socket = socket.as_os_str().as_encoded_bytes();
        if socket.len() <= SOCKET_PATH_MAX && socket.iter().all(plain) {
            inside
        } else {
            Path::new("/tmp").join(format!("colloquy-{}-{}", self.user.uid(), fingerprint(&self.home)))
        }
    }

    pub(super) fn socket(&self) -> PathBuf {
        self.sockets().join(SOCKET)
    }
}

fn shut_out(user: &ServerUser, home: &Path, closed: &Path) -> String {
    format!(
        "the database belongs in {}, but its server runs as user {}, which cannot enter {}: let it in (chmod o+x), or name \
         another directory",
        home.display(),
        user.name(),
        closed.display(),
    )
}

/// The outermost directory on the way to `dir` which the user cannot enter.
fn first_closed(user: &ServerUser, dir: &Path) -> Result<Option<PathBuf>> {
    if user.can_enter(dir)? {
        return Ok(None);
    }
    let mut way: Vec<&Path> = dir.ancestors().collect();
    way.reverse();
    for step in way {
        if !user.can_enter(step)? {
            return Ok(Some(step.to_owned()));
        }
    }
    Ok(Some(dir.to_owned()))
}

/// 64 bits of SHA-256 in hexadecimal: the same in every version of this program, unlike the standard library's hashes.
fn fingerprint(path: &Path) -> String {
    let digest = digest(&SHA256, path.as_os_str().as_encoded_bytes());
    format!("{:016x}", u64::from_be_bytes(digest.as_ref().first_chunk().copied().unwrap_or_default()))
}

fn write_location(dir: &Path, home: &Path) -> Result<()> {
    let note = dir.join(LOCATION);
    let text = format!("{}\n{}\n", home.display(), dir.display());
    if fs::read_to_string(&note).is_ok_and(|found| found == text) {
        return Ok(());
    }
    fs::write(&note, text).with_context(|| format!("writing {}", note.display()))
}

/// The cluster's directory by the note in `dir`: its first line; the second is the directory which the note was written in.
fn read_location(dir: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(dir.join(LOCATION)).ok()?;
    let (home, written_in) = text.trim_end().split_once('\n')?;
    // Where both are there, this one is a copy of the other: it gets a database of its own.
    let copied = Path::new(written_in) != dir && Path::new(written_in).join(LOCATION).exists();
    let home = Path::new(home);
    let common = home.parent() == Some(Path::new(ELSEWHERE)) && home.file_name().is_some();
    (!copied && common).then(|| home.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moved_directory_keeps_its_database_and_a_copied_one_does_not() {
        let temp = tempfile::tempdir().unwrap();
        let (here, there) = (temp.path().join("here"), temp.path().join("there"));
        fs::create_dir(&here).unwrap();
        let home = Path::new(ELSEWHERE).join("0123456789abcdef");
        write_location(&here, &home).unwrap();
        assert_eq!(read_location(&here), Some(home.clone()));

        fs::create_dir(&there).unwrap();
        fs::copy(here.join(LOCATION), there.join(LOCATION)).unwrap();
        assert_eq!(read_location(&there), None, "copied");

        fs::remove_dir_all(&here).unwrap();
        assert_eq!(read_location(&there), Some(home), "moved");
    }

    #[test]
    fn a_note_never_leads_out_of_the_common_place() {
        let temp = tempfile::tempdir().unwrap();
        for home in ["/etc", "/var/lib/colloquy", "/var/lib/colloquy/a/b", "relative", "/var/lib/colloquy/.."] {
            fs::write(temp.path().join(LOCATION), format!("{home}\n{}\n", temp.path().display())).unwrap();
            assert_eq!(read_location(temp.path()), None, "{home}");
        }
    }
}
