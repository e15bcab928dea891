use super::*;
use chrono::TimeZone;
use proptest::prelude::*;

fn secrets() -> Secrets {
    Secrets::new("a test secret of more than thirty-two bytes").unwrap()
}

fn noon() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 14, 12, 0, 0).unwrap()
}

fn at(seconds: i64) -> DateTime<Utc> {
    noon() + TimeDelta::seconds(seconds)
}

fn solve(challenge: &IssuedChallenge) -> SolvedChallenge {
    let token = challenge.challenge.clone();
    let good = |nonce: &u32| leading_zeros(&sha256(format!("{token}.{nonce}").as_bytes())) >= challenge.bits.into();
    let nonce = (0..=u32::MAX).find(good).unwrap().to_string();
    SolvedChallenge { token, nonce }
}

fn code(met: Result<Challenge>) -> String {
    let error = met.unwrap_err();
    assert_eq!(error.code, Code::ChallengeFailed);
    error.fields[0].code.to_string()
}

#[test]
fn zero_bits_are_counted_across_bytes() {
    for (hash, zeros) in [(&[0x80, 0][..], 0), (&[0x01, 0], 7), (&[0, 0xff], 8), (&[0, 0x10], 11), (&[0, 0], 16)] {
        assert_eq!(leading_zeros(hash), zeros);
    }
}

#[test]
fn it_is_good_from_its_not_before_until_its_end() {
    let issued = Challenge::new(noon(), 8, 2).unwrap().issue(&secrets()).unwrap();
    assert_eq!((issued.not_before, issued.expires_at), (at(2), at(1800)));
    let solved = solve(&issued);
    assert_eq!(code(Challenge::met(&secrets(), at(1), &solved)), "too_early");
    Challenge::met(&secrets(), at(2), &solved).unwrap();
    Challenge::met(&secrets(), at(1799), &solved).unwrap();
    assert_eq!(code(Challenge::met(&secrets(), at(1800), &solved)), "expired");
}

#[test]
fn anothers_is_unknown_and_so_is_one_of_impossible_times() {
    let elsewhere = Secrets::new("another secret of more than thirty-two bytes").unwrap();
    let solved = solve(&Challenge::new(noon(), 0, 0).unwrap().issue(&elsewhere).unwrap());
    assert_eq!(code(Challenge::met(&secrets(), noon(), &solved)), "unknown");
    for times in [[i64::MIN, i64::MAX], [-1, i64::MIN], [i64::MAX, -1]] {
        let claims = [[7; 16].as_slice(), times.map(i64::to_be_bytes).as_flattened(), &[0]].concat();
        let tag = secrets().mac(Purpose::Challenge, &claims).unwrap();
        let token = URL_SAFE_NO_PAD.encode([claims, tag.to_vec()].concat());
        let met = Challenge::met(&secrets(), noon(), &SolvedChallenge { token, nonce: String::new() });
        assert_eq!(code(met), "unknown", "{times:?}");
    }
}

#[test]
fn a_keyed_hash_for_something_else_is_not_good_here() {
    let claims = Challenge::new(noon(), 0, 0).unwrap().claims();
    let tag = secrets().mac(Purpose::Throttle, &claims).unwrap();
    let token = URL_SAFE_NO_PAD.encode([claims, tag.to_vec()].concat());
    let met = Challenge::met(&secrets(), noon(), &SolvedChallenge { token, nonce: String::new() });
    assert_eq!(code(met), "unknown");
}

proptest! {
    #[test]
    fn whoever_looks_finds_and_any_bit_that_is_changed_is_refused(bits in 0_u8..=10, bit in 0..TOKEN_BYTES * 8) {
        let challenge = Challenge::new(noon(), bits, 0).unwrap();
        let issued = challenge.issue(&secrets()).unwrap();
        prop_assert_eq!(issued.challenge.len(), 87);
        let solved = solve(&issued);
        prop_assert_eq!(Challenge::met(&secrets(), noon(), &solved).unwrap(), challenge);
        let mut bytes = URL_SAFE_NO_PAD.decode(&solved.token).unwrap();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let forged = SolvedChallenge { token: URL_SAFE_NO_PAD.encode(bytes), ..solved };
        prop_assert_eq!(code(Challenge::met(&secrets(), noon(), &forged)), "unknown");
    }

    #[test]
    fn whatever_is_sent_is_met_or_refused(token in ".{0,120}", nonce in ".{0,120}") {
        prop_assert_eq!(code(Challenge::met(&secrets(), noon(), &SolvedChallenge { token, nonce })), "unknown");
    }

    #[test]
    fn a_nonce_is_short_printable_ascii(nonce in any::<String>()) {
        let token = Challenge::new(noon(), 0, 0).unwrap().issue(&secrets()).unwrap().challenge;
        let fine = nonce.len() <= NONCE_MAX && nonce.bytes().all(|byte| (0x20..0x7f).contains(&byte));
        let met = Challenge::met(&secrets(), noon(), &SolvedChallenge { token, nonce });
        if fine { prop_assert!(met.is_ok()) } else { prop_assert_eq!(code(met), "wrong") }
    }
}
