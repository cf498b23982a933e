#!/usr/bin/env python3
"""The ladder: what a span costs here and in the peers, side by side in one run.

Builds every peer apart (cargo unifies features over what it builds together), runs one process per round, scenario and
peer, peers in turns, and prints the table of docs/performance.md; `--write FILE` replaces it there. `--rounds N`.
"""

import argparse
import statistics
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "benches" / "target" / "release"
PEERS = {"ours": "observed", "context": "observed, `otel-context`", "fastrace": "fastrace", "sdk": "OTel SDK", "bridge": "tracing + OTel"}
OURS = ("ours", "context")
BEGIN, END = "<!-- ladder: begin -->", "<!-- ladder: end -->"
TIMES = {
    "off": "compiled in and off, a leaf",
    "unsampled": "a leaf under an unsampled parent",
    "leaf": "sampled leaf, 1,000 under one root",
    "tree": "sampled tree, a root and 7",
    "pair": "a trace of a root and a child",
    "async": "async child that yields once",
}


def build():
    for peer in ["plain", *PEERS]:
        command = ["cargo", "build", "--release", "--quiet", "--manifest-path", ROOT / "benches" / "Cargo.toml"]
        subprocess.run([*command, "-p", f"ladder-{peer}"], check=True, stderr=subprocess.DEVNULL)


def run(peer, scenario):
    printed = subprocess.run([TARGET / f"ladder-{peer}", scenario], capture_output=True, text=True, check=True).stdout
    return {name: float(value) for name, value in (pair.split("=") for pair in printed.split())}


def measure(rounds):
    figures = {}
    scenarios = [*TIMES, "threads", "sustained", "sustained2", "exits", "children"]
    for _ in range(rounds):
        for scenario in scenarios:
            for peer in ["plain", *PEERS]:
                if peer == "plain" and scenario not in TIMES:
                    continue
                figures.setdefault((scenario, peer), []).append(run(peer, scenario))
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
