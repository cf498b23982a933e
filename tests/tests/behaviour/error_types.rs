//! R12: what plain `err` says of an error whose type's name says too little, and a status that the body sets by itself.

use std::error::Error;
use std::fmt;
use std::ops::Deref;

use observed_runtime::testing::{capture, capture_future};
use observed_runtime::{ErrorType, observed, observed_record};

#[derive(Debug)]
struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("planted-secret")
    }
}

impl Error for Refused {}

/// An error behind a pointer of somebody else, as that of `anyhow` is.
struct Report(Box<dyn Error + Send + Sync>);

impl Deref for Report {
    type Target = dyn Error + Send + Sync;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}

/// An error with a source.
#[derive(Debug)]
struct Context(std::num::ParseIntError);

impl fmt::Display for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("planted-secret")
    }
}

impl Error for Context {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

enum Failed {
    Missing,
    Declined,
}

impl ErrorType for Failed {
    fn error_type(&self) -> Option<&'static str> {
        match self {
            Self::Missing => None,
            Self::Declined => Some("declined"),
        }
    }
}

#[observed(name = "fail", err)]
fn fail<E>(error: E) -> Result<(), E> {
    Err(error)
}

macro_rules! told {
    ($error:expr, $ty:ty) => {{
        #[observed(name = "told", err)]
        fn told(error: $ty) -> Result<(), $ty> {
            Err(error)
        }
        #[observed(name = "told_later", err)]
        async fn told_later(error: $ty) -> Result<(), $ty> {
            Err(error)
        }
        let ((), now) = capture(|| {
            let _ = told($error);
        });
        let ((), later) = capture(|| {
            let mut future = std::pin::pin!(told_later($error));
            let mut task = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(future.as_mut().poll(&mut task).is_ready());
        });
        let (now, later) = (now.tree(), later.tree());
        assert_eq!(now.replace("told", "told_later"), later);
        assert!(!now.contains("planted-secret"));
        now.trim_start_matches("told").trim().to_owned()
    }};
}

#[test]
fn the_programs_own_word_stands_before_the_name_of_the_type() {
    assert_eq!(told!(Failed::Declined, Failed), "ERROR declined");
    assert_eq!(told!(Failed::Missing, Failed), "");
    assert_eq!(
        told!(Refused, Refused),
        "ERROR behaviour::error_types::Refused"
    );
}

#[test]
fn an_error_behind_a_pointer_has_the_name_of_the_standard_librarys_own() {
    let missing = || std::io::Error::from(std::io::ErrorKind::NotFound);
    let number = || "x".parse::<u8>().unwrap_err();
    let name = "ERROR std::io::error::Error";
    assert_eq!(told!(Box::new(missing()), Box<dyn Error>), name);
    assert_eq!(
        told!(Box::new(missing()), Box<dyn Error + Send + Sync>),
        name
    );
    assert_eq!(told!(Report(Box::new(missing())), Report), name);
    let name = "ERROR core::num::error::ParseIntError";
    assert_eq!(
        told!(Box::new(Context(number())), Box<dyn Error + Send>),
        name
    );
    assert_eq!(
        told!(Report(Box::new(Refused)), Report),
        "ERROR behaviour::error_types::Report"
    );
}

#[test]
fn a_status_of_grpc_is_its_code() {
    use tonic::{Code, Status};
    for (code, written) in [
        (Code::NotFound, "NOT_FOUND"),
        (Code::Unavailable, "UNAVAILABLE"),
        (Code::DeadlineExceeded, "DEADLINE_EXCEEDED"),
        (Code::Unauthenticated, "UNAUTHENTICATED"),
    ] {
        let status = || Status::new(code, "planted-secret, code: Internal");
        assert_eq!(told!(status(), Status), format!("ERROR {written}"));
    }
}

#[test]
fn of_an_answer_and_its_error_the_answer_tells_where_it_can() {
    use http::StatusCode;
    type Answer = (StatusCode, String);
    let answer = |status| (status, "planted-secret".to_owned());
    assert_eq!(told!(answer(StatusCode::NOT_FOUND), Answer), "ERROR 404");
    assert_eq!(told!(answer(StatusCode::BAD_GATEWAY), Answer), "ERROR 502");
    assert_eq!(told!(answer(StatusCode::SEE_OTHER), Answer), "");
    let odd = StatusCode::from_u16(599).unwrap();
    assert_eq!(told!(odd, StatusCode), "ERROR 5xx");
    assert_eq!(
        told!((7, Refused), (u8, Refused)),
        "ERROR behaviour::error_types::Refused"
    );
}

#[test]
fn a_generic_error_has_the_name_of_its_type() {
    let ((), capture) = capture(|| drop(fail(Refused)));
    assert_eq!(
        capture.tree(),
        "fail ERROR behaviour::error_types::Refused\n"
    );
}

#[test]
fn a_body_fails_its_span_whatever_it_returns() {
    #[observed(name = "answer", late(status: error, rows: u64))]
    fn answer(rows: u64) -> u64 {
        observed_record!(rows = rows);
        if rows == 0 {
            observed_record!(status = error("no_rows"));
            observed_record!(status = error("later"));
        }
        rows
    }
    let ((), capture) = capture(|| {
        answer(0);
        answer(1);
    });
    assert_eq!(
        capture.tree(),
        "answer rows=0 ERROR no_rows\nanswer rows=1\n"
    );
}

#[test]
fn what_a_body_says_stands_before_what_its_error_says() {
    #[observed(name = "read", err, late(status: error))]
    fn read(code: Option<&'static str>) -> Result<(), Refused> {
        observed_record!(status = error(code));
        Err(Refused)
    }
    let ((), capture) = capture(|| {
        drop(read(Some("busy")));
        drop(read(None));
    });
    assert_eq!(
        capture.tree(),
        "read ERROR busy\nread ERROR behaviour::error_types::Refused\n"
    );
}

#[tokio::test]
async fn a_future_fails_its_span_between_two_polls() {
    #[observed(name = "fetch", late(status: error))]
    async fn fetch() -> u32 {
        tokio::task::yield_now().await;
        observed_record!(status = error("stale"));
        tokio::task::yield_now().await;
        7
    }
    let (answer, capture) = capture_future(fetch()).await;
    assert_eq!(
        (answer, capture.tree()),
        (7, "fetch ERROR stale\n".to_owned())
    );
}
