//! What tells who somebody is, or where to reach them.

mod email;
mod iban;
mod ids;
mod name;
mod phone;

use serde::{Deserialize, Serialize};
use std::ops::Range;
use utoipa::ToSchema;

/// A kind of personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PersonalData {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The number of a bank account (ISO 13616).
    Iban,
    /// The full name of somebody close to the writer: `my husband John Smith`.
    Name,
}

impl PersonalData {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Email, Self::Phone, Self::Iban, Self::Name];

    /// Its name, as it is kept.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Iban => "iban",
            Self::Name => "name",
        }
    }

    /// What stands where it stood.
    #[must_use]
    pub const fn placeholder(self) -> &'static str {
        match self {
            Self::Email => "[e-mail removed]",
            Self::Phone => "[phone number removed]",
            Self::Iban => "[account number removed]",
            Self::Name => "[name removed]",
        }
    }
}

/// Personal data in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it is.
    pub kind: PersonalData,
    /// Which characters it is, counted from 0.
    pub at: Range<usize>,
}

/// Where something stands in a text.
type Finder = fn(&[char]) -> Vec<Range<usize>>;

/// All personal data in a text, in its order. Takes time linear in its length.
#[must_use]
pub fn find_personal_data(text: &str) -> Vec<Found> {
    let text: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    // The digits of an account number may look like those of a telephone number, and those of either like neither's.
    let finders: [(Option<PersonalData>, Finder); 5] = [
        (Some(PersonalData::Email), email::find),
        (None, ids::find),
        (Some(PersonalData::Iban), iban::find),
        (Some(PersonalData::Phone), phone::find),
        (Some(PersonalData::Name), name::find),
    ];
    let mut taken = vec![false; text.len()];
    for (kind, find) in finders {
        for at in find(&text) {
            if let Some(taken) = taken.get_mut(at.clone())
                && !taken.contains(&true)
            {
                taken.fill(true);
                found.extend(kind.map(|kind| Found { kind, at }));
            }
        }
    }
    found.sort_by_key(|found| found.at.start);
    found
}

/// The character at a place; a blank beyond both ends.
fn at(text: &[char], place: Option<usize>) -> char {
    place.and_then(|place| text.get(place)).copied().unwrap_or(' ')
}
