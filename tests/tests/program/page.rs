//! `OTEL_TRACES_EXPORTER=page`: the last traces of this process, as a browser gets them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use observed_runtime::{Builder, State, flush, observed, status};

use crate::logs::{all, collect, count};
use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

const CPF: &str = "529.982.247-25";

#[observed(name = "close_day", err = "no_day", attrs(note = public(note), lines))]
fn close_day(note: &str, lines: u64) -> Result<(), u8> {
    work();
    Err(1)
}

fn on() -> Builder {
    crate::on().set("OTEL_TRACES_EXPORTER", "page")
}

/// The address that the status names.
fn address() -> SocketAddr {
    let exporter = status().exporter;
    let address = exporter.strip_prefix("page http://").unwrap();
    address.strip_suffix('/').unwrap().parse().unwrap()
}

fn get(path: &str) -> String {
    let address = address();
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn the_page_has_the_spans_of_the_program_and_the_start_line_has_its_address() {
    in_a_process_of_its_own(|| {
        collect();
        let _tracing = on().init();
        let _ = close_day("nothing of note", 3);
        assert!(flush(SOON));
        assert_ne!(address().port(), 0);
        assert_eq!(
            count(&format!("to page http://{}/,", address())),
            1,
            "{:?}",
            all()
        );
        assert!(get("/").contains("<h1>Traces of"));
        let spans = get("/spans");
        for expected in [
            "close_day",
            "\"work\"",
            "nothing of note",
            "no_day",
            "\"failed\":true",
        ] {
            assert!(spans.contains(expected), "{expected}: {spans}");
        }
        let spans = status().spans;
        assert_eq!((spans.exported, spans.adds_up()), (2, true));
    });
}

#[test]
fn the_page_shows_only_what_the_firewall_and_the_allow_list_let_out() {
    in_a_process_of_its_own(|| {
        let _tracing = on().set("OBSERVED_ATTRIBUTE_ALLOWLIST", "note").init();
        let _ = close_day(CPF, 4_711);
        assert!(flush(SOON));
        let spans = get("/spans");
        assert!(spans.contains("close_day"), "{spans}");
        for withheld in [CPF, "4711", "lines"] {
            assert!(!spans.contains(withheld), "{withheld}: {spans}");
        }
        assert_eq!(status().withheld.len(), 1);
    });
}

#[test]
fn under_a_lock_the_page_shows_of_what_was_not_reviewed_its_place_only() {
    in_a_process_of_its_own(|| {
        let _tracing = on().lock("version 1\n").init();
        let _ = close_day("nothing of note", 3);
        assert!(flush(SOON));
        let spans = get("/spans");
        assert!(spans.contains("\"unreviewed\""), "{spans}");
        for unreviewed in ["close_day", "nothing of note", "no_day"] {
            assert!(!spans.contains(unreviewed), "{unreviewed}: {spans}");
        }
    });
}

#[test]
fn an_address_of_the_network_leaves_tracing_off_and_says_why() {
    in_a_process_of_its_own(|| {
        let _tracing = on().set("OBSERVED_VIEWER_ADDRESS", "0.0.0.0:0").init();
        let State::Failed { reason } = status().state else {
            panic!("{:?}", status().state);
        };
        assert!(
            reason.contains("OBSERVED_VIEWER_ADDRESS is malformed: it takes a loopback"),
            "{reason}"
        );
    });
}

#[test]
fn an_address_that_is_taken_leaves_tracing_off_and_says_why() {
    in_a_process_of_its_own(|| {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = taken.local_addr().unwrap().to_string();
        let _tracing = on().set("OBSERVED_VIEWER_ADDRESS", &address).init();
        let State::Failed { reason } = status().state else {
            panic!("{:?}", status().state);
        };
        assert_eq!(
            reason,
            "OBSERVED_VIEWER_ADDRESS: cannot listen there: address in use"
        );
    });
}

#[test]
fn the_page_ends_with_tracing_and_its_own_requests_are_no_spans() {
    in_a_process_of_its_own(|| {
        let tracing = on().init();
        work();
        assert!(flush(SOON));
        let address = address();
        for _ in 0..10 {
            get("/spans");
        }
        assert_eq!(status().spans.started, 1);
        tracing.shutdown(SOON);
        drop(tracing);
        let begin = std::time::Instant::now();
        while TcpStream::connect(address).is_ok() {
            assert!(begin.elapsed() < SOON, "it is still served");
            std::thread::yield_now();
        }
    });
}
