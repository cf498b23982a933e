"""The compose file itself, run by podman with images made of the built programs under the names that it has.

Podman's containers, images and networks of this stage are in the cache, apart from the machine's own.
"""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import build
from process import ROOT
from unavailable import Unavailable

COMPOSE = ROOT / "docker-compose.tracing.yml"
STORE = build.CACHE / "containers"
NETWORK = "techno_observability"
CONTAINERS = ("techno-jaeger", "techno-collector")
PACKAGES = {"podman": "podman", "podman-compose": "podman-compose", "runc": "runc", "busybox": "busybox-static"}

# The published images are not these: what is in them beside the program is what the compose file's health check calls.
JAEGER_IMAGE = """FROM scratch
COPY root/ /
ENV JAEGER_LISTEN_HOST=0.0.0.0 PATH=/bin
USER 10001
ENTRYPOINT ["/jaeger"]
"""
COLLECTOR_IMAGE = """FROM scratch
COPY root/ /
USER 10001
ENTRYPOINT ["/otelcol"]
"""
# crun refuses a machine with hybrid cgroups, and the default limits may be above what the machine allows.
ENGINE = """[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
[network]
network_config_dir = "{store}/networks"
"""
STORAGE = """[storage]
driver = "overlay"
graphroot = "{store}/graph"
runroot = "{store}/run"
"""


def settings():
    STORE.mkdir(parents=True, exist_ok=True)
    (STORE / "networks").mkdir(exist_ok=True)
    files = {"containers.conf": ENGINE, "storage.conf": STORAGE}
    for name, text in files.items():
        (STORE / name).write_text(text.format(store=STORE))
    return os.environ | {
        "CONTAINERS_CONF": str(STORE / "containers.conf"), "CONTAINERS_STORAGE_CONF": str(STORE / "storage.conf"),
        "COMPOSE_PROJECT_NAME": "observed-interop",
    }


def run(*command, check=True):
    done = subprocess.run(command, env=settings(), capture_output=True, text=True, cwd=ROOT)
    if check and done.returncode != 0:
        said = (done.stderr.strip() or done.stdout.strip()).splitlines() or ["nothing"]
        raise Unavailable(f"{' '.join(command[:3])}: {said[-1]}")
    return done


def install():
    absent = [package for command, package in PACKAGES.items() if not shutil.which(command)]
    if not absent:
        return
    apt = ["apt-get", "install", "-y", "-qq", *absent]
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Unavailable(f"{', '.join(absent)} cannot be installed here")
    run("apt-get", "update", "-qq")
    run(*apt)


def image_of(repository):
    """The name with its version that the compose file has for an image."""
    return re.search(rf"image: ({re.escape(repository)}:\S+)", COMPOSE.read_text())[1]


def make_image(repository, dockerfile, program, tools=()):
    """An image of a program, unless there is one of exactly it: the label is the cache folder's name."""
    name, label = f"docker.io/{image_of(repository)}", f"observed.program={program.parent.name}"
    if run("podman", "images", "-q", "--filter", f"label={label}", "--filter", f"reference={name}").stdout.strip():
        return
    with tempfile.TemporaryDirectory(dir=STORE) as folder:
        root = Path(folder) / "root"
        (root / "bin").mkdir(parents=True)
        (root / "tmp").mkdir()
        shutil.copy(program, root)
        if tools:
            shutil.copy(shutil.which("busybox"), root / "bin")
        for tool in tools:
            (root / "bin" / tool).symlink_to("busybox")
        (Path(folder) / "Dockerfile").write_text(dockerfile)
        run("podman", "build", "-q", "--label", label, "-t", name, folder)


def compose(*arguments):
    return run("podman-compose", "-f", str(COMPOSE), *arguments)


def up(jaeger, collector):
    """Starts both services of the compose file; what is left of a run that was killed is removed first."""
    install()
    make_image("jaegertracing/jaeger", JAEGER_IMAGE, jaeger, ["sh", "wget"])
    make_image("otel/opentelemetry-collector-contrib", COLLECTOR_IMAGE, collector)
    down()
    # Old versions of podman-compose do not know profiles, and start every service anyway; newer ones are told.
    settings_with_profile = {"COMPOSE_PROFILES": "collector"}
    os.environ.update(settings_with_profile)
    compose("up", "-d")
    for name in CONTAINERS:
        state = run("podman", "inspect", "--format", "{{.State.Status}}", name).stdout.strip()
        if state != "running":
            raise Unavailable(f"{name} is {state}: {run('podman', 'logs', name, check=False).stderr[-300:]}")


def down():
    run("podman", "rm", "-f", "-t", "5", *reversed(CONTAINERS), check=False)
    run("podman", "pod", "rm", "-f", "pod_observed-interop", check=False)
    run("podman", "network", "rm", "-f", NETWORK, check=False)


def healthy(name):
    """What the compose file's own health check says."""
    return run("podman", "healthcheck", "run", name, check=False).returncode == 0


def logs(name):
    done = run("podman", "logs", name, check=False)
    return done.stdout + done.stderr
