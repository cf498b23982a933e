#!/usr/bin/env python3
"""Lets Prometheus judge what the demo serves at /metrics, the alert rules and the dashboard, and scrape two demos.

One demo is healthy, the other's collector is not there: its alerts wait or fire, and none of the first one's. Needs Debian's
package `prometheus`, for `promtool` and the server. Ends only what it started.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy" / "prometheus"
KEY, ADMIN_KEY = "metrics-key", "metrics-admin"
PATIENCE = 30
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# The one metric that is not there: no budget is set.
UNSET = "observed_budget_admitted_ratio"
# What a collector that is not there sets off; the second once exports have kept failing.
OF_A_DEAD_COLLECTOR = {"ObservedExportFailing", "ObservedExportPaused"}


def fail(message):
    sys.exit(f"prometheus: {message}")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def promtool(*arguments, **more):
    done = subprocess.run(["promtool", *arguments], capture_output=True, text=True, timeout=60, **more)
    if done.returncode != 0 or done.stderr.strip():
        fail(f"promtool {' '.join(map(str, arguments))}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Demo:
    """A demo with an admin key, all spans recorded."""

    def __init__(self, program, folder, name, settings):
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("OTEL_", "TRACING_", "OBSERVED_", "DEMO_"))}
        clean |= {"TRACING_ENABLED": "1", "OTEL_SAMPLING_RATE": "1", "OTEL_BSP_SCHEDULE_DELAY": "100"}
        self.process = subprocess.Popen(
            [program, "--listen", "127.0.0.1:0", "--api-key", KEY, "--admin-key", ADMIN_KEY,
             "--audit-log", folder / f"{name}.jsonl"],
            env=clean | settings, stderr=(folder / f"{name}.log").open("w"), text=True)
        self.address = self.listens(folder / f"{name}.log")

    def listens(self, log):
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if found := re.search(r"listening on http://(\S+)", log.read_text()):
                return found[1]
            time.sleep(0.05)
        fail(f"the demo does not listen:\n{log.read_text()}")

    def get(self, path, headers):
        request = urllib.request.Request(f"http://{self.address}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.headers["content-type"], answer.read().decode()

    def work(self):
        body = {"action": "summarize_text", "context_id": "ctx-production", "payload": {"text": "hello there"}}
        headers = {"X-API-KEY": KEY, "content-type": "application/json"}
        request = urllib.request.Request(f"http://{self.address}/process", json.dumps(body).encode(), headers)
        urllib.request.urlopen(request, timeout=10).read()


class Prometheus:
    """A server that scrapes the demos and evaluates the rules, both twice a second."""

    def __init__(self, folder, demos):
        self.url = f"http://127.0.0.1:{free_port()}"
        (folder / "alerts.yml").write_text((DEPLOY / "alerts.yml").read_text())
        targets = [demo.address for demo in demos]
        # JSON is YAML.
        config = {
            "global": {"scrape_interval": "500ms", "scrape_timeout": "500ms", "evaluation_interval": "500ms"},
            "rule_files": ["alerts.yml"],
            "scrape_configs": [{
                "job_name": "demo", "authorization": {"credentials": ADMIN_KEY}, "static_configs": [{"targets": targets}],
            }],
        }
        (folder / "prometheus.yml").write_text(json.dumps(config))
        self.process = subprocess.Popen(
            ["prometheus", "--config.file", folder / "prometheus.yml", "--storage.tsdb.path", folder / "data",
             "--web.listen-address", self.url.removeprefix("http://")],
            stdout=subprocess.DEVNULL, stderr=(folder / "prometheus.log").open("w"))

    def api(self, path, **parameters):
        query = urllib.parse.urlencode(parameters)
        with urllib.request.urlopen(f"{self.url}/api/v1/{path}?{query}", timeout=10) as answer:
            return json.load(answer)["data"]

    def query(self, expression):
        return self.api("query", query=expression)["result"]

    def scrapes(self):
        try:
            return [target["health"] for target in self.api("targets", state="active")["activeTargets"]]
        except (urllib.error.URLError, ConnectionError):
            return []

    def alerts(self, demo):
        """The alerts of a demo, those that wait for their time too."""
        alerts = self.api("alerts")["alerts"]
        return {alert["labels"]["alertname"] for alert in alerts if alert["labels"]["instance"] == demo.address}


def wait_for(wanted, seen, meanwhile=lambda: None):
    deadline = time.monotonic() + PATIENCE
    while (last := seen()) != wanted:
        if time.monotonic() > deadline:
            fail(f"waited for {wanted} and saw {last}")
        meanwhile()
        time.sleep(0.25)


def check_served(demo):
    for headers in ({}, {"Authorization": f"Bearer {KEY}"}):
        try:
            demo.get("/metrics", headers)
            fail("/metrics answers without the admin key")
        except urllib.error.HTTPError as error:
            if error.code != 401:
                fail(f"/metrics answers {error.code} without the admin key")
    content_type, text = demo.get("/metrics", {"X-ADMIN-KEY": ADMIN_KEY})
    if content_type != CONTENT_TYPE:
        fail(f"the content type is {content_type}")
    promtool("check", "metrics", input=text)
    return sum(not line.startswith("#") for line in text.splitlines())


def check_dashboard(prometheus):
    panels = json.loads((DEPLOY / "dashboard.json").read_text())["panels"]
    targets = [target["expr"] for panel in panels for target in panel.get("targets", [])]
    for expression in targets:
        for variable, value in (("$job", ".+"), ("$instance", ".+"), ("$__rate_interval", "1m")):
            expression = expression.replace(variable, value)
        if not prometheus.query(expression) and UNSET not in expression:
            fail(f"the dashboard asks for what is not there: {expression}")
    return len(targets)


def check_scraped(prometheus, healthy, dead):
    wait_for(["up", "up"], prometheus.scrapes)
    wait_for(OF_A_DEAD_COLLECTOR, lambda: prometheus.alerts(dead), lambda: (healthy.work(), dead.work()))
    if alerts := prometheus.alerts(healthy):
        fail(f"the healthy demo has {alerts}")
    started = json.loads(healthy.get("/health", {})[1])["spans"]["started"]
    counter = f'otel_sdk_span_started_total{{instance="{healthy.address}"}}'
    wait_for([str(started)], lambda: [sample["value"][1] for sample in prometheus.query(counter)])


def main():
    program = Path(sys.argv[1]).resolve()
    promtool("check", "rules", DEPLOY / "alerts.yml")
    promtool("test", "rules", DEPLOY / "alerts_test.yml", cwd=DEPLOY)
    rules = (DEPLOY / "alerts.yml").read_text().count("- alert:")
    running = []
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        try:
            healthy = Demo(program, folder, "healthy", {"OTEL_TRACES_EXPORTER": "none"})
            running.append(healthy.process)
            dead = Demo(program, folder, "dead", {
                "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{free_port()}", "OTEL_BSP_EXPORT_TIMEOUT": "200",
            })
            running.append(dead.process)
            healthy.work()
            series = check_served(healthy)
            prometheus = Prometheus(folder, [healthy, dead])
            running.append(prometheus.process)
            check_scraped(prometheus, healthy, dead)
            panels = check_dashboard(prometheus)
        finally:
            for process in reversed(running):
                process.terminate()
                process.wait(timeout=30)
    print(f"prometheus: {series} series served, {rules} rules tested, {panels} panels answered, and a dead collector's alerts seen")


if __name__ == "__main__":
    main()
