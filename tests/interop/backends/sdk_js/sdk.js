// What sdk_python/sdk.py does, with OpenTelemetry's JavaScript SDK.
import http from "node:http";
import { ROOT_CONTEXT, SpanKind, context, createTraceState, propagation, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-grpc";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider, ParentBasedSampler, SamplingDecision } from "@opentelemetry/sdk-trace-node";

// Records every root, and writes a state that says of how many it is one.
const root = (state) => ({
  shouldSample: () => ({ decision: SamplingDecision.RECORD_AND_SAMPLED, traceState: createTraceState(state) }),
  toString: () => "root",
});

// Registered, so that the API's propagation is the SDK's.
function provider(service, endpoint, state) {
  const made = new NodeTracerProvider({
    resource: resourceFromAttributes({ "service.name": service }),
    sampler: new ParentBasedSampler({ root: root(state) }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: endpoint }))],
  });
  made.register();
  return made;
}

async function caller(service, endpoint, url, body, key, state) {
  const spans = provider(service, endpoint, state);
  await spans.getTracer("interop").startActiveSpan("sdk_call", { kind: SpanKind.CLIENT }, async (span) => {
    const headers = { "X-API-KEY": key, "content-type": "application/json" };
    propagation.inject(context.active(), headers);
    const answer = await fetch(`${url}/process`, { method: "POST", body, headers });
    await answer.text();
    console.log(JSON.stringify([answer.status, span.spanContext().traceId]));
    span.end();
  });
  await spans.shutdown();
}

function called(service, endpoint) {
  const spans = provider(service, endpoint, "");
  const server = http.createServer((request, response) => {
    const above = propagation.extract(ROOT_CONTEXT, request.headers);
    const span = spans.getTracer("interop").startSpan("sdk_answer", { kind: SpanKind.SERVER }, above);
    request.resume().on("end", () => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ status: "ok", result: { words: 2 } }));
      span.end();
    });
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
  process.stdin.resume().on("end", () => {
    server.closeAllConnections();
    server.close(() => spans.shutdown());
  });
}

const [form, ...rest] = process.argv.slice(2);
await { caller, called }[form](...rest);
