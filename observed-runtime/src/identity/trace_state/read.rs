//! Reads a list as somebody has sent it.

use super::{Carried, LONGEST_VALUE, MOST_MEMBERS, Member, TraceState};

const LONGEST_KEY: usize = 256;

/// Reads the fields of one request, in their order: they are one list (section 3.3.1).
pub(crate) fn read<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Carried {
    let (mut taken, mut dropped) = (Vec::<Member<'_>>::new(), 0);
    for member in fields.into_iter().flat_map(|field| field.split(is(b','))) {
        let member = trim(member);
        // Empty members are allowed (section 3.3.1).
        if member.is_empty() {
            continue;
        }
        let Some(member) = Member::parse(member) else {
            return Carried {
                state: TraceState::default(),
                dropped: 1,
            };
        };
        // Whoever changes its entry moves it to the front: the first one of a key is the latest (section 3.5).
        if taken.len() == MOST_MEMBERS || taken.iter().any(|other| other.key == member.key) {
            dropped += 1;
        } else {
            taken.push(member);
        }
    }
    let carried = Carried::of(taken);
    Carried {
        dropped: dropped + carried.dropped,
        ..carried
    }
}

fn is(byte: u8) -> impl Fn(&u8) -> bool {
    move |other| *other == byte
}

/// Optional white space is spaces and tabs (RFC 9110, section 5.6.3).
fn trim(mut member: &[u8]) -> &[u8] {
    while let [b' ' | b'\t', rest @ ..] | [rest @ .., b' ' | b'\t'] = member {
        member = rest;
    }
    member
}

impl<'a> Member<'a> {
    /// Nothing where it is not what sections 3.3.1.3.1 and 3.3.1.3.2 describe.
    fn parse(member: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(member).ok()?;
        let (key, value) = text.split_once('=')?;
        (is_key(key.as_bytes()) && is_value(value.as_bytes())).then_some(Self { text, key })
    }
}

fn is_key(key: &[u8]) -> bool {
    let begins = matches!(key, [b'a'..=b'z' | b'0'..=b'9', ..]);
    let is_of_key =
        |byte: &u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'*' | b'/' | b'@');
    begins && key.len() <= LONGEST_KEY && key.iter().all(is_of_key)
}

/// Printable ASCII; spaces in front belong to it, those behind it have been taken away.
fn is_value(value: &[u8]) -> bool {
    let is_of_value = |byte: &u8| matches!(byte, b' '..=b'~') && *byte != b',' && *byte != b'=';
    (1..=LONGEST_VALUE).contains(&value.len()) && value.iter().all(is_of_value)
}
