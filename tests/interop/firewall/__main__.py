#!/usr/bin/env python3
"""The last layer beside detect-secrets, presidio and gitleaks, on the same texts; prints the table of docs/firewall.md.

    python3 tests/interop/firewall [--misses] [--check] [--write docs/firewall.md]

`planted.tsv` and `benign.tsv` are one half of two lists: the other half is kept apart, to measure. `fresh.py` makes a second
set. The tools are installed into the user's cache at their pinned versions; gitleaks needs Go. `--check` fails below the
bars that the repository holds.
"""

import argparse
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import fresh
import tools

# Names, sentences about health and the like: no rule of form finds them, and a rule that did would find everything.
SHAPELESS = {"H:name", "name-br", "health", "union", "bip39", "md5-email"}
MARKS = ("<!-- firewall comparison: begin -->\n", "<!-- firewall comparison: end -->")
# Of the planted texts with a shape at least, and of the harmless ones at most, in percent.
LEAST, MOST = 85, 1


def rows(name):
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t", 1)) for line in lines if line]


def sets():
    """Name, texts, and whether a hit is right."""
    planted = rows("planted.tsv")
    shaped = [row for row in planted if row[0] not in SHAPELESS]
    made, calm = fresh.texts()
    return [
        ("planted, marked H", [row for row in planted if row[0].startswith("H:")], True),
        ("planted, the others", [row for row in planted if not row[0].startswith("H:")], True),
        ("planted, with a shape", shaped, True),
        ("harmless", rows("benign.tsv"), False),
        ("planted, made by `fresh.py`", made, True),
        ("harmless, made by `fresh.py`", calm, False),
    ]


def measure():
    """For each set and each tool, which texts were found; a tool that is not here has none."""
    for name, texts, is_planted in sets():
        answers = {tool: ask([text for _, text in texts]) for tool, ask in tools.TOOLS.items()}
        yield name, texts, is_planted, answers


def table(measured):
    lines = ["| texts | " + " | ".join(tools.TOOLS) + " |", "| --- |" + " --: |" * len(tools.TOOLS)]
    for name, texts, _, answers in measured:
        cells = ["NOT RUN" if found is None else f"{sum(map(bool, found))} of {len(texts)}" for found in answers.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def show(measured):
    for name, texts, is_planted, answers in measured:
        for place, (kind, text) in enumerate(texts):
            if bool(answers["observed"][place]) != is_planted:
                others = {tool: found[place] for tool, found in answers.items() if found and found[place]}
                print(f"{name}: {kind}: {text!r} {others}")


def check(measured):
    by_name = {name: (texts, answers["observed"]) for name, texts, _, answers in measured}
    share = lambda name: 100 * sum(map(bool, by_name[name][1])) / len(by_name[name][0])
    assert share("planted, with a shape") >= LEAST, "too many planted texts leave"
    assert share("planted, made by `fresh.py`") >= LEAST, "too many made texts leave"
    assert share("harmless") <= MOST and share("harmless, made by `fresh.py`") <= MOST, "too many false alarms"


def write(path, text):
    document = path.read_text(encoding="utf-8")
    before, rest = document.split(MARKS[0])
    path.write_text(f"{before}{MARKS[0]}{text}{MARKS[1]}{rest.split(MARKS[1])[1]}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="also each text that ours judges wrongly")
    parser.add_argument("--check", action="store_true", help="fail below the bars")
    parser.add_argument("--write", type=Path, metavar="FILE", help="replace the table there")
    arguments = parser.parse_args()
    measured = list(measure())
    text = table(measured)
    print(text)
    print("presidio: rules of form only; NOT RUN with a language model, so it finds no names here")
    if arguments.misses:
        show(measured)
    if arguments.write:
        write(arguments.write, text)
    if arguments.check:
        check(measured)


if __name__ == "__main__":
    main()
