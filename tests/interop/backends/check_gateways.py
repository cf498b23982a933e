"""Layer 3 of docs/scaling.md on one machine: an agent that routes by trace id, two gateways that sample, one of them killed.

The agent and the gateways have the repository's configuration, with the changes that the layers ask for.
"""

import contextlib
import re
import time
from dataclasses import dataclass

import build
from check_collector import ACCEPTED, SENT, SPANS_EACH, decided, judge, requests
from check_faults import Load
from jaeger_api import by_trace
from process import Collector, metric, until
from sender import demo, environment, service_name

PROCESSORS, EXPORTERS = "service::pipelines::traces::processors", "service::pipelines::traces::exporters"
BALANCING = "exporters::load_balancing"
BY_TRACE = "{routing_key: traceID}"
# A gateway that is away is asked again soon, and for longer than it is away.
AGAIN = "{enabled: true, initial_interval: 500ms, max_interval: 1s, max_elapsed_time: 60s}"
# Everything is kept, after a shorter wait, so that what is lost can be counted in Jaeger.
ALL_KEPT = ("processors::tail_sampling::policies: [{name: every, type: always_sample}]",
            "processors::tail_sampling::decision_wait: 3s")
NEW_TRACES = "otelcol_processor_tail_sampling_new_trace_id_received"
TOO_EARLY = "otelcol_processor_tail_sampling_sampling_trace_dropped_too_early"
UP_SECONDS, DOWN_SECONDS, REST = 8, 6, 0.01
# Longer than the longest pause between two tries of the agent, and than what a gateway and Jaeger wait for.
SETTLED_SECONDS = 4


@dataclass
class Layers:
    """The agent and its gateways, running."""

    agent: Collector
    gateways: list

    def each(self, name):
        """A counter of each gateway."""
        return [metric(gateway.metrics, name) for gateway in self.gateways]


@contextlib.contextmanager
def layers(backends, routing=BY_TRACE, again=AGAIN, gateway_changes=()):
    """An agent in front of two gateways, all healthy."""
    program = build.balancing()
    with contextlib.ExitStack() as stack:
        gateways = []
        for number in (1, 2):
            changes = (f"{PROCESSORS}: [memory_limiter, tail_sampling]", *gateway_changes)
            gateways.append(stack.enter_context(backends.collector(f"gateway-{number}", *changes)))
        hosts = ", ".join(gateway.grpc.removeprefix("http://") for gateway in gateways)
        agent = Collector(program, backends.folder / service_name("agent"), backends.jaeger_grpc, (
            f"{PROCESSORS}: [memory_limiter, redaction]",
            f"{EXPORTERS}: [load_balancing]",
            f"{BALANCING}: {routing}",
            f"{BALANCING}::resolver::static::hostnames: [{hosts}]",
            f"{BALANCING}::protocol::otlp: {{tls: {{insecure: true}}, retry_on_failure: {again}}}",
        ))
        yield Layers(stack.enter_context(agent), gateways)


def whole(backends, programs, routing=BY_TRACE):
    """With the repository's policies: no trace is in both gateways, both have some, and what is kept is whole."""
    service = service_name("gateways")
    with layers(backends, routing) as running_layers:
        with demo(programs.demo, environment(service, running_layers.agent.grpc)) as running:
            failed, passed, slow = requests(running)
            account = running.settled()
        number, total = len(failed) + len(passed) + 1, account["started"]
        assert account["exported"] == total == SPANS_EACH * number, account
        until(lambda: sum(running_layers.each(ACCEPTED)) >= total, f"the gateways did not get all of the {total} spans")
        taken, traces = running_layers.each(ACCEPTED), running_layers.each(NEW_TRACES)
        assert (sum(taken), sum(traces)) == (total, number), f"gateways: {taken} of {total} spans, {traces} of {number} traces"
        assert min(traces) > 0 and sum(running_layers.each(TOO_EARLY)) == 0, traces
        assert taken == [SPANS_EACH * each for each in traces], f"parts of traces: {taken} spans, {traces} traces"
        found = decided(backends, service, failed | {slow})
        kept = judge(found, failed, passed, slow)
        held = sum(len(spans) for spans in found.values())
        until(lambda: sum(running_layers.each(SENT)) == held, f"the gateways did not send the {held} spans that Jaeger has")
    return (f"{number} traces of {total} spans, {traces[0]} whole in one gateway and {traces[1]} in the other; kept: all "
            f"{len(failed)} failing ones, the slow one, {kept} of {len(passed)} others, each whole")


def killed(backends, programs, again=AGAIN):
    """A gateway killed under load and started again: the service and the agent lose nothing, the gateway its memory."""
    service = service_name("gateway-killed")
    with layers(backends, again=again, gateway_changes=ALL_KEPT) as running_layers:
        agent, (_, other) = running_layers.agent, running_layers.gateways
        with demo(programs.demo, environment(service, agent.grpc)) as running:
            with Load(running, REST) as load:
                time.sleep(UP_SECONDS)
                assert min(running_layers.each(NEW_TRACES)) > 0, "a gateway without traces: its end would show nothing"
                other.kill()
                time.sleep(DOWN_SECONDS)
                other.start()
                time.sleep(UP_SECONDS)
            account = running.settled()
        total = account["started"]
        assert account["exported"] == total == SPANS_EACH * load.answers[200] and set(load.answers) == {200}, account
        survived = settled(lambda: sum(running_layers.each(ACCEPTED)))
        dropped = dropped_by(agent)
        assert not dropped, f"the agent dropped at least {dropped} of {total} spans"
        return judge_loss(backends, service, total, survived)


def dropped_by(agent):
    """What the agent dropped, at least: equal lines of its log are thinned out.

    No metric says it: the counter of sent spans counts what was put into a gateway's queue.
    """
    return sum(int(number) for number in re.findall(r'"dropped_items": (\d+)', agent.log.read_text()))


def judge_loss(backends, service, total, survived):
    """What the gateways that live have taken is in Jaeger; of what the killed one took before, a part is not."""
    backends.jaeger.until(service, survived)
    settled(lambda: len(backends.jaeger.spans(service)))
    spans = backends.jaeger.spans(service)
    held = len({(span.trace, span.id) for span in spans})
    sizes = [len(trace) for trace in by_trace(spans).values()]
    whole, absent = sizes.count(SPANS_EACH), total // SPANS_EACH - len(sizes)
    said = (f"of {total} spans {total - held} are lost, all of them of the {total - survived} that the killed gateway had taken: "
            f"{absent} traces, and parts of {len(sizes) - whole} of the {len(sizes)} that are there")
    assert survived <= held < total, f"{said}; {survived} were taken by gateways that live"
    return f"{said}; the gateway was away for {DOWN_SECONDS} s, the service and the agent lost none, every request was answered"


def settled(count):
    """A count, once it no longer changes."""
    before, now = -1, count()
    while before != now:
        time.sleep(SETTLED_SECONDS)
        before, now = now, count()
    return now
