"""One trace through another SDK of OpenTelemetry, which calls the demo and is called by it: one tree in Jaeger."""

import contextlib
import json
import subprocess
import sys
from collections import Counter

from build import HERE
from jaeger_api import by_trace, tree
from process import ROOT
from rotel import EXPECTED
from sender import KEY, SUMMARIZE, body, demo, environment, service_name

VENV = ROOT / "target" / "interop" / "sdk-venv"
SDK = ("opentelemetry-sdk==1.45.2", "opentelemetry-exporter-otlp-proto-grpc==1.45.2")
PROGRAM = HERE / "sdk_python.py"


def python():
    """A Python that has the SDK."""
    found = VENV / "bin" / "python3"
    if not (VENV / "installed").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        subprocess.run([found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *SDK], check=True)
        (VENV / "installed").touch()
    return found


def caller(backends, programs, **more):
    """The SDK begins the trace and decides that it is recorded; all spans of the demo are below its span."""
    service, ours = service_name("sdk-caller"), service_name("sdk-called")
    # Alone the demo would record nothing: that it does is the caller's decision.
    settings = environment(ours, backends.jaeger_grpc) | {"OTEL_SAMPLING_RATE": "0"} | more
    with demo(programs.demo, settings) as running:
        url = f"http://127.0.0.1:{running.port}"
        command = [python(), PROGRAM, "caller", service, backends.jaeger_grpc, url, SUMMARIZE, KEY]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        status, trace = json.loads(done.stdout)
        account = running.settled()
    assert status == 200 and account["exported"] == len(EXPECTED), (status, account)
    spans = backends.jaeger.until(ours, len(EXPECTED) + 1)
    wanted = Counter({(name, parent if name != "process_action" else "sdk_call"): 1 for name, parent in EXPECTED})
    assert tree(spans) == wanted + Counter({("sdk_call", "-"): 1}), tree(spans)
    assert by_trace(spans).keys() == {trace}, by_trace(spans).keys()
    return f"one tree of {len(spans)} spans"


@contextlib.contextmanager
def sdk_service(backends, service):
    command = [python(), PROGRAM, "called", service, backends.jaeger_grpc]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        process.wait(timeout=30)


def called(backends, programs):
    """The demo begins the trace; the SDK's span is below the demo's client span. It records nothing where the demo does not."""
    service, ours, silent = service_name("sdk-called"), service_name("sdk-caller"), service_name("sdk-silent")
    forward = body("forward", {"action": "summarize_text", "payload": {"text": "hello there"}})
    with sdk_service(backends, service) as url:
        for name, rate in ((silent, "0"), (ours, "1")):
            settings = environment(name, backends.jaeger_grpc) | {"OTEL_SAMPLING_RATE": rate, "DEMO_REMOTE_URL": url}
            with demo(programs.demo, settings) as running:
                status, trace = running.ask(forward)
                account = running.settled()
            assert status == 200, status
    spans = backends.jaeger.until(ours, account["exported"] + 1)
    assert tree(spans)["sdk_answer", "remote_call"] == 1 and len(spans) == account["exported"] + 1, tree(spans)
    assert by_trace(spans).keys() == by_trace(backends.jaeger.spans(service)).keys() == {trace}, by_trace(spans).keys()
    return f"one tree of {len(spans)} spans, and none where the demo does not record"
