//! How often the patterns take harmless text for personal data: prints the table of docs/firewall.md.
//!
//! `cargo run --release -p observed-syntax --example false_positives`

use std::collections::BTreeMap;

use observed_syntax::patterns::{Pattern, find};

const SAMPLES: u32 = 200_000;

/// `SplitMix64` (Steele, Lea, Flood 2014): the same samples in every run.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    fn symbols(&mut self, alphabet: &str, length: usize) -> String {
        (0..length)
            .map(|_| char::from(alphabet.as_bytes()[self.below(alphabet.len())]))
            .collect()
    }

    fn digits(&mut self, length: usize) -> String {
        self.symbols("0123456789", length)
    }
}

const WORDS: &[&str] = &[
    "order",
    "priced",
    "shipped",
    "late",
    "cart",
    "of",
    "the",
    "with",
    "warehouse",
    "line",
    "retry",
    "after",
    "pedido",
    "entregue",
    "prazo",
    "token",
    "bearer",
    "basic",
    "card",
    "key",
    "failed",
    "at",
    "step",
    "user",
    "page",
    "and",
    "not",
];

type Corpus = (&'static str, &'static str, fn(&mut Random) -> String);

const CORPORA: &[Corpus] = &[
    ("11 digits, an order number", "order.number", |random| {
        random.digits(11)
    }),
    ("11 digits under `document`", "document", |random| {
        random.digits(11)
    }),
    ("14 digits, an order number", "order.number", |random| {
        random.digits(14)
    }),
    ("16 digits, an order number", "order.number", |random| {
        random.digits(16)
    }),
    (
        "16 digits under `payment.reference`",
        "payment.reference",
        |random| random.digits(16),
    ),
    ("11 digits, the whole of a `note`", "note", |random| {
        random.digits(11)
    }),
    ("16 digits, the whole of a `note`", "note", |random| {
        random.digits(16)
    }),
    ("dddd dddd dddd, a serial number", "serial", |random| {
        let groups: Vec<String> = (0..3).map(|_| random.digits(4)).collect();
        groups.join(" ")
    }),
    ("three capitals, d, one, dd: a code", "note", |random| {
        const CAPITALS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        let (first, second) = (random.symbols(CAPITALS, 3), random.symbols(CAPITALS, 1));
        format!("{first}{}{second}{}", random.digits(1), random.digits(2))
    }),
    ("14 letters and digits, a code", "product.code", |random| {
        random.symbols("0123456789ABCDEFGHJKLMNP", 14)
    }),
    ("dddd-dddd-dddd-dddd, a serial number", "serial", |random| {
        let groups: Vec<String> = (0..4).map(|_| random.digits(4)).collect();
        groups.join("-")
    }),
    ("ddd.ddd.ddd-dd, a serial number", "serial", |random| {
        format!(
            "{}.{}.{}-{}",
            random.digits(3),
            random.digits(3),
            random.digits(3),
            random.digits(2)
        )
    }),
    ("UUID", "request.id", |random| {
        let hex = |random: &mut Random, length| random.symbols("0123456789abcdef", length);
        let parts: Vec<String> = [8, 4, 4, 4, 12].map(|length| hex(random, length)).into();
        parts.join("-")
    }),
    ("SHA-256 in hexadecimal", "digest", |random| {
        random.symbols("0123456789abcdef", 64)
    }),
    ("40 letters and digits, base62", "cursor", |random| {
        random.symbols(
            "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
            40,
        )
    }),
    ("time stamp, RFC 3339", "started", |random| {
        let (date, time) = (random.below(28) + 1, random.below(86_400));
        format!(
            "2026-11-{date:02}T{:02}:{:02}:{:02}.{}Z",
            time / 3600,
            time / 60 % 60,
            time % 60,
            random.digits(6)
        )
    }),
    ("URL with a query", "place", |random| {
        format!(
            "https://shop.example/orders/{}?page={}&sort={}",
            random.digits(9),
            random.below(99),
            WORDS[random.below(WORDS.len())]
        )
    }),
    ("sentence of twelve words", "note", |random| {
        let words: Vec<&str> = (0..12).map(|_| WORDS[random.below(WORDS.len())]).collect();
        words.join(" ")
    }),
    ("log line: word, colon, words, number", "note", |random| {
        format!(
            "{}: {} {} {}",
            WORDS[random.below(WORDS.len())],
            WORDS[random.below(WORDS.len())],
            WORDS[random.below(WORDS.len())],
            random.digits(6)
        )
    }),
];

fn main() {
    println!("| harmless text | key | taken for personal data | as |");
    println!("| --- | --- | --: | --- |");
    let mut random = Random(2026);
    for (what, key, make) in CORPORA {
        let mut hits: BTreeMap<Pattern, u32> = BTreeMap::new();
        for _ in 0..SAMPLES {
            if let Some(pattern) = find(&make(&mut random), key) {
                *hits.entry(pattern).or_default() += 1;
            }
        }
        let total: u32 = hits.values().sum();
        let names: Vec<&str> = hits.keys().map(|pattern| pattern.name()).collect();
        let share = 100.0 * f64::from(total) / f64::from(SAMPLES);
        println!("| {what} | `{key}` | {share:.2} % | {} |", names.join(", "));
    }
    println!("\n{SAMPLES} generated texts a row.");
}
