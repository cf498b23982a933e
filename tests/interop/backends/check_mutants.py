"""The checks, with something broken that they must notice: they can fail."""

import functools

import certificates
import check_collector
import check_faults
import check_gateways
import check_sdks
import check_straight
import check_tls
import sdks
from unavailable import Unavailable

PIPELINE = "service::pipelines::traces::processors"
# The policy that keeps failing traces is the first of the list, and the list is replaced as a whole.
ONLY_A_SHARE = ("processors::tail_sampling::policies: "
                "[{name: share, type: probabilistic, probabilistic: {sampling_percentage: 10}}]")
# The queue of the repository's file is empty as often as not: this one holds something whenever the kill comes.
HELD_BACK = "exporters::otlp_grpc/jaeger::sending_queue::batch: {flush_timeout: 10s, min_size: 50000, max_size: 50000}"


def noticed(what, check):
    try:
        said = check()
    except AssertionError as failure:
        return str(failure).splitlines()[0]
    raise AssertionError(f"nobody noticed that {what}: {said}")


def mutants(backends, programs):
    """Each is noticed, and the first line of what the check said is shown."""
    said = []
    for group in (of_the_collector, of_the_sender, of_tls, of_the_sdks, of_the_gateways):
        try:
            said.extend(group(backends, programs))
        except Unavailable as reason:
            said.append(f"NOT RUN: {reason}")
    return "; ".join(said)


def of_the_collector(backends, programs):
    collector = check_collector
    with backends.collector("no-redaction", f"{PIPELINE}: [memory_limiter, tail_sampling]") as changed:
        yield noticed("redaction is gone", lambda: collector.redaction(backends, programs, changed.grpc))
    with backends.collector("no-masking", "processors::redaction::blocked_values: []") as changed:
        yield noticed("nothing is masked", lambda: collector.redaction(backends, programs, changed.grpc))
    for name, what, change in (
        ("no-errors", "failing traces are drawn for", ONLY_A_SHARE),
        ("no-sampling", "everything is kept", f"{PIPELINE}: [memory_limiter, redaction]"),
    ):
        with backends.collector(name, change) as changed:
            sampling = lambda: collector.tail_sampling(backends, programs, endpoint=changed.grpc, metrics=changed.metrics)
            yield noticed(what, sampling)


def of_the_sender(backends, programs):
    acknowledged_too_early = (check_faults.NOTHING_HELD_BACK[0], HELD_BACK)
    kill = lambda: check_faults.killed(backends, programs, held_back=acknowledged_too_early)
    yield noticed("what was acknowledged is lost by a kill", kill)
    yield noticed("it is one span short", lambda: check_straight.wide(Short(backends), programs, 100))


def of_tls(backends, programs):
    takes_anybody = lambda authority: check_tls.asking_for_a_certificate(authority, asking=False)
    anybody = lambda: check_tls.tls(backends, programs, takes_anybody)
    yield noticed("the Collector asks for no certificate", anybody)
    wrong = certificates.Authority(backends.folder / "wrong")
    yield noticed("the wrong authority is trusted", lambda: check_tls.tls(backends, programs, trusted=wrong))


def of_the_sdks(backends, programs):
    for language in sdks.COMMANDS:
        for name, check in (("listened to", check_sdks.caller), ("told", check_sdks.called)):
            mute = functools.partial(check, backends, programs, language, OTEL_PROPAGATORS="none", OTEL_SAMPLING_RATE="1")
            yield f"{language}: {noticed(f'the {language} SDK is not {name}', mute)}"
    # The demo records by its own rate, and then has to drop the caller's threshold.
    own = {"OTEL_SAMPLING_RATE": "1", "OBSERVED_TRUST_REMOTE_SAMPLING": "0"}
    yield noticed("the caller's threshold is not carried on", lambda: check_sdks.caller(backends, programs, **own))


def of_the_gateways(backends, programs):
    by_name = "{routing_key: attributes, routing_attributes: [span.name]}"
    yield noticed("parts of a trace come to both", lambda: check_gateways.whole(backends, programs, by_name))
    once = lambda: check_gateways.killed(backends, programs, again="{enabled: false}")
    yield noticed("the agent does not try again", once)


class Short:
    """Backends whose Jaeger answers with one span less than it has."""

    def __init__(self, backends):
        self.backends, self.jaeger = backends, self

    def __getattr__(self, name):
        return getattr(self.backends, name)

    def until(self, service, number):
        return self.backends.jaeger.until(service, number)[:-1]
