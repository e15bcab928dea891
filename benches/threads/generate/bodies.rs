//! What comments say: short, and rendered by the server's own renderer.

use crate::chance::Chance;
use colloquy::text;

/// The article that all are copies of.
pub const ARTICLE: &str =
    "Begin with silence.\n\n## Wait\n\nLonger than you would.\n\n## Listen\n\nTo what is not said.\n";

/// Texts that differ.
const NUMBER: usize = 4096;

const WORDS: [&str; 64] = [
    "after", "again", "always", "answer", "back", "before", "begin", "better", "breath", "calm", "change", "child",
    "close", "coffee", "could", "day", "dinner", "door", "enough", "evening", "every", "family", "father", "find",
    "friend", "garden", "give", "happen", "hard", "help", "house", "keep", "kind", "later", "learn", "letter", "light",
    "listen", "long", "mother", "morning", "never", "night", "often", "patient", "people", "quiet", "rain", "read",
    "road", "room", "school", "silence", "sister", "sleep", "slowly", "small", "speak", "still", "summer", "table",
    "thank", "winter", "write",
];

pub struct Body {
    pub markdown: String,
    pub html: String,
    pub text: String,
}

/// All texts: 60 to 160 characters each.
pub fn bodies(seed: u64) -> Vec<Body> {
    let mut chance = Chance::new(seed ^ 0x626F_6479);
    let mut body = || {
        let length = 60 + chance.below(80);
        let mut markdown = String::new();
        while markdown.len() < length {
            let word = WORDS[chance.below(WORDS.len())];
            match chance.below(24) {
                0 => markdown.push_str(&format!("*{word}* ")),
                1 => markdown.push_str(&format!("{word}, ")),
                _ => markdown.push_str(&format!("{word} ")),
            }
        }
        let markdown = format!("{}.", markdown.trim_end_matches([' ', ',']));
        let rendered = text::comment(&markdown);
        Body { html: rendered.html, text: rendered.text, markdown }
    };
    (0..NUMBER).map(|_| body()).collect()
}
