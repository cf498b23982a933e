#!/usr/bin/env python3
"""Prints every table of docs/performance.md, one after the other, and writes those that have a place of their own there.

Takes some ten minutes on a machine that does nothing else. `--rounds N` for the ladder and the builds.
"""

import argparse
import subprocess
import sys
from pathlib import Path

BENCHES = Path(__file__).resolve().parent
DOCUMENT = BENCHES.parent / "docs" / "performance.md"


def cargo(package):
    manifest = ["--release", "--quiet", "--manifest-path", BENCHES / "Cargo.toml"]
    return ["cargo", "run", *manifest, "-p", package, "--", "--write", DOCUMENT]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", default="5")
    rounds = parser.parse_args().rounds
    written = ["--rounds", rounds, "--write", DOCUMENT]
    for command in (
        ["cargo", "build", "--release", "--quiet", "--manifest-path", BENCHES.parent / "Cargo.toml", "-p", "demo-backend"],
        [sys.executable, BENCHES / "ladder" / "measure.py", *written],
        cargo("bench-service"),
        cargo("bench-firewall"),
        [sys.executable, BENCHES / "instructions" / "measure.py"],
        [sys.executable, BENCHES / "build" / "measure.py", *written],
    ):
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
