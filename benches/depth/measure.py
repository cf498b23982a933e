#!/usr/bin/env python3
"""The longest chain of async functions that compiles with a `Send` check, plain and annotated; and a chain of 128 run.

Writes its crate into target/depth. Prints the table of docs/semantics.md.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "target" / "depth"

MODES = [
    ("plain", False, ""),
    ("annotated, compiled out", True, ""),
    ("annotated, recording", True, '"enable"'),
]


def write(annotated, depth, features, limit, main):
    (HOME / "src").mkdir(parents=True, exist_ok=True)
    (HOME / "Cargo.toml").write_text(f"""[workspace]
[package]
name = "depth"
version = "0.0.0"
edition = "2024"
[dependencies]
observed-runtime = {{ path = "{ROOT / 'observed-runtime'}", features = [{features}] }}
""")
    attribute = '#[observed_runtime::observed(name = "level", attrs(n))]\n' if annotated else ""
    chain = [f"{attribute}async fn f0(n: u32) -> u32 {{ std::future::ready(n).await }}"]
    chain += [f"{attribute}async fn f{i}(n: u32) -> u32 {{ f{i - 1}(n).await + 1 }}" for i in range(1, depth)]
    (HOME / "src/main.rs").write_text("\n".join([limit, *chain, main.replace("LAST", f"f{depth - 1}")]))


def cargo(*arguments):
    settings = os.environ | {"CARGO_TARGET_DIR": str(HOME / "target")}
    return subprocess.run(["cargo", *arguments, "--quiet"], cwd=HOME, env=settings, capture_output=True, text=True)


def longest(annotated, features):
    check = "fn is_send<T: Send>(_: T) {}\nfn main() { is_send(LAST(1)); }"
    compiles, fails = 1, 200
    while fails - compiles > 1:
        depth = (compiles + fails) // 2
        write(annotated, depth, features, "", check)
        if cargo("check").returncode == 0:
            compiles = depth
        else:
            fails = depth
    return compiles


def runs_128_deep(annotated, features):
    main = """
fn main() {
    let run = || {
        let mut future = std::pin::pin!(LAST(1));
        let mut task = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(std::future::Future::poll(future.as_mut(), &mut task), std::task::Poll::Ready(128));
    };
    std::thread::Builder::new().stack_size(2 << 20).spawn(run).unwrap().join().unwrap();
}"""
    write(annotated, 128, features, '#![recursion_limit = "512"]', main)
    return cargo("run").returncode == 0


def main():
    print("| chain of `async fn` | longest that compiles | share | 128 deep, debug, 2 MiB of stack |")
    print("| --- | --: | --: | --- |")
    plain = None
    for name, annotated, features in MODES:
        depth = longest(annotated, features)
        plain = plain or depth
        runs = "runs" if runs_128_deep(annotated, features) else "fails"
        print(f"| {name} | {depth} | {100 * depth // plain} % | {runs} |", flush=True)


if __name__ == "__main__":
    sys.exit(main())
