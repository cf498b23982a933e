#!/usr/bin/env python3
"""The longest chain of async functions that compiles with a `Send` check, plain and annotated; and a chain of 128 run.

Writes its crate into target/depth. Prints the table of docs/semantics.md; fails where an annotated chain falls short of
three quarters of the plain one, of all of it compiled out, or cannot run 128 deep. With --peers it adds
the macros of two other crates.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "target" / "depth"

OURS = "#[observed_runtime::observed(name = \"level\", attrs(n))]\n"
RUNTIME = f'observed-runtime = {{ path = "{ROOT / "observed-runtime"}", features = [FEATURES] }}'

# What is annotated, with what, its dependency, the share of the plain chain that it must reach.
MODES = [
    ("plain", "", "", 0),
    ("annotated, compiled out", OURS, RUNTIME.replace("FEATURES", ""), 1),
    ("annotated, recording", OURS, RUNTIME.replace("FEATURES", '"enable"'), 0.75),
]
PEERS = [
    ("`#[tracing::instrument]`", "#[tracing::instrument(skip_all, fields(n))]\n", 'tracing = "0.1"', 0),
    ("`#[fastrace::trace]`", "#[fastrace::trace]\n", 'fastrace = { version = "0.7", features = ["enable"] }', 0),
]


def write(attribute, depth, dependency, limit, main):
    (HOME / "src").mkdir(parents=True, exist_ok=True)
    (HOME / "Cargo.toml").write_text(f"""[workspace]
[package]
name = "depth"
version = "0.0.0"
edition = "2024"
[dependencies]
{dependency}
""")
    chain = [f"{attribute}async fn f0(n: u32) -> u32 {{ std::future::ready(n).await }}"]
    chain += [f"{attribute}async fn f{i}(n: u32) -> u32 {{ f{i - 1}(n).await + 1 }}" for i in range(1, depth)]
    (HOME / "src/main.rs").write_text("\n".join([limit, *chain, main.replace("LAST", f"f{depth - 1}")]))


def cargo(*arguments):
    settings = os.environ | {"CARGO_TARGET_DIR": str(HOME / "target")}
    return subprocess.run(["cargo", *arguments, "--quiet"], cwd=HOME, env=settings, capture_output=True, text=True)


def longest(attribute, dependency):
    check = "fn is_send<T: Send>(_: T) {}\nfn main() { is_send(LAST(1)); }"
    compiles, fails = 1, 200
    while fails - compiles > 1:
        depth = (compiles + fails) // 2
        write(attribute, depth, dependency, "", check)
        if cargo("check").returncode == 0:
            compiles = depth
        else:
            fails = depth
    return compiles


def runs_128_deep(attribute, dependency):
    main = """
fn main() {
    let run = || {
        let mut future = std::pin::pin!(LAST(1));
        let mut task = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(std::future::Future::poll(future.as_mut(), &mut task), std::task::Poll::Ready(128));
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}"""
    write(attribute, 128, dependency, '#![recursion_limit = "512"]', main)
    return cargo("run").returncode == 0


def main():
    print("| chain of `async fn` | longest that compiles | share | 128 deep, debug, 2 MiB of stack |")
    print("| --- | --: | --: | --- |")
    plain, short = None, []
    for name, attribute, dependency, wanted in MODES + (PEERS if "--peers" in sys.argv else []):
        depth = longest(attribute, dependency)
        plain = plain or depth
        runs = "runs" if runs_128_deep(attribute, dependency) else "fails"
        print(f"| {name} | {depth} | {100 * depth // plain} % | {runs} |", flush=True)
        if depth < wanted * plain or (wanted and runs == "fails"):
            short.append(name)
    return f"too short: {', '.join(short)}" if short else 0


if __name__ == "__main__":
    sys.exit(main())
