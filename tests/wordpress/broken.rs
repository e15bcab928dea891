//! Files which are no export, or not a whole one: the place is named, and nothing panics.

use std::io::{self, Read};

use colloquy::transfer::{Broken, Entry, MAX_FIELD, MAX_TERMS, Reader};
use proptest::prelude::*;

use crate::exports::{V1_0, V1_1, V1_2};
use crate::{export_with, read, try_read};

fn broken(export: &[u8]) -> Broken {
    let mut reader = Reader::new(export);
    let broken = reader.by_ref().find_map(Result::err).expect("a broken file");
    assert!(reader.next().is_none(), "nothing comes after what is broken");
    broken
}

/// Line and message.
fn fault(export: &str) -> (u64, String) {
    let broken = broken(export.as_bytes());
    let before = export.as_bytes().get(..usize::try_from(broken.byte).expect("a byte")).expect("a byte in the file");
    let line = before.split(|byte| *byte == b'\n').count();
    assert_eq!(broken.line, line as u64, "line and byte name the same place");
    (broken.line, broken.message)
}

#[test]
fn cut_off_at_any_byte_it_is_broken_at_its_end() {
    for export in [V1_0, V1_1, V1_2] {
        let whole = export.rfind("</rss>").expect("an end") + "</rss>".len();
        for length in 0..whole {
            let cut = &export.as_bytes()[..length];
            let broken = broken(cut);
            assert!(broken.byte <= length as u64, "{broken}");
            assert!(broken.byte + 16 > length as u64, "{length}: {broken}");
            assert!(broken.message.starts_with("the file ends "), "{length}: {broken}");
        }
        for length in whole..=export.len() {
            assert!(try_read(&export.as_bytes()[..length]).is_ok());
        }
    }
}

#[test]
fn the_entries_before_the_cut_are_given() {
    let whole = read(V1_2);
    let cut = V1_2.find("Never mind").expect("the last comment");
    let (entries, broken): (Vec<_>, Vec<_>) = Reader::new(&V1_2.as_bytes()[..cut]).partition(Result::is_ok);
    let entries: Vec<Entry> = entries.into_iter().map(Result::unwrap).collect();
    assert_eq!(entries, whole[..3]);
    assert_eq!(broken.len(), 1);
}

#[test]
fn the_element_which_was_cut_off_is_named_with_its_line() {
    let cut = V1_2.find("Wait three days").expect("a comment");
    let (line, message) = fault(&V1_2[..cut + 4]);
    assert_eq!((line, message.as_str()), (39, "the file ends inside <wp:comment_content>, which begins at line 39"));
}

#[test]
fn what_is_no_export_is_told_so() {
    for (text, message) in [
        ("", "the file ends before an export begins"),
        ("Dear diary", "this is not XML: it begins with text"),
        ("PK\u{3}\u{4}", "this is not XML: it begins with text"),
        ("<html><body>x</body></html>", "this is not a WordPress export: it does not begin with <rss>"),
        ("<!DOCTYPE html><html></html>", "a WordPress export has no document type (<!DOCTYPE ...>)"),
        ("<rss><other/></rss>", "this is not a WordPress export: it has no <channel>"),
        (
            "<rss><channel><item><title>x</title></item></channel></rss>",
            "this is a feed, not a WordPress export: it has no <wp:wxr_version>",
        ),
        (
            "<rss><channel><title>x</title></channel></rss>",
            "this is a feed, not a WordPress export: it has no <wp:wxr_version>",
        ),
        (
            "<rss><channel><wp:wxr_version>3.0</wp:wxr_version></channel></rss>",
            "this version of the export format is not known; 1.0, 1.1 and 1.2 are",
        ),
        (
            "<?xml version='1.0' encoding='ISO-8859-1'?><rss/>",
            "the file says that it is not in UTF-8; convert it first, for example with iconv, \
             and change its first line",
        ),
    ] {
        assert_eq!(fault(text), (1, message.to_owned()), "{text}");
    }
    let utf_16: Vec<u8> = "\u{FEFF}<rss/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(broken(&utf_16).message, "the file cannot be read: it is in UTF-16, not in UTF-8");
}

