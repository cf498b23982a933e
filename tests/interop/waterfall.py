#!/usr/bin/env python3
"""Looks at the page of `demo-backend tour --html` in a real browser: every span has its bar, inside the line that it is on.

Needs chromium, with a font. `--screenshot FILE` keeps what it saw. Ends only what it started.
"""

import argparse
import html
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

CHROMIUM = [
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1200,900",
]
# What the browser made of the page: each bar and its line, in pixels.
SCRIPT = """<script>
const found = [...document.querySelectorAll(".waterfall li")].map(row => {
  const [bar, line] = [".bar", ".line"].map(part => row.querySelector(part).getBoundingClientRect());
  return {name: row.querySelector(".name").textContent, left: bar.left - line.left, right: line.right - bar.right,
          width: bar.width, failed: row.className === "failed"};
});
document.body.dataset.found = JSON.stringify(found);
</script>"""


def settings():
    return {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "TRACING_"))}


def browse(folder, *arguments):
    command = [*CHROMIUM, f"--user-data-dir={folder}/profile", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("demo", type=Path)
    parser.add_argument("--screenshot", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "tour.html"
        command = [arguments.demo.resolve(), "tour", "--json", "--html", page]
        tour = subprocess.run(command, env=settings(), capture_output=True, text=True, timeout=120)
        if tour.returncode != 0:
            sys.exit(f"the tour failed:\n{tour.stderr}")
        text = page.read_text()
        if re.search(r"<script|https?://|\bsrc=|@import", text.replace("http://www.w3.org", "")):
            sys.exit("the page has a script, or something from elsewhere")
        watched = Path(folder) / "watched.html"
        watched.write_text(text.replace("</body>", f"{SCRIPT}</body>"))
        dom = browse(folder, "--dump-dom", f"file://{watched}")
        found = json.loads(html.unescape(re.search(r'data-found="([^"]*)"', dom)[1]))
        if arguments.screenshot:
            browse(folder, f"--screenshot={arguments.screenshot.resolve()}", f"file://{page}")
    document = json.loads(tour.stdout)
    steps = document["steps"]
    scopes = [scope for resource in document["resourceSpans"] for scope in resource["scopeSpans"]]
    spans = sorted((span["name"], span["status"].get("code") == 2) for scope in scopes for span in scope["spans"])
    seen = sorted((row["name"], row["failed"]) for row in found)
    if spans != seen:
        sys.exit(f"{len(spans)} spans, {len(seen)} rows, or other names")
    outside = [row for row in found if row["left"] < -0.5 or row["right"] < -2.5 or row["width"] < 1]
    if outside:
        sys.exit(f"bars outside of their lines: {outside}")
    print(f"{len(found)} spans of {len(steps)} requests, each with its bar")


if __name__ == "__main__":
    main()
