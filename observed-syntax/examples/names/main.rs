//! How many names of personal data pass the grammar, and how many harmless keys and span names it refuses.
//!
//! `cargo run --release -p observed-syntax --features grammar --example names`
//!
//! A key with a word of measure stands before a number, one with the word of a flag before a boolean, every other one
//! before `public(text)`. Names that are no legal key are left out. The lists are half of those that the rules were tried
//! with; the other half was not looked at.

use observed_syntax::model::ValueKind;
use observed_syntax::parse::{self, Form};
use observed_syntax::{Diagnostics, function, validate, words};

const MEASURES: &[&str] = &[
    "size",
    "len",
    "length",
    "count",
    "ms",
    "us",
    "ns",
    "bytes",
    "ratio",
    "ttl",
    "limit",
    "version",
    "depth",
    "width",
    "height",
    "offset",
    "number",
    "total",
    "latency",
    "rate",
    "tokens",
    "precision",
    "accuracy",
    "prefix",
    "code",
    "port",
];
const FLAGS: &[&str] = &[
    "is",
    "has",
    "enabled",
    "valid",
    "cached",
    "hit",
    "present",
    "active",
    "coldstart",
];

fn main() {
    let show = std::env::args().any(|argument| argument == "--show");
    let personal = Outcome::of(include_str!("personal.txt"), is_refused);
    println!(
        "personal names that pass: {} of {}",
        personal.passed.len(),
        personal.legal
    );
    let harmless = Outcome::of(include_str!("harmless.txt"), is_refused);
    println!(
        "harmless keys that are refused: {} of {}",
        harmless.refused.len(),
        harmless.legal
    );
    let spans = Outcome::of(include_str!("spans.txt"), is_refused_as_a_span);
    println!(
        "names of spans that are refused: {} of {}",
        spans.refused.len(),
        spans.legal
    );
    if show {
        println!("passed: {}", personal.passed.join(" "));
        println!("refused: {}", harmless.refused.join(" "));
        println!("refused: {}", spans.refused.join(" "));
    }
}

#[derive(Default)]
struct Outcome {
    legal: usize,
    passed: Vec<String>,
    refused: Vec<String>,
}

impl Outcome {
    fn of(list: &str, is_refused: fn(&str) -> Option<bool>) -> Self {
        let mut outcome = Self::default();
        for name in list.lines().filter(|line| !line.trim().is_empty()) {
            let Some(refused) = is_refused(name) else {
                continue;
            };
            outcome.legal += 1;
            let list = if refused {
                &mut outcome.refused
            } else {
                &mut outcome.passed
            };
            list.push(name.to_owned());
        }
        outcome
    }
}

/// Whether the key is refused before a value that befits it; nothing where it is no legal key.
fn is_refused(key: &str) -> Option<bool> {
    judged("a", &format!("{key:?} = 1"), None)?;
    let words = words::of(key);
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    if has(MEASURES) {
        judged("a", &format!("{key:?} = n"), Some(ValueKind::Number))
    } else if has(FLAGS) {
        judged("a", &format!("{key:?} = n"), Some(ValueKind::Flag))
    } else {
        judged("a", &format!("{key:?} = public(n)"), None)
    }
}

fn is_refused_as_a_span(name: &str) -> Option<bool> {
    judged(name, "\"key\" = n", None)
}

/// Whether an annotation is refused for what is personal in it, before a value of that kind.
fn judged(name: &str, attribute: &str, kind: Option<ValueKind>) -> Option<bool> {
    let arguments = format!("name = {name:?}, attrs({attribute})")
        .parse()
        .ok()?;
    let mut diagnostics = Diagnostics::default();
    let arguments = parse::arguments(arguments, Form::Attribute, &mut diagnostics);
    let function = function::read("fn f(n: u64) {}".parse().ok()?, &mut diagnostics)?;
    let model = validate::observed_fn(&arguments, &function, &[], &mut diagnostics);
    let messages = diagnostics.messages();
    if messages.iter().any(|message| message.contains("[R3-")) {
        return None;
    }
    let Some(model) = model else {
        return Some(true);
    };
    let suspicion = model
        .span
        .attributes
        .first()
        .and_then(|it| it.suspicion.as_ref());
    Some(suspicion.is_some_and(|it| kind.is_some_and(|kind| !it.kinds.contains(&kind))))
}
