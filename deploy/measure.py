#!/usr/bin/env python3
"""What a span of the demo weighs and costs: bytes of OTLP over HTTP, and CPU time of the whole process, per span.

    cargo build --release -p demo-backend
    python3 deploy/measure.py

Needs Linux and nothing but Python's standard library. Processes of the same binary take turns with tracing off, on, and on
with gzip; medians of the rounds are printed. Bytes are the bodies of the export requests, without HTTP's or TCP's own. CPU
time is that of all threads from the first request to the last export; per span, less that of the round with tracing off.
"""

import argparse
import http.client
import http.server
import json
import os
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BODY = '{"action":"summarize_text","context_id":"ctx-production","payload":{"text":"a few words"}}'
HEADERS = {"x-api-key": "measure", "content-type": "application/json"}
SCOPES = {f"OBSERVED_{scope}_ENABLED": "1" for scope in ("GATES", "PIPELINE", "EXECUTORS")}
QUIET = {"RUST_LOG": "warn,demo_backend=info"}  # nobody reads the access log here, and a full pipe would stop the demo
ON = {**QUIET, "TRACING_ENABLED": "1", "OTEL_SAMPLING_RATE": "1", **SCOPES}
MODES = {
    "off": QUIET,
    "on": ON,
    "on, gzip": {**ON, "OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"},
}


class Receiver(http.server.BaseHTTPRequestHandler):
    """Takes every export and counts the bytes of its body."""

    protocol_version = "HTTP/1.1"
    received = 0

    def do_POST(self):
        Receiver.received += len(self.rfile.read(int(self.headers["content-length"])))
        self.send_response(200)
        self.send_header("content-type", "application/x-protobuf")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


def cpu(pid):
    """Nanoseconds that the threads of a process have used so far."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks)


def ask(connection, method, path, body=None, headers=None):
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    text = answer.read()
    assert answer.status == 200, (path, answer.status, text)
    return text


def spans(connection):
    return json.loads(ask(connection, "GET", "/admin/tracing", headers={"x-admin-key": "operator"}))["spans"]


def run(binary, requests, endpoint, settings):
    """Requests one after the other; spans exported, bytes received, nanoseconds of CPU time."""
    foreign = ("OTEL_", "OBSERVED_", "TRACING_", "DEMO_")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    ours = {
        "OTEL_EXPORTER_OTLP_PROTOCOL": "http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }
    with tempfile.TemporaryDirectory() as folder:
        command = [binary, "--listen", "127.0.0.1:0", "--api-key", "measure", "--admin-key", "operator"]
        command += ["--audit-log", f"{folder}/audit.jsonl"]
        demo = subprocess.Popen(
            command, env=inherited | ours | settings, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        try:
            address = next(line.split("http://")[1].strip() for line in demo.stdout if "listening on http://" in line)
            connection = http.client.HTTPConnection(address)
            # The first ones fill caches and pools; they are not counted.
            for _ in range(200):
                ask(connection, "POST", "/process", BODY, HEADERS)
            time.sleep(0.5)
            before, exported, received = cpu(demo.pid), spans(connection)["exported"], Receiver.received
            for _ in range(requests):
                ask(connection, "POST", "/process", BODY, HEADERS)
            time.sleep(0.5)
            after = spans(connection)
            assert after["exported"] == after["started"], f"not everything was exported: {after}"
            return after["exported"] - exported, Receiver.received - received, cpu(demo.pid) - before
        finally:
            demo.terminate()
            demo.wait()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", default=ROOT / "target" / "release" / "demo-backend")
    parser.add_argument("--requests", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    results = {mode: [] for mode in MODES}
    for _ in range(arguments.rounds):
        for mode, settings in MODES.items():
            results[mode].append(run(arguments.binary, arguments.requests, endpoint, settings))
    off = [nanoseconds for _, _, nanoseconds in results["off"]]
    print("| `/process` | spans per request | bytes per span | CPU µs per request | CPU µs per span |")
    print("| --- | --: | --: | --: | --: |")
    for mode, rounds in results.items():
        made, received, nanoseconds = (statistics.median(column) for column in zip(*rounds))
        row = [f"{made / arguments.requests:.0f}", "", f"{nanoseconds / arguments.requests / 1e3:.0f}", ""]
        if made:
            per_span = statistics.median((on - base) / made for (_, _, on), base in zip(rounds, off))
            row[1], row[3] = f"{received / made:.0f}", f"{per_span / 1e3:.1f}"
        print(f"| {mode} | " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
