#!/usr/bin/env python3
"""Extra instructions per call of an annotated leaf with two attributes, by callgrind: the difference of two run lengths.
And the worker's instructions per span, from the record's words to the bytes of a request, firewall included; the transport
is not in it.

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
# The worker's part: the copy out of the chunk, the walk over the records, the request in one piece.
WORKER = [
    "--toggle-collect=observed_runtime::record::records::Records::copy*",
    "--toggle-collect=observed_runtime::export::otlp::batch::Batch::fill*",
    "--toggle-collect=observed_runtime::export::otlp::batch::Batch::finish*",
]
FEW, MANY = 2_000, 12_000
# More than a plain call; another compiler may differ by a few, so there is a little room.
COMMITTED = {"off": 10, "unsampled": 13, "sampled": 957}
# Where the processor's counter is not trusted, the system's clock takes some two hundred more.
ROOM = 1.25
# Of a span that is encoded; none for one with ten copied texts, which the firewall reads byte by byte.
ENCODED = {"encoded": 1300, "texts": None}


def instructions(mode, count):
    inside = WORKER if mode in ENCODED else [INSIDE]
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", *inside, BINARY, mode, str(count)]
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
        mode: (instructions(mode, MANY) - instructions(mode, FEW)) / (MANY - FEW)
        for mode in ("plain", *COMMITTED, *ENCODED)
    }
    print("| a leaf with two attributes | instructions per call | more than plain | committed |")
    print("| --- | --: | --: | --: |")
    failed = False
    for mode in ("plain", *COMMITTED):
        count = per_call[mode]
        extra = count - per_call["plain"]
        committed = COMMITTED.get(mode, 0)
        print(f"| {mode} | {count:.1f} | {extra:.1f} | {committed} |")
        failed |= check and extra > committed * ROOM
    print()
    print("| the worker, from the record to the request | instructions per span | committed |")
    print("| --- | --: | --: |")
    for mode, title in (("encoded", "the same leaf"), ("texts", "ten copied texts of twenty characters")):
        committed = ENCODED[mode]
        print(f"| {title} | {per_call[mode]:,.0f} | {committed or ''} |")
        failed |= check and committed is not None and per_call[mode] > committed
    if failed:
        sys.exit("more instructions than committed: see COMMITTED in benches/instructions/measure.py")


if __name__ == "__main__":
    main()
