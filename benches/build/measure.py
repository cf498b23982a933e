#!/usr/bin/env python3
"""What annotations cost to build, side by side in one run, and prints the tables of docs/performance.md.

Generates a library of many functions for every way to trace them, builds it apart from its dependencies, and subtracts
the same functions without tracing. `--write FILE` replaces the tables there. `--rounds N`. `--before FOLDER` measures the
attribute of another checkout beside it, and leaves the dependencies out.
"""

import argparse
import os
import re
import resource
import shutil
import statistics
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHES = ROOT / "benches"
WORK = BENCHES / "target" / "build"
FUNCTIONS = 500
BEGIN, END = "<!-- build: begin -->", "<!-- build: end -->"

RUNTIME = 'observed-runtime = {{ path = "{root}/observed-runtime"%s }}\n'
OURS = RUNTIME.format(root=ROOT)
ENABLED = ', features = ["enable"]'
# What the recorded function returns, whatever traces it.
# Different everywhere, or the compiler makes one function of all.
BODY = "a.rotate_left(3) ^ b.len() as u64 ^ {n}"
PLAIN = "(a: u64, b: &'static str) -> u64 {{ " + BODY + " }}\n"
NESTED_TYPES = "pub struct Line { pub count: u64 }\npub struct Order { pub line: Line }\n"
NESTED = "(order: &Order, b: &'static str) -> u64 {{ order.line.count.rotate_left(3) ^ b.len() as u64 ^ {n} }}\n"
BY_HAND = """(a: u64, b: &'static str) -> u64 {{
    let mut span = opentelemetry::global::tracer("work").start("work{n}");
    if span.is_recording() {{
        span.set_attribute(KeyValue::new("a", a as i64));
        span.set_attribute(KeyValue::new("b", b));
    }}
    let _current = Context::current_with_span(span).attach();
    BODY
}}
""".replace("BODY", BODY)

OBSERVED = 'use observed_runtime::observed;\n'
ATTRS = '#[observed(name = "work{n}", attrs(a, b = public_static(b)))]\n'
# The dictionary knows the key, so the type is asked for its kind.
HITS = '#[observed(name = "work{n}", attrs(a, email = is_large(a)))]\n'
IS_LARGE = "fn is_large(a: u64) -> bool { a > 7 }\n"
LATE = '#[observed(name = "work{n}", attrs(a), late(b: text))]\n'
RECORDED = PLAIN.replace("{{ ", "{{ observed_runtime::observed_record!(b = public_static(b)); ", 1)
FIELDS = '#[observed(name = "work{n}", attrs(order.line.count, b = public_static(b)))]\n'
OTEL = 'opentelemetry = { version = "0.33", default-features = false, features = ["trace"] }\n'
SDK = OTEL + 'opentelemetry_sdk = { version = "0.33", default-features = false, features = ["trace"] }\n'

# Name: dependencies, head of the file, attribute, function, the mode that is subtracted.
MODES = {
    "plain": ("", "", "", PLAIN, None),
    "plain, a field path": ("", NESTED_TYPES, "", NESTED, None),
    "observed": (OURS % ENABLED, OBSERVED, ATTRS, PLAIN, "plain"),
    "observed, a field path": (OURS % ENABLED, OBSERVED + NESTED_TYPES, FIELDS, NESTED, "plain, a field path"),
    "observed, a name of the dictionary": (OURS % ENABLED, OBSERVED + IS_LARGE, HITS, PLAIN, "plain"),
    "observed, a late attribute": (OURS % ENABLED, OBSERVED, LATE, RECORDED, "plain"),
    "observed, compiled out": (OURS % "", OBSERVED, ATTRS, PLAIN, "plain"),
    "observed, compiled out, a field path": (OURS % "", OBSERVED + NESTED_TYPES, FIELDS, NESTED, "plain, a field path"),
    "fastrace": (
        'fastrace = { version = "0.7", features = ["enable"] }\n',
        "use fastrace::trace;\n",
        '#[trace(short_name = true, properties = {{ "a": "{{a}}", "b": "{{b}}" }})]\n',
        PLAIN,
        "plain",
    ),
    "OTel by hand": (OTEL, "use opentelemetry::{Context, KeyValue, trace::{Span, TraceContextExt, Tracer}};\n", "", BY_HAND, "plain"),
    "tracing": (
        'tracing = { version = "0.1", default-features = false, features = ["attributes", "std"] }\n',
        "use tracing::instrument;\n",
        '#[instrument(name = "work{n}", skip_all, fields(a = a, b = b))]\n',
        PLAIN,
        "plain",
    ),
}
# What has to be built before a program that records can be: the mode's dependencies, or these.
DEPENDENCIES = {
    "observed": MODES["observed"][0],
    "observed, compiled out": MODES["observed, compiled out"][0],
    "fastrace": MODES["fastrace"][0],
    "OTel SDK": SDK,
    "tracing": MODES["tracing"][0],
}
STEPS = {"check": ["check"], "dev": ["build"], "release": ["build", "--release"]}


