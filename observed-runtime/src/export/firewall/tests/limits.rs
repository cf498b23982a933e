use super::*;
use crate::identity::SpanId;

#[test]
fn attributes_beyond_the_limit_of_a_span_are_counted_and_do_not_leave() {
    let mut fixture = Fixture::default();
    fixture.privacy.max_attributes = 1;
    let mut span = span(&SITE, vec![text("first"), text("second")]);
    fixture.pass(&mut span);
    assert_eq!(span.values, [text("first"), Value::ABSENT]);
    assert_eq!(span.attributes_dropped, 1);
    assert_eq!(fixture.counted(Count::OverLimit), 1);
    assert_eq!(
        fixture.findings.left_out(),
        [left_out("document", "over_limit")]
    );
    assert_eq!(
        fixture.values(vec![Value::ABSENT, text("second")]),
        [Value::ABSENT, text("second")],
        "what is not recorded takes no place"
    );
    assert_eq!(
        fixture.values(vec![Value(Inner::F64(f64::NAN)), text("second")]),
        [Value::ABSENT, text("second")],
        "what is left out takes no place"
    );
}

#[test]
fn attributes_beyond_the_limit_of_an_event_are_told_with_the_event() {
    let mut fixture = Fixture::default();
    fixture.privacy.limits.event_attributes = 1;
    let event = of_an_event(&fixture, vec![text("first"), text("second")]);
    assert_eq!(event.values, [text("first"), Value::ABSENT]);
    assert_eq!(event.attributes_dropped, 1);
    assert_eq!(fixture.counted(Count::OverLimit), 1);
    fixture.privacy.limits.event_attributes = 0;
    let event = of_an_event(&fixture, vec![text("first"), text("second")]);
    assert_eq!(event.attributes_dropped, 2);
}

#[test]
fn events_and_links_beyond_the_limit_are_told_and_the_first_ones_stay() {
    let mut fixture = Fixture::default();
    fixture.privacy.limits.events = 2;
    fixture.privacy.limits.links = 3;
    let mut span = span(&SITE, vec![]);
    let events = (0..5).map(|n| Event::new(&SITE, clock::now(), vec![Value(Inner::I64(n))]));
    span.events.recorded = events.collect();
    span.events.dropped = 7;
    let link = |id| Context {
        span_id: SpanId(id),
        ..Context::default()
    };
    span.links.recorded = (1..=4).map(link).collect();
    span.links.dropped = 9;
    fixture.pass(&mut span);
    let numbers: Vec<_> = span
        .events
        .recorded
        .iter()
        .map(|event| event.values[0].clone())
        .collect();
    assert_eq!(numbers, [Value(Inner::I64(0)), Value(Inner::I64(1))]);
    let ids: Vec<_> = span
        .links
        .recorded
        .iter()
        .map(|link| link.span_id.0)
        .collect();
    assert_eq!(ids, [1, 2, 3]);
    assert_eq!((span.events.dropped, span.links.dropped), (10, 10));
    assert_eq!(fixture.counted(Count::EventDropped), 10);
    assert_eq!(fixture.counted(Count::LinkDropped), 10);
}

#[test]
fn an_event_that_is_withheld_takes_no_place() {
    let mut fixture = Fixture::default();
    fixture.privacy.limits.events = 1;
    let mut span = span(&SITE, vec![]);
    let at = clock::now();
    span.events.recorded = vec![
        Event::new(&TELLING, at, vec![]),
        Event::new(&SITE, at, vec![]),
    ];
    fixture.pass(&mut span);
    let names: Vec<_> = span
        .events
        .recorded
        .iter()
        .map(|event| event.site.name())
        .collect();
    assert_eq!(
        (names.as_slice(), span.events.dropped),
        (["greet"].as_slice(), 0)
    );
}