#[test]
fn broken_markup_is_found_at_its_line() {
    for (item, line, message) in [
        ("\n<title>x</link>", 3, "</title> was expected, but another element is closed"),
        ("\n<title>x</title></rss>", 3, "</item> was expected, but another element is closed"),
        ("\n<title>\n<![FOO[x]]></title>", 4, "<title> has broken markup"),
        ("\n\n<link>x</link>\n<wp:comment></item>", 5, "</wp:comment> was expected, but another element is closed"),
    ] {
        assert_eq!(fault(&export_with(&format!("<item>{item}"))), (line, message.to_owned()), "{item}");
    }
}

#[test]
fn bytes_which_are_not_utf_8_are_found_exactly() {
    for (before, after) in [("<title>two\nlines ", "</title>"), ("<title><![CDATA[two\nlines ", "]]></title>")] {
        let mut export = export_with(&format!("<item>{before}@{after}</item>")).into_bytes();
        let at = export.iter().position(|byte| *byte == b'@').expect("the place");
        export[at] = 0xFF;
        let expected = Broken { line: 3, byte: at as u64, message: "<title> is not valid UTF-8".to_owned() };
        assert_eq!(broken(&export), expected);
    }
}

#[test]
fn entities_are_not_defined_by_the_file() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>\n<rss>&b;</rss>";
    assert_eq!(fault(bomb), (2, "a WordPress export has no document type (<!DOCTYPE ...>)".to_owned()));
}

#[test]
fn fields_elements_and_terms_have_bounds() {
    let long = "x".repeat(MAX_FIELD);
    let at_limit = export_with(&format!("<item><link>a</link><title>{long}</title></item>"));
    assert!(try_read(at_limit.as_bytes()).is_ok());
    for text in [format!("{long}y"), format!("<![CDATA[{long}]]>y"), format!("{long}&amp;")] {
        let export = export_with(&format!("<item><title>{text}</title></item>"));
        assert_eq!(fault(&export), (2, "<title> is longer than 16 MiB".to_owned()));
    }
    let deep = export_with(&"<a>".repeat(100_000));
    assert_eq!(fault(&deep), (2, "elements are nested too deep".to_owned()));
    let terms = "<category nicename='x'>x</category>".repeat(MAX_TERMS + 1);
    let message = "the item has more than 1000 categories and tags".to_owned();
    assert_eq!(fault(&export_with(&format!("<item>{terms}</item>"))), (2, message));
}

#[test]
fn an_item_needs_something_that_identifies_it() {
    let message = "the item has neither <wp:post_id> nor <guid> nor <link>".to_owned();
    assert_eq!(fault(&export_with("<item><title>x</title></item>")), (2, message));
    assert!(try_read(export_with("<item><guid>x</guid></item>").as_bytes()).is_ok());
}

/// Gives a byte at a time, and fails after `length`.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let Some((first, rest)) = self.0.split_first() else {
            return Err(io::Error::other("the disk is gone"));
        };
        into[0] = *first;
        self.0 = rest;
        Ok(1)
    }
}

#[test]
fn a_reader_which_fails_is_reported() {
    let broken = Reader::new(Failing(&V1_2.as_bytes()[..2000])).find_map(Result::err).expect("a failure");
    assert_eq!((broken.byte, broken.message.as_str()), (2000, "the file cannot be read: the disk is gone"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_mutation_makes_it_panic(
        export in prop::sample::select(&[V1_0, V1_1, V1_2][..]),
        changes in prop::collection::vec((any::<prop::sample::Index>(), mutation()), 1..6),
    ) {
        let mut export = export.as_bytes().to_vec();
        for (index, bytes) in changes {
            let at = index.index(export.len());
            match bytes {
                Some(bytes) => drop(export.splice(at..at, bytes)),
                None => drop(export.drain(at..export.len().min(at + 7))),
            }
        }
        let mut reader = Reader::new(export.as_slice());
        for entry in reader.by_ref() {
            if let Err(broken) = entry {
                prop_assert!(broken.byte <= export.len() as u64);
            }
        }
        prop_assert!(reader.next().is_none());
        prop_assert!(reader.position() <= export.len() as u64);
    }
}

/// Bytes to put in, or none to take some out.
fn mutation() -> impl Strategy<Value = Option<Vec<u8>>> {
    const MARKUP: [&str; 15] =
        ["<", ">", "&", "]]>", "<![CDATA[", "<!--", "-->", "<!D", "<?", "</", "/>", "<item>", "</item>", "\"", "&#0;"];
    prop_oneof![
        Just(None),
        prop::sample::select(&MARKUP[..]).prop_map(|text| Some(text.as_bytes().to_vec())),
        prop::collection::vec(any::<u8>(), 1..4).prop_map(Some),
    ]
}
