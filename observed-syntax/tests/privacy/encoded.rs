//! The encodings in which a text can be met; each is written here on its own.

pub(crate) type Encoding = (&'static str, fn(&str) -> String);

pub(crate) const ENCODINGS: &[Encoding] = &[
    ("plain", str::to_owned),
    ("percent", percent),
    ("percent twice", |text| percent(&percent(text))),
    ("every byte by percent", |text| {
        each(text, |one| format!("%{:02x}", one as u32))
    }),
    ("query", |text| percent(text).replace("%20", "+")),
    ("HTML", |text| {
        each(text, |one| format!("&#{};", one as u32))
    }),
    ("JSON", |text| {
        each(text, |one| format!("\\u{:04x}", one as u32))
    }),
    ("zero-width", |text| {
        text.chars()
            .flat_map(|character| [character, '\u{200b}'])
            .collect()
    }),
    ("soft hyphens", |text| {
        text.chars()
            .flat_map(|character| ['\u{ad}', character])
            .collect()
    }),
    ("full-width", |text| {
        text.chars()
            .map(|character| match character {
                '!'..='~' => char::from_u32(character as u32 + 0xfee0).unwrap(),
                other => other,
            })
            .collect()
    }),
    ("no-break spaces", |text| text.replace(' ', "\u{a0}")),
    ("dashes", |text| text.replace('-', "\u{2013}")),
    ("base64", |text| base64(&format!("the text: {text} ."))),
];

fn each(text: &str, encode: fn(char) -> String) -> String {
    text.chars().map(encode).collect()
}

fn percent(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(encode).collect()
}

fn base64(text: &str) -> String {
    const SYMBOLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let groups = text.as_bytes().chunks(3);
    groups
        .flat_map(|group| {
            let byte = |place: usize| u32::from(group.get(place).copied().unwrap_or(0));
            let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
            let symbols =
                [18, 12, 6, 0].map(|shift| char::from(SYMBOLS[(bits >> shift) as usize & 63]));
            symbols.into_iter().take(group.len() + 1)
        })
        .collect()
}
