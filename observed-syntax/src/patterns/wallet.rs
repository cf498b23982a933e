//! Addresses of crypto currencies: Bitcoin with its checksum (BIP 173, BIP 350), and the forty hexadecimal digits after `0x`
//! of Ethereum (EIP-55).

use super::scan::{ends_word, run};

const SYMBOLS: &[u8] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
/// The rest that the two versions leave.
const RESTS: [u32; 2] = [1, 0x2bc8_30a3];
const GENERATORS: [u32; 5] = [
    0x3b6a_57b2,
    0x2650_8e6d,
    0x1ea1_19fa,
    0x3d42_33dd,
    0x2a14_62b3,
];
const LONGEST: usize = 90;

pub(super) fn is_at(bytes: &[u8], start: usize) -> bool {
    is_ethereum(bytes, start) || is_bitcoin(bytes, start)
}

fn is_ethereum(bytes: &[u8], start: usize) -> bool {
    const LENGTH: usize = 40;
    bytes[start..].starts_with(b"0x")
        && run(
            &bytes[..bytes.len().min(start + LENGTH + 3)],
            start + 2,
            |byte| byte.is_ascii_hexdigit(),
        ) == LENGTH
        && ends_word(bytes, start + 2 + LENGTH)
}

fn is_bitcoin(bytes: &[u8], start: usize) -> bool {
    let prefix = bytes.get(start..start + 3).unwrap_or_default();
    if !(prefix.eq_ignore_ascii_case(b"bc1") || prefix.eq_ignore_ascii_case(b"tb1")) {
        return false;
    }
    let limit = bytes.len().min(start + LONGEST);
    let length = run(&bytes[..limit], start, |byte| byte.is_ascii_alphanumeric());
    let (human, data) = (&prefix[..2], &bytes[start + 3..start + length]);
    let high = human.iter().map(|byte| byte.to_ascii_lowercase() >> 5);
    let low = human.iter().map(|byte| byte & 31);
    let data = data.iter().map(|byte| {
        let symbol = byte.to_ascii_lowercase();
        SYMBOLS
            .iter()
            .position(|known| *known == symbol)
            .map(|place| place as u8)
    });
    let values: Option<Vec<u8>> = high.chain([0]).chain(low).map(Some).chain(data).collect();
    length >= 14 && values.is_some_and(|values| RESTS.contains(&remainder(&values)))
}

fn remainder(values: &[u8]) -> u32 {
    values.iter().fold(1, |rest, value| {
        let top = rest >> 25;
        let next = (rest & 0x01ff_ffff) << 5 ^ u32::from(*value);
        let terms = GENERATORS
            .iter()
            .enumerate()
            .filter(|(bit, _)| top >> bit & 1 == 1);
        terms.fold(next, |next, (_, term)| next ^ term)
    })
}
