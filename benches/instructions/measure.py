#!/usr/bin/env python3
"""Extra instructions per call of an annotated leaf with two attributes, by callgrind: the difference of two run lengths.

Needs valgrind. Prints the table of docs/performance.md.
"""

import re
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = ROOT / "benches" / "target" / "release" / "bench-instructions"
# Only what the calling thread does inside the loop; the worker and the end of the program do not count.
INSIDE = "--toggle-collect=bench_instructions::call"
FEW, MANY = 2_000, 12_000


def instructions(mode, count):
    with tempfile.NamedTemporaryFile() as out:
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", INSIDE, BINARY, mode, str(count)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return int(re.search(r"Collected : (\d+)", printed)[1])


def main():
    manifest = ROOT / "benches" / "Cargo.toml"
    build = ["cargo", "build", "--release", "--quiet", "--manifest-path", manifest, "-p", "bench-instructions"]
    subprocess.run(build, check=True)
    per_call = {
        mode: (instructions(mode, MANY) - instructions(mode, FEW)) / (MANY - FEW)
        for mode in ("plain", "off", "unsampled", "sampled")
    }
    print("| a leaf with two attributes | instructions per call | more than plain |")
    print("| --- | --: | --: |")
    for mode, count in per_call.items():
        print(f"| {mode} | {count:.1f} | {count - per_call['plain']:.1f} |")


if __name__ == "__main__":
    main()
