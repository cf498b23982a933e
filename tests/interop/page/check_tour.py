"""The page of the tour: its rows, its search, its keyboard."""

import json
import sys

from look import SIZES, expect, search

# Every row of a trace, wherever one would have to scroll to, in pixels.
ROWS = """[...document.querySelectorAll("#list [role=option]")].flatMap(option => {
  option.click();
  if (document.getElementById("waterfall").hidden) return [];
  return [...document.querySelectorAll("#drawn .row")].map(row => {
    const [bar, line] = [".bar", ".line"].map(part => row.querySelector(part).getBoundingClientRect());
    const sign = row.querySelector(".sign");
    return {name: row.querySelector(".name").textContent, sign: sign && sign.textContent,
            isCut: sign && sign.scrollWidth > sign.clientWidth, nameWidth: row.querySelector(".name").getBoundingClientRect().width,
            left: bar.left - line.left, right: line.right - bar.right, width: bar.width, line: line.width};
  });
})"""


def check_rows(look, url, spans):
    browser = look.browser
    for width, height in SIZES:
        for dark in (False, True):
            where = f"{width}{'-dark' if dark else ''}"
            browser.show(width, height, dark)
            browser.open(url)
            if browser.requests != [url]:
                sys.exit(f"{where}: it asked for {browser.requests}")
            # As much of the page as the longest trace needs.
            browser.run('document.getElementById("rows").style.maxHeight = "none"')
            found = browser.run(ROWS)
            judge(where, found, spans)
            browser.open(url)
            browser.run('document.querySelectorAll("#list [role=option]")[4].click()')
            look.check(where)
            look.keep(f"tour-{where}")
    print(f"{len(spans)} spans, each with its bar, at {len(SIZES)} sizes, light and dark")


def judge(where, found, spans):
    """Every span has its row, and every row can be read."""
    seen = sorted((row["name"], (row["sign"] or "").startswith("✖ failed")) for row in found)
    if seen != spans:
        sys.exit(f"{where}: {len(spans)} spans, {len(seen)} rows, or other names")
    wrong = [row for row in found if row["left"] < -0.5 or row["right"] < -0.5 or row["width"] < 2.9
             or row["line"] < 200 or row["nameWidth"] < 40 or row["isCut"]]
    if wrong:
        sys.exit(f"{where}: rows that cannot be read: {json.dumps(wrong, indent=1, ensure_ascii=False)}")
    if max(row["width"] / row["line"] for row in found) < 0.98:
        sys.exit(f"{where}: no bar is as long as its trace")


def check_search(look, url, document):
    browser = look.browser
    browser.open(url)
    traces = {}
    for span in spans_of(document):
        traces.setdefault(span["traceId"], []).append(span)
    has = lambda key, value: sum(any(pair["key"] == key and pair["value"].get("stringValue") == value for span in spans
                                     for pair in span["attributes"]) for spans in traces.values())
    failed = sum(any(is_failed(span) for span in spans) for spans in traces.values())
    named = sum(any(span["name"] == "openai_api_call" for span in spans) for spans in traces.values())
    cases = [({}, len(document["steps"])), ({"find": "openai_api_call"}, named), ({"status": "failed"}, failed),
             ({"status": "unfailed"}, len(traces) - failed), ({"find": "action=combine"}, has("action", "combine")),
             ({"find": "ACTION=combine agentic_action"}, has("action", "combine")), ({"find": "no_such_name"}, 0),
             ({"least": "200"}, sum(lasted(spans) >= 200e6 for spans in traces.values())), ({"least": "1e9"}, 0)]
    for asked, expected in cases:
        if (listed := search(browser, **asked)) != expected:
            sys.exit(f"search {asked}: expected {expected}, got {listed}")
    search(browser, find="openai_api_call")
    browser.run('document.querySelector("#list [role=option]").click()')
    if not browser.run('document.querySelectorAll("#drawn .row.hit").length'):
        sys.exit("what was found is not marked")
    look.check("after a search")
    print(f"{len(cases)} searches")


def check_keyboard(look, url):
    browser = look.browser
    browser.open(url)
    browser.press("/")
    state = 'document.activeElement.id'
    chosen = 'document.querySelector("#list [aria-selected=true]").id'
    rows = 'document.querySelectorAll("#drawn .row").length'
    active = 'document.querySelector("#" + document.getElementById("rows").getAttribute("aria-activedescendant") + " .name").textContent'
    expect(browser, state, "find", "/ goes to the search")
    browser.press("Tab", "Tab", "Tab")
    expect(browser, state, "list", "Tab goes to the list")
    browser.press("Home", "ArrowDown")
    expect(browser, chosen, "entry-1", "ArrowDown chooses the next trace")
    browser.press("Home", "Enter")
    expect(browser, state, "rows", "Enter goes to the waterfall")
    whole = browser.run(rows)
    browser.press("Home", "ArrowLeft")
    expect(browser, rows, 1, "ArrowLeft closes the root")
    browser.press("ArrowRight")
    expect(browser, rows, whole, "ArrowRight opens it")
    browser.press("ArrowRight", "ArrowRight")
    expect(browser, active, "gate_caller", "ArrowRight goes to the first child")
    browser.press("ArrowLeft")
    expect(browser, active, "gate_evaluation", "ArrowLeft goes to the parent")
    browser.press("ArrowLeft", "ArrowDown")
    expect(browser, active, "agentic_action", "what is closed is passed over")
    browser.press("Enter")
    expect(browser, state, "span", "Enter goes to what the span says")
    expect(browser, 'document.querySelector("#span h3").textContent', "agentic_action", "it is this span's")
    look.check("by keyboard")
    browser.press("Escape")
    expect(browser, state, "rows", "Escape goes back")
    print("the keyboard reaches everything")


def spans_of(document):
    return [span for resource in document["resourceSpans"] for scope in resource["scopeSpans"] for span in scope["spans"]]


def is_failed(span):
    return span["status"].get("code") == 2


def lasted(spans):
    return max(int(span["endTimeUnixNano"]) for span in spans) - min(int(span["startTimeUnixNano"]) for span in spans)
