//! Where somebody is: a latitude and a longitude in degrees with four decimals or more, which is a house.

use super::scan::{before, run};

const DECIMALS: usize = 4;
const LONGEST: usize = 24;

pub(super) fn is_at(bytes: &[u8], start: usize) -> bool {
    is_pair(&bytes[..bytes.len().min(start + 2 * LONGEST)], start)
}

fn is_pair(bytes: &[u8], start: usize) -> bool {
    if before(bytes, start).is_some_and(|byte| byte == b'.' || byte.is_ascii_alphanumeric()) {
        return false;
    }
    let first = bytes[..start]
        .strip_suffix(b"-")
        .unwrap_or(&bytes[..start])
        .trim_ascii_end();
    if first.last().is_some_and(|byte| b",;".contains(byte)) {
        return false;
    }
    let Some((latitude, end)) = degrees(bytes, start, 2, 90) else {
        return false;
    };
    let comma = run(bytes, end, |byte| b", ;".contains(&byte));
    if !(1..=2).contains(&comma) || bytes[end] == b' ' {
        return false;
    }
    let sign = usize::from(bytes.get(end + comma) == Some(&b'-'));
    let is_signed = sign == 1 || before(bytes, start) == Some(b'-');
    let longitude = degrees(bytes, end + comma + sign, 3, 180);
    // Two fractions of one, as measures are, are in the sea off Africa.
    longitude.is_some_and(|(longitude, end)| {
        (is_signed || (latitude > 0 && longitude > 0))
            && !bytes
                .get(end)
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || b",%".contains(byte))
    })
}

/// Whole degrees, and where the number ends.
fn degrees(bytes: &[u8], start: usize, most: usize, limit: u32) -> Option<(u32, usize)> {
    let digit = |byte: u8| byte.is_ascii_digit();
    let whole = run(bytes, start, digit);
    let decimals = run(bytes, start + whole + 1, digit);
    if !(1..=most).contains(&whole)
        || bytes.get(start + whole) != Some(&b'.')
        || decimals < DECIMALS
    {
        return None;
    }
    let text = std::str::from_utf8(&bytes[start..start + whole]).ok()?;
    let number = text.parse().ok().filter(|number| *number <= limit)?;
    Some((number, start + whole + 1 + decimals))
}
