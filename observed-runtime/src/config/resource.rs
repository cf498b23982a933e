//! `OTEL_RESOURCE_ATTRIBUTES`: `key=value` pairs, percent-encoded (resource specification of OpenTelemetry).

use super::Reader;

const VARIABLE: &str = "OTEL_RESOURCE_ATTRIBUTES";
const NAME: &str = "OTEL_SERVICE_NAME";
const SERVICE: &str = "service.name";

pub(super) fn read(reader: &mut Reader<'_>) -> Vec<(String, String)> {
    let Some(list) = reader.text(VARIABLE) else {
        return Vec::new();
    };
    let parsed: Option<Vec<_>> = pairs(&list).collect();
    let mut pairs = parsed.unwrap_or_else(|| {
        reader.reject(
            VARIABLE,
            "key=value pairs separated by commas, percent-encoded",
        );
        Vec::new()
    });
    // A service without a name would be one that nobody finds: it counts as not named.
    pairs.retain(|(key, value)| key != SERVICE || !value.trim().is_empty());
    pairs
}

/// The service's name: of its own variable, else among the attributes; what code sets wins over the environment.
pub(super) fn service(reader: &Reader<'_>, resource: &[(String, String)]) -> Option<String> {
    let own = reader.text(NAME);
    let found = resource.iter().rev().find(|(key, _)| key == SERVICE);
    let found = found.map(|(_, value)| value.clone());
    if reader.is_in_code(VARIABLE) && !reader.is_in_code(NAME) {
        found.or(own)
    } else {
        own.or(found)
    }
}

/// The pairs of a `key=value,key=value` list; `None` for one that cannot be read.
pub(super) fn pairs(list: &str) -> impl Iterator<Item = Option<(String, String)>> {
    list.split(',')
        .filter(|pair| !pair.trim().is_empty())
        .map(|pair| {
            let (key, value) = pair.split_once('=')?;
            let (key, value) = (percent_decoded(key.trim())?, percent_decoded(value.trim())?);
            (!key.is_empty()).then_some((key, value))
        })
}

pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let (digits, tail) = tail.split_at_checked(2)?;
            // The parser of numbers would take a sign.
            if !digits.iter().all(u8::is_ascii_hexdigit) {
                return None;
            }
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = tail;
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8(bytes).ok()
}
