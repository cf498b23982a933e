//! Sends traces that the demo does not make to the backends of `tests/interop/backends`, and prints its account as JSON.
//!
//! `traces types` has a span of every kind and an attribute of every type; `traces wide N` one trace of N spans, all but the
//! first siblings; `traces deep N` one trace of N spans, each the parent of the next; `traces failing TEXT` one failed span
//! with TEXT under a key that the collector's list has and under one that it has not.

use std::process::ExitCode;
use std::time::Duration;

use observed_runtime::{flush, init_tracing, observed, observed_event, observed_span, status};

/// A stack that holds a few thousand calls, also without optimisation.
const STACK_BYTES: usize = 256 << 20;
const INTS: [i64; 3] = [i64::MIN, 0, i64::MAX];
const FLOATS: [f64; 2] = [0.1, -1.5];
const FLAGS: [bool; 2] = [true, false];
const NOTHING: [i64; 0] = [];
const DEADLINE: Duration = Duration::from_secs(30);

#[observed(
    name = "types",
    kind = server,
    attrs(
        text = public_static("quote \" backslash \\ tab \t line \n null \0 end"),
        text.unicode = public_static("za\u{17c}\u{f3}\u{142}\u{107} \u{6f22}\u{5b57} \u{1f980} e\u{301}"),
        text.empty = public_static(""),
        int.least = i64::MIN,
        int.most = i64::MAX,
        float.most = f64::MAX,
        float.least = f64::from_bits(1),
        float.tenth = 0.1,
        float.none = f64::NAN,
        float.endless = f64::INFINITY,
        flag.yes = true,
        flag.no = false,
        ints = INTS,
        floats = FLOATS,
        flags = FLAGS,
        texts = public(texts),
        nothing = NOTHING
    )
)]
fn types(texts: &[String]) -> usize {
    observed_event!(
        name = "noticed",
        attrs(event.count = 3, event.share = 0.25, event.none = f64::NAN)
    );
    let _ = fails();
    let _client = observed_span!(name = "client", kind = client);
    let _producer = observed_span!(name = "producer", kind = producer);
    let _consumer = observed_span!(name = "consumer", kind = consumer);
    let _internal = observed_span!(name = "internal");
    texts.len()
}

#[observed(name = "fails", err)]
fn fails() -> Result<(), std::num::ParseIntError> {
    "no number".parse::<u32>().map(drop)
}

#[observed(name = "wide")]
fn wide(children: u64) {
    for number in 0..children {
        leaf(number);
    }
}

#[observed(name = "leaf", attrs(number))]
fn leaf(number: u64) -> u64 {
    number
}

#[observed(name = "deep", attrs(below))]
fn deep(below: u64) {
    if below > 0 {
        deep(below - 1);
    }
}

#[observed(name = "failing", err, attrs(reason = public(text), unlisted.key = public(text)))]
fn failing(text: &str) -> Result<(), std::num::ParseIntError> {
    observed_event!(name = "noticed", attrs(unlisted.event = public(text)));
    text.parse::<u32>().map(drop)
}

fn run(shape: &str, argument: &str) -> bool {
    match (shape, argument.parse::<u64>()) {
        ("types", _) => drop(types(&["one".to_owned(), String::new()])),
        ("wide", Ok(spans @ 1..)) => wide(spans - 1),
        ("deep", Ok(spans @ 1..)) => deep(spans - 1),
        ("failing", _) => drop(failing(argument)),
        _ => return false,
    }
    true
}

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (shape, argument) = (
        arguments.next().unwrap_or_default(),
        arguments.next().unwrap_or_default(),
    );
    let tracing = init_tracing("observed-traces");
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES);
    let thread = thread.spawn(move || run(&shape, &argument));
    if !thread.is_ok_and(|running| running.join().unwrap_or(false)) {
        eprintln!("traces types | wide N | deep N | failing TEXT");
        return ExitCode::FAILURE;
    }
    let left = flush(DEADLINE);
    println!("{}", serde_json::to_string(&status()).unwrap_or_default());
    drop(tracing);
    if left {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
