//! Names whose value is a credential.

/// What the value must be, so that the name and it are a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything but a word about it.
    Secret,
    /// The same, or any words after it.
    Phrase,
    /// A word with a digit: `secret` is the name of other things too.
    Word,
    /// What a machine made: people say much else of tokens and signatures.
    Made,
    /// Three to eight digits.
    Digits,
}

impl Kind {
    /// What a person chose, or a program kept.
    pub(super) fn is_secret(self) -> bool {
        matches!(self, Self::Secret | Self::Phrase | Self::Word)
    }
}

/// The last word of a name, and whether it counts when it is written together with others: `dbpassword`.
const WORDS: &[(&str, Kind, bool)] = &[
    ("accesskey", Kind::Secret, true),
    ("accesstoken", Kind::Secret, true),
    ("accountkey", Kind::Secret, true),
    ("apikey", Kind::Secret, true),
    ("authkey", Kind::Secret, true),
    ("authtoken", Kind::Secret, true),
    ("passcode", Kind::Secret, true),
    ("passphrase", Kind::Phrase, true),
    ("passwd", Kind::Secret, true),
    ("password", Kind::Secret, true),
    ("passwords", Kind::Secret, true),
    ("privatekey", Kind::Secret, true),
    ("pwd", Kind::Secret, true),
    ("refreshtoken", Kind::Secret, true),
    ("secret", Kind::Secret, true),
    ("secretkey", Kind::Secret, true),
    ("secrets", Kind::Secret, true),
    ("senha", Kind::Secret, true),
    ("senhas", Kind::Secret, true),
    ("contraseña", Kind::Secret, true),
    ("assertion", Kind::Made, false),
    ("auth", Kind::Made, false),
    ("authorization", Kind::Made, false),
    ("cookie", Kind::Made, false),
    ("credential", Kind::Made, false),
    ("credentials", Kind::Made, false),
    ("csrf", Kind::Made, false),
    ("hmac", Kind::Made, false),
    ("jwt", Kind::Made, false),
    ("pass", Kind::Word, false),
    ("pw", Kind::Word, false),
    ("samlrequest", Kind::Made, false),
    ("samlresponse", Kind::Made, false),
    ("sessid", Kind::Made, true),
    ("session", Kind::Made, false),
    ("sessionid", Kind::Made, true),
    ("sid", Kind::Made, false),
    ("sig", Kind::Made, false),
    ("signature", Kind::Made, false),
    ("ticket", Kind::Made, false),
    ("token", Kind::Made, true),
    ("tokens", Kind::Made, false),
    ("verifier", Kind::Made, false),
    ("cvc", Kind::Digits, false),
    ("cvv", Kind::Digits, false),
    ("mfa", Kind::Digits, false),
    ("otp", Kind::Digits, false),
    ("pin", Kind::Digits, false),
    ("totp", Kind::Digits, false),
];

/// Two words that are one name, the last first.
const PHRASES: &[(&str, &[&str], Kind)] = &[
    (
        "key",
        &[
            "access",
            "account",
            "api",
            "auth",
            "client",
            "database",
            "db",
            "encryption",
            "master",
            "private",
            "secret",
            "service",
            "shared",
            "signing",
            "storage",
        ],
        Kind::Secret,
    ),
    (
        "token",
        &[
            "access", "api", "auth", "bearer", "id", "personal", "refresh", "secret", "security",
            "session",
        ],
        Kind::Secret,
    ),
    ("api", &["chave"], Kind::Secret),
    ("string", &["connection"], Kind::Made),
    ("id", &["session"], Kind::Made),
    ("code", &["security", "verification"], Kind::Digits),
];

/// What the value of `name` must be, if it is one of a credential.
pub(super) fn kind_of(name: &[u8]) -> Option<Kind> {
    let phrase = PHRASES.iter().find(|(last, firsts, _)| {
        let Some(rest) = without_end(name, last) else {
            return false;
        };
        let first = rest
            .strip_suffix(b"_")
            .or_else(|| rest.strip_suffix(b"-"))
            .or_else(|| rest.strip_suffix(b" "));
        let first = first.or_else(|| rest.strip_suffix(b".")).unwrap_or(rest);
        firsts
            .iter()
            .any(|word| without_end(first, word).is_some_and(|rest| is_boundary(rest, first)))
    });
    if let Some((.., kind)) = phrase {
        return Some(*kind);
    }
    let last = name.rsplit(|byte| *byte == b' ').next().unwrap_or(name);
    if last.eq_ignore_ascii_case(b"secret") || last.eq_ignore_ascii_case(b"secrets") {
        return Some(Kind::Word);
    }
    let word = WORDS.iter().find(|(word, _, is_joined)| {
        without_end(name, word).is_some_and(|rest| *is_joined || is_boundary(rest, name))
    });
    word.map(|(_, kind, _)| *kind)
}

fn without_end<'a>(name: &'a [u8], word: &str) -> Option<&'a [u8]> {
    let length = name.len().checked_sub(word.len())?;
    let (rest, end) = name.split_at(length);
    end.eq_ignore_ascii_case(word.as_bytes()).then_some(rest)
}

/// True when a word begins after `rest` in `name`: after a sign, a digit, or by a capital.
fn is_boundary(rest: &[u8], name: &[u8]) -> bool {
    let is_capital = name.get(rest.len()).is_some_and(u8::is_ascii_uppercase);
    rest.last().is_none_or(|before| {
        !before.is_ascii_alphabetic() || (is_capital && before.is_ascii_lowercase())
    })
}
