//! Full names of people who are close to the writer: a word of kinship or relation, then two words as names are written.

use super::at;
use std::ops::Range;

/// The most words that are taken for one name.
const WORDS: usize = 4;

/// Who is close to somebody, in the languages of the publication's readers.
const CLOSE: &[&str] = &[
    // English
    "husband",
    "wife",
    "hubby",
    "spouse",
    "partner",
    "boyfriend",
    "girlfriend",
    "fiancé",
    "fiancée",
    "fiance",
    "fiancee",
    "ex",
    "lover",
    "sister",
    "brother",
    "stepsister",
    "stepbrother",
    "mother",
    "father",
    "mom",
    "mum",
    "dad",
    "mama",
    "papa",
    "stepmother",
    "stepfather",
    "stepmom",
    "stepdad",
    "grandmother",
    "grandfather",
    "grandma",
    "grandpa",
    "aunt",
    "uncle",
    "cousin",
    "niece",
    "nephew",
    "son",
    "daughter",
    "stepson",
    "stepdaughter",
    "child",
    "kid",
    "law",
    "boss",
    "manager",
    "supervisor",
    "friend",
    "bestie",
    "roommate",
    "flatmate",
    "neighbour",
    "neighbor",
    "colleague",
    "coworker",
    "worker",
    "teacher",
    "therapist",
    "doctor",
    "landlord",
    "landlady",
    "stalker",
    "abuser",
    // German
    "mann",
    "ehemann",
    "frau",
    "ehefrau",
    "partnerin",
    "freund",
    "freundin",
    "verlobter",
    "verlobte",
    "verlobten",
    "schwester",
    "bruder",
    "mutter",
    "vater",
    "mutti",
    "vati",
    "oma",
    "opa",
    "tante",
    "onkel",
    "kusine",
    "nichte",
    "neffe",
    "sohn",
    "tochter",
    "chef",
    "chefin",
    "nachbar",
    "nachbarin",
    "kollege",
    "kollegin",
    "kollegen",
    "schwiegermutter",
    "schwiegervater",
    "schwager",
    "schwägerin",
    "exmann",
    "exfrau",
    "exfreund",
    "exfreundin",
    "therapeut",
    "therapeutin",
    // French
    "mari",
    "femme",
    "épouse",
    "époux",
    "conjoint",
    "conjointe",
    "copain",
    "copine",
    "petit-ami",
    "ami",
    "amie",
    "sœur",
    "soeur",
    "frère",
    "mère",
    "père",
    "maman",
    "fils",
    "fille",
    "oncle",
    "cousine",
    "voisin",
    "voisine",
    "collègue",
    "patron",
    "patronne",
    "belle-mère",
    "beau-père",
    "fiancés",
    // Spanish, Portuguese, Italian
    "marido",
    "esposo",
    "esposa",
    "mujer",
    "novio",
    "novia",
    "pareja",
    "hermana",
    "hermano",
    "madre",
    "padre",
    "hijo",
    "hija",
    "tía",
    "tío",
    "prima",
    "primo",
    "amigo",
    "amiga",
    "vecino",
    "vecina",
    "jefe",
    "jefa",
    "suegra",
    "suegro",
    "mulher",
    "namorado",
    "namorada",
    "irmã",
    "irmão",
    "mãe",
    "pai",
    "filho",
    "filha",
    "chefe",
    "vizinho",
    "vizinha",
    "sogra",
    "sogro",
    "marito",
    "moglie",
    "fidanzato",
    "fidanzata",
    "compagno",
    "compagna",
    "sorella",
    "fratello",
    "figlio",
    "figlia",
    "amico",
    "amica",
    "vicino",
    "vicina",
    "capo",
    "zia",
    "zio",
    "suocera",
    "suocero",
    // Dutch, Polish
    "vrouw",
    "echtgenoot",
    "echtgenote",
    "vriend",
    "vriendin",
    "zus",
    "broer",
    "moeder",
    "vader",
    "zoon",
    "dochter",
    "baas",
    "buurman",
    "buurvrouw",
    "schoonmoeder",
    "mąż",
    "męża",
    "żona",
    "żony",
    "żonę",
    "chłopak",
    "dziewczyna",
    "siostra",
    "brat",
    "matka",
    "ojciec",
    "syn",
    "córka",
    "przyjaciel",
    "przyjaciółka",
    "szef",
    "szefowa",
    "sąsiad",
    "sąsiadka",
    "kolega",
    "koleżanka",
    "teściowa",
    "teść",
];

pub fn find(text: &[char]) -> Vec<Range<usize>> {
    let words = words(text);
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut nth = 0;
    while let Some(close) = words.get(nth) {
        nth += 1;
        let mut names: &[Range<usize>] = &[];
        let mut end = close.end;
        for (many, word) in words.iter().skip(nth).take(WORDS).enumerate() {
            if !is_near(text, end..word.start) || !text.get(word.clone()).is_some_and(is_name) {
                break;
            }
            names = words.get(nth..=nth + many).unwrap_or_default();
            end = word.end;
        }
        if let [first, _, ..] = names
            && text.get(close.clone()).is_some_and(is_close)
        {
            found.push(first.start..end);
            nth += names.len();
        }
    }
    found
}

/// Stretches of letters, with hyphens and apostrophes between them.
fn words(text: &[char]) -> Vec<Range<usize>> {
    let (mut words, mut start) = (Vec::new(), None);
    for (place, c) in text.iter().enumerate() {
        let inner = matches!(c, '-' | '\'' | '\u{2019}' | '\u{300}'..='\u{36F}')
            && start.is_some()
            && (at(text, Some(place + 1)).is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}'));
        if c.is_alphabetic() || inner {
            start.get_or_insert(place);
        } else if let Some(start) = start.take() {
            words.push(start..place);
        }
    }
    words.extend(start.map(|start| start..text.len()));
    words
}

/// Whether nothing but a blank or two, or the end of a line, stands there.
fn is_near(text: &[char], gap: Range<usize>) -> bool {
    let gap = text.get(gap).unwrap_or_default();
    (1..=2).contains(&gap.len())
        && gap.iter().all(|c| c.is_whitespace())
        && gap.iter().filter(|c| **c == '\n').count() < 2
}

/// A capital, then at least one small letter. Words all in capitals are shouted, not names.
fn is_name(word: &[char]) -> bool {
    word.first().is_some_and(|c| c.is_uppercase()) && word.iter().any(|c| c.is_lowercase())
}

/// Whether a word, or its last part, says who somebody is to the writer.
fn is_close(word: &[char]) -> bool {
    let small: String = word.iter().flat_map(|c| c.to_lowercase()).collect();
    let last = small.rsplit(['-', '\'', '\u{2019}']).next().unwrap_or_default();
    CLOSE.contains(&small.as_str()) || CLOSE.contains(&last)
}
