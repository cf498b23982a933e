"""What every page is held to, and what is asked of one in a browser."""

import json
import subprocess
import sys
from pathlib import Path

SIZES = [(400, 800), (1000, 800), (1600, 1000)]
AXE = "axe-core@4.14.1"


def axe_core(folder):
    """The script of axe-core; nothing where npm cannot bring it."""
    brought = subprocess.run(
        ["npm", "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", folder, AXE], capture_output=True, text=True)
    if brought.returncode != 0:
        print(f"NOT CHECKED: accessibility: npm does not bring {AXE} here", file=sys.stderr)
        return None
    return (Path(folder) / "node_modules/axe-core/axe.min.js").read_text()


class Look:
    """What is looked at, in which browser."""

    def __init__(self, browser, axe, screenshots):
        self.browser, self.axe, self.screenshots = browser, axe, screenshots

    def fails(self, where):
        """What is wrong with a page that was opened, whatever is in it."""
        browser = self.browser
        if browser.complaints:
            return f"{where}: the browser complains: {browser.complaints}"
        if browser.run("document.documentElement.scrollWidth > innerWidth"):
            return f"{where}: wider than the window"
        if self.axe:
            browser.run(self.axe)
            found = browser.run("axe.run().then(done => done.violations.map(it => [it.id, it.nodes.map(node => node.html).slice(0, 3)]))")
            if found:
                return f"{where}: axe-core: {json.dumps(found, indent=1)}"
        return None

    def check(self, where):
        if wrong := self.fails(where):
            sys.exit(wrong)

    def keep(self, name):
        if self.screenshots:
            self.browser.screenshot(self.screenshots / f"{name}.png")


def expect(browser, script, expected, what):
    if (found := browser.run(script)) != expected:
        sys.exit(f"{what}: expected {expected!r}, got {found!r}")


def search(browser, find="", status="all", least=""):
    asked = {"find": find, "status": status, "least": least}
    return browser.run(f"""Object.entries({json.dumps(asked)}).forEach(([id, value]) => {{
        document.getElementById(id).value = value;
        document.getElementById(id).dispatchEvent(new Event("input"));
    }}), document.querySelectorAll("#list [role=option]").length""")
