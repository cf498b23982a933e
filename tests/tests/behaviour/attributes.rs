//! R5, R8: what becomes of attribute values, and of expressions that misbehave.

use std::cell::Cell;
use std::time::Duration;

use observed_runtime::observed;
use observed_runtime::testing::{CapturedValue, capture};

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
fn a_value_that_otlp_cannot_carry_is_lost_and_counted() {
    #[observed(name = "count", attrs(small, large))]
    fn count(small: u64, large: u64) -> u64 {
        small.wrapping_add(large)
    }
    let (_, capture) = capture(|| count(1, u64::MAX));
    assert_eq!(capture.tree(), "count small=1\n");
    assert_eq!(capture.accounting.attributes_lost, 1);
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
