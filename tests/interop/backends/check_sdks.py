"""One trace through another SDK of OpenTelemetry, which calls the demo and is called by it: one tree in Jaeger."""

import contextlib
import json
import subprocess
from collections import Counter

import sdks
from jaeger_api import by_trace, tree
from rotel import EXPECTED
from sender import KEY, SUMMARIZE, body, demo, environment, service_name

FORWARD = body("forward", {"action": "summarize_text", "payload": {"text": "hello there"}})
# One in two, of which the random value is one, and a member of another vendor.
STATE = "ot=th:8;rv:c0000000000000,interop=begun"
# What the demo writes where it begins every trace.
EVERY = "ot=th:0"
# Both sides have flushed before Jaeger is asked.
SECONDS = 10


def states(spans):
    return {span.tags.get("w3c.tracestate") for span in spans}


def command(language, *arguments):
    return [*sdks.COMMANDS[language](), *arguments]


def caller(backends, programs, language="Python", **more):
    """The SDK begins the trace and decides that it is recorded; all spans of the demo are below its span, with its state."""
    service, ours = service_name("sdk-caller"), service_name("sdk-called")
    calls = command(language, "caller", service, backends.jaeger_grpc)
    # Alone the demo would record nothing: that it does is the caller's decision.
    settings = environment(ours, backends.jaeger_grpc) | {"OTEL_SAMPLING_RATE": "0"} | more
    with demo(programs.demo, settings) as running:
        calls += [f"http://127.0.0.1:{running.port}", SUMMARIZE, KEY, STATE]
        done = subprocess.run(calls, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        status, trace = json.loads(done.stdout)
        account = running.settled()
    assert status == 200 and account["exported"] == len(EXPECTED), f"{status}, {account['exported']} spans were recorded"
    spans = backends.jaeger.until(ours, len(EXPECTED) + 1, SECONDS)
    found = set(by_trace(spans))
    assert found == {trace}, f"the SDK began the trace {trace}, the demo's spans are in {found}"
    wanted = Counter({(name, parent if name != "process_action" else "sdk_call"): 1 for name, parent in EXPECTED})
    assert tree(spans) == wanted + Counter({("sdk_call", "-"): 1}), tree(spans)
    assert states(spans) == {STATE}, f"states: {states(spans)}, and not {STATE}"
    return f"one tree of {len(spans)} spans, each with the tracestate {STATE}"


@contextlib.contextmanager
def sdk_service(backends, service, language):
    calls = command(language, "called", service, backends.jaeger_grpc)
    process = subprocess.Popen(calls, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        port = process.stdout.readline().strip()
        assert port.isdigit(), f"the {language} SDK's program did not start: {port}"
        yield f"http://127.0.0.1:{port}"
    finally:
        process.stdin.close()
        process.wait(timeout=30)


def called(backends, programs, language="Python", **more):
    """The demo begins the trace; the SDK's span is below the demo's client span. It records nothing where the demo does not."""
    service, ours, silent = service_name("sdk-called"), service_name("sdk-caller"), service_name("sdk-silent")
    with sdk_service(backends, service, language) as url:
        for name, rate in ((silent, "0"), (ours, "1")):
            settings = environment(name, backends.jaeger_grpc) | {"OTEL_SAMPLING_RATE": rate, "DEMO_REMOTE_URL": url} | more
            with demo(programs.demo, settings) as running:
                status, trace = running.ask(FORWARD)
                account = running.settled()
            assert status == 200, status
    spans = backends.jaeger.until(ours, account["exported"] + 1, SECONDS)
    below = tree(spans)["sdk_answer", "remote_call"]
    assert below == 1 and len(spans) == account["exported"] + 1, f"{len(spans)} spans, {below} of the SDK's below the demo's"
    found, told = set(by_trace(spans)), set(by_trace(backends.jaeger.spans(service)))
    assert found == told == {trace}, f"the demo began the trace {trace}, the spans are in {found}, the SDK's in {told}"
    assert states(spans) == {EVERY}, f"states: {states(spans)}, and not {EVERY}"
    return f"one tree of {len(spans)} spans, each with the tracestate {EVERY}, and none where the demo does not record"
