//! The lists that come with the server, one for each language. Each is a file for people to read and to change.

use super::{
    phrase::{Names, Phrase, Ways},
    phrases::{Effect, Phrases},
};
use std::sync::{Arc, LazyLock};

/// The lists, as they are written, each with its language. All that are switched on are looked for in every text: people do not
/// say in which language they write.
const WRITTEN: [(&str, &str); 8] = [
    ("en", include_str!("en.txt")),
    ("de", include_str!("de.txt")),
    ("es", include_str!("es.txt")),
    ("fr", include_str!("fr.txt")),
    ("pt", include_str!("pt.txt")),
    ("it", include_str!("it.txt")),
    ("nl", include_str!("nl.txt")),
    ("pl", include_str!("pl.txt")),
];

/// All lists, made ready at first use. A line that cannot be read fails a test here, and is nobody's fault later.
static LISTS: LazyLock<Arc<Lists>> = LazyLock::new(|| Arc::new(Lists::read(|_| true)));

/// Lists, made ready.
#[derive(Debug, Default)]
pub struct Lists {
    /// The language and version of each: `en 2`.
    pub names: Vec<String>,
    pub phrases: Phrases,
    /// Lines that cannot be read, and why.
    #[cfg_attr(not(test), expect(dead_code, reason = "a test sees to it that there are none"))]
    pub flaws: Vec<String>,
}

impl Lists {
    /// Those of these languages. All of them are made ready once, since that takes long.
    pub fn of(language: impl Fn(&str) -> bool) -> Arc<Self> {
        let all = WRITTEN.iter().all(|(name, _)| language(name));
        if all { Arc::clone(&LISTS) } else { Arc::new(Self::read(language)) }
    }

    fn read(language: impl Fn(&str) -> bool) -> Self {
        let mut reader = Reader::default();
        let written = WRITTEN.iter().filter(|(name, _)| language(name));
        let names = written.enumerate().map(|(source, (_, list))| reader.list(source, list)).collect();
        Self { names, phrases: reader.phrases.into_iter().collect(), flaws: reader.flaws }
    }
}

#[derive(Default)]
struct Reader {
    phrases: Vec<(Phrase, Effect)>,
    flaws: Vec<String>,
}

/// What the lines below a heading are.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Section {
    Head,
    Names,
    Phrases(Effect),
}

impl Reader {
    /// Reads one list; returns its language and version.
    fn list(&mut self, source: usize, written: &str) -> String {
        let (mut section, mut names, mut name) = (Section::Head, Names::new(), String::new());
        for line in written.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(heading) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
                section = self.section(source, heading);
                continue;
            }
            let read = match &section {
                Section::Head => head(line, &mut name),
                Section::Names => define(line, &mut names),
                Section::Phrases(effect) => {
                    Phrase::parse(line, &names).map(|phrase| self.phrases.push((phrase, effect.clone())))
                }
            };
            if let Err(flaw) = read {
                self.flaws.push(format!("{name}: {line}: {flaw}"));
            }
        }
        name
    }

    fn section(&mut self, source: usize, heading: &str) -> Section {
        match (heading, heading.parse()) {
            ("words", _) => Section::Names,
            ("not", _) => Section::Phrases(Effect::Not),
            ("unless", _) => Section::Phrases(Effect::Unless),
            (_, Ok(priority @ 1..=3)) => Section::Phrases(Effect::Hold { source, priority }),
            _ => {
                self.flaws.push(format!("[{heading}] is no heading"));
                Section::Head
            }
        }
    }
}

/// `language en`, `version 1`.
fn head(line: &str, name: &mut String) -> Result<(), String> {
    match line.split_once(' ') {
        Some(("language", language)) => language.clone_into(name),
        Some(("version", version)) if version.parse::<u32>().is_ok() => name.extend([" ", version]),
        _ => return Err("is neither language nor version".into()),
    }
    Ok(())
}

/// `name = one|two|three words`.
fn define(line: &str, names: &mut Names) -> Result<(), String> {
    let (name, ways) = line.split_once(" = ").ok_or("is no `name = words`")?;
    let ways = Ways::parse(ways, names)?;
    names.insert(name.to_owned(), Arc::new(ways));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{LISTS, WRITTEN};

    #[test]
    fn every_line_of_every_list_can_be_read() {
        assert!(LISTS.flaws.is_empty(), "{:#?}", LISTS.flaws);
    }

    #[test]
    fn every_list_says_its_language_and_version() {
        assert_eq!(LISTS.names.len(), WRITTEN.len());
        for (name, (written, _)) in LISTS.names.iter().zip(WRITTEN) {
            let (language, version) = name.split_once(' ').unwrap();
            assert!(language == written && version.parse::<u32>().unwrap() >= 1, "{name}");
        }
    }

    #[test]
    fn the_setting_names_every_list() {
        let mut names: Vec<&str> = WRITTEN.iter().map(|(language, _)| *language).collect();
        names.sort_unstable();
        names.push(super::super::LIKENESS);
        assert_eq!(names.join(","), crate::config::SAFETY);
    }
}
