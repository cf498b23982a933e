//! E-mail addresses: a local part, `@` or `%40`, a domain with a dot whose last label is of letters (RFC 5321, section
//! 4.1.2, without quoted local parts and address literals).

use super::scan::run;

pub(super) fn is_in(bytes: &[u8]) -> bool {
    (0..bytes.len()).any(|position| {
        let sign = match bytes[position] {
            b'@' => 1,
            b'%' if bytes[position..].starts_with(b"%40") => 3,
            _ => return false,
        };
        ends_in_local_part(&bytes[..position]) && begins_with_domain(&bytes[position + sign..])
    })
}

/// Letters of any script are bytes above 127. The rarer symbols of the specification are left out: they would take
/// `https://x.example/@handle.name` for an address.
fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte) || byte > 127
}

fn ends_in_local_part(bytes: &[u8]) -> bool {
    let local = bytes.iter().rev().take_while(|byte| is_local(**byte));
    local
        .take(64)
        .any(|byte| byte.is_ascii_alphanumeric() || *byte > 127)
}

fn begins_with_domain(bytes: &[u8]) -> bool {
    let length = run(bytes, 0, |byte| {
        byte.is_ascii_alphanumeric() || b".-".contains(&byte) || byte > 127
    });
    let domain = &bytes[..length];
    let mut labels = domain
        .split(|byte| *byte == b'.')
        .filter(|label| !label.is_empty());
    let Some(_) = labels.next() else {
        return false;
    };
    // Every later label ends a domain of its own: `a@b.com.` and `a@b.com.2` contain one.
    labels.any(is_top_level)
}

fn is_top_level(label: &[u8]) -> bool {
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte > 127;
    (label.len() >= 2 && label.iter().all(is_letter)) || label.starts_with(b"xn--")
}
