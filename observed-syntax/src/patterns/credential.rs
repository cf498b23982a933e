//! Tokens and keys that are known by how they begin.

use super::scan::{before, run, starts};

/// What a key begins with, and how many letters, digits, `_` or `-` follow at least. From the documentation of the
/// services that give them out.
const PREFIXES: &[(&[u8], usize)] = &[
    (b"AKIA", 16),
    (b"ASIA", 16),
    (b"AIza", 30),
    (b"ya29.", 20),
    (b"sk-", 16),
    (b"sk_live_", 10),
    (b"sk_test_", 10),
    (b"rk_live_", 10),
    (b"pk_live_", 10),
    (b"whsec_", 16),
    (b"ghp_", 20),
    (b"gho_", 20),
    (b"ghu_", 20),
    (b"ghs_", 20),
    (b"ghr_", 20),
    (b"github_pat_", 20),
    (b"glpat-", 16),
    (b"xoxb-", 16),
    (b"xoxa-", 16),
    (b"xoxp-", 16),
    (b"xoxr-", 16),
    (b"xoxs-", 16),
    (b"SG.", 20),
    (b"npm_", 30),
    (b"hf_", 20),
    (b"dop_v1_", 20),
    (b"shpat_", 20),
    (b"pypi-", 30),
];

/// The longest keys have some 200 symbols.
const LONGEST: usize = 256;

/// The first letters of the prefixes.
const PREFIX_BEGINS: &[u8] = b"AySsrpwghxnd";

pub(super) fn is_cloud_key_in(bytes: &[u8]) -> bool {
    starts(bytes)
        .filter(|start| PREFIX_BEGINS.contains(&bytes[*start]))
        .any(|start| {
            let mut known = PREFIXES
                .iter()
                .filter(|(prefix, _)| bytes[start..].starts_with(prefix));
            known.any(|(prefix, least)| {
                let begin = start + prefix.len();
                // A text of nothing but prefixes must not be read again from each of them.
                let end = bytes.len().min(begin + LONGEST);
                let length = run(&bytes[..end], begin, is_key);
                // Words joined by hyphens have no digits; keys in capitals may have none.
                let is_random = bytes[begin..begin + length].iter().any(u8::is_ascii_digit)
                    || prefix.iter().all(u8::is_ascii_uppercase);
                length >= *least && is_random
            })
        })
}

fn is_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-".contains(&byte)
}

/// RFC 7515, section 7.1 (a header that begins with `{"`), RFC 6750 and RFC 7617.
pub(super) fn is_token_in(bytes: &[u8]) -> bool {
    starts(bytes).any(|start| match bytes[start] {
        b'e' => is_jwt_at(bytes, start),
        b'b' | b'B' => follows_scheme(bytes, start),
        _ => false,
    })
}

/// The payload may be empty (detached, RFC 7515, appendix F), or an encrypted key (RFC 7516).
fn is_jwt_at(bytes: &[u8], position: usize) -> bool {
    if !bytes[position..].starts_with(b"eyJ") || before(bytes, position).is_some_and(is_key) {
        return false;
    }
    let header = run(bytes, position, is_key);
    let payload = position + header + 1;
    let is_followed = |payload| run(bytes, payload, |byte| is_key(byte) || byte == b'.') >= 4;
    header >= 10 && bytes.get(payload - 1) == Some(&b'.') && is_followed(payload)
}

/// `Bearer` or `Basic`, then what could be a credential and not a word.
fn follows_scheme(bytes: &[u8], position: usize) -> bool {
    const SCHEMES: &[(&[u8], usize)] = &[(b"bearer", 8), (b"basic", 12)];
    let begins_with = |scheme: &[u8]| {
        let text = bytes.get(position..position + scheme.len());
        text.is_some_and(|text| text.eq_ignore_ascii_case(scheme))
    };
    let Some((scheme, least)) = SCHEMES.iter().find(|(scheme, _)| begins_with(scheme)) else {
        return false;
    };
    let after = position + scheme.len();
    let gap = run(bytes, after, |byte| b" :\t\"'".contains(&byte));
    if gap == 0 {
        return false;
    }
    let token = after + gap;
    let length = run(bytes, token, |byte| {
        byte.is_ascii_alphanumeric() || b"._~+/-=".contains(&byte)
    });
    length >= *least && is_random(&bytes[token..token + length])
}

/// With a digit or padding in it, with capitals among small letters, or too long for a word.
fn is_random(text: &[u8]) -> bool {
    let capital_inside = text
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase());
    text.len() >= 20
        || capital_inside
        || text
            .iter()
            .any(|byte| byte.is_ascii_digit() || *byte == b'=')
}

/// RFC 7468: `-----BEGIN PRIVATE KEY-----`, with any word before `PRIVATE`.
pub(super) fn is_private_key_in(text: &str) -> bool {
    let upper = text.to_ascii_uppercase();
    upper.contains("-----BEGIN") && upper.contains("PRIVATE KEY")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_begins_with_one_of_the_first_letters() {
        for (prefix, _) in PREFIXES {
            assert!(
                PREFIX_BEGINS.contains(&prefix[0]),
                "{}",
                String::from_utf8_lossy(prefix)
            );
        }
    }
}
