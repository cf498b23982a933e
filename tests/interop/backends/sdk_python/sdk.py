"""A program of its own, run in an environment that has OpenTelemetry's Python SDK: calls the demo, or is called by it.

    caller SERVICE JAEGER_GRPC DEMO_URL BODY KEY TRACESTATE   prints the demo's status and the trace id that it began
    called SERVICE JAEGER_GRPC                                prints its port, and answers requests until its input ends

It uses nothing of this project: propagation, ids, batching and export are the SDK's. As the caller it is the root and writes
TRACESTATE, as a sampler does. The programs beside it do the same with the SDKs of Go, JavaScript and Java.
"""

import http.server
import json
import sys
import threading
import urllib.request

from opentelemetry import propagate, trace
from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import Decision, ParentBased, Sampler, SamplingResult


class Root(Sampler):
    """Records every root, and writes a state that says of how many it is one."""

    def __init__(self, state):
        self.state = trace.TraceState.from_header([state])

    def should_sample(self, parent_context, trace_id, name, *_, attributes=None, **__):
        return SamplingResult(Decision.RECORD_AND_SAMPLE, attributes, self.state)

    def get_description(self):
        return "Root"


def tracer(service, endpoint, state=""):
    provider = TracerProvider(ParentBased(Root(state)), Resource.create({"service.name": service}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, insecure=True)))
    return provider, provider.get_tracer("interop")


def caller(service, endpoint, url, body, key, state):
    provider, spans = tracer(service, endpoint, state)
    with spans.start_as_current_span("sdk_call", kind=trace.SpanKind.CLIENT) as span:
        headers = {"X-API-KEY": key, "content-type": "application/json"}
        propagate.inject(headers)
        request = urllib.request.Request(f"{url}/process", body.encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            status = answer.status
        print(json.dumps([status, f"{span.get_span_context().trace_id:032x}"]))
    provider.shutdown()


def called(service, endpoint):
    provider, spans = tracer(service, endpoint)

    class Handler(http.server.BaseHTTPRequestHandler):
        """Answers as another demo would."""

        def do_POST(self):
            self.rfile.read(int(self.headers["content-length"]))
            context = propagate.extract(dict(self.headers.items()))
            with spans.start_as_current_span("sdk_answer", context, kind=trace.SpanKind.SERVER):
                text = json.dumps({"status": "ok", "result": {"words": 2}}).encode()
                self.send_response(200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(text)))
                self.end_headers()
                self.wfile.write(text)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()
    server.shutdown()
    provider.shutdown()


if __name__ == "__main__":
    {"caller": caller, "called": called}[sys.argv[1]](*sys.argv[2:])
