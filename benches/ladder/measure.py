#!/usr/bin/env python3
"""The ladder: what a span costs here and in the peers, side by side in one run.

Builds every peer apart (cargo unifies features over what it builds together), runs one process per round, scenario and
peer, peers in turns, and prints the table of docs/performance.md; `--write FILE` replaces it there. `--rounds N`.
"""

import argparse
import statistics
import os
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "benches" / "target" / "release"
PEERS = {"ours": "observed", "context": "observed, `otel-context`", "fastrace": "fastrace", "sdk": "OTel SDK", "bridge": "tracing + OTel"}
OURS = ("ours", "context")
# A leaf of `tracing` under an observed root, by what becomes of it.
LISTED = {
    "listed": "named by a list",
    "unlisted": "named by none, where nobody else wants it",
    "alone": "wanted by another layer, which does nothing",
    "wanted": "the same beside a layer of ours that does not list it",
}
BEGIN, END = "<!-- ladder: begin -->", "<!-- ladder: end -->"
TIMES = {
    "off": "compiled in and off, a leaf",
    "unsampled": "a leaf under an unsampled parent",
    "leaf": "sampled leaf, 1,000 under one root",
    "tree": "sampled tree, a root and 7",
    "pair": "a trace of a root and a child",
    "cold": "a root and 7 after 48 MB of other work, the whole tree",
    "async": "async child that yields once",
}


def build():
    for peer in ["plain", "receiver", "listed", *PEERS]:
        command = ["cargo", "build", "--release", "--quiet", "--manifest-path", ROOT / "benches" / "Cargo.toml"]
        subprocess.run([*command, "-p", f"ladder-{peer}"], check=True, stderr=subprocess.DEVNULL)


def run(peer, scenario, **environment):
    command = [TARGET / f"ladder-{peer}", scenario]
    settings = {**os.environ, **environment}
    printed = subprocess.run(command, capture_output=True, text=True, check=True, env=settings).stdout
    return {name: float(value) for name, value in (pair.split("=") for pair in printed.split())}


