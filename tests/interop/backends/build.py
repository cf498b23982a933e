"""Builds Jaeger and the OpenTelemetry Collector from their Go modules, once, into a folder outside the checkout.

CI's checkout is a fresh one each time, so what takes minutes to build is kept in the user's cache. A folder there is whole
or absent: it is built under another name and renamed. Its name has the version and a digest of the recipe.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from unavailable import Unavailable

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "observed-backends"

# The module's version 1.76.0 is Jaeger 2.13.0: the two are released together.
JAEGER_MODULE = "github.com/jaegertracing/jaeger/cmd/jaeger"
JAEGER_VERSION = "v1.76.0"
JAEGER_RELEASE = "v2.13.0"
COLLECTOR_RECIPE, BALANCING_RECIPE = HERE / "collector-builder.yaml", HERE / "balancing-builder.yaml"
COLLECTOR_VERSION = "v0.161.0"
COLLECTOR_BUILDER = "go.opentelemetry.io/collector/cmd/builder"


def go(folder, *arguments, otherwise=SystemExit):
    """Runs `go` at a low priority, since it takes all processors for minutes; shows what it says only where it fails."""
    settings = os.environ | {"CGO_ENABLED": "0", "GOFLAGS": "-buildvcs=false", "GOWORK": "off"}
    done = subprocess.run(["nice", "go", *arguments], cwd=folder, env=settings, capture_output=True, text=True)
    if done.returncode != 0:
        raise otherwise(f"go {' '.join(arguments)} failed:\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}")


def build_jaeger(folder):
    # Without this flag Jaeger says that its version is v0.0.0.
    release = f"-X github.com/jaegertracing/jaeger/internal/version.latestVersion={JAEGER_RELEASE}"
    go(folder, "mod", "init", "backends")
    go(folder, "get", "-tool", f"{JAEGER_MODULE}@{JAEGER_VERSION}")
    go(folder, "build", "-ldflags", f"-s -w {release}", "-o", "jaeger", JAEGER_MODULE)
    return folder / "jaeger"


def build_collector(folder, recipe=COLLECTOR_RECIPE, otherwise=SystemExit):
    go(folder, "run", f"{COLLECTOR_BUILDER}@{COLLECTOR_VERSION}", "--config", str(recipe), otherwise=otherwise)
    return folder / "collector" / "otelcol"


def digest(*texts):
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:8]


def kept(name, fill):
    """The folder NAME of the cache; FILL makes it in the folder that it is given, where it is not there yet.

    FILL is given a second folder for what it need not keep.
    """
    folder = CACHE / name
    if folder.exists():
        return folder
    begin = time.monotonic()
    print(f"building {name}, once: this takes up to some minutes", flush=True)
    # Beside its final place, so that the rename stays within one file system.
    with tempfile.TemporaryDirectory(dir=CACHE, prefix="unfinished-") as scratch:
        whole, sources = Path(scratch) / "whole", Path(scratch) / "sources"
        whole.mkdir()
        sources.mkdir()
        fill(whole, sources)
        whole.rename(folder)
    print(f"built {name} in {time.monotonic() - begin:.0f} s", flush=True)
    return folder


def cached(name, build):
    """The program NAME of the cache, which BUILD makes in the folder that it is given."""
    program = name.split("-")[0]
    return kept(name, lambda whole, sources: shutil.move(build(sources), whole / program)) / program


@contextlib.contextmanager
def alone():
    """One run at a time on this machine: the cache is filled once, and the compose file's ports are there once."""
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def programs():
    """The paths of Jaeger and of the Collector, or None where there is no Go to build them with."""
    recipe = COLLECTOR_RECIPE.read_text()
    wanted = {
        f"jaeger-{JAEGER_RELEASE}-{digest(JAEGER_MODULE, JAEGER_VERSION)}": build_jaeger,
        f"otelcol-{COLLECTOR_VERSION}-{digest(recipe)}": build_collector,
    }
    absent = [name for name in wanted if not (CACHE / name).exists()]
    if absent and not shutil.which("go"):
        return None
    return [cached(name, build) for name, build in wanted.items()]


def balancing():
    """The path of a Collector that has the load-balancing exporter too. Where it cannot be built, the check is not run."""
    name = f"balancing-{COLLECTOR_VERSION}-{digest(BALANCING_RECIPE.read_text())}"
    return cached(name, lambda folder: build_collector(folder, BALANCING_RECIPE, otherwise=Unavailable))
