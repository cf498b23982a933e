//! R12: a failure is recorded by its type, a panic by its happening, and neither by its text.

use std::panic::{AssertUnwindSafe, catch_unwind};

use observed_runtime::observed;
use observed_runtime::testing::{CapturedStatus, capture};

#[derive(Debug)]
struct Refused;

const REFUSED: CapturedStatus = CapturedStatus::Error("behaviour::outcomes::Refused");

#[observed(name = "by_question_mark", err)]
fn by_question_mark(fails: bool) -> Result<u32, Refused> {
    let value = if fails { Err(Refused) } else { Ok(1) }?;
    Ok(value)
}

#[observed(name = "by_return", err)]
fn by_return(fails: bool) -> Result<u32, Refused> {
    if fails {
        return Err(Refused);
    }
    Ok(1)
}

#[observed(name = "by_tail", err)]
fn by_tail(fails: bool) -> Result<u32, Refused> {
    if fails { Err(Refused) } else { Ok(1) }
}

#[test]
fn an_error_is_seen_whichever_way_it_leaves() {
    for function in [by_question_mark, by_return, by_tail] {
        let (result, failed) = capture(|| function(true));
        assert!(result.is_err());
        assert_eq!(failed.spans[0].status, REFUSED);
        let (result, returned) = capture(|| function(false));
        assert!(result.is_ok());
        assert_eq!(returned.spans[0].status, CapturedStatus::Unset);
    }
}

#[test]
fn without_err_a_result_is_not_looked_at() {
    #[observed(name = "unwatched")]
    fn unwatched() -> Result<(), Refused> {
        Err(Refused)
    }
    let (_, capture) = capture(unwatched);
    assert_eq!(capture.spans[0].status, CapturedStatus::Unset);
}

#[test]
fn a_panic_marks_the_innermost_span_only_and_not_its_text() {
    #[observed(name = "inner")]
    fn inner() {
        panic!("planted-secret");
    }
    #[observed(name = "outer")]
    fn outer() {
        inner();
    }
    let (panic, capture) = capture(|| catch_unwind(outer).unwrap_err());
    assert_eq!(*panic.downcast::<&str>().unwrap(), "planted-secret");
    assert_eq!(capture.tree(), "outer\n  inner ERROR panic\n");
    assert!(!format!("{capture:?}").contains("planted-secret"));
}

#[test]
fn a_span_that_catches_a_panic_returns_and_a_second_panic_is_marked_again() {
    #[observed(name = "panics")]
    fn panics() {
        panic!("planted");
    }
    #[observed(name = "catches")]
    fn catches() {
        let _ = catch_unwind(panics);
        let _ = catch_unwind(panics);
    }
    let ((), capture) = capture(catches);
    assert_eq!(
        capture.tree(),
        "catches\n  panics ERROR panic\n  panics ERROR panic\n"
    );
}

#[test]
fn a_span_in_a_destructor_that_runs_during_unwinding_is_not_failed_by_it() {
    struct Cleanup;
    impl Drop for Cleanup {
        #[observed(name = "clean_up")]
        fn drop(&mut self) {}
    }
    #[observed(name = "panics")]
    fn panics() {
        let _cleanup = Cleanup;
        panic!("planted");
    }
    let (_, capture) = capture(|| catch_unwind(panics));
    assert_eq!(capture.tree(), "panics ERROR panic\n  clean_up\n");
}

#[test]
fn a_panic_that_crosses_an_err_function_is_a_panic() {
    #[observed(name = "panics", err)]
    fn panics(divisor: u32) -> Result<u32, Refused> {
        Ok(1 / divisor)
    }
    let (_, capture) = capture(|| catch_unwind(AssertUnwindSafe(|| panics(0))));
    assert_eq!(capture.tree(), "panics ERROR panic\n");
}

#[test]
fn a_code_that_is_none_is_no_failure() {
    #[derive(Debug, PartialEq)]
    enum Failed {
        Missing,
        Broken,
    }
    fn code(failed: &Failed) -> Option<&'static str> {
        (*failed == Failed::Broken).then_some("broken")
    }
    #[observed(name = "find", err = code(error))]
    fn find(failed: Failed) -> Result<(), Failed> {
        Err(failed)
    }
    #[observed(name = "find_later", err = code(error))]
    async fn find_later(failed: Failed) -> Result<(), Failed> {
        Err(failed)
    }
    let ((), capture) = capture(|| {
        find(Failed::Missing).unwrap_err();
        find(Failed::Broken).unwrap_err();
        for failed in [Failed::Missing, Failed::Broken] {
            let mut future = std::pin::pin!(find_later(failed));
            let mut task = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(future.as_mut().poll(&mut task).is_ready());
        }
    });
    assert_eq!(
        capture.tree(),
        "find\nfind ERROR broken\nfind_later\nfind_later ERROR broken\n"
    );
}
