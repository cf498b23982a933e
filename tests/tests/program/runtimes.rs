//! Tracing needs no runtime of the program's and takes none: it starts, flushes and ends wherever it is called.

use observed_runtime::{Tracing, flush, status};
use observed_tests::receiver::Receiver;
use tokio::runtime::{Builder, Runtime};

use crate::scenario::in_a_process_of_its_own;
use crate::{SOON, work};

/// Starts, records, flushes and ends; blocking, as in the middle of a program that does not think of it.
fn a_whole_life(receiver: &Receiver, protocol: &str) {
    let before = receiver.count();
    let tracing = Tracing::builder("runtimes")
        .settings([
            ("TRACING_ENABLED", "1"),
            ("OTEL_SAMPLING_RATE", "1"),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", &receiver.endpoint()),
        ])
        .init();
    work();
    assert!(flush(SOON), "{:?}", status());
    work();
    assert_eq!(tracing.shutdown(SOON), 0, "{:?}", status());
    drop(tracing);
    assert_eq!(receiver.count(), before + 2, "{protocol}");
}

fn current_thread() -> Runtime {
    Builder::new_current_thread().build().unwrap()
}

fn one_worker() -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(1)
        .build()
        .unwrap()
}

#[test]
fn without_a_runtime_on_any_runtime_in_a_task_and_in_one_that_blocks() {
    in_a_process_of_its_own(|| {
        for (protocol, receiver) in [
            ("grpc", Receiver::grpc()),
            ("http/protobuf", Receiver::http()),
        ] {
            let receiver = std::sync::Arc::new(receiver);
            let life = || {
                let receiver = std::sync::Arc::clone(&receiver);
                move || a_whole_life(&receiver, protocol)
            };
            life()();
            current_thread().block_on(async { life()() });
            one_worker().block_on(async {
                let in_a_task = life();
                tokio::spawn(async move { in_a_task() }).await.unwrap();
                tokio::task::spawn_blocking(life()).await.unwrap();
            });
            let local = tokio::task::LocalSet::new();
            local.block_on(&current_thread(), async { life()() });
            std::thread::spawn(life()).join().unwrap();
        }
    });
}
