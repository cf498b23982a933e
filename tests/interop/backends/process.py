"""Jaeger and the Collector as processes of this machine, without containers: the fallback, and every changed Collector."""

import contextlib
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CONFIG = ROOT / "deploy" / "collector.yaml"
START_SECONDS = 60


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def answers(url):
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def until(condition, otherwise, is_alive=lambda: True):
    deadline = time.monotonic() + START_SECONDS
    while not condition():
        assert is_alive() and time.monotonic() < deadline, otherwise
        time.sleep(0.1)


def until_it_answers(url, who, is_alive=lambda: True):
    until(lambda: answers(url), f"{who} does not answer at {url}", is_alive)


def metric(url, name):
    """The sum of a counter over its labels; 0 where it was never counted. Names end in `_total` or not, by version."""
    with urllib.request.urlopen(url, timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    values = [line.rsplit(" ", 1)[1] for line in lines if line.split("{")[0].split(" ")[0] in (name, f"{name}_total")]
    return round(sum(float(value) for value in values))


class Collector:
    """A Collector with the repository's configuration, on ports of 127.0.0.1, and what `changes` say.

    The changes are what the Collector itself takes and merges: `a::b::c: value`. It may be killed and started again.
    """

    def __init__(self, program, log, jaeger_grpc, changes=(), ports=None):
        self.program, self.log, self.process = program, log, None
        grpc, http, health, metrics = ports or [free_port() for _ in range(4)]
        self.grpc, self.http = f"http://127.0.0.1:{grpc}", f"http://127.0.0.1:{http}"
        self.health, self.metrics = f"http://127.0.0.1:{health}/", f"http://127.0.0.1:{metrics}/metrics"
        reader = f"[{{pull: {{exporter: {{prometheus: {{host: 127.0.0.1, port: {metrics}}}}}}}}}]"
        self.changes = [
            f"receivers::otlp::protocols::grpc::endpoint: 127.0.0.1:{grpc}",
            f"receivers::otlp::protocols::http::endpoint: 127.0.0.1:{http}",
            f"extensions::health_check::endpoint: 127.0.0.1:{health}",
            f"service::telemetry::metrics::readers: {reader}",
            f"exporters::otlp_grpc/jaeger::endpoint: {jaeger_grpc.removeprefix('http://')}",
            *changes,
        ]

    def start(self):
        command = [self.program, f"--config={CONFIG}", *(f"--config=yaml:{change}" for change in self.changes)]
        with self.log.open("a") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
        alive = lambda: self.process.poll() is None
        until_it_answers(self.health, f"the Collector ({self.log.read_text()[-2000:]})", alive)

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


@contextlib.contextmanager
def jaeger(program, log):
    """Jaeger without a configuration: on localhost, with the ports that the compose file publishes."""
    with log.open("w") as out:
        process = subprocess.Popen([program], stdout=out, stderr=subprocess.STDOUT)
    try:
        until_it_answers("http://127.0.0.1:13133/status", "Jaeger", lambda: process.poll() is None)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)
