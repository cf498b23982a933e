"""Jaeger with deploy/jaeger-badger.yaml: traces survive a restart, also one by force, and go with the folder."""

import contextlib
import os
import shutil
import subprocess

from jaeger_api import Jaeger
from process import ROOT, free_port, until_it_answers
from sender import environment, service_name, traces

CONFIG = ROOT / "deploy" / "jaeger-badger.yaml"
SPANS = 200


class Kept:
    """Jaeger on ports of its own, with its data in a folder that outlives it."""

    def __init__(self, program, folder):
        self.program, self.folder, self.log = program, folder / "kept", folder / "kept.log"
        self.folder.mkdir()
        grpc, http, self.health, query = [free_port() for _ in range(4)]
        self.endpoint, self.api = f"http://127.0.0.1:{grpc}", Jaeger(f"http://127.0.0.1:{query}")
        changes = {
            "receivers::otlp::protocols::grpc": grpc, "receivers::otlp::protocols::http": http,
            "extensions::jaeger_query::http": query, "extensions::jaeger_query::grpc": free_port(),
            "extensions::healthcheckv2::http": self.health,
        }
        self.changes = [f"--config=yaml:{place}::endpoint: 127.0.0.1:{port}" for place, port in changes.items()]
        self.changes.append("--config=yaml:service::telemetry::metrics::level: none")

    @contextlib.contextmanager
    def running(self, end="terminate"):
        settings = os.environ | {"JAEGER_DATA": str(self.folder)}
        with self.log.open("a") as out:
            process = subprocess.Popen([self.program, f"--config={CONFIG}", *self.changes], env=settings, stdout=out, stderr=out)
        try:
            until_it_answers(f"http://127.0.0.1:{self.health}/status", "Jaeger", lambda: process.poll() is None)
            yield self.api
        finally:
            getattr(process, end)()
            process.wait(timeout=30)


def kept(backends, programs):
    jaeger, service = Kept(backends.jaeger_program, backends.folder), service_name("kept")
    with jaeger.running() as api:
        account = traces(programs.traces, environment(service, jaeger.endpoint), "wide", str(SPANS))
        assert account["exported"] == SPANS, account
        before = {span.id for span in api.until(service, SPANS)}
    for end in ("kill", "terminate"):
        with jaeger.running(end) as api:
            after = {span.id for span in api.spans(service)}
            assert after == before and len(after) == SPANS, f"{len(after)} of {len(before)} spans after a restart"
    shutil.rmtree(jaeger.folder)
    jaeger.folder.mkdir()
    with jaeger.running() as api:
        assert not (left := api.spans(service)), f"{len(left)} spans are left without the folder"
    return f"{SPANS} spans, after a stop and after a kill; none without the folder"
