"""What sends spans to the backends: the demo as a service, and the example `traces`, each under a service name of its own."""

import contextlib
import http.client
import json
import os
import re
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

KEY = "interop"
ADMIN_KEY = "interop-admin"
SCOPES = ("GATES", "PIPELINE", "EXECUTORS")
FOREIGN = ("OTEL_", "OBSERVED_", "TRACING_", "DEMO_", "LLM_")


def service_name(check):
    """A name that no other run has: the ports are the usual ones, and other programs of this machine may send there too."""
    return f"{check}-{uuid.uuid4().hex[:8]}"


def environment(service, endpoint, protocol="grpc", **more):
    """This process's environment, without what is set of tracing, and with everything recorded."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    return inherited | {
        "RUST_LOG": "warn,demo_backend=info",
        "TRACING_ENABLED": "1", "OTEL_SAMPLING_RATE": "1", "OTEL_SERVICE_NAME": service,
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_EXPORTER_OTLP_PROTOCOL": protocol, "OTEL_BSP_SCHEDULE_DELAY": "200",
        **{f"OBSERVED_{scope}_ENABLED": "1" for scope in SCOPES}, **more,
    }


def body(action, payload):
    return json.dumps({"action": action, "context_id": "ctx-production", "payload": payload})


SUMMARIZE = body("summarize_text", {"text": "hello there"})
FAIL = body("always_fail", {})


class Demo:
    """The demo, serving. Requests of one thread each go through `connection()`."""

    def __init__(self, process, port):
        self.process, self.port = process, port

    def connection(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, text, connection=None, **headers):
        """The status and the trace id of one request."""
        connection = connection or self.connection()
        connection.request("POST", "/process", text, {"X-API-KEY": KEY, "content-type": "application/json", **headers})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())["trace_id"]

    def account(self):
        connection = self.connection()
        connection.request("GET", "/admin/tracing", headers={"X-ADMIN-KEY": ADMIN_KEY})
        return json.loads(connection.getresponse().read())["spans"]

    def settled(self, seconds=60):
        """The account, once every span has ended and left, or was given up."""
        deadline = time.monotonic() + seconds
        while (account := self.account())["open"] + account["pending"] > 0:
            if time.monotonic() > deadline:
                raise AssertionError(f"spans are still under way after {seconds} s: {account}")
            time.sleep(0.1)
        lost = sum(account["dropped"].values())
        assert account["started"] == account["exported"] + lost, f"the account does not add up: {account}"
        return account


@contextlib.contextmanager
def demo(binary, settings):
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        command = [binary, "--listen", "127.0.0.1:0", "--api-key", KEY, "--admin-key", ADMIN_KEY]
        command += ["--audit-log", f"{folder}/audit.jsonl"]
        with log.open("w") as out:
            process = subprocess.Popen(command, env=settings, stdout=out, stderr=subprocess.STDOUT)
        try:
            yield Demo(process, port_of(log, process))
        finally:
            process.terminate()
            process.wait(timeout=30)


def port_of(log, process):
    for _ in range(200):
        found = re.search(r"listening on http://127\.0\.0\.1:(\d+)", log.read_text())
        if found:
            return int(found[1])
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise AssertionError(f"the demo did not start:\n{log.read_text()}")


def traces(program, settings, *arguments):
    """Runs the example `traces` and gives the account that it prints."""
    done = subprocess.run([program, *arguments], env=settings, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"traces {arguments} failed:\n{done.stdout}\n{done.stderr}"
    return json.loads(done.stdout)["spans"]
