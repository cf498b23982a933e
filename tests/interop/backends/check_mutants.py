"""The checks, with something broken that they must notice: they can fail."""

import check_collector
import check_faults
import check_sdks
import check_straight

PIPELINE = "service::pipelines::traces::processors"
# The policy that keeps failing traces is the first of the list, and the list is replaced as a whole.
ONLY_A_SHARE = ("processors::tail_sampling::policies: "
                "[{name: share, type: probabilistic, probabilistic: {sampling_percentage: 10}}]")


def noticed(what, check):
    try:
        said = check()
    except AssertionError as failure:
        return str(failure).splitlines()[0]
    raise AssertionError(f"nobody noticed that {what}: {said}")


def mutants(backends, programs):
    """Each is noticed, and the first line of what the check said is shown."""
    collector = check_collector
    said = []
    with backends.collector("no-redaction", f"{PIPELINE}: [memory_limiter, tail_sampling]") as changed:
        said.append(noticed("redaction is gone", lambda: collector.redaction(backends, programs, changed.grpc)))
    with backends.collector("no-masking", "processors::redaction::blocked_values: []") as changed:
        said.append(noticed("nothing is masked", lambda: collector.redaction(backends, programs, changed.grpc)))
    with backends.collector("no-errors", ONLY_A_SHARE) as changed:
        sampling = lambda: collector.tail_sampling(backends, programs, endpoint=changed.grpc, metrics=changed.metrics)
        said.append(noticed("failing traces are drawn for", sampling))
    with backends.collector("no-sampling", f"{PIPELINE}: [memory_limiter, redaction]") as changed:
        sampling = lambda: collector.tail_sampling(backends, programs, endpoint=changed.grpc, metrics=changed.metrics)
        said.append(noticed("everything is kept", sampling))
    acknowledged_too_early = check_faults.NOTHING_HELD_BACK[:1]
    kill = lambda: check_faults.killed(backends, programs, held_back=acknowledged_too_early)
    said.append(noticed("what was acknowledged is lost by a kill", kill))
    deaf = lambda: check_sdks.caller(backends, programs, OTEL_PROPAGATORS="none")
    said.append(noticed("the caller is not listened to", deaf))
    said.append(noticed("it is one span short", lambda: check_straight.wide(Short(backends), programs, 100)))
    return "; ".join(said)


class Short:
    """Backends whose Jaeger answers with one span less than it has."""

    def __init__(self, backends):
        self.backends, self.jaeger = backends, self

    def __getattr__(self, name):
        return getattr(self.backends, name)

    def until(self, service, number):
        return self.backends.jaeger.until(service, number)[:-1]
