"""The service straight into Jaeger: what was sent is what Jaeger's API gives back."""

import math
from collections import Counter

from jaeger_api import by_trace, tree
from rotel import EXPECTED
from sender import FAIL, SUMMARIZE, body, demo, environment, service_name, traces

CALLER = "b7ad6b7169203331"
LONGEST_WIDE, LONGEST_DEEP = 10_000, 3_000
INT64 = (-(2**63), 2**63 - 1)


def demo_straight(backends, programs, protocol, endpoint):
    """The demo's trees, kinds, failures and resource."""
    service = service_name("straight")
    settings = environment(service, endpoint, protocol, OTEL_RESOURCE_ATTRIBUTES="deployment.environment.name=interop")
    with demo(programs.demo, settings) as running:
        called = "00000000000000010000" + service[-8:] + "abcd"
        status, allowed = running.ask(SUMMARIZE, traceparent=f"00-{called}-{CALLER}-01")
        assert (status, allowed) == (200, called), (status, allowed)
        failed_status, failed = running.ask(FAIL)
        assert failed_status == 502, failed_status
        status, model = running.ask(body("complete_text", {"prompt": "hello", "model": "demo-1"}))
        assert status == 200, status
        account = running.settled()
    spans = backends.jaeger.until(service, account["started"])
    assert account["exported"] == account["started"] == len(spans), (account, len(spans))
    found = by_trace(spans)
    assert found.keys() == {allowed, failed, model}, found.keys()
    assert tree(found[allowed]) == Counter({(name, "-" if parent == CALLER else parent): 1 for name, parent in EXPECTED})
    kinds = {span.name: span.kind for span in spans}
    assert kinds["process_action"] == "server" and kinds["gate_evaluation"] == "internal", kinds
    assert "client" in {span.kind for span in found[model]}, kinds
    errors = {span.name for span in found[failed] if span.failed}
    assert {"failing_executor_v1", "process_action"} <= errors, errors
    assert not [span for span in found[allowed] + found[model] if span.failed]
    root = next(span for span in found[allowed] if span.name == "process_action")
    assert root.parent == CALLER or root.parent == "", root
    assert (root.tags["action"], root.tags["trace_id"]) == ("summarize_text", allowed), root.tags
    pipeline = next(span for span in found[allowed] if span.name == "agentic_action")
    assert (pipeline.tags["executor_version"], pipeline.types["executor_version"]) == (1, "int64"), pipeline.tags
    for span in spans:
        resource = (span.resource["service.name"], span.resource["deployment.environment.name"])
        assert resource == (service, "interop"), span.resource
    return f"{len(spans)} spans of {len(found)} traces over {protocol}"


def types(backends, programs):
    """A span of every kind, and attributes of every type with the values at their ends."""
    service = service_name("types")
    account = traces(programs.traces, environment(service, backends.jaeger_grpc), "types")
    spans = {span.name: span for span in backends.jaeger.until(service, account["started"])}
    kinds = {name: span.kind for name, span in spans.items()}
    below = ("client", "producer", "consumer", "internal")
    assert kinds == {name: name for name in below} | {"types": "server", "fails": "internal"}, kinds
    assert spans["fails"].failed and not spans["types"].failed
    for name, above in [("fails", "types"), *zip(below, ("types", *below))]:
        assert spans[name].parent == spans[above].id, f"{name} is not below {above}"
    tags, types = spans["types"].tags, spans["types"].types
    least, most = INT64
    wanted = {
        "text": ("string", 'quote " backslash \\ tab \t line \n null \0 end'),
        "text.unicode": ("string", "za\u017c\u00f3\u0142\u0107 \u6f22\u5b57 \U0001f980 e\u0301"), "text.empty": ("string", ""),
        # Beyond 53 bits Jaeger writes a number as text, for JavaScript.
        "int.least": ("int64", str(least)), "int.most": ("int64", str(most)),
        "float.most": ("float64", 1.7976931348623157e308), "float.least": ("float64", math.ulp(0.0)),
        "float.tenth": ("float64", 0.1), "flag.yes": ("bool", True), "flag.no": ("bool", False),
        # Jaeger has no arrays: it shows them as the text of their JSON.
        "ints": ("string", f"[{least},0,{most}]"), "floats": ("string", "[0.1,-1.5]"),
        "flags": ("string", "[true,false]"), "texts": ("string", '["one",""]'), "nothing": ("string", "[]"),
    }
    found = {key: (types.get(key), tags.get(key)) for key in wanted}
    assert found == wanted, {key: (found[key], wanted[key]) for key in wanted if found[key] != wanted[key]}
    event = spans["types"].events[0]
    assert (event["event"], event["event.count"], event["event.share"]) == ("noticed", 3, 0.25), event
    # One float that is none would make Jaeger's API fail for the whole trace.
    unfit = {"float.none", "float.endless"} & tags.keys() | {"event.none"} & event.keys()
    assert not unfit and account["attributes_not_finite"] == 3, (unfit, account)
    assert account["attributes_lost"] == 0, account
    return f"{len(spans)} spans, every kind, {len(wanted)} attributes of every type"


def wide(backends, programs, number=LONGEST_WIDE):
    """One trace of very many spans, all but the first siblings."""
    spans = sent(backends, programs, "wide", number)
    assert tree(spans) == Counter({("wide", "-"): 1, ("leaf", "wide"): number - 1}), tree(spans)
    assert {span.tags["number"] for span in spans if span.name == "leaf"} == set(range(number - 1))
    return f"{number} spans in one trace"


def deep(backends, programs, number=LONGEST_DEEP):
    """One trace of very many spans, each the parent of the next."""
    spans = sent(backends, programs, "deep", number)
    below = {span.parent: span for span in spans}
    order, here = [], ""
    while here in below:
        order.append(below[here].tags["below"])
        here = below[here].id
    assert order == list(range(number - 1, -1, -1)), f"the chain is {len(order)} long"
    return f"{number} spans, one below the other"


def sent(backends, programs, shape, number):
    service = service_name(shape)
    account = traces(programs.traces, environment(service, backends.jaeger_grpc), shape, str(number))
    assert account["exported"] == number, account
    spans = backends.jaeger.until(service, number)
    assert len(spans) == number and len(by_trace(spans)) == 1, f"{len(spans)} of {number} spans"
    assert not (warned := [span.warnings for span in spans if span.warnings]), warned[:3]
    return spans
