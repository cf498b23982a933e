"""The service through the Collector with the repository's file: what goes through, what is removed, what is kept."""

import random
import time

from jaeger_api import by_trace, tree
from process import metric, until
from sender import FAIL, SUMMARIZE, body, demo, environment, service_name, traces

# A planted value, and where `traces failing` puts it beside a listed key; the last one is in the resource.
PLANTED = "ada.lovelace@example.com"
UNLISTED = ("unlisted.key", "unlisted.event", "team.unlisted")
REQUESTS, EACH_FAILS = 300, 10
# A trace of either kind has so many spans.
SPANS_EACH = 18
# Longer than the latency policy's threshold, and not a failure.
SLOW = body("slow_report", {"milliseconds": 700})
# Of the traces in which nothing failed a tenth is kept: 27 of 270, give or take five or six standard deviations.
FEWEST_KEPT, MOST_KEPT = 1, 57
# `decision_wait` and the batch's wait, and then some.
DECIDED_SECONDS = 40
ACCEPTED, SENT = "otelcol_receiver_accepted_spans", "otelcol_exporter_sent_spans"


def planted(backends, programs, endpoint):
    """A failed trace with the planted value; the runtime's own firewall is off, so that only the Collector stands between."""
    service = service_name("planted")
    settings = environment(service, endpoint, OBSERVED_FIREWALL="off", OTEL_RESOURCE_ATTRIBUTES="team.unlisted=planted")
    account = traces(programs.traces, settings, "failing", PLANTED)
    assert account["exported"] == 1, account
    [span] = backends.jaeger.until(service, 1, DECIDED_SECONDS)
    return span, backends.jaeger.raw(service)


def redaction(backends, programs, endpoint=None):
    """What is not listed is gone, and what looks like personal data under a listed key too."""
    _, before = planted(backends, programs, backends.jaeger_grpc)
    for text in (PLANTED, *UNLISTED):
        assert text in before, f"{text} was never sent, so that its absence proves nothing"
    span, after = planted(backends, programs, endpoint or backends.collector_grpc)
    for text in (PLANTED, *UNLISTED):
        assert text not in after, f"{text} went through the Collector"
    assert span.tags["reason"] == "****", span.tags
    assert span.failed and span.events[0]["event"] == "noticed", span
    told = (span.tags["redaction.redacted.count"], span.tags["redaction.masked.count"])
    assert told == (1, 1), span.tags
    return "the keys that are not listed and the planted value are gone, the rest is there"


def tail_sampling(backends, programs, protocol="grpc", endpoint=None, metrics=None):
    """Every failing trace is there and whole, the slow one too, and about a tenth of the others."""
    service = service_name("sampled")
    metrics = metrics or backends.collector_metrics
    endpoint = endpoint or {"grpc": backends.collector_grpc, "http/protobuf": backends.collector_http}[protocol]
    accepted, sent = metric(metrics, ACCEPTED), metric(metrics, SENT)
    with demo(programs.demo, environment(service, endpoint, protocol)) as running:
        failed, passed, slow = requests(running)
        account = running.settled()
    assert account["exported"] == account["started"] == SPANS_EACH * (REQUESTS + 1), account
    accepted = metric(metrics, ACCEPTED) - accepted
    assert accepted == account["exported"], f"the account says {account['exported']}, the Collector took {accepted}"
    found = decided(backends, service, failed | {slow})
    kept = judge(found, failed, passed, slow)
    held = sum(len(spans) for spans in found.values())
    until(lambda: metric(metrics, SENT) - sent == held, f"the Collector did not send the {held} spans that Jaeger has")
    return (f"{account['started']} spans in over {protocol}, {held} out: {len(failed)} of {len(failed)} failing traces "
            f"whole, the slow one, {kept} of {len(passed)} others")


def requests(running):
    """Sends the requests, one in ten of which fails; the trace ids of what failed, of what did not, and of a slow one."""
    wanted = [FAIL if number % EACH_FAILS == 0 else SUMMARIZE for number in range(REQUESTS)]
    random.shuffle(wanted)
    connection = running.connection()
    answers = [running.ask(text, connection) for text in wanted]
    status, slow = running.ask(SLOW, connection)
    assert status == 200, status
    by_status = {502: set(), 200: set()}
    for status, trace in answers:
        by_status[status].add(trace)
    assert len(by_status[502]) == REQUESTS // EACH_FAILS, {status: len(traces) for status, traces in by_status.items()}
    return by_status[502], by_status[200], slow


def judge(found, failed, passed, slow):
    """Whether the right traces were kept, and whole; how many of those that did not fail."""
    absent = failed - found.keys()
    assert not absent, f"{len(absent)} of {len(failed)} failing traces are not there"
    assert slow in found, "the slow trace is not there"
    shapes = [tree(found[trace]) for trace in failed]
    assert all(shape == shapes[0] for shape in shapes), "failing traces of different shapes"
    assert shapes[0]["failing_executor_v1", "execute_action"] == 1, shapes[0]
    kept = passed & found.keys()
    assert found.keys() == failed | kept | {slow}, "traces that nobody asked for"
    assert FEWEST_KEPT <= len(kept) <= MOST_KEPT, f"{len(kept)} of {len(passed)} others were kept"
    sizes = {len(spans) for spans in found.values()}
    assert sizes == {SPANS_EACH}, f"traces of {sizes} spans, and not of {SPANS_EACH}"
    return len(kept)


def decided(backends, service, wanted):
    """The service's traces, once those that are wanted are there and their number no longer grows."""
    deadline, before, spans = time.monotonic() + DECIDED_SECONDS, -1, []
    while (before != len(spans) or not wanted <= by_trace(spans).keys()) and time.monotonic() < deadline:
        time.sleep(2)
        before, spans = len(spans), backends.jaeger.spans(service)
    return by_trace(spans)
