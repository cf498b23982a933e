//! Numbers that a state, a bank or a telephone company gives to a person.
//!
//! A number needs its check digits *and* a second sign: the groups in which it is written, a telling word in its key or
//! just before it, or that it is the whole text and neither its key nor a word says that it counts or names a thing.

mod brazil;
mod card;
mod dated;
mod digits;
mod groups;
mod masked;
mod phone;
mod social;

pub(super) use brazil::CNPJ_WORDS;
pub(super) use digits::is_cnpj;
pub(super) use masked::at as masked_at;

use super::Pattern;
use super::scan::{ends_word, has_word, run};
use groups::Groups;

/// Fewer digits than any of these numbers has.
pub(super) const FEWEST: usize = 8;

/// What numbers are counted, or given to a thing.
const THINGS: &[&str] = &[
    "amount",
    "batch",
    "boleto",
    "build",
    "byte",
    "chave",
    "checksum",
    "code",
    "codigo",
    "count",
    "cursor",
    "digest",
    "duration",
    "ean",
    "elapsed",
    "epoch",
    "event",
    "fatura",
    "fiscal",
    "gtin",
    "hash",
    "id",
    "index",
    "invoice",
    "isbn",
    "item",
    "job",
    "line",
    "lote",
    "micro",
    "milli",
    "ms",
    "nano",
    "nfe",
    "nota",
    "ns",
    "number",
    "numero",
    "offset",
    "order",
    "page",
    "pedido",
    "pid",
    "port",
    "price",
    "product",
    "produto",
    "protocol",
    "protocolo",
    "rastreio",
    "ref",
    "reference",
    "request",
    "sequence",
    "seq",
    "serial",
    "shipment",
    "size",
    "sku",
    "span",
    "task",
    "ticket",
    "time",
    "timestamp",
    "total",
    "trace",
    "tracking",
    "ts",
    "us",
    "valor",
    "version",
];

/// What is no telephone number.
const DOCUMENTS: &[&str] = &["cnpj", "cpf", "doc", "document", "documento", "tax", "tin"];

/// Takes group after group of the digits that begin at `start`, and asks of each number so far what it can be; `key` is the
/// name under which the text is recorded.
pub(super) fn at(bytes: &[u8], start: usize, key: &str) -> Option<Pattern> {
    let digits = run(bytes, start, |byte| byte.is_ascii_digit());
    if !ends_word(bytes, start + digits) {
        return masked_at(bytes, start + digits);
    }
    let mut groups = Groups::begin(bytes, start)?;
    loop {
        if groups.digits().len() >= FEWEST && groups.ends_here() {
            if let Some(pattern) = judge(&groups, key) {
                return Some(pattern);
            }
        }
        if !groups.grow() {
            return None;
        }
    }
}

fn judge(groups: &Groups, key: &str) -> Option<Pattern> {
    if card::is(groups, key) {
        return Some(Pattern::Card);
    }
    brazil::find(groups, key)
        .or_else(|| {
            let is_personal = social::is(groups, key)
                || dated::is_birth(groups, key)
                || dated::is_device(groups, key);
            is_personal.then_some(Pattern::PersonNumber)
        })
        .or_else(|| phone::is(groups, key).then_some(Pattern::Phone))
}

/// A text that is nothing but the number, and neither counted nor a thing's: what somebody typed.
pub(super) fn whole(bytes: &[u8], key: &str) -> Option<Pattern> {
    let digits = bytes.trim_ascii();
    let is_number = (11..=16).contains(&digits.len()) && digits.iter().all(u8::is_ascii_digit);
    if !is_number {
        return None;
    }
    let pattern = match digits.len() {
        11 if digits::is_cpf(digits) => Pattern::Cpf,
        11 if phone::is_brazilian_mobile(digits) && !has_word(key, DOCUMENTS) => Pattern::Phone,
        14 if digits::is_cnpj(digits) => Pattern::Cnpj,
        14..=16 if card::is_card(digits) => Pattern::Card,
        _ => return None,
    };
    (!has_word(key, THINGS)).then_some(pattern)
}
