"""A small folder of the course, a package server of its own, and computers that are broken in one way."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINS = "altair==6.3.0\nfilelock==4.2.11\n"
PAGE = '<a href="filelock-4.2.11-py3-none-any.whl">filelock-4.2.11-py3-none-any.whl</a>'
# The room on this computer's disk is no matter of these tests.
PLENTY_OF_ROOM = """
import shutil
class Usage: free = 50 * 1024**3
if hasattr(shutil, "disk_usage"): shutil.disk_usage = lambda folder: Usage
"""
# A certificate that nobody trusts, valid until 2126, for a server on 127.0.0.1 that lives for one test.
CERTIFICATE = """-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUVXv4wRyyJdaXHFZSaWLu2mitucgwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjE4MzcwNloYDzIxMjYxMDI5
MTgzNzA2WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATUQDBriTuYof1kzIo0aHAnhtCIwpnZLHbkvWfy4J3Co8kunbwJ5Txy
KdKz+ooffbU75i/wSxsC7PMbkcRWJ7Gzo28wbTAdBgNVHQ4EFgQUN5S1FvRCR36h
b/C0NUUTGV98pS4wHwYDVR0jBBgwFoAUN5S1FvRCR36hb/C0NUUTGV98pS4wDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgJvAyx95eSNHZY+JwwzeAUIBH3SZjxWvpkoi6k4uOgHkCIHJF
I12NuQxx32oFuYn8vLUZVKDtOVIqubYQgZF0gVdK
-----END CERTIFICATE-----
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgha58AVIknqf/yesW
EZqjY8ZPO0pkbsmSCPiHS0r/L6GhRANCAATUQDBriTuYof1kzIo0aHAnhtCIwpnZ
LHbkvWfy4J3Co8kunbwJ5TxyKdKz+ooffbU75i/wSxsC7PMbkcRWJ7Gz
-----END PRIVATE KEY-----
"""


@pytest.fixture
def course():
    """The file course.py as a module."""
    spec = importlib.util.spec_from_file_location("course", ROOT / "course.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def copy_course(folder: Path) -> Path:
    """The few files of the course that a set-up reads, in a folder of their own."""
    package = folder / "src" / "regionalism"
    package.mkdir(parents=True)
    for name in ("course.py", "CITATION.cff"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copy(ROOT / "src/regionalism/__init__.py", package)
    shutil.copytree(ROOT / "src/regionalism/setting_up", package / "setting_up",
                    ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "requirements.txt").write_text(PINS, encoding="utf-8")
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    return folder


class Shelf:
    """A package server on 127.0.0.1 whose answer a test chooses."""

    def __init__(self, folder: Path):
        self.status, self.body, self.headers, self.asked = 200, PAGE, {}, []
        self.folder, self.scheme = folder, "http"
        shelf = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                shelf.asked.append((self.path, self.headers.get("Authorization")))
                body = shelf.body.encode()
                self.send_response_only(shelf.status)
                for name, value in {"Content-Type": "text/html", "Content-Length": len(body), **shelf.headers}.items():
                    self.send_header(name, str(value))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a client that trusts no certificate hangs up
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.server.server_port}"

    @property
    def address(self) -> str:
        return f"{self.scheme}://{self.place}/simple"

    def encrypt(self) -> Path:
        """Go on with a certificate that nobody trusts; gives its file."""
        path = self.folder / "server.pem"
        path.write_text(CERTIFICATE, encoding="ascii")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.scheme = "https"
        return path

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(timeout=5)


@pytest.fixture
def shelf(tmp_path):
    """A package server that has what the course needs, until a test changes that."""
    made = Shelf(tmp_path)
    yield made
    made.close()


class Computer:
    """A computer on which `course.py doctor` runs as a process of its own: variables, programs, folder."""

    def __init__(self, tmp_path: Path, shelf: Shelf):
        self.root = copy_course(tmp_path / "course")
        self.programs, self.patches, self.home = tmp_path / "bin", tmp_path / "patches", tmp_path
        self.patches.mkdir()
        self.python, self.before = sys.executable, []
        self.programs.mkdir()
        self.patch("")
        self.program("chromium", "echo Chromium 156.0.8078.79 built on a test")
        self.environ = {
            "PATH": str(self.programs), "HOME": str(tmp_path), "PYTHONPATH": str(self.patches),
            "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": shelf.address, "NO_PROXY": "",
        }  # fmt: skip

    def program(self, name: str, script: str) -> Path:
        """Put a program for a shell on the path, in place of an earlier one of this name."""
        path = self.programs / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def patch(self, code: str) -> None:
        """Code that Python runs before everything else: a fault that cannot be had for real."""
        (self.patches / "sitecustomize.py").write_text(PLENTY_OF_ROOM + code, encoding="utf-8")

    def doctor(self, *options: str):
        """Run the doctor; gives exit code, text, and the findings by their keys."""
        report = self.home / "report.json"
        report.unlink(missing_ok=True)
        done = subprocess.run(
            [*self.before, self.python, str(self.root / "course.py"), "doctor", "--json", str(report), *options],
            env=self.environ, cwd=self.home, capture_output=True, encoding="utf-8", check=False)
        document = json.loads(report.read_text(encoding="ascii")) if report.exists() else {"checks": [], "can": []}
        return SimpleNamespace(
            code=done.returncode, text=done.stdout, errors=done.stderr, way=document.get("way", ""),
            found={one["key"]: SimpleNamespace(**one) for one in document["checks"]},
            can={one["what"]: one["can"] for one in document["can"]})


@pytest.fixture
def computer(tmp_path, shelf):
    """A healthy computer with a small folder of the course on it, not set up yet."""
    if os.name == "nt":
        pytest.skip("the programs of these tests are shell scripts")
    return Computer(tmp_path, shelf)
