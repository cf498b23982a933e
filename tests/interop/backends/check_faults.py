"""The Collector refusing and the Collector killed: what the service's account says is what Jaeger holds."""

import threading
import time

from process import metric
from sender import SUMMARIZE, demo, environment, service_name

# Everything goes on to Jaeger, at once, and is acknowledged when Jaeger has taken it: so the account can be compared exactly.
# With the queue of the repository's file the Collector acknowledges what it still has in memory, and a kill loses that.
# Jaeger itself batches between its receiver and its storage, so its API lags behind what it has acknowledged.
NOTHING_HELD_BACK = (
    "service::pipelines::traces::processors: [memory_limiter, redaction]",
    "exporters::otlp_grpc/jaeger::sending_queue::enabled: false",
    "exporters::otlp_grpc/jaeger::retry_on_failure::enabled: false",
)
SPANS_EACH = 18
THREADS = 2
UP_SECONDS, DOWN_SECONDS = 2, 3
# Seconds between two requests of a thread: with the first the queue holds what comes while the Collector is away, with the
# second it does not.
QUIET, BUSY = 0.02, 0.002


def memory_limiter(backends, programs):
    """Above its limit the Collector refuses, and the service counts what was refused. Under it: see `tail_sampling`."""
    service = service_name("limited")
    # What the program itself needs is above this limit.
    tight = ("processors::memory_limiter::limit_mib: 2", "processors::memory_limiter::spike_limit_mib: 1",
             "processors::memory_limiter::check_interval: 100ms")
    settings = environment(service, "", OTEL_BSP_EXPORT_TIMEOUT="1000")
    with backends.collector("limited", *NOTHING_HELD_BACK, *tight) as collector:
        time.sleep(0.5)
        with demo(programs.demo, settings | {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.grpc}) as running:
            answers = {running.ask(SUMMARIZE)[0] for _ in range(20)}
            account = running.settled()
        refused = metric(collector.metrics, "otelcol_receiver_refused_spans")
        accepted = metric(collector.metrics, "otelcol_receiver_accepted_spans")
    assert answers == {200}, answers
    assert refused >= account["started"] > 0 and accepted == 0, (refused, accepted, account)
    assert account["dropped"]["export_failed"] + account["dropped"].get("rejected", 0) == account["started"], account
    assert not backends.jaeger.spans(service)
    return f"{account['started']} spans refused, counted by both sides, every request answered"


class Load:
    """Requests by some threads until it is told to stop; every answer must be 200."""

    def __init__(self, running, rest):
        self.running, self.stopped, self.answers, self.rest = running, threading.Event(), {}, rest
        self.threads = [threading.Thread(target=self.work) for _ in range(THREADS)]

    def work(self):
        connection = self.running.connection()
        while not self.stopped.is_set():
            status, _ = self.running.ask(SUMMARIZE, connection)
            self.answers[status] = self.answers.get(status, 0) + 1
            time.sleep(self.rest)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        for thread in self.threads:
            thread.join()


def killed(backends, programs, times=1, rest=QUIET, held_back=NOTHING_HELD_BACK):
    """The Collector killed under load and started again: the account and Jaeger agree, counted by distinct span ids."""
    service = service_name("killed")
    with backends.collector("killed", *held_back) as collector:
        with demo(programs.demo, environment(service, collector.grpc)) as running:
            with Load(running, rest) as load:
                for _ in range(times):
                    time.sleep(UP_SECONDS)
                    collector.kill()
                    time.sleep(DOWN_SECONDS)
                    collector.start()
                time.sleep(UP_SECONDS)
            account = running.settled()
    held = len({(span.trace, span.id) for span in backends.jaeger.until(service, account["exported"])})
    lost = {reason: number for reason, number in account["dropped"].items() if number}
    said = f"started {account['started']}, exported {account['exported']}, lost {lost or 0}, in Jaeger {held}"
    assert set(load.answers) == {200}, load.answers
    assert account["started"] == SPANS_EACH * load.answers[200], (account, load.answers)
    # Delivered at least once: what was acknowledged is there. A batch whose answer was lost may be there and count as lost.
    assert account["exported"] <= held <= account["exported"] + account["dropped"]["export_failed"], said
    # The Collector is back long before an export's deadline: only a queue that is too small for the load may lose anything.
    assert lost.keys() <= {"queue_full"} and (rest != QUIET or not lost), said
    return f"{said}; the Collector was away {times} time(s) for {DOWN_SECONDS} s, every request was answered"
