use super::*;
use crate::throttle::Entry;
use ipnet::IpNet;
use std::{collections::HashSet, net::IpAddr};

const SAID: Said<'_> = Said {
    author_id: Some(Uuid::from_u128(1)),
    newcomer: None,
    article_id: Uuid::from_u128(2),
    parent_id: None,
    markdown: "Thank you all.",
};

fn network(last: u8) -> IpNet {
    IpNet::from(IpAddr::from([198, 51, 100, last]))
}

fn print(said: &Said<'_>) -> Vec<Vec<u8>> {
    prints(&Secrets::new("a test secret of more than thirty-two bytes").unwrap(), said).unwrap()
}

#[test]
fn white_space_makes_no_difference_and_everything_else_does() {
    let same = ["Thank you all.", " Thank  you\n\nall. ", "Thank\tyou\u{a0}all."];
    let prints: HashSet<_> = same.iter().map(|markdown| print(&Said { markdown, ..SAID })).collect();
    assert_eq!(prints.len(), 1);
    let other = [
        Said { markdown: "thank you all.", ..SAID },
        Said { markdown: "Thank you all", ..SAID },
        Said { author_id: Some(Uuid::from_u128(9)), ..SAID },
        Said { article_id: Uuid::from_u128(9), ..SAID },
        Said { parent_id: Some(Uuid::from_u128(9)), ..SAID },
        Said { author_id: None, newcomer: Some((network(1), "Wendy")), ..SAID },
        Said { author_id: None, newcomer: Some((network(2), "Wendy")), ..SAID },
        Said { author_id: None, newcomer: Some((network(1), "Orla")), ..SAID },
    ];
    let all: HashSet<_> = other.iter().chain([&SAID]).map(print).collect();
    assert_eq!(all.len(), 9);
}

#[test]
fn a_newcomer_is_known_again_with_the_token_and_without() {
    let said = Said { newcomer: Some((network(1), "Wendy")), ..SAID };
    let both = print(&said);
    assert_eq!(both.len(), 2);
    assert_eq!(both[1], print(&SAID)[0]);
    assert_eq!(both[0], print(&Said { author_id: None, ..said })[0]);
}

#[test]
fn of_two_the_second_is_refused_and_only_its_author_is_told_which_was_first() {
    let (first, second) = (Uuid::from_u128(7), Uuid::from_u128(8));
    let owners = HashMap::from([(vec![1], first)]);
    let arrival = |comment_id, known| Arrival { comment_id, prints: vec![vec![1]], known, entry: Entry::Free };
    first_said(&arrival(first, true), &owners).unwrap();
    let refused = first_said(&arrival(second, true), &owners).unwrap_err();
    assert_eq!((refused.code, refused.comment_id), (Code::DuplicateComment, Some(first)));
    assert_eq!(first_said(&arrival(second, false), &owners).unwrap_err().comment_id, None);
}
