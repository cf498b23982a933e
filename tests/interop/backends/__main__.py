#!/usr/bin/env python3
"""The real Jaeger and the real OpenTelemetry Collector, built from their modules, with the repository's own files.

    python3 tests/interop/backends target/release/demo-backend target/debug/examples/traces [--long] [--only NAME]

Without Go it says NOT RUN and succeeds. `--long` adds what CI has no time for. Ends only what it started.
"""

import argparse
import functools
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import backends as running_backends
import build
import check_collector
import check_faults
import check_gateways
import check_kept
import check_mutants
import check_sdks
import check_straight
import check_tls
import sdks
from process import CONFIG
from unavailable import Unavailable


@dataclass
class Programs:
    """What sends."""

    demo: Path
    traces: Path


def validate(collector):
    """The Collector's own opinion of the file, and no word of anything that is deprecated."""
    done = subprocess.run([collector, "validate", f"--config={CONFIG}"], capture_output=True, text=True)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "deprecated" not in said.lower(), f"validate: {said}"


def quiet(backends):
    """The log of the repository's Collector is at `warn`, and empty after everything that went through it."""
    log = backends.collector_log()
    assert not log.strip(), f"the Collector warned:\n{log[-3000:]}"
    return "empty, at `warn`"


def checks(backends, programs):
    """Everything, by name, in the order of the running; the flag says whether only the long form has it."""
    straight, collector, faults = check_straight, check_collector, check_faults
    return {
        "straight, grpc": (False, lambda: straight.demo_straight(backends, programs, "grpc", backends.jaeger_grpc)),
        "straight, http": (False, lambda: straight.demo_straight(backends, programs, "http/protobuf", backends.jaeger_http)),
        "types": (False, lambda: straight.types(backends, programs)),
        "wide": (False, lambda: straight.wide(backends, programs)),
        "deep": (False, lambda: straight.deep(backends, programs)),
        "redaction": (False, lambda: collector.redaction(backends, programs)),
        "tail sampling": (False, lambda: collector.tail_sampling(backends, programs)),
        "tail sampling, http": (True, lambda: collector.tail_sampling(backends, programs, "http/protobuf")),
        "the Collector's log": (False, lambda: quiet(backends)),
        "memory limiter": (False, lambda: faults.memory_limiter(backends, programs)),
        "TLS": (False, lambda: check_tls.tls(backends, programs)),
        "killed": (False, lambda: faults.killed(backends, programs)),
        "kept on the disk": (False, lambda: check_kept.kept(backends, programs)),
        "killed five times": (True, lambda: faults.killed(backends, programs, times=5, rest=faults.BUSY)),
        **sdk_checks(backends, programs),
        "two gateways": (True, lambda: check_gateways.whole(backends, programs)),
        "a gateway killed": (True, lambda: check_gateways.killed(backends, programs)),
        "mutants": (True, lambda: check_mutants.mutants(backends, programs)),
    }


def sdk_checks(backends, programs):
    """Each SDK as the caller and as the one that is called."""
    forms = {"calls": check_sdks.caller, "is called": check_sdks.called}
    return {
        f"the {language} SDK {form}": (True, functools.partial(check, backends, programs, language))
        for language in sdks.COMMANDS for form, check in forms.items()
    }


def run(arguments, programs, built):
    validate(built[1])
    print(f"the Collector {build.COLLECTOR_VERSION} accepts deploy/collector.yaml")
    with tempfile.TemporaryDirectory() as folder:
        begin = time.monotonic()
        with running_backends.running(*built, Path(folder)) as backends:
            print(f"Jaeger {build.JAEGER_RELEASE} and the Collector are up and healthy: {time.monotonic() - begin:.0f} s")
            for name, (is_long, check) in checks(backends, programs).items():
                if (arguments.only and name not in arguments.only) or (is_long and not arguments.long):
                    continue
                begin = time.monotonic()
                try:
                    print(f"{name}: {check()}: {time.monotonic() - begin:.0f} s", flush=True)
                except Unavailable as reason:
                    print(f"{name}: NOT RUN: {reason}", flush=True)
                except AssertionError as failure:
                    sys.exit(f"{name}: FAILED: {failure}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demo", type=Path)
    parser.add_argument("traces", type=Path)
    parser.add_argument("--long", action="store_true", help="also what CI has no time for")
    parser.add_argument("--only", action="append", metavar="NAME", help="only this check; may be repeated")
    arguments = parser.parse_args()
    with build.alone():
        built = build.programs()
        if built is None:
            print("NOT RUN: the real Jaeger and Collector are built with Go, which is not here")
            return
        run(arguments, Programs(arguments.demo.resolve(), arguments.traces.resolve()), built)


if __name__ == "__main__":
    main()
