#!/usr/bin/env python3
"""Extra instructions per call of an annotated leaf with two attributes, by callgrind: the difference of two run lengths.

Needs valgrind. Prints the table of docs/performance.md; with `--check` it fails where a path takes more than the committed
figures allow.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / "benches" / "target" / "release" / "bench-instructions"
# Only what the calling thread does inside the loop; the worker and the end of the program do not count.
INSIDE = "--toggle-collect=bench_instructions::call"
FEW, MANY = 2_000, 12_000
# More than a plain call; another compiler may differ by a few, so there is a little room.
COMMITTED = {"off": 10, "unsampled": 13, "sampled": 1045}
# Where the processor's counter is not trusted, the system's clock takes some two hundred more.
ROOM = 1.25


def instructions(mode, count):
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", INSIDE, BINARY, mode, str(count)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", printed)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    manifest = ROOT / "benches" / "Cargo.toml"
    build = ["cargo", "build", "--release", "--quiet", "--manifest-path", manifest, "-p", "bench-instructions"]
    subprocess.run(build, check=True)
    per_call = {
        mode: (instructions(mode, MANY) - instructions(mode, FEW)) / (MANY - FEW) for mode in ("plain", *COMMITTED)
    }
    print("| a leaf with two attributes | instructions per call | more than plain | committed |")
    print("| --- | --: | --: | --: |")
    failed = False
    for mode, count in per_call.items():
        extra = count - per_call["plain"]
        committed = COMMITTED.get(mode, 0)
        print(f"| {mode} | {count:.1f} | {extra:.1f} | {committed} |")
        failed |= check and extra > committed * ROOM
    if failed:
        sys.exit("more instructions than committed: see COMMITTED in benches/instructions/measure.py")


if __name__ == "__main__":
    main()
