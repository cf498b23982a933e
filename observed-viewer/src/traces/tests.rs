use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::sample::{failed, span};

fn asked(traces: &Traces, place: &str) -> Value {
    serde_json::from_str(&traces.after(place)).unwrap()
}

fn names(answer: &Value) -> Vec<String> {
    let spans = answer["spans"].as_array().unwrap();
    let names = spans.iter().map(|span| span["name"].as_str().unwrap());
    names.map(str::to_owned).collect()
}

#[test]
fn a_page_gets_each_span_once() {
    let traces = Traces::new("shop");
    traces.keep(&[span(1, 1, 0, "one", 0, 1), span(1, 2, 1, "two", 0, 1)]);
    let first = asked(&traces, "");
    assert_eq!(names(&first), ["one", "two"]);
    let place = first["next"].as_str().unwrap().to_owned();
    assert!(names(&asked(&traces, &place)).is_empty());
    traces.keep(&[span(2, 3, 0, "three", 0, 1)]);
    let second = asked(&traces, &place);
    assert_eq!(names(&second), ["three"]);
    assert_eq!(second["traces"].as_array().unwrap().len(), 2);
}

#[test]
fn a_page_of_a_program_that_has_ended_gets_everything_of_the_next_one() {
    let (before, after) = (Traces::new("shop"), Traces::new("shop"));
    let last = asked(&before, "")["next"].as_str().unwrap().to_owned();
    let last = last.replacen('-', "-9", 1);
    after.keep(&[span(1, 1, 0, "one", 0, 1)]);
    assert_eq!(names(&asked(&after, &last)), ["one"]);
    for nonsense in ["x", "-1", "&", &format!("{}-x", after.run)] {
        assert_eq!(names(&asked(&after, nonsense)), ["one"], "{nonsense}");
    }
}

#[test]
fn an_answer_is_bounded_and_the_rest_is_asked_for() {
    let traces = Traces::new("shop");
    let long = "x".repeat(ANSWER_BYTES / 3);
    let spans: Vec<_> = (1..=5)
        .map(|id| span(id.into(), id, 0, &long, 0, 1))
        .collect();
    traces.keep(&spans);
    let (mut place, mut seen, mut answers) = (String::new(), 0, 0);
    loop {
        let answer = traces.after(&place);
        assert!(answer.len() < ANSWER_BYTES + 1_000);
        let answer: Value = serde_json::from_str(&answer).unwrap();
        seen += answer["spans"].as_array().unwrap().len();
        answers += 1;
        answer["next"].as_str().unwrap().clone_into(&mut place);
        if answer["more"] == false {
            break;
        }
    }
    assert_eq!((seen, answers), (5, 3));
}

#[test]
fn a_trace_that_is_too_large_is_cut_and_counted_and_drives_out_no_other() {
    let traces = Traces::with_room("shop", 10_000);
    traces.keep(&[span(1, 1, 0, "small", 0, 1)]);
    let large: Vec<_> = (2..100).map(|id| span(2, id, 1, "large", 0, 1)).collect();
    traces.keep(&large);
    let answer = asked(&traces, "");
    let kept = names(&answer);
    assert!(kept.contains(&"small".to_owned()));
    assert_eq!(answer["notKept"], 98 - (kept.len() as u64 - 1));
    assert!(kept.len() > 2 && answer["notKept"] != 0, "{answer}");
}

#[test]
fn there_are_never_more_traces_than_the_limit() {
    let traces = Traces::new("shop");
    for id in 1..=MAX_TRACES as u64 + 10 {
        traces.keep(&[span(id.into(), id, 0, "one", 0, 1)]);
    }
    let answer = asked(&traces, "");
    let listed = answer["traces"].as_array().unwrap();
    assert_eq!(listed.len(), MAX_TRACES);
    assert_eq!(listed[0], format!("{:032x}", 11));
    assert_eq!(names(&answer).len(), MAX_TRACES);
}

#[test]
fn a_failed_span_says_so() {
    let traces = Traces::new("shop");
    traces.keep(&[failed(span(1, 1, 0, "pay", 0, 1), "card_declined")]);
    let answer = asked(&traces, "");
    let span = &answer["spans"][0];
    assert_eq!(span["failed"], true);
    assert_eq!(span["attributes"][0][1], "card_declined");
}

proptest! {
    /// Whatever comes in whatever order: the memory is bounded, the tables agree, and a trace that is here is whole.
    #[test]
    fn memory_is_bounded_and_traces_are_whole(
        batches in prop::collection::vec(prop::collection::vec((1_u8..30, 0_usize..400), 1..30), 1..20)
    ) {
        const ROOM: usize = 20_000;
        let traces = Traces::with_room("shop", ROOM);
        for batch in batches {
            let spans: Vec<_> = batch
                .iter()
                .map(|(trace, length)| span((*trace).into(), 7, 0, &"n".repeat(*length), 0, 1))
                .collect();
            traces.keep(&spans);
            let held = traces.held();
            let bytes: usize = held.spans.iter().map(|kept| kept.json.len() + PLACE).sum();
            prop_assert_eq!(bytes, held.total);
            prop_assert!(held.total <= ROOM);
            let mut of_each: HashMap<TraceId, usize> = HashMap::new();
            for kept in &held.spans {
                *of_each.entry(kept.trace).or_default() += kept.json.len() + PLACE;
            }
            prop_assert_eq!(&of_each, &held.bytes);
            let listed: HashSet<TraceId> = held.order.iter().copied().collect();
            prop_assert_eq!(listed.len(), held.order.len());
            prop_assert_eq!(listed, of_each.into_keys().collect());
        }
    }
}
