//! The random PIX key of a bank account: a UUID under a telling word (Banco Central do Brasil, Manual de Padrões para
//! Iniciação do Pix).

use super::scan::{ends_word, shaped, tells};

const WORDS: &[&str] = &["pix"];
const UUID: &[u8] = b"AAAAAAAA-AAAA-AAAA-AAAA-AAAAAAAAAAAA";

pub(super) fn is_at(bytes: &[u8], start: usize, key: &str) -> bool {
    let may_be = bytes.get(start + 8) == Some(&b'-') && bytes.get(start + 13) == Some(&b'-');
    may_be
        && shaped(bytes, start, UUID).is_some()
        && ends_word(bytes, start + UUID.len())
        && tells(bytes, start, key, WORDS)
}
