use html5ever::tokenizer::Tag;
use unicode_segmentation::UnicodeSegmentation;

use super::tokens::{Walker, walk};

/// The text of safe HTML as one would type it without any markup: paragraphs with a blank line between them, list items on
/// lines of their own behind a bullet or their number, table cells with a tab between them. Pictures and the numbers of
/// footnotes are left out.
#[must_use]
pub fn plain_text(html: &str) -> String {
    walk(html, Plain::default()).text.trim_start_matches('\n').trim_end().to_owned()
}

/// The beginning of a text on one line, at most so many graphemes (what people call characters) long. What is cut ends at
/// a word's end with an ellipsis, which counts as one; only a word longer than the whole is cut within.
#[must_use]
pub fn excerpt(text: &str, max_graphemes: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(room) = max_graphemes.checked_sub(1) else {
        return String::new();
    };
    let starts = line.grapheme_indices(true).map(|(start, _)| start).take(max_graphemes + 1).collect::<Vec<_>>();
    if starts.len() <= max_graphemes {
        return line;
    }
    let (head, tail) = starts.get(room).and_then(|cut| line.split_at_checked(*cut)).unwrap_or((&line, ""));
    let space = if tail.starts_with(' ') { Some(head.len()) } else { head.rfind(' ') };
    let end = space.filter(|space| *space >= head.len() / 2).or_else(|| {
        // Writing without spaces has words too; a boundary between them counts where no grapheme reaches over it.
        let bounds = line.split_word_bound_indices().map(|(start, _)| start).take_while(|start| *start <= head.len());
        bounds.filter(|start| *start > 0 && starts.binary_search(start).is_ok()).last()
    });
    let kept = end.and_then(|end| head.get(..end)).unwrap_or(head);
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || ",;:-–—(".contains(c));
    format!("{}…", if kept.is_empty() { head } else { kept })
}

#[derive(Default)]
struct Plain {
    text: String,
    /// What comes before the next visible character.
    gap: Gap,
    /// Right behind the mark of a list item.
    marked: bool,
    /// For each list around us: the number of its next item, if its items have one.
    lists: Vec<Option<u64>>,
    preformatted: usize,
    /// How many elements around us are not text.
    skipped: usize,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Cell,
    Line,
    Paragraph,
}

impl Walker for Plain {
    fn start(&mut self, tag: &Tag) {
        let attribute =
            |name| tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|found| &*found.value);
        match &*tag.name {
            "ul" | "ol" => {
                self.widen(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
                let first = || attribute("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((&*tag.name == "ol").then(first));
            }
            "li" => self.start_item(),
            "td" | "th" => self.widen(Gap::Cell),
            "pre" => {
                self.widen(Gap::Paragraph);
                self.preformatted += 1;
            }
            "a" | "sup" if attribute("class").is_some_and(|class| class.starts_with("footnote-")) => self.skipped += 1,
            "a" | "sup" if self.skipped > 0 => self.skipped += 1,
            name => self.widen(gap_around(name)),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "ul" | "ol" => {
                self.lists.pop();
                self.widen(if self.lists.is_empty() { Gap::Paragraph } else { Gap::Line });
            }
            "pre" => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.text.truncate(self.text.trim_end_matches('\n').len());
                self.widen(Gap::Paragraph);
            }
            "a" | "sup" => self.skipped = self.skipped.saturating_sub(1),
            "td" | "th" => {}
            name => self.widen(gap_around(name)),
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 {
            return;
        }
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' | '\u{C}' if self.preformatted == 0 => self.widen(Gap::Space),
                c => {
                    self.close_gap();
                    self.marked = false;
                    self.text.push(c);
                }
            }
        }
    }
}

impl Plain {
    fn start_item(&mut self) {
        self.marked = false;
        self.widen(Gap::Line);
        self.close_gap();
        self.marked = true;
        match self.lists.last_mut() {
            Some(Some(number)) => {
                self.text.push_str(&format!("{number}. "));
                *number += 1;
            }
            _ => self.text.push_str("• "),
        }
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        // Nothing comes before the first word, nor between an item's mark and its words.
        if self.text.is_empty() || self.marked {
            return;
        }
        self.text.push_str(match gap {
            Gap::None => "",
            Gap::Space => " ",
            Gap::Cell => "\t",
            Gap::Line => "\n",
            Gap::Paragraph => "\n\n",
        });
    }
}

/// The gap on both sides of an element.
fn gap_around(name: &str) -> Gap {
    match name {
        "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "hr" | "table" | "figure" | "section"
        | "details" | "dl" => Gap::Paragraph,
        "li" | "br" | "tr" | "caption" | "figcaption" | "summary" | "dt" | "dd" => Gap::Line,
        _ => Gap::None,
    }
}
