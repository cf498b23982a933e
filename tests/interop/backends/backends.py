"""Both backends, running: by the compose file where containers can be run, else as processes with the same configuration."""

import contextlib
from dataclasses import dataclass
from pathlib import Path

import containers
import process
from jaeger_api import Jaeger
from unavailable import Unavailable

# What the compose file publishes; tests/tests/compose.rs compares it with the runtime's defaults.
JAEGER_GRPC, JAEGER_HTTP, JAEGER_API = "http://127.0.0.1:4317", "http://127.0.0.1:4318", "http://127.0.0.1:16686"
COLLECTOR_PORTS = (14317, 14318, 14133, 18888)


@dataclass
class Backends:
    """Where everything is."""

    jaeger: Jaeger
    jaeger_program: Path
    collector_program: Path
    folder: Path
    # How to look at the log of the compose file's Collector.
    collector_log: callable
    jaeger_grpc: str = JAEGER_GRPC
    jaeger_http: str = JAEGER_HTTP
    collector_grpc: str = f"http://127.0.0.1:{COLLECTOR_PORTS[0]}"
    collector_http: str = f"http://127.0.0.1:{COLLECTOR_PORTS[1]}"
    collector_metrics: str = f"http://127.0.0.1:{COLLECTOR_PORTS[3]}/metrics"

    def collector(self, name, *changes):
        """Another Collector, as a process: the repository's configuration with these changes, sending to the same Jaeger."""
        return process.Collector(self.collector_program, self.folder / f"{name}.log", self.jaeger_grpc, changes)


@contextlib.contextmanager
def running(jaeger, collector, folder):
    """Backends, both healthy; ends what it started."""
    with contextlib.ExitStack() as stack:
        log = containers_up(stack, jaeger, collector)
        if log is None:
            stack.enter_context(process.jaeger(jaeger, folder / "jaeger.log"))
            path = folder / "collector.log"
            stack.enter_context(process.Collector(collector, path, JAEGER_GRPC, ports=COLLECTOR_PORTS))
            log = path.read_text
        process.until_it_answers(f"{JAEGER_API}/api/services", "Jaeger")
        process.until_it_answers(f"http://127.0.0.1:{COLLECTOR_PORTS[2]}/", "the Collector")
        yield Backends(Jaeger(JAEGER_API), jaeger, collector, folder, log)


def containers_up(stack, jaeger, collector):
    """The compose file, up and healthy; None, with one line that says why, where containers cannot be run."""
    try:
        stack.callback(containers.down)
        containers.up(jaeger, collector)
    except Unavailable as reason:
        stack.pop_all().close()
        print(f"NOT RUN: the compose file itself ({reason}); its programs run without containers, configured alike")
        return None
    process.until(lambda: containers.healthy("techno-jaeger"), "Jaeger is not healthy by the compose file's own check")
    return lambda: containers.logs("techno-collector")
