use super::*;
use crate::value::{MAX_TEXT_BYTES, Text, head};

fn float(float: f64) -> Value {
    Value(Inner::F64(float))
}

fn floats(floats: &[f64]) -> Value {
    Value(Inner::F64s(floats.into()))
}

#[test]
fn a_float_that_is_not_finite_is_left_out_counted_and_named() {
    let fixture = Fixture::default();
    for odd in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let values = fixture.values(vec![float(odd), float(f64::MAX)]);
        assert_eq!(values, [Value::ABSENT, float(f64::MAX)]);
    }
    assert_eq!(fixture.counted(Count::NotFinite), 3);
    assert_eq!(
        fixture.findings.left_out(),
        [left_out("note", "not_finite")]
    );
}

#[test]
fn an_array_with_a_float_that_is_not_finite_is_left_out_whole() {
    let fixture = Fixture::default();
    let values = fixture.values(vec![floats(&[0.5, f64::NAN]), floats(&[0.5, -0.0])]);
    assert_eq!(values, [Value::ABSENT, floats(&[0.5, -0.0])]);
    assert_eq!(fixture.counted(Count::NotFinite), 1);
}

#[test]
fn a_float_that_is_not_finite_is_left_out_of_an_event() {
    let fixture = Fixture::default();
    let event = of_an_event(&fixture, vec![float(1.0), floats(&[f64::INFINITY])]);
    assert_eq!(event.values, [float(1.0), Value::ABSENT]);
    assert_eq!(fixture.counted(Count::NotFinite), 1);
    assert_eq!(
        fixture.findings.left_out(),
        [left_out("document", "not_finite")]
    );
}

#[test]
fn a_number_out_of_range_and_an_expression_that_panicked_have_reasons_of_their_own() {
    let fixture = Fixture::default();
    let values = fixture.values(vec![Value::OUT_OF_RANGE, Value::REFUSED]);
    assert_eq!(values, [Value::ABSENT, Value::ABSENT]);
    assert_eq!(fixture.counted(Count::OutOfRange), 1);
    assert_eq!(
        fixture.counted(Count::AttributeLost),
        0,
        "counted where it panicked"
    );
    let expected = [
        left_out("note", "out_of_range"),
        left_out("document", "lost"),
    ];
    assert_eq!(fixture.findings.left_out(), expected);
}

#[test]
fn what_no_backend_takes_is_left_out_with_the_firewall_off_too() {
    let mut fixture = Fixture::default();
    fixture.privacy.on_hit = OnHit::Off;
    assert_eq!(fixture.values(vec![float(f64::NAN)]), [Value::ABSENT]);
}

#[test]
fn a_text_longer_than_what_is_copied_is_cut_to_the_limit_and_told_once() {
    let fixture = Fixture::default();
    let long = "x".repeat(30_000);
    let expected = text(&long[..256]);
    assert_eq!(fixture.values(vec![long.to_text()]), [expected]);
    let array = |texts: [&str; 2]| Value(Inner::Texts(texts.map(Into::into).into()));
    let values = fixture.values(vec![["first", long.as_str()].to_text()]);
    assert_eq!(values, [array(["first", &long[..256]])]);
    assert_eq!(fixture.counted(Count::Cut), 2);
    assert_eq!(fixture.findings.left_out(), [left_out("note", "cut")]);
}

#[test]
fn a_text_cut_by_the_copy_alone_is_told_too_and_its_unseen_end_does_not_leave() {
    let mut fixture = Fixture::default();
    fixture.privacy.max_text = 1_000_000;
    let whole = "é".repeat(MAX_TEXT_BYTES / 2);
    assert_eq!(fixture.values(vec![text(&whole)]), [text(&whole)]);
    assert_eq!(fixture.counted(Count::Cut), 0);
    let longer = format!("{whole}x");
    let expected = text(head(&whole, MAX_TEXT_BYTES - 1_024));
    assert_eq!(fixture.values(vec![longer.to_text()]), [expected]);
    assert_eq!(fixture.counted(Count::Cut), 1);
}

#[test]
fn personal_data_before_the_cut_is_found_and_across_it_does_not_leave() {
    let mut fixture = Fixture::default();
    fixture.privacy.max_text = 1_000_000;
    let secret = "ana@example.com";
    for before in MAX_TEXT_BYTES - 20..MAX_TEXT_BYTES + 20 {
        let planted = format!("{} {secret}", "x ".repeat(before / 2));
        for value in [planted.to_text(), ["x", planted.as_str()].to_text()] {
            let left = format!("{:?}", fixture.values(vec![value])[0]);
            assert!(!left.contains('@') && !left.contains("ana"), "{before}");
        }
    }
    assert!(fixture.counted(Count::Withheld) > 0 && fixture.counted(Count::Cut) > 0);
}

#[test]
fn an_array_that_was_cut_loses_the_text_that_was_not_seen_whole() {
    let mut fixture = Fixture::default();
    fixture.privacy.max_text = 1_000_000;
    let most = "x".repeat(MAX_TEXT_BYTES - 10);
    let array = |texts: &[&str]| {
        Value(Inner::Texts(
            texts.iter().map(|text| (*text).into()).collect(),
        ))
    };
    let values = fixture.values(vec![[most.as_str(), "ana@example.com"].to_text()]);
    assert_eq!(values, [array(&[&most])]);
    let values = fixture.values(vec![["a", "b"].to_text()]);
    assert_eq!(values, [array(&["a", "b"])]);
}
