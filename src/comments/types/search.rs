//! Looking for words in a thread.

use crate::error::{Code, Error, Field, Result};
use serde::Deserialize;
use std::collections::BTreeSet;
use utoipa::IntoParams;

/// Bounds of what is looked for, characters.
const LENGTH: std::ops::RangeInclusive<usize> = 2..=100;

/// Words that are looked for, at most: each is looked for in every comment.
const MOST_WORDS: usize = 8;

/// What is looked for in a thread.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// At most 8 words, all of which a comment must hold, as wholes or as parts of others; capitals or not makes no difference.
    #[param(min_length = 2, max_length = 100, example = "second cup")]
    q: String,
    /// Comments on the page; a larger number is lowered.
    #[param(minimum = 1, maximum = 100, default = 20)]
    pub limit: Option<i64>,
    /// Where the page begins: from `next` of another page.
    pub cursor: Option<String>,
}

impl SearchQuery {
    /// The words, each once.
    ///
    /// # Errors
    /// [`Code::BadRequest`] for too little or too much.
    pub fn words(&self) -> Result<Words> {
        let length = self.q.trim().chars().count();
        // Postgres takes no text with NUL in it, and nobody writes control characters.
        let words: BTreeSet<String> =
            self.q.split(|c: char| c.is_whitespace() || c.is_control()).map(str::to_owned).collect();
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        if !LENGTH.contains(&length) || !(1..=MOST_WORDS).contains(&words.len()) {
            let field = Field::parameter("q", "out_of_range", "must be 2 to 100 characters, and at most 8 words");
            return Err(Error::new(Code::BadRequest, "A query parameter is not acceptable.").at(field));
        }
        Ok(Words(words))
    }
}

/// What is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// The parameter that asks for it: equal for requests that mean the same.
    #[must_use]
    pub fn canonical(&self) -> String {
        let words = self.0.join(" ");
        ["q=".to_owned()]
            .into_iter()
            .chain(form_urlencoded::byte_serialize(words.as_bytes()).map(str::to_owned))
            .collect()
    }

    /// What a text that holds each of them is LIKE.
    #[must_use]
    pub fn patterns(&self) -> Vec<String> {
        let escaped = self.0.iter().map(|word| word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        escaped.map(|word| format!("%{word}%")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(q: &str) -> Result<Words> {
        SearchQuery { q: q.into(), limit: None, cursor: None }.words()
    }

    #[test]
    fn words_are_taken_as_they_are() {
        let found = words(" 100%\tsecond_cup \\ second_cup\0").unwrap();
        assert_eq!(found.patterns(), ["%100\\%%", "%\\\\%", "%second\\_cup%"]);
        assert_eq!(found.canonical(), "q=100%25+%5C+second_cup");
    }

    #[test]
    fn too_little_and_too_much_is_refused() {
        let long = "x".repeat(101);
        for q in ["", " ", "x", " x ", "\0\0\0", long.as_str()] {
            assert_eq!(words(q).unwrap_err().code, Code::BadRequest, "{q:?}");
        }
        assert!(words("ab").is_ok() && words(&"x".repeat(100)).is_ok());
    }
}
