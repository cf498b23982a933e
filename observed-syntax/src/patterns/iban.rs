//! Bank accounts by IBAN (ISO 13616): a country, two check digits, the account; the rest by 97 is one.

/// Countries and the lengths that they use (SWIFT, IBAN Registry).
const COUNTRIES: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 \
    EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 \
    KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 \
    PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

const SHORTEST: usize = 15;
const LONGEST: usize = 34;

pub(super) fn is_at(bytes: &[u8], start: usize) -> bool {
    let Some([a, b, c, d]) = bytes.get(start..start + 4) else {
        return false;
    };
    if !(a.is_ascii_alphabetic()
        && b.is_ascii_alphabetic()
        && c.is_ascii_digit()
        && d.is_ascii_digit())
    {
        return false;
    }
    let Some(length) = length_of(*a, *b) else {
        return false;
    };
    let (mut symbols, mut count) = ([0; LONGEST], 0);
    let mut position = start;
    // One space or hyphen after a symbol is a gap.
    while count < length {
        match bytes.get(position) {
            Some(byte) if byte.is_ascii_alphanumeric() => {
                symbols[count] = byte.to_ascii_uppercase();
                count += 1;
            }
            Some(b' ' | b'-') if bytes[position - 1].is_ascii_alphanumeric() => {}
            _ => return false,
        }
        position += 1;
    }
    !bytes.get(position).is_some_and(u8::is_ascii_alphanumeric) && checks(&symbols[..count])
}

fn length_of(a: u8, b: u8) -> Option<usize> {
    let country = [a.to_ascii_uppercase(), b.to_ascii_uppercase()];
    let mut rows = COUNTRIES.split_ascii_whitespace();
    let row = rows.find(|row| row.as_bytes()[..2] == country)?;
    row[2..]
        .parse()
        .ok()
        .filter(|length| (SHORTEST..=LONGEST).contains(length))
}

/// The first four symbols at the end, letters as 10 to 35 (ISO/IEC 7064, MOD 97-10).
fn checks(symbols: &[u8]) -> bool {
    let turned = symbols[4..].iter().chain(&symbols[..4]);
    let rest = turned.fold(0, |rest, symbol| match symbol {
        b'0'..=b'9' => (rest * 10 + u32::from(symbol - b'0')) % 97,
        letter => (rest * 100 + u32::from(letter - b'A') + 10) % 97,
    });
    rest == 1
}
