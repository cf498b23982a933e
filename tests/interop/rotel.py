#!/usr/bin/env python3
"""Sends the tour's traces to rotel, an OTLP collector that this project did not write, and checks what it says it got.

Needs python3 with venv; installs rotel (pinned) into target/interop on first use. Ends only what it started.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "target" / "interop"
ROTEL = "rotel==0.0.1a15"
TRACE = "0af7651916cd43dd8448eb211c80319c"

# Each span of the tour's first request with its parent; the root's parent is the caller's span.
EXPECTED = {
    ("process_action", "b7ad6b7169203331"),
    ("gate_evaluation", "process_action"),
    ("gate_caller", "gate_evaluation"),
    ("gate_time_window", "gate_evaluation"),
    ("gate_action", "gate_evaluation"),
    ("gate_context", "gate_evaluation"),
    ("gate_payload", "gate_evaluation"),
    ("gate_rate_limit", "gate_evaluation"),
    ("agentic_action", "process_action"),
    ("route_action", "agentic_action"),
    ("compute_digests", "agentic_action"),
    ("validate_action", "agentic_action"),
    ("resolve_executor", "agentic_action"),
    ("enforce_limits", "agentic_action"),
    ("execute_action", "agentic_action"),
    ("test_executor_v1", "execute_action"),
    ("audit_result", "agentic_action"),
    ("append_audit_line", "audit_result"),
}


def install():
    python = HOME / "venv" / "bin" / "python3"
    found = list((HOME / "venv").glob("lib/python3.*/site-packages/rotel/rotel-agent"))
    if not found:
        subprocess.run([sys.executable, "-m", "venv", HOME / "venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", ROTEL], check=True)
        found = list((HOME / "venv").glob("lib/python3.*/site-packages/rotel/rotel-agent"))
    return found[0]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for_port(port):
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    sys.exit("rotel does not listen")


def run_tour(tour, protocol, endpoint):
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "TRACING_"))}
    settings |= {"OTEL_EXPORTER_OTLP_PROTOCOL": protocol, "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint}
    done = subprocess.run([tour, "tour"], env=settings, capture_output=True, text=True, timeout=120)
    if done.returncode != 0:
        sys.exit(f"the tour failed over {protocol}:\n{done.stdout}\n{done.stderr}")
    return int(re.search(r"started (\d+) = exported", done.stdout)[1])


def parse(log):
    """The spans in rotel's detailed debug log."""
    spans = []
    for block in re.split(r"^Span #\d+$", log, flags=re.M)[1:]:
        field = lambda name: (re.search(rf"^\s+{name}\s*: ?(.*)$", block, flags=re.M) or ["", ""])[1].strip()
        attributes = dict(re.findall(r"^\s+-> ([\w.]+): (\w+\(.*\))$", block.split("ResourceSpans")[0], flags=re.M))
        spans.append({
            "trace": field("Trace ID"), "id": field("ID"), "parent": field("Parent ID"), "name": field("Name"),
            "kind": field("Kind"), "status": field("Status code"), "message": field("Status message"),
            "attributes": attributes,
        })
    return spans


def check(condition, message):
    if not condition:
        sys.exit(f"rotel: {message}")


def check_spans(log, started):
    spans = parse(log)
    check(len(spans) == started, f"{started} spans were sent and {len(spans)} arrived")
    check("-> service.name: Str(techno-os-backend)" in log, "no service.name")
    trace = [span for span in spans if span["trace"] == TRACE]
    names = {span["id"]: span["name"] for span in trace}
    seen = {(span["name"], names.get(span["parent"], span["parent"])) for span in trace}
    check(seen == EXPECTED, f"another tree: {sorted(seen ^ EXPECTED)}")
    root = next(span for span in trace if span["name"] == "process_action")
    check(root["kind"] == "SPAN_KIND_SERVER", f"the root's kind is {root['kind']}")
    check(root["attributes"].get("action") == "Str(summarize_text)", f"the root has {root['attributes']}")
    check(root["attributes"].get("trace_id") == f"Str({TRACE})", f"the root has {root['attributes']}")
    pipeline = next(span for span in trace if span["name"] == "agentic_action")
    check(pipeline["attributes"].get("executor_version") == "Int(1)", f"the pipeline has {pipeline['attributes']}")
    check(all(span["status"] == "STATUS_CODE_UNSET" for span in trace), "an error in the allowed request")
    failed = [span for span in spans if span["name"] == "failing_executor_v1"]
    check(failed and failed[0]["status"] == "STATUS_CODE_ERROR", "the failing executor has no error status")
    check(all(span["message"] == "" for span in spans), "a status message has left")
    for secret in ("maria.souza", "529.982.247-25", "4111 1111", "eyJhbGci"):
        check(secret not in log, f"{secret} has left")


def main():
    tour = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT / "target" / "release" / "demo-backend"
    agent = install()
    for protocol in ("grpc", "http/protobuf"):
        grpc, http = free_port(), free_port()
        log = HOME / f"rotel-{protocol.replace('/', '-')}.log"
        with log.open("w") as out:
            rotel = subprocess.Popen(
                [agent, "start", "--otlp-grpc-endpoint", f"127.0.0.1:{grpc}", "--otlp-http-endpoint",
                 f"127.0.0.1:{http}", "--exporter", "blackhole", "--debug-log", "traces",
                 "--debug-log-verbosity", "detailed"],
                stdout=out, stderr=subprocess.STDOUT)
        try:
            port = grpc if protocol == "grpc" else http
            wait_for_port(port)
            started = run_tour(tour, protocol, f"http://127.0.0.1:{port}")
        finally:
            time.sleep(0.5)
            rotel.send_signal(signal.SIGTERM)
            try:
                rotel.wait(timeout=10)
            except subprocess.TimeoutExpired:
                rotel.kill()
        check_spans(log.read_text(), started)
        print(f"rotel over {protocol}: {started} spans, all there, the tree as it was made")


if __name__ == "__main__":
    main()
