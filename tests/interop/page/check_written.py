"""Pages that no program made: of 500 and of 20,000 spans, and of texts that are markup."""

import subprocess
import sys

from look import SIZES, expect, search


def check_many(look, pages, folder):
    browser = look.browser
    drawn = 'document.querySelectorAll("#drawn .row").length'
    for count in (500, 20_000):
        subprocess.run([pages, folder, str(count)], check=True)
        for width, height in SIZES:
            browser.show(width, height)
            browser.open(f"file://{folder}/{count}.html")
            expect(browser, 'document.getElementById("facts").textContent.includes(' f'"{count:,} spans")', True, "all spans are there")
            look.check(f"{count} spans at {width}")
            if (rows := browser.run(drawn)) > 100:
                sys.exit(f"{rows} rows are drawn of {count} spans")
            look.keep(f"{count}-{width}")
            browser.run('document.getElementById("rows").focus()')
            browser.press("End")
            bottom = """(() => { const [rows, row] = [document.getElementById("rows"),
                document.querySelector("#drawn [aria-selected=true]")].map(it => it.getBoundingClientRect());
                return row.top >= rows.top && row.bottom <= rows.bottom + 1; })()"""
            expect(browser, bottom, True, f"the last of {count} spans is in sight")
            browser.press("Home", "ArrowLeft")
            expect(browser, drawn, 1, f"{count} spans fold into one")
            if search(browser, find=f"order.number={count}") != 1 or search(browser, find="order.number=x") != 0:
                sys.exit(f"an attribute of one of {count} spans is not found")
    print("500 and 20,000 spans")


def check_hostile(look, folder):
    browser = look.browser
    browser.show(*SIZES[0])
    browser.open(f"file://{folder}/hostile.html")
    browser.run('[...document.querySelectorAll("#list [role=option]")].forEach(option => option.click())')
    expect(browser, 'document.querySelectorAll("#list [role=option]").length', 2, "a trace and a note")
    browser.run('document.querySelector("#list [role=option]").click()')
    browser.run('document.getElementById("rows").focus()')
    browser.press("Home", "ArrowDown", "End", "Home")
    expect(browser, "window.hit", None, "no text of a span is run")
    expect(browser, 'document.querySelectorAll("img, iframe, object, script").length', 2, "no text of a span is markup")
    look.check("texts that are markup")
    look.keep("hostile")
    print("texts that are markup are texts")
