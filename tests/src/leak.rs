//! Searches bytes for planted secrets, in every form in which one could leave by accident.

/// A secret that is planted nowhere else.
#[derive(Clone, Debug)]
pub struct Secret {
    /// What it is an example of.
    pub kind: &'static str,
    /// The text.
    pub text: String,
}

/// One secret of each kind that the firewall knows; `tag` (letters and digits) makes them a test's own.
#[must_use]
pub fn secrets(tag: &str) -> Vec<Secret> {
    let secret = |kind, text: String| Secret { kind, text };
    vec![
        secret("e-mail address", format!("ana.{tag}@example.com")),
        secret("CPF", "529.982.247-25".to_owned()),
        secret("CNPJ", "12.ABC.345/01DE-35".to_owned()),
        secret("card number", "5555-5555-5555-4444".to_owned()),
        secret(
            "JSON web token",
            format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI{tag}In0.c2lnbmF0dXJl"),
        ),
        secret("bearer token", format!("Bearer 0123456789{tag}")),
        secret("cloud key", "AKIAIOSFODNN7EXAMPLE".to_owned()),
        secret("API key", format!("sk-proj-0123456789{tag}")),
        secret(
            "private key",
            format!("-----BEGIN RSA PRIVATE KEY----- {tag}"),
        ),
        secret(
            "password pair",
            format!("https://x.example/?password=hunter{tag}"),
        ),
        secret(
            "password in a URL",
            format!("postgres://app:hunter{tag}@db/orders"),
        ),
        secret("phone number", "+55 (11) 91234-5678".to_owned()),
        secret("PIS", "120.56412.54-5".to_owned()),
        secret("voter", "1023 8501 0671".to_owned()),
        secret("RG", "12.345.678-9".to_owned()),
        secret("SSN", "078-05-1120".to_owned()),
        secret("IBAN", "DE89 3704 0044 0532 0130 00".to_owned()),
        secret(
            "PIX key",
            "pix 7d9f0335-8dcc-4054-9bf9-0dbd61d36906".to_owned(),
        ),
        secret("IPv4 address", "198.51.100.23".to_owned()),
        secret("IPv6 address", "2001:db8:85a3::8a2e:370:7334".to_owned()),
        secret("MAC address", "3c:1a:2b:3c:4d:5e".to_owned()),
        secret("plate", "placa ABC1D23".to_owned()),
        secret("coordinates", "-23.561414,-46.655881".to_owned()),
        secret("home folder", format!("/home/ana.souza/{tag}")),
        secret("cookie", format!("Cookie: id=3f9c{tag}")),
        secret("header", format!("Authorization: Custom 3f9c{tag}")),
        secret("vendor's key", format!("glpat-0123456789abcdef{tag}")),
        secret("command", format!("sshpass -p hunter2{tag}")),
        secret("statement", format!("IDENTIFIED BY 'hunter2{tag}'")),
        secret("sentence", format!("a senha é hunter2{tag}")),
    ]
}

/// The kinds of those secrets that are in `bytes`: plain, percent-encoded, in base64, in upper or lower case.
#[must_use]
pub fn found<'a>(bytes: &[u8], secrets: &'a [Secret]) -> Vec<&'a str> {
    let is_in = |form: &String| {
        bytes
            .windows(form.len())
            .any(|window| window == form.as_bytes())
    };
    let leaked = secrets
        .iter()
        .filter(|secret| forms(&secret.text).iter().any(is_in));
    leaked.map(|secret| secret.kind).collect()
}

fn forms(text: &str) -> Vec<String> {
    let mut forms = vec![
        text.to_owned(),
        text.to_uppercase(),
        text.to_lowercase(),
        percent_encoded(text),
        percent_encoded(text).to_lowercase(),
    ];
    forms.extend((0..3).map(|offset| base64(text.as_bytes(), offset)));
    forms
}

fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
            char::from(byte).to_string()
        }
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// The part of the base64 of a longer text that does not depend on what stands around `bytes`, which begin `offset`
/// bytes after a group of three.
fn base64(bytes: &[u8], offset: usize) -> String {
    const SYMBOLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let skipped = (3 - offset) % 3;
    let whole = bytes[skipped..].chunks_exact(3);
    whole
        .flat_map(|group| {
            let bits = u32::from(group[0]) << 16 | u32::from(group[1]) << 8 | u32::from(group[2]);
            [18, 12, 6, 0].map(|shift| char::from(SYMBOLS[(bits >> shift) as usize & 63]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_found_in_every_form() {
        let secrets = [Secret {
            kind: "one",
            text: "Planted/Secret+1".to_owned(),
        }];
        for bytes in [
            "x Planted/Secret+1 x",
            "PLANTED/SECRET+1",
            "planted/secret+1",
            "Planted%2FSecret%2B1",
            "planted%2fsecret%2b1",
            // By the command base64, with 0, 1 and 2 bytes before.
            "UGxhbnRlZC9TZWNyZXQrMQ==",
            "eFBsYW50ZWQvU2VjcmV0KzE=",
            "eHhQbGFudGVkL1NlY3JldCsx",
        ] {
            assert_eq!(found(bytes.as_bytes(), &secrets), ["one"], "{bytes}");
        }
        assert!(found(b"Planted/Secret+2", &secrets).is_empty());
    }
}
