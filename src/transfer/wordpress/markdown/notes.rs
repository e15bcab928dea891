//! What a conversion could not keep as it was.

/// Something that was changed, or left as it was though it means nothing any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What happened.
    pub change: Change,
    /// The shortcode or element.
    pub name: String,
    /// How often.
    pub count: u32,
}

/// What can happen to a part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// A shortcode nobody knows stands in the text as it was.
    ShortcodeLeft,
    /// A shortcode which only WordPress can fill was left out.
    ShortcodeRemoved,
    /// An element was left out with all that was in it.
    ElementRemoved,
    /// Something embedded became a link.
    EmbedLinked,
    /// An image which may not be shown became a link.
    ImageLinked,
    /// An image without an address that can be used was left out.
    ImageRemoved,
    /// Quotes or lists were nested too deep, and continue at the last level.
    Flattened,
}

/// More kinds of notes than this about one text help nobody.
const MAX_NOTES: usize = 32;

/// Notes of one text, each kind once.
#[derive(Default)]
pub(super) struct Notes(Vec<Note>);

impl Notes {
    pub fn add(&mut self, change: Change, name: &str) {
        let same = |note: &&mut Note| note.change == change && note.name == name;
        if let Some(note) = self.0.iter_mut().find(same) {
            note.count = note.count.saturating_add(1);
        } else if self.0.len() < MAX_NOTES {
            self.0.push(Note { change, name: name.to_owned(), count: 1 });
        }
    }

    pub fn into_vec(self) -> Vec<Note> {
        self.0
    }
}
