//! Vectors from the text of W3C Trace Context Level 2 and its own test suite (w3c/trace-context, `test/test.py`).

use super::*;

fn carried(fields: &[&str]) -> (Option<String>, u64) {
    let read = read(fields.iter().map(|field| field.as_bytes()));
    let header = read.state.header();
    (header.map(Cow::into_owned), read.dropped)
}

fn state_of(fields: &[&str]) -> Option<String> {
    let (state, dropped) = carried(fields);
    assert_eq!(dropped, 0, "{fields:?}");
    state
}

#[test]
fn the_lists_of_the_specification_are_carried_as_they_are() {
    for list in [
        "congo=t61rcWkgMzE",
        "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
        "vendorname1=opaqueValue1,vendorname2=opaqueValue2",
        "tenant@vendor=1,foo@=1,foo@@bar=1,foo@bar@baz=1,1special=2",
    ] {
        assert_eq!(state_of(&[list]).as_deref(), Some(list));
    }
}

#[test]
fn every_allowed_character_is_carried() {
    // Sections 3.3.1.3.1 and 3.3.1.3.2; a value may begin with spaces and not end with one.
    let key: String = ('a'..='z')
        .chain('0'..='9')
        .chain("_-*/@".chars())
        .collect();
    let value: String = (' '..='~').filter(|c| !",=".contains(*c)).collect();
    let list = format!("{key}={value}");
    assert_eq!(state_of(&[&list]), Some(list));
    let longest = format!("{}=1,b={}", "k".repeat(256), "v".repeat(251));
    assert_eq!(state_of(&[&longest]), Some(longest));
}

#[test]
fn white_space_around_members_is_left_out_and_in_front_of_a_value_not() {
    for list in [
        "foo=1 \t , \t bar=2, \t baz=3",
        "foo=1\t \t,\t \tbar=2,\t \tbaz=3",
        " foo=1,bar=2,baz=3 ",
        "\tfoo=1,bar=2,baz=3\t",
    ] {
        assert_eq!(
            state_of(&[list]).as_deref(),
            Some("foo=1,bar=2,baz=3"),
            "{list:?}"
        );
    }
    assert_eq!(state_of(&["foo=  1 "]).as_deref(), Some("foo=  1"));
}

#[test]
fn several_fields_are_one_list_and_empty_members_are_none() {
    let fields = ["foo=1,bar=2", "rojo=1,congo=2", "", "baz=3"];
    assert_eq!(
        state_of(&fields).as_deref(),
        Some("foo=1,bar=2,rojo=1,congo=2,baz=3")
    );
    assert_eq!(
        state_of(&["foo=1,,bar=2, ,\t"]).as_deref(),
        Some("foo=1,bar=2")
    );
    for nothing in [&[][..], &[""], &["", " "], &[",", ", ,\t"]] {
        assert_eq!(state_of(nothing), None);
    }
}

#[test]
fn a_malformed_member_makes_the_whole_list_invalid_wherever_it_stands() {
    let long_key = format!("{}=1", "z".repeat(257));
    let long_value = format!("foo={}", "v".repeat(257));
    for bad in [
        "foo",
        "foo=",
        "=1",
        "foo =1",
        "FOO=1",
        "foo.bar=1",
        "@foo=1",
        "_foo=1",
        "foo=bar=baz",
        "foo=a\tb",
        "foo=\u{7f}",
        "foo=\u{e9}",
        "f\u{f6}o=1",
        "foo==",
        &long_key,
        &long_value,
    ] {
        for list in [bad.to_owned(), format!("ok=1,{bad}"), format!("{bad},ok=1")] {
            assert_eq!(carried(&[&list]), (None, 1), "{list:?}");
        }
    }
    let many: Vec<String> = (0..40).map(|n| format!("k{n}=1")).collect();
    assert_eq!(
        carried(&[&many.join(","), "BAD"]),
        (None, 1),
        "behind the limit too"
    );
}

#[test]
fn a_key_that_comes_again_stays_where_it_was_written_last() {
    assert_eq!(carried(&["foo=1,foo=1"]), (Some("foo=1".to_owned()), 1));
    // Section 3.3.2: the front is the most recent position.
    let twice = "congo=second,rojo=first,congo=first";
    assert_eq!(
        carried(&[twice]),
        (Some("congo=second,rojo=first".to_owned()), 1)
    );
    assert_eq!(carried(&["foo=2", "foo=1"]), (Some("foo=2".to_owned()), 1));
}

#[test]
fn of_more_than_32_members_the_last_are_dropped_and_counted() {
    let members: Vec<String> = (1..=40).map(|n| format!("bar{n:02}={n:02}")).collect();
    assert_eq!(
        state_of(&[&members[..32].join(",")]),
        Some(members[..32].join(","))
    );
    assert_eq!(
        carried(&[&members.join(",")]),
        (Some(members[..32].join(",")), 8)
    );
}

#[test]
fn of_more_than_512_characters_whole_members_are_dropped_the_large_ones_first() {
    let member = |key: char, length: usize| format!("{key}={}", "v".repeat(length - 2));
    let (large, small) = (member('l', 129), member('s', 128));
    let exactly = [
        member('a', 128),
        small.clone(),
        member('b', 126),
        member('c', 127),
    ]
    .join(",");
    assert_eq!(exactly.len(), 512);
    assert_eq!(state_of(&[&exactly]), Some(exactly.clone()));
    let too_long = format!("{exactly},x=1");
    assert_eq!(carried(&[&too_long]), (Some(exactly.clone()), 1));
    let with_large = format!("{large},{exactly}");
    assert_eq!(
        carried(&[&with_large]),
        (Some(exactly), 1),
        "from the front even"
    );
    let both = [&large, &member('m', 129), &small, &member('b', 128)]
        .map(String::as_str)
        .join(",");
    let expected = [&large, &small, &member('b', 128)]
        .map(String::as_str)
        .join(",");
    assert_eq!(
        carried(&[&both]),
        (Some(expected), 1),
        "and not more of them than need be"
    );
}

#[test]
fn a_header_of_15_kilobytes_is_cut_to_what_is_carried() {
    let members: Vec<String> = (0..60)
        .map(|n| format!("k{n:02}={}", "v".repeat(246)))
        .collect();
    let (state, dropped) = carried(&[&members.join(",")]);
    assert_eq!((state.unwrap().len(), dropped), (501, 58));
}
