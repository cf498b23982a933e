"""The page of a service that runs, is asked for by another name, and ends."""

import json
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request

from look import SIZES, expect

ACTIONS = ("summarize_text", "always_fail")
LISTED = 'document.querySelectorAll("#list [role=option]").length'


def settings():
    return {name: value for name, value in os.environ.items() if not name.startswith(("OTEL_", "TRACING_", "OBSERVED_", "DEMO_"))}


def ask(port, action):
    body = json.dumps({"action": action, "context_id": "ctx-production", "payload": {"text": "hello there"}}).encode()
    headers = {"x-api-key": "demo-key", "content-type": "application/json"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/process", body, headers)
    try:
        urllib.request.urlopen(request, timeout=30).read()
    except urllib.error.HTTPError as answer:
        answer.close()


def check_live(look, demo, folder):
    browser = look.browser
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    environment = settings() | {
        "TRACING_ENABLED": "1", "OTEL_SAMPLING_RATE": "1", "OTEL_TRACES_EXPORTER": "page", "OBSERVED_PIPELINE_ENABLED": "1",
        "DEMO_LISTEN": f"127.0.0.1:{port}", "DEMO_AUDIT_LOG": f"{folder}/audit.jsonl",
    }
    service = subprocess.Popen([demo], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        for line in service.stderr:
            if page := re.search(r"to page (http://127\.0\.0\.1:(\d+)/)", line):
                break
        else:
            sys.exit("the start line does not name the page")
        browser.show(*SIZES[1])
        browser.open(page[1])
        expect(browser, 'document.getElementById("found").textContent', "no trace yet", "nothing was asked yet")
        for count, action in enumerate(ACTIONS, 1):
            ask(port, action)
            browser.wait_for(f"{LISTED} === {count}")
        browser.wait_for('document.querySelectorAll("#list .sign").length === 1')
        browser.run('document.querySelector("#list [role=option]").click()')
        look.check("live")
        look.keep("live")
        browser.open(f"http://rebound.example:{page[2]}/")
        if "403" not in "".join(browser.complaints) or browser.run('document.querySelector("#list")') is not None:
            sys.exit("a name that points to the address gets the page")
        browser.open(page[1])
        browser.wait_for(f"{LISTED} === 2")
    finally:
        service.terminate()
        service.wait(timeout=60)
    browser.wait_for('document.getElementById("told").textContent.startsWith("the program does not answer")')
    expect(browser, LISTED, 2, "what was shown stays")
    print("a program that runs, a name that points to it, a program that has ended")
