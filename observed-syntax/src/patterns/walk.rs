//! One pass over a text: at the beginning of each word and at each sign it asks the patterns that can be there.

use super::seen::{Event, Seen, events};
use super::{
    Pattern, credential, email, home, iban, ip, mac, number, pair, pix, place, plate, tax, vendor,
    wallet,
};

/// A text, the key under which it is recorded, and what it contains.
struct Walk<'a> {
    text: &'a str,
    bytes: &'a [u8],
    key: &'a str,
    seen: &'a Seen,
}

/// Finds the first pattern in the text as it is written.
pub(super) fn find(text: &str, key: &str, seen: &Seen) -> Option<Pattern> {
    let bytes = text.as_bytes();
    let walk = Walk {
        text,
        bytes,
        key,
        seen,
    };
    if seen.is_plain() {
        return None;
    }
    let found = events(bytes).find_map(|(at, event)| match event {
        Event::Number => walk.at_number(at, false),
        Event::NumberAlone => walk.at_number(at, true),
        Event::Word => walk.at_word(at),
        Event::Sign => walk.at_sign(at),
    });
    found.or_else(|| number::whole(bytes, key))
}

impl Walk<'_> {
    /// A digit after a sign, or after a letter: `CPF529.982.247-25`.
    fn at_number(&self, at: usize, is_alone: bool) -> Option<Pattern> {
        let (bytes, key, seen) = (self.bytes, self.key, self.seen);
        let has_enough = seen.digits >= number::FEWEST;
        let found = has_enough.then(|| number::at(bytes, at, key)).flatten();
        found.or_else(|| self.company(at)).or_else(|| {
            if is_alone {
                self.address(at).or_else(|| self.key(at))
            } else {
                (seen.longest >= vendor::SHORTEST && vendor::is_odd_at(bytes, at))
                    .then_some(Pattern::CloudKey)
            }
        })
    }

    fn at_word(&self, at: usize) -> Option<Pattern> {
        let (bytes, key, seen) = (self.bytes, self.key, self.seen);
        if credential::is_token_at(bytes, at) {
            return Some(Pattern::Token);
        }
        let with_digits = || {
            let is_account = iban::is_at(bytes, at).then_some(Pattern::Account);
            let is_plate = || plate::is_at(bytes, at, key).then_some(Pattern::Plate);
            self.company(at).or(is_account).or_else(is_plate)
        };
        let found = (seen.digits >= 2).then(with_digits).flatten();
        let is_mac = || mac::is_at(bytes, at, key).then_some(Pattern::Mac);
        let is_command = || seen.space() && pair::is_command_at(self.text, at);
        found
            .or_else(is_mac)
            .or_else(|| self.by_letter(at))
            .or_else(|| is_command().then_some(Pattern::Pair))
            .or_else(|| self.key(at))
    }

    /// What begins with one letter.
    fn by_letter(&self, at: usize) -> Option<Pattern> {
        let bytes = self.bytes;
        let (is_found, pattern) = match bytes[at].to_ascii_lowercase() {
            b'a' => (pair::is_authorization(bytes, at), Pattern::Token),
            b'c' => (pair::is_cookie(bytes, at), Pattern::Pair),
            b'h' | b'u' => (home::is_at(bytes, at), Pattern::Home),
            b'p' => (
                credential::is_private_key_at(bytes, at),
                Pattern::PrivateKey,
            ),
            b'x' => return number::masked_at(bytes, at),
            _ => return None,
        };
        is_found.then_some(pattern)
    }

    fn company(&self, at: usize) -> Option<Pattern> {
        let is_company = self.seen.may_have_cnpj() && tax::is_at(self.bytes, at, self.key);
        is_company.then_some(Pattern::Cnpj)
    }

    /// Where somebody or somebody's machine is.
    fn address(&self, at: usize) -> Option<Pattern> {
        let (bytes, key) = (self.bytes, self.key);
        let is_ip = ip::is_at(bytes, at, key).then_some(Pattern::Ip);
        is_ip
            .or_else(|| mac::is_at(bytes, at, key).then_some(Pattern::Mac))
            .or_else(|| place::is_at(bytes, at).then_some(Pattern::Place))
    }

    /// What begins with a letter or a digit and is long.
    fn key(&self, at: usize) -> Option<Pattern> {
        let (bytes, key, seen) = (self.bytes, self.key, self.seen);
        if seen.longest < vendor::SHORTEST {
            return None;
        }
        let is_key = vendor::table().has(bytes, at) || vendor::is_odd_at(bytes, at);
        let is_account = || pix::is_at(bytes, at, key) || wallet::is_at(bytes, at);
        let is_link = || seen.slash() && pair::is_link_at(bytes, at);
        is_key
            .then_some(Pattern::CloudKey)
            .or_else(|| is_account().then_some(Pattern::Account))
            .or_else(|| is_link().then_some(Pattern::Pair))
    }

    fn at_sign(&self, at: usize) -> Option<Pattern> {
        let bytes = self.bytes;
        let (is_found, pattern) = match bytes[at] {
            b'@' if email::is_at(bytes, at, 1) => (true, Pattern::Email),
            b'%' => (
                bytes[at..].starts_with(b"%40") && email::is_at(bytes, at, 3),
                Pattern::Email,
            ),
            b'@' => (pair::is_go_source(bytes, at), Pattern::Pair),
            b'~' | b'$' => (vendor::is_at_sign(bytes, at), Pattern::CloudKey),
            b'*' => return number::masked_at(bytes, at),
            _ => (pair::is_at(bytes, at), Pattern::Pair),
        };
        is_found.then_some(pattern)
    }
}
