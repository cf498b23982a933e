mod kinds;
mod left_out;
mod limits;

use super::*;
use crate::identity::{Context, TraceId};
use crate::record::clock;
use crate::record::event::Event;
use crate::status::LeftOut;

static SITE: Site = Site::nowhere("greet", &["note", "document"]);

static TELLING: Site = Site::nowhere("ana@example.com", &["note"]);

fn text(text: &str) -> Value {
    Value(Inner::Text(text.into()))
}

fn span(site: &'static Site, values: Vec<Value>) -> Finished {
    Finished {
        values,
        ..Finished::of(site, TraceId::random())
    }
}

fn left_out(key: &'static str, reason: &'static str) -> LeftOut {
    LeftOut {
        span: "greet",
        key,
        reason,
    }
}

/// One event with a value, before and after.
fn of_an_event(fixture: &Fixture, values: Vec<Value>) -> Event {
    let mut span = span(&SITE, vec![]);
    span.events.recorded = vec![Event::new(&SITE, clock::now(), values)];
    fixture.pass(&mut span);
    span.events.recorded.remove(0)
}

#[derive(Default)]
struct Fixture {
    privacy: Privacy,
    ledger: Ledger,
    findings: Findings,
}

impl Fixture {
    fn pass(&self, span: &mut Finished) {
        let firewall = Firewall::new(&self.privacy, &self.ledger, &self.findings);
        firewall.pass(span);
    }

    fn values(&self, values: Vec<Value>) -> Vec<Value> {
        let mut span = span(&SITE, values);
        self.pass(&mut span);
        span.values
    }

    fn counted(&self, what: Count) -> u64 {
        let mut totals = crate::pipeline::ledger::Totals::default();
        totals.add(&std::iter::once(&self.ledger));
        totals.of(what)
    }
}

#[test]
fn a_hit_is_withheld_counted_and_named_without_its_value() {
    let fixture = Fixture::default();
    let values = fixture.values(vec![text("ana@example.com"), text("harmless")]);
    assert_eq!(values, [Value::ABSENT, text("harmless")]);
    assert_eq!(fixture.counted(Count::Withheld), 1);
    let withheld = fixture.findings.withheld();
    let named = withheld
        .iter()
        .map(|it| (it.span, it.key, it.looks_like, it.count));
    let named: Vec<_> = named.collect();
    assert_eq!(named, [("greet", "note", "e-mail address", 1)]);
}

#[test]
fn masking_leaves_the_key_and_off_leaves_everything() {
    let mut fixture = Fixture::default();
    fixture.privacy.on_hit = OnHit::Mask;
    assert_eq!(
        fixture.values(vec![text("ana@example.com")]),
        [Value(Inner::Static(MASK))]
    );
    fixture.privacy.on_hit = OnHit::Off;
    assert_eq!(
        fixture.values(vec![text("ana@example.com")]),
        [text("ana@example.com")]
    );
    assert_eq!(fixture.counted(Count::Withheld), 1);
}

#[test]
fn one_element_withholds_its_array() {
    let fixture = Fixture::default();
    let array = Value(Inner::Texts(["a".into(), "529.982.247-25".into()].into()));
    assert_eq!(fixture.values(vec![array]), [Value::ABSENT]);
}

#[test]
fn a_number_under_a_telling_key_is_looked_at() {
    let fixture = Fixture::default();
    let number = |number| Value(Inner::I64(number));
    let values = fixture.values(vec![number(52_998_224_725), number(52_998_224_725)]);
    assert_eq!(values, [number(52_998_224_725), Value::ABSENT]);
    let float = Value(Inner::F64(52_998_224_725.0));
    assert_eq!(fixture.values(vec![Value::ABSENT, float])[1], Value::ABSENT);
    let array = Value(Inner::I64s([1, 52_998_224_725].into()));
    assert_eq!(fixture.values(vec![Value::ABSENT, array])[1], Value::ABSENT);
}

#[test]
fn names_outcomes_events_and_states_are_looked_at_too() {
    let fixture = Fixture::default();
    let mut telling = span(&TELLING, vec![]);
    telling.outcome = Outcome::Failed("ana@example.com");
    telling.trace_state = TraceState::of("vendor=ana@example.com");
    telling.links.recorded = vec![Context {
        trace_state: TraceState::of("v=ana@example.com"),
        ..Context::default()
    }];
    let at = clock::now();
    telling.events.recorded = vec![
        Event::new(&TELLING, at, vec![]),
        Event::new(&SITE, at, vec![text("ana@example.com")]),
    ];
    fixture.pass(&mut telling);
    assert_eq!(telling.name, NAMELESS);
    assert_eq!(telling.outcome, Outcome::Failed(OTHER_ERROR));
    assert_eq!(telling.trace_state, TraceState::default());
    assert_eq!(telling.links.recorded[0].trace_state, TraceState::default());
    assert_eq!(telling.events.recorded.len(), 1);
    assert_eq!(telling.events.recorded[0].values, [Value::ABSENT]);
    assert_eq!(fixture.counted(Count::Withheld), 6);
    assert!(
        fixture
            .findings
            .withheld()
            .iter()
            .all(|found| found.span == NAMELESS)
    );
}

#[test]
fn text_is_looked_at_whole_and_then_cut_at_a_character() {
    let mut fixture = Fixture::default();
    fixture.privacy.max_text = 9;
    // The address stands across the limit.
    assert_eq!(
        fixture.values(vec![text("xxxx ana@example.com")]),
        [Value::ABSENT]
    );
    assert_eq!(fixture.values(vec![text("ááááá")]), [text("áááá")]);
    assert_eq!(
        fixture.values(vec![Value(Inner::Static("123456789a"))]),
        [Value(Inner::Static("123456789"))]
    );
    let array = |texts: [&str; 2]| Value(Inner::Texts(texts.map(Into::into).into()));
    assert_eq!(
        fixture.values(vec![array(["0123456789", "0123456789"])]),
        [array(["012345678", "012345678"])]
    );
    assert_eq!(fixture.counted(Count::Cut), 3);
}

#[test]
fn only_allowed_keys_leave_where_there_is_a_list() {
    let mut fixture = Fixture::default();
    fixture.privacy.allowed = Some(["document".to_owned()].into());
    assert_eq!(
        fixture.values(vec![text("a"), text("b")]),
        [Value::ABSENT, text("b")]
    );
    assert_eq!(fixture.counted(Count::NotAllowed), 1);
}