def run_exporting(peer, scenario):
    """With a receiver in a process of its own, whose count is the one that is believed."""
    receiver = subprocess.Popen([TARGET / "ladder-receiver"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    figures = run(peer, scenario, LADDER_ENDPOINT=receiver.stdout.readline().strip())
    figures["received"] = float(receiver.communicate()[0])
    return figures


def started(peer, **environment):
    """The milliseconds of a process that does nothing but set up its tracing, if it has one."""
    begin = time.perf_counter()
    run(peer, "start", **environment)
    return {"ms": (time.perf_counter() - begin) * 1e3}


def measure(rounds):
    figures = {}
    scenarios = [*TIMES, "threads", "sustained", "sustained2", "exits", "children"]
    for _ in range(rounds):
        for scenario in scenarios:
            for peer in ["plain", *PEERS]:
                if peer == "plain" and scenario not in TIMES:
                    continue
                figures.setdefault((scenario, peer), []).append(run(peer, scenario))
        for scenario in ("otlp", "steady"):
            for peer in ("ours", "sdk"):
                figures.setdefault((scenario, peer), []).append(run_exporting(peer, scenario))
        for peer in ("ours", "sdk"):
            figures.setdefault(("paced", peer), []).append(run(peer, "paced"))
        figures.setdefault(("keep", "ours"), []).append(run("ours", "keep"))
        for scenario in LISTED:
            figures.setdefault((scenario, "listed"), []).append(run("listed", scenario))
        for peer in ["plain", *PEERS]:
            figures.setdefault(("size", peer), []).append(run(peer, "size"))
            for _ in range(5):
                figures.setdefault(("start", peer), []).append(started(peer, TRACING_ENABLED="1"))
        for _ in range(5):
            figures.setdefault(("start off", "ours"), []).append(started("ours"))
    return figures


def middle(values):
    return statistics.median(values)


def shown(value):
    return f"{value:,.0f}" if value >= 20 else f"{value:.1f}"


def cell(values):
    return f"{shown(middle(values))} [{shown(min(values))}–{shown(max(values))}]"


def rows(figures):
    def of(scenario, peer, name):
        return [one[name] for one in figures[scenario, peer]]

    for scenario, title in TIMES.items():
        base = middle(of(scenario, "plain", "ns"))
        extra = {peer: [max(0.0, ns - base) for ns in of(scenario, peer, "ns")] for peer in PEERS}
        ours = middle(extra["ours"])
        least = min(middle(values) for peer, values in extra.items() if peer not in OURS)
        ratio = f"{ours / least:.2f}" if least >= 0.5 else "-"
        yield f"{title}, extra ns", [cell(extra[peer]) for peer in PEERS], ratio
    slower = {
        peer: [one["together"] / one["alone"] for one in figures["threads", peer]] for peer in PEERS
    }
    yield "two threads at once: slowdown of the leaf", [f"{middle(slower[peer]):.2f}" for peer in PEERS], ""
    for scenario, title in {
        "sustained": "tight loop for half a second",
        "sustained2": "the same on two threads",
        "exits": "the same, and the thread ends at once",
    }.items():
        cpu = {peer: of(scenario, peer, "cpu") for peer in PEERS}
        least = min(middle(values) for peer, values in cpu.items() if peer not in OURS)
        yield (
            f"{title}: process CPU ns per span made",
            [cell(cpu[peer]) for peer in PEERS],
            f"{middle(cpu['ours']) / least:.2f}",
        )
        yield (
            "- million spans received in it",
            [f"{middle(of(scenario, peer, 'received')) / 1e6:.2f}" for peer in PEERS],
            "",
        )
        silent = {
            peer: middle([max(0.0, one["made"] - one["received"] - one["lost"]) for one in figures[scenario, peer]])
            for peer in PEERS
        }
        yield "- neither received nor counted as lost", [f"{silent[peer]:,.0f}" for peer in PEERS], ""
        yield "- peak memory, MB", [f"{middle(of(scenario, peer, 'rss')):,.0f}" for peer in PEERS], ""
    lost = {
        peer: middle([one["made"] - one["received"] for one in figures["children", peer]]) for peer in PEERS
    }
    yield "one root with 20,000 children: lost", [f"{lost[peer]:,.0f}" for peer in PEERS], ""
    sizes = {peer: middle(of("size", peer, "size")) - middle(of("size", "plain", "size")) for peer in PEERS}
    yield "added to a future with two arguments, bytes", [f"{sizes[peer]:,.0f}" for peer in PEERS], ""
    start = {peer: middle(of("start", peer, "ms")) - middle(of("start", "plain", "ms")) for peer in PEERS}
    yield "added to the start of a process, tracing on, ms", [f"{start[peer]:.1f}" for peer in PEERS], ""


def exporting(figures):
    """What only this project and the SDK do: their own OTLP exporter, to a receiver that counts."""

    def of(scenario, peer, name):
        return middle([one[name] for one in figures[scenario, peer]])

    peers = ("ours", "sdk")
    yield "| to OTLP/gRPC, a local receiver that counts | observed | OTel SDK | ratio |"
    yield "| --- | --: | --: | --: |"
    for title, scenario, name in (
        ("process CPU per span, none lost, ns", "otlp", "cpu"),
        ("of it without the exporter (a null exporter at the same pace), ns", "paced", "cpu"),
        ("10,000 spans a second: CPU of one core, %", "steady", "percent"),
        ("- resident memory, MB", "steady", "rss"),
    ):
        both = [of(scenario, peer, name) for peer in peers]
        yield f"| {title} | {both[0]:,.1f} | {both[1]:,.1f} | {both[0] / both[1]:.2f} |"
    for title, scenario in (("lost at that pace", "otlp"), ("lost at 10,000 a second", "steady")):
        lost = [of(scenario, peer, "made") - of(scenario, peer, "received") for peer in peers]
        yield f"| {title} | {max(0, lost[0]):,.0f} | {max(0, lost[1]):,.0f} | |"
    keep = [one["ns"] for one in figures["keep", "ours"]]
    off = middle([one["ms"] for one in figures["start off", "ours"]]) - of("start", "plain", "ms")
    yield ""
    yield (
        f"A leaf under a root that the ratio did not take, with `OBSERVED_KEEP_ERRORS=1`: {cell(keep)} ns, that of a sampled one. "
        f"Added to the start of a process with tracing off: {off:.1f} ms."
    )


def of_tracing(figures):
    """What a span of a library costs, listed and not."""
    base = middle([one["ns"] for one in figures["leaf", "plain"]])
    yield "| a leaf of `tracing` under an observed root | extra ns |"
    yield "| --- | --: |"
    for scenario, title in LISTED.items():
        yield f"| {title} | {cell([max(0.0, one['ns'] - base) for one in figures[scenario, 'listed']])} |"


def table(figures, rounds):
    lines = [
        "| rung | " + " | ".join(PEERS.values()) + " | ours / best peer |",
        "| --- |" + " --: |" * (len(PEERS) + 1),
    ]
    lines += [f"| {title} | {' | '.join(cells)} | {ratio} |" for title, cells, ratio in rows(figures)]
    lines += [
        "",
        f"Medians of {rounds} processes each [least–greatest], each the median of 40 samples; CPU time of the calling thread, "
        "the same work without tracing subtracted. Two attributes, a number and a static text; null exporters; what was "
        "received is counted.",
        "",
        *exporting(figures),
        "",
        *of_tracing(figures),
    ]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", type=Path)
    arguments = parser.parse_args()
    build()
    printed = table(measure(arguments.rounds), arguments.rounds)
    print(printed)
    if arguments.write:
        text = arguments.write.read_text()
        before, rest = text.split(BEGIN)
        after = rest.split(END)[1]
        arguments.write.write_text(f"{before}{BEGIN}\n{printed}{END}{after}")


if __name__ == "__main__":
    main()
