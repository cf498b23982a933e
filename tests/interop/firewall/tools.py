"""The tools: ours from this repository, the others from their registries, kept in the user's cache.

A tool is asked about a list of texts and answers with a list of names for each. None is a tool that is not to be had here.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "observed-firewall"

PACKAGES = ["detect-secrets==1.5.0", "presidio-analyzer==2.2.366"]
GITLEAKS = "github.com/zricethezav/gitleaks/v8"
GITLEAKS_VERSION = "v8.30.1"
# Neither tells of personal data nor of its contrary.
KEY = "note"


def run(arguments, **more):
    done = subprocess.run([str(one) for one in arguments], capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{arguments[0]} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout


def ours(texts):
    """What the last layer says, a line for each text; a text is one line, as a log line is."""
    rows = "".join(f"{KEY}\t{text}\n" for text in (" ".join(text.splitlines()) for text in texts))
    command = ["cargo", "run", "--quiet", "--release", "-p", "observed-syntax", "--example", "looks_like"]
    answers = run(command, cwd=ROOT, input=rows).splitlines()
    return [[] if answer == "-" else [answer] for answer in answers]


def environment():
    """A Python of its own with the pinned packages: whole or absent."""
    name = "-".join(package.replace("==", "-") for package in PACKAGES)
    folder = CACHE / name
    if not (folder / "whole").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        run([sys.executable, "-m", "venv", folder])
        run([folder / "bin" / "pip", "install", "--quiet", *PACKAGES])
        (folder / "whole").touch()
    return folder / "bin" / "python"


def asked(name):
    return lambda texts: json.loads(run([environment(), HERE / "judge.py", name], input=json.dumps(texts)))


def gitleaks(texts):
    """Each text is a file, so that one is not told from another by what stands around it."""
    if shutil.which("go") is None:
        return None
    folder = CACHE / f"gitleaks-{GITLEAKS_VERSION}"
    program = folder / "gitleaks"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        settings = os.environ | {"GOBIN": str(folder), "GOFLAGS": "", "GOWORK": "off"}
        run(["go", "install", f"{GITLEAKS}@{GITLEAKS_VERSION}"], cwd=folder, env=settings)
    with tempfile.TemporaryDirectory() as place:
        files = Path(place, "texts")
        files.mkdir()
        for number, text in enumerate(texts):
            (files / f"{number}.txt").write_text(text, encoding="utf-8")
        report = Path(place, "report.json")
        quiet = ["--no-banner", "--log-level", "error", "--exit-code", "0"]
        run([program, "dir", files, "--report-format", "json", "--report-path", report, *quiet])
        answers = [[] for _ in texts]
        for finding in json.loads(report.read_text()):
            answers[int(Path(finding["File"]).stem)].append(finding["RuleID"])
    return answers


TOOLS = {"observed": ours, "detect-secrets": asked("detect-secrets"), "presidio": asked("presidio"), "gitleaks": gitleaks}
