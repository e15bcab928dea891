//! The user which the server processes run as.

use std::fs::{self, DirBuilder};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _, lchown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};
use nix::unistd::{Uid, User};

use super::variable;

/// Postgres refuses to run as root, so root's server runs as another user; everybody else's runs as themselves.
#[derive(Debug)]
pub(super) struct ServerUser {
    name: String,
    uid: u32,
    gid: u32,
    /// Whether we are root and this is somebody else.
    switch: bool,
}

impl ServerUser {
    /// For root the owner of the cluster at `data` if there is one, else `$PG_USER`, `postgres` or `nobody`.
    pub(super) fn choose(data: &Path) -> Result<Self> {
        let us = nix::unistd::geteuid();
        if !us.is_root() {
            let name = User::from_uid(us)?.map_or_else(|| us.to_string(), |user| user.name);
            return Ok(Self { name, uid: us.as_raw(), gid: nix::unistd::getegid().as_raw(), switch: false });
        }
        let owner = fs::metadata(data).ok().map(|found| found.uid()).filter(|&uid| uid != 0);
        let user = match (owner, variable("PG_USER")) {
            (Some(uid), _) => User::from_uid(Uid::from_raw(uid))?
                .with_context(|| format!("{} belongs to user id {uid}, which has no account", data.display()))?,
            (None, Some(name)) => User::from_name(&name.to_string_lossy())?
                .with_context(|| format!("PG_USER names {}, but there is no such account", name.display()))?,
            (None, None) => match (User::from_name("postgres")?, User::from_name("nobody")?) {
                (Some(user), _) | (None, Some(user)) => user,
                (None, None) => bail!("PostgreSQL does not run as root: set PG_USER to the account it is to run as"),
            },
        };
        ensure!(!user.uid.is_root(), "PostgreSQL does not run as root: set PG_USER to another account");
        Ok(Self { name: user.name, uid: user.uid.as_raw(), gid: user.gid.as_raw(), switch: true })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn uid(&self) -> u32 {
        self.uid
    }

    /// The mode of directories of ours in which the server's user has directories of its own: to pass through, if it is
    /// not us.
    pub(super) fn mode_around() -> u32 {
        if nix::unistd::geteuid().is_root() { 0o711 } else { 0o700 }
    }

    /// A command run as this user, with nothing of our environment: it holds secrets, and `PGPORT` and the like would
    /// change what the server does.
    pub(super) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command.env_clear().envs([("PATH", "/usr/bin:/bin"), ("LC_ALL", "C"), ("TZ", "UTC")]);
        command.current_dir("/").stdin(Stdio::null());
        if self.switch {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Whether this user may enter `dir`, found out by entering it: access lists and network mounts have their say too.
    pub(super) fn can_enter(&self, dir: &Path) -> Result<bool> {
        if !self.switch {
            return Ok(true);
        }
        match self.command("/bin/sh").args(["-c", ":"]).current_dir(dir).status() {
            Ok(_) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(false),
            Err(error) => Err(error).with_context(|| format!("trying {} as user {}", dir.display(), self.name)),
        }
    }

    /// Makes sure that `dir` is a directory which only this user (and root) can enter.
    pub(super) fn private_directory(&self, dir: &Path) -> Result<()> {
        match DirBuilder::new().mode(0o700).create(dir) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(error).with_context(|| format!("making {}", dir.display()));
            }
            _ => {}
        }
        // Never through a link: root would give away what it leads to.
        let mut found = fs::symlink_metadata(dir)?;
        if self.switch && found.is_dir() && found.uid() == 0 {
            lchown(dir, Some(self.uid), Some(self.gid))
                .with_context(|| format!("giving {} to user {}", dir.display(), self.name))?;
            found = fs::symlink_metadata(dir)?;
        }
        ensure!(
            found.is_dir() && found.uid() == self.uid && found.permissions().mode() & 0o777 == 0o700,
            "{} is there, but is not a private directory of user {}: remove it",
            dir.display(),
            self.name,
        );
        Ok(())
    }

    /// Makes sure that `dir` is a directory of ours in which the server's user can have directories of its own.
    pub(super) fn directory_around(dir: &Path) -> Result<()> {
        let us = nix::unistd::geteuid().as_raw();
        DirBuilder::new()
            .recursive(true)
            .mode(Self::mode_around())
            .create(dir)
            .with_context(|| format!("making {}", dir.display()))?;
        let owner = fs::metadata(dir)?.uid();
        ensure!(
            us == 0 || owner == us,
            "{} belongs to user id {owner}: come as that user or as root, or name another directory",
            dir.display(),
        );
        if owner == us {
            // The mode given above went through the umask.
            fs::set_permissions(dir, fs::Permissions::from_mode(Self::mode_around()))?;
        }
        Ok(())
    }
}
