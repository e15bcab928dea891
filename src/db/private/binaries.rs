//! Finding the machine's Postgres server programs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use super::install::Missing;
use super::variable;

/// The oldest version which knows every setting that the server is given.
pub(super) const OLDEST: u32 = 13;

/// Where packages put one directory per version: parent, what stands before the version, what follows it.
const VERSIONED: [(&str, &str, &str); 7] = [
    ("/usr/lib/postgresql", "", "bin"),                          // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),                                   // packages of the Postgres project for Fedora, RHEL
    ("/usr/lib", "postgresql", "bin"),                           // openSUSE
    ("/usr/libexec", "postgresql", ""),                          // Alpine
    ("/opt/homebrew/opt", "postgresql@", "bin"),                 // Homebrew on ARM
    ("/usr/local/opt", "postgresql@", "bin"),                    // Homebrew on Intel
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"), // Postgres.app
];

/// A directory with `initdb` and `postgres` of one version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Binaries {
    pub(super) dir: PathBuf,
    /// The major version: clusters of one cannot be run by another.
    pub(super) major: u32,
}

/// Where to look.
#[derive(Debug, Default)]
pub(super) struct Search {
    /// `$PG_BIN`: then nowhere else.
    named: Option<PathBuf>,
    versioned: Vec<(PathBuf, &'static str, &'static str)>,
    /// The directories of `$PATH`.
    path: Vec<PathBuf>,
}

impl Search {
    pub(super) fn system() -> Self {
        Self {
            named: variable("PG_BIN").map(PathBuf::from),
            versioned: VERSIONED.map(|(parent, before, after)| (parent.into(), before, after)).into(),
            path: std::env::split_paths(&variable("PATH").unwrap_or_default()).collect(),
        }
    }

    /// The newest binaries, or those which made the cluster `made_by`: its directory and its major version.
    ///
    /// # Errors
    /// [`Missing`] if there are none at all.
    pub(super) fn find(&self, made_by: Option<(&Path, u32)>) -> Result<Binaries> {
        let all = self.all()?;
        let Some(newest) = all.iter().max_by_key(|found| found.major) else { bail!(Missing::here()) };
        let Some((data, major)) = made_by else { return Ok(newest.clone()) };
        let fitting = all.iter().find(|found| found.major == major);
        fitting.cloned().with_context(|| {
            let here: Vec<String> = all.iter().map(|found| found.major.to_string()).collect();
            format!(
                "the database in {} was made by PostgreSQL {major}, but installed here is PostgreSQL {}: install the server \
                 of PostgreSQL {major} beside it, or carry the data over with pg_upgrade, or move the directory away to \
                 begin with an empty database",
                data.display(),
                here.join(", "),
            )
        })
    }

    fn all(&self) -> Result<Vec<Binaries>> {
        if let Some(dir) = &self.named {
            let found = asked(dir).with_context(|| {
                format!("PG_BIN names {}, but there are no `initdb` and `postgres` that run", dir.display())
            })?;
            return Ok(vec![found]);
        }
        let mut all: Vec<_> = self.versioned.iter().flat_map(versions).collect();
        all.extend(self.path.iter().filter_map(|dir| asked(dir)));
        all.retain(|found| found.major >= OLDEST);
        Ok(all)
    }
}

/// The versions in one of the known places; their names tell them, which spares starting each.
fn versions((parent, before, after): &(PathBuf, &str, &str)) -> Vec<Binaries> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let versions = entries.filter_map(|entry| {
        let major = entry.file_name().to_str()?.strip_prefix(before)?.parse().ok()?;
        Some(Binaries { dir: entry.path().join(after), major })
    });
    versions.filter(|found| has_programs(&found.dir)).collect()
}

/// What the programs in `dir` say of themselves, if they are there.
fn asked(dir: &Path) -> Option<Binaries> {
    if !has_programs(dir) {
        return None;
    }
    let output = Command::new(dir.join("postgres")).arg("--version").output().ok()?;
    let major = major(&String::from_utf8_lossy(&output.stdout))?;
    Some(Binaries { dir: dir.canonicalize().ok()?, major })
}

fn has_programs(dir: &Path) -> bool {
    ["initdb", "postgres"].iter().all(|program| dir.join(program).is_file())
}

/// The major version in `postgres (PostgreSQL) 17.2 (Debian …)` or `postgres (PostgreSQL) 18beta1`.
fn major(said: &str) -> Option<u32> {
    let version = said.split_once("(PostgreSQL) ")?.1;
    version.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn programs(dir: &Path) {
        fs::create_dir_all(dir).unwrap();
        for program in ["initdb", "postgres"] {
            fs::write(dir.join(program), "").unwrap();
        }
    }

    #[test]
    fn where_there_is_nothing_the_error_is_the_command_that_installs_it() {
        let error = Search::default().find(None).unwrap_err();
        let missing = error.downcast_ref::<Missing>().expect("a Missing error");
        assert_eq!(error.to_string(), missing.to_string());
    }

    #[test]
    fn the_newest_is_taken_unless_a_cluster_needs_another() {
        let temp = tempfile::tempdir().unwrap();
        for name in ["9", "14", "16", "common"] {
            programs(&temp.path().join(name).join("bin"));
        }
        fs::create_dir_all(temp.path().join("17/bin")).unwrap();
        let search = Search { versioned: vec![(temp.path().into(), "", "bin")], ..Search::default() };
        let data = Path::new("/data");
        assert_eq!(search.find(None).unwrap().major, 16);
        let older = search.find(Some((data, 14))).unwrap();
        assert_eq!(older, Binaries { dir: temp.path().join("14/bin"), major: 14 });
        let said = search.find(Some((data, 15))).unwrap_err().to_string();
        assert!(said.contains("/data was made by PostgreSQL 15") && said.contains("pg_upgrade"), "{said}");
    }

    #[test]
    fn pg_bin_is_taken_at_its_word() {
        let search = Search { named: Some("/nowhere".into()), ..Search::system() };
        assert!(search.find(None).unwrap_err().to_string().contains("PG_BIN names /nowhere"));
    }

    #[test]
    fn versions_are_read_as_the_server_says_them() {
        assert_eq!(major("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("postgres (Something) 18\n"), None);
    }
}
