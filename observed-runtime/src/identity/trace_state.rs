//! The `tracestate` of a request: which lists are valid, and how much of one is carried on (W3C Trace Context Level 2,
//! section 3.3).
//!
//! A malformed list is dropped whole, because nobody can say which of its members can be trusted. Of a valid one up to 32
//! members and 512 characters are kept, whole members, so that a caller cannot make this service carry more for each span.

use std::sync::Arc;

const MOST_MEMBERS: usize = 32;
const MOST_CHARACTERS: usize = 512;
/// Longer members are the first to go where the list is too long (section 3.3.1.5).
const LARGE: usize = 128;
const LONGEST_KEY: usize = 256;
const LONGEST_VALUE: usize = 256;

/// A list as it is carried on, and what is not.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Carried {
    pub(crate) state: Option<Arc<str>>,
    /// Members beyond a limit and later members of the same key; a malformed list counts as one.
    pub(crate) dropped: u64,
}

/// Reads the fields of one request, in their order: they are one list (section 3.3.1).
pub(crate) fn read<'a>(fields: impl IntoIterator<Item = &'a [u8]>) -> Carried {
    let (mut kept, mut dropped) = (Vec::<Member<'_>>::new(), 0);
    for member in fields.into_iter().flat_map(|field| field.split(is(b','))) {
        let member = trim(member);
        // Empty members are allowed (section 3.3.1).
        if member.is_empty() {
            continue;
        }
        let Some(member) = Member::parse(member) else {
            return Carried {
                state: None,
                dropped: 1,
            };
        };
        // Whoever changes its entry moves it to the front: the first one of a key is the latest (section 3.5).
        if kept.len() == MOST_MEMBERS || kept.iter().any(|other| other.key == member.key) {
            dropped += 1;
        } else {
            kept.push(member);
        }
    }
    dropped += shorten(&mut kept);
    let members: Vec<&str> = kept.iter().map(|member| member.text).collect();
    Carried {
        state: (!members.is_empty()).then(|| members.join(",").into()),
        dropped,
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

/// Removes members until the list is short enough, the large ones first and each time from the end; returns how many.
fn shorten(members: &mut Vec<Member<'_>>) -> u64 {
    let before = members.len();
    let length = |members: &[Member<'_>]| -> usize {
        let texts = members.iter().map(|member| member.text.len());
        texts.sum::<usize>() + members.len().saturating_sub(1)
    };
    while length(members) > MOST_CHARACTERS {
        let large = members
            .iter()
            .rposition(|member| member.text.len() > LARGE)
            .unwrap_or(members.len() - 1);
        members.remove(large);
    }
    (before - members.len()) as u64
}

/// One `key=value`.
#[derive(Debug)]
struct Member<'a> {
    text: &'a str,
    key: &'a str,
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

#[cfg(test)]
mod tests;
