#!/usr/bin/env python3
"""Looks at the page of the last traces in a real browser: as `demo-backend tour --html` writes it, and as it is served.

Three sizes, light and dark; each span has its row and its bar; search, keyboard, 500 and 20,000 spans, texts that are markup, a
program that ends, a name that points here; accessibility by axe-core, where npm has it. Needs chromium, with a font.
`--screenshots FOLDER` keeps what it saw. Ends only what it started.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import Browser
from check_live import check_live, settings
from check_tour import check_keyboard, check_rows, check_search, is_failed, spans_of
from check_written import check_hostile, check_many
from look import Look, axe_core


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("demo", type=Path)
    parser.add_argument("pages", type=Path, help="the example `pages` of observed-viewer")
    parser.add_argument("--screenshots", type=Path)
    arguments = parser.parse_args()
    demo = arguments.demo.resolve()
    with tempfile.TemporaryDirectory() as folder, Browser("--host-resolver-rules=MAP rebound.example 127.0.0.1") as browser:
        page = Path(folder) / "tour.html"
        tour = subprocess.run([demo, "tour", "--json", "--html", page], env=settings(), capture_output=True, text=True, timeout=120)
        if tour.returncode != 0:
            sys.exit(f"the tour failed:\n{tour.stderr}")
        document = json.loads(tour.stdout)
        look = Look(browser, axe_core(folder), arguments.screenshots)
        check_rows(look, f"file://{page}", sorted((span["name"], is_failed(span)) for span in spans_of(document)))
        check_search(look, f"file://{page}", document)
        check_keyboard(look, f"file://{page}")
        check_many(look, arguments.pages.resolve(), folder)
        check_hostile(look, folder)
        check_live(look, demo, folder)


if __name__ == "__main__":
    main()
