"""What Jaeger holds, asked by its HTTP API, in a form that is easy to compare."""

import json
import time
import urllib.parse
import urllib.request
from collections import Counter
from dataclasses import dataclass, field

# The API's answers are large where a service has tens of thousands of spans.
ANSWER_SECONDS = 120
MOST_TRACES = 50_000


@dataclass
class Span:
    trace: str
    id: str
    parent: str
    name: str
    tags: dict
    types: dict
    events: list
    resource: dict
    warnings: list = field(default_factory=list)

    @property
    def failed(self):
        return self.tags.get("error") is True

    @property
    def kind(self):
        return self.tags.get("span.kind", "internal")


def tags(pairs):
    return {tag["key"]: tag["value"] for tag in pairs}


def parent(span):
    parents = [reference["spanID"] for reference in span["references"] if reference["refType"] == "CHILD_OF"]
    return parents[0] if parents else ""


def spans_of(trace):
    """The spans of one trace of the answer. One that was delivered twice is there once."""
    found = {}
    for span in trace["spans"]:
        found[span["spanID"]] = Span(
            trace=span["traceID"], id=span["spanID"], parent=parent(span), name=span["operationName"],
            tags=tags(span["tags"]), types={tag["key"]: tag["type"] for tag in span["tags"]},
            events=[tags(event["fields"]) for event in span["logs"]],
            resource={"service.name": trace["processes"][span["processID"]]["serviceName"]}
            | tags(trace["processes"][span["processID"]]["tags"]),
            warnings=span.get("warnings") or [],
        )
    return list(found.values())


class Jaeger:
    """The API at one address."""

    def __init__(self, url):
        self.url = url

    def text(self, path, **query):
        address = f"{self.url}/api/{path}?{urllib.parse.urlencode(query)}"
        with urllib.request.urlopen(address, timeout=ANSWER_SECONDS) as answer:
            return answer.read().decode()

    def raw(self, service):
        """The traces of a service as the API writes them, for what must stand nowhere in them."""
        return self.text("traces", service=service, limit=MOST_TRACES, lookback="1h")

    def spans(self, service):
        """Every span of a service's traces, those that other services have in them included."""
        return [span for trace in json.loads(self.raw(service))["data"] for span in spans_of(trace)]

    def until(self, service, number, seconds=30):
        """The spans of a service, as soon as there are so many of them, or after so many seconds: those that there are."""
        deadline = time.monotonic() + seconds
        while len(spans := self.spans(service)) < number and time.monotonic() < deadline:
            time.sleep(0.5)
        return spans


def tree(spans):
    """Each span's name with its parent's, and how often; a parent that is not there is `-`."""
    names = {span.id: span.name for span in spans}
    return Counter((span.name, names.get(span.parent, "-")) for span in spans)


def by_trace(spans):
    traces = {}
    for span in spans:
        traces.setdefault(span.trace, []).append(span)
    return traces
