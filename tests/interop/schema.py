#!/usr/bin/env python3
"""Sends the demo what its own OpenAPI description allows and forbids, with schemathesis, which this project did not write.

Needs python3 with venv; installs schemathesis (pinned) into target/interop on first use. Ends only what it started.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "target" / "interop" / "schema"
SCHEMATHESIS = "schemathesis==4.32.5"
KEY, ADMIN_KEY = "schema-key", "schema-admin"


def install():
    program = HOME / "venv" / "bin" / "schemathesis"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", HOME / "venv"], check=True)
        subprocess.run([HOME / "venv" / "bin" / "python3", "-m", "pip", "install", "--quiet", SCHEMATHESIS], check=True)
    return program


def start(demo, folder):
    settings = {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "TRACING_", "DEMO_"))}
    settings |= {"TRACING_ENABLED": "1", "OTEL_TRACES_EXPORTER": "none", "RUST_LOG": "warn,demo_backend=info"}
    command = [demo, "--listen", "127.0.0.1:0", "--api-key", KEY, "--admin-key", ADMIN_KEY]
    service = subprocess.Popen(
        [*command, "--audit-log", folder / "audit.jsonl"], env=settings, stderr=subprocess.PIPE, text=True
    )
    for line in service.stderr:
        if found := re.search(r"listening on (\S+)", line):
            return service, found[1]
    sys.exit("the demo does not listen")


def main():
    demo, schemathesis = Path(sys.argv[1]).resolve(), install()
    with tempfile.TemporaryDirectory() as folder:
        service, url = start(demo, Path(folder))
        try:
            done = subprocess.run(
                [
                    schemathesis, "run", f"{url}/openapi.json",
                    "--header", f"X-API-KEY: {KEY}", "--header", f"X-ADMIN-KEY: {ADMIN_KEY}",
                    "--phases", "coverage,fuzzing", "--max-examples", "200",
                    # An action that the service does not know is denied although the description allows any text.
                    "--exclude-checks", "positive_data_acceptance", "--continue-on-failure",
                    # The same requests each time; another number makes others.
                    "--seed", os.environ.get("SCHEMA_SEED", "1"),
                ],
                cwd=folder, capture_output=True, text=True, timeout=300,
            )
            if done.returncode != 0 or service.poll() is not None:
                sys.exit(f"the demo and its description differ:\n{done.stdout}\n{done.stderr}")
        finally:
            service.terminate()
            service.wait(timeout=30)
    print(re.search(r"\d+ generated, \d+ passed[^\n]*", done.stdout)[0])


if __name__ == "__main__":
    main()
