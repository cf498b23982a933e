"""OpenTelemetry's own SDKs: each language's program of `sdk_*`, made once, as a command that takes the program's arguments."""

import os
import shutil
import subprocess
import sys

from build import HERE, digest, go, kept
from process import ROOT
from unavailable import Unavailable

VENV = ROOT / "target" / "interop" / "sdk-venv"


def tools(*names, package):
    absent = [name for name in names if not shutil.which(name)]
    if absent:
        raise Unavailable(f"{', '.join(absent)} is not here (Debian has it in {package})")


def run(folder, *command, otherwise=Unavailable):
    done = subprocess.run(["nice", *command], cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        raise otherwise(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-300:]}")


def made(language, fill):
    """The folder of the cache that FILL, given it and the sources, made of the files of `sdk_LANGUAGE`."""
    sources = HERE / f"sdk_{language}"
    files = sorted(path for path in sources.iterdir() if path.is_file())
    name = f"sdk_{language}-{digest(*(path.read_text() for path in files))}"
    return kept(name, lambda whole, _: fill(whole, sources))


def python():
    sources, found = HERE / "sdk_python", VENV / "bin" / "python3"
    wanted = (sources / "requirements.txt").read_text()
    installed = VENV / "installed"
    if not installed.exists() or installed.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)
        run(sources, found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt")
        installed.write_text(wanted)
    return [found, sources / "sdk.py"]


def golang():
    tools("go", package="golang")

    def fill(whole, sources):
        go(sources, "mod", "download", otherwise=Unavailable)
        go(sources, "build", "-o", str(whole / "sdk"), ".", otherwise=AssertionError)

    return [made("go", fill) / "sdk"]


def javascript():
    tools("node", "npm", package="nodejs and npm")

    def fill(whole, sources):
        for name in ("package.json", "package-lock.json", "sdk.js"):
            shutil.copy(sources / name, whole)
        run(whole, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")

    return ["node", made("js", fill) / "sdk.js"]


def java():
    tools("java", "javac", "mvn", package="default-jdk-headless and maven")

    def fill(whole, sources):
        run(sources, "mvn", "-q", "-B", "dependency:copy-dependencies", f"-DoutputDirectory={whole / 'lib'}")
        run(sources, "javac", "-cp", f"{whole / 'lib'}/*", "-d", str(whole), "Sdk.java", otherwise=AssertionError)

    folder = made("java", fill)
    return ["java", "-cp", os.pathsep.join((str(folder), f"{folder / 'lib'}/*")), "Sdk"]


COMMANDS = {"Python": python, "Go": golang, "JavaScript": javascript, "Java": java}
