//! Whom a comment may call by name.

use super::super::types::{Author, NewMention, Present};
use crate::error::{Error, Field, Result};
use std::collections::HashSet;
use uuid::Uuid;

/// Mentions in one comment, at most.
pub const MAX_MENTIONS: usize = 10;

/// How many of them there are, as the comment keeps it.
#[must_use]
pub fn mention_count(people: &[Author]) -> i16 {
    i16::try_from(people.len()).unwrap_or(i16::MAX)
}

/// The rows of those whom a comment mentions, in their order.
pub fn mention_rows(comment_id: Uuid, people: &[Author]) -> impl Iterator<Item = NewMention> {
    people.iter().zip(0..).map(move |(person, place)| {
        let (account_id, guest_id) = match *person {
            Author::Member(id) => (Some(id), None),
            Author::Guest(id) => (None, Some(id)),
        };
        NewMention { comment_id, place, account_id, guest_id }
    })
}

/// What is wrong with mentions by themselves.
#[must_use]
pub fn check_mentions(wanted: &[Uuid]) -> Vec<Field> {
    if wanted.len() > MAX_MENTIONS {
        return vec![Field::body("/mentions", "too_many", format!("may be {MAX_MENTIONS} people at most"))];
    }
    let mut seen = HashSet::new();
    let again = wanted.iter().enumerate().filter(|(_, id)| !seen.insert(**id));
    again.map(|(n, _)| Field::body(&format!("/mentions/{n}"), "repeated", "is named before")).collect()
}

/// The people whom a comment under an article mentions: those who take part there, as `present` has it for all comments
/// that are checked together, or whom it mentioned before (`already`).
///
/// # Errors
/// [`Code::Validation`](crate::error::Code::Validation), naming everybody else.
pub fn may_mention(wanted: &[Uuid], article_id: Uuid, present: &[Present], already: &[Author]) -> Result<Vec<Author>> {
    let (mut people, mut flaws) = (Vec::new(), Vec::new());
    for (n, id) in wanted.iter().enumerate() {
        let here = present.iter().find(|each| each.article_id == article_id && each.person_id == *id);
        let known = here.map(Present::person).or_else(|| already.iter().copied().find(|person| person.id() == *id));
        match known {
            Some(person) => people.push(person),
            None => flaws.push(Field::body(
                &format!("/mentions/{n}"),
                "not_in_conversation",
                "is nobody who has a comment here that everybody sees",
            )),
        }
    }
    if flaws.is_empty() { Ok(people) } else { Err(Error::validation(flaws)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(n: u128) -> Uuid {
        Uuid::from_u128(n)
    }

    fn codes(error: &Error) -> Vec<&str> {
        error.fields.iter().map(|field| field.code.as_ref()).collect()
    }

    #[test]
    fn ten_different_people_at_most() {
        let ten: Vec<Uuid> = (0..10).map(id).collect();
        assert_eq!(check_mentions(&ten), []);
        let eleven: Vec<Uuid> = (0..11).map(id).collect();
        assert_eq!(check_mentions(&eleven)[0].code, "too_many");
        let twice = check_mentions(&[id(1), id(2), id(1)]);
        assert_eq!(twice, [Field::body("/mentions/2", "repeated", "is named before")]);
    }

    #[test]
    fn those_who_take_part_under_the_same_article_or_were_named_before() {
        let present = [
            Present { article_id: id(1), person_id: id(10), member: true },
            Present { article_id: id(1), person_id: id(11), member: false },
            Present { article_id: id(2), person_id: id(12), member: true },
        ];
        let people = may_mention(&[id(11), id(10)], id(1), &present, &[]).unwrap();
        assert_eq!(people, [Author::Guest(id(11)), Author::Member(id(10))]);
        let refused = may_mention(&[id(10), id(12), id(13)], id(1), &present, &[]).unwrap_err();
        assert_eq!(codes(&refused), ["not_in_conversation", "not_in_conversation"]);
        let before = [Author::Guest(id(13))];
        assert_eq!(may_mention(&[id(13)], id(1), &[], &before).unwrap(), before);
    }
}
