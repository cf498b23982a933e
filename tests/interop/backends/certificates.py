"""Certificates for a receiver that asks its clients for one: made anew for each run by the `openssl` command."""

import os
import shutil
import subprocess
from pathlib import Path

from unavailable import Unavailable

CONFIG = """[req]
distinguished_name = subject
prompt = no
[subject]
CN = interop
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
[receiver]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1
[client]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = clientAuth
"""
KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2")


def openssl(*arguments):
    done = subprocess.run(["openssl", *arguments], capture_output=True, text=True)
    assert done.returncode == 0, f"openssl {arguments[0]}: {done.stderr}"


def install():
    if shutil.which("openssl"):
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        raise Unavailable("certificates are made by the openssl command, which is not here")
    for arguments in (("update", "-qq"), ("install", "-y", "-qq", "openssl")):
        subprocess.run(["apt-get", *arguments], check=True, capture_output=True)


class Authority:
    """An authority with a receiver's certificate for 127.0.0.1 and a client's, in a folder of its own."""

    def __init__(self, folder: Path):
        install()
        folder.mkdir()
        self.folder = folder
        (folder / "openssl.cnf").write_text(CONFIG)
        self.make("authority")
        self.make("receiver", signed=True)
        self.make("client", signed=True)

    def make(self, name, signed=False):
        signer = ("-CA", self.certificate("authority"), "-CAkey", self.key("authority")) if signed else ()
        openssl("req", "-x509", "-config", str(self.folder / "openssl.cnf"), "-extensions", name, *KEY, *signer,
                "-keyout", self.key(name), "-out", self.certificate(name))

    def certificate(self, name="authority"):
        return str(self.folder / f"{name}.pem")

    def key(self, name):
        return str(self.folder / f"{name}.key")
