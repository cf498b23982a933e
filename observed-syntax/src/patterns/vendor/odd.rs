//! Keys that are known by what stands inside or at their end: the forms are those of gitleaks and detect-secrets, rule by
//! rule as named.

use super::super::scan::{before, ends_word, run, run_before};

/// True when such a key has a word that begins at `start`.
pub(in super::super) fn is_at_word(bytes: &[u8], start: usize) -> bool {
    match bytes[start] {
        b'a' => bytes[..start].ends_with(b".") && is_terraform(bytes, start - 1),
        b'm' => bytes[..start].ends_with(b"_") && is_maxmind(bytes, start - 1),
        b'u' => bytes[..start].ends_with(b"-") && is_mailchimp(bytes, start - 1),
        b'M' => is_key_body(bytes, start) || is_discord(bytes, start),
        b'N' | b'O' => is_discord(bytes, start),
        b'b' => is_key_body(bytes, start),
        b'0'..=b'9' => is_telegram(bytes, start),
        _ => false,
    }
}

/// True when such a key has this sign.
pub(in super::super) fn is_at_sign(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'~' => is_azure_secret(bytes, at),
        b'$' => is_password_hash(&bytes[at..]),
        _ => false,
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_-".contains(&byte)
}

fn is_hex(byte: u8) -> bool {
    byte.is_ascii_hexdigit()
}

/// gitleaks/azure.go: three symbols, a digit, `Q~`, 31 to 34 more.
fn is_azure_secret(bytes: &[u8], at: usize) -> bool {
    let is_symbol = |byte: u8| is_word(byte) || b".~".contains(&byte);
    at >= 5
        && bytes[at - 1] == b'Q'
        && bytes[at - 2].is_ascii_digit()
        && run_before(bytes, at - 2, 4, is_symbol) == 3
        && (31..=40).contains(&run(&bytes[..bytes.len().min(at + 42)], at + 1, is_symbol))
}

/// gitleaks/hashicorp.go: fourteen symbols, `.atlasv1.`, sixty more.
fn is_terraform(bytes: &[u8], at: usize) -> bool {
    const MARK: &[u8] = b".atlasv1.";
    bytes[at..].starts_with(MARK)
        && run_before(bytes, at, 14, |byte| byte.is_ascii_alphanumeric()) == 14
        && run(&bytes[..bytes.len().min(at + 60)], at + MARK.len(), is_word) >= 40
}

/// detect-secrets/discord.py: an account in base64, six symbols, 27 more.
fn is_discord(bytes: &[u8], start: usize) -> bool {
    let limit = bytes.len().min(start + 96);
    let account = run(&bytes[..limit], start, is_word);
    let at = start + account;
    (24..=28).contains(&account)
        && bytes.get(at) == Some(&b'.')
        && bytes.get(at + 7) == Some(&b'.')
        && run(&bytes[..limit], at + 1, is_word) == 6
        && run(&bytes[..limit], at + 8, is_word) >= 27
}

/// detect-secrets/telegram_token.py: eight to ten digits, `:`, 35 symbols.
fn is_telegram(bytes: &[u8], start: usize) -> bool {
    let digits = run(&bytes[..bytes.len().min(start + 11)], start, |byte| {
        byte.is_ascii_digit()
    });
    let at = start + digits;
    let length = run(&bytes[..bytes.len().min(at + 38)], at + 1, is_word);
    (8..=10).contains(&digits)
        && bytes.get(at) == Some(&b':')
        && length == 35
        && bytes[at + 1..at + 1 + length]
            .iter()
            .any(u8::is_ascii_alphabetic)
}

/// detect-secrets/mailchimp.py: 32 hexadecimal digits, `-us`, a number.
fn is_mailchimp(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(b"-us")
        && bytes.get(at + 3).is_some_and(u8::is_ascii_digit)
        && run_before(bytes, at, 33, is_hex) == 32
}

/// gitleaks/maxmind.go: six symbols, 29 more, `_mmk`.
fn is_maxmind(bytes: &[u8], at: usize) -> bool {
    bytes[at..].starts_with(b"_mmk")
        && ends_word(bytes, at + 4)
        && run_before(bytes, at, 40, is_word) >= 36
}

/// What passwords are kept as (crypt(5)): whoever has it can guess on.
fn is_password_hash(rest: &[u8]) -> bool {
    const KINDS: &[&[u8]] = &[
        b"$1$",
        b"$2a$",
        b"$2b$",
        b"$2y$",
        b"$5$",
        b"$6$",
        b"$7$",
        b"$y$",
        b"$apr1$",
        b"$argon2d$",
        b"$argon2i$",
        b"$argon2id$",
        b"$scrypt$",
        b"$pbkdf2",
    ];
    let is_symbol = |byte: u8| byte.is_ascii_alphanumeric() || b"./$=,+-".contains(&byte);
    KINDS.iter().any(|kind| {
        rest.starts_with(kind) && run(&rest[..rest.len().min(64)], kind.len(), is_symbol) >= 24
    })
}

/// The first bytes of a private key without its first line: PKCS 1 and PKCS 8 with their versions (RFC 8017, RFC 5958), and
/// OpenSSH's.
fn is_key_body(bytes: &[u8], at: usize) -> bool {
    const OPENSSH: &[u8] = b"b3BlbnNzaC1rZXktdjE";
    const WHOLE: &[&[u8]] = &[
        b"MIGHAgEAMBMGByqGSM49",
        b"MHcCAQEEI",
        b"MC4CAQAwBQYDK2VwBCIEI",
    ];
    const AFTER_LENGTH: &[&[u8]] = &[b"IBAAKC", b"IBADANBgkqhkiG9w0BAQEF"];
    let rest = &bytes[at..];
    if before(bytes, at).is_some_and(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte)) {
        return false;
    }
    let is_rsa = rest.starts_with(b"MII")
        && rest
            .get(6..)
            .is_some_and(|rest| AFTER_LENGTH.iter().any(|mark| rest.starts_with(mark)));
    is_rsa || rest.starts_with(OPENSSH) || WHOLE.iter().any(|mark| rest.starts_with(mark))
}
