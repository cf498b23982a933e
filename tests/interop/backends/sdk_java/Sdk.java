// What sdk_python/sdk.py does, with OpenTelemetry's Java SDK.

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

public final class Sdk {
    static final W3CTraceContextPropagator PROPAGATOR = W3CTraceContextPropagator.getInstance();

    /** Records every root, and writes a state that says of how many it is one. */
    record Root(TraceState state) implements Sampler, SamplingResult {
        public SamplingResult shouldSample(
                Context parent, String trace, String name, SpanKind kind, Attributes attributes, List<LinkData> links) {
            return this;
        }

        public SamplingDecision getDecision() {
            return SamplingDecision.RECORD_AND_SAMPLE;
        }

        public Attributes getAttributes() {
            return Attributes.empty();
        }

        public TraceState getUpdatedTraceState(TraceState parents) {
            return state;
        }

        public String getDescription() {
            return "root";
        }
    }

    /** The headers of a request. */
    static final class Headers implements TextMapGetter<HttpExchange> {
        @SuppressWarnings("deprecation") // Nothing asks for it, and the interface has it still.
        public Iterable<String> keys(HttpExchange exchange) {
            return exchange.getRequestHeaders().keySet();
        }

        public String get(HttpExchange exchange, String key) {
            return exchange.getRequestHeaders().getFirst(key);
        }
    }

    static TraceState state(String header) {
        var builder = TraceState.builder();
        // The builder puts what comes later in front.
        var members = List.of(header.split(","));
        for (int at = members.size() - 1; at >= 0; at--) {
            var pair = members.get(at).split("=", 2);
            if (pair.length == 2) {
                builder.put(pair[0], pair[1]);
            }
        }
        return builder.build();
    }

    static SdkTracerProvider provider(String service, String endpoint, String state) {
        var exporter = OtlpGrpcSpanExporter.builder().setEndpoint(endpoint).build();
        return SdkTracerProvider.builder()
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .setSampler(Sampler.parentBased(new Root(state(state))))
                .setResource(Resource.create(Attributes.builder().put("service.name", service).build()))
                .build();
    }

    static void caller(String service, String endpoint, String url, String body, String key, String state) throws Exception {
        try (var spans = provider(service, endpoint, state)) {
            var span = spans.get("interop").spanBuilder("sdk_call").setSpanKind(SpanKind.CLIENT).startSpan();
            var request = HttpRequest.newBuilder(URI.create(url + "/process"))
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("X-API-KEY", key)
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            PROPAGATOR.inject(Context.root().with(span), request, HttpRequest.Builder::header);
            var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            System.out.printf("[%d, \"%s\"]%n", answer.statusCode(), span.getSpanContext().getTraceId());
            span.end();
        }
    }

    static void called(String service, String endpoint) throws IOException {
        try (var spans = provider(service, endpoint, "")) {
            var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
            server.createContext("/", exchange -> {
                var above = PROPAGATOR.extract(Context.root(), exchange, new Headers());
                var span = spans.get("interop").spanBuilder("sdk_answer")
                        .setParent(above).setSpanKind(SpanKind.SERVER).startSpan();
                exchange.getRequestBody().readAllBytes();
                var text = "{\"status\":\"ok\",\"result\":{\"words\":2}}".getBytes();
                exchange.getResponseHeaders().set("content-type", "application/json");
                exchange.sendResponseHeaders(200, text.length);
                exchange.getResponseBody().write(text);
                exchange.close();
                span.end();
            });
            server.start();
            System.out.println(server.getAddress().getPort());
            System.in.readAllBytes();
            server.stop(0);
        }
    }

    public static void main(String[] a) throws Exception {
        if (a[0].equals("caller")) {
            caller(a[1], a[2], a[3], a[4], a[5], a[6]);
        } else {
            called(a[1], a[2]);
        }
    }
}
