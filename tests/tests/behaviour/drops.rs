//! R4: arguments and locals are dropped in the order in which they would be without the attribute.

#![expect(
    clippy::unnecessary_wraps,
    clippy::used_underscore_binding,
    reason = "the shapes of the functions are what is tested"
)]

use std::cell::RefCell;

use observed_runtime::observed;
use observed_runtime::testing::capture;

type Log = RefCell<Vec<&'static str>>;

struct Noisy<'a>(&'static str, &'a Log);

impl Drop for Noisy<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

/// Writes a function twice, plain and annotated, and compares the order of drops.
macro_rules! same_drops {
    ($test:ident, [$($annotation:tt)*], $(#[$asyncness:ident])? $output:ty, $result:expr) => {
        #[test]
        fn $test() {
            fn plain<'a>(
                _a: Noisy<'a>,
                (_b, _): (Noisy<'a>, Noisy<'a>),
                _: Noisy<'a>,
                mut _c: Noisy<'a>,
                log: &'a Log,
            ) -> $output {
                let _local = Noisy("local", log);
                _c = Noisy("c again", log);
                $result
            }
            #[observed($($annotation)*)]
            fn annotated<'a>(
                _a: Noisy<'a>,
                (_b, _): (Noisy<'a>, Noisy<'a>),
                _: Noisy<'a>,
                mut _c: Noisy<'a>,
                log: &'a Log,
            ) -> $output {
                let _local = Noisy("local", log);
                _c = Noisy("c again", log);
                $result
            }
            let drops = |function: for<'a> fn(Noisy<'a>, (Noisy<'a>, Noisy<'a>), Noisy<'a>, Noisy<'a>, &'a Log) -> $output| {
                let log = Log::default();
                let noisy = |name| Noisy(name, &log);
                let _ = function(noisy("a"), (noisy("b"), noisy("rest")), noisy("ignored"), noisy("c"), &log);
                log.into_inner()
            };
            let expected = drops(plain);
            assert_eq!(expected.len(), 7);
            assert_eq!(drops(annotated), expected, "off");
            assert_eq!(capture(|| drops(annotated)).0, expected, "recorded");
        }
    };
}

same_drops!(a_function_keeps_its_order, [name = "drops"], u32, 1);
same_drops!(a_function_with_err_keeps_its_order, [name = "drops", err], Result<u32, ()>, Ok(1));

#[tokio::test]
async fn an_async_function_keeps_its_order() {
    async fn plain<'a>(_a: Noisy<'a>, (_b, _): (Noisy<'a>, Noisy<'a>), _: Noisy<'a>, log: &'a Log) {
        let _local = Noisy("local", log);
        tokio::task::yield_now().await;
    }
    #[observed(name = "drops")]
    async fn annotated<'a>(
        _a: Noisy<'a>,
        (_b, _): (Noisy<'a>, Noisy<'a>),
        _: Noisy<'a>,
        log: &'a Log,
    ) {
        let _local = Noisy("local", log);
        tokio::task::yield_now().await;
    }
    let log = Log::default();
    let noisy = |name| Noisy(name, &log);
    plain(
        noisy("a"),
        (noisy("b"), noisy("rest")),
        noisy("ignored"),
        &log,
    )
    .await;
    let expected: Vec<_> = log.borrow_mut().drain(..).collect();
    assert_eq!(expected.len(), 5);
    annotated(
        noisy("a"),
        (noisy("b"), noisy("rest")),
        noisy("ignored"),
        &log,
    )
    .await;
    assert_eq!(*log.borrow(), expected);
}