def with_before(root):
    """The modes, and those of ours that another checkout has too, by its runtime."""
    before = RUNTIME.format(root=root.resolve())
    other = {}
    for name, (dependencies, *mode) in MODES.items():
        if name.startswith("observed") and ATTRS in mode or FIELDS in mode:
            features = ENABLED if ENABLED in dependencies else ""
            other[f"{name}, before"] = (before % features, *mode)
    return MODES | other


def package(name, dependencies, source):
    """Writes a package of its own, with the peers' versions of the benches' lock file."""
    folder = WORK / re.sub(r"\W+", "-", name)
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "work"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        f"{dependencies}[profile.dev]\nincremental = false\n"
    )
    (folder / "src" / "lib.rs").write_text(source)
    lock = folder / "Cargo.lock"
    if not lock.exists():
        shutil.copy(BENCHES / "Cargo.lock", lock)
    return folder


def cargo(folder, *arguments, **environment):
    command, *more = arguments
    where = ["--manifest-path", folder / "Cargo.toml", "--target-dir", folder / "target"]
    done = subprocess.run(
        ["cargo", command, "--quiet", *where, *more],
        capture_output=True, text=True, check=False, env={**os.environ, **environment},
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def source(head, attribute, function):
    functions = "".join(f"{attribute}#[inline(never)]\npub fn work{{n}}{function}".format(n=n) for n in range(FUNCTIONS))
    return "#![allow(missing_docs)]\n" + head + functions


def cpu_of(action):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    action()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def build_costs(folders, rounds):
    costs = {}
    for step, arguments in STEPS.items():
        for folder in folders.values():
            cargo(folder, *arguments)
        for _ in range(rounds):
            for name, folder in folders.items():
                (folder / "src" / "lib.rs").touch()
                costs.setdefault((name, step), []).append(cpu_of(lambda f=folder: cargo(f, *arguments)))
    return {key: statistics.median(values) for key, values in costs.items()}


def text_bytes(folder):
    """The machine code of the library: its sections of instructions, without tables and data."""
    printed = subprocess.run(
        ["size", "-A", folder / "target" / "release" / "libwork.rlib"], capture_output=True, text=True, check=True
    ).stdout
    return sum(int(size) for size in re.findall(r"^\.text\S*\s+(\d+)", printed, re.MULTILINE))


def tokens(folder):
    expanded = cargo(folder, "rustc", "--", "-Zunpretty=expanded", RUSTC_BOOTSTRAP="1")
    return len(re.findall(r'"(?:\\.|[^"\\])*"|\'?\w+|[^\w\s]', expanded))


def per_function_table(rounds, modes):
    folders = {
        name: package(name, dependencies, source(head, attribute, function))
        for name, (dependencies, head, attribute, function, _) in modes.items()
    }
    costs = build_costs(folders, rounds)
    yield "| one function with two attributes | check, CPU ms | dev | release | machine code, bytes | tokens |"
    yield "| --- | --: | --: | --: | --: | --: |"
    text = {name: text_bytes(folder) for name, folder in folders.items()}
    length = {name: tokens(folder) for name, folder in folders.items()}
    for name, (*_, plain) in modes.items():
        if plain:
            times = [(costs[name, step] - costs[plain, step]) / FUNCTIONS * 1e3 for step in STEPS]
            more = [(of[name] - of[plain]) / FUNCTIONS for of in (text, length)]
            yield f"| {name} | {' | '.join(f'{ms:.2f}' for ms in times)} | {' | '.join(f'{n:,.0f}' for n in more)} |"
    yield ""
    yield f"What {FUNCTIONS} of them add to a library without any, by one of them; medians of {rounds} builds, in turns."


def dependency_table(rounds):
    yield "| clean build of the dependencies, release | seconds | crates |"
    yield "| --- | --: | --: |"
    folders = {name: package(f"dependencies {name}", lines, "") for name, lines in DEPENDENCIES.items()}
    seconds = {}
    for _ in range(rounds):
        for name, folder in folders.items():
            target = folder / "target"
            shutil.rmtree(target, ignore_errors=True)
            begin = time.monotonic()
            cargo(folder, "build", "--release")
            seconds.setdefault(name, []).append(time.monotonic() - begin)
    for name, folder in folders.items():
        tree = subprocess.run(
            ["cargo", "tree", "--prefix", "none", "--edges", "normal,build", "--manifest-path", folder / "Cargo.toml"],
            capture_output=True, text=True, check=True,
        ).stdout
        crates = {line.split()[0] for line in tree.splitlines() if line.strip()} - {"work"}
        yield f"| {name} | {statistics.median(seconds[name]):.1f} | {len(crates)} |"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--before", type=Path, help="a checkout")
    arguments = parser.parse_args()
    modes = with_before(arguments.before) if arguments.before else MODES
    lines = [*per_function_table(arguments.rounds, modes)]
    if not arguments.before:
        lines += ["", *dependency_table(min(arguments.rounds, 3))]
    printed = "\n".join(lines) + "\n"
    print(printed)
    if arguments.write:
        text = arguments.write.read_text()
        before, rest = text.split(BEGIN)
        arguments.write.write_text(f"{before}{BEGIN}\n{printed}{END}{rest.split(END)[1]}")


if __name__ == "__main__":
    main()
