// What sdk_python/sdk.py does, with OpenTelemetry's Go SDK.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

var propagator = propagation.TraceContext{}

// root records every root, and writes a state that says of how many it is one.
type root struct{ state trace.TraceState }

func (r root) ShouldSample(sdk.SamplingParameters) sdk.SamplingResult {
	return sdk.SamplingResult{Decision: sdk.RecordAndSample, Tracestate: r.state}
}

func (root) Description() string { return "root" }

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func provider(service, endpoint, state string) *sdk.TracerProvider {
	exporter := must(otlptracegrpc.New(context.Background(), otlptracegrpc.WithEndpointURL(endpoint)))
	return sdk.NewTracerProvider(
		sdk.WithBatcher(exporter),
		sdk.WithSampler(sdk.ParentBased(root{must(trace.ParseTraceState(state))})),
		sdk.WithResource(resource.NewSchemaless(attribute.String("service.name", service))),
	)
}

func caller(service, endpoint, url, body, key, state string) {
	spans := provider(service, endpoint, state)
	defer spans.Shutdown(context.Background())
	kind := trace.WithSpanKind(trace.SpanKindClient)
	ctx, span := spans.Tracer("interop").Start(context.Background(), "sdk_call", kind)
	defer span.End()
	request := must(http.NewRequest("POST", url+"/process", strings.NewReader(body)))
	request.Header.Set("X-API-KEY", key)
	request.Header.Set("content-type", "application/json")
	propagator.Inject(ctx, propagation.HeaderCarrier(request.Header))
	answer := must(http.DefaultClient.Do(request))
	defer answer.Body.Close()
	trace := span.SpanContext().TraceID().String()
	fmt.Println(string(must(json.Marshal([]any{answer.StatusCode, trace}))))
}

func called(service, endpoint string) {
	spans := provider(service, endpoint, "")
	defer spans.Shutdown(context.Background())
	answer := func(writer http.ResponseWriter, request *http.Request) {
		ctx := propagator.Extract(request.Context(), propagation.HeaderCarrier(request.Header))
		_, span := spans.Tracer("interop").Start(ctx, "sdk_answer", trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		writer.Header().Set("content-type", "application/json")
		io.WriteString(writer, `{"status":"ok","result":{"words":2}}`)
	}
	listener := must(net.Listen("tcp", "127.0.0.1:0"))
	go http.Serve(listener, http.HandlerFunc(answer))
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	io.Copy(io.Discard, os.Stdin)
}

func main() {
	if a := os.Args[2:]; os.Args[1] == "caller" {
		caller(a[0], a[1], a[2], a[3], a[4], a[5])
	} else {
		called(a[0], a[1])
	}
}
