//! R5, R8: what becomes of attribute values, and of expressions that misbehave.

use std::cell::Cell;
use std::time::Duration;

use observed_runtime::testing::{CapturedValue, capture};
use observed_runtime::{AttributeValue, Pii, observed, observed_event, observed_record, status};

#[test]
fn an_expression_that_panics_loses_its_attribute_and_nothing_else() {
    #[observed(name = "survives", attrs(before = 1, broken = divide(divisor), after = 3))]
    fn survives(divisor: u32) -> u32 {
        divisor + 7
    }
    fn divide(divisor: u32) -> u32 {
        1 / divisor
    }
    let (result, capture) = capture(|| survives(0));
    assert_eq!(result, 7);
    assert_eq!(capture.tree(), "survives before=1 after=3\n");
    assert_eq!(capture.accounting.attributes_lost, 1);
}

#[test]
fn a_value_that_otlp_cannot_carry_is_left_out_and_counted_as_such() {
    #[observed(name = "count", attrs(small, large))]
    fn count(small: u64, large: u64) -> u64 {
        small.wrapping_add(large)
    }
    let (_, capture) = capture(|| count(1, u64::MAX));
    assert_eq!(capture.tree(), "count small=1\n");
    let account = capture.accounting;
    assert_eq!(
        (account.attributes_out_of_range, account.attributes_lost),
        (1, 0)
    );
}

#[test]
fn a_float_that_is_not_finite_is_left_out_and_counted_as_such() {
    #[observed(name = "measure", attrs(ratio, all = all.as_slice(), fine = 0.5))]
    fn measure(ratio: f32, all: &[f64; 2]) -> f64 {
        observed_event!(name = "measured", attrs(ratio, whole = 1));
        f64::from(ratio) + all[0]
    }
    let (_, capture) = capture(|| measure(f32::NAN, &[1.0, f64::NEG_INFINITY]));
    let span = capture.span("measure").unwrap();
    assert_eq!(span.attributes, [("fine", CapturedValue::Float(0.5))]);
    assert_eq!(
        span.events[0].attributes,
        [("whole", CapturedValue::Int(1))]
    );
    let account = capture.accounting;
    assert_eq!(
        (account.attributes_not_finite, account.attributes_lost),
        (3, 0)
    );
}

#[test]
fn a_late_value_that_no_backend_takes_is_counted_once_and_a_later_one_takes_its_place() {
    #[observed(name = "settle", late(rows: u64, share: f64))]
    fn settle(rows_in_the_end: u64) {
        observed_record!(rows = 18_446_744_073_709_551_615, share = f64::NAN);
        observed_record!(rows = rows_in_the_end);
    }
    let ((), capture) = capture(|| {
        settle(3);
        settle(u64::MAX);
    });
    assert_eq!(capture.tree(), "settle rows=3\nsettle\n");
    let account = capture.accounting;
    assert_eq!(
        (
            account.attributes_out_of_range,
            account.attributes_not_finite
        ),
        (1, 2)
    );
    assert_eq!(account.attributes_lost, 0);
}

#[test]
fn a_text_of_any_length_is_recorded() {
    #[observed(name = "read", attrs(text = public(text), shown = public_display(text)))]
    fn read(text: &str) -> usize {
        text.len()
    }
    let (_, capture) = capture(|| read(&"x".repeat(30_000)));
    let copied = CapturedValue::Text("x".repeat(observed_runtime::MAX_TEXT_BYTES));
    let expected = [("text", copied.clone()), ("shown", copied)];
    assert_eq!(capture.span("read").unwrap().attributes, expected);
    assert_eq!(capture.accounting.attributes_lost, 0);
}

#[test]
fn none_is_absent_and_is_not_a_loss() {
    #[observed(name = "find", attrs(limit, after = public(after)))]
    fn find(limit: Option<u32>, after: Option<&str>) -> bool {
        limit.is_some() || after.is_some()
    }
    let (_, capture) = capture(|| find(None, None));
    assert_eq!(capture.tree(), "find\n");
    assert_eq!(capture.accounting.attributes_lost, 0);
}

