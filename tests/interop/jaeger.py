#!/usr/bin/env python3
"""Takes the tour with Jaeger's own pages in the same process, and asks them for a trace: the tree is as it was made.

Needs a demo that was built with `--features jaeger-ui`. Ends only what it started.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

TRACE = "0af7651916cd43dd8448eb211c80319c"
CHAIN = ["append_audit_line", "audit_result", "agentic_action", "process_action"]


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def main():
    address = f"127.0.0.1:{free_port()}"
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "TRACING_", "DEMO_"))}
    tour = subprocess.Popen([sys.argv[1], "tour", "--jaeger-ui", address], env=settings, stdout=subprocess.PIPE, text=True)
    try:
        for line in tour.stdout:
            if re.search(r"Ctrl-C", line):
                break
        else:
            sys.exit("the tour ended before it could be looked at")
        with urllib.request.urlopen(f"http://{address}/", timeout=30) as page:
            if b"Jaeger" not in page.read():
                sys.exit("that is not Jaeger's page")
        with urllib.request.urlopen(f"http://{address}/api/traces/{TRACE}", timeout=30) as answer:
            trace = json.load(answer)["data"][0]
    finally:
        tour.terminate()
        tour.wait(timeout=30)
    spans = {span["spanID"]: span for span in trace["spans"]}
    span = next(span for span in spans.values() if span["operationName"] == CHAIN[0])
    chain = [span["operationName"]]
    while (parent := span["references"][0]["spanID"] if span["references"] else None) in spans:
        span = spans[parent]
        chain.append(span["operationName"])
    if len(spans) != 18 or chain != CHAIN:
        sys.exit(f"{len(spans)} spans, {' < '.join(chain)}")
    print(f"Jaeger's pages have {len(spans)} spans of the trace: {' < '.join(chain)}")


if __name__ == "__main__":
    main()
