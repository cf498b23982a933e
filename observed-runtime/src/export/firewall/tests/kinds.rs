use super::*;

static PEERS: Site = Site::nowhere(
    "call",
    &["client.address", "server.address", "elapsed_ns", "phone"],
);

fn passed(values: Vec<Value>) -> Vec<Value> {
    let mut span = span(&PEERS, values);
    Fixture::default().pass(&mut span);
    span.values
}

#[test]
fn an_address_of_a_caller_is_withheld_and_one_s_own_server_s_leaves() {
    let address = || text("198.51.100.23");
    assert_eq!(
        passed(vec![address(), address()]),
        [Value::ABSENT, address()]
    );
}

#[test]
fn a_number_that_only_has_the_digits_of_a_telephone_leaves_unless_its_key_tells() {
    let number = || Value(Inner::I64(11_912_345_678));
    let values = passed(vec![Value::ABSENT, Value::ABSENT, number(), number()]);
    assert_eq!(values[2..], [number(), Value::ABSENT]);
}

#[test]
fn what_is_withheld_is_named_by_its_kind() {
    for (planted, kind) in [
        ("+5511912345678", "phone number"),
        ("120.56412.54-5", "personal document"),
        ("DE89 3704 0044 0532 0130 00", "bank account"),
        ("YW5hQGV4YW1wbGUuY29t", "e-mail address"),
        ("Cookie: id=3f9c8e", "password pair"),
    ] {
        let fixture = Fixture::default();
        assert_eq!(fixture.values(vec![text(planted)]), [Value::ABSENT]);
        let last = fixture.findings.withheld().pop();
        assert_eq!(last.map(|found| found.looks_like), Some(kind), "{planted}");
    }
}