#[test]
fn durations_are_seconds_and_booleans_are_booleans() {
    #[observed(name = "wait", attrs(delay, eager))]
    fn wait(delay: Duration, eager: bool) -> bool {
        eager && delay.is_zero()
    }
    let (_, capture) = capture(|| wait(Duration::from_millis(250), true));
    let expected = [
        ("delay", CapturedValue::Float(0.25)),
        ("eager", CapturedValue::Bool(true)),
    ];
    assert_eq!(capture.span("wait").unwrap().attributes, expected);
}

#[test]
fn expressions_are_evaluated_only_when_the_span_is_recorded() {
    #[observed(name = "counted", attrs(evaluations = bump(evaluations)))]
    fn counted(evaluations: &Cell<u32>) {}
    fn bump(evaluations: &Cell<u32>) -> u32 {
        evaluations.set(evaluations.get() + 1);
        evaluations.get()
    }
    let evaluations = Cell::new(0);
    counted(&evaluations);
    assert_eq!(evaluations.get(), 0, "evaluated outside any pipeline");
    let ((), capture) = capture(|| counted(&evaluations));
    assert_eq!(capture.tree(), "counted evaluations=1\n");
    assert_eq!(evaluations.get(), 1);
}

#[test]
fn an_attribute_may_call_an_annotated_function() {
    #[observed(name = "length", attrs(n = text.len()))]
    fn length(text: &str) -> usize {
        text.len()
    }
    #[observed(name = "greet", attrs(length = length(text)))]
    fn greet(text: &str) -> String {
        text.to_uppercase()
    }
    #[observed(name = "greet_err", err, attrs(length = length(text)))]
    fn greet_err(text: &str) -> Result<String, ()> {
        Ok(text.to_uppercase())
    }
    let (_, capture) = capture(|| (greet("ab"), greet_err("abc")));
    let expected = "greet length=2\n  length n=2\ngreet_err length=3\n  length n=3\n";
    assert_eq!(capture.tree(), expected);
}

#[test]
fn arrays_enums_and_newtypes_are_recorded_as_they_are_declared() {
    #[derive(AttributeValue)]
    enum Stage {
        InTransit,
        #[attribute(rename = "at-door")]
        Delivered,
    }
    #[derive(AttributeValue)]
    struct Cents(i64);
    #[derive(AttributeValue)]
    #[attribute(public)]
    struct Label {
        text: String,
    }
    #[observed(name = "ship", attrs(from, to, cents, label, lines, rush, tags = public(tags), none))]
    fn ship(
        (from, to): (Stage, Stage),
        cents: &Cents,
        label: &Label,
        lines: &[u32],
        rush: [bool; 2],
        tags: &[String],
        none: Option<&Cents>,
    ) -> usize {
        lines.len()
    }
    let label = Label {
        text: "fragile".to_owned(),
    };
    let tags = ["a".to_owned(), "b".to_owned()];
    let (_, capture) = capture(|| {
        let stages = (Stage::InTransit, Stage::Delivered);
        ship(
            stages,
            &Cents(7),
            &label,
            &[1, 2],
            [true, false],
            &tags,
            None,
        )
    });
    let text = |text: &str| CapturedValue::Text(text.to_owned());
    let expected = [
        ("from", text("in_transit")),
        ("to", text("at-door")),
        ("cents", CapturedValue::Int(7)),
        ("label", text("fragile")),
        ("lines", CapturedValue::Ints(vec![1, 2])),
        ("rush", CapturedValue::Bools(vec![true, false])),
        (
            "tags",
            CapturedValue::Texts(vec!["a".to_owned(), "b".to_owned()]),
        ),
    ];
    assert_eq!(capture.span("ship").unwrap().attributes, expected);
}

#[test]
fn what_pii_wraps_is_read_and_written_as_it_is_and_shown_to_nobody() {
    let wrapped: Pii<String> = serde_json::from_str("\"Ana\"").unwrap();
    assert_eq!(serde_json::to_string(&wrapped).unwrap(), "\"Ana\"");
    assert_eq!(format!("{wrapped:?}"), "Pii(..)");
    assert_eq!(wrapped.into_exposed(), "Ana");
}

#[test]
fn the_status_is_data_for_an_operators_page() {
    let status = serde_json::to_value(status()).unwrap();
    assert_eq!(status["state"], "not_initialised");
    assert_eq!(status["worker"], "not_running");
    assert_eq!(status["spans"]["dropped"]["queue_full"], 0);
}
