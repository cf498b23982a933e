"""TLS into the real Collector, which asks for a client's certificate: who has one of its authority delivers, nobody else."""

import json
import subprocess
from collections import Counter

import certificates
from check_faults import NOTHING_HELD_BACK
from jaeger_api import tree
from process import metric
from sender import environment, service_name

SPANS = 500
ACCEPTED = "otelcol_receiver_accepted_spans"
# By TLS 1.3 a client's certificate is judged after the handshake, and over HTTP/2 the client sees a connection that broke.
REFUSED_EARLY, REFUSED_LATE = ("tls",), ("tls", "broken")


def asking_for_a_certificate(authority, asking=True):
    """The changes of the Collector's configuration, for both protocols."""
    files = {"cert_file": authority.certificate("receiver"), "key_file": authority.key("receiver")}
    if asking:
        files["client_ca_file"] = authority.certificate()
    return [f"receivers::otlp::protocols::{protocol}::tls::{key}: {path}"
            for protocol in ("grpc", "http") for key, path in files.items()]


def trusting(authority):
    return {"OTEL_EXPORTER_OTLP_CERTIFICATE": authority.certificate()}


def certified(authority):
    return {"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE": authority.certificate("client"),
            "OTEL_EXPORTER_OTLP_CLIENT_KEY": authority.key("client")}


def endpoint(collector, protocol):
    """The Collector's endpoint for a protocol, by TLS."""
    clear = {"grpc": collector.grpc, "http/protobuf": collector.http}[protocol]
    return clear.replace("http://", "https://")


def sent(programs, collector, protocol, files):
    """The service's name and its status, after a program has made a trace and has ended by itself, without an error."""
    service = service_name("tls")
    settings = environment(service, endpoint(collector, protocol), protocol, OTEL_BSP_EXPORT_TIMEOUT="2000", **files)
    done = subprocess.run([programs.traces, "wide", str(SPANS)], env=settings, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, f"the program failed: {done.stdout}\n{done.stderr}"
    status = json.loads(done.stdout)
    assert status["state"] == "enabled" and status["spans"]["started"] == SPANS, status
    return service, status


def delivered(backends, programs, collector, protocol, files):
    service, status = sent(programs, collector, protocol, files)
    told, exported = status["last_export_error"], status["spans"]["exported"]
    assert status["exporter"].startswith(f"otlp {protocol} https://"), status["exporter"]
    assert (told, exported) == (None, SPANS), f"{protocol}: {exported} of {SPANS} spans were taken: {told}"
    spans = backends.jaeger.until(service, SPANS)
    assert tree(spans) == Counter({("wide", "-"): 1, ("leaf", "wide"): SPANS - 1}), f"{len(spans)} of {SPANS} spans"


def refused(backends, programs, collector, protocol, files, whom, classes=REFUSED_LATE):
    """Nothing arrives, all of it is counted, and the status says why: the class that it has."""
    accepted = metric(collector.metrics, ACCEPTED)
    service, status = sent(programs, collector, protocol, files)
    told, failed = status["last_export_error"], status["spans"]["dropped"]["export_failed"]
    said = f"{whom}, {protocol}: {told}, {failed} failed, {status['spans']['exported']} exported"
    assert told in classes and (failed, status["spans"]["exported"]) == (SPANS, 0), said
    assert metric(collector.metrics, ACCEPTED) == accepted, f"the Collector took spans of {whom}"
    assert not backends.jaeger.spans(service), f"Jaeger has spans of {whom}"
    return f"{whom}, {protocol}: {told}"


def tls(backends, programs, changes=asking_for_a_certificate, trusted=None):
    """By both protocols: delivered with the right certificate; nothing without one, with a stranger's, or to a stranger."""
    ours, theirs = (certificates.Authority(backends.folder / service_name(name)) for name in ("authority", "stranger"))
    trusted, said = trusting(trusted or ours), []
    with backends.collector("tls", *NOTHING_HELD_BACK, *changes(ours)) as collector:
        for protocol in ("grpc", "http/protobuf"):
            delivered(backends, programs, collector, protocol, trusted | certified(ours))
            for files, whom, classes in (
                (trusted, "no certificate", REFUSED_LATE),
                (trusted | certified(theirs), "a stranger's certificate", REFUSED_LATE),
                (trusting(theirs) | certified(ours), "a receiver that is a stranger", REFUSED_EARLY),
            ):
                said.append(refused(backends, programs, collector, protocol, files, whom, classes))
    return f"twice {SPANS} spans by https with a client's certificate; none with {'; '.join(said)}; the program went on"
